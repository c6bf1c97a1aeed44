"""Las celdas cortas que el reconocedor se salta: «7» o «30 días» a solas entre rayas.

Se recortan todas, se apilan en una sola imagen y se reconocen de una vez.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

import numpy as np

from ingesta.escaneo.gris import BLANCO, Gris
from ingesta.escaneo.hoja import HojaDerecha
from ingesta.ocr import PalabraLeida

TINTA: Final = 140
BORDE: Final = 4
"""Píxeles que se dejan entre la raya y lo que se mira."""

ALTO: Final = (0.6, 2.2)
"""Alto de lo escrito, en veces el de una palabra corriente: un renglón."""

LARGO_CORTO: Final = 2
SEGURA: Final = 0.8
"""Una celda que solo tiene una palabra así de corta y menos segura se vuelve a mirar."""

MARGEN: Final = 40
MONTAJE: Final = -1
"""Número de bloque de los renglones que salen del montaje."""


@dataclass(frozen=True, slots=True)
class Recorte:
    """Lo escrito en una celda: su caja en la hoja y la altura en que quedó en el montaje."""

    x0: int
    arriba: int
    x1: int
    abajo: int
    lugar: int


def sin_leer(hoja: HojaDerecha, leidas: Sequence[PalabraLeida]) -> list[Recorte]:
    """Devuelve los recortes de las celdas con tinta y sin una lectura segura."""
    if not leidas:
        return []
    alto = median(p.abajo - p.arriba for p in leidas)
    recortes: list[Recorte] = []
    lugar = MARGEN
    for x0, arriba, x1, abajo in _espacios(hoja):
        dentro = [p for p in leidas if _cae(p, x0, arriba, x1, abajo)]
        if dentro and not _dudosa(dentro):
            continue
        tinta = hoja.imagen[arriba:abajo, x0:x1] < TINTA
        filas, columnas = np.flatnonzero(tinta.any(axis=1)), np.flatnonzero(tinta.any(axis=0))
        if len(filas) and ALTO[0] * alto <= filas[-1] - filas[0] <= ALTO[1] * alto:
            recortes.append(
                Recorte(
                    x0 + int(columnas[0]),
                    arriba + int(filas[0]),
                    x0 + int(columnas[-1]) + 1,
                    arriba + int(filas[-1]) + 1,
                    lugar,
                )
            )
            lugar += int(filas[-1] - filas[0]) + MARGEN
    return recortes


def montar(hoja: HojaDerecha, recortes: Sequence[Recorte]) -> Gris:
    """Devuelve la imagen con los recortes uno debajo de otro."""
    ancho = max(r.x1 - r.x0 for r in recortes) + 2 * MARGEN
    ultimo = recortes[-1]
    montaje = np.full(
        (ultimo.lugar + ultimo.abajo - ultimo.arriba + MARGEN, ancho), BLANCO, np.uint8
    )
    for r in recortes:
        alto, largo = r.abajo - r.arriba, r.x1 - r.x0
        montaje[r.lugar : r.lugar + alto, MARGEN : MARGEN + largo] = hoja.imagen[
            r.arriba : r.abajo, r.x0 : r.x1
        ]
    return montaje


def devolver(
    montadas: Sequence[PalabraLeida], recortes: Sequence[Recorte], leidas: Sequence[PalabraLeida]
) -> list[PalabraLeida]:
    """Devuelve las palabras de la página, con las del montaje en el lugar de sus celdas."""
    todas = list(leidas)
    for numero, r in enumerate(recortes):
        propias = [
            p
            for p in montadas
            if r.lugar <= (p.arriba + p.abajo) / 2 <= r.lugar + r.abajo - r.arriba
        ]
        viejas = [p for p in leidas if _cae(p, r.x0, r.arriba, r.x1, r.abajo)]
        if propias and _peor(propias) > _peor(viejas):
            todas = [p for p in todas if p not in viejas]
            todas += [
                p._replace(
                    x0=p.x0 - MARGEN + r.x0,
                    x1=p.x1 - MARGEN + r.x0,
                    arriba=p.arriba - r.lugar + r.arriba,
                    abajo=p.abajo - r.lugar + r.arriba,
                    renglon=(MONTAJE, numero, 0),
                )
                for p in propias
            ]
    return todas


def _espacios(hoja: HojaDerecha) -> Iterator[tuple[int, int, int, int]]:
    """Produce los espacios entre rayas seguidas, con una vertical a cada lado."""
    horizontales = sorted({(r.lugar, r.lugar + r.grosor) for r in hoja.rayas if r.horizontal})
    verticales = sorted((r for r in hoja.rayas if not r.horizontal), key=lambda r: r.lugar)
    for (_, arriba), (abajo, _) in pairwise(horizontales):
        medio = (arriba + abajo) / 2
        lados = [v for v in verticales if v.desde <= medio <= v.hasta]
        for a, b in pairwise(lados):
            x0, x1 = a.lugar + a.grosor + BORDE, b.lugar - BORDE
            if x1 > x0 and abajo - arriba > 2 * BORDE:
                yield x0, arriba + BORDE, x1, abajo - BORDE


def _cae(p: PalabraLeida, x0: int, arriba: int, x1: int, abajo: int) -> bool:
    return x0 <= (p.x0 + p.x1) / 2 <= x1 and arriba <= (p.arriba + p.abajo) / 2 <= abajo


def _dudosa(palabras: list[PalabraLeida]) -> bool:
    return len(palabras) == 1 and len(palabras[0].texto) <= LARGO_CORTO and _peor(palabras) < SEGURA


def _peor(palabras: Sequence[PalabraLeida]) -> float:
    return min((p.confianza for p in palabras), default=0.0)
