"""Cuánto coinciden dos lecturas de las mismas filas: parte igual y κ (Cohen 1960).

El intervalo de κ remuestrea filas: aquí no se sabe de qué documento viene cada una.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from modelos.cargador import CARPETA
from nlp.entrenamiento.intervalos import Cifra, Cuentas, cifra
from nlp.propuesta import Clase

ETIQUETAS = CARPETA / "etiquetas"
SEGUNDA = "-segunda-lectura"
CLASES = [str(c) for c in Clase]


@dataclass(frozen=True, slots=True)
class Acuerdo:
    """Lo que coinciden dos lecturas: cuenta por par de clases (primera, segunda) y κ."""

    pares: Mapping[tuple[str, str], int]
    kappa: Cifra

    @property
    def filas(self) -> int:
        """Devuelve cuántas filas leyeron las dos."""
        return sum(self.pares.values())

    @property
    def iguales(self) -> float:
        """Devuelve la parte de filas con la misma clase."""
        return sum(n for (a, b), n in self.pares.items() if a == b) / self.filas

    @property
    def desacuerdos(self) -> list[tuple[tuple[str, str], int]]:
        """Devuelve los pares de clases distintas, los más frecuentes primero."""
        distintos = [par for par in self.pares.items() if par[0][0] != par[0][1]]
        return sorted(distintos, key=lambda par: (-par[1], par[0]))


def comparar(primera: Sequence[str], segunda: Sequence[str]) -> Acuerdo:
    """Compara dos lecturas de las mismas filas, en el mismo orden.

    κ es 1 si coinciden siempre y 0 si lo que daría el azar.
    """
    pares = list(zip(primera, segunda, strict=True))
    casos = [(i, _marcar(a, b)) for i, (a, b) in enumerate(pares)]
    return Acuerdo(Counter(pares), cifra(casos, _kappa, len(pares)))


def _marcar(una: str, otra: str) -> Cuentas:
    marca = np.zeros((len(CLASES), len(CLASES)))
    marca[CLASES.index(una), CLASES.index(otra)] = 1
    return marca.ravel()


def _kappa(cuentas: Cuentas) -> float:
    cruce = cuentas.reshape(len(CLASES), len(CLASES)) / cuentas.sum()
    observado, azar = float(np.trace(cruce)), float(cruce.sum(axis=1) @ cruce.sum(axis=0))
    return 1.0 if math.isclose(azar, 1) else (observado - azar) / (1 - azar)


def acuerdos(carpeta: Path = ETIQUETAS) -> Mapping[str, Acuerdo]:
    """Devuelve el acuerdo de cada segunda lectura, por su nombre, con su primera lectura."""
    vistos = {}
    for ruta in sorted(carpeta.glob(f"*{SEGUNDA}.jsonl")):
        primera = ruta.with_name(ruta.name.replace(SEGUNDA, ""))
        if not primera.is_file():
            continue
        una, otra = leer_clases(primera), leer_clases(ruta)
        comunes = sorted(una.keys() & otra.keys())
        if comunes:
            vistos[ruta.stem] = comparar([una[i] for i in comunes], [otra[i] for i in comunes])
    return vistos


def leer_clases(ruta: Path) -> dict[str, str]:
    """Devuelve id → clase de un archivo de etiquetas."""
    lineas = ruta.read_text(encoding="utf-8").splitlines()
    filas = [json.loads(linea) for linea in lineas if linea.strip()]
    return {f["id"]: f["clase"] for f in filas}
