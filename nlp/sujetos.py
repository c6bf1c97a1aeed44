"""Con qué empieza una obligación: su sujeto, y el verbo que la promete. Sin análisis sintáctico."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.lectura import Palabra
from nlp.oraciones import datos
from nlp.plegado import plegar
from nlp.verbos import Tiempo, analizar

CERCA = 16
"""Palabras en que debe aparecer el verbo de un sujeto."""

TIENE_VERBO = re.compile(
    r"\b[a-záéíóúñ]{2,}(?:rá|rán|ó|aron|ieron)\b|\b(?:se (?:compromet|oblig)\w+|solicitan?|piden?|"
    r"exigen?|demandan?|asumen?|indican?|señalan?|manifiestan?|respond\w+|dij\w+|hizo|hará)\b"
)
_PARECE_FUTURO = re.compile(r"\b[a-záéíóúñ]{2,}r[áéa]n?\b")
_ASUME = re.compile(
    r"\b(?:se (?:compromet|oblig)\w+|asum(?:e|en|io|ieron)|acept(?:a|an|o|aron)|garantizan?|"
    r"otorgan?|suspenden?|ofrec(?:e|en|io|ieron)|levantan?)\b"
)
_ARTICULO = r"(?:(?:el|la|los|las|ambas|ambos|cada|un|una)\s+)?"
_SIGLA = re.compile(r"(?:(?:[Ee]l|[Ll]a|[Ll]os|[Ll]as)\s+)?[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ-]+\b")
_NOMBRE_PROPIO = re.compile(r"(?:[A-ZÁÉÍÓÚÑ][\w.]*\s+){1,5}(?=[a-záéíóú]+(?:rá|rán)\b|se\s)")
_NOMBRE_EN_MAYUSCULAS = re.compile(
    r"(?:(?:el|la|los|las)\s+)?(?!(?:se|no|en|con|por|para|de|a|y|que|hasta|desde|sobre)\b)"
    r"[a-z.-]+(?:\s+[a-z.-]+){0,5}?\s+(?=(?:se\s+)?(?P<verbo>[a-z]+r[ae]n?|compromet\w+)\b)"
)
_ADVERBIO = re.compile(
    r"(?:para (?:tal|ello|dicho|este|lo cual)(?: efecto| fin)?|asimismo|ademas|por su parte|"
    r"a su vez|de igual (?:forma|manera|modo)|igualmente|tambien|finalmente|en tal sentido|"
    r"mientras tanto),?\s+"
)
_PARTE_GRITADA = 0.7


@lru_cache(maxsize=1)
def _lexico() -> tuple[re.Pattern[str], re.Pattern[str]]:
    cabezas = "|".join(datos()["cabezas_de_sujeto"])
    anaforas = "|".join(datos()["anaforicos"])
    return re.compile(rf"{_ARTICULO}(?:{cabezas})\b"), re.compile(rf"(?:{anaforas})\b")


@lru_cache(maxsize=256)
def es_gritado(texto: str) -> bool:
    """Dice si el texto va en mayúsculas: en él no distinguen siglas ni nombres propios."""
    letras = [c for c in texto if c.isalpha()]
    return len(letras) > 12 and sum(c.isupper() for c in letras) > _PARTE_GRITADA * len(letras)


def empieza_con_sujeto(texto: str) -> bool:
    """Dice si el texto empieza nombrando a una entidad o a una persona con cargo."""
    sujeto, anafora = _lexico()
    nexo = _ADVERBIO.match(plegar(texto[:60]))
    texto = texto[nexo.end() :] if nexo else texto
    plano = plegar(texto[:80])
    if anafora.match(plano):
        return False
    if sujeto.match(plano):
        return True
    if not es_gritado(texto):
        return bool(_SIGLA.match(texto) or _NOMBRE_PROPIO.match(texto))
    nombre = _NOMBRE_EN_MAYUSCULAS.match(plano)
    return bool(nombre) and not es_futuro(plano.split()[0])


def es_futuro(palabra: str) -> bool:
    """Dice si la palabra es un futuro, aunque le falte la tilde o el OCR la haya cambiado."""
    if re.fullmatch(r"[a-záéíóúñ]{2,}r(?:á|án|é)", palabra):
        return True
    forma = analizar(Palabra(palabra, plegar(palabra), 0, len(palabra)))
    return forma is not None and forma.tiempo is Tiempo.FUTURO


def primer_futuro(texto: str) -> re.Match[str] | None:
    """Devuelve el primer verbo en futuro del texto, con sus posiciones."""
    return next((m for m in _PARECE_FUTURO.finditer(texto.lower()) if es_futuro(m[0])), None)


def primera_promesa(texto: str) -> re.Match[str] | None:
    """Devuelve el primer verbo que promete: un futuro o «se compromete», «acepta», «otorga»."""
    return primer_futuro(texto) or _ASUME.search(plegar(texto))
