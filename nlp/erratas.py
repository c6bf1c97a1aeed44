"""Enmienda una palabra, o dos que son una partida, según lo que se ve en el vocabulario.

Las listas y las cantidades son datos (`nlp/datos/legibilidad.toml`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from nlp.catalogo import leer_datos, nombres
from nlp.lectura import Palabra
from nlp.plegado import plegar
from nlp.verbos import PERSONALES, analizar, infinitivo_probable
from nlp.vocabulario import Vocabulario, vocabulario

_LETRAS = "abcdefghijklmnopqrstuvwxyz"
_SIGLA_PEGADA = re.compile(r"([A-ZÁÉÍÓÚÑ]{3,})([a-záéíóúñ]{2,})")
_PEGADA_A_MAYUSCULA = re.compile(r"([A-ZÁÉÍÓÚÑ]?[a-záéíóúñ]+)([A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑa-záéíóúñ]+)")
_FUTURO = re.compile(r"(\w+[aei]r)(?:an?|emos)")
_CON_TILDE = re.compile(r"[áéí]")
_ENCLITICOS = frozenset({"lo", "la", "los", "las", "se"})
_MENOR = 5
"""Letras desde las que se busca una errata dentro de la palabra."""

_COSTO = {"letra": 5.3, "espacio": 4.0}
"""Menos logaritmo de lo frecuente que es cada errata: una letra por palabra, un espacio perdido."""

_PALABRAS_DEL_TEXTO = 45e6
_PARTIDA = 1e-4
"""Parte de las veces en que una palabra se ve partida en un lugar dado; a la baja, por cautela."""

_POR_FUTURO = 30
"""Veces que se ve un infinitivo por cada vez que se ve uno de sus futuros, a la baja."""

_MUY_VISTA = 1000
_LARGA = 6
"""Letras desde las que un verbo poco visto basta para unir sus partes."""

_RARA = 500
"""Veces que puede verse, a lo más, la parte menos vista de una palabra partida."""

_DUDOSA = 1000
"""Cuántas veces más que aquella de que parece derivarse debe verse la que enmienda una palabra."""


@lru_cache(maxsize=1)
def _datos() -> dict[str, Any]:
    datos = leer_datos("legibilidad.toml")
    pares = {frozenset(par) for par in datos["confusiones"]}
    parejas = {a: {b for p in pares if a in p for b in p if b != a} for a in _LETRAS}
    lexico = leer_datos("lexico_actores.toml")
    actores = _palabras(p for g in (*lexico["nucleo"], *lexico["cargo"]) for p in g["palabras"])
    de_nombres = frozenset(
        palabra
        for palabra in _palabras(nombre for nombre, _ in nombres() if not nombre.isupper())
        if vocabulario().veces(palabra) >= _MUY_VISTA
    )
    return datos | {
        "parejas": parejas,
        "pegables": frozenset(datos["pegables"]),
        "de_actores": actores,
        "con_mayuscula": frozenset(datos["con_mayuscula"]) | actores | de_nombres,
    }


def _palabras(textos: Iterable[str]) -> frozenset[str]:
    return frozenset(p for t in textos for p in re.findall(r"[a-z]{5,}", plegar(t)))


def unida(primera: str, segunda: str) -> str | None:
    """Junta «ac» y «ta» si alguna no es palabra, o casi nunca irían juntas, y unidas son una."""
    vistas = vocabulario()
    a, b = plegar(primera), plegar(segunda)
    if len(a + b) < _MENOR or not (
        segunda.islower() or (primera.isupper() and segunda.isupper() and len(a) > 1)
    ):
        return None
    junta = (primera + segunda).lower()
    if segunda.lower() in {"á", "é", "ó", "án"}:
        vale = junta in vistas.formas or _es_verbo(vistas, junta)
    elif _se_ve(vistas, a + b):
        vale = any(_es_trozo(vistas, p) for p in (a, b)) or _casual(vistas, a, b)
    else:
        nunca_vista = not (vistas.veces(a) and vistas.veces(b))
        vale = nunca_vista and len(junta) > _LARGA and _es_verbo(vistas, junta)
    return _con_caja(_forma(vistas, junta), primera) if vale else None


def _peso(vistas: Vocabulario, plegada: str) -> int:
    """Cuántas veces se ve la palabra o, si es un futuro, cuántas se espera ver su verbo."""
    veces = vistas.veces(plegada)
    futuro = _FUTURO.fullmatch(plegada)
    if futuro and _ordena(futuro[1]):
        return max(veces, vistas.veces(futuro[1]) // _POR_FUTURO)
    return veces


def _se_ve(vistas: Vocabulario, plegada: str) -> bool:
    """Dice si la palabra se ve bastante o es de las que nombran actores."""
    return _peso(vistas, plegada) >= _veces(plegada) or plegada in _datos()["de_actores"]


def _casual(vistas: Vocabulario, a: str, b: str) -> bool:
    """Dice si es más probable ver la palabra partida que sus dos partes juntas por azar."""
    if a.endswith("r") and b in {"a", "e", "o"}:
        return False
    menor, mayor = sorted((vistas.veces(a), vistas.veces(b)))
    juntas = max(menor, 1) * max(mayor, 1) / _PALABRAS_DEL_TEXTO
    return menor < _RARA and _PARTIDA * vistas.veces(a + b) > juntas


def _es_trozo(vistas: Vocabulario, plegada: str) -> bool:
    if plegada in _datos()["pegables"] or plegada in vistas.nombres:
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
    if con_o != baja and vistas.formas.get(con_o, 0) > _razon() * vistas.formas.get(baja, 0):
        return _con_caja(con_o, palabra)
    if separada := _datos()["pegadas"].get(plegada):
        return _con_caja(separada, palabra)
    if vistas.veces(plegada):
        forma = _forma(vistas, baja)
        return palabra if forma == baja else _con_caja(forma, palabra)
    if plegada in vistas.nombres or len(plegada) < _MENOR:
        return palabra
    propia = palabra[0].isupper() and not gritado
    sigla = propia and palabra.isupper()
    if sigla and len(palabra) <= _MENOR:
        return palabra
    if separada := _en_la_mayuscula(vistas, palabra):
        return separada
    respaldo = vistas.respaldo(plegada)
    candidatas = list(_a_un_error(vistas, plegada, propia, sigla))
    if not sigla and not respaldo:
        candidatas += _separadas(vistas, palabra, propia)
    minimo = math.log(_DUDOSA * respaldo + 1) - _COSTO["letra"]
    puntaje, mejor = max(candidatas, default=(-math.inf, palabra))
    return _con_caja(mejor, palabra) if puntaje >= minimo else palabra


def _a_un_error(
    vistas: Vocabulario, plegada: str, propia: bool, sigla: bool
) -> Iterator[tuple[float, str]]:
    """Da las palabras muy vistas a una letra de distancia, con su puntaje."""
    for otra in _variantes(plegada):
        veces = vistas.veces(otra)
        if veces < _veces(otra) and not (veces and otra in _datos()["de_actores"]):
            continue
        if propia and otra not in _datos()["con_mayuscula"] and not (sigla and _ordena(otra)):
            continue
        yield math.log(veces) - _COSTO["letra"], vistas.mejores[otra]


def _ordena(plegada: str) -> bool:
    """Dice si es un infinitivo: los de un acuerdo van en mayúsculas («ENCARGAR a la Gerencia»)."""
    return infinitivo_probable(Palabra(plegada, plegada, 0, len(plegada))) is not None


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
        if b in _ENCLITICOS and _CON_TILDE.search(palabra[:i]):
            continue
        corta, larga = (a, b) if a in pegables else (b, a)
        peso = min(_peso(vistas, a), _peso(vistas, b))
        if corta in pegables:
            minimo = 5000 if corta is a and len(a) == 1 else _veces(larga)
            vale = len(larga) > 2 and (
                _peso(vistas, larga) >= minimo or (corta is b and _es_verbo(vistas, palabra[:i]))
            )
            vale = vale and (not propia or corta is b or palabra[i].isupper())
        else:
            verbal = _es_verbo(vistas, palabra[i:])
            vale = min(len(a), len(b)) > 3 and peso >= (_veces(b) if verbal else _MUY_VISTA)
            vale = vale and (not propia or palabra[i].isupper() or verbal)
            if propia and verbal and len(a) > 3 and palabra.endswith(("á", "án")):
                vale = True
        if vale:
            partes = (_forma(vistas, palabra[:i].lower()), _forma(vistas, palabra[i:].lower()))
            segunda = partes[1].capitalize() if palabra[i].isupper() else partes[1]
            yield math.log(max(peso, 1)) - _COSTO["espacio"], f"{partes[0]} {segunda}"


def _es_verbo(vistas: Vocabulario, texto: str) -> bool:
    """Dice si es un verbo conjugado de los que se ven."""
    forma = analizar(Palabra(texto, plegar(texto), 0, len(texto)))
    return forma is not None and forma.tiempo in PERSONALES and vistas.veces(forma.lema) > 0


def _en_la_mayuscula(vistas: Vocabulario, palabra: str) -> str | None:
    """Separa «MINSAhará», «elMINSA» y «GobiernoRegional», aunque una parte sea un nombre."""
    if hallada := _SIGLA_PEGADA.fullmatch(palabra):
        b = plegar(hallada[2])
        if _peso(vistas, b) >= _veces(b) or _es_verbo(vistas, hallada[2]):
            return f"{hallada[1]} {hallada[2]}"
    elif hallada := _PEGADA_A_MAYUSCULA.fullmatch(palabra):
        a = plegar(hallada[1])
        if (
            a in _datos()["pegables"]
            or vistas.veces(a) >= _MUY_VISTA
            or _es_verbo(vistas, hallada[1])
        ):
            return f"{hallada[1]} {hallada[2]}"
    return None


def _forma(vistas: Vocabulario, palabra: str) -> str:
    """Devuelve la palabra con las tildes que suele llevar, si va sin ninguna."""
    plegada = plegar(palabra)
    if palabra.replace("ñ", "n") != plegada:
        return palabra
    veces = max(vistas.formas.get(palabra, 0), 1)
    pasado = palabra[:-1] + "ó"
    mejor = vistas.mejores.get(plegada, palabra)
    es_pasado = mejor == pasado and len(palabra) > _MENOR
    if es_pasado and vistas.formas[pasado] >= _razon_de_pasado() * veces:
        return pasado
    if vistas.formas.get(mejor, 0) >= _razon() * veces:
        return mejor
    return palabra


def _razon() -> int:
    return int(_datos()["razon"])


def _razon_de_pasado() -> int:
    return int(_datos()["razon_de_pasado"])


def _veces(plegada: str) -> int:
    escalones = _datos()["veces"]
    return next(int(e["veces"]) for e in escalones if len(plegada) >= e["letras"])


def _con_caja(nueva: str, vieja: str) -> str:
    if len(vieja) > 1 and sum(c.isupper() for c in vieja) > len(vieja) / 2:
        return nueva.upper()
    return nueva[0].upper() + nueva[1:] if vieja[0].isupper() else nueva
