"""Una petición a un hijo: se le entrega el acta, se lee lo que responde y se lleva el reloj."""

from __future__ import annotations

import os
import selectors
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto

from ingesta.contencion.arranque import ZigotoCaido
from ingesta.contencion.limites import valor
from ingesta.contencion.mensajes import PARTE, MensajeInvalido, Parte, Respuesta

TROZO = 256 * 1024


class Corte(Enum):
    """Por qué se mató a un hijo."""

    TIEMPO = auto()
    FORMA = auto()


class Peticion:
    """Lo que se sabe de un hijo desde que se pide hasta que termina; se usa una vez."""

    def __init__(self, tope: int, plazo: Callable[[int], float]) -> None:
        self.respuesta = Respuesta(tope)
        self._plazo = plazo
        self.corte: Corte | None = None
        self.parte = Parte(0, 0, 0.0)
        self.inicio = time.monotonic()

    @property
    def segundos(self) -> float:
        """Devuelve los segundos de reloj desde que se hizo."""
        return time.monotonic() - self.inicio

    @property
    def plazo(self) -> float:
        """Devuelve los segundos que tiene, según las páginas que el hijo anunció."""
        return self._plazo(self.respuesta.paginas)

    def hacer(self, enviar: Callable[[list[int]], None], acta: int, datos: int | None) -> None:
        """Entrega el archivo abierto con `enviar` y espera a que el hijo termine.

        `datos` es otro descriptor que se le entrega, si lo necesita.

        Al salir, también por una excepción, el hijo está muerto o condenado. Lanza ZigotoCaido.
        """
        tubo, salida = os.pipe()
        canal, ajeno = socket.socketpair()
        with canal:
            try:
                try:
                    enviar([acta, salida, ajeno.fileno(), *([] if datos is None else [datos])])
                finally:
                    os.close(salida)
                    ajeno.close()
                self._seguir(tubo, canal)
            finally:
                os.close(tubo)

    def _seguir(self, tubo: int, canal: socket.socket) -> None:
        recibido = b""
        with selectors.DefaultSelector() as selector:
            selector.register(tubo, selectors.EVENT_READ)
            selector.register(canal, selectors.EVENT_READ)
            while selector.get_map():
                for clave, _ in selector.select(self._esperar(canal)):
                    if clave.fd == tubo:
                        seguir = self._leer(tubo, canal)
                    else:
                        trozo = canal.recv(PARTE.size - len(recibido))
                        if not trozo:
                            raise ZigotoCaido
                        recibido += trozo
                        seguir = len(recibido) < PARTE.size
                    if not seguir:
                        selector.unregister(clave.fileobj)
        self.parte = Parte(*PARTE.unpack(recibido))

    def _esperar(self, canal: socket.socket) -> float:
        """Devuelve cuánto se puede esperar todavía; si ya venció el plazo, manda matar al hijo."""
        falta = self.plazo - self.segundos
        if falta <= 0 and self.corte is None:
            self._cortar(canal, Corte.TIEMPO)
        if self.corte:
            falta += valor("cierre")
            if falta <= 0:
                raise ZigotoCaido
        return falta

    def _leer(self, tubo: int, canal: socket.socket) -> bool:
        """Toma lo que haya en la tubería; devuelve si puede venir más."""
        datos = os.read(tubo, TROZO)
        if datos and self.corte is None:
            try:
                self.respuesta.agregar(datos)
            except MensajeInvalido:
                self._cortar(canal, Corte.FORMA)
        return bool(datos)

    def _cortar(self, canal: socket.socket, motivo: Corte) -> None:
        self.corte = motivo
        with suppress(OSError):
            canal.shutdown(socket.SHUT_WR)
