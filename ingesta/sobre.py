"""Un sobre trae varias actas y no es una: un ZIP o un correo. Aquí, lo que sale de él."""

from __future__ import annotations

import json
import struct
from typing import Any, Final, NamedTuple

MAYOR_CANTIDAD: Final = 200
"""Archivos que se admiten en un sobre; las actas de un año de un espacio son decenas."""

SIN_ASUNTO: Final = "correo"
MAYOR_ASUNTO: Final = 80
MENOR_FOTO: Final = 30 * 1024
"""Bytes: la foto de una hoja que se pueda leer pesa más de 100 kB y un logotipo, menos de 20."""

MAYOR_NOMBRE: Final = 200
LARGO: Final = struct.Struct("!I")


class Miembro(NamedTuple):
    """Archivo que venía en un sobre; `nombre` no lleva carpetas."""

    nombre: str
    datos: bytes


class SobreIlegible(ValueError):
    """Los bytes no tienen la forma que escribe `a_bytes`."""


def nombre_seguro(nombre: str) -> str:
    """Devuelve el nombre sin carpetas ni caracteres que no se ven, y no más largo de la cuenta."""
    visible = "".join(c for c in nombre if c.isprintable()).replace("\\", "/").rsplit("/", 1)[-1]
    return visible.strip(" .")[-MAYOR_NOMBRE:] or "acta"


def a_bytes(miembros: tuple[Miembro, ...]) -> bytes:
    """Escribe los miembros: el largo de la lista, la lista en JSON y los datos seguidos."""
    lista = json.dumps([[m.nombre, len(m.datos)] for m in miembros]).encode()
    return b"".join([LARGO.pack(len(lista)), lista, *(m.datos for m in miembros)])


def de_bytes(datos: bytes) -> tuple[Miembro, ...]:
    """Lee lo que escribe `a_bytes`, de quien no se confía; lanza SobreIlegible."""
    try:
        (largo,) = LARGO.unpack_from(datos)
        lugar = LARGO.size + largo
        lista: Any = json.loads(datos[LARGO.size : lugar])
        if type(lista) is not list or len(lista) > MAYOR_CANTIDAD:
            raise SobreIlegible("no es una lista o es muy larga")
        miembros = []
        for nombre, cuantos in lista:
            if type(nombre) is not str or type(cuantos) is not int or cuantos < 0:
                raise SobreIlegible("miembro mal escrito")
            miembros.append(Miembro(nombre_seguro(nombre), datos[lugar : lugar + cuantos]))
            lugar += cuantos
    except (struct.error, ValueError, TypeError, RecursionError) as error:
        raise SobreIlegible("no tiene la forma convenida") from error
    if lugar != len(datos):
        raise SobreIlegible("sobran o faltan bytes")
    return tuple(miembros)
