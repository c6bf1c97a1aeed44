"""Plegado de mayúsculas y tildes que conserva las posiciones: un carácter entra, uno sale."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def _plegar_caracter(caracter: str) -> str:
    base = unicodedata.normalize("NFD", caracter)[0].lower()
    return base if len(base) == 1 else caracter


def plegar(texto: str) -> str:
    """Devuelve el texto en minúsculas y sin tildes, del mismo largo («Áñil» → «anil»)."""
    return "".join(map(_plegar_caracter, texto))
