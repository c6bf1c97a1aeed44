"""`actas demo`: base embebida en una carpeta provisional, actas de ejemplo y la aplicación web."""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from api.ajustes import Ajustes, leer_ajustes
from api.consola.salida import ErrorDeOrden, avisar, barra_de_progreso
from api.consola.servir import PUERTO, atender, escuchar
from api.vigentes import analizador_vigente
from registro import flujo
from registro.base import abrir
from registro.originales import Originales

EJEMPLOS = Path(__file__).parents[2] / "ejemplos"
QUIEN = "Demostración"


def configurar(analizador: argparse.ArgumentParser) -> None:
    """Declara los argumentos de la orden."""
    analizador.add_argument(
        "--puerto", type=int, default=PUERTO, metavar="N", help=f"puerto ({PUERTO}, u otro libre)"
    )
    analizador.add_argument(
        "--actas", type=Path, default=EJEMPLOS, metavar="CARPETA", help="actas que se cargan"
    )


def ejecutar(opciones: argparse.Namespace) -> int:
    """Carga las actas de ejemplo y atiende; al cerrar, la carpeta provisional se borra."""
    actas = sorted(p for p in opciones.actas.glob("*") if p.suffix in {".docx", ".pdf"})
    if not actas:
        raise ErrorDeOrden(
            f"No hay actas de ejemplo en «{opciones.actas}».",
            "Use `actas demo --actas CARPETA` con una carpeta que tenga actas en DOCX o PDF.",
        )
    enchufe = escuchar("127.0.0.1", opciones.puerto, otro_si_ocupado=True)
    with tempfile.TemporaryDirectory(prefix="actas-demo-") as carpeta:
        ajustes = replace(leer_ajustes(), carpeta=Path(carpeta), base="", oficina=QUIEN)
        cargar(ajustes, actas)
        avisar("los datos de esta demostración se borran al cerrarla.")
        atender(ajustes, enchufe, abrir_navegador=True)
    return 0


def cargar(ajustes: Ajustes, actas: list[Path]) -> None:
    """Recibe y analiza cada acta; lo que se propone queda por decidir."""
    base = abrir(ajustes.url_de_base)
    originales = Originales(ajustes.carpeta_de_originales)
    avisar(f"analizando {len(actas)} actas de ejemplo…")
    analizador = analizador_vigente()
    with barra_de_progreso() as barra:
        tarea = barra.add_task("Analizando las actas de ejemplo", total=len(actas))
        for ruta in actas:
            with ruta.open("rb") as flujo_de_bytes:
                recibida = flujo.recibir_acta(
                    base, originales, flujo_de_bytes, ruta.name, QUIEN, datetime.now(UTC)
                )
            flujo.analizar_acta(base, originales, analizador, recibida.acta.id, datetime.now(UTC))
            barra.advance(tarea)
    base.cerrar()
