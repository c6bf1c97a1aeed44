"""Cláusulas de financiamiento, condición y verificación.

Con qué empieza cada una está en `datos/lexico_clausulas.toml`. Un cronograma anexo no es
verificación sino plazo por referencia; «una vez que…» es plazo por evento, no condición.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.catalogo import leer_datos
from nlp.contexto import Contexto
from nlp.plegado import plegar
from nlp.propuesta import Dato

_LARGO_MAXIMO = 220
_ANTES = 30
_COLA = re.compile(r"(?:\s+(?:y|e|o|de|del|la|el|los|las|a|en))+$")


@lru_cache(maxsize=1)
def _datos() -> dict[str, list[str]]:
    return leer_datos("lexico_clausulas.toml")


@lru_cache(maxsize=4)
def _patron(campo: str) -> re.Pattern[str]:
    inicios = (inicio.replace(" ", r"\s+") for inicio in _datos()[campo])
    return re.compile("|".join(rf"(?<!\w)(?:{inicio})" for inicio in inicios))


@lru_cache(maxsize=1)
def _final() -> re.Pattern[str]:
    plazos = "|".join(_datos()["plazo"])
    return re.compile(rf"[,;:()|\n»”]|(?<!\b\w)\.(?=\s|$)|\s[–—-]\s|\s(?:{plazos})\b")


def _leer(campo: str, texto: str, contexto: Contexto) -> Dato | None:
    plano = plegar(texto)
    for hallado in _patron(campo).finditer(plano):
        if hallado[0].split()[:1] == ["si"] and not _condiciona(texto, plano, hallado.start()):
            continue
        limite = min(len(plano), hallado.start() + _LARGO_MAXIMO)
        final = _final().search(plano, hallado.end(), limite)
        return _dato(texto, hallado.start(), final.start() if final else limite, contexto)
    return None


def _condiciona(texto: str, plano: str, inicio: int) -> bool:
    """«si el MEF aprueba» sí; «revisar si…» pregunta y «sí» afirma."""
    previa = plano[max(0, inicio - _ANTES) : inicio].split()[-1:]
    return texto[inicio + 1] in "iI" and not set(previa) & set(_datos()["preguntan"])


def _dato(texto: str, inicio: int, fin: int, contexto: Contexto) -> Dato:
    limpio = _COLA.sub("", texto[inicio:fin].rstrip())
    return Dato(" ".join(limpio.split()), contexto.tramo(inicio, inicio + len(limpio)))


def financiamiento(texto: str, contexto: Contexto) -> Dato | None:
    """Devuelve con qué recursos se hará («con cargo a su presupuesto institucional»)."""
    completo = _patron("financiamiento_completo").search(plegar(texto))
    if completo:
        return _dato(texto, *completo.span(), contexto)
    return _leer("financiamiento", texto, contexto)


def condicion(texto: str, contexto: Contexto) -> Dato | None:
    """Devuelve de qué depende la obligación («previa opinión favorable del MEF»)."""
    return _leer("condicion", texto, contexto)


def verificacion(texto: str, contexto: Contexto) -> Dato | None:
    """Devuelve con qué documento se comprobará («mediante acta de entrega»)."""
    return _leer("verificacion", texto, contexto)
