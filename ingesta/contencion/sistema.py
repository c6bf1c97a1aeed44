"""Llamadas al sistema que Python no ofrece: prctl, unshare, capset y syscall, por ctypes.

No carga `typing`, que tarda como todo lo demás: lo pagaría cada programa que se encierra.
"""

from __future__ import annotations

import ctypes
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

EN_LINUX: Final = sys.platform == "linux"

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_SET_SECCOMP: Final = 22
PR_SET_NO_NEW_PRIVS: Final = 38

CLONE_NEWNS: Final = 0x0002_0000
CLONE_NEWUSER: Final = 0x1000_0000
CLONE_NEWNET: Final = 0x4000_0000

VERSION_DE_CAPSET: Final = 0x2008_0522
MODO_FILTRO: Final = 2
ENCERRAR_EN_LISTA: Final = 446
"""Llamada `landlock_restrict_self`; el número es el mismo en todas las arquitecturas."""

_libc = ctypes.CDLL(None, use_errno=True)


def _comprobar(resultado: int) -> int:
    if resultado < 0:
        codigo = ctypes.get_errno()
        raise OSError(codigo, os.strerror(codigo))
    return resultado


def prctl(opcion: int, *argumentos: Any) -> None:
    """Cambia una propiedad del proceso; lanza OSError si el núcleo no la admite."""
    completos = [*argumentos, 0, 0, 0, 0][:4]
    enteros = [ctypes.c_ulong(a) if isinstance(a, int) else a for a in completos]
    _comprobar(_libc.prctl(opcion, *enteros))


def llamar(numero: int, *argumentos: Any) -> int:
    """Hace la llamada al sistema con ese número y devuelve su resultado."""
    enteros = [ctypes.c_long(a) if isinstance(a, int) else a for a in argumentos]
    return _comprobar(_libc.syscall(ctypes.c_long(numero), *enteros))


def separarse(espacios: int) -> None:
    """Pasa el proceso a espacios de nombres nuevos; lanza OSError si no se permite."""
    _comprobar(_libc.unshare(espacios))


class _Programa(ctypes.Structure):
    _fields_ = [("largo", ctypes.c_ushort), ("filtro", ctypes.c_char_p)]


def poner_filtro(filtro: bytes) -> None:
    """Pone un filtro de seccomp, para siempre; necesita antes `PR_SET_NO_NEW_PRIVS`."""
    largo = len(filtro) // 8
    prctl(PR_SET_SECCOMP, MODO_FILTRO, ctypes.byref(_Programa(largo, filtro)))


def encerrar_en(lista: int) -> None:
    """Encierra el proceso, para siempre, en una lista de Landlock; necesita lo mismo."""
    llamar(ENCERRAR_EN_LISTA, lista, 0)


MS_BIND: Final = 4096
MS_REC: Final = 16384
MS_PRIVATE: Final = 1 << 18


def ver_como(carpeta: str, lugar: str) -> None:
    """En el espacio de montajes de este proceso, que debe ser suyo, pone `carpeta` en `lugar`."""
    privado, atado = (ctypes.c_ulong(b) for b in (MS_REC | MS_PRIVATE, MS_BIND))
    _comprobar(_libc.mount(None, b"/", None, privado, None))
    _comprobar(_libc.mount(carpeta.encode(), lugar.encode(), None, atado, None))


def soltar_capacidades() -> None:
    """Deja el proceso sin ninguna capacidad de administrador."""
    cabeza = (ctypes.c_uint32 * 2)(VERSION_DE_CAPSET, 0)
    _comprobar(_libc.capset(cabeza, (ctypes.c_uint32 * 6)()))
