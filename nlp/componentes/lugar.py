"""Lugares del ítem, resueltos a UBIGEO hasta donde se puede."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingesta.documento import Tramo
from nlp import gacetero
from nlp.componentes.lugar_buscador import Buscador, Hallado
from nlp.contexto import Contexto
from nlp.gacetero import Ubigeo
from nlp.lectura import Lectura, leer
from nlp.propuesta import Lugar

_ENTRE_NIVELES = re.compile(r"[\s,–—-]*(?:(?:de|del|en)\s)?(?:la\s)?", re.I)


def _resolver(hallado: Hallado, ambitos: tuple[str, ...]) -> tuple[Ubigeo, ...]:
    if not hallado.nombre:
        return ()
    posibles = gacetero.candidatos(hallado.nombre, hallado.nivel, ambitos)
    if not posibles and hallado.nivel:
        parecido = gacetero.parecido(hallado.nombre, hallado.nivel, ambitos)
        posibles = gacetero.candidatos(parecido, hallado.nivel, ambitos) if parecido else ()
    return posibles


def _por_el_ambito(
    hallado: Hallado, ambitos: tuple[str, ...], lectura: Lectura, contexto: Contexto
) -> Lugar:
    """«en San Luis», nombre de muchos lugares: vale el de la provincia conocida, si es uno.

    Los de la región son candidatos: puede ser un caserío del mismo nombre.
    """
    nombre = lectura.fragmento(hallado.desde, hallado.hasta)
    cerca = gacetero.dentro_de(nombre, (c[:4] for c in ambitos if len(c) >= 4))
    if len(cerca) == 1:
        return _lugar(hallado, cerca, lectura, contexto)
    lejos = gacetero.dentro_de(nombre, (c[:2] for c in ambitos))
    sin_codigo = _lugar(hallado, (), lectura, contexto)
    return replace(sin_codigo, candidatos=tuple(u.codigo for u in cerca or lejos))


def _lugar(
    hallado: Hallado, posibles: tuple[Ubigeo, ...], lectura: Lectura, contexto: Contexto
) -> Lugar:
    inicio = lectura.palabras[hallado.desde].inicio
    fin = lectura.palabras[hallado.hasta - 1].fin
    lugar = Lugar(contexto.tramo(inicio, fin))
    if len(posibles) == 1:
        unico = posibles[0]
        return replace(
            lugar,
            region=unico.region,
            provincia=unico.provincia,
            distrito=unico.distrito,
            codigo=unico.codigo,
        )
    return replace(lugar, candidatos=tuple(u.codigo for u in posibles))


def _juntar(lugares: list[Lugar], texto: str, contexto: Contexto) -> Iterator[Lugar]:
    """Junta «distrito X, provincia Y, región Z» en un solo lugar, el más preciso."""
    previo: Lugar | None = None
    for lugar in lugares:
        entre = (
            previo and texto[previo.tramo.fin - contexto.base : lugar.tramo.inicio - contexto.base]
        )
        junto = previo and entre and _ENTRE_NIVELES.fullmatch(entre) and _preciso(previo, lugar)
        if previo and junto:
            previo = replace(junto, tramo=Tramo(previo.tramo.inicio, lugar.tramo.fin))
            continue
        if previo:
            yield previo
        previo = lugar
    if previo:
        yield previo


def _preciso(uno: Lugar, otro: Lugar) -> Lugar | None:
    """Devuelve el que está dentro del otro, o None si no lo está ninguno."""
    if not (uno.codigo and otro.codigo):
        return None
    if uno.codigo.startswith(otro.codigo):
        return uno
    return otro if otro.codigo.startswith(uno.codigo) else None


def extraer(texto: str, contexto: Contexto) -> tuple[Lugar, ...]:
    """Devuelve los lugares nombrados en el texto, en orden.

    Los de varios distritos posibles se aclaran con la región o la provincia que nombra el ítem y,
    si no basta, con los lugares del acta; si aun así hay varios, van todos en `candidatos`.
    """
    lectura = leer(texto)
    hallados = list(Buscador(lectura).hallados())
    del_acta = tuple(lugar.codigo for lugar in contexto.lugares if lugar.codigo)
    firmes = [h for h in hallados if h.nivel or gacetero.es_unico(h.nombre, h.nivel)]
    sueltos = [_resolver(h, del_acta) for h in firmes]
    ciertos = dict.fromkeys(us[0].codigo for us in sueltos if len(us) == 1)
    ambitos = (*ciertos, *del_acta)
    lugares: list[Lugar] = []
    for hallado in hallados:
        if hallado.nombre:
            lugares.append(_lugar(hallado, _resolver(hallado, ambitos), lectura, contexto))
        else:
            lugares.append(_por_el_ambito(hallado, ambitos, lectura, contexto))
    return tuple(_juntar(lugares, texto, contexto))
