"""Comparaciones entre dos datos de un ítem o entre el ítem y el acta."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lineamientos.caso import Caso, Senal
from nlp.calendario import es_habil
from nlp.catalogo import entidad_por_nombre
from nlp.plegado import plegar
from nlp.propuesta import MetodoDePlazo, PrecisionDePlazo

_LIMITE = re.compile(r"(?:hasta|a mas tardar|como maximo|antes de|para el|vence|plazo)\b")
_SEPARADOR = re.compile(r"\s*[/,;()–—]\s*|\s+-\s+")
_MINIMO_CON_ENTIDAD = 0.5


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
    """Señala al responsable cuya entidad no figura entre las participantes del acta.

    Una entidad vale por su ministerio y por las demás de este. Calla si en el acta no se leyó la
    entidad de la mayoría de los participantes.
    """
    presentes = [p.entidad for p in caso.datos.participantes if p.entidad]
    if len(presentes) <= _MINIMO_CON_ENTIDAD * len(caso.datos.participantes):
        return
    nombres = frozenset().union(*map(_nombres, presentes))
    for entidad in caso.propuesta.campos.responsable:
        if not entidad.generica and not _figura(_nombres(entidad.valor), nombres):
            yield Senal(entidad.tramo, datos={"entidad": entidad.valor})


COMPARACIONES: dict[str, Callable[[Caso], Iterator[Senal]]] = {
    "plazo_ya_vencido": plazo_ya_vencido,
    "plazo_en_dia_inhabil": plazo_en_dia_inhabil,
    "responsable_ausente": responsable_ausente,
}


def _nombres(entidad: str) -> frozenset[str]:
    """Devuelve las formas plegadas de una entidad: lo leído, su nombre de hoy y su ministerio."""
    hallados = {plegar(parte) for parte in (entidad, *_SEPARADOR.split(entidad)) if parte.strip()}
    for parte in tuple(hallados):
        ficha = entidad_por_nombre(parte)
        while ficha:
            hallados.add(plegar(ficha.nombre))
            ficha = entidad_por_nombre(ficha.matriz) if ficha.matriz else None
    return frozenset(hallados)


def _figura(buscados: frozenset[str], presentes: frozenset[str]) -> bool:
    return any(b in p or p in b for b in buscados for p in presentes)
