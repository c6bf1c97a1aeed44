"""Los plazos del propio protocolo: cada fecha sale con la cuenta que la explica en una línea.

Cuenta con `nlp.calendario` (TUO de la Ley 27444, arts. 144 y 145; Código Civil, art. 183.1;
feriados del DL 713 según el año).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from nlp.calendario import (
    SECTOR_PUBLICO,
    feriados_entre,
    sumar_calendario,
    sumar_habiles,
    sumar_meses,
    ultimo_dia,
)

DIAS_DE_ENTIDAD_NACIONAL: Final = 10
"""Días calendario en que responde una entidad nacional (protocolo 7.3.4)."""

DIAS_DEL_INFORME: Final = 10
"""Días hábiles tras el bimestre para difundir el informe bimestral (protocolo 7.3.7)."""

BIMESTRES: Final = 6


class Unidad(StrEnum):
    """En qué se cuenta un plazo."""

    CALENDARIO = "calendario"
    HABILES = "habiles"


@dataclass(frozen=True, slots=True)
class Vencimiento:
    """El último día de un plazo y cómo se contó."""

    fecha: date
    explicacion: str


def vencimiento(desde: date, dias: int, unidad: Unidad, ambito: str | None = None) -> Vencimiento:
    """Devuelve el último día de un plazo de `dias` que empieza a correr al día siguiente.

    En hábiles, `ambito` («sector_publico», «regional:08») descuenta además los días no laborables
    decretados; sin él, solo los feriados.

    Raises:
        ValueError: `dias` es negativo.
    """
    if dias < 0:
        raise ValueError(f"cantidad de días imposible: {dias}")
    if unidad is Unidad.CALENDARIO:
        fecha = sumar_calendario(desde, dias)
        return Vencimiento(
            fecha, f"{_dias(dias)} calendario desde el {desde:%d/%m/%Y}: {_al(fecha)}"
        )
    fecha = sumar_habiles(desde, dias, ambito)
    saltados = [f"{dia:%d/%m}" for dia in feriados_entre(desde, fecha)]
    sin = f", sin contar feriados ({', '.join(saltados)})" if saltados else ""
    return Vencimiento(fecha, f"{_dias(dias)} hábiles desde el {desde:%d/%m/%Y}{sin}: {_al(fecha)}")


def informe_bimestral(anio: int, bimestre: int) -> Vencimiento:
    """Devuelve hasta cuándo se difunde el informe de un bimestre (1 a 6) del año fiscal.

    No descuenta los días no laborables compensables, que se decretan cada año.

    Raises:
        ValueError: el bimestre no existe.
    """
    if not 1 <= bimestre <= BIMESTRES:
        raise ValueError(f"bimestre imposible: {bimestre}")
    return vencimiento(ultimo_dia(anio, 2 * bimestre), DIAS_DEL_INFORME, Unidad.HABILES)


def siguiente_requerimiento(ultimo: date) -> Vencimiento:
    """Devuelve cuándo toca volver a requerir a una entidad nacional: un mes después (7.3.4)."""
    fecha = sumar_meses(ultimo, 1)
    return Vencimiento(fecha, f"Un mes desde el {ultimo:%d/%m/%Y}: {_al(fecha)}")


def dos_cuentas(desde: date, dias: int) -> tuple[Vencimiento, Vencimiento]:
    """Devuelve el plazo contado en días calendario y en hábiles, cuando no se dijo cuál.

    «Días» a secas es ambiguo: la Ley 27444 los lee hábiles y el Código Civil, naturales.
    """
    return (
        vencimiento(desde, dias, Unidad.CALENDARIO),
        vencimiento(desde, dias, Unidad.HABILES, SECTOR_PUBLICO),
    )


def _dias(dias: int) -> str:
    return "1 día" if dias == 1 else f"{dias} días"


def _al(fecha: date) -> str:
    return f"hasta el {fecha:%d/%m/%Y}."
