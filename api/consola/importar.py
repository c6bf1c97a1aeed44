"""`actas importar`: una matriz que ya existe; primero se ensaya, y con `--aplicar` se registra."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from api.ajustes import leer_ajustes
from api.consola.salida import ErrorDeOrden, escribir
from registro.actores import Actor, Oficina
from registro.base import abrir
from registro.catalogos_en_uso import poner_en_uso
from registro.ensayo import Ensayo, Veredicto, ensayar
from registro.importar import importar
from registro.originales import Originales

INCOMPLETA = 1
"""Hay filas dudosas o rechazadas, que no se registran."""


PLURALES = {
    Veredicto.NUEVA: "nuevas",
    Veredicto.IGUAL: "iguales",
    Veredicto.CAMBIADA: "cambiadas",
    Veredicto.DUDOSA: "dudosas",
    Veredicto.RECHAZADA: "rechazadas",
}


def configurar(orden: argparse.ArgumentParser) -> None:
    """Declara las opciones."""
    orden.add_argument("matriz", type=Path, help="matriz en XLSX o CSV")
    orden.add_argument("--aplicar", action="store_true", help="registra lo nuevo y lo cambiado")
    orden.add_argument("--quien", default="", help="quién la importa (con --aplicar)")
    orden.add_argument(
        "--oficina",
        default="",
        choices=["", *(oficina.value for oficina in Oficina)],
        help="oficina que actúa (con --aplicar); el registro inicial es de la ssgc",
    )


def ejecutar(opciones: argparse.Namespace) -> int:
    """Dice el veredicto de cada fila; sin `--aplicar` no escribe nada."""
    if opciones.aplicar and not (opciones.quien and opciones.oficina):
        raise ErrorDeOrden("Para aplicar falta decir quién importa.", "Use --quien y --oficina.")
    contenido = opciones.matriz.read_bytes()
    ajustes = leer_ajustes()
    base = abrir(ajustes.url_de_base)
    try:
        poner_en_uso(base)
        if opciones.aplicar:
            actor = Actor(opciones.quien, Oficina(opciones.oficina))
            originales = Originales(ajustes.carpeta_de_originales)
            ahora = datetime.now(UTC)
            ensayo = importar(base, originales, actor, contenido, opciones.matriz.name, ahora)
        else:
            ensayo = ensayar(base, contenido, opciones.matriz.name)
    finally:
        base.cerrar()
    _mostrar(ensayo, aplicado=opciones.aplicar)
    cuentas = ensayo.cuentas
    return INCOMPLETA if cuentas[Veredicto.DUDOSA] or cuentas[Veredicto.RECHAZADA] else 0


def _mostrar(ensayo: Ensayo, *, aplicado: bool) -> None:
    for ensayada in ensayo.filas:
        motivo = f": {ensayada.motivo}" if ensayada.motivo else ""
        if ensayada.veredicto is not Veredicto.IGUAL:
            escribir(f"{ensayada.fila.lugar}: {ensayada.veredicto}{motivo}")
    for aviso in ensayo.avisos:
        escribir(f"aviso: {aviso}")
    sumas = ", ".join(f"{n} {PLURALES[veredicto]}" for veredicto, n in ensayo.cuentas.items())
    escribir(f"{len(ensayo.filas)} filas: {sumas}.")
    if not aplicado:
        escribir("Es un ensayo: no se escribió nada. Con --aplicar se registra.")
