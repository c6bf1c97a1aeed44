"""Abre XLSX y CSV ajenos y da sus hojas como tablas de valores, sin entender lo que dicen.

Lo que una celda no deja leer (una fórmula sin valor guardado, un error de Excel) sale como
`Ilegible`, nunca como vacío.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet.worksheet import Worksheet

from registro.errores import DatoInvalido

TOPE_DE_FILAS: Final = 200_000
TOPE_DE_COLUMNAS: Final = 200
TOPE_DE_BYTES: Final = 400 * 1024 * 1024
"""Lo más que puede ocupar un XLSX ya descomprimido."""

_FORMULA: Final = re.compile(rb"<f[ >/]")
_INVISIBLES: Final = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_MARCAS_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Ilegible:
    """Una celda que tiene algo pero no un valor; `texto` es lo que se ve o por qué no se ve."""

    texto: str


@dataclass(frozen=True, slots=True)
class Hoja:
    """Una hoja: su nombre, sus celdas y qué filas (desde 0) tienen algo escrito.

    En un rango combinado el valor se repite hacia abajo, en su primera columna; las filas que no
    tienen otra cosa siguen sin contar como escritas.
    """

    nombre: str
    celdas: Sequence[Sequence[Any]]
    escritas: frozenset[int]


def abrir_hojas(contenido: bytes, nombre: str) -> tuple[Hoja, ...]:
    """Devuelve las hojas del archivo, en su orden; un CSV es una sola, sin nombre.

    Raises:
        DatoInvalido: no se puede abrir o pasa de los topes.
    """
    if nombre.lower().endswith((".csv", ".txt", ".tsv")):
        return (_hoja("", _filas_de_csv(contenido), {}),)
    try:
        return tuple(_hojas_de_libro(contenido))
    except DatoInvalido:
        raise
    except Exception as error:  # openpyxl falla de muchas maneras ante un libro dañado
        raise DatoInvalido(
            "archivo", "El archivo no es un XLSX que se pueda abrir.", "Guárdelo como XLSX o CSV."
        ) from error


def limpio(celda: Any) -> Any:
    """Devuelve el valor sin espacios de borde ni caracteres invisibles; vacío es None.

    Quita el apóstrofo con que se protege un texto que parece fórmula. Un número entero sale sin
    decimales, aunque Excel lo guarde con ellos.
    """
    if isinstance(celda, float) and celda.is_integer():
        return int(celda)
    if not isinstance(celda, str):
        return celda
    texto = _INVISIBLES.sub("", celda.replace("\u00a0", " ")).strip()
    texto = texto[1:] if texto[:1] == "'" and texto[1:2] in {"=", "+", "-", "@"} else texto
    return texto or None


def _hoja(nombre: str, celdas: list[list[Any]], bajan: Mapping[tuple[int, int], int]) -> Hoja:
    """`bajan` va de (fila, columna) a la última fila de su rango combinado, desde 0."""
    if len(celdas) > TOPE_DE_FILAS or max(map(len, celdas), default=0) > TOPE_DE_COLUMNAS:
        raise DatoInvalido(
            "archivo",
            f"La hoja «{nombre}» pasa de {TOPE_DE_FILAS} filas o {TOPE_DE_COLUMNAS} columnas.",
            "Quite lo que sobra, o divídala.",
        )
    escritas = frozenset(
        n for n, fila in enumerate(celdas) if any(limpio(c) is not None for c in fila)
    )
    for (fila, columna), ultima in bajan.items():
        for debajo in range(fila + 1, min(ultima + 1, len(celdas))):
            celdas[debajo][columna] = celdas[fila][columna]
    return Hoja(nombre, celdas, escritas)


def _hojas_de_libro(contenido: bytes) -> Iterator[Hoja]:
    with ZipFile(io.BytesIO(contenido)) as paquete:
        if sum(parte.file_size for parte in paquete.infolist()) > TOPE_DE_BYTES:
            raise DatoInvalido("archivo", "El libro es demasiado grande.", "Divídalo en varios.")
        con_formulas = any(
            _FORMULA.search(paquete.read(parte))
            for parte in paquete.namelist()
            if parte.startswith("xl/worksheets/")
        )
    libro = load_workbook(io.BytesIO(contenido), data_only=True)
    formulas = load_workbook(io.BytesIO(contenido)) if con_formulas else None
    for hoja in libro.worksheets:
        celdas = [[_valor(celda) for celda in fila] for fila in hoja.iter_rows()]
        if formulas:
            _marcar_formulas(celdas, formulas[str(hoja.title)])
        bajan = {
            (rango.min_row - 1, rango.min_col - 1): rango.max_row - 1
            for rango in hoja.merged_cells.ranges
            if rango.max_row > rango.min_row
        }
        yield _hoja(str(hoja.title), celdas, bajan)


def _valor(celda: Any) -> Any:
    if celda.data_type == "e":
        return Ilegible(str(celda.value))
    if isinstance(celda.value, float) and "%" in (celda.number_format or ""):
        return f"{celda.value * 100:.10g} %"
    return celda.value


def _marcar_formulas(celdas: list[list[Any]], hoja: Worksheet) -> None:
    for fila, con_formulas in zip(celdas, hoja.iter_rows(), strict=True):
        for columna, celda in enumerate(con_formulas):
            if celda.data_type == "f" and fila[columna] is None:
                fila[columna] = Ilegible("una fórmula sin valor guardado")


def _filas_de_csv(contenido: bytes) -> list[list[Any]]:
    texto = ILLEGAL_CHARACTERS_RE.sub("�", descifrar(contenido))
    inicio = texto[:4000]
    separador = max(",;\t", key=inicio.count)
    try:
        return [
            list(fila) for fila in csv.reader(io.StringIO(texto, newline=""), delimiter=separador)
        ]
    except csv.Error as error:
        raise DatoInvalido(
            "archivo", "El archivo no es un CSV que se pueda leer.", "Guárdelo como XLSX o CSV."
        ) from error


def descifrar(contenido: bytes) -> str:
    """Devuelve el texto de un CSV en UTF-8, UTF-16 o, si no es ninguno, Windows (cp1252)."""
    if contenido[:2] in _MARCAS_UTF_16:
        return contenido.decode("utf-16", "replace")
    try:
        return contenido.decode("utf-8-sig")
    except UnicodeDecodeError:
        return contenido.decode("cp1252", "replace")
