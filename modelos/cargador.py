"""Comprueba un modelo contra su ficha antes de usarlo; nunca lo borra ni lo vuelve a entrenar.

ErrorDeModelo                lleva `consejo`
├── ModeloAusente            no está en `modelos/`: se puede trabajar sin él
└── ModeloIncompatible       está, pero no es el de su ficha o no sirve con estas bibliotecas
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar

FORMATO = 2
"""Versión de lo que guarda el artefacto; cambia cuando cambian los rasgos o las piezas."""

CARPETA = Path(__file__).parent


class ErrorDeModelo(Exception):
    """No se puede usar un modelo; `consejo` dice qué hacer."""

    consejo: ClassVar[str] = "Vuelva a generar los modelos con `make entrenar`."


class ModeloAusente(ErrorDeModelo):
    """Falta el modelo o su ficha."""


class ModeloIncompatible(ErrorDeModelo):
    """La huella, el formato o la versión de scikit-learn no son los de la ficha."""


@dataclass(frozen=True, slots=True)
class Modelo:
    """Artefacto comprobado y su ficha."""

    nombre: str
    ruta: Path
    ficha: Mapping[str, Any]

    @property
    def version(self) -> str:
        """Devuelve nombre y versión («clase 2026.1»)."""
        return f"{self.nombre} {self.ficha['version']}"


def cargar(nombre: str, carpeta: Path = CARPETA) -> Modelo:
    """Devuelve el modelo de `carpeta/nombre` si su artefacto es el que dice la ficha.

    Raises:
        ModeloAusente: no hay ficha o artefacto.
        ModeloIncompatible: la huella, el formato o scikit-learn (versión menor, si lo usa) no
            coinciden.
    """
    ruta_ficha = carpeta / nombre / "ficha.toml"
    if not ruta_ficha.is_file():
        raise ModeloAusente(f"no está la ficha del modelo «{nombre}»")
    ficha = tomllib.loads(ruta_ficha.read_text(encoding="utf-8"))
    ruta = ruta_ficha.with_name(ficha["artefacto"]["archivo"])
    if not ruta.is_file():
        raise ModeloAusente(f"no está el artefacto del modelo «{nombre}»")
    if ficha["formato"] != FORMATO:
        raise ModeloIncompatible(f"«{nombre}» es de formato {ficha['formato']} y no {FORMATO}")
    if hashlib.sha256(ruta.read_bytes()).hexdigest() != ficha["artefacto"]["sha256"]:
        raise ModeloIncompatible(f"el artefacto de «{nombre}» no es el de su ficha")
    entrenado = ficha.get("bibliotecas", {}).get("scikit-learn")
    instalado = version("scikit-learn")
    if entrenado and _menor(entrenado) != _menor(instalado):
        raise ModeloIncompatible(
            f"«{nombre}» se entrenó con scikit-learn {entrenado} y está instalado {instalado}"
        )
    return Modelo(nombre, ruta, ficha)


def _menor(numero: str) -> tuple[str, ...]:
    return tuple(numero.split(".")[:2])
