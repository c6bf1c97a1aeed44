"""Oraciones principales y subordinadas, y cuánto obliga cada predicado a su sujeto."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from nlp.gramatica import grupo
from nlp.lectura import Lectura
from nlp.predicados import Acto, Predicado
from nlp.verbos import Tiempo, analizar, fuertes, verbos_de

_CERCA = 8
_HASTA_SIGUIENTE = 12
_MAXIMO_INCISO = 40


def ultimo_antes(predicados: Sequence[Predicado], i: int, maximo: int) -> Predicado | None:
    """Devuelve el último predicado que termina antes de la palabra `i`, a menos de `maximo`."""
    hasta_ahi = range(bisect_left(predicados, i, key=lambda p: p.desde) - 1, -1, -1)
    ultimo = next((predicados[k] for k in hasta_ahi if predicados[k].hasta <= i), None)
    return ultimo if ultimo and i - ultimo.hasta < maximo else None


def introduce_otra(lectura: Lectura, predicado: Predicado) -> bool:
    """Dice si solo presenta lo acordado («acordaron que…», «acordaron lo siguiente: …»)."""
    cerca = {lectura.plegada(predicado.hasta + k) for k in range(_HASTA_SIGUIENTE)}
    presenta = lectura.plegada(predicado.hasta) == "que" or "siguiente" in cerca
    return predicado.lema in grupo("acuerdan") and presenta


def es_subordinada(
    lectura: Lectura, predicados: Sequence[Predicado], i: int, predicado: Predicado
) -> bool:
    """Dice si la oración cuyo sujeto va tras la palabra `i` depende de otra.

    «si la asamblea lo aprueba», «hasta que la UGEL responda» y lo que se pide («solicita que la
    empresa pague») no obligan; «se acuerda que la empresa pague», sí.
    """
    while lectura.plegada(i) in {"tambien", "ademas", "asimismo"}:
        i -= 1
    if predicado.tiempo is Tiempo.SUBJUNTIVO:
        i = _tras_inciso(lectura, i)
    nexo, antes = lectura.plegada(i), lectura.plegada(i - 1)
    if antes == "lo" and lectura.plegada(i - 2) in {"por", "con", "para"}:
        return False
    relativos = grupo("relativos") if predicado.acto is Acto.ASUME else frozenset()
    if nexo in grupo("subordinan") - relativos:
        return True
    if nexo != "que":
        return predicado.tiempo is Tiempo.SUBJUNTIVO and not _empieza(lectura, i)
    anterior = ultimo_antes(predicados, i, _CERCA)
    dispone = _dispone(lectura, i)
    if predicado.tiempo is Tiempo.SUBJUNTIVO:
        exhorta = _empieza(lectura, i - 1)
        return not (dispone or exhorta) and (
            anterior is None or anterior.lema not in grupo("acuerdan")
        )
    pedida = anterior is not None and anterior.acto is Acto.PIDE
    relativa = i > 2 and not dispone and not any(p.hasta <= i for p in predicados)
    return pedida or relativa or antes in grupo("antes_de_que")


def _tras_inciso(lectura: Lectura, i: int) -> int:
    """«DISPONER que, en el marco de la ley, la Oficina evalúe»: el «que» de antes del inciso."""
    if lectura.plegada(i) != ",":
        return i
    if lectura.plegada(i - 1) == "que":
        return i - 1
    tope = max(0, i - _MAXIMO_INCISO)
    for k in range(i - 1, tope, -1):
        if lectura.plegada(k) in {".", ";", ":"}:
            return i
        if lectura.plegada(k) == "," and lectura.plegada(k - 1) == "que":
            return k - 1
        if lectura.plegada(k) == "que" and _dispone(lectura, k):
            return k
    return i


def _empieza(lectura: Lectura, i: int) -> bool:
    """Dice si tras la palabra `i` empieza una oración o un ítem: «Que la UGEL entregue…»."""
    if lectura.plegada(i) == "," and lectura.plegada(i - 1).endswith("mente"):
        i -= 2
    return i < 0 or lectura.plegada(i) in {".", ":", ";", "•", "-", "–", ")", "|"}


def _dispone(lectura: Lectura, que: int) -> bool:
    """«DISPONER que la Gerencia remita», «Acuerdo: que la Comisión visite»."""
    i = que - 1 - (lectura.plegada(que - 1) in {",", ":"})
    forma = analizar(lectura.palabras[i]) if i >= 0 else None
    dispone = forma is not None and forma.lema in grupo("acuerdan")
    return dispone or lectura.plegada(i) == "acuerdo"


def fuerza(predicado: Predicado) -> int:
    """Devuelve cuánto obliga un predicado a su sujeto: 0 nada, 1 algo, 2 del todo."""
    if predicado.pasiva or predicado.lema == "recibir":
        return 0
    if predicado.tiempo in {Tiempo.FUTURO, Tiempo.SUBJUNTIVO}:
        return 0 if predicado.lema in grupo("sin_promesa") else 2
    if predicado.acto is Acto.ASUME:
        return 2
    if predicado.tiempo is Tiempo.PASADO:
        return int(predicado.lema in verbos_de("pactar"))
    if predicado.acto is Acto.ACTUA and predicado.lema not in grupo("sin_accion"):
        return 1 + (predicado.lema in fuertes())
    return 0
