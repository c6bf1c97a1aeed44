"""Reglas declarativas: un archivo TOML por regla, con sus ejemplos.

El nombre del archivo empieza con el código (`T01-sin-plazo.toml`) y nombra el defecto.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar

from lineamientos.comprobaciones import COMPROBACIONES
from lineamientos.errores import ReglaDesconocida, ReglaInvalida
from lineamientos.hallazgo import Criterio, Gravedad
from nlp.propuesta import Campos, Clase, Tipo

E = TypeVar("E", bound=StrEnum)

AVISO_LEGAL = "Aproximación a los lineamientos; pendiente de cotejo con el Anexo 8."


@dataclass(frozen=True, slots=True)
class Ejemplo:
    """Oración de prueba de una regla; `fecha_acta` hace falta solo si la regla mira fechas."""

    texto: str
    fecha_acta: date | None = None
    tipo: Tipo | None = None


@dataclass(frozen=True, slots=True)
class Regla:
    """Una regla de los lineamientos.

    `comprobacion` nombra una función de `COMPROBACIONES` y `parametros` son sus argumentos.
    `clases` y `solo_tipo` dicen a qué ítems se aplica; `si_falta` y `si_hay` exigen que esos
    campos falten todos o estén todos. `decide` marca las reglas que vuelven falso su criterio
    SMART. `mensaje` y `sugerencias` admiten `{texto}` y los datos de la comprobación.
    """

    codigo: str
    nombre: str
    criterio: Criterio
    gravedad: Gravedad
    titulo: str
    mensaje: str
    explicacion: str
    fuente: str
    comprobacion: str
    cumplen: tuple[Ejemplo, ...]
    incumplen: tuple[Ejemplo, ...]
    parametros: Mapping[str, Any]
    sugerencias: tuple[str, ...] = ()
    clases: frozenset[Clase] = frozenset({Clase.COMPROMISO})
    solo_tipo: Tipo | None = None
    si_falta: tuple[str, ...] = ()
    si_hay: tuple[str, ...] = ()
    decide: bool = False


_CLAVES = {f.name for f in fields(Regla)} - {"codigo", "nombre"}
_TEXTOS = ("titulo", "mensaje", "explicacion", "fuente", "comprobacion")
_OBLIGATORIAS = ("criterio", "gravedad", *_TEXTOS, "cumplen", "incumplen")
_CAMPOS = {f.name for f in fields(Campos)}


@lru_cache(maxsize=1)
def cargar_reglas() -> tuple[Regla, ...]:
    """Lee las reglas de `lineamientos/reglas/`, en orden de código.

    Levanta `ReglaInvalida` con el archivo, la clave y los valores admitidos.
    """
    carpeta = files("lineamientos").joinpath("reglas")
    archivos = sorted(
        (a for a in carpeta.iterdir() if a.name.endswith(".toml")), key=lambda a: a.name
    )
    return tuple(leer_regla(a.name, a.read_text(encoding="utf-8")) for a in archivos)


def buscar_regla(codigo: str) -> Regla:
    """Devuelve la regla de ese código; levanta `ReglaDesconocida` si no existe."""
    for regla in cargar_reglas():
        if regla.codigo == codigo.strip().upper():
            return regla
    raise ReglaDesconocida(f"No hay ninguna regla «{codigo}».")


def leer_regla(archivo: str, texto: str) -> Regla:
    """Lee una regla de su TOML; levanta `ReglaInvalida` si algo no se admite."""
    try:
        datos = tomllib.loads(texto)
    except tomllib.TOMLDecodeError as error:
        raise ReglaInvalida(f"{archivo}: no es TOML válido ({error}).") from error
    for clave in datos.keys() - _CLAVES:
        raise ReglaInvalida(f"{archivo}: clave desconocida «{clave}»; {_admite(_CLAVES)}")
    for clave in _OBLIGATORIAS:
        if not datos.get(clave):
            raise ReglaInvalida(f"{archivo}: falta «{clave}».")
    if datos["comprobacion"] not in COMPROBACIONES:
        raise ReglaInvalida(
            f"{archivo}: comprobación «{datos['comprobacion']}»; {_admite(COMPROBACIONES)}"
        )
    for clave in ("si_falta", "si_hay"):
        for campo in datos.get(clave, ()):
            if campo not in _CAMPOS:
                raise ReglaInvalida(f"{archivo}: {clave} nombra «{campo}»; {_admite(_CAMPOS)}")
    codigo, _, nombre = archivo.removesuffix(".toml").partition("-")
    return Regla(
        codigo=codigo,
        nombre=nombre,
        criterio=_valor(archivo, Criterio, datos["criterio"]),
        gravedad=_valor(archivo, Gravedad, datos["gravedad"]),
        **{clave: datos[clave] for clave in _TEXTOS},
        cumplen=tuple(_ejemplos(archivo, datos["cumplen"])),
        incumplen=tuple(_ejemplos(archivo, datos["incumplen"])),
        parametros=datos.get("parametros", {}),
        sugerencias=tuple(datos.get("sugerencias", ())),
        clases=frozenset(_valor(archivo, Clase, c) for c in datos.get("clases", ["compromiso"])),
        solo_tipo=_valor(archivo, Tipo, datos["solo_tipo"]) if "solo_tipo" in datos else None,
        si_falta=tuple(datos.get("si_falta", ())),
        si_hay=tuple(datos.get("si_hay", ())),
        decide=bool(datos.get("decide", False)),
    )


def _ejemplos(archivo: str, valores: list[Any]) -> Iterator[Ejemplo]:
    for valor in valores:
        if isinstance(valor, str):
            yield Ejemplo(valor)
        else:
            tipo = valor.get("tipo")
            yield Ejemplo(
                valor["texto"],
                valor.get("fecha_acta"),
                _valor(archivo, Tipo, tipo) if tipo else None,
            )


def _valor(archivo: str, enumeracion: type[E], valor: str) -> E:
    try:
        return enumeracion(valor)
    except ValueError:
        raise ReglaInvalida(f"{archivo}: «{valor}» no vale; {_admite(enumeracion)}") from None


def _admite(valores: Any) -> str:
    return f"se admite: {', '.join(sorted(valores))}."
