"""Segunda opinión sobre el archivo, leyendo sus bytes sin PDFium: si está entero y sus páginas."""

from __future__ import annotations

import re
import zlib

MAYOR_TEXTO = 40_000_000
"""Bytes, ya descomprimidos, de los grupos de objetos que se examinan."""

COLA = 2048
OBJETO = re.compile(
    rb"(?<!\d)(\d{1,8})\s+\d{1,5}\s+obj\b(.{0,4000}?)(?:endobj|stream\b)", re.DOTALL
)
GRUPO = re.compile(rb"/Type\s*/ObjStm\b.{0,400}?stream\r?\n(.*?)endstream", re.DOTALL)
APUNTADO = re.compile(rb"startxref\s+(\d{1,10})\s")
INDICE = re.compile(rb"\s*(xref|\d+\s+\d+\s+obj)\b")
HOJA = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


def esta_entero(datos: bytes) -> bool:
    """Dice si el archivo termina como debe un PDF (ISO 32000-1, 7.5.5)."""
    cola = datos[-COLA:]
    return b"startxref" in cola and b"%%EOF" in cola


def tiene_indice(datos: bytes) -> bool:
    """Dice si al final se apunta a una tabla de objetos que está donde se dice."""
    apuntados = APUNTADO.findall(datos[-COLA:])
    inicio = max(datos.find(b"%PDF-"), 0)
    return bool(apuntados) and any(
        INDICE.match(datos, int(apuntados[-1]) + corrido) for corrido in {0, inicio}
    )


def contar_paginas(datos: bytes) -> int | None:
    """Devuelve cuántas páginas describe el archivo, o None si no se puede saber.

    Cuenta los objetos de tipo página, sueltos o dentro de grupos comprimidos. No se sabe si el
    archivo está cifrado o se guardó varias veces sobre sí mismo: entonces hay páginas que ya no
    valen.
    """
    if b"/Encrypt" in datos or datos.count(b"startxref") != 1:
        return None
    total = sum(bool(HOJA.search(m.group(2))) for m in OBJETO.finditer(datos))
    permitido = MAYOR_TEXTO
    for grupo in GRUPO.finditer(datos):
        descompresor = zlib.decompressobj()
        try:
            texto = descompresor.decompress(grupo.group(1), permitido)
        except zlib.error:
            return None
        permitido -= len(texto)
        if permitido <= 0 or descompresor.unconsumed_tail:
            return None
        total += len(HOJA.findall(texto))
    return total


def no_tiene_paginas(datos: bytes) -> bool:
    """Dice si es un PDF entero que no describe ninguna página; PDFium no abre los que son así."""
    return esta_entero(datos) and tiene_indice(datos) and contar_paginas(datos) == 0
