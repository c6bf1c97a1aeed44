"""Escribe las fichas de los modelos en TOML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Tabla = dict[str, Any]
"""Tabla de la ficha: textos, números y otras tablas."""


def escribir_toml(tabla: Mapping[str, object], ruta: str = "") -> str:
    """Escribe en TOML una tabla de textos, números y tablas."""
    valores = {k: v for k, v in tabla.items() if not isinstance(v, Mapping)}
    lineas = [f"[{ruta}]"] if ruta and valores else []
    lineas += [f"{k} = {_valor(v)}" for k, v in valores.items()]
    partes = ["\n".join(lineas) + "\n"] if lineas else []
    for clave, valor in tabla.items():
        if isinstance(valor, Mapping):
            partes.append(escribir_toml(valor, f"{ruta}.{clave}" if ruta else clave))
    return "\n".join(partes)


def _valor(valor: object) -> str:
    if isinstance(valor, float):
        return f"{valor:.3f}"
    return str(valor) if isinstance(valor, int) else f'"{valor}"'
