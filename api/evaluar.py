"""Mide lo propuesto para las actas de ejemplo contra su lectura anotada. `make evaluar` lo llama.

Con `--datos CARPETA` clasifica además los conjuntos de desarrollo de esa carpeta; solo se miden,
nunca se entrena con ellos.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from ingesta.lectores import leer
from nlp.entrenamiento import corpus
from nlp.entrenamiento.conjuntos import leer_filas, medir_conjunto
from nlp.entrenamiento.evaluar import medir
from nlp.propuesta import ActaAnalizada
from nlp.tuberia import Tuberia, crear_tuberia

EJEMPLOS = Path(__file__).parents[1] / "ejemplos"


def main() -> None:
    """Imprime la tabla de ítems y campos y, si se pide, las fallas una por una."""
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--datos", type=Path, help="carpeta con los conjuntos de desarrollo")
    opciones.add_argument("--fallas", action="store_true", help="lista cada ítem mal leído")
    elegido = opciones.parse_args()
    pantalla = Console(highlight=False, soft_wrap=True)
    tuberia = crear_tuberia()
    medida = medir(_analizadas(tuberia))
    pantalla.print("[bold]Ítems de ejemplos/ contra ejemplos/esperado/[/]")
    pantalla.print(medida.tabla(), markup=False)
    if elegido.fallas:
        for falla in medida.fallas:
            pantalla.print(f"  {falla}", markup=False)
    if elegido.datos:
        for nombre in corpus.DE_DESARROLLO:
            filas = leer_filas(elegido.datos / f"{nombre}.jsonl")
            pantalla.print(f"\n[bold]{nombre}[/] (solo se mide)")
            pantalla.print(medir_conjunto(tuberia, filas).tabla(), markup=False)


def _analizadas(tuberia: Tuberia) -> Iterator[tuple[ActaAnalizada, Path]]:
    for esperado in sorted((EJEMPLOS / "esperado").glob("*.json")):
        (ruta,) = (p for p in EJEMPLOS.glob(f"{esperado.stem}.*") if p.is_file())
        yield tuberia.analizar(leer(ruta)), esperado


if __name__ == "__main__":
    main()
