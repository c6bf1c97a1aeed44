"""Reglas declarativas: un archivo TOML por regla, con sus ejemplos.

El nombre del archivo empieza con el código y nombra el defecto: `T01-sin-plazo.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from inspect import signature
from string import Formatter
from typing import Any, TypeVar

from lineamientos.comprobaciones import COMPROBACIONES
from lineamientos.errores import ReglaDesconocida, ReglaInvalida
from lineamientos.hallazgo import Criterio, Gravedad
from nlp.propuesta import Campos, Clase, Tipo

E = TypeVar("E", bound=StrEnum)

AVISO_LEGAL = "Aproximación a los lineamientos; pendiente de cotejo con el Anexo 8."


@dataclass(frozen=True, slots=True)
class Ejemplo:
    """Oración, o fila de un cuadro, con que se explica y se prueba una regla.

    En una fila las celdas van separadas por « | » y `columnas` dice qué es cada una; la primera
    es el ítem. `fecha_acta` y `participantes` hacen falta solo si la regla los mira.
    """

    texto: str
    fecha_acta: date | None = None
    tipo: Tipo | None = None
    columnas: tuple[str, ...] = ()
    participantes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Regla:
    """Una regla de los lineamientos.

    `comprobacion` nombra una función de `COMPROBACIONES` y `parametros` son sus argumentos.
    `clases` y `solo_tipo` dicen a qué ítems se aplica; `si_falta` y `si_hay` exigen que esos
    campos falten todos o estén todos. `decide` marca las reglas que vuelven falso su criterio
    SMART. `cede_a` nombra las que, si señalan el mismo trozo, hacen callar a esta. `mensaje`
    admite los datos de `DATOS_DE_MENSAJE`; `mensaje_sin_fecha` lo reemplaza cuando alguno no se
    pudo calcular.
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
    mensaje_sin_fecha: str = ""
    sugerencias: tuple[str, ...] = ()
    clases: frozenset[Clase] = frozenset({Clase.COMPROMISO})
    solo_tipo: Tipo | None = None
    si_falta: tuple[str, ...] = ()
    si_hay: tuple[str, ...] = ()
    decide: bool = False
    cede_a: tuple[str, ...] = ()

    @property
    def mensaje_general(self) -> str:
        """Devuelve el mensaje con los datos de cada caso entre corchetes («[texto]»)."""
        return re.sub(r"\{(\w+)\}", r"[\1]", self.mensaje)


DATOS_DE_MENSAJE = frozenset({
    "texto",
    "motivo",
    "palabras",
    "entidad",
    "fecha",
    "acta",
    "calendario",
    "habiles",
})
"""Datos entre llaves de un mensaje: lo leído y lo que añade la comprobación."""

_ARCHIVO = re.compile(r"(?P<codigo>[SMART]\d\d)-(?P<nombre>[a-z0-9]+(?:-[a-z0-9]+)*)\.toml")
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
    nombrado = _ARCHIVO.fullmatch(archivo)
    if nombrado is None:
        raise ReglaInvalida(f"{archivo}: el nombre debe ser como «T01-sin-plazo.toml».")
    try:
        datos = tomllib.loads(texto)
    except tomllib.TOMLDecodeError as error:
        raise ReglaInvalida(f"{archivo}: no es TOML válido ({error}).") from error
    _validar(archivo, datos)
    return Regla(
        codigo=nombrado["codigo"],
        nombre=nombrado["nombre"],
        criterio=_valor(archivo, Criterio, datos["criterio"]),
        gravedad=_valor(archivo, Gravedad, datos["gravedad"]),
        **{clave: datos[clave] for clave in _TEXTOS},
        cumplen=tuple(_ejemplos(archivo, datos["cumplen"])),
        incumplen=tuple(_ejemplos(archivo, datos["incumplen"])),
        parametros=datos.get("parametros", {}),
        mensaje_sin_fecha=datos.get("mensaje_sin_fecha", ""),
        sugerencias=tuple(datos.get("sugerencias", ())),
        clases=frozenset(_valor(archivo, Clase, c) for c in datos.get("clases", ["compromiso"])),
        solo_tipo=_valor(archivo, Tipo, datos["solo_tipo"]) if "solo_tipo" in datos else None,
        si_falta=tuple(datos.get("si_falta", ())),
        si_hay=tuple(datos.get("si_hay", ())),
        decide=bool(datos.get("decide", False)),
        cede_a=tuple(datos.get("cede_a", ())),
    )


def campos_de_formato(texto: str) -> set[str]:
    """Devuelve los nombres que un texto lleva entre llaves."""
    return {campo for _, campo, _, _ in Formatter().parse(texto) if campo is not None}


def _validar(archivo: str, datos: Mapping[str, Any]) -> None:
    _admitir(archivo, "la clave", datos, _CLAVES)
    for clave in _OBLIGATORIAS:
        if not datos.get(clave):
            raise ReglaInvalida(f"{archivo}: falta «{clave}».")
    _admitir(archivo, "la comprobación", [datos["comprobacion"]], COMPROBACIONES)
    _validar_parametros(archivo, datos["comprobacion"], datos.get("parametros", {}))
    for clave in ("si_falta", "si_hay"):
        _admitir(archivo, f"el campo de «{clave}»", datos.get(clave, ()), _CAMPOS)
    for clave, admitidos in (("mensaje", DATOS_DE_MENSAJE), ("mensaje_sin_fecha", {"texto"})):
        try:
            usados = campos_de_formato(datos.get(clave, ""))
        except ValueError as error:
            raise ReglaInvalida(f"{archivo}: llaves sin pareja en «{clave}».") from error
        _admitir(archivo, f"el dato de «{clave}»", usados, admitidos)


def _validar_parametros(archivo: str, comprobacion: str, dados: Mapping[str, Any]) -> None:
    firma = list(signature(COMPROBACIONES[comprobacion]).parameters.values())[1:]
    _admitir(archivo, "el parámetro", dados, [p.name for p in firma])
    for parametro in firma:
        if parametro.default is parametro.empty and parametro.name not in dados:
            raise ReglaInvalida(f"{archivo}: falta el parámetro «{parametro.name}».")


def _admitir(archivo: str, que: str, dados: Iterable[str], admitidos: Iterable[str]) -> None:
    lista = sorted(admitidos)
    for dado in dados:
        if dado not in lista:
            raise ReglaInvalida(f"{archivo}: no se admite {que} «{dado}»; use: {', '.join(lista)}.")


def _ejemplos(archivo: str, valores: list[Any]) -> Iterator[Ejemplo]:
    for valor in valores:
        datos: Mapping[str, Any] = {"texto": valor} if isinstance(valor, str) else valor
        _admitir(archivo, "la clave de ejemplo", datos, {f.name for f in fields(Ejemplo)})
        if not datos.get("texto"):
            raise ReglaInvalida(f"{archivo}: falta «texto» en un ejemplo.")
        yield Ejemplo(
            datos["texto"],
            datos.get("fecha_acta"),
            _valor(archivo, Tipo, datos["tipo"]) if "tipo" in datos else None,
            tuple(datos.get("columnas", ())),
            tuple(datos.get("participantes", ())),
        )


def _valor(archivo: str, enumeracion: type[E], valor: str) -> E:
    _admitir(archivo, f"en «{enumeracion.__name__.lower()}»", [valor], enumeracion)
    return enumeracion(valor)
