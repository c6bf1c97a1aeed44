"""`actas revisar [ARCHIVO|-]`: hallazgos como los de un compilador, o en JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from api.consola.salida import ErrorDeOrden, avisar, escribir
from api.vigentes import analizador_vigente
from ingesta.documento import Documento
from ingesta.lectores import leer
from lineamientos import serie_smart
from lineamientos.analisis import linea_y_columna


def configurar(analizador: argparse.ArgumentParser) -> None:
    """Declara los argumentos de la orden."""
    analizador.add_argument(
        "archivo", nargs="?", default="-", metavar="ARCHIVO", help="texto, DOCX o PDF; «-»: stdin"
    )
    analizador.add_argument("--formato", choices=["texto", "json"], default="texto")


def ejecutar(opciones: argparse.Namespace) -> int:
    """Imprime `archivo:línea:columna: gravedad CODIGO mensaje`, un hallazgo por línea."""
    documento = _leer(opciones.archivo)
    for aviso in documento.avisos:
        avisar(f"{opciones.archivo}: {aviso.mensaje} {aviso.consejo}")
    hallazgos = list(analizador_vigente().revisar(documento))
    if opciones.formato == "json":
        escribir(
            json.dumps([serie_smart.hallazgo(h) for h in hallazgos], ensure_ascii=False, indent=2)
        )
    else:
        for h in hallazgos:
            linea, columna = linea_y_columna(documento.texto, h.tramo)
            escribir(
                f"{opciones.archivo}:{linea}:{columna}: {h.gravedad.value} {h.regla} {h.mensaje}"
            )
        avisar(_resumen(len(hallazgos)))
    return 1 if documento.parcial else 0


def _leer(archivo: str) -> Documento:
    if archivo == "-":
        return Documento.desde_texto(sys.stdin.read())
    ruta = Path(archivo)
    if not ruta.is_file():
        raise ErrorDeOrden(f"No existe el archivo «{archivo}».", "Revise la ruta y el nombre.")
    return leer(ruta)


def _resumen(n: int) -> str:
    return "sin hallazgos." if n == 0 else f"{n} hallazgo{'s' if n > 1 else ''}."
