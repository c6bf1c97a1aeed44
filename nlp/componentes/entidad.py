"""Responsables y colaboradores de un ítem."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from nlp.contexto import Contexto
from nlp.propuesta import Entidad

_SUJETO = re.compile(r"^(?:el|la|los|las)?\s*(.{2,80}?),?\s+\w+r(?:á|án)\b", re.I)
_COLABORA = re.compile(r"\ben coordinación con (?:el|la|los|las)?\s*([^,.;]{2,80})", re.I)


def _entidad(texto: str, inicio: int, contexto: Contexto) -> Entidad:
    return Entidad(texto, contexto.tramo(inicio, inicio + len(texto)), None)


def responsables(doc: Doc, contexto: Contexto) -> tuple[Entidad, ...]:
    """Devuelve quién hará lo acordado, en orden de aparición."""
    hallado = _SUJETO.search(doc.text)
    return (_entidad(hallado[1], hallado.start(1), contexto),) if hallado else ()


def colaboradores(doc: Doc, contexto: Contexto) -> tuple[Entidad, ...]:
    """Devuelve con quiénes se hará («en coordinación con…»)."""
    hallado = _COLABORA.search(doc.text)
    return (_entidad(hallado[1], hallado.start(1), contexto),) if hallado else ()


def de_celda(doc: Doc, contexto: Contexto) -> tuple[Entidad, ...]:
    """Lee una celda RESPONSABLE, que puede nombrar a varias entidades («GORE / MPC»)."""
    return tuple(
        _entidad(h[0].strip(), h.start(), contexto) for h in re.finditer(r"\w[^/\n]*", doc.text)
    )
