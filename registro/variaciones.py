"""Solicitudes de variación: la SSGD pide a la SSGC cambiar lo registrado, en vez de un correo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import RowMapping, select

from registro import borrador, tablas, tablas_vida
from registro.actores import Accion, Actor, Oficina
from registro.base import Base
from registro.compromiso import Contenido, Responsable
from registro.errores import DatoInvalido, TransicionInvalida
from registro.escritura import agregar, cambiar, construir, fila_de
from registro.permisos import exigir_en
from registro.vida import variar_fila


class EstadoDeSolicitud(StrEnum):
    """En qué va una solicitud."""

    PENDIENTE = "pendiente"
    ACEPTADA = "aceptada"
    RECHAZADA = "rechazada"


@dataclass(frozen=True, slots=True)
class Solicitud:
    """Un pedido de cambiar `campos` (nombre → valor) de un compromiso, con su razón."""

    id: int
    compromiso_id: int
    campos: Mapping[str, Any]
    razon: str
    oficina: Oficina
    quien: str
    pedida_en: datetime
    estado: EstadoDeSolicitud
    respuesta: str
    resuelta_en: datetime | None
    resuelta_por: str | None
    version: int


def pedir_variacion(
    base: Base,
    actor: Actor,
    compromiso_id: int,
    campos: Mapping[str, object],
    razon: str,
    ahora: datetime,
) -> Solicitud:
    """Pide cambiar campos de un compromiso; no cambia nada todavía.

    Raises:
        RegistroDesconocido, NoAutorizado, TransicionInvalida.
        DatoInvalido: falta la razón, no se pide ningún cambio o un valor no se admite.
    """
    motivo = borrador.texto_obligatorio("razon", razon, borrador.LARGO_DE_DESCRIPCION)
    if not campos:
        raise DatoInvalido("campos", "No se pidió ningún cambio.", "Diga qué dato debe cambiar.")
    borrador.editar(Contenido(transcripcion="", denominacion="-"), campos)
    with base.escribir() as conexion:
        exigir_en(conexion, actor, Accion.PEDIR_VARIACION, compromiso_id)
        valores = {
            "compromiso_id": compromiso_id,
            "campos": {nombre: _simple(valor) for nombre, valor in campos.items()},
            "razon": motivo,
            "oficina": actor.oficina,
            "quien": actor.quien,
            "pedida_en": ahora,
            "estado": EstadoDeSolicitud.PENDIENTE,
            "respuesta": "",
            "version": 1,
        }
        tabla = tablas_vida.solicitud
        return _construir(agregar(conexion, actor, ahora, tabla, "variacion_pedida", valores))


def resolver_variacion(
    base: Base,
    actor: Actor,
    solicitud_id: int,
    *,
    aceptar: bool,
    respuesta: str,
    version: int,
    ahora: datetime,
) -> Solicitud:
    """Acepta la solicitud y aplica el cambio, o la rechaza; siempre con una respuesta.

    Raises:
        CosaDesconocida, NoAutorizado, VersionDesfasada.
        TransicionInvalida: ya se resolvió.
        DatoInvalido: falta la respuesta, o lo pedido ya no se admite.
    """
    dicho = borrador.texto_obligatorio("respuesta", respuesta, borrador.LARGO_DE_DESCRIPCION)
    tabla = tablas_vida.solicitud
    with base.escribir() as conexion:
        fila = fila_de(conexion, tabla, solicitud_id)
        exigir_en(conexion, actor, Accion.VARIAR, fila["compromiso_id"])
        if fila["estado"] != EstadoDeSolicitud.PENDIENTE:
            raise TransicionInvalida(f"La solicitud ya fue {fila['estado']}.")
        valores = {
            "estado": EstadoDeSolicitud.ACEPTADA if aceptar else EstadoDeSolicitud.RECHAZADA,
            "respuesta": dicho,
            "resuelta_en": ahora,
            "resuelta_por": actor.quien,
        }
        nueva = cambiar(
            conexion,
            actor,
            ahora,
            tabla,
            fila,
            "variacion_aceptada" if aceptar else "variacion_rechazada",
            valores,
            version=version,
        )
        if aceptar:
            compromiso = fila_de(conexion, tablas.compromiso, fila["compromiso_id"])
            variar_fila(conexion, actor, compromiso, fila["campos"], fila["razon"], ahora)
        return _construir(nueva)


def ver_solicitud(base: Base, solicitud_id: int) -> Solicitud:
    """Devuelve una solicitud.

    Raises:
        CosaDesconocida: no existe.
    """
    with base.leer() as conexion:
        return _construir(fila_de(conexion, tablas_vida.solicitud, solicitud_id, bloquear=False))


def listar_solicitudes(
    base: Base, *, compromiso_id: int | None = None, pendientes: bool = False
) -> tuple[Solicitud, ...]:
    """Devuelve las solicitudes, de la primera a la última."""
    tabla = tablas_vida.solicitud
    consulta = select(tabla).order_by(tabla.c.id)
    if compromiso_id is not None:
        consulta = consulta.where(tabla.c.compromiso_id == compromiso_id)
    if pendientes:
        consulta = consulta.where(tabla.c.estado == EstadoDeSolicitud.PENDIENTE)
    with base.leer() as conexion:
        return tuple(_construir(fila) for fila in conexion.execute(consulta).mappings())


def _construir(fila: RowMapping) -> Solicitud:
    return construir(Solicitud, fila, oficina=Oficina, estado=EstadoDeSolicitud)


def _simple(valor: object) -> object:
    if isinstance(valor, date):
        return valor.isoformat()
    if isinstance(valor, Responsable):
        return {"valor": valor.valor, "nivel": valor.nivel}
    if isinstance(valor, tuple | list):
        return [_simple(parte) for parte in valor]
    return valor
