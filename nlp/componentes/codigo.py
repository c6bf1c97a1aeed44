"""Códigos de inversión: SNIP y Código Único de Inversiones (`dominio.md` §3.5).

Un número solo cuenta si lo anuncia su nombre; así no se confunde con un RUC (11 cifras), un DNI
(8), un teléfono (9), un expediente o un oficio.
"""

from __future__ import annotations

import re

from nlp.contexto import Contexto
from nlp.plegado import plegar
from nlp.propuesta import Dato

_ENLACE = r"(?:\s?(?:\(?cui\)?|n(?:ro|um)?[°ºo.*”\"]{0,2}|codigo|de|es|[:(\-–])){0,6}\s?"
_SNIP = re.compile(rf"\bs\.?n\.?i\.?p\b\.?{_ENLACE}(0{{0,6}}[1-9]\d{{0,5}})(?![\d./,-]?\d)")
_UNICO = r"2[\s.]?\d{3}[\s.]?\d{3}(?![\s.]?\d)"
_CUI = re.compile(
    r"(?:\bc\.?\s?u\.?\s?i\b\.?|\bcod(?:igo|\.)?\s+(?:unico|unificado)(?:\s+de\s+inversion(?:es)?)?)"
    rf"{_ENLACE}({_UNICO})"
)
_CUI_SIN_NOMBRE = re.compile(
    r"\b(?:codigo|ioarr(?:\s[a-z]+){0,5}|idea|inversion|pip)\s?(?:n[°ºo.]{0,2}|:)?\s?(2\d{6})(?!\d)"
)


_ENTRE_PARENTESIS = re.compile(
    r"\b(?:perfil|ficha|idea|proyecto|inversion|ioarr)\b[^().;]{0,40}\((2\d{6})\)"
)


def _leer(patron: re.Pattern[str], texto: str, contexto: Contexto) -> Dato | None:
    hallado = patron.search(plegar(texto))
    if hallado is None:
        return None
    valor = re.sub(r"\D", "", hallado[1]).lstrip("0")
    return Dato(valor, contexto.tramo(*hallado.span(1)))


def snip(texto: str, contexto: Contexto) -> Dato | None:
    """Devuelve el primer código SNIP, de una a seis cifras y sin ceros a la izquierda."""
    return _leer(_SNIP, texto, contexto)


def unificado(texto: str, contexto: Contexto) -> Dato | None:
    """Devuelve el primer Código Único de Inversiones: siete cifras que empiezan con 2.

    También vale, si tiene esa misma forma, tras «código», «IOARR», «idea» o «inversión», y solo
    entre paréntesis tras lo que se registra con él («perfil ya registrado (2795513)»).
    """
    patrones = (_CUI, _CUI_SIN_NOMBRE, _ENTRE_PARENTESIS)
    return next((d for p in patrones if (d := _leer(p, texto, contexto))), None)
