"""Lo que la revisión encuentra en la redacción de un ítem."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingesta.documento import Tramo


class Criterio(StrEnum):
    """Los cinco criterios SMART (Doran 1981, citado por el Anexo 8)."""

    ESPECIFICO = "especifico"
    MEDIBLE = "medible"
    ASIGNABLE = "asignable"
    REALISTA = "realista"
    TEMPORAL = "temporal"


class Gravedad(StrEnum):
    """Peso de un hallazgo; ninguno impide guardar (`dominio.md` §2.2)."""

    FALTA = "falta"
    AVISO = "aviso"
    CONSEJO = "consejo"


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """Un defecto en un tramo del texto: qué pasa, por qué importa y cómo mejorar."""

    regla: str
    criterio: Criterio
    gravedad: Gravedad
    tramo: Tramo
    mensaje: str
    explicacion: str
    sugerencias: tuple[str, ...] = ()
    fuente: str = ""


@dataclass(frozen=True, slots=True)
class Smart:
    """Juicio de cada criterio: True cumple, False no cumple, None no se puede juzgar del texto."""

    especifico: bool | None = None
    medible: bool | None = None
    asignable: bool | None = None
    realista: bool | None = None
    temporal: bool | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """Revisión de un ítem. `smart` es None en lo que no es compromiso.

    `propuesta_de_redaccion` reordena lo que el ítem ya dice y marca los huecos entre corchetes.
    """

    smart: Smart | None
    hallazgos: tuple[Hallazgo, ...]
    propuesta_de_redaccion: str | None = None
