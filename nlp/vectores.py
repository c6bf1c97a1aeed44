"""De muestras a la matriz de un clasificador: palabras, letras y rasgos.

Las palabras (1-2) y las letras (2-5) van a casillas por dispersión, que no guardan vocabulario;
lo que se aprende, y se guarda en el artefacto, son los pesos IDF, los rasgos conocidos y la
regresión logística.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from scipy.special import softmax
from sklearn.feature_extraction.text import (
    CountVectorizer,
    HashingVectorizer,
    TfidfTransformer,
)

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
_SUAVE = TfidfTransformer(sublinear_tf=True)

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
    """Regresión logística sobre palabras, letras y rasgos.

    Solo guarda arreglos: los pesos IDF, los nombres de los rasgos, los coeficientes y las clases.
    """

    def __init__(self, arreglos: Mapping[str, NDArray[Any]]) -> None:
        self._arreglos = arreglos
        self._palabras = _con_pesos(arreglos["idf_palabras"])
        self._letras = _con_pesos(arreglos["idf_letras"])
        self._rasgos = _contador(vocabulary=arreglos["rasgos"].tolist())

    @classmethod
    def entrenar(
        cls, entradas: Sequence[Entrada], etiquetas: Sequence[str], pesos: Sequence[float]
    ) -> Clasificador:
        """Ajusta un clasificador; el mismo corpus da siempre el mismo modelo."""
        from sklearn.linear_model import LogisticRegression  # clasificar no lo carga

        textos = [e.texto for e in entradas]
        rasgos = _contador(min_df=2).fit(" ".join(e.rasgos) for e in entradas)
        sin_ajustar = {
            "idf_palabras": _SUAVE.fit(_PALABRAS.transform(textos)).idf_,
            "idf_letras": _SUAVE.fit(_LETRAS.transform(textos)).idf_,
            "rasgos": rasgos.get_feature_names_out().astype(str),
            "clases": np.unique(etiquetas),
        }
        matriz = cls(sin_ajustar)._matriz(entradas)
        modelo = LogisticRegression(C=REGULARIZACION, max_iter=2000)
        modelo.fit(matriz, etiquetas, sample_weight=pesos)
        coeficientes = modelo.coef_.astype(np.float32)
        return cls(sin_ajustar | {"coeficientes": coeficientes, "sesgos": modelo.intercept_})

    @classmethod
    def leer(cls, ruta: Path) -> Clasificador:
        """Lee un artefacto guardado: arreglos de números y textos, ningún objeto."""
        with np.load(ruta, allow_pickle=False) as guardado:
            return cls(dict(guardado))

    def guardar(self, ruta: Path) -> None:
        """Escribe el artefacto en formato NPZ de NumPy."""
        np.savez_compressed(ruta, allow_pickle=False, **self._arreglos)

    @property
    def clases(self) -> tuple[str, ...]:
        """Devuelve las etiquetas, en el orden de las columnas de `probabilidades`."""
        return tuple(self._arreglos["clases"].tolist())

    def probabilidades(self, entradas: Sequence[Entrada]) -> NDArray[np.float64]:
        """Devuelve una fila por entrada y una columna por clase; cada fila suma 1."""
        if not entradas:
            return np.empty((0, len(self.clases)))
        puntajes = self._matriz(entradas) @ self._arreglos["coeficientes"].T
        puntajes = puntajes + self._arreglos["sesgos"]
        if len(self.clases) == 2:
            puntajes = np.hstack([np.zeros_like(puntajes), puntajes])
        return np.asarray(softmax(puntajes, axis=1), dtype=np.float64)

    def _matriz(self, entradas: Sequence[Entrada]) -> csr_matrix:
        textos = [e.texto for e in entradas]
        rasgos = self._rasgos.transform(" ".join(e.rasgos) for e in entradas)
        return hstack([
            self._palabras.transform(_PALABRAS.transform(textos)),
            self._letras.transform(_LETRAS.transform(textos)),
            rasgos * PESO_DE_LOS_RASGOS,
        ]).tocsr()


def _con_pesos(idf: NDArray[np.float64]) -> TfidfTransformer:
    pesado = TfidfTransformer(sublinear_tf=True)
    pesado.idf_ = idf
    return pesado


def _contador(**opciones: Any) -> CountVectorizer:
    palabra = r"\S+"
    return CountVectorizer(token_pattern=palabra, lowercase=False, binary=True, **opciones)
