"""Qué es una reunión bimestral con los puntos focales (protocolo 7.3.5).

Se convoca con dos días de anticipación (Resolución 001-2021-PCM/SGSD, que rige las digitales); si
fueron menos, se avisa y no se impide.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

DIAS_DE_ANTICIPACION: Final = 2
"""Días calendario con que se convoca (Resolución 001-2021-PCM/SGSD)."""


class EstadoDeReunion(StrEnum):
    """En qué va una reunión."""

    PROGRAMADA = "programada"
    CONVOCADA = "convocada"
    REALIZADA = "realizada"
    CANCELADA = "cancelada"


ABIERTAS: Final = (EstadoDeReunion.PROGRAMADA, EstadoDeReunion.CONVOCADA)


@dataclass(frozen=True, slots=True)
class Reunion:
    """Una reunión con una entidad; `convocados` y `asistentes` son números de puntos focales.

    `fecha` es el día previsto o, si ya se realizó, el día en que fue.
    """

    id: int
    entidad: str
    anio: int
    bimestre: int
    fecha: date
    lugar: str
    agenda: str
    estado: EstadoDeReunion
    convocada: date | None
    documento: str
    convocados: tuple[int, ...]
    asistentes: tuple[int, ...]
    acuerdos: str
    version: int

    @property
    def convocar_hasta(self) -> date:
        """Devuelve el último día para convocarla con la anticipación debida."""
        return self.fecha - timedelta(days=DIAS_DE_ANTICIPACION)

    @property
    def con_poca_anticipacion(self) -> bool:
        """Dice si se convocó después de `convocar_hasta`."""
        return self.convocada is not None and self.convocada > self.convocar_hasta
