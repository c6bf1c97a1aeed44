"""Requerimientos de información y sus relojes (protocolo 7.3.4).

Que un requerimiento venza propone «sin información»; no cambia nada: lo decide una persona.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, select

from registro import borrador, tablas, tablas_vida
from registro.acta import LIMA
from registro.actores import Accion, Actor
from registro.base import Base
from registro.errores import DatoInvalido, TransicionInvalida
from registro.escritura import agregar, cambiar, construir, fila_de
from registro.estados import ESTADOS, Estado
from registro.permisos import exigir_en
from registro.relojes import DIAS_DE_ENTIDAD_NACIONAL, Unidad, vencimiento

TOPE_DE_DIAS: Final = 365
"""Un plazo mayor es, casi siempre, un error de escritura."""


class EstadoDeRequerimiento(StrEnum):
    """Abierto mientras corre; «detenido» no vence."""

    ABIERTO = "abierto"
    RESPONDIDO = "respondido"
    DETENIDO = "detenido"


_ABIERTO: Final = tablas_vida.requerimiento.c.estado == EstadoDeRequerimiento.ABIERTO


@dataclass(frozen=True, slots=True)
class Requerimiento:
    """Un pedido de información a una entidad sobre un compromiso. `vence` cuenta las prórrogas."""

    id: int
    compromiso_id: int
    entidad: str
    documento: str
    enviado: date
    dias: int
    unidad: Unidad
    vence: date
    recordatorios: int
    estado: EstadoDeRequerimiento
    respondido: date | None
    respuesta: str
    version: int

    @property
    def explicacion(self) -> str:
        """Devuelve en una línea cómo se contó `vence`."""
        cuenta = vencimiento(self.enviado, self.dias, self.unidad)
        if cuenta.fecha == self.vence:
            return cuenta.explicacion
        return f"{cuenta.explicacion} Con prórroga: hasta el {self.vence:%d/%m/%Y}."

    def vencido(self, hoy: date) -> bool:
        """Dice si sigue abierto y su último día ya pasó."""
        return self.estado is EstadoDeRequerimiento.ABIERTO and self.vence < hoy


@dataclass(frozen=True, slots=True)
class NuevoRequerimiento:
    """Lo que se pide. Sin `dias`, es a una entidad nacional: 10 días calendario."""

    compromiso_id: int
    entidad: str
    documento: str
    enviado: date
    dias: int | None = None
    unidad: Unidad = Unidad.CALENDARIO


def requerir(base: Base, actor: Actor, nuevo: NuevoRequerimiento, ahora: datetime) -> Requerimiento:
    """Registra un requerimiento ya enviado y calcula cuándo vence.

    Raises:
        RegistroDesconocido, NoAutorizado, TransicionInvalida.
        DatoInvalido: falta un dato, el plazo no es de 1 a 365 días o la fecha no ha llegado.
    """
    dias = DIAS_DE_ENTIDAD_NACIONAL if nuevo.dias is None else _dias(nuevo.dias)
    if nuevo.enviado > ahora.astimezone(LIMA).date():
        raise DatoInvalido("enviado", "Esa fecha todavía no llega.", "Escriba cuándo se envió.")
    valores = {
        "compromiso_id": nuevo.compromiso_id,
        "entidad": borrador.texto_obligatorio("entidad", nuevo.entidad),
        "documento": borrador.texto_obligatorio("documento", nuevo.documento),
        "enviado": nuevo.enviado,
        "dias": dias,
        "unidad": nuevo.unidad,
        "vence": vencimiento(nuevo.enviado, dias, nuevo.unidad).fecha,
        "recordatorios": 0,
        "estado": EstadoDeRequerimiento.ABIERTO,
        "respuesta": "",
        "version": 1,
    }
    with base.escribir() as conexion:
        fila = exigir_en(conexion, actor, Accion.REQUERIR, nuevo.compromiso_id)
        if not ESTADOS[Estado(fila["estado"])].abierto:
            raise TransicionInvalida("El compromiso está cerrado: ya no se requiere información.")
        return _construir(
            agregar(conexion, actor, ahora, tablas_vida.requerimiento, "requerido", valores)
        )


def recordar(
    base: Base, actor: Actor, requerimiento_id: int, version: int, ahora: datetime
) -> Requerimiento:
    """Anota que se envió un recordatorio; no cambia el plazo."""
    with base.escribir() as conexion:
        fila = _abierto(conexion, actor, requerimiento_id)
        return _cambiar(
            conexion,
            actor,
            ahora,
            fila,
            "recordado",
            {"recordatorios": fila.recordatorios + 1},
            version,
        )


def prorrogar(
    base: Base,
    actor: Actor,
    requerimiento_id: int,
    dias: int,
    razon: str,
    version: int,
    ahora: datetime,
) -> Requerimiento:
    """Suma días, de la misma clase, al vencimiento.

    Raises:
        CosaDesconocida, NoAutorizado, VersionDesfasada.
        TransicionInvalida: ya no está abierto.
        DatoInvalido: falta la razón o los días no son de 1 a 365.
    """
    motivo = borrador.texto_obligatorio("razon", razon)
    with base.escribir() as conexion:
        fila = _abierto(conexion, actor, requerimiento_id)
        vence = vencimiento(fila.vence, _dias(dias), fila.unidad).fecha
        return _cambiar(
            conexion, actor, ahora, fila, "prorrogado", {"vence": vence}, version, motivo
        )


def detener(
    base: Base, actor: Actor, requerimiento_id: int, razon: str, version: int, ahora: datetime
) -> Requerimiento:
    """Detiene el reloj, por ejemplo porque el compromiso se suspendió."""
    motivo = borrador.texto_obligatorio("razon", razon)
    valores = {"estado": EstadoDeRequerimiento.DETENIDO}
    with base.escribir() as conexion:
        fila = _abierto(conexion, actor, requerimiento_id)
        return _cambiar(conexion, actor, ahora, fila, "detenido", valores, version, motivo)


def responder(
    base: Base,
    actor: Actor,
    requerimiento_id: int,
    respondido: date,
    respuesta: str,
    version: int,
    ahora: datetime,
) -> Requerimiento:
    """Anota la respuesta de la entidad y el día en que llegó."""
    valores = {
        "estado": EstadoDeRequerimiento.RESPONDIDO,
        "respondido": respondido,
        "respuesta": borrador.texto_obligatorio(
            "respuesta", respuesta, borrador.LARGO_DE_DESCRIPCION
        ),
    }
    with base.escribir() as conexion:
        fila = _abierto(conexion, actor, requerimiento_id)
        return _cambiar(conexion, actor, ahora, fila, "respondido", valores, version)


def listar_requerimientos(
    base: Base, compromiso_id: int | None = None
) -> tuple[Requerimiento, ...]:
    """Devuelve los requerimientos, de un compromiso o todos, por vencimiento."""
    columnas = tablas_vida.requerimiento.c
    del_compromiso = () if compromiso_id is None else (columnas.compromiso_id == compromiso_id,)
    return _listar(base, columnas.vence, *del_compromiso)


def ver_requerimiento(base: Base, requerimiento_id: int) -> Requerimiento:
    """Devuelve un requerimiento.

    Raises:
        CosaDesconocida: no existe.
    """
    with base.leer() as conexion:
        tabla = tablas_vida.requerimiento
        return _construir(fila_de(conexion, tabla, requerimiento_id, bloquear=False))


def recien_vencidos(base: Base, hoy: date, dias: int) -> tuple[Requerimiento, ...]:
    """Devuelve los abiertos cuyo plazo pasó hace `dias` o menos: primero los últimos."""
    columnas = tablas_vida.requerimiento.c
    hace = columnas.vence.between(hoy - timedelta(days=dias), hoy - timedelta(days=1))
    return _listar(base, columnas.vence.desc(), _ABIERTO, hace)


def vencidos(base: Base, hoy: date) -> tuple[Requerimiento, ...]:
    """Devuelve los abiertos cuyo plazo ya pasó: primero los recién vencidos."""
    columnas = tablas_vida.requerimiento.c
    return _listar(base, columnas.vence.desc(), _ABIERTO, columnas.vence < hoy)


def por_vencer(base: Base, hoy: date, dias: int) -> tuple[Requerimiento, ...]:
    """Devuelve los abiertos que vencen desde hoy hasta dentro de `dias`, por vencimiento."""
    columnas = tablas_vida.requerimiento.c
    hasta = hoy + timedelta(days=dias)
    return _listar(base, columnas.vence, _ABIERTO, columnas.vence.between(hoy, hasta))


def proponer_sin_informacion(base: Base, hoy: date) -> tuple[int, ...]:
    """Devuelve los compromisos abiertos con un requerimiento vencido que no están sin información.

    Solo propone: el cambio lo hace una persona con `vida.cambiar_estado`.
    """
    tabla, pedidos = tablas.compromiso, tablas_vida.requerimiento
    abiertos = [e for e, f in ESTADOS.items() if f.abierto and e is not Estado.SIN_INFORMACION]
    con_vencido = select(pedidos.c.compromiso_id).where(_ABIERTO, pedidos.c.vence < hoy)
    consulta = (
        select(tabla.c.id)
        .where(tabla.c.vigente, tabla.c.estado.in_(abiertos), tabla.c.id.in_(con_vencido))
        .order_by(tabla.c.id)
    )
    with base.leer() as conexion:
        return tuple(conexion.execute(consulta).scalars())


def _listar(
    base: Base, orden: ColumnElement[Any], *condiciones: ColumnElement[bool]
) -> tuple[Requerimiento, ...]:
    tabla = tablas_vida.requerimiento
    consulta = select(tabla).where(*condiciones).order_by(orden, tabla.c.id)
    with base.leer() as conexion:
        return tuple(_construir(fila) for fila in conexion.execute(consulta).mappings())


def _dias(dias: int) -> int:
    if not 1 <= dias <= TOPE_DE_DIAS:
        raise DatoInvalido(
            "dias", f"{dias} días no es un plazo.", f"Escriba de 1 a {TOPE_DE_DIAS} días."
        )
    return dias


def _abierto(conexion: Connection, actor: Actor, numero: int) -> Requerimiento:
    fila = _construir(fila_de(conexion, tablas_vida.requerimiento, numero))
    exigir_en(conexion, actor, Accion.REQUERIR, fila.compromiso_id)
    if fila.estado is not EstadoDeRequerimiento.ABIERTO:
        raise TransicionInvalida(f"El requerimiento ya está {fila.estado}.")
    return fila


def _cambiar(
    conexion: Connection,
    actor: Actor,
    ahora: datetime,
    fila: Requerimiento,
    que: str,
    valores: Mapping[str, object],
    version: int,
    razon: str = "",
) -> Requerimiento:
    tabla = tablas_vida.requerimiento
    actual = fila_de(conexion, tabla, fila.id)
    return _construir(
        cambiar(conexion, actor, ahora, tabla, actual, que, valores, razon=razon, version=version)
    )


def _construir(fila: RowMapping) -> Requerimiento:
    return construir(Requerimiento, fila, unidad=Unidad, estado=EstadoDeRequerimiento)
