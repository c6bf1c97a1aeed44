"""Procesos hijos que leen archivos ajenos: se matan y reponen si se pasan de tiempo o caen.

Reciben rutas y devuelven bytes (JSON o PNG), nunca objetos. El proceso web no abre un archivo ajeno
ni carga los modelos.
"""

from __future__ import annotations

import logging
import resource
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from ingesta.errores import ErrorDeIngesta
from ingesta.paquete import MB

BITACORA = logging.getLogger(__name__)

ARRANQUE: Final = 120.0
CIERRE: Final = 5.0
"""Segundos para cargar los modelos y para terminar al apagar."""

MEMORIA: Final = 4 * 1024 * MB
"""Memoria virtual de cada proceso hijo; con modelos y un acta grande se usa menos de la mitad."""

MAYOR_RESPUESTA: Final = 256 * MB

BIEN, MAL, SIGUE = b"+", b"-", b"="
NO_ARRANCA: Final = "El programa de lectura no arranca. Ejecute `actas doctor`."

Tarea = Callable[..., bytes]

_AL_PADRE: list[Connection] = []
_UNO_A_LA_VEZ = threading.Lock()


def seguir() -> None:
    """Avisa, desde el hijo, que la tarea avanza: su límite de tiempo vuelve a empezar."""
    with _UNO_A_LA_VEZ:
        for conexion in _AL_PADRE:
            conexion.send_bytes(SIGUE)


class TareaFallida(Exception):
    """El proceso hijo no pudo; el mensaje se le puede mostrar a la persona."""


class ProcesoCaido(TareaFallida):
    """El proceso hijo terminó de golpe."""


class TardaDemasiado(TareaFallida):
    """Pasó el límite y se mató al proceso hijo."""


class NoArranca(Exception):
    """El proceso hijo no pudo prepararse; no es culpa de ningún archivo."""


class Apagando(Exception):
    """La aplicación se está cerrando: lo pendiente sigue al volver a abrirla."""


class Obrero:
    """Un proceso hijo que hace una tarea a la vez. Se crea al primer uso y se repone si muere."""

    def __init__(self, preparar: Callable[[], Tarea]) -> None:
        """Recibe la función que prepara la tarea; corre en el hijo, que la busca por su nombre."""
        self._preparar = preparar
        self._turno = threading.Lock()
        self._apagado = False
        self._proceso: BaseProcess | None = None
        self._conexion: Connection | None = None

    def hacer(self, limite: float, *pedido: str | int) -> bytes:
        """Hace la tarea y devuelve sus bytes; espera su turno si el proceso está ocupado.

        Raises:
            TareaFallida: no se pudo, el proceso cayó o pasaron `limite` segundos sin avanzar.
            NoArranca: el proceso no pudo prepararse.
            Apagando: se llamó a `detener` o el sistema pidió terminar.
        """
        with self._turno:
            conexion = self._conectar()
            try:
                conexion.send(pedido)
                return self._recibir(conexion, limite)
            except (EOFError, OSError) as error:
                if self._matar() == -signal.SIGTERM or self._apagado:
                    raise Apagando from error
                raise ProcesoCaido("El proceso de lectura terminó de golpe.") from error

    def calentar(self) -> None:
        """Arranca el proceso, si no lo está, para que la primera tarea no espere.

        Lanza NoArranca o Apagando.
        """
        with self._turno:
            self._conectar()

    def detener(self) -> None:
        """Mata al proceso, haga lo que haga; quien esperaba recibe `Apagando`."""
        self._apagado = True
        if proceso := self._proceso:
            proceso.kill()
        with self._turno:
            self._matar()

    @property
    def pid(self) -> int | None:
        """Devuelve el número del proceso vivo, o None."""
        return self._proceso.pid if self._proceso else None

    def _conectar(self) -> Connection:
        if self._conexion and self._proceso and self._proceso.is_alive():
            return self._conexion
        self._matar()
        contexto = get_context("spawn")
        propia, ajena = contexto.Pipe()
        proceso = contexto.Process(
            target=_atender, args=(ajena, self._preparar), name="actas-lector", daemon=True
        )
        proceso.start()
        ajena.close()
        self._proceso, self._conexion = proceso, propia
        if self._apagado:  # `detener` llegó mientras arrancaba y no lo vio
            self._matar()
            raise Apagando
        try:
            self._recibir(propia, ARRANQUE)
        except (TareaFallida, EOFError, OSError) as error:
            self._matar()
            if self._apagado:
                raise Apagando from error
            raise NoArranca(str(error) or NO_ARRANCA) from error
        return propia

    def _recibir(self, conexion: Connection, limite: float) -> bytes:
        respuesta = SIGUE
        while respuesta == SIGUE:
            if not conexion.poll(limite):
                self._matar()
                raise TardaDemasiado(f"La lectura pasó de {limite:.0f} segundos y se detuvo.")
            respuesta = conexion.recv_bytes(MAYOR_RESPUESTA)
        if not respuesta.startswith(BIEN):
            raise TareaFallida(respuesta[len(MAL) :].decode())
        return respuesta[len(BIEN) :]

    def _matar(self) -> int | None:
        """Termina el proceso, si lo hay, y devuelve con qué código acabó."""
        proceso, conexion = self._proceso, self._conexion
        self._proceso = self._conexion = None
        if conexion:
            conexion.close()
        if proceso is None:
            return None
        proceso.join(0.1)  # si ya terminó solo, que conste su propio código
        proceso.kill()
        proceso.join(CIERRE)
        return proceso.exitcode


def rastro(error: BaseException) -> str:
    """Devuelve el tipo de error y por dónde pasó, sin su mensaje, que puede citar un acta."""
    pasos = traceback.extract_tb(error.__traceback__)
    camino = " < ".join(f"{Path(p.filename).name}:{p.lineno}" for p in reversed(pasos))
    return f"{type(error).__name__} en {camino}"


def _atender(conexion: Connection, preparar: Callable[[], Tarea]) -> None:
    """Lo que corre en el hijo: hace lo que le piden hasta que el padre cuelga.

    Ctrl-C le llega a todo el grupo; del apagado se encarga el padre.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORIA, MEMORIA))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        tarea = preparar()
    except Exception as error:
        BITACORA.error("%s", rastro(error))
        consejo = getattr(error, "consejo", None)
        conexion.send_bytes(MAL + (f"{error} {consejo}" if consejo else NO_ARRANCA).encode())
        return
    try:
        conexion.send_bytes(BIEN)
        _AL_PADRE.append(conexion)
        while True:
            conexion.send_bytes(_responder(tarea, conexion.recv()))
    except (EOFError, BrokenPipeError):
        return


def _responder(tarea: Tarea, pedido: tuple[object, ...]) -> bytes:
    try:
        return BIEN + tarea(*pedido)
    except ErrorDeIngesta as error:
        return MAL + f"{error} {error.consejo}".encode()
    except Exception as error:
        BITACORA.error("%s", rastro(error))
        return MAL + "El programa falló al leer este archivo.".encode()
