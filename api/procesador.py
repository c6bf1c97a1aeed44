"""Quien analiza las actas recibidas: procesos aparte, que se matan y reponen si se pasan de tiempo.

El proceso web nunca abre un archivo ajeno ni carga los modelos. La cola es la base: toda acta
«recibida» o «analizando» se analiza, también tras un reinicio. Los procesos hijos reciben rutas y
devuelven bytes (JSON o PNG), nunca objetos.
"""

from __future__ import annotations

import json
import logging
import resource
import signal
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final, cast

from ingesta.errores import ErrorDeIngesta
from ingesta.paquete import MB
from lineamientos.contrato import ResultadoJson
from registro import consultas, flujo
from registro.base import Base
from registro.errores import ErrorDeRegistro
from registro.originales import Originales

BITACORA = logging.getLogger(__name__)

SEGUNDOS_POR_MB: Final = 4.0
"""Se suman al límite de cada acta: un archivo grande tarda más con derecho."""

LIMITES: Final = {"arranque": 120.0, "dibujo": 20.0, "cierre": 5.0, "vuelta": 30.0}
"""Segundos: cargar los modelos; dibujar una página; terminar al apagar; mirar si hay trabajo."""

MEMORIA: Final = 4 * 1024 * MB
"""Memoria virtual de cada proceso hijo; con modelos y un acta grande se usa menos de la mitad."""

MAYOR_RESPUESTA: Final = 256 * MB

BIEN, MAL = b"+", b"-"
NO_ARRANCA: Final = "El programa de lectura no arranca. Ejecute `actas doctor`."

Tarea = Callable[..., bytes]


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
            TareaFallida: no se pudo, el proceso cayó o pasaron `limite` segundos.
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
            self._recibir(propia, LIMITES["arranque"])
        except (TareaFallida, EOFError, OSError) as error:
            self._matar()
            if self._apagado:
                raise Apagando from error
            raise NoArranca(str(error) or NO_ARRANCA) from error
        return propia

    def _recibir(self, conexion: Connection, limite: float) -> bytes:
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
        proceso.join(LIMITES["cierre"])
        return proceso.exitcode


class Procesador:
    """Analiza las actas pendientes, de una en una y en un hilo, y dibuja páginas si se le pide."""

    def __init__(self, base: Base, originales: Originales, segundos_por_acta: int) -> None:
        self._base = base
        self._originales = originales
        self._segundos = segundos_por_acta
        self.lector = Obrero(_preparar_lectura)
        self.dibujante = Obrero(_preparar_dibujo)
        self._problemas: dict[int, str] = {}
        self._no_arranca: str | None = None
        self._hay = threading.Event()
        self._fin = threading.Event()
        self._hilo = threading.Thread(target=self._atender_cola, name="actas-cola", daemon=True)

    def iniciar(self) -> None:
        """Empieza por lo que quedó pendiente de la vez anterior."""
        self._hilo.start()

    def detener(self) -> None:
        """Termina; el acta que estaba en curso queda por analizar."""
        self._fin.set()
        self._hay.set()
        for obrero in (self.lector, self.dibujante):
            obrero.detener()
        self._hilo.join(LIMITES["cierre"])

    def avisar(self) -> None:
        """Dice que llegó un acta nueva."""
        self._hay.set()

    def problema(self, acta_id: int) -> str | None:
        """Devuelve por qué esa acta pendiente no se puede analizar todavía, o None si va bien."""
        return self._no_arranca or self._problemas.get(acta_id)

    def analizar_archivo(self, ruta: Path, nombre: str | None = None) -> ResultadoJson:
        """Analiza en el proceso hijo; si se pasa de tiempo o cae, el resultado es «fallida».

        Raises:
            NoArranca, Apagando: no se intentó; el acta sigue por analizar.
        """
        limite = self._segundos + SEGUNDOS_POR_MB * ruta.stat().st_size / MB
        try:
            respuesta = self.lector.hacer(limite, str(ruta), nombre or ruta.name)
        except TareaFallida as error:
            from lineamientos.analisis import no_leido  # aquí y no arriba: arrastra spaCy

            return no_leido(ruta, str(error), nombre)
        return cast(ResultadoJson, json.loads(respuesta))

    def dibujar(self, sha256: str, pagina: int) -> bytes:
        """Devuelve el PNG de una página (la primera es la 1) de un PDF recibido.

        Raises:
            TareaFallida: la página no existe o no se puede dibujar.
            OriginalDanado: el archivo guardado falta o cambió.
        """
        ruta = str(self._originales.ruta(sha256))
        return self.dibujante.hacer(LIMITES["dibujo"], ruta, pagina)

    def medir(self, sha256: str) -> list[tuple[float, float]]:
        """Devuelve ancho y alto de cada página, en puntos PDF. Lanza lo mismo que `dibujar`."""
        ruta = str(self._originales.ruta(sha256))
        medidas = json.loads(self.dibujante.hacer(LIMITES["dibujo"], ruta, 0))
        return [(ancho, alto) for ancho, alto in medidas]

    def _atender_cola(self) -> None:
        while not self._fin.is_set():
            self._hay.clear()
            try:
                for acta_id in consultas.actas_por_analizar(self._base):
                    self._analizar(acta_id)
                    self._no_arranca = None
            except NoArranca as error:
                BITACORA.error("no se puede leer: %s", error)
                self._no_arranca = str(error)
            except Apagando:
                BITACORA.info("la lectura se interrumpió; sigue en la próxima vuelta")
            except ErrorDeRegistro as error:
                BITACORA.error("no se pudo mirar la cola: %s", error)
            self._hay.wait(LIMITES["vuelta"])

    def _analizar(self, acta_id: int) -> None:
        try:
            flujo.analizar_acta(self._base, self._originales, self, acta_id, datetime.now(UTC))
        except (NoArranca, Apagando):
            raise
        except ErrorDeRegistro as error:
            self._apartar(acta_id, f"{error} {error.consejo}")
        except Exception as error:
            BITACORA.error("%s", rastro(error))
            self._apartar(acta_id, "El programa falló al guardar lo leído. Avise a soporte.")
        else:
            self._problemas.pop(acta_id, None)

    def _apartar(self, acta_id: int, motivo: str) -> None:
        """Deja el acta pendiente y con su motivo a la vista; se vuelve a intentar."""
        BITACORA.error("acta %d sin analizar: %s", acta_id, motivo)
        self._problemas[acta_id] = motivo


def rastro(error: BaseException) -> str:
    """Devuelve el tipo de error y por dónde pasó, sin su mensaje, que puede citar un acta."""
    pasos = traceback.extract_tb(error.__traceback__)
    camino = " < ".join(f"{Path(p.filename).name}:{p.lineno}" for p in reversed(pasos))
    return f"{type(error).__name__} en {camino}"


def _preparar_lectura() -> Tarea:
    """Carga los modelos, en el hijo."""
    from lineamientos.analisis import crear_analizador

    analizador = crear_analizador()

    def leer(ruta: str, nombre: str) -> bytes:
        return json.dumps(analizador.analizar_archivo(Path(ruta), nombre)).encode()

    return leer


def _preparar_dibujo() -> Tarea:
    from ingesta.imagen import medidas, pagina_png

    def dibujar(ruta: str, pagina: int) -> bytes:
        """La página 0 no existe: pide las medidas de todas."""
        if pagina:
            return pagina_png(Path(ruta), pagina)
        return json.dumps([(p.ancho, p.alto) for p in medidas(Path(ruta))]).encode()

    return dibujar


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
