"""`actas cuadrar CIFRAS.csv`: las cifras que alguien declaró frente a las del registro."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from api.ajustes import leer_ajustes
from api.consola.salida import avisar, escribir, guardar
from registro.base import abrir
from registro.cuadre import a_xlsx, cuadrar, leer_cifras

NO_CUADRA = 1


def configurar(orden: argparse.ArgumentParser) -> None:
    """Declara los argumentos de la orden."""
    orden.add_argument("cifras", type=Path, help="CSV con columnas unidad, cuenta, valor y fuente")
    orden.add_argument(
        "-o", "--salida", type=Path, metavar="ARCHIVO", help="escribe además la hoja en XLSX"
    )


def ejecutar(opciones: argparse.Namespace) -> int:
    """Dice cada cifra y si coincide; sale con 1 si alguna no."""
    cifras = leer_cifras(opciones.cifras.read_text("utf-8-sig").splitlines())
    base = abrir(leer_ajustes().url_de_base)
    try:
        cuadre = cuadrar(base, cifras)
    finally:
        base.cerrar()
    for renglon in cuadre.renglones:
        cifra = renglon.cifra
        signo = "=" if renglon.coincide else "≠"
        nombre = cifra.cuenta.replace("_", " ")
        escribir(f"{cifra.unidad or 'Todas'} · {nombre}: {cifra.valor} {signo} {renglon.contado}")
    escribir(f"{len(cifras)} cifras: {cuadre.diferencias or 'ninguna'} sin cuadrar.")
    escribir(f"Cabeza de la historia: {cuadre.cabeza}")
    if opciones.salida:
        guardar(opciones.salida, a_xlsx(cuadre, datetime.now(UTC)))
        avisar(f"Hoja de cuadre en «{opciones.salida}».")
    return NO_CUADRA if cuadre.diferencias else 0
