"""Arma el caso de una oración o de una fila con los extractores, sin el clasificador."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from ingesta.documento import Documento, Tramo
from lineamientos.caso import Caso
from lineamientos.regla import Ejemplo
from nlp.acta_analizada import DatosDelActa, Participante
from nlp.componentes import EXTRACTORES, entidad, plazo
from nlp.contexto import Contexto
from nlp.propuesta import (
    Atributos,
    Campos,
    Clase,
    Clasificacion,
    Dato,
    FilaDeTabla,
    Propuesta,
    Segmento,
    Tipo,
)

DE_CELDA = {"responsable": entidad.de_celda, "plazo": plazo.de_celda}
LEJOS = Tramo(0, 0)


def _armar(
    ejemplo: Ejemplo | str, clase: Clase = Clase.COMPROMISO, tipo: Tipo | None = None
) -> Caso:
    if isinstance(ejemplo, str):
        ejemplo = Ejemplo(ejemplo)
    celdas = ejemplo.texto.split(" | ") if ejemplo.columnas else [ejemplo.texto]
    documento = Documento.desde_texto("\t".join(celdas))
    tramos = list(_tramos(celdas))
    valores = _extraer(documento, tramos[0], ejemplo.fecha_acta, EXTRACTORES)
    por_columna = dict(zip(ejemplo.columnas, tramos, strict=False))
    for columna, leer in DE_CELDA.items():
        if columna in por_columna:
            tramo = por_columna[columna]
            leido = _extraer(documento, tramo, ejemplo.fecha_acta, {columna: leer})
            valores |= {campo: valor for campo, valor in leido.items() if valor}
    textos = dict(zip(ejemplo.columnas, celdas, strict=False))
    fila = FilaDeTabla(0, 1, textos, por_columna) if ejemplo.columnas else None
    propuesta = Propuesta(
        Segmento("i1", tramos[0], fila=fila),
        Clasificacion(clase, None, {}, False, tipo),
        Campos(**valores),
        Atributos(),
    )
    return Caso(documento, propuesta, _datos(ejemplo))


def _datos(ejemplo: Ejemplo) -> DatosDelActa:
    fecha = Dato(ejemplo.fecha_acta.isoformat(), LEJOS) if ejemplo.fecha_acta else None
    presentes = tuple(Participante(None, None, p, None, LEJOS) for p in ejemplo.participantes)
    return DatosDelActa(fecha=fecha, participantes=presentes)


def _tramos(celdas: list[str]) -> Iterator[Tramo]:
    inicio = 0
    for celda in celdas:
        yield Tramo(inicio, inicio + len(celda))
        inicio += len(celda) + 1


def _extraer(
    documento: Documento, tramo: Tramo, fecha: date | None, extractores: dict[str, Any]
) -> dict[str, Any]:
    doc = documento.fragmento(tramo)
    contexto = Contexto(base=tramo.inicio, fecha_acta=fecha)
    return {nombre: extraer(doc, contexto) for nombre, extraer in extractores.items()}


@pytest.fixture(scope="session")
def armar() -> Callable[..., Caso]:
    """Devuelve la función que arma el caso de un ejemplo, con la clase y el tipo que se pidan."""
    return _armar
