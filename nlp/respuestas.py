"""Quién responde un pedido: «Respuesta de la empresa: Se entregará…» obliga a la empresa."""

from __future__ import annotations

import re

from ingesta.documento import Documento, Tramo

_RESPUESTA = re.compile(
    r"^\W*(?:\d{1,2}[.)-]\s*)?respuesta\s+(?:del|de)\s+(?:(?:la|las|los)\s+)?"
    r"(?P<quien>[^:\n]{2,70}?)\s*:",
    re.IGNORECASE,
)


def quien_responde(documento: Documento, tramo: Tramo) -> Tramo | None:
    """Devuelve el tramo de quien responde, si el renglón del ítem empieza por decirlo."""
    inicio = documento.texto.rfind("\n", 0, tramo.inicio) + 1
    hallada = _RESPUESTA.match(documento.texto[inicio : tramo.fin])
    return Tramo(*hallada.span("quien")).movido(inicio) if hallada else None
