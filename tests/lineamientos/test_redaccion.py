"""La propuesta de redacción: no pierde nada de lo dicho, no inventa y marca lo que falta."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from lineamientos.caso import Caso
from lineamientos.juego import cargar_reglas
from lineamientos.regla import Ejemplo
from lineamientos.revisor import crear_revisor
from nlp.propuesta import Tipo

ACTA = date(2026, 5, 14)
FILA = ("acuerdo", "responsable", "plazo")
PROPIAS = {"a", "cargo", "con", "de", "distrito", "el", "en", "hasta", "más", "por", "tardar", "y"}
EJEMPLOS = [e for regla in cargar_reglas() for e in (*regla.incumplen, *regla.cumplen)]

Armar = Callable[..., Caso]


def _proponer(caso: Caso) -> str:
    revision = crear_revisor().revisar(caso.documento, caso.propuesta, caso.datos)
    assert revision.propuesta_de_redaccion is not None
    return revision.propuesta_de_redaccion


def test_el_ejemplo_del_contrato(armar: Armar) -> None:
    texto = "El PNSR culminará el mantenimiento de 5 plantas en Nauta en 30 días hábiles."
    assert _proponer(armar(Ejemplo(texto, ACTA), tipo=Tipo.ACTIVIDAD)) == (
        "El PNSR culminará el mantenimiento de 5 plantas en [localidad], distrito de Nauta, "
        "hasta el 25/06/2026, con cargo a [fuente]."
    )


@pytest.mark.parametrize(
    ("texto", "propuesta"),
    [
        (
            "Minera Antarumi S.A.C. reiniciará en 30 días hábiles el riego de la vía.",
            "Minera Antarumi S.A.C. reiniciará, hasta el 25/06/2026, el riego de la vía.",
        ),
        (
            "A la brevedad, Minera Antarumi S.A.C. donará la ambulancia.",
            "Hasta el [DD/MM/AAAA], Minera Antarumi S.A.C. donará la ambulancia.",
        ),
        (
            "Minera Antarumi S.A.C. donará la ambulancia a fines de agosto.",
            "Minera Antarumi S.A.C. donará la ambulancia hasta el 31/08/2026.",
        ),
        (
            "Minera Antarumi S.A.C. donará la ambulancia hasta el 31 de agosto de 2026.",
            "Minera Antarumi S.A.C. donará la ambulancia hasta el 31 de agosto de 2026.",
        ),
        (
            "Minera Antarumi S.A.C. donará la ambulancia en 10 días.",
            "Minera Antarumi S.A.C. donará la ambulancia en 10 días [hábiles o calendario].",
        ),
        (
            "Minera Antarumi S.A.C. regará la vía a partir de agosto, dos veces al día.",
            "Minera Antarumi S.A.C. regará la vía a partir de agosto, dos veces al día.",
        ),
        (
            "Minera Antarumi S.A.C. regará la vía mientras dure el transporte.",
            "Minera Antarumi S.A.C. regará la vía mientras dure el transporte, "
            "hasta el [DD/MM/AAAA].",
        ),
        (
            "Minera Antarumi S.A.C. otorgará becas a los egresados.",
            "Minera Antarumi S.A.C. otorgará [cantidad de] becas a los egresados, "
            "hasta el [DD/MM/AAAA].",
        ),
        (
            "El proyecto será ejecutado.",
            "El proyecto será ejecutado por [responsable], hasta el [DD/MM/AAAA].",
        ),
        (
            "Se entregarán 40 módulos a los damnificados el 30/06/2026.",
            "[responsable] entregará 40 módulos a los damnificados el 30/06/2026.",
        ),
        (
            "El riego de la vía debe iniciarse el 30/06/2026.",
            "El riego de la vía debe iniciarse el 30/06/2026, a cargo de [responsable].",
        ),
        (
            "La comunidad de Ccello otorga una tregua de treinta (30) días calendario.",
            "La comunidad de Ccello otorga una tregua de treinta (30) días calendario, "
            "hasta el 13/06/2026.",
        ),
        (
            "Minera Antarumi S.A.C. no reiniciará el bombeo hasta que el OEFA emita su informe.",
            "Minera Antarumi S.A.C. no reiniciará el bombeo hasta que el OEFA emita su informe, "
            "a más tardar el [DD/MM/AAAA].",
        ),
        (
            "Reparar el puente de Ccello.",
            "[responsable]: reparar el puente de Ccello, hasta el [DD/MM/AAAA].",
        ),
    ],
)
def test_la_oracion_propuesta_se_lee_completa(texto: str, propuesta: str, armar: Armar) -> None:
    assert _proponer(armar(Ejemplo(texto, ACTA))) == propuesta


def test_una_fila_toma_el_responsable_y_el_plazo_de_sus_celdas(armar: Armar) -> None:
    fila = Ejemplo("Elaborar el perfil del canal | GORE Apurímac | Dic. 2026", ACTA, None, FILA)
    assert _proponer(armar(fila, tipo=Tipo.ACTIVIDAD)) == (
        "GORE Apurímac: elaborar el perfil del canal, hasta el 31/12/2026."
    )


@pytest.mark.parametrize(
    ("texto", "propuesta"),
    [
        ("La ANA hará el aforo", "La ANA hará el aforo, hasta el 31/12/2026."),
        ("APROBAR el aforo", "ANA: APROBAR el aforo, hasta el 31/12/2026."),
    ],
)
def test_una_fila_que_ya_nombra_a_quien_lo_hara_no_lo_repite(
    texto: str, propuesta: str, armar: Armar
) -> None:
    fila = Ejemplo(f"{texto} | ANA | Dic. 2026", ACTA, None, FILA)
    assert _proponer(armar(fila)) == propuesta


@pytest.mark.parametrize("ejemplo", EJEMPLOS, ids=lambda e: e.texto[:30])
def test_no_inventa_palabras_y_queda_bien_puntuada(ejemplo: Ejemplo, armar: Armar) -> None:
    caso = armar(ejemplo, tipo=ejemplo.tipo or Tipo.PIP)
    propuesta = _proponer(caso)
    assert not re.search(r"  |,,| ,|,\.|\.\.|\b(?:a|de) el \[", propuesta)
    dicho = set(re.findall(r"\w+", caso.documento.texto.lower()))
    sin_huecos = re.sub(r"\[[^]]*\]|\d\d/\d\d/\d{4}", " ", propuesta.lower())
    nuevas = set(re.findall(r"\w+", sin_huecos)) - dicho
    activas = {p.rstrip("n") for p in dicho}
    assert nuevas - activas <= PROPIAS
