"""Enmienda erratas del OCR y de quien escribió para leer el acta; el acta queda como llegó.

Solo toca palabras que no están en el vocabulario y que, con una letra de más o de menos, otra
confundible, un espacio que falta o uno que sobra, son una palabra muy vista (`nlp.erratas`). Los
nombres propios se respetan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from nlp.cambio import Cambio, Enmienda, enmendar
from nlp.erratas import enmendada, unida

_PALABRA = re.compile(r"(?<![\w@./-])[^\W\d_]+(?![\w@])")


def enmiendas_de_linea(texto: str) -> tuple[Enmienda, ...]:
    """Devuelve lo que se enmienda en una línea, con posiciones en ella."""
    return tuple(_de_la_linea(texto))


def legible(
    texto: str, de_linea: Callable[[str], tuple[Enmienda, ...]] = enmiendas_de_linea
) -> Cambio:
    """Devuelve el texto enmendado, con la posición nueva de cada letra del original."""
    return enmendar(texto, enmiendas(texto, de_linea))


def enmiendas(
    texto: str, de_linea: Callable[[str], tuple[Enmienda, ...]] = enmiendas_de_linea
) -> Iterator[Enmienda]:
    """Da lo que se enmienda, en orden: inicio y fin en el texto y la palabra que va en su lugar."""
    inicio = 0
    for linea in texto.splitlines(keepends=True):
        for desde, hasta, nueva in de_linea(linea):
            yield inicio + desde, inicio + hasta, nueva
        inicio += len(linea)


def _de_la_linea(texto: str) -> Iterator[Enmienda]:
    letras = [c for c in texto if c.isalpha()]
    gritado = sum(c.isupper() for c in letras) > 0.8 * len(letras)
    palabras = list(_PALABRA.finditer(texto))
    hasta = 0
    for i, hallada in enumerate(palabras):
        if hallada.start() < hasta:
            continue
        siguiente = palabras[i + 1] if i + 1 < len(palabras) else None
        if siguiente and texto[hallada.end() : siguiente.start()] == " ":
            junta = unida(hallada[0], siguiente[0])
            if junta:
                hasta = siguiente.end()
                yield hallada.start(), hasta, junta
                continue
        nueva = enmendada(hallada[0], gritado)
        if nueva != hallada[0]:
            yield hallada.start(), hallada.end(), nueva
