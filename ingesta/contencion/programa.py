"""Lo que corre un programa de fuera encerrado: prepara su propio encierro y se convierte en él.

Los hijos que leen actas no pueden ejecutar programas. LibreOffice se lanza aparte, desde el proceso
que pide la lectura, y antes de empezar queda sin red, con límites y con una sola carpeta suya.
"""

from __future__ import annotations

import os
import platform
import resource
from pathlib import Path
from typing import Final, NoReturn

from ingesta.contencion import encierro, landlock, seccomp
from ingesta.contencion.limites import valor
from ingesta.contencion.sistema import (
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWUSER,
    EN_LINUX,
    PR_SET_NO_NEW_PRIVS,
    encerrar_en,
    poner_filtro,
    prctl,
    separarse,
    soltar_capacidades,
    ver_como,
)

SIN_AISLAR: Final = 77
"""Código de salida cuando el sistema no permite encerrar al programa: no llegó a empezar."""

LUGAR: Final = "/tmp"  # noqa: S108
"""Donde el programa ve su carpeta: LibreOffice pone ahí su enchufe, y no se le puede cambiar."""

DEL_SISTEMA: Final = ("/usr", "/lib", "/lib64", "/bin", "/opt")
CONFIGURACION: Final = (
    *("/etc", "/proc", "/sys/devices/system/cpu", "/dev/urandom", "/dev/random"),
    *("/var/lib/libreoffice", "/var/spool/libreoffice", "/var/cache/fontconfig"),
)
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
    """Encierra este proceso y ejecuta la orden; solo puede escribir en `carpeta`, que ve en LUGAR.

    Sin una red vacía, o sin Landlock ni una cuenta aparte, no la ejecuta: sale con SIN_AISLAR.
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
    filtro = seccomp.programa(platform.machine(), os.getpid(), EXENTAS)
    _separarse(es_root)
    _poner_limites()
    if es_root:
        _entregar(carpeta)
    ver_como(carpeta, LUGAR)
    os.chdir(LUGAR)
    lista = _lista_de_disco()
    if es_root:
        encierro.ser_nadie()
    elif lista is None:
        raise OSError("el núcleo no tiene Landlock")
    soltar_capacidades()
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    if lista is not None:
        encerrar_en(lista)
        os.close(lista)
    poner_filtro(filtro)


def _separarse(es_root: bool) -> None:
    """Da al proceso una red vacía y montajes propios; quien no es root necesita ser su dueño."""
    if es_root:
        separarse(CLONE_NEWNET | CLONE_NEWNS)
        return
    uid, gid = os.geteuid(), os.getegid()
    separarse(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS)
    propio = Path("/proc/self")
    (propio / "setgroups").write_text("deny")
    (propio / "uid_map").write_text(f"{uid} {uid} 1")
    (propio / "gid_map").write_text(f"{gid} {gid} 1")


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


def _lista_de_disco() -> int | None:
    existentes = [c for c in CONFIGURACION if Path(c).exists()]
    programas = [c for c in DEL_SISTEMA if Path(c).exists()]
    try:
        return landlock.preparar(existentes, programas, (LUGAR, NULO))
    except OSError:
        return None
