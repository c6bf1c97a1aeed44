"""Fabrica la plantilla del acta que entrega el editor: `python scripts/plantilla_del_acta.py`.

La llena docxtpl (`api/redaccion/documento.py`). Una oficina puede abrirla en Word, cambiar la
letra o agregar su membrete: las marcas «{{ … }}» y «{% … %}» tienen que quedar.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from docx import Document
from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

DESTINO: Final = Path(__file__).parents[1] / "api" / "redaccion" / "plantilla.docx"

ANTES: Final = (
    ("participantes", "PARTICIPANTES"),
    ("agenda", "AGENDA"),
    ("anteriores", "ESTADO DE COMPROMISOS ANTERIORES"),
    ("desarrollo", "DESARROLLO"),
)
LISTAS: Final = (
    ("pedidos", "PEDIDOS", "Pedido"),
    ("compromisos", "COMPROMISOS", "Compromiso"),
    ("tareas", "TAREAS", "Tarea"),
)
DESPUES: Final = (
    ("proxima_reunion", "PRÓXIMA REUNIÓN"),
    ("seguimiento", "MECANISMO DE SEGUIMIENTO"),
    ("constancias", "CONSTANCIAS"),
    ("cierre", "CIERRE"),
)
"""Parte del borrador y su título (`dominio.md` §2.4), antes y después de las listas."""

ANCHOS: Final = (Cm(1.2), Cm(15.3))
FIRMANTES_POR_FILA: Final = 2


def fabricar() -> Word:
    """Devuelve la plantilla en hoja A4; una parte vacía no deja su título solo."""
    word = Document()
    _vestir(word)
    word.add_paragraph("{{ titulo }}", "Title")
    _marca(word, "for rotulo, valor in datos")
    dato = word.add_paragraph()
    dato.add_run("{{ rotulo }}: ").bold = True
    dato.add_run("{{ valor }}")
    _marca(word, "endfor")
    for nombre, titulo in ANTES:
        _corrido(word, nombre, titulo)
    for nombre, titulo, columna in LISTAS:
        _lista(word, nombre, titulo, columna)
    for nombre, titulo in DESPUES:
        _corrido(word, nombre, titulo)
    _firmas(word)
    return word


def _vestir(word: Word) -> None:
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    idioma = OxmlElement("w:lang")
    idioma.set(qn("w:val"), "es-PE")
    normal.element.get_or_add_rPr().append(idioma)
    for nombre, puntos in (("Title", 14), ("Heading 1", 11)):
        estilo = word.styles[nombre]
        estilo.font.name, estilo.font.size, estilo.font.bold = "Arial", Pt(puntos), True
        estilo.font.color.rgb = RGBColor(0, 0, 0)
        letras = estilo.element.get_or_add_rPr().get_or_add_rFonts()
        for atributo in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            letras.attrib.pop(qn(f"w:{atributo}"), None)
        for borde in estilo.element.iter(qn("w:pBdr")):
            borde.getparent().remove(borde)
            break
    word.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.styles["Heading 1"].paragraph_format.space_before = Pt(10)
    word.styles["Heading 1"].paragraph_format.space_after = Pt(4)
    hoja = word.sections[0]
    hoja.page_width, hoja.page_height = Cm(21), Cm(29.7)
    hoja.left_margin = hoja.right_margin = Cm(2.25)
    hoja.top_margin = hoja.bottom_margin = Cm(2.2)
    _numerar(hoja.footer.paragraphs[0])
    propiedades = word.core_properties
    propiedades.title, propiedades.author, propiedades.comments = "Acta", "", ""
    propiedades.language = "es-PE"


def _numerar(pie: Paragraph) -> None:
    pie.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for texto, campo in (("Página ", "PAGE"), (" de ", "NUMPAGES")):
        pie.add_run(texto)
        numero = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{campo}"/>')
        numero.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>"))
        pie._p.append(numero)


def _marca(word: Word, orden: str) -> None:
    """Agrega un párrafo que docxtpl cumple y quita."""
    word.add_paragraph(f"{{%p {orden} %}}")


def _corrido(word: Word, nombre: str, titulo: str) -> None:
    _marca(word, f"if {nombre}")
    word.add_paragraph(titulo, "Heading 1")
    _marca(word, f"for parrafo in {nombre}")
    word.add_paragraph("{{ parrafo }}")
    _marca(word, "endfor")
    _marca(word, "endif")


def _lista(word: Word, nombre: str, titulo: str, columna: str) -> None:
    """Cuadro de dos columnas; la fila de títulos se repite en cada página y ninguna se parte."""
    _marca(word, f"if {nombre}")
    word.add_paragraph(titulo, "Heading 1")
    cuadro = word.add_table(4, 2, "Table Grid")
    cuadro.autofit = False
    cuadro.alignment = WD_TABLE_ALIGNMENT.CENTER
    textos = (
        ("N.º", columna),
        (f"{{%tr for texto in {nombre} %}}", ""),
        ("{{ loop.index }}", "{{ texto }}"),
        ("{%tr endfor %}", ""),
    )
    for fila, (primera, segunda) in enumerate(textos):
        _escribir(cuadro.cell(fila, 0), primera, negrita=fila == 0)
        _escribir(cuadro.cell(fila, 1), segunda, negrita=fila == 0)
    for lado, ancho in zip(cuadro.columns, ANCHOS, strict=True):
        lado.width = ancho
        for celda in lado.cells:
            celda.width = ancho
    _ajustar(cuadro, 0, "w:cantSplit", "w:tblHeader")
    _ajustar(cuadro, 2, "w:cantSplit")
    for celda in cuadro.rows[0].cells:
        fondo = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="E9EDF0"/>'
        celda._tc.get_or_add_tcPr().append(parse_xml(fondo))
    word.add_paragraph().paragraph_format.space_after = Pt(0)
    _marca(word, "endif")


def _escribir(celda: _Cell, texto: str, *, negrita: bool) -> None:
    [parrafo] = celda.paragraphs
    parrafo.add_run(texto).bold = negrita or None
    parrafo.paragraph_format.space_before = parrafo.paragraph_format.space_after = Pt(2)


def _ajustar(cuadro: Table, fila: int, *marcas: str) -> None:
    for marca in marcas:
        cuadro.rows[fila]._tr.get_or_add_trPr().append(OxmlElement(marca))


def _firmas(word: Word) -> None:
    word.add_paragraph("FIRMAS", "Heading 1")
    cuadro = word.add_table(3, FIRMANTES_POR_FILA)
    for numero, fila in enumerate(cuadro.rows):
        _ajustar(cuadro, numero, "w:cantSplit")
        for celda in fila.cells:
            [raya] = celda.paragraphs
            raya.add_run("____________________________")
            raya.paragraph_format.space_before = Pt(36)
            celda.add_paragraph("Nombre, cargo y entidad")


if __name__ == "__main__":
    destino = Path(sys.argv[1]) if len(sys.argv) > 1 else DESTINO
    fabricar().save(str(destino))
