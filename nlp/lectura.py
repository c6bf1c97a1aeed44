"""Un texto partido en palabras plegadas, con sus posiciones: lo que miran los extractores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.plegado import plegar

_PALABRA = re.compile(r"(?:[^\W\d_]{1,2}\.){2,}|\d+(?:[.,'’]\d+)*(?![^\W_])|[^\W_]+|\S")
_TIRA = 3
_LETRA_POR_CIFRA = str.maketrans("0156", "oiso")
"""Confusiones del OCR dentro de una palabra («compr0mete», «donaci6n»)."""
_I_POR_ELE = re.compile(r"(?:EI|AI|DeI|deI|I[ao]s?|aI|eI)")
"""«El», «La», «Los», «Al» y «Del» con I mayúscula en vez de ele, otra confusión del OCR."""


@dataclass(frozen=True, slots=True)
class Palabra:
    """Palabra, cifra o signo: como se lee, plegada y dónde está en el texto."""

    texto: str
    plegada: str
    inicio: int
    fin: int

    @property
    def con_mayuscula(self) -> bool:
        """Dice si empieza con mayúscula («Nauta», «MTC»)."""
        return self.texto[0].isupper()

    @property
    def es_palabra(self) -> bool:
        """Dice si empieza con una letra."""
        return self.texto[0].isalpha()

    @property
    def es_sigla(self) -> bool:
        """Dice si se lee como una sigla: dos letras o más, todas mayúsculas («PNSR»)."""
        return len(self.texto) > 1 and self.texto.isalnum() and self.texto.isupper()


@dataclass(frozen=True, slots=True, eq=False)
class Lectura:
    """Un texto partido en palabras.

    Se compara por identidad: `leer` devuelve la misma para el mismo texto reciente.
    """

    texto: str
    palabras: tuple[Palabra, ...]

    def fragmento(self, desde: int, hasta: int) -> str:
        """Devuelve el texto de las palabras [desde, hasta)."""
        return self.texto[self.palabras[desde].inicio : self.palabras[hasta - 1].fin]

    def plegada(self, indice: int) -> str:
        """Devuelve la palabra plegada de ese índice, o «» fuera del texto."""
        return self.palabras[indice].plegada if 0 <= indice < len(self.palabras) else ""


def _palabras(texto: str) -> Iterator[Palabra]:
    for hallada in _PALABRA.finditer(texto):
        plegada = plegar(hallada[0])
        if len(plegada) < 4 and _I_POR_ELE.fullmatch(hallada[0]):
            plegada = plegada.replace("i", "l")
        if len(plegada) > 3 and plegada[0].isalpha() and not plegada.isalpha():
            plegada = plegada.translate(_LETRA_POR_CIFRA)
        yield Palabra(hallada[0], plegada, *hallada.span())


@lru_cache(maxsize=32)
def leer(texto: str) -> Lectura:
    """Parte el texto en palabras y las pliega."""
    palabras = tuple(_palabras(texto))
    return Lectura(texto, palabras)


@lru_cache(maxsize=32)
def gritadas(lectura: Lectura) -> frozenset[int]:
    """Devuelve los índices de palabras en tiras de mayúsculas («AGUA POTABLE DEL DISTRITO»).

    En ellas la mayúscula no señala nombres propios. Una tira tiene más de tres palabras.
    """
    indices: set[int] = set()
    tira: list[int] = []
    for i, palabra in enumerate((*lectura.palabras, None)):
        if palabra and palabra.es_palabra and palabra.texto.isupper():
            tira.append(i)
        elif palabra is None or palabra.es_palabra or palabra.texto in {"|", ";", "."}:
            if len(tira) > _TIRA:
                indices.update(tira)
            tira = []
    return frozenset(indices)
