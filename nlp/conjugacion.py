"""Escribe formas verbales y artículos: lo contrario de `nlp.verbos`, que los lee.

Solo el futuro de tercera persona, con que un acta compromete (`dominio.md` §0.7).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from nlp.catalogo import leer_datos
from nlp.lectura import leer
from nlp.plegado import plegar
from nlp.verbos import infinitivo_de_sustantivo, infinitivo_probable

_IRREGULARES: Final = (
    (re.compile(r"^decir$"), "dir"),
    (re.compile(r"(?<=h)acer$|(?<=f)acer$"), "ar"),
    (re.compile(r"(?<=p)oner$"), "ondr"),
    (re.compile(r"(?<=t)ener$"), "endr"),
    (re.compile(r"(?<=v)enir$"), "endr"),
    (re.compile(r"(?<=s)alir$"), "aldr"),
    (re.compile(r"(?<=v)aler$"), "aldr"),
    (re.compile(r"^poder$"), "podr"),
    (re.compile(r"^querer$"), "querr"),
    (re.compile(r"^saber$"), "sabr"),
    (re.compile(r"^haber$"), "habr"),
)
"""Terminación de infinitivo → raíz de futuro de los verbos que no la forman con el infinitivo."""

_INFINITIVO = re.compile(r"(\w+[aeiáéí]r)(se|l[aoe]s?)?", re.IGNORECASE)
_FEMENINO = re.compile(r"(?:cion|sion|dad|eza|tura|encia|ancia|ia|a|ud)$")
_SIN_TILDE = str.maketrans("áéí", "aei")


@lru_cache(maxsize=1)
def datos() -> dict[str, Any]:
    """Devuelve `redaccion.toml`."""
    return leer_datos("redaccion.toml")


@lru_cache(maxsize=16)
def palabras(lista: str) -> frozenset[str]:
    """Devuelve una lista de `redaccion.toml`."""
    return frozenset(datos()[lista])


def es_infinitivo(palabra: str) -> bool:
    """Dice si la palabra es un infinitivo, con pronombre pegado o sin él («culminarla»)."""
    hallado = _INFINITIVO.fullmatch(palabra)
    if hallado is None:
        return False
    sin_pronombre = hallado[1].lower().translate(_SIN_TILDE) if hallado[2] else hallado[1]
    return infinitivo_probable(leer(sin_pronombre).palabras[0]) is not None


def futuro(infinitivo: str, plural: bool = False) -> str:
    """«entregar» → «entregará»; «culminarla», en plural → «la culminarán»; «reunirse» → «se…»."""
    verbo, pronombre = infinitivo.lower(), ""
    if hallado := _INFINITIVO.fullmatch(verbo):
        verbo, pronombre = hallado[1].translate(_SIN_TILDE), hallado[2] or ""
    raiz = next((p.sub(r, verbo) for p, r in _IRREGULARES if p.search(verbo)), verbo)
    conjugado = f"{raiz.replace('í', 'i')}á{'n' if plural else ''}"
    return f"{pronombre} {conjugado}" if pronombre else conjugado


def verbo_de(sustantivo: str) -> str | None:
    """Devuelve el verbo de un sustantivo de acción, sin tilde o con ella («Construcción»)."""
    return infinitivo_de_sustantivo(leer(sustantivo).palabras[0]) if sustantivo else None


def articulo_de_accion(sustantivo: str) -> str:
    """Devuelve el artículo de un sustantivo de acción: «la» construcción, «el» mantenimiento."""
    plano = plegar(sustantivo)
    femenino = _FEMENINO.search(plano.removesuffix("es").removesuffix("s"))
    if plano.endswith("s"):
        return "las" if femenino else "los"
    return "la" if femenino else "el"


def con_articulo(entidad: str) -> str:
    """Antepone el artículo al nombre de una entidad, si se conoce y no lo lleva."""
    primera = plegar(entidad.split()[0]) if entidad.split() else ""
    articulos: dict[str, list[str]] = datos()["articulos"]
    articulo = next((a for a, lista in articulos.items() if primera in lista), None)
    return f"{articulo} {entidad}" if articulo else entidad
