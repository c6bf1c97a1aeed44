"""Duraciones que pueden ser un plazo: «quince (15) días hábiles desde la firma del acta».

Los patrones miran texto plegado y tienen repeticiones acotadas: el tiempo es lineal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from nlp import plazos_calculo
from nlp.fechas import FechaLeida, Forma
from nlp.numeros import CANTIDAD, entero
from nlp.patrones import compilar
from nlp.plazos_calculo import Calculo, Clase, Nucleo, cortar
from nlp.propuesta import MetodoDePlazo

_HECHO = (
    r"(?:\w+(?:ad|id|scrit|puest|hech|abiert|uelt)[oa]s?\b"
    r"|(?:entrega|firma|inicio|aprobacion|suscripcion)\b)"
)
_DURACION = compilar(
    rf"(?:(?:(?<![\d.,])\d{{1,3}} (?:a|o) )?(?P<n>{CANTIDAD}) (?:mas )?"
    r"(?:(?P<dias>d[il]as?\b|d\.? ?(?:[hc]\.|(?=hab|cal)))"
    r"|(?P<unidad>semanas?|mes(?:es?)?|anos?|horas?)\b)"
    r"(?: ?\(?(?P<adjetivo>habiles|habil\b|utiles|laborables|hab\b\.?|calen-? ?darios?|naturales"
    r"|corridos|cal\.))?\)?"
    r"|\ba(?:l| la) (?P<una>dia|semana|mes|ano|hora)"
    rf"(?= (?:siguiente |posterior |despues )?(?:a|del?)(?: la| el)? {_HECHO}))"
)
_NO_ES_PLAZO = compilar(
    r" (?:de anticipacion|de edad|al (?:mes|ano|dia)|a la semana|por (?!parte)\w+|maquina\b"
    r"|hombre\b|antes\b(?! del?)|atras\b|despues\b(?! de))"
)
_PREVIOS = compilar(r" (?:previos a|anteriores)")
_PLAZO_DE = compilar(r"\bplazo\b[^,;.]{0,40}$")
_ANTES = compilar(
    r"(?:hace(?: ya)?|ultimos|(?<!dentro )(?<!plazo )de los|\bson|\bpor los|van|llev[ao]n?) $"
)
_ENLACE = compilar(
    r"(?:(?: ?[,;])? (?:(?:siguientes|posteriores|habiles|y|que) )?(?:(?:(?:se|seran?|a ser) )?"
    r"(?:contado|computado|contabilizado)[sr]?[ao]?s? (?:(?:a partir )?de|desde)"
    r"|(?:se )?(?:cuenta|computa|corre|inicia)n? (?:a partir de|desde)|a partir de|desde)"
    r"| (?:siguientes? (?:a|de)|posterior(?:es)? a|previos a|despues de|luego de|antes de)"
    r"| (?P<debil>de))"
    r"(?P<articulo>l| (?:la|el|los|las|dich[oa]|su)\b)? (?!cual)"
)
_ACTA = compilar(
    r"(?:(?:el )?dia siguiente (?:hab\w+ )?(?:a|de)l? (?:la )?)?(?:(?:la )?(?:fecha de )?(?:la )?"
    r"(?:suscripcion|firma|aprobacion)\b"
    r"(?: del?(?: la| el| esta| este)? (?:presentes?|acta)(?: acta)?)?"
    r"(?! del? (?!\bla presente))"
    r"|(?:suscrit|firmad|aprobad)[oa]s? (?:(?:la|el) )?(?:presente|acta)(?: acta)?"
    r"|(?:la |presente )?(?:presente )?fecha\b(?! de)"
    r"|(?:las \d\d?:\d\d horas del? )?(?:el )?(?:dia de )?hoy\b"
    r"|(?:la|el) presente(?: (?:acta|reunion))?\b(?! \w+cion))"
)
_RESTO = compilar(r"[^,;.:()|\n]{3,110}")
_ES_HECHO = compilar(_HECHO)
_CORRE_DESDE = compilar(r"\bdesde (?:la fecha|hoy) y por $")
_ADJETIVOS = {"h": MetodoDePlazo.HABILES, "u": MetodoDePlazo.HABILES, "l": MetodoDePlazo.HABILES}


def duraciones(plegado: str, leidas: list[FechaLeida], acta: date | None) -> Iterator[Nucleo]:
    """Recorre las duraciones del texto plegado, con el hecho o la fecha desde que corren."""
    ocupado = bytearray(len(plegado))
    for leida in leidas:
        ocupado[leida.inicio : leida.fin] = b"\1" * (leida.fin - leida.inicio)
    dias = [leida for leida in leidas if leida.forma is not Forma.MES]
    por_inicio, por_fin = {d.inicio: d for d in dias}, {d.fin: d for d in dias}
    for hallado in _DURACION.finditer(plegado):
        inicio, fin = hallado.span()
        if any(ocupado[inicio:fin]) or not _puede_ser_plazo(plegado, inicio, fin):
            continue
        adjetivo = _adjetivo(hallado)
        if corre := _corre_desde(plegado, inicio, por_fin, acta):
            calculo = _calcular(hallado, corre[1], adjetivo or MetodoDePlazo.CALENDARIO)
            yield Nucleo(corre[0], fin, Clase.DURACION_CON_ADJETIVO, calculo)
            continue
        fin, base, por_hecho = _desde_cuando(plegado, fin, por_inicio, acta)
        if por_hecho:
            calculo = plazos_calculo.sin_fecha(MetodoDePlazo.EVENTO)
        else:
            calculo = _calcular(hallado, base, adjetivo)
        completa = adjetivo or por_hecho or fin > hallado.end()
        clase = Clase.DURACION_CON_ADJETIVO if completa else Clase.DURACION
        yield Nucleo(inicio, fin, clase, calculo)


def _puede_ser_plazo(plegado: str, inicio: int, fin: int) -> bool:
    """Descarta edades, antigüedades y frecuencias: «hace 3 años», «dos días al mes»."""
    if _PREVIOS.match(plegado, fin) and not _PLAZO_DE.search(plegado, max(0, inicio - 60), inicio):
        return False
    return not (
        _NO_ES_PLAZO.match(plegado, fin) or _ANTES.search(plegado, max(0, inicio - 12), inicio)
    )


def _corre_desde(
    plegado: str, inicio: int, por_fin: dict[int, FechaLeida], acta: date | None
) -> tuple[int, date | None] | None:
    """Lee «desde la fecha y por (45 días)»: dónde empieza y desde qué día corre, sin parar."""
    if leida := plegado.endswith(" y por ", 0, inicio) and por_fin.get(inicio - len(" y por ")):
        return leida.inicio, leida.ultimo
    hallado = _CORRE_DESDE.search(plegado, max(0, inicio - 25), inicio)
    return hallado and (hallado.start(), acta)


def _adjetivo(hallado: re.Match[str]) -> MetodoDePlazo | None:
    if hallado["dias"] and hallado["dias"].endswith(("c.", "h.")):
        return MetodoDePlazo[{"c": "CALENDARIO", "h": "HABILES"}[hallado["dias"][-2]]]
    if hallado["adjetivo"]:
        return _ADJETIVOS.get(hallado["adjetivo"][0], MetodoDePlazo.CALENDARIO)
    return None


def _calcular(hallado: re.Match[str], base: date | None, adjetivo: MetodoDePlazo | None) -> Calculo:
    n = entero(hallado["n"]) if hallado["n"] else 1
    if hallado["dias"]:
        return plazos_calculo.en_dias(n, base, adjetivo)
    escrita = hallado["unidad"] or hallado["una"]
    if escrita == "dia":
        return plazos_calculo.en_dias(n, base, MetodoDePlazo.CALENDARIO)
    if escrita.startswith("hora"):
        return plazos_calculo.en_horas(n, base)
    unidad = {"s": "semana", "m": "mes", "a": "anio"}[escrita[0]]
    return plazos_calculo.en_unidades(n, unidad, base)


def _desde_cuando(
    plegado: str, fin: int, por_inicio: dict[int, FechaLeida], acta: date | None
) -> tuple[int, date | None, bool]:
    """Devuelve dónde acaba el plazo, desde qué día corre y si depende de un hecho sin fecha."""
    enlace = _ENLACE.match(plegado, fin)
    if enlace is None:
        return fin, acta, False
    for lugar in range(enlace.end() - 1, enlace.end() + 6):
        if leida := por_inicio.get(lugar):
            return leida.fin, leida.ultimo, False
    inicio = enlace.start("articulo") + 1 if enlace["articulo"] else enlace.end()
    if propia := _ACTA.match(plegado, inicio):
        return propia.end(), acta, False
    hecho = _RESTO.match(plegado, inicio)
    if hecho is None or (enlace["debil"] and not _ES_HECHO.match(plegado, enlace.end())):
        return fin, acta, False
    return cortar(plegado, inicio, hecho.end()), None, True
