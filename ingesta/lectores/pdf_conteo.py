"""Segunda opinión sobre el archivo, leyendo sus bytes sin PDFium: si está entero y sus páginas."""

from __future__ import annotations

import re
import zlib

MAYOR_TEXTO = 40_000_000
"""Bytes, ya descomprimidos, de los grupos de objetos que se examinan."""

COLA = 2048
SENAS = re.compile(
    rb"(?P<objeto>\b\d{1,8}\s{1,9}\d{1,5}\s{1,9}obj\b)|(?P<fin>endobj|stream)"
    rb"|(?P<hoja>/Type\s{0,9}/Page(?![A-Za-z]))"
)
GRUPO = re.compile(rb"/Type\s{0,9}/ObjStm\b")
MAYOR_CABECERA = 400
"""Bytes entre el tipo de un grupo de objetos y su contenido."""

OBJETO_O_CATALOGO = re.compile(
    rb"\b(?P<objeto>\d{1,8})\s{1,9}\d{1,5}\s{1,9}obj\b|/Type\s{0,9}/Catalog\b"
)
APUNTADO = re.compile(rb"startxref\s+(\d{1,10})\s")
INDICE = re.compile(rb"\s*(xref|\d+\s+\d+\s+obj)\b")


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
    dentro = False
    total = 0
    for sena in SENAS.finditer(datos):
        total += dentro and sena.lastgroup == "hoja"
        dentro = sena.lastgroup == "objeto"
    permitido = MAYOR_TEXTO
    for grupo in GRUPO.finditer(datos):
        texto = _descomprimir(datos, grupo.end(), permitido)
        if texto is None:
            return None
        permitido -= len(texto)
        total += sum(s.lastgroup == "hoja" for s in SENAS.finditer(texto))
    return total


def _descomprimir(datos: bytes, desde: int, permitido: int) -> bytes | None:
    """Devuelve el contenido del grupo, o None si no se puede o pasa de `permitido` bytes."""
    inicio = datos.find(b"stream", desde, desde + MAYOR_CABECERA)
    fin = datos.find(b"endstream", inicio) if inicio >= 0 else -1
    if fin < 0 or permitido <= 0:
        return None
    descompresor = zlib.decompressobj()
    try:
        contenido = datos[inicio + len(b"stream") : fin].lstrip(b"\r\n")
        texto = descompresor.decompress(contenido, permitido)
    except zlib.error:
        return None
    return None if descompresor.unconsumed_tail else texto


def no_tiene_paginas(datos: bytes) -> bool:
    """Dice si es un PDF entero que no describe ninguna página; PDFium no abre los que son así."""
    return esta_entero(datos) and tiene_indice(datos) and contar_paginas(datos) == 0


def final_de_repuesto(datos: bytes) -> bytes:
    """Devuelve un final que apunta al catálogo, para el archivo que perdió el suyo."""
    numero = 0
    for sena in OBJETO_O_CATALOGO.finditer(datos):
        if sena["objeto"]:
            numero = int(sena["objeto"])
        else:
            return b"\nendobj\ntrailer\n<< /Root %d 0 R >>\nstartxref\n0\n%%%%EOF\n" % numero
    return b""
