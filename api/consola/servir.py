"""`actas servir`: la aplicación web y la API en esta máquina."""

from __future__ import annotations

import argparse
import errno
import ipaddress
import logging
import socket
import sys
import threading
import webbrowser

import uvicorn

from api.ajustes import Ajustes, leer_ajustes
from api.app import crear_app
from api.consola.salida import ErrorDeOrden, avisar
from api.vigentes import reglas_vigentes

PUERTO = 8000


def configurar(analizador: argparse.ArgumentParser) -> None:
    """Declara los argumentos de la orden."""
    analizador.add_argument("--anfitrion", default="127.0.0.1", help="dirección local (127.0.0.1)")
    analizador.add_argument(
        "--puerto", type=int, default=PUERTO, metavar="N", help=f"puerto ({PUERTO})"
    )


def ejecutar(opciones: argparse.Namespace) -> int:
    """Atiende hasta que se interrumpa con Ctrl+C; una regla de la oficina mal escrita lo impide."""
    reglas_vigentes()
    atender(leer_ajustes(), escuchar(opciones.anfitrion, opciones.puerto))
    return 0


def escuchar(anfitrion: str, puerto: int, *, otro_si_ocupado: bool = False) -> socket.socket:
    """Devuelve un socket que ya escucha; con `otro_si_ocupado` acepta cualquier puerto libre.

    Levanta `ErrorDeOrden` si la dirección no es de esta máquina (todavía no hay cuentas de
    usuario) o el puerto está ocupado.
    """
    if not _es_local(anfitrion):
        raise ErrorDeOrden(
            f"«{anfitrion}» no es una dirección de esta máquina.",
            "Mientras no haya cuentas de usuario, la aplicación solo atiende en 127.0.0.1.",
        )
    familia = socket.AF_INET6 if ":" in anfitrion else socket.AF_INET
    # con el protocolo dicho, asyncio manda cada respuesta sin esperar al acuse (TCP_NODELAY)
    enchufe = socket.socket(familia, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    enchufe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        enchufe.bind((anfitrion, puerto))
    except (OSError, OverflowError) as error:
        enchufe.close()
        if otro_si_ocupado and isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            return escuchar(anfitrion, 0)
        raise ErrorDeOrden(
            f"No se puede usar el puerto {puerto}.", "Elija otro con --puerto, por ejemplo 8001."
        ) from error
    return enchufe


def atender(ajustes: Ajustes, enchufe: socket.socket, *, abrir_navegador: bool = False) -> None:
    """Atiende en el socket hasta que se interrumpa; dice la dirección cuando ya responde."""
    logging.getLogger("api").setLevel(logging.INFO)
    anfitrion, puerto = enchufe.getsockname()[:2]
    direccion = f"http://{f'[{anfitrion}]' if ':' in anfitrion else anfitrion}:{puerto}/"
    servidor = uvicorn.Server(
        uvicorn.Config(crear_app(ajustes), log_level="warning", server_header=False)
    )
    anuncio = threading.Thread(
        target=_anunciar, args=(servidor, direccion, abrir_navegador), daemon=True
    )
    anuncio.start()
    servidor.run(sockets=[enchufe])
    if not servidor.started:
        raise ErrorDeOrden("La aplicación no pudo arrancar.", "Ejecute `actas doctor`.")


def _anunciar(servidor: uvicorn.Server, direccion: str, abrir_navegador: bool) -> None:
    espera = threading.Event()
    while not servidor.started:
        if servidor.should_exit or espera.wait(0.1):
            return
    avisar(f"abierta en {direccion} · Ctrl+C para cerrar")
    if abrir_navegador and sys.stderr.isatty():
        webbrowser.open(direccion)


def _es_local(anfitrion: str) -> bool:
    if anfitrion == "localhost":
        return True
    try:
        return ipaddress.ip_address(anfitrion).is_loopback
    except ValueError:
        return False
