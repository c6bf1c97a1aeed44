"""Lo que corre un programa de fuera encerrado: prepara su propio encierro y se convierte en él.

Los hijos que leen actas no pueden ejecutar programas. LibreOffice se lanza aparte, desde el proceso
que pide la lectura, y antes de empezar queda sin red, con límites y con una sola carpeta suya.
"""

from __future__ import annotations

import os
import resource
from pathlib import Path
from typing import Final, NoReturn

from ingesta.contencion import encierro, landlock, seccomp
from ingesta.contencion.limites import valor
from ingesta.contencion.sistema import (
    EN_LINUX,
    PR_SET_NO_NEW_PRIVS,
    prctl,
    soltar_capacidades,
)

SIN_AISLAR: Final = 77
"""Código de salida cuando el sistema no permite encerrar al programa: no llegó a empezar."""

DEL_SISTEMA: Final = ("/usr", "/lib", "/lib64", "/bin", "/opt")
CONFIGURACION: Final = ("/etc", "/proc", "/sys/devices/system/cpu", "/dev/urandom", "/dev/random")
NULO: Final = "/dev/null"

EXENTAS: Final = frozenset({
    *("execve", "socket", "socketpair", "bind", "listen", "connect", "accept", "accept4"),
    *("sendto", "sendmsg", "recvfrom", "recvmsg", "shutdown", "clone", "kill", "tkill"),
    *("open", "openat", "creat", "truncate", "ftruncate", "unlink", "unlinkat", "rename"),
    *("renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "link", "linkat", "symlink"),
    *("symlinkat", "chmod", "fchmod", "fchmodat", "utime", "utimes", "utimensat", "futimesat"),
    *("memfd_create", "prctl", "prlimit64", "fork", "vfork", "setsid", "setpgid", "inotify_init1"),
})
"""Llamadas que un programa corriente necesita; la red y el disco los cortan otras capas."""


def encerrar_y_ejecutar(carpeta: str, *orden: str) -> NoReturn:
    """Encierra este proceso, con `carpeta` como único lugar donde escribir, y ejecuta la orden.

    Sin una red vacía y sin Landlock o una cuenta aparte no se ejecuta: sale con SIN_AISLAR.
    """
    try:
        _encerrar(carpeta)
    except (OSError, ValueError) as error:
        os.write(2, f"{error}\n".encode())
        os._exit(SIN_AISLAR)
    os.execv(orden[0], orden)  # noqa: S606


def _encerrar(carpeta: str) -> None:
    if not EN_LINUX:
        raise OSError("solo Linux permite encerrarlo")
    es_root = os.geteuid() == 0
    encierro.salir_de_la_red()
    _poner_limites()
    os.chdir(carpeta)
    lista = _lista_de_disco(carpeta)
    if es_root:
        _entregar(carpeta)
        encierro.ser_nadie()
    elif lista is None:
        raise OSError("el núcleo no tiene Landlock")
    soltar_capacidades()
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    if lista is not None:
        landlock.aplicar(lista)
        os.close(lista)
    seccomp.aplicar(EXENTAS)


def _entregar(carpeta: str) -> None:
    """Hace dueña de la carpeta y de lo que hay en ella a la cuenta de menos derechos."""
    for raiz, _, archivos in os.walk(carpeta):
        for ruta in (raiz, *(str(Path(raiz, a)) for a in archivos)):
            os.chown(ruta, *encierro.cuenta_de_nadie())


def _poner_limites() -> None:
    pedidos = {
        resource.RLIMIT_CPU: valor("programa_segundos"),
        resource.RLIMIT_AS: valor("programa_memoria"),
        resource.RLIMIT_FSIZE: valor("programa_escritura"),
        resource.RLIMIT_NOFILE: valor("programa_archivos"),
        resource.RLIMIT_CORE: valor("volcado"),
    }
    for recurso, pedido in pedidos.items():
        tope = encierro.tope_de(recurso, pedido)
        resource.setrlimit(recurso, (tope, tope))


def _lista_de_disco(carpeta: str) -> int | None:
    existentes = [c for c in CONFIGURACION if Path(c).exists()]
    programas = [c for c in DEL_SISTEMA if Path(c).exists()]
    try:
        return landlock.preparar(existentes, programas, (carpeta, NULO))
    except OSError:
        return None
