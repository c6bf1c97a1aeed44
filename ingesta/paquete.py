"""Lee las partes de un DOCX (un ZIP con XML) sin confiar en lo que el archivo declara.

Nada se extrae al disco ni se descarga: cada parte se descomprime en memoria contando los bytes, y
las relaciones externas solo se anotan. Los límites y sus razones están en `LIMITES`.
"""

from __future__ import annotations

import posixpath
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO, NamedTuple, NoReturn, Self
from xml.parsers import expat

from lxml import etree

from ingesta.errores import (
    ArchivoCifrado,
    ArchivoDanado,
    ArchivoDemasiadoGrande,
    ContenidoNoPermitido,
)

MB = 1024 * 1024


class Limite(NamedTuple):
    """Cuánto se admite, qué se le dice a la persona y por qué ese número."""

    valor: int
    mensaje: str
    razon: str


LIMITES = {
    "partes": Limite(
        2_000,
        "El archivo tiene demasiadas partes internas.",
        "Un acta tiene decenas; abrir un ZIP de 100 000 partes tomó 7,5 s.",
    ),
    "indice": Limite(
        MB,
        "El índice interno del archivo es demasiado grande.",
        "2 000 partes con nombres de 450 letras; el contador de partes puede mentir, el índice no.",
    ),
    "parte": Limite(
        40 * MB,
        "Una parte del archivo es demasiado grande al descomprimirla.",
        "El texto de 500 páginas ocupa unos 10 MB; leer 200 MB de XML pidió 747 MB de memoria.",
    ),
    "total": Limite(
        100 * MB,
        "El archivo es demasiado grande al descomprimirlo.",
        "El doble del mayor archivo que se recibe, que suele ser de fotos ya comprimidas.",
    ),
    "razon": Limite(
        200,
        "Una parte del archivo se infla de forma anormal al descomprimirla.",
        "El XML de Word se comprime de 10 a 30 veces; una tabla de 20 000 filas iguales, 330. Solo "
        "se mira en partes XML de más de 8 MB: lo menor no puede agotar la memoria.",
    ),
    "relaciones": Limite(
        5_000,
        "El archivo tiene demasiados vínculos internos.",
        "Un acta tiene decenas; con 200 000 un lector común pasó de 10 s.",
    ),
}

MENOR_BOMBA = 8 * MB
"""Bytes, ya descomprimidos, desde los que importa cuánto se infla una parte XML."""

FIN_DE_ZIP = b"PK\x05\x06"
LARGO_DEL_FIN = 22
MAYOR_COMENTARIO = 65_535
CIFRADA = 0x1
METODOS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ES_XML = re.compile(r"\.(xml|rels|vml)$")
TIPOS = "[Content_Types].xml"
HABITUALES = ("word/document.xml", "xl/workbook.xml")
MUY_HONDO = "El documento anida elementos, o tiene textos seguidos, muy por encima de lo normal."
TROZO = 64 * 1024


class Relacion(NamedTuple):
    """Vínculo de una parte con otra; `tipo` es la última palabra de su URI («image», «header»)."""

    tipo: str
    destino: str
    externa: bool


class _RaizAlcanzada(Exception):
    """El analizador llegó al elemento raíz: ya no puede haber un DTD."""


class Paquete:
    """ZIP abierto y revisado: nombres, tamaños, cifrado y ningún DTD en sus partes XML.

    `inflado` son los bytes descomprimidos hasta ahora, con los de quien lo contiene.
    Raises:
        ArchivoDanado: el ZIP está truncado o roto.
        ArchivoDemasiadoGrande, ContenidoNoPermitido: pasa un límite o trae algo peligroso.
        ArchivoCifrado: alguna parte pide contraseña.
    """

    def __init__(self, fuente: Path | BinaryIO, inflado: int = 0) -> None:
        self.inflado = inflado
        _revisar_final(fuente)
        try:
            self._zip = zipfile.ZipFile(fuente)
        except zipfile.BadZipFile as error:
            raise _danado() from error
        self._partes = self._revisar_partes()
        for nombre in self._partes:
            if ES_XML.search(nombre):
                self._revisar_prologo(nombre)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, parte: str) -> bool:
        return parte.lower() in self._partes

    def archivos(self) -> list[zipfile.ZipInfo]:
        """Devuelve las partes que no son carpetas, en su orden."""
        return [i for i in self._partes.values() if not i.is_dir()]

    def bytes_de(self, parte: str) -> bytes:
        """Devuelve la parte descomprimida; vacía si no está."""
        return b"".join(self._trozos(parte)) if parte in self else b""

    def xml(self, parte: str) -> etree._Element | None:
        """Devuelve la raíz XML de la parte, o None si no está."""
        if parte not in self:
            return None
        analizador = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            raiz = etree.fromstring(self.bytes_de(parte), analizador)
        except etree.XMLSyntaxError as error:
            if getattr(error, "code", None) == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
                raise ContenidoNoPermitido(MUY_HONDO) from error
            raise
        if raiz.getroottree().docinfo.internalDTD is not None:
            _rechazar_dtd()
        return raiz

    def tipo_de(self, parte: str) -> str:
        """Devuelve el tipo de contenido declarado de la parte, o «» si no lo tiene."""
        raiz = self.xml(TIPOS)
        extension = ""
        for declarado in raiz if raiz is not None else ():
            tipo = declarado.get("ContentType", "")
            if declarado.get("PartName", "").lower() == f"/{parte.lower()}":
                return tipo
            if f".{declarado.get('Extension', '')}".lower() == posixpath.splitext(parte.lower())[1]:
                extension = tipo
        return extension

    def principal(self) -> str | None:
        """Devuelve la parte principal; si nada la nombra, la que está en su lugar habitual."""
        for relacion in self.relaciones("").values():
            if relacion.tipo == "officeDocument" and not relacion.externa:
                return relacion.destino
        return next((p for p in HABITUALES if p in self), None)

    def relaciones(self, parte: str) -> dict[str, Relacion]:
        """Devuelve los vínculos de la parte por su identificador; los del paquete, con «»."""
        carpeta, archivo = posixpath.split(parte)
        raiz = self.xml(posixpath.join(carpeta, "_rels", f"{archivo}.rels"))
        if raiz is None:
            return {}
        if len(raiz) > LIMITES["relaciones"].valor:
            raise ArchivoDemasiadoGrande(LIMITES["relaciones"].mensaje)
        return {r.get("Id", ""): _relacion(carpeta, r) for r in raiz}

    def _revisar_partes(self) -> dict[str, zipfile.ZipInfo]:
        partes: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            nombre = info.orig_filename.replace("\\", "/")
            _revisar_nombre(nombre, info)
            if nombre.lower() in partes:
                raise ContenidoNoPermitido("El archivo trae dos veces la misma parte.")
            partes[nombre.lower()] = info
            _revisar_tamano(nombre.lower(), info)
        if sum(i.file_size for i in partes.values()) > LIMITES["total"].valor:
            raise ArchivoDemasiadoGrande(LIMITES["total"].mensaje)
        _revisar_solapes(list(partes.values()), self._zip.start_dir)
        return partes

    def _revisar_prologo(self, parte: str) -> None:
        """Rechaza un DTD, que solo puede estar antes del elemento raíz, en cualquier codificación.

        Un prólogo ilegible o en una codificación desconocida se deja pasar: la parte falla después,
        si se llega a leer.
        """

        def parar(*_: object) -> NoReturn:
            raise _RaizAlcanzada

        analizador = expat.ParserCreate()
        analizador.StartDoctypeDeclHandler = _rechazar_dtd
        analizador.StartElementHandler = parar
        try:
            for trozo in self._trozos(parte):
                analizador.Parse(trozo, False)
        except (_RaizAlcanzada, expat.ExpatError, LookupError, ValueError):
            return

    def _trozos(self, parte: str) -> Iterator[bytes]:
        """Descomprime la parte contando lo que sale de verdad."""
        leido = 0
        try:
            with self._zip.open(self._partes[parte.lower()]) as archivo:
                while trozo := archivo.read(TROZO):
                    leido += len(trozo)
                    self.inflado += len(trozo)
                    if leido > LIMITES["parte"].valor:
                        raise ArchivoDemasiadoGrande(LIMITES["parte"].mensaje)
                    if self.inflado > 2 * LIMITES["total"].valor:  # prólogo y lectura
                        raise ArchivoDemasiadoGrande(LIMITES["total"].mensaje)
                    yield trozo
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise _danado() from error


def _revisar_final(fuente: Path | BinaryIO) -> None:
    """Mira el cierre del ZIP antes de abrirlo: abrir ya recorre todo el índice."""
    with fuente.open("rb") if isinstance(fuente, Path) else nullcontext(fuente) as archivo:
        largo = archivo.seek(0, 2)
        archivo.seek(max(0, largo - LARGO_DEL_FIN - MAYOR_COMENTARIO))
        cola = archivo.read()
    inicio = cola.rfind(FIN_DE_ZIP)
    if inicio < 0 or len(cola) - inicio < LARGO_DEL_FIN:
        raise _danado()
    partes, indice = struct.unpack("<10xHL6x", cola[inicio : inicio + LARGO_DEL_FIN])
    if partes > LIMITES["partes"].valor:
        raise ArchivoDemasiadoGrande(LIMITES["partes"].mensaje)
    if indice > LIMITES["indice"].valor or cola[:inicio][-20:].startswith(b"PK\x06\x07"):
        raise ArchivoDemasiadoGrande(LIMITES["indice"].mensaje)


def _revisar_nombre(nombre: str, info: zipfile.ZipInfo) -> None:
    enlace = stat.S_ISLNK(info.external_attr >> 16)
    if enlace or nombre.startswith("/") or ".." in nombre.split("/") or set(":\0") & set(nombre):
        raise ContenidoNoPermitido("El archivo trae partes con rutas peligrosas.")
    if info.flag_bits & CIFRADA:
        raise ArchivoCifrado("El archivo pide contraseña para abrirse.")
    if info.compress_type not in METODOS:
        raise ContenidoNoPermitido("El archivo usa una compresión que Word no emplea.")


def _revisar_tamano(nombre: str, info: zipfile.ZipInfo) -> None:
    if info.file_size > LIMITES["parte"].valor:
        raise ArchivoDemasiadoGrande(LIMITES["parte"].mensaje)
    infla = info.file_size > LIMITES["razon"].valor * info.compress_size
    if infla and info.file_size > MENOR_BOMBA and ES_XML.search(nombre):
        raise ContenidoNoPermitido(LIMITES["razon"].mensaje)


def _revisar_solapes(partes: list[zipfile.ZipInfo], fin: int) -> None:
    """Rechaza partes que comparten bytes: así se fabrican las bombas que no parecen serlo."""
    partes.sort(key=lambda i: i.header_offset)
    if partes and partes[0].header_offset < 0:
        raise _danado()
    siguientes = [*(i.header_offset for i in partes[1:]), fin]
    for info, siguiente in zip(partes, siguientes, strict=False):
        if info.header_offset + 30 + info.compress_size > siguiente:
            raise ContenidoNoPermitido("El archivo trae partes que se superponen.")


def _relacion(carpeta: str, relacion: etree._Element) -> Relacion:
    destino = relacion.get("Target", "")
    externa = relacion.get("TargetMode") == "External"
    if not externa:
        destino = posixpath.normpath(posixpath.join("/", carpeta, destino)).lstrip("/")
    return Relacion(relacion.get("Type", "").rsplit("/", 1)[-1], destino, externa)


def _rechazar_dtd(*_: object) -> NoReturn:
    raise ContenidoNoPermitido("El archivo trae una definición DTD, que un acta no necesita.")


def _danado() -> ArchivoDanado:
    return ArchivoDanado("El archivo está incompleto o dañado y no se puede abrir.")
