"""Lee las tablas de un acta: qué papel tiene cada columna y qué celdas pueden ser ítems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingesta.documento import Bloque, Celda, Documento, Tramo
from nlp.correccion import corregir
from nlp.numeracion import leer_rotulo
from nlp.oraciones import datos
from nlp.plegado import plegar
from nlp.propuesta import FilaDeTabla, Seccion
from nlp.secciones import CON_ITEMS

CON_TEXTO = ("pedido", "acuerdo", "tarea")
"""Papeles de las columnas cuyas celdas pueden ser ítems."""

_MINIMO_DE_PALABRAS = 4


@dataclass(frozen=True, slots=True)
class CeldaDeItem:
    """Celda que puede ser un ítem, con su papel («pedido», «acuerdo», «tarea» o None)."""

    tramo: Tramo
    papel: str | None
    seccion: Seccion
    fila: FilaDeTabla
    numero: str | None


@dataclass(frozen=True, slots=True)
class _Casilla:
    celda: Celda
    tramo: Tramo
    texto: str


@lru_cache(maxsize=1)
def _papeles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (p, re.compile("|".join(f"(?:{a})" for a in c))) for p, c in datos()["columnas"].items()
    )


def papel_de_columna(titulo: str) -> str | None:
    """Devuelve el papel de una columna por su título («ENTIDAD RESPONSABLE» → «responsable»)."""
    plano = " ".join(plegar(titulo).replace("/", " / ").split()).strip(" .:*")
    claves = datos()["columnas_claves"]["claves"]
    for leido in dict.fromkeys((plano, corregir(plano, claves))):
        for papel, patron in _papeles():
            if patron.fullmatch(leido):
                return papel
    return None


def items_de_tabla(
    documento: Documento, bloques: Sequence[Bloque], seccion: Seccion
) -> Iterator[CeldaDeItem]:
    """Da las celdas que pueden ser ítems de una tabla que está en esa sección.

    Una celda combinada sobre varias filas vale para cada una y se da una sola vez.
    """
    casillas = list(_casillas(documento, bloques))
    titulos = _titulos(casillas)
    papeles = {c: papel_de_columna(t) for c, t in titulos.items()}
    if not titulos:
        yield from _sin_encabezado(casillas, seccion)
        return
    if not set(papeles.values()) & set(CON_TEXTO):
        return
    es_estado = "estado" in papeles.values() and (
        seccion is Seccion.ESTADO_DE_COMPROMISOS
        or ("plazo" not in papeles.values() and "pedido" not in papeles.values())
    )
    for casilla in casillas:
        columna = casilla.celda.columna
        papel = papeles.get(columna)
        es_titulo = casilla.celda.es_encabezado or casilla.texto == titulos.get(columna)
        if papel not in CON_TEXTO or es_titulo or not _dice_algo(casilla.texto):
            continue
        fila = _fila(casilla, casillas, titulos, papeles)
        propia = Seccion.ESTADO_DE_COMPROMISOS if es_estado else _seccion(papel, seccion)
        numero = fila.columnas.get("numero")
        yield CeldaDeItem(casilla.tramo, papel, propia, fila, _limpiar(numero))


def _casillas(documento: Documento, bloques: Iterable[Bloque]) -> Iterator[_Casilla]:
    """Junta los bloques de cada celda."""
    juntos: dict[tuple[int, int], tuple[Celda, Tramo]] = {}
    for bloque in bloques:
        if celda := bloque.celda:
            lugar = (celda.fila, celda.columna)
            inicio = juntos[lugar][1].inicio if lugar in juntos else bloque.tramo.inicio
            juntos[lugar] = (celda, Tramo(inicio, bloque.tramo.fin))
    for celda, tramo in juntos.values():
        yield _Casilla(celda, tramo, documento.fragmento(tramo))


def _titulos(casillas: Sequence[_Casilla]) -> dict[int, str]:
    """Devuelve el título de cada columna; si el lector no los halló, prueba con la primera fila."""
    hallados = {c.celda.columna: c.celda.titulo for c in casillas if c.celda.titulo}
    for c in casillas:
        if c.celda.es_encabezado:
            hallados.setdefault(c.celda.columna, c.texto)
    if hallados or not casillas:
        return hallados
    primera = min(c.celda.fila for c in casillas)
    candidatos = {c.celda.columna: c.texto for c in casillas if c.celda.fila == primera}
    papeles = [papel_de_columna(t) for t in candidatos.values()]
    return candidatos if sum(p is not None for p in papeles) >= 2 else {}


def _fila(
    propia: _Casilla,
    casillas: Sequence[_Casilla],
    titulos: Mapping[int, str],
    papeles: Mapping[int, str | None],
) -> FilaDeTabla:
    columnas: dict[str, str] = {}
    tramos: dict[str, Tramo] = {}
    for otra in casillas:
        c = otra.celda
        if otra is propia or not c.fila <= propia.celda.fila < c.fila + c.filas:
            continue
        nombre = papeles.get(c.columna) or plegar(titulos.get(c.columna, "")).strip(" .:")
        if nombre and nombre not in columnas and not c.es_encabezado:
            columnas[nombre], tramos[nombre] = otra.texto, otra.tramo
    return FilaDeTabla(propia.celda.tabla, propia.celda.fila, columnas, tramos)


def _seccion(papel: str, vigente: Seccion) -> Seccion:
    if papel == "pedido":
        return Seccion.PEDIDOS
    if vigente in (Seccion.TAREAS, Seccion.ESTADO_DE_COMPROMISOS):
        return vigente
    if papel == "tarea":
        return vigente if vigente in CON_ITEMS else Seccion.TAREAS
    return Seccion.ACUERDOS


def _sin_encabezado(casillas: Sequence[_Casilla], seccion: Seccion) -> Iterator[CeldaDeItem]:
    """Tabla sin títulos: «Acuerdo N° 1 | texto», o cuadros de texto dentro de una sección."""
    for casilla in casillas:
        c = casilla.celda
        vecina = next(
            (o for o in casillas if o.celda.fila == c.fila and o.celda.columna == c.columna - 1),
            None,
        )
        rotulo = leer_rotulo(vecina.texto.strip()) if vecina else None
        solo = vecina is not None and rotulo is not None and rotulo.fin >= len(vecina.texto.strip())
        anunciado = rotulo.acto if solo and rotulo else None
        en_seccion = seccion in CON_ITEMS and len(casilla.texto.split()) >= _MINIMO_DE_PALABRAS
        if not (anunciado in CON_TEXTO or en_seccion):
            continue
        propia = _seccion(anunciado, seccion) if anunciado in CON_TEXTO else seccion
        numero = rotulo.numero if solo and rotulo else None
        yield CeldaDeItem(casilla.tramo, anunciado, propia, FilaDeTabla(c.tabla, c.fila), numero)


def _dice_algo(texto: str) -> bool:
    return any(c.isalpha() for c in texto)


def _limpiar(numero: str | None) -> str | None:
    return (numero or "").strip(" .()°º:-–—") or None
