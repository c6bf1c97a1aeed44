"""`actas restaurar`: repone un respaldo donde no haya nada, y lo coteja."""

from __future__ import annotations

import argparse
from pathlib import Path

from api.ajustes import leer_ajustes
from api.consola.salida import escribir
from registro.respaldo import restaurar


def configurar(orden: argparse.ArgumentParser) -> None:
    """Declara las opciones."""
    orden.add_argument("origen", type=Path, help="carpeta del respaldo")


def ejecutar(opciones: argparse.Namespace) -> int:
    """Restaura en la base y la carpeta de los ajustes, que deben estar vacías."""
    ajustes = leer_ajustes()
    hecho = restaurar(opciones.origen, ajustes.url_de_base, ajustes.carpeta_de_originales)
    escribir(f"Restaurado el respaldo del {hecho.hecho_en}: {len(hecho.archivos)} archivos.")
    escribir(f"Cabeza de la historia: {hecho.hechos}:{hecho.cabeza}")
    return 0
