"""Lo que una regla mira y lo que señala."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingesta.documento import Documento, Tramo
from nlp.acta_analizada import DatosDelActa
from nlp.propuesta import Propuesta


@dataclass(frozen=True, slots=True)
class Caso:
    """El ítem que se revisa, con su documento y los datos del acta."""

    documento: Documento
    propuesta: Propuesta
    datos: DatosDelActa

    @property
    def texto(self) -> str:
        """Devuelve el texto del ítem."""
        return self.documento.fragmento(self.propuesta.tramo)

    def zonas(self, columnas: tuple[str, ...] = ()) -> tuple[Tramo, ...]:
        """Devuelve el tramo del ítem y el de esas celdas de su fila, si las hay."""
        fila = self.propuesta.segmento.fila
        celdas = [fila.tramos[c] for c in columnas if c in fila.tramos] if fila else []
        return (self.propuesta.tramo, *celdas)


@dataclass(frozen=True, slots=True)
class Senal:
    """Tramo del documento que incumple; `datos` completa el mensaje de la regla."""

    tramo: Tramo
    sugerencias: tuple[str, ...] = ()
    datos: Mapping[str, str] = field(default_factory=dict)
