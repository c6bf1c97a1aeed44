"""Saca los adjuntos de un correo de Outlook ([MS-OXMSG]); si no trae, su texto es el acta."""

from __future__ import annotations

import io
import struct
from contextlib import suppress
from pathlib import Path
from typing import Final

import olefile

from ingesta.errores import ArchivoDanado, ArchivoDemasiadoGrande, FormatoNoAdmitido
from ingesta.sobre import MAYOR_ASUNTO, MAYOR_CANTIDAD, MENOR_FOTO, SIN_ASUNTO, Miembro

PROPIEDADES: Final = "__properties_version1.0"
NOMBRES: Final = "__nameid_version1.0"
ADJUNTO: Final = "__attach_version1.0_#"
"""Carpetas del archivo ([MS-OXMSG] § 2.2): también están dentro de un correo reenviado."""

ASUNTO, CUERPO = "0037", "1000"
DATOS, NOMBRE_LARGO, NOMBRE_CORTO, EN_EL_MENSAJE, CLASE = "3701", "3707", "3704", "3712", "370E"
"""Propiedades ([MS-OXPROPS]): las que hacen falta del mensaje y de cada adjunto."""

BINARIA, OBJETO, UNICODE, DE_OCHO_BITS = "0102", "000D", "001F", "001E"
PAGINA_DE_CODIGOS: Final = (0x3FFD, 0x3FDE)
"""PidTagMessageCodepage y PidTagInternetCodepage: en qué codificación van los textos de 8 bits."""

CABECERA_DE_PROPIEDADES: Final = 32
ENTRADA: Final = struct.Struct("<HHIQ")
"""Tipo, propiedad, marcas y valor de cada entrada de 16 bytes ([MS-OXMSG] § 2.4)."""

Camino = list[str]


def es_correo(datos: bytes) -> bool:
    """Dice si un archivo OLE es un correo de Outlook: lo es por sus carpetas de la raíz."""
    try:
        with olefile.OleFileIO(io.BytesIO(datos)) as archivo:
            return bool(archivo.exists(PROPIEDADES) and archivo.exists(NOMBRES))
    except (OSError, ValueError, IndexError, struct.error):
        return False


def abrir(ruta: Path, nombre: str) -> tuple[Miembro, ...]:
    """Devuelve los adjuntos, también los de un correo reenviado dentro de este.

    Las imágenes chicas que son parte del mensaje (logotipos de la firma) no son adjuntos. El que
    solo es un enlace a otra parte sale vacío, para que quede dicho que no se leyó.

    Raises:
        FormatoNoAdmitido: no trae adjuntos ni texto.
        ArchivoDemasiadoGrande: trae demasiados.
        ArchivoDanado: el archivo está roto.
    """
    try:
        with olefile.OleFileIO(ruta) as archivo:
            correo = _Correo(archivo)
            adjuntos = correo.adjuntos(nombre)
            if adjuntos:
                return adjuntos
            texto = correo.texto([], CUERPO).strip()
            asunto = correo.texto([], ASUNTO)[:MAYOR_ASUNTO] or SIN_ASUNTO
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise ArchivoDanado(f"El correo «{nombre}» está dañado y no se puede abrir.") from error
    if not texto:
        raise FormatoNoAdmitido(f"El correo «{nombre}» no trae adjuntos ni texto.")
    return (Miembro(f"{asunto}.txt", texto.encode()),)


class _Correo:
    """Lo que hace falta de un .msg abierto. Los caminos van desde la raíz."""

    def __init__(self, archivo: olefile.OleFileIO) -> None:
        self._archivo = archivo
        self._codificacion = self._pagina_de_codigos()

    def adjuntos(self, nombre: str) -> tuple[Miembro, ...]:
        """Devuelve los adjuntos con sus datos, en el orden en que están."""
        carpetas: list[Camino] = sorted(
            c for c in self._archivo.listdir(streams=False, storages=True) if _es_adjunto(c)
        )
        if len(carpetas) > MAYOR_CANTIDAD:
            raise ArchivoDemasiadoGrande(f"El correo «{nombre}» trae demasiados adjuntos.")
        return tuple(m for c in carpetas if (m := self._miembro(c)) is not None)

    def texto(self, camino: Camino, propiedad: str) -> str:
        """Devuelve el texto de una propiedad, o nada si no está."""
        if (unicode := self._bytes(camino, propiedad + UNICODE)) is not None:
            return unicode.decode("utf-16-le", "replace").rstrip("\0")
        ocho = self._bytes(camino, propiedad + DE_OCHO_BITS) or b""
        return ocho.decode(self._codificacion, "replace").rstrip("\0")

    def _miembro(self, camino: Camino) -> Miembro | None:
        """Devuelve el adjunto; None si es un correo, cuyos adjuntos salen solos, o un adorno."""
        if self._archivo.exists([*camino, _parte(DATOS + OBJETO)]):
            return None
        datos = self._bytes(camino, DATOS + BINARIA) or b""
        es_imagen = self.texto(camino, CLASE).startswith("image/")
        if es_imagen and self.texto(camino, EN_EL_MENSAJE) and len(datos) < MENOR_FOTO:
            return None
        nombre = self.texto(camino, NOMBRE_LARGO) or self.texto(camino, NOMBRE_CORTO)
        return Miembro(nombre or "adjunto", datos)

    def _bytes(self, camino: Camino, propiedad: str) -> bytes | None:
        lugar = [*camino, _parte(propiedad)]
        if not self._archivo.exists(lugar):
            return None
        with self._archivo.openstream(lugar) as flujo:
            leido: bytes = flujo.read()
        return leido

    def _pagina_de_codigos(self) -> str:
        with self._archivo.openstream(PROPIEDADES) as flujo:
            entradas = flujo.read()[CABECERA_DE_PROPIEDADES:]
        entero = len(entradas) - len(entradas) % ENTRADA.size
        for _, propiedad, _, valor in ENTRADA.iter_unpack(entradas[:entero]):
            if propiedad in PAGINA_DE_CODIGOS:
                codificacion = "utf-8" if valor == 65001 else f"cp{valor & 0xFFFF}"
                with suppress(LookupError):
                    "".encode(codificacion)
                    return codificacion
        return "cp1252"


def _es_adjunto(camino: Camino) -> bool:
    return camino[-1].startswith(ADJUNTO)


def _parte(propiedad: str) -> str:
    return f"__substg1.0_{propiedad}"
