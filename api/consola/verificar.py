"""`actas verificar`: la historia encadenada, el registro contra su historia y los originales."""

from __future__ import annotations

import argparse

from api.ajustes import leer_ajustes
from api.consola.salida import escribir
from registro.base import abrir
from registro.cotejo import cotejar
from registro.originales import Originales
from registro.verificar import leer, leer_cabeza, verificar

CON_DEFECTOS = 1


def configurar(orden: argparse.ArgumentParser) -> None:
    """Declara las opciones."""
    orden.add_argument(
        "--cabeza",
        action="append",
        type=leer_cabeza,
        default=[],
        metavar="N:HUELLA",
        help="cabeza ya publicada que la historia debe contener; se puede repetir",
    )


def ejecutar(opciones: argparse.Namespace) -> int:
    """Verifica todo y dice la cabeza; sale con 1 si algo no está en orden."""
    ajustes = leer_ajustes()
    base = abrir(ajustes.url_de_base)
    try:
        cotejo = cotejar(base, Originales(ajustes.carpeta_de_originales))
        informe = verificar(*leer(ajustes.url_de_base), opciones.cabeza)
    finally:
        base.cerrar()
    defectos = [*informe.defectos, *cotejo.defectos]
    for defecto in defectos:
        escribir(defecto)
    escribir(
        f"{informe.hechos} hechos, {cotejo.filas} filas y {cotejo.archivos} archivos: "
        f"{f'{len(defectos)} defectos' if defectos else 'en orden'}."
    )
    if informe.borrados:
        escribir(f"{informe.borrados} datos personales borrados (Ley 29733).")
    escribir(f"Cabeza de la historia: {informe.hechos}:{informe.huella}")
    return CON_DEFECTOS if defectos else 0
