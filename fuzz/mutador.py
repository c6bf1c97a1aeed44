"""Mutaciones que entienden el formato: objetos de PDF, cabeceras de ZIP y XML de Word."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Final

Azar = random.Random  # noqa: S311
Mutacion = Callable[[bytes, Azar], bytes]

EXTREMOS: Final = (b"0", b"-1", b"1", b"65535", b"2147483647", b"4294967296", b"9" * 30, b"1e9")
OBJETO = re.compile(rb"\d+ \d+ obj\b.*?endobj", re.DOTALL)
FLUJO = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
ENTERO = re.compile(rb"(?<![\w.#])-?\d+(?![\w.])")
REFERENCIA = re.compile(rb"\d+ 0 R")
NOMBRE = re.compile(rb"/[A-Za-z]\w*")
ETIQUETA = re.compile(rb"<[^<>]+>")
VALOR = re.compile(rb'="[^"]*"')
FINAL: Final = re.compile(rb"(xref|trailer|startxref).*", re.DOTALL)
FIRMAS: Final = (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06")
MAYOR_CABECERA: Final = 46
ILEGIBLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    ValueError,
    RuntimeError,
    EOFError,
)
"""Lo que lanza `zipfile` con un ZIP que una mutación anterior estropeó."""

PARTES_XML: Final = re.compile(r"\.(xml|rels)$")


def mutar(datos: bytes, semilla: int) -> bytes:
    """Devuelve una copia cambiada de un PDF o un DOCX; la misma semilla da la misma copia."""
    azar = random.Random(semilla)  # noqa: S311
    propias = DE_PDF if datos.startswith(b"%PDF") else DE_ZIP
    for _ in range(azar.choice((1, 1, 2, 4))):
        datos = azar.choice(propias)(datos, azar)
    return datos


def _cambiar(patron: re.Pattern[bytes], datos: bytes, azar: Azar, nuevo: bytes) -> bytes:
    """Pone `nuevo` en lugar de una de las apariciones del patrón."""
    hallados = list(patron.finditer(datos))
    if not hallados:
        return datos
    elegido = azar.choice(hallados)
    return datos[: elegido.start()] + nuevo + datos[elegido.end() :]


def _una(patron: re.Pattern[bytes], datos: bytes, azar: Azar) -> bytes:
    """Devuelve una de las apariciones del patrón."""
    return azar.choice(patron.findall(datos) or [b""])


def bytes_al_azar(datos: bytes, azar: Azar) -> bytes:
    """Cambia de uno a veinte bytes."""
    copia = bytearray(datos)
    for _ in range(azar.randint(1, 20)):
        copia[azar.randrange(len(copia))] = azar.randrange(256)
    return bytes(copia)


def cortar(datos: bytes, azar: Azar) -> bytes:
    """Corta el archivo o le quita un trozo de en medio."""
    inicio = azar.randrange(len(datos) // 4, len(datos))
    return datos[:inicio] + datos[azar.choice((len(datos), inicio + azar.randint(1, 500))) :]


def entero_extremo(datos: bytes, azar: Azar) -> bytes:
    """Pone un número imposible donde había uno."""
    return _cambiar(ENTERO, datos, azar, azar.choice(EXTREMOS))


def otra_referencia(datos: bytes, azar: Azar) -> bytes:
    """Hace que un objeto llame a otro, quizá a sí mismo."""
    return _cambiar(REFERENCIA, datos, azar, _una(REFERENCIA, datos, azar))


def otro_nombre(datos: bytes, azar: Azar) -> bytes:
    """Cambia un nombre del PDF por otro de los suyos."""
    return _cambiar(NOMBRE, datos, azar, _una(NOMBRE, datos, azar))


def otro_objeto(datos: bytes, azar: Azar) -> bytes:
    """Quita un objeto o pone otro en su lugar."""
    return _cambiar(OBJETO, datos, azar, azar.choice((b"", _una(OBJETO, datos, azar))))


def otro_flujo(datos: bytes, azar: Azar) -> bytes:
    """Altera, cambia o vacía el contenido de un flujo, y no corrige su largo."""
    contenido = _una(FLUJO, datos, azar)
    if contenido and azar.random() < 0.7:
        contenido = bytes_al_azar(contenido, azar)
    return _cambiar(FLUJO, datos, azar, b"stream\n" + contenido + b"\nendstream")


def otro_final(datos: bytes, azar: Azar) -> bytes:
    """Altera o quita el índice y el final."""
    final = FINAL.search(datos)
    if not final:
        return datos
    cambiado = azar.choice((b"", bytes_al_azar(final[0], azar), entero_extremo(final[0], azar)))
    return datos[: final.start()] + cambiado


def cabecera_de_zip(datos: bytes, azar: Azar) -> bytes:
    """Cambia un campo de una cabecera del ZIP: banderas, método, tamaños o lugares."""
    firma = azar.choice(FIRMAS)
    lugares = [m.start() for m in re.finditer(re.escape(firma), datos)]
    if not lugares:
        return datos
    campo = azar.choice(lugares) + azar.randrange(4, MAYOR_CABECERA, 2)
    valor = azar.choice((0, 1, 0xFFFF, azar.randrange(65_536)))
    return datos[:campo] + valor.to_bytes(2, "little") + datos[campo + 2 :]


def _en_una_parte(mutacion: Mutacion) -> Mutacion:
    """Aplica la mutación al XML de una de las partes y vuelve a armar el ZIP."""

    def mutar_parte(datos: bytes, azar: Azar) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(datos)) as viejo:
                partes = {n: viejo.read(n) for n in viejo.namelist()}
        except ILEGIBLE:
            return bytes_al_azar(datos, azar)
        elegibles = [n for n in partes if PARTES_XML.search(n)]
        if not elegibles:
            return datos
        elegida = azar.choice([*elegibles, *(["word/document.xml"] * 4)])
        salida = io.BytesIO()
        with zipfile.ZipFile(salida, "w") as nuevo:
            for nombre, contenido in partes.items():
                cambiado = mutacion(contenido, azar) if nombre == elegida else contenido
                sin_hora = zipfile.ZipInfo(nombre)
                nuevo.writestr(sin_hora, cambiado, zipfile.ZIP_DEFLATED)
        return salida.getvalue()

    return mutar_parte


def otra_etiqueta(datos: bytes, azar: Azar) -> bytes:
    """Quita una etiqueta, la repite o la cambia por otra."""
    return _cambiar(ETIQUETA, datos, azar, azar.choice((b"", _una(ETIQUETA, datos, azar))))


def otro_valor(datos: bytes, azar: Azar) -> bytes:
    """Cambia el valor de un atributo por un extremo o por el de otro."""
    extremo = b'="' + azar.choice(EXTREMOS) + b'"'
    return _cambiar(VALOR, datos, azar, azar.choice((extremo, _una(VALOR, datos, azar))))


def mas_hondo(datos: bytes, azar: Azar) -> bytes:
    """Mete un elemento dentro de sí mismo muchas veces, o repite un trozo del documento."""
    veces = azar.choice((2, 50, 500))
    hondo = b"<w:tbl><w:tr><w:tc>" * veces + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * veces
    inicio = azar.randrange(len(datos))
    trozo = datos[inicio : inicio + azar.randint(10, 2_000)] * min(veces, 50)
    return _cambiar(re.compile(rb"<w:p[ >]"), datos, azar, azar.choice((hondo, trozo)) + b"<w:p>")


def con_dtd(datos: bytes, azar: Azar) -> bytes:
    """Agrega una definición DTD con una entidad."""
    cual = azar.choice((b"'a'", b"SYSTEM 'file:///etc/passwd'"))
    return _cambiar(re.compile(rb"\?>"), datos, azar, b"?><!DOCTYPE d [<!ENTITY x " + cual + b">]>")


DE_PDF: Final[tuple[Mutacion, ...]] = (
    bytes_al_azar,
    cortar,
    entero_extremo,
    otra_referencia,
    otro_nombre,
    otro_objeto,
    otro_flujo,
    otro_final,
)
DE_ZIP: Final[tuple[Mutacion, ...]] = (
    bytes_al_azar,
    cortar,
    cabecera_de_zip,
    *(_en_una_parte(m) for m in (bytes_al_azar, otra_etiqueta, otro_valor, mas_hondo, con_dtd)),
    *(_en_una_parte(m) for m in (otra_etiqueta, otro_valor)),
)
"""Las mutaciones de cada formato; las repetidas salen más veces."""
