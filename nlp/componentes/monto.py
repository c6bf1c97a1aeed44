"""Montos de dinero en soles y dólares, en cifras o en palabras (`dominio.md` §3.5)."""

from __future__ import annotations

import re
from decimal import Decimal

from nlp.contexto import Contexto
from nlp.numeros import VALORES, entero
from nlp.plegado import plegar
from nlp.propuesta import Dato

_CIFRAS = r"\d{1,12}(?:['’·\s]\d{3}(?!\d)|[.,]\d{1,3}(?!\d)){0,5}"
_ESCALA = r"(?:mil\s+millones|millones|millon|mil|mm)\b"
_IMPORTE = rf"{_CIFRAS}(?:\s?{_ESCALA})?(?:\s(?:con\s)?\d{{1,3}}\smil\b)?"
_EN_PALABRAS = "|".join(sorted((*VALORES, "mil", "millon", "millones"), key=len, reverse=True))
_PALABRAS = rf"(?:{_EN_PALABRAS})\b(?:\s(?:y\s)?(?:{_EN_PALABRAS})\b){{0,14}}"
_SOLES = r"(?:nuevos\s)?soles\b"
_DOLARES = r"dolares\b"
_MONEDA = rf"(?:\s?de)?\s(?:{_SOLES}|{_DOLARES})"
_MONTO = re.compile(
    rf"(?P<signo>s/\.?|us\$|usd\b|pen\b|\$)\s?(?P<cifras>{_IMPORTE})"
    rf"|(?<![\w.,/])(?P<importe>{_IMPORTE})(?P<moneda>{_MONEDA})"
    rf"|\b(?P<palabras>{_PALABRAS})(?P<otra>{_MONEDA})"
    rf"(?:\s(?:con|y)\s(?P<centimos>{_PALABRAS})(?:\scentimos\b)?)?"
)
_VALE = {"mil": 1_000, "millon": 1_000_000, "millones": 1_000_000, "mm": 1_000_000}


def extraer(texto: str, contexto: Contexto) -> Dato | None:
    """Devuelve el primer monto; `valor` es moneda ISO 4217 e importe («PEN 12400000.00»)."""
    for hallado in _MONTO.finditer(plegar(texto)):
        importe = _con_centimos(hallado) if hallado["palabras"] else _en_cifras(hallado)
        if importe:
            nombre = hallado["signo"] or hallado["moneda"] or hallado["otra"]
            moneda = "PEN" if nombre in {"s/", "s/.", "pen"} or "soles" in nombre else "USD"
            tramo = contexto.tramo(*hallado.span())
            return Dato(f"{moneda} {importe:.2f}", tramo)
    return None


def _con_centimos(hallado: re.Match[str]) -> Decimal:
    """«dos soles con veinte» → 2.20."""
    centimos = _en_palabras(hallado["centimos"]) if hallado["centimos"] else Decimal(0)
    return _en_palabras(hallado["palabras"]) + centimos / 100


def _en_palabras(texto: str) -> Decimal:
    """«dos millones quinientos mil» → 2500000; «un millón» lleva siempre su número delante."""
    millones, separador, resto = re.sub("millon(?:es)?", "|", texto).partition("|")
    if not separador:
        millones, resto = "", texto
    valor = entero(millones) * 1_000_000 if millones.strip() else 0
    return Decimal(valor + (entero(resto) if resto.strip(" y") else 0))


def _en_cifras(hallado: re.Match[str]) -> Decimal:
    total = Decimal(0)
    texto = hallado["cifras"] or hallado["importe"]
    for cifras, escala in re.findall(rf"({_CIFRAS})(?:\s?({_ESCALA}))?", texto):
        factor = 1
        for palabra in escala.split():
            factor *= _VALE[palabra]
        total += _numero(cifras) * factor
    return total


def _numero(cifras: str) -> Decimal:
    """«13,904,118.52», «3 850 000,00», «12,4» y «1.500» en su valor.

    El último separador es decimal si le siguen una o dos cifras y es punto o coma.
    """
    entero, decimales = re.fullmatch(r"(.*?)(?:[.,](\d{1,2}))?", cifras, re.S).groups()  # type: ignore[union-attr]
    return Decimal(f"{re.sub(r'[^0-9]', '', entero)}.{decimales or 0}")
