"""Los predicados de un texto: qué verbo dice la acción, en qué tiempo y con qué acto.

«El MTC se compromete a culminar…» tiene un predicado de acto «asumir» y lema culminar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from nlp.lectura import Lectura
from nlp.verbos import (
    PERSONALES,
    Forma,
    Tiempo,
    analizar,
    datos,
    es_sustantivo,
    infinitivo_probable,
    verbos_de,
)

_ANTES = frozenset({"se", "lo", "la", "los", "las", "le", "les", "nos", "me", "no"})
_NEXOS = frozenset({"a", "de", "en", "con", "por"})
_TIENE = frozenset({"tiene", "tienen", "tendra", "tendran", "tenga", "tengan"})
_MODALES = frozenset({
    "deber",
    "poder",
    "tener",
    "haber",
    "ir",
    "proceder",
    "volver",
    "empezar",
    "pasar",
})
_PERIFRASIS = frozenset({"seguir", "continuar", "venir", "estar"})
_DE_PASIVA = frozenset({"ser", "quedar", "estar", "haber"})
_PROMESAS = frozenset({
    "compromiso",
    "responsabilidad",
    "obligacion",
    "decision",
    "encargo",
    "acuerdo",
})
_VOLUNTADES = frozenset({"compromiso", "decision", "disponibilidad", "disposicion", "voluntad"})
_FRONTERAS = frozenset({",", ";", ".", ":", "que", ""})
_PROMETIDOS = frozenset({"encargar", "comprometer", "obligar"})
_MAXIMO_SALTO = 6


class Acto(StrEnum):
    """Qué hace quien habla: asume, pide, informa o simplemente actúa."""

    ASUME = "asumir"
    PIDE = "pedir"
    INFORMA = "informar"
    ACTUA = "actuar"


@dataclass(frozen=True, slots=True)
class Predicado:
    """Verbo conjugado con lo que le sigue: perífrasis, pasiva o promesa.

    `desde` y `hasta` son índices de palabras del grupo verbal entero (con «se», «no», «lo»);
    `accion`, los de la acción misma; `lema`, su infinitivo.
    """

    desde: int
    hasta: int
    accion: tuple[int, int]
    lema: str
    tiempo: Tiempo
    acto: Acto
    pasiva: bool = False

    def con(self, hasta: int, lema: str, desde: int | None = None) -> Predicado:
        """Devuelve el predicado alargado hasta esa palabra, con la acción que allí se nombra."""
        accion = (self.accion[0] if desde is None else desde, hasta)
        return replace(self, hasta=hasta, accion=accion, lema=lema)


@lru_cache(maxsize=1)
def _locuciones() -> dict[str, list[tuple[list[str], str, str]]]:
    """Verbo → [(palabras que le siguen, infinitivo, acto)]: «hacer entrega» es entregar."""
    tabla: dict[str, list[tuple[list[str], str, str]]] = {}
    for fila in datos()["locucion"]:
        tabla.setdefault(fila["verbo"], []).append((
            fila["sigue"].split(),
            fila["lema"],
            fila["acto"],
        ))
    return tabla


def locucion(lectura: Lectura, verbo: str, i: int) -> tuple[str, int] | None:
    """Devuelve (infinitivo, índice siguiente) si el verbo y lo que sigue son una locución."""
    for sigue, lema, _ in _locuciones().get(verbo, ()):
        hasta = i + len(sigue)
        if [lectura.plegada(k) for k in range(i, hasta)] == sigue and lema != verbo:
            return lema, hasta
    return None


def _acto(lema: str) -> Acto:
    conocidos = (Acto.PIDE, Acto.ASUME, Acto.INFORMA)
    return next((acto for acto in conocidos if lema in verbos_de(acto)), Acto.ACTUA)


def _forma(lectura: Lectura, i: int) -> Forma | None:
    return analizar(lectura.palabras[i]) if i < len(lectura.palabras) else None


def _infinitivo(lectura: Lectura, i: int) -> tuple[str, int] | None:
    """Devuelve (infinitivo, índice siguiente) si en `i`, tras un nexo opcional, hay uno."""
    que = lectura.plegada(i - 1) in _TIENE and lectura.plegada(i) == "que"
    i += que or lectura.plegada(i) in _NEXOS
    i += lectura.plegada(i) in {"no", "solo", "tambien"}
    forma = _forma(lectura, i)
    return (forma.lema, i + 1) if forma and forma.tiempo is Tiempo.INFINITIVO else None


@lru_cache(maxsize=32)
def predicados(lectura: Lectura) -> tuple[Predicado, ...]:
    """Devuelve los predicados del texto en orden; no entra en los infinitivos sueltos."""
    return tuple(_recorrer(lectura))


def _recorrer(lectura: Lectura) -> Iterator[Predicado]:
    i = 0
    while i < len(lectura.palabras):
        forma = _forma(lectura, i)
        nominal = es_sustantivo(lectura.palabras[i], lectura.plegada(i - 1))
        if forma is None or forma.tiempo not in PERSONALES or nominal:
            i += 1
            continue
        desde = i
        while desde and lectura.plegada(desde - 1) in _ANTES:
            desde -= 1
        base = Predicado(desde, i + 1, (i, i + 1), forma.lema, forma.tiempo, _acto(forma.lema))
        completo = _completar(lectura, base)
        yield completo
        i = completo.hasta


def _completar(lectura: Lectura, base: Predicado) -> Predicado:
    """Extiende el verbo con la locución, la pasiva, la perífrasis o la promesa que le sigue."""
    for extender in (_locucion, _con_participio, _con_gerundio, _con_infinitivo):
        if completo := extender(lectura, base):
            return completo
    return _promesa(lectura, base)


def _locucion(lectura: Lectura, base: Predicado) -> Predicado | None:
    for sigue, lema, acto in _locuciones().get(base.lema, ()):
        hasta = base.hasta + len(sigue)
        if [lectura.plegada(k) for k in range(base.hasta, hasta)] == sigue:
            completo = _promesa(lectura, replace(base.con(hasta, lema), acto=Acto(acto)))
            if completo.lema != base.lema:
                return completo
    return None


def _con_participio(lectura: Lectura, base: Predicado) -> Predicado | None:
    forma = _forma(lectura, base.hasta)
    if base.lema not in _DE_PASIVA or forma is None or forma.tiempo is not Tiempo.PARTICIPIO:
        return None
    completo = replace(base.con(base.hasta + 1, forma.lema), acto=_acto(forma.lema))
    if base.lema == "haber":
        tiempo = base.tiempo if base.tiempo is Tiempo.FUTURO else Tiempo.PASADO
        return _promesa(lectura, replace(completo, tiempo=tiempo))
    if forma.lema in _PROMETIDOS:
        return _promesa(lectura, replace(completo, acto=Acto.ASUME))
    return replace(completo, pasiva=True)


def _con_gerundio(lectura: Lectura, base: Predicado) -> Predicado | None:
    forma = _forma(lectura, base.hasta)
    if base.lema in _PERIFRASIS and forma and forma.tiempo is Tiempo.GERUNDIO:
        return base.con(base.hasta + 1, forma.lema)
    return None


def _con_infinitivo(lectura: Lectura, base: Predicado) -> Predicado | None:
    hallado = _infinitivo(lectura, base.hasta) if base.lema in _MODALES else None
    if hallado is None:
        return None
    lema, hasta = hallado
    tiempo = Tiempo.FUTURO if base.lema == "ir" else base.tiempo
    tras = replace(base.con(hasta, lema), tiempo=tiempo, acto=_acto(lema))
    if lema in {"ser", "quedar"}:
        return _con_participio(lectura, replace(tras, lema="ser")) or tras
    return tras


def _es_su_voluntad(lectura: Lectura, i: int) -> bool:
    """«su voluntad de entregar»."""
    return (
        lectura.plegada(i) == "su"
        and lectura.plegada(i + 1) in _VOLUNTADES
        and lectura.plegada(i + 2) == "de"
        and i + 3 < len(lectura.palabras)
        and infinitivo_probable(lectura.palabras[i + 3]) is not None
    )


def _promesa(lectura: Lectura, base: Predicado) -> Predicado:
    """«se compromete a culminar», «asume el compromiso de entregar», «acepta incluir».

    También «manifiesta su voluntad de entregar»: quien lo dice lo promete.
    """
    i = base.hasta
    if base.acto is Acto.INFORMA and _es_su_voluntad(lectura, i):
        base, i = replace(base, acto=Acto.ASUME), i + 2
    if base.acto is not Acto.ASUME:
        return base
    if lectura.plegada(i) in {"el", "la", "su"} and lectura.plegada(i + 1) in _PROMESAS:
        i += 2
    for salto in range(_MAXIMO_SALTO):
        if hallado := _infinitivo(lectura, i + salto):
            lema, hasta = hallado
            if _acto(lema) is Acto.ASUME and (otro := _infinitivo(lectura, hasta)):
                lema, hasta = otro
            return base.con(hasta, lema, desde=hasta - 1)
        if lectura.plegada(i + salto) in _FRONTERAS:
            break
    return base
