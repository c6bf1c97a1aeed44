"""Lo que el calendario recuerda hoy: qué acaba de vencer, qué vence pronto y qué toca hacer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import case, func, select

from registro import requerimientos, reuniones, sustentos, tablas, tablas_vida
from registro.base import Base
from registro.estados import ESTADOS
from registro.relojes import (
    BIMESTRES,
    DIAS_DE_ENTIDAD_NACIONAL,
    Unidad,
    Vencimiento,
    bimestre_de,
    informe_bimestral,
    siguiente_requerimiento,
)
from registro.requerimientos import EstadoDeRequerimiento, Requerimiento
from registro.reunion import Reunion
from registro.sustentos import Hito

DIAS_DE_RECIEN: Final = 15
"""Cuántos días un requerimiento vencido es «recién vencido»; después solo está vencido."""

DIAS_DE_AVISO: Final = 7
"""Con cuántos días se recuerda lo que va a vencer."""

_TOPE: Final = 50
_MES_MAS_CORTO: Final = 28


@dataclass(frozen=True, slots=True)
class PorRequerir:
    """A quién toca volver a requerir, desde qué día y por qué."""

    compromiso_id: int
    entidad: str
    toca: Vencimiento


@dataclass(frozen=True, slots=True)
class Recordatorios:
    """Lo de hoy, con lo más urgente primero; `informe` es el bimestral que toca difundir."""

    recien_vencidos: tuple[Requerimiento, ...]
    por_vencer: tuple[Requerimiento, ...]
    por_requerir: tuple[PorRequerir, ...]
    hitos: tuple[Hito, ...]
    reuniones: tuple[Reunion, ...]
    informe: Vencimiento


def ver_recordatorios(base: Base, hoy: date) -> Recordatorios:
    """Devuelve lo que recuerda el calendario ese día."""
    return Recordatorios(
        recien_vencidos=requerimientos.recien_vencidos(base, hoy, DIAS_DE_RECIEN),
        por_vencer=requerimientos.por_vencer(base, hoy, DIAS_DE_AVISO),
        por_requerir=toca_requerir(base, hoy),
        hitos=sustentos.hitos_por_cumplir(base, hoy + timedelta(days=DIAS_DE_AVISO), _TOPE),
        reuniones=tuple(reversed(reuniones.listar_reuniones(base, abiertas=True))),
        informe=siguiente_informe(hoy),
    )


def toca_requerir(base: Base, hoy: date) -> tuple[PorRequerir, ...]:
    """Devuelve a qué entidades nacionales toca volver a requerir: cada mes (protocolo 7.3.4).

    Cuentan las de compromisos abiertos que no tienen un requerimiento corriendo; van las 50 que más
    esperan.
    """
    tabla, compromiso = tablas_vida.requerimiento, tablas.compromiso
    corre = case((tabla.c.estado == EstadoDeRequerimiento.ABIERTO, 1), else_=0)
    ultimo = func.max(tabla.c.enviado)
    consulta = (
        select(tabla.c.compromiso_id, tabla.c.entidad, ultimo.label("ultimo"))
        .join(compromiso, compromiso.c.id == tabla.c.compromiso_id)
        .where(
            compromiso.c.vigente,
            compromiso.c.estado.in_([e for e, ficha in ESTADOS.items() if ficha.abierto]),
            tabla.c.dias == DIAS_DE_ENTIDAD_NACIONAL,
            tabla.c.unidad == Unidad.CALENDARIO,
        )
        .group_by(tabla.c.compromiso_id, tabla.c.entidad)
        .having(func.sum(corre) == 0, ultimo <= hoy - timedelta(days=_MES_MAS_CORTO))
        .order_by(ultimo, tabla.c.compromiso_id)
        .limit(_TOPE)
    )
    with base.leer() as conexion:
        filas = conexion.execute(consulta).all()
    todos = (
        PorRequerir(fila.compromiso_id, fila.entidad, siguiente_requerimiento(fila.ultimo))
        for fila in filas
    )
    return tuple(uno for uno in todos if uno.toca.fecha <= hoy)


def siguiente_informe(hoy: date) -> Vencimiento:
    """Devuelve hasta cuándo se difunde el informe bimestral que toca.

    Es el del último bimestre acabado o, si su plazo ya pasó, el del que corre.
    """
    anio, bimestre = hoy.year, bimestre_de(hoy)
    previo = (anio, bimestre - 1) if bimestre > 1 else (anio - 1, BIMESTRES)
    informe = informe_bimestral(*previo)
    return informe if informe.fecha >= hoy else informe_bimestral(anio, bimestre)
