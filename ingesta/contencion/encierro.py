"""Las capas del encierro de un hijo. Cada una vale sola; la que falta se informa y no se calla."""

from __future__ import annotations

import os
import pwd
import resource
import signal
from collections.abc import Callable
from typing import Final, NamedTuple

from ingesta.contencion import landlock, seccomp
from ingesta.contencion.limites import MB, plazo, valor
from ingesta.contencion.sistema import (
    CLONE_NEWNET,
    CLONE_NEWUSER,
    EN_LINUX,
    PR_SET_DUMPABLE,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
    encerrar_en,
    prctl,
    separarse,
    soltar_capacidades,
)

NADIE: Final = "nobody"
UID_DE_NADIE: Final = 65_534
SOLO_LINUX: Final = "solo la ofrece Linux"


class Capa(NamedTuple):
    """Si una capa de la contención funciona aquí, y qué hace o por qué falta."""

    activa: bool
    motivo: str


class Entorno(NamedTuple):
    """Lo que el zigoto prepara una vez para todos sus hijos; `disco` es la lista de Landlock."""

    zigoto: int
    red: Capa
    disco: int | None
    sin_disco: str = ""


def preparar() -> Entorno:
    """Aparta al zigoto de la red y prepara la lista de carpetas legibles; no falla."""
    red = _poner("el lector no tiene red", salir_de_la_red)
    if not EN_LINUX:
        return Entorno(os.getpid(), red, None, SOLO_LINUX)
    try:
        return Entorno(os.getpid(), red, landlock.preparar())
    except OSError as error:
        motivo = f"el núcleo no ofrece Landlock: {error.strerror}"
        return Entorno(os.getpid(), red, None, motivo)


def encerrar(entorno: Entorno) -> dict[str, Capa]:
    """Encierra este proceso, que debe ser un hijo recién nacido; no hay vuelta atrás."""
    capas = {
        "tiempo": Capa(True, f"se mata al lector a los {plazo(1)} s, y 2 s más por página"),
        "limites": _poner(
            f"memoria de {valor('memoria') // MB} MB, {valor('archivos')} archivos abiertos y "
            "ninguna escritura",
            poner_limites,
            en_todos=True,
        ),
        "red": entorno.red,
        "usuario": _cambiar_de_usuario(),
        "privilegios": _poner("no puede ganar privilegios", _sin_privilegios, entorno.zigoto),
    }
    if entorno.disco is None:
        capas["disco"] = Capa(False, entorno.sin_disco)
    else:
        capas["disco"] = _poner(
            "Landlock: solo se leen la biblioteca de Python y las tipografías",
            encerrar_en,
            entorno.disco,
        )
    capas["llamadas"] = _poner(
        "seccomp: ni conexiones, ni procesos, ni cambios en el disco", seccomp.aplicar
    )
    if not capas["llamadas"].activa:
        _limitar(resource.RLIMIT_NPROC, valor("procesos"))
    return capas


def poner_limites() -> None:
    """Pone los límites de la tabla; si el proceso ya tenía uno menor, se queda con ese."""
    segundos = tope_de(resource.RLIMIT_CPU, valor("segundos_en_total"))
    resource.setrlimit(resource.RLIMIT_CPU, (min(plazo(1), segundos), segundos))
    pedidos = {
        resource.RLIMIT_FSIZE: valor("escritura"),
        resource.RLIMIT_NOFILE: valor("archivos"),
        resource.RLIMIT_CORE: valor("volcado"),
        resource.RLIMIT_AS: valor("memoria"),
    }
    for recurso, pedido in pedidos.items():
        _limitar(recurso, pedido)


def _limitar(recurso: int, pedido: int) -> None:
    tope = tope_de(recurso, pedido)
    resource.setrlimit(recurso, (tope, tope))


def ampliar_tiempo(paginas: int) -> None:
    """Da al hijo el tiempo de procesador que corresponde a un documento de esas páginas."""
    _, tope = resource.getrlimit(resource.RLIMIT_CPU)
    if tope != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, (min(plazo(paginas), tope), tope))


def tope_de(recurso: int, pedido: int) -> int:
    """Devuelve lo pedido o, si es menor, lo más que ya se le permite al proceso."""
    _, duro = resource.getrlimit(recurso)
    return pedido if duro == resource.RLIM_INFINITY else min(pedido, duro)


def salir_de_la_red() -> None:
    """Pasa a una red vacía; quien no es root necesita además un espacio de usuarios propio."""
    separarse(CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWUSER | CLONE_NEWNET)


def _cambiar_de_usuario() -> Capa:
    if os.geteuid():
        return Capa(False, "Actas no corre como root: el lector usa su misma cuenta")
    return _poner(f"el lector corre como «{NADIE}»", ser_nadie, en_todos=True)


def ser_nadie() -> None:
    """Cambia la cuenta del proceso, que debe ser root, por la de menos derechos."""
    uid, gid = cuenta_de_nadie()
    os.setgroups([])
    os.setregid(gid, gid)
    os.setreuid(uid, uid)


def cuenta_de_nadie() -> tuple[int, int]:
    """Devuelve el usuario y el grupo de la cuenta de menos derechos."""
    try:
        nadie = pwd.getpwnam(NADIE)
        return nadie.pw_uid, nadie.pw_gid
    except KeyError:
        return UID_DE_NADIE, UID_DE_NADIE


def _sin_privilegios(zigoto: int) -> None:
    """Renuncia a todo privilegio y pide morir con el zigoto.

    Va después del cambio de usuario, que borra ese pedido. Si el zigoto ya murió, termina aquí.
    """
    soltar_capacidades()
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_DUMPABLE, 0)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != zigoto:
        os._exit(1)


def _poner(
    hace: str, capa: Callable[..., None], *argumentos: object, en_todos: bool = False
) -> Capa:
    """Pone una capa; si el sistema no la admite, lo dice."""
    if not EN_LINUX and not en_todos:
        return Capa(False, SOLO_LINUX)
    try:
        capa(*argumentos)
    except (OSError, ValueError) as error:
        motivo = getattr(error, "strerror", None) or error
        return Capa(False, f"el sistema no la admite: {motivo}")
    return Capa(True, hace)
