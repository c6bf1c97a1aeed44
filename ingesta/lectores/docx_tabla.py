"""Tablas de Word: rejilla, celdas combinadas y títulos de columna."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from ingesta.documento import Celda, TipoBloque
from ingesta.lectores.docx_texto import SALTO, BloqueLeido, Marca, Trozo, componer
from ingesta.lectores.docx_xml import (
    atributo,
    descendientes,
    encendido,
    entero,
    hijo,
    hijos,
    nombre,
)

MAYOR_COMBINACION = 200
"""Columnas que puede abarcar una celda; Word admite 63 columnas por tabla."""

MAYOR_TITULO = 60
"""Letras del título de columna más largo que se acepta."""

MENOR_ALTO = 60
"""Veinteavos de punto: en una fila que mide exactamente menos no se ve ninguna letra."""

ENVOLTURAS = {"w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo"}

TITULO_DE_COLUMNA = re.compile(
    r"(n[.º°]|nro|num|[ií]tem|tema|pedido|demanda|solicitud|acuerdo|compromiso|tarea|acci[oó]n|"
    r"actividad|descripci[oó]n|detalle|responsable|colaborador|entidad|instituci[oó]n|sector|"
    r"organizaci[oó]n|plazo|fecha|estado|situaci[oó]n|avance|observaci[oó]n|comentario|nombre|"
    r"apellido|cargo|dni|firma|representa|tel[eé]fono|correo|lugar|distrito|provincia|c[oó]digo|"
    r"cui|monto|presupuesto|financiamiento|medio)",
    re.IGNORECASE,
)
FECHA_O_DOS_PUNTOS = re.compile(r"\d{1,2}\s*(/|-|de )|:$")
"""Lo que tiene un dato («12/05/2026») o el rótulo de una ficha («Lugar:»), no un título."""


class Contenido(NamedTuple):
    """Lo que hay dentro de una celda; `anexos` va después de la celda."""

    trozos: list[Trozo]
    numero: str | None
    nivel: int | None
    negrita: bool
    anexos: list[BloqueLeido]


@dataclass(slots=True)
class CeldaLeida:
    """Celda con su lugar en la rejilla."""

    fila: int
    columna: int
    columnas: int
    contenido: Contenido
    filas: int = 1


@dataclass
class TablaLeida:
    """Celdas en orden y las filas que Word repite como encabezado."""

    destaca_primera: bool
    celdas: list[CeldaLeida] = field(default_factory=list)
    repetidas: int = 0

    @cached_property
    def encabezado(self) -> frozenset[int]:
        """Filas de títulos: las que Word repite o, si no, la primera que lo parece.

        Antes de ella puede haber filas de una sola celda, como el nombre de la tabla.
        """
        filas: dict[int, list[CeldaLeida]] = {}
        for celda in self.celdas:
            filas.setdefault(celda.fila, []).append(celda)
        ultima = max(filas, default=0)
        repetidas = range(self.repetidas)
        if self.repetidas <= ultima and any(len(filas.get(n, ())) > 1 for n in repetidas):
            return frozenset(repetidas)
        for fila, celdas in filas.items():
            if len(celdas) > 1:
                return frozenset({fila} if fila < ultima and self._son_titulos(celdas) else ())
        return frozenset()

    def bloques(self, tabla: int) -> Iterator[BloqueLeido]:
        """Devuelve un bloque por celda, cada uno seguido de sus anexos."""
        titulos = _Titulos(c for c in self.celdas if c.fila in self.encabezado)
        for c in self.celdas:
            es_titulo = c.fila in self.encabezado
            lugar = Celda(
                tabla,
                c.fila,
                c.columna,
                c.filas,
                c.columnas,
                es_titulo,
                None if es_titulo else titulos.de(c),
            )
            dentro = c.contenido
            yield BloqueLeido(TipoBloque.CELDA, dentro.trozos, dentro.numero, dentro.nivel, lugar)
            yield from dentro.anexos

    def _son_titulos(self, celdas: list[CeldaLeida]) -> bool:
        textos = [componer(c.contenido.trozos).texto for c in celdas]
        escritos = [t for t in textos if t]
        if len(escritos) < 2 or any(
            len(t) > MAYOR_TITULO or FECHA_O_DOS_PUNTOS.search(t) for t in escritos
        ):
            return False
        en_negrita = all(
            c.contenido.negrita for c, texto in zip(celdas, textos, strict=True) if texto
        )
        conocidos = sum(bool(TITULO_DE_COLUMNA.match(t)) for t in escritos)
        destacados = en_negrita or (self.destaca_primera and celdas[0].fila == 0)
        return destacados or (conocidos >= 2 and 2 * conocidos >= len(escritos))


class _Titulo(NamedTuple):
    """Título y las columnas que abarca, desde `inicio` hasta antes de `fin`."""

    inicio: int
    fin: int
    texto: str


class _Titulos:
    """Busca el título de la columna de una celda."""

    def __init__(self, celdas: Iterable[CeldaLeida]) -> None:
        self._filas: dict[int, list[_Titulo]] = {}
        for c in celdas:
            texto = componer(c.contenido.trozos).texto.replace("\n", " ")
            if texto:
                titulo = _Titulo(c.columna, c.columna + c.columnas, texto)
                self._filas.setdefault(c.fila, []).append(titulo)

    def de(self, celda: CeldaLeida) -> str | None:
        """Devuelve el título de la columna; con títulos en varias filas, «general / propio».

        No lo tiene una celda que abarca todas las columnas ni la que está antes de los títulos.
        """
        hallados = []
        fin = celda.columna + celda.columnas
        for fila, titulos in self._filas.items():
            abarca_todo = celda.columna <= titulos[0].inicio and titulos[-1].inicio < fin
            if celda.fila < fila or abarca_todo or len(titulos) < 2:
                continue
            i = bisect_right(titulos, celda.columna, key=lambda t: t.inicio) - 1
            if i >= 0 and celda.columna < titulos[i].fin:
                hallados.append(titulos[i].texto)
        return " / ".join(hallados) or None


def filas_de(tabla: etree._Element) -> tuple[list[etree._Element], list[str]]:
    """Devuelve las filas que quedan y el texto de las eliminadas con control de cambios."""
    quedan: list[etree._Element] = []
    eliminadas: list[str] = []
    for fila in _dentro(tabla, "w:tr"):
        if hijo(fila, "w:trPr", "w:del") is None:
            quedan.append(fila)
        else:
            textos = (e.text or "" for e in descendientes(fila, "w:t", "w:delText"))
            eliminadas.append(" ".join(textos))
    return quedan, eliminadas


def marcas_de(fila: etree._Element, celda: etree._Element) -> frozenset[Marca]:
    """Devuelve las marcas de lo escrito en una celda, por lo que dicen ella y su fila."""
    de_fila, de_celda = hijo(fila, "w:trPr"), hijo(celda, "w:tcPr")
    marcas: set[Marca] = set()
    if hijo(de_fila, "w:ins") is not None or hijo(de_celda, "w:cellIns") is not None:
        marcas.add(Marca.INSERTADO)
    alto = hijo(de_fila, "w:trHeight")
    sin_alto = atributo(alto, "w:hRule") == "exact" and entero(alto, MENOR_ALTO) < MENOR_ALTO
    if sin_alto or encendido(hijo(de_fila, "w:hidden")):
        marcas.add(Marca.OCULTO)
    return frozenset(marcas)


def celdas_de(fila: etree._Element) -> list[etree._Element]:
    """Devuelve las celdas de una fila, también las que están en controles de contenido."""
    return list(_dentro(fila, "w:tc"))


def leer_tabla(
    filas: list[etree._Element],
    leer_celda: Callable[[etree._Element, etree._Element], Contenido],
    destaca_primera: bool,
) -> TablaLeida:
    """Ubica las celdas en la rejilla; la que continúa a la de arriba la alarga.

    `leer_celda` recibe la fila y la celda.

    `destaca_primera` dice que el estilo de la tabla pone en negrita la primera fila.
    """
    tabla = TablaLeida(destaca_primera)
    arriba: dict[int, CeldaLeida] = {}
    for n, fila in enumerate(filas):
        propiedades = hijo(fila, "w:trPr")
        columna = _saltadas(propiedades)
        esta: dict[int, CeldaLeida] = {}
        for elemento in celdas_de(fila):
            rejilla = hijo(elemento, "w:tcPr")
            columnas = min(max(entero(hijo(rejilla, "w:gridSpan"), 1), 1), MAYOR_COMBINACION)
            contenido = leer_celda(fila, elemento)
            anterior = arriba.get(columna)
            if anterior and _continua(rejilla):
                anterior.filas += 1
                _sumar(anterior.contenido, contenido)
                esta[columna] = anterior
            else:
                esta[columna] = CeldaLeida(n, columna, columnas, contenido)
                tabla.celdas.append(esta[columna])
            columna += columnas
        arriba = esta
        if n == tabla.repetidas and encendido(hijo(propiedades, "w:tblHeader")):
            tabla.repetidas += 1
    return tabla


def _dentro(elemento: etree._Element, buscado: str) -> Iterator[etree._Element]:
    for h in hijos(elemento):
        if nombre(h) == buscado:
            yield h
        elif nombre(h) in ENVOLTURAS:
            yield from _dentro(h, buscado)


def _saltadas(propiedades: etree._Element | None) -> int:
    return min(max(entero(hijo(propiedades, "w:gridBefore"), 0), 0), MAYOR_COMBINACION)


def _continua(rejilla: etree._Element | None) -> bool:
    union = hijo(rejilla, "w:vMerge")
    return union is not None and atributo(union) != "restart"


def _sumar(celda: Contenido, resto: Contenido) -> None:
    """Agrega lo escrito en una celda tapada por la combinación, que en la hoja no se ve."""
    if any(t.texto.strip() for t in resto.trozos):
        celda.trozos.append(SALTO)
        celda.trozos.extend(t._replace(marcas=t.marcas | {Marca.OCULTO}) for t in resto.trozos)
    celda.anexos.extend(resto.anexos)
