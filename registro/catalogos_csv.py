"""Las columnas de los catálogos propios y cómo se entiende cada fila de su CSV o XLSX."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from nlp import calendario, catalogo
from nlp.plegado import plegar
from nlp.propuesta import NivelDeGobierno
from registro.errores import DatoInvalido
from registro.hojas import abrir_hojas, limpio

CLASES: Final = ("estado", "empresa", "sociedad_civil", "mesa")
TIPOS_DE_DIA: Final = ("feriado", "no_laborable", "laborable")
_SI: Final = frozenset({"si", "true", "1"})
_LARGO_DE_CODIGO: Final = 6
_AMBITO_REGIONAL: Final = "regional:"


@dataclass(frozen=True, slots=True)
class Definicion:
    """Las columnas de un catálogo, cuáles no pueden faltar y cómo se entiende una fila.

    `entender` devuelve la clave de la fila y sus datos, o levanta `ValueError`.
    """

    columnas: tuple[str, ...]
    obligatorias: tuple[str, ...]
    entender: Callable[[Mapping[str, str]], tuple[str, dict[str, Any]]]


def leer_catalogo(nombre: str, contenido: bytes, archivo: str) -> dict[str, dict[str, Any]]:
    """Devuelve las entradas de un archivo, por su clave.

    Raises:
        DatoInvalido: el catálogo no existe, falta una columna, o una fila no se entiende o repite
            otra.
    """
    definicion = CATALOGOS.get(nombre)
    if definicion is None:
        raise DatoInvalido(
            "catalogo", f"No hay un catálogo «{nombre}».", f"Hay: {', '.join(CATALOGOS)}."
        )
    consejo = f"Columnas: {', '.join(definicion.columnas)}."
    celdas = abrir_hojas(contenido, archivo)[0].celdas
    titulos = [plegar(_texto(celda)) for celda in celdas[0]] if celdas else []
    falta = next((c for c in definicion.obligatorias if c not in titulos), None)
    if falta:
        raise DatoInvalido("catalogo", f"Falta la columna «{falta}».", consejo)
    entradas: dict[str, dict[str, Any]] = {}
    for numero, fila in enumerate(celdas[1:], 2):
        escrita = dict(zip(titulos, map(_texto, fila), strict=False))
        dicha = {columna: escrita.get(columna, "") for columna in definicion.columnas}
        if not any(dicha.values()):
            continue
        try:
            clave, datos = definicion.entender(dicha)
        except ValueError as error:
            raise DatoInvalido("catalogo", f"Fila {numero}: {error}.", consejo) from error
        if clave in entradas:
            raise DatoInvalido("catalogo", f"Fila {numero}: repite «{clave}».", consejo)
        entradas[clave] = datos
    if nombre == "entidades":
        _comprobar_renombres(entradas)
    return entradas


def _texto(celda: Any) -> str:
    valor = limpio(celda)
    if isinstance(valor, datetime):
        valor = valor.date()
    return valor.isoformat() if isinstance(valor, date) else "" if valor is None else str(valor)


def _partes(escrito: str) -> list[str]:
    return [parte.strip() for parte in escrito.split(";") if parte.strip()]


def _una_de(campo: str, valor: str, opciones: Sequence[str]) -> str:
    if valor not in opciones:
        raise ValueError(f"«{campo}» debe ser {', '.join(opciones)}")
    return valor


def _dia(escrito: str) -> str:
    return date.fromisoformat(escrito).isoformat() if escrito else ""


def _entidad(fila: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    if not fila["nombre"]:
        raise ValueError("falta el nombre")
    datos: dict[str, Any] = {
        **fila,
        "siglas": _partes(fila["siglas"]),
        "variantes": _partes(fila["variantes"]),
        "territorial": plegar(fila["territorial"]) in _SI,
        "desde": _dia(fila["desde"]),
        "hasta": _dia(fila["hasta"]),
    }
    if not fila["hoy"]:
        _una_de("nivel", fila["nivel"], [nivel.value for nivel in NivelDeGobierno])
        _una_de("clase", fila["clase"], CLASES)
    return plegar(fila["nombre"]), datos


def _feriado(fila: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    dia, ambito = _dia(fila["fecha"]), fila["ambito"] or calendario.NACIONAL
    if not dia or not fila["nombre"]:
        raise ValueError("faltan la fecha o el nombre")
    region = ambito.removeprefix(_AMBITO_REGIONAL)
    if ambito not in {calendario.NACIONAL, calendario.SECTOR_PUBLICO} and not (
        ambito.startswith(_AMBITO_REGIONAL) and len(region) == 2 and region.isdecimal()
    ):
        raise ValueError("«ambito» debe ser nacional, sector_publico o regional:XX")
    tipo = _una_de("tipo", fila["tipo"] or "feriado", TIPOS_DE_DIA)
    if tipo == "laborable" and ambito != calendario.NACIONAL:
        raise ValueError("solo un feriado nacional puede pasar a laborable")
    return f"{dia} {ambito}", {**fila, "fecha": dia, "ambito": ambito, "tipo": tipo}


def _distrito(fila: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    codigo = fila["codigo"].zfill(_LARGO_DE_CODIGO)
    if not codigo.isdecimal() or len(codigo) != _LARGO_DE_CODIGO or not all(fila.values()):
        raise ValueError("el código va en seis cifras y no puede faltar ningún nombre")
    return codigo, {**fila, "codigo": codigo}


def _comprobar_renombres(entradas: Mapping[str, dict[str, Any]]) -> None:
    """Deja cada «hoy» con el nombre exacto de su entidad, que debe estar en el catálogo."""
    conocidas = {plegar(ficha.nombre): ficha.nombre for ficha in catalogo.fichas()}
    propias = {clave: datos["nombre"] for clave, datos in entradas.items() if not datos["hoy"]}
    conocidas |= propias
    for datos in entradas.values():
        if not datos["hoy"]:
            continue
        if plegar(datos["hoy"]) not in conocidas:
            raise DatoInvalido(
                "catalogo",
                f"«{datos['nombre']}»: su nombre de hoy, «{datos['hoy']}», no está en el catálogo.",
                "Escriba el nombre completo de la entidad de hoy.",
            )
        datos["hoy"] = conocidas[plegar(datos["hoy"])]


CATALOGOS: Final[Mapping[str, Definicion]] = {
    "entidades": Definicion(
        (
            "nombre",
            "nivel",
            "clase",
            "siglas",
            "variantes",
            "matriz",
            "territorial",
            "hoy",
            "desde",
            "hasta",
            "fuente",
        ),
        ("nombre", "nivel", "clase"),
        _entidad,
    ),
    "feriados": Definicion(
        ("fecha", "nombre", "tipo", "ambito", "fuente"), ("fecha", "nombre"), _feriado
    ),
    "distritos": Definicion(
        ("codigo", "region", "provincia", "distrito"),
        ("codigo", "region", "provincia", "distrito"),
        _distrito,
    ),
}
"""Los que se guardan fila a fila; las unidades territoriales tienen su propia tabla."""
