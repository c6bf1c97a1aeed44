"""`actas respaldar`: copia la base y los originales a una carpeta nueva, comprobada."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from api.ajustes import leer_ajustes
from api.consola.salida import escribir
from registro.base import abrir
from registro.originales import Originales
from registro.respaldo import respaldar


def configurar(orden: argparse.ArgumentParser) -> None:
    """Declara las opciones."""
    orden.add_argument("destino", type=Path, help="carpeta nueva donde se escribe el respaldo")


def ejecutar(opciones: argparse.Namespace) -> int:
    """Respalda y dice qué quedó; se puede hacer con la aplicación andando."""
    ajustes = leer_ajustes()
    base = abrir(ajustes.url_de_base)
    try:
        originales = Originales(ajustes.carpeta_de_originales)
        hecho = respaldar(base, originales, opciones.destino.resolve(), datetime.now(UTC))
    finally:
        base.cerrar()
    escribir(f"Respaldo en {opciones.destino}: {len(hecho.archivos)} archivos.")
    escribir(f"Cabeza de la historia: {hecho.hechos}:{hecho.cabeza}")
    return 0
