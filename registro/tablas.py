"""Las tablas. Su historia está en `migraciones/`; una prueba compara ambas en cada motor."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Named,
    Table,
    Text,
    TypedColumns,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

_INGUARDABLE = re.compile("[\0\ud800-\udfff]")
_MAYOR_NUMERO = 2**31 - 1


class Texto(TypeDecorator[str]):
    """Texto que toda base admite: NUL y sustitutos sueltos, que no lo son, pasan a «�»."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Deja en el texto solo caracteres que UTF-8 y PostgreSQL pueden guardar."""
        return None if value is None else guardable(str(value))


def guardable(texto: str) -> str:
    """Devuelve el texto sin los caracteres que una base no puede guardar."""
    return _INGUARDABLE.sub("�", texto)


class Instante(TypeDecorator[datetime]):
    """Momento con zona: se guarda en UTC y vuelve en UTC, también en SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Pasa el momento a UTC; sin zona es un error de programa."""
        if value is not None and value.tzinfo is None:
            raise ValueError("el momento no tiene zona horaria")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Repone la zona que SQLite no guarda."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Numero(TypeDecorator[int]):
    """Número de fila. Uno que no cabe se busca como 0, que no es de ninguna."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Evita que la base falle con un número enorme escrito en una dirección."""
        return 0 if value is not None and value > _MAYOR_NUMERO else value


Json = JSON(none_as_null=True)


def para_buscar(texto: str) -> str:
    """Devuelve la forma en que se busca un texto: minúsculas, sin tildes y con espacios simples.

    No usa `nlp.plegado`: esta forma queda guardada y no debe cambiar con el análisis.
    """
    partes = unicodedata.normalize("NFKD", texto)
    return " ".join("".join(c for c in partes if not unicodedata.combining(c)).casefold().split())


class ConId(TypedColumns):
    """Clave de toda tabla."""

    id: Named[int] = Column(Numero, primary_key=True)


class ColumnasDeActa(ConId):
    """Un acta por contenido de archivo; `resultado` es el `ResultadoJson` sin `items`."""

    sha256: Named[str] = Column(Texto, unique=True)
    nombre: Named[str] = Column(Texto)
    bytes: Named[int] = Column(Integer)
    formato: Named[str | None] = Column(Texto)
    estado: Named[str] = Column(Texto, index=True)
    motivo: Named[str | None] = Column(Texto)
    titulo: Named[str | None] = Column(Texto)
    fecha: Named[date | None] = Column(Date)
    recibida_en: Named[datetime] = Column(Instante)
    recibida_por: Named[str] = Column(Texto)
    analizada_en: Named[datetime | None] = Column(Instante)
    resultado: Named[Any] = Column(Json, nullable=True)
    espacio_id: Named[int | None] = Column(Numero, ForeignKey("espacio.id"))
    version_de: Named[int | None] = Column(Numero, ForeignKey("acta.id"))
    tipo_de_version: Named[str | None] = Column(Texto)


class ColumnasDePropuesta(ConId):
    """Un ítem propuesto; `item` es el `ItemDeActaJson` tal cual. No admite cambios."""

    acta_id: Named[int] = Column(Numero, ForeignKey("acta.id"))
    item_id: Named[str] = Column(Texto)
    orden: Named[int] = Column(Integer)
    clase: Named[str] = Column(Texto)
    confianza: Named[float | None]
    duda: Named[bool]
    pedido_de_origen: Named[str | None] = Column(Texto)
    item: Named[Any] = Column(Json, nullable=False)


class ColumnasDeDecision(ConId):
    """Una decisión. Solo se agregan filas: disparadores impiden cambiarlas o borrarlas."""

    propuesta_id: Named[int] = Column(Numero, ForeignKey("propuesta.id"))
    version: Named[int] = Column(Integer)
    quien: Named[str] = Column(Texto)
    cuando: Named[datetime] = Column(Instante)
    que: Named[str] = Column(Texto)
    motivo: Named[str] = Column(Texto)
    antes: Named[Any] = Column(Json, nullable=False)
    despues: Named[Any] = Column(Json, nullable=True)


class ColumnasDeRegistro(ConId):
    """Lo común a compromiso, pedido y tarea: nada entra sin una decisión.

    `texto_plegado`, `responsables_plegados` y `raices` (`registro.raices`) son lo mismo que otras
    columnas, para buscar; la última no cuenta en la huella de la fila.
    `vigente` es falso en lo que una rectificación sacó del registro.
    """

    acta_id: Named[int] = Column(Numero, ForeignKey("acta.id"))
    propuesta_id: Named[int] = Column(Numero, ForeignKey("propuesta.id"), unique=True)
    decision_id: Named[int] = Column(Numero, ForeignKey("decision.id"), unique=True)
    caso: Named[str | None] = Column(Texto)
    fecha_acta: Named[date | None] = Column(Date)
    numero_en_acta: Named[str | None] = Column(Texto)
    transcripcion: Named[str] = Column(Texto)
    denominacion: Named[str] = Column(Texto)
    descripcion: Named[str] = Column(Texto)
    tipo: Named[str | None] = Column(Texto)
    plazo_texto: Named[str | None] = Column(Texto)
    fecha_limite: Named[date | None] = Column(Date)
    metodo_plazo: Named[str | None] = Column(Texto)
    responsables: Named[Any] = Column(Json, nullable=False)
    colaboradores: Named[Any] = Column(Json, nullable=False)
    lugares: Named[Any] = Column(Json, nullable=False)
    regiones: Named[Any] = Column(Json, nullable=False)
    provincias: Named[Any] = Column(Json, nullable=False)
    distritos: Named[Any] = Column(Json, nullable=False)
    unidad_territorial: Named[str | None] = Column(Texto)
    codigo_snip: Named[str | None] = Column(Texto)
    codigo_unificado: Named[str | None] = Column(Texto)
    monto: Named[str | None] = Column(Texto)
    financiamiento: Named[str | None] = Column(Texto)
    condicion: Named[str | None] = Column(Texto)
    verificacion: Named[str | None] = Column(Texto)
    estado: Named[str] = Column(Texto)
    avance: Named[str] = Column(Texto)
    version: Named[int] = Column(Integer)
    texto_plegado: Named[str] = Column(Texto)
    responsables_plegados: Named[str] = Column(Texto)
    espacio_id: Named[int | None] = Column(Numero, ForeignKey("espacio.id"), index=True)
    vigente: Named[bool]
    raices: Named[str] = Column(Texto)


class ColumnasDeCompromiso(ColumnasDeRegistro):
    """Además, el pedido que atiende y el compromiso que lo reemplazó."""

    pedido_id: Named[int | None] = Column(Numero, ForeignKey("pedido.id"))
    sucesor_id: Named[int | None] = Column(Numero, ForeignKey("compromiso.id"))


class ColumnasDePedido(ColumnasDeRegistro):
    """Además, la respuesta que tiene, en el acta o después; `respuesta` es su motivo."""

    aceptacion: Named[str | None] = Column(Texto)
    respuesta: Named[str | None] = Column(Texto)
    respondido: Named[date | None] = Column(Date)
    respondido_por: Named[str | None] = Column(Texto)


class ColumnasDeTarea(ColumnasDeRegistro):
    """Además, el compromiso al que aporta y si se hizo: cuándo, y con qué se sabe."""

    compromiso_id: Named[int | None] = Column(Numero, ForeignKey("compromiso.id"))
    hecha_en: Named[date | None] = Column(Date)
    cumplimiento: Named[str | None] = Column(Texto)
    sustento: Named[str | None] = Column(Texto)
    evidencia_id: Named[int | None] = Column(Numero, ForeignKey("evidencia.id"))


acta = Table("acta", metadata, ColumnasDeActa)
propuesta = Table(
    "propuesta", metadata, ColumnasDePropuesta, UniqueConstraint("acta_id", "item_id")
)
decision = Table(
    "decision",
    metadata,
    ColumnasDeDecision,
    UniqueConstraint("propuesta_id", "version"),
    CheckConstraint("length(trim(quien)) > 0", name="la_toma_una_persona"),
)


def _de_lista(nombre: str, *propias: str) -> Index:
    """Da el índice que basta para ordenar, filtrar y contar sin leer las filas, que son anchas.

    Por eso `estado` no tiene el suyo: SQLite lo prefería, y leía las filas.
    """
    return Index(
        f"ix_{nombre}_lista",
        "acta_id",
        "propuesta_id",
        "vigente",
        "estado",
        "tipo",
        "unidad_territorial",
        "espacio_id",
        "fecha_limite",
        *propias,
    )


pedido = Table("pedido", metadata, ColumnasDePedido, _de_lista("pedido"))
compromiso = Table("compromiso", metadata, ColumnasDeCompromiso, _de_lista("compromiso"))
tarea = Table("tarea", metadata, ColumnasDeTarea, _de_lista("tarea", "hecha_en"))
