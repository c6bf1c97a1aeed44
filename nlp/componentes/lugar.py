"""Lugares del ítem, resueltos a UBIGEO hasta donde se puede."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from nlp.contexto import Contexto
from nlp.propuesta import Lugar

_PISTA = re.compile(
    r"\b(?:distrito|provincia|regi[oó]n|departamento|localidad|comunidad \w+) de "
    r"([A-ZÁÉÍÓÚÑ]\w+(?: [A-ZÁÉÍÓÚÑ]\w+){0,3})"
)


def extraer(doc: Doc, contexto: Contexto) -> tuple[Lugar, ...]:
    """Devuelve los lugares nombrados en el texto, en orden."""
    return tuple(Lugar(contexto.tramo(*h.span())) for h in _PISTA.finditer(doc.text))
