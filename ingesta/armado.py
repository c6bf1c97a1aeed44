"""Arma el `Documento` a partir de bloques sueltos; aquí se cuentan todas las posiciones.

Los lectores entregan los bloques en orden de lectura, con posiciones contadas desde el inicio de
cada bloque. Los encabezados y pies pueden llegar en cualquier momento: van al final del texto.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ingesta.documento import (
    MARGINALES,
    Aviso,
    Bloque,
    Caja,
    Celda,
    Documento,
    Origen,
    Pagina,
    Palabra,
    Renglon,
    TipoBloque,
    Tramo,
)

BLANCOS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
INVISIBLES = re.compile("[\u00ad\u200b\u2060\ufeff]")
SUELTOS = re.compile("[\ud800-\udfff]")


def normalizar(texto: str) -> str:
    """Devuelve el texto en NFC, sin guiones opcionales ni espacios de ancho cero.

    Cambia por «\ufffd» los sustitutos sueltos, que no se pueden guardar en UTF-8.
    """
    return unicodedata.normalize("NFC", SUELTOS.sub("\ufffd", INVISIBLES.sub("", texto)))


def limpiar(texto: str) -> str:
    """Devuelve el texto normalizado en una línea: un espacio entre palabras y ninguno al borde."""
    return BLANCOS.sub(" ", normalizar(texto)).strip()


def confianza_media(palabras: Iterable[tuple[str, float | None]]) -> float | None:
    """Devuelve la media de las confianzas, en la que cada palabra pesa su largo; None si no hay."""
    pesos = [(c, len(texto)) for texto, c in palabras if c is not None]
    total = sum(largo for _, largo in pesos)
    return round(sum(c * largo for c, largo in pesos) / total, 3) if total else None


class Impresa(NamedTuple):
    """Palabra como se ve en la página; `confianza` (0 a 1) es la del OCR, si viene de él."""

    texto: str
    caja: Caja
    confianza: float | None = None


@dataclass(frozen=True, slots=True)
class Linea:
    """Una línea por escribir, ya pasada por `limpiar`.

    `union` es lo que la separa de la línea anterior de su bloque: « », «» (palabra partida con
    guion) o «\\n». `palabras` lleva las que se ven en la página, en el orden del texto.
    """

    texto: str
    union: str = " "
    palabras: tuple[Impresa, ...] = ()

    @classmethod
    def de_palabras(cls, palabras: Iterable[Impresa], union: str = " ") -> Linea:
        """Arma una línea impresa con sus palabras y las cajas de estas, separadas por espacios."""
        limpias = tuple(p._replace(texto=limpia) for p in palabras if (limpia := limpiar(p.texto)))
        return cls(" ".join(p.texto for p in limpias), union, limpias)


class Armador:
    """Junta bloques y avisos, y al final los convierte en un `Documento`."""

    def __init__(self) -> None:
        self._cuerpo: list[tuple[str, Bloque, tuple[Aviso, ...]]] = []
        self._margen: list[tuple[str, Bloque, tuple[Aviso, ...]]] = []

    def agregar(
        self,
        tipo: TipoBloque,
        contenido: str | Sequence[Linea],
        *,
        numero: str | None = None,
        nivel: int | None = None,
        celda: Celda | None = None,
        avisos: Iterable[Aviso] = (),
    ) -> None:
        """Agrega un bloque al final; si no tiene texto, lo omite.

        Los tramos de `avisos` se cuentan desde el inicio del bloque.
        """
        lineas = [Linea(limpiar(contenido))] if isinstance(contenido, str) else contenido
        texto, renglones = _escribir(lineas)
        if texto:
            bloque = Bloque(tipo, Tramo(0, len(texto)), renglones, numero, nivel, celda)
            destino = self._margen if tipo in MARGINALES else self._cuerpo
            destino.append((texto, bloque, tuple(avisos)))

    @property
    def tiene_texto(self) -> bool:
        """Dice si ya hay texto fuera de los encabezados y pies de página."""
        return bool(self._cuerpo)

    def documento(
        self,
        origen: Origen | None = None,
        paginas: Iterable[Pagina] = (),
        avisos: Iterable[Aviso] = (),
    ) -> Documento:
        """Devuelve el documento: primero los `avisos` generales y luego los de cada bloque."""
        partes: list[str] = []
        bloques: list[Bloque] = []
        todos = list(avisos)
        posicion = 0
        for texto, bloque, propios in [*self._cuerpo, *self._margen]:
            if bloques:
                partes.append(_separador(bloques[-1], bloque))
                posicion += 1
            bloques.append(_mover_bloque(bloque, posicion))
            todos += [_mover_aviso(a, posicion) for a in propios]
            partes.append(texto)
            posicion += len(texto)
        return Documento("".join(partes), tuple(bloques), origen, tuple(paginas), tuple(todos))


def _escribir(lineas: Sequence[Linea]) -> tuple[str, tuple[Renglon, ...]]:
    """Une las líneas que tienen texto y cuenta las posiciones desde el inicio del bloque."""
    partes: list[str] = []
    renglones: list[Renglon] = []
    posicion = 0
    for linea in lineas:
        if not linea.texto:
            continue
        union = linea.union if partes else ""
        partes += [union, linea.texto]
        posicion += len(union)
        renglones.append(_renglon(linea, posicion))
        posicion += len(linea.texto)
    return "".join(partes), tuple(renglones)


def _renglon(linea: Linea, posicion: int) -> Renglon:
    palabras: list[Palabra] = []
    desde = 0
    for texto, caja, confianza in linea.palabras:
        inicio = linea.texto.index(texto, desde)
        desde = inicio + len(texto)
        palabras.append(Palabra(Tramo(posicion + inicio, posicion + desde), caja, confianza))
    return Renglon(
        Tramo(posicion, posicion + len(linea.texto)),
        Caja.que_cubre(p.caja for p in palabras) if palabras else None,
        tuple(palabras),
        confianza_media((p.texto, p.confianza) for p in linea.palabras),
    )


def _separador(anterior: Bloque, bloque: Bloque) -> str:
    a, b = anterior.celda, bloque.celda
    misma_fila = a and b and (a.tabla, a.fila) == (b.tabla, b.fila)
    return "\t" if misma_fila else "\n"


def _mover_bloque(bloque: Bloque, desde: int) -> Bloque:
    renglones = tuple(
        replace(
            r,
            tramo=r.tramo.movido(desde),
            palabras=tuple(replace(p, tramo=p.tramo.movido(desde)) for p in r.palabras),
        )
        for r in bloque.renglones
    )
    return replace(bloque, tramo=bloque.tramo.movido(desde), renglones=renglones)


def _mover_aviso(aviso: Aviso, desde: int) -> Aviso:
    return replace(aviso, tramo=aviso.tramo.movido(desde)) if aviso.tramo else aviso
