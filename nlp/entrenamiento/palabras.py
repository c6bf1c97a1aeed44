"""Aprende de texto peruano los vectores de `modelos/palabras`, que lee la red de clase.

`python -m nlp.entrenamiento.palabras --datos CARPETA` lee `texto_peru.txt.xz`, lo no etiquetado de
`crudo/` y los textos de entrenamiento; nunca los de medida. Necesita el paquete `gensim` (PyPI),
que el producto no usa: los vectores viajan con el código y solo se rehacen si cambia el texto.
Vectores de Mikolov et al. 2013, «Distributed Representations of Words and Phrases and their
Compositionality» (skip-gram con muestreo negativo).
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import lzma
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from modelos.cargador import CARPETA
from nlp.entrenamiento import corpus
from nlp.entrenamiento.fichas import encabezar, escribir_toml
from nlp.entrenamiento.fugas import filtradas, leer_jsonl
from nlp.palabras import Palabras, separar

VERSION = "2026.1"
TEXTO = "texto_peru.txt.xz"
DIMENSIONES, VENTANA, NEGATIVAS, VUELTAS, MUESTREO = 128, 4, 6, 2, 1e-4
VECES_MINIMAS, VECES_PARA_GUARDAR = 4, 10
"""Las palabras raras ayudan a aprender las demás, pero su vector dice poco: se guardan unas 42 000,
en 5 MB."""

NORMA = 3.0
"""Largo de cada vector: con él la primera capa de la red parte en su zona útil."""


def principal(argumentos: Sequence[str] | None = None) -> None:
    """Separa el texto en palabras, aprende los vectores y los guarda con su ficha."""
    lector = argparse.ArgumentParser(description=__doc__)
    lector.add_argument("--datos", type=Path, required=True, help="carpeta con los textos")
    lector.add_argument("--salida", type=Path, default=CARPETA / "palabras")
    lector.add_argument("--hilos", type=int, default=1, help="con uno, siempre da lo mismo")
    opciones = lector.parse_args(argumentos)
    word2vec = importlib.import_module("gensim.models.word2vec")
    with tempfile.TemporaryDirectory() as carpeta:
        separado = Path(carpeta) / "separado.txt"
        with separado.open("w", encoding="utf-8") as salida:
            salida.writelines(" ".join(separar(t)) + "\n" for t in _textos(opciones.datos))
        aprendidos = word2vec.Word2Vec(
            word2vec.LineSentence(str(separado)),
            sg=1,
            vector_size=DIMENSIONES,
            window=VENTANA,
            negative=NEGATIVAS,
            epochs=VUELTAS,
            sample=MUESTREO,
            min_count=VECES_MINIMAS,
            seed=1,
            workers=opciones.hilos,
        ).wv
    frecuentes = (p for p in aprendidos.index_to_key if p.strip())
    vocabulario = [
        p for p in frecuentes if aprendidos.get_vecattr(p, "count") >= VECES_PARA_GUARDAR
    ]
    vectores = np.stack([aprendidos[p] for p in vocabulario])
    vectores *= NORMA / np.linalg.norm(vectores, axis=1, keepdims=True)
    opciones.salida.mkdir(parents=True, exist_ok=True)
    Palabras.de(vocabulario, vectores).guardar(opciones.salida / "modelo.npz")
    _escribir_ficha(opciones.salida, opciones.datos, len(vocabulario))


def _textos(datos: Path) -> Iterator[str]:
    with lzma.open(datos / TEXTO, "rt", encoding="utf-8") as entrada:
        yield from entrada
    fugas = filtradas()
    for ruta in sorted((datos / "crudo").glob("*.jsonl.gz")):
        yield from (f["texto"] for f in leer_jsonl(ruta) if f["id"] not in fugas)
    for conjunto in (*map(corpus.leer, corpus.ESCRITOS), corpus.leer(corpus.REALES, datos)):
        yield from (e.texto for e in conjunto.ejemplos)


def _escribir_ficha(carpeta: Path, datos: Path, palabras: int) -> None:
    artefacto = carpeta / "modelo.npz"
    texto = (datos / TEXTO).read_bytes()
    ficha = encabezar("palabras", VERSION, artefacto, "gensim", "numpy") | {
        "palabras": palabras,
        "dimensiones": DIMENSIONES,
        "corpus": {"texto_peru": {"sha256": hashlib.sha256(texto).hexdigest()}},
    }
    (carpeta / "ficha.toml").write_text(escribir_toml(ficha), encoding="utf-8")


if __name__ == "__main__":
    principal()
