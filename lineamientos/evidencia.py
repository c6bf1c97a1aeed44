"""El registro SMART de un compromiso: cada criterio con los trozos del texto que lo sustentan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ingesta.documento import Documento, Tramo
from lineamientos.hallazgo import (
    Aspecto,
    Criterio,
    Evidencia,
    Hallazgo,
    JuicioDeCriterio,
    Smart,
)
from nlp.propuesta import Campos, Propuesta

ASPECTOS: Final[Mapping[Criterio, tuple[Aspecto, ...]]] = {
    Criterio.ESPECIFICO: (Aspecto.QUE, Aspecto.DONDE),
    Criterio.MEDIBLE: (Aspecto.CUANTO, Aspecto.VERIFICACION),
    Criterio.ASIGNABLE: (Aspecto.QUIEN,),
    Criterio.REALISTA: (Aspecto.DINERO, Aspecto.CONDICION),
    Criterio.TEMPORAL: (Aspecto.CUANDO,),
}
"""Qué aspectos sustentan cada criterio (`dominio.md` §2.2, esquema de un buen compromiso)."""

_COLA = re.compile(
    r"(?:[\s,;:.(]|\b(?:y|e|en|a|al|de|del|con|por|para|hasta|desde|el|la|los|las))+$"
)


def reunir(
    documento: Documento, propuesta: Propuesta, smart: Smart, hallazgos: Iterable[Hallazgo]
) -> tuple[JuicioDeCriterio, ...]:
    """Devuelve los cinco criterios, en orden, con su juicio, su evidencia y lo que falta."""
    dichas = sorted(_evidencias(documento, propuesta), key=lambda e: e.tramo.inicio)
    codigos = [(h.criterio, h.regla) for h in hallazgos]
    juicios = []
    for criterio, aspectos in ASPECTOS.items():
        propias = tuple(e for e in dichas if e.aspecto in aspectos)
        juicios.append(
            JuicioDeCriterio(
                criterio=criterio,
                cumple=getattr(smart, criterio.value),
                evidencias=propias,
                faltan=tuple(a for a in aspectos if a not in {e.aspecto for e in propias}),
                reglas=tuple(sorted({regla for c, regla in codigos if c is criterio})),
            )
        )
    return tuple(juicios)


def _evidencias(documento: Documento, propuesta: Propuesta) -> Iterator[Evidencia]:
    campos = propuesta.campos
    for aspecto, valores in (
        (Aspecto.QUIEN, campos.responsable),
        (Aspecto.CUANTO, campos.cantidad),
        (Aspecto.DONDE, campos.lugares),
        (Aspecto.CUANDO, (campos.plazo,)),
        (Aspecto.DINERO, (campos.monto, campos.financiamiento)),
        (Aspecto.CONDICION, (campos.condicion,)),
        (Aspecto.VERIFICACION, (campos.verificacion,)),
        (Aspecto.QUE, (campos.codigo_snip, campos.codigo_unificado)),
    ):
        yield from (Evidencia(aspecto, valor.tramo) for valor in valores if valor)
    if acto := _acto(documento, propuesta):
        yield Evidencia(Aspecto.QUE, acto)


def _acto(documento: Documento, propuesta: Propuesta) -> Tramo | None:
    """Devuelve el tramo del verbo y su objeto: desde el verbo hasta el dato siguiente."""
    accion = propuesta.campos.accion
    if accion is None:
        return None
    topes = [t.inicio for t in _que_no_son_objeto(propuesta.campos) if t.inicio >= accion.tramo.fin]
    dentro = accion.tramo.inicio < propuesta.tramo.fin
    fin = min([*topes, propuesta.tramo.fin]) if dentro else accion.tramo.fin
    recortado = _COLA.sub("", documento.texto[accion.tramo.inicio : fin])
    return Tramo(accion.tramo.inicio, max(accion.tramo.fin, accion.tramo.inicio + len(recortado)))


def _que_no_son_objeto(campos: Campos) -> Iterator[Tramo]:
    for valor in (
        campos.plazo,
        campos.monto,
        campos.financiamiento,
        campos.condicion,
        campos.verificacion,
        *campos.lugares,
        *campos.responsable,
        *campos.colaboradores,
    ):
        if valor:
            yield valor.tramo
