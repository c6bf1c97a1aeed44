"""Las raíces con que se busca en el registro: sin tildes, mayúsculas ni terminaciones.

Cada fila guarda en `raices` las palabras de lo que se busca y su raíz (Snowball, castellano), sin
repetir, en orden y separadas por espacios. Las de un responsable llevan `r_` delante; una región
es una sola, con `g_`. La misma columna alimenta FTS5 en SQLite y un índice GIN en PostgreSQL, de
modo que ambos motores hallan lo mismo. Esta forma queda guardada: si cambia, hace falta una
migración que la rehaga (una prueba la fija).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import snowballstemmer

from registro.tablas import para_buscar

RESPONSABLE: Final = "r_"
REGION: Final = "g_"

_LARGO: Final = 40
"""Caracteres que se guardan de una palabra: una más larga es basura de la lectura."""

_PREFIJO_MINIMO: Final = 3
"""Letras desde las que una palabra a medio escribir halla las que empiezan así."""

_MAXIMO_DE_TERMINOS: Final = 20

_PALABRA: Final = re.compile(r"[^\W_]+")
_FRASE: Final = re.compile(r'["“«]([^"“”«»]+)["”»]')
_VACIAS: Final = frozenset({
    *("a", "al", "con", "de", "del", "el", "en", "la", "las", "lo", "los", "o", "para", "por"),
    *("que", "se", "su", "sus", "un", "una", "y"),
})
_TEXTOS: Final = ("denominacion", "descripcion", "transcripcion")
_DATOS: Final = ("caso", "codigo_snip", "codigo_unificado", "unidad_territorial")
_LISTAS: Final = ("colaboradores", "lugares", "regiones", "provincias", "distritos")


@dataclass(frozen=True, slots=True)
class Termino:
    """Una palabra buscada: la halla cualquiera de `iguales`, o una que empiece con `prefijo`."""

    iguales: tuple[str, ...]
    prefijo: str | None


@dataclass(frozen=True, slots=True)
class Busqueda:
    """Lo que debe tener una fila: todos los términos y, tal cual, todas las frases (plegadas)."""

    terminos: tuple[Termino, ...]
    frases: tuple[str, ...]


def raices_de(contenido: Mapping[str, Any]) -> str:
    """Devuelve las raíces de un contenido, dado por el nombre de sus columnas."""
    quienes = [_nombre(quien) for quien in contenido["responsables"]]
    listas = [valor for nombre in _LISTAS for valor in contenido[nombre]]
    textos = [str(contenido[nombre] or "") for nombre in (*_TEXTOS, *_DATOS)]
    halladas = _formas_de(" ".join((*textos, *listas, *quienes)))
    halladas |= {RESPONSABLE + forma for forma in _formas_de(" ".join(quienes))}
    halladas |= {region_buscada(nombre) for nombre in contenido["regiones"]}
    return " ".join(sorted(halladas))


def busqueda_de(texto: str, marca: str = "") -> Busqueda:
    """Lee lo que una persona escribió para buscar; lo que va entre comillas se busca tal cual.

    `marca` dice dónde buscar (`RESPONSABLE`). Si no hay ninguna palabra que buscar («100 %» la
    tiene; «%», no), todo lo escrito es una frase.
    """
    frases = [frase for hallada in _FRASE.findall(texto) if (frase := para_buscar(hallada))]
    palabras = [p for p in _palabras(texto) if para_buscar(p) not in _VACIAS]
    if not palabras and not frases and (todo := para_buscar(texto)):
        frases = [todo]
    terminos = tuple(_termino(palabra, marca) for palabra in palabras[:_MAXIMO_DE_TERMINOS])
    return Busqueda(terminos, tuple(frases))


def region_buscada(nombre: str) -> str:
    """Devuelve cómo se guarda y se busca una región («g_madre_de_dios»)."""
    return REGION + "_".join(_PALABRA.findall(para_buscar(nombre)))[:_LARGO]


def _termino(palabra: str, marca: str) -> Termino:
    plegada, *formas = _formas(palabra)
    prefijo = marca + plegada if len(plegada) >= _PREFIJO_MINIMO else None
    iguales = (plegada, *formas) if prefijo is None else formas
    return Termino(tuple(sorted({marca + forma for forma in iguales})), prefijo)


def _palabras(texto: str) -> list[str]:
    return _PALABRA.findall(unicodedata.normalize("NFC", texto).casefold())


def _formas_de(texto: str) -> set[str]:
    formas: set[str] = set()
    for palabra in set(_palabras(texto)):
        plegada, *otras = _formas(palabra)
        if plegada not in _VACIAS:
            formas.update((plegada, *otras))
    return formas - {""}


@lru_cache(maxsize=1 << 16)
def _formas(palabra: str) -> tuple[str, str, str]:
    """Devuelve la palabra plegada y su raíz dos veces: con sus tildes y sin ellas.

    Snowball usa las tildes («construirá» → «constru»; «construira» → «construir»): con ambas, quien
    busca sin tildes halla lo que las lleva.
    """
    entera = palabra[:_LARGO]
    plegada = "".join(para_buscar(entera).split())
    tallador = snowballstemmer.stemmer("spanish")
    return plegada, para_buscar(tallador.stemWord(entera)), tallador.stemWord(plegada)


def _nombre(quien: Any) -> str:
    return str(quien["valor"] if isinstance(quien, Mapping) else quien.valor)
