"""Las dos tablas que la tubería consulta, junto al modelo: grupos de Brown y lemas de verbos.

Salen de spacy-lookups-data (licencia MIT): el grupo de las 150 000 formas más frecuentes y el
lema de unas 68 000 formas conjugadas.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Tablas:
    """`brown`: forma → número de grupo. `verbos`: forma conjugada en minúsculas → infinitivo."""

    brown: Mapping[str, int]
    verbos: Mapping[str, str]


def leer_tablas(carpeta: Path) -> Tablas:
    """Lee `brown.json.gz` y `verbos.json.gz`.

    Raises:
        OSError: falta una de las dos o no se puede leer.
        ValueError: una de las dos no es JSON.
    """
    return Tablas(_leer(carpeta / "brown.json.gz"), _leer(carpeta / "verbos.json.gz"))


def _leer(ruta: Path) -> Any:
    with gzip.open(ruta, "rt", encoding="utf-8") as archivo:
        return json.load(archivo)
