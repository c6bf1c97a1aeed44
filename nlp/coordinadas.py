"""Separa las obligaciones y los pedidos que una oración coordina.

«La comunidad cederá el terreno y el MINEDU construirá el colegio» son dos obligaciones. Se separa
lo que tiene otro sujeto, otra acción con su propio objeto u otros objetos contados (`dominio.md`
§4.6, n.º 22, 23 y 36); no, la acción que solo da cuenta de la primera («y entregará los
resultados», n.º 3). Ante la duda, el texto queda entero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingesta.documento import Tramo
from nlp.objetos import empieza_con_objeto, enumerados, lexico
from nlp.oraciones import recortar
from nlp.plegado import plegar
from nlp.sujetos import (
    CERCA,
    TIENE_VERBO,
    empieza_con_sujeto,
    es_futuro,
    primer_futuro,
    primera_promesa,
)

_INFINITIVO = r"[a-z]{2,}[aei]r(?:se|l[oae]s?)?\b"
_EN_INFINITIVO = re.compile(rf"\W*{_INFINITIVO}")
_SUBORDINA = re.compile(
    r"\b(?:para que|a fin de que|siempre que|una vez que|si|cuando|hasta que|en caso|donde|"
    r"mientras)\b[^,;]*$"
)
_FINALIDAD = re.compile(rf"\b(?:para|a fin de|con el (?:fin|objeto) de) {_INFINITIVO}[^,;]*$")
_RELATIVO = re.compile(r"\b(?:que|quien(?:es)?|cual(?:es)?|donde)\b")
_PROMETE = re.compile(r"\b(?:se )?(?:comprome|oblig)\w+(?= a\b)")
_COMPLEMENTO = re.compile(r"(?: \w+){0,4}? que\b")
_MAXIMA = 3000
"""Una oración más larga no lo es: se perdió la puntuación y no se divide."""

_NEXO = re.compile(
    r"(?P<fuerte>;\s*)(?:y |e |asimismo,? |ademas,? |por su parte,? |mientras(?: que)? |a su vez,? "
    r"|en tanto(?: que)? )?|,\s*para lo cual,?\s+|(?:,\s*)?\b(?:y|e|mientras que)\s+(?:que\s+)?"
    r"|,\s+(?=[a-z]+r(?:a|an)\b|(?:en caso|caso|de lo) contrario)"
)
_ADVERTENCIA = re.compile(r"(?:en caso|caso|de lo) contrario\b|de no cumplirse\b")
_COLA = re.compile(r"(?:[\s;,]|(?:[;,]\s*|\s+)(?:y|e|o)\s*)+$")
_PREVIO = r"(?:(?:asimismo|ademas|tambien|luego|igualmente|a su vez),? )*"
_PROCLITICO = r"(?:(?P<mismo>l[oa]s?) |(?:se|le|les|nos|no) )*"


@dataclass(frozen=True, slots=True)
class Trozo:
    """Una obligación dentro de un texto.

    `encabezado` es lo que la presenta («La empresa se compromete a:») o el sujeto que comparte;
    `presenta` marca el trozo que es solo eso. `plazo` es el que comparte con las que le siguen.
    """

    tramo: Tramo
    numero: str | None = None
    encabezado: Tramo | None = None
    presenta: bool = False
    plazo: Tramo | None = None


@dataclass(frozen=True, slots=True)
class _Pieza:
    """Parte de la oración y lo que toma de antes (el sujeto, quien pide), en sus posiciones."""

    tramo: Tramo
    toma: Tramo | None = None


def separar(texto: str, oracion: Tramo) -> Iterator[Trozo]:
    """Da las obligaciones de una oración, en orden; si no hay qué separar, la oración entera."""
    trozo = texto[oracion.inicio : oracion.fin]
    plano = plegar(trozo) if len(trozo) <= _MAXIMA else ""
    piezas: list[_Pieza] = []
    inicio, toma = 0, None
    for nexo in _NEXO.finditer(plano):
        corte = _cortar(trozo, plano, inicio, nexo, toma)
        if corte is not None:
            piezas.append(_Pieza(Tramo(inicio, nexo.start()), toma))
            inicio, toma = corte.tramo.inicio, corte.toma
    piezas.append(_Pieza(Tramo(inicio, len(trozo)), toma))
    if plano:
        piezas = [p for pieza in piezas for p in _por_objetos(plano, pieza)]
    comun = _plazo_comun(plano, piezas)
    for pieza in piezas:
        if limpio := sin_cola(texto, pieza.tramo.movido(oracion.inicio)):
            suyo = lexico().plazo.search(plano[pieza.tramo.inicio : pieza.tramo.fin])
            yield Trozo(
                limpio,
                encabezado=pieza.toma.movido(oracion.inicio) if pieza.toma else None,
                plazo=comun.movido(oracion.inicio) if comun and not suyo else None,
            )


def _cortar(
    trozo: str, plano: str, inicio: int, nexo: re.Match[str], toma: Tramo | None
) -> _Pieza | None:
    """Devuelve la pieza que empieza tras el nexo, si de verdad empieza una."""
    resto = Tramo(nexo.end(), len(trozo))
    izquierda, derecha = trozo[inicio : nexo.start()], trozo[nexo.end() :]
    if hasta := _que_se_repite(plano[inicio : nexo.start()], nexo[0], derecha):
        quien_pide = toma or Tramo(inicio, inicio + hasta)
        return _Pieza(Tramo(nexo.end() - len("que "), len(trozo)), quien_pide)
    if _otro_sujeto(izquierda, derecha, bool(nexo["fuerte"])):
        return _Pieza(resto)
    if _ADVERTENCIA.match(plano, nexo.end()):
        return _Pieza(resto)
    if nexo[0].rstrip().endswith(("que", "cual")) or "mientras" in nexo[0]:
        return None
    return _mismo_sujeto(izquierda, plano[nexo.end() :], inicio, resto, toma)


def _que_se_repite(izquierda: str, nexo: str, derecha: str) -> int | None:
    """En «solicitó que… y que el IMARPE…» devuelve dónde termina «solicitó»; si no, None."""
    if not nexo.rstrip().endswith("que") or "mientras" in nexo:
        return None
    plano = plegar(derecha[:200])
    pide, informa = lexico().pide.search(izquierda), lexico().informa.search(izquierda)
    if pide and not empieza_con_sujeto(derecha):
        accion = re.match(rf"{_PROCLITICO}(?=\w+[ea]n? )", plano)
        if accion is None or accion["mismo"] or not empieza_con_objeto(plano[accion.end() :]):
            return None
    elif not (empieza_con_sujeto(derecha) or re.match(r"(?:sobre|respecto)\b", plano)):
        return None
    verbo = pide or informa
    return verbo.end() if verbo and _COMPLEMENTO.match(izquierda, verbo.end()) else None


def _otro_sujeto(izquierda: str, derecha: str, fuerte: bool) -> bool:
    """Dice si lo que sigue nombra a otro y qué hará: «y la empresa pondrá la maquinaria»."""
    plano = plegar(izquierda)
    dice_algo = (
        TIENE_VERBO.search(izquierda.lower())
        or primera_promesa(izquierda)
        or _EN_INFINITIVO.match(plano)
    )
    if not dice_algo or not empieza_con_sujeto(derecha):
        return False
    cerca = " ".join(derecha.split()[:CERCA])
    verbo = primera_promesa(cerca) or (TIENE_VERBO.search(cerca.lower()) if fuerte else None)
    if verbo is None or _RELATIVO.search(plegar(cerca[: verbo.start()])):
        return False
    return fuerte or not _SUBORDINA.search(plano)


def _mismo_sujeto(
    izquierda: str, derecha: str, inicio: int, resto: Tramo, toma: Tramo | None
) -> _Pieza | None:
    """Otra acción de quien ya actuaba, con su propio objeto, o un segundo verbo de pedir."""
    plano = plegar(izquierda)
    if TIENE_VERBO.search(izquierda.lower()) and lexico().segundo_pedido.match(derecha):
        return _Pieza(resto)
    if _SUBORDINA.search(plano) or _FINALIDAD.search(plano):
        return None
    if promete := _PROMETE.search(plano):
        primero, siguiente = promete, re.match(rf"a (?:no )?(?={_INFINITIVO})", derecha)
        sujeto: Tramo | None = Tramo(inicio, inicio + promete.end())
    elif infinitivo := _EN_INFINITIVO.match(plano):
        primero = infinitivo
        siguiente = re.match(rf"{_PREVIO}(?={_INFINITIVO})", derecha)
        sujeto = toma
    elif futuro := primera_promesa(izquierda):
        primero, siguiente = futuro, _siguiente(derecha)
        sujeto = Tramo(inicio, inicio + futuro.end()) if futuro.start() else toma
        if _RELATIVO.search(plano[: futuro.start()]):
            return None
    else:
        return None
    if siguiente is None or len(plano[primero.end() :].split()) < 2:
        return None
    if siguiente.groupdict().get("mismo") or not empieza_con_objeto(derecha[siguiente.end() :]):
        return None
    return _Pieza(resto, sujeto)


def _siguiente(derecha: str) -> re.Match[str] | None:
    """«pondrá…», «no realizará…», «otorga…»: la acción que sigue, en futuro o asumida ya."""
    previo = re.match(_PREVIO + _PROCLITICO, derecha)
    if previo is None:
        return None
    verbo = re.match(r"[a-z]+", derecha[previo.end() :])
    vale = verbo and (es_futuro(verbo[0]) or lexico().asume.fullmatch(verbo[0]))
    return previo if vale else None


def _por_objetos(plano: str, pieza: _Pieza) -> list[_Pieza]:
    trozo = plano[pieza.tramo.inicio : pieza.tramo.fin]
    futuro = primer_futuro(trozo)
    objetos = enumerados(trozo, futuro.span() if futuro else None)
    if objetos is None:
        return [pieza]
    verbo, tramos = objetos
    primero, *otros = (t.movido(pieza.tramo.inicio) for t in tramos)
    quien = Tramo(pieza.tramo.inicio, pieza.tramo.inicio + verbo)
    return [_Pieza(Tramo(pieza.tramo.inicio, primero.fin), pieza.toma)] + [
        _Pieza(otro, quien) for otro in otros
    ]


def _plazo_comun(plano: str, piezas: list[_Pieza]) -> Tramo | None:
    """El plazo con que acaba la última pieza, si lo comparten: va tras una coma.

    En una enumeración de objetos el verbo es uno solo y la coma no hace falta.
    """
    if len(piezas) < 2:
        return None
    ultima, previa = piezas[-1], piezas[-2]
    enumera = ultima.toma and (ultima.toma == previa.toma or previa.tramo.contiene(ultima.toma))
    con_verbo = ultima.toma and primer_futuro(plano[ultima.tramo.inicio : ultima.tramo.fin])
    for hallado in lexico().plazo.finditer(plano, ultima.tramo.inicio, ultima.tramo.fin):
        tras_coma = plano[: hallado.start()].rstrip().endswith(",")
        if tras_coma or (enumera and not con_verbo):
            return Tramo(hallado.start(), ultima.tramo.fin)
    return None


def sin_cola(texto: str, tramo: Tramo) -> Tramo | None:
    """Recorta espacios y el nexo final («…; y»), sin quitar el punto."""
    trozo = _COLA.sub("", texto[tramo.inicio : tramo.fin])
    return next(recortar(texto, Tramo(tramo.inicio, tramo.inicio + len(trozo))), None)
