"""Cláusulas de financiamiento, condición y verificación."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from nlp.contexto import Contexto
from nlp.propuesta import Dato

_RESTO = r"[^,;.\n]{3,120}"
_FINANCIAMIENTO = re.compile(rf"\bcon (?:cargo a|recursos de|financiamiento de){_RESTO}", re.I)
_CONDICION = re.compile(rf"\b(?:siempre que|previa|sujeto a|de contar con){_RESTO}", re.I)
_VERIFICACION = re.compile(rf"\bmediante (?:acta|informe){_RESTO}", re.I)


def _leer(patron: re.Pattern[str], doc: Doc, contexto: Contexto) -> Dato | None:
    hallado = patron.search(doc.text)
    return Dato(hallado[0].strip(), contexto.tramo(*hallado.span())) if hallado else None


def financiamiento(doc: Doc, contexto: Contexto) -> Dato | None:
    """Devuelve con qué recursos se hará («con cargo a su presupuesto institucional»)."""
    return _leer(_FINANCIAMIENTO, doc, contexto)


def condicion(doc: Doc, contexto: Contexto) -> Dato | None:
    """Devuelve de qué depende la obligación («previa opinión favorable del MEF»)."""
    return _leer(_CONDICION, doc, contexto)


def verificacion(doc: Doc, contexto: Contexto) -> Dato | None:
    """Devuelve con qué documento se comprobará («mediante acta de entrega»)."""
    return _leer(_VERIFICACION, doc, contexto)
