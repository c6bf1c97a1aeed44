"""La puerta de la contención: lee y dibuja actas en hijos encerrados, nunca en este proceso."""

from __future__ import annotations

import json
import logging
import os
import signal
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, Self, TypeVar

from ingesta import ocr_paginas, reconocida, sobre, transporte
from ingesta.contencion import limites
from ingesta.contencion.arranque import ContencionNoDisponible, Zigoto, ZigotoCaido
from ingesta.contencion.encierro import Capa
from ingesta.contencion.limites import valor
from ingesta.contencion.mensajes import TOPE, Pedido, Tarea
from ingesta.contencion.peticion import Corte, Peticion
from ingesta.documento import Documento, Pagina
from ingesta.errores import (
    ArchivoIlegible,
    FormatoNoAdmitido,
    LectorInterrumpido,
    MemoriaAgotada,
    TiempoAgotado,
)
from ingesta.oficina import leer_convirtiendo
from ingesta.sobre import Miembro

BITACORA = logging.getLogger(__name__)

INTENTOS: Final = 2
"""Si el zigoto muere con una lectura en curso, se repite una vez con el siguiente."""

T = TypeVar("T")


class Consumo(NamedTuple):
    """Lo que costó una tarea: segundos de reloj y de procesador, y memoria máxima en bytes."""

    tarea: str
    segundos: float
    cpu: float
    memoria: int


class Contenedor:
    """Lee actas en procesos encerrados, hasta `hijos` a la vez; sirve desde varios hilos.

    Se usa con `with`, o con `iniciar` y `detener`; sin `iniciar`, el zigoto arranca con la primera
    lectura. Por omisión admite tantos hijos como procesadores, mientras quepan en la memoria.
    `plazo` da los segundos según las páginas; `anotar` recibe el consumo de cada tarea y
    `reconocedores` es cuántas páginas de un acta se reconocen (OCR) a la vez: por omisión, tantas
    como procesadores.
    """

    def __init__(
        self,
        hijos: int | None = None,
        plazo: Callable[[int], float] = limites.plazo,
        anotar: Callable[[Consumo], None] | None = None,
        reconocedores: int | None = None,
    ) -> None:
        self._plazo = plazo
        self._turnos = threading.BoundedSemaphore(hijos or hijos_que_caben())
        self._anotar = anotar
        self._reconocedores = reconocedores
        self._candado = threading.Lock()
        self._zigoto: Zigoto | None = None
        self._cerrado = False

    def __enter__(self) -> Self:
        self.iniciar()
        return self

    def __exit__(self, *_: object) -> None:
        self.detener()

    def iniciar(self) -> None:
        """Arranca el zigoto; lanza ContencionNoDisponible si no puede."""
        self._cerrado = False
        self._tomar()

    def detener(self) -> None:
        """Termina al zigoto y a sus hijos; las lecturas en curso lanzan ContencionNoDisponible."""
        with self._candado:
            self._cerrado = True
            zigoto, self._zigoto = self._zigoto, None
        if zigoto:
            zigoto.cerrar()

    @property
    def pid(self) -> int | None:
        """Devuelve el número de proceso del zigoto, o None si no hay."""
        return self._zigoto.pid if self._zigoto else None

    def leer(self, ruta: Path, nombre: str | None = None) -> Documento:
        """Lee un acta igual que `ingesta.lectores.leer`, en hijos encerrados.

        Uno la lee; si tiene páginas escaneadas, otros las dibujan, tesseract las reconoce fuera de
        ellos y uno más la vuelve a leer con lo reconocido. Un formato antiguo se convierte antes
        con LibreOffice, también encerrado.

        Raises:
            ErrorDeIngesta: los de `lectores.leer`, y además TiempoAgotado, MemoriaAgotada y
                LectorInterrumpido.
            OSError: la ruta no se puede abrir.
            ContencionNoDisponible: no se intentó; el acta no tiene la culpa.
        """
        return leer_convirtiendo(ruta, nombre or ruta.name, self._leer)

    def _leer(self, ruta: Path, nombre: str) -> Documento:
        pedido = Pedido(Tarea.LEER, str(ruta), nombre)

        def releer(paginas: reconocida.Reconocidas) -> Documento:
            with _abierto(reconocida.a_json(paginas)) as datos:
                return self._sobre(ruta, pedido, transporte.a_documento, datos)

        return ocr_paginas.completar(
            self._sobre(ruta, pedido, transporte.a_documento),
            lambda pagina, escala: self.pagina_gris(ruta, pagina, escala),
            releer,
            self._reconocedores,
        )

    def abrir_sobre(self, ruta: Path, nombre: str | None = None) -> tuple[Miembro, ...]:
        """Saca las actas de un ZIP o un correo como `lectores.abrir_sobre`, en un hijo encerrado.

        Lanza lo de `lectores.abrir_sobre` y lo de `leer`.
        """
        pedido = Pedido(Tarea.ABRIR, str(ruta), nombre or ruta.name)
        return self._sobre(ruta, pedido, _a_miembros)

    def pagina_png(self, ruta: Path, pagina: int, escala: float = 1.5) -> bytes:
        """Dibuja una página como `ingesta.imagen.pagina_png`; lanza lo de ella y lo de `leer`."""
        pedido = Pedido(Tarea.DIBUJAR, str(ruta), ruta.name, pagina, escala)
        return self._sobre(ruta, pedido, bytes)

    def pagina_gris(self, ruta: Path, pagina: int, escala: float) -> bytes:
        """Dibuja una página como `ingesta.imagen.pagina_gris`; lanza lo de ella y lo de `leer`."""
        pedido = Pedido(Tarea.DIBUJAR_GRIS, str(ruta), ruta.name, pagina, escala)
        return self._sobre(ruta, pedido, bytes)

    def medidas(self, ruta: Path) -> tuple[Pagina, ...]:
        """Mide las páginas como `ingesta.imagen.medidas`; lanza lo de ella y lo de `leer`."""
        pedido = Pedido(Tarea.MEDIR, str(ruta), ruta.name)
        return self._sobre(ruta, pedido, transporte.a_paginas)

    def capas(self) -> dict[str, Capa]:
        """Encierra a un hijo de prueba y devuelve qué capas funcionan en esta máquina."""
        with Path(os.devnull).open("rb") as nada:
            return self._pedir(Pedido(Tarea.CAPAS, os.devnull, ""), nada.fileno(), _a_capas)

    def _sobre(
        self,
        ruta: Path,
        pedido: Pedido,
        convertir: Callable[[bytes], T],
        datos: int | None = None,
    ) -> T:
        with open(ruta, "rb", buffering=0, opener=_sin_esperar) as archivo:
            if not stat.S_ISREG(os.fstat(archivo.fileno()).st_mode):
                raise FormatoNoAdmitido(f"«{pedido.nombre}» no es un archivo.")
            return self._pedir(pedido, archivo.fileno(), convertir, datos)

    def _pedir(
        self,
        pedido: Pedido,
        acta: int,
        convertir: Callable[[bytes], T],
        datos: int | None = None,
    ) -> T:
        with self._turnos:
            for _ in range(INTENTOS):
                zigoto = self._tomar()
                peticion = Peticion(TOPE[pedido.tarea], self._plazo)
                try:
                    peticion.hacer(partial(zigoto.enviar, pedido), acta, datos)
                except ZigotoCaido:
                    self._descartar(zigoto)
                    continue
                self._apuntar(pedido, peticion)
                return _resolver(pedido, peticion, convertir)
        raise _interrumpido(pedido)

    def _tomar(self) -> Zigoto:
        """Devuelve el zigoto vivo; si murió, arranca otro."""
        with self._candado:
            if self._cerrado:
                raise ContencionNoDisponible("La lectura de archivos se está cerrando.")
            if self._zigoto and not self._zigoto.vivo:
                BITACORA.error("el zigoto terminó y se repone")
                self._zigoto.matar()
                self._zigoto = None
            if self._zigoto is None:
                self._zigoto = Zigoto()
            return self._zigoto

    def _descartar(self, zigoto: Zigoto) -> None:
        """Termina un zigoto que no respondió, salvo que otro hilo ya lo haya repuesto."""
        with self._candado:
            zigoto.matar()
            if self._zigoto is zigoto:
                self._zigoto = None

    def _apuntar(self, pedido: Pedido, peticion: Peticion) -> None:
        parte = peticion.parte
        if self._anotar:
            self._anotar(Consumo(pedido.tarea, peticion.segundos, parte.cpu, parte.memoria))


def hijos_que_caben() -> int:
    """Devuelve cuántos hijos usan los procesadores sin pasar, entre todos, de la memoria física."""
    memoria = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(1, min(os.cpu_count() or 1, memoria // valor("memoria")))


def _resolver(pedido: Pedido, peticion: Peticion, convertir: Callable[[bytes], T]) -> T:
    """Devuelve el resultado del hijo o lanza el error que corresponde a su final."""
    respuesta = peticion.respuesta
    try:
        if respuesta.resultado is not None:
            return convertir(respuesta.resultado)
        if respuesta.error is not None:
            raise _propio(pedido, transporte.a_error(respuesta.error))
    except transporte.ErrorDeTransporte as error:
        BITACORA.error("respuesta inválida del lector: %s", error)
        raise _interrumpido(pedido) from error
    raise _por_su_final(pedido, peticion)


def _propio(pedido: Pedido, error: Exception) -> Exception:
    """Devuelve el error que cuenta el hijo, con el mensaje para la persona si no lo trae."""
    if isinstance(error, LectorInterrumpido):
        BITACORA.error("el lector falló: %s", error)
        return _interrumpido(pedido)
    return _sin_memoria(pedido) if isinstance(error, MemoriaAgotada) else error


def _por_su_final(pedido: Pedido, peticion: Peticion) -> ArchivoIlegible:
    """Explica a un hijo que terminó sin responder."""
    parte = peticion.parte
    BITACORA.error("el lector terminó sin responder: %s, %s", peticion.corte, parte)
    if peticion.corte is Corte.TIEMPO or parte.senal == signal.SIGXCPU:
        return TiempoAgotado(
            f"La lectura de «{pedido.nombre}» pasó de {peticion.plazo:.0f} segundos y se detuvo."
        )
    if peticion.corte is None and (
        parte.senal == signal.SIGKILL or parte.memoria > valor("memoria_sospechosa")
    ):
        return _sin_memoria(pedido)
    return _interrumpido(pedido)


def _sin_memoria(pedido: Pedido) -> MemoriaAgotada:
    return MemoriaAgotada(f"Leer «{pedido.nombre}» pide más memoria de la que se le puede dar.")


def _interrumpido(pedido: Pedido) -> LectorInterrumpido:
    return LectorInterrumpido(f"El lector de «{pedido.nombre}» falló y se detuvo.")


@contextmanager
def _abierto(datos: bytes) -> Iterator[int]:
    """Da un descriptor, que ninguna ruta nombra, para leer esos datos."""
    with tempfile.TemporaryFile() as archivo:
        archivo.write(datos)
        archivo.flush()
        yield archivo.fileno()


def _sin_esperar(ruta: str, banderas: int) -> int:
    """Abre sin quedarse esperando a que alguien escriba, si la ruta fuera una tubería."""
    return os.open(ruta, banderas | os.O_NONBLOCK)


def _a_miembros(datos: bytes) -> tuple[Miembro, ...]:
    try:
        return sobre.de_bytes(datos)
    except sobre.SobreIlegible as error:
        raise transporte.ErrorDeTransporte("sobre ilegible") from error


def _a_capas(datos: bytes) -> dict[str, Capa]:
    try:
        return {nombre: Capa(*capa) for nombre, capa in json.loads(datos).items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise transporte.ErrorDeTransporte("capas ilegibles") from error
