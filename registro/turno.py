"""El turno de quienes escriben en un SQLite, sean hilos o procesos: uno por vez y en orden.

SQLite solo deja escribir a uno, y su espera no respeta el orden de llegada: con dieciséis procesos,
alguno espera más de los 5 s y recibe «database is locked». Aquí se espera en la fila del sistema
(`flock` sobre un archivo junto a la base), que sí lo respeta, y el turno de un proceso que muere se
suelta solo.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

SUFIJO: Final = "-turno"
"""Lo que se agrega al nombre de la base; el archivo queda vacío."""


@contextmanager
def tomar_turno(base: str, hilos: Lock) -> Iterator[None]:
    """Espera su turno y lo tiene hasta salir. `hilos` ordena a los de este proceso.

    Raises:
        OSError: no se puede escribir junto a la base.
    """
    with hilos:
        descriptor = os.open(base + SUFIJO, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
