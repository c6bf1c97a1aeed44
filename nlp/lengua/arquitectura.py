"""Capa de entrada de la tubería: rasgos de la forma más grupos de Brown.

El grupo de Brown dice con qué palabras comparte contextos la forma («ejecutará» con «realizará»)
aunque no salga en el corpus: es lo que más mejora el análisis con corpus pequeños. Se
mira entero y recortado a 6 y a 4 bits, del más fino al más general.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from spacy.ml.featureextractor import FeatureExtractor
from spacy.ml.staticvectors import StaticVectors
from spacy.tokens import Doc
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    chain,
    concatenate,
    list2ragged,
    ragged2list,
    with_array,
)
from thinc.types import Floats2d, Ints2d

ARQUITECTURA = "actas.IncrustacionConBrown.v1"

SIN_GRUPO = 100_001
"""Grupo de una forma que no está en la tabla; los de la tabla son menores."""

FILAS_DE_BROWN = (4000, 128, 64)
SEMILLA = 8

Vectores = Model[list[Doc], list[Floats2d]]


def incrustacion_con_brown(
    brown: Mapping[str, int],
    width: int,
    attrs: list[str],
    rows: list[int],
    include_static_vectors: bool = False,
) -> Vectores:
    """Devuelve la capa: un vector de `width` números por palabra.

    `attrs` son atributos de spaCy (NORM, PREFIX…) y `rows`, las filas de la tabla de cada uno.
    Con `include_static_vectors` se suman los vectores de palabras de la tubería.
    """
    tablas: list[Model[Any, Any]] = [
        HashEmbed(width, filas, column=columna, seed=SEMILLA + lugar, dropout=0.0)
        for lugar, (columna, filas) in enumerate((*enumerate(rows), *enumerate(FILAS_DE_BROWN)))
    ]
    entradas: list[Model[Any, Any]] = [
        _incrustar(FeatureExtractor(list(attrs)), tablas[: len(rows)]),
        _incrustar(_grupos_de_brown(brown), tablas[len(rows) :]),
    ]
    if include_static_vectors:
        entradas.append(StaticVectors(width, dropout=0.0))
    ancho = width * (len(tablas) + include_static_vectors)
    mezcla: Model[Any, Any] = Maxout(width, ancho, nP=3, dropout=0.0, normalize=True)
    return chain(concatenate(*entradas), with_array(mezcla), ragged2list())


def _incrustar(
    rasgos: Model[list[Doc], list[Ints2d]], tablas: list[Model[Any, Any]]
) -> Model[Any, Any]:
    palabras: Model[Any, Any] = chain(rasgos, list2ragged())
    juntas: Model[Any, Any] = concatenate(*tablas)
    return chain(palabras, with_array(juntas))


def _grupos_de_brown(brown: Mapping[str, int]) -> Model[list[Doc], list[Ints2d]]:
    def grupo(forma: str) -> int:
        hallado = brown.get(forma)
        return brown.get(forma.lower(), SIN_GRUPO) if hallado is None else hallado

    def mirar(
        modelo: Model[list[Doc], list[Ints2d]], docs: list[Doc], is_train: bool
    ) -> tuple[list[Ints2d], Callable[[list[Ints2d]], list[Doc]]]:
        return [modelo.ops.xp.asarray(_recortes([grupo(p.text) for p in d])) for d in docs], (
            lambda _: []
        )

    return Model("grupos_de_brown", mirar)


def _recortes(grupos: list[int]) -> Any:
    """Devuelve (palabras, 3): el grupo entero, 6 bits y 4 bits, en rangos que no se pisan."""
    enteros = np.asarray(grupos, dtype="uint64")
    return np.stack(
        (
            enteros + np.uint64(1),
            (enteros & np.uint64(63)) + np.uint64(200_003),
            (enteros & np.uint64(15)) + np.uint64(300_007),
        ),
        axis=1,
    )
