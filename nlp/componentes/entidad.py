"""Responsables y colaboradores de un ítem o de una celda RESPONSABLE."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc

from nlp.componentes.entidad_menciones import Mencion, menciones
from nlp.componentes.entidad_roles import papeles
from nlp.contexto import Contexto
from nlp.lectura import Lectura, leer
from nlp.propuesta import Entidad


def responsables(doc: Doc, contexto: Contexto) -> tuple[Entidad, ...]:
    """Devuelve quién hará lo acordado, en orden de aparición; vacío si nadie lo asume."""
    lectura = leer(doc.text)
    return tuple(_entidad(m, lectura, contexto) for m in papeles(lectura).responsables)


def colaboradores(doc: Doc, contexto: Contexto) -> tuple[Entidad, ...]:
    """Devuelve con quiénes se hará («en coordinación con…», «con apoyo de…»)."""
    lectura = leer(doc.text)
    return tuple(_entidad(m, lectura, contexto) for m in papeles(lectura).colaboradores)


_PARTE_DE_CELDA = re.compile(r"[^/,;|\n]+")


def de_celda(doc: Doc, contexto: Contexto) -> tuple[Entidad, ...]:
    """Lee una celda RESPONSABLE, que puede nombrar a varias entidades («GORE / MPC»).

    Lo que no está en el catálogo se conserva como se lee; «--» o «por definir» dan vacío.
    """
    lectura = leer(doc.text)
    return tuple(_entidad(m, lectura, contexto) for m in menciones(lectura))


def _entidad(mencion: Mencion, lectura: Lectura, contexto: Contexto) -> Entidad:
    inicio = lectura.palabras[mencion.desde].inicio
    fin = lectura.palabras[mencion.hasta - 1].fin
    return Entidad(mencion.valor, contexto.tramo(inicio, fin), mencion.nivel, mencion.generica)
