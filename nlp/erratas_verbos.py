"""Cuántas veces se espera ver una forma verbal que casi no se ve: lo dice su infinitivo."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from nlp.lectura import Palabra
from nlp.plegado import plegar
from nlp.verbos import PERSONALES, Tiempo, analizar, infinitivo_probable
from nlp.vocabulario import Vocabulario

_FUTURO = re.compile(r"(\w+[aei]r)(?:an?|emos)")
_POR_FORMA = 30
"""Veces que se ve un infinitivo por cada vez que se ve una de sus formas, a la baja."""

_LARGA = 6
"""Letras desde las que se busca la forma de un verbo."""

_POCAS = 10
"""Veces que se espera ver, al menos, la forma por la que se enmienda una palabra."""

_CON_TILDE = (
    (re.compile(r"(\w+(?:[aei]r|dr))a(n?)"), "á"),
    (re.compile(r"(\w+i)o()"), "ó"),
    (re.compile(r"(\w+)i(an?)"), "í"),
    (re.compile(r"(\w+)u(en?)"), "ú"),
)
"""«sostendra», «comprometio», «visitaria» y «evalue», y la vocal que lleva tilde."""

_TIEMPOS = frozenset({Tiempo.FUTURO, Tiempo.PASADO, Tiempo.CONDICIONAL, Tiempo.SUBJUNTIVO})


def peso(vistas: Vocabulario, plegada: str) -> int:
    """Cuántas veces se ve la palabra o, si es un futuro, cuántas se espera ver su verbo."""
    veces = vistas.veces(plegada)
    futuro = _FUTURO.fullmatch(plegada)
    if futuro and ordena(futuro[1]):
        return max(veces, vistas.veces(futuro[1]) // _POR_FORMA)
    return veces


def conjugada(vistas: Vocabulario, plegada: str) -> tuple[float, str] | None:
    """Devuelve el logaritmo de las veces que se espera ver una forma, y la forma con su tilde."""
    if len(plegada) < _LARGA:
        return None
    for forma in _formas(plegada):
        leida = analizar(Palabra(forma, plegada, 0, len(forma)))
        if leida and leida.tiempo in _TIEMPOS:
            esperadas = max(vistas.veces(plegada), vistas.veces(leida.lema) // _POR_FORMA)
            return (math.log(esperadas), forma) if esperadas >= _POCAS else None
    return None


def _formas(plegada: str) -> Iterator[str]:
    for patron, vocal in _CON_TILDE:
        if hallada := patron.fullmatch(plegada):
            yield hallada[1] + vocal + hallada[2]
    yield plegada


def ordena(plegada: str) -> bool:
    """Dice si es un infinitivo: los de un acuerdo van en mayúsculas («ENCARGAR a la Gerencia»)."""
    return infinitivo_probable(Palabra(plegada, plegada, 0, len(plegada))) is not None


def es_verbo(vistas: Vocabulario, texto: str) -> bool:
    """Dice si es un verbo conjugado de los que se ven."""
    return (lema := _lema(texto)) is not None and vistas.veces(lema) > 0


def parece_verbo(texto: str) -> bool:
    """Dice si es un verbo conjugado de las listas, aunque no se le vea («rehace»)."""
    lema = _lema(texto)
    return lema is not None and analizar(Palabra(lema, plegar(lema), 0, len(lema))) is not None


def _lema(texto: str) -> str | None:
    forma = analizar(Palabra(texto, plegar(texto), 0, len(texto)))
    return forma.lema if forma and forma.tiempo in PERSONALES else None
