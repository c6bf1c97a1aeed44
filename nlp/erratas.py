"""Enmienda una palabra, o dos que son una partida, según lo que se ve en el vocabulario.

Las listas y las cantidades son datos (`nlp/datos/legibilidad.toml`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from nlp.erratas_datos import LETRAS, MUY_VISTA, con_tildes, datos, razon, veces_de_sobra
from nlp.erratas_pegadas import en_la_mayuscula, separadas
from nlp.erratas_verbos import conjugada, es_verbo, ordena, parece_verbo, peso
from nlp.plegado import plegar
from nlp.vocabulario import Vocabulario, vocabulario

_CONSONANTES = frozenset("bcdfghjklmnpqrstvxz") | {"qu"}
_MENOR = 5
"""Letras desde las que se busca una errata dentro de la palabra."""

_COSTO_DE_LETRA = 5.3
"""Menos logaritmo de lo frecuente que es cambiar una letra por palabra."""

_PALABRAS_DEL_TEXTO = 45e6
_PARTIDA = 1e-4
"""Parte de las veces en que una palabra se ve partida en un lugar dado; a la baja, por cautela."""

_LARGA = 6
"""Letras desde las que un verbo poco visto basta para unir sus partes."""

_CORTISIMA = 3000
"""Veces que debe verse la palabra por la que se enmienda otra de cuatro letras o menos."""

_NO_ES_NOMBRE = 8
_VISTISIMA = 10_000
"""Letras y veces con que una palabra se enmienda aunque vaya con mayúscula («Ordinaia»)."""

_SIGLA_LARGA = 12
"""Letras desde las que una sigla desconocida son dos palabras pegadas («ARTÍCULOPRIMERO»)."""

_RARA = 500
"""Veces que puede verse, a lo más, la parte menos vista de una palabra partida."""

_MUCHO = 500
"""Cuántas veces más que una palabra vista debe verse la de una letra más que la enmienda."""

_DUDOSA = 1000
"""Cuántas veces más que aquella de que parece derivarse debe verse la que enmienda una palabra."""


def unida(primera: str, segunda: str) -> str | None:
    """Junta «ac» y «ta» si alguna no es palabra, o casi nunca irían juntas, y unidas son una."""
    vistas = vocabulario()
    a, b = plegar(primera), plegar(segunda)
    if a + b in datos()["pegables"] and primera.isalpha() and segunda.islower():
        sola = b if len(b) == 1 else a
        return _con_caja(a + b, primera) if sola in _CONSONANTES else None
    if len(a + b) < _MENOR or not (
        segunda.islower() or (primera.isupper() and segunda.isupper() and len(a) > 1)
    ):
        return None
    junta = (primera + segunda).lower()
    if segunda.lower() in {"á", "é", "ó", "án"}:
        vale = junta in vistas.formas or es_verbo(vistas, junta)
    elif _se_ve(vistas, a + b):
        vale = any(_es_trozo(vistas, p) for p in (a, b)) or _casual(vistas, a, b)
    else:
        nunca_vista = not (vistas.veces(a) and vistas.veces(b))
        vale = nunca_vista and len(junta) > _LARGA and es_verbo(vistas, junta)
        if not vale and _son_trozos(vistas, primera.lower(), segunda.lower()):
            nueva = enmendada(primera + segunda, gritado=False)
            return nueva if nueva != primera + segunda else None
    return _con_caja(con_tildes(vistas, junta), primera) if vale else None


def _son_trozos(vistas: Vocabulario, a: str, b: str) -> bool:
    """Dice si ni las dos partes ni las dos juntas son una palabra, ni se enmiendan solas."""
    vistos = (vistas.veces(p) or p in vistas.nombres for p in map(plegar, (a, b, a + b)))
    if any(vistos) or parece_verbo(b):
        return False
    return all(enmendada(p, gritado=False) == p for p in (a, b))


def _se_ve(vistas: Vocabulario, plegada: str) -> bool:
    """Dice si la palabra se ve bastante o es de las que nombran actores."""
    return peso(vistas, plegada) >= veces_de_sobra(plegada) or plegada in datos()["de_actores"]


def _casual(vistas: Vocabulario, a: str, b: str) -> bool:
    """Dice si es más probable ver la palabra partida que sus dos partes juntas por azar."""
    if a.endswith("r") and b in {"a", "e", "o"}:
        return False
    menor, mayor = sorted((vistas.veces(a), vistas.veces(b)))
    juntas = max(menor, 1) * max(mayor, 1) / _PALABRAS_DEL_TEXTO
    return menor < _RARA and _PARTIDA * vistas.veces(a + b) > juntas


def _es_trozo(vistas: Vocabulario, plegada: str) -> bool:
    if plegada in datos()["pegables"] or plegada in vistas.nombres:
        return False
    return vistas.veces(plegada) < (3000 if len(plegada) < 4 else 1)


@lru_cache(maxsize=50_000)
def enmendada(palabra: str, gritado: bool) -> str:
    """Devuelve la palabra como debió escribirse; la misma si se conoce o no se sabe.

    `gritado` dice que va en un renglón en mayúsculas, donde no señalan siglas ni nombres.
    """
    vistas = vocabulario()
    plegada = plegar(palabra)
    baja = palabra.lower()
    con_o = baja.replace("é", "ó")
    if con_o != baja and vistas.formas.get(con_o, 0) > razon() * vistas.formas.get(baja, 0):
        return _con_caja(con_o, palabra)
    if separada := datos()["pegadas"].get(plegada):
        return _con_caja(separada, palabra)
    if vistas.veces(plegada) < MUY_VISTA and (separada := en_la_mayuscula(vistas, palabra)):
        return separada
    if vistas.veces(plegada):
        if otra := _mucho_mas_vista(vistas, palabra):
            return _con_caja(otra, palabra)
        forma = con_tildes(vistas, baja)
        return palabra if forma == baja else _con_caja(forma, palabra)
    if plegada in vistas.nombres or es_verbo(vistas, baja) or parece_verbo(baja):
        return palabra
    if len(plegada) < _MENOR:
        return _corta(vistas, palabra)
    propia = palabra[0].isupper() and not gritado
    sigla = propia and palabra.isupper()
    if sigla and len(palabra) <= _MENOR:
        return palabra
    respaldo = vistas.respaldo(plegada)
    candidatas = list(_a_un_error(vistas, plegada, propia, sigla))
    if not respaldo and (not sigla or len(palabra) > _SIGLA_LARGA):
        candidatas += separadas(vistas, palabra, propia)
    minimo = math.log(_DUDOSA * respaldo + 1) - _COSTO_DE_LETRA
    puntaje, mejor = max(candidatas, default=(-math.inf, palabra))
    return _con_caja(mejor, palabra) if puntaje >= minimo else palabra


def _mucho_mas_vista(vistas: Vocabulario, palabra: str) -> str | None:
    """«qe» y «Goberno» se ven en lo escaneado, pero «que» y «Gobierno», muchísimo más."""
    plegada = plegar(palabra)
    if plegada in vistas.nombres or vistas.veces(plegada + "s"):
        return None
    if len(plegada) < _MENOR:
        otras = _una_mas(plegada) & datos()["pegables"] if palabra[1:].islower() else set()
    else:
        otras = _una_mas(plegada) & datos()["de_actores"]
    mejor = max(otras, key=vistas.veces, default="")
    suyas = max(vistas.veces(plegada), vistas.respaldo(plegada) // _MUCHO)
    return mejor if vistas.veces(mejor) > _MUCHO * suyas else None


def _corta(vistas: Vocabulario, palabra: str) -> str:
    """«prte», «srá» y «dl»: a una palabra corta solo le puede faltar una letra."""
    if not palabra.islower():
        return palabra
    otras = {o for o in _una_mas(plegar(palabra)) if len(o) > 3 or o in datos()["pegables"]}
    mejor = max(otras, key=vistas.veces, default="")
    return vistas.mejores[mejor] if vistas.veces(mejor) >= _CORTISIMA else palabra


def _una_mas(plegada: str) -> set[str]:
    lugares = range(1, len(plegada))
    return {plegada[:i] + letra + plegada[i:] for i in lugares for letra in LETRAS}


def _a_un_error(
    vistas: Vocabulario, plegada: str, propia: bool, sigla: bool
) -> Iterator[tuple[float, str]]:
    """Da las palabras muy vistas a una letra de distancia, con su puntaje."""
    for otra in _variantes(plegada):
        veces = vistas.veces(otra)
        falta = len(otra) > len(plegada)
        if veces < veces_de_sobra(otra) // (1 + falta) and not (
            veces and otra in datos()["de_actores"]
        ):
            if not propia and falta and (verbo := conjugada(vistas, otra)):
                yield verbo[0] - _COSTO_DE_LETRA, verbo[1]
            continue
        propicia = otra in datos()["con_mayuscula"] or (len(otra) >= _LARGA and ordena(otra))
        if propia and not (propicia or (len(plegada) >= _NO_ES_NOMBRE and veces >= _VISTISIMA)):
            continue
        yield math.log(veces) - _COSTO_DE_LETRA, vistas.mejores[otra]


def _variantes(plegada: str) -> set[str]:
    """Con una letra más adentro, sin una repetida, con dos cambiadas de orden o una confundible."""
    lugares = range(1, len(plegada))
    partes = [(plegada[:i], plegada[i:]) for i in lugares]
    mas = {a + letra + b for a, b in partes for letra in LETRAS}
    menos = {a + b[1:] for a, b in partes if a[-1] == b[0]} | {a + b[1:] for a, b in partes[2:]}
    orden = {a + b[1] + b[0] + b[2:] for a, b in partes if len(b) > 1}
    otras = {
        plegada[:i] + pareja + plegada[i + 1 :]
        for i, letra in enumerate(plegada)
        for pareja in datos()["parejas"].get(letra, ())
    }
    return mas | menos | orden | otras


def _con_caja(nueva: str, vieja: str) -> str:
    if len(vieja) > 1 and sum(c.isupper() for c in vieja) > len(vieja) / 2:
        return nueva.upper()
    return nueva[0].upper() + nueva[1:] if vieja[0].isupper() else nueva
