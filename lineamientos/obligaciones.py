"""Cuántas obligaciones reúne un texto: los actos que promete, sin los que solo los acreditan."""

from __future__ import annotations

from functools import lru_cache

from lineamientos.tablas import tabla
from nlp import verbos
from nlp.lectura import leer
from nlp.verbos import Tiempo

_CERCA = 3
"""Palabras antes del verbo en que un nexo subordinante lo saca de la cuenta."""


@lru_cache(maxsize=64)
def contar(texto: str) -> int:
    """Devuelve cuántos verbos distintos de resultado promete el texto, en futuro o tras «a».

    No cuentan los que van tras un nexo subordinante ni los que informan o acreditan lo hecho.
    """
    lexico = tabla("lexico")
    palabras = leer(texto).palabras
    lemas: set[str] = set()
    for n, palabra in enumerate(palabras):
        forma = verbos.analizar(palabra)
        if forma is None or forma.lema in lexico["acreditan"]:
            continue
        previas = [p.plegada for p in palabras[max(0, n - _CERCA) : n]]
        tras_a = forma.tiempo is Tiempo.INFINITIVO and previas[-1:] == ["a"]
        futuro = forma.tiempo is Tiempo.FUTURO and not set(previas).intersection(
            lexico["subordinan"]
        )
        if futuro or (tras_a and _enumera(previas)):
            lemas.add(forma.lema)
    return len(lemas)


def _enumera(previas: list[str]) -> bool:
    """Dice si ese «a» abre un acto de la lista («…, a convocar», «y a contratar»)."""
    return len(previas) > 1 and previas[-2] in {",", "y", "compromete", "comprometen", "obliga"}
