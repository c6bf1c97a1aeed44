"""La hoja de propuestas de `procesar --formato xlsx`: una fila por ítem, para mirar en Excel.

No es el Anexo 2: nadie ha confirmado todavía estas filas.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from lineamientos.contrato import ItemDeActaJson, ResultadoJson

COLUMNAS = {
    "ARCHIVO": 28,
    "FECHA DEL ACTA": 14,
    "N.° EN EL ACTA": 12,
    "SECCIÓN": 14,
    "CLASE PROPUESTA": 14,
    "CONFIANZA": 11,
    "ELEGIR": 9,
    "TIPO": 11,
    "TEXTO DEL ACTA": 80,
    "RESPONSABLE": 34,
    "PLAZO": 28,
    "FECHA LÍMITE": 13,
    "LUGARES": 28,
    "CÓDIGO SNIP": 12,
    "CÓDIGO UNIFICADO": 14,
    "HALLAZGOS": 60,
}
"""Título y ancho en caracteres."""


def a_xlsx(resultados: Iterable[ResultadoJson]) -> bytes:
    """Devuelve el libro con una fila por ítem de todos los resultados."""
    libro = Workbook()
    hoja = libro.create_sheet("Propuestas", 0)
    libro.remove(libro["Sheet"])
    hoja.append(list(COLUMNAS))
    for celda, ancho in zip(hoja[1], COLUMNAS.values(), strict=True):
        celda.font = Font(bold=True)
        hoja.column_dimensions[celda.column_letter].width = ancho
    for resultado in resultados:
        for item in resultado["items"]:
            hoja.append([_limpio(v) for v in _fila(resultado, item)])
    for fila in hoja.iter_rows(min_row=2):
        for celda in fila:
            celda.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(celda.value, str):
                celda.data_type = "s"
    hoja.freeze_panes = "A2"
    salida = BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _fila(resultado: ResultadoJson, item: ItemDeActaJson) -> list[str | float | None]:
    acta, campos = resultado["acta"], item["campos"]
    fecha = acta["fecha"]["valor"] if acta and acta["fecha"] else None
    plazo, snip, cui = campos["plazo"], campos["codigo_snip"], campos["codigo_unificado"]
    return [
        resultado["archivo"]["nombre"],
        fecha,
        item["numero_en_acta"],
        item["seccion"],
        item["clase"],
        item["confianza"],
        "sí" if item["duda"] else None,
        item["tipo"],
        item["texto"],
        "; ".join(e["valor"] for e in campos["responsable"]),
        plazo["texto"] if plazo else None,
        plazo["fecha_limite"] if plazo else None,
        "; ".join(lugar["texto"] for lugar in campos["lugares"]),
        snip["valor"] if snip else None,
        cui["valor"] if cui else None,
        "\n".join(f"{h['regla']}: {h['mensaje']}" for h in item["hallazgos"]),
    ]


def _limpio(valor: str | float | None) -> str | float | None:
    return ILLEGAL_CHARACTERS_RE.sub(" ", valor) if isinstance(valor, str) else valor
