"""`actas catalogo`: los catálogos propios de la oficina; importar, exportar y ver sus cambios."""

from __future__ import annotations

import argparse
import csv
import io
from datetime import UTC, datetime
from pathlib import Path

from api.ajustes import leer_ajustes
from api.consola.salida import ErrorDeOrden, avisar, escribir, guardar
from registro.acta import LIMA
from registro.actores import Actor, Oficina
from registro.base import Base, abrir
from registro.catalogos import entradas_de, importar_catalogo, numeros_de
from registro.catalogos_csv import CATALOGOS
from registro.historia import historia_de
from registro.hojas import descifrar
from registro.unidades import importar_unidades

UNIDADES = "unidades"
ACCIONES = ("importar", "exportar", "historia")


def configurar(orden: argparse.ArgumentParser) -> None:
    """Declara los argumentos de la orden."""
    orden.add_argument("accion", choices=ACCIONES)
    orden.add_argument("catalogo", choices=[*CATALOGOS, UNIDADES])
    orden.add_argument("archivo", type=Path, nargs="?", help="CSV o XLSX que se importa")
    orden.add_argument("-o", "--salida", type=Path, metavar="ARCHIVO", help="CSV que se exporta")
    orden.add_argument("--quien", default="", help="quién lo importa")
    orden.add_argument(
        "--oficina", default="", choices=["", *(oficina.value for oficina in Oficina)]
    )


def ejecutar(opciones: argparse.Namespace) -> int:
    """Importa, exporta o muestra la historia de un catálogo."""
    importa = opciones.accion == "importar"
    if importa and not (opciones.archivo and opciones.quien and opciones.oficina):
        raise ErrorDeOrden("Falta el archivo o quién importa.", "Use ARCHIVO, --quien y --oficina.")
    if opciones.catalogo == UNIDADES and not importa:
        raise ErrorDeOrden("Las unidades solo se importan.", "Su CSV es el que usted editó.")
    contenido = opciones.archivo.read_bytes() if importa else b""
    base = abrir(leer_ajustes().url_de_base)
    try:
        if importa:
            _importar(base, opciones, contenido)
        elif opciones.accion == "exportar":
            _exportar(base, opciones)
        else:
            _contar_historia(base, opciones.catalogo)
    finally:
        base.cerrar()
    return 0


def _importar(base: Base, opciones: argparse.Namespace, contenido: bytes) -> None:
    actor, ahora = Actor(opciones.quien, Oficina(opciones.oficina)), datetime.now(UTC)
    nombre, archivo = opciones.catalogo, opciones.archivo.name
    if nombre == UNIDADES:
        renglones = descifrar(contenido).splitlines()
        escribir(f"{importar_unidades(base, actor, renglones, ahora)} filas de unidades.")
    else:
        hechos = importar_catalogo(base, actor, nombre, contenido, archivo, ahora)
        escribir(
            f"{nombre}: {hechos.nuevas} nuevas, {hechos.cambiadas} cambiadas, "
            f"{hechos.iguales} iguales, {hechos.retiradas} retiradas."
        )
    avisar("Si la aplicación está abierta, ciérrela y vuelva a abrirla para que lo use.")


def _exportar(base: Base, opciones: argparse.Namespace) -> None:
    columnas = CATALOGOS[opciones.catalogo].columnas
    salida = io.StringIO(newline="")
    escritor = csv.writer(salida)
    escritor.writerow(columnas)
    filas = entradas_de(base, opciones.catalogo)
    for fila in filas:
        escritor.writerow([_celda(fila["datos"].get(columna, "")) for columna in columnas])
    destino = opciones.salida or Path(f"{opciones.catalogo}.csv")
    guardar(destino, salida.getvalue().encode("utf-8-sig"))
    avisar(f"{len(filas)} entradas propias en «{destino}».")


def _celda(valor: object) -> object:
    if isinstance(valor, bool):
        return "sí" if valor else ""
    return "; ".join(valor) if isinstance(valor, list) else valor


def _contar_historia(base: Base, nombre: str) -> None:
    for hecho in historia_de(base, {"catalogo": numeros_de(base, nombre)}):
        cuando = f"{hecho.cuando.astimezone(LIMA):%d/%m/%Y %H:%M}" if hecho.cuando else ""
        que = hecho.que.removeprefix("catalogo_")
        antes, despues = hecho.antes.get("datos", {}), hecho.despues.get("datos", {})
        clave = hecho.despues.get("clave") or f"entrada {hecho.entidad_id}"
        cambios = ", ".join(
            f"{c}: {_celda(antes.get(c, ''))} → {_celda(despues[c])}"
            for c in despues
            if antes and antes.get(c) != despues[c]
        )
        detalle = f" ({cambios})" if cambios else ""
        escribir(f"{cuando} · {hecho.quien} · {que} · {clave}{detalle} · {hecho.razon}")
