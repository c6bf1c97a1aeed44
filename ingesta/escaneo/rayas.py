"""Rayas impresas: las de los cuadros se miden y se borran, porque estorban al reconocer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingesta.escaneo.gris import BLANCO, Gris, Tinta

MENOR_RAYA = (36.0, 22.0)
"""Largo, en puntos PDF, de la raya horizontal y de la vertical más cortas que se buscan."""

TRAMO = 8
"""Columnas que se suman juntas para descartar las filas sin rayas."""

LLENA = 0.75
FIRME = 0.95
"""Parte del largo con tinta: la menor, porque el escáner corta las finas, y si no las cortó."""

MAYOR_GROSOR = 4.0
"""Puntos PDF; lo más grueso es un relleno o el borde de una foto."""

OSCURO = 200
"""Nivel de una raya fina de un cuadro, que el escáner deja gris."""

RALA = 0.3
"""Tinta que queda en el hueco entre dos trozos de una raya cortada."""

PUNTA = 12
"""Píxeles en que se mira si la raya ya terminó, para no seguir por una mota."""

LADO = 3
"""Píxeles entre la raya y donde se mira qué hay a su lado."""

PAPEL = 0.15
TEXTO = 0.75
"""Mayor parte de tinta a los lados de una raya: papel en los dos, o texto sobre un subrayado."""


class Segmento(NamedTuple):
    """Raya de la imagen: filas o columnas [lugar, lugar + grosor), y va de `desde` a `hasta`."""

    horizontal: bool
    lugar: int
    grosor: int
    desde: int
    hasta: int


def buscar(gris: Gris, ppp: float) -> list[Segmento]:
    """Devuelve las rayas de una imagen con los renglones derechos."""
    tinta = gris < OSCURO
    return [
        s
        for horizontal, capa in ((True, tinta), (False, tinta.T))
        for s in _buscar(capa, ppp, horizontal)
    ]


def _candidatas(tinta: Tinta, largo: int) -> NDArray[np.intp]:
    """Devuelve las filas que pueden tener una raya: las demás, casi todas, no se miran.

    Suma la tinta por tramos de TRAMO columnas: los que caben enteros en una raya están llenos.
    """
    alto, ancho = tinta.shape
    enteros = largo // TRAMO - 1
    if enteros < 1:
        return np.arange(alto)
    suma = np.zeros((alto, -(-ancho // TRAMO)), np.uint8, "C" if tinta.flags.c_contiguous else "F")
    for n in range(TRAMO):
        columnas = tinta[:, n::TRAMO]
        suma[:, : columnas.shape[1]] += columnas
    acumulada = np.zeros((alto, suma.shape[1] + 1), np.int32)
    np.cumsum(suma, axis=1, out=acumulada[:, 1:])
    en_la_ventana = acumulada[:, enteros:] - acumulada[:, :-enteros]
    minima = LLENA * largo - (largo - enteros * TRAMO)
    filas: NDArray[np.intp] = np.flatnonzero((en_la_ventana >= minima).any(axis=1))
    return filas


def _buscar(tinta: Tinta, ppp: float, horizontal: bool) -> list[Segmento]:
    largo = round(MENOR_RAYA[not horizontal] * ppp / 72)
    mayor = max(2, round(MAYOR_GROSOR * ppp / 72))
    if tinta.shape[1] <= largo:
        return []
    filas = _candidatas(tinta, largo)
    suma = np.zeros((len(filas), tinta.shape[1] + 1), np.int32)
    np.cumsum(tinta[filas], axis=1, out=suma[:, 1:])
    llenas = suma[:, largo:] - suma[:, :-largo] >= LLENA * largo
    abiertos: list[list[int]] = []
    cerrados: list[list[int]] = []
    for y, llena in zip(filas, llenas, strict=True):
        if not llena.any():
            continue
        saltos = np.flatnonzero(np.diff(llena, prepend=False, append=False))
        siguen = [a for a in abiertos if a[1] >= y - 1]
        cerrados += [a for a in abiertos if a[1] < y - 1]
        for desde, hasta in zip(saltos[::2], saltos[1::2] - 1 + largo, strict=True):
            previo = next((a for a in siguen if a[2] < hasta and desde < a[3]), None)
            if previo is None:
                siguen.append([int(y), int(y), int(desde), int(hasta)])
            else:
                previo[1:] = int(y), min(previo[2], int(desde)), max(previo[3], int(hasta))
        abiertos = siguen
    halladas = [
        Segmento(horizontal, y0, y1 - y0 + 1, *extremos)
        for y0, y1, desde, hasta in cerrados + abiertos
        if y1 - y0 < mayor and (extremos := _extremos(tinta, y0, y1, desde, hasta)) is not None
    ]
    return _juntar(halladas, tinta, largo)


def _extremos(tinta: Tinta, y0: int, y1: int, desde: int, hasta: int) -> tuple[int, int] | None:
    """Devuelve dónde empieza y termina la raya, o None si es parte de un renglón de letras.

    El pie de un renglón también es una fila llena, pero no tanto como un subrayado.
    """
    columnas: Tinta = np.any(tinta[y0 : y1 + 1, desde:hasta], axis=0)
    densas = np.flatnonzero(np.convolve(columnas, np.ones(PUNTA), "valid") >= LLENA * PUNTA)
    if not len(densas):
        return None
    inicio, fin = int(densas[0]), int(densas[-1]) + PUNTA
    lados = [
        float(tinta[y, desde + inicio : desde + fin].mean())
        for y in (y0 - LADO, y1 + LADO)
        if 0 <= y < len(tinta)
    ]
    firme = columnas[inicio:fin].mean() >= FIRME
    if min(lados, default=0.0) > PAPEL or max(lados, default=0.0) > (TEXTO if firme else PAPEL):
        return None
    return desde + inicio, desde + fin


def _juntar(rayas: list[Segmento], tinta: Tinta, hueco: int) -> list[Segmento]:
    """Une los trozos de una misma raya cuando en el hueco quedan restos de ella."""
    juntas: list[Segmento] = []
    for r in sorted(rayas, key=lambda r: (r.lugar // (2 * LADO), r.desde)):
        previa = juntas[-1] if juntas else None
        if (
            previa is not None
            and abs(r.lugar - previa.lugar) <= LADO
            and r.desde - previa.hasta <= hueco
            and _hay_restos(tinta, previa, r)
        ):
            arriba = min(previa.lugar, r.lugar)
            grosor = max(previa.lugar + previa.grosor, r.lugar + r.grosor) - arriba
            hasta = max(previa.hasta, r.hasta)
            juntas[-1] = Segmento(r.horizontal, arriba, grosor, previa.desde, hasta)
        else:
            juntas.append(r)
    return juntas


def _hay_restos(tinta: Tinta, a: Segmento, b: Segmento) -> bool:
    arriba, abajo = min(a.lugar, b.lugar), max(a.lugar + a.grosor, b.lugar + b.grosor)
    hueco = np.any(tinta[arriba:abajo, a.hasta : b.desde], axis=0)
    return not len(hueco) or bool(hueco.mean() >= RALA)


def borrar(gris: Gris, rayas: list[Segmento]) -> Gris:
    """Devuelve la imagen sin las rayas; deja los trazos de letra que las cruzan."""
    limpia = gris.copy()
    for r in rayas:
        capa, vieja = (limpia, gris) if r.horizontal else (limpia.T, gris.T)
        antes, despues = max(r.lugar - 1, 0), r.lugar + r.grosor + 1
        tramo = slice(max(r.desde - 2, 0), r.hasta + 2)
        if antes < 2 or despues + 1 >= len(vieja):
            cruzan = np.zeros(vieja[0, tramo].shape, bool)
        else:
            cruzan = (vieja[antes - 2, tramo] < OSCURO) & (vieja[despues + 1, tramo] < OSCURO)
        capa[antes:despues, tramo][:, ~cruzan] = BLANCO
    return limpia
