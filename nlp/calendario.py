"""Días hábiles, feriados y cómputo de plazos en el Perú.

Reglas: TUO de la Ley 27444, arts. 144 y 145 (el plazo en días hábiles corre desde el día hábil
siguiente; meses y años, de fecha a fecha) y Código Civil, art. 183.1 (días naturales). Los feriados
son los del DL 713, art. 6, con sus cambios por año, según la biblioteca `holidays`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

import holidays

NACIONAL = "nacional"
SECTOR_PUBLICO = "sector_publico"
UN_DIA = timedelta(days=1)

_DOMINGO = 6
_SABADO = 5
_VIERNES = 4


@dataclass(frozen=True, slots=True)
class DiasPropios:
    """Lo que la oficina añade al calendario: feriados nacionales, días que no lo son y decretados.

    `decretados` va de día a sus ámbitos, como `datos/dias_no_laborables.csv`.
    """

    feriados: Mapping[date, str] = field(default_factory=dict)
    laborables: frozenset[date] = frozenset()
    decretados: Mapping[date, frozenset[str]] = field(default_factory=dict)


_propios = DiasPropios()


def usar(propios: DiasPropios) -> None:
    """Pone los días propios de la oficina, desde ahora y en todo el proceso."""
    global _propios
    _propios = propios
    feriados.cache_clear()
    _dias_decretados.cache_clear()


@lru_cache(maxsize=256)
def feriados(anio: int) -> dict[date, str]:
    """Devuelve los feriados nacionales de un año con su nombre («28/07» → «Día de la…»).

    El Domingo de Resurrección, que la biblioteca trae, no figura en el DL 713 y se deja fuera.
    """
    todos = {
        **holidays.country_holidays("PE", years=anio, language="es"),
        **{dia: nombre for dia, nombre in _propios.feriados.items() if dia.year == anio},
    }
    return {
        dia: nombre
        for dia, nombre in todos.items()
        if "Resurrecci" not in nombre and dia not in _propios.laborables
    }


@lru_cache(maxsize=1)
def _dias_decretados() -> dict[date, frozenset[str]]:
    """Lee `datos/dias_no_laborables.csv` y los propios: días decretados y sus ámbitos."""
    leidos: dict[date, set[str]] = {}
    tabla = files("nlp").joinpath("datos/dias_no_laborables.csv").read_text(encoding="utf-8")
    for fila in csv.DictReader(tabla.splitlines()):
        leidos.setdefault(date.fromisoformat(fila["fecha"]), set()).add(fila["ambito"])
    for dia, ambitos in _propios.decretados.items():
        leidos.setdefault(dia, set()).update(ambitos)
    return {dia: frozenset(ambitos) for dia, ambitos in leidos.items()}


def _ambitos(ambito: str) -> frozenset[str]:
    """Un ámbito abarca a los más amplios: regional ⊃ sector público ⊃ nacional."""
    if ambito == NACIONAL:
        return frozenset({NACIONAL})
    return frozenset({NACIONAL, SECTOR_PUBLICO, ambito})


def es_habil(dia: date, ambito: str | None = None) -> bool:
    """Dice si es día hábil: de lunes a viernes y no feriado.

    Con `ambito` («nacional», «sector_publico» o «regional:XX», XX = región en dos dígitos UBIGEO)
    tampoco son hábiles los días no laborables decretados para él o para uno más amplio; sin
    `ambito` no se cuentan.
    """
    if dia.weekday() >= _SABADO or dia in feriados(dia.year):
        return False
    if ambito is None:
        return True
    return _dias_decretados().get(dia, frozenset()).isdisjoint(_ambitos(ambito))


def siguiente_habil(dia: date, ambito: str | None = None) -> date:
    """Devuelve el mismo día si es hábil o, si no, el primero hábil que sigue (art. 145.2)."""
    while not es_habil(dia, ambito):
        dia += UN_DIA
    return dia


def anterior_habil(dia: date, ambito: str | None = None) -> date:
    """Devuelve el mismo día si es hábil o, si no, el último hábil que lo precede."""
    while not es_habil(dia, ambito):
        dia -= UN_DIA
    return dia


def sumar_habiles(desde: date, n: int, ambito: str | None = None) -> date:
    """Devuelve el n-ésimo día hábil después de `desde`, que no se cuenta (arts. 144.1 y 145.1).

    Levanta `ValueError` si `n` es negativo.
    """
    if n < 0:
        raise ValueError(f"cantidad de días imposible: {n}")
    dia = desde
    for _ in range(n):
        dia = siguiente_habil(dia + UN_DIA, ambito)
    return dia


def sumar_calendario(desde: date, n: int) -> date:
    """Devuelve la fecha a `n` días naturales de `desde` (Código Civil, art. 183.1)."""
    return desde + timedelta(days=n)


def sumar_meses(desde: date, n: int, ambito: str | None = None) -> date:
    """Suma meses de fecha a fecha.

    Si el mes de llegada no tiene ese día, vence el primer día hábil del mes siguiente
    (TUO de la Ley 27444, art. 145.3).
    """
    anio, mes = divmod(desde.year * 12 + desde.month - 1 + n, 12)
    fin_de_mes = ultimo_dia(anio, mes + 1)
    if desde.day > fin_de_mes.day:
        return siguiente_habil(fin_de_mes + UN_DIA, ambito)
    return fin_de_mes.replace(day=desde.day)


def ultimo_dia(anio: int, mes: int = 12) -> date:
    """Devuelve el último día de un mes; el de un periodo es el de su último mes.

    El tercer bimestre de 2026 termina en `ultimo_dia(2026, 3 * 2)`.
    """
    siguiente = date(anio + mes // 12, mes % 12 + 1, 1)
    return siguiente - UN_DIA


def viernes_de_semana(anio: int, mes: int, orden: int) -> date:
    """Devuelve el viernes de la semana `orden` de un mes; con -1, el fin de la última semana.

    La primera semana es la del primer viernes; la última se corta en el último día del mes.
    """
    if orden < 0:
        fin = ultimo_dia(anio, mes)
        return min(fin, viernes_de(fin))
    primero = date(anio, mes, 1)
    return primero + timedelta(days=(_VIERNES - primero.weekday()) % 7 + 7 * (orden - 1))


def viernes_de(dia: date) -> date:
    """Devuelve el viernes de la semana (de lunes a domingo) de ese día."""
    return dia + timedelta(days=_VIERNES - dia.weekday())


def jueves_santo(anio: int) -> date:
    """Devuelve el Jueves Santo de un año."""
    return next(dia for dia, nombre in feriados(anio).items() if nombre == "Jueves Santo")


def feriados_entre(desde: date, hasta: date) -> Iterator[date]:
    """Recorre, en orden, los feriados de lunes a viernes posteriores a `desde` y hasta `hasta`."""
    for anio in range(desde.year, hasta.year + 1):
        for dia in sorted(feriados(anio)):
            if desde < dia <= hasta and dia.weekday() < _SABADO:
                yield dia


def decretados_entre(desde: date, hasta: date, ambito: str | None) -> Iterator[date]:
    """Recorre, en orden, los días no laborables decretados para `ambito` que no son ya inhábiles.

    Son posteriores a `desde` y hasta `hasta`; sin `ambito` no hay ninguno.
    """
    for dia in sorted(_dias_decretados()):
        if desde < dia <= hasta and es_habil(dia) and not es_habil(dia, ambito):
            yield dia
