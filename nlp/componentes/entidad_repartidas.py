"""Varias entidades con una sola cabeza: «los ministerios de Salud y de Educación» son dos."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nlp import gacetero
from nlp.componentes.entidad_colas import ARTICULOS, Colas
from nlp.componentes.entidad_nombres import en_titulo
from nlp.propuesta import NivelDeGobierno

_DE_SECTOR = frozenset({"ministerios", "sectores", "ministros", "ministras", "viceministros"})
_DE_LUGAR = {
    "gobiernos": ("Gobierno", NivelDeGobierno.REGIONAL, "estado"),
    "municipalidades": ("Municipalidad", NivelDeGobierno.LOCAL, "estado"),
    "comunidades": ("Comunidad", NivelDeGobierno.NO_APLICA, "sociedad_civil"),
}
_ADJETIVOS = {
    "regionales": "Regional",
    "distritales": "Distrital",
    "provinciales": "Provincial",
    "campesinas": "Campesina",
    "nativas": "Nativa",
}
Leida = tuple[int, str, NivelDeGobierno, str]
"""Dónde termina lo leído y el nombre, el nivel y la clase de quien se lee."""

Leer = Callable[[Colas, int], Leida | None]
_NEXOS = frozenset({",", "y", "e"})
_MAXIMO_NOMBRE = 4


@dataclass(frozen=True, slots=True)
class Parte:
    """Una de las entidades: sus palabras [desde, hasta) y a quién nombran."""

    desde: int
    hasta: int
    valor: str
    nivel: NivelDeGobierno
    clase: str


def repartidas(colas: Colas, i: int) -> tuple[Parte, ...]:
    """Devuelve las entidades que la cabeza de la palabra `i` reparte; vacío si no son dos o más."""
    cabeza = colas.lectura.plegada(i)
    if cabeza in _DE_SECTOR:
        partes = tuple(_por_nexos(colas, i, i + 1, _sector))
    elif cabeza in _DE_LUGAR:
        adjetivo = _ADJETIVOS.get(colas.lectura.plegada(i + 1), "")
        partes = tuple(_por_nexos(colas, i, i + 1 + bool(adjetivo), _lugar))
        partes = tuple(_nombrada(cabeza, adjetivo, p) for p in partes)
    else:
        return ()
    return partes if len(partes) > 1 else ()


def _nombrada(cabeza: str, adjetivo: str, parte: Parte) -> Parte:
    nombre, nivel, clase = _DE_LUGAR[cabeza]
    lugar = en_titulo(parte.valor) if parte.valor.isupper() else parte.valor
    if adjetivo == "Regional" and (region := gacetero.region(lugar)):
        lugar = str(region.region)
    valor = " ".join(filter(None, (nombre, adjetivo, "de", lugar)))
    return Parte(parte.desde, parte.hasta, valor, nivel, clase)


def _por_nexos(colas: Colas, cabeza: int, j: int, leer: Leer) -> Iterator[Parte]:
    """Da lo que sigue a la cabeza, separado por comas o «y»; a cada uno puede seguirle un «de»."""
    lectura = colas.lectura
    desde = cabeza
    while True:
        j += lectura.plegada(j) in {"de", "del"}
        j += lectura.plegada(j) in ARTICULOS
        parte = leer(colas, j)
        if parte is None:
            return
        yield Parte(j if desde != cabeza else cabeza, *parte)
        desde, j = j, parte[0]
        if lectura.plegada(j) not in _NEXOS:
            return
        j += 1 + (lectura.plegada(j) == "," and lectura.plegada(j + 1) in {"y", "e"})


def _sector(colas: Colas, j: int) -> Leida | None:
    hasta, ficha = colas.sectores.get(j, (j, None))
    if ficha is None or not colas.lectura.palabras[j].con_mayuscula:
        return None
    return hasta, ficha.nombre, ficha.nivel, ficha.clase


def _lugar(colas: Colas, j: int) -> Leida | None:
    hasta = j
    while hasta - j < _MAXIMO_NOMBRE and colas.es_nombre(hasta) and not _otra(colas, hasta):
        hasta += 1
        if colas.lectura.plegada(hasta) == "de" and colas.es_nombre(hasta + 1):
            hasta += 1
    if hasta == j:
        return None
    return hasta, colas.texto(j, hasta), NivelDeGobierno.NO_APLICA, ""


def _otra(colas: Colas, j: int) -> bool:
    return j in colas.nucleos or j in colas.catalogo
