"""Los estados del protocolo y sus cambios, leídos de `datos/estados.toml`.

Se guardan los nueve de los espacios priorizados; los cuatro de los no priorizados se derivan y
nunca se guardan (Anexo 7: la reducción pierde información y no tiene vuelta).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Any, Final

NO_SE_REPORTA: Final = "No se reporta"
"""Cómo se muestra, en un espacio no priorizado, un estado que el Anexo 7 no reduce."""


class Estado(StrEnum):
    """Los nueve estados del protocolo (espacios priorizados)."""

    NO_INICIADO = "no_iniciado"
    EN_PROCESO = "en_proceso"
    SIN_INFORMACION = "sin_informacion"
    SUSPENDIDO = "suspendido"
    INVIABLE = "inviable"
    CUMPLIDO = "cumplido"
    INCUMPLIDO = "incumplido"
    DESESTIMADO = "desestimado"
    RENEGOCIADO = "renegociado"


class Exigencia(StrEnum):
    """Lo que un cambio pide a quien lo hace."""

    RAZON = "razon"
    SUSTENTO = "sustento"
    PLAZO = "plazo"
    SUCESOR = "sucesor"


class Trato(StrEnum):
    """Cómo se recibe un cambio: tal cual, con aviso, como rectificación, o no es un cambio."""

    NORMAL = "normal"
    CON_AVISO = "con_aviso"
    RECTIFICACION = "rectificacion"
    NINGUNO = "ninguno"


@dataclass(frozen=True, slots=True)
class FichaDeEstado:
    """Nombre oficial, si sigue abierto y el estado de espacios no priorizados que le toca.

    `no_priorizado` es None en los que el protocolo no reporta. `exige` es lo que pide pasar a él;
    `sustento`, con qué se prueba.
    """

    nombre: str
    abierto: bool
    no_priorizado: str | None
    significado: str
    exige: frozenset[Exigencia]
    sustento: str

    def visto(self, *, priorizado: bool) -> str:
        """Devuelve cómo se llama en un espacio de ese tipo."""
        return self.nombre if priorizado else self.no_priorizado or NO_SE_REPORTA


@dataclass(frozen=True, slots=True)
class Transicion:
    """Un cambio de estado y lo que pide. Reabrir o cambiar un cerrado es rectificación."""

    desde: Estado
    hacia: Estado
    trato: Trato
    exige: frozenset[Exigencia]


def _leer() -> dict[str, Any]:
    return tomllib.loads((files("registro") / "datos" / "estados.toml").read_text("utf-8"))


def _ficha(fila: dict[str, Any]) -> FichaDeEstado:
    return FichaDeEstado(
        fila["nombre"],
        fila["abierto"],
        fila.get("no_priorizado"),
        fila["significado"],
        frozenset(map(Exigencia, fila["exige"])),
        fila["sustento"],
    )


def _transicion(desde: Estado, hacia: Estado, normales: set[tuple[str, str]]) -> Transicion:
    exige = ESTADOS[hacia].exige
    if desde is hacia:
        return Transicion(desde, hacia, Trato.NINGUNO, frozenset())
    if not ESTADOS[desde].abierto:
        return Transicion(desde, hacia, Trato.RECTIFICACION, exige | {Exigencia.RAZON})
    if (desde, hacia) in normales:
        return Transicion(desde, hacia, Trato.NORMAL, exige)
    return Transicion(desde, hacia, Trato.CON_AVISO, exige | {Exigencia.RAZON})


_DATOS: Final = _leer()

ESTADOS: Final[Mapping[Estado, FichaDeEstado]] = {
    Estado(fila["id"]): _ficha(fila) for fila in _DATOS["estado"]
}
"""Tabla de estados del Protocolo de monitoreo y seguimiento (nueve y su reducción a cuatro)."""

_NORMALES = {(fila["desde"], hacia) for fila in _DATOS["cambio"] for hacia in fila["hacia"]}

TRANSICIONES: Final[Mapping[tuple[Estado, Estado], Transicion]] = {
    (desde, hacia): _transicion(desde, hacia, _NORMALES) for desde in Estado for hacia in Estado
}
"""Los 81 pares."""


def reducidos(nombre: str) -> tuple[Estado, ...]:
    """Devuelve los estados que en un espacio no priorizado se reportan con ese nombre."""
    return tuple(estado for estado, ficha in ESTADOS.items() if ficha.no_priorizado == nombre)


def diagrama() -> str:
    """Devuelve el diagrama de los cambios normales, en Mermaid."""
    lineas = ["stateDiagram-v2", "    direction LR"]
    for estado, ficha in ESTADOS.items():
        lineas.append(f"    {estado} : {ficha.nombre}")
    lineas.append(f"    [*] --> {Estado.NO_INICIADO}")
    for (desde, hacia), transicion in TRANSICIONES.items():
        if transicion.trato is Trato.NORMAL:
            lineas.append(f"    {desde} --> {hacia}")
    lineas += [f"    {estado} --> [*]" for estado, ficha in ESTADOS.items() if not ficha.abierto]
    return "\n".join(lineas) + "\n"
