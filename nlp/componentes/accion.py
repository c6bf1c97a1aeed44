"""Verbo principal de un ítem y su infinitivo: «culminará» → culminar."""

from __future__ import annotations

from collections.abc import Iterator

from ingesta.documento import Tramo
from nlp.componentes.entidad_roles import papeles
from nlp.contexto import Contexto
from nlp.lectura import Lectura, leer
from nlp.numeracion import leer_rotulo
from nlp.predicados import Acto, Predicado, locucion, predicados
from nlp.propuesta import Accion
from nlp.verbos import Tiempo, infinitivo_de_sustantivo, infinitivo_probable

_CORTES = frozenset({",", ";", ".", "|", "que"})
_ABREN = frozenset({"|", "//", ":"})
_CIERRAN_DATO = frozenset({".", ";", "-", "–", "—"})
_PALABRAS_DE_ROTULO = 4
_VACIOS = frozenset({"ser", "estar", "haber", "quedar", "acordar"})


def extraer(texto: str, contexto: Contexto) -> Accion | None:
    """Devuelve el verbo de la obligación y su infinitivo.

    Por orden: el infinitivo o el sustantivo de acción con que empieza el ítem («Elaborar…»,
    «Elaboración de…»), el verbo del responsable, el que más promete de los demás y lo que sigue a
    un dato con su rótulo («Responsable: UGEL. Elaborar…»).
    """
    lectura = leer(texto)
    todos = predicados(lectura)
    if inicial := _primero(lectura, _comienzos(lectura), todos, contexto):
        return inicial
    elegido = papeles(lectura).predicado or max(todos, key=_promesa, default=None)
    if elegido and elegido.lema not in _VACIOS:
        return Accion(elegido.lema, _tramo(lectura, *elegido.accion, contexto))
    return _primero(lectura, _tras_un_dato(lectura), todos, contexto)


def _primero(
    lectura: Lectura, comienzos: Iterator[int], todos: tuple[Predicado, ...], contexto: Contexto
) -> Accion | None:
    for inicio in comienzos:
        if inicial := _inicial(lectura, inicio, todos):
            lema, hasta = inicial
            return Accion(lema, _tramo(lectura, inicio, hasta, contexto))
    return None


def _tramo(lectura: Lectura, desde: int, hasta: int, contexto: Contexto) -> Tramo:
    return contexto.tramo(lectura.palabras[desde].inicio, lectura.palabras[hasta - 1].fin)


def _comienzos(lectura: Lectura) -> Iterator[int]:
    """Da las palabras con que empiezan el ítem, después de su rótulo, y las celdas de su fila."""
    rotulo = leer_rotulo(lectura.texto)
    primero = rotulo.fin if rotulo else 0
    for i, palabra in enumerate(lectura.palabras):
        anterior = lectura.plegada(i - 1)
        if (
            palabra.inicio >= primero
            and palabra.es_palabra
            and (anterior in _ABREN or palabra.inicio == primero)
        ):
            yield i


def _tras_un_dato(lectura: Lectura) -> Iterator[int]:
    """Da las palabras que siguen a un punto o un guion, si el ítem empieza con un rótulo."""
    if any(lectura.plegada(i) == ":" for i in range(1, _PALABRAS_DE_ROTULO + 1)):
        for i, palabra in enumerate(lectura.palabras):
            anterior = lectura.plegada(i - 1)
            if palabra.con_mayuscula and (anterior in _CIERRAN_DATO or anterior.endswith(".")):
                yield i


def _inicial(lectura: Lectura, i: int, todos: tuple[Predicado, ...]) -> tuple[str, int] | None:
    """Devuelve (infinitivo, índice siguiente) si en `i` empieza un infinitivo o su sustantivo."""
    palabra = lectura.palabras[i]
    if infinitivo := infinitivo_probable(palabra):
        return locucion(lectura, infinitivo, i + 1) or (infinitivo, i + 1)
    sustantivo = infinitivo_de_sustantivo(palabra)
    sigue = next((p.desde for p in todos if p.desde > i), None)
    con_corte = any(lectura.plegada(k) in _CORTES for k in range(i, sigue or i))
    return (sustantivo, i + 1) if sustantivo and (sigue is None or con_corte) else None


def _promesa(predicado: Predicado) -> int:
    """Devuelve cuánto promete un predicado sin responsable conocido («se financiará»)."""
    if predicado.lema in _VACIOS:
        return 0
    if predicado.tiempo is Tiempo.FUTURO or predicado.acto is Acto.ASUME:
        return 4
    if predicado.acto is Acto.PIDE:
        return 3
    return 2 if predicado.tiempo is Tiempo.SUBJUNTIVO else 1
