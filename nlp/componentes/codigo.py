"""Códigos de inversión: SNIP y Código Único de Inversiones (`dominio.md` §3.5)."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from nlp.contexto import Contexto
from nlp.plegado import plegar
from nlp.propuesta import Dato

_SEPARADOR = r"(?:\s?(?:n[°ºo.]{0,2}|:|\(|-)){0,3}\s?"
_SNIP = re.compile(rf"\bsnip\b{_SEPARADOR}(0*[1-9]\d{{0,5}})\b")
_CUI = re.compile(
    r"\b(?:c\.?\s?u\.?\s?i\b\.?|cod(?:igo|\.)?\s+(?:unico|unificado)(?:\s+de\s+inversion(?:es)?)?)"
    rf"{_SEPARADOR}([2]\d{{6}}|2[ .]\d{{3}}[ .]\d{{3}})\b"
)


def _leer(patron: re.Pattern[str], doc: Doc, contexto: Contexto) -> Dato | None:
    hallado = patron.search(plegar(doc.text))
    if hallado is None:
        return None
    valor = re.sub(r"\D", "", hallado[1]).lstrip("0")
    return Dato(valor, contexto.tramo(*hallado.span(1)))


def snip(doc: Doc, contexto: Contexto) -> Dato | None:
    """Devuelve el primer código SNIP, sin ceros a la izquierda."""
    return _leer(_SNIP, doc, contexto)


def unificado(doc: Doc, contexto: Contexto) -> Dato | None:
    """Devuelve el primer Código Único de Inversiones (siete dígitos)."""
    return _leer(_CUI, doc, contexto)
