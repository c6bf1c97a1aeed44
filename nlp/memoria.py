"""Recuerda lo calculado de textos recientes, para el acta que se revisa muchas veces.

Mientras se escribe, de una revisión a la siguiente cambia una oración de cientos. Quien lee actas
distintas no recuerda nada. Lo recordado depende del catálogo en uso (`catalogo.usar`): la memoria
se arma con la tubería, después de él.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import ParamSpec, Protocol, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K", bound=Hashable)


class Recordar(Protocol):
    """Devuelve la misma función, que recuerda o no lo que ya calculó."""

    def __call__(self, funcion: Callable[P, R], /) -> Callable[P, R]:
        """Recibe una función pura de argumentos que sirven de clave."""


def memoria(textos: int) -> Recordar:
    """Devuelve cómo recordar lo de ese número de textos; con 0, nada."""

    def recordar(funcion: Callable[P, R], /) -> Callable[P, R]:
        return cast("Callable[P, R]", lru_cache(maxsize=textos)(funcion)) if textos else funcion

    return recordar


def memoria_de_lotes(
    cuantos: int, funcion: Callable[[Sequence[K]], list[R]]
) -> Callable[[Sequence[K]], list[R]]:
    """Devuelve lo mismo para quien responde muchas a la vez: solo le llegan las nuevas.

    Guarda las `cuantos` últimas; con 0, ninguna.
    """
    if not cuantos:
        return funcion
    sabidas: dict[K, R] = {}

    def recordada(pedidas: Sequence[K]) -> list[R]:
        nuevas = list({p: None for p in pedidas if p not in sabidas})
        ahora = dict(zip(nuevas, funcion(nuevas), strict=True))
        respuestas = [ahora[p] if p in ahora else sabidas[p] for p in pedidas]
        for pedida, respuesta in zip(pedidas, respuestas, strict=True):
            sabidas.pop(pedida, None)
            sabidas[pedida] = respuesta
        for vieja in list(sabidas)[: max(0, len(sabidas) - cuantos)]:
            del sabidas[vieja]
        return respuestas

    return recordada
