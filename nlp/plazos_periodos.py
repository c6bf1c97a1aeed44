"""Periodos y días que se nombran sin fecha: «tercer trimestre», «fin de año», «mañana», «Navidad».

Los patrones miran texto plegado y tienen repeticiones acotadas: el tiempo es lineal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from nlp import calendario, fechas, plazos_calculo
from nlp.fechas import ANIO, SEMANA
from nlp.numeros import ORDINAL, ordinal
from nlp.patrones import compilar
from nlp.plazos_calculo import Clase, Nucleo
from nlp.propuesta import PrecisionDePlazo

_PERIODO = compilar(
    rf"(?P<orden>{ORDINAL}) (?P<meses>bim|trim|cuatrim|sem)(?:estre\b|\.)"
    rf"(?:,? (?:del? )?(?:el )?(?:ano )?(?P<anio>{ANIO}))?"
)
_MESES_DE = {"bim": 2, "trim": 3, "cuatrim": 4, "sem": 6}
_AL_TERMINAR = (
    r"(?:(?:\ba )?fin(?:es|ales)? del?|cierre del?|lo que (?:resta|queda) del?"
    r"|(?:que )?(?:finali[zc]|concluy?|culmin|termin|acab)\w+(?: el| la)?)"
)
_TERMINA = compilar(_AL_TERMINAR)
_QUE_VIENE = r"(?:que viene|entrante|proxim[oa]|siguiente)"
_RELATIVO = compilar(
    r"\b(?:(?P<semana>(?:en )?(?:esta|la presente) (?:misma )?semana)"
    rf"|(?P<semana_1>(?:proxima|siguiente) semana|semana {_QUE_VIENE})"
    rf"|(?P<mes>{_AL_TERMINAR} (?:este |presente )?mes"
    r"|(?:en el (?:transcurso|curso)|a lo largo) del mes|(?:este|presente) mes|mes en curso)(?! de)"
    rf"|(?P<mes_1>(?:proximo|siguiente) mes|mes {_QUE_VIENE})(?! de)"
    rf"|(?P<anio>(?:{_AL_TERMINAR} )?(?:(?:este|presente|mismo) (?:ano|ejercicio)"
    r"(?: (?:fiscal|presupuestal))?(?: 20\d\d)?|(?:ano|ejercicio)(?: fiscal)? en curso)"
    rf"|(?:{_AL_TERMINAR}|todo el) ano)(?! 20)"
    rf"|(?P<anio_1>(?:proximo|siguiente) (?:ano|ejercicio)(?: fiscal)?|ano {_QUE_VIENE}))\b"
)
_PRECISION = {
    "semana": PrecisionDePlazo.SEMANA,
    "mes": PrecisionDePlazo.MES,
    "anio": PrecisionDePlazo.ANIO,
}
_CON_ANIO = compilar(
    rf"(?:{_AL_TERMINAR} )?\b(?:(?:(?P<rotulo>ano|ejercicio)|(?P<fondo>pia|pim|presupuesto))"
    r"(?: (?:fiscal|presupuestal|institucional(?: de apertura)?|participativo|escolar|lectivo"
    r"|modificado))? (?:del? )?(?:ano )?)?"
    r"(?<![\d/.,°º-])(?<!n[°º] )(?<!ley )(?<!\d - )(?<!\d – )"
    r"(?P<anio>20\d\d)\b(?! ?[-–/] ?\d|[.,]\d|-)"
)
_MULTIANUAL = compilar(
    r"\b(?:programacion multianual(?: de inversiones)?|pmi)(?: del?)? 20\d\d ?[-–/] ?"
    r"(?P<anio>20\d\d)\b"
)
_MANANA = (
    r"(?<!\bla )(?<!\besta )\bmanana\b(?!,? (?:y )?(?:tarde|noche))"
    rf"(?: {SEMANA})?(?: \d{{1,2}}\b)?"
)
_FIRMA = (
    r"(?:a|al momento de|en el momento de) la (?:firma|suscripcion) (?:(?:de la|del) presente"
    r"|de (?:esta|la) (?:misma )?acta|del acta)(?: acta)?"
)
_VA_A_LA_FIRMA = compilar(
    r"\b(?:proce|asist|concurr|convoc|invit|comprom|oblig|pas|llam|particip|neg|opo|respect|frente"
    r"|previ|posterior|anterior|lleg|sujet|condicion|supedit)\w* $"
)
_CIERRA = r"(?= ?[,.;)]|$)"
_DIA = compilar(
    rf"(?P<manana>{_MANANA})|\b(?:(?P<hoy>hoy mismo|hoy(?:{_CIERRA}|(?= (?:en|por) la ))"
    rf"|(?:fin del|en el) dia{_CIERRA})|(?P<firma>{_FIRMA})"
    r"|(?P<fecha>la fecha|(?:ese|este) momento)|(?P<ayer>ayer)"
    r"|pasado (?P<pasado>manana)|(?P<navidad>navidad)|(?P<patrias>fiestas patrias)"
    r"|(?P<santa>semana (?:santa|mayor))|(?P<lunes>lunes santo))\b"
)
_DIAS_CIERTOS = frozenset({"hoy", "firma", "manana", "pasado"})
_DIAS_DESDE_EL_ACTA = {"hoy": 0, "firma": 0, "fecha": 0, "ayer": -1, "manana": 1, "pasado": 2}


def periodos(plegado: str, acta: date | None) -> Iterator[Nucleo]:
    """Recorre los periodos que no nombran un mes: trimestres, semanas, años…"""
    for hallado in _PERIODO.finditer(plegado):
        dia = _fin_de_periodo(hallado, acta)
        calculo = plazos_calculo.en_periodo(dia, PrecisionDePlazo.PERIODO)
        yield Nucleo(*hallado.span(), Clase.PERIODO, calculo)
    for hallado in _RELATIVO.finditer(plegado):
        unidad, _, corrido = (hallado.lastgroup or "").partition("_")
        dia = acta and _fin_relativo(unidad, acta, bool(corrido))
        calculo = plazos_calculo.en_periodo(dia, _PRECISION[unidad])
        yield Nucleo(*hallado.span(), Clase.PERIODO, calculo)
    for hallado in _CON_ANIO.finditer(plegado):
        yield _del_anio(hallado)
    for hallado in _MULTIANUAL.finditer(plegado):
        dia = calendario.ultimo_dia(int(hallado["anio"]))
        calculo = plazos_calculo.en_periodo(dia, PrecisionDePlazo.PERIODO)
        yield Nucleo(*hallado.span(), Clase.FORMULA, calculo)


def _del_anio(hallado: re.Match[str]) -> Nucleo:
    anio = int(hallado["anio"])
    calculo = plazos_calculo.en_periodo(calendario.ultimo_dia(anio), PrecisionDePlazo.ANIO)
    desde = None if _TERMINA.match(hallado[0]) else date(anio, 1, 1)
    clase = Clase.ANIO
    if hallado["rotulo"] or hallado["fondo"]:
        clase = Clase.MES if hallado["rotulo"] else Clase.FORMULA
    return Nucleo(*hallado.span(), clase, calculo, desde)


def _fin_de_periodo(hallado: re.Match[str], acta: date | None) -> date | None:
    """Devuelve el fin del periodo; sin año, el próximo que no haya terminado."""
    meses = _MESES_DE[hallado["meses"]]
    orden = ordinal(hallado["orden"])
    numero = orden if orden > 0 else 12 // meses
    anio = fechas.anio(hallado["anio"], acta) or (acta.year if acta else None)
    if anio is None or numero * meses > 12:
        return None
    dia = calendario.ultimo_dia(anio, numero * meses)
    if hallado["anio"] is None and acta and dia < acta:
        return calendario.ultimo_dia(anio + 1, numero * meses)
    return dia


def _fin_relativo(unidad: str, acta: date, siguiente: bool) -> date:
    """Devuelve el fin de «esta semana», «el próximo mes» o «el presente año»."""
    if unidad == "semana":
        return max(acta, calendario.viernes_de(acta + timedelta(weeks=siguiente)))
    if unidad == "anio":
        return calendario.ultimo_dia(acta.year + siguiente)
    fin = calendario.ultimo_dia(acta.year, acta.month)
    if not siguiente:
        return fin
    fin += calendario.UN_DIA
    return calendario.ultimo_dia(fin.year, fin.month)


def dias(plegado: str, acta: date | None) -> Iterator[Nucleo]:
    """Recorre los días que se nombran sin fecha: «hoy», «a la firma de la presente», «Navidad»."""
    for hallado in _DIA.finditer(plegado):
        nombre = hallado.lastgroup or ""
        if nombre == "firma" and _VA_A_LA_FIRMA.search(
            plegado, max(0, hallado.start() - 25), hallado.start()
        ):
            continue
        dia = acta and _dia_nombrado(nombre, acta)
        clase = Clase.DIA if nombre in _DIAS_CIERTOS else Clase.DIA_SUELTO
        corrida = bool(dia and acta and dia.year > acta.year)
        yield Nucleo(
            *(*hallado.span(), clase, plazos_calculo.en_fecha(dia)), desde=dia, dudosa=corrida
        )


def _dia_nombrado(nombre: str, acta: date) -> date:
    if nombre in _DIAS_DESDE_EL_ACTA:
        return acta + timedelta(days=_DIAS_DESDE_EL_ACTA[nombre])
    este = _dia_festivo(nombre, acta.year)
    return este if este >= acta else _dia_festivo(nombre, acta.year + 1)


def _dia_festivo(nombre: str, anio: int) -> date:
    if nombre in {"santa", "lunes"}:
        return calendario.jueves_santo(anio) - timedelta(days=3 if nombre == "lunes" else 0)
    return date(anio, 12, 25) if nombre == "navidad" else date(anio, 7, 28)
