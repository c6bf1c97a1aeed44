"""Listas por tramos: la página y su cursor, que solo crece y no se salta ni repite filas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from registro.errores import DatoInvalido

_T = TypeVar("_T")
_CIFRAS = 10


@dataclass(frozen=True, slots=True)
class Pagina(Generic[_T]):
    """Un tramo de una lista; `siguiente` es el cursor que pide el que sigue, o None si no hay."""

    filas: tuple[_T, ...]
    siguiente: str | None


def paginar(filas: Sequence[_T], limite: int, clave: Callable[[_T], tuple[int, ...]]) -> Pagina[_T]:
    """Arma la página de hasta `limite` filas; que venga una de más dice que hay otra página.

    `clave` da los números que ordenan una fila; los de la última son el cursor («12.345»).
    """
    visibles = tuple(filas[:limite])
    hay_mas = len(filas) > limite
    return Pagina(visibles, ".".join(map(str, clave(visibles[-1]))) if hay_mas else None)


def leer_cursor(cursor: str, largo: int) -> tuple[int, ...]:
    """Devuelve los `largo` números del cursor.

    Raises:
        DatoInvalido: no es un cursor de esa lista.
    """
    partes = cursor.split(".")
    if len(partes) != largo or not all(
        p.isascii() and p.isdigit() and len(p) <= _CIFRAS for p in partes
    ):
        raise DatoInvalido(
            "cursor", "Esa página de la lista no existe.", "Empiece desde la primera página."
        )
    return tuple(map(int, partes))
