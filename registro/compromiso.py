"""Lo que queda registrado: compromisos, pedidos y tareas."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import ClassVar

from nlp.propuesta import Aceptacion, Clase, MetodoDePlazo, NivelDeGobierno, Tipo
from registro.estados import Estado


class Cumplimiento(StrEnum):
    """En qué acabó una tarea; la que no tiene sigue pendiente."""

    HECHA = "hecha"
    NO_HECHA = "no_hecha"


@dataclass(frozen=True, slots=True)
class Responsable:
    """Quién responde y su nivel de gobierno; None si no se conoce."""

    valor: str
    nivel: NivelDeGobierno | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contenido:
    """Lo que se registra de un ítem: campos del Anexo 2 y los internos que el SMART necesita.

    `transcripcion` es el texto literal del acta; `denominacion` (hasta 1 000 caracteres), su
    redacción para el registro; `descripcion` (hasta 5 000), lo que la amplía. `tipo` None es «por
    determinar». Lo que no se conoce va None o vacío.
    """

    transcripcion: str
    denominacion: str
    descripcion: str = ""
    caso: str | None = None
    fecha_acta: date | None = None
    numero_en_acta: str | None = None
    tipo: Tipo | None = None
    plazo_texto: str | None = None
    fecha_limite: date | None = None
    metodo_plazo: MetodoDePlazo | None = None
    responsables: tuple[Responsable, ...] = ()
    colaboradores: tuple[str, ...] = ()
    lugares: tuple[str, ...] = ()
    regiones: tuple[str, ...] = ()
    provincias: tuple[str, ...] = ()
    distritos: tuple[str, ...] = ()
    unidad_territorial: str | None = None
    codigo_snip: str | None = None
    codigo_unificado: str | None = None
    monto: str | None = None
    financiamiento: str | None = None
    condicion: str | None = None
    verificacion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registro(Contenido):
    """Un contenido ya registrado por una decisión. `version` crece con cada cambio, desde 1.

    `espacio_id` es su espacio de diálogo, si se dijo. `vigente` es falso si una rectificación lo
    sacó del registro: se conserva, pero no se lista ni se exporta.
    """

    clase: ClassVar[Clase]

    id: int
    acta_id: int
    propuesta_id: int
    decision_id: int
    estado: Estado = Estado.NO_INICIADO
    avance: str = ""
    version: int = 1
    espacio_id: int | None = None
    vigente: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Compromiso(Registro):
    """Acuerdo formal; `pedido_id` es el pedido que atiende, si el acta lo dice y se registró.

    `sucesor_id` es el compromiso que lo reemplazó: lo tienen los renegociados, y solo ellos.
    """

    clase: ClassVar[Clase] = Clase.COMPROMISO

    pedido_id: int | None = None
    sucesor_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pedido(Registro):
    """Solicitud; `aceptacion` es la respuesta que tiene, dicha en el acta o anotada después.

    De la anotada se sabe además qué se respondió (`respuesta`), qué día y quién.
    """

    clase: ClassVar[Clase] = Clase.PEDIDO

    aceptacion: Aceptacion | None = None
    respuesta: str | None = None
    respondido: date | None = None
    respondido_por: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tarea(Registro):
    """Acción inmediata para que un compromiso avance.

    `cumplimiento` None es que sigue pendiente. `hecha_en` es el día en que se hizo; `sustento`,
    cómo se sabe o por qué no se hizo; `evidencia_id`, un archivo de su compromiso que lo prueba.
    """

    clase: ClassVar[Clase] = Clase.TAREA

    compromiso_id: int | None = None
    hecha_en: date | None = None
    cumplimiento: Cumplimiento | None = None
    sustento: str | None = None
    evidencia_id: int | None = None


def contenido_de(registro: Registro) -> Contenido:
    """Devuelve solo el contenido de lo registrado."""
    return Contenido(**{campo.name: getattr(registro, campo.name) for campo in fields(Contenido)})


def a_json(contenido: Contenido) -> dict[str, object]:
    """Devuelve los campos de `Contenido` listos para JSON, con las fechas en ISO 8601."""
    todos = asdict(contenido)
    valores = {campo.name: todos[campo.name] for campo in fields(Contenido)}
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in valores.items()}
