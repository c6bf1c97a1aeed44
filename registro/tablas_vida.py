"""Las tablas de la vida del compromiso: espacios, hitos, sustentos, relojes e historia."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Named, Table, UniqueConstraint

from registro.tablas import ConId, Instante, Json, Numero, Texto, metadata

__all__ = ["metadata"]


class ColumnasDeCaso(ConId):
    """Un caso de conflicto; `codigo` es el de la SGSD."""

    codigo: Named[str] = Column(Texto, unique=True)
    nombre: Named[str] = Column(Texto)
    version: Named[int] = Column(Integer)


class ColumnasDeEspacio(ConId):
    """Un espacio de diálogo y su priorización vigente (protocolo 7.2); la anterior, en historia."""

    nombre: Named[str] = Column(Texto, unique=True)
    tipo: Named[str] = Column(Texto)
    caso_id: Named[int | None] = Column(Numero, ForeignKey("caso.id"))
    unidad_territorial: Named[str | None] = Column(Texto)
    priorizado: Named[bool]
    priorizado_desde: Named[date | None] = Column(Date)
    priorizado_razon: Named[str] = Column(Texto)
    priorizado_por: Named[str | None] = Column(Texto)
    responsable: Named[str | None] = Column(Texto)
    version: Named[int] = Column(Integer)


class ColumnasDeUnidad(ConId):
    """Qué UBIGEO (2, 4 o 6 cifras) cubre una unidad territorial y entre qué días, inclusive."""

    nombre: Named[str] = Column(Texto)
    codigo: Named[str] = Column(Texto, index=True)
    desde: Named[date | None] = Column(Date)
    hasta: Named[date | None] = Column(Date)
    provisional: Named[bool]
    fuente: Named[str] = Column(Texto)


class ColumnasDeCatalogo(ConId):
    """Una entrada propia de un catálogo; `datos` son las columnas de su CSV.

    `vigente` es falso en lo que ya no está en el último CSV importado.
    """

    catalogo: Named[str] = Column(Texto)
    clave: Named[str] = Column(Texto)
    datos: Named[Any] = Column(Json, nullable=False)
    vigente: Named[bool]
    version: Named[int] = Column(Integer)


class ColumnasDeHito(ConId):
    """Un paso previsto de un compromiso."""

    compromiso_id: Named[int] = Column(Numero, ForeignKey("compromiso.id"), index=True)
    nombre: Named[str] = Column(Texto)
    fecha_prevista: Named[date] = Column(Date)
    fecha_cumplida: Named[date | None] = Column(Date)
    observacion: Named[str] = Column(Texto)
    version: Named[int] = Column(Integer)
    reunion_id: Named[int | None] = Column(Numero, ForeignKey("reunion.id"))


class ColumnasDePuntoFocal(ConId):
    """La persona con que una entidad atiende las reuniones; `vigente` es falso si ya no lo es."""

    entidad: Named[str] = Column(Texto)
    nombre: Named[str] = Column(Texto)
    cargo: Named[str] = Column(Texto)
    vigente: Named[bool]
    version: Named[int] = Column(Integer)


class ColumnasDeReunion(ConId):
    """Una reunión bimestral (protocolo 7.3.5); las listas son números de puntos focales."""

    entidad: Named[str] = Column(Texto)
    anio: Named[int] = Column(Integer)
    bimestre: Named[int] = Column(Integer)
    fecha: Named[date] = Column(Date)
    lugar: Named[str] = Column(Texto)
    agenda: Named[str] = Column(Texto)
    estado: Named[str] = Column(Texto)
    convocada: Named[date | None] = Column(Date)
    documento: Named[str] = Column(Texto)
    convocados: Named[Any] = Column(Json, nullable=False)
    asistentes: Named[Any] = Column(Json, nullable=False)
    acuerdos: Named[str] = Column(Texto)
    version: Named[int] = Column(Integer)


class ColumnasDeEvidencia(ConId):
    """Un archivo que sustenta algo de un compromiso; sus bytes están en originales."""

    compromiso_id: Named[int] = Column(Numero, ForeignKey("compromiso.id"), index=True)
    sha256: Named[str] = Column(Texto)
    nombre: Named[str] = Column(Texto)
    bytes: Named[int] = Column(Integer)
    descripcion: Named[str] = Column(Texto)
    fecha: Named[date | None] = Column(Date)
    subida_en: Named[datetime] = Column(Instante)


class ColumnasDeRequerimiento(ConId):
    """Un pedido de información con su plazo; `vence` ya cuenta las prórrogas."""

    compromiso_id: Named[int] = Column(Numero, ForeignKey("compromiso.id"), index=True)
    entidad: Named[str] = Column(Texto)
    documento: Named[str] = Column(Texto)
    enviado: Named[date] = Column(Date)
    dias: Named[int] = Column(Integer)
    unidad: Named[str] = Column(Texto)
    vence: Named[date] = Column(Date, index=True)
    recordatorios: Named[int] = Column(Integer)
    estado: Named[str] = Column(Texto, index=True)
    respondido: Named[date | None] = Column(Date)
    respuesta: Named[str] = Column(Texto)
    version: Named[int] = Column(Integer)


class ColumnasDeSolicitud(ConId):
    """Una solicitud de variación de lo registrado; `campos` va de nombre a valor pedido."""

    compromiso_id: Named[int] = Column(Numero, ForeignKey("compromiso.id"), index=True)
    campos: Named[Any] = Column(Json, nullable=False)
    razon: Named[str] = Column(Texto)
    oficina: Named[str] = Column(Texto)
    quien: Named[str] = Column(Texto)
    pedida_en: Named[datetime] = Column(Instante)
    estado: Named[str] = Column(Texto, index=True)
    respuesta: Named[str] = Column(Texto)
    resuelta_en: Named[datetime | None] = Column(Instante)
    resuelta_por: Named[str | None] = Column(Texto)
    version: Named[int] = Column(Integer)


class ColumnasDeHecho(ConId):
    """Un hecho de la historia; solo se agregan. `id` es su número de orden, desde 1, sin huecos."""

    entidad: Named[str] = Column(Texto)
    entidad_id: Named[int] = Column(Numero)
    cuerpo: Named[str] = Column(Texto)
    previa: Named[str] = Column(Texto)
    huella: Named[str] = Column(Texto)


class ColumnasDePersonal(ConId):
    """Un dato personal de la historia: se puede borrar, no cambiar."""

    clave: Named[str] = Column(Texto, unique=True)
    sal: Named[str] = Column(Texto)
    valor: Named[str] = Column(Texto)


class ColumnasDeIdempotencia(ConId):
    """Un pedido ya atendido: su clave, la huella de lo que pedía y a qué dio lugar."""

    clave: Named[str] = Column(Texto, unique=True)
    pedido: Named[str] = Column(Texto)
    resultado: Named[int] = Column(Numero)
    cuando: Named[datetime] = Column(Instante)


caso = Table("caso", metadata, ColumnasDeCaso)
espacio = Table("espacio", metadata, ColumnasDeEspacio)
unidad_territorial = Table("unidad_territorial", metadata, ColumnasDeUnidad)
punto_focal = Table("punto_focal", metadata, ColumnasDePuntoFocal)
reunion = Table("reunion", metadata, ColumnasDeReunion, Index("ix_reunion_fecha", "fecha"))
catalogo = Table("catalogo", metadata, ColumnasDeCatalogo, UniqueConstraint("catalogo", "clave"))
hito = Table("hito", metadata, ColumnasDeHito)
evidencia = Table(
    "evidencia", metadata, ColumnasDeEvidencia, UniqueConstraint("compromiso_id", "sha256")
)
requerimiento = Table("requerimiento", metadata, ColumnasDeRequerimiento)
solicitud = Table("solicitud", metadata, ColumnasDeSolicitud)
historia = Table(
    "historia",
    metadata,
    ColumnasDeHecho,
    Index("ix_historia_entidad_entidad_id", "entidad", "entidad_id"),
)
personal = Table("personal", metadata, ColumnasDePersonal)
idempotencia = Table("idempotencia", metadata, ColumnasDeIdempotencia)
