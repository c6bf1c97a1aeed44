"""El acta recibida, lo que el análisis propuso de ella y lo que las personas decidieron."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import PureWindowsPath

from lineamientos.contrato import ItemDeActaJson
from nlp.propuesta import Clase

LIMA = timezone(timedelta(hours=-5), "America/Lima")
"""Hora del Perú, sin horario de verano. Se guarda en UTC y se muestra con `.astimezone(LIMA)`."""

FORMATO_MATRIZ = "matriz"
"""Formato del acta que hace de una matriz importada."""

REGISTRABLES = (Clase.COMPROMISO, Clase.PEDIDO, Clase.TAREA)
"""Clases que entran al registro; un acta se cierra cuando todas sus propuestas están decididas."""


_LARGO_DE_NOMBRE = 255


class EstadoActa(StrEnum):
    """En qué va un acta: recibida → analizando → analizada → en_revision → cerrada | ilegible."""

    RECIBIDA = "recibida"
    ANALIZANDO = "analizando"
    ANALIZADA = "analizada"
    EN_REVISION = "en_revision"
    CERRADA = "cerrada"
    ILEGIBLE = "ilegible"


class TipoDecision(StrEnum):
    """Qué hizo la persona con una propuesta."""

    ACEPTAR = "aceptar"
    EDITAR = "editar"
    RECHAZAR = "rechazar"


@dataclass(frozen=True, slots=True)
class Acta:
    """Un archivo recibido. `motivo` dice por qué quedó ilegible.

    `formato`, `titulo` y `fecha` se conocen al analizarla, si se hallaron. Los momentos van en UTC.
    """

    id: int
    sha256: str
    nombre: str
    bytes: int
    estado: EstadoActa
    recibida_en: datetime
    recibida_por: str
    analizada_en: datetime | None
    formato: str | None
    titulo: str | None
    fecha: date | None
    motivo: str | None


@dataclass(frozen=True, slots=True)
class Recepcion:
    """Resultado de recibir un archivo: `ya_estaba` dice que esos mismos bytes ya eran un acta."""

    acta: Acta
    ya_estaba: bool


@dataclass(frozen=True, slots=True)
class PropuestaGuardada:
    """Un ítem tal como lo propuso el análisis; nunca cambia. `orden` es el de lectura, desde 0."""

    id: int
    acta_id: int
    item_id: str
    orden: int
    clase: Clase
    confianza: float | None
    duda: bool
    item: ItemDeActaJson


@dataclass(frozen=True, slots=True)
class NuevaDecision:
    """Lo que una persona pide hacer con una propuesta (`decisiones.decidir`).

    `campos` va de nombre de campo editable (`borrador.EDITABLES`) a valor nuevo y solo se admite
    con «editar». `clase` es la que eligió la persona; sin ella vale la propuesta, salvo que el
    análisis haya dudado o dicho «otro». `version` es la que la persona vio: cuántas decisiones
    tenía la propuesta (0 si ninguna); None no la comprueba. `oficina` es la que actúa; `clave`, la
    de idempotencia: el mismo pedido con la misma clave se atiende una sola vez.
    """

    que: str
    quien: str
    motivo: str = ""
    campos: Mapping[str, object] = field(default_factory=dict)
    clase: str | None = None
    caso: str | None = None
    version: int | None = None
    oficina: str | None = None
    clave: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Una decisión tomada; solo se agregan, nunca se cambian ni se borran.

    `version` es su número entre las de esa propuesta, desde 1. `antes` es lo propuesto y `despues`
    lo registrado, con las mismas claves; `despues` es None si se rechazó.
    """

    id: int
    propuesta_id: int
    version: int
    quien: str
    cuando: datetime
    que: TipoDecision
    motivo: str
    antes: Mapping[str, object]
    despues: Mapping[str, object] | None


def nombre_limpio(nombre: str) -> str:
    """Quita carpetas y caracteres invisibles («acta\\u202efdp.exe») del nombre enviado."""
    visible = "".join(c for c in PureWindowsPath(nombre).name if c.isprintable()).strip()
    return visible[-_LARGO_DE_NOMBRE:] or "acta"
