"""Piezas con que se arman las actas de ejemplo en DOCX: párrafos, listas numeradas, tablas, firmas.

La numeración propia se escribe como XML (ECMA-376 parte 1, 17.9) porque python-docx no la define.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as Documento
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

FECHA_DEL_ARCHIVO = (2026, 1, 1, 0, 0, 0)
CENTRADO, JUSTIFICADO = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def documento(
    titulo: str,
    autor: str,
    letra: str,
    puntos: float,
    *,
    margen_cm: float = 2.5,
    apaisado: bool = False,
) -> Documento:
    """Devuelve un documento A4 vacío con una sola tipografía y las propiedades llenas."""
    doc = Document()
    estilo = doc.styles["Normal"]
    estilo.font.name, estilo.font.size = letra, Pt(puntos)
    estilo.element.rPr.append(elemento("w:lang", **{"w:val": "es-PE"}))
    estilo.paragraph_format.space_after = Pt(5)
    seccion = doc.sections[0]
    ancho, alto = Cm(21), Cm(29.7)
    if apaisado:
        seccion.orientation, ancho, alto = WD_ORIENT.LANDSCAPE, alto, ancho
    seccion.page_width, seccion.page_height = ancho, alto
    seccion.left_margin = seccion.right_margin = Cm(margen_cm)
    seccion.top_margin = seccion.bottom_margin = Cm(2.2)
    propiedades = doc.core_properties
    propiedades.title, propiedades.author, propiedades.comments = titulo, autor, ""
    propiedades.created = propiedades.modified = datetime(*FECHA_DEL_ARCHIVO, tzinfo=UTC)
    return doc


def guardar(doc: Documento, destino: Path, nombre: str) -> None:
    """Escribe el DOCX con las fechas internas fijas: la misma receta da los mismos bytes."""
    memoria = BytesIO()
    doc.save(memoria)
    with zipfile.ZipFile(memoria) as origen, zipfile.ZipFile(destino / nombre, "w") as salida:
        for parte in origen.namelist():
            ficha = zipfile.ZipInfo(parte, FECHA_DEL_ARCHIVO)
            ficha.compress_type = zipfile.ZIP_DEFLATED
            salida.writestr(ficha, origen.read(parte))


def elemento(etiqueta: str, *hijos: etree._Element, **atributos: str) -> etree._Element:
    """Crea un elemento XML; los atributos llevan prefijo (`**{"w:val": "1"}`)."""
    nuevo = OxmlElement(etiqueta)
    for clave, valor in atributos.items():
        nuevo.set(qn(clave), valor)
    nuevo.extend(hijos)
    return nuevo


def parrafo(
    lugar: Documento | _Cell,
    texto: str = "",
    *,
    alinear: WD_ALIGN_PARAGRAPH | None = JUSTIFICADO,
    puntos: float | None = None,
    sangria_cm: float = 0,
) -> Paragraph:
    """Añade un párrafo; lo encerrado entre `**` va en negrita."""
    p = lugar.add_paragraph()
    p.alignment = alinear
    if sangria_cm:
        p.paragraph_format.left_indent = Cm(sangria_cm)
    escribir(p, texto, puntos=puntos)
    return p


def escribir(p: Paragraph, texto: str, *, puntos: float | None = None) -> None:
    """Añade texto a un párrafo, con `**negrita**`."""
    for numero, trozo in enumerate(texto.split("**")):
        if trozo:
            tramo = p.add_run(trozo)
            tramo.bold = True if numero % 2 else None
            tramo.font.size = Pt(puntos) if puntos else None


def titulo(doc: Documento, *renglones: str, puntos: float = 13) -> None:
    """Añade renglones centrados en negrita."""
    for renglon in renglones:
        parrafo(doc, f"**{renglon}**", alinear=CENTRADO, puntos=puntos)


def definir_lista(
    doc: Documento,
    niveles: Sequence[tuple[str, str]],
    *,
    paso_cm: float = 0.8,
    negrita: bool = False,
) -> int:
    """Define una numeración automática (formato y plantilla por nivel) y devuelve su identificador."""
    raiz = doc.part.numbering_part.element
    identificador = 100 + len(raiz.findall(qn("w:abstractNum")))
    abstracta = elemento(
        "w:abstractNum",
        elemento("w:multiLevelType", **{"w:val": "multilevel"}),
        **{"w:abstractNumId": str(identificador)},
    )
    for nivel, (formato, plantilla) in enumerate(niveles):
        sangria = str(int((nivel + 1) * paso_cm * 567))
        medida = {"w:left": sangria, "w:hanging": str(int(paso_cm * 567))}
        cuerpo = elemento(
            "w:lvl",
            elemento("w:start", **{"w:val": "1"}),
            elemento("w:numFmt", **{"w:val": formato}),
            elemento("w:lvlText", **{"w:val": plantilla}),
            elemento("w:lvlJc", **{"w:val": "left"}),
            elemento("w:pPr", elemento("w:ind", **medida)),
            elemento("w:rPr", *([elemento("w:b")] if negrita else [])),
            **{"w:ilvl": str(nivel)},
        )
        abstracta.append(cuerpo)
    raiz.insert(len(raiz.findall(qn("w:abstractNum"))), abstracta)
    return identificador


def nueva_lista(doc: Documento, abstracta: int) -> int:
    """Abre una lista de esa numeración que vuelve a empezar en 1; devuelve su `numId`."""
    raiz = doc.part.numbering_part.element
    lista = raiz.add_num(abstracta)
    lista.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(lista.numId)


def numerado(
    lugar: Documento | _Cell,
    lista: int,
    texto: str,
    nivel: int = 0,
    *,
    alinear: WD_ALIGN_PARAGRAPH = JUSTIFICADO,
) -> Paragraph:
    """Añade un párrafo con número automático: el número no está en el texto."""
    p = parrafo(lugar, texto, alinear=alinear)
    propiedades = p._p.get_or_add_pPr().get_or_add_numPr()
    propiedades.get_or_add_ilvl().val = nivel
    propiedades.get_or_add_numId().val = lista
    return p


def tabla(
    doc: Documento,
    filas: Sequence[Sequence[str]],
    anchos_cm: Sequence[float],
    *,
    puntos: float = 9,
    encabezado: bool = True,
) -> Table:
    """Añade una tabla con bordes; en una celda, cada renglón (`\\n`) es un párrafo."""
    nueva = doc.add_table(rows=len(filas), cols=len(anchos_cm), style="Table Grid")
    nueva.autofit = False
    for columna, ancho in zip(nueva.columns, anchos_cm, strict=True):
        columna.width = Cm(ancho)
    for i, fila in enumerate(filas):
        for j, (texto, ancho) in enumerate(zip(fila, anchos_cm, strict=True)):
            celda = nueva.cell(i, j)
            celda.width = Cm(ancho)
            for n, renglon in enumerate(texto.split("\n")):
                p = celda.paragraphs[0] if n == 0 else celda.add_paragraph()
                p.paragraph_format.space_after = Pt(1)
                escribir(
                    p,
                    f"**{renglon}**" if encabezado and i == 0 and renglon else renglon,
                    puntos=puntos,
                )
    doc.add_paragraph().paragraph_format.space_after = Pt(2)
    return nueva


def firmas(
    doc: Documento, personas: Sequence[str], columnas: int = 2, *, puntos: float = 9
) -> None:
    """Añade los espacios de firma, en columnas y sin bordes."""
    filas = -(-len(personas) // columnas)
    nueva = doc.add_table(rows=filas, cols=columnas)
    for n, persona in enumerate(personas):
        celda = nueva.cell(n // columnas, n % columnas)
        celda.paragraphs[0].add_run("\n\n" + "_" * (26 - 2 * columnas))
        celda.paragraphs[0].alignment = CENTRADO
        for renglon in persona.split("\n"):
            parrafo(
                celda, renglon, alinear=CENTRADO, puntos=puntos
            ).paragraph_format.space_after = Pt(0)


def campo(p: Paragraph, instruccion: str) -> None:
    """Añade un campo que el procesador calcula (`PAGE`, `NUMPAGES`)."""
    p._p.append(elemento("w:fldSimple", tramo("1"), **{"w:instr": instruccion}))


def tramo(texto: str, etiqueta: str = "w:t") -> etree._Element:
    """Crea un `w:r` con su texto (o con su texto borrado, `w:delText`)."""
    hoja = elemento(etiqueta)
    hoja.text = texto
    hoja.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return elemento("w:r", hoja)
