"""Sellos y firmas de color sobre el texto negro: se borran para que el texto se lea.

Solo se borra una mancha de color si es alta y su tinta pisa la negra. Así se quedan los títulos y
las palabras de color, que no tocan el texto negro, y un tachado con lapicero, que cambia lo dicho.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingesta.escaneo.gris import Gris, Grises, Tinta
from ingesta.escaneo.limpieza import acompanada, crecer, dilatar

Color = NDArray[np.uint8]
"""Matriz de alto × ancho × 3: rojo, verde y azul."""

LADO: Final = 16
"""Píxeles de cada cuadro en que se busca color."""

VIVO: Final = 28
APAGADO: Final = 12
"""Diferencia entre el canal más claro y el más oscuro: la de un sello y la de la tinta negra."""

NEGRO: Final = 100
"""Nivel que no pasa ningún canal de la tinta negra; el azul de un sello pasa de 150."""

HAY: Final = 0.02
"""Parte de un cuadro que debe tener color para contarlo."""

MENOR_ALTO: Final = 4
"""Cuadros de alto de una mancha: 8 mm a 200 ppp, más que un renglón."""

PISADA: Final = 0.007
"""Parte del color de una mancha pegada a tinta negra; en un párrafo de color no pasa de 0,004."""

ACLARADO: Final = np.interp(np.arange(256), (0, 70, 150), (0, 70, 255)).astype(np.uint8)
"""Nivel del canal más claro y el que queda en su lugar: el negro sigue y el color se borra."""


def a_gris(color: Color) -> Grises:
    """Devuelve la imagen en grises, sin los sellos ni las firmas de color que pisan el texto."""
    gris: Gris = np.array(Image.fromarray(color).convert("L"))
    if not _viva(color[::4, ::4]).any():
        return Grises(gris, False)
    mitad = color[::2, ::2]
    viva = _viva(mitad)
    pegada = viva & dilatar(acompanada(_claro(mitad) < NEGRO))
    sin_sellos = False
    vivos, pegados = _cuantos(viva), _cuantos(pegada)
    for mancha in _manchas(vivos > HAY * LADO * LADO / 4):
        if _pisa_texto(mancha, vivos, pegados):
            sin_sellos = True
            _borrar(gris, color, mancha)
    return Grises(gris, sin_sellos)


def _viva(color: Color) -> Tinta:
    """Dice qué puntos tienen color."""
    rojo, verde, azul = np.moveaxis(color, 2, 0)
    oscuro = np.minimum(np.minimum(rojo, verde), azul)
    viva: Tinta = _claro(color) - oscuro > VIVO
    return viva


def _claro(color: Color) -> Gris:
    """Devuelve el canal más claro de cada punto."""
    rojo, verde, azul = np.moveaxis(color, 2, 0)
    claro: Gris = np.maximum(np.maximum(rojo, verde), azul)
    return claro


def _cuantos(capa: Tinta) -> NDArray[np.int64]:
    """Cuenta los puntos de la capa, que es de la mitad de tamaño, en cada cuadro de la imagen."""
    lado = LADO // 2
    alto, ancho = capa.shape
    entera = np.pad(capa, ((0, -alto % lado), (0, -ancho % lado)))
    cuenta: NDArray[np.int64] = entera.reshape(len(entera) // lado, lado, -1, lado).sum(axis=(1, 3))
    return cuenta


def _manchas(cuadros: Tinta) -> Iterator[Tinta]:
    """Produce los grupos de cuadros que se tocan."""
    quedan = cuadros.copy()
    while quedan.any():
        semilla = np.zeros_like(quedan)
        semilla.flat[int(quedan.argmax())] = True
        mancha = crecer(semilla, quedan)
        quedan &= ~mancha
        yield mancha


def _pisa_texto(mancha: Tinta, vivos: NDArray[np.int64], pegados: NDArray[np.int64]) -> bool:
    filas = np.flatnonzero(mancha.any(axis=1))
    parte = pegados[mancha].sum() / vivos[mancha].sum()
    return bool(filas[-1] - filas[0] + 1 >= MENOR_ALTO and parte >= PISADA)


def _borrar(gris: Gris, color: Color, mancha: Tinta) -> None:
    for fila, columna in np.argwhere(dilatar(mancha)):
        cuadro = np.s_[fila * LADO : (fila + 1) * LADO, columna * LADO : (columna + 1) * LADO]
        claro = color[cuadro].max(axis=2)
        tenida = claro - color[cuadro].min(axis=2) > APAGADO
        gris[cuadro] = np.where(tenida, ACLARADO[claro], gris[cuadro])
