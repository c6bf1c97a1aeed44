"""Las tablas de `lineamientos/datos/`: lo que miran las comparaciones, como datos."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=8)
def tabla(nombre: str) -> dict[str, Any]:
    """Devuelve una tabla por su nombre de archivo, sin el sufijo."""
    ruta = files("lineamientos") / "datos" / f"{nombre}.toml"
    return tomllib.loads(ruta.read_text(encoding="utf-8"))
