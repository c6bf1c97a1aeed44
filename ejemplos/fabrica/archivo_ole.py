"""Escribe archivos OLE ([MS-CFB]) para las pruebas: ninguna biblioteca del proyecto los escribe."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

SECTOR, CHICO = 512, 64
CORTE = 4096
"""Los flujos más cortos van en la zona de sectores chicos ([MS-CFB] § 2.2)."""

FIN, LIBRE, DE_FAT, NADIE = 0xFFFF_FFFE, 0xFFFF_FFFF, 0xFFFF_FFFD, 0xFFFF_FFFF
CARPETA, FLUJO, RAIZ = 1, 2, 5
ENTRADA = struct.Struct("<64sHBB3I36xIQ")

Arbol = dict[str, "bytes | Arbol"]


@dataclass
class Nodo:
    """Entrada del directorio."""

    nombre: str
    tipo: int
    datos: bytes = b""
    derecha: int = NADIE
    dentro: int = NADIE


@dataclass
class Zona:
    """Sectores de un tamaño y la cadena que los une."""

    lado: int
    datos: bytes = b""
    cadena: list[int] = field(default_factory=list)

    def guardar(self, datos: bytes) -> int:
        """Agrega un flujo y devuelve su primer sector."""
        if not datos:
            return FIN
        primero, cuantos = len(self.cadena), -(-len(datos) // self.lado)
        self.datos += datos.ljust(cuantos * self.lado, b"\0")
        self.cadena += [*range(primero + 1, primero + cuantos), FIN]
        return primero


def escribir(arbol: Arbol) -> bytes:
    """Devuelve el archivo con esas carpetas y flujos."""
    nodos: list[Nodo] = []
    _recorrer("Root Entry", arbol, RAIZ, nodos)
    grandes, chicos = Zona(SECTOR), Zona(CHICO)
    lugares = [
        (grandes if len(n.datos) >= CORTE else chicos).guardar(n.datos) if n.tipo == FLUJO else 0
        for n in nodos
    ]
    nodos[0].datos, lugares[0] = chicos.datos, grandes.guardar(chicos.datos)
    directorio = grandes.guardar(b"".join(map(_entrada, nodos, lugares)))
    de_chicos = grandes.guardar(struct.pack(f"<{len(chicos.cadena)}I", *chicos.cadena))
    cuantas = 1
    while cuantas * SECTOR // 4 < len(grandes.cadena) + cuantas:
        cuantas += 1
    primera = len(grandes.cadena)
    fat = [*grandes.cadena, *[DE_FAT] * cuantas]
    fat += [LIBRE] * (cuantas * SECTOR // 4 - len(fat))
    cabecera = struct.pack(
        "<8s16x5H6x9I109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, cuantas, directorio, 0, CORTE, de_chicos),
        *(-(-len(chicos.cadena) * 4 // SECTOR), FIN, 0),
        *(*range(primera, primera + cuantas), *[LIBRE] * (109 - cuantas)),
    )
    return cabecera + grandes.datos + struct.pack(f"<{len(fat)}I", *fat)


def _recorrer(nombre: str, valor: bytes | Arbol, tipo: int, nodos: list[Nodo]) -> int:
    """Agrega una entrada y las de dentro; los hermanos van encadenados por la derecha."""
    propio = len(nodos)
    nodo = Nodo(nombre, tipo)
    nodos.append(nodo)
    if isinstance(valor, bytes):
        nodo.datos = valor
        return propio
    anterior: Nodo | None = None
    for hijo in sorted(valor, key=lambda n: (len(n), n.upper())):
        numero = _recorrer(
            hijo, valor[hijo], FLUJO if isinstance(valor[hijo], bytes) else CARPETA, nodos
        )
        if anterior is None:
            nodo.dentro = numero
        else:
            anterior.derecha = numero
        anterior = nodos[numero]
    return propio


def _entrada(nodo: Nodo, lugar: int) -> bytes:
    nombre = nodo.nombre.encode("utf-16-le") + b"\0\0"
    return ENTRADA.pack(
        *(nombre, len(nombre), nodo.tipo, 1),
        *(NADIE, nodo.derecha, nodo.dentro, lugar, len(nodo.datos)),
    )
