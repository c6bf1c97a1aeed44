"""De muestras a los puntajes de un clasificador lineal: palabras, letras y rasgos.

Las palabras (1-2) y las letras (2-5) van a casillas por dispersión, que no guardan vocabulario;
lo que se aprende, y se guarda en el artefacto, son los pesos IDF, los rasgos conocidos y la
regresión logística. Las casillas son las de `HashingVectorizer` de scikit-learn, que solo hace
falta para entrenar.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from murmurhash.mrmr import hash as dispersar
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_CASILLAS_DE_PALABRAS: Final = 2**14
_CASILLAS_DE_LETRAS: Final = 2**15
_LETRAS_POR_TROZO: Final = range(2, 6)
_PALABRA = re.compile(r"\b\w\w+\b")
_RASGO = re.compile(r"\S+")

PESO_DE_LOS_RASGOS = 0.6
"""Elegido por validación cruzada por documento; los rasgos son binarios, sin normalizar."""

REGULARIZACION = 1.0
"""Inverso de la penalización L2, elegido igual."""

PESO_DEL_ORIGEN = 2.0
"""Cuánto vale la columna que dice de qué origen es un ejemplo, elegido igual."""

Reales = NDArray[np.float64]
Fila = tuple[NDArray[np.int64], Reales]
"""Un vector disperso: en qué columnas y cuánto."""


@dataclass(frozen=True, slots=True)
class Entrada:
    """Un texto y sus rasgos (`nlp.rasgos`)."""

    texto: str
    rasgos: Sequence[str]


class Lineal:
    """Regresión logística sobre palabras, letras y rasgos.

    Solo guarda arreglos: los pesos IDF, los nombres de los rasgos, los coeficientes y las clases.
    """

    def __init__(self, arreglos: Mapping[str, NDArray[Any]]) -> None:
        self._arreglos = arreglos
        self._rasgos = {nombre: i for i, nombre in enumerate(arreglos["rasgos"].tolist())}

    @classmethod
    def entrenar(
        cls,
        entradas: Sequence[Entrada],
        etiquetas: Sequence[str],
        pesos: Sequence[float],
        origenes: Sequence[int],
    ) -> Lineal:
        """Ajusta un clasificador; el mismo corpus da siempre el mismo modelo.

        Los orígenes se numeran desde 0, el de los textos por clasificar. Cada columna se repite por
        origen (Daumé 2007, «Frustratingly Easy Domain Adaptation»): lo común se aprende con todo y
        lo propio del origen 0, solo con él; el resultado es un clasificador lineal como los demás.
        """
        from scipy.sparse import csr_matrix, diags, hstack  # clasificar no carga lo de entrenar
        from sklearn.linear_model import LogisticRegression

        cuentas = [_cuentas(e.texto) for e in entradas]
        vistos = Counter(r for e in entradas for r in _rasgos_de(e))
        sin_ajustar = {
            "idf_palabras": _idf([p for p, _ in cuentas], _CASILLAS_DE_PALABRAS),
            "idf_letras": _idf([letras for _, letras in cuentas], _CASILLAS_DE_LETRAS),
            "rasgos": np.array(sorted(r for r, veces in vistos.items() if veces > 1), dtype=str),
            "clases": np.unique(etiquetas),
        }
        matriz = cls(sin_ajustar)._matriz(entradas)
        de_cada_uno = np.eye(max(origenes) + 1)[list(origenes)]
        copias = [diags(columna) @ matriz for columna in de_cada_uno.T]
        marcas = csr_matrix(de_cada_uno * PESO_DEL_ORIGEN)
        modelo = LogisticRegression(C=REGULARIZACION, max_iter=2000, tol=1e-3)
        modelo.fit(hstack([matriz, *copias, marcas]).tocsr(), etiquetas, sample_weight=pesos)
        ancho = matriz.shape[1]
        coeficientes = modelo.coef_[:, :ancho] + modelo.coef_[:, ancho : 2 * ancho]
        sesgos = modelo.intercept_ + PESO_DEL_ORIGEN * modelo.coef_[:, -de_cada_uno.shape[1]]
        return cls(
            sin_ajustar | {"coeficientes": coeficientes.astype(np.float32), "sesgos": sesgos}
        )

    @property
    def arreglos(self) -> Mapping[str, NDArray[Any]]:
        """Devuelve lo que se guarda de él."""
        return self._arreglos

    @property
    def clases(self) -> tuple[str, ...]:
        """Devuelve las etiquetas, en el orden de las columnas de `probabilidades`."""
        return tuple(self._arreglos["clases"].tolist())

    def probabilidades(self, entradas: Sequence[Entrada]) -> Reales:
        """Devuelve una fila por entrada y una columna por clase; cada fila suma 1."""
        if not entradas:
            return np.empty((0, len(self.clases)))
        coeficientes = self._arreglos["coeficientes"]
        filas = (self._fila(e) for e in entradas)
        puntajes = np.stack([coeficientes[:, donde] @ cuanto for donde, cuanto in filas])
        puntajes = puntajes + self._arreglos["sesgos"]
        if len(self.clases) == 2:
            puntajes = np.hstack([np.zeros_like(puntajes), puntajes])
        exponenciales = np.exp(puntajes - puntajes.max(axis=1, keepdims=True))
        return np.asarray(exponenciales / exponenciales.sum(axis=1, keepdims=True))

    def _fila(self, entrada: Entrada) -> Fila:
        """Devuelve el vector de la entrada: palabras, letras y rasgos, uno tras otro."""
        palabras, letras = _cuentas(entrada.texto)
        conocidos = sorted({
            i for r in _rasgos_de(entrada) if (i := self._rasgos.get(r)) is not None
        })
        desplazados = (
            np.array(conocidos, dtype=np.int64) + _CASILLAS_DE_PALABRAS + _CASILLAS_DE_LETRAS
        )
        return (
            np.concatenate([palabras[0], letras[0] + _CASILLAS_DE_PALABRAS, desplazados]),
            np.concatenate([
                _pesar(palabras, self._arreglos["idf_palabras"]),
                _pesar(letras, self._arreglos["idf_letras"]),
                np.full(len(conocidos), PESO_DE_LOS_RASGOS),
            ]),
        )

    def _matriz(self, entradas: Sequence[Entrada]) -> csr_matrix:
        from scipy.sparse import csr_matrix  # solo para entrenar

        filas = [self._fila(e) for e in entradas]
        columnas = _CASILLAS_DE_PALABRAS + _CASILLAS_DE_LETRAS + len(self._rasgos)
        return csr_matrix(
            (
                np.concatenate([cuanto for _, cuanto in filas]),
                np.concatenate([donde for donde, _ in filas]),
                np.cumsum([0, *(len(donde) for donde, _ in filas)]),
            ),
            shape=(len(filas), columnas),
        )


def _rasgos_de(entrada: Entrada) -> set[str]:
    return {r for rasgo in entrada.rasgos for r in _RASGO.findall(rasgo)}


@lru_cache(maxsize=512)
def _cuentas(texto: str) -> tuple[Fila, Fila]:
    """Devuelve cuántas palabras y cuántas letras del texto caen en cada casilla."""
    llano = _sin_tildes(texto.lower())
    palabras = _casillas(_palabras(llano), _CASILLAS_DE_PALABRAS)
    letras = [_casillas_de_letras(palabra) for palabra in llano.split()]
    return _contar(palabras), _contar(np.concatenate(letras) if letras else palabras[:0])


def _sin_tildes(texto: str) -> str:
    if texto.isascii():
        return texto
    descompuesto = unicodedata.normalize("NFKD", texto)
    return "".join(c for c in descompuesto if not unicodedata.combining(c))


def _palabras(llano: str) -> Iterator[str]:
    """Da las palabras y los pares de palabras seguidas."""
    sueltas = _PALABRA.findall(llano)
    yield from sueltas
    yield from (f"{una} {otra}" for una, otra in pairwise(sueltas))


@lru_cache(maxsize=8192)
def _casillas_de_letras(palabra: str) -> NDArray[np.int64]:
    """Devuelve las casillas de los trozos de dos a cinco letras de la palabra con sus bordes."""
    return _casillas(_trozos(f" {palabra} "), _CASILLAS_DE_LETRAS)


def _trozos(con_bordes: str) -> Iterator[str]:
    for largo in _LETRAS_POR_TROZO:
        ultimo = len(con_bordes) - largo
        yield con_bordes[:largo]
        yield from (con_bordes[i : i + largo] for i in range(1, ultimo + 1))
        if ultimo <= 0:
            return


def _casillas(trozos: Iterator[str], cuantas: int) -> NDArray[np.int64]:
    return np.abs(np.fromiter(map(dispersar, trozos), dtype=np.int64)) % cuantas


def _contar(casillas: NDArray[np.int64]) -> Fila:
    unicas, cuentas = np.unique(casillas, return_counts=True)
    return unicas, cuentas.astype(np.float64)


def _pesar(fila: Fila, idf: Reales) -> Reales:
    """Pondera las cuentas: logaritmo, IDF y norma 1."""
    donde, cuanto = fila
    pesos = (np.log(cuanto) + 1.0) * idf[donde]
    norma = np.sqrt(pesos @ pesos)
    return np.asarray(pesos / norma if norma else pesos)


def _idf(filas: Sequence[Fila], casillas: int) -> Reales:
    """Devuelve el IDF suavizado de cada casilla: ln((1 + n) / (1 + df)) + 1."""
    en_cuantas = np.zeros(casillas)
    for donde, _ in filas:
        en_cuantas[donde] += 1
    return np.log((1 + len(filas)) / (1 + en_cuantas)) + 1.0
