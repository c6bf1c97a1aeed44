"""Pone en futuro lo que se promete: infinitivos, también coordinados, y sustantivos de acción."""

from __future__ import annotations

import re

from nlp.conjugacion import articulo_de_accion, es_infinitivo, futuro, palabras, verbo_de
from nlp.plegado import plegar

_ACCION = re.compile(r"(?:(?:el|las?|los)\s+)?(?P<nombre>\w+)\s+(?P<resto>\w.*)", re.I | re.DOTALL)
_DE = re.compile(r"(?P<de>del?)\s+(?P<objeto>\S.*)", re.I | re.DOTALL)
_SOBRA = re.compile(r"\b(?:para|a fin de|con el fin de|de|en|por|hasta)(?:\s+\w+){0,6}?\s*$", re.I)
_COORDINADO = re.compile(
    r"(?P<nexo>,|\b(?:y|e|o)\b)\s+(?P<a>a\s+)?(?P<no>no\s+)?(?P<verbo>\w+)", re.I
)
_OTRA_ACCION = re.compile(r"\b(?:y|e) (?:del?|a|al)(?: (?:el|las?|los))? (\w+)", re.I)
_CIFRA = re.compile(r"\d|s/|us\$")


def obligacion(
    negado: str | None, resto: str, varios: bool, *, soporte: str, con_a: bool = False
) -> str | None:
    """Pone en futuro lo que sigue a la promesa: un infinitivo o un sustantivo de acción.

    `con_a` dice que la promesa rige «a»: solo los infinitivos que la repiten le pertenecen.
    """
    primera, _, cola = resto.partition(" ")
    if es_infinitivo(primera.strip(",")):
        coordinado = _coordinar(cola, varios, con_a)
        if coordinado is None:
            return None
        no = "no " if negado else ""
        return f"{no}{futuro(primera, varios)} {coordinado}".rstrip()
    return None if negado else verbalizar(resto, varios, soporte)


def _coordinar(cola: str, varios: bool, con_a: bool) -> str | None:
    """Pone en futuro los infinitivos coordinados con el primero; None si no se sabe cuáles son."""
    partes: list[str] = []
    desde = 0
    for hallado in _COORDINADO.finditer(cola):
        if not es_infinitivo(hallado["verbo"]):
            continue
        antes = cola[: hallado.start()]
        if hallado["nexo"] == "," and not hallado["a"]:
            continue
        directo = not antes.strip()
        if con_a and not hallado["a"] and not directo:
            if _SOBRA.search(antes) or re.search(r"\bpara\s+\w+r\b", antes):
                continue
            return None
        if not con_a and re.search(r"\b(?:para|a fin de)\s+\w+r\b", antes):
            continue
        nexo = hallado["nexo"] if hallado["nexo"] == "," else f"{hallado['nexo']}"
        partes.append(f"{cola[desde : hallado.start()]}{nexo} {hallado['no'] or ''}")
        partes.append(futuro(hallado["verbo"], varios))
        desde = hallado.end()
    return "".join((*partes, cola[desde:]))


def verbalizar(accion: str, varios: bool, soporte: str = "") -> str | None:
    """«la instalación de 85 medidores» → «instalará 85 medidores».

    Con `soporte`, o si el verbo pide otra construcción, conserva el sustantivo: «realizará la
    capacitación de los docentes». Con dos acciones («la limpieza… y del recojo…») devuelve None.
    """
    hallado = _ACCION.fullmatch(accion)
    verbo = verbo_de(hallado["nombre"]) if hallado else None
    if hallado is None or verbo is None:
        return None
    nombre = hallado["nombre"] if hallado["nombre"].isupper() else hallado["nombre"].lower()
    if any(verbo_de(otra[1]) for otra in _OTRA_ACCION.finditer(hallado["resto"])):
        return None
    plano = plegar(nombre)
    objeto = _DE.fullmatch(hallado["resto"])
    if objeto and not soporte and plano not in palabras("sin_verbo"):
        directo = f"el {objeto['objeto']}" if objeto["de"].lower() == "del" else objeto["objeto"]
        primera = plegar(directo.split()[0])
        con_determinante = primera in palabras("determinantes") or bool(_CIFRA.match(primera))
        if con_determinante and verbo not in palabras("de_personas"):
            return f"{futuro(verbo, varios)} {directo}"
    if plano in palabras("se_brinda"):
        return f"{futuro('brindar', varios)} {nombre} {hallado['resto']}"
    apoyo = futuro(soporte or "realizar", varios)
    return f"{apoyo} {articulo_de_accion(nombre)} {nombre} {hallado['resto']}"


def es_directa(accion: str) -> bool:
    """Dice si el verbo del sustantivo toma su objeto sin más («la actualización del perfil»)."""
    hecho = verbalizar(accion, varios=False)
    return hecho is not None and not hecho.startswith(("realizará", "brindará"))
