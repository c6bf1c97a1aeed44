"""Los huecos con que una propuesta de redacción pide lo que el texto no dice, y cómo se leen."""

from __future__ import annotations

import re
from typing import Final

RESPONSABLE: Final = "[responsable]"
FECHA: Final = "[DD/MM/AAAA]"
PLAZO: Final = f"hasta el {FECHA}"
TOPE: Final = f"a más tardar el {FECHA}"
FUENTE: Final = "con cargo a [fuente]"
LUGAR: Final = "en [localidad, distrito]"
ACTO: Final = "mediante [acto concreto]"
PRUEBA: Final = "con [documento] que lo acredite"

HUECO: Final = re.compile(
    r"\[(?:responsable|DD/MM/AAAA|fuente|localidad(?:, distrito)?|acto concreto|documento|"
    r"cantidad(?: de)?|¿[^\]]*\?)\]",
    re.IGNORECASE,
)
"""Un hueco cualquiera, entero."""
