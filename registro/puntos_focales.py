"""Los puntos focales: con quién atiende cada entidad las reuniones bimestrales."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from registro import borrador, tablas_vida
from registro.actores import Accion, Actor, exigir
from registro.base import Base
from registro.errores import DatoInvalido, TransicionInvalida
from registro.escritura import agregar, cambiar, construir, fila_de


@dataclass(frozen=True, slots=True)
class PuntoFocal:
    """Una persona y su cargo en la entidad; `vigente` es falso si ya no la representa."""

    id: int
    entidad: str
    nombre: str
    cargo: str
    vigente: bool
    version: int


def nombrar(
    base: Base, actor: Actor, entidad: str, nombre: str, cargo: str, ahora: datetime
) -> PuntoFocal:
    """Anota un punto focal.

    Raises:
        NoAutorizado.
        DatoInvalido: falta la entidad o el nombre, o ya está anotado.
    """
    exigir(actor, Accion.REUNIR, priorizado=False)
    valores = {
        "entidad": borrador.texto_obligatorio("entidad", entidad),
        "nombre": borrador.texto_obligatorio("nombre", nombre),
        "cargo": borrador.texto("cargo", cargo) or "",
        "vigente": True,
        "version": 1,
    }
    tabla = tablas_vida.punto_focal
    with base.escribir() as conexion:
        if any(
            p.nombre == valores["nombre"] for p in de_entidad(conexion, str(valores["entidad"]))
        ):
            raise DatoInvalido("nombre", "Ya es punto focal de esa entidad.", "Está en la lista.")
        fila = agregar(conexion, actor, ahora, tabla, "punto_focal_nombrado", valores)
        return construir(PuntoFocal, fila)


def retirar(
    base: Base, actor: Actor, punto_id: int, razon: str, version: int, ahora: datetime
) -> PuntoFocal:
    """Anota que una persona ya no es punto focal; sigue en las reuniones a las que asistió.

    Raises:
        CosaDesconocida, NoAutorizado, VersionDesfasada, DatoInvalido.
        TransicionInvalida: ya no lo era.
    """
    exigir(actor, Accion.REUNIR, priorizado=False)
    motivo = borrador.texto_obligatorio("razon", razon, borrador.LARGO_DE_DESCRIPCION)
    tabla = tablas_vida.punto_focal
    with base.escribir() as conexion:
        fila = fila_de(conexion, tabla, punto_id)
        if not fila["vigente"]:
            raise TransicionInvalida("Ya no es punto focal.")
        nueva = cambiar(
            conexion,
            actor,
            ahora,
            tabla,
            fila,
            "punto_focal_retirado",
            {"vigente": False},
            razon=motivo,
            version=version,
        )
        return construir(PuntoFocal, nueva)


def listar(base: Base) -> tuple[PuntoFocal, ...]:
    """Devuelve los puntos focales vigentes, por entidad y nombre."""
    tabla = tablas_vida.punto_focal
    consulta = select(tabla).where(tabla.c.vigente)
    with base.leer() as conexion:
        filas = conexion.execute(consulta.order_by(tabla.c.entidad, tabla.c.nombre)).mappings()
        return tuple(construir(PuntoFocal, fila) for fila in filas)


def por_numero(base: Base, numeros: Iterable[int]) -> dict[int, PuntoFocal]:
    """Devuelve esos puntos focales, vigentes o no, por su número."""
    tabla = tablas_vida.punto_focal
    consulta = select(tabla).where(tabla.c.id.in_(sorted(set(numeros))))
    with base.leer() as conexion:
        filas = conexion.execute(consulta).mappings()
        return {fila["id"]: construir(PuntoFocal, fila) for fila in filas}


def de_entidad(conexion: Connection, entidad: str) -> tuple[PuntoFocal, ...]:
    """Devuelve los puntos focales vigentes de una entidad, dentro de una transacción."""
    tabla = tablas_vida.punto_focal
    consulta = select(tabla).where(tabla.c.vigente, tabla.c.entidad == entidad)
    filas = conexion.execute(consulta.order_by(tabla.c.nombre, tabla.c.id)).mappings()
    return tuple(construir(PuntoFocal, fila) for fila in filas)
