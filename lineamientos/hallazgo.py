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


class Aspecto(StrEnum):
    """Lo que un compromiso bien escrito dice; cada uno es evidencia de un criterio."""

    QUIEN = "quien"
    QUE = "que"
    CUANTO = "cuanto"
    DONDE = "donde"
    CUANDO = "cuando"
    DINERO = "dinero"
    CONDICION = "condicion"
    VERIFICACION = "verificacion"


@dataclass(frozen=True, slots=True)
class Evidencia:
    """Trozo del texto que dice un aspecto."""

    aspecto: Aspecto
    tramo: Tramo


@dataclass(frozen=True, slots=True)
class JuicioDeCriterio:
    """Un criterio SMART con lo que lo sustenta.

    `cumple` es el de `Smart`. `evidencias` van en orden de lectura; `faltan` son los aspectos del
    criterio que el texto no dice, y `reglas`, los códigos de los hallazgos que lo tocan.
    """

    criterio: Criterio
    cumple: bool | None
    evidencias: tuple[Evidencia, ...]
    faltan: tuple[Aspecto, ...]
    reglas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """Revisión de un ítem. `smart` es None en lo que no puede ser compromiso, y `criterios`, vacío.

    `propuesta_de_redaccion` reordena lo que el ítem ya dice y marca los huecos entre corchetes.
    """

    smart: Smart | None
    hallazgos: tuple[Hallazgo, ...]
    propuesta_de_redaccion: str | None = None
    criterios: tuple[JuicioDeCriterio, ...] = ()
