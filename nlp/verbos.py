"""Formas verbales de las actas: de «hará» a hacer, en futuro.

Las listas están en `datos/verbos.toml`; aquí solo se conjugan. No es un analizador general: conoce
las terceras personas (y el «nosotros») de los verbos listados y cualquier futuro con tilde.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from nlp.lectura import Palabra
from nlp.plegado import plegar


class Tiempo(StrEnum):
    """Tiempo o forma no personal de un verbo."""

    FUTURO = "futuro"
    PRESENTE = "presente"
    PASADO = "pasado"
    SUBJUNTIVO = "subjuntivo"
    CONDICIONAL = "condicional"
    INFINITIVO = "infinitivo"
    PARTICIPIO = "participio"
    GERUNDIO = "gerundio"


PERSONALES = frozenset({
    Tiempo.FUTURO,
    Tiempo.PRESENTE,
    Tiempo.PASADO,
    Tiempo.SUBJUNTIVO,
    Tiempo.CONDICIONAL,
})
"""Tiempos que pueden llevar sujeto."""

_FUTURO = re.compile(r"(\w+[aei]r)(?:á|án|emos)")
_ENCLITICO = re.compile(r"(\w+[aeiáéí]r)(?:se|l[aeo]s?|sel[aeo]s?|nos)")
_TERMINACIONES: dict[str, dict[Tiempo, tuple[str, ...]]] = {
    "ar": {
        Tiempo.PRESENTE: ("a", "an", "amos"),
        Tiempo.PASADO: ("ó", "aron", "aba", "aban"),
        Tiempo.SUBJUNTIVO: ("e", "en"),
        Tiempo.PARTICIPIO: ("ado", "ada", "ados", "adas"),
        Tiempo.GERUNDIO: ("ando", "ándose"),
    },
    "er": {
        Tiempo.PRESENTE: ("e", "en", "emos"),
        Tiempo.PASADO: ("ió", "ieron", "ía", "ían"),
        Tiempo.SUBJUNTIVO: ("a", "an"),
        Tiempo.PARTICIPIO: ("ido", "ida", "idos", "idas"),
        Tiempo.GERUNDIO: ("iendo", "iéndose"),
    },
}
_TERMINACIONES["ir"] = _TERMINACIONES["er"] | {Tiempo.PRESENTE: ("e", "en", "imos")}
_DESDE_EL_INFINITIVO = {
    Tiempo.INFINITIVO: ("",),
    Tiempo.FUTURO: ("á", "án", "emos"),
    Tiempo.CONDICIONAL: ("ía", "ían"),
}
_ANTE_E = (("c", "qu"), ("g", "gu"), ("z", "c"))


@dataclass(frozen=True, slots=True)
class Forma:
    """Un verbo leído: su infinitivo y su tiempo."""

    lema: str
    tiempo: Tiempo


@lru_cache(maxsize=1)
def datos() -> dict[str, Any]:
    """Devuelve `verbos.toml`."""
    return tomllib.loads((files("nlp") / "datos" / "verbos.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def verbos_de(acto: str) -> frozenset[str]:
    """Devuelve los infinitivos de un acto: «asumir», «informar», «pedir» o «auxiliar»."""
    return frozenset(datos()["actos"][acto])


def _infinitivos() -> set[str]:
    tabla = datos()
    listas = [
        tabla["fuertes"],
        tabla["neutros"],
        tabla["otros"]["verbos"],
        *tabla["actos"].values(),
    ]
    listas += [grupo["verbos"] for grupo in tabla["debil"]]
    return {verbo.split()[0] for lista in listas for verbo in lista}


def _conjugar(infinitivo: str) -> Iterator[tuple[str, Tiempo]]:
    raiz, conjugacion = infinitivo[:-2], infinitivo[-2:]
    for tiempo, terminaciones in _DESDE_EL_INFINITIVO.items():
        yield from ((infinitivo + t, tiempo) for t in terminaciones)
    regulares = _TERMINACIONES[conjugacion] if len(raiz) > 1 else {}
    for tiempo, terminaciones in regulares.items():
        for terminacion in terminaciones:
            ajustada = raiz
            if conjugacion == "ar" and terminacion.startswith("e"):
                for vieja, nueva in _ANTE_E:
                    if raiz.endswith(vieja):
                        ajustada = raiz.removesuffix(vieja) + nueva
                        break
            yield ajustada + terminacion, tiempo


def _derivar(forma: str, tiempo: Tiempo) -> Iterator[tuple[str, Tiempo]]:
    """Da las demás formas de una irregular: «hará» → harán, haremos, haría."""
    if tiempo is Tiempo.PARTICIPIO:
        yield from ((forma[:-1] + final, tiempo) for final in ("a", "os", "as"))
        return
    yield forma + "n", tiempo
    if tiempo is Tiempo.FUTURO:
        yield forma[:-1] + "emos", tiempo
        yield from ((forma[:-1] + final, Tiempo.CONDICIONAL) for final in ("ia", "ian"))


@lru_cache(maxsize=1)
def _formas() -> tuple[dict[str, Forma], dict[str, Forma]]:
    """Devuelve las formas con sus tildes y las que se aceptan aunque les falten."""
    tabla = datos()
    exactas: dict[str, Forma] = {}
    for infinitivo in sorted(_infinitivos()):
        for forma, tiempo in _conjugar(infinitivo):
            exactas.setdefault(forma, Forma(infinitivo, tiempo))
    for tiempo in (t for t in Tiempo if t.value in tabla):
        for forma, infinitivo in tabla[tiempo.value].items():
            exactas[forma] = Forma(infinitivo, tiempo)
            for derivada, su_tiempo in _derivar(forma, tiempo):
                exactas.setdefault(derivada, Forma(infinitivo, su_tiempo))
    ambiguas = frozenset(tabla["ambiguas"]["formas"])
    exactas = {forma: valor for forma, valor in exactas.items() if forma not in ambiguas}
    sin_tilde = {
        plegar(forma): valor
        for forma, valor in exactas.items()
        if valor.tiempo in {Tiempo.FUTURO, Tiempo.CONDICIONAL} or forma.endswith("ió")
    }
    return exactas, {f: v for f, v in sin_tilde.items() if f not in ambiguas}


@lru_cache(maxsize=4096)
def _analizar(texto: str, plegada: str) -> Forma | None:
    exactas, sin_tilde = _formas()
    minusculas = texto.lower()
    if forma := exactas.get(minusculas) or exactas.get(plegada) or sin_tilde.get(plegada):
        return forma
    if hallada := _FUTURO.fullmatch(minusculas):
        return Forma(hallada[1], Tiempo.FUTURO)
    if hallada := _ENCLITICO.fullmatch(minusculas):
        return exactas.get(plegar(hallada[1]))
    return None


def analizar(palabra: Palabra) -> Forma | None:
    """Devuelve la forma verbal de la palabra, o None si no se reconoce como verbo."""
    return _analizar(palabra.texto, palabra.plegada) if palabra.es_palabra else None


def infinitivo_probable(palabra: Palabra) -> str | None:
    """Devuelve la palabra como infinitivo si está en las listas o termina como uno («Cotizar»)."""
    forma = analizar(palabra)
    if forma and forma.tiempo is Tiempo.INFINITIVO:
        return forma.lema
    parece = re.fullmatch(r"[a-z]{2,}[aei]r", palabra.plegada)
    ajena = palabra.plegada in datos()["no_infinitivos"]["palabras"]
    return palabra.texto.lower() if parece and not ajena else None


def es_sustantivo(palabra: Palabra, anterior: str) -> bool:
    """Dice si una forma verbal, tras la palabra plegada `anterior`, es en verdad un nombre."""
    if anterior in {
        "el",
        "un",
        "una",
        "del",
        "de",
        "su",
        "sus",
        "al",
        "este",
        "esta",
        "dicho",
        "dicha",
    }:
        return True
    return anterior in {"la", "los", "las"} and palabra.plegada in _nominales()


@lru_cache(maxsize=1)
def _nominales() -> frozenset[str]:
    return frozenset(datos()["nominales"]["formas"]) | frozenset(_sustantivos())


def infinitivo_de_sustantivo(palabra: Palabra) -> str | None:
    """Devuelve el verbo de un sustantivo de acción («Elaboración» → elaborar)."""
    return _sustantivos().get(palabra.plegada)


@lru_cache(maxsize=1)
def _sustantivos() -> dict[str, str]:
    singulares: dict[str, str] = datos()["sustantivos"]
    plurales = {s + ("s" if s[-1] in "aeiou" else "es"): verbo for s, verbo in singulares.items()}
    return plurales | singulares


@lru_cache(maxsize=1)
def debiles() -> dict[str, dict[str, Any]]:
    """Devuelve cada verbo débil con su motivo y sus reemplazos (`dominio.md` §2.3)."""
    return {verbo: grupo for grupo in datos()["debil"] for verbo in grupo["verbos"]}


@lru_cache(maxsize=1)
def fuertes() -> frozenset[str]:
    """Devuelve los verbos de resultado («construir», «entregar»)."""
    return frozenset(datos()["fuertes"])
