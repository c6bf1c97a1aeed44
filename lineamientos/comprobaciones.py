"""Los pocos tipos de comprobación; las reglas son datos que los usan.

Una comprobación mira un `Caso` y produce `Senal`: un tramo del texto, y si hace falta sugerencias
propias y datos para completar el mensaje. Para sumar un tipo: una función y una línea en
`COMPROBACIONES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ingesta.documento import Documento, Tramo
from lineamientos.coherencia import COMPARACIONES
from nlp import verbos
from nlp.plegado import plegar
from nlp.propuesta import DatosDelActa, Propuesta


@dataclass(frozen=True, slots=True)
class Caso:
    """El ítem que se revisa, con su documento y los datos del acta."""

    documento: Documento
    propuesta: Propuesta
    datos: DatosDelActa

    @property
    def texto(self) -> str:
        """Devuelve el texto del ítem."""
        return self.documento.fragmento(self.propuesta.tramo)


@dataclass(frozen=True, slots=True)
class Senal:
    """Tramo del documento que incumple; `datos` completa el mensaje de la regla."""

    tramo: Tramo
    sugerencias: tuple[str, ...] = ()
    datos: Mapping[str, str] = field(default_factory=dict)


def falta_campo(caso: Caso, campos: list[str]) -> Iterator[Senal]:
    """Señala el ítem entero cuando no se halló ninguno de los campos."""
    if not any(getattr(caso.propuesta.campos, campo) for campo in campos):
        yield Senal(caso.propuesta.tramo)


def hay_campo(caso: Caso, campo: str) -> Iterator[Senal]:
    """Señala cada valor hallado de un campo."""
    for valor in _valores(caso, campo):
        yield Senal(valor.tramo)


def valor_de_campo(
    caso: Caso, campo: str, atributo: str, valores: list[Any], salvo: list[str] | None = None
) -> Iterator[Senal]:
    """Señala los valores de un campo cuyo atributo está en la lista, salvo que el ítem diga algo.

    `salvo` son términos (falsos amigos) que, presentes en el ítem, callan la señal.
    """
    if salvo and next(_apariciones(caso, salvo), None):
        return
    for valor in _valores(caso, campo):
        if getattr(valor, atributo) in valores:
            yield Senal(valor.tramo, datos=_detalle_de_plazo(valor))


def verbo_debil(caso: Caso) -> Iterator[Senal]:
    """Señala el verbo principal si está entre los débiles de `verbos.toml` y ofrece reemplazos.

    Calla ante un falso amigo: el mismo verbo en su uso técnico (`dominio.md` §2.3).
    """
    accion = caso.propuesta.campos.accion
    debil = verbos.debiles().get(accion.lema) if accion else None
    if accion and debil and not _es_falso_amigo(accion.lema, caso.texto):
        yield Senal(accion.tramo, tuple(debil["sugerencias"]), {"motivo": debil["motivo"]})


def presencia(caso: Caso, terminos: list[str], salvo: list[str] | None = None) -> Iterator[Senal]:
    """Señala cada aparición de un término.

    Los términos se buscan por palabras completas, sin mirar mayúsculas ni tildes; «*» al final de
    una palabra vale por cualquier terminación. Una aparición dentro de un término de `salvo` calla.
    """
    exentos = list(_apariciones(caso, salvo)) if salvo else []
    for tramo in _apariciones(caso, terminos):
        if not any(e.toca(tramo) for e in exentos):
            yield Senal(tramo)


def ausencia(caso: Caso, terminos: list[str]) -> Iterator[Senal]:
    """Señala el ítem entero cuando no aparece ninguno de los términos."""
    if next(_apariciones(caso, terminos), None) is None:
        yield Senal(caso.propuesta.tramo)


def cuenta_de_campo(caso: Caso, campo: str, maximo: int) -> Iterator[Senal]:
    """Señala los valores que pasan del máximo, desde el primero hasta el último."""
    valores = _valores(caso, campo)
    if len(valores) > maximo:
        tramos = [v.tramo for v in valores]
        yield Senal(Tramo(min(t.inicio for t in tramos), max(t.fin for t in tramos)))


def longitud(caso: Caso, maximo: int) -> Iterator[Senal]:
    """Señala el ítem entero cuando tiene más palabras que el máximo."""
    palabras = len(caso.texto.split())
    if palabras > maximo:
        yield Senal(caso.propuesta.tramo, datos={"palabras": str(palabras)})


def coherencia(caso: Caso, comparacion: str) -> Iterator[Senal]:
    """Señala lo que resulta de comparar dos datos con una función de `COMPARACIONES`."""
    for tramo, datos in COMPARACIONES[comparacion](caso.propuesta, caso.datos):
        yield Senal(tramo, datos=datos)


COMPROBACIONES: dict[str, Callable[..., Iterator[Senal]]] = {
    "falta_campo": falta_campo,
    "hay_campo": hay_campo,
    "valor_de_campo": valor_de_campo,
    "verbo_debil": verbo_debil,
    "presencia": presencia,
    "ausencia": ausencia,
    "cuenta_de_campo": cuenta_de_campo,
    "longitud": longitud,
    "coherencia": coherencia,
}


def _valores(caso: Caso, campo: str) -> tuple[Any, ...]:
    valor = getattr(caso.propuesta.campos, campo)
    return valor if isinstance(valor, tuple) else (valor,) if valor else ()


def _apariciones(caso: Caso, terminos: list[str]) -> Iterator[Tramo]:
    patron = _patron(tuple(terminos))
    base = caso.propuesta.tramo.inicio
    for m in patron.finditer(plegar(caso.texto)):
        yield Tramo(base + m.start(), base + m.end())


@lru_cache(maxsize=256)
def _patron(terminos: tuple[str, ...]) -> re.Pattern[str]:
    largos_primero = sorted(terminos, key=len, reverse=True)
    partes = (
        re.escape(plegar(t)).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for t in largos_primero
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(partes)})(?!\w)")


def _es_falso_amigo(lema: str, texto: str) -> bool:
    plegado = plegar(texto)
    return any(
        amigo["palabra"] == lema and any(senal in plegado for senal in amigo["contexto"])
        for amigo in verbos.datos()["falso_amigo"]
    )


def _detalle_de_plazo(valor: Any) -> dict[str, str]:
    datos: dict[str, str] = {}
    if fecha := getattr(valor, "fecha_limite", None):
        datos["fecha"] = f"{fecha:%d/%m/%Y}"
    if alternativas := getattr(valor, "alternativas", ()):
        datos["calendario"], datos["habiles"] = (f"{d:%d/%m/%Y}" for d in alternativas)
    return datos
