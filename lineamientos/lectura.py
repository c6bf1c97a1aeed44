"""Lee una regla de su archivo TOML y dice qué está mal con archivo, línea y valores admitidos.

El nombre del archivo empieza con el código y nombra el defecto: `T01-sin-plazo.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from inspect import signature
from typing import Any, NoReturn, TypeVar

from lineamientos.comprobaciones import COMPROBACIONES
from lineamientos.errores import ReglaInvalida
from lineamientos.hallazgo import Criterio, Gravedad
from lineamientos.regla import DATOS_DE_MENSAJE, Ejemplo, Regla, campos_de_formato
from nlp.propuesta import Campos, Clase, Tipo

E = TypeVar("E", bound=StrEnum)

ARCHIVO = re.compile(r"(?P<codigo>[SMART]\d\d)-(?P<nombre>[a-z0-9]+(?:-[a-z0-9]+)*)\.toml")
_CLAVES = {f.name for f in fields(Regla)} - {"codigo", "nombre", "oficina"}
_TEXTOS = ("titulo", "mensaje", "explicacion", "fuente", "comprobacion")
_OBLIGATORIAS = ("criterio", "gravedad", *_TEXTOS, "cumplen", "incumplen")
_DE_CAMPOS = ("si_falta", "si_hay", "decide_si_falta")
_CAMPOS = {f.name for f in fields(Campos)}
_CLAVES_DE_EJEMPLO = {f.name for f in fields(Ejemplo)}
_TIPO_DE: Mapping[str, tuple[type, str]] = {
    **dict.fromkeys(("criterio", "gravedad", *_TEXTOS, "mensaje_sin_fecha"), (str, "un texto")),
    **dict.fromkeys(
        ("cumplen", "incumplen", "sugerencias", "clases", "cede_a"), (list, "una lista")
    ),
    **dict.fromkeys((*_DE_CAMPOS, "decide_tambien"), (list, "una lista")),
    "solo_tipo": (str, "un texto"),
    "decide": (bool, "true o false"),
    "parametros": (dict, "una tabla"),
}


@dataclass(frozen=True, slots=True)
class Fuente:
    """Un archivo TOML leído: su nombre, su texto y sus datos."""

    archivo: str
    texto: str
    datos: Mapping[str, Any]

    @classmethod
    def leer(cls, archivo: str, texto: str) -> Fuente:
        """Lee el TOML; levanta `ReglaInvalida` con la línea si no lo es."""
        try:
            return cls(archivo, texto, tomllib.loads(texto))
        except tomllib.TOMLDecodeError as error:
            hallada = re.search(r"\(at line (\d+)", str(error))
            linea = hallada[1] if hallada else str(texto.count("\n") + 1)
            raise ReglaInvalida(f"{archivo}:{linea}: no es TOML válido.") from error

    def rechazar(self, donde: str, mensaje: str) -> NoReturn:
        """Levanta `ReglaInvalida` con el archivo, la línea en que aparece `donde` y el mensaje."""
        raise ReglaInvalida(f"{self.archivo}:{self._linea(donde)}: {mensaje}")

    def admitir(
        self, que: str, dados: Iterable[Any], admitidos: Iterable[str], donde: str = ""
    ) -> None:
        """Rechaza lo dado que no esté entre lo admitido, y dice qué se admite."""
        lista = sorted(admitidos)
        for dado in dados:
            if dado not in lista:
                mensaje = f"no se admite {que} «{dado}»; use: {', '.join(lista)}."
                self.rechazar(donde or str(dado), mensaje)

    def valor(self, enumeracion: type[E], valor: Any, donde: str) -> E:
        """Devuelve el valor de la enumeración; lo que no está en ella se rechaza."""
        self.admitir(f"en «{donde}»", [valor], enumeracion, donde)
        return enumeracion(valor)

    def _linea(self, donde: str) -> int:
        """Devuelve la línea de la clave o, si no es una clave, la primera en que aparece."""
        for patron in (rf"^\s*\[*{re.escape(donde)}\b\]*\s*(?:=|$)", re.escape(donde)):
            if hallada := re.search(patron, self.texto, re.MULTILINE):
                previo = self.texto[: hallada.end()]
                return previo.rstrip("\n").count("\n") + 1
        return 1


def leer_regla(archivo: str, texto: str, *, oficina: bool = False) -> Regla:
    """Lee una regla de su TOML; levanta `ReglaInvalida` si algo no se admite."""
    nombrado = ARCHIVO.fullmatch(archivo)
    if nombrado is None:
        raise ReglaInvalida(f"{archivo}:1: el nombre debe ser como «T01-sin-plazo.toml».")
    fuente = Fuente.leer(archivo, texto)
    _validar(fuente)
    datos = fuente.datos
    clases = datos.get("clases", ["compromiso"])
    return Regla(
        codigo=nombrado["codigo"],
        nombre=nombrado["nombre"],
        criterio=fuente.valor(Criterio, datos["criterio"], "criterio"),
        gravedad=fuente.valor(Gravedad, datos["gravedad"], "gravedad"),
        **{clave: datos[clave] for clave in _TEXTOS},
        cumplen=tuple(_ejemplos(fuente, "cumplen")),
        incumplen=tuple(_ejemplos(fuente, "incumplen")),
        parametros=datos.get("parametros", {}),
        mensaje_sin_fecha=datos.get("mensaje_sin_fecha", ""),
        sugerencias=tuple(datos.get("sugerencias", ())),
        clases=frozenset(fuente.valor(Clase, c, "clases") for c in clases),
        solo_tipo=_tipo(fuente, datos, "solo_tipo"),
        si_falta=tuple(datos.get("si_falta", ())),
        si_hay=tuple(datos.get("si_hay", ())),
        decide=datos.get("decide", False),
        decide_tambien=tuple(
            fuente.valor(Criterio, c, "decide_tambien") for c in datos.get("decide_tambien", ())
        ),
        decide_si_falta=tuple(datos.get("decide_si_falta", ())),
        cede_a=tuple(datos.get("cede_a", ())),
        oficina=oficina,
    )


def _validar(fuente: Fuente) -> None:
    datos = fuente.datos
    fuente.admitir("la clave", datos, _CLAVES)
    for clave in _OBLIGATORIAS:
        if not datos.get(clave):
            fuente.rechazar(clave, f"falta «{clave}».")
    for clave, valor in datos.items():
        tipo, dicho = _TIPO_DE[clave]
        if not isinstance(valor, tipo):
            fuente.rechazar(clave, f"«{clave}» debe ser {dicho}.")
    fuente.admitir("la comprobación", [datos["comprobacion"]], COMPROBACIONES, "comprobacion")
    _validar_parametros(fuente)
    for clave in _DE_CAMPOS:
        fuente.admitir(f"el campo de «{clave}»", datos.get(clave, ()), _CAMPOS, clave)
    for clave, admitidos in (("mensaje", DATOS_DE_MENSAJE), ("mensaje_sin_fecha", {"texto"})):
        try:
            usados = campos_de_formato(datos.get(clave, ""))
        except ValueError:
            fuente.rechazar(clave, f"llaves sin pareja en «{clave}».")
        fuente.admitir(f"el dato de «{clave}»", usados, admitidos, clave)


def _validar_parametros(fuente: Fuente) -> None:
    dados = fuente.datos.get("parametros", {})
    firma = list(signature(COMPROBACIONES[fuente.datos["comprobacion"]]).parameters.values())[1:]
    fuente.admitir("el parámetro", dados, [p.name for p in firma])
    for parametro in firma:
        if parametro.default is parametro.empty and parametro.name not in dados:
            fuente.rechazar("parametros", f"falta el parámetro «{parametro.name}».")


def _ejemplos(fuente: Fuente, clave: str) -> Iterator[Ejemplo]:
    for valor in fuente.datos[clave]:
        datos = {"texto": valor} if isinstance(valor, str) else valor
        if not isinstance(datos, dict):
            fuente.rechazar(clave, f"cada ejemplo de «{clave}» debe ser un texto o una tabla.")
        fuente.admitir("la clave de ejemplo", datos, _CLAVES_DE_EJEMPLO)
        if not datos.get("texto"):
            fuente.rechazar(clave, "falta «texto» en un ejemplo.")
        yield Ejemplo(
            datos["texto"],
            _fecha(fuente, datos, clave),
            _tipo(fuente, datos, "tipo"),
            tuple(datos.get("columnas", ())),
            tuple(datos.get("participantes", ())),
        )


def _fecha(fuente: Fuente, datos: Mapping[str, Any], clave: str) -> date | None:
    fecha = datos.get("fecha_acta")
    if fecha is not None and type(fecha) is not date:
        fuente.rechazar("fecha_acta", f"la fecha de un ejemplo de «{clave}» va como 2026-05-14.")
    return fecha


def _tipo(fuente: Fuente, datos: Mapping[str, Any], clave: str) -> Tipo | None:
    return fuente.valor(Tipo, datos[clave], clave) if clave in datos else None
