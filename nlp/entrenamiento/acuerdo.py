"""Cuánto coinciden dos lecturas de las mismas filas: parte igual y κ (Cohen 1960)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from modelos.cargador import CARPETA

ETIQUETAS = CARPETA / "etiquetas"
SEGUNDA = "-segunda-lectura"


def kappa(primera: Sequence[str], segunda: Sequence[str]) -> float:
    """Devuelve la κ de Cohen: 1 si coinciden siempre, 0 si lo que daría el azar."""
    n = len(primera)
    observado = sum(a == b for a, b in zip(primera, segunda, strict=True)) / n
    una, otra = Counter(primera), Counter(segunda)
    azar = sum(una[c] * otra[c] for c in una) / n**2
    return 1.0 if azar == 1 else (observado - azar) / (1 - azar)


def acuerdos(carpeta: Path = ETIQUETAS) -> Mapping[str, tuple[int, float, float]]:
    """Devuelve, por segunda lectura, (filas comunes, parte igual, κ) con su primera lectura."""
    vistos = {}
    for ruta in sorted(carpeta.glob(f"*{SEGUNDA}.jsonl")):
        primera = ruta.with_name(ruta.name.replace(SEGUNDA, ""))
        if not primera.is_file():
            continue
        una, otra = leer_clases(primera), leer_clases(ruta)
        comunes = sorted(una.keys() & otra.keys())
        a, b = [una[i] for i in comunes], [otra[i] for i in comunes]
        iguales = sum(x == y for x, y in zip(a, b, strict=True))
        if comunes:
            vistos[ruta.stem] = (len(comunes), iguales / len(comunes), kappa(a, b))
    return vistos


def leer_clases(ruta: Path) -> dict[str, str]:
    """Devuelve id → clase de un archivo de etiquetas."""
    lineas = ruta.read_text(encoding="utf-8").splitlines()
    filas = [json.loads(linea) for linea in lineas if linea.strip()]
    return {f["id"]: f["clase"] for f in filas}
