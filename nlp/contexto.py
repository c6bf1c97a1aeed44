"""Lo que un extractor sabe del acta además del texto que mira."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ingesta.documento import Tramo
from nlp.propuesta import Lugar


@dataclass(frozen=True, slots=True)
class Contexto:
    """Contexto de un ítem.

    `base` es el lugar de `Documento.texto` en que empieza el texto mirado. `lugares` son los del
    acta, para desambiguar topónimos. `alias` va de una mención genérica en minúsculas («la
    empresa») al nombre que el acta le da, cuando en ella hay uno solo.
    """

    base: int = 0
    fecha_acta: date | None = None
    lugares: tuple[Lugar, ...] = ()
    alias: Mapping[str, str] = field(default_factory=dict, hash=False)

    def tramo(self, inicio: int, fin: int) -> Tramo:
        """Pasa posiciones del texto mirado a un tramo de `Documento.texto`."""
        return Tramo(self.base + inicio, self.base + fin)
