"""Si el responsable de un compromiso estuvo en la reunión, según los participantes del acta."""

from __future__ import annotations

from functools import lru_cache

from nlp.acta_analizada import Participante
from nlp.catalogo import entidad_por_nombre, fichas
from nlp.componentes.entidad_menciones import Mencion, menciones
from nlp.lectura import leer
from nlp.plegado import plegar
from nlp.propuesta import Entidad, NivelDeGobierno

_MAYORIA = 0.5


def asistio(entidad: Entidad, participantes: tuple[Participante, ...]) -> bool | None:
    """Dice si la entidad figura; None si de la mayoría de los participantes no se sabe la entidad.

    Una entidad vale por su ministerio y este por ella; una dependencia regional, por su gobierno
    regional. Quien figura solo como «Estado» vale por cualquier entidad pública.
    """
    presentes = [m for m in _presentes(participantes) if m]
    if len(presentes) <= _MAYORIA * len(participantes):
        return None
    return any(_vale_por(m, entidad) for grupo in presentes for m in grupo)


@lru_cache(maxsize=8)
def _presentes(participantes: tuple[Participante, ...]) -> tuple[tuple[Mencion, ...], ...]:
    """Devuelve las entidades que nombran la entidad y el cargo de cada participante."""
    return tuple(
        tuple(m for texto in (p.entidad, p.cargo) if texto for m in menciones(leer(texto)))
        for p in participantes
    )


def _vale_por(presente: Mencion, entidad: Entidad) -> bool:
    publica = entidad.nivel not in {None, NivelDeGobierno.NO_APLICA}
    if publica and presente.generica and presente.clase == "estado":
        return True
    if entidad.nivel is presente.nivel is NivelDeGobierno.REGIONAL:
        return True
    return pertenece(presente.valor, entidad.valor) or pertenece(entidad.valor, presente.valor)


def pertenece(nombre: str, otro: str) -> bool:
    """Dice si la entidad es la otra o depende de ella; un nombre puede ser parte del otro."""
    buscado = plegar(otro)
    return any(buscado in propio or propio in buscado for propio in _linaje(nombre))


@lru_cache(maxsize=512)
def _linaje(nombre: str) -> frozenset[str]:
    """Devuelve el nombre plegado y los de las entidades de que depende."""
    plegado = plegar(nombre)
    ficha = entidad_por_nombre(nombre) or next(
        (f for f in fichas() if f.territorial and plegado.startswith(plegar(f.nombre))), None
    )
    nombres = {plegado}
    while ficha:
        nombres.add(plegado if ficha.territorial else plegar(ficha.nombre))
        ficha = entidad_por_nombre(ficha.matriz) if ficha.matriz else None
    return frozenset(nombres)
