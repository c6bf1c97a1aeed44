"""Capa GRU de dos sentidos para thinc, que no trae ninguna sin PyTorch.

Ecuaciones de Cho et al. 2014, «Learning Phrase Representations using RNN Encoder-Decoder», con el
olvido aplicado tras el producto, como en cuDNN. Su gradiente se comprueba por diferencias finitas
en `tests/nlp/test_red.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from thinc.api import Model

Lista = list[Any]
_SENTIDOS = ("ida", "vuelta")
_PARTES = ("entrada", "estado", "entrada_sesgo", "estado_sesgo")


def gru(ancho: int, entrada: int) -> Model[Lista, Lista]:
    """Devuelve una capa de listas (palabras × `entrada`) a listas (palabras × 2 · `ancho`)."""
    return Model(
        "gru",
        _avanzar,
        init=_iniciar,
        dims={"nO": ancho, "nI": entrada},
        params={f"{parte}_{sentido}": None for sentido in _SENTIDOS for parte in _PARTES},
    )


def _iniciar(capa: Model[Lista, Lista], X: Lista | None = None, Y: Lista | None = None) -> None:
    ancho, entrada = capa.get_dim("nO"), capa.get_dim("nI")
    tope = 1 / np.sqrt(ancho)
    formas = ((entrada, 3 * ancho), (ancho, 3 * ancho), (3 * ancho,), (3 * ancho,))
    for sentido in _SENTIDOS:
        for parte, forma in zip(_PARTES, formas, strict=True):
            # thinc fija esta semilla con `fix_random_seed`
            valores = np.random.uniform(-tope, tope, forma)
            capa.set_param(f"{parte}_{sentido}", _a_32(valores))


def _a_32(valores: Any) -> Any:
    return valores.astype(np.float32)


def _avanzar(
    capa: Model[Lista, Lista], secuencias: Lista, is_train: bool
) -> tuple[Lista, Callable[[Lista], Lista]]:
    largos = [len(s) for s in secuencias]
    entradas = np.zeros((max(largos), len(largos), capa.get_dim("nI")), dtype=np.float32)
    for i, secuencia in enumerate(secuencias):
        entradas[: largos[i], i] = secuencia
    hay = (np.arange(max(largos))[:, None] < np.array(largos)).astype(np.float32)[:, :, None]
    pasadas = [_Pasada(capa, sentido, entradas, hay) for sentido in _SENTIDOS]
    juntos = np.concatenate([p.estados for p in pasadas], axis=-1)

    def volver(gradientes: Lista) -> Lista:
        ancho = capa.get_dim("nO")
        juntas = np.zeros_like(juntos)
        for i, gradiente in enumerate(gradientes):
            juntas[: largos[i], i] = gradiente
        de_ida, de_vuelta = juntas[..., :ancho], juntas[..., ancho:]
        total = pasadas[0].volver(de_ida) + pasadas[1].volver(de_vuelta)
        return [total[:largo, i] for i, largo in enumerate(largos)]

    return [juntos[:largo, i] for i, largo in enumerate(largos)], volver


class _Pasada:
    """La lectura en un sentido, con lo que hace falta para su gradiente."""

    def __init__(self, capa: Model[Lista, Lista], sentido: str, entradas: Any, hay: Any) -> None:
        self._capa, self._sentido, self._entradas, self._hay = capa, sentido, entradas, hay
        largo, lote, _ = entradas.shape
        self._ancho = ancho = capa.get_dim("nO")
        self._orden = range(largo) if sentido == "ida" else range(largo - 1, -1, -1)
        fijas = entradas @ self._parametro("entrada") + self._parametro("entrada_sesgo")
        pesos, sesgo = self._parametro("estado"), self._parametro("estado_sesgo")
        self.estados = np.zeros((largo, lote, ancho), dtype=np.float32)
        self._previos = np.zeros_like(self.estados)
        self._puertas = np.zeros((largo, lote, 4 * ancho), dtype=np.float32)
        estado = np.zeros((lote, ancho), dtype=np.float32)
        for t in self._orden:
            self._previos[t] = estado
            previo = estado @ pesos + sesgo
            puertas = 1 / (1 + np.exp(-(fijas[t, :, : 2 * ancho] + previo[:, : 2 * ancho])))
            olvido, paso = puertas[:, :ancho], puertas[:, ancho:]
            nuevo = np.tanh(fijas[t, :, 2 * ancho :] + olvido * previo[:, 2 * ancho :])
            self._puertas[t] = np.concatenate([puertas, nuevo, previo[:, 2 * ancho :]], axis=1)
            estado = estado + hay[t] * (1 - paso) * (nuevo - estado)
            self.estados[t] = estado

    def _parametro(self, parte: str) -> Any:
        return self._capa.get_param(f"{parte}_{self._sentido}")

    def _sumar(self, parte: str, gradiente: Any) -> None:
        self._capa.inc_grad(f"{parte}_{self._sentido}", gradiente)

    def volver(self, gradientes: Any) -> Any:
        """Suma los gradientes de los parámetros y devuelve el de las entradas."""
        ancho, pesos = self._ancho, self._parametro("estado")
        de_entrada = np.zeros((*gradientes.shape[:2], 3 * ancho), dtype=np.float32)
        de_estado = np.zeros_like(de_entrada)
        pendiente = np.zeros_like(gradientes[0])
        for t in reversed(self._orden):
            pendiente = pendiente + gradientes[t]
            activo = pendiente * self._hay[t]
            olvido, paso, nuevo, previo = np.split(self._puertas[t], 4, axis=1)
            de_nuevo = activo * (1 - paso) * (1 - nuevo * nuevo)
            de_paso = activo * (self._previos[t] - nuevo) * paso * (1 - paso)
            de_olvido = de_nuevo * previo * olvido * (1 - olvido)
            de_entrada[t] = np.concatenate([de_olvido, de_paso, de_nuevo], axis=1)
            de_estado[t] = np.concatenate([de_olvido, de_paso, de_nuevo * olvido], axis=1)
            pendiente = pendiente * (1 - self._hay[t]) + activo * paso + de_estado[t] @ pesos.T
        por_entrada, por_estado = (g.reshape(-1, 3 * ancho) for g in (de_entrada, de_estado))
        entradas = self._entradas.reshape(-1, self._entradas.shape[-1])
        self._sumar("entrada", entradas.T @ por_entrada)
        self._sumar("entrada_sesgo", por_entrada.sum(axis=0))
        self._sumar("estado", self._previos.reshape(-1, ancho).T @ por_estado)
        self._sumar("estado_sesgo", por_estado.sum(axis=0))
        return de_entrada @ self._parametro("entrada").T
