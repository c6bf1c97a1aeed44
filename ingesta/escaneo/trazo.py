"""El grosor de los trazos de cada palabra: la negrita se nota en la tinta."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from ingesta.escaneo.gris import Gris
from ingesta.ocr import PalabraLeida

TINTA: Final = 128
NEGRITA: Final = 1.35
MEDIA_NEGRITA: Final = 1.1
RENGLON_EN_NEGRITA: Final = 1.25
"""Cuántas veces más grueso que el corriente es el trazo de una palabra en negrita, el de la que va
en un renglón en negrita y el de la mitad de las letras de ese renglón.

En las actas de ejemplo, el 99 % de las palabras corrientes no pasa de 1,3, ningún renglón corriente
pasa de 1,23 y ninguno en negrita baja de 1,27.
"""


def esta_en_negrita(letras: Sequence[float]) -> bool:
    """Dice si un renglón va en negrita, por el grosor relativo del trazo de cada letra."""
    return bool(letras) and median(letras) > RENGLON_EN_NEGRITA


@dataclass(frozen=True, slots=True)
class Trazo:
    """Puntos de tinta y corridas horizontales que forman."""

    tinta: int
    corridas: int

    @property
    def grosor(self) -> float:
        """Devuelve el largo medio de las corridas, en píxeles."""
        return self.tinta / max(self.corridas, 1)


def medir(imagen: Gris, palabra: PalabraLeida) -> Trazo:
    """Mide la tinta de una palabra; los signos sin letras no cuentan."""
    if not any(c.isalnum() for c in palabra.texto):
        return Trazo(0, 0)
    tinta = imagen[palabra.arriba : palabra.abajo, palabra.x0 : palabra.x1] < TINTA
    corridas = (tinta[:, 1:] & ~tinta[:, :-1]).sum() + tinta[:, :1].sum()
    return Trazo(int(tinta.sum()), int(corridas))
