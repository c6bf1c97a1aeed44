"""Los plazos del protocolo contra fechas sacadas a mano del calendario."""

from datetime import date

import pytest

from registro.relojes import (
    Unidad,
    informe_bimestral,
    siguiente_requerimiento,
    vencimiento,
)

INFORMES = [
    (2026, 1, date(2026, 3, 13)),
    (2026, 2, date(2026, 5, 15)),  # el 1 de mayo es feriado
    (2026, 3, date(2026, 7, 14)),
    (2026, 4, date(2026, 9, 14)),
    (2026, 5, date(2026, 11, 13)),
    (2026, 6, date(2027, 1, 15)),  # el 1 de enero es feriado
    (2027, 1, date(2027, 3, 12)),
    (2027, 2, date(2027, 5, 14)),
    (2027, 3, date(2027, 7, 14)),
    (2027, 4, date(2027, 9, 14)),
    (2027, 5, date(2027, 11, 15)),  # el 1 de noviembre, lunes, es feriado
    (2027, 6, date(2028, 1, 14)),
]


@pytest.mark.parametrize(("anio", "bimestre", "fecha"), INFORMES)
def test_el_informe_bimestral_vence_como_en_la_tabla(anio, bimestre, fecha):
    assert informe_bimestral(anio, bimestre).fecha == fecha


PLAZOS = [
    # «10 hábiles desde el 30/06/2026»: 1, 2, 3, 6, 7, 8, 9, 10, 13 y 14 de julio.
    (date(2026, 6, 30), 10, "habiles", date(2026, 7, 14)),
    # 15 hábiles desde el 15/07/2026 saltan el 23, 28 y 29 de julio y el 6 de agosto.
    (date(2026, 7, 15), 15, "habiles", date(2026, 8, 11)),
    (date(2026, 7, 15), 15, "calendario", date(2026, 7, 30)),
    # Antes de 2022 el 6 de agosto era hábil: 3 hábiles desde el jueves 5/08/2021 son 6, 9 y 10.
    (date(2021, 8, 5), 3, "habiles", date(2021, 8, 10)),
    # Desde 2022 no: 3 hábiles desde el viernes 5/08/2022 (el 6 cae sábado) son 8, 9 y 10.
    (date(2022, 8, 5), 3, "habiles", date(2022, 8, 10)),
    # 23 de julio, feriado desde 2023 (domingo); en 2024, martes: 22, 24 y 25.
    (date(2024, 7, 19), 3, "habiles", date(2024, 7, 25)),
    # En 2022 el 23 de julio todavía era hábil, pero cayó sábado; en 2021, viernes: 23, 26 y 27.
    (date(2021, 7, 22), 3, "habiles", date(2021, 7, 27)),
    # 7 de junio, feriado desde 2024 (viernes): 2 hábiles desde el jueves 6 son 10 y 11.
    (date(2024, 6, 6), 2, "habiles", date(2024, 6, 11)),
    # 7 de junio de 2023, miércoles, todavía hábil: 2 hábiles desde el martes 6 son 7 y 8.
    (date(2023, 6, 6), 2, "habiles", date(2023, 6, 8)),
    # 9 de diciembre, feriado desde 2022 (viernes), y el 8, jueves: 1 hábil desde el 7 es el 12.
    (date(2022, 12, 7), 1, "habiles", date(2022, 12, 12)),
    # En 2021 el 9, jueves, era hábil y el 8, miércoles, no: 1 hábil desde el martes 7 es el 9.
    (date(2021, 12, 7), 1, "habiles", date(2021, 12, 9)),
    # Semana Santa de 2026, 2 y 3 de abril: 1 hábil desde el miércoles 1 es el lunes 6.
    (date(2026, 4, 1), 1, "habiles", date(2026, 4, 6)),
    (date(2026, 12, 28), 10, "calendario", date(2027, 1, 7)),
    (date(2026, 5, 20), 0, "habiles", date(2026, 5, 20)),
]


@pytest.mark.parametrize(("desde", "dias", "unidad", "fecha"), PLAZOS)
def test_los_plazos_se_cuentan_como_a_mano(desde, dias, unidad, fecha):
    assert vencimiento(desde, dias, Unidad(unidad)).fecha == fecha


def test_dias_a_secas_da_dos_cuentas():
    """El ejemplo de `dominio.md` §5.1: 30 días desde el 14/05/2026, sin mover el último día."""
    calendario = vencimiento(date(2026, 5, 14), 30, Unidad.CALENDARIO)
    habiles = vencimiento(date(2026, 5, 14), 30, Unidad.HABILES)
    assert (calendario.ultimo_dia, habiles.ultimo_dia) == (date(2026, 6, 13), date(2026, 6, 25))


def test_al_mes_toca_requerir_otra_vez():
    assert siguiente_requerimiento(date(2026, 6, 15)).fecha == date(2026, 7, 15)
    # Un mes desde el 20 de mayo es el sábado 20 de junio: pasa al lunes 22.
    assert siguiente_requerimiento(date(2026, 5, 20)).fecha == date(2026, 6, 22)
    # 31 de enero más un mes: febrero no tiene 31, pasa al primer hábil de marzo.
    assert siguiente_requerimiento(date(2026, 1, 31)).fecha == date(2026, 3, 2)


@pytest.mark.parametrize("bimestre", [0, 7])
def test_un_bimestre_que_no_existe_es_un_error(bimestre):
    with pytest.raises(ValueError, match="bimestre"):
        informe_bimestral(2026, bimestre)


def test_un_plazo_negativo_es_un_error():
    with pytest.raises(ValueError, match="días"):
        vencimiento(date(2026, 1, 1), -1, Unidad.HABILES)
