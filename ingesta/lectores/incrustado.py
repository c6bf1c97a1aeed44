"""Qué es un documento puesto entero dentro de otro (`w:altChunk`) y qué dice si es texto o HTML."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from ingesta.contencion.limites import valor
from ingesta.documento import TipoBloque
from ingesta.lectores.docx_texto import BloqueLeido, Trozo
from ingesta.lectores.html import leer_html

CABEZA: Final = 2048
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DE_HTML: Final = re.compile(
    rb"<(!doctype\s+html|html|head|body|meta|p|div|table|script|span|h[1-6]|ul|ol|br)\b",
    re.IGNORECASE,
)
DE_WORD: Final = re.compile(rb"<(pkg:package|w:wordDocument|w:document)\b")
DE_CORREO: Final = re.compile(rb"(mime-version|content-type|from):", re.IGNORECASE)
CONTROLES: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
JUEGO: Final = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
MARCAS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""Comienzos que dicen en qué codificación está un texto."""

DE_WINDOWS: Final = "cp1252"


class Clase(StrEnum):
    """Lo que hay dentro, con el nombre que se le da ante la persona."""

    WORD = "un documento de Word"
    HTML = "una página web (HTML)"
    TEXTO = "un texto sin formato"


class NoSeLee(Exception):
    """No se puede leer; el mensaje completa «no se leyó porque…»."""


def clase_de(datos: bytes) -> Clase:
    """Dice qué es por su contenido, que es lo que manda en todo archivo. Lanza NoSeLee."""
    cabeza = datos[:CABEZA].lstrip()
    if not cabeza:
        raise NoSeLee("está vacío o falta")
    if datos.startswith(b"PK\x03\x04"):
        return Clase.WORD
    if datos.startswith(b"{\\rtf"):
        raise NoSeLee("es RTF")
    if datos.startswith(OLE):
        raise NoSeLee("es un documento de Word 97-2003")
    if len(datos) > valor("incrustado"):
        raise NoSeLee(f"pasa de {valor('incrustado') // (1024 * 1024)} MB")
    if DE_WORD.search(datos[:CABEZA]):
        raise NoSeLee("es XML de Word en un solo archivo")
    if DE_CORREO.match(cabeza) or DE_HTML.search(datos[:CABEZA]):
        return Clase.HTML
    if CONTROLES.search(_texto_de(datos)):
        raise NoSeLee("no es un texto, un HTML ni un documento de Word")
    return Clase.TEXTO


def leer_texto(datos: bytes) -> Iterator[BloqueLeido]:
    """Devuelve un párrafo por línea."""
    for linea in _texto_de(datos).splitlines():
        yield BloqueLeido(TipoBloque.PARRAFO, [Trozo(linea)])


def leer_pagina(datos: bytes, tablas: Iterator[int]) -> tuple[list[BloqueLeido], int]:
    """Devuelve los bloques de un HTML, o del que trae un MHT, y cuántas imágenes tiene.

    Lanza NoSeLee si el MHT no trae ninguno.
    """
    if DE_CORREO.match(datos[:CABEZA].lstrip()):
        mensaje = email.message_from_bytes(datos.lstrip(), policy=email.policy.default)
        partes = (p for p in mensaje.walk() if p.get_content_type() == "text/html")
        cuerpo = next((p.get_payload(decode=True) for p in partes), None)
        if not isinstance(cuerpo, bytes):
            raise NoSeLee("no trae ninguna página")
        datos = cuerpo
    return leer_html(_texto_de(datos), tablas)


def _texto_de(datos: bytes) -> str:
    """Decodifica un texto por sus marcas, por lo que declara, como UTF-8 o como Windows."""
    for marca, juego in MARCAS:
        if datos.startswith(marca):
            return datos.decode(juego, "replace")
    declarado = JUEGO.search(datos[:CABEZA])
    for juego in ([declarado[1].decode()] if declarado else []) + ["utf-8"]:
        try:
            return datos.decode(juego)
        except (UnicodeDecodeError, LookupError):
            continue
    return datos.decode(DE_WINDOWS, "replace")
