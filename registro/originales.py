"""Los archivos originales: se guardan primero, tal como llegaron, con su sha256 por nombre."""

from __future__ import annotations

import os
import re
import tempfile
import time
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO, BinaryIO

from ingesta.errores import ArchivoDemasiadoGrande, ArchivoVacio
from registro.errores import OriginalDanado

TOPE = 50 * 1024 * 1024
"""Bytes que se admiten por archivo."""

_TROZO = 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ABANDONADO = 24 * 3600
"""Segundos tras los que un archivo a medias es resto de un proceso que se cortó."""


@dataclass(frozen=True, slots=True)
class Original:
    """Un archivo guardado: su sha256 en hexadecimal y cuántos bytes tiene."""

    sha256: str
    bytes: int


class Originales:
    """Carpeta de originales: `carpeta/ab/abcd….bin`. Se comparte entre hilos y procesos."""

    def __init__(self, carpeta: Path, tope: int = TOPE) -> None:
        """Crea la carpeta si falta y borra lo que un corte dejó a medias hace más de un día."""
        self.carpeta = carpeta
        self.tope = tope
        carpeta.mkdir(parents=True, exist_ok=True)
        for resto in carpeta.glob("*.parcial"):
            if time.time() - resto.stat().st_mtime > _ABANDONADO:
                resto.unlink(missing_ok=True)

    def guardar(self, flujo: BinaryIO) -> Original:
        """Copia el flujo al disco mientras lo mide, y lo relee para comprobarlo.

        Al volver, los bytes están en el disco aunque se corte la luz. Si algo falla no queda
        nada. Guardar dos veces lo mismo da el mismo archivo; si el que había estaba dañado, lo
        repone.

        Raises:
            ArchivoVacio: el flujo no trae ni un byte.
            ArchivoDemasiadoGrande: pasa del tope.
            OriginalDanado: lo escrito no se pudo leer igual.
        """
        with tempfile.NamedTemporaryFile(
            dir=self.carpeta, suffix=".parcial", delete=False
        ) as parcial:
            provisional = Path(parcial.name)
            try:
                original = self._copiar(flujo, parcial)
                parcial.flush()
                os.fsync(parcial.fileno())
                parcial.close()
                self._publicar(provisional, self._lugar(original.sha256))
            except BaseException:
                parcial.close()
                provisional.unlink(missing_ok=True)
                raise
        self.ruta(original.sha256)
        return original

    def ruta(self, huella: str) -> Path:
        """Devuelve dónde está el original, tras comprobar que sigue siendo el que se recibió.

        Raises:
            OriginalDanado: falta o su contenido cambió.
        """
        lugar = self._lugar(huella)
        if not lugar.is_file():
            raise OriginalDanado("El archivo original no está en la carpeta de originales.")
        if _huella(lugar) != huella:
            raise OriginalDanado("El archivo original ya no es el que se recibió.")
        return lugar

    def _copiar(self, flujo: BinaryIO, destino: IO[bytes]) -> Original:
        suma, total = sha256(), 0
        while trozo := flujo.read(_TROZO):
            total += len(trozo)
            if total > self.tope:
                raise ArchivoDemasiadoGrande(
                    f"El archivo pasa de {self.tope // (1024 * 1024)} MB y no se guardó."
                )
            suma.update(trozo)
            destino.write(trozo)
        if not total:
            raise ArchivoVacio("El archivo no tiene contenido.")
        return Original(suma.hexdigest(), total)

    def _publicar(self, provisional: Path, lugar: Path) -> None:
        if lugar.is_file() and _huella(lugar) == lugar.stem:
            provisional.unlink()
            return
        lugar.parent.mkdir(exist_ok=True)
        provisional.replace(lugar)
        _asentar(lugar.parent)
        _asentar(self.carpeta)

    def _lugar(self, huella: str) -> Path:
        if not _SHA256.fullmatch(huella):
            raise OriginalDanado("La huella del archivo original no es un sha256.")
        return self.carpeta / huella[:2] / f"{huella}.bin"


def _huella(archivo: Path) -> str:
    with archivo.open("rb") as abierto:
        return file_digest(abierto, "sha256").hexdigest()


def _asentar(carpeta: Path) -> None:
    """Lleva al disco los nombres de la carpeta; Windows lo hace por su cuenta."""
    if os.name == "nt":
        return
    descriptor = os.open(carpeta, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
