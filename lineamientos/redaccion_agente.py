"""Halla y saca de la oración al responsable dicho después: «a cargo de…», «por…»."""

from __future__ import annotations

import re
from dataclasses import dataclass

POSPUESTO = re.compile(
    r"(?:,\s*)?\b(?:por parte|a cargo|de responsabilidad|bajo (?:la )?responsabilidad)\s+"
    r"(?P<de>del|de(?:\s+(?:el|las?|los))?)\s+",
    re.I,
)
POR = re.compile(r"\s+por\s+(?P<det>(?:el|las?|los)\s+)?", re.I)
_OTRO = re.compile(r"\s+(?:y|e)\s+(?:(?:el|las?|los)\s+)?", re.I)
_ALTERNATIVA = re.compile(r"\s*(?:/|[yo]/[yo]|o)\b", re.I)


@dataclass(frozen=True, slots=True)
class Agente:
    """Quien responde, hallado en la oración, y el texto sin él."""

    quien: str
    varios: bool
    sin_el: str


def tras(guia: re.Pattern[str], texto: str, responsables: tuple[str, ...]) -> Agente | None:
    """Halla al responsable que sigue a la guía («a cargo de…», «por…») y lo saca del texto."""
    for hallado in guia.finditer(texto):
        fin = _fin_de_nombres(texto, hallado.end(), responsables)
        if fin is None or _ALTERNATIVA.match(texto, fin):
            continue
        articulo = _articulo(hallado)
        quien = texto[hallado.end() : fin]
        varios = _OTRO.search(quien) is not None and len(responsables) > 1
        sin_el = f"{texto[: hallado.start()]}{texto[fin:]}"
        return Agente(f"{articulo}{quien}", varios or articulo in {"los ", "las "}, sin_el)
    return None


def _articulo(guia: re.Match[str]) -> str:
    if determinante := guia.groupdict().get("det"):
        return f"{determinante.strip().lower()} "
    de = (guia.groupdict().get("de") or "").lower().split()
    if de == ["del"]:
        return "el "
    return f"{de[1]} " if len(de) > 1 else ""


def _fin_de_nombres(texto: str, desde: int, responsables: tuple[str, ...]) -> int | None:
    fin: int | None = None
    while nombre := next((r for r in responsables if texto.startswith(r, desde)), None):
        fin = desde + len(nombre)
        otro = _OTRO.match(texto, fin)
        if otro is None:
            break
        desde = otro.end()
    return fin


def son_varios(quien: str) -> bool:
    """Dice si el responsable así escrito pide el verbo en plural."""
    return (
        bool(re.match(r"l[oa]s\b", quien, re.I)) or re.search(r" (?:y|e|y/o) ", quien) is not None
    )
