"""Entrena vectores floret con texto peruano, para probarlos en la tubería `es_actas`.

Necesita el paquete `floret` (PyPI), que el producto no usa. Después:
`python -m nlp.entrenamiento.lengua.entrenar --ud CARPETA --vectores SALIDA`.
"""

from __future__ import annotations

import argparse
import importlib
import lzma
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.training.initialize import convert_vectors

DIMENSIONES, FILAS = 64, 20_000
"""Con 64 números y 20 000 filas ocupan 5 MB; con 100 y 50 000, 20 MB."""


def principal(argumentos: Sequence[str] | None = None) -> None:
    """Separa las palabras, entrena los vectores y guarda una tubería vacía que los lleva."""
    lector = argparse.ArgumentParser(description=__doc__)
    lector.add_argument("texto", type=Path, help="un párrafo por línea, comprimido con xz")
    lector.add_argument("salida", type=Path, help="carpeta de la tubería con los vectores")
    lector.add_argument("--parrafos", type=int, help="usa solo los primeros")
    lector.add_argument("--hilos", type=int, default=1)
    opciones = lector.parse_args(argumentos)
    opciones.salida.mkdir(parents=True, exist_ok=True)
    separado = opciones.salida.with_suffix(".txt")
    separar(opciones.texto, separado, opciones.parrafos)
    vectores = opciones.salida.with_suffix(".floret")
    floret = importlib.import_module("floret")
    modelo = floret.train_unsupervised(
        str(separado),
        model="cbow",
        mode="floret",
        hashCount=2,
        bucket=FILAS,
        minn=4,
        maxn=5,
        minCount=10,
        dim=DIMENSIONES,
        epoch=5,
        thread=opciones.hilos,
    )
    modelo.save_floret_vectors(str(vectores))
    lenguaje = spacy.blank("es")
    convert_vectors(lenguaje, vectores, truncate=0, prune=-1, mode="floret")
    lenguaje.to_disk(opciones.salida)


def separar(texto: Path, separado: Path, parrafos: int | None = None) -> None:
    """Escribe el texto con las palabras separadas por un espacio, como las separa spaCy."""
    separador = spacy.blank("es").tokenizer
    with lzma.open(texto, "rt", encoding="utf-8") as entrada, separado.open("w") as salida:
        for numero, linea in enumerate(entrada):
            if numero == parrafos:
                return
            palabras = [p.text for p in separador(linea.strip()) if not p.is_space]
            salida.write(" ".join(palabras) + "\n")


if __name__ == "__main__":
    principal()
