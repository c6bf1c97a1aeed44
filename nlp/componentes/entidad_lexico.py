"""Léxico con que se reconocen las entidades: catálogo, núcleos, colas y genéricas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nlp.catalogo import Ficha, fichas, leer_datos, nombres
from nlp.frases import Frases
from nlp.plegado import plegar
from nlp.propuesta import NivelDeGobierno


@dataclass(frozen=True, slots=True)
class Nucleo:
    """Sustantivo con que empieza una mención; `entidad` es la que se deduce de un cargo."""

    nivel: NivelDeGobierno | None
    clase: str
    cargo: bool = False
    entidad: str | None = None


@dataclass(frozen=True, slots=True)
class Lexico:
    """Las listas de `lexico_actores.toml` y los nombres del catálogo, listos para buscar."""

    catalogo: Frases[tuple[str, Ficha]]
    sueltas: Frases[Ficha]
    nucleos: Frases[Nucleo]
    sectores: Frases[Ficha]
    adjetivos: frozenset[str]
    complementos: frozenset[str]
    genericas: frozenset[str]
    comunes: frozenset[str]
    abreviaturas: frozenset[str]
    ajenas: frozenset[str]
    inertes: frozenset[str]


def _sector(nombre: str) -> str:
    """«Ministerio de la Producción» → «Producción»; vacío si no es un ministerio."""
    cabeza, *resto = nombre.split()
    if plegar(cabeza) not in {"ministerio", "sector"}:
        return ""
    while resto and resto[0] in {"de", "del", "la"}:
        resto = resto[1:]
    return " ".join(resto)


def _nivel(nombre: str | None) -> NivelDeGobierno | None:
    return NivelDeGobierno(nombre) if nombre else None


@lru_cache(maxsize=1)
def lexico_de_entidades() -> Lexico:
    """Devuelve el léxico, que se arma una sola vez."""
    tabla: dict[str, Any] = leer_datos("lexico_actores.toml")
    nucleos = {
        palabra: Nucleo(_nivel(grupo["nivel"]), grupo["clase"])
        for grupo in tabla["nucleo"]
        for palabra in grupo["palabras"]
    }
    cargos = {
        palabra: Nucleo(_nivel(grupo.get("nivel")), "cargo", True, grupo.get("entidad"))
        for grupo in tabla["cargo"]
        for palabra in grupo["palabras"]
    }
    return Lexico(
        Frases({nombre: (nombre, ficha) for nombre, ficha in nombres()}),
        Frases({suelta: ficha for ficha in fichas() for suelta in ficha.sueltas}),
        Frases(nucleos | cargos),
        Frases({s: ficha for nombre, ficha in nombres() if (s := _sector(nombre))}),
        frozenset(tabla["cola"]["adjetivos"]),
        frozenset(tabla["cola"]["complementos"]),
        frozenset(tabla["genericas"]["frases"]),
        frozenset(tabla["comunes"]["palabras"]),
        frozenset(tabla["abreviaturas"]["palabras"]),
        frozenset(tabla["ajenas"]["palabras"]),
        frozenset(tabla["inertes"]["palabras"]),
    )
