"""Busca muchas frases fijas a la vez en un texto plegado."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

from nlp.lectura import Lectura, leer
from nlp.lenguaje import crear_lenguaje

T = TypeVar("T")


class Frases(Generic[T]):
    """Frases fijas (nombres, siglas, topónimos), cada una con su valor; se buscan sin tildes."""

    def __init__(self, frases: Mapping[str, T]) -> None:
        """Prepara el buscador: `frases` va de la frase tal como se escribe a su valor."""
        self._valores = list(frases.values())
        self._buscador = PhraseMatcher(crear_lenguaje().vocab)
        for clave, frase in enumerate(frases):
            self._buscador.add(str(clave), [leer(frase).doc])

    def buscar(self, lectura: Lectura) -> Iterable[tuple[int, int, T]]:
        """Da (desde, hasta, valor) de cada frase hallada, en orden; de las cruzadas, la más larga.

        `desde` y `hasta` son índices de palabras de la lectura.
        """
        textos = lectura.doc.vocab.strings
        for tramo in filter_spans(self._buscador(lectura.doc, as_spans=True)):
            yield tramo.start, tramo.end, self._valores[int(textos[tramo.label])]
