"""`actas exportar anexo2|anexo5|todo`: la matriz oficial, o el registro entero en JSON."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from api.ajustes import leer_ajustes
from api.consola.salida import ErrorDeOrden, avisar, guardar, guardar_por_trozos
from registro import listas
from registro.anexos import Anexo, a_csv, a_xlsx
from registro.base import Base, abrir
from registro.historia import ver_cabeza
from registro.volcado import volcar

ANEXOS = {"anexo2": Anexo.DOS, "anexo5": Anexo.CINCO}
ENTERO = "todo"


def configurar(analizador: argparse.ArgumentParser) -> None:
    """Declara los argumentos de la orden."""
    analizador.add_argument("que", choices=[*ANEXOS, ENTERO], help="«todo» es el registro entero")
    analizador.add_argument(
        "-o", "--salida", type=Path, metavar="ARCHIVO", help="archivo que se escribe (anexo2.xlsx)"
    )
    analizador.add_argument(
        "--formato",
        choices=["xlsx", "csv", "json"],
        help="de fábrica, xlsx; «todo» solo sale en json",
    )
    analizador.add_argument(
        "--adicionales", action="store_true", help="suma la hoja «Campos adicionales» (solo xlsx)"
    )


def ejecutar(opciones: argparse.Namespace) -> int:
    """Escribe el archivo y dice la cabeza de la historia que le corresponde."""
    de_fabrica = "json" if opciones.que == ENTERO else "xlsx"
    formato = opciones.formato or de_fabrica
    if (formato == "json") != (opciones.que == ENTERO):
        raise ErrorDeOrden(
            f"«{opciones.que}» no se exporta en {formato}.",
            "Los anexos van en xlsx o csv; el registro entero («todo»), en json.",
        )
    destino = opciones.salida or Path(f"{opciones.que}.{formato}")
    base = abrir(leer_ajustes().url_de_base)
    try:
        cabeza = ver_cabeza(base)
        if opciones.que == ENTERO:
            trozos = volcar(base, datetime.now(UTC))
            guardar_por_trozos(destino, (trozo.encode("utf-8", "replace") for trozo in trozos))
            avisar(f"El registro entero, en «{destino}». Lleva datos personales: guárdelo aparte.")
        else:
            _matriz(base, opciones, formato, destino)
    finally:
        base.cerrar()
    avisar(f"Cabeza de la historia: {cabeza}")
    return 0


def _matriz(base: Base, opciones: argparse.Namespace, formato: str, destino: Path) -> None:
    """Escribe la matriz; sin compromisos registrados, sale solo con sus títulos y lo dice."""
    compromisos, anexo = listas.listar_compromisos(base), ANEXOS[opciones.que]
    if formato == "csv":
        contenido = a_csv(compromisos, anexo)
    else:
        contenido = a_xlsx(
            compromisos, anexo, con_adicionales=opciones.adicionales, cabeza=ver_cabeza(base)
        )
    guardar(destino, contenido)
    avisar(f"{len(compromisos)} compromisos en «{destino}».")
