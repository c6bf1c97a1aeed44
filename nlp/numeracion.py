"""Rótulos escritos al comienzo de un ítem: «1.-», «a)», «PRIMERO:», «Acuerdo N° 1»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nlp.oraciones import datos
from nlp.plegado import plegar

_UNIDADES = "primer|segund|tercer|cuart|quint|sext|sep?tim|octav|noven"
_ORDINAL = (
    rf"(?:(?:un|duo)?decim[oa](?: ?(?:{_UNIDADES})[oa])?|vigesim[oa](?: ?(?:{_UNIDADES})[oa])?|"
    rf"(?:{_UNIDADES})[oa])"
)
_CIERRE = r"(?:\s*(?:[.:)–]|[°º](?=\s))+\s*[-–]*\s*|\s*[-–]+\s+)"
_FORMAS: tuple[tuple[str, str], ...] = (
    ("vineta", r"[-–—•·*▪✓➢»]\s*(?=\S)()"),
    ("ordinal", rf"(?:articulo\s+)?({_ORDINAL}){_CIERRE}"),
    ("numero", r"n[.°º\"'”]{1,2}\s*(\d{1,2})(?:\s*[.:)–-]+)?\s+(?=\S)"),
    ("codigo", rf"([a-z]\d{{1,3}}){_CIERRE}"),
    ("decimal", rf"\(?(\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}){_CIERRE}(?!\d)"),
    ("niveles", r"(\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=[a-z«“¿])"),
    ("romano", r"\(?([ivxl]{1,6})(?:\)|\.(?=[\s-]))\s*[-–]*\s*"),
    ("letra", r"\(?([a-z])\)\s*|([a-z])\.-?\s+(?=[^.]{3})"),
)


@dataclass(frozen=True, slots=True)
class Rotulo:
    """Rótulo de un ítem.

    `numero` va como está escrito, sin signos («PRIMERO», «5.1»), o None en una viñeta. `fin` es
    dónde termina dentro del texto. `estilo` es igual en los ítems de una misma lista. `acto` dice
    qué anuncia un rótulo con nombre: «acuerdo», «pedido», «tarea», «respuesta» o «punto».
    """

    numero: str | None
    fin: int
    estilo: str
    acto: str | None = None

    def sigue_a(self, previo: Rotulo) -> bool:
        """Dice si viene después de otro de su lista («3» → «4»; «II» → «III»)."""
        if previo.estilo != self.estilo:
            return False
        antes, ahora = previo.numero or "", self.numero or ""
        if antes.isdigit() and ahora.isdigit():
            return int(ahora) == int(antes) + 1
        return antes != ahora


@lru_cache(maxsize=1)
def _nombrados() -> tuple[tuple[str, re.Pattern[str]], ...]:
    numero = rf"(?P<numero>\d+(?:[-/.]\w+)*|[ivxl]+\b|{_ORDINAL})"
    cierre = rf"(?P<cierre>{_CIERRE}|\s*$|\s+(?=\S))"
    return tuple(
        (acto, re.compile(rf"(?:{'|'.join(nombres)})\s*(?:n[.°ºro\"'”]*\s*)?{numero}{cierre}"))
        for acto, nombres in datos()["rotulos"].items()
    )


@lru_cache(maxsize=1)
def _formas() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((estilo, re.compile(patron)) for estilo, patron in _FORMAS)


def leer_rotulo(texto: str) -> Rotulo | None:
    """Devuelve el rótulo con que empieza el texto, o None si no lleva."""
    plano = plegar(texto[:80])
    for acto, patron in _nombrados():
        if (hallado := patron.match(plano)) and _es_rotulo(texto, hallado):
            numero = texto[slice(*hallado.span("numero"))]
            return Rotulo(numero, hallado.end(), acto, acto)
    for estilo, patron in _formas():
        if not (hallado := patron.match(plano)):
            continue
        grupo = next((i for i, g in enumerate(hallado.groups(), 1) if g), None)
        escrito = texto[slice(*hallado.span(grupo))] if grupo else None
        if _parece_otra_cosa(estilo, escrito, texto[hallado.end() :], hallado[0]):
            return None
        return Rotulo(escrito, hallado.end(), _estilo(estilo, escrito, hallado[0]))
    return None


def leer_numero(numero: str, nivel: int | None) -> Rotulo:
    """Devuelve el rótulo de un número automático de Word («2.1», «a)», «Acuerdo 1.»)."""
    leido = leer_rotulo(numero + " ")
    if leido and leido.fin >= len(numero.strip()) and leido.acto:
        return Rotulo(leido.numero, 0, leido.estilo, leido.acto)
    limpio = numero.strip(" ().:-–°º•·▪✓➢*\uf0b7")
    return Rotulo(limpio or None, 0, f"auto{nivel or 0}")


def _es_rotulo(texto: str, hallado: re.Match[str]) -> bool:
    """«Acuerdo 24 fue cumplido» no rotula; «Acuerdo N° 1 El MTC…», sí."""
    if hallado["cierre"].strip() or hallado.end() >= len(texto.rstrip()):
        return True
    resto = texto[hallado.end() :]
    return resto[:1].isupper() and any(signo in hallado[0] for signo in "°º\"'”")


def _parece_otra_cosa(estilo: str, numero: str | None, resto: str, rotulo: str) -> bool:
    """«R. Zavala» y «D. S. 004» empiezan como una letra de lista; «1.5 km», como un apartado."""
    if estilo == "numero":
        return not resto[:1].isupper()
    if estilo == "niveles":
        return resto[:1].islower()
    if numero is None or estilo not in ("letra", "romano") or ")" in rotulo:
        return False
    solo_letra = len(numero) == 1 and numero.isupper() and numero not in "IVX"
    return solo_letra or resto[1:2] == "."


def _estilo(forma: str, numero: str | None, rotulo: str) -> str:
    signo = next((s for s in ")°:.-" if s in rotulo), "")
    if forma in ("decimal", "niveles"):
        return f"decimal{(numero or '').count('.')}"
    caja = "M" if numero and numero.isupper() else "m"
    return f"{forma}{signo}{caja}" if forma in ("letra", "romano") else forma
