"""Firmas puestas una al lado de otra: cada raya se lee con el nombre y el cargo de abajo."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from itertools import pairwise

from ingesta.lectores.pdf_franjas import Franja
from ingesta.lectores.pdf_palabras import Pieza

RAYA = re.compile(r"[_.…·\-–—]{5,}")
"""Raya para firmar, hecha de guiones bajos o de puntos."""

MAYOR_NUMERO_DE_LINEAS = 6
SALTO_FINAL = 2.0
"""Altos de letra entre la raya o una línea y la siguiente con que la firma ya terminó."""


@dataclass(frozen=True, slots=True)
class Grupo:
    """Franjas [desde, hasta) de la página que son firmas, y ya separadas, firma por firma."""

    desde: int
    hasta: int
    franjas: list[Franja]


def es_raya(franja: Franja) -> bool:
    """Dice si la franja solo tiene rayas para firmar."""
    return all(RAYA.fullmatch(p.texto) for p in franja.piezas)


def buscar_firmas(franjas: list[Franja]) -> Grupo | None:
    """Devuelve la primera fila de dos o más firmas, o None si no hay."""
    for i, franja in enumerate(franjas):
        if len(franja.piezas) > 1 and es_raya(franja):
            return _separar(franjas, i)
    return None


def _separar(franjas: list[Franja], desde: int) -> Grupo:
    rayas = franjas[desde].piezas
    limites = [(a.caja.x1 + b.caja.x0) / 2 for a, b in pairwise(rayas)]
    bordes = [franjas[desde].caja.x0, *limites, franjas[desde].caja.x1]
    columnas: list[list[list[Pieza]]] = [[[raya]] for raya in rayas]
    hasta = desde + 1
    while hasta < min(len(franjas), desde + MAYOR_NUMERO_DE_LINEAS):
        franja = franjas[hasta]
        salto = franja.caja.arriba - franjas[hasta - 1].caja.abajo
        cruza = any(p.caja.x0 < x < p.caja.x1 for p in franja.piezas for x in limites)
        if salto > SALTO_FINAL * franja.alto or cruza or es_raya(franja):
            break
        for columna in columnas:
            columna.append([])
        for pieza in franja.piezas:
            columnas[bisect(limites, (pieza.caja.x0 + pieza.caja.x1) / 2)][-1].append(pieza)
        hasta += 1
    separadas = [
        Franja(tuple(linea), (bordes[k], bordes[k + 1]))
        for k, columna in enumerate(columnas)
        for linea in columna
        if linea
    ]
    return Grupo(desde, hasta, separadas)
