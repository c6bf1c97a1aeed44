"""Se encierra y se convierte en un programa que solo lee su entrada y escribe su salida.

Arranca con cada página que se reconoce: carga lo mínimo y recibe ya hechos, de `ejecucion`, la
lista de Landlock y el filtro de seccomp.
"""

from __future__ import annotations

import os
import resource
import sys

from ingesta.contencion.sistema import (
    CLONE_NEWNET,
    CLONE_NEWUSER,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
    encerrar_en,
    poner_filtro,
    prctl,
    separarse,
    soltar_capacidades,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Final

SIN_AISLAR: Final = 77
"""Código de salida cuando falla una capa que este sistema sí admite: el programa no empezó."""

SIGKILL: Final = 9


def lanzar(
    padre: str, lista: str, filtro: str, cuenta: str, limites: str, exigidas: str, *orden: str
) -> None:
    """Encierra este proceso y ejecuta la orden; sin orden, escribe qué capas fallaron y por qué.

    `lista` es un descriptor, `filtro` va en hexadecimal, `cuenta` es «uid:gid» y `limites`,
    «recurso:valor» separados por comas; los tres primeros van vacíos si no los hay. Si falla una
    capa de `exigidas`, sale con SIN_AISLAR. Lanza OSError si la orden no se puede ejecutar.
    """
    capas: list[tuple[str, Callable[[str], None], str]] = [
        ("limites", _limitar, limites),
        ("red", _sin_red, cuenta),
        ("usuario", _ser, cuenta),
        ("privilegios", _sin_privilegios, padre),
        ("disco", _sin_disco, lista),
        ("llamadas", _sin_llamadas, filtro),
    ]
    fallas = {}
    for nombre, capa, dato in capas:
        try:
            capa(dato)
        except (OSError, AttributeError) as error:  # fuera de Linux faltan funciones
            fallas[nombre] = getattr(error, "strerror", None) or str(error)
    if not orden:
        sys.stdout.write("".join(f"{nombre}\t{motivo}\n" for nombre, motivo in fallas.items()))
    elif fallas.keys() & set(exigidas.split(",")):
        sys.exit(SIN_AISLAR)
    else:
        os.execv(orden[0], orden)  # noqa: S606


def _limitar(limites: str) -> None:
    for limite in limites.split(","):
        recurso, pedido = map(int, limite.split(":"))
        _, duro = resource.getrlimit(recurso)
        tope = pedido if duro == resource.RLIM_INFINITY else min(pedido, duro)
        resource.setrlimit(recurso, (tope, tope))


def _sin_red(cuenta: str) -> None:
    """Pasa a una red vacía; quien no es root, que no cambia de cuenta, en un espacio suyo."""
    separarse(CLONE_NEWNET if cuenta else CLONE_NEWUSER | CLONE_NEWNET)


def _ser(cuenta: str) -> None:
    if not cuenta:
        raise OSError("Actas no corre como root: usa su misma cuenta")
    uid, gid = map(int, cuenta.split(":"))
    os.setgroups([])
    os.setregid(gid, gid)
    os.setreuid(uid, uid)


def _sin_privilegios(padre: str) -> None:
    """Renuncia a todo privilegio y pide morir con quien lo arrancó; si ya murió, termina."""
    soltar_capacidades()
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_PDEATHSIG, SIGKILL)
    if os.getppid() != int(padre):
        sys.exit(SIN_AISLAR)


def _sin_disco(lista: str) -> None:
    if not lista:
        raise OSError("el núcleo no ofrece Landlock")
    encerrar_en(int(lista))
    os.close(int(lista))


def _sin_llamadas(filtro: str) -> None:
    if not filtro:
        raise OSError("no se conocen las llamadas de este procesador")
    poner_filtro(bytes.fromhex(filtro))
