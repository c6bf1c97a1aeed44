"""Montos en soles y dólares, con los separadores que se usan en las actas."""

from __future__ import annotations

import pytest

from nlp.componentes import monto
from nlp.contexto import Contexto


@pytest.mark.parametrize(
    ("texto", "leido", "valor"),
    [
        ("por S/ 12,4 millones, con", "S/ 12,4 millones", "PEN 12400000.00"),
        ("suma de S/. 343,281.61 para", "S/. 343,281.61", "PEN 343281.61"),
        ("2 500 000 soles", "2 500 000 soles", "PEN 2500000.00"),
        ("S/ 3 850 000,00.", "S/ 3 850 000,00", "PEN 3850000.00"),
        ("US$ 1.5 millones", "US$ 1.5 millones", "USD 1500000.00"),
        ("USD 240 mil", "USD 240 mil", "USD 240000.00"),
        ("40 mil dólares", "40 mil dólares", "USD 40000.00"),
        ("dos millones de soles", "dos millones de soles", "PEN 2000000.00"),
        (
            "un millón doscientos mil nuevos soles",
            "un millón doscientos mil nuevos soles",
            "PEN 1200000.00",
        ),
        ("mil ochocientos soles por vacuno", "mil ochocientos soles", "PEN 1800.00"),
        ("a dos soles con veinte el metro", "dos soles con veinte", "PEN 2.20"),
        ("cinco soles y cincuenta céntimos", "cinco soles y cincuenta céntimos", "PEN 5.50"),
        ("veintiún mil soles", "veintiún mil soles", "PEN 21000.00"),
        ("S/ 100 mil", "S/ 100 mil", "PEN 100000.00"),
        ("S/ 1,2 MM", "S/ 1,2 MM", "PEN 1200000.00"),
        ("S/ 6,087 millones", "S/ 6,087 millones", "PEN 6087000000.00"),
        ("S/ 3 millones 200 mil", "S/ 3 millones 200 mil", "PEN 3200000.00"),
        ("S/.4'650,000.00", "S/.4'650,000.00", "PEN 4650000.00"),
        ("S/ 1.500 por familia", "S/ 1.500", "PEN 1500.00"),
        ("S/ 30 15 personas", "S/ 30", "PEN 30.00"),
        ("S/ 25,000.00 (VEINTICINCO MIL Y 00/100 SOLES)", "S/ 25,000.00", "PEN 25000.00"),
    ],
)
def test_lee_el_importe_y_su_moneda(texto: str, leido: str, valor: str) -> None:
    hallado = monto.extraer(texto, Contexto())
    assert hallado is not None
    assert (texto[hallado.tramo.inicio : hallado.tramo.fin], hallado.valor) == (leido, valor)


@pytest.mark.parametrize(
    "texto",
    ["millones de soles", "5 plantas", "CUI 2345678", "en 30 días", "el sol sale para todos", ""],
)
def test_sin_importe_no_hay_monto(texto: str) -> None:
    assert monto.extraer(texto, Contexto()) is None


def test_con_varios_montos_vale_el_primero() -> None:
    hallado = monto.extraer("S/ 100 ahora y S/ 200 después", Contexto(base=7))
    assert hallado is not None
    assert (hallado.valor, hallado.tramo.inicio) == ("PEN 100.00", 7)
