"""Saca los archivos de un ZIP que no es un documento sino que los trae; cada uno es un acta.

Los límites y las comprobaciones (rutas, partes repetidas, bombas, cifrado) son los de `Paquete`.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final
from zipfile import ZipInfo

from ingesta.errores import ArchivoDemasiadoGrande, FormatoNoAdmitido
from ingesta.paquete import Paquete
from ingesta.sobre import MAYOR_CANTIDAD, Miembro

EN_UTF8: Final = 0x800
"""Marca de que el nombre de una parte está en UTF-8 (APPNOTE de PKWARE, § 4.4.4)."""

CARPETA_AJENA: Final = "__MACOSX/"
AJENOS: Final = frozenset({"thumbs.db", "desktop.ini"})
"""Lo que agregan los sistemas y no es de la persona."""


def abrir(ruta: Path, nombre: str) -> tuple[Miembro, ...]:
    """Devuelve los archivos del ZIP, en su orden.

    Raises:
        FormatoNoAdmitido: no trae ninguno.
        ArchivoRechazado, ArchivoDanado: los de `Paquete`, y demasiados archivos.
    """
    with Paquete(ruta) as paquete:
        actas = [i for i in paquete.archivos() if not _es_ajeno(i.filename)]
        if not actas:
            raise FormatoNoAdmitido(f"El archivo «{nombre}» no trae ninguna acta.")
        if len(actas) > MAYOR_CANTIDAD:
            raise ArchivoDemasiadoGrande(f"El archivo «{nombre}» trae demasiadas actas.")
        return tuple(
            Miembro(PurePosixPath(_visible(i)).name, paquete.bytes_de(_con_barras(i.orig_filename)))
            for i in actas
        )


def _es_ajeno(nombre: str) -> bool:
    propio = PurePosixPath(nombre).name.lower()
    return nombre.startswith(CARPETA_AJENA) or propio in AJENOS or propio.startswith((".", "~$"))


def _visible(parte: ZipInfo) -> str:
    """Lee en CP850, que es el de Windows en español, el nombre que no dice en qué está escrito."""
    nombre = _con_barras(parte.filename)
    if parte.flag_bits & EN_UTF8:
        return nombre
    try:
        return nombre.encode("cp437").decode("cp850")
    except UnicodeError:
        return nombre


def _con_barras(nombre: str) -> str:
    return nombre.replace("\\", "/")
