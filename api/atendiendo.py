"""La aplicación atendida por HTTP en este mismo proceso, para las medidas."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from api.consola.servir import escuchar


@contextmanager
def atendiendo(app: FastAPI) -> Iterator[int]:
    """Atiende en un puerto libre mientras dura el bloque; da el puerto."""
    enchufe = escuchar("127.0.0.1", 0)
    servidor = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    hilo = threading.Thread(target=servidor.run, kwargs={"sockets": [enchufe]})
    hilo.start()
    while hilo.is_alive() and not servidor.started:
        time.sleep(0.05)
    try:
        yield int(enchufe.getsockname()[1])
    finally:
        servidor.should_exit = True
        hilo.join()
