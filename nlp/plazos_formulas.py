"""Fórmulas de plazo de las que no sale una fecha: «a la brevedad», «una vez firmado el contrato».

Las frases están en `datos/plazos.toml`; aquí solo se compilan y se buscan.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from nlp import plazos_calculo
from nlp.plazos_calculo import Clase, Nucleo, cortar
from nlp.propuesta import MetodoDePlazo

_RESTO = r"[^,;.:()|\n]{0,100}"


@lru_cache(maxsize=1)
def _formulas() -> tuple[tuple[MetodoDePlazo, Clase, re.Pattern[str]], ...]:
    tabla = tomllib.loads(files("nlp").joinpath("datos/plazos.toml").read_text(encoding="utf-8"))
    return tuple(
        (MetodoDePlazo(metodo), clase, re.compile(_patron(grupos[lista])))
        for metodo, grupos in tabla.items()
        for lista, clase in (("frases", Clase.FORMULA), ("sueltas", Clase.FORMULA_SUELTA))
    )


def _patron(frases: list[str]) -> str:
    unidas = "|".join(f.replace(" …", rf"\b{_RESTO}").replace("…", _RESTO) for f in frases)
    return rf"(?<!\w)(?:{unidas})(?!\w)".replace(" ", r"\s")


def formulas(plegado: str, metodos: frozenset[MetodoDePlazo]) -> Iterator[Nucleo]:
    """Recorre las fórmulas de esos métodos en el texto plegado."""
    for metodo, clase, patron in _formulas():
        if metodo in metodos:
            for hallado in patron.finditer(plegado):
                fin = cortar(plegado, *hallado.span())
                yield Nucleo(hallado.start(), fin, clase, plazos_calculo.sin_fecha(metodo))
