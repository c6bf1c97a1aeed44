"""Palabras que van a una misma altura, de izquierda a derecha."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from statistics import median

from ingesta.armado import confianza_media
from ingesta.documento import Caja
from ingesta.lectores.pdf_palabras import Pieza


@dataclass(frozen=True)
class Franja:
    """Palabras seguidas a una misma altura; `margen` son los bordes de la columna en que están."""

    piezas: tuple[Pieza, ...]
    margen: tuple[float, float] = (0.0, 0.0)

    @cached_property
    def caja(self) -> Caja:
        """Devuelve la caja que cubre las palabras."""
        return Caja.que_cubre(p.caja for p in self.piezas)

    @cached_property
    def texto(self) -> str:
        """Devuelve las palabras separadas por un espacio."""
        return " ".join(p.texto for p in self.piezas)

    @cached_property
    def alto(self) -> float:
        """Devuelve el alto de la letra, en puntos."""
        return median(p.caja.abajo - p.caja.arriba for p in self.piezas)

    @cached_property
    def negrita(self) -> bool:
        """Dice si todas las palabras con letras van en negrita."""
        con_letras = [p for p in self.piezas if any(c.isalpha() for c in p.texto)]
        return bool(con_letras) and all(p.negrita for p in con_letras)

    @property
    def confianza(self) -> float | None:
        """Devuelve la media de las palabras que vienen del OCR, o None si ninguna."""
        return confianza_media((p.texto, p.confianza) for p in self.piezas)

    def con_margen(self, izquierda: float, derecha: float) -> Franja:
        """Devuelve la misma franja puesta en una columna."""
        return replace(self, margen=(izquierda, derecha))


def en_franjas(piezas: Iterable[Pieza]) -> list[Franja]:
    """Agrupa las palabras por altura, de arriba abajo, y las ordena de izquierda a derecha."""
    grupos: list[list[Pieza]] = []
    centro = -1.0
    for pieza in sorted(piezas, key=lambda p: (p.caja.arriba + p.caja.abajo, p.caja.x0)):
        medio = (pieza.caja.arriba + pieza.caja.abajo) / 2
        if grupos and medio - centro <= (pieza.caja.abajo - pieza.caja.arriba) * 0.45:
            grupos[-1].append(pieza)
        else:
            grupos.append([pieza])
            centro = medio
    return [Franja(tuple(sorted(g, key=lambda p: p.caja.x0))) for g in grupos]


def partir_por_huecos(franja: Franja, hueco: float) -> list[Franja]:
    """Parte la franja donde el blanco entre dos palabras llega a `hueco` puntos."""
    numero = 0
    marcas = [0]
    for a, b in zip(franja.piezas, franja.piezas[1:], strict=False):
        numero += b.caja.x0 - a.caja.x1 >= hueco
        marcas.append(numero)
    pares = groupby(zip(marcas, franja.piezas, strict=True), key=lambda par: par[0])
    return [Franja(tuple(p for _, p in grupo), franja.margen) for _, grupo in pares]
