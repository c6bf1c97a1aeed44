"""Cláusulas de financiamiento, condición y verificación."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from nlp.componentes import clausula
from nlp.contexto import Contexto
from nlp.propuesta import Dato

Extractor = Callable[[Doc, Contexto], Dato | None]


def leer(extractor: Extractor, texto: str) -> str | None:
    hallado = extractor(texto, Contexto())
    if hallado is not None:
        leido = texto[hallado.tramo.inicio : hallado.tramo.fin]
        assert " ".join(leido.split()) == hallado.valor
    return hallado and hallado.valor


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        (
            "mantendrá las plantas hasta junio, con cargo a su presupuesto institucional.",
            "con cargo a su presupuesto institucional",
        ),
        (
            "elaborará el expediente con recursos del presupuesto 2026.",
            "con recursos del presupuesto 2026",
        ),
        ("destinará S/ 18 millones del canon para el hospital", "millones del canon"),
        (
            "ejecutará bajo la modalidad de Obras por Impuestos el proyecto",
            "bajo la modalidad de Obras por Impuestos",
        ),
        ("el expediente, por OxI, de la presa", "por OxI"),
        ("cofinanciado por la empresa al 50 %.", "cofinanciado por la empresa al 50 %"),
        (
            "un estudio, con  financiamiento de la  empresa, en 8 meses",
            "con financiamiento de la empresa",
        ),
        (
            "pondrá con recursos propios la perforación hasta mayo",
            "con recursos propios la perforación",
        ),
        ("en el marco de la Ley N° 29230, el proyecto", "en el marco de la Ley N° 29230"),
        ("gestionará el presupuesto", None),
        ("", None),
    ],
)
def test_dice_con_que_recursos_se_hara(texto: str, esperado: str | None) -> None:
    assert leer(clausula.financiamiento, texto) == esperado


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        (
            "asfaltará siempre que el GORE transfiera la vía.",
            "siempre que el GORE transfiera la vía",
        ),
        (
            "transferirá los recursos, previa opinión favorable del MEF.",
            "previa opinión favorable del MEF",
        ),
        (
            "De contar con disponibilidad presupuestal, el GORE contratará",
            "De contar con disponibilidad presupuestal",
        ),
        (
            "Si la asamblea comunal lo aprueba, la comunidad firmará",
            "Si la asamblea comunal lo aprueba",
        ),
        ("la UGEL lo asume si el MEF aprueba la demanda.", "si el MEF aprueba la demanda"),
        (
            "será incluida, sujeto a disponibilidad presupuestal",
            "sujeto a disponibilidad presupuestal",
        ),
        ("Revisar si el canal puede entrar como IOARR", None),
        ("toma para sí la elaboración del expediente", None),
        ("si bien la obra no es de su competencia, la hará", None),
        ("llegará sin previo aviso", None),
        ("una vez culminado el expediente", None),
        ("", None),
    ],
)
def test_dice_de_que_depende(texto: str, esperado: str | None) -> None:
    assert leer(clausula.condicion, texto) == esperado


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        ("donará el terreno mediante acta de entrega, en mayo", "mediante acta de entrega"),
        (
            "hará el tamizaje, con entrega de resultados individuales.",
            "con entrega de resultados individuales",
        ),
        ("adelanto del fondo, contra rendición documentada.", "contra rendición documentada"),
        (
            "lo que será formalizado mediante acta con cada familia.",
            "lo que será formalizado mediante acta con cada familia",
        ),
        ("mediante el Acta de Compromiso de fecha 2 de mayo", None),
        ("pagará conforme al cronograma que se anexa", None),
        ("", None),
    ],
)
def test_dice_como_se_comprobara(texto: str, esperado: str | None) -> None:
    assert leer(clausula.verificacion, texto) == esperado


def test_el_tramo_es_del_documento() -> None:
    hallado = clausula.condicion("previo convenio.", Contexto(base=30))
    assert hallado is not None
    assert (hallado.tramo.inicio, hallado.tramo.fin) == (30, 45)
