"""Expresiones regulares sobre texto plegado, escritas como se leen."""

from __future__ import annotations

import re


def compilar(expresion: str) -> re.Pattern[str]:
    r"""Compila la expresión; en ella cada espacio vale por un blanco cualquiera (`\s`)."""
    return re.compile(expresion.replace(" ", r"\s"))
