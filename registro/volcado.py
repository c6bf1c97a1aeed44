"""El volcado: todas las tablas del registro, con todas sus filas, en un solo JSON.

El formato sale de las tablas (`registro.tablas` y `registro.tablas_vida`): una tabla o una columna
nueva entra sola, y el esquema de `docs/esquemas/registro.json` se rehace con `make docs`. No van
los archivos originales, que están en su carpeta por su sha256, ni los índices de búsqueda, que se
rehacen. Lleva datos personales.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    Table,
    select,
    text,
)

from registro import tablas_vida
from registro.base import Base
from registro.cadena import instante
from registro.historia import cabeza_en
from registro.tablas import Instante, Numero

FORMATO: Final = "registro/1"
TABLAS: Final = tuple(tablas_vida.metadata.sorted_tables)
"""Todas, en el orden en que se pueden volver a llenar: primero las que otras nombran."""

_POR_TANDA: Final = 1_000


def volcar(base: Base, ahora: datetime) -> Iterator[str]:
    """Da el JSON por trozos, una fila por línea; todo es de un mismo momento de la base."""
    with base.leer() as conexion:
        if conexion.dialect.name == "postgresql":
            conexion.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        cabeza = cabeza_en(conexion)
        portada = {
            "esquema": FORMATO,
            "hecho_en": instante(ahora),
            "motor": conexion.dialect.name,
            "migracion": MigrationContext.configure(conexion).get_current_revision(),
            "cabeza": {"numero": cabeza.numero, "huella": cabeza.huella},
        }
        yield json.dumps(portada, ensure_ascii=False)[:-1] + ', "tablas": {'
        for numero, tabla in enumerate(TABLAS):
            yield f'{"," if numero else ""}\n"{tabla.name}": ['
            yield from _filas(conexion, tabla)
            yield "]"
        yield "\n}}\n"


def esquema() -> dict[str, Any]:
    """Devuelve el JSON Schema (2020-12) del volcado."""
    tablas = {
        tabla.name: {"type": "array", "items": _objeto({c.name: _tipo(c) for c in tabla.c})}
        for tabla in TABLAS
    }
    texto = {"type": "string"}
    cabeza = {
        "numero": {"type": "integer"},
        "huella": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    }
    partes = {
        "esquema": {"const": FORMATO},
        "hecho_en": {"type": "string", "format": "date-time"},
        "motor": {"enum": ["sqlite", "postgresql"]},
        "migracion": texto,
        "cabeza": _objeto(cabeza),
        "tablas": _objeto(tablas),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Volcado del registro",
        **_objeto(partes),
    }


def _filas(conexion: Connection, tabla: Table[Any]) -> Iterator[str]:
    consulta = select(tabla).order_by(*tabla.primary_key)
    hallado = conexion.execution_options(yield_per=_POR_TANDA).execute(consulta).mappings()
    for numero, fila in enumerate(hallado):
        simple = {columna: _simple(valor) for columna, valor in fila.items()}
        yield f"{',' if numero else ''}\n {json.dumps(simple, ensure_ascii=False)}"


def _simple(valor: Any) -> Any:
    if isinstance(valor, datetime):
        return instante(valor)
    return valor.isoformat() if isinstance(valor, date) else valor


def _objeto(partes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(partes),
        "required": list(partes),
        "additionalProperties": False,
    }


def _tipo(columna: Column[Any]) -> dict[str, Any]:
    tipo = columna.type
    if isinstance(tipo, JSON):
        return {}
    if isinstance(tipo, Instante):
        hallado: dict[str, Any] = {"type": "string", "format": "date-time"}
    elif isinstance(tipo, Date):
        hallado = {"type": "string", "format": "date"}
    elif isinstance(tipo, Boolean):
        hallado = {"type": "boolean"}
    elif isinstance(tipo, Integer | Numero):
        hallado = {"type": "integer"}
    else:
        hallado = {"type": "number" if isinstance(tipo, Float) else "string"}
    return {**hallado, "type": [hallado["type"], "null"]} if columna.nullable else hallado
