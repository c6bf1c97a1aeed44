"""Gramática de fechas y de números en palabras."""

from __future__ import annotations

from datetime import date

import pytest

from nlp import fechas
from nlp.fechas import Forma
from nlp.numeros import entero, ordinal

ACTA = date(2026, 5, 14)


@pytest.mark.parametrize(
    ("texto", "leido", "dia"),
    [
        ("14 de mayo de 2026", "14 de mayo de 2026", date(2026, 5, 14)),
        ("con fecha 14/05/2026.", "14/05/2026", date(2026, 5, 14)),
        ("14-05-26", "14-05-26", date(2026, 5, 14)),
        ("14.05.2026", "14.05.2026", date(2026, 5, 14)),
        ("2026-05-14", "2026-05-14", date(2026, 5, 14)),
        ("07/may/2022", "07/may/2022", date(2022, 5, 7)),
        ("18.MAR.2027", "18.MAR.2027", date(2027, 3, 18)),
        (
            "el día viernes 3 de julio del presente año",
            "viernes 3 de julio del presente año",
            date(2026, 7, 3),
        ),
        (
            "quince de mayo del dos mil veintiuno",
            "quince de mayo del dos mil veintiuno",
            date(2021, 5, 15),
        ),
        (
            "a los 15 días del mes de mayo del año 2026",
            "15 días del mes de mayo del año 2026",
            date(2026, 5, 15),
        ),
        (
            "a los quince (15) días del mes de mayo del año dos mil veintiséis",
            "quince (15) días del mes de mayo del año dos mil veintiséis",
            date(2026, 5, 15),
        ),
        ("treinta y uno de mayo", "treinta y uno de mayo", date(2026, 5, 31)),
        ("el 1.º de mayo", "1.º de mayo", date(2026, 5, 1)),
        ("el primero de mayo", "primero de mayo", date(2026, 5, 1)),
        ("2 de septiembre", "2 de septiembre", date(2026, 9, 2)),
        ("2 de setiembre", "2 de setiembre", date(2026, 9, 2)),
        ("a más tardar el 24 de febrero 2020", "24 de febrero 2020", date(2020, 2, 24)),
        ("el 28 del presente", "28 del presente", date(2026, 5, 28)),
        ("a partir del 9 nov", "9 nov", date(2026, 11, 9)),
        ("antes del domingo 28", "domingo 28", date(2026, 6, 28)),
        ("cerramos el convenio el 25.", "25", date(2026, 5, 25)),
    ],
)
def test_una_fecha_se_lee_como_se_escriba(texto: str, leido: str, dia: date) -> None:
    [fecha] = fechas.buscar(texto, ACTA)
    assert texto[fecha.inicio : fecha.fin] == leido
    assert (fecha.primero, fecha.ultimo) == (dia, dia)
    assert fecha.forma is not Forma.MES


@pytest.mark.parametrize(
    ("texto", "primero", "ultimo"),
    [
        ("21 y 22 de setiembre de 2014", date(2014, 9, 21), date(2014, 9, 22)),
        ("12, 13 y 14 de noviembre", date(2026, 11, 12), date(2026, 11, 14)),
        ("del 20 al 24 de julio", date(2026, 7, 20), date(2026, 7, 24)),
        ("entre el 4 y el 15 de mayo de 2026", date(2026, 5, 4), date(2026, 5, 15)),
        ("del 16 de noviembre al 11 de diciembre", date(2026, 11, 16), date(2026, 12, 11)),
        ("del 28 de diciembre al 5 de enero", date(2026, 12, 28), date(2027, 1, 5)),
        ("mayo de 2027", date(2027, 5, 1), date(2027, 5, 31)),
        ("Dic. 2026", date(2026, 12, 1), date(2026, 12, 31)),
        ("diciembre del 2026", date(2026, 12, 1), date(2026, 12, 31)),
        ("a dic-26", date(2026, 12, 1), date(2026, 12, 31)),
        ("mayo 27", date(2027, 5, 1), date(2027, 5, 31)),
        ("de abril a julio del presente año", date(2026, 4, 1), date(2026, 7, 31)),
        ("junio–setiembre 2026", date(2026, 6, 1), date(2026, 9, 30)),
    ],
)
def test_un_rango_o_un_mes_dan_su_primer_y_su_ultimo_dia(
    texto: str, primero: date, ultimo: date
) -> None:
    [fecha] = fechas.buscar(texto, ACTA)
    assert (fecha.primero, fecha.ultimo) == (primero, ultimo)


@pytest.mark.parametrize(
    ("texto", "dia", "corrida"),
    [
        ("15 de abril", date(2026, 4, 15), False),
        ("31 de enero", date(2027, 1, 31), True),
        ("31 de diciembre", date(2026, 12, 31), False),
    ],
)
def test_sin_anio_vale_el_del_acta_o_el_siguiente_si_ya_paso(
    texto: str, dia: date, corrida: bool
) -> None:
    [fecha] = fechas.buscar(texto, ACTA)
    assert (fecha.ultimo, fecha.anio_supuesto, fecha.corrida) == (dia, True, corrida)


def test_sin_anio_ni_acta_no_se_adivina_la_fecha() -> None:
    [fecha] = fechas.buscar("hasta el 30 de junio", None)
    assert (fecha.primero, fecha.ultimo) == (None, None)


@pytest.mark.parametrize(
    ("texto", "discrepa"),
    [("jueves 14 de mayo de 2026", False), ("lunes 14 de mayo de 2026", True)],
)
def test_el_dia_de_semana_que_no_corresponde_se_senala(texto: str, discrepa: bool) -> None:
    [fecha] = fechas.buscar(texto, ACTA)
    assert fecha.discrepa is discrepa


@pytest.mark.parametrize(
    "texto",
    [
        "31 de febrero de 2026",
        "Av. 28 de Julio 455",
        "el colector de 21 de Abril",
        "el señor Julio Quispe",
        "mar del norte",
        "de lunes a viernes",
        "45/13/2026",
        "CUI 2345678",
        "Ley N.° 27444",
        "Anexo N.° 1 del presente convenio",
    ],
)
def test_lo_que_no_es_una_fecha_no_se_lee(texto: str) -> None:
    assert fechas.buscar(texto, ACTA) == []


@pytest.mark.parametrize(
    ("texto", "valor"),
    [
        ("quince (15)", 15),
        ("cuarenta y cinco", 45),
        ("02", 2),
        ("veintiun", 21),
        ("ciento veinte (120)", 120),
        ("dos mil veintiseis", 2026),
        ("mil novecientos noventa y nueve", 1999),
    ],
)
def test_los_numeros_valen_en_cifras_o_en_palabras(texto: str, valor: int) -> None:
    assert entero(texto) == valor


def test_un_texto_sin_numero_se_rechaza() -> None:
    with pytest.raises(ValueError, match="sin número"):
        entero("varios")


@pytest.mark.parametrize(("texto", "valor"), [("tercer", 3), ("iv", 4), ("2°", 2), ("ultima", -1)])
def test_los_ordinales_valen_en_palabras_romanos_o_cifras(texto: str, valor: int) -> None:
    assert ordinal(texto) == valor
