"""Lo que hace un hijo: se encierra, cumple una tarea sobre un archivo ajeno y responde."""

from __future__ import annotations

import fcntl
import json
import os
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple, NoReturn

from ingesta import imagen, lectores, reconocida, sobre, transporte
from ingesta.compuerta import revisar_tamano
from ingesta.contencion.encierro import Entorno, ampliar_tiempo, encerrar
from ingesta.contencion.mensajes import LARGO, TOPE, Pedido, Respuesta, Tarea, responder
from ingesta.errores import (
    ArchivoDemasiadoGrande,
    ErrorDeIngesta,
    LectorInterrumpido,
    MemoriaAgotada,
)
from ingesta.lectores.pdf_motor import abrir

FIRMA_DE_PDF: Final = b"%PDF-"
CON_MEMORIA: Final = hasattr(os, "memfd_create")

DE_DIBUJO: Final = frozenset({Tarea.DIBUJAR, Tarea.DIBUJAR_GRIS})


class Recibido(NamedTuple):
    """Descriptores de un hijo: el acta, la tubería de respuesta y, si lo hay, lo reconocido."""

    acta: int
    tubo: int
    datos: int | None = None


def vivir(pedido: Pedido, recibido: Recibido, entorno: Entorno) -> NoReturn:
    """Cumple el pedido y termina el proceso, pase lo que pase."""
    try:
        clase, contenido = _cumplir(pedido, recibido, entorno)
        responder(recibido.tubo, clase, contenido)
    finally:
        os._exit(0)


def _separar(recibido: Recibido, entorno: Entorno) -> None:
    """Forma su propio grupo y suelta todo descriptor que no sea suyo."""
    os.setsid()
    cerrar_salvo({0, 1, 2, *(fd for fd in (*recibido, entorno.disco) if fd is not None)})


def cerrar_salvo(conservados: Iterable[int]) -> None:
    """Cierra los descriptores abiertos que no están en la lista."""
    previo = -1
    for fd in [*sorted(conservados), os.sysconf("SC_OPEN_MAX")]:
        if fd > previo + 1:  # un tramo vacío que empieza en 0 los cierra todos
            os.closerange(previo + 1, fd)
        previo = fd


def _cumplir(pedido: Pedido, recibido: Recibido, entorno: Entorno) -> tuple[bytes, bytes]:
    try:
        _separar(recibido, entorno)
        ruta = _asegurar(pedido, recibido.acta)
        capas = encerrar(entorno)
        if pedido.tarea is Tarea.CAPAS:
            return Respuesta.RESULTADO, json.dumps(capas).encode()
        resultado = _hacer(pedido, ruta, recibido)
    except ErrorDeIngesta as error:
        return Respuesta.ERROR, transporte.de_error(error)
    except MemoryError:
        return Respuesta.ERROR, transporte.de_error(MemoriaAgotada())
    except Exception as error:
        if pedido.tarea in DE_DIBUJO and isinstance(error, IndexError):
            return Respuesta.ERROR, transporte.de_error(error)
        return Respuesta.ERROR, transporte.de_error(LectorInterrumpido(_rastro(error)))
    if len(resultado) > TOPE[pedido.tarea]:
        grande = ArchivoDemasiadoGrande("El acta tiene más contenido del que se puede revisar.")
        return Respuesta.ERROR, transporte.de_error(grande)
    return Respuesta.RESULTADO, resultado


def _asegurar(pedido: Pedido, acta: int) -> Path:
    """Devuelve una ruta del acta que se puede abrir desde el encierro y que ya nadie cambia."""
    if pedido.tarea is Tarea.CAPAS or not CON_MEMORIA:
        return Path(pedido.ruta)
    tamano = os.fstat(acta).st_size
    revisar_tamano(tamano, pedido.nombre)
    return copia_sellada(acta, tamano)


def copia_sellada(fd: int, tamano: int) -> Path:
    """Copia el archivo abierto a un archivo en memoria que ya no se puede cambiar."""
    copia = os.memfd_create("acta", os.MFD_ALLOW_SEALING)
    copiado = 0
    while copiado < tamano and (trozo := os.sendfile(copia, fd, copiado, tamano - copiado)):
        copiado += trozo
    sellos = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
    fcntl.fcntl(copia, fcntl.F_ADD_SEALS, sellos)
    return Path(f"/proc/self/fd/{copia}")


def _hacer(pedido: Pedido, ruta: Path, recibido: Recibido) -> bytes:
    if pedido.tarea is Tarea.DIBUJAR:
        return imagen.pagina_png(ruta, pedido.pagina, pedido.escala)
    if pedido.tarea is Tarea.DIBUJAR_GRIS:
        return imagen.pagina_gris(ruta, pedido.pagina, pedido.escala)
    if pedido.tarea is Tarea.MEDIR:
        return transporte.de_paginas(imagen.medidas(ruta))
    if pedido.tarea is Tarea.ABRIR:
        return sobre.a_bytes(lectores.abrir_sobre(ruta, pedido.nombre))
    _anunciar_paginas(ruta, recibido.tubo)
    leidas = reconocida.NINGUNA if recibido.datos is None else _reconocidas(recibido.datos)
    return transporte.de_documento(lectores.leer_sin_ocr(ruta, pedido.nombre, leidas))


def _reconocidas(fd: int) -> reconocida.Reconocidas:
    with open(fd, "rb") as archivo:
        archivo.seek(0)
        return reconocida.de_json(archivo.read())


def _anunciar_paginas(ruta: Path, tubo: int) -> None:
    """Si es un PDF que abre, dice cuántas páginas tiene, para que le den el tiempo que necesita."""
    with ruta.open("rb") as archivo:
        if FIRMA_DE_PDF not in archivo.read(1024):
            return
    try:
        with abrir(ruta) as documento:
            paginas = len(documento)
    except ErrorDeIngesta:
        return
    ampliar_tiempo(paginas)
    responder(tubo, Respuesta.PAGINAS, LARGO.pack(paginas))


def _rastro(error: BaseException) -> str:
    """Devuelve el tipo de error y por dónde pasó, sin su mensaje, que puede citar el acta."""
    pasos = [
        f"{Path(marco.f_code.co_filename).name}:{linea}"
        for marco, linea in traceback.walk_tb(error.__traceback__)
    ]
    return f"{type(error).__name__} en {' < '.join(reversed(pasos))}"
