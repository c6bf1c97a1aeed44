"""Entrena con thinc las redes de `nlp.redes` y las deja en sus arreglos.

Cada ejemplo trae su origen (reales, escritos, pozo…): la red aprende un sesgo por origen y al
predecir usa el de los reales, para no creer que el mundo tiene tanto «otro» como el pozo
(Daumé 2007, «Frustratingly Easy Domain Adaptation», reducido al sesgo).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import (
    Adam,
    Dropout,
    Linear,
    Model,
    ParametricAttention,
    Relu,
    add,
    chain,
    concatenate,
    fix_random_seed,
    list2ragged,
    reduce_max,
    reduce_sum,
    with_array,
    zero_init,
)

from modelos.cargador import CARPETA, ModeloIncompatible, cargar
from nlp.entrenamiento.gru import gru
from nlp.palabras import DESCONOCIDA, Palabras, Reales32
from nlp.redes import PALABRAS_MAXIMAS
from nlp.vectores import Entrada

ENTRADA, ANCHO, MIRADAS, OCULTA = 96, 128, 4, 64
APAGADO, APAGADO_DE_ENTRADA, OLVIDO_DE_PALABRAS = 0.4, 0.3, 0.1
VUELTAS, LOTE, PASO, CALENTAMIENTO, SUAVIZADO, DECAIMIENTO = 9, 32, 2e-3, 0.15, 0.05, 1e-2
"""Elegidos por validación cruzada por documento (docs/datos.md)."""

VECES_DE_UN_RASGO = 4
_HOLGURA = 12
"""Palabras de azar con que se ordenan los textos por largo: los lotes cambian en cada vuelta."""

Lote = tuple[list[Reales32], Reales32, Reales32]
"""Vectores de las palabras de cada texto, rasgos y orígenes."""


@dataclass(frozen=True, slots=True)
class Lectura:
    """Lo que la red sabe antes de ver clases: los vectores de palabra y con qué pesos parte.

    `pesos` son los de `nlp.entrenamiento.lectura`; vacíos, la red parte de cero.
    """

    palabras: Palabras
    pesos: Mapping[str, NDArray[Any]]

    @classmethod
    def leer(cls, carpeta: Path = CARPETA) -> Lectura:
        """Lee los modelos «palabras» y «lectura».

        Raises:
            ErrorDeModelo: falta alguno, no es el de su ficha o no son el uno para el otro.
        """
        palabras, lectura = cargar("palabras", carpeta), cargar("lectura", carpeta)
        if palabras.ficha["artefacto"]["sha256"] != lectura.ficha["palabras"]["sha256"]:
            raise ModeloIncompatible("«lectura» se entrenó con otras palabras")
        with np.load(lectura.ruta, allow_pickle=False) as guardado:
            pesos = {n: guardado[n].astype(np.float32) for n in guardado.files}
        return cls(Palabras.leer(palabras.ruta), pesos)


@dataclass(frozen=True, slots=True)
class Ejemplos:
    """Lo que la red aprende; `origenes` va de 0, el de los textos por clasificar, en adelante."""

    entradas: Sequence[Entrada]
    etiquetas: NDArray[np.intp]
    pesos: NDArray[np.float32]
    origenes: NDArray[np.intp]


def entrenar(
    ejemplos: Ejemplos, clases: int, lectura: Lectura, semillas: Sequence[int]
) -> dict[str, NDArray[Any]]:
    """Entrena una red por semilla y devuelve los arreglos de `nlp.redes.Redes`."""
    veces = Counter(r for e in ejemplos.entradas for r in set(e.rasgos))
    rasgos = sorted(r for r, n in veces.items() if n >= VECES_DE_UN_RASGO)
    columnas = {r: i for i, r in enumerate(rasgos)}
    encendidos = np.zeros((len(ejemplos.entradas), len(rasgos)), dtype=np.float32)
    for i, entrada in enumerate(ejemplos.entradas):
        encendidos[i, [columnas[r] for r in set(entrada.rasgos) if r in columnas]] = 1
    redes = [_Red(ejemplos, encendidos, clases, lectura, s).aprender() for s in semillas]
    juntas = {nombre: np.stack([r[nombre] for r in redes]) for nombre in redes[0]}
    for nombre in [n for n in juntas if n.startswith("gru_")]:
        juntas[nombre] = np.concatenate([juntas[nombre][:, 0], juntas[nombre][:, 1]])
    return juntas | {"rasgos": np.array(rasgos, dtype=str)}


_DE_LA_LECTURA = {
    "proyeccion": ("_proyeccion", "W"),
    "proyeccion_sesgo": ("_proyeccion", "b"),
}


class _Red:
    """Una red y su sorteo."""

    def __init__(
        self,
        ejemplos: Ejemplos,
        encendidos: Reales32,
        clases: int,
        lectura: Lectura,
        semilla: int,
    ) -> None:
        fix_random_seed(semilla)
        self._sorteo = np.random.default_rng(semilla)
        self._palabras = palabras = lectura.palabras
        self._ejemplos, self._encendidos = ejemplos, encendidos
        self._origenes = np.eye(int(ejemplos.origenes.max()) + 1, dtype=np.float32)
        self._indices = [palabras.indices(e.texto, PALABRAS_MAXIMAS) for e in ejemplos.entradas]
        dimensiones, doble = palabras.dimensiones, 2 * ANCHO
        self._proyeccion = _densa(ENTRADA, dimensiones)
        self._gru = gru(ANCHO, ENTRADA)
        self._miradas = [ParametricAttention(doble) for _ in range(MIRADAS)]
        resumen = doble * (MIRADAS + 1)
        azar = _uniforme(resumen)
        self._oculta = Relu(OCULTA, resumen, init_W=azar, init_b=azar)
        self._salida = _densa(clases, OCULTA)
        self._de_rasgos = Linear(clases, encendidos.shape[1], init_W=zero_init)
        self._de_origen = Linear(clases, len(self._origenes), init_W=zero_init)
        self._modelo: Model[Lote, Reales32] = add(
            chain(
                _tomar(0),
                with_array(chain(Dropout(APAGADO_DE_ENTRADA), self._proyeccion, _tangente())),
                self._gru,
                list2ragged(),
                concatenate(*(chain(m, reduce_sum()) for m in self._miradas), reduce_max()),
                Dropout(APAGADO),
                self._oculta,
                Dropout(APAGADO),
                self._salida,
            ),
            chain(_tomar(1), Dropout(APAGADO), self._de_rasgos),
            chain(_tomar(2), self._de_origen),
        )
        primeros = np.arange(min(2, len(self._indices)))
        self._modelo.initialize(self._lote(primeros), self._metas(primeros, clases))
        self._clases = clases
        for nombre, valores in lectura.pesos.items():
            capa, suyo = _DE_LA_LECTURA.get(nombre, ("_gru", nombre))
            getattr(self, capa).set_param(suyo, valores)

    def aprender(self) -> dict[str, NDArray[Any]]:
        """Da las vueltas previstas y devuelve los parámetros, sin la dimensión de la red."""
        cuantos = len(self._indices)
        pasos = -(-cuantos // LOTE) * VUELTAS
        optimizador = Adam(PASO, L2=DECAIMIENTO, L2_is_weight_decay=True, grad_clip=1.0)
        optimizador_paso = 0
        for _ in range(VUELTAS):
            for lote in self._lotes(cuantos):
                optimizador.learn_rate = PASO * _ritmo(optimizador_paso / pasos)
                optimizador_paso += 1
                puntajes, volver = self._modelo.begin_update(self._lote(lote, olvidar=True))
                exponenciales = np.exp(puntajes - puntajes.max(axis=1, keepdims=True))
                sobra = exponenciales / exponenciales.sum(axis=1, keepdims=True)
                sobra -= self._metas(lote, self._clases)
                volver(sobra * self._ejemplos.pesos[lote][:, None] / np.float32(len(lote)))
                self._modelo.finish_update(optimizador)
        return self._arreglos()

    def _lotes(self, cuantos: int) -> Iterator[NDArray[np.intp]]:
        """Da lotes de textos de largo parecido, en un orden que cambia en cada vuelta."""
        largos = [len(i) + self._sorteo.uniform(0, _HOLGURA) for i in self._indices]
        orden = np.argsort(largos)
        lotes = [orden[i : i + LOTE] for i in range(0, cuantos, LOTE)]
        yield from (lotes[i] for i in self._sorteo.permutation(len(lotes)))

    def _lote(self, lote: NDArray[np.intp], *, olvidar: bool = False) -> Lote:
        indices = [self._indices[i] for i in lote]
        if olvidar:
            indices = [
                np.where(self._sorteo.random(len(i)) < OLVIDO_DE_PALABRAS, DESCONOCIDA, i)
                for i in indices
            ]
        origenes = self._origenes[self._ejemplos.origenes[lote]]
        return [self._palabras.vectores(i) for i in indices], self._encendidos[lote], origenes

    def _metas(self, lote: NDArray[np.intp], clases: int) -> Reales32:
        metas = np.full((len(lote), clases), SUAVIZADO / clases, dtype=np.float32)
        metas[np.arange(len(lote)), self._ejemplos.etiquetas[lote]] += 1 - SUAVIZADO
        return metas

    def _arreglos(self) -> dict[str, NDArray[Any]]:
        def de(capa: Model[Any, Any], nombre: str = "W") -> NDArray[Any]:
            return np.asarray(capa.get_param(nombre))

        def de_la_gru(parte: str) -> NDArray[Any]:
            return np.stack([de(self._gru, f"{parte}_{s}") for s in ("ida", "vuelta")])

        del_origen = de(self._de_origen)[:, 0] + de(self._de_origen, "b")
        return {
            "proyeccion": de(self._proyeccion).T,
            "proyeccion_sesgo": de(self._proyeccion, "b"),
            "gru_entrada": de_la_gru("entrada"),
            "gru_entrada_sesgo": de_la_gru("entrada_sesgo"),
            "gru_estado": de_la_gru("estado"),
            "gru_estado_sesgo": de_la_gru("estado_sesgo"),
            "atencion": np.stack([de(m, "Q") for m in self._miradas], axis=1),
            "oculta": de(self._oculta).T,
            "oculta_sesgo": de(self._oculta, "b"),
            "salida": de(self._salida).T,
            "salida_sesgo": de(self._salida, "b") + de(self._de_rasgos, "b") + del_origen,
            "de_rasgos": de(self._de_rasgos).T,
        }


def _ritmo(parte: float) -> float:
    """Sube el paso hasta el calentamiento y lo baja después como un coseno (un solo ciclo)."""
    if parte < CALENTAMIENTO:
        return parte / CALENTAMIENTO
    return float(0.5 * (1 + np.cos(np.pi * (parte - CALENTAMIENTO) / (1 - CALENTAMIENTO))))


def _uniforme(entradas: int) -> Callable[..., Reales32]:
    tope = entradas**-0.5

    def sortear(_: Any, forma: tuple[int, ...]) -> Reales32:
        # thinc fija esta semilla con `fix_random_seed`
        return np.random.uniform(-tope, tope, forma).astype(np.float32)

    return sortear


def _densa(salidas: int, entradas: int) -> Model[Any, Any]:
    azar = _uniforme(entradas)
    return Linear(salidas, entradas, init_W=azar, init_b=azar)


def _tangente() -> Model[Any, Any]:
    def avanzar(_: Any, X: Reales32, is_train: bool) -> tuple[Reales32, Callable[..., Reales32]]:
        Y = np.tanh(X)
        return Y, lambda gradiente: gradiente * (1 - Y * Y)

    return Model("tangente", avanzar)


def _tomar(cual: int) -> Model[Lote, Any]:
    """Devuelve una parte del lote; hacia atrás no pasa nada, porque las entradas no aprenden."""

    def avanzar(_: Any, X: Lote, is_train: bool) -> tuple[Any, Callable[..., Lote]]:
        return X[cual], lambda gradiente: X

    return Model(f"tomar_{cual}", avanzar)
