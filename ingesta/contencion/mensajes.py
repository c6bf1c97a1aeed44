"""Cómo se habla con el zigoto y con sus hijos: pedidos, respuestas y el parte final.

Del hijo no se confía en nada: sus respuestas tienen tope y forma fija, y nunca traen objetos.
"""

from __future__ import annotations

import json
import os
import socket
import struct
from enum import StrEnum
from typing import Final, NamedTuple

from ingesta.contencion.limites import valor

LISTO: Final = b"L"
"""Lo que el zigoto escribe cuando terminó de cargar los lectores."""

LARGO = struct.Struct("!I")
CABEZA = struct.Struct("!cI")
PARTE = struct.Struct("!iQd")


class MensajeInvalido(ValueError):
    """Llegó algo que no tiene la forma convenida."""


class Tarea(StrEnum):
    """Lo que se le puede pedir a un hijo."""

    LEER = "leer"
    DIBUJAR = "dibujar"
    DIBUJAR_GRIS = "dibujar_gris"
    MEDIR = "medir"
    ABRIR = "abrir"
    CAPAS = "capas"


TOPE: Final = {
    Tarea.LEER: valor("documento"),
    Tarea.DIBUJAR: valor("imagen"),
    Tarea.DIBUJAR_GRIS: valor("imagen"),
    Tarea.MEDIR: valor("documento"),
    Tarea.ABRIR: valor("sobre"),
    Tarea.CAPAS: valor("error"),
}
"""Mayor respuesta de cada tarea, en bytes."""


class Pedido(NamedTuple):
    """Una tarea sobre un archivo; `ruta` solo se usa donde no hay archivos en memoria."""

    tarea: Tarea
    ruta: str
    nombre: str
    pagina: int = 1
    escala: float = 1.0


class Parte(NamedTuple):
    """Cómo terminó un hijo: señal (0 si salió solo), memoria máxima en bytes y segundos de CPU."""

    senal: int
    memoria: int
    cpu: float


class Respuesta:
    """Junta lo que llega de un hijo: páginas anunciadas y un resultado o un error."""

    PAGINAS: Final = b"p"
    RESULTADO: Final = b"r"
    ERROR: Final = b"e"

    def __init__(self, tope: int) -> None:
        self.paginas = 1
        self.resultado: bytes | None = None
        self.error: bytes | None = None
        self._topes = {
            self.PAGINAS: LARGO.size,
            self.RESULTADO: tope,
            self.ERROR: valor("error"),
        }
        self._pendiente = bytearray()

    def agregar(self, datos: bytes) -> None:
        """Recibe un trozo; lanza MensajeInvalido si pasa el tope o no tiene la forma convenida."""
        self._pendiente += datos
        while len(self._pendiente) >= CABEZA.size:
            clase, largo = CABEZA.unpack_from(self._pendiente)
            if largo > self._topes.get(clase, -1):
                raise MensajeInvalido("respuesta desconocida o demasiado larga")
            fin = CABEZA.size + largo
            if len(self._pendiente) < fin:
                return
            self._tomar(clase, bytes(self._pendiente[CABEZA.size : fin]))
            del self._pendiente[:fin]

    def _tomar(self, clase: bytes, contenido: bytes) -> None:
        if self.resultado is not None or self.error is not None:
            raise MensajeInvalido("más de una respuesta")
        if clase == self.RESULTADO:
            self.resultado = contenido
        elif clase == self.ERROR:
            self.error = contenido
        elif len(contenido) == LARGO.size:
            (self.paginas,) = LARGO.unpack(contenido)
        else:
            raise MensajeInvalido("número de páginas ilegible")


def responder(fd: int, clase: bytes, contenido: bytes) -> None:
    """Escribe una respuesta en la tubería del hijo."""
    for datos in (CABEZA.pack(clase, len(contenido)), contenido):
        vista = memoryview(datos)
        while vista:
            vista = vista[os.write(fd, vista) :]


def enviar(enchufe: socket.socket, pedido: Pedido, fds: list[int]) -> None:
    """Manda un pedido al zigoto junto con los descriptores abiertos que el hijo usará."""
    cuerpo = json.dumps(pedido).encode()
    if len(cuerpo) > valor("pedido"):
        raise MensajeInvalido("pedido demasiado largo")
    enviado = socket.send_fds(enchufe, [LARGO.pack(len(cuerpo)) + cuerpo], fds)
    enchufe.sendall((LARGO.pack(len(cuerpo)) + cuerpo)[enviado:])


def recibir(enchufe: socket.socket, cuantos: int) -> tuple[Pedido, list[int]]:
    """Recibe un pedido y sus descriptores; lanza EOFError si quien pedía ya no está."""
    cabeza, fds, _, _ = socket.recv_fds(enchufe, LARGO.size, cuantos)
    cabeza += _exactos(enchufe, LARGO.size - len(cabeza))
    cuerpo = _exactos(enchufe, LARGO.unpack(cabeza)[0])
    tarea, *resto = json.loads(cuerpo)
    return Pedido(Tarea(tarea), *resto), list(fds)


def _exactos(enchufe: socket.socket, cuantos: int) -> bytes:
    recibido = bytearray()
    while len(recibido) < cuantos:
        trozo = enchufe.recv(cuantos - len(recibido))
        if not trozo:
            raise EOFError
        recibido += trozo
    return bytes(recibido)
