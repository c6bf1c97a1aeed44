"""Montos de dinero en soles y dólares."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from nlp.contexto import Contexto
from nlp.propuesta import Dato

_MONTO = re.compile(r"(S/\.?|US\$)\s?(\d[\d ,.']{0,20}\d|\d)")


def extraer(doc: Doc, contexto: Contexto) -> Dato | None:
    """Devuelve el primer monto; `valor` es moneda ISO 4217 e importe («PEN 12400000.00»)."""
    hallado = _MONTO.search(doc.text)
    if hallado is None:
        return None
    moneda = "USD" if hallado[1] == "US$" else "PEN"
    importe = float(re.sub(r"[ ,']", "", hallado[2]).strip("."))
    return Dato(f"{moneda} {importe:.2f}", contexto.tramo(*hallado.span()))
