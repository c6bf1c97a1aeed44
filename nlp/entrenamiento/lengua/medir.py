"""Mide una tubería: aciertos sobre un corpus anotado (con el evaluador de spaCy) y lo que cuesta.

Los aciertos parten del texto sin separar: cuentan también los errores de separación de palabras y
de oraciones. UAS y LAS no miran los signos de puntuación.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles

from spacy.language import Language
from spacy.tokens import DocBin
from spacy.training import Example

from nlp.entrenamiento.lengua import conllu
from nlp.lengua.carga import cargar_lengua

MEDIDAS = {
    "uas": "dep_uas",
    "las": "dep_las",
    "categorias": "pos_acc",
    "morfologia": "morph_acc",
    "lemas": "lemma_acc",
    "oraciones_f1": "sents_f",
}


def aciertos(lenguaje: Language, ruta: Path) -> dict[str, float]:
    """Devuelve las `MEDIDAS` (de 0 a 1) sobre documentos anotados en el formato de spaCy."""
    pares = [
        Example(lenguaje.make_doc(doc.text), doc)
        for doc in DocBin().from_disk(ruta).get_docs(lenguaje.vocab)
    ]
    puntos = lenguaje.evaluate(pares)
    return {nombre: float(puntos[medida]) for nombre, medida in MEDIDAS.items()}


def milisegundos(lenguaje: Language, oraciones: Sequence[str]) -> dict[str, float]:
    """Devuelve la mediana y el percentil 95 de procesador por oración, de una en una."""
    lenguaje(oraciones[0])
    tiempos = []
    for oracion in oraciones:
        inicio = time.process_time()
        lenguaje(oracion)
        tiempos.append(1000 * (time.process_time() - inicio))
    veintiles = quantiles(tiempos, n=20)
    return {"mediana_ms": veintiles[9], "p95_ms": veintiles[18]}


def principal(argumentos: Sequence[str] | None = None) -> None:
    """Mide una tubería instalada: aciertos en un CoNLL-U, carga, memoria y tiempo por oración."""
    lector = argparse.ArgumentParser(description=__doc__)
    lector.add_argument("conllu", type=Path, help="corpus de prueba (.conllu.gz)")
    lector.add_argument("--tuberia", help="otra tubería de spaCy; de fábrica, es_actas")
    lector.add_argument("--trabajo", type=Path, default=Path("modelos/trabajo"))
    opciones = lector.parse_args(argumentos)
    memoria, inicio = _megas(), time.process_time()
    lengua = cargar_lengua(opciones.tuberia)
    print(f"{lengua.nombre}: {lengua.motivo or 'cargada'}")  # noqa: T201
    print(f"carga {time.process_time() - inicio:.2f} s, {_megas() - memoria} MB")  # noqa: T201
    if not lengua.tiene_sintaxis:
        return
    opciones.trabajo.mkdir(parents=True, exist_ok=True)
    ruta = opciones.trabajo / "medida.spacy"
    oraciones = conllu.leer(opciones.conllu)
    documentos = conllu.agrupar(oraciones, conllu.azar())
    conllu.guardar(documentos, ruta, lengua.lenguaje.vocab)
    for nombre, valor in aciertos(lengua.lenguaje, ruta).items():
        print(f"{nombre:14} {100 * valor:5.1f}")  # noqa: T201
    textos = [doc.text for doc in DocBin().from_disk(ruta).get_docs(lengua.lenguaje.vocab)]
    for nombre, valor in milisegundos(lengua.lenguaje, textos).items():
        print(f"{nombre:14} {valor:5.1f}")  # noqa: T201


def _megas() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    principal()
