"""La lista del registro: sus filas por páginas, cuántas son y los compromisos para exportar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union, union_all

from nlp.propuesta import Clase
from registro import repositorio, tablas
from registro.acta import REGISTRABLES
from registro.base import Base
from registro.compromiso import Compromiso, Registro
from registro.filas import a_registro
from registro.filtros import Filtros, busca_raices, condiciones
from registro.paginas import Pagina, leer_cursor, paginar


def listar_registros(
    base: Base,
    filtros: Filtros,
    *,
    cursor: str | None = None,
    limite: int = 50,
    saltar: int = 0,
) -> Pagina[Registro]:
    """Devuelve filas del registro: primero las del acta más reciente, y dentro en orden de lectura.

    `saltar` deja atrás esas filas desde el cursor, o desde la primera.

    Raises:
        DatoInvalido: el cursor no es de esta lista, o el tipo no existe.
    """
    clases = _clases(filtros)
    desde = leer_cursor(cursor, 2) if cursor else None
    hasta = limite + saltar + 1
    claves = union_all(
        *(_claves(base, clase, filtros, desde, hasta) for clase in clases)
    ).subquery()
    consulta = (
        select(claves)
        .order_by(claves.c.acta_id.desc(), claves.c.propuesta_id)
        .limit(limite + 1)
        .offset(saltar)
    )
    with base.leer() as conexion:
        halladas = conexion.execute(consulta).all()
        registros = {
            registro.propuesta_id: registro
            for clase in clases
            for registro in repositorio.registros_por_id(
                conexion, clase, [fila.id for fila in halladas if fila.clase == clase]
            )
        }
    filas = [registros[fila.propuesta_id] for fila in halladas]
    return paginar(filas, limite, lambda fila: (fila.acta_id, fila.propuesta_id))


def contar_registros(base: Base, filtros: Filtros) -> dict[Clase, int]:
    """Devuelve cuántas filas del registro pasan los filtros, por clase, sin las que no tienen.

    Raises:
        DatoInvalido: el tipo no existe.
    """
    cuentas = {}
    with base.leer() as conexion:
        for clase in _clases(filtros):
            _, tabla = repositorio.MODELOS[clase]
            pasan = condiciones(tabla, filtros, base.motor.dialect.name)
            consulta = select(func.count()).select_from(tabla).where(*pasan)
            cuentas[clase] = conexion.execute(consulta).scalar_one()
    return {clase: cuantas for clase, cuantas in cuentas.items() if cuantas}


def unidades_registradas(base: Base) -> tuple[str, ...]:
    """Devuelve las unidades territoriales que hay en el registro, en orden alfabético."""
    consulta = union(
        *(
            select(tabla.c.unidad_territorial).distinct()
            for _, tabla in repositorio.MODELOS.values()
        )
    )
    with base.leer() as conexion:
        return tuple(sorted(u for u in conexion.execute(consulta).scalars() if u))


def listar_compromisos(base: Base, filtros: Filtros | None = None) -> tuple[Compromiso, ...]:
    """Devuelve todos los compromisos, para exportar: por fecha de acta y orden de lectura.

    Los de actas sin fecha van al final.

    Raises:
        DatoInvalido: el tipo no existe.
    """
    tabla = tablas.compromiso
    consulta = (
        select(tabla)
        .where(*condiciones(tabla, filtros or Filtros(), base.motor.dialect.name))
        .order_by(tabla.c.fecha_acta.is_(None), tabla.c.fecha_acta, tabla.c.propuesta_id)
    )
    with base.leer() as conexion:
        filas = conexion.execute(consulta).mappings().all()
    return tuple(a_registro(Compromiso, fila) for fila in filas)


def _clases(filtros: Filtros) -> list[Clase]:
    return [filtros.clase] if filtros.clase else list(REGISTRABLES)


def _claves(
    base: Base, clase: Clase, filtros: Filtros, desde: Sequence[int] | None, hasta: int
) -> Select[Any]:
    """Da las primeras `hasta` claves de una clase; cada tabla se ordena con su índice."""
    _, tabla = repositorio.MODELOS[clase]
    columnas = tabla.c
    consulta = select(
        literal(clase.value).label("clase"), columnas.id, columnas.acta_id, columnas.propuesta_id
    ).where(*condiciones(tabla, filtros, base.motor.dialect.name))
    if desde:
        acta_id, propuesta_id = desde
        consulta = consulta.where(
            or_(
                columnas.acta_id < acta_id,
                and_(columnas.acta_id == acta_id, columnas.propuesta_id > propuesta_id),
            )
        )
    orden: ColumnElement[int] = columnas.acta_id
    if base.motor.dialect.name == "postgresql" and busca_raices(filtros):
        # «+ 0» no lo deja recorrer todo en orden a la espera de que aparezcan las pocas halladas.
        orden = columnas.acta_id + 0
    en_orden = consulta.order_by(orden.desc(), columnas.propuesta_id).limit(hasta)
    return select(en_orden.subquery())
