"""Los filtros del registro y su forma en SQL, para SQLite (FTS5) y PostgreSQL (GIN)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Table,
    Text,
    and_,
    cast,
    column,
    literal,
    literal_column,
    select,
)
from sqlalchemy import table as tabla_llamada
from sqlalchemy.dialects.postgresql import TSQUERY

from nlp.propuesta import Clase, Tipo
from registro.borrador import opcion
from registro.estados import ESTADOS, Estado
from registro.raices import RESPONSABLE, Termino, busqueda_de, region_buscada
from registro.tablas import Texto

POR_DETERMINAR: Final = "por_determinar"
"""Valor de `Filtros.tipo` que pide los que no tienen tipo."""

DIAS_POR_VENCER: Final = 30
"""Días calendario, contando hoy como cero, en que una fecha límite está por vencer."""

_ABIERTOS: Final = tuple(estado for estado, ficha in ESTADOS.items() if ficha.abierto)


class Plazo(StrEnum):
    """Cómo está la fecha límite de una fila; las dos primeras, solo si sigue abierta."""

    VENCIDO = "vencido"
    POR_VENCER = "por_vencer"
    SIN_FECHA = "sin_fecha"


@dataclass(frozen=True, slots=True)
class Filtros:
    """Qué filas del registro se piden; None o vacío no filtra.

    `texto` y `responsable` se buscan por raíces, sin mirar tildes, mayúsculas ni terminaciones, y
    tal cual lo que va entre comillas. `tipo` es «pip», «actividad» o «por_determinar»; `plazo` se
    cuenta desde `hoy`, que hace falta para «vencido» y «por_vencer».
    """

    texto: str = ""
    responsable: str = ""
    clase: Clase | None = None
    tipo: str | None = None
    estado: Estado | None = None
    plazo: Plazo | None = None
    unidad: str = ""
    region: str = ""
    espacio_id: int | None = None
    acta_id: int | None = None
    hoy: date | None = None


def busca_raices(filtros: Filtros) -> bool:
    """Dice si los filtros usan el índice de raíces."""
    return bool(filtros.texto or filtros.responsable or filtros.region)


def condiciones(tabla: Table[Any], filtros: Filtros, motor: str) -> list[ColumnElement[bool]]:
    """Devuelve lo que una fila vigente de la tabla cumple si pasa los filtros.

    `motor` es «sqlite» o «postgresql».

    Raises:
        DatoInvalido: el tipo no existe.
        ValueError: el plazo pide contar desde hoy y no se dijo.
    """
    columnas = tabla.c
    texto = busqueda_de(filtros.texto)
    responsable = busqueda_de(filtros.responsable, RESPONSABLE)
    terminos = [*texto.terminos, *responsable.terminos]
    if filtros.region:
        terminos.append(Termino((region_buscada(filtros.region),), None))
    halladas = [columnas.vigente]
    if filtros.tipo:
        tipo = None if filtros.tipo == POR_DETERMINAR else opcion(Tipo, "tipo", filtros.tipo)
        halladas.append(columnas.tipo == tipo)
    if filtros.estado:
        halladas.append(columnas.estado == filtros.estado)
    if filtros.unidad:
        halladas.append(columnas.unidad_territorial == filtros.unidad)
    if filtros.espacio_id is not None:
        halladas.append(columnas.espacio_id == filtros.espacio_id)
    if filtros.acta_id is not None:
        halladas.append(columnas.acta_id == filtros.acta_id)
    if filtros.plazo:
        halladas.append(_con_plazo(tabla, filtros.plazo, filtros.hoy))
    if terminos:
        con_frases = bool(texto.frases or responsable.frases)
        halladas.append(_con_raices(tabla, terminos, motor, lee_filas=con_frases))
    for columna, frases in (
        (columnas.texto_plegado, texto.frases),
        (columnas.responsables_plegados, responsable.frases),
    ):
        halladas += [columna.contains(frase, autoescape=True) for frase in frases]
    return halladas


def _con_plazo(tabla: Table[Any], plazo: Plazo, hoy: date | None) -> ColumnElement[bool]:
    limite: ColumnElement[date | None] = tabla.c.fecha_limite
    if plazo is Plazo.SIN_FECHA:
        return limite.is_(None)
    if hoy is None:
        raise ValueError("falta desde qué día se cuenta el plazo")
    abierta = tabla.c.estado.in_(_ABIERTOS)
    if "hecha_en" in tabla.c:
        abierta = and_(abierta, tabla.c.hecha_en.is_(None))
    if plazo is Plazo.VENCIDO:
        return and_(abierta, limite < hoy)
    return and_(abierta, limite.between(hoy, hoy + timedelta(days=DIAS_POR_VENCER)))


def _con_raices(
    tabla: Table[Any], terminos: list[Termino], motor: str, *, lee_filas: bool
) -> ColumnElement[bool]:
    """Busca en el índice de raíces. Los términos son letras, cifras y «_»: no hay qué escapar.

    Si no hace falta leer las filas, que son anchas, «+ 0» hace que SQLite recorra el índice de la
    lista en vez de buscarlas una por una.
    """
    if motor == "sqlite":
        escrita = " AND ".join(map(_en_fts5, terminos))
        nombre = f"busca_{tabla.name}"
        indice = tabla_llamada(nombre, column("rowid"), column(nombre, Texto))
        hallados = select(indice.c.rowid).where(indice.c[nombre].match(escrita))
        numero: ColumnElement[int] = tabla.c.id if lee_filas else tabla.c.id + 0
        return numero.in_(hallados)
    # Va escrita y no como parámetro: si no, PostgreSQL no sabe cuántas filas hallará.
    escrita = " & ".join(map(_en_tsquery, terminos))
    lexemas: ColumnElement[Any] = literal_column(f"{tabla.name}.busca_lexemas")
    return lexemas.bool_op("@@")(cast(literal(escrita, Text, literal_execute=True), TSQUERY))


def _en_fts5(termino: Termino) -> str:
    partes = [f'"{igual}"' for igual in termino.iguales]
    if termino.prefijo:
        partes.append(f'"{termino.prefijo}"*')
    return f"({' OR '.join(partes)})"


def _en_tsquery(termino: Termino) -> str:
    partes = [f"'{igual}'" for igual in termino.iguales]
    if termino.prefijo:
        partes.append(f"'{termino.prefijo}':*")
    return f"({' | '.join(partes)})"
