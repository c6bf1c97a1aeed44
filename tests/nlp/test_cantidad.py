"""Cantidades: números que cuentan algo."""

from __future__ import annotations

import pytest

from nlp.componentes import cantidad
from nlp.contexto import Contexto


def cantidades(texto: str) -> list[tuple[float, str, str]]:
    halladas = cantidad.extraer(texto, Contexto())
    return [(c.valor, c.unidad, texto[c.tramo.inicio : c.tramo.fin]) for c in halladas]


@pytest.mark.parametrize(
    ("texto", "esperadas"),
    [
        ("mantenimiento de 5 plantas en Nauta", [(5, "plantas", "5 plantas")]),
        ("realizará dos talleres", [(2, "talleres", "dos talleres")]),
        ("un área de 240 m² en Nauta", [(240, "m²", "240 m²")]),
        ("240m2 techados", [(240, "m²", "240m2")]),
        ("8 km de vía y 27,4 km más", [(8, "km", "8 km"), (27.4, "km", "27,4 km")]),
        ("quince (15) docentes", [(15, "docentes", "quince (15) docentes")]),
        ("el 50 % del costo", [(50, "%", "50 %")]),
        ("10 000 plantones de café", [(10000, "plantones", "10 000 plantones")]),
        ("mil trescientas personas", [(1300, "personas", "mil trescientas personas")]),
        ("310 mil m³ de relave", [(310000, "m³", "310 mil m³")]),
        ("tres nuevas aulas", [(3, "aulas", "tres nuevas aulas")]),
        ("84 UBS en Quinua", [(84, "UBS", "84 UBS")]),
        ("La empresa donará una ambulancia.", [(1, "ambulancia", "una ambulancia")]),
        (
            "120 cocinas y 60 reservorios",
            [(120, "cocinas", "120 cocinas"), (60, "reservorios", "60 reservorios")],
        ),
    ],
)
def test_lee_el_numero_y_su_unidad(texto: str, esperadas: list[tuple[float, str, str]]) -> None:
    assert cantidades(texto) == esperadas


@pytest.mark.parametrize(
    "texto",
    [
        "en 30 días hábiles",
        "quince (15) días calendario y 72 horas",
        "el 15 de abril de 2026",
        "del 20 al 24 de julio",
        "por S/ 100 000 soles",
        "dos millones de soles",
        "la I.E. N.° 50123 Nauta",
        "Ley 29230 vigente",
        "CUI 2999101 y oficio 123 remitido",
        "el km 12 de la vía",
        "dos veces al año",
        "en el año 2026 aulas",
        "la comunidad de Tres Unidos",
        "en una reunión",
        "",
    ],
)
def test_no_cuenta_fechas_plazos_dinero_ni_numeros_de_documentos(texto: str) -> None:
    assert cantidades(texto) == []


def test_el_tramo_es_del_documento() -> None:
    (hallada,) = cantidad.extraer("5 plantas", Contexto(base=40))
    assert (hallada.tramo.inicio, hallada.tramo.fin) == (40, 49)
