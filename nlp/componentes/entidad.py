"""Responsables y colaboradores de un ítem o de una celda RESPONSABLE.

Convención del tramo: va sin el artículo («PNSR», no «El PNSR») y, cuando la cabeza obra por medio
de otra («MTC, a través de Provías Nacional»), las cubre a ambas con el valor de la cabeza.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nlp.componentes.entidad_menciones import Mencion, menciones
from nlp.componentes.entidad_nombres import en_titulo
from nlp.componentes.entidad_roles import papeles
from nlp.contexto import Contexto
from nlp.lectura import Lectura, leer
from nlp.plegado import plegar
from nlp.propuesta import Entidad

_PARTE_DE_CELDA = re.compile(r"[^/,;|+\n]+")
_SIN_DATO = re.compile(
    r"[\W\d_]*(?:s/[dnfr]|n/a|por (?:definir|determinar|designar|asignar)|pendiente|ningun[oa]|"
    r"no (?:aplica|corresponde|precisa)|tod[oa]s?)?[\W\d_]*"
)
_BORDES = " \t\n.:-–—•*()"


def responsables(texto: str, contexto: Contexto) -> tuple[Entidad, ...]:
    """Devuelve quién hará lo acordado, en orden de aparición; vacío si nadie lo asume."""
    lectura = leer(texto)
    return tuple(de_mencion(m, lectura, contexto) for m in papeles(lectura).responsables)


def colaboradores(texto: str, contexto: Contexto) -> tuple[Entidad, ...]:
    """Devuelve con quiénes se hará: «en coordinación con…», «con apoyo de…», segundo sujeto."""
    lectura = leer(texto)
    return tuple(de_mencion(m, lectura, contexto) for m in papeles(lectura).colaboradores)


def de_celda(texto: str, contexto: Contexto) -> tuple[Entidad, ...]:
    """Lee una celda RESPONSABLE, que puede nombrar a varias entidades («GORE / MPC»).

    Lo que no está en el catálogo se conserva como se lee; «--» o «por definir» dan vacío.
    """
    lectura = leer(texto)
    if _SIN_DATO.fullmatch(plegar(texto)):
        return ()
    halladas = menciones(lectura)
    cubierto = sum(len(lectura.fragmento(m.desde, m.hasta)) for m in halladas)
    letras = sum(c.isalnum() for c in lectura.texto)
    if halladas and cubierto >= letras / 2:
        return tuple(de_mencion(m, lectura, contexto) for m in halladas)
    return tuple(_por_partes(texto, contexto))


def _por_partes(texto: str, contexto: Contexto) -> Iterator[Entidad]:
    for hallada in _PARTE_DE_CELDA.finditer(texto):
        limpia = hallada[0].strip(_BORDES)
        if limpia and not _SIN_DATO.fullmatch(plegar(limpia)):
            inicio = hallada.start() + hallada[0].index(limpia)
            valor = " ".join(limpia.split())
            yield Entidad(valor, contexto.tramo(inicio, inicio + len(limpia)), None)


def _limites(mencion: Mencion, lectura: Lectura) -> tuple[int, int]:
    return lectura.palabras[mencion.desde].inicio, lectura.palabras[mencion.hasta - 1].fin


def de_mencion(mencion: Mencion, lectura: Lectura, contexto: Contexto) -> Entidad:
    """Devuelve la entidad de una mención, con el nombre que el acta le da."""
    resuelta = _por_alias(mencion, lectura, contexto) or mencion
    tramo = contexto.tramo(*_limites(mencion, lectura))
    return Entidad(resuelta.valor, tramo, resuelta.nivel, resuelta.generica)


def _por_alias(mencion: Mencion, lectura: Lectura, contexto: Contexto) -> Mencion | None:
    """Devuelve la mención con el nombre que el acta le da: «la empresa» → «Minera X S.A.C.»."""
    leido = plegar(lectura.fragmento(mencion.desde, mencion.hasta))
    previa = lectura.plegada(mencion.desde - 1)
    alias = {plegar(generica): nombre for generica, nombre in contexto.alias.items()}
    nombre = alias.get(f"{previa} {leido}") or alias.get(leido)
    if nombre is None:
        return None
    conocida = next(iter(menciones(leer(nombre))), None)
    if conocida is None:
        return replace(
            mencion, valor=en_titulo(nombre) if nombre.isupper() else nombre, generica=False
        )
    return replace(conocida, generica=False)
