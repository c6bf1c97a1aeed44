"""Lo que acompaña a un compromiso: evidencias (archivos por su huella) e hitos."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from sqlalchemy import ColumnElement, select

from registro import borrador, tablas, tablas_vida
from registro.acta import LIMA, nombre_limpio
from registro.actores import Accion, Actor
from registro.base import Base
from registro.errores import DatoInvalido
from registro.escritura import agregar, cambiar, construir, fila_de
from registro.estados import ESTADOS
from registro.originales import Originales
from registro.permisos import exigir_en


@dataclass(frozen=True, slots=True)
class Evidencia:
    """Un archivo que sustenta algo; `fecha` es la del documento, si se dijo."""

    id: int
    compromiso_id: int
    sha256: str
    nombre: str
    bytes: int
    descripcion: str
    fecha: date | None
    subida_en: datetime


@dataclass(frozen=True, slots=True)
class Hito:
    """Un paso previsto; `fecha_cumplida` None es que falta. `reunion_id` es dónde se acordó."""

    id: int
    compromiso_id: int
    nombre: str
    fecha_prevista: date
    fecha_cumplida: date | None
    observacion: str
    version: int
    reunion_id: int | None


def agregar_evidencia(
    base: Base,
    originales: Originales,
    actor: Actor,
    compromiso_id: int,
    flujo: BinaryIO,
    nombre: str,
    ahora: datetime,
    *,
    descripcion: str = "",
    fecha: date | None = None,
) -> Evidencia:
    """Guarda el archivo y luego su fila; el mismo archivo dos veces es una sola evidencia.

    Raises:
        RegistroDesconocido, NoAutorizado, TransicionInvalida.
        ingesta.errores.ArchivoVacio, ingesta.errores.ArchivoDemasiadoGrande: no se guarda nada.
    """
    detalle = borrador.texto("descripcion", descripcion, borrador.LARGO_DE_DESCRIPCION) or ""
    with base.leer() as conexion:
        exigir_en(conexion, actor, Accion.SUSTENTAR, compromiso_id, bloquear=False)
    original = originales.guardar(flujo)
    tabla = tablas_vida.evidencia
    with base.escribir() as conexion:
        exigir_en(conexion, actor, Accion.SUSTENTAR, compromiso_id)
        misma = select(tabla).where(
            tabla.c.compromiso_id == compromiso_id, tabla.c.sha256 == original.sha256
        )
        fila = conexion.execute(misma).mappings().one_or_none()
        if fila is None:
            valores = {
                "compromiso_id": compromiso_id,
                "sha256": original.sha256,
                "nombre": nombre_limpio(nombre),
                "bytes": original.bytes,
                "descripcion": detalle,
                "fecha": fecha,
                "subida_en": ahora,
            }
            fila = agregar(conexion, actor, ahora, tabla, "evidencia_agregada", valores)
        return construir(Evidencia, fila)


def listar_evidencias(base: Base, compromiso_id: int) -> tuple[Evidencia, ...]:
    """Devuelve las evidencias de un compromiso, de la primera a la última."""
    tabla = tablas_vida.evidencia
    consulta = select(tabla).where(tabla.c.compromiso_id == compromiso_id).order_by(tabla.c.id)
    with base.leer() as conexion:
        return tuple(construir(Evidencia, fila) for fila in conexion.execute(consulta).mappings())


def ver_evidencia(base: Base, evidencia_id: int) -> Evidencia:
    """Devuelve una evidencia.

    Raises:
        CosaDesconocida: no existe.
    """
    with base.leer() as conexion:
        fila = fila_de(conexion, tablas_vida.evidencia, evidencia_id, bloquear=False)
        return construir(Evidencia, fila)


def agregar_hito(
    base: Base,
    actor: Actor,
    compromiso_id: int,
    nombre: str,
    prevista: date,
    ahora: datetime,
    *,
    reunion_id: int | None = None,
) -> Hito:
    """Anota un paso previsto; si se acordó en una reunión bimestral, lo anota quien la convoca.

    Raises:
        RegistroDesconocido, CosaDesconocida, NoAutorizado, TransicionInvalida, DatoInvalido.
    """
    valores = {
        "compromiso_id": compromiso_id,
        "nombre": borrador.texto_obligatorio("nombre", nombre),
        "fecha_prevista": prevista,
        "observacion": "",
        "version": 1,
        "reunion_id": reunion_id,
    }
    accion = Accion.ACTUALIZAR if reunion_id is None else Accion.REUNIR
    with base.escribir() as conexion:
        exigir_en(conexion, actor, accion, compromiso_id)
        if reunion_id is not None:
            fila_de(conexion, tablas_vida.reunion, reunion_id, bloquear=False)
        return construir(
            Hito, agregar(conexion, actor, ahora, tablas_vida.hito, "hito_agregado", valores)
        )


def cumplir_hito(
    base: Base,
    actor: Actor,
    hito_id: int,
    cumplida: date,
    version: int,
    ahora: datetime,
    observacion: str = "",
) -> Hito:
    """Anota el día en que se cumplió un hito.

    Raises:
        CosaDesconocida, NoAutorizado, VersionDesfasada.
        DatoInvalido: la fecha es de un día que no ha llegado.
    """
    if cumplida > ahora.astimezone(LIMA).date():
        raise DatoInvalido(
            "fecha_cumplida", "Esa fecha todavía no llega.", "Escriba el día en que se cumplió."
        )
    detalle = borrador.texto("observacion", observacion, borrador.LARGO_DE_DESCRIPCION) or ""
    tabla = tablas_vida.hito
    with base.escribir() as conexion:
        fila = fila_de(conexion, tabla, hito_id)
        exigir_en(conexion, actor, Accion.ACTUALIZAR, fila["compromiso_id"])
        valores = {"fecha_cumplida": cumplida, "observacion": detalle}
        nueva = cambiar(
            conexion, actor, ahora, tabla, fila, "hito_cumplido", valores, version=version
        )
        return construir(Hito, nueva)


def ver_hito(base: Base, hito_id: int) -> Hito:
    """Devuelve un hito.

    Raises:
        CosaDesconocida: no existe.
    """
    with base.leer() as conexion:
        return construir(Hito, fila_de(conexion, tablas_vida.hito, hito_id, bloquear=False))


def listar_hitos(base: Base, compromiso_id: int) -> tuple[Hito, ...]:
    """Devuelve los hitos de un compromiso, por fecha prevista."""
    return _hitos(base, tablas_vida.hito.c.compromiso_id == compromiso_id)


def hitos_de_reunion(base: Base, reunion_id: int) -> tuple[Hito, ...]:
    """Devuelve los hitos que se acordaron en una reunión, por fecha prevista."""
    return _hitos(base, tablas_vida.hito.c.reunion_id == reunion_id)


def hitos_por_cumplir(base: Base, hasta: date, limite: int) -> tuple[Hito, ...]:
    """Devuelve hasta `limite` hitos sin cumplir previstos a más tardar ese día.

    No cuentan los de un compromiso cerrado o que se sacó del registro.
    """
    columnas, compromiso = tablas_vida.hito.c, tablas.compromiso
    abiertos = select(compromiso.c.id).where(
        compromiso.c.vigente, compromiso.c.estado.in_([e for e, f in ESTADOS.items() if f.abierto])
    )
    return _hitos(
        base,
        columnas.fecha_cumplida.is_(None),
        columnas.fecha_prevista <= hasta,
        columnas.compromiso_id.in_(abiertos),
        limite=limite,
    )


def _hitos(
    base: Base, *condiciones: ColumnElement[bool], limite: int | None = None
) -> tuple[Hito, ...]:
    tabla = tablas_vida.hito
    consulta = select(tabla).where(*condiciones).order_by(tabla.c.fecha_prevista, tabla.c.id)
    with base.leer() as conexion:
        filas = conexion.execute(consulta.limit(limite)).mappings()
        return tuple(construir(Hito, fila) for fila in filas)
