"""La hoja como matriz de grises: 0 es negro y 255, blanco."""

from __future__ import annotations

import re
import struct
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Gris = NDArray[np.uint8]
Tinta = NDArray[np.bool_]
"""Verdadero donde hay tinta."""

BLANCO = 255
NOTA = b"# sin sellos\n"
CABECERA = re.compile(rb"P5\n(# sin sellos\n)?(\d{1,6}) (\d{1,6}) 255\n")


CASI_BLANCO = 220
"""Nivel desde el que tesseract recibe blanco: sin el grano del papel tarda menos y lee mejor."""

PALETA = b"".join(
    bytes((n, n, n, 0))
    for n in np.interp(range(256), (0, CASI_BLANCO), (0, BLANCO)).astype(np.uint8)
)
ANTES_DE_LA_PALETA = 54
"""Bytes de las dos cabeceras de un BMP."""


class Grises(NamedTuple):
    """Imagen en grises y si se borró de ella algún sello o firma de color."""

    gris: Gris
    sin_sellos: bool = False


def a_pgm(gris: Gris, sin_sellos: bool = False) -> bytes:
    """Devuelve la imagen en formato PGM (Netpbm «P5»), que no lleva compresión."""
    alto, ancho = gris.shape
    nota = NOTA if sin_sellos else b""
    return b"P5\n%b%d %d 255\n" % (nota, ancho, alto) + gris.tobytes()


def a_bmp(gris: Gris) -> bytes:
    """Devuelve la imagen en formato BMP, con el papel blanqueado en su paleta.

    Es el que tesseract abre más rápido; un PGM lo lee punto por punto.
    """
    alto, ancho = gris.shape
    filas = np.zeros((alto, ancho + -ancho % 4), np.uint8)
    filas[:, :ancho] = gris[::-1]
    inicio = ANTES_DE_LA_PALETA + len(PALETA)
    archivo = struct.pack("<2sI4xI", b"BM", inicio + filas.size, inicio)
    imagen = struct.pack("<IiiHHIIiiII", 40, ancho, alto, 1, 8, 0, filas.size, 0, 0, 256, 0)
    return archivo + imagen + PALETA + filas.tobytes()


def de_pgm(datos: bytes) -> Grises:
    """Lee lo que escribió `a_pgm`; lanza ValueError si no lo es o le sobran o faltan puntos."""
    cabecera = CABECERA.match(datos)
    if cabecera is None:
        raise ValueError("no es una imagen PGM de 8 bits")
    ancho, alto = int(cabecera[2]), int(cabecera[3])
    gris = np.frombuffer(datos, np.uint8, offset=cabecera.end()).reshape(alto, ancho)
    return Grises(gris, cabecera[1] is not None)
