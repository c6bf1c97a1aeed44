"""Feriados, días hábiles y cómputo de plazos (TUO de la Ley 27444 y Código Civil)."""

from __future__ import annotations

from datetime import date

import pytest

from nlp import calendario


@pytest.mark.parametrize(
    ("anio", "cuantos"),
    [(2021, 12), (2022, 14), (2023, 15), (2024, 16), (2026, 16)],
)
def test_los_feriados_cambian_con_las_leyes_de_cada_anio(anio: int, cuantos: int) -> None:
    assert len(calendario.feriados(anio)) == cuantos


@pytest.mark.parametrize(
    ("dia", "es_feriado"),
    [
        (date(2021, 8, 6), False),
        (date(2022, 8, 6), True),
        (date(2021, 12, 9), False),
        (date(2022, 12, 9), True),
        (date(2022, 7, 23), False),
        (date(2023, 7, 23), True),
        (date(2023, 6, 7), False),
        (date(2024, 6, 7), True),
        (date(2026, 4, 2), True),
        (date(2026, 4, 3), True),
        (date(2026, 4, 5), False),
    ],
)
def test_un_feriado_nuevo_no_rige_en_los_anios_anteriores(dia: date, es_feriado: bool) -> None:
    assert (dia in calendario.feriados(dia.year)) is es_feriado


@pytest.mark.parametrize(
    ("anio", "bimestre", "vence"),
    [
        (2026, 1, date(2026, 3, 13)),
        (2026, 2, date(2026, 5, 15)),
        (2026, 3, date(2026, 7, 14)),
        (2026, 4, date(2026, 9, 14)),
        (2026, 5, date(2026, 11, 13)),
        (2026, 6, date(2027, 1, 15)),
        (2027, 1, date(2027, 3, 12)),
        (2027, 2, date(2027, 5, 14)),
        (2027, 3, date(2027, 7, 14)),
        (2027, 4, date(2027, 9, 14)),
        (2027, 5, date(2027, 11, 15)),
        (2027, 6, date(2028, 1, 14)),
    ],
)
def test_el_informe_bimestral_vence_a_los_diez_dias_habiles(
    anio: int, bimestre: int, vence: date
) -> None:
    assert calendario.sumar_habiles(calendario.ultimo_dia(anio, 2 * bimestre), 10) == vence


@pytest.mark.parametrize(
    ("desde", "dias", "hasta"),
    [
        (date(2026, 6, 30), 10, date(2026, 7, 14)),
        (date(2026, 7, 15), 15, date(2026, 8, 11)),
        (date(2026, 5, 14), 0, date(2026, 5, 14)),
        (date(2026, 5, 15), 1, date(2026, 5, 18)),
        (date(2026, 4, 1), 1, date(2026, 4, 6)),
    ],
)
def test_los_dias_habiles_corren_desde_el_siguiente_y_saltan_feriados(
    desde: date, dias: int, hasta: date
) -> None:
    assert calendario.sumar_habiles(desde, dias) == hasta


def test_un_plazo_negativo_se_rechaza() -> None:
    with pytest.raises(ValueError, match="imposible"):
        calendario.sumar_habiles(date(2026, 5, 14), -1)


def test_los_dias_calendario_no_saltan_nada() -> None:
    assert calendario.sumar_calendario(date(2026, 7, 15), 15) == date(2026, 7, 30)


@pytest.mark.parametrize(
    ("desde", "meses", "hasta"),
    [
        (date(2026, 5, 14), 2, date(2026, 7, 14)),
        (date(2026, 12, 10), 3, date(2027, 3, 10)),
        (date(2026, 1, 31), 1, date(2026, 3, 2)),
        (date(2026, 8, 31), 6, date(2027, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 3, 3)),
    ],
)
def test_los_meses_van_de_fecha_a_fecha_o_al_primer_habil_del_mes_siguiente(
    desde: date, meses: int, hasta: date
) -> None:
    assert calendario.sumar_meses(desde, meses) == hasta


@pytest.mark.parametrize(
    ("anio", "mes", "orden", "viernes"),
    [
        (2026, 12, 1, date(2026, 12, 4)),
        (2019, 11, 1, date(2019, 11, 1)),
        (2026, 7, 2, date(2026, 7, 10)),
        (2026, 6, -1, date(2026, 6, 30)),
        (2026, 5, -1, date(2026, 5, 29)),
    ],
)
def test_una_semana_del_mes_acaba_en_viernes(
    anio: int, mes: int, orden: int, viernes: date
) -> None:
    assert calendario.viernes_de_semana(anio, mes, orden) == viernes


@pytest.mark.parametrize(
    ("dia", "ambito", "habil"),
    [
        (date(2024, 7, 26), None, True),
        (date(2024, 7, 26), "nacional", True),
        (date(2024, 7, 26), "sector_publico", False),
        (date(2024, 7, 26), "regional:16", False),
        (date(2024, 7, 25), "sector_publico", True),
        (date(2026, 5, 16), None, False),
        (date(2026, 5, 14), None, True),
    ],
)
def test_los_dias_decretados_solo_cuentan_en_su_ambito(
    dia: date, ambito: str | None, habil: bool
) -> None:
    assert calendario.es_habil(dia, ambito) is habil


def test_el_siguiente_habil_salta_el_fin_de_semana_y_el_feriado() -> None:
    assert calendario.siguiente_habil(date(2026, 6, 27)) == date(2026, 6, 30)


def test_los_feriados_de_un_tramo_no_cuentan_los_de_fin_de_semana() -> None:
    hallados = list(calendario.feriados_entre(date(2026, 7, 15), date(2026, 8, 11)))
    assert hallados == [date(2026, 7, 23), date(2026, 7, 28), date(2026, 7, 29), date(2026, 8, 6)]
