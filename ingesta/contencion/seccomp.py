"""seccomp: las llamadas al sistema que un lector no necesita contestan «no permitido».

Es una lista de lo prohibido (`llamadas.csv`), no de lo permitido: lo que cada versión de la
biblioteca de C necesita cambia, y lo que un lector jamás necesita, no.
"""

from __future__ import annotations

import csv
import errno
import os
import platform
import struct
from collections.abc import Collection
from pathlib import Path
from typing import Final, NamedTuple

from ingesta.contencion.sistema import poner_filtro

CARGAR: Final = 0x20
SI_IGUAL: Final = 0x15
SI_MAYOR_O_IGUAL: Final = 0x35
SI_TIENE_BITS: Final = 0x45
DEVOLVER: Final = 0x06

PERMITIR: Final = 0x7FFF_0000
MATAR: Final = 0x8000_0000
CON_ERROR: Final = 0x0005_0000
NEGAR: Final = CON_ERROR | errno.EPERM
NO_EXISTE: Final = CON_ERROR | errno.ENOSYS

NUMERO: Final = 0
ARQUITECTURA: Final = 4
"""Lugares del número de llamada y de la arquitectura en `struct seccomp_data`."""

DE_32_BITS: Final = 0x4000_0000
"""Las llamadas «x32» de x86-64 llevan este bit: ninguna se admite."""

ARQUITECTURAS: Final = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
ALIAS: Final = {"amd64": "x86_64", "arm64": "aarch64"}

CLONE_THREAD: Final = 0x0001_0000
ESCRITURA: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class ArquitecturaDesconocida(OSError):
    """No se conocen los números de llamada de este procesador."""


class Regla(NamedTuple):
    """Condición sobre los 32 bits bajos de un argumento (el primero es el 0) para permitir."""

    argumento: int
    salto: int
    dato: int
    permite_si: bool


def aplicar() -> None:
    """Pone el filtro en el proceso, para siempre; necesita antes `PR_SET_NO_NEW_PRIVS`.

    Lanza ArquitecturaDesconocida, u OSError si el núcleo no tiene seccomp.
    """
    poner_filtro(programa(platform.machine(), os.getpid()))


def programa(maquina: str, pid: int, exentas: Collection[str] = ()) -> bytes:
    """Devuelve el filtro BPF para ese procesador («x86_64», «aarch64») y ese proceso.

    `exentas` son llamadas de la lista que ese proceso sí necesita. Lanza ArquitecturaDesconocida.
    """
    maquina = ALIAS.get(maquina.lower(), maquina)
    if maquina not in ARQUITECTURAS:
        raise ArquitecturaDesconocida(errno.ENOSYS, f"no se conoce el procesador {maquina}")
    partes = [
        _paso(CARGAR, dato=ARQUITECTURA),
        _paso(SI_IGUAL, 1, 0, ARQUITECTURAS[maquina]),
        _paso(DEVOLVER, dato=MATAR),
        _paso(CARGAR, dato=NUMERO),
    ]
    if maquina == "x86_64":
        partes += [_paso(SI_MAYOR_O_IGUAL, 0, 1, DE_32_BITS), _paso(DEVOLVER, dato=NEGAR)]
    for numero, regla in _llamadas(maquina, exentas):
        partes += _revisar(numero, regla, pid)
    return b"".join([*partes, _paso(DEVOLVER, dato=PERMITIR)])


def _llamadas(maquina: str, exentas: Collection[str]) -> list[tuple[int, str]]:
    with Path(__file__).with_name("llamadas.csv").open(encoding="utf-8", newline="") as archivo:
        return [
            (int(f[maquina]), f["regla"])
            for f in csv.DictReader(archivo)
            if f[maquina] and f["nombre"] not in exentas
        ]


def _revisar(numero: int, regla: str, pid: int) -> list[bytes]:
    condiciones = {
        "hilo": Regla(0, SI_TIENE_BITS, CLONE_THREAD, True),
        "propio": Regla(0, SI_IGUAL, pid, True),
        "cero": Regla(0, SI_IGUAL, 0, True),
        "lectura_1": Regla(1, SI_TIENE_BITS, ESCRITURA, False),
        "lectura_2": Regla(2, SI_TIENE_BITS, ESCRITURA, False),
    }
    condicion = condiciones.get(regla)
    if condicion is None:
        respuesta = {"niega": NEGAR, "ausente": NO_EXISTE}[regla]
        return [_paso(SI_IGUAL, 0, 1, numero), _paso(DEVOLVER, dato=respuesta)]
    cumple, no = (1, 0) if condicion.permite_si else (0, 1)
    return [
        _paso(SI_IGUAL, 0, 4, numero),
        _paso(CARGAR, dato=16 + 8 * condicion.argumento),
        _paso(condicion.salto, cumple, no, condicion.dato),
        _paso(DEVOLVER, dato=NEGAR),
        _paso(CARGAR, dato=NUMERO),
    ]


def _paso(codigo: int, si: int = 0, no: int = 0, dato: int = 0) -> bytes:
    return struct.pack("=HBBI", codigo, si, no, dato)
