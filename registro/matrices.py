"""Lee matrices que ya existen (XLSX o CSV) fila por fila, con lo que cada una trae de dudoso.

Ninguna fila con algo escrito se pierde: la que no se entiende sale con su motivo.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any, Final
from zipfile import BadZipFile

from openpyxl import load_workbook

from nlp.propuesta import NivelDeGobierno, Tipo
from registro.errores import DatoInvalido
from registro.estados import Estado
from registro.tablas import para_buscar

TOPE_DE_FILAS: Final = 200_000
TOPE_DE_COLUMNAS: Final = 200
FILAS_DE_TITULO: Final = 20
"""Hasta qué fila se busca la de los títulos."""

_MINIMO_DE_TITULOS: Final = 3
_SIGNOS = re.compile(r"[^a-z0-9]+")
_MESES: Final = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "setiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
_ORIGEN_DE_EXCEL: Final = date(1899, 12, 30)
_SERIALES: Final = range(30_000, 60_000)
"""Números de día de Excel que son fechas de 1982 a 2064."""

_DIA_PRIMERO = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_EN_LETRAS = re.compile(r"(?:\w+,? )?(\d{1,2})(?: de)? ([a-z]+)(?: del? |, | )(\d{4})")


@dataclass(frozen=True, slots=True)
class FilaLeida:
    """Una fila de la matriz: su número en el archivo, sus valores y lo que no se entendió.

    `fallas` impide registrarla; `dudas` pide que alguien la mire.
    """

    numero: int
    valores: Mapping[str, Any]
    fallas: tuple[str, ...] = ()
    dudas: tuple[str, ...] = ()


def _leer_tabla() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("registro") / "datos" / "matriz.toml").read_text("utf-8"))


def _simple(texto: object) -> str:
    return _SIGNOS.sub(" ", para_buscar(str(texto or ""))).strip()


def _al_reves(seccion: Mapping[str, list[str]]) -> dict[str, str]:
    return {_simple(variante): clave for clave, lista in seccion.items() for variante in lista}


_TABLA: Final = _leer_tabla()
_TITULOS: Final = _al_reves(_TABLA["titulos"])
_ESTADOS: Final = _al_reves(_TABLA["estados"])
_NIVELES: Final = _al_reves(_TABLA["niveles"])


def leer_matriz(contenido: bytes, nombre: str) -> tuple[FilaLeida, ...]:
    """Devuelve las filas de la primera hoja que tenga los títulos de una matriz.

    Raises:
        DatoInvalido: el archivo no se puede leer o no tiene títulos que se reconozcan.
    """
    for celdas in _hojas(contenido, nombre):
        for posicion, fila in enumerate(celdas[:FILAS_DE_TITULO]):
            columnas = _columnas(fila)
            if len(columnas) >= _MINIMO_DE_TITULOS and "descripcion" in columnas.values():
                return tuple(_filas(celdas, posicion + 1, columnas))
    raise DatoInvalido(
        "archivo",
        "No se hallaron los títulos de una matriz de compromisos.",
        "La hoja debe tener al menos «DESCRIPCIÓN DEL COMPROMISO» y otros dos títulos del Anexo 2.",
    )


def _hojas(contenido: bytes, nombre: str) -> Iterable[list[list[Any]]]:
    if nombre.lower().endswith(".csv"):
        texto = _descifrar(contenido)
        separador = ";" if texto[:2000].count(";") > texto[:2000].count(",") else ","
        yield [list(fila) for fila in csv.reader(io.StringIO(texto), delimiter=separador)]
        return
    try:
        libro = load_workbook(io.BytesIO(contenido), data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise DatoInvalido(
            "archivo", "El archivo no es un XLSX que se pueda abrir.", "Guárdelo como XLSX o CSV."
        ) from error
    for hoja in libro.worksheets:
        if hoja.max_row > TOPE_DE_FILAS or hoja.max_column > TOPE_DE_COLUMNAS:
            raise DatoInvalido(
                "archivo",
                f"La hoja «{hoja.title!s}» pasa de {TOPE_DE_FILAS} filas o {TOPE_DE_COLUMNAS} "
                "columnas.",
                "Quite lo que sobra, o divídala.",
            )
        celdas = [list(fila) for fila in hoja.iter_rows(values_only=True)]
        for rango in hoja.merged_cells.ranges:
            valor = celdas[rango.min_row - 1][rango.min_col - 1]
            for fila in range(rango.min_row - 1, min(rango.max_row, len(celdas))):
                for columna in range(rango.min_col - 1, min(rango.max_col, len(celdas[fila]))):
                    celdas[fila][columna] = valor
        yield celdas


def _descifrar(contenido: bytes) -> str:
    try:
        return contenido.decode("utf-8-sig")
    except UnicodeDecodeError:
        return contenido.decode("cp1252", "replace")


def _columnas(fila: Sequence[Any]) -> dict[int, str]:
    halladas: dict[int, str] = {}
    for posicion, celda in enumerate(fila):
        campo = _TITULOS.get(_simple(celda))
        if campo and campo not in halladas.values():
            halladas[posicion] = campo
    return halladas


def _filas(celdas: list[list[Any]], desde: int, columnas: Mapping[int, str]) -> Iterable[FilaLeida]:
    for posicion in range(desde, len(celdas)):
        cruda = {
            campo: _limpio(celdas[posicion][columna])
            for columna, campo in columnas.items()
            if columna < len(celdas[posicion])
        }
        if any(valor not in (None, "") for valor in cruda.values()):
            yield _entender(posicion + 1, cruda)


def _limpio(celda: Any) -> Any:
    if not isinstance(celda, str):
        return celda
    texto = celda.replace("\u00a0", " ").strip()
    return texto[1:] if texto[:1] == "'" and texto[1:2] in {"=", "+", "-", "@"} else texto


def _entender(numero: int, cruda: Mapping[str, Any]) -> FilaLeida:
    fallas: list[str] = []
    dudas: list[str] = []
    valores: dict[str, Any] = {
        campo: str(cruda[campo]) if cruda.get(campo) not in (None, "") else None
        for campo in ("caso", "unidad_territorial", "codigo_snip", "codigo_unificado")
    }
    valores["descripcion"] = str(cruda.get("descripcion") or "")
    if not valores["descripcion"].strip():
        fallas.append("no tiene descripción")
    valores["avance"] = str(cruda.get("avance") or "")
    for campo in ("regiones", "provincias", "distritos", "responsables", "colaboradores"):
        valores[campo] = _lista(cruda.get(campo))
    valores["fecha_acta"] = _fecha(cruda.get("fecha_acta"), dudas)
    valores["tipo"] = _tipo(cruda.get("tipo"), dudas)
    valores["estado"] = _estado(cruda.get("estado"), fallas)
    valores["estado_escrito"] = _simple(cruda.get("estado"))
    valores["niveles"] = tuple(_nivel(parte, dudas) for parte in _lista(cruda.get("nivel")))
    return FilaLeida(numero, valores, tuple(fallas), tuple(dudas))


def _lista(celda: Any) -> tuple[str, ...]:
    partes = (" ".join(p.split()) for p in re.split(r"[;\n]", str(celda or "")))
    return tuple(dict.fromkeys(p for p in partes if p))


def _fecha(celda: Any, dudas: list[str]) -> date | None:
    if isinstance(celda, datetime):
        return celda.date()
    if isinstance(celda, date) or celda in (None, ""):
        return celda or None
    escrita = para_buscar(str(celda))
    if escrita.isdecimal() and int(escrita) in _SERIALES:
        return _ORIGEN_DE_EXCEL + timedelta(days=int(escrita))
    leida = _partes_de_fecha(escrita)
    try:
        return date(*leida)  # type: ignore[misc]
    except (TypeError, ValueError):
        dudas.append(f"la fecha «{celda}» no se entiende")
        return None


def _partes_de_fecha(escrita: str) -> tuple[int, int, int] | None:
    if hallada := _ISO.fullmatch(escrita):
        return int(hallada[1]), int(hallada[2]), int(hallada[3])
    if hallada := _DIA_PRIMERO.fullmatch(escrita):
        anio = int(hallada[3]) + (2000 if len(hallada[3]) == 2 else 0)
        return anio, int(hallada[2]), int(hallada[1])
    if hallada := _EN_LETRAS.fullmatch(escrita):
        mes = hallada[2].replace("septiembre", "setiembre")
        iguales = [n for n, m in enumerate(_MESES, 1) if m.startswith(mes) and len(mes) >= 3]
        return (int(hallada[3]), iguales[0], int(hallada[1])) if iguales else None
    return None


def _tipo(celda: Any, dudas: list[str]) -> Tipo | None:
    """Lee el tipo también con números pegados («201 PIP») o en plural."""
    palabras = set(_simple(celda).split())
    es_pip = bool(palabras & {"pip", "pips", "proyecto", "inversion"})
    es_actividad = bool(palabras & {"actividad", "actividades"})
    if es_pip != es_actividad:
        return Tipo.PIP if es_pip else Tipo.ACTIVIDAD
    if es_pip or (palabras and _simple(celda) not in {"por determinar", "sin tipo"}):
        dudas.append(f"el tipo «{celda}» no se entiende")
    return None


def _estado(celda: Any, fallas: list[str]) -> Estado | None:
    simple = _simple(celda)
    if not simple:
        return None
    if simple not in _ESTADOS:
        fallas.append(f"el estado «{celda}» no es del Anexo 7")
        return None
    return Estado(_ESTADOS[simple])


def _nivel(parte: str, dudas: list[str]) -> NivelDeGobierno | None:
    hallado = _NIVELES.get(_simple(parte))
    if hallado is None:
        dudas.append(f"el nivel de gobierno «{parte}» no se entiende")
        return None
    return NivelDeGobierno(hallado)
