"""Plazos resueltos a mano desde la ley, antes de mirar lo que da el programa.

TUO de la Ley 27444: art. 144.1 (los días corren desde el hábil siguiente), 145.1 (hábiles
consecutivos, sin feriados), 145.2 (si el último día es inhábil, el hábil siguiente) y 145.3 (meses
y años, de fecha a fecha; si falta el día, el primer hábil del mes siguiente). Código Civil, art.
183: 1 (días naturales), 4 (no se cuenta el día inicial) y 5 (último día inhábil). Feriados: DL 713,
art. 6, y las leyes que lo cambian: 31381 (9 de diciembre, desde 2022), 31530 (6 de agosto, desde
2022), 31822 (23 de julio, desde 2023) y 31788 (7 de junio, publicada el 15/06/2023: desde 2024).
"""

from __future__ import annotations

from datetime import date

import pytest

from nlp import calendario
from registro.relojes import Unidad, vencimiento, vencimiento_en_meses

PUBLICO = calendario.SECTOR_PUBLICO

JUEVES_SANTOS = [
    date(2012, 4, 5),
    date(2013, 3, 28),
    date(2014, 4, 17),
    date(2015, 4, 2),
    date(2016, 3, 24),
    date(2017, 4, 13),
    date(2018, 3, 29),
    date(2019, 4, 18),
    date(2020, 4, 9),
    date(2021, 4, 1),
    date(2022, 4, 14),
    date(2023, 4, 6),
    date(2024, 3, 28),
    date(2025, 4, 17),
    date(2026, 4, 2),
    date(2027, 3, 25),
]

HABILES = [
    # 4 (1.º); 5 y 6, Jueves y Viernes Santo; 7 y 8, fin de semana; lunes 9 (2.º).
    ("2012-04-03", 2, None, "2012-04-09"),
    # El viernes 29 de junio, San Pedro y San Pablo, es feriado: lunes 2 de julio.
    ("2012-06-28", 1, None, "2012-07-02"),
    # El jueves 30 de agosto, Santa Rosa, es feriado: viernes 31 y lunes 3 de setiembre.
    ("2012-08-29", 2, None, "2012-09-03"),
    # Semana Santa de 2013, 28 y 29 de marzo: 1, 2 y 3 de abril.
    ("2013-03-27", 3, None, "2013-04-03"),
    # El martes 8 de octubre, Combate de Angamos, es feriado: miércoles 9.
    ("2013-10-07", 1, None, "2013-10-09"),
    # El 8 de diciembre cayó domingo y no se traslada; el 9 todavía era hábil: lunes 9, martes 10.
    ("2013-12-06", 2, None, "2013-12-10"),
    # Semana Santa de 2014, 17 y 18 de abril: lunes 21.
    ("2014-04-16", 1, None, "2014-04-21"),
    # Sin Navidad ni Año Nuevo: 26, 29, 30 y 31 de diciembre y viernes 2 de enero.
    ("2014-12-24", 5, None, "2015-01-02"),
    # Sin 28 y 29 de julio (martes y miércoles): 30, 31 y lunes 3 de agosto.
    ("2015-07-27", 3, None, "2015-08-03"),
    # 2016 es bisiesto: lunes 29 de febrero (1.º) y martes 1 de marzo (2.º).
    ("2016-02-26", 2, None, "2016-03-01"),
    # Sin 24 y 25 de marzo: 28, 29, 30, 31, 1, 4, 5, 6, 7 y viernes 8 de abril.
    ("2016-03-23", 10, None, "2016-04-08"),
    # Semana Santa de 2017, 13 y 14 de abril: lunes 17.
    ("2017-04-12", 1, None, "2017-04-17"),
    # Siete días de un informe (art. 143.3): 25, 26, 27, sin 28 y 29, y 31, 1, 2 y 3 de agosto.
    ("2017-07-24", 7, None, "2017-08-03"),
    # El jueves 30 de agosto es feriado: viernes 31.
    ("2018-08-29", 1, None, "2018-08-31"),
    # El lunes 8 de octubre es feriado: martes 9.
    ("2018-10-05", 1, None, "2018-10-09"),
    # El jueves 1 de noviembre es feriado: viernes 2 y lunes 5.
    ("2018-10-31", 2, None, "2018-11-05"),
    # DS 121-2018-PCM: el lunes 24 no laboró el sector público; el 25 es feriado: miércoles 26.
    ("2018-12-21", 1, PUBLICO, "2018-12-26"),
    # El mismo plazo entre particulares: el lunes 24 fue hábil.
    ("2018-12-21", 1, None, "2018-12-24"),
    # Antes de 2022 el 6 de agosto era hábil: martes 6.
    ("2019-08-05", 1, None, "2019-08-06"),
    # Notificado un sábado, el primer día es el lunes 7; el martes 8 es feriado: miércoles 9.
    ("2019-10-05", 2, None, "2019-10-09"),
    # El miércoles 1 de enero es feriado: jueves 2.
    ("2019-12-31", 1, None, "2020-01-02"),
    # DS 197-2019-PCM: lunes 27 de julio; 28 y 29, feriados: jueves 30.
    ("2020-07-24", 1, PUBLICO, "2020-07-30"),
    # Viernes 8 feriado; lunes 11 no laborable (DS 161-2021-PCM): martes 12 y miércoles 13.
    ("2021-10-07", 2, PUBLICO, "2021-10-13"),
    # Viernes 24 y lunes 27 no laborables (DS 161-2021-PCM); el 25 cayó sábado: martes 28.
    ("2021-12-23", 1, PUBLICO, "2021-12-28"),
    # Viernes 31 y lunes 3 de enero no laborables por el mismo decreto: martes 4 de enero.
    ("2021-12-30", 1, PUBLICO, "2022-01-04"),
    # Sin 28 y 29 de julio: 1, 2, 3, 4 y 5 de agosto; el 6, ya feriado, cae sábado: lunes 8.
    ("2022-07-27", 6, None, "2022-08-08"),
    # Viernes 28 no laborable (DS 151-2022-PCM) y lunes 1 de mayo feriado: martes 2.
    ("2023-04-27", 1, PUBLICO, "2023-05-02"),
    # 23 y 24 no laborables (DS 011-2024-PCM) y 25 feriado: jueves 26 y viernes 27.
    ("2024-12-20", 2, PUBLICO, "2024-12-27"),
    # 30 y 31 no laborables por el mismo decreto y 1 de enero feriado: jueves 2.
    ("2024-12-27", 1, PUBLICO, "2025-01-02"),
    # El mismo plazo entre particulares: lunes 30.
    ("2024-12-27", 1, None, "2024-12-30"),
    # 1 de mayo feriado y viernes 2 no laborable (DS 042-2025-PCM): lunes 5.
    ("2025-04-30", 1, PUBLICO, "2025-05-05"),
    # Viernes 6 (1.º); el 7 de junio, feriado, cae sábado; lunes 9 (2.º).
    ("2025-06-05", 2, None, "2025-06-09"),
    # El miércoles 23 de julio es feriado desde 2023: jueves 24 y viernes 25.
    ("2025-07-22", 2, None, "2025-07-25"),
    # El miércoles 6 de agosto es feriado desde 2022: jueves 7.
    ("2025-08-05", 1, None, "2025-08-07"),
    # Navidad y viernes 26 no laborable (DS 042-2025-PCM): lunes 29.
    ("2025-12-24", 1, PUBLICO, "2025-12-29"),
    # Año Nuevo y viernes 2 de enero no laborable (DS 042-2025-PCM): lunes 5.
    ("2025-12-31", 1, PUBLICO, "2026-01-05"),
    # Treinta días (art. 153): 4 hasta el 6 de marzo, 15 más hasta el 27, 22 con el 1 de abril;
    # sin 2 y 3, Semana Santa; 27 hasta el viernes 10; 13, 14 y miércoles 15.
    ("2026-03-02", 30, None, "2026-04-15"),
    # El 7 de junio cae domingo y no se traslada: lunes 8.
    ("2026-06-05", 1, None, "2026-06-08"),
    # Semana Santa de 2027, 25 y 26 de marzo: lunes 29 y martes 30.
    ("2027-03-24", 2, None, "2027-03-30"),
    # El lunes 7 de junio es feriado: martes 8.
    ("2027-06-04", 1, None, "2027-06-08"),
    # El viernes 8 de octubre es feriado: lunes 11.
    ("2027-10-07", 1, None, "2027-10-11"),
]

CALENDARIO = [
    # dominio.md §5.1: 14 de mayo + 30 = 13 de junio, sábado (art. 183.5): lunes 15.
    ("2026-05-14", 30, None, "2026-06-13", "2026-06-15"),
    # dominio.md §5.3: 15 de julio + 15 = jueves 30.
    ("2026-07-15", 15, None, "2026-07-30", "2026-07-30"),
    # 21 + 10 = domingo 31 de mayo: lunes 1 de junio.
    ("2026-05-21", 10, None, "2026-05-31", "2026-06-01"),
    # 26 de marzo + 10 = Jueves Santo 5 de abril: tras el viernes y el fin de semana, lunes 9.
    ("2012-03-26", 10, None, "2012-04-05", "2012-04-09"),
    # 15 + 10 = jueves 25 de diciembre, Navidad: viernes 26.
    ("2014-12-15", 10, None, "2014-12-25", "2014-12-26"),
    # 19 + 10 = lunes 29 de junio, feriado: martes 30.
    ("2015-06-19", 10, None, "2015-06-29", "2015-06-30"),
    # Bisiesto: 19 + 10 = lunes 29 de febrero.
    ("2016-02-19", 10, None, "2016-02-29", "2016-02-29"),
    # 22 + 10 = viernes 1 de noviembre, feriado: lunes 4.
    ("2019-10-22", 10, None, "2019-11-01", "2019-11-04"),
    # Bisiesto: 20 de febrero + 10 = domingo 1 de marzo: lunes 2.
    ("2020-02-20", 10, None, "2020-03-01", "2020-03-02"),
    # En 2021 el 23 de julio, viernes, era hábil.
    ("2021-07-13", 10, None, "2021-07-23", "2021-07-23"),
    # En 2025 el 23 de julio, miércoles, es feriado: jueves 24.
    ("2025-07-13", 10, None, "2025-07-23", "2025-07-24"),
    # La Ley 31788 salió el 15/06/2023: el miércoles 7 de junio de 2023 fue hábil.
    ("2023-05-28", 10, None, "2023-06-07", "2023-06-07"),
    # En 2024 ya no: viernes 7 de junio, feriado; lunes 10.
    ("2024-05-28", 10, None, "2024-06-07", "2024-06-10"),
    # Viernes 26 de julio, no laborable (DS 011-2024-PCM); 28, domingo, y lunes 29, feriados: 30.
    ("2024-07-16", 10, PUBLICO, "2024-07-26", "2024-07-30"),
    # El mismo plazo entre particulares vence el viernes 26.
    ("2024-07-16", 10, None, "2024-07-26", "2024-07-26"),
    # 22 + 10 = viernes 1 de enero de 2027, feriado: lunes 4.
    ("2026-12-22", 10, None, "2027-01-01", "2027-01-04"),
]

MESES = [
    # Febrero de 2012 no tiene 31: primer hábil de marzo, jueves 1.
    ("2012-01-31", 1, None, "2012-03-01"),
    # Un año desde un 29 de febrero: 2013 no lo tiene; primer hábil de marzo, viernes 1.
    ("2012-02-29", 12, None, "2013-03-01"),
    # De fecha a fecha, 29 de junio de 2015, lunes y feriado: martes 30.
    ("2015-05-29", 1, None, "2015-06-30"),
    # Cuatro años desde un 29 de febrero: el de 2020 existe, pero es sábado; lunes 2 de marzo.
    ("2016-02-29", 48, None, "2020-03-02"),
    # Junio no tiene 31: el 1 de julio de 2017 es sábado; primer hábil, lunes 3.
    ("2017-05-31", 1, None, "2017-07-03"),
    # Noviembre no tiene 31: el 1 de diciembre de 2018 es sábado; lunes 3.
    ("2018-10-31", 1, None, "2018-12-03"),
    # 1 de noviembre de 2019, viernes y feriado: lunes 4.
    ("2019-09-01", 2, None, "2019-11-04"),
    # Febrero de 2024 tiene 29, no 30: primer hábil de marzo, viernes 1.
    ("2023-08-30", 6, None, "2024-03-01"),
    # Martes 31 de diciembre de 2024, hábil entre particulares.
    ("2024-10-31", 2, None, "2024-12-31"),
    # Para el sector público no lo fue (DS 011-2024-PCM): jueves 2 de enero.
    ("2024-10-31", 2, PUBLICO, "2025-01-02"),
    # De fecha a fecha, martes 15 de julio.
    ("2025-01-15", 6, None, "2025-07-15"),
    # El fin de mes no se arrastra: del 28 de febrero al martes 28 de abril.
    ("2026-02-28", 2, None, "2026-04-28"),
    # Un mes desde el 20 de mayo de 2026: sábado 20 de junio; lunes 22.
    ("2026-05-20", 1, None, "2026-06-22"),
    # Febrero de 2027 no tiene 31: primer hábil de marzo, lunes 1.
    ("2026-12-31", 2, None, "2027-03-01"),
]


def dia(iso: str) -> date:
    return date.fromisoformat(iso)


@pytest.mark.parametrize(("desde", "dias", "ambito", "fecha"), HABILES)
def test_dias_habiles(desde, dias, ambito, fecha):
    assert vencimiento(dia(desde), dias, Unidad.HABILES, ambito).fecha == dia(fecha)


@pytest.mark.parametrize(("desde", "dias", "ambito", "ultimo", "fecha"), CALENDARIO)
def test_dias_calendario(desde, dias, ambito, ultimo, fecha):
    hallado = vencimiento(dia(desde), dias, Unidad.CALENDARIO, ambito)
    assert (hallado.ultimo_dia, hallado.fecha) == (dia(ultimo), dia(fecha))


@pytest.mark.parametrize(("desde", "meses", "ambito", "fecha"), MESES)
def test_meses_y_anios(desde, meses, ambito, fecha):
    assert vencimiento_en_meses(dia(desde), meses, ambito).fecha == dia(fecha)


@pytest.mark.parametrize("jueves", JUEVES_SANTOS)
def test_semana_santa(jueves):
    assert calendario.jueves_santo(jueves.year) == jueves


@pytest.mark.parametrize("anio", range(2012, 2028))
def test_cuantos_feriados_tiene_cada_anio(anio):
    """Doce del DL 713; dos más en 2022, otro en 2023 y otro en 2024."""
    agregados = 2 * (anio >= 2022) + (anio >= 2023) + (anio >= 2024)
    assert len(calendario.feriados(anio)) == 12 + agregados


TODOS = [
    *(vencimiento(dia(d), n, Unidad.HABILES, a) for d, n, a, _ in HABILES),
    *(vencimiento(dia(d), n, Unidad.CALENDARIO, a) for d, n, a, _, _ in CALENDARIO),
    *(vencimiento_en_meses(dia(d), n, a) for d, n, a, _ in MESES),
]


@pytest.mark.parametrize("hallado", TODOS, ids=lambda v: v.explicacion)
def test_cada_fecha_se_explica_en_una_linea(hallado):
    """La explicación es una línea, acaba en la fecha y se puede volver a contar con ella."""
    assert "\n" not in hallado.explicacion
    assert hallado.explicacion.endswith(f"{hallado.fecha:%d/%m/%Y}.")
    corrida = hallado.fecha != hallado.ultimo_dia
    assert ("inhábil" in hallado.explicacion) is corrida


def test_la_explicacion_nombra_todo_lo_que_no_se_conto():
    assert vencimiento(date(2021, 10, 7), 2, Unidad.HABILES, PUBLICO).explicacion == (
        "2 días hábiles desde el 07/10/2021, sin contar feriados (08/10) ni días no laborables "
        "decretados (11/10): hasta el 13/10/2021."
    )
    assert vencimiento(date(2026, 5, 14), 30, Unidad.CALENDARIO).explicacion == (
        "30 días calendario desde el 14/05/2026: hasta el 13/06/2026, que es inhábil; pasa al "
        "15/06/2026."
    )
    assert vencimiento_en_meses(date(2012, 1, 31), 1).explicacion == (
        "1 mes desde el 31/01/2012, sin ese día en el último mes: hasta el 01/03/2012."
    )
