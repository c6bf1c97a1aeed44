"""Red recurrente que lee el texto palabra por palabra y puntúa las clases. Solo predice.

Cada red: proyección de los vectores de palabra → GRU en los dos sentidos (Cho et al. 2014) →
miradas de atención y máximo sobre las palabras → capa oculta → un puntaje por clase, al que se
suma lo que dicen los rasgos. Varias redes, cada una con su sorteo, se promedian. Las entrena
`nlp.entrenamiento.red`; aquí solo hace falta NumPy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.palabras import Palabras, Reales32

PALABRAS_MAXIMAS = 110
"""Lo que pasa de ahí no se lee: ninguna oración de las etiquetadas lo necesita para su clase."""

_LOTE = 64
_NADA = np.float32(-1e4)
"""Puntaje de atención de una casilla sin palabra."""

Arreglos = Mapping[str, NDArray[Any]]


class Redes:
    """Redes iguales que se promedian, y los rasgos que conocen."""

    def __init__(self, arreglos: Arreglos, palabras: Palabras) -> None:
        """`arreglos` lleva cada parámetro con una primera dimensión: la red (`nlp.redes`).

        Los de la GRU llevan las redes hacia adelante y luego, en el mismo orden, hacia atrás.
        """
        self._a = arreglos
        self._rasgos = {nombre: i for i, nombre in enumerate(arreglos["rasgos"].tolist())}
        self._palabras = palabras

    def logaritmos(self, textos: Sequence[str], rasgos: Sequence[Sequence[str]]) -> Reales32:
        """Devuelve el logaritmo medio de la probabilidad de cada clase: una fila por texto."""
        indices = [self._palabras.indices(t, PALABRAS_MAXIMAS) for t in textos]
        orden = sorted(range(len(indices)), key=lambda i: len(indices[i]))
        salida = np.empty((len(indices), self._a["salida"].shape[-1]), dtype=np.float32)
        for inicio in range(0, len(orden), _LOTE):
            lote = orden[inicio : inicio + _LOTE]
            puntajes = self._leer([indices[i] for i in lote]) + self._de_rasgos([
                rasgos[i] for i in lote
            ])
            salida[lote] = _log_suave(puntajes).mean(axis=0)
        return salida

    def _leer(self, lote: Sequence[NDArray[np.intp]]) -> Reales32:
        """Devuelve los puntajes (red × texto × clase) que salen de las palabras."""
        a, largos = self._a, np.array([len(indices) for indices in lote])
        filas = np.zeros((len(lote), largos.max()), dtype=np.intp)
        inversas = np.zeros_like(filas)
        for i, indices in enumerate(lote):
            filas[i, : largos[i]] = indices
            inversas[i, : largos[i]] = indices[::-1]
        redes = len(a["proyeccion"])
        distintas, donde = np.unique(np.stack([filas, inversas]), return_inverse=True)
        proyectadas = self._palabras.vectores(distintas) @ a["proyeccion"]
        proyectadas = np.tanh(proyectadas + a["proyeccion_sesgo"][:, None])
        ida, vuelta = donde.reshape(2, *filas.shape)
        leidas = self._recorrer(np.concatenate([proyectadas[:, ida], proyectadas[:, vuelta]]))
        estados = np.concatenate([leidas[:redes], _invertir(leidas[redes:], largos)], axis=-1)
        hay = (np.arange(filas.shape[1]) < largos[:, None])[None, :, :, None]
        miradas = np.where(hay, estados @ a["atencion"][:, None], _NADA)
        pesos = np.exp(miradas - miradas.max(axis=2, keepdims=True))
        pesos /= pesos.sum(axis=2, keepdims=True)
        vistos = np.einsum("rblk,rbld->rbkd", pesos, estados, optimize=True)
        maximos = np.where(hay, estados, -np.inf).max(axis=2)
        resumen = np.concatenate([vistos.reshape(*vistos.shape[:2], -1), maximos], axis=-1)
        oculta = np.maximum(resumen @ a["oculta"] + a["oculta_sesgo"][:, None], 0)
        return np.asarray(oculta @ a["salida"] + a["salida_sesgo"][:, None], dtype=np.float32)

    def _recorrer(self, entradas: Reales32) -> Reales32:
        """Pasa las GRU: (2·redes) × textos × palabras × entrada → … × estado."""
        a = self._a
        fijas = entradas @ a["gru_entrada"][:, None] + a["gru_entrada_sesgo"][:, None, None]
        sesgos, pesos = a["gru_estado_sesgo"][:, None], a["gru_estado"]
        ancho = pesos.shape[1]
        estado = np.zeros((*entradas.shape[:2], ancho), dtype=np.float32)
        estados = np.empty((*entradas.shape[:3], ancho), dtype=np.float32)
        for t in range(entradas.shape[2]):
            previo, fija = estado @ pesos + sesgos, fijas[:, :, t]
            puertas = 1 / (1 + np.exp(-(fija[..., : 2 * ancho] + previo[..., : 2 * ancho])))
            olvido, paso = puertas[..., :ancho], puertas[..., ancho:]
            nuevo = np.tanh(fija[..., 2 * ancho :] + olvido * previo[..., 2 * ancho :])
            estado = nuevo + paso * (estado - nuevo)
            estados[:, :, t] = estado
        return estados

    def _de_rasgos(self, rasgos: Sequence[Sequence[str]]) -> Reales32:
        """Devuelve los puntajes (red × texto × clase) que salen de los rasgos."""
        matriz = np.zeros((len(rasgos), len(self._rasgos)), dtype=np.float32)
        for i, nombres in enumerate(rasgos):
            matriz[i, [self._rasgos[n] for n in nombres if n in self._rasgos]] = 1
        return np.asarray(matriz @ self._a["de_rasgos"], dtype=np.float32)


def _invertir(estados: Reales32, largos: NDArray[np.intp]) -> Reales32:
    """Devuelve los estados leídos de atrás hacia adelante en el orden del texto."""
    vueltos = estados.copy()
    for i, largo in enumerate(largos):
        vueltos[:, i, :largo] = estados[:, i, :largo][:, ::-1]
    return vueltos


def _log_suave(puntajes: Reales32) -> Reales32:
    corridos = puntajes - puntajes.max(axis=-1, keepdims=True)
    return np.asarray(corridos - np.log(np.exp(corridos).sum(axis=-1, keepdims=True)))
