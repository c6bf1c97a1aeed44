"""La compuerta: decide por el contenido, no por el nombre, qué es un archivo y si se lee."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

from ingesta import outlook
from ingesta.errores import (
    ArchivoCifrado,
    ArchivoDanado,
    ArchivoDemasiadoGrande,
    ArchivoVacio,
    ContenidoNoPermitido,
    DocPorConvertir,
    FormatoNoAdmitido,
    OdsPorConvertir,
    RtfPorConvertir,
    VariosDocumentos,
    XlsPorConvertir,
)
from ingesta.paquete import FIN_DE_ZIP, LARGO_DEL_FIN, MB, TIPOS, Paquete

MAYOR_ARCHIVO = 50 * MB
"""Cabe un acta escaneada de 200 páginas a 200 ppp."""

MAYOR_TEXTO = 5 * MB
"""Unas 2 000 páginas de texto sin formato."""

CABEZA = 1024
"""Los lectores de PDF aceptan su firma en los primeros 1 024 bytes (ISO 32000-1, anexo H)."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
CONTROLES = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
MARCADO = re.compile(rb"\s*<(!doctype|html|head|body|\?xml|svg)", re.IGNORECASE)

_IMAGEN = "Es una imagen {}: ábrala y guárdela como JPEG, PNG o PDF."
_COMPRIMIDO = "Es un archivo comprimido {}: ábralo y envíe el acta que contiene."
_PROGRAMA = "Es un programa, no un acta: no lo abra si no sabe de dónde viene."

DE_IMAGEN = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|II\*\0|MM\0\*|....ftyp(?:hei[cxms]|mif1|msf1)", re.DOTALL
)
"""Comienzos de JPEG, PNG, TIFF y HEIC (la foto de un teléfono): se leen como páginas escaneadas."""

FIRMAS: tuple[tuple[bytes, str], ...] = (
    (rb"GIF8[79]a", _IMAGEN.format("GIF")),
    (rb"BM.{4}\0\0\0\0", _IMAGEN.format("BMP")),
    (rb"RIFF....WEBP", _IMAGEN.format("WebP")),
    (rb"....ftypavif", _IMAGEN.format("AVIF")),
    (rb"....ftyp", "Es un audio o video, no un acta escrita."),
    (rb"7z\xbc\xaf\x27\x1c", _COMPRIMIDO.format("7z")),
    (rb"Rar!\x1a\x07", _COMPRIMIDO.format("RAR")),
    (rb"\x1f\x8b", _COMPRIMIDO.format("GZIP")),
    (rb"MZ|\x7fELF|#!", _PROGRAMA),
    (rb"%!PS", "Es un documento PostScript: conviértalo a PDF."),
)
"""Comienzo del archivo (expresión regular) y lo que se le dice a la persona."""

DE_OFICINA: tuple[tuple[str, str | FormatoNoAdmitido], ...] = (
    ("wordprocessingml", "docx"),
    ("opendocument.text", "odt"),
    ("spreadsheetml", "xlsx"),
    ("opendocument.spreadsheet", OdsPorConvertir("Es una hoja de cálculo ODS de LibreOffice.")),
    (
        "presentationml",
        FormatoNoAdmitido("Es una presentación de PowerPoint: guárdela como PDF."),
    ),
    ("opendocument", FormatoNoAdmitido("Es un archivo de LibreOffice: guárdelo como DOCX o PDF.")),
)
"""Tipo de contenido de la parte principal y el formato, o por qué no se lee."""

CARPETAS = {"word": "wordprocessingml", "xl": "spreadsheetml"}
CON_MACROS = ("word/vbaProject.bin", "xl/vbaProject.bin")

ANTIGUOS: tuple[tuple[str, FormatoNoAdmitido], ...] = (
    ("WordDocument", DocPorConvertir("Es un documento de Word 97-2003 (.doc).")),
    ("Workbook", XlsPorConvertir("Es un libro de Excel 97-2003 (.xls).")),
    (
        "PowerPoint Document",
        FormatoNoAdmitido("Es una presentación de PowerPoint 97-2003: guárdela como PDF."),
    ),
)
"""Nombre que delata al programa dentro de un archivo OLE y por qué no se lee como está."""

FIB = b"\xec\xa5"
SECTOR = 512
CIFRADO_EN_FIB = 0x0100
"""Comienzo del flujo de un .doc, en el borde de un sector, y la marca de que pide contraseña
([MS-DOC] § 2.5.2)."""

RTF = b"{\\rtf"
CORREO = re.compile(rb"(?:(?:[A-Za-z][\w-]*:.*|[ \t].*)(?:\r?\n)){2,}")
DE_CORREO = re.compile(rb"^(from|date|subject|message-id|mime-version):", re.I | re.M)
MENOS_DE_CORREO = 3
"""Un correo comienza con líneas de cabecera (RFC 5322); estas se cuentan para no confundirlo."""


class Examen(NamedTuple):
    """Lo que la compuerta averigua de un archivo admitido."""

    formato: str
    sha256: str
    bytes: int


def examinar(ruta: Path, nombre: str) -> Examen:
    """Devuelve el formato («pdf», «docx», «odt», «imagen»…), el resumen SHA-256 y el tamaño.

    `nombre` es el que le puso la persona; solo se usa en los mensajes.

    Raises:
        ArchivoRechazado: está vacío, pasa un límite, está cifrado o no es un formato admitido.
        ArchivoDanado: es un DOCX incompleto o roto.
    """
    tamano = ruta.stat().st_size
    revisar_tamano(tamano, nombre)
    datos = ruta.read_bytes()
    return Examen(_formato(ruta, datos), hashlib.sha256(datos).hexdigest(), tamano)


def revisar_tamano(tamano: int, nombre: str) -> None:
    """Lanza ArchivoVacio o ArchivoDemasiadoGrande si el archivo no tiene un tamaño admitido."""
    if not tamano:
        raise ArchivoVacio(f"El archivo «{nombre}» está vacío.")
    if tamano > MAYOR_ARCHIVO:
        raise ArchivoDemasiadoGrande(
            f"El archivo «{nombre}» pesa {tamano / MB:.0f} MB y el máximo es "
            f"{MAYOR_ARCHIVO // MB} MB."
        )


def _formato(ruta: Path, datos: bytes) -> str:
    es_pdf = b"%PDF-" in datos[:CABEZA]
    es_zip = datos.startswith((b"PK\x03\x04", FIN_DE_ZIP))
    if es_pdf and (es_zip or _cierra_como_zip(datos)):
        raise ContenidoNoPermitido(
            "El archivo es a la vez un PDF y un ZIP: puede mostrar dos textos."
        )
    if es_pdf:
        return "pdf"
    if es_zip:
        return _de_oficina(ruta)
    if datos.startswith(OLE):
        raise _antiguo(datos)
    if DE_IMAGEN.match(datos):
        return "imagen"
    if datos.startswith(RTF):
        raise RtfPorConvertir("Es un documento RTF.")
    if _es_correo(datos[:CABEZA]):
        raise VariosDocumentos("Es un correo electrónico, que puede traer actas adjuntas.")
    for firma, mensaje in FIRMAS:
        if re.match(firma, datos[:CABEZA], re.DOTALL):
            raise FormatoNoAdmitido(mensaje)
    return _texto(datos)


def _es_correo(cabeza: bytes) -> bool:
    cabecera = CORREO.match(cabeza)
    campos = {c.lower() for c in DE_CORREO.findall(cabecera[0])} if cabecera else set()
    return len(campos) >= MENOS_DE_CORREO


def _cierra_como_zip(datos: bytes) -> bool:
    """Dice si el archivo termina exactamente donde termina un ZIP."""
    inicio = datos.rfind(FIN_DE_ZIP)
    comentario = datos[inicio + LARGO_DEL_FIN - 2 : inicio + LARGO_DEL_FIN]
    fin = inicio + LARGO_DEL_FIN + int.from_bytes(comentario, "little")
    return inicio >= 0 and fin == len(datos)


def _de_oficina(ruta: Path) -> str:
    with Paquete(ruta) as paquete:
        principal = paquete.principal()
        if principal and principal not in paquete:
            raise ArchivoDanado("Al documento le falta su parte principal.")
        tipo = _tipo(paquete, principal)
        con_macros = TIPOS not in paquete and any(p in paquete for p in CON_MACROS)
        if "macroEnabled" in tipo or con_macros:
            raise ContenidoNoPermitido("El documento trae macros (DOCM), que pueden hacer daño.")
    for clave, respuesta in DE_OFICINA:
        if clave in tipo:
            return _o_lanza(respuesta)
    raise VariosDocumentos("Es un archivo comprimido ZIP, que puede traer varias actas.")


def _tipo(paquete: Paquete, principal: str | None) -> str:
    """Devuelve el tipo de contenido; si falta la lista de tipos, el que dice la carpeta."""
    if principal is None:
        return paquete.bytes_de("mimetype").decode("latin-1")
    if TIPOS in paquete:
        return paquete.tipo_de(principal)
    return CARPETAS.get(principal.split("/", 1)[0], "")


def _o_lanza(respuesta: str | FormatoNoAdmitido) -> str:
    if isinstance(respuesta, str):
        return respuesta
    raise type(respuesta)(*respuesta.args)


def _antiguo(datos: bytes) -> FormatoNoAdmitido | ArchivoCifrado | VariosDocumentos:
    """Distingue, dentro de un OLE, un correo de Outlook, un DOCX con contraseña y un .doc."""
    if outlook.es_correo(datos):
        return VariosDocumentos("Es un correo de Outlook (.msg), que puede traer actas adjuntas.")
    if "EncryptedPackage".encode("utf-16-le") in datos:
        return ArchivoCifrado("El documento está protegido con contraseña.")
    if _pide_contrasena(datos):
        return ArchivoCifrado("El documento está protegido con contraseña.")
    for flujo, motivo in ANTIGUOS:
        if flujo.encode("utf-16-le") in datos:
            return type(motivo)(*motivo.args)
    return FormatoNoAdmitido(
        "Es un archivo antiguo de Office o uno protegido con contraseña: "
        "ábralo en su programa y guárdelo sin contraseña como DOCX o PDF."
    )


def _pide_contrasena(datos: bytes) -> bool:
    """Dice si un .doc está cifrado, según las marcas del comienzo de su flujo principal."""
    lugar = datos.find(FIB)
    while lugar >= 0 and lugar % SECTOR:
        lugar = datos.find(FIB, lugar + 1)
    marcas = datos[lugar + 10 : lugar + 12] if lugar >= 0 else b""
    return bool(int.from_bytes(marcas, "little") & CIFRADO_EN_FIB)


def _texto(datos: bytes) -> str:
    if MARCADO.match(datos.removeprefix(b"\xef\xbb\xbf")):
        raise FormatoNoAdmitido("Es una página web o un archivo XML: guárdelo como DOCX o PDF.")
    if datos.startswith(UTF16) or CONTROLES.search(datos):
        raise FormatoNoAdmitido(
            "El contenido del archivo no es de un PDF, un DOCX ni un texto UTF-8."
        )
    try:
        datos.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatoNoAdmitido(
            "El archivo no es un PDF ni un DOCX, y si es texto no está en UTF-8: "
            "en el Bloc de notas use «Guardar como» y elija la codificación UTF-8."
        ) from error
    if len(datos) > MAYOR_TEXTO:
        raise ArchivoDemasiadoGrande(f"El texto pasa de {MAYOR_TEXTO // MB} MB.")
    if not datos.strip():
        raise ArchivoVacio("El archivo solo tiene espacios en blanco.")
    return "texto"
