"""Cifras con su intervalo del 95 %, remuestreando documentos enteros (bootstrap por conglomerados).

Toda medida se parte en cuentas que se suman (aciertos, casos…) y una fórmula sobre las sumas. Así
un remuestreo es sumar las cuentas de los documentos sorteados, con reposición. El intervalo va del
percentil 2,5 al 97,5 (Efron y Tibshirani, *An Introduction to the Bootstrap*, 1993, cap. 13).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

REMUESTREOS = 1000
SEMILLA = 20260101
Cuentas = NDArray[np.float64]
Formula = Callable[[Cuentas], float]


@dataclass(frozen=True, slots=True)
class Cifra:
    """Un valor con su intervalo; NaN si no se puede calcular. `n` son los casos que cuentan."""

    valor: float
    bajo: float
    alto: float
    n: int


def proporcion(cuentas: Cuentas) -> float:
    """Devuelve la primera cuenta entre la segunda; NaN si la segunda es cero."""
    return float(cuentas[0] / cuentas[1]) if cuentas[1] else math.nan


def cifra(
    casos: Iterable[tuple[Hashable, Cuentas]],
    formula: Formula,
    n: int,
    remuestreos: int = REMUESTREOS,
) -> Cifra:
    """Calcula la fórmula sobre la suma de las cuentas y su intervalo.

    Cada caso es (documento, cuentas); las cuentas de un mismo documento van siempre juntas. Con un
    solo documento no hay intervalo (NaN).
    """
    por_documento: dict[Hashable, Cuentas] = {}
    for documento, cuentas in casos:
        previas = por_documento.get(documento)
        por_documento[documento] = cuentas if previas is None else previas + cuentas
    if not por_documento:
        return Cifra(math.nan, math.nan, math.nan, 0)
    tabla = np.array(list(por_documento.values()), dtype=np.float64)
    valor = formula(tabla.sum(axis=0))
    if len(tabla) < 2:
        return Cifra(valor, math.nan, math.nan, n)
    azar = np.random.default_rng(SEMILLA)
    iguales = np.full(len(tabla), 1 / len(tabla))
    sorteos = azar.multinomial(len(tabla), iguales, size=remuestreos)
    valores = [formula(s) for s in sorteos @ tabla]
    validos = [v for v in valores if not math.isnan(v)]
    if not validos:
        return Cifra(valor, math.nan, math.nan, n)
    bajo, alto = np.percentile(validos, [2.5, 97.5])
    return Cifra(valor, float(bajo), float(alto), n)
