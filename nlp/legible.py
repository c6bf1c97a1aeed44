"""Enmienda erratas del OCR y de quien escribió para leer el acta; el acta queda como llegó.

Solo toca palabras que no están en el vocabulario y que, con una letra de más o de menos, otra
confundible, un espacio que falta o uno que sobra, son una palabra muy vista. Los nombres propios
se respetan. Las listas y las cantidades son datos (`nlp/datos/legibilidad.toml`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nlp.cambio import Cambio, Enmienda, enmendar
from nlp.catalogo import leer_datos
from nlp.plegado import plegar
from nlp.vocabulario import Vocabulario, vocabulario

_PALABRA = re.compile(r"(?<![\w@./-])[^\W\d_]+(?![\w@])")
_LETRAS = "abcdefghijklmnopqrstuvwxyz"
_SIGLA_PEGADA = re.compile(r"([A-ZÁÉÍÓÚÑ]{3,})([a-záéíóúñ]{2,})")
_PEGADA_A_MAYUSCULA = re.compile(r"([A-ZÁÉÍÓÚÑ]?[a-záéíóúñ]+)([A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑa-záéíóúñ]+)")
_VERBAL = re.compile(r"\w{3,}(?:ran?|aron|ieron|aba|io|aria|iria)")
_MENOR = 5
"""Letras desde las que se busca una errata dentro de la palabra."""

_COSTO = {"letra": 5.3, "espacio": 4.0}
"""Menos logaritmo de lo frecuente que es cada errata: una letra por palabra, un espacio perdido."""


@lru_cache(maxsize=1)
def _datos() -> dict[str, Any]:
    datos = leer_datos("legibilidad.toml")
    pares = {frozenset(par) for par in datos["confusiones"]}
    parejas = {a: {b for p in pares if a in p for b in p if b != a} for a in _LETRAS}
    return datos | {
        "parejas": parejas,
        "pegables": frozenset(datos["pegables"]),
        "con_mayuscula": frozenset(datos["con_mayuscula"]),
    }


def legible(texto: str) -> Cambio:
    """Devuelve el texto enmendado, con la posición nueva de cada letra del original."""
    return enmendar(texto, enmiendas(texto))


def enmiendas(texto: str) -> Iterator[Enmienda]:
    """Da lo que se enmienda, en orden: inicio y fin en el texto y la palabra que va en su lugar."""
    inicio = 0
    for linea in texto.splitlines(keepends=True):
        for desde, hasta, nueva in _de_la_linea(linea):
            yield inicio + desde, inicio + hasta, nueva
        inicio += len(linea)


def _de_la_linea(texto: str) -> Iterator[Enmienda]:
    vistas = vocabulario()
    letras = [c for c in texto if c.isalpha()]
    gritado = sum(c.isupper() for c in letras) > 0.8 * len(letras)
    palabras = list(_PALABRA.finditer(texto))
    hasta = 0
    for i, hallada in enumerate(palabras):
        if hallada.start() < hasta:
            continue
        siguiente = palabras[i + 1] if i + 1 < len(palabras) else None
        if siguiente and texto[hallada.end() : siguiente.start()] == " ":
            unida = _unir(vistas, hallada[0], siguiente[0])
            if unida:
                hasta = siguiente.end()
                yield hallada.start(), hasta, unida
                continue
        nueva = _enmendada(hallada[0], gritado)
        if nueva != hallada[0]:
            yield hallada.start(), hallada.end(), nueva


def _unir(vistas: Vocabulario, primera: str, segunda: str) -> str | None:
    """Junta «ac» y «ta» si alguna no es palabra y juntas son una muy vista."""
    a, b = plegar(primera), plegar(segunda)
    if not (_es_trozo(vistas, a) or _es_trozo(vistas, b)) or len(a + b) < _MENOR:
        return None
    if not (segunda.islower() or (primera.isupper() and segunda.isupper() and len(a) > 1)):
        return None
    if vistas.veces(a + b) < _veces(a + b):
        return None
    return _con_caja(_forma(vistas, (primera + segunda).lower()), primera)


def _es_trozo(vistas: Vocabulario, plegada: str) -> bool:
    if plegada in _datos()["pegables"] or plegada in vistas.nombres:
        return False
    return vistas.veces(plegada) < (3000 if len(plegada) < 4 else 1)


@lru_cache(maxsize=50_000)
def _enmendada(palabra: str, gritado: bool) -> str:
    """Devuelve la palabra como debió escribirse; la misma si se conoce o no se sabe."""
    vistas = vocabulario()
    plegada = plegar(palabra)
    baja = palabra.lower()
    con_o = baja.replace("é", "ó")
    if con_o != baja and vistas.formas.get(con_o, 0) > _razon() * vistas.formas.get(baja, 0):
        return _con_caja(con_o, palabra)
    if vistas.veces(plegada):
        forma = _forma(vistas, baja)
        return palabra if forma == baja else _con_caja(forma, palabra)
    sigla = len(palabra) > 1 and palabra.isupper() and not gritado
    if vistas.conoce(plegada) or len(plegada) < _MENOR or sigla:
        return palabra
    if separada := _en_la_mayuscula(vistas, palabra):
        return separada
    propia = palabra[0].isupper() and not gritado
    candidatas = [*_a_un_error(vistas, plegada, propia), *_separadas(vistas, palabra, propia)]
    return _con_caja(max(candidatas)[1], palabra) if candidatas else palabra


def _a_un_error(vistas: Vocabulario, plegada: str, propia: bool) -> Iterator[tuple[float, str]]:
    """Da las palabras muy vistas a una letra de distancia, con su puntaje."""
    for otra in _variantes(plegada):
        veces = vistas.veces(otra)
        if veces >= _veces(otra) and (not propia or otra in _datos()["con_mayuscula"]):
            yield math.log(veces) - _COSTO["letra"], vistas.mejores[otra]


def _variantes(plegada: str) -> set[str]:
    """Con una letra más adentro, sin una repetida, con dos cambiadas de orden o una confundible."""
    lugares = range(1, len(plegada))
    partes = [(plegada[:i], plegada[i:]) for i in lugares]
    mas = {a + letra + b for a, b in partes for letra in _LETRAS}
    menos = {a + b[1:] for a, b in partes if a[-1] == b[0]} | {a + b[1:] for a, b in partes[2:]}
    orden = {a + b[1] + b[0] + b[2:] for a, b in partes if len(b) > 1}
    otras = {
        plegada[:i] + pareja + plegada[i + 1 :]
        for i, letra in enumerate(plegada)
        for pareja in _datos()["parejas"].get(letra, ())
    }
    return mas | menos | orden | otras


def _separadas(vistas: Vocabulario, palabra: str, propia: bool) -> Iterator[tuple[float, str]]:
    """Da los cortes en dos palabras muy vistas, con su puntaje."""
    pegables = _datos()["pegables"]
    plegada = plegar(palabra)
    for i in range(1, len(plegada)):
        a, b = plegada[:i], plegada[i:]
        corta, larga = (a, b) if a in pegables else (b, a)
        if corta in pegables:
            minimo = 5000 if corta is a and len(a) == 1 else _veces(larga)
            vale = len(larga) > 2 and vistas.veces(larga) >= minimo
            vale = vale and (not propia or corta is b or palabra[i].isupper())
        else:
            verbal = bool(_VERBAL.fullmatch(b))
            minimo = _veces(b) if verbal else 1000
            vale = min(len(a), len(b)) > 3 and min(vistas.veces(a), vistas.veces(b)) >= minimo
            vale = vale and (not propia or palabra[i].isupper() or verbal)
        if vale:
            partes = (_forma(vistas, palabra[:i].lower()), _forma(vistas, palabra[i:].lower()))
            segunda = partes[1].capitalize() if palabra[i].isupper() else partes[1]
            menor = math.log(min(vistas.veces(a), vistas.veces(b)))
            yield menor - _COSTO["espacio"], f"{partes[0]} {segunda}"


def _en_la_mayuscula(vistas: Vocabulario, palabra: str) -> str | None:
    """Separa «MINSAhará», «elMINSA» y «GobiernoRegional», aunque una parte sea un nombre."""
    if hallada := _SIGLA_PEGADA.fullmatch(palabra):
        if vistas.veces(plegar(hallada[2])) >= _veces(plegar(hallada[2])):
            return f"{hallada[1]} {hallada[2]}"
    elif (hallada := _PEGADA_A_MAYUSCULA.fullmatch(palabra)) and (
        plegar(hallada[1]) in _datos()["pegables"] or vistas.veces(plegar(hallada[1])) >= 1000
    ):
        return f"{hallada[1]} {hallada[2]}"
    return None


def _forma(vistas: Vocabulario, palabra: str) -> str:
    """Devuelve la palabra con las tildes que suele llevar, si va sin ninguna."""
    plegada = plegar(palabra)
    mejor = vistas.mejores.get(plegada, palabra)
    veces = vistas.formas.get(palabra, 0)
    if palabra != plegada or vistas.formas.get(mejor, 0) < _razon() * max(veces, 1):
        return palabra
    return mejor


def _razon() -> int:
    return int(_datos()["razon"])


def _veces(plegada: str) -> int:
    escalones = _datos()["veces"]
    return next(int(e["veces"]) for e in escalones if len(plegada) >= e["letras"])


def _con_caja(nueva: str, vieja: str) -> str:
    if len(vieja) > 1 and sum(c.isupper() for c in vieja) > len(vieja) / 2:
        return nueva.upper()
    return nueva[0].upper() + nueva[1:] if vieja[0].isupper() else nueva
