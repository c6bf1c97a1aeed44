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
    anterior_habil,
    decretados_entre,
    feriados_entre,
    siguiente_habil,
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
ROMANOS: Final = ("I", "II", "III", "IV", "V", "VI")
"""Cómo se nombra cada bimestre del año fiscal."""


class Unidad(StrEnum):
    """En qué se cuenta un plazo."""

    CALENDARIO = "calendario"
    HABILES = "habiles"


@dataclass(frozen=True, slots=True)
class Vencimiento:
    """Hasta cuándo corre un plazo y cómo se contó, en una línea.

    `ultimo_dia` es el de la cuenta; `fecha`, el día en que vence: el mismo o, si es inhábil, el
    primer hábil que sigue (TUO de la Ley 27444, art. 145.2; Código Civil, art. 183.5).
    """

    ultimo_dia: date
    fecha: date
    explicacion: str


def vencimiento(desde: date, dias: int, unidad: Unidad, ambito: str | None = None) -> Vencimiento:
    """Devuelve cuándo vence un plazo de `dias` que empieza a correr al día siguiente.

    `ambito` («sector_publico», «regional:08») descuenta además los días no laborables decretados;
    sin él, solo los feriados. No se agrega el término de la distancia (art. 146): favorece al
    administrado en un procedimiento, y aquí se requiere a entidades.

    Raises:
        ValueError: `dias` es negativo.
    """
    if dias < 0:
        raise ValueError(f"cantidad de días imposible: {dias}")
    if unidad is Unidad.CALENDARIO:
        return _con_prorroga(
            f"{_cuantos(dias, 'día', 'días')} calendario desde el {desde:%d/%m/%Y}",
            sumar_calendario(desde, dias),
            ambito,
        )
    fecha = sumar_habiles(desde, dias, ambito)
    cuenta = f"{_cuantos(dias, 'día', 'días')} {_cuantos_habiles(dias)} desde el {desde:%d/%m/%Y}"
    return Vencimiento(fecha, fecha, f"{cuenta}{_saltados(desde, fecha, ambito)}: {_al(fecha)}.")


def vencimiento_en_meses(desde: date, meses: int, ambito: str | None = None) -> Vencimiento:
    """Devuelve cuándo vence un plazo de meses, de fecha a fecha (un año son doce).

    Si el mes de llegada no tiene ese día, vence el primer hábil del siguiente (art. 145.3).

    Raises:
        ValueError: `meses` es negativo.
    """
    if meses < 0:
        raise ValueError(f"cantidad de meses imposible: {meses}")
    cuenta = f"{_cuantos(meses, 'mes', 'meses')} desde el {desde:%d/%m/%Y}"
    fecha = sumar_meses(desde, meses, ambito)
    if fecha.day == desde.day:
        return _con_prorroga(cuenta, fecha, ambito)
    return Vencimiento(fecha, fecha, f"{cuenta}, sin ese día en el último mes: {_al(fecha)}.")


def informe_bimestral(anio: int, bimestre: int) -> Vencimiento:
    """Devuelve hasta cuándo se difunde el informe de un bimestre (1 a 6) del año fiscal.

    No descuenta los días no laborables compensables, que se decretan cada año.

    Raises:
        ValueError: el bimestre no existe.
    """
    return vencimiento(fin_de_bimestre(anio, bimestre), DIAS_DEL_INFORME, Unidad.HABILES)


def fin_de_bimestre(anio: int, bimestre: int) -> date:
    """Devuelve el último día de un bimestre (1 a 6) del año fiscal.

    Raises:
        ValueError: el bimestre no existe.
    """
    if not 1 <= bimestre <= BIMESTRES:
        raise ValueError(f"bimestre imposible: {bimestre}")
    return ultimo_dia(anio, 2 * bimestre)


def fin_de_bimestre_habil(dia: date) -> Vencimiento:
    """Devuelve el último día hábil del bimestre en que cae un día; si ya pasó, el del siguiente."""
    anio, bimestre = dia.year, bimestre_de(dia)
    while True:
        ultimo = fin_de_bimestre(anio, bimestre)
        fecha = anterior_habil(ultimo)
        if fecha >= dia:
            nombre = f"bimestre {ROMANOS[bimestre - 1]} de {anio}"
            return Vencimiento(ultimo, fecha, f"Último día hábil del {nombre}: {_al(fecha)}.")
        anio, bimestre = (anio, bimestre + 1) if bimestre < BIMESTRES else (anio + 1, 1)


def bimestre_de(dia: date) -> int:
    """Devuelve en qué bimestre (1 a 6) del año fiscal, que es el calendario, cae un día."""
    return (dia.month + 1) // 2


def siguiente_requerimiento(ultimo: date) -> Vencimiento:
    """Devuelve cuándo toca volver a requerir a una entidad nacional: un mes después (7.3.4)."""
    return vencimiento_en_meses(ultimo, 1)


def _con_prorroga(cuenta: str, ultimo: date, ambito: str | None) -> Vencimiento:
    fecha = siguiente_habil(ultimo, ambito)
    if fecha == ultimo:
        return Vencimiento(ultimo, fecha, f"{cuenta}: {_al(fecha)}.")
    pasa = f"{cuenta}: {_al(ultimo)}, que es inhábil; pasa al {fecha:%d/%m/%Y}."
    return Vencimiento(ultimo, fecha, pasa)


def _saltados(desde: date, hasta: date, ambito: str | None) -> str:
    feriados = [f"{dia:%d/%m}" for dia in feriados_entre(desde, hasta)]
    decretados = [f"{dia:%d/%m}" for dia in decretados_entre(desde, hasta, ambito)]
    partes = [
        f"{nombre} ({', '.join(dias)})"
        for nombre, dias in (
            ("feriados", feriados),
            ("días no laborables decretados", decretados),
        )
        if dias
    ]
    return f", sin contar {' ni '.join(partes)}" if partes else ""


def _cuantos(cantidad: int, uno: str, varios: str) -> str:
    return f"{cantidad} {uno if cantidad == 1 else varios}"


def _cuantos_habiles(dias: int) -> str:
    return "hábil" if dias == 1 else "hábiles"


def _al(fecha: date) -> str:
    return f"hasta el {fecha:%d/%m/%Y}"
