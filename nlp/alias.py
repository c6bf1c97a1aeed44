"""Cómo llama el acta a sus entidades: «la empresa» es la única que nombra; «FEKUBAM», su sigla."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import chain

from ingesta.documento import Documento
from nlp.catalogo import entidad_por_nombre, fichas
from nlp.componentes.entidad_menciones import Mencion, menciones
from nlp.lectura import Lectura, leer
from nlp.plegado import plegar
from nlp.propuesta import NivelDeGobierno

_CON_SIGLA = re.compile(r"(?P<nombre>.+?)\s*\((?P<sigla>[A-ZÁÉÍÓÚÑ][\w-]+)\)$")
_RAZON_SOCIAL = re.compile(
    r"\bS\. ?(?:A|R|C)\b|\bE\. ?I\. ?R|(?:[A-ZÁÉÍÓÚÑ]\w+ ){1,}[A-ZÁÉÍÓÚÑ]\w+"
)
_GENERICAS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("comunidad ", ("la comunidad",)),
    ("comunidad campesina ", ("la comunidad campesina",)),
    ("comunidad nativa ", ("la comunidad nativa",)),
    ("federacion ", ("la federacion",)),
    ("municipalidad ", ("la municipalidad", "el municipio", "el alcalde", "la gerencia municipal")),
    ("municipalidad provincial ", ("la municipalidad provincial",)),
    ("municipalidad distrital ", ("la municipalidad distrital",)),
    ("gobierno regional ", ("el gobierno regional", "el gore")),
    ("junta de usuarios ", ("la junta de usuarios", "la junta")),
    ("frente ", ("el frente de defensa", "el frente")),
    ("gremio ", ("el gremio",)),
    ("asociacion ", ("la asociacion",)),
    ("cooperativa ", ("la cooperativa",)),
)
_COMIENZOS = frozenset(comienzo.strip() for comienzo, _ in _GENERICAS)
_DE_EMPRESA = ("la empresa", "la empresa minera", "la minera", "la compania", "la operadora")


Nombrada = tuple[str, str]
"""Mención genérica o sigla en minúsculas y el nombre que se le da."""


def nombradas_en(linea: str) -> tuple[Nombrada, ...]:
    """Devuelve lo que una línea del acta nombra, en orden."""
    lectura = leer(linea)
    nombres = ((_nombre(mencion), mencion) for mencion in menciones(lectura))
    return tuple((clave, n) for n, mencion in nombres for clave in _claves(n, mencion, lectura))


def alias_del_acta(
    documento: Documento, de_linea: Callable[[str], tuple[Nombrada, ...]] = nombradas_en
) -> dict[str, str]:
    """Devuelve, por cada mención genérica o sigla en minúsculas, el nombre que el acta le da.

    Una genérica solo tiene nombre si el acta nombra a una sola entidad de esa clase.
    """
    hallados: dict[str, set[str]] = defaultdict(set)
    lineas = (
        linea
        for bloque in documento.cuerpo
        for linea in documento.fragmento(bloque.tramo).splitlines()
    )
    for clave, nombre in chain.from_iterable(map(de_linea, lineas)):
        hallados[clave].add(nombre)
    alias = {clave: unico for clave, n in hallados.items() if (unico := _unico(n))}
    return _con_region(alias) | alias


def _unico(nombres: set[str]) -> str | None:
    """El único nombre, o el más largo si los demás son su comienzo («gremio de pescadores»)."""
    largo = max(nombres, key=len)
    return largo if all(plegar(largo).startswith(plegar(n)) for n in nombres) else None


def _con_region(alias: dict[str, str]) -> dict[str, str]:
    """Da su región a las dependencias («DIRESA») si el acta nombra un solo gobierno regional."""
    gobierno = alias.get("el gobierno regional", "")
    ambito = gobierno.removeprefix("Gobierno Regional ")
    if ambito == gobierno:
        return {}
    regionales = (f for f in fichas() if f.territorial and f.nivel is NivelDeGobierno.REGIONAL)
    return {
        plegar(leido): f"{f.nombre} {ambito}"
        for f in regionales
        for leido in (f.nombre, *f.siglas)
        if " regional de " in f" {plegar(f.nombre)} "
    }


def _nombre(mencion: Mencion) -> str:
    """Devuelve el nombre sin su sigla ni la palabra «empresa»."""
    con_sigla = _CON_SIGLA.match(mencion.valor)
    nombre = con_sigla["nombre"] if con_sigla else mencion.valor
    return nombre.removeprefix("empresa ").removeprefix("Empresa ")


def _claves(nombre: str, mencion: Mencion, lectura: Lectura) -> Iterator[str]:
    if mencion.generica or not mencion.firme:
        return
    leido = _CON_SIGLA.match(lectura.fragmento(mencion.desde, mencion.hasta))
    conocida = entidad_por_nombre(leido["sigla"]) if leido else None
    if leido and (conocida is None or conocida.territorial):
        yield plegar(leido["sigla"])
    if mencion.clase == "empresa" and _RAZON_SOCIAL.search(nombre):
        yield from _DE_EMPRESA
    plano = plegar(nombre)
    for comienzo, claves in _GENERICAS:
        if plano.startswith(comienzo) and plano not in _COMIENZOS:
            yield from claves
