"""Plazo escrito en la celda de una matriz, que se lee entera."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.componentes import plazo
from nlp.contexto import Contexto
from nlp.propuesta import Plazo


def leer_celda(texto: str) -> Plazo | None:
    return plazo.de_celda(texto, Contexto(fecha_acta=date(2026, 5, 14)))


@pytest.mark.parametrize(
    ("celda", "metodo", "fecha"),
    [
        ("Dic. 2026", "periodo", date(2026, 12, 31)),
        ("III trimestre", "periodo", date(2026, 9, 30)),
        ("I Trim. 2027", "periodo", date(2027, 3, 31)),
        ("Junio", "periodo", date(2026, 6, 30)),
        ("2026", "periodo", date(2026, 12, 31)),
        ("12/03/2025 (cumplido)", "fecha", date(2025, 3, 12)),
        ("15 d.h.", "habiles", date(2026, 6, 4)),
        ("30 días", "periodo", None),
        ("A la brevedad", "vago", None),
        ("Permanente", "abierto", None),
        ("Por definir", "por_definir", None),
        ("Mensual", "recurrente", None),
        ("Próxima sesión", "evento", None),
        ("Según cronograma", "referencia", None),
    ],
)
def test_una_celda_de_plazo_se_lee_entera(celda: str, metodo: str, fecha: date | None) -> None:
    hallado = leer_celda(celda)
    assert hallado is not None
    assert (hallado.metodo, hallado.fecha_limite) == (metodo, fecha)


@pytest.mark.parametrize("celda", ["--", "-", "", "Cumplido", "N/A"])
def test_una_celda_sin_plazo_da_none(celda: str) -> None:
    assert leer_celda(celda) is None
