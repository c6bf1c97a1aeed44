"""Catálogo de entidades y de unidades territoriales (`datos/entidades.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from nlp.plegado import plegar
from nlp.propuesta import NivelDeGobierno


@dataclass(frozen=True, slots=True)
class Ficha:
    """Entidad del catálogo.

    `clase` es estado, empresa, sociedad_civil o mesa; `matriz`, la sigla de la entidad de que
    depende. Con `territorial`, al nombre le sigue su ámbito («UGEL Espinar»). `sueltas` son
    nombres cortos que también son palabras comunes («Vivienda»).
    """

    nombre: str
    nivel: NivelDeGobierno
    clase: str
    siglas: tuple[str, ...] = ()
    variantes: tuple[str, ...] = ()
    sueltas: tuple[str, ...] = ()
    matriz: str | None = None
    territorial: bool = False


@dataclass(frozen=True, slots=True)
class Renombre:
    """Nombre que una entidad tuvo antes; `desde` y `hasta` (inclusive) solo si se conocen."""

    nombre: str
    siglas: tuple[str, ...]
    variantes: tuple[str, ...]
    hoy: str
    desde: date | None
    hasta: date | None
    fuente: str


@dataclass(frozen=True, slots=True)
class UnidadTerritorial:
    """Unidad territorial de la SGSD y los UBIGEO que cubre, con su vigencia (inclusive).

    `provisional` marca una cobertura supuesta, por confirmar (`dominio.md` §1.5).
    """

    nombre: str
    codigos: tuple[str, ...]
    provisional: bool
    fuente: str
    desde: date = date.min
    hasta: date = date.max


@dataclass(frozen=True, slots=True)
class EntradasPropias:
    """Lo que la oficina añade; una ficha de nombre conocido reemplaza a la del programa.

    `unidades` vacía deja las del programa; con alguna, valen solo estas.
    """

    fichas: tuple[Ficha, ...] = ()
    renombres: tuple[Renombre, ...] = ()
    unidades: tuple[UnidadTerritorial, ...] = ()


_propias = EntradasPropias()


def usar(propias: EntradasPropias) -> None:
    """Pone las entradas propias de la oficina en todo el proceso.

    Se llama al arrancar: lo que ya se armó con el catálogo (la tubería) no las ve.
    """
    global _propias
    _propias = propias
    for guardado in (fichas, renombres, _por_nombre, unidades):
        guardado.cache_clear()


def leer_datos(nombre: str) -> dict[str, Any]:
    """Devuelve una tabla TOML de `nlp/datos`."""
    return tomllib.loads((files("nlp") / "datos" / nombre).read_text(encoding="utf-8"))


def _ficha(fila: dict[str, Any]) -> Ficha:
    listas = {c: tuple(fila.get(c, ())) for c in ("siglas", "variantes", "sueltas")}
    return Ficha(
        fila["nombre"],
        NivelDeGobierno(fila["nivel"]),
        fila["clase"],
        matriz=fila.get("matriz"),
        territorial=fila.get("territorial", False),
        **listas,
    )


@lru_cache(maxsize=1)
def fichas() -> tuple[Ficha, ...]:
    """Devuelve todas las entidades del catálogo, con las propias de la oficina."""
    todas = {fila["nombre"]: _ficha(fila) for fila in leer_datos("entidades.toml")["entidad"]}
    return tuple({**todas, **{ficha.nombre: ficha for ficha in _propias.fichas}}.values())


@lru_cache(maxsize=1)
def renombres() -> tuple[Renombre, ...]:
    """Devuelve los nombres que ya no se usan y el que tienen hoy, con los propios de la oficina."""
    del_programa = tuple(
        Renombre(
            fila["nombre"],
            tuple(fila.get("siglas", ())),
            tuple(fila.get("variantes", ())),
            fila["hoy"],
            fila.get("desde"),
            fila.get("hasta"),
            fila["fuente"],
        )
        for fila in leer_datos("entidades.toml")["renombre"]
    )
    return (*del_programa, *_propias.renombres)


def nombres() -> Iterator[tuple[str, Ficha]]:
    """Da cada nombre, sigla, variante o nombre antiguo del catálogo con su ficha de hoy."""
    por_nombre = {ficha.nombre: ficha for ficha in fichas()}
    for ficha in fichas():
        yield from ((n, ficha) for n in (ficha.nombre, *ficha.siglas, *ficha.variantes))
    for viejo in renombres():
        hoy = por_nombre[viejo.hoy]
        yield from ((n, hoy) for n in (viejo.nombre, *viejo.siglas, *viejo.variantes))


@lru_cache(maxsize=1)
def _por_nombre() -> dict[str, Ficha]:
    return {plegar(nombre): ficha for nombre, ficha in nombres()}


def entidad_por_nombre(nombre: str) -> Ficha | None:
    """Devuelve la ficha de un nombre, sigla, variante o nombre antiguo; None si no está."""
    return _por_nombre().get(plegar(" ".join(nombre.split())))


def cargar_unidades(ruta: Path | None = None) -> tuple[UnidadTerritorial, ...]:
    """Lee la tabla de unidades territoriales; sin `ruta`, la del programa."""
    tabla = (
        tomllib.loads(ruta.read_text("utf-8"))
        if ruta
        else leer_datos("unidades_territoriales.toml")
    )
    return tuple(
        UnidadTerritorial(**{**fila, "codigos": tuple(fila["codigos"])}) for fila in tabla["unidad"]
    )


@lru_cache(maxsize=1)
def unidades() -> tuple[UnidadTerritorial, ...]:
    """Devuelve las unidades territoriales que rigen: las propias o, sin ellas, las del programa."""
    return _propias.unidades or cargar_unidades()


def unidad_de(
    codigo_ubigeo: str, dia: date, tabla: tuple[UnidadTerritorial, ...] | None = None
) -> UnidadTerritorial | None:
    """Devuelve la unidad vigente ese día cuyo código más largo es prefijo del UBIGEO."""
    vigentes = (u for u in tabla or unidades() if u.desde <= dia <= u.hasta)
    halladas = [(len(c), u) for u in vigentes for c in u.codigos if codigo_ubigeo.startswith(c)]
    return max(halladas, key=lambda par: par[0])[1] if halladas else None


def unidad_territorial(codigo_ubigeo: str, dia: date) -> str | None:
    """Devuelve el nombre de la unidad territorial de un UBIGEO (2, 4 o 6 dígitos) ese día.

    La cobertura es en parte provisional: vea `UnidadTerritorial.provisional`.
    """
    unidad = unidad_de(codigo_ubigeo, dia)
    return unidad.nombre if unidad else None
