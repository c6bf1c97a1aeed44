"""Verbo principal de un ítem y su infinitivo."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from nlp.contexto import Contexto
from nlp.propuesta import Accion

_FUTURO = re.compile(r"\b([a-záéíóúñ]{2,}[aei]r)(?:á|án|emos)\b", re.I)


def extraer(doc: Doc, contexto: Contexto) -> Accion | None:
    """Devuelve el verbo de la obligación («culminará» → culminar)."""
    hallado = _FUTURO.search(doc.text)
    return Accion(hallado[1].lower(), contexto.tramo(*hallado.span())) if hallado else None
