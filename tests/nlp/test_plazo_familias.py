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
        ("La posta quedará equipada en 2026.", "en 2026"),
        ("La empresa entregará los lotes previstos en 2026.", "en 2026"),
        (
            "La empresa entregará la posta terminada en el último trimestre.",
            "en el último trimestre",
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


@pytest.mark.parametrize(
    ("texto", "esperada", "metodo"),
    [
        (
            "Aprobado el perfil, la Municipalidad de Huayllani contratará el expediente.",
            "Aprobado el perfil",
            "evento",
        ),
        (
            "La UGEL, culminada la matrícula, contratará a los docentes que falten.",
            "culminada la matrícula",
            "evento",
        ),
        (
            "A la semana de firmado el convenio, la empresa entregará las herramientas.",
            "A la semana de firmado el convenio",
            "evento",
        ),
        (
            "La empresa abonará el saldo al mes siguiente de recibido el informe.",
            "al mes siguiente de recibido el informe",
            "evento",
        ),
        (
            "Cada segundo martes del mes, la posta atenderá en Ccello.",
            "Cada segundo martes del mes",
            "recurrente",
        ),
        (
            "El comité se reunirá todos los primeros jueves de cada mes.",
            "todos los primeros jueves de cada mes",
            "recurrente",
        ),
    ],
)
def test_lo_que_sigue_a_un_hecho_y_lo_que_se_repite(texto: str, esperada: str, metodo: str) -> None:
    leido = leer(texto)
    assert leido is not None
    assert texto[leido.tramo.inicio : leido.tramo.fin] == esperada
    assert leido.metodo == metodo


@pytest.mark.parametrize(
    ("texto", "dia"),
    [
        ("La empresa pagará al mes de suscrita la presente acta.", date(2026, 6, 14)),
        ("La comunidad abrirá la vía al día siguiente de la firma del acta.", date(2026, 5, 15)),
    ],
)
def test_un_plazo_de_una_unidad_corre_desde_el_acta(texto: str, dia: date) -> None:
    leido = leer(texto)
    assert leido is not None
    assert leido.fecha_limite == dia


@pytest.mark.parametrize(
    "texto",
    [
        "Leída el acta, la empresa entregará 20 bolsas de cemento.",
        "Concluida la exposición, la Municipalidad entregará 3 volquetes.",
        "Reunidos los dirigentes, la empresa entregará el padrón.",
        "La empresa hará dos visitas al mes.",
        "La PCM informará en cada mesa los avances.",
    ],
)
def test_no_es_plazo_lo_que_pasa_en_la_reunion_ni_una_frecuencia_suelta(texto: str) -> None:
    assert leer(texto) is None
