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
from pathlib import Path
from typing import Final

import de_pdf
import de_word
from caso import OTRO_FORMATO, Caso

PUERTO: Final = 8099


def png(ancho: int, alto: int, bits: int, canales: int) -> bytes:
    """Escribe un PNG negro que declara esas medidas y trae una sola línea."""

    def trozo(nombre: bytes, datos: bytes) -> bytes:
        return (
            struct.pack(">I", len(datos))
            + nombre
            + datos
            + struct.pack(">I", zlib.crc32(nombre + datos))
        )

    cabeza = struct.pack(">IIBBBBB", ancho, alto, bits, 2 if canales == 3 else 0, 0, 0, 0)
    linea = zlib.compress(bytes(1 + ancho % 1_000_000 * bits * canales // 8))
    partes = [trozo(b"IHDR", cabeza), trozo(b"IDAT", linea), trozo(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(partes)


def imagenes() -> Iterator[Caso]:
    """Produce imágenes que piden más memoria de la que hay."""
    for nombre, lado, bits, canales in (
        ("un-bit", 30_000, 1, 1),
        ("color", 12_000, 8, 3),
        ("miente", 2_000_000_000, 8, 1),
    ):
        datos = png(lado, lado, bits, canales)
        yield Caso(f"imagen-{nombre}.png", datos, f"{lado} píxeles de lado", OTRO_FORMATO)


def fabricar(carpeta: Path, puerto: int = PUERTO) -> None:
    """Escribe todos los archivos y lo que se espera de cada uno."""
    carpeta.mkdir(parents=True, exist_ok=True)
    esperado = {}
    for caso in [*de_word.casos(puerto), *de_pdf.casos(puerto), *imagenes()]:
        if caso.nombre in esperado:
            raise ValueError(f"dos archivos se llaman {caso.nombre}")
        (carpeta / caso.nombre).write_bytes(caso.datos)
        esperado[caso.nombre] = {"ataque": caso.ataque, **caso.espera._asdict()}
    texto = json.dumps(esperado, ensure_ascii=False, indent=1)
    (carpeta / "esperado.json").write_text(texto, encoding="utf-8")


if __name__ == "__main__":
    fabricar(Path(sys.argv[1]), *map(int, sys.argv[2:]))
