"""Busca filas de entrenamiento que repiten texto de los conjuntos con que se mide.

Dos textos se repiten si comparten al menos la quinta parte de las secuencias de seis palabras del
más corto de los dos; con las actas de ejemplo, que son nuestras y usan las mismas frases hechas, la
tercera parte. Las filas que repiten se apuntan, por id y sin su texto, en
`datos/fugas.csv`; `corpus.leer` las deja fuera siempre, estén o no los conjuntos de medida.

Para rehacer la lista: `python -m nlp.entrenamiento.fugas --datos CARPETA`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from nlp.plegado import plegar

LISTA = Path(__file__).parent / "datos" / "fugas.csv"
_RAIZ = Path(__file__).parents[2]
ESPERADOS = (_RAIZ / "ejemplos" / "esperado", _RAIZ / "tests" / "ciegas" / "esperado")
PALABRAS = 6
"""Palabras de cada secuencia: menos une frases hechas; más deja pasar copias con cambios."""

REPETIDO = 0.2
"""Parte de las secuencias del texto más corto desde la que hay repetición."""

REPETIDO_EN_ACTAS = 1 / 3
Secuencia = tuple[str, ...]


def secuencias(texto: str) -> frozenset[Secuencia]:
    """Devuelve las secuencias de seis palabras plegadas del texto; vacío si tiene menos."""
    palabras = re.findall(r"[a-z0-9]+", plegar(texto))
    return frozenset(tuple(palabras[i : i + PALABRAS]) for i in range(len(palabras) - PALABRAS + 1))


class Vigia:
    """Índice de los textos de medida; dice cuánto los repite otro texto."""

    def __init__(self, textos: Iterable[str]) -> None:
        self._medidos = [secuencias(t) for t in textos]
        self._donde: dict[Secuencia, list[int]] = defaultdict(list)
        for i, vistas in enumerate(self._medidos):
            for secuencia in vistas:
                self._donde[secuencia].append(i)

    def parecido(self, texto: str) -> float:
        """Devuelve la mayor parte común con un texto de medida, de 0 a 1 (del más corto)."""
        propias = secuencias(texto)
        comunes = Counter(i for s in propias for i in self._donde.get(s, ()))
        return max(
            (n / min(len(propias), len(self._medidos[i])) for i, n in comunes.items()), default=0.0
        )


@lru_cache(maxsize=1)
def filtradas() -> frozenset[str]:
    """Devuelve los id que ningún entrenamiento debe usar."""
    with LISTA.open(encoding="utf-8", newline="") as archivo:
        return frozenset(fila["id"] for fila in csv.DictReader(archivo))


def textos_de_las_actas() -> Iterator[str]:
    """Da el texto de cada ítem anotado de las actas de ejemplo y de las ciegas."""
    for ruta in sorted(r for carpeta in ESPERADOS for r in carpeta.glob("*.json")):
        yield from (i["texto"] for i in json.loads(ruta.read_text(encoding="utf-8"))["items"])


def leer_jsonl(ruta: Path) -> list[dict[str, Any]]:
    """Lee un JSONL, comprimido o no."""
    crudo = ruta.read_bytes()
    texto = (gzip.decompress(crudo) if ruta.suffix == ".gz" else crudo).decode()
    return [json.loads(linea) for linea in texto.splitlines() if linea.strip()]


def principal() -> None:
    """Rehace `datos/fugas.csv` con todo lo que podría usarse para entrenar."""
    lector = argparse.ArgumentParser(description=__doc__)
    lector.add_argument("--datos", type=Path, required=True, help="carpeta con los conjuntos")
    carpeta: Path = lector.parse_args().datos
    desarrollo = sorted(carpeta.glob("*_desarrollo.jsonl"))
    reales = Vigia(f["texto"] for ruta in desarrollo for f in leer_jsonl(ruta))
    vigias = ((reales, REPETIDO), (Vigia(textos_de_las_actas()), REPETIDO_EN_ACTAS))
    entrenables = [r for r in carpeta.glob("*.jsonl") if not r.stem.endswith("_desarrollo")]
    halladas: dict[str, float] = {}
    for ruta in [*sorted(entrenables), *sorted((carpeta / "crudo").glob("*.jsonl.gz"))]:
        nuevas = _repetidas(vigias, leer_jsonl(ruta))
        print(f"{ruta.name}: {len(nuevas)} filas repiten texto de medida")  # noqa: T201
        halladas |= nuevas
    with LISTA.open("w", encoding="utf-8", newline="") as archivo:
        escritor = csv.writer(archivo, lineterminator="\n")
        escritor.writerow(["id", "parecido"])
        escritor.writerows((i, f"{p:.2f}") for i, p in sorted(halladas.items()))


def _repetidas(
    vigias: Iterable[tuple[Vigia, float]], filas: Iterable[Mapping[str, Any]]
) -> dict[str, float]:
    halladas = {}
    for fila in filas:
        parecidos = [(vigia.parecido(fila["texto"]), tope) for vigia, tope in vigias]
        if any(parecido >= tope for parecido, tope in parecidos):
            halladas[str(fila["id"])] = max(parecido for parecido, _ in parecidos)
    return halladas


if __name__ == "__main__":
    principal()
