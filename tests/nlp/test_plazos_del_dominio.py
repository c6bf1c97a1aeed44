"""Los plazos de la tabla del dominio (`dominio.md` §5.1-§5.4), uno por uno."""

from __future__ import annotations

from datetime import date

import pytest

from nlp import calendario
from nlp.componentes import plazo
from nlp.contexto import Contexto

ACTA = date(2026, 5, 14)
"""Jueves: la fecha del acta A del dominio (§4.7)."""


@pytest.mark.parametrize(
    ("texto", "metodo", "precision", "fecha"),
    [
        ("Lo entregará hasta el 30 de junio de 2026.", "fecha", "exacta", "2026-06-30"),
        ("Lo entregará a más tardar el 20 de julio.", "fecha", "exacta", "2026-07-20"),
        ("Lo entregará como máximo el 24 de febrero 2027.", "fecha", "exacta", "2027-02-24"),
        ("Lo entregará el 15 de enero.", "fecha", "exacta", "2027-01-15"),
        ("Lo entregará a fines de agosto.", "periodo", "mes", "2026-08-31"),
        ("Lo entregará a inicios de agosto.", "periodo", "mes", "2026-08-10"),
        ("Lo entregará a mediados de agosto.", "periodo", "mes", "2026-08-15"),
        ("Lo entregará en el mes de setiembre.", "periodo", "mes", "2026-09-30"),
        ("Lo entregará durante octubre.", "periodo", "mes", "2026-10-31"),
        (
            "Lo entregará en el transcurso del mes de mayo del 2027.",
            "periodo", "mes", "2027-05-31",
        ),
        ("Lo entregará la primera semana de junio.", "periodo", "semana", "2026-06-05"),
        ("Lo entregará en el primer trimestre de 2027.", "periodo", "periodo", "2027-03-31"),
        ("Lo entregará en el primer bimestre.", "periodo", "periodo", "2027-02-28"),
        ("Lo entregará en el segundo semestre de 2026.", "periodo", "periodo", "2026-12-31"),
        ("Lo entregará antes de finalizado el presente año.", "periodo", "anio", "2026-12-31"),
        ("Lo entregará en el presente año.", "periodo", "anio", "2026-12-31"),
        ("Lo entregará en el año fiscal 2027.", "periodo", "anio", "2027-12-31"),
        ("Lo entregará el próximo año.", "periodo", "anio", "2027-12-31"),
        ("Lo entregará en 10 días hábiles.", "habiles", "exacta", "2026-05-28"),
        ("Lo entregará en 15 días calendarios.", "calendario", "exacta", "2026-05-29"),
        ("Lo entregará en quince (15) días hábiles.", "habiles", "exacta", "2026-06-04"),
        ("Lo entregará en un plazo no mayor a 10 días.", "periodo", "ambigua", None),
        ("Lo entregará en un plazo aproximado de 4 semanas.", "periodo", "exacta", "2026-06-11"),
        ("Lo entregará en un plazo de 02 meses.", "periodo", "exacta", "2026-07-14"),
        ("Lo entregará dentro de las 72 horas.", "horas", "exacta", "2026-05-17"),
        ("Lo entregará a los 240 días de iniciada la obra.", "evento", "ninguna", None),
        ("Lo entregará una vez firmado el contrato.", "evento", "ninguna", None),
        ("Lo entregará culminado el estudio, a la brevedad.", "vago", "ninguna", None),
        ("Lo informará en la próxima reunión.", "evento", "ninguna", None),
        ("Lo entregará de inmediato.", "vago", "ninguna", None),
        ("Lo entregará oportunamente.", "vago", "ninguna", None),
        ("Lo entregará en el corto plazo.", "vago", "ninguna", None),
        ("Lo regará de manera continua.", "abierto", "ninguna", None),
        ("Lo regará mientras dure la obra.", "abierto", "ninguna", None),
        ("Lo pagará conforme al cronograma adjunto.", "referencia", "ninguna", None),
        ("Lo fumigará dos veces al año.", "recurrente", "ninguna", None),
        ("Lo fumigará cada mes.", "recurrente", "ninguna", None),
    ],
)  # fmt: skip
def test_cada_expresion_se_resuelve_como_dice_la_tabla(
    texto: str, metodo: str, precision: str, fecha: str | None
) -> None:
    leido = plazo.extraer(texto, Contexto(fecha_acta=ACTA))
    assert leido is not None
    limite = leido.fecha_limite.isoformat() if leido.fecha_limite else None
    assert (leido.metodo.value, leido.precision.value, limite) == (metodo, precision, fecha)
    assert leido.explicacion.strip()
    assert "\n" not in leido.explicacion
    if leido.fecha_limite:
        assert f"{leido.fecha_limite:%d/%m/%Y}" in leido.explicacion


@pytest.mark.parametrize(
    "texto",
    [
        "Lo hará previa disponibilidad presupuestal.",
        "Lo hará de contar con presupuesto.",
        "Lo hará sujeto a la opinión del MEF.",
    ],
)
def test_una_condicion_no_es_plazo(texto: str) -> None:
    assert plazo.extraer(texto, Contexto(fecha_acta=ACTA)) is None


@pytest.mark.parametrize(
    ("base", "habiles", "vence"),
    [
        (date(2026, 6, 30), 10, date(2026, 7, 14)),
        (date(2026, 7, 15), 15, date(2026, 8, 11)),
        (date(2026, 2, 28), 10, date(2026, 3, 13)),
        (date(2026, 4, 30), 10, date(2026, 5, 15)),
        (date(2026, 8, 31), 10, date(2026, 9, 14)),
        (date(2026, 10, 31), 10, date(2026, 11, 13)),
        (date(2026, 12, 31), 10, date(2027, 1, 15)),
        (date(2027, 2, 28), 10, date(2027, 3, 12)),
        (date(2027, 10, 31), 10, date(2027, 11, 15)),
        (date(2027, 12, 31), 10, date(2028, 1, 14)),
    ],
)
def test_los_diez_dias_habiles_de_cada_bimestre(base: date, habiles: int, vence: date) -> None:
    assert calendario.sumar_habiles(base, habiles) == vence


@pytest.mark.parametrize("dia", [date(2021, 8, 6), date(2021, 12, 9), date(2022, 7, 22)])
def test_los_feriados_nuevos_no_valen_para_actas_antiguas(dia: date) -> None:
    assert calendario.es_habil(dia)


@pytest.mark.parametrize("dia", [date(2024, 6, 7), date(2023, 7, 23), date(2022, 8, 6)])
def test_los_feriados_valen_desde_su_ley(dia: date) -> None:
    assert dia in calendario.feriados(dia.year)
