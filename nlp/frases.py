"""Busca muchas frases fijas a la vez en un texto plegado."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Generic, TypeVar

from nlp.lectura import Lectura, leer

T = TypeVar("T")

_FIN: Final = ""
"""Clave del valor de una frase que termina en ese nodo; ninguna palabra es vacía."""


class Frases(Generic[T]):
    """Frases fijas (nombres, siglas, topónimos), cada una con su valor; se buscan sin tildes."""

    def __init__(self, frases: Mapping[str, T]) -> None:
        """Prepara el buscador: `frases` va de la frase tal como se escribe a su valor.

        Si dos se pliegan igual, vale la primera.
        """
        self._raiz: dict[str, Any] = {}
        for frase, valor in frases.items():
            nodo = self._raiz
            for palabra in leer(frase).palabras:
                nodo = nodo.setdefault(palabra.plegada, {})
            nodo.setdefault(_FIN, valor)

    def buscar(self, lectura: Lectura) -> Iterable[tuple[int, int, T]]:
        """Da (desde, hasta, valor) de cada frase hallada, en orden; de las cruzadas, la más larga.

        `desde` y `hasta` son índices de palabras de la lectura.
        """
        halladas = sorted(self._todas(lectura), key=lambda h: (h[0] - h[1], h[0]))
        ocupadas: set[int] = set()
        libres: list[tuple[int, int, T]] = []
        for desde, hasta, valor in halladas:
            if desde not in ocupadas and hasta - 1 not in ocupadas:
                libres.append((desde, hasta, valor))
                ocupadas.update(range(desde, hasta))
        return sorted(libres, key=lambda h: h[0])

    def _todas(self, lectura: Lectura) -> Iterator[tuple[int, int, T]]:
        plegadas = [p.plegada for p in lectura.palabras]
        for desde, primera in enumerate(plegadas):
            nodo = self._raiz.get(primera)
            hasta = desde + 1
            while nodo is not None:
                if _FIN in nodo:
                    yield desde, hasta, nodo[_FIN]
                nodo = nodo.get(plegadas[hasta]) if hasta < len(plegadas) else None
                hasta += 1
