"""Comparaciones entre dos datos de un ítem o entre el ítem y el acta."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lineamientos.asistencia import asistio
from lineamientos.caso import Caso, Senal
from nlp.calendario import es_habil
from nlp.plegado import plegar
from nlp.propuesta import MetodoDePlazo, PrecisionDePlazo

_LIMITE = re.compile(r"(?:hasta|a mas tardar|como maximo|antes de|para el|vence|plazo)\b")


def plazo_ya_vencido(caso: Caso) -> Iterator[Senal]:
    """Señala la fecha límite anterior a la fecha del acta."""
    plazo, dia = caso.propuesta.campos.plazo, caso.datos.dia
    if plazo and plazo.fecha_limite and dia and plazo.fecha_limite < dia:
        fechas = {"fecha": f"{plazo.fecha_limite:%d/%m/%Y}", "acta": f"{dia:%d/%m/%Y}"}
        yield Senal(plazo.tramo, datos=fechas)


def plazo_en_dia_inhabil(caso: Caso) -> Iterator[Senal]:
    """Señala la fecha límite escrita que cae en sábado, domingo o feriado nacional.

    Calla si la fecha es la de un acto («el sábado 5 habrá una jornada»), no un límite.
    """
    plazo = caso.propuesta.campos.plazo
    if plazo is None or plazo.fecha_limite is None or es_habil(plazo.fecha_limite):
        return
    es_fecha = plazo.metodo is MetodoDePlazo.FECHA and plazo.precision is PrecisionDePlazo.EXACTA
    if es_fecha and _LIMITE.match(plegar(caso.documento.fragmento(plazo.tramo))):
        yield Senal(plazo.tramo, datos={"fecha": f"{plazo.fecha_limite:%d/%m/%Y}"})


def responsable_ausente(caso: Caso) -> Iterator[Senal]:
    """Señala al responsable con nombre propio que no figura entre los participantes del acta."""
    for entidad in caso.propuesta.campos.responsable:
        if not entidad.generica and asistio(entidad, caso.datos.participantes) is False:
            yield Senal(entidad.tramo, datos={"entidad": entidad.valor})


COMPARACIONES: dict[str, Callable[[Caso], Iterator[Senal]]] = {
    "plazo_ya_vencido": plazo_ya_vencido,
    "plazo_en_dia_inhabil": plazo_en_dia_inhabil,
    "responsable_ausente": responsable_ausente,
}
