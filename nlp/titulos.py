"""Cómo se anuncia una sección: títulos, entradas de lista, rótulos de línea y fórmulas.

Son datos (`nlp/datos/secciones.toml`); aquí solo se compilan y se buscan, sobre texto plegado.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ingesta.documento import Bloque, TipoBloque
from nlp.correccion import corregir
from nlp.lectura import Palabra
from nlp.plegado import plegar
from nlp.propuesta import Seccion
from nlp.verbos import PERSONALES, analizar

_FIN_DE_LINEA = r"\s*(?::|\.\s?[-–]|\s[-–])\s*(?=\S)"
_VERBO = re.compile(
    r"\b[a-záéíóúñ]{2,}(?:rá|rán|remos|ó|aron|ieron|jeron)\b|\bse (?:da|dejan?)\b"
    r"|\b(?:(?:ex|pro|dis|o)?puso|dijo|hubo|fue|hizo|(?:sos|ob|man)?tuvo|vino|dio)\b"
)
_PREFIJO = re.compile(
    r"(?:(?:matriz|cuadro|resumen|relacion|lista|detalle|estacion|registro|otros|otras|demas|de|del|los"
    r"|las|la|el)\s+)*"
)


_MAXIMO_CON_ERRORES = 4
_RUIDO = re.compile(r"^[\Wivxl\d]{1,5}[.)]+-?\s*")


@dataclass(frozen=True, slots=True)
class Patrones:
    """Los patrones de una sección; None en lo que no tiene."""

    seccion: Seccion
    titulo: re.Pattern[str] | None
    entrada: re.Pattern[str] | None
    linea: re.Pattern[str] | None
    formula: re.Pattern[str] | None


@lru_cache(maxsize=1)
def patrones() -> tuple[Patrones, ...]:
    """Devuelve los patrones de cada sección, en el orden en que se prueban."""

    def unir(alternativas: list[str] | None, final: str = "") -> re.Pattern[str] | None:
        return re.compile(f"(?:{'|'.join(alternativas)}){final}") if alternativas else None

    return tuple(
        Patrones(
            Seccion(s["nombre"]),
            unir(s.get("titulos")),
            unir(s.get("entradas")),
            unir(s.get("lineas"), _FIN_DE_LINEA),
            unir(s.get("formulas")),
        )
        for s in _datos()["seccion"]
    )


@lru_cache(maxsize=1)
def _datos() -> dict[str, Any]:
    ruta = files("nlp") / "datos" / "secciones.toml"
    return tomllib.loads(ruta.read_text(encoding="utf-8"))


def tiene_verbo(texto: str) -> bool:
    """Dice si el texto tiene un verbo conjugado en futuro o en pasado."""
    return bool(_VERBO.search(texto.lower()))


def es_entrada(texto: str) -> bool:
    """Dice si el texto solo presenta una lista («Se arribó a los siguientes acuerdos:»)."""
    return seccion_de_entrada(plegar(texto).strip()) is not None


def seccion_de_entrada(oracion: str) -> Seccion | None:
    """Devuelve la sección de la lista que presenta una oración plegada terminada en «:»."""
    if not oracion.endswith(":"):
        return None
    for leida in dict.fromkeys((oracion, corregir(oracion, _datos()["claves"]))):
        for p in patrones():
            if p.entrada and p.entrada.search(leida):
                return p.seccion
    return None


def buscar_titulo(plano: str) -> tuple[Seccion, str] | None:
    """Devuelve la sección que abre un título plegado y lo que sobra de él.

    El OCR puede leer «ACUERD0S», «ACUER DOS» o «II1. COMPROMSOS».
    """
    plano = plano.strip(" .:–-«»\"'")
    if hallado := _buscar(plano):
        return hallado
    palabras = plano.split()
    if len(palabras) > _MAXIMO_CON_ERRORES or any(map(_es_verbo, palabras)):
        return None
    return _buscar(corregir(_RUIDO.sub("", plano), _datos()["claves"]))


def _es_verbo(palabra: str) -> bool:
    """«Pedimos» no es «Pedidos» mal leído."""
    forma = analizar(Palabra(palabra, palabra, 0, len(palabra)))
    return forma is not None and forma.tiempo in PERSONALES


def _buscar(plano: str) -> tuple[Seccion, str] | None:
    prefijo = _PREFIJO.match(plano)
    for inicio in dict.fromkeys((0, prefijo.end() if prefijo else 0)):
        for de_seccion in patrones():
            if de_seccion.titulo and (hallado := de_seccion.titulo.match(plano, inicio)):
                return de_seccion.seccion, plano[hallado.end() :].strip()
    return None


def destaca(bloque: Bloque, cuerpo: str, gritado: bool) -> bool:
    """Dice si el bloque se ve como título: lo es en el original o va en mayúsculas.

    En un acta escrita toda en mayúsculas, estas no destacan nada.
    """
    letras = [c for c in cuerpo if c.isalpha()]
    mayusculas = (
        not gritado and len(letras) > 3 and sum(c.isupper() for c in letras) > 0.8 * len(letras)
    )
    return bloque.tipo is TipoBloque.TITULO or mayusculas
