"""Las cuentas de la página de inicio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from nlp.propuesta import Clase
from registro import repositorio, tablas
from registro.acta import EstadoActa
from registro.base import Base
from registro.estados import Estado


@dataclass(frozen=True, slots=True)
class Portada:
    """Cuentas de la página de inicio.

    `actas` y `estados` traen todos sus valores, también en cero; `estados` y `sin_tipo` son solo
    de compromisos; `pendientes` cuenta ítems por decidir.
    """

    actas: dict[EstadoActa, int]
    pendientes: int
    registrados: dict[Clase, int]
    estados: dict[Estado, int]
    sin_tipo: int


def ver_portada(base: Base) -> Portada:
    """Devuelve las cuentas de la página de inicio."""
    with base.leer() as conexion:
        actas = _contar(conexion, tablas.acta.c.estado)
        vigente = tablas.compromiso.c.vigente
        estados = _contar(conexion, tablas.compromiso.c.estado, vigente)
        tipos = _contar(conexion, tablas.compromiso.c.tipo, vigente)
        pendientes = repositorio.por_decidir(conexion)
        registrados = {
            clase: sum(_contar(conexion, tabla.c.estado, tabla.c.vigente).values())
            for clase, (_, tabla) in repositorio.MODELOS.items()
        }
    return Portada(
        actas={estado: actas.get(estado, 0) for estado in EstadoActa},
        pendientes=pendientes,
        registrados=registrados,
        estados={estado: estados.get(estado, 0) for estado in Estado},
        sin_tipo=tipos.get(None, 0),
    )


def _contar(
    conexion: Connection, columna: ColumnElement[Any], *condiciones: ColumnElement[bool]
) -> dict[Any, int]:
    consulta = select(columna, func.count()).where(*condiciones).group_by(columna)
    return {fila[0]: fila[1] for fila in conexion.execute(consulta)}
