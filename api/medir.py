"""Tiempos y memoria sobre las actas de ejemplo. `make medir` lo llama.

Mide el análisis entero, la velocidad de la ingesta frente a las bibliotecas que usa y lo que cuesta
la contención.

Las máquinas son compartidas: se informa tiempo de CPU y se comparan proporciones de una misma
corrida, no segundos de reloj.
"""

from __future__ import annotations

import resource
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from api import medir_lengua
from api.medir_ingesta import medir_contencion, medir_velocidad
from lineamientos.analisis import crear_analizador

EJEMPLOS = Path(__file__).parents[1] / "ejemplos"


def main() -> None:
    """Mide la carga, desde que arranca Python, y el análisis de cada acta de ejemplo."""
    analizador = crear_analizador()
    carga = time.process_time()
    tabla = Table("Acta", "Caracteres", "Ítems", "Lectura", "nlp", "Reglas", "CPU")
    total = 0.0
    actas = sorted(p for p in EJEMPLOS.iterdir() if p.suffix in {".docx", ".pdf"})
    analizador.analizar_archivo(actas[0])
    for ruta in actas:
        inicio = time.process_time()
        resultado = analizador.analizar_archivo(ruta)
        cpu = time.process_time() - inicio
        total += cpu
        tiempos = resultado["tiempo_ms"]
        tabla.add_row(
            ruta.name,
            str(len(resultado["texto"] or "")),
            str(len(resultado["items"])),
            *(f"{tiempos[paso]} ms" for paso in ("lectura", "nlp", "reglas")),
            f"{1000 * cpu:.0f} ms",
        )
    pantalla = Console()
    pantalla.print(tabla)
    memoria = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pantalla.print(
        f"Carga: {carga:.1f} s de CPU · {len(actas)} actas: {total:.1f} s de CPU "
        f"({1000 * total / len(actas):.0f} ms cada una) · memoria máxima: {memoria:.0f} MB"
    )
    pantalla.print(str(medir_lengua.medir(analizador.tuberia)))
    pantalla.rule("Velocidad de la ingesta")
    medir_velocidad(pantalla, [a for a in actas if a.suffix == ".pdf"])
    pantalla.rule("Costo de la contención")
    medir_contencion(pantalla, actas)


if __name__ == "__main__":
    main()
