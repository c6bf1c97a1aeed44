"""Consultas de solo lectura para las páginas y las exportaciones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import (
    Connection,
    Subquery,
    and_,
    case,
    func,
    select,
)

from lineamientos.contrato import ResultadoJson
from nlp.propuesta import Clase
from registro import repositorio, tablas
from registro.acta import REGISTRABLES, Acta, Decision, PropuestaGuardada
from registro.base import Base
from registro.compromiso import Registro
from registro.errores import RegistroDesconocido
from registro.filas import a_acta, a_decision, a_propuesta
from registro.flujo import POR_ANALIZAR
from registro.paginas import Pagina, leer_cursor, paginar


@dataclass(frozen=True, slots=True)
class FilaDeActa:
    """Un acta con cuántos ítems tiene, cuántos se decidieron y cuántos faltan.

    `pendientes` cuenta pedidos, compromisos y tareas; un «otro» sin decidir no está pendiente.
    """

    acta: Acta
    items: int
    decididos: int
    pendientes: int


@dataclass(frozen=True, slots=True)
class ItemDelActa:
    """Una propuesta con su última decisión; `version` es la que pide `NuevaDecision`."""

    propuesta: PropuestaGuardada
    decision: Decision | None

    @property
    def version(self) -> int:
        """Devuelve cuántas decisiones tiene."""
        return self.decision.version if self.decision else 0


def listar_actas(base: Base, *, cursor: str | None = None, limite: int = 50) -> Pagina[FilaDeActa]:
    """Devuelve las actas, de la última recibida a la primera.

    Raises:
        DatoInvalido: el cursor no es de esta lista.
    """
    cuentas = _cuentas_por_acta()
    consulta = (
        select(
            *repositorio.COLUMNAS_DE_ACTA,
            *(
                func.coalesce(cuentas.c[n], 0).label(n)
                for n in ("items", "decididos", "pendientes")
            ),
        )
        .outerjoin(cuentas, cuentas.c.acta_id == tablas.acta.c.id)
        .order_by(tablas.acta.c.id.desc())
        .limit(limite + 1)
    )
    if cursor:
        consulta = consulta.where(tablas.acta.c.id < leer_cursor(cursor, 1)[0])
    with base.leer() as conexion:
        filas = [
            FilaDeActa(a_acta(f), f["items"], f["decididos"], f["pendientes"])
            for f in conexion.execute(consulta).mappings()
        ]
    return paginar(filas, limite, lambda fila: (fila.acta.id,))


def ver_acta(base: Base, acta_id: int) -> Acta:
    """Devuelve un acta.

    Raises:
        ActaDesconocida: no existe.
    """
    with base.leer() as conexion:
        return repositorio.acta_por_id(conexion, acta_id)


def actas_por_analizar(base: Base) -> tuple[int, ...]:
    """Devuelve los números de las actas que faltan analizar, en orden de llegada."""
    tabla = tablas.acta
    consulta = select(tabla.c.id).where(tabla.c.estado.in_(POR_ANALIZAR)).order_by(tabla.c.id)
    with base.leer() as conexion:
        return tuple(conexion.execute(consulta).scalars())


def ver_resultado(base: Base, acta_id: int) -> ResultadoJson | None:
    """Devuelve el resultado del análisis tal como se recibió, o None si aún no se analiza.

    Raises:
        ActaDesconocida: no existe.
    """
    consulta = select(tablas.acta.c.resultado).where(tablas.acta.c.id == acta_id)
    with base.leer() as conexion:
        repositorio.acta_por_id(conexion, acta_id)
        resultado = conexion.execute(consulta).scalar_one()
        if resultado is None:
            return None
        items = [propuesta.item for propuesta in _propuestas(conexion, acta_id)]
    return cast(ResultadoJson, {**resultado, "items": items})


def listar_items(base: Base, acta_id: int) -> tuple[ItemDelActa, ...]:
    """Devuelve los ítems del acta en orden de lectura, con su decisión.

    Raises:
        ActaDesconocida: no existe.
    """
    del_acta = select(tablas.propuesta.c.id).where(tablas.propuesta.c.acta_id == acta_id)
    tabla = tablas.decision
    consulta = select(tabla).where(tabla.c.propuesta_id.in_(del_acta)).order_by(tabla.c.version)
    with base.leer() as conexion:
        repositorio.acta_por_id(conexion, acta_id)
        propuestas = _propuestas(conexion, acta_id)
        filas = conexion.execute(consulta).mappings()
        ultimas = {fila["propuesta_id"]: a_decision(fila) for fila in filas}
    return tuple(ItemDelActa(p, ultimas.get(p.id)) for p in propuestas)


def items_de(base: Base, propuestas: Sequence[int]) -> dict[int, ItemDelActa]:
    """Devuelve los ítems de esas propuestas, por su número, con su decisión."""
    tabla = tablas.decision
    ultima = select(func.max(tabla.c.id)).group_by(tabla.c.propuesta_id)
    with base.leer() as conexion:
        halladas = conexion.execute(
            select(tablas.propuesta).where(tablas.propuesta.c.id.in_(propuestas))
        ).mappings()
        guardadas = [a_propuesta(fila) for fila in halladas]
        filas = conexion.execute(
            select(tabla).where(tabla.c.id.in_(ultima.where(tabla.c.propuesta_id.in_(propuestas))))
        ).mappings()
        ultimas = {fila["propuesta_id"]: a_decision(fila) for fila in filas}
    return {p.id: ItemDelActa(p, ultimas.get(p.id)) for p in guardadas}


def ver_registro(base: Base, clase: Clase, registro_id: int) -> Registro:
    """Devuelve un pedido, compromiso o tarea.

    Raises:
        RegistroDesconocido: no existe.
    """
    with base.leer() as conexion:
        hallados = (
            repositorio.registros_por_id(conexion, clase, [registro_id])
            if clase in REGISTRABLES
            else ()
        )
    if not hallados:
        raise RegistroDesconocido(f"No hay un registro de {clase} con el número {registro_id}.")
    return hallados[0]


def _cuentas_por_acta() -> Subquery:
    tabla = tablas.propuesta
    decidida = tabla.c.id.in_(select(tablas.decision.c.propuesta_id))
    pendiente = and_(tabla.c.clase.in_(REGISTRABLES), ~decidida)
    return (
        select(
            tabla.c.acta_id,
            func.count().label("items"),
            func.sum(case((decidida, 1), else_=0)).label("decididos"),
            func.sum(case((pendiente, 1), else_=0)).label("pendientes"),
        )
        .group_by(tabla.c.acta_id)
        .subquery()
    )


def _propuestas(conexion: Connection, acta_id: int) -> list[PropuestaGuardada]:
    tabla = tablas.propuesta
    consulta = select(tabla).where(tabla.c.acta_id == acta_id).order_by(tabla.c.orden)
    return [a_propuesta(fila) for fila in conexion.execute(consulta).mappings()]
