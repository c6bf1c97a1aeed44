"""Los predicados de un texto: qué verbo dice la acción, en qué tiempo y con qué acto.

«El MTC se compromete a culminar…» tiene un predicado de acto «asumir» y lema culminar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from nlp.lectura import Lectura
from nlp.verbos import PERSONALES, Forma, Tiempo, analizar, verbos_de

_CLITICOS = frozenset("se lo la los las le les nos me".split())
_NEXOS = frozenset("a de en que con por".split())
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
_ENTREGA = {
    "entrega": "entregar",
    "llegar": "remitir",
    "uso": "usar",
    "seguimiento": "hacer seguimiento",
}
_PROMESAS = frozenset("compromiso responsabilidad obligacion costo decision encargo".split())


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


def _forma(lectura: Lectura, i: int) -> Forma | None:
    return analizar(lectura.palabras[i]) if i < len(lectura.palabras) else None


def _infinitivo(lectura: Lectura, i: int) -> tuple[str, int] | None:
    """Devuelve (infinitivo, índice siguiente) si en `i`, tras un nexo opcional, hay uno."""
    if lectura.plegada(i) in _NEXOS:
        i += 1
    while lectura.plegada(i) in {"no", "solo", "tambien"}:
        i += 1
    forma = _forma(lectura, i)
    if forma and forma.tiempo is Tiempo.INFINITIVO:
        return forma.lema, i + 1
    return None


def _acto(lema: str) -> Acto:
    return next(
        (a for a in (Acto.PIDE, Acto.ASUME, Acto.INFORMA) if lema in verbos_de(a)), Acto.ACTUA
    )


def _ampliar(lectura: Lectura, base: Predicado) -> Predicado:
    """Extiende el verbo con la perífrasis, la pasiva o la promesa que le sigue."""
    sigue = base.hasta
    forma = _forma(lectura, sigue)
    if base.lema in {"ser", "haber", "quedar", "estar"} and forma:
        if forma.tiempo is Tiempo.PARTICIPIO:
            pasiva = base.lema != "haber"
            tiempo = base.tiempo if pasiva or base.tiempo is Tiempo.FUTURO else Tiempo.PASADO
            siguiente = replace(
                base,
                hasta=sigue + 1,
                accion=(base.accion[0], sigue + 1),
                lema=forma.lema,
                tiempo=tiempo,
                acto=_acto(forma.lema),
                pasiva=pasiva,
            )
            return siguiente if pasiva else _promesa(lectura, siguiente)
    if base.lema in _PERIFRASIS and forma and forma.tiempo is Tiempo.GERUNDIO:
        return replace(base, hasta=sigue + 1, accion=(base.accion[0], sigue + 1), lema=forma.lema)
    if base.lema in _MODALES and (hallado := _infinitivo(lectura, sigue)):
        lema, fin = hallado
        tiempo = Tiempo.FUTURO if base.lema == "ir" else base.tiempo
        tras = replace(base, hasta=fin, accion=(base.accion[0], fin), lema=lema, tiempo=tiempo)
        return replace(tras, acto=_acto(lema) if lema != "ser" else tras.acto)
    if base.lema == "quedar" and lectura.plegada(sigue) in {"en", "de"}:
        if hallado := _infinitivo(lectura, sigue):
            return replace(
                base,
                hasta=hallado[1],
                accion=(hallado[1] - 1, hallado[1]),
                lema=hallado[0],
                acto=Acto.ASUME,
            )
    if base.lema == "hacer" and (lema_hecho := _ENTREGA.get(lectura.plegada(sigue))):
        return replace(base, hasta=sigue + 1, accion=(base.accion[0], sigue + 1), lema=lema_hecho)
    if base.lema in {"hacer", "tomar"} and lectura.plegada(sigue) in {
        "cargo",
        "suyo",
        "suyos",
        "suya",
        "suyas",
        "a",
        "para",
    }:
        if lectura.plegada(sigue) not in {"a", "para"} or lectura.plegada(sigue + 1) in {
            "su",
            "si",
        }:
            return replace(base, acto=Acto.ASUME)
    return _promesa(lectura, base)


def _promesa(lectura: Lectura, base: Predicado) -> Predicado:
    """«se compromete a culminar», «asume el compromiso de entregar», «acepta incluir»."""
    if base.acto is not Acto.ASUME:
        return base
    i = base.hasta
    if lectura.plegada(i) in {"el", "la", "su"} and lectura.plegada(i + 1) in _PROMESAS:
        i += 2
    for salto in range(0, 6):
        if hallado := _infinitivo(lectura, i + salto):
            lema, fin = hallado
            if _acto(lema) is Acto.ASUME and (otro := _infinitivo(lectura, fin)):
                lema, fin = otro
            return replace(base, hasta=fin, accion=(fin - 1, fin), lema=lema)
        if lectura.plegada(i + salto) in {",", ";", ".", "que", ""}:
            break
    return base


def predicados(lectura: Lectura) -> Iterator[Predicado]:
    """Da los predicados del texto en orden; no entra en los infinitivos sueltos."""
    i = 0
    while i < len(lectura.palabras):
        forma = _forma(lectura, i)
        if forma is None or forma.tiempo not in PERSONALES:
            i += 1
            continue
        desde = i
        while desde and (
            lectura.plegada(desde - 1) in _CLITICOS or lectura.plegada(desde - 1) == "no"
        ):
            desde -= 1
        base = Predicado(desde, i + 1, (i, i + 1), forma.lema, forma.tiempo, _acto(forma.lema))
        completo = _ampliar(lectura, base)
        yield completo
        i = completo.hasta
