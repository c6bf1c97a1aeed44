"""Los ZIP y correos que llegan con varias actas: se abren en un hijo encerrado, nunca aquí."""

from __future__ import annotations

import logging
import shutil
import tempfile
from io import BytesIO
from pathlib import Path, PurePath
from typing import BinaryIO, Final

from ingesta.contencion.arranque import ContencionNoDisponible
from ingesta.contencion.contenedor import Contenedor
from ingesta.errores import ErrorDeIngesta
from ingesta.sobre import Miembro

BITACORA = logging.getLogger(__name__)

SUFIJOS: Final = frozenset({".zip", ".eml", ".msg"})


def puede_ser(nombre: str) -> bool:
    """Dice si por su nombre el archivo es un sobre; lo confirma quien lo abre."""
    return PurePath(nombre).suffix.lower() in SUFIJOS


def desplegar(nombre: str, archivo: BinaryIO) -> list[tuple[str, BinaryIO]]:
    """Devuelve las actas de un sobre enviado, o el mismo archivo si no es uno o no se puede abrir.

    El que no se puede abrir sigue su camino: queda guardado y rechazado, con su motivo.
    """
    if not puede_ser(nombre):
        return [(nombre, archivo)]
    with tempfile.NamedTemporaryFile() as copia:
        shutil.copyfileobj(archivo, copia)
        copia.flush()
        archivo.seek(0)
        try:
            with Contenedor(hijos=1) as contenedor:
                miembros = contenedor.abrir_sobre(Path(copia.name), nombre)
        except (ErrorDeIngesta, ContencionNoDisponible) as error:
            BITACORA.info("un sobre no se abrió: %s", type(error).__name__)
            return [(nombre, archivo)]
    return [(m.nombre, BytesIO(m.datos)) for m in miembros]


def guardar(miembros: tuple[Miembro, ...], carpeta: Path) -> list[Path]:
    """Escribe las actas de un sobre, cada una en su propia carpeta: pueden llamarse igual."""
    rutas = []
    for n, miembro in enumerate(miembros):
        ruta = carpeta / str(n) / miembro.nombre
        ruta.parent.mkdir(parents=True)
        ruta.write_bytes(miembro.datos)
        rutas.append(ruta)
    return rutas
