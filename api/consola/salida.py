"""Lo que la consola muestra: avisos, progreso y tablas por stderr; resultados por stdout."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class ErrorDeOrden(Exception):
    """La orden no se puede cumplir; `consejo` dice qué hacer y `salida`, el código."""

    salida: ClassVar[int] = 2

    def __init__(self, mensaje: str, consejo: str) -> None:
        super().__init__(mensaje)
        self.consejo = consejo


class FaltaComponente(ErrorDeOrden):
    """La orden necesita algo que no está instalado."""

    salida = 3


def consola() -> Console:
    """Devuelve la consola de avisos; respeta `NO_COLOR` y las salidas que no son terminal."""
    return Console(stderr=True, highlight=False)


def avisar(mensaje: str) -> None:
    """Escribe un mensaje para la persona en stderr."""
    print(f"actas: {mensaje}", file=sys.stderr)  # noqa: T201


def escribir(texto: str) -> None:
    """Escribe un resultado en stdout."""
    print(texto)  # noqa: T201


def barra_de_progreso() -> Progress:
    """Devuelve la barra de progreso; en una salida que no es terminal no dibuja nada."""
    pantalla = consola()
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=pantalla,
        disable=not pantalla.is_terminal,
        transient=True,
    )


def guardar(ruta: Path, contenido: bytes) -> None:
    """Escribe un archivo entero o nada: primero a un temporal de la misma carpeta."""
    guardar_por_trozos(ruta, (contenido,))


def guardar_por_trozos(ruta: Path, trozos: Iterable[bytes]) -> None:
    """Lo mismo que `guardar`, con lo que no conviene tener entero en memoria."""
    ruta.parent.mkdir(parents=True, exist_ok=True)
    descriptor, provisional = tempfile.mkstemp(dir=ruta.parent, prefix=".", suffix=".parcial")
    try:
        with os.fdopen(descriptor, "wb") as archivo:
            archivo.writelines(trozos)
        Path(provisional).chmod(0o644)
        Path(provisional).replace(ruta)
    except BaseException:
        Path(provisional).unlink(missing_ok=True)
        raise
