"""El reporte en Word, apaisado, con la cabeza de la historia impresa al pie de cada página."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Final

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt
from docx.table import _Cell

from registro.historia import Cabeza
from registro.reporte import Reporte
from registro.secciones import DE_TEXTO, Celda, Seccion

_TOPE_DE_FILAS: Final = 300
"""Filas de una tabla en el Word; las demás están en el Excel y se dice."""

_ANCHO: Final = Cm(26.1)
"""El de la página apaisada sin sus márgenes."""

_PARTES_DE_TEXTO: Final = 3
"""Cuántas veces más ancha que una de números es una columna de texto."""

_VERIFICAR: Final = (
    "Esta cabeza identifica toda la historia del registro hasta este momento. Guarde este reporte: "
    "«actas verificar --cabeza» con ella dice si después alguien cambió o borró algo."
)


def a_docx(reporte: Reporte) -> bytes:
    """Devuelve el documento."""
    word = _nuevo(reporte.cabeza)
    word.core_properties.title = reporte.titulo
    word.core_properties.comments = f"Cabeza de la historia: {reporte.cabeza}"
    word.add_heading(reporte.titulo, 0)
    for renglon in reporte.renglones:
        word.add_paragraph(renglon)
    for seccion in reporte.secciones:
        _escribir(word, seccion)
    word.add_heading("Cabeza de la historia", 1)
    word.add_paragraph(str(reporte.cabeza)).runs[0].font.name = "DejaVu Sans Mono"
    word.add_paragraph(_VERIFICAR)
    salida = BytesIO()
    word.save(salida)
    return salida.getvalue()


def _nuevo(cabeza: Cabeza) -> Word:
    word = Document()
    pagina = word.sections[0]
    pagina.orientation = WD_ORIENT.LANDSCAPE
    pagina.page_width, pagina.page_height = Cm(29.7), Cm(21)
    pagina.left_margin = pagina.right_margin = pagina.top_margin = pagina.bottom_margin = Cm(1.8)
    pie = pagina.footer.paragraphs[0].add_run(f"Historia {cabeza}")
    pie.font.size = Pt(7)
    word.styles["Normal"].font.size = Pt(10)
    return word


def _escribir(word: Word, seccion: Seccion) -> None:
    word.add_heading(seccion.titulo, 1)
    if not seccion.filas:
        word.add_paragraph("Ninguno.")
        return
    tabla = word.add_table(rows=1, cols=len(seccion.columnas))
    tabla.style, tabla.autofit = "Light Grid Accent 1", False
    partes = [_PARTES_DE_TEXTO if columna in DE_TEXTO else 1 for columna in seccion.columnas]
    for columna, parte in zip(tabla.columns, partes, strict=True):
        columna.width = Length(_ANCHO * parte // sum(partes))
    _llenar(tabla.rows[0].cells, seccion.columnas, partes, negrita=True)
    repetir = OxmlElement("w:tblHeader")
    repetir.set(qn("w:val"), "true")
    tabla.rows[0]._tr.get_or_add_trPr().append(repetir)
    for fila in seccion.filas[:_TOPE_DE_FILAS]:
        _llenar(tabla.add_row().cells, fila, partes)
    faltan = len(seccion.filas) - _TOPE_DE_FILAS
    if faltan > 0:
        word.add_paragraph(f"Y {faltan} más, que están en el Excel de este mismo reporte.")
    if seccion.nota:
        word.add_paragraph(seccion.nota).runs[0].italic = True


def _llenar(
    celdas: Sequence[_Cell],
    valores: Sequence[Celda],
    partes: Sequence[int],
    *,
    negrita: bool = False,
) -> None:
    for celda, valor, parte in zip(celdas, valores, partes, strict=True):
        celda.width = Length(_ANCHO * parte // sum(partes))
        parrafo = celda.paragraphs[0]
        tramo = parrafo.add_run(_escrito(valor))
        tramo.font.size, tramo.bold = Pt(8), negrita
        if isinstance(valor, int):
            parrafo.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _escrito(valor: Celda) -> str:
    if isinstance(valor, date):
        return f"{valor:%d/%m/%Y}"
    return "" if valor is None else str(valor)
