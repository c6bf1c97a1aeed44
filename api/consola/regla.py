"""`actas regla [CODIGO]`: explica una regla, con el mismo texto que la página web."""

from __future__ import annotations

import argparse

from api.consola.salida import escribir
from api.textos import regla_en_texto
from api.vigentes import regla_vigente, reglas_vigentes
from lineamientos.acta import ReglaDeActa, reglas_de_acta
from lineamientos.regla import AVISO_LEGAL, Regla


def configurar(analizador: argparse.ArgumentParser) -> None:
    """Declara los argumentos de la orden."""
    analizador.add_argument("codigo", nargs="?", metavar="CODIGO", help="por ejemplo, T01")


def ejecutar(opciones: argparse.Namespace) -> int:
    """Imprime la regla, o la lista de todas si no se indica código."""
    if opciones.codigo:
        escribir(regla_en_texto(regla_vigente(opciones.codigo)))
        return 0
    reglas: list[Regla | ReglaDeActa] = [*reglas_vigentes(), *reglas_de_acta()]
    for regla in reglas:
        escribir(f"{regla.codigo}  {regla.criterio:<11} {regla.gravedad:<8} {regla.titulo}")
    escribir(f"\n{AVISO_LEGAL}")
    return 0
