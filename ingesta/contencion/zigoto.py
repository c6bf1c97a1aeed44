"""El zigoto: un proceso con los lectores ya cargados que se divide en un hijo por documento.

No lee nada ajeno. Tiene un solo hilo, porque dividirse con varios es peligroso, y muere cuando
quien lo arrancó cierra su enchufe; con él mueren sus hijos.
"""

from __future__ import annotations

import gc
import importlib
import os
import resource
import selectors
import signal
import socket
import sys
from contextlib import suppress
from encodings.aliases import aliases
from typing import Final

import PIL.Image

from ingesta.contencion import hijo
from ingesta.contencion.encierro import Entorno, preparar
from ingesta.contencion.mensajes import LISTO, PARTE, recibir

SIN_ALIAS: Final = ("utf_8_sig", "idna", "punycode", "raw_unicode_escape", "unicode_escape")
DIFERIDOS: Final = ("heapq", "PIL.TiffImagePlugin", "PIL.ImageCms")

MAYOR_NUMERO_DE_ARCHIVOS: Final = 1024
EN_KILOBYTES: Final = 1024 if sys.platform == "linux" else 1
"""Unidad de la memoria máxima que informa el sistema."""

DESCRIPTORES: Final = 4
"""Los que llegan con cada pedido: el acta, la tubería de respuesta, el canal del parte final y, si
se relee un acta, lo que se reconoció en sus páginas."""


def servir(fd: int) -> None:
    """Atiende pedidos por ese enchufe hasta que se cierre."""
    precargar()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _, duro = resource.getrlimit(resource.RLIMIT_NOFILE)
    tope = MAYOR_NUMERO_DE_ARCHIVOS
    resource.setrlimit(
        resource.RLIMIT_NOFILE, (tope if duro == resource.RLIM_INFINITY else min(tope, duro), duro)
    )
    entorno = preparar()
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=fd) as enchufe:
        zigoto = _Zigoto(enchufe, entorno)
        os.dup2(sys.stdout.fileno(), sys.stderr.fileno())  # desde aquí nadie escribe a la vista
        enchufe.sendall(LISTO)
        zigoto.atender()


def precargar() -> None:
    """Carga lo que los lectores importan a mitad de camino, que el encierro ya no deja leer.

    Son las codificaciones de texto, que un archivo puede nombrar; los formatos de imagen, y lo que
    la biblioteca de Python importa dentro de sus funciones.
    """
    for modulo in [*(f"encodings.{c}" for c in {*aliases.values(), *SIN_ALIAS}), *DIFERIDOS]:
        with suppress(ImportError):  # las codificaciones de Windows solo existen allí
            importlib.import_module(modulo)
    PIL.Image.preinit()


class _Zigoto:
    """Divide, vigila y entierra; lleva la cuenta de los hijos vivos y de su canal."""

    def __init__(self, enchufe: socket.socket, entorno: Entorno) -> None:
        self._enchufe = enchufe
        self._entorno = entorno
        self._canales: dict[int, socket.socket] = {}
        self._despertador, self._campana = socket.socketpair()
        for extremo in (self._despertador, self._campana):
            extremo.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._campana.fileno(), warn_on_full_buffer=False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(enchufe, selectors.EVENT_READ)
        self._selector.register(self._despertador, selectors.EVENT_READ)

    def atender(self) -> None:
        """Atiende hasta que se cierre el enchufe; al salir mata a los hijos que queden."""
        with suppress(EOFError, ConnectionError):
            while True:
                for clave, _ in self._selector.select():
                    if clave.fileobj is self._enchufe:
                        self._dividirse()
                    elif clave.fileobj is self._despertador:
                        self._despertador.recv(4096)
                        self._enterrar()
                    elif clave.data in self._canales:
                        self._matar(clave.data)
        for pid in self._canales:
            self._matar(pid)

    def _dividirse(self) -> None:
        pedido, fds = recibir(self._enchufe, DESCRIPTORES)
        acta, tubo, canal, *datos = fds
        with suppress(OSError):  # sin memoria para dividirse: quien pide ve cerrarse su canal
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                recibido = hijo.Recibido(acta, tubo, *datos)
                hijo.vivir(pedido, recibido, self._entorno)
            self._canales[pid] = socket.socket(fileno=os.dup(canal))
            self._selector.register(self._canales[pid], selectors.EVENT_READ, pid)
        for fd in fds:
            os.close(fd)

    def _enterrar(self) -> None:
        """Recoge a los hijos que terminaron y manda su parte por su canal."""
        while self._canales:
            pid, estado, uso = os.wait4(-1, os.WNOHANG)
            if pid == 0:
                return
            with self._canales.pop(pid) as canal:
                with suppress(KeyError):
                    self._selector.unregister(canal)
                senal = os.WTERMSIG(estado) if os.WIFSIGNALED(estado) else 0
                memoria = uso.ru_maxrss * EN_KILOBYTES
                with suppress(ConnectionError):
                    canal.sendall(PARTE.pack(senal, memoria, uso.ru_utime + uso.ru_stime))

    def _matar(self, pid: int) -> None:
        """Quien pedía colgó: mata al hijo y a su grupo; lo entierra la próxima señal."""
        self._selector.unregister(self._canales[pid])
        for matar in (os.kill, os.killpg):  # puede no haber formado aún su grupo
            with suppress(ProcessLookupError, PermissionError):
                matar(pid, signal.SIGKILL)
