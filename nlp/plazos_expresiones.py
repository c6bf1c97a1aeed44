"""Expresiones de tiempo que pueden ser un plazo: fechas, periodos, hechos y fórmulas.

`buscar` las halla todas, sin decidir cuál es el plazo de la obligación: eso lo hace
`nlp.componentes.plazo`. Los patrones miran texto plegado y tienen repeticiones acotadas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from nlp import calendario, fechas, plazos_calculo
from nlp.fechas import SEMANA, FechaLeida, Forma
from nlp.numeros import CANTIDAD, ORDINAL, ordinal
from nlp.patrones import compilar
from nlp.plazos_calculo import Calculo, Clase, Nucleo
from nlp.plazos_duraciones import duraciones
from nlp.plazos_formulas import formulas
from nlp.plazos_periodos import dias, periodos
from nlp.plegado import plegar, sin_cifras_del_ocr
from nlp.propuesta import MetodoDePlazo, PrecisionDePlazo

_UNIDAD = r"(?:dias?|semanas?|quincenas?|mes(?:es)?|bimestres?|trimestres?|semestres?|anos?)\b"


def plegar_texto(texto: str) -> str:
    """Pliega el texto, del mismo largo; el tabulador entre celdas pasa a «|»."""
    return sin_cifras_del_ocr(plegar(texto)).replace("\t", "|")


def buscar(texto: str, plegado: str, acta: date | None) -> list[Nucleo]:
    """Devuelve las expresiones de tiempo del texto, en orden y sin solaparse.

    `plegado` es el texto plegado, del mismo largo; `acta`, la fecha del acta.
    """
    leidas = fechas.buscar(texto.replace("\t", "|"), acta)
    ocupado = bytearray(len(plegado))
    hallados: list[Nucleo] = []
    for nucleo in _todos(plegado, leidas, acta):
        if not any(ocupado[nucleo.inicio : nucleo.fin]):
            ocupado[nucleo.inicio : nucleo.fin] = b"\1" * (nucleo.fin - nucleo.inicio)
            hallados.append(nucleo)
    return sorted(hallados, key=lambda n: n.inicio)


def _todos(plegado: str, leidas: list[FechaLeida], acta: date | None) -> Iterator[Nucleo]:
    """Recorre las expresiones por orden de prelación: si dos se solapan, vale la primera.

    Un hecho que trae su fecha («en la próxima reunión, el 15 de mayo») cede ante ella.
    """
    yield from _recurrentes(plegado)
    yield from duraciones(plegado, leidas, acta)
    con_fecha = bytearray(len(plegado) + 1)
    for leida in leidas:
        con_fecha[leida.fin] = leida.forma is not Forma.SEMANA
    for hecho in formulas(plegado, frozenset({MetodoDePlazo.EVENTO})):
        if not any(con_fecha[hecho.inicio : hecho.fin + 31]):
            yield hecho
    yield from dias(plegado, acta)
    yield from _de_fechas(plegado, leidas, acta)
    yield from periodos(plegado, acta)
    yield from formulas(plegado, frozenset(MetodoDePlazo) - {MetodoDePlazo.EVENTO})


_RECURRENTE = compilar(
    rf"\bcada (?:{CANTIDAD} {_UNIDAD}|fin de (?:mes|ano)"
    rf"|(?:{ORDINAL} )?(?:{_UNIDAD}|{SEMANA})(?: habil)?(?: de(?:l| cada)? (?:mes|ano))?"
    rf"|\d{{1,2}} de(?: \w{{4,10}}|l? mes))"
    rf"|\btodos los (?:\w{{5,8}} )?(?:{SEMANA}|meses|anos)(?: de(?: cada)? \w{{3,10}})?"
    rf"|{CANTIDAD} (?:vez|veces) (?:al?|por|cada|en el)"
    r" (?:dia|semana|mes|bimestre|trimestre|semestre|ano)\b"
    rf"|\b(?:el )?(?:\d{{1,2}} de \w{{4,10}}|(?:{ORDINAL}|primeros|ultimos) \w+|quincena)"
    r" de cada (?:ano|mes)\b"
)


def _recurrentes(plegado: str) -> Iterator[Nucleo]:
    calculo = plazos_calculo.sin_fecha(MetodoDePlazo.RECURRENTE)
    for hallado in _RECURRENTE.finditer(plegado):
        yield Nucleo(*hallado.span(), Clase.FORMULA, calculo)


_DE_MES = compilar(
    r"(?:\ba )?(?:(?P<fin>fin(?:es|ales)?|(?:que )?(?:concluya|finalice|culmine|termine))"
    r"|(?P<inicio>inicios?|comienzos|principios|primeros dias)|(?P<medio>mediados|mitad)"
    rf"|(?:(?P<mitad>{ORDINAL}) )?(?P<quincena>quincena)"
    rf"|(?P<semana>{ORDINAL}) semana(?P<semana_habil> habil)?"
    r"|(?P<dia>ultimo dia)(?P<dia_habil> habil)?) (?:del? )?(?:mes de )?$"
)
_DE_LA_SEMANA = compilar(
    r" de (?:(?P<otra>la (?:(?:proxima|siguiente) semana|semana (?:que viene|entrante|proxima"
    r"|siguiente)))|esta (?:misma )?semana|la (?:presente semana|semana en curso))\b"
)
_SEMANA_DEL = compilar(r"\bsemana (?:comprendida )?(?:del?|entre) (?:el )?$")


def _de_fechas(plegado: str, leidas: list[FechaLeida], acta: date | None) -> Iterator[Nucleo]:
    for leida in leidas:
        antes = plegado[max(0, leida.inicio - 45) : leida.inicio]
        base = leida.inicio - len(antes)
        if leida.forma is Forma.MES:
            parte = _DE_MES.search(antes)
            yield _parte_de_mes(base, parte, leida) if parte else _mes_entero(leida)
        elif leida.forma is Forma.SEMANA and (cual := _DE_LA_SEMANA.match(plegado, leida.fin)):
            dia = _en_la_semana(leida.ultimo, acta, bool(cual["otra"]))
            calculo = plazos_calculo.en_fecha(dia)
            yield Nucleo(leida.inicio, cual.end(), Clase.DIA, calculo, dia)
        elif semana := _SEMANA_DEL.search(antes):
            calculo = plazos_calculo.en_periodo(leida.ultimo, PrecisionDePlazo.SEMANA, _nota(leida))
            inicio = base + semana.start()
            yield Nucleo(inicio, leida.fin, Clase.PERIODO, calculo, leida.primero)
        else:
            suelto = leida.forma in {Forma.SEMANA, Forma.CORTA}
            clase = Clase.DIA_SUELTO if suelto else Clase.DIA
            yield _nucleo(leida, clase, plazos_calculo.en_fecha(leida.ultimo, _nota(leida)))


def _en_la_semana(dia: date | None, acta: date | None, otra: bool) -> date | None:
    """«El viernes de la semana entrante»: el de la semana que sigue a la del acta."""
    if dia is None or acta is None:
        return None
    lunes = acta - timedelta(days=acta.weekday()) + timedelta(weeks=otra)
    return lunes + timedelta(days=dia.weekday())


def _nucleo(leida: FechaLeida, clase: Clase, calculo: Calculo) -> Nucleo:
    return Nucleo(
        *(leida.inicio, leida.fin, clase, calculo),
        *(leida.primero, leida.anio_supuesto, leida.corrida),
    )


def _mes_entero(leida: FechaLeida) -> Nucleo:
    """«En julio de 2026» vence el último día del mes; «de abril a julio», el del último mes."""
    un_mes = (leida.primero and leida.primero.month) == (leida.ultimo and leida.ultimo.month)
    precision = PrecisionDePlazo.MES if un_mes else PrecisionDePlazo.PERIODO
    clase = Clase.MES if leida.anio_supuesto else Clase.PERIODO
    return _nucleo(leida, clase, plazos_calculo.en_periodo(leida.ultimo, precision, _nota(leida)))


def _nota(leida: FechaLeida) -> str:
    nota = ""
    if leida.corrida and leida.ultimo:
        nota += f" No dice el año y ya había pasado: se tomó {leida.ultimo.year}; confirme."
    if leida.discrepa:
        nota += " El día de la semana escrito no corresponde a la fecha; confirme."
    return nota


def _parte_de_mes(base: int, parte: re.Match[str], leida: FechaLeida) -> Nucleo:
    """Resuelve «a fines de», «quincena de», «segunda semana de» o «último día hábil de» un mes."""
    return Nucleo(
        base + parte.start(), leida.fin, Clase.PERIODO, _en_parte(parte, leida.ultimo, _nota(leida))
    )


def _en_parte(parte: re.Match[str], fin: date | None, nota: str) -> Calculo:
    if fin is None:
        return plazos_calculo.en_periodo(None, PrecisionDePlazo.MES)
    if parte["semana"]:
        dia = calendario.viernes_de_semana(fin.year, fin.month, ordinal(parte["semana"]))
        while parte["semana_habil"] and not calendario.es_habil(dia):
            dia += timedelta(weeks=1)
        return plazos_calculo.en_periodo(dia, PrecisionDePlazo.SEMANA, nota)
    if parte["dia"]:
        while parte["dia_habil"] and not calendario.es_habil(fin):
            fin -= calendario.UN_DIA
        return plazos_calculo.en_fecha(fin, nota)
    if parte["medio"] or (parte["quincena"] and ordinal(parte["mitad"] or "1ra") == 1):
        fin = fin.replace(day=15)
    elif parte["inicio"]:
        fin = fin.replace(day=10)
    return plazos_calculo.en_periodo(fin, PrecisionDePlazo.MES, nota)
