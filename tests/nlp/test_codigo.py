"""Códigos SNIP y CUI, y los números que no lo son."""

from __future__ import annotations

import pytest

from nlp.componentes import codigo
from nlp.contexto import Contexto


def codigos(texto: str) -> tuple[str | None, str | None]:
    doc = texto
    snip, unificado = codigo.snip(doc, Contexto()), codigo.unificado(doc, Contexto())
    return snip and snip.valor, unificado and unificado.valor


@pytest.mark.parametrize(
    ("texto", "snip", "unificado"),
    [
        ("SNIP 46227", "46227", None),
        ("Código SNIP: 0046227", "46227", None),
        ("CODIGO SNIP N° 46227,", "46227", None),
        ("Cód. SNIP N.º 999104", "999104", None),
        ("CUI 2345678", None, "2345678"),
        ("CUI N° 2 345 678", None, "2345678"),
        ("C.U.I. N.° 2612345", None, "2612345"),
        ("código único 2345678.", None, "2345678"),
        ("Código Único de Inversiones N.º 2.345.678", None, "2345678"),
        ("código unificado (CUI) N° 2345678", None, "2345678"),
        ("con Código Unificado: 2345678", None, "2345678"),
        ("la IOARR de seguridad 2931177", None, "2931177"),
        ("(idea con código 2856120)", None, "2856120"),
        ("código SNIP 46227 y código único 2345678", "46227", "2345678"),
        ("con perfil ya registrado (2795513)", None, "2795513"),
        ("CUI N° 2801177 y N° 2801178", None, "2801177"),
    ],
)
def test_lee_el_codigo_con_sus_cifras_solas(
    texto: str, snip: str | None, unificado: str | None
) -> None:
    assert codigos(texto) == (snip, unificado)


@pytest.mark.parametrize(
    "texto",
    [
        "RUC 20123456789",
        "DNI 23456789",
        "teléfono 923456789",
        "Oficio N° 0000434",
        "expediente N° 2345678",
        "código 23456789",
        "el expediente de queja (2345678)",
        "SNIP N° 2345678",
        "CUI por asignar",
        "CUI 1234567",
        "Ley N° 29230",
        "(código SNIP, código único y avances)",
        "",
    ],
)
def test_no_toma_otros_numeros_por_codigos(texto: str) -> None:
    assert codigos(texto) == (None, None)


def test_el_tramo_cubre_solo_el_numero_y_es_del_documento() -> None:
    texto = "la obra con CUI N° 2 345 678, en ejecución"
    hallado = codigo.unificado(texto, Contexto(base=10))
    assert hallado is not None
    assert texto[hallado.tramo.inicio - 10 : hallado.tramo.fin - 10] == "2 345 678"
