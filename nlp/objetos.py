"""El objeto de una obligación o de un pedido: si es propio y si son varios los que se cuentan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingesta.documento import Tramo
from nlp.oraciones import datos

_COMA_O_Y = re.compile(r",\s+|\s+(?:y|e)\s+")
_RELATIVO = re.compile(r"\b(?:que|quien(?:es)?|cual(?:es)?|donde|para que)\b")
_ACCION = re.compile(
    r"(?:el|la|los|las) (?:[a-z]+(?:cion|miento|aje|tura|encia)|entrega|arreglo|retiro|pago"
    r"|limpieza|compra|cierre|cambio|mejora|reforma|apertura|obra)\b"
)
_MINIMO_DE_LO_OFRECIDO, _MINIMO_DE_LO_PEDIDO = 3, 2
"""Cuántos objetos contados hacen una enumeración: dos se prometen juntos, pero se piden aparte."""

_PALABRAS_DE_UN_OBJETO = 3


@dataclass(frozen=True, slots=True)
class Lexico:
    """Los patrones de `segmentacion.toml`, tabla `coordinadas`, sobre texto plegado."""

    pide: re.Pattern[str]
    informa: re.Pattern[str]
    segundo_pedido: re.Pattern[str]
    asume: re.Pattern[str]
    comunica: re.Pattern[str]
    anaforico: re.Pattern[str]
    objeto: re.Pattern[str]
    contado: re.Pattern[str]
    plazo: re.Pattern[str]


@lru_cache(maxsize=1)
def lexico() -> Lexico:
    """Compila los patrones con que se reconoce lo coordinado."""
    une = {clave: "|".join(lista) for clave, lista in datos()["coordinadas"].items()}
    return Lexico(
        pide=re.compile(rf"\b(?:{une['pide']})\b"),
        informa=re.compile(rf"\b(?:{une['informa']})\b"),
        segundo_pedido=re.compile(
            rf"(?:(?:asimismo|ademas|tambien),? )?(?:{une['pide_conjugado']})\b"
        ),
        asume=re.compile(une["asume"]),
        comunica=re.compile(rf"(?:{une['comunica']})"),
        anaforico=re.compile(rf"(?:{une['anaforico']})\b"),
        objeto=re.compile(rf"(?:{une['objeto']})(?=\s)"),
        contado=re.compile(rf"(?:{une['contado']})\s+(?=[a-z])"),
        plazo=re.compile(rf"\b(?:{une['plazo']})\b"),
    )


def empieza_con_objeto(plano: str) -> bool:
    """Dice si «pondrá el bote» tiene objeto propio; «informará los resultados», no.

    El texto empieza por el verbo y está plegado. Dar cuenta de lo anterior no es otra obligación.
    """
    verbo, _, objeto = plano.partition(" ")
    objeto = objeto.lstrip()
    if lexico().comunica.match(verbo) or lexico().anaforico.match(objeto):
        return False
    return bool(lexico().objeto.match(objeto))


def enumerados(plano: str, futuro: tuple[int, int] | None) -> tuple[int, list[Tramo]] | None:
    """Devuelve dónde acaba el verbo y el tramo de cada objeto que se cuenta, o None.

    «Entregará 300 canastas, cuatro mesas y un equipo»: tres. `futuro` es el tramo del verbo en
    futuro, si lo hay; si antes hay un verbo de pedir, la enumeración es de lo pedido.
    """
    pide = lexico().pide.search(plano)
    de_pedido = pide is not None and (futuro is None or pide.start() < futuro[0])
    if pide and de_pedido:
        verbo = pide.end()
    elif futuro:
        verbo = futuro[1]
    else:
        return None
    cortes = [m.span() for m in _COMA_O_Y.finditer(plano, verbo)]
    inicios = [verbo + 1, *(fin for _, fin in cortes)]
    finales = [*(inicio for inicio, _ in cortes), len(plano)]
    if any(inicio >= fin for inicio, fin in zip(inicios, finales, strict=True)):
        return None
    tramos = [Tramo(a, b) for a, b in zip(inicios, finales, strict=True)]
    partes = [plano[t.inicio : t.fin] for t in tramos]
    valen = _pedidos(partes) if de_pedido else _ofrecidos(partes)
    return (verbo, tramos) if valen else None


def _ofrecidos(partes: list[str]) -> bool:
    if len(partes) < _MINIMO_DE_LO_OFRECIDO or any(_RELATIVO.search(p) for p in partes[:-1]):
        return False
    return all(lexico().contado.match(p) for p in partes)


def _pedidos(partes: list[str]) -> bool:
    primera, *otras = partes
    if len(partes) < _MINIMO_DE_LO_PEDIDO or any(_RELATIVO.search(p) for p in partes[:-1]):
        return False
    if any(len(p.split()) < _PALABRAS_DE_UN_OBJETO for p in otras):
        return False
    sola = len(primera.split()) == 1 and len(partes) == _MINIMO_DE_LO_PEDIDO
    if not sola and len(primera.split()) < _PALABRAS_DE_UN_OBJETO:
        return False
    return all(_ACCION.match(p) or lexico().contado.match(p) for p in otras)
