"""Fecha de la próxima reunión que el acta fija, para los plazos que la mencionan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from ingesta.documento import Documento, Tramo
from nlp import fechas, plazos_calculo
from nlp.fechas import Forma
from nlp.patrones import compilar
from nlp.plegado import plegar
from nlp.propuesta import MetodoDePlazo, Plazo, PrecisionDePlazo

_REUNION = r"(?:reunion|sesion|asamblea|plenaria|mesa)"
_PROXIMA = compilar(
    rf"\b(?:(?:proxim|siguient|nuev)[ao]?e? {_REUNION}|(?:volveran|volvera) a reunir"
    rf"|{_REUNION} (?:siguiente|proxima)|convoc\w+ (?:a )?(?:la |una )?(?:\w+ )?{_REUNION})\b"
)
_MENCIONA = compilar(
    rf"\b(?:proxim|siguient|otr)[ao]?e?(?: {_REUNION})?\b|\b{_REUNION} siguiente\b"
)
_ORACION = re.compile(r"(?:[^.;]|\.(?!\s+[A-ZÁÉÍÓÚ«])|(?<=\d)[.;](?=\d))+")


def buscar(documento: Documento, acta: date | None) -> date | None:
    """Devuelve el día de la próxima reunión si una oración o una fila del acta lo dice."""
    for texto in _lugares(documento):
        hallada = _PROXIMA.search(plegar(texto))
        if hallada is None:
            continue
        for leida in fechas.buscar(texto, acta):
            es_dia = leida.forma in {Forma.LARGA, Forma.NUMERICA, Forma.CORTA}
            if es_dia and leida.ultimo and (acta is None or leida.ultimo > acta):
                return leida.ultimo
    return None


def enlazar(plazo: Plazo, documento: Documento, dia: date | None) -> Plazo:
    """Da al plazo «en la próxima reunión» la fecha que el acta fija para ella.

    El método sigue siendo «evento»; los demás plazos se devuelven sin cambios.
    """
    if plazo.metodo is not MetodoDePlazo.EVENTO or dia is None:
        return plazo
    if not _MENCIONA.search(plegar(documento.fragmento(plazo.tramo))):
        return plazo
    return replace(
        plazo,
        fecha_limite=dia,
        precision=PrecisionDePlazo.EXACTA,
        explicacion=f"El acta fija la próxima reunión para el {plazos_calculo.escribir(dia)}.",
    )


def _lugares(documento: Documento) -> Iterator[str]:
    """Recorre las oraciones de los párrafos y el texto de las filas de los cuadros."""
    for celda, grupo in groupby(
        documento.cuerpo, lambda b: b.celda and (b.celda.tabla, b.celda.fila)
    ):
        bloques = list(grupo)
        if celda:
            yield documento.fragmento(Tramo(bloques[0].tramo.inicio, bloques[-1].tramo.fin))
        else:
            for bloque in bloques:
                yield from _ORACION.findall(documento.fragmento(bloque.tramo))
