"""Horas como se escriben en las actas: «9:20 am», «10:00 horas», «las cuatro y diez de la tarde».

Los patrones miran texto plegado y tienen repeticiones acotadas: el tiempo es lineal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.numeros import PALABRA, entero
from nlp.patrones import compilar
from nlp.plegado import plegar

_EN_PALABRAS = rf"\b{PALABRA}(?: y {PALABRA})?"
_FRANJA = r"(?P<franja>(?:de|por) la (?:manana|tarde|noche|madrugada)|del (?:dia|mediodia))"
_MERIDIANO = r"(?P<meridiano>[ap] ?\. ?m\b\.?|[ap]m\b)"
_HORA = compilar(
    r"(?<![\d.,:/])(?P<hora>[01]?\d|2[0-4]) ?[:.h] ?(?P<minuto>[0-5]\d)(?::[0-5]\d)?(?![\d/])"
    rf"(?: ?(?:{_MERIDIANO}|(?P<unidad>h(?:ora|r)?s?\b\.?)|{_FRANJA}))?"
)
_HORA_ENTERA = compilar(
    r"(?<![\d.,:/])(?P<hora>[01]?\d|2[0-4])(?: y (?P<minuto>[0-5]\d))? ?"
    rf"(?:{_MERIDIANO}|(?P<unidad>h(?:oras?|rs?)?\b\.?)(?! (?:de|maquina))|{_FRANJA})"
)
_HORA_EN_PALABRAS = compilar(
    rf"\b(?:a |siendo )?las? (?P<hora>{PALABRA})(?: (?P<unidad>horas?))?"
    rf"(?: (?:y|con) (?P<minuto>media|cuarto|{_EN_PALABRAS})(?: minutos?)?)?(?: {_FRANJA})?"
)
_CERO_MAL_LEIDO = re.compile(r"(?<=\d)o(?=[\d:])|(?<=\d:)o(?=\d)|(?<=\d:\d)o")
_ORDEN = (_HORA, _HORA_ENTERA, _HORA_EN_PALABRAS)
_MEDIDAS = {"media": 30, "cuarto": 15}


@dataclass(frozen=True, slots=True)
class HoraLeida:
    """Hora hallada en [inicio, fin) del texto; `valor` es «HH:MM» de 24 horas."""

    inicio: int
    fin: int
    valor: str


def buscar(texto: str) -> list[HoraLeida]:
    """Devuelve las horas del texto, en orden y sin solaparse."""
    plegado = _CERO_MAL_LEIDO.sub("0", plegar(texto))
    ocupado = bytearray(len(plegado))
    halladas: list[HoraLeida] = []
    for patron in _ORDEN:
        for hallado in patron.finditer(plegado):
            inicio, fin = hallado.span()
            leida = None if any(ocupado[inicio:fin]) else _leer(patron, hallado)
            if leida:
                ocupado[inicio:fin] = b"\1" * (fin - inicio)
                halladas.append(leida)
    return sorted(halladas, key=lambda h: h.inicio)


def _leer(patron: re.Pattern[str], hallado: re.Match[str]) -> HoraLeida | None:
    partes = hallado.groupdict()
    franja, meridiano = partes["franja"] or "", partes.get("meridiano") or ""
    con_punto = "." in hallado[0][: hallado.end("minuto") - hallado.start()]
    sin_senal = not (franja or meridiano or partes["unidad"])
    if patron is _HORA and con_punto and sin_senal:
        return None
    if patron is _HORA_EN_PALABRAS and sin_senal and partes["minuto"] is None:
        return None
    hora = entero(partes["hora"])
    minuto = _MEDIDAS.get(partes["minuto"] or "") or entero(partes["minuto"] or "0")
    if hora < 12 and (meridiano.startswith("p") or "tarde" in franja or "noche" in franja):
        hora += 12
    if hora == 12 and (meridiano.startswith("a") or "madrugada" in franja):
        hora = 0
    if hora > 24 or minuto > 59:
        return None
    inicio = hallado.start("hora")
    return HoraLeida(inicio, hallado.end(), f"{hora % 24:02}:{minuto:02}")
