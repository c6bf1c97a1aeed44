"""Cantidades: un número con la unidad que cuenta («5 plantas», «quince (15) docentes», «240 m²»).

No lo son las fechas, los días de un plazo, el dinero, los códigos ni los números de documentos.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.catalogo import leer_datos
from nlp.contexto import Contexto
from nlp.lectura import leer
from nlp.numeros import EN_PALABRAS, entero
from nlp.plegado import plegar
from nlp.predicados import predicados
from nlp.propuesta import Cantidad

_CIFRAS = r"\d{1,3}(?:[\s.,]\d{3}(?!\d)){1,3}|\d{1,9}(?:[.,]\d{1,2})?"
_ANTES = 30
_ANIO = re.compile(r"(?:19|20)\d\d")
_ESCALA = {"mil": 1_000, "millon": 1_000_000, "millones": 1_000_000}


@dataclass(frozen=True, slots=True)
class _Lexico:
    simbolos: dict[str, str]
    no_cuentan: frozenset[str]
    identifican: frozenset[str]
    patron: re.Pattern[str]


@lru_cache(maxsize=1)
def _lexico() -> _Lexico:
    tabla = leer_datos("lexico_cantidades.toml")
    simbolos: dict[str, str] = tabla["simbolos"]
    pegados = "|".join(re.escape(s) for s in sorted(simbolos, key=len, reverse=True))
    intermedios = "|".join(tabla["intermedios"]["palabras"])
    patron = re.compile(
        rf"(?<![\w/+°º-])(?<!\d[.,])(?P<numero>(?:{_CIFRAS})(?!\d)|{EN_PALABRAS})"
        rf"(?:\s?\((?P<cifra>\d{{1,6}})\))?(?:\s(?P<escala>mil|millon(?:es)?)(?:\sde)?\b)?"
        rf"(?:\s?(?P<simbolo>{pegados})(?![\w²³])|\s(?:(?:{intermedios})\s)?(?P<unidad>[a-z]{{2,}})\b)"
    )
    return _Lexico(
        simbolos,
        frozenset(tabla["no_cuentan"]["palabras"]),
        frozenset(tabla["identifican"]["palabras"]),
        patron,
    )


def extraer(texto: str, contexto: Contexto) -> tuple[Cantidad, ...]:
    """Devuelve las cantidades del texto, en orden («5 plantas»)."""
    return tuple(
        Cantidad(valor, unidad, contexto.tramo(inicio, fin))
        for valor, unidad, inicio, fin in _halladas(texto)
    )


def _halladas(texto: str) -> Iterator[tuple[float, str, int, int]]:
    lexico, plano = _lexico(), _plano(texto)
    objetos = _inicios_de_objeto(texto)
    for hallada in lexico.patron.finditer(plano):
        unidad = texto[slice(*hallada.span("unidad"))] if hallada["unidad"] else None
        if unidad is None:
            yield _valor(hallada), lexico.simbolos[hallada["simbolo"]], *hallada.span()
        elif (
            hallada["unidad"] not in lexico.no_cuentan
            and not (unidad[0].isupper() and not unidad.isupper())
            and not _ANIO.fullmatch(hallada["numero"])
            and not _identifica(plano, hallada.start(), lexico)
            and (hallada["numero"] not in {"un", "una"} or hallada.start() in objetos)
        ):
            yield _valor(hallada), unidad if unidad.isupper() else unidad.lower(), *hallada.span()


def _plano(texto: str) -> str:
    """Pliega el texto y pone las centenas en masculino: «trescientas» cuenta igual."""
    return re.sub(r"(?<=ient)as\b", "os", plegar(texto))


def _inicios_de_objeto(texto: str) -> set[int]:
    """Devuelve dónde empieza lo que sigue a cada verbo: ahí «una ambulancia» es una cantidad."""
    lectura = leer(texto)
    siguientes = (p.hasta for p in predicados(lectura))
    return {lectura.palabras[i].inicio for i in siguientes if i < len(lectura.palabras)}


def _identifica(plano: str, inicio: int, lexico: _Lexico) -> bool:
    """Dice si la palabra anterior hace del número un nombre («I.E. 50123», «Ley 29230»)."""
    previa = re.search(r"(\S+)\s*$", plano[max(0, inicio - _ANTES) : inicio])
    if previa is None:
        return False
    palabra = previa[1]
    return palabra in lexico.identifican or palabra.strip(".:(°º,") in lexico.identifican


def _valor(hallada: re.Match[str]) -> float:
    escala = _ESCALA.get(hallada["escala"] or "", 1)
    numero = hallada["cifra"] or hallada["numero"]
    if not numero[0].isdigit():
        return float(entero(numero) * escala)
    if re.fullmatch(r"[1-9]\d{0,2}(?:[\s.,]\d{3})+", numero):
        return float(re.sub(r"\D", "", numero)) * escala
    return float(numero.replace(",", ".")) * escala
