"""El responsable según el análisis sintáctico, para cuando las reglas no hallan ninguno.

El sujeto de la primera cláusula principal vale si nombra a quien puede obligarse: una entidad
conocida o un oficio («los alpaqueros»). Se propone con confianza baja: es una conjetura.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ingesta.documento import Tramo
from nlp.componentes.entidad import de_mencion
from nlp.componentes.entidad_menciones import Mencion, menciones
from nlp.componentes.entidad_nombres import nombrar
from nlp.contexto import Contexto
from nlp.gramatica import grupo
from nlp.lectura import Lectura, leer
from nlp.lengua.sintaxis import PRESENTAN, Clausula, clausulas
from nlp.plegado import plegar
from nlp.propuesta import Entidad

if TYPE_CHECKING:
    from spacy.tokens import Doc

CONFIANZA = 0.5
"""De los textos de entrenamiento en que las reglas callan acierta cinco de cada nueve."""

_OFICIO = re.compile(r"\w+(?:er[oa]s|istas?|antes|[aei]dor(?:es|as?))")
_CERCA = 12
"""Caracteres en que debe empezar la entidad dentro del sujeto."""


def responsables(analizado: Doc, contexto: Contexto) -> tuple[Entidad, ...]:
    """Devuelve quién hace la acción de un texto ya analizado; vacío si no lo dice.

    Raises:
        ValueError: el documento no tiene análisis sintáctico.
    """
    lectura = leer(analizado.text)
    for clausula in clausulas(analizado):
        if _obliga(clausula, lectura) and (halladas := tuple(_actores(clausula, lectura))):
            entidades = (de_mencion(m, lectura, contexto) for m in halladas)
            return tuple(replace(e, confianza=CONFIANZA) for e in entidades)
    return ()


def _obliga(clausula: Clausula, lectura: Lectura) -> bool:
    """Descarta lo que solo presenta, describe o pregunta («si la empresa tiene contrato»)."""
    if not clausula.principal or not clausula.sujetos:
        return False
    if clausula.lema in PRESENTAN or clausula.lema in grupo("sin_accion"):
        return False
    antes = plegar(lectura.texto[: clausula.sujetos[0].inicio]).split()
    return "si" not in antes[-2:]


def _actores(clausula: Clausula, lectura: Lectura) -> Iterator[Mencion]:
    inicios = {lectura.palabras[m.desde].inicio: m for m in menciones(lectura) if m.firme}
    for sujeto in clausula.sujetos:
        cerca = range(sujeto.inicio, min(sujeto.fin, sujeto.inicio + _CERCA))
        conocida = next((inicios[i] for i in cerca if i in inicios), None)
        if conocida:
            yield conocida
        elif _OFICIO.match(plegar(lectura.texto[sujeto.inicio : sujeto.fin])):
            yield _desconocida(sujeto, lectura)


def _desconocida(sujeto: Tramo, lectura: Lectura) -> Mencion:
    indices = [i for i, p in enumerate(lectura.palabras) if sujeto.inicio <= p.inicio < sujeto.fin]
    desde, hasta = indices[0], indices[-1] + 1
    nombre = nombrar(" ".join(lectura.fragmento(desde, hasta).split()))
    return Mencion(desde, hasta, nombre, None, "", firme=False)
