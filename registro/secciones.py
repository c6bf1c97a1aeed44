"""Las tablas de los reportes: qué se cuenta y cómo, con el registro al empezar y al terminar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple, TypeAlias

from sqlalchemy import Connection, select

from nlp.propuesta import NivelDeGobierno, Tipo
from registro import tablas_vida
from registro.al_corte import AlCorte
from registro.compromiso import Compromiso
from registro.estados import ESTADOS, NO_SE_REPORTA, Estado
from registro.resumen import Cuentas, agrupar, contar, unidad_de_cuenta

REDUCIDOS: Final = ("Por iniciar", "En proceso", "Cumplido", "Incumplido")
SIN_RESPONSABLE: Final = "Sin responsable"
NIVELES: Final = {
    NivelDeGobierno.NACIONAL: "Nacional",
    NivelDeGobierno.REGIONAL: "Regional",
    NivelDeGobierno.LOCAL: "Local",
    NivelDeGobierno.NO_APLICA: "Empresa o sociedad civil",
    None: "Por determinar",
}

DE_TEXTO: Final = frozenset({
    "Unidad territorial",
    "Responsable",
    "Compromiso",
    "Entidad",
    "Nivel de gobierno",
})
"""Columnas que llevan texto y no una cuenta."""

Celda: TypeAlias = str | int | date | None
Fila: TypeAlias = tuple[Celda, ...]


@dataclass(frozen=True, slots=True)
class Seccion:
    """Una tabla con su título; `nota` dice cómo se contó. Sin filas, se dice que no hay."""

    titulo: str
    columnas: tuple[str, ...]
    filas: tuple[Fila, ...]
    nota: str = ""


class Datos(NamedTuple):
    """El registro al empezar y al terminar el periodo."""

    antes: AlCorte
    ahora: AlCorte
    conexion: Connection
    desde: date
    hasta: date


def _resumen(datos: Datos) -> Seccion:
    previos = {c.id: c for c in datos.antes.compromisos}
    grupos = agrupar(datos.ahora.compromisos, unidad_de_cuenta)
    filas: list[Fila] = [
        (unidad, *_movimiento(previos, suyos))
        for unidad, suyos in [*sorted(grupos.items()), ("Total", list(datos.ahora.compromisos))]
    ]
    return Seccion(
        "Resumen por unidad territorial",
        (
            "Unidad territorial",
            "Total",
            "Abiertos",
            "Cerrados",
            "Nuevos",
            "Se cerraron",
            "Se reabrieron",
        ),
        tuple(filas),
        "Nuevos: registrados en el periodo. Se cerraron y se reabrieron: de los que ya estaban.",
    )


def _movimiento(previos: dict[int, Compromiso], suyos: Sequence[Compromiso]) -> tuple[int, ...]:
    cuentas = contar(suyos)
    abiertos = {c.id: ESTADOS[c.estado].abierto for c in suyos}
    antes = {numero: ESTADOS[c.estado].abierto for numero, c in previos.items()}
    return (
        cuentas.total,
        cuentas.abiertos,
        cuentas.total - cuentas.abiertos,
        sum(numero not in antes for numero in abiertos),
        sum(not abierto and antes.get(numero, False) for numero, abierto in abiertos.items()),
        sum(abierto and not antes.get(numero, True) for numero, abierto in abiertos.items()),
    )


def _priorizados(datos: Datos) -> Seccion:
    suyos = [c for c in datos.ahora.compromisos if datos.ahora.priorizado(c)]
    nombres = tuple(ESTADOS[estado].nombre for estado in Estado)
    filas = _por_unidad(suyos, lambda cuentas: tuple(map(cuentas.en_estado, Estado)))
    titulos = ("Unidad territorial", *nombres, "Total")
    return Seccion("Espacios priorizados, por estado", titulos, filas)


def _no_priorizados(datos: Datos) -> Seccion:
    suyos = [c for c in datos.ahora.compromisos if not datos.ahora.priorizado(c)]
    filas = _por_unidad(suyos, lambda c: tuple(map(c.en_reducido, (*REDUCIDOS, None))))
    titulos = ("Unidad territorial", *REDUCIDOS, NO_SE_REPORTA, "Total")
    return Seccion(
        "Espacios no priorizados, por estado",
        titulos,
        filas,
        "También los compromisos sin espacio asignado. Los estados son los cuatro del Anexo 7.",
    )


def _tipos(datos: Datos) -> Seccion:
    filas = _por_unidad(
        datos.ahora.compromisos,
        lambda c: tuple(map(c.de_tipo, (Tipo.PIP, Tipo.ACTIVIDAD, None))),
    )
    titulos = ("Unidad territorial", "PIP", "Actividad", "Por determinar", "Total")
    return Seccion("Por tipo", titulos, filas)


def _por_unidad(
    compromisos: Sequence[Compromiso], columnas: Callable[[Cuentas], tuple[int, ...]]
) -> tuple[Fila, ...]:
    grupos: list[tuple[str, Sequence[Compromiso]]] = [
        *sorted(agrupar(compromisos, unidad_de_cuenta).items())
    ]
    if grupos:
        grupos.append(("Total", compromisos))
    return tuple(
        (unidad, *columnas(cuentas), cuentas.total)
        for unidad, suyos in grupos
        if (cuentas := contar(suyos))
    )


def _por_llenar(datos: Datos) -> Seccion:
    filas: tuple[Fila, ...] = tuple(
        (unidad, *(sum(map(falta, suyos)) for falta in _FALTA))
        for unidad, suyos in sorted(agrupar(_abiertos(datos), unidad_de_cuenta).items())
    )
    return Seccion(
        "Abiertos con datos por llenar",
        ("Unidad territorial", "Sin plazo", "Sin responsable", "Sin tipo", "Sin fecha del acta"),
        filas,
        "«Sin plazo» es sin texto de plazo ni fecha límite.",
    )


_FALTA: Final[tuple[Callable[[Compromiso], bool], ...]] = (
    lambda c: not (c.plazo_texto or c.fecha_limite),
    lambda c: not c.responsables,
    lambda c: c.tipo is None,
    lambda c: c.fecha_acta is None,
)


def _vencidos(datos: Datos) -> Seccion:
    hasta = datos.hasta
    suyos = [c for c in _abiertos(datos) if c.fecha_limite and c.fecha_limite <= hasta]
    suyos.sort(key=lambda c: (c.fecha_limite or hasta, c.id))
    filas = tuple(
        (
            c.id,
            c.fecha_limite,
            unidad_de_cuenta(c),
            "; ".join(q.valor for q in c.responsables) or SIN_RESPONSABLE,
            c.denominacion,
            ESTADOS[c.estado].nombre,
        )
        for c in suyos
    )
    titulos = ("N.º", "Fecha límite", "Unidad territorial", "Responsable", "Compromiso", "Estado")
    return Seccion("Abiertos con el plazo vencido", titulos, filas)


def _requerimientos(datos: Datos) -> Seccion:
    """Cuenta con las fechas de hoy: un requerimiento guarda cuándo se respondió."""
    tabla = tablas_vida.requerimiento
    consulta = select(tabla).where(tabla.c.enviado <= datos.hasta).order_by(tabla.c.entidad)
    cuentas: dict[str, list[int]] = {}
    for fila in datos.conexion.execute(consulta).mappings():
        respondido = fila["respondido"]
        falta = fila["estado"] == "abierto" or (respondido and respondido > datos.hasta)
        suyas = cuentas.setdefault(fila["entidad"], [0, 0, 0])
        suyas[0] += fila["enviado"] >= datos.desde
        suyas[1] += bool(respondido and datos.desde <= respondido <= datos.hasta)
        suyas[2] += bool(falta and fila["vence"] <= datos.hasta)
    titulos = ("Entidad", "Enviados", "Respondidos", "Vencidos sin respuesta")
    filas: tuple[Fila, ...] = tuple((entidad, *suyas) for entidad, suyas in cuentas.items())
    return Seccion("Requerimientos de información", titulos, filas)


def _abiertos(datos: Datos) -> list[Compromiso]:
    return [c for c in datos.ahora.compromisos if ESTADOS[c.estado].abierto]


def _por_nivel(datos: Datos) -> Seccion:
    return _desempenio(
        datos,
        "Desempeño por nivel de gobierno",
        "Nivel de gobierno",
        lambda c: {NIVELES[quien.nivel] for quien in c.responsables},
    )


def _por_responsable(datos: Datos) -> Seccion:
    return _desempenio(
        datos,
        "Desempeño por responsable",
        "Responsable",
        lambda c: {quien.valor for quien in c.responsables},
    )


def _desempenio(
    datos: Datos, titulo: str, columna: str, quienes: Callable[[Compromiso], Iterable[str]]
) -> Seccion:
    previos = {c.id: c for c in datos.antes.compromisos}
    grupos: dict[str, list[Compromiso]] = {}
    for compromiso in datos.ahora.compromisos:
        for quien in quienes(compromiso) or (SIN_RESPONSABLE,):
            grupos.setdefault(quien, []).append(compromiso)
    filas: list[Fila] = []
    for quien, suyos in sorted(grupos.items(), key=lambda par: (-len(par[1]), par[0])):
        cuentas = contar(suyos)
        _, abiertos, _, nuevos, cerrados, _ = _movimiento(previos, suyos)
        vencidos = sum(
            ESTADOS[c.estado].abierto
            and c.fecha_limite is not None
            and c.fecha_limite <= datos.hasta
            for c in suyos
        )
        filas.append((
            quien,
            *_cumplidos(cuentas, Tipo.ACTIVIDAD),
            *_cumplidos(cuentas, Tipo.PIP),
            cuentas.total,
            abiertos,
            vencidos,
            nuevos,
            cerrados,
        ))
    titulos = ("Activid.", "Cumpl.", "%", "PIP", "Cumpl.", "%")
    resto = ("Total", "Abiertos", "Vencidos", "Nuevos", "Se cerraron")
    nota = "Un compromiso con dos responsables se cuenta en cada uno: las filas no suman el total."
    return Seccion(titulo, (columna, *titulos, *resto), tuple(filas), nota)


def _cumplidos(cuentas: Cuentas, tipo: Tipo) -> tuple[int, int, str]:
    total, hechos = cuentas.de_tipo(tipo), cuentas.en_estado(Estado.CUMPLIDO, tipo=tipo)
    return total, hechos, f"{100 * hechos / total:.0f} %" if total else "—"


DEL_MENSUAL: Final = (
    _resumen,
    _priorizados,
    _no_priorizados,
    _tipos,
    _por_llenar,
    _vencidos,
    _requerimientos,
)
DEL_BIMESTRAL: Final = (_resumen, _por_nivel, _por_responsable, _vencidos, _requerimientos)
"""Las tablas de cada reporte, en su orden."""
