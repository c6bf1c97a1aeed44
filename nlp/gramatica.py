"""Grupos de palabras gramaticales (`datos/gramatica.toml`)."""

from __future__ import annotations

from functools import lru_cache

from nlp.catalogo import leer_datos


@lru_cache(maxsize=1)
def _grupos() -> dict[str, frozenset[str]]:
    return {nombre: frozenset(lista) for nombre, lista in leer_datos("gramatica.toml").items()}


def grupo(nombre: str) -> frozenset[str]:
    """Devuelve las palabras de un grupo («preposiciones», «adverbios»…), sin tildes."""
    return _grupos()[nombre]
