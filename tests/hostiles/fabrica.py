"""Fabrica los archivos hostiles: `python tests/hostiles/fabrica.py CARPETA [PUERTO]`.

Son todos inventados, sin datos de nadie, y nada se descarga. Escribe también `esperado.json`: por
archivo, qué intenta y con qué estado, código, avisos y texto debe terminar.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

import de_dentro
import de_pdf
import de_word
from caso import RECORDADO, Caso, Espera

PUERTO: Final = 8099
MB: Final = 1024 * 1024
LARGO_DE_PAGINA: Final = 2 + 8 * 12 + 4
"""Octetos de una página de `tiff`."""

ENORME: Final = Espera(("rechazada",), ("archivo_demasiado_grande",))
ROTA: Final = Espera(("fallida",), ("archivo_danado",))
CORTADA: Final = Espera(("parcial", "fallida"))


def png(ancho: int, alto: int, bits: int, canales: int) -> bytes:
    """Escribe un PNG negro que declara esas medidas y trae una sola línea."""

    cabeza = struct.pack(">IIBBBBB", ancho, alto, bits, 2 if canales == 3 else 0, 0, 0, 0)
    linea = zlib.compress(bytes(1 + ancho % 1_000_000 * bits * canales // 8))
    partes = [
        trozo_de_png(b"IHDR", cabeza),
        trozo_de_png(b"IDAT", linea),
        trozo_de_png(b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(partes)


def trozo_de_png(nombre: bytes, datos: bytes) -> bytes:
    """Escribe un trozo de PNG con su suma de control."""
    suma = struct.pack(">I", zlib.crc32(nombre + datos))
    return struct.pack(">I", len(datos)) + nombre + datos + suma


def tiff(siguientes: list[int]) -> bytes:
    """Escribe un TIFF con una página gris de 8 × 8 por cada lugar; cada una dice cuál le sigue."""
    campos = ((256, 8), (257, 8), (258, 8), (259, 1), (262, 1), (273, 8), (278, 8), (279, 64))
    pagina = struct.pack("<H", len(campos))
    pagina += b"".join(struct.pack("<HHII", clave, 3, 1, valor) for clave, valor in campos)
    return (
        b"II*\0"
        + struct.pack("<I", 8)
        + b"".join(pagina + struct.pack("<I", s) for s in siguientes)
    )


def imagenes() -> Iterator[Caso]:
    """Produce imágenes que piden más memoria de la que hay."""
    for nombre, lado, bits, canales in (
        ("un-bit", 30_000, 1, 1),
        ("color", 12_000, 8, 3),
        ("miente", 2_000_000_000, 8, 1),
    ):
        datos = png(lado, lado, bits, canales)
        yield Caso(f"imagen-{nombre}.png", datos, f"{lado} píxeles de lado", ENORME)
    yield Caso("imagen-circular.tif", tiff([8]), "una página que se sigue a sí misma", CORTADA)
    vueltas = [8 + i * LARGO_DE_PAGINA for i in range(1, 5_000)] + [0]
    yield Caso("imagen-cinco-mil.tif", tiff(vueltas), "cinco mil páginas", ENORME)
    inflada = trozo_de_png(b"zTXt", b"x\0\0" + zlib.compress(bytes(200 * MB)))
    cuerpo = png(100, 100, 8, 1)
    yield Caso(
        "imagen-comentario.png",
        cuerpo[:33] + inflada + cuerpo[33:],
        "un comentario que se infla a 200 MB",
        RECORDADO,
    )
    yield Caso("imagen-cortada.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "una foto sin datos", ROTA)


def fabricar(carpeta: Path, puerto: int = PUERTO) -> None:
    """Escribe todos los archivos y lo que se espera de cada uno."""
    carpeta.mkdir(parents=True, exist_ok=True)
    esperado = {}
    de_word_y_pdf = (m.casos(puerto) for m in (de_word, de_dentro, de_pdf))
    for caso in chain(*de_word_y_pdf, imagenes()):
        if caso.nombre in esperado:
            raise ValueError(f"dos archivos se llaman {caso.nombre}")
        (carpeta / caso.nombre).write_bytes(caso.datos)
        esperado[caso.nombre] = {"ataque": caso.ataque, **caso.espera._asdict()}
    texto = json.dumps(esperado, ensure_ascii=False, indent=1)
    (carpeta / "esperado.json").write_text(texto, encoding="utf-8")


if __name__ == "__main__":
    fabricar(Path(sys.argv[1]), *map(int, sys.argv[2:]))
