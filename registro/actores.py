"""Quién actúa y qué puede hacer su oficina (`datos/permisos.toml`).

Todavía no hay cuentas: la persona dice su oficina en la página y queda anotada. Las reglas son del
protocolo, no una protección contra quien miente; por eso la aplicación solo atiende en la propia
máquina.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Final

from registro.errores import NoAutorizado


class Oficina(StrEnum):
    """Oficinas de la SGSD que registran (ROF de la PCM)."""

    SSGC = "ssgc"
    SSGD = "ssgd"
    SSPI = "sspi"
    SGSD = "sgsd"


OFICINAS: Final[Mapping[Oficina, str]] = {
    Oficina.SSGC: "Subsecretaría de Gestión y Seguimiento de Compromisos (SSGC)",
    Oficina.SSGD: "Subsecretaría de Gestión del Diálogo (SSGD)",
    Oficina.SSPI: "Subsecretaría de Prevención y Gestión de la Información (SSPI)",
    Oficina.SGSD: "Secretaría de Gestión Social y Diálogo (SGSD)",
}
"""Nombre completo de cada una."""


class Accion(StrEnum):
    """Lo que el protocolo reparte entre oficinas."""

    REGISTRAR = "registrar"
    ACTUALIZAR = "actualizar"
    VARIAR = "variar"
    PEDIR_VARIACION = "pedir_variacion"
    SUSTENTAR = "sustentar"
    REQUERIR = "requerir"
    PRIORIZAR = "priorizar"
    ATENDER = "atender"
    REUNIR = "reunir"


@dataclass(frozen=True, slots=True)
class Actor:
    """Quien actúa: su nombre y su oficina. `oficina` None es el programa o quien no la dijo."""

    quien: str
    oficina: Oficina | None = None


SISTEMA: Final = Actor("Actas")
"""El programa, cuando hace algo sin que nadie lo pida (leer un acta)."""

_RESPONSABLE: Final = "responsable"


def _leer() -> dict[str, dict[str, str | list[str]]]:
    tabla = (files("registro") / "datos" / "permisos.toml").read_text("utf-8")
    acciones: dict[str, dict[str, str | list[str]]] = tomllib.loads(tabla)["accion"]
    return acciones


_PERMISOS: Final = _leer()


def quienes_pueden(
    accion: Accion, *, priorizado: bool, responsable: Oficina | None = None
) -> tuple[Oficina, ...]:
    """Devuelve las oficinas que pueden hacer eso en un espacio de ese tipo.

    `responsable` es la subsecretaría a cargo de un espacio priorizado; si no se anotó, la SSGC.
    """
    nombres = _PERMISOS[accion]["priorizado" if priorizado else "no_priorizado"]
    oficinas = (
        (responsable or Oficina.SSGC) if nombre == _RESPONSABLE else Oficina(nombre)
        for nombre in nombres
    )
    return tuple(dict.fromkeys(oficinas))


def exigir(
    actor: Actor, accion: Accion, *, priorizado: bool, responsable: Oficina | None = None
) -> None:
    """Comprueba que la oficina del actor pueda hacer eso.

    Raises:
        NoAutorizado: no le toca, o no dijo su oficina.
    """
    pueden = quienes_pueden(accion, priorizado=priorizado, responsable=responsable)
    if actor.oficina in pueden:
        return
    nombres = " o ".join(oficina.upper() for oficina in pueden)
    quien = actor.oficina.upper() if actor.oficina else "Quien no dijo su oficina"
    que = f"{quien} no puede {_PERMISOS[accion]['nombre']}"
    if _PERMISOS[accion]["priorizado"] != _PERMISOS[accion]["no_priorizado"]:
        que += f" en un espacio {'priorizado' if priorizado else 'no priorizado'}"
    falla = NoAutorizado(f"{que}: le toca a {nombres}.")
    if accion in {Accion.VARIAR, Accion.ACTUALIZAR}:
        falla.consejo = f"Pídalo a {nombres} con una solicitud de variación."
    raise falla
