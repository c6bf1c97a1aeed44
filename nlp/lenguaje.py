"""El `Language` de spaCy que usan los extractores y la segmentación."""

from __future__ import annotations

from functools import lru_cache

import spacy
from spacy.language import Language


@lru_cache(maxsize=1)
def crear_lenguaje() -> Language:
    """Devuelve el español sin modelo (`blank("es")`): separa palabras y no necesita descargas."""
    return spacy.blank("es")
