"""Familias de plazo del texto real: rangos, semanas con su día, deudas y clasificaciones."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.componentes import plazo
from nlp.contexto import Contexto
from nlp.propuesta import Plazo

ACTA = date(2026, 5, 14)


def leer(texto: str) -> Plazo | None:
    return plazo.extraer(texto, Contexto(fecha_acta=ACTA))


@pytest.mark.parametrize(
    ("texto", "esperada"),
    [
        (
            "La compra se hará el 10 de junio y la entrega será dentro de un plazo de 40 a 60 días"
            " desde la adjudicación.",
            "dentro de un plazo de 40 a 60 días desde la adjudicación",
        ),
        (
            "La UGEL avisará en un plazo no mayor de diez (10) días hábiles previos al traslado.",
            "en un plazo no mayor de diez (10) días hábiles previos al traslado",
        ),
        (
            "La empresa aportará treinta mil soles durante los primeros cinco años.",
            "durante los primeros cinco años",
        ),
        (
            "Los límites se definirán en una siguiente reunión de los equipos.",
            "en una siguiente reunión de los equipos",
        ),
    ],
)
def test_se_lee_entero(texto: str, esperada: str) -> None:
    leido = leer(texto)
    assert leido is not None
    assert texto[leido.tramo.inicio : leido.tramo.fin] == esperada


@pytest.mark.parametrize(
    ("texto", "dia"),
    [
        ("El municipio iniciará la obra el viernes de la semana entrante.", date(2026, 5, 22)),
        ("El municipio iniciará la obra el lunes de la próxima semana.", date(2026, 5, 18)),
        ("El municipio iniciará la obra el viernes de esta semana.", date(2026, 5, 15)),
    ],
)
def test_el_dia_de_una_semana_es_el_de_esa_semana(texto: str, dia: date) -> None:
    leido = leer(texto)
    assert leido is not None
    assert leido.fecha_limite == dia
    assert texto[leido.tramo.fin :] == "."


@pytest.mark.parametrize(
    "texto",
    [
        "Elaborar un plan de acciones (clasificadas en: inmediato, corto, mediano y largo plazo).",
        "Remitir a la Gerencia el cronograma del Presupuesto Participativo 2027.",
        "La empresa pagará el alquiler de manera retroactiva, desde el año 2012 hasta el año 2019.",
    ],
)
def test_no_es_plazo_la_clase_de_una_accion_un_proceso_ni_una_deuda(texto: str) -> None:
    assert leer(texto) is None


@pytest.mark.parametrize(
    "texto",
    [
        "La obra se atenderá a corto y mediano plazo.",
        "El alcalde incluirá el puente en el presupuesto participativo 2027.",
    ],
)
def test_siguen_siendo_plazo(texto: str) -> None:
    assert leer(texto) is not None


def test_lo_que_dura_una_campana_no_es_su_plazo() -> None:
    texto = "Realizar una campaña de oftalmología durante tres días en los cuatro anexos."
    assert plazo.extraer(texto, Contexto(fecha_acta=date(2026, 5, 4))) is None
