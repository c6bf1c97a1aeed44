"""La propuesta de redacción: el orden de los lineamientos, en voz activa y con sus huecos."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from lineamientos.caso import Caso
from lineamientos.regla import Ejemplo
from lineamientos.revisor import crear_revisor
from nlp.propuesta import Tipo

ACTA = date(2026, 5, 14)
FILA = ("acuerdo", "responsable", "plazo")

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
            "Minera Antarumi S.A.C. reiniciará el riego de la vía, hasta el 25/06/2026.",
        ),
        (
            "A la brevedad, Minera Antarumi S.A.C. donará la ambulancia.",
            "Minera Antarumi S.A.C. donará la ambulancia, hasta el [DD/MM/AAAA].",
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
            "Minera Antarumi S.A.C. donará la ambulancia en 10 días "
            "[¿hábiles (28/05/2026) o calendario (24/05/2026)?].",
        ),
        (
            "Minera Antarumi S.A.C. regará la vía a partir de agosto, dos veces al día.",
            "Minera Antarumi S.A.C. regará la vía, dos veces al día, a partir de agosto.",
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
            "[responsable] ejecutará el proyecto, hasta el [DD/MM/AAAA], con [documento] que lo "
            "acredite.",
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
            "[responsable] reparará el puente de Ccello, hasta el [DD/MM/AAAA].",
        ),
    ],
)
def test_la_oracion_propuesta_se_lee_completa(texto: str, propuesta: str, armar: Armar) -> None:
    assert _proponer(armar(Ejemplo(texto, ACTA))) == propuesta


@pytest.mark.parametrize(
    ("texto", "propuesta"),
    [
        (
            "Se compromete la empresa Antarumi S.A.C. a donar 3 camas hasta el 30/06/2026.",
            "La empresa Antarumi S.A.C. donará 3 camas hasta el 30/06/2026.",
        ),
        (
            "La UGEL Espinar se hará cargo de la limpieza del patio y del recojo de escombros.",
            "La UGEL Espinar se hará cargo de la limpieza del patio y del recojo de escombros, "
            "hasta el [DD/MM/AAAA], con [documento] que lo acredite.",
        ),
        (
            "Deberán presentarse los planos el 30/06/2026.",
            "[responsable] presentará los planos el 30/06/2026.",
        ),
        (
            "Que la UGEL Espinar contrate a un docente hasta el 30/06/2026.",
            "La UGEL Espinar contratará a un docente hasta el 30/06/2026.",
        ),
        (
            "Queda a cargo de la UGEL Espinar notificar a los directores hasta el 30/06/2026.",
            "La UGEL Espinar notificará a los directores hasta el 30/06/2026.",
        ),
        (
            "Las becas no serán reducidas por Minera Antarumi S.A.C. hasta el 30/06/2026.",
            "Minera Antarumi S.A.C. no reducirá las becas hasta el 30/06/2026.",
        ),
        (
            "La UGEL Espinar se compromete a iniciar la obra el 30/06/2026 y a culminarla en 2027.",
            "La UGEL Espinar iniciará la obra el 30/06/2026 y la culminará en 2027.",
        ),
        (
            "Minera Antarumi S.A.C. donará un bus y la comunidad de Ccello cederá el terreno, "
            "ambos hasta el 30/06/2026.",
            "Minera Antarumi S.A.C. donará un bus, hasta el 30/06/2026. La comunidad de Ccello "
            "cederá el terreno, hasta el 30/06/2026.",
        ),
    ],
)
def test_las_maneras_de_prometer_quedan_en_activa_y_futuro(
    texto: str, propuesta: str, armar: Armar
) -> None:
    caso = armar(Ejemplo(texto, ACTA))
    escrita = _proponer(caso)
    assert escrita.replace("[cantidad de] ", "").replace("[cantidad] ", "") == propuesta


def test_una_fila_toma_el_responsable_y_el_plazo_de_sus_celdas(armar: Armar) -> None:
    fila = Ejemplo("Elaborar el perfil del canal | GORE Apurímac | Dic. 2026", ACTA, None, FILA)
    assert _proponer(armar(fila, tipo=Tipo.ACTIVIDAD)) == (
        "El GORE Apurímac elaborará el perfil del canal, hasta el 31/12/2026."
    )


@pytest.mark.parametrize(
    ("texto", "propuesta"),
    [
        ("La ANA hará el aforo", "La ANA hará el aforo, hasta el 31/12/2026."),
        ("APROBAR el aforo", "La ANA aprobará el aforo, hasta el 31/12/2026."),
    ],
)
def test_una_fila_que_ya_nombra_a_quien_lo_hara_no_lo_repite(
    texto: str, propuesta: str, armar: Armar
) -> None:
    fila = Ejemplo(f"{texto} | ANA | Dic. 2026", ACTA, None, FILA)
    assert _proponer(armar(fila)) == propuesta
