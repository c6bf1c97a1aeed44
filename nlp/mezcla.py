"""El clasificador: uno lineal y, si las hay, redes que leen el texto en orden.

Se equivocan en cosas distintas: juntos, por media de logaritmos, aciertan más que cada uno
(docs/datos.md). El artefacto guarda los arreglos de los dos, sin ningún objeto.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.palabras import Palabras
from nlp.redes import Redes
from nlp.vectores import Entrada, Lineal, Reales

PESO_DE_LAS_REDES = 0.5
"""Parte de las redes en la media, elegida por validación cruzada por documento."""

_DEL_LINEAL, _DE_LAS_REDES = "lineal.", "redes."
Arreglos = Mapping[str, NDArray[Any]]


class Clasificador:
    """Da a cada entrada la probabilidad de cada clase."""

    def __init__(
        self, lineal: Lineal, redes: Arreglos | None = None, palabras: Palabras | None = None
    ) -> None:
        """Recibe los arreglos de las redes y las palabras que leen; o solo el lineal."""
        self._lineal = lineal
        self._arreglos_de_redes = redes
        self._redes = Redes(redes, palabras) if redes and palabras else None

    @classmethod
    def leer(cls, ruta: Path, palabras: Palabras | None) -> Clasificador:
        """Lee un artefacto guardado. Sin `palabras` no puede usar las redes que traiga."""
        with np.load(ruta, allow_pickle=False) as guardado:
            lineal, redes = (
                {
                    nombre.removeprefix(parte): _de_cuentas(guardado[nombre])
                    for nombre in guardado.files
                    if nombre.startswith(parte)
                }
                for parte in (_DEL_LINEAL, _DE_LAS_REDES)
            )
        return cls(Lineal(lineal), redes, palabras)

    def guardar(self, ruta: Path) -> None:
        """Escribe el artefacto en formato NPZ de NumPy; las redes, en 16 bits."""
        redes = {
            nombre: a.astype(np.float16) if a.dtype == np.float32 else a
            for nombre, a in (self._arreglos_de_redes or {}).items()
        }
        partes = ((_DEL_LINEAL, self._lineal.arreglos), (_DE_LAS_REDES, redes))
        todo = {f"{parte}{n}": a for parte, arreglos in partes for n, a in arreglos.items()}
        np.savez_compressed(ruta, allow_pickle=False, **todo)

    @property
    def clases(self) -> tuple[str, ...]:
        """Devuelve las etiquetas, en el orden de las columnas de `probabilidades`."""
        return self._lineal.clases

    def probabilidades(self, entradas: Sequence[Entrada]) -> Reales:
        """Devuelve una fila por entrada y una columna por clase; cada fila suma 1."""
        tabla = self._lineal.probabilidades(entradas)
        if self._redes is None or not entradas:
            return tabla
        de_las_redes = self._redes.logaritmos(
            [e.texto for e in entradas], [e.rasgos for e in entradas]
        )
        media = (1 - PESO_DE_LAS_REDES) * np.log(tabla) + PESO_DE_LAS_REDES * de_las_redes
        exponenciales = np.exp(media - media.max(axis=1, keepdims=True))
        return np.asarray(exponenciales / exponenciales.sum(axis=1, keepdims=True))


def _de_cuentas(arreglo: NDArray[Any]) -> NDArray[Any]:
    """Devuelve en 32 bits, con los que se opera, lo que se guardó en 16."""
    return arreglo.astype(np.float32) if arreglo.dtype == np.float16 else arreglo
