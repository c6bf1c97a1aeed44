"""Ensucia textos como lo haría un mal OCR, o los pasa a mayúsculas, para medir cuánto se aguanta.

Todo sale de una semilla: el mismo texto se ensucia siempre igual. Las proporciones (`MAL_OCR`) son
una decisión nuestra: cambia cerca de una palabra de cada diez, muchas más que en un escaneo
corriente.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from nlp.cambio import Cambiar, Cambio

SEMILLA = 20260102
_SIN_TILDE = str.maketrans("áéíóúüÁÉÍÓÚÜ", "aeiouuAEIOUU")
_GRADO = frozenset("°º")
_CONFUNDE = {"ó": "oé", "Ó": "OÉ"}


@dataclass(frozen=True, slots=True)
class Ruido:
    """Con qué probabilidad (0 a 1) le pasa cada cosa a cada carácter que la puede sufrir."""

    letra_perdida: float
    tilde_perdida: float
    o_confundida: float
    grado_confundido: float
    palabras_unidas: float
    palabra_partida: float


MAL_OCR = Ruido(
    letra_perdida=0.012,
    tilde_perdida=0.25,
    o_confundida=0.2,
    grado_confundido=0.8,
    palabras_unidas=0.02,
    palabra_partida=0.004,
)
"""Letras perdidas y palabras partidas: por letra; unidas: por espacio; lo demás: por aparición."""


def ensuciador(ruido: Ruido = MAL_OCR, semilla: int = SEMILLA) -> Cambiar:
    """Devuelve una función que ensucia; el azar depende de la semilla y del propio texto."""

    def ensuciar(texto: str) -> Cambio:
        azar = random.Random(f"{semilla}:{texto}")  # noqa: S311
        piezas: list[str] = []
        posiciones: list[int] = []
        largo = 0
        for i, caracter in enumerate(texto):
            posiciones.append(largo)
            pieza = _pieza(texto, i, caracter, ruido, azar)
            piezas.append(pieza)
            largo += len(pieza)
        return "".join(piezas), (*posiciones, largo)

    return ensuciar


def _pieza(texto: str, i: int, caracter: str, ruido: Ruido, azar: random.Random) -> str:
    dado = azar.random()
    if caracter == " ":
        return "" if dado < ruido.palabras_unidas and _entre_letras(texto, i) else caracter
    if caracter in _GRADO and i and texto[i - 1] in "Nn":
        return '"' if dado < ruido.grado_confundido else caracter
    if not caracter.isalpha():
        return caracter
    if caracter in _CONFUNDE and dado < ruido.o_confundida:
        return azar.choice(_CONFUNDE[caracter])
    if caracter.translate(_SIN_TILDE) != caracter and azar.random() < ruido.tilde_perdida:
        return caracter.translate(_SIN_TILDE)
    if not _entre_letras(texto, i):
        return caracter
    if dado < ruido.letra_perdida:
        return ""
    return f"{caracter} " if dado > 1 - ruido.palabra_partida else caracter


def _entre_letras(texto: str, i: int) -> bool:
    """Dice si a ambos lados hay letras: ni siglas de dos letras ni cifras se parten o pierden."""
    return 0 < i < len(texto) - 1 and texto[i - 1].isalpha() and texto[i + 1].isalpha()


def en_mayusculas(texto: str) -> Cambio:
    """Pasa a mayúsculas carácter por carácter; lo que crece («ß») se deja como está."""
    nuevo = "".join(m if len(m := c.upper()) == 1 else c for c in texto)
    return nuevo, tuple(range(len(texto) + 1))


def palabras_cambiadas(texto: str, sucio: str) -> float:
    """Devuelve qué parte de las palabras del original no aparece igual en el ensuciado."""
    quedan = list(sucio.split())
    perdidas = 0
    for palabra in texto.split():
        if palabra in quedan:
            quedan.remove(palabra)
        else:
            perdidas += 1
    return perdidas / max(1, len(texto.split()))
