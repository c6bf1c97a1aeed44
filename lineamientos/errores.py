"""Errores de los lineamientos.

ErrorDeLineamientos
├── ReglaInvalida          un archivo de regla no cumple el formato
└── ReglaDesconocida       se pidió una regla que no existe
"""

from __future__ import annotations

from typing import ClassVar


class ErrorDeLineamientos(Exception):
    """Algo anda mal con las reglas; `consejo` dice qué hacer."""

    consejo: ClassVar[str] = "Revise los archivos de reglas."


class ReglaInvalida(ErrorDeLineamientos):
    """El archivo de una regla no se puede usar; el mensaje dice archivo, clave y lo admitido."""

    consejo = "Corrija el archivo TOML de la regla; el mensaje dice qué se admite."


class ReglaDesconocida(ErrorDeLineamientos):
    """No hay regla con ese código."""

    consejo = "Use `actas regla` sin código para ver la lista de reglas."
