"""`actas revisar [ARCHIVO|-]`: hallazgos como los de un compilador, o en JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from api.consola.lugares import lugar
from api.consola.salida import ErrorDeOrden, avisar, escribir
from api.vigentes import analizador_vigente, regla_vigente
from ingesta.documento import Documento, Tramo
from ingesta.lectores import leer
from lineamientos import serie_smart
from lineamientos.acta import HallazgoDeActa
from lineamientos.contrato_smart import HallazgoDeActaJson, HallazgoJson
from lineamientos.hallazgo import Gravedad, Hallazgo
from lineamientos.revisor import ORDEN


def configurar(analizador: argparse.ArgumentParser) -> None:
    """Declara los argumentos de la orden."""
    analizador.add_argument(
        "archivo", nargs="?", default="-", metavar="ARCHIVO", help="texto, DOCX o PDF; «-»: stdin"
    )
    analizador.add_argument(
        "--formato",
        choices=["texto", "json"],
        default="texto",
        help="un hallazgo por línea o una lista JSON, con explicación y sugerencias",
    )
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
    documento, crudo = _leer(opciones.archivo)
    for aviso in documento.avisos:
        avisar(f"{opciones.archivo}: {aviso.mensaje} {aviso.consejo}")
    pedidas = {regla_vigente(codigo).codigo for codigo in opciones.regla or ()}
    hallazgos = sorted(
        (
            (*lugar(documento, h.tramo or Tramo(0, 0), crudo), h)
            for h in analizador_vigente().revisar(documento)
            if (not pedidas or h.regla in pedidas) and _pesa(h.gravedad, opciones.gravedad)
        ),
        key=lambda hallado: hallado[:2],
    )
    if opciones.formato == "json":
        donde = [{"archivo": opciones.archivo, "linea": n, "columna": m} for n, m, _ in hallazgos]
        lista = [{**d, **_en_json(h)} for d, (*_, h) in zip(donde, hallazgos, strict=True)]
        escribir(json.dumps(lista, ensure_ascii=False, indent=2))
    else:
        for linea, columna, h in hallazgos:
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


def _leer(archivo: str) -> tuple[Documento, str]:
    """Devuelve lo leído y, si es un archivo de texto, su contenido tal cual."""
    if archivo == "-":
        return Documento.desde_texto(sys.stdin.read()), ""
    ruta = Path(archivo)
    if not ruta.is_file():
        raise ErrorDeOrden(f"No existe el archivo «{archivo}».", "Revise la ruta y el nombre.")
    documento = leer(ruta)
    es_texto = documento.origen is not None and documento.origen.formato == "texto"
    return documento, ruta.read_text(encoding="utf-8-sig") if es_texto else ""


def _resumen(n: int) -> str:
    return "sin hallazgos." if n == 0 else f"{n} hallazgo{'s' if n > 1 else ''}."
