"""Velocidad de la ingesta frente a las bibliotecas que usa, y lo que cuesta la contención.

Todo se mide en una misma corrida, por turnos, y de cada medida vale la menor de varias vueltas: en
una máquina compartida las demás miden a los otros procesos.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Final

import pdfplumber
import pypdfium2
from rich.console import Console
from rich.table import Table

from ingesta.contencion.contenedor import Consumo, Contenedor
from ingesta.lectores import leer

VUELTAS: Final = 5
META: Final = 0.5
"""Segundos de nuestra ingesta por cada uno de `extract_text` de pdfplumber, en las páginas sin
tablas: es lo que se pide al camino corriente."""

Lector = Callable[[Path], object]


def con_pdfplumber(ruta: Path) -> list[str]:
    """`extract_text` de cada página, como viene."""
    with pdfplumber.open(ruta) as pdf:
        return [pagina.extract_text() for pagina in pdf.pages]


def con_pypdfium2(ruta: Path) -> list[str]:
    """El texto de cada página, sin orden ni estructura."""
    documento = pypdfium2.PdfDocument(ruta)
    try:
        return [pagina.get_textpage().get_text_range() for pagina in documento]
    finally:
        documento.close()


LECTORES: Final[tuple[tuple[str, Lector], ...]] = (
    ("pdfplumber", con_pdfplumber),
    ("pypdfium2", con_pypdfium2),
    ("ingesta", leer),
)


def medir_velocidad(pantalla: Console, actas: Sequence[Path]) -> None:
    """Imprime los milisegundos de procesador por página de cada PDF digital con cada lector."""
    tabla = Table("PDF", "Páginas", "Tablas", *(n for n, _ in LECTORES), "ingesta / pdfplumber")
    sumas = {con_tablas: [0.0] * (len(LECTORES) + 1) for con_tablas in (False, True)}
    for acta in actas:
        documento = leer(acta)
        paginas = len(documento.paginas)
        con_tablas = any(b.celda for b in documento.bloques)
        tiempos = _por_turnos(acta)
        tabla.add_row(
            acta.name,
            str(paginas),
            "sí" if con_tablas else "no",
            *(f"{1000 * t / paginas:.1f} ms" for t in tiempos),
            f"{tiempos[-1] / tiempos[0]:.2f}",
        )
        suma = sumas[con_tablas]
        sumas[con_tablas] = [s + t for s, t in zip(suma, [*tiempos, paginas], strict=True)]
    for con_tablas, (*tiempos, total) in sumas.items():
        if total:
            tabla.add_row(
                f"Total {'con' if con_tablas else 'sin'} tablas",
                f"{total:.0f}",
                "",
                *(f"{1000 * t / total:.1f} ms" for t in tiempos),
                f"{tiempos[-1] / tiempos[0]:.2f}",
                style="bold",
            )
    pantalla.print(tabla)
    pantalla.print(
        f"CPU por página, la menor de {VUELTAS} vueltas. Meta: ingesta / pdfplumber ≤ {META} en "
        "las páginas sin tablas."
    )


def medir_contencion(pantalla: Console, actas: Sequence[Path]) -> None:
    """Imprime lo que suma encerrar la lectura de cada documento."""
    consumos: list[Consumo] = []
    tabla = Table("Acta", "en el proceso", "encerrada", "diferencia", "memoria del hijo")
    diferencias = []
    with Contenedor(hijos=1, anotar=consumos.append) as contenedor:
        contenedor.leer(actas[0])
        for acta in actas:
            consumos.clear()
            libre, encerrada = (
                min(_reloj(lector, acta) for _ in range(VUELTAS))
                for lector in (leer, contenedor.leer)
            )
            diferencias.append(encerrada - libre)
            tabla.add_row(
                acta.name,
                f"{1000 * libre:.0f} ms",
                f"{1000 * encerrada:.0f} ms",
                f"{1000 * diferencias[-1]:.0f} ms",
                f"{max(c.memoria for c in consumos) / 2**20:.0f} MB",
            )
    pantalla.print(tabla)
    pantalla.print(
        f"Contención: {1000 * median(diferencias):.0f} ms más por documento (mediana, reloj, la "
        f"menor de {VUELTAS} vueltas)."
    )


def _por_turnos(acta: Path) -> list[float]:
    """Devuelve el menor tiempo de procesador de cada lector, alternándolos."""
    menores = [float("inf")] * len(LECTORES)
    for _ in range(VUELTAS):
        for n, (_, lector) in enumerate(LECTORES):
            inicio = time.process_time()
            lector(acta)
            menores[n] = min(menores[n], time.process_time() - inicio)
    return menores


def _reloj(lector: Lector, acta: Path) -> float:
    inicio = time.perf_counter()
    lector(acta)
    return time.perf_counter() - inicio
