"""El reporte en Excel: una hoja por tabla, con la cabeza de la historia al pie de cada página."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from registro.anexos import poner_cabeza
from registro.reporte import Reporte
from registro.secciones import DE_TEXTO, Seccion

_LARGO_DE_NOMBRE: Final = 31
_PROHIBIDOS: Final = str.maketrans(dict.fromkeys(r"[]:*?/\\", " "))
_FONDO: Final = PatternFill("solid", fgColor="FFD9E2F3")
_ANCHO: Final = 16
_ANCHO_DE_TEXTO: Final = 42


def a_xlsx(reporte: Reporte) -> bytes:
    """Devuelve el libro: una portada y una hoja por sección."""
    libro = Workbook()
    portada = libro.worksheets[0]
    portada.title = "Reporte"
    portada.append([reporte.titulo])
    portada["A1"].font = Font(bold=True, size=14)
    for renglon in (*reporte.renglones, f"Cabeza de la historia: {reporte.cabeza}"):
        portada.append([renglon])
    portada.column_dimensions["A"].width = 100
    for numero, seccion in enumerate(reporte.secciones, 1):
        nombre = f"{numero}. {seccion.titulo.translate(_PROHIBIDOS)}"[:_LARGO_DE_NOMBRE]
        _llenar(libro.create_sheet(nombre), seccion)
    poner_cabeza(libro, reporte.cabeza)
    for hoja in libro.worksheets:
        hoja.page_setup.orientation = "landscape"
        hoja.page_setup.fitToHeight = 0
        hoja.sheet_properties.pageSetUpPr.fitToPage = True
    salida = BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _llenar(hoja: Worksheet, seccion: Seccion) -> None:
    hoja.append(list(seccion.columnas))
    for celda in hoja[1]:
        celda.font, celda.fill = Font(bold=True), _FONDO
        celda.alignment = Alignment(wrap_text=True, vertical="center")
    for fila in seccion.filas:
        hoja.append(list(fila))
        for celda in hoja[hoja.max_row]:
            celda.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(celda.value, str):
                celda.data_type = "s"
            elif isinstance(celda.value, date):
                celda.number_format = "dd/mm/yyyy"
    for posicion, titulo in enumerate(seccion.columnas, 1):
        largo = titulo in DE_TEXTO
        letra = get_column_letter(posicion)
        hoja.column_dimensions[letra].width = _ANCHO_DE_TEXTO if largo else _ANCHO
    hoja.freeze_panes = "B2"
    if not seccion.filas:
        hoja.append(["Ninguno."])
    if seccion.nota:
        hoja.append([])
        hoja.append([seccion.nota])
