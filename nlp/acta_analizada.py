"""Los datos generales del acta y el acta entera analizada; cada ítem es una `Propuesta`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ingesta.documento import Documento, Tramo
from nlp.propuesta import Dato, Lugar, Propuesta


@dataclass(frozen=True, slots=True)
class Participante:
    """Persona o entidad que asistió. El DNI va enmascarado («****1234»)."""

    nombre: str | None
    cargo: str | None
    entidad: str | None
    dni: str | None
    tramo: Tramo


@dataclass(frozen=True, slots=True)
class LugarDelActa:
    """Dónde se reunieron: texto leído y ubicaciones UBIGEO reconocidas en él."""

    valor: str
    tramo: Tramo
    lugares: tuple[Lugar, ...] = ()


@dataclass(frozen=True, slots=True)
class DatosDelActa:
    """Datos generales. `fecha.valor` es ISO 8601; las horas, «HH:MM» de 24 horas."""

    titulo: Dato | None = None
    fecha: Dato | None = None
    hora_inicio: Dato | None = None
    hora_fin: Dato | None = None
    lugar: LugarDelActa | None = None
    espacio: Dato | None = None
    participantes: tuple[Participante, ...] = ()
    agenda: tuple[Dato, ...] = ()
    constancias: tuple[Dato, ...] = ()
    firmas: tuple[Dato, ...] = ()

    @property
    def dia(self) -> date | None:
        """Devuelve la fecha del acta como `date`."""
        return date.fromisoformat(self.fecha.valor) if self.fecha else None


@dataclass(frozen=True, slots=True)
class ActaAnalizada:
    """Documento con sus datos generales y sus propuestas, en orden de lectura.

    `modelos` dice qué versión propuso («clase» → «clase 2026.1»).
    """

    documento: Documento
    datos: DatosDelActa
    propuestas: tuple[Propuesta, ...]
    modelos: Mapping[str, str]
