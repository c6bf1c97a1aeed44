"""Cómo se escribe el nombre de una entidad y qué nivel de gobierno dice."""

from __future__ import annotations

import re

from nlp.plegado import plegar
from nlp.propuesta import NivelDeGobierno

_NEXOS = frozenset({"de", "del", "y", "e"})
_MENORES = frozenset({"DE", "DEL", "LA", "LAS", "LOS", "EL", "Y", "E", "EN", "PARA"})
_NIVELES = (
    (
        NivelDeGobierno.LOCAL,
        re.compile(r"\b(?:distrital(?:es)?|provincial(?:es)?|municipal(?:es)?)\b"),
    ),
    (NivelDeGobierno.REGIONAL, re.compile(r"\bregional(?:es)?\b")),
    (NivelDeGobierno.NACIONAL, re.compile(r"\b(?:nacional|ministerios?|viceministerio)\b")),
)


def nivel_de(nombre: str) -> NivelDeGobierno | None:
    """Devuelve el nivel que dicen sus adjetivos («Gerencia Regional»), o None si no lo dicen."""
    plano = plegar(nombre)
    return next((nivel for nivel, patron in _NIVELES if patron.search(plano)), None)


def nombrar(texto: str) -> str:
    """«comunidad campesina de Ccollpa» → «Comunidad Campesina de Ccollpa»; «empresa X» → «X»."""
    tipo, _, nombre = texto.partition(" ")
    if plegar(tipo) in {"empresa", "compania"} and nombre[:1].isupper():
        return nombre if plegar(tipo) == "empresa" else texto[0].upper() + texto[1:]
    partes = texto.split()
    fin = next((i for i, parte in enumerate(partes) if parte in _NEXOS), len(partes))
    con_nombre = any(parte[0].isupper() for parte in partes[1:])
    propias = partes[: fin if con_nombre else 1]
    return " ".join([p[0].upper() + p[1:] for p in propias] + partes[len(propias) :])


def en_titulo(texto: str) -> str:
    """Pasa un nombre en mayúsculas a su forma usual («Ministerio de Salud»)."""
    partes = texto.split()
    return " ".join(
        p.lower() if p in _MENORES and i else p.capitalize() for i, p in enumerate(partes)
    )
