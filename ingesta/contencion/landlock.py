"""Landlock: el hijo solo puede leer la biblioteca de Python y las tipografías del sistema.

El acta no está en la lista porque llega ya abierta. Ver «Landlock: unprivileged access control» en
la documentación del núcleo; los números de llamada son los mismos en todas las arquitecturas.
"""

from __future__ import annotations

import ctypes
import os
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ingesta.contencion.sistema import llamar

CREAR: Final = 444
AGREGAR: Final = 445
PREGUNTA_VERSION: Final = 1
BAJO_UNA_RUTA: Final = 1

EJECUTAR: Final = 1 << 0
LEER: Final = 1 << 2 | 1 << 3
"""Leer archivos y listar carpetas."""

DE_ARCHIVO: Final = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14
"""Los derechos que valen para un archivo suelto: ejecutar, escribir, leer y recortar."""

DERECHOS_DE_DISCO: Final = {1: 13, 2: 14, 3: 15, 5: 16}
"""Versión de Landlock y cuántos derechos de disco conoce desde ella."""

RED_DESDE: Final = 4
ALCANCE_DESDE: Final = 6
DOS_PRIMEROS: Final = 0b11
"""Conectarse y escuchar por TCP; hablar a sockets abstractos y mandar señales fuera."""

TIPOGRAFIAS: Final = ("/usr/share/fonts", "/usr/share/X11/fonts", "/usr/local/share/fonts")
"""Carpetas donde PDFium busca las letras que el PDF no trae."""


class _Ruta(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("derechos", ctypes.c_uint64), ("carpeta", ctypes.c_int32)]


def preparar(
    carpetas: Iterable[str] | None = None,
    programas: Iterable[str] = (),
    propias: Iterable[str] = (),
) -> int:
    """Crea la lista de carpetas legibles (por omisión, `legibles()`) y devuelve su descriptor.

    De las de `programas` además se ejecuta, y en las `propias` se puede hacer de todo. Se prepara
    una vez en el zigoto y cada hijo la aplica (`sistema.encerrar_en`). Lanza OSError si el núcleo
    no tiene Landlock (apareció en Linux 5.13).
    """
    version = llamar(CREAR, None, 0, PREGUNTA_VERSION)
    disco = max(n for desde, n in DERECHOS_DE_DISCO.items() if desde <= version)
    negado = [
        (1 << disco) - 1,
        DOS_PRIMEROS if version >= RED_DESDE else 0,
        DOS_PRIMEROS if version >= ALCANCE_DESDE else 0,
    ]
    conocidos = 1 + (version >= RED_DESDE) + (version >= ALCANCE_DESDE)
    lista = llamar(CREAR, (ctypes.c_uint64 * 3)(*negado), 8 * conocidos, 0)
    for carpeta in legibles() if carpetas is None else carpetas:
        _permitir(lista, carpeta)
    for carpeta in programas:
        _permitir(lista, carpeta, LEER | EJECUTAR)
    for carpeta in propias:
        _permitir(lista, carpeta, (1 << disco) - 1)
    return lista


def legibles() -> set[str]:
    """Devuelve las carpetas que existen y que un lector puede necesitar."""
    rutas = sysconfig.get_paths()
    biblioteca = {rutas[clase] for clase in ("stdlib", "platstdlib", "purelib", "platlib")}
    nuestra = str(Path(__file__).parents[1])
    return {c for c in (*biblioteca, nuestra, *TIPOGRAFIAS) if Path(c).is_dir()}


def _permitir(lista: int, carpeta: str, derechos: int = LEER) -> None:
    if not Path(carpeta).is_dir():
        derechos &= DE_ARCHIVO
    fd = os.open(carpeta, os.O_PATH | os.O_CLOEXEC)
    try:
        llamar(AGREGAR, lista, BAJO_UNA_RUTA, ctypes.byref(_Ruta(derechos, fd)), 0)
    finally:
        os.close(fd)
