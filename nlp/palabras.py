"""Las palabras de un texto y los vectores con que la red las lee.

Los vectores se aprenden una vez de texto peruano (`nlp.entrenamiento.palabras`) y viajan en
`modelos/palabras`: enteros de 8 bits y una escala por palabra. La fila cero, de ceros, es la
palabra desconocida.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

_PIEZA = re.compile(r"\d+|[^\W\d_]+|[^\w\s]")
_CIFRAS_MAXIMAS = 4
DESCONOCIDA: Final = 0

Reales32 = NDArray[np.float32]


def separar(texto: str) -> list[str]:
    """Devuelve palabras en minúsculas y signos; de un número solo queda cuántas cifras tiene.

    Las tildes se conservan: distinguen «realizará» de «realizara».
    """
    piezas = _PIEZA.findall(texto.lower())
    return ["0" * min(len(p), _CIFRAS_MAXIMAS) if p[0].isdigit() else p for p in piezas]


class Palabras:
    """Vocabulario con un vector por palabra."""

    def __init__(
        self, vocabulario: list[str], enteros: NDArray[np.int8], escalas: Reales32
    ) -> None:
        """Recibe una fila de `enteros` y una escala por palabra."""
        self._indices = {palabra: i for i, palabra in enumerate(vocabulario, start=1)}
        self._enteros = np.vstack([np.zeros_like(enteros[:1]), enteros])
        self._escalas = np.append(np.zeros(1, dtype=np.float32), escalas)[:, None]

    @classmethod
    def leer(cls, ruta: Path) -> Palabras:
        """Lee el artefacto: palabras unidas por saltos de línea, enteros y escalas."""
        with np.load(ruta, allow_pickle=False) as guardado:
            vocabulario = guardado["vocabulario"].tobytes().decode().split("\n")
            return cls(vocabulario, guardado["enteros"], guardado["escalas"])

    @property
    def cuantas(self) -> int:
        """Devuelve cuántas filas hay, con la de la desconocida."""
        return len(self._enteros)

    @property
    def dimensiones(self) -> int:
        """Devuelve cuántos números tiene cada vector."""
        return int(self._enteros.shape[1])

    def vectores(self, filas: NDArray[np.intp]) -> Reales32:
        """Devuelve los vectores de esas filas, con la misma forma y una dimensión más."""
        return np.asarray(self._enteros[filas] * self._escalas[filas], dtype=np.float32)

    @classmethod
    def de(cls, vocabulario: list[str], vectores: Reales32) -> Palabras:
        """Redondea a 8 bits los vectores, uno por palabra."""
        escalas = (np.abs(vectores).max(axis=1) / 127).astype(np.float32)
        return cls(vocabulario, np.rint(vectores / escalas[:, None]).astype(np.int8), escalas)

    def guardar(self, ruta: Path) -> None:
        """Escribe el artefacto."""
        np.savez_compressed(
            ruta,
            allow_pickle=False,
            vocabulario=np.frombuffer("\n".join(self._indices).encode(), dtype=np.uint8),
            enteros=self._enteros[1:],
            escalas=self._escalas[1:, 0],
        )

    def indices(self, texto: str, maximas: int) -> NDArray[np.intp]:
        """Devuelve la fila de cada palabra, a lo más `maximas`; al menos una."""
        filas = [self._indices.get(p, DESCONOCIDA) for p in separar(texto)[:maximas]]
        return np.array(filas or [DESCONOCIDA], dtype=np.intp)
