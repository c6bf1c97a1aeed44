"""Cuadros con rayas: de los segmentos dibujados a las casillas, combinadas o no.

Las rayas que se tocan forman una rejilla; dos espacios vecinos de la rejilla son la misma casilla
cuando ninguna raya los separa.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ingesta.documento import Caja
from ingesta.lectores.pdf_franjas import Franja, en_franjas
from ingesta.lectores.pdf_palabras import Pieza
from ingesta.lectores.pdf_rayas import DibujoExcesivo, Raya
from ingesta.lectores.pdf_tabla import Casilla, Tabla

CERCA = 3.0
"""Puntos: rayas así de cercanas se dibujan como una sola (el grosor de un borde doble)."""

MAYOR_RELLENO = 8.0
"""Puntos de blanco entre el borde de la casilla y su texto."""

MAYOR_NUMERO_DE_CRUCES = 250_000
MAYOR_NUMERO_DE_ESPACIOS = 5_000
"""Espacios de una rejilla: 500 filas de 10 columnas."""


def leer_tablas(rayas: list[Raya], piezas: list[Pieza], pagina: int) -> list[Tabla]:
    """Devuelve los cuadros de dos columnas o más que tienen texto, de arriba abajo.

    Lanza DibujoExcesivo si hay más rayas de las que tiene un cuadro de verdad.
    """
    tablas = [
        tabla
        for grupo in _rejillas(_unir(rayas))
        if (tabla := _Rejilla(grupo).tabla(piezas, pagina)) is not None
    ]
    return sorted(tablas, key=lambda t: (t.caja.arriba, t.caja.x0))


def _unir(rayas: Iterable[Raya]) -> list[Raya]:
    """Lleva a un mismo lugar las rayas cercanas y junta las que se continúan."""
    unidas: list[Raya] = []
    for horizontal in (True, False):
        propias = sorted(
            (r for r in rayas if r.horizontal is horizontal), key=lambda r: (r.lugar, r.desde)
        )
        for grupo in _vecinas(propias):
            lugar = sum(r.lugar for r in grupo) / len(grupo)
            desde, hasta = grupo[0].desde, grupo[0].hasta
            for r in grupo[1:]:
                if r.desde > hasta + CERCA:
                    unidas.append(Raya(horizontal, lugar, desde, hasta))
                    desde, hasta = r.desde, r.hasta
                hasta = max(hasta, r.hasta)
            unidas.append(Raya(horizontal, lugar, desde, hasta))
    return unidas


def _vecinas(rayas: list[Raya]) -> Iterator[list[Raya]]:
    """Produce los grupos de rayas, ordenadas por lugar, que distan menos de CERCA."""
    grupo: list[Raya] = []
    for raya in rayas:
        if grupo and raya.lugar - grupo[0].lugar > CERCA:
            yield sorted(grupo, key=lambda r: r.desde)
            grupo = []
        grupo.append(raya)
    if grupo:
        yield sorted(grupo, key=lambda r: r.desde)


def _rejillas(rayas: list[Raya]) -> list[list[Raya]]:
    """Devuelve los grupos de rayas que se tocan, los de menos rayas primero."""
    horizontales = [r for r in rayas if r.horizontal]
    verticales = [r for r in rayas if not r.horizontal]
    if len(horizontales) * len(verticales) > MAYOR_NUMERO_DE_CRUCES:
        raise DibujoExcesivo
    grupos = _Grupos(len(rayas))
    numero = {id(r): i for i, r in enumerate(rayas)}
    for h in horizontales:
        for v in verticales:
            if _cubre(h, v.lugar) and _cubre(v, h.lugar):
                grupos.juntar(numero[id(h)], numero[id(v)])
    return sorted(([rayas[i] for i in g] for g in grupos.listas()), key=len)


def _cubre(raya: Raya, punto: float) -> bool:
    return raya.desde - CERCA <= punto <= raya.hasta + CERCA


class _Grupos:
    """Conjuntos disjuntos de los números 0, 1, …, n - 1."""

    def __init__(self, n: int) -> None:
        self._padre = list(range(n))

    def raiz(self, i: int) -> int:
        while self._padre[i] != i:
            self._padre[i] = self._padre[self._padre[i]]
            i = self._padre[i]
        return i

    def juntar(self, i: int, j: int) -> None:
        a, b = self.raiz(i), self.raiz(j)
        self._padre[max(a, b)] = min(a, b)

    def listas(self) -> list[list[int]]:
        por_raiz: dict[int, list[int]] = {}
        for i in range(len(self._padre)):
            por_raiz.setdefault(self.raiz(i), []).append(i)
        return list(por_raiz.values())


@dataclass(slots=True)
class _Rejilla:
    """Bordes verticales (xs) y horizontales (ys) de un grupo de rayas que se tocan.

    Si las rayas sobresalen del último borde (un cuadro abierto por un lado), donde terminan se
    pone otro; un cuadro de una sola fila, en cambio, debe estar cerrado, porque abierto puede ser
    la línea que separa dos columnas de texto.
    """

    rayas: list[Raya]
    xs: list[float] = field(init=False)
    ys: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.xs = self._bordes(horizontal=False)
        self.ys = self._bordes(horizontal=True)

    def _bordes(self, horizontal: bool) -> list[float]:
        bordes = {r.lugar for r in self.rayas if r.horizontal is horizontal}
        cruzadas = [r for r in self.rayas if r.horizontal is not horizontal]
        if bordes and cruzadas:
            desde, hasta = min(r.desde for r in cruzadas), max(r.hasta for r in cruzadas)
            if desde < min(bordes) - 2 * CERCA:
                bordes.add(desde)
            if hasta > max(bordes) + 2 * CERCA:
                bordes.add(hasta)
        return sorted(bordes)

    def tabla(self, piezas: list[Pieza], pagina: int) -> Tabla | None:
        """Reparte las palabras y devuelve el cuadro, o None si no lo es."""
        columnas, filas = len(self.xs) - 1, len(self.ys) - 1
        verticales = {r.lugar for r in self.rayas if not r.horizontal}
        if columnas < 2 or filas < 1 or (filas == 1 and len(verticales) <= columnas):
            return None
        if columnas * filas > MAYOR_NUMERO_DE_ESPACIOS:
            raise DibujoExcesivo
        grupos = self._casillas(columnas, filas)
        dentro: dict[int, list[Pieza]] = {}
        for pieza in piezas:
            espacio = self._espacio(pieza, columnas)
            if espacio is not None:
                dentro.setdefault(grupos.raiz(espacio), []).append(pieza)
        casillas: list[Casilla] = []
        for espacios in grupos.listas():
            rs, cs = [e // columnas for e in espacios], [e % columnas for e in espacios]
            franjas = en_franjas(dentro.get(grupos.raiz(espacios[0]), ()))
            margen = _margen(franjas, self.xs[min(cs)], self.xs[max(cs) + 1])
            casillas.append(
                Casilla(
                    min(rs),
                    min(cs),
                    max(rs) - min(rs) + 1,
                    max(cs) - min(cs) + 1,
                    tuple(f.con_margen(*margen) for f in franjas),
                )
            )
        if len(dentro) < 2 or all(c.columnas == columnas for c in casillas):
            return None
        caja = Caja(pagina, self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])
        return Tabla(caja, tuple(self.xs), tuple(casillas))

    def _espacio(self, pieza: Pieza, columnas: int) -> int | None:
        """Devuelve el número del espacio donde cae el centro de la palabra."""
        c = bisect_right(self.xs, (pieza.caja.x0 + pieza.caja.x1) / 2) - 1
        r = bisect_right(self.ys, (pieza.caja.arriba + pieza.caja.abajo) / 2) - 1
        dentro = 0 <= c < columnas and 0 <= r < len(self.ys) - 1
        return r * columnas + c if dentro else None

    def _casillas(self, columnas: int, filas: int) -> _Grupos:
        """Junta los espacios vecinos que ninguna raya separa."""
        grupos = _Grupos(columnas * filas)
        muros: dict[tuple[bool, float], list[Raya]] = {}
        for raya in self.rayas:
            muros.setdefault((raya.horizontal, raya.lugar), []).append(raya)
        centros_x = [(a + b) / 2 for a, b in pairwise(self.xs)]
        centros_y = [(a + b) / 2 for a, b in pairwise(self.ys)]
        for r, y in enumerate(centros_y):
            for c, x in enumerate(centros_x):
                if c and not self._hay_muro(muros.get((False, self.xs[c])), y):
                    grupos.juntar(r * columnas + c - 1, r * columnas + c)
                if r and not self._hay_muro(muros.get((True, self.ys[r])), x):
                    grupos.juntar((r - 1) * columnas + c, r * columnas + c)
        return grupos

    @staticmethod
    def _hay_muro(rayas: list[Raya] | None, punto: float) -> bool:
        return rayas is None or any(_cubre(r, punto) for r in rayas)


def _margen(franjas: list[Franja], izquierda: float, derecha: float) -> tuple[float, float]:
    """Devuelve los bordes del texto de una casilla: se supone el mismo blanco a ambos lados."""
    blanco = min((f.caja.x0 - izquierda for f in franjas), default=0.0)
    blanco = max(0.0, min(blanco, MAYOR_RELLENO))
    return izquierda + blanco, derecha - blanco
