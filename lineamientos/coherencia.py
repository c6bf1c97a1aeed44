"""Comparaciones entre dos datos de un ítem o entre el ítem y el acta."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from ingesta.documento import Tramo
from lineamientos.asistencia import asistio, pertenece
from lineamientos.caso import Caso, Senal
from lineamientos.tablas import tabla
from lineamientos.terminos import apariciones, contiene
from nlp.calendario import es_habil
from nlp.plegado import plegar
from nlp.propuesta import MetodoDePlazo, PrecisionDePlazo

_LIMITE = re.compile(r"(?:hasta|a mas tardar|como maximo|antes de|para el|vence|plazo)\b")
_DIAS_POR_MES = 30
_Y_O_ANTES = re.compile(r"\by\s*/\s*o\s+(?:(?:el|las?|los|sus?)\s+)?$", re.IGNORECASE)
_Y_O_DESPUES = re.compile(r"\s+y\s*/\s*o\s+(?:(?:el|las?|los|sus?)\s+)?\w+", re.IGNORECASE)
_CERCA = 12
"""Letras antes del responsable en que cabe «y/o» con su artículo."""

_SIGLA = re.compile(r"\b[A-ZÑ]{2,}\s*$")
"""«La DRA Puno» es la Dirección Regional Agraria, no una doctora."""

_NOMBRE_PROPIO = re.compile(r"(?:[A-ZÁÉÍÓÚÑ][\w.'-]*\s+){1,4}[A-ZÁÉÍÓÚÑ]\w+|[A-ZÁÉÍÓÚÑ]\w+")


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


def plazo_corto_para_la_fase(caso: Caso) -> Iterator[Senal]:
    """Señala el plazo menor que lo que toma ir de una fase del proyecto a la otra.

    Los recorridos y sus meses están en `datos/recorridos.toml`; sin fecha del acta no se juzga.
    """
    plazo, dia = caso.propuesta.campos.plazo, caso.datos.dia
    if plazo is None or plazo.fecha_limite is None or dia is None or plazo.fecha_limite < dia:
        return
    for recorrido in tabla("recorridos")["recorrido"]:
        empieza = contiene(caso.texto, recorrido["desde"])
        corto = (plazo.fecha_limite - dia).days < recorrido["meses"] * _DIAS_POR_MES
        if empieza and corto and _sin_los_exentos(caso.texto, recorrido["hasta"], recorrido):
            fecha = f"{plazo.fecha_limite:%d/%m/%Y}"
            yield Senal(plazo.tramo, datos={"fecha": fecha, "fase": recorrido["dice"]})
            return


def responsable_ausente(caso: Caso) -> Iterator[Senal]:
    """Señala al responsable con nombre propio que no figura entre los participantes del acta."""
    for entidad in caso.propuesta.campos.responsable:
        if not entidad.generica and asistio(entidad, caso.datos.participantes) is False:
            yield Senal(entidad.tramo, datos={"entidad": entidad.valor})


def responsable_con_y_o(caso: Caso) -> Iterator[Senal]:
    """Señala el «y/o» pegado a un responsable: «la ANA y/o el OEFA», «gobierno regional y/o local».

    El de los bienes («materiales y/o equipos») no cuenta.
    """
    texto = caso.documento.texto
    campos = caso.propuesta.campos
    for entidad in (*campos.responsable, *campos.colaboradores):
        antes = _Y_O_ANTES.search(
            texto, max(0, entidad.tramo.inicio - _CERCA), entidad.tramo.inicio
        )
        despues = _Y_O_DESPUES.match(texto, entidad.tramo.fin)
        if antes or despues:
            inicio = antes.start() if antes else entidad.tramo.inicio
            fin = despues.end() if despues else entidad.tramo.fin
            yield Senal(Tramo(inicio, fin))
            return


def responsable_persona(caso: Caso) -> Iterator[Senal]:
    """Señala a la persona puesta como responsable por su trato («el Sr. Quispe», «doña Rosa»).

    Un cargo («el señor alcalde») no es una persona: responde su entidad.
    """
    leidos = [e.tramo for e in caso.propuesta.campos.responsable]
    inicio = leidos[0].inicio - caso.propuesta.tramo.inicio if leidos else 0
    texto = caso.texto
    for desde in {0, max(0, inicio)}:
        hallado = _trato().match(plegar(texto[desde:]))
        if hallado and not texto.isupper() and _SIGLA.search(texto, desde, desde + hallado.end()):
            continue
        nombre = hallado and _NOMBRE_PROPIO.match(texto, desde + hallado.end())
        if nombre:
            tramo = Tramo(desde, nombre.end())
            yield Senal(tramo.movido(caso.propuesta.tramo.inicio))
            return


def fuera_de_competencia(caso: Caso) -> Iterator[Senal]:
    """Señala el acto que no está entre las funciones de quien lo promete.

    Qué acto corresponde a quién está en `datos/competencias.toml`.
    """
    for acto in tabla("competencias")["acto"]:
        for tramo in _sin_los_exentos(caso.texto, acto["terminos"], acto):
            for entidad in caso.propuesta.campos.responsable:
                ajena = entidad.nivel is not None and entidad.nivel.value in acto["ajenos"]
                if ajena and not any(pertenece(entidad.valor, c) for c in acto["competentes"]):
                    datos = {"entidad": entidad.valor, "competente": acto["dice"]}
                    yield Senal(tramo.movido(caso.propuesta.tramo.inicio), datos=datos)
                    return


COMPARACIONES: dict[str, Callable[[Caso], Iterator[Senal]]] = {
    "plazo_ya_vencido": plazo_ya_vencido,
    "plazo_en_dia_inhabil": plazo_en_dia_inhabil,
    "plazo_corto_para_la_fase": plazo_corto_para_la_fase,
    "responsable_ausente": responsable_ausente,
    "responsable_con_y_o": responsable_con_y_o,
    "responsable_persona": responsable_persona,
    "fuera_de_competencia": fuera_de_competencia,
}


def _sin_los_exentos(texto: str, terminos: list[str], fila: Mapping[str, Any]) -> list[Tramo]:
    exentos = list(apariciones(texto, fila.get("salvo", ())))
    return [t for t in apariciones(texto, terminos) if not any(e.toca(t) for e in exentos)]


@lru_cache(maxsize=1)
def _trato() -> re.Pattern[str]:
    tratos = f"(?:{'|'.join(tabla('lexico')['tratos'])})\\b\\.?"
    return re.compile(rf"(?:(?:el|la) )?{tratos} (?:{tratos} )?")
