"""El acta en Word: se lee e imprime bien, y lleva adentro la clase de cada ítem.

La parte XML propia (`redactado`) guarda lo que la persona escribió en cada fila. Cuando el archivo
vuelve, lo que sigue igual se reconoce tal cual y lo que cambió se analiza de nuevo
(`docs/redactar.md`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE as RELACION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table

from api.redaccion.cabecera import datos_escritos, lineas, titulo_de
from ingesta.redactado import ESPACIO
from registro.borradores import LISTAS

CORRIDOS: Final = (
    ("agenda", "AGENDA"),
    ("anteriores", "ESTADO DE COMPROMISOS ANTERIORES"),
    ("desarrollo", "DESARROLLO"),
)
FINALES: Final = (
    ("proxima_reunion", "PRÓXIMA REUNIÓN"),
    ("seguimiento", "MECANISMO DE SEGUIMIENTO"),
    ("constancias", "CONSTANCIAS"),
    ("cierre", "CIERRE"),
)
"""Parte del borrador y su título en el acta (`dominio.md` §2.4), antes y después de las listas."""

COLUMNA: Final = {"pedidos": "Pedido", "compromisos": "Compromiso", "tareas": "Tarea"}
ANCHOS: Final = (Cm(1.2), Cm(15.3))
_ID: Final = "{5B3C9C0E-6A57-4F0B-9A55-3D1C2A5E7A01}"


def a_docx(contenido: Mapping[str, Any]) -> bytes:
    """Devuelve el acta de un borrador; lo que está vacío no deja un título sin nada debajo."""
    word = _nuevo()
    datos = contenido["datos"]
    _parrafo(word, titulo_de(datos), negrita=True, centrado=True, puntos=14)
    for rotulo, valor in datos_escritos(datos):
        _parrafo(word, valor, antes=f"{rotulo}: ")
    if presentes := lineas(contenido["participantes"]):
        _titulo(word, "PARTICIPANTES")
        for linea in presentes:
            _parrafo(word, linea)
    _corridos(word, contenido, CORRIDOS)
    filas = {lista: textos_de(contenido[lista]) for lista in LISTAS}
    for lista, textos in filas.items():
        if textos:
            _titulo(word, lista.upper())
            _cuadro(word, COLUMNA[lista], textos)
    _corridos(word, contenido, FINALES)
    _firmas(word)
    _guardar_datos(word, filas)
    memoria = BytesIO()
    word.save(memoria)
    return memoria.getvalue()


def textos_de(items: Sequence[Mapping[str, str]]) -> list[str]:
    """Devuelve el texto de cada ítem escrito, en una línea."""
    return [limpio for item in items if (limpio := " ".join(item["texto"].split()))]


def _nuevo() -> Word:
    word = Document()
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    idioma = OxmlElement("w:lang")
    idioma.set(qn("w:val"), "es-PE")
    normal.element.get_or_add_rPr().append(idioma)
    hoja = word.sections[0]
    hoja.page_width, hoja.page_height = Cm(21), Cm(29.7)
    hoja.left_margin = hoja.right_margin = Cm(2.25)
    hoja.top_margin = hoja.bottom_margin = Cm(2.2)
    return word


def _parrafo(
    word: Word,
    texto: str,
    *,
    antes: str = "",
    negrita: bool = False,
    centrado: bool = False,
    puntos: float | None = None,
) -> None:
    p = word.add_paragraph()
    if centrado:
        p.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if antes:
        p.add_run(antes).bold = True
    tramo = p.add_run(_imprimible(texto))
    tramo.bold = negrita or None
    tramo.font.size = Pt(puntos) if puntos else None


def _titulo(word: Word, texto: str) -> None:
    p = word.add_paragraph()
    p.paragraph_format.space_before = Pt(10)
    p.paragraph_format.keep_with_next = True
    p.add_run(texto).bold = True


def _corridos(word: Word, contenido: Mapping[str, Any], partes: Sequence[tuple[str, str]]) -> None:
    for nombre, titulo in partes:
        if parrafos := lineas(contenido[nombre]):
            _titulo(word, titulo)
            for parrafo in parrafos:
                _parrafo(word, parrafo)


def _cuadro(word: Word, columna: str, textos: Sequence[str]) -> None:
    """Cuadro de dos columnas; la fila de títulos se repite en cada página y ninguna se parte."""
    cuadro = word.add_table(1, 2, "Table Grid")
    cuadro.autofit = False
    _fila(cuadro, 0, "N.º", columna, negrita=True)
    _marcar(cuadro, 0, "w:tblHeader")
    for numero, texto in enumerate(textos, 1):
        cuadro.add_row()
        _fila(cuadro, numero, str(numero), texto)
        _marcar(cuadro, numero, "w:cantSplit")
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _fila(cuadro: Table, fila: int, *textos: str, negrita: bool = False) -> None:
    for celda, texto, ancho in zip(cuadro.rows[fila].cells, textos, ANCHOS, strict=True):
        celda.width = ancho
        celda.paragraphs[0].add_run(_imprimible(texto)).bold = negrita or None
        celda.paragraphs[0].paragraph_format.space_after = Pt(2)


def _marcar(cuadro: Table, fila: int, marca: str) -> None:
    cuadro.rows[fila]._tr.get_or_add_trPr().append(OxmlElement(marca))


def _firmas(word: Word) -> None:
    _titulo(word, "FIRMAS")
    cuadro = word.add_table(2, 2)
    for fila in cuadro.rows:
        for celda in fila.cells:
            celda.paragraphs[0].add_run("\n\n____________________________")
            celda.add_paragraph("Nombre, cargo y entidad")


def _guardar_datos(word: Word, filas: Mapping[str, Sequence[str]]) -> None:
    """Agrega la parte XML propia con su ficha, que LibreOffice exige para conservarla."""
    items = "".join(
        f'<item clase="{LISTAS[lista]}">{escape(_imprimible(texto))}</item>'
        for lista, textos in filas.items()
        for texto in textos
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><redactado xmlns="{ESPACIO}">{items}</redactado>'
    ficha = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?><ds:datastoreItem '
        f'ds:itemID="{_ID}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'customXml"><ds:schemaRefs><ds:schemaRef ds:uri="{ESPACIO}"/></ds:schemaRefs>'
        "</ds:datastoreItem>"
    )
    paquete = word.part.package
    parte = Part(PackURI("/customXml/item8.xml"), "application/xml", xml.encode(), paquete)
    tipo = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    propiedades = Part(PackURI("/customXml/itemProps8.xml"), tipo, ficha.encode(), paquete)
    parte.relate_to(propiedades, RELACION.CUSTOM_XML_PROPS)
    word.part.relate_to(parte, RELACION.CUSTOM_XML)


def _imprimible(texto: str) -> str:
    """Quita lo que XML no admite: caracteres de control salvo el salto y el tabulador."""
    return "".join(c for c in texto if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
