"""Rasgos de una muestra para los clasificadores: marcadores, verbo, sujeto y lugar en el acta.

Los marcadores y los sujetos son datos (`nlp/datos/*.toml`); aquí solo se mira cuáles se encienden
y dónde. Todo se busca sobre el texto plegado, salvo los tiempos verbales, que dependen de la tilde.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from nlp.numeracion import leer_rotulo
from nlp.plegado import plegar

_FUTURO = re.compile(r"\b([a-záéíóúñü]{2,}r)(?:á|án|emos)\b")
_PASADO = re.compile(
    r"\b(?:[a-záéíóúñü]{2,}(?:ó|aron|ieron|jeron)|(?:ex|pro|dis|o)?puso|dijo|hizo|(?:sos|ob)?tuvo|dio)\b"
)
_INFINITIVO = re.compile(r"\b[a-zñ]{2,}[aei]r(?:se|lo|los|la|las|le|les)?\b")
_TRAS_VERBO = re.compile(
    r"\b(?:compromet\w+ (?:a|en)|comprometemos a|acuerdan?|acordo|acordaron|debera[n]?|debe[n]?|"
    r"procedera[n]? a|encargara[n]? de|obligan? a|acepto|aceptan?|compromiso de|acuerdo de|"
    r"oblig\w+ a|v(?:oy|a|amos|an) a|qued\w+ en|cumplira[n]? con) (?:el |la )?([a-z]{2,}[aei]r)"
    r"(?:se|lo|los|la|las|le|les)?\b"
)
_NOMINAL = re.compile(r"^\w+(?:cion|miento|ura|aje|dad|encia|eo|sis|tura|lisis)\b")
_LIGADURAS = frozenset([
    "el",
    "la",
    "los",
    "las",
    "un",
    "una",
    "unos",
    "unas",
    "de",
    "del",
    "al",
    "a",
    "en",
    "su",
    "sus",
    "lo",
    "se",
    "que",
    "y",
    "o",
    "con",
    "por",
    "para",
    "mediante",
    "sobre",
    "dicho",
    "dicha",
    "este",
    "esta",
    "estos",
    "estas",
    "ese",
    "esa",
    "toda",
    "todo",
    "todos",
    "todas",
    "cada",
    "otra",
    "otro",
    "nueva",
    "nuevo",
    "mas",
    "copia",
])
_ARCHIVOS = ("marcadores.toml", "sujetos.toml")
_GRUPOS_DE_VERBOS = (
    "resultado",
    "pide_infinitivo",
    "encarga",
    "convoca",
    "envia",
    "informa_futuro",
    "acredita",
    "revisa",
    "coordina",
    "dar_lectura",
)
_MARCAS_DE_VERBO = ("compromete", "pide", "propone", "insta", "debe", "acuerda", "asume", "dijo")
_SUJETO_MAXIMO = 120
_LARGOS = (6, 12, 25, 45, 80)
_CABEZA = 70


Lexico = dict[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def _lexicos() -> dict[str, Lexico]:
    """Compila los léxicos: «clase» → marcador → patrón, y los mismos de «tipo» y «sujetos»."""

    def leer(nombre: str) -> dict[str, Any]:
        return tomllib.loads((files("nlp") / "datos" / nombre).read_text(encoding="utf-8"))

    def unir(grupo: dict[str, list[str]]) -> Lexico:
        return {nombre: re.compile("|".join(lista)) for nombre, lista in grupo.items()}

    marcadores, sujetos = map(leer, _ARCHIVOS)
    tipo = unir(marcadores.pop("tipo"))
    clase = {nombre: p for grupo in marcadores.values() for nombre, p in unir(grupo).items()}
    return {"clase": clase, "tipo": tipo, "sujetos": unir(sujetos)}


def huella_de_los_lexicos() -> str:
    """Devuelve el SHA-256 de los léxicos, para saber con cuáles se entrenó un modelo."""
    datos = files("nlp") / "datos"
    return hashlib.sha256(b"".join((datos / n).read_bytes() for n in _ARCHIVOS)).hexdigest()


def rasgos(texto: str) -> list[str]:
    """Devuelve los rasgos de clase del texto, como palabras sueltas («m:pide», «suj:estado»)."""
    return list(_de_clase(" ".join(texto.split())))


def rasgos_de_tipo(texto: str) -> list[str]:
    """Devuelve los rasgos que separan PIP de actividad."""
    plano = plegar(texto)
    halla = [f"t:{k}" for k, p in _lexicos()["tipo"].items() if p.search(plano)]
    return [*halla, *_verbo(texto.lower(), plano)]


def _de_clase(texto: str) -> Iterator[str]:
    bajo = texto.lower()
    plano = plegar(texto)
    if rotulo := leer_rotulo(texto):
        bajo, plano = bajo[rotulo.fin :], plano[rotulo.fin :]
        yield f"rotulo:{rotulo.acto or rotulo.estilo}"
    for nombre, patron in _lexicos()["clase"].items():
        hallado = patron.search(plano)
        if hallado:
            yield f"m:{nombre}"
            if hallado.start() < _CABEZA:
                yield f"m0:{nombre}"
    yield from _verbo(bajo, plano)
    yield from _sujeto(bajo, plano)
    yield from _forma(texto, plano)


def _verbo(bajo: str, plano: str) -> Iterator[str]:
    """Da el verbo de la obligación, en infinitivo, y la palabra plena que le sigue."""
    tras = _TRAS_VERBO.search(plano)
    futuro = _FUTURO.search(bajo)
    inicial = _INFINITIVO.match(plano)
    if inicial:
        lema, fin = re.sub(r"(?<=r)(?:se|l[oae]s?)$", "", inicial[0]), inicial.end()
        yield "v0:infinitivo"
    elif tras:
        lema, fin = tras[1], tras.end()
        yield "v0:perifrasis"
    elif futuro:
        lema, fin = plegar(futuro[1]), futuro.end()
        yield "v0:futuro"
    else:
        if _NOMINAL.match(plano):
            yield "v0:nominal"
            yield f"n:{plano.split()[0]}"
        return
    yield f"v:{lema}"
    for grupo in _GRUPOS_DE_VERBOS:
        if _lexicos()["clase"][grupo].search(lema):
            yield f"vg:{grupo}"
    plenas = (p for p in re.findall(r"[a-z]{2,}", plano[fin : fin + 60]) if p not in _LIGADURAS)
    objeto = next(plenas, None)
    if objeto:
        yield f"o:{objeto}"


def _sujeto(bajo: str, plano: str) -> Iterator[str]:
    """Da la clase de quien antecede al primer verbo conjugado."""
    futuro, pasado = _FUTURO.search(bajo), _PASADO.search(bajo)
    marcas = [m.start() for k in _MARCAS_DE_VERBO if (m := _lexicos()["clase"][k].search(plano))]
    corte = min([*(m.start() for m in (futuro, pasado) if m), *marcas, _SUJETO_MAXIMO])
    if futuro:
        yield "f:futuro_primero" if futuro.start() == corte else "f:futuro_despues"
    cabeza = plano[:corte]
    hallados = [(m.start(), k) for k, p in _lexicos()["sujetos"].items() if (m := p.search(cabeza))]
    sujeto = min(hallados)[1] if hallados else ("se" if " se " in f" {cabeza} " else "nadie")
    yield f"suj:{sujeto}"
    if futuro:
        yield f"suj+fut:{sujeto}"
    if marcas and corte == min(marcas):
        yield f"suj+marca:{sujeto}"


def _forma(texto: str, plano: str) -> Iterator[str]:
    palabras = len(plano.split())
    yield f"largo:{sum(palabras > n for n in _LARGOS)}"
    if texto.endswith(":"):
        yield "fin:dos_puntos"
    if not texto.endswith((".", ";", ":")):
        yield "fin:abierto"
    if "?" in texto:
        yield "pregunta"
    if "|" in texto or " / " in texto:
        yield "fila:plana"
    if _PASADO.search(texto.lower()):
        yield "f:pasado"
    if _FUTURO.search(texto.lower()):
        yield "f:futuro"
    inicial = texto.split(maxsplit=1)[0] if texto.split() else ""
    if len(inicial) > 3 and inicial.strip(".,:").isupper():
        yield "inicial:mayusculas"
    if sum(c.isupper() for c in texto) > 0.6 * max(1, sum(c.isalpha() for c in texto)):
        yield "todo:mayusculas"
