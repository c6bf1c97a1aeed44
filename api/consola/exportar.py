"""`actas exportar anexo2|anexo5`: la matriz oficial con lo registrado."""

from __future__ import annotations

import argparse
from pathlib import Path

from api.ajustes import leer_ajustes
from api.consola.salida import avisar, guardar
from registro import listas
from registro.anexos import Anexo, a_csv, a_xlsx
from registro.base import abrir

ANEXOS = {"anexo2": Anexo.DOS, "anexo5": Anexo.CINCO}


def configurar(analizador: argparse.ArgumentParser) -> None:
    """Declara los argumentos de la orden."""
    analizador.add_argument("anexo", choices=ANEXOS)
    analizador.add_argument(
        "-o", "--salida", type=Path, metavar="ARCHIVO", help="archivo que se escribe (anexo2.xlsx)"
    )
    analizador.add_argument("--formato", choices=["xlsx", "csv"], default="xlsx")
    analizador.add_argument(
        "--adicionales", action="store_true", help="suma la hoja «Campos adicionales» (solo xlsx)"
    )


def ejecutar(opciones: argparse.Namespace) -> int:
    """Escribe la matriz; sin compromisos registrados, sale solo con sus títulos y lo dice."""
    base = abrir(leer_ajustes().url_de_base)
    compromisos = listas.listar_compromisos(base)
    base.cerrar()
    anexo = ANEXOS[opciones.anexo]
    if opciones.formato == "csv":
        contenido = a_csv(compromisos, anexo)
    else:
        contenido = a_xlsx(compromisos, anexo, con_adicionales=opciones.adicionales)
    destino = opciones.salida or Path(f"{opciones.anexo}.{opciones.formato}")
    guardar(destino, contenido)
    avisar(f"{len(compromisos)} compromisos en «{destino}».")
    return 0
