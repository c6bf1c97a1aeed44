"""Con qué palabras se enmiendan las erratas (`nlp/datos/legibilidad.toml`) y qué tildes llevan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from nlp.catalogo import leer_datos, nombres
from nlp.plegado import plegar
from nlp.vocabulario import Vocabulario, vocabulario

LETRAS = "abcdefghijklmnopqrstuvwxyz"
MUY_VISTA = 1000
_CORTA = 5


@lru_cache(maxsize=1)
def datos() -> dict[str, Any]:
    """Devuelve la tabla con las palabras que nombran actores y en qué se confunde cada letra."""
    tabla = leer_datos("legibilidad.toml")
    pares = {frozenset(par) for par in tabla["confusiones"]}
    parejas = {a: {b for p in pares if a in p for b in p if b != a} for a in LETRAS}
    lexico = leer_datos("lexico_actores.toml")
    actores = _palabras(p for g in (*lexico["nucleo"], *lexico["cargo"]) for p in g["palabras"])
    colas = _palabras((*lexico["cola"]["adjetivos"], *lexico["cola"]["complementos"]))
    de_nombres = frozenset(
        palabra
        for palabra in _palabras(nombre for nombre, _ in nombres() if not nombre.isupper())
        if vocabulario().veces(palabra) >= MUY_VISTA
    )
    return tabla | {
        "parejas": parejas,
        "pegables": frozenset(tabla["pegables"]),
        "de_actores": actores,
        "con_mayuscula": frozenset(tabla["con_mayuscula"]) | actores | colas | de_nombres,
    }


def _palabras(textos: Iterable[str]) -> frozenset[str]:
    return frozenset(p for t in textos for p in re.findall(r"[a-z]{5,}", plegar(t)))


def veces_de_sobra(plegada: str) -> int:
    """Devuelve cuántas veces debe verse una palabra de ese largo para enmendar otra por ella."""
    escalones = datos()["veces"]
    return next(int(e["veces"]) for e in escalones if len(plegada) >= e["letras"])


def con_tildes(vistas: Vocabulario, palabra: str) -> str:
    """Devuelve la palabra con las tildes que suele llevar, si va sin ninguna."""
    plegada = plegar(palabra)
    if palabra.replace("ñ", "n") != plegada:
        return palabra
    veces = max(vistas.formas.get(palabra, 0), 1)
    pasado = palabra[:-1] + "ó"
    mejor = vistas.mejores.get(plegada, palabra)
    es_pasado = mejor == pasado and len(palabra) > _CORTA
    if es_pasado and vistas.formas[pasado] >= _razon_de_pasado() * veces:
        return pasado
    if vistas.formas.get(mejor, 0) >= razon() * veces:
        return mejor
    return palabra


def razon() -> int:
    """Devuelve cuántas veces más debe verse la palabra enmendada que la escrita."""
    return int(datos()["razon"])


def _razon_de_pasado() -> int:
    return int(datos()["razon_de_pasado"])
