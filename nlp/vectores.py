"""De muestras a la matriz de un clasificador: palabras, letras y rasgos.

Las palabras (1-2) y las letras (2-5) van a casillas por dispersión, que no guardan vocabulario;
lo que se aprende, y se guarda en el artefacto, son los pesos IDF, los rasgos conocidos y la
regresión logística.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import skops.io
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import (
    CountVectorizer,
    HashingVectorizer,
    TfidfTransformer,
)
from sklearn.linear_model import LogisticRegression

_PALABRAS = HashingVectorizer(
    ngram_range=(1, 2), strip_accents="unicode", n_features=2**14, alternate_sign=False, norm=None
)
_LETRAS = HashingVectorizer(
    analyzer="char_wb",
    ngram_range=(2, 5),
    strip_accents="unicode",
    n_features=2**15,
    alternate_sign=False,
    norm=None,
)
PESO_DE_LOS_RASGOS = 0.6
"""Elegido por validación cruzada por documento; los rasgos son binarios, sin normalizar."""

REGULARIZACION = 1.0
"""Inverso de la penalización L2, elegido igual."""


@dataclass(frozen=True, slots=True)
class Entrada:
    """Un texto y sus rasgos (`nlp.rasgos`)."""

    texto: str
    rasgos: Sequence[str]


class Clasificador:
    """Regresión logística sobre palabras, letras y rasgos."""

    def __init__(self, piezas: dict[str, Any]) -> None:
        self._piezas = piezas

    @classmethod
    def entrenar(
        cls, entradas: Sequence[Entrada], etiquetas: Sequence[str], pesos: Sequence[float]
    ) -> Clasificador:
        """Ajusta un clasificador; el mismo corpus da siempre el mismo modelo."""
        textos = [e.texto for e in entradas]
        piezas = {
            "palabras": TfidfTransformer(sublinear_tf=True).fit(_PALABRAS.transform(textos)),
            "letras": TfidfTransformer(sublinear_tf=True).fit(_LETRAS.transform(textos)),
            "rasgos": _contador().fit(" ".join(e.rasgos) for e in entradas),
        }
        modelo = LogisticRegression(C=REGULARIZACION, max_iter=2000)
        modelo.fit(_matriz(piezas, entradas), etiquetas, sample_weight=pesos)
        modelo.coef_ = modelo.coef_.astype(np.float32)
        return cls(piezas | {"modelo": modelo})

    @classmethod
    def leer(cls, ruta: Path, tipos_confiables: Sequence[str] = ()) -> Clasificador:
        """Lee un artefacto guardado; ningún tipo fuera de los confiables se construye."""
        return cls(skops.io.load(ruta, trusted=list(tipos_confiables)))

    def guardar(self, ruta: Path) -> None:
        """Escribe el artefacto en formato skops."""
        skops.io.dump(self._piezas, ruta, compression=8)

    @property
    def clases(self) -> tuple[str, ...]:
        """Devuelve las etiquetas, en el orden de las columnas de `probabilidades`."""
        return tuple(str(c) for c in self._piezas["modelo"].classes_)

    def probabilidades(self, entradas: Sequence[Entrada]) -> NDArray[np.float64]:
        """Devuelve una fila por entrada y una columna por clase; cada fila suma 1."""
        if not entradas:
            return np.empty((0, len(self.clases)))
        tabla = self._piezas["modelo"].predict_proba(_matriz(self._piezas, entradas))
        return np.asarray(tabla, dtype=np.float64)


def _contador() -> CountVectorizer:
    palabra = r"\S+"
    return CountVectorizer(token_pattern=palabra, lowercase=False, binary=True, min_df=2)


def _matriz(piezas: dict[str, Any], entradas: Sequence[Entrada]) -> csr_matrix:
    textos = [e.texto for e in entradas]
    return hstack([
        piezas["palabras"].transform(_PALABRAS.transform(textos)),
        piezas["letras"].transform(_LETRAS.transform(textos)),
        piezas["rasgos"].transform(" ".join(e.rasgos) for e in entradas) * PESO_DE_LOS_RASGOS,
    ]).tocsr()
