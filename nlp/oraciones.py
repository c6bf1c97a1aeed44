"""Parte un texto en oraciones sin cortar abreviaturas, siglas, horas ni montos («S/. 100»)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ingesta.documento import Tramo
from nlp.plegado import plegar

_SIGNO = re.compile(r"[.!?…]+[»”\")\]]*(?=\s|$)")
_PALABRA_FINAL = re.compile(r"[\w.°º/$]+$")
_SIGLA = re.compile(r"(?:[a-z]\.)+[a-z]?|m|etc|sac|saa|srl|cia|eirl")
_PALABRA_MAXIMA = 30
_APERTURA = " \n\t«“\"'(¿¡[–-"
_ARRANQUES = re.compile(
    r"\W*(?:el|la|los|las|se|en|con|por|para|asimismo|ademas|luego|que|al|del|no|su|a)\b"
)


@lru_cache(maxsize=1)
def datos() -> dict[str, Any]:
    """Devuelve `segmentacion.toml`."""
    return tomllib.loads((files("nlp") / "datos" / "segmentacion.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _abreviaturas() -> frozenset[str]:
    return frozenset(datos()["abreviaturas"].split())


def _cierra(texto: str, signo: re.Match[str]) -> bool:
    """Dice si el signo cierra la oración."""
    siguiente = texto[signo.end() : signo.end() + _PALABRA_MAXIMA].lstrip(_APERTURA)[:1]
    if not siguiente:
        return True
    if not (siguiente.isupper() or siguiente.isdigit()):
        return False
    if not signo[0].startswith("."):
        return True
    previo = texto[max(0, signo.start() - _PALABRA_MAXIMA) : signo.start()]
    final = _PALABRA_FINAL.search(previo)
    palabra = plegar(final[0]) if final else ""
    if _SIGLA.fullmatch(palabra):
        return bool(_ARRANQUES.match(plegar(texto[signo.end() : signo.end() + 20])))
    es_rotulo = palabra.isdigit() and not previo[: -len(palabra)].strip()
    return not (palabra in _abreviaturas() or es_rotulo)


def partir(texto: str) -> Iterator[Tramo]:
    """Da el tramo de cada oración, sin los espacios de los bordes."""
    inicio = 0
    for signo in _SIGNO.finditer(texto):
        if _cierra(texto, signo):
            yield from recortar(texto, Tramo(inicio, signo.end()))
            inicio = signo.end()
    yield from recortar(texto, Tramo(inicio, len(texto)))


def recortar(texto: str, tramo: Tramo) -> Iterator[Tramo]:
    """Da el tramo sin espacios en los bordes, o nada si solo tiene espacios."""
    trozo = texto[tramo.inicio : tramo.fin]
    if limpio := trozo.strip():
        inicio = tramo.inicio + trozo.index(limpio[0])
        yield Tramo(inicio, inicio + len(limpio))
