"""Pasa los catálogos propios de la base a quienes los usan: calendario, entidades y UBIGEO."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import inspect, select

from nlp import calendario, catalogo, gacetero
from nlp.propuesta import NivelDeGobierno
from registro import tablas_vida
from registro.base import Base, abrir_como_esta
from registro.unidades import unidades_propias


def poner_en_uso(base: Base) -> None:
    """Los deja en uso en este proceso; se llama al arrancar y al importar uno.

    Lo que ya se armó con los de antes (la tubería de un proceso que lee actas) no los ve.
    """
    tabla = tablas_vida.catalogo
    consulta = select(tabla.c.catalogo, tabla.c.datos).where(tabla.c.vigente).order_by(tabla.c.id)
    propios: dict[str, list[dict[str, Any]]] = {"entidades": [], "feriados": [], "distritos": []}
    with base.leer() as conexion:
        for nombre, datos in conexion.execute(consulta):
            propios[nombre].append(datos)
    calendario.usar(_dias(propios["feriados"]))
    entidades = propios["entidades"]
    fichas = tuple(_ficha(datos) for datos in entidades if not datos["hoy"])
    catalogo.usar(catalogo.EntradasPropias(fichas, (), unidades_propias(base)))
    conocidas = {ficha.nombre for ficha in catalogo.fichas()}
    viejos = (_renombre(datos) for datos in entidades if datos["hoy"] in conocidas)
    catalogo.usar(catalogo.EntradasPropias(fichas, tuple(viejos), unidades_propias(base)))
    gacetero.usar(gacetero.Ubigeo(**datos) for datos in propios["distritos"])


def poner_en_uso_de(url: str) -> None:
    """Lo mismo con una base que no se crea ni se migra: si no está o es de antes, no hace nada.

    Raises:
        BaseNoDisponible: la base no responde.
    """
    base = abrir_como_esta(url)
    if base is None:
        return
    try:
        with base.leer() as conexion:
            al_dia = inspect(conexion).has_table("catalogo")
        if al_dia:
            poner_en_uso(base)
    finally:
        base.cerrar()


def _dias(dias: list[dict[str, Any]]) -> calendario.DiasPropios:
    feriados: dict[date, str] = {}
    laborables: set[date] = set()
    decretados: dict[date, frozenset[str]] = {}
    for dia in dias:
        fecha = date.fromisoformat(dia["fecha"])
        if dia["tipo"] == "laborable":
            laborables.add(fecha)
        elif dia["tipo"] == "feriado" and dia["ambito"] == calendario.NACIONAL:
            feriados[fecha] = dia["nombre"]
        else:
            decretados[fecha] = decretados.get(fecha, frozenset()) | {dia["ambito"]}
    return calendario.DiasPropios(feriados, frozenset(laborables), decretados)


def _ficha(datos: Mapping[str, Any]) -> catalogo.Ficha:
    return catalogo.Ficha(
        datos["nombre"],
        NivelDeGobierno(datos["nivel"]),
        datos["clase"],
        tuple(datos["siglas"]),
        tuple(datos["variantes"]),
        matriz=datos["matriz"] or None,
        territorial=datos["territorial"],
    )


def _renombre(datos: Mapping[str, Any]) -> catalogo.Renombre:
    return catalogo.Renombre(
        datos["nombre"],
        tuple(datos["siglas"]),
        tuple(datos["variantes"]),
        datos["hoy"],
        date.fromisoformat(datos["desde"]) if datos["desde"] else None,
        date.fromisoformat(datos["hasta"]) if datos["hasta"] else None,
        datos["fuente"],
    )
