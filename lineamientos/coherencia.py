"""Comparaciones entre dos datos de un ítem o entre el ítem y el acta."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ingesta.documento import Tramo
from nlp.calendario import es_habil
from nlp.plegado import plegar
from nlp.propuesta import DatosDelActa, MetodoDePlazo, PrecisionDePlazo, Propuesta

Resultado = tuple[Tramo, Mapping[str, str]]


def plazo_ya_vencido(propuesta: Propuesta, datos: DatosDelActa) -> Iterator[Resultado]:
    """Señala la fecha límite anterior a la fecha del acta."""
    plazo, dia = propuesta.campos.plazo, datos.dia
    if plazo and plazo.fecha_limite and dia and plazo.fecha_limite < dia:
        yield plazo.tramo, {"fecha": f"{plazo.fecha_limite:%d/%m/%Y}", "acta": f"{dia:%d/%m/%Y}"}


def plazo_en_dia_inhabil(propuesta: Propuesta, datos: DatosDelActa) -> Iterator[Resultado]:
    """Señala la fecha escrita que cae en sábado, domingo o feriado nacional."""
    plazo = propuesta.campos.plazo
    if plazo is None or plazo.fecha_limite is None or es_habil(plazo.fecha_limite):
        return
    if plazo.metodo is MetodoDePlazo.FECHA and plazo.precision is PrecisionDePlazo.EXACTA:
        yield plazo.tramo, {"fecha": f"{plazo.fecha_limite:%d/%m/%Y}"}


def responsable_ausente(propuesta: Propuesta, datos: DatosDelActa) -> Iterator[Resultado]:
    """Señala al responsable que no figura entre las entidades participantes del acta.

    Calla si el acta no lista a sus participantes.
    """
    presentes = {plegar(p.entidad) for p in datos.participantes if p.entidad}
    if not presentes:
        return
    for entidad in propuesta.campos.responsable:
        nombre = plegar(entidad.valor)
        if not entidad.generica and not any(nombre in p or p in nombre for p in presentes):
            yield entidad.tramo, {"entidad": entidad.valor}


COMPARACIONES: dict[str, Callable[[Propuesta, DatosDelActa], Iterator[Resultado]]] = {
    "plazo_ya_vencido": plazo_ya_vencido,
    "plazo_en_dia_inhabil": plazo_en_dia_inhabil,
    "responsable_ausente": responsable_ausente,
}
