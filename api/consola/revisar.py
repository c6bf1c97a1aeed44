"""`actas revisar [ARCHIVO|-]`: hallazgos como los de un compilador, o en JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from api.consola.salida import ErrorDeOrden, avisar, escribir
from api.vigentes import analizador_vigente, regla_vigente
from ingesta.documento import Documento, Tramo
from ingesta.lectores import leer
from lineamientos import serie_smart
from lineamientos.acta import HallazgoDeActa
from lineamientos.analisis import linea_y_columna
from lineamientos.contrato_smart import HallazgoDeActaJson, HallazgoJson
from lineamientos.hallazgo import Gravedad, Hallazgo
from lineamientos.revisor import ORDEN


def configurar(analizador: argparse.ArgumentParser) -> None:
    """Declara los argumentos de la orden."""
    analizador.add_argument(
        "archivo", nargs="?", default="-", metavar="ARCHIVO", help="texto, DOCX o PDF; «-»: stdin"
    )
    analizador.add_argument("--formato", choices=["texto", "json"], default="texto")
    analizador.add_argument(
        "--regla", action="append", metavar="CODIGO", help="solo esa regla; se puede repetir"
    )
    analizador.add_argument(
        "--gravedad",
        choices=[g.value for g in ORDEN],
        help="solo los hallazgos de esa gravedad o mayor",
    )


def ejecutar(opciones: argparse.Namespace) -> int:
    """Imprime `archivo:línea:columna: gravedad CODIGO mensaje`, un hallazgo por línea."""
    documento = _leer(opciones.archivo)
    for aviso in documento.avisos:
        avisar(f"{opciones.archivo}: {aviso.mensaje} {aviso.consejo}")
    pedidas = {regla_vigente(codigo).codigo for codigo in opciones.regla or ()}
    hallazgos = [
        h
        for h in analizador_vigente().revisar(documento)
        if (not pedidas or h.regla in pedidas) and _pesa(h.gravedad, opciones.gravedad)
    ]
    if opciones.formato == "json":
        escribir(json.dumps([_en_json(h) for h in hallazgos], ensure_ascii=False, indent=2))
    else:
        for h in hallazgos:
            linea, columna = linea_y_columna(documento.texto, h.tramo or Tramo(0, 0))
            escribir(
                f"{opciones.archivo}:{linea}:{columna}: {h.gravedad.value} {h.regla} {h.mensaje}"
            )
        avisar(_resumen(len(hallazgos)))
    return 1 if documento.parcial else 0


def _pesa(gravedad: Gravedad, minima: str | None) -> bool:
    return minima is None or ORDEN[gravedad] <= ORDEN[Gravedad(minima)]


def _en_json(valor: Hallazgo | HallazgoDeActa) -> HallazgoJson | HallazgoDeActaJson:
    if isinstance(valor, HallazgoDeActa):
        return serie_smart.hallazgo_de_acta(valor)
    return serie_smart.hallazgo(valor)


def _leer(archivo: str) -> Documento:
    if archivo == "-":
        return Documento.desde_texto(sys.stdin.read())
    ruta = Path(archivo)
    if not ruta.is_file():
        raise ErrorDeOrden(f"No existe el archivo «{archivo}».", "Revise la ruta y el nombre.")
    return leer(ruta)


def _resumen(n: int) -> str:
    return "sin hallazgos." if n == 0 else f"{n} hallazgo{'s' if n > 1 else ''}."
