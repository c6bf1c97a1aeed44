"""El flujo del documento: franjas y cuadros de todas las páginas en orden de lectura."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from ingesta.lectores.pdf_avisos import avisar
from ingesta.lectores.pdf_columnas import ordenar
from ingesta.lectores.pdf_franjas import Franja, en_franjas
from ingesta.lectores.pdf_hoja import Hoja
from ingesta.lectores.pdf_marginales import (
    Marginal,
    PaginaPorRevisar,
    separar,
    separar_notas_al_pie,
)
from ingesta.lectores.pdf_palabras import Pieza
from ingesta.lectores.pdf_rayas import DibujoExcesivo
from ingesta.lectores.pdf_rejilla import leer_tablas
from ingesta.lectores.pdf_sin_rayas import Columnas, buscar
from ingesta.lectores.pdf_tabla import Tabla, con_encabezado, continuar, partir

EXTREMOS = 0.05
"""Parte de las franjas que se descarta a cada lado al medir los márgenes del texto."""

Elemento = Franja | Tabla
Margen = tuple[float, float]


@dataclass(slots=True)
class Flujo:
    """Lo que se lee seguido, y aparte las notas y los encabezados y pies de página."""

    elementos: list[Elemento] = field(default_factory=list)
    notas: list[list[Franja]] = field(default_factory=list)
    marginales: list[Marginal] = field(default_factory=list)

    @property
    def sueltas(self) -> list[Franja]:
        """Devuelve las franjas que no están en cuadros."""
        return [e for e in self.elementos if isinstance(e, Franja)]

    @property
    def en_cuadros(self) -> list[Franja]:
        """Devuelve las franjas de las celdas."""
        cuadros = [e for e in self.elementos if isinstance(e, Tabla)]
        return [f for cuadro in cuadros for c in cuadro.casillas for f in c.franjas]


@dataclass(frozen=True, slots=True)
class _Contenido:
    """Cuadros y palabras sueltas de una página, ya sin marginales."""

    tablas: list[Tabla]
    sueltas: list[Pieza]
    ancho: float


def ordenar_paginas(hojas: Sequence[Hoja]) -> Flujo:
    """Ordena todo lo leído; las hojas cuyos cuadros no se pudieron examinar quedan avisadas."""
    tablas = [_tablas_con_rayas(hoja) for hoja in hojas]
    marginales, apartadas = separar([
        PaginaPorRevisar(h.alto, h.piezas, t) for h, t in zip(hojas, tablas, strict=True)
    ])
    contenidos = list(_contenidos(hojas, tablas, apartadas))
    margenes = _margenes(contenidos)
    altos = [p.caja.abajo - p.caja.arriba for c in contenidos for p in c.sueltas]
    flujo = Flujo(marginales=marginales)
    for contenido in contenidos:
        sueltas = contenido.sueltas
        margen = margenes[round(contenido.ancho)]
        for tabla in sorted(contenido.tablas, key=lambda t: (t.caja.arriba, t.caja.x0)):
            antes = [p for p in sueltas if _centro(p) < tabla.caja.arriba]
            sueltas = [p for p in sueltas if _centro(p) >= tabla.caja.arriba]
            flujo.elementos += ordenar(antes, margen)
            _agregar_tabla(flujo.elementos, tabla)
        final, notas = separar_notas_al_pie(ordenar(sueltas, margen), median(altos or [0.0]))
        flujo.elementos += final
        flujo.notas += notas
    flujo.notas += [nota for hoja in hojas for nota in hoja.notas]
    return flujo


def _centro(pieza: Pieza) -> float:
    return (pieza.caja.arriba + pieza.caja.abajo) / 2


def _tablas_con_rayas(hoja: Hoja) -> list[Tabla]:
    try:
        tablas = leer_tablas(hoja.rayas, hoja.piezas, hoja.numero)
    except DibujoExcesivo:
        hoja.avisos.append(avisar("tablas_sin_examinar", hoja.numero))
        return []
    return [trozo for tabla in tablas for trozo in partir(tabla)]


def _contenidos(
    hojas: Sequence[Hoja], tablas: Sequence[list[Tabla]], apartadas: set[int]
) -> Iterator[_Contenido]:
    """Produce el contenido de cada página, con los cuadros sin rayas ya reconocidos."""
    previas: Columnas | None = None
    for hoja, propias in zip(hojas, tablas, strict=True):
        quedan = [t for t in propias if not _identidades(t) & apartadas]
        tomadas = apartadas.union(*map(_identidades, quedan))
        sueltas = [p for p in hoja.piezas if id(p) not in tomadas]
        halladas = buscar(sueltas, hoja.rayas, previas if not quedan else None)
        en_cuadros = set[int]().union(*(_identidades(h.tabla) for h in halladas))
        previas = None
        if halladas:
            fin = max(p.caja.abajo for p in hoja.piezas if id(p) not in apartadas)
            ultima = halladas[-1]
            previas = ultima.columnas if ultima.tabla.caja.abajo >= fin - 1 else None
        yield _Contenido(
            [*map(con_encabezado, quedan), *(h.tabla for h in halladas)],
            [p for p in sueltas if id(p) not in en_cuadros],
            hoja.medidas[0],
        )


def _identidades(tabla: Tabla) -> set[int]:
    return {id(p) for c in tabla.casillas for f in c.franjas for p in f.piezas}


def _margenes(contenidos: Sequence[_Contenido]) -> dict[int, Margen]:
    """Devuelve los bordes del texto de las páginas de cada ancho, sin las franjas extremas."""
    franjas: dict[int, list[Franja]] = {}
    for c in contenidos:
        franjas.setdefault(round(c.ancho), []).extend(en_franjas(c.sueltas))
    return {ancho: _margen(propias, ancho) for ancho, propias in franjas.items()}


def _margen(franjas: list[Franja], ancho: int) -> Margen:
    if not franjas:
        return 0.0, float(ancho)
    descarte = int(EXTREMOS * len(franjas))
    return (
        sorted(f.caja.x0 for f in franjas)[descarte],
        sorted(f.caja.x1 for f in franjas)[-1 - descarte],
    )


def _agregar_tabla(elementos: list[Elemento], tabla: Tabla) -> None:
    """Agrega el cuadro al flujo, o lo une al que lo precede si es su continuación."""
    anterior = elementos[-1] if elementos else None
    if isinstance(anterior, Tabla):
        unida = continuar(anterior, tabla)
        if unida is not None:
            elementos[-1] = unida
            return
    elementos.append(tabla)
