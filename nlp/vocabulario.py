"""Palabras que se ven en las normas y acuerdos del Perú y cuántas veces (`modelos/vocabulario`).

Sale de contar un texto público de 45 millones de palabras (`nlp.entrenamiento.vocabulario`). A
ellas se suman los nombres del UBIGEO y del catálogo de entidades.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from modelos.cargador import ModeloAusente, cargar
from nlp.catalogo import nombres
from nlp.gacetero import por_codigo
from nlp.plegado import plegar

_SIN_TILDES = str.maketrans("áàéèíìóòúùüñ", "aaeeiioouuun")
_INFINITIVOS = ("ar", "er", "ir")
_ENCLITICOS = r"(?:(?:se|me|te|nos)?(?:l[aeo]s?)|se|me|te|nos)"
_CONJUGADA = re.compile(
    r"(?P<raiz>\w+?)(?:(?P<futura>[aei]r)(?:an?|as|emos|e|ia[ns]?|iamos)?|o|as?|an|es?|en|[aei]mos|aste|iste"
    r"|aron|io|ieron|iera[ns]?|iese[ns]?|aba[ns]?|abamos|ia[ns]?|iamos|[ai]d[oa]s?|ando|iendo|ara[ns]?|ase[ns]?)"
    rf"(?:(?:(?<=[aei]r)|(?<=ndo)){_ENCLITICOS})?"
)
_DERIVADAS = (
    (re.compile(r"(\w{3,})(?:mente|s)|(\w{2,}[^aeiou])es"), ("",)),
    (re.compile(r"(\w{2,}[^aeo](?<!aron)(?<!ieron)(?<![ae]n))[oa]s?"), ("", "o", "a", "e")),
    (re.compile(r"(\w{3,})it[oa]s?"), ("", "o", "a", "e")),
)
"""Plural, adverbio, femenino o diminutivo de una palabra, y con qué puede acabar esta."""


@dataclass(frozen=True, slots=True)
class Vocabulario:
    """`formas` va de palabra en minúsculas a veces vista; `plegadas`, de palabra plegada a total.

    `mejores` da la forma más vista de cada plegada («tecnico» → «técnico»); `nombres`, las palabras
    plegadas de lugares y entidades.
    """

    formas: Mapping[str, int]
    plegadas: Mapping[str, int]
    mejores: Mapping[str, str]
    nombres: frozenset[str]

    def veces(self, plegada: str) -> int:
        """Devuelve cuántas veces se vio una palabra plegada, con cualquier tilde."""
        return self.plegadas.get(plegada, 0)

    def conoce(self, plegada: str) -> bool:
        """Dice si es un nombre, o una conjugación o derivada de otra palabra vista."""
        return plegada in self.nombres or self.respaldo(plegada) > 0

    def respaldo(self, plegada: str) -> int:
        """Devuelve cuántas veces se vio la palabra de que esta es conjugación o derivada."""
        bases: list[str] = []
        if hallada := _CONJUGADA.fullmatch(plegada):
            finales = [hallada["futura"]] if hallada["futura"] else _INFINITIVOS
            bases += (hallada["raiz"] + final for final in finales)
        for patron, colas in _DERIVADAS:
            if hallada := patron.fullmatch(plegada):
                base = next(filter(None, hallada.groups()))
                bases += (base + cola for cola in colas)
        return max(map(self.veces, bases), default=0)


@lru_cache(maxsize=1)
def vocabulario() -> Vocabulario:
    """Lee el vocabulario; sin el archivo, no conoce palabra y no enmienda nada."""
    formas: dict[str, int] = {}
    try:
        ruta = cargar("vocabulario").ruta
    except ModeloAusente:
        return Vocabulario({}, {}, {}, frozenset())
    with gzip.open(ruta, "rt", encoding="utf-8") as archivo:
        for linea in archivo:
            forma, _, veces = linea.partition("\t")
            formas[forma] = int(veces)
    return con_formas(formas)


def con_formas(formas: Mapping[str, int]) -> Vocabulario:
    """Arma el vocabulario con las veces que se ve cada forma en minúsculas."""
    plegadas: Counter[str] = Counter()
    mejores: dict[str, str] = {}
    for forma, veces in formas.items():
        plegada = forma.translate(_SIN_TILDES)
        plegadas[plegada] += veces
        if veces > formas.get(mejores.get(plegada, ""), 0):
            mejores[plegada] = forma
    return Vocabulario(formas, dict(plegadas), mejores, frozenset(_nombres()))


def _nombres() -> Iterator[str]:
    lugares = (n for u in por_codigo().values() for n in (u.region, u.provincia, u.distrito) if n)
    for nombre in (*lugares, *(nombre for nombre, _ in nombres())):
        yield from re.findall(r"[^\W\d_]+", plegar(nombre))
