"""Reconoce palabras clave aunque el OCR les haya cambiado, quitado, sumado o partido una letra."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_LETRA_POR_CIFRA = str.maketrans("01568", "oisob")
_MINIMO = 5
"""Letras que debe tener una palabra para admitir un error: en las cortas, otra letra es otra."""


def corregir(plano: str, claves: Iterable[str]) -> str:
    """Devuelve el texto plegado con cada palabra a un error de una clave cambiada por esa clave.

    Un texto que, sin sus espacios, es una clave («acuer dos») se devuelve como esa clave.
    """
    lista = tuple(claves)
    junto = re.sub(r"[^a-z0-9]", "", plano)
    if " " in plano.strip() and (unida := _clave(junto, lista)):
        return unida
    return re.sub(r"[a-z0-9]+", lambda m: _clave(m[0], lista) or m[0], plano)


@lru_cache(maxsize=4096)
def _clave(palabra: str, claves: tuple[str, ...]) -> str | None:
    if palabra in claves:
        return palabra
    limpia = palabra.translate(_LETRA_POR_CIFRA)
    if len(limpia) < _MINIMO:
        return None
    return next((c for c in claves if len(c) >= _MINIMO and _a_un_error(limpia, c)), None)


def _a_un_error(a: str, b: str) -> bool:
    """Dice si dos palabras se diferencian a lo más en una letra cambiada, de más o de menos."""
    corta, larga = sorted((a, b), key=len)
    if len(larga) - len(corta) > 1:
        return False
    i = next((k for k, letra in enumerate(corta) if letra != larga[k]), len(corta))
    return corta[i:] == larga[i + 1 :] or corta[i + 1 :] == larga[i + 1 :]
