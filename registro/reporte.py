"""Los reportes del protocolo: el mensual por unidad territorial y el bimestral de desempeño.

Se arman (7.3.7) con el registro tal como estaba al final del periodo (`registro.al_corte`), y
llevan la cabeza de la historia del momento en que se hacen: una vez publicada, nadie puede rehacer
la historia sin que se note.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from nlp.calendario import ultimo_dia
from registro.acta import LIMA
from registro.al_corte import al_corte
from registro.base import Base
from registro.errores import DatoInvalido
from registro.historia import Cabeza, cabeza_en
from registro.relojes import informe_bimestral
from registro.secciones import DEL_BIMESTRAL, DEL_MENSUAL, Datos, Seccion


class Periodicidad(StrEnum):
    """Qué reporte se pide."""

    MENSUAL = "mensual"
    BIMESTRAL = "bimestral"


SECCIONES: Final = {
    Periodicidad.MENSUAL: DEL_MENSUAL,
    Periodicidad.BIMESTRAL: DEL_BIMESTRAL,
}


@dataclass(frozen=True, slots=True)
class Reporte:
    """Un reporte listo para escribir; `desde` y `hasta` son los días del periodo, inclusive."""

    periodicidad: Periodicidad
    titulo: str
    desde: date
    hasta: date
    corte: datetime
    renglones: tuple[str, ...]
    secciones: tuple[Seccion, ...]
    cabeza: Cabeza


def preparar(base: Base, periodicidad: Periodicidad, mes: str, ahora: datetime) -> Reporte:
    """Arma el reporte del periodo que termina en ese mes («2026-06»).

    Si el periodo no ha terminado, el corte es este momento y el reporte lo dice.

    Raises:
        DatoInvalido: el mes no se entiende, todavía no empieza o no cierra un bimestre.
    """
    desde, hasta = _periodo(periodicidad, mes)
    if desde > ahora.astimezone(LIMA).date():
        raise DatoInvalido("hasta", "Ese periodo todavía no empieza.", "Elija uno anterior.")
    fin = _medianoche(hasta + timedelta(days=1)) - timedelta(microseconds=1)
    corte = min(fin, ahora)
    with base.leer() as conexion:
        previo = al_corte(conexion, _medianoche(desde) - timedelta(microseconds=1))
        datos = Datos(previo, al_corte(conexion, corte), conexion, desde, hasta)
        secciones = tuple(hacer(datos) for hacer in SECCIONES[periodicidad])
        cabeza = cabeza_en(conexion)
    renglones = [f"Periodo: del {desde:%d/%m/%Y} al {hasta:%d/%m/%Y}."]
    if corte < fin:
        dicho = f"{corte.astimezone(LIMA):%d/%m/%Y a las %H:%M}"
        renglones.append(f"El periodo no ha terminado: los datos son hasta el {dicho}.")
    if periodicidad is Periodicidad.BIMESTRAL:
        vence = informe_bimestral(hasta.year, hasta.month // 2)
        renglones.append(f"Se difunde a más tardar: {vence.explicacion}")
    return Reporte(
        periodicidad,
        _titulo(periodicidad, hasta),
        desde,
        hasta,
        corte,
        tuple(renglones),
        secciones,
        cabeza,
    )


def _periodo(periodicidad: Periodicidad, mes: str) -> tuple[date, date]:
    try:
        primero = date.fromisoformat(f"{mes}-01")
    except ValueError as error:
        raise DatoInvalido("hasta", f"«{mes}» no es un mes.", "Escríbalo así: 2026-06.") from error
    hasta = ultimo_dia(primero.year, primero.month)
    if periodicidad is Periodicidad.MENSUAL:
        return primero, hasta
    if primero.month % 2:
        raise DatoInvalido(
            "hasta",
            "Ese mes no cierra un bimestre.",
            "Los bimestres del año fiscal cierran en febrero, abril, junio, agosto, octubre y "
            "diciembre.",
        )
    return date(primero.year, primero.month - 1, 1), hasta


def _medianoche(dia: date) -> datetime:
    return datetime.combine(dia, time(), LIMA)


def _titulo(periodicidad: Periodicidad, hasta: date) -> str:
    if periodicidad is Periodicidad.MENSUAL:
        return f"Reporte mensual de compromisos · {hasta:%m/%Y}"
    romano = ("I", "II", "III", "IV", "V", "VI")[hasta.month // 2 - 1]
    return f"Informe bimestral de avance y desempeño · {romano} bimestre de {hasta.year}"
