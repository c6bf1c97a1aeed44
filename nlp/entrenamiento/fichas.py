"""Las fichas de los modelos: lo que todas dicen, y cómo se escriben en TOML."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from modelos.cargador import FORMATO

Tabla = dict[str, Any]
"""Tabla de la ficha: textos, números y otras tablas."""


def encabezar(nombre: str, numero: str, artefacto: Path, *bibliotecas: str) -> Tabla:
    """Devuelve lo que toda ficha trae: versión, fecha, huella del artefacto y bibliotecas."""
    return {
        "version": numero,
        "formato": FORMATO,
        "fecha": datetime.now(ZoneInfo("America/Lima")).date().isoformat(),
        "nombre": nombre,
        "artefacto": {
            "archivo": artefacto.name,
            "sha256": hashlib.sha256(artefacto.read_bytes()).hexdigest(),
        },
        "bibliotecas": {biblioteca: version(biblioteca) for biblioteca in bibliotecas},
    }


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
