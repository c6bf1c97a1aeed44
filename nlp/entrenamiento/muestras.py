"""Los ejemplos de una tarea, con su peso según de dónde salen, y el clasificador que aprenden."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.entrenamiento import red
from nlp.entrenamiento.corpus import Corpus, Ejemplo, Origen
from nlp.entrenamiento.red import Lectura
from nlp.mezcla import Clasificador
from nlp.propuesta import Clase
from nlp.rasgos import rasgos, rasgos_de_tipo
from nlp.vectores import Entrada, Lineal

PESOS = {
    Origen.REALES: 1.0,
    Origen.ESCRITOS: 0.7,
    Origen.POZO: 0.3,
    Origen.TABLAS: 0.3,
    Origen.DIRIGIDAS: 0.6,
}
"""Cuánto pesa un ejemplo según su origen (validación cruzada por documento, docs/datos.md)."""

PARTE_DEL_OTRO = 0.3
"""Del «otro» de lo que no se escogió a mano, que es casi todo, se usa esta parte."""

PESO_DE_LAS_MAYUSCULAS = 0.2
"""El lineal repite cada ejemplo en mayúsculas con este peso (validación cruzada por documento): en
actas en mayúsculas la macro-F1 cae 1 punto en vez de 4. Las redes leen en minúsculas."""

SEMILLAS = (1, 2, 3)
"""Una red por semilla."""


@dataclass(frozen=True, slots=True)
class Tarea:
    """Qué se aprende: la etiqueta de cada ejemplo (None si no la lleva) y sus rasgos."""

    nombre: str
    etiqueta: Callable[[Ejemplo], str | None]
    rasgos: Callable[[str], list[str]]
    con_redes: bool


TAREAS = (
    Tarea("clase", lambda e: e.clase.value, rasgos, con_redes=True),
    Tarea("tipo", lambda e: e.tipo.value if e.tipo else None, rasgos_de_tipo, con_redes=False),
)


@dataclass(frozen=True, slots=True)
class Muestras:
    """Ejemplos de una tarea, con sus entradas y etiquetas en el mismo orden.

    `en_mayusculas` son las mismas entradas, como las escribiría un acta en mayúsculas.
    """

    tarea: Tarea
    ejemplos: Sequence[Ejemplo]
    entradas: Sequence[Entrada]
    en_mayusculas: Sequence[Entrada]
    etiquetas: NDArray[np.str_]

    @classmethod
    def de(cls, corpora: Sequence[Corpus], tarea: Tarea) -> Muestras:
        """Toma de los conjuntos los ejemplos que llevan etiqueta de la tarea."""
        utiles = [e for c in corpora for e in c.ejemplos if tarea.etiqueta(e) and _sirve(e)]
        textos = [e.texto for e in utiles]
        entradas, en_mayusculas = (
            [Entrada(t, tarea.rasgos(t)) for t in escritos]
            for escritos in (textos, map(str.upper, textos))
        )
        etiquetas = np.array([tarea.etiqueta(e) for e in utiles])
        return cls(tarea, utiles, entradas, en_mayusculas, etiquetas)

    def entrenar(
        self, indices: Sequence[int] | NDArray[np.intp], lectura: Lectura | None
    ) -> Clasificador:
        """Entrena con los ejemplos indicados; sin `lectura`, o si la tarea no lleva, sin redes."""
        lineal = self.entrenar_lineal(indices)
        if lectura is None or not self.tarea.con_redes:
            return Clasificador(lineal)
        numeros = {clase: i for i, clase in enumerate(lineal.clases)}
        ejemplos = red.Ejemplos(
            [self.entradas[i] for i in indices],
            np.array([numeros[str(self.etiquetas[i])] for i in indices]),
            np.array(self._pesos(indices), dtype=np.float32),
            np.array(self._origenes(indices)),
        )
        redes = red.entrenar(ejemplos, len(numeros), lectura, SEMILLAS)
        return Clasificador(lineal, redes, lectura.palabras)

    def entrenar_lineal(self, indices: Sequence[int] | NDArray[np.intp]) -> Lineal:
        """Entrena solo la parte lineal, que tarda segundos y no minutos."""
        etiquetas = [str(self.etiquetas[i]) for i in indices]
        pesos = self._pesos(indices)
        return Lineal.entrenar(
            [*(self.entradas[i] for i in indices), *(self.en_mayusculas[i] for i in indices)],
            etiquetas * 2,
            pesos + [p * PESO_DE_LAS_MAYUSCULAS for p in pesos],
            self._origenes(indices) * 2,
        )

    def _pesos(self, indices: Sequence[int] | NDArray[np.intp]) -> list[float]:
        return [PESOS[self.ejemplos[i].origen] for i in indices]

    def _origenes(self, indices: Sequence[int] | NDArray[np.intp]) -> list[int]:
        """Numera los orígenes presentes; el 0 es el que más se parece a lo que se clasifica."""
        origenes = [self.ejemplos[i].origen for i in indices]
        presentes = [o for o in PESOS if o in origenes]
        return [presentes.index(o) for o in origenes]


def _sirve(ejemplo: Ejemplo) -> bool:
    """Deja fuera, siempre los mismos, los «otro» que sobran."""
    escogido = ejemplo.origen in (Origen.REALES, Origen.ESCRITOS)
    if escogido or ejemplo.clase is not Clase.OTRO:
        return True
    return zlib.crc32(ejemplo.texto.encode()) % 1000 < PARTE_DEL_OTRO * 1000
