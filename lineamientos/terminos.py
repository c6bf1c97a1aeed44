"""Busca términos en un texto: palabras completas, sin mirar mayúsculas ni tildes.

«*» vale por cualesquiera letras de una misma palabra («se *ara»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ingesta.documento import Tramo
from nlp.plegado import plegar


def contiene(texto: str, terminos: Sequence[str]) -> bool:
    """Dice si aparece alguno de los términos."""
    return next(apariciones(texto, terminos), None) is not None


def es_uno(texto: str, terminos: Sequence[str]) -> bool:
    """Dice si el texto entero es uno de los términos."""
    return bool(terminos) and _patron(tuple(terminos)).fullmatch(_plegado(texto)) is not None


def apariciones(texto: str, terminos: Sequence[str]) -> Iterator[Tramo]:
    """Produce cada aparición, en orden; si dos términos empiezan igual vale el más largo."""
    if terminos:
        for hallada in _patron(tuple(terminos)).finditer(_plegado(texto)):
            yield Tramo(*hallada.span())


@lru_cache(maxsize=8)
def _plegado(texto: str) -> str:
    """Pliega una sola vez el texto que miran todas las reglas."""
    return plegar(texto)


@lru_cache(maxsize=256)
def _patron(terminos: tuple[str, ...]) -> re.Pattern[str]:
    largos_primero = sorted(terminos, key=len, reverse=True)
    partes = (
        re.escape(plegar(t)).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for t in largos_primero
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(partes)})(?!\w)")
