"""`actas reporte mensual|bimestral --hasta AAAA-MM`: los reportes, en Word y en Excel."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from api.ajustes import leer_ajustes
from api.consola.salida import avisar, escribir, guardar
from api.reporte.hoja import a_xlsx
from api.reporte.palabra import a_docx
from registro.base import abrir
from registro.catalogos_en_uso import poner_en_uso
from registro.reporte import Periodicidad, preparar

FORMATOS = {"docx": a_docx, "xlsx": a_xlsx}


def configurar(orden: argparse.ArgumentParser) -> None:
    """Declara los argumentos de la orden."""
    orden.add_argument("periodicidad", choices=[cada.value for cada in Periodicidad])
    orden.add_argument(
        "--hasta", required=True, metavar="AAAA-MM", help="mes en que termina el periodo"
    )
    orden.add_argument(
        "-o", "--salida", type=Path, default=Path(), metavar="CARPETA", help="de fábrica, esta"
    )
    orden.add_argument("--formato", choices=FORMATOS, help="solo ese; de fábrica, los dos")


def ejecutar(opciones: argparse.Namespace) -> int:
    """Escribe el reporte y dice la cabeza de la historia que lleva impresa."""
    base = abrir(leer_ajustes().url_de_base)
    try:
        poner_en_uso(base)
        reporte = preparar(
            base, Periodicidad(opciones.periodicidad), opciones.hasta, datetime.now(UTC)
        )
    finally:
        base.cerrar()
    for formato in [opciones.formato] if opciones.formato else FORMATOS:
        destino = opciones.salida / f"reporte-{opciones.periodicidad}-{opciones.hasta}.{formato}"
        guardar(destino, FORMATOS[formato](reporte))
        avisar(f"{reporte.titulo}, en «{destino}».")
    escribir(f"Cabeza de la historia: {reporte.cabeza}")
    return 0
