"""Cantidades: un número con la unidad que cuenta."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from nlp.contexto import Contexto
from nlp.propuesta import Cantidad

_CANTIDAD = re.compile(
    r"(?<![\w/.,-])(\d{1,4}) (?!de\b|d[ií]as?\b|horas?\b|mes(?:es)?\b)([a-záéíóúñ]+)\b"
)


def extraer(doc: Doc, contexto: Contexto) -> tuple[Cantidad, ...]:
    """Devuelve las cantidades del texto, en orden («5 plantas»)."""
    return tuple(
        Cantidad(float(h[1]), h[2], contexto.tramo(*h.span())) for h in _CANTIDAD.finditer(doc.text)
    )
