"""Cuánto se parecen lo pedido y lo asumido: las palabras de contenido que comparten.

Una palabra pesa menos cuanto más se repite en el acta. Las de un mismo grupo de
`parecido.toml` («posta», «puesto de salud») cuentan como una.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from nlp.lectura import Palabra
from nlp.objetos import lexico
from nlp.plegado import plegar
from nlp.verbos import Tiempo, analizar

Contenido = Mapping[str, float]
"""Raíz → cuánto cuenta en su texto."""

_MOTIVO = re.compile(r",? (?:porque|pues|ya que|debido a|toda vez que|por estar)\b")
_ASUNTO = re.compile(
    r"^\W*(?:sobre|en cuanto al?|(?:con )?respecto (?:al?|del?)|en relacion (?:al?|con)) "
    r"(?P<asunto>[^,:]{3,80}),|\b(?:pedido|solicitud|planteamiento|consulta) (?:sobre|del?) "
    r"(?P<de>[^,;.]{3,60}?)(?= al? | en |[,;.]|$)|^\W*(?P<punto>[a-z ]{3,40}): no\b"
)
_CORTE = re.compile(r"[,;.]\s| con (?:presencia|participacion) ")
_ACCESORIO = 0.2
"""Lo que cuenta una palabra del pedido dicha después de la primera coma."""

_LEJOS = 14
_RAIZ = 6
_MINIMO_COMUN = 2
_PARTE_DE_UNA = 0.4
"""Parte del pedido que debe cubrir una sola palabra común para que baste («Becas»)."""


@lru_cache(maxsize=1)
def _grupos() -> dict[str, str]:
    ruta = files("nlp") / "datos" / "parecido.toml"
    grupos: dict[str, list[str]] = tomllib.loads(ruta.read_text("utf-8"))["equivalencias"]
    return {_raiz(p): nombre for nombre, palabras in grupos.items() for p in palabras}


@lru_cache(maxsize=1)
def _vacias() -> frozenset[str]:
    ruta = files("nlp") / "datos" / "parecido.toml"
    palabras: list[str] = tomllib.loads(ruta.read_text("utf-8"))["vacias"]["palabras"]
    return frozenset(map(_raiz, palabras))


def _raiz(palabra: str) -> str:
    """Quita el plural y la vocal final y corta («médicos» → medic)."""
    return re.sub(r"(?:es|s|[aeo])$", "", palabra.removesuffix("s"))[:_RAIZ]


def contenido(texto: str, es_pedido: bool) -> Contenido:
    """Devuelve las raíces del texto con su parte: 2 lo que se pide, 0,2 lo dicho tras una coma.

    De un pedido no cuentan quien lo hace, a quién se dirige ni el motivo. De una respuesta que
    dice a qué responde («Sobre el pago de los operadores, …») solo cuenta eso.
    """
    principal = _MOTIVO.split(plegar(texto))[0]
    if es_pedido:
        principal = _lo_pedido(principal)
    elif asunto := _ASUNTO.search(principal):
        principal = asunto["asunto"] or asunto["de"] or asunto["punto"]
    parte = 2.0 if es_pedido else 1.0
    hallado: dict[str, float] = {}
    for i, tramo in enumerate(_CORTE.split(principal)):
        for palabra in re.findall(r"[a-z]{3,}", tramo):
            raiz = _raiz(palabra)
            if raiz in _vacias():
                continue
            hallado.setdefault(_grupos().get(raiz, raiz), parte)
            parte = 1.0 if i == 0 or not es_pedido else _ACCESORIO
        if hallado and es_pedido:
            parte = _ACCESORIO
    return hallado


def _lo_pedido(plano: str) -> str:
    """Quita «El señor Ruiz solicitó que la empresa retome» y deja lo que se pide."""
    verbo = lexico().pide.search(plano)
    if verbo and plano[verbo.end() :].split():
        plano = plano[verbo.end() :]
    palabras = plano.split()
    if "que" not in palabras[:_LEJOS]:
        return plano
    desde = palabras.index("que")
    for i in range(desde + 1, min(len(palabras) - 1, desde + _LEJOS)):
        forma = analizar(Palabra(palabras[i], palabras[i], 0, len(palabras[i])))
        if forma and forma.tiempo is Tiempo.SUBJUNTIVO:
            return " ".join(palabras[i + 1 :])
    return plano


def pesos(textos: Sequence[Contenido]) -> dict[str, float]:
    """Devuelve el peso de cada raíz en el acta, según en cuántos de sus textos aparece."""
    veces = Counter(r for raices in textos for r in raices)
    return {raiz: math.log(1 + len(textos) / n) for raiz, n in veces.items()}


def parecido(pedido: Contenido, dicho: Contenido, peso: Mapping[str, float]) -> float:
    """Devuelve de 0 a 1 cuánto de lo pedido está en lo dicho y cuánto de lo dicho se pidió."""
    comunes = pedido.keys() & dicho.keys()
    if not comunes:
        return 0.0
    de_pedido = sum(parte * peso.get(r, 0.0) ** 2 for r, parte in pedido.items())
    if not de_pedido:
        return 0.0
    cubre = sum(pedido[r] * peso.get(r, 0.0) ** 2 for r in comunes) / de_pedido
    basta = cubre >= _PARTE_DE_UNA or len(comunes) == len(dicho)
    if len(comunes) < _MINIMO_COMUN and not basta:
        return 0.0
    de_dicho = sum(parte * peso.get(r, 0.0) ** 2 for r, parte in dicho.items())
    de_comunes = sum(peso.get(r, 0.0) ** 2 for r in comunes)
    return (cubre + de_comunes / math.sqrt(de_pedido * de_dicho)) / 2
