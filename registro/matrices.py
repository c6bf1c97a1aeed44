"""Lee matrices que ya existen (XLSX o CSV) fila por fila, con lo que cada una trae de dudoso.

Ninguna fila con algo escrito se pierde: la que no se entiende sale con su motivo. Lo que no es una
fila (una hoja sin títulos, una columna de más) se dice en los avisos.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import fuzz, process

from registro import celdas
from registro.errores import DatoInvalido
from registro.hojas import Hoja, Ilegible, abrir_hojas, limpio

FILAS_DE_TITULO: Final = 20
"""Hasta qué fila se busca la de los títulos."""

PARECIDO_DE_TITULO: Final = 90.0
"""Desde qué parecido (0 a 100) se toma un título mal escrito; se avisa."""

_MINIMO_DE_TITULOS: Final = 3
_LARGO_DE_ERRATA: Final = 6
_LARGO_DE_TOTAL: Final = 40
_TOTAL: Final = re.compile(r"(?:sub ?|gran )?total(?:es)?\b|suma\b")
_TITULOS: Final = celdas.al_reves(celdas.TABLA["titulos"])
_PREFERENCIA: Final = {
    celdas.simple(v): n for vs in celdas.TABLA["titulos"].values() for n, v in enumerate(vs)
}
_LISTAS: Final = ("responsables", "colaboradores")
_LUGARES: Final = {"regiones": "region", "provincias": "provincia", "distritos": "distrito"}
_TEXTOS: Final = ("caso", "unidad_territorial", "avance", "descripcion")
_CODIGOS: Final = ("codigo_snip", "codigo_unificado")
_MINIMO_DE_DATOS: Final = 2


@dataclass(frozen=True, slots=True)
class FilaLeida:
    """Una fila de la matriz: su número en la hoja, sus valores y lo que no se entendió.

    `fallas` impide registrarla; `dudas` pide que alguien la mire. `hoja` solo se dice si hay más de
    una con títulos.
    """

    numero: int
    valores: Mapping[str, Any]
    fallas: tuple[str, ...] = ()
    dudas: tuple[str, ...] = ()
    hoja: str = ""

    @property
    def lugar(self) -> str:
        """Devuelve «fila 4», con su hoja si hay varias."""
        return f"hoja «{self.hoja}», fila {self.numero}" if self.hoja else f"fila {self.numero}"


@dataclass(frozen=True, slots=True)
class MatrizLeida:
    """Las filas de todas las hojas que tienen títulos, y lo que quedó fuera, dicho."""

    filas: tuple[FilaLeida, ...]
    avisos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Titulos:
    """Dónde empiezan los datos, qué campo es cada columna y los títulos que no son de ninguno."""

    desde: int
    columnas: Mapping[int, str]
    avisos: tuple[str, ...]


def leer_matriz(contenido: bytes, nombre: str) -> MatrizLeida:
    """Devuelve las filas de las hojas que tengan los títulos de una matriz.

    Raises:
        DatoInvalido: el archivo no se puede leer o no tiene títulos que se reconozcan.
    """
    halladas, avisos = [], []
    for hoja in abrir_hojas(contenido, nombre):
        titulos = _buscar_titulos(hoja)
        if titulos:
            halladas.append((hoja, titulos))
        elif hoja.escritas:
            avisos.append(
                f"La hoja «{hoja.nombre}» no tiene los títulos de una matriz: "
                f"{len(hoja.escritas)} filas sin leer."
            )
    if not halladas:
        raise DatoInvalido(
            "archivo",
            "No se hallaron los títulos de una matriz de compromisos.",
            "La hoja debe tener al menos «DESCRIPCIÓN DEL COMPROMISO» y otros dos títulos del "
            "Anexo 2.",
        )
    filas: list[FilaLeida] = []
    for hoja, titulos in halladas:
        filas += _filas(hoja, titulos, hoja.nombre if len(halladas) > 1 else "")
        donde = f"Hoja «{hoja.nombre}»: " if hoja.nombre else ""
        avisos += [donde + aviso for aviso in (*titulos.avisos, *_sobrantes(hoja, titulos))]
    return MatrizLeida(tuple(filas), tuple(avisos))


def entender(numero: int, cruda: Mapping[str, Any], hoja: str = "") -> FilaLeida:
    """Devuelve la fila entendida; `cruda` va de campo a lo que dice su celda."""
    fallas: list[str] = []
    dudas: list[str] = []
    dichas = {}
    for campo, valor in cruda.items():
        limpia = limpio(valor)
        if isinstance(limpia, Ilegible):
            dudas.append(f"{campo}: la celda tiene {limpia.texto}")
            limpia = None
        dichas[campo] = limpia if campo == "descripcion" else celdas.sin_vacio(limpia)
    valores: dict[str, Any] = {
        campo: celdas.texto(campo, dichas.get(campo), dudas) for campo in _TEXTOS
    }
    valores |= {campo: valores[campo] or None for campo in ("caso", "unidad_territorial")}
    valores |= {campo: celdas.codigo(campo, dichas.get(campo), dudas) for campo in _CODIGOS}
    valores |= {campo: celdas.lista(dichas.get(campo)) for campo in _LISTAS}
    for campo, nivel in _LUGARES.items():
        valores[campo] = celdas.lugares(dichas.get(campo), nivel, dudas)
    valores["fecha_acta"] = celdas.fecha(dichas.get("fecha_acta"), dudas)
    valores["tipo"] = celdas.tipo(dichas.get("tipo"), dudas)
    valores["estado"] = celdas.estado(dichas.get("estado"), fallas)
    valores["estado_escrito"] = celdas.simple(dichas.get("estado"))
    valores["niveles"] = celdas.niveles(dichas.get("nivel"), dudas)
    if not valores["descripcion"]:
        return FilaLeida(numero, valores, (_sin_descripcion(dichas),), (), hoja)
    dudas += _no_parece_compromiso(valores["descripcion"])
    if sum(valor is not None for valor in dichas.values()) < _MINIMO_DE_DATOS:
        dudas.append("solo trae la descripción")
    return FilaLeida(numero, valores, tuple(fallas), tuple(dudas), hoja)


def campo_de(titulo: object) -> str | None:
    """Devuelve el campo de un título de matriz, o None si no es de ninguno."""
    return _TITULOS.get(celdas.simple(celdas.bien_escrito(str(titulo or ""))))


def _buscar_titulos(hoja: Hoja) -> _Titulos | None:
    """Toma la fila, o las dos seguidas, que reconozca más títulos; si empatan, la primera."""
    mejor: _Titulos | None = None
    arriba = hoja.celdas[:FILAS_DE_TITULO]
    for posicion, fila in enumerate(arriba):
        opciones = [_columnas(fila, posicion + 1)]
        debajo = hoja.celdas[posicion + 1] if posicion + 1 < len(hoja.celdas) else ()
        escritos = [c for c in map(limpio, debajo) if c is not None]
        if escritos and all(campo_de(c) for c in escritos):
            largo = max(len(fila), len(debajo))
            unida = [
                _en(debajo, n) if campo_de(_en(debajo, n)) else _en(fila, n) for n in range(largo)
            ]
            opciones.append(_columnas(unida, posicion + 2))
        for opcion in opciones:
            campos = set(opcion.columnas.values())
            if len(campos) < _MINIMO_DE_TITULOS or "descripcion" not in campos:
                continue
            if mejor is None or len(campos) > len(mejor.columnas):
                mejor = opcion
    return mejor


def _columnas(fila: Sequence[Any], desde: int) -> _Titulos:
    """Da a cada campo la columna de su título preferido: el oficial, y después los variantes."""
    elegidas: dict[str, tuple[int, int]] = {}
    avisos: list[str] = []
    for posicion, celda in enumerate(fila):
        escrito = limpio(celda)
        if not isinstance(escrito, str):
            continue
        titulo = celdas.simple(celdas.bien_escrito(escrito))
        if titulo not in _TITULOS:
            cerca = _errata(titulo)
            if cerca is None or _TITULOS[cerca] in elegidas:
                continue
            avisos.append(f"El título «{_en_linea(escrito)}» se tomó como «{cerca}».")
            titulo = cerca
        campo, orden = _TITULOS[titulo], _PREFERENCIA[titulo]
        if campo not in elegidas or orden < elegidas[campo][1]:
            elegidas[campo] = (posicion, orden)
    columnas = {posicion: campo for campo, (posicion, _) in elegidas.items()}
    return _Titulos(desde, dict(sorted(columnas.items())), tuple(avisos))


def _errata(titulo: str) -> str | None:
    if len(titulo) < _LARGO_DE_ERRATA:
        return None
    cerca = process.extractOne(
        titulo, list(_TITULOS), scorer=fuzz.ratio, score_cutoff=PARECIDO_DE_TITULO
    )
    return cerca[0] if cerca else None


def _filas(hoja: Hoja, titulos: _Titulos, nombre: str) -> Iterator[FilaLeida]:
    for posicion in sorted(n for n in hoja.escritas if n >= titulos.desde):
        fila = hoja.celdas[posicion]
        numero = posicion + 1
        if sum(campo_de(celda) is not None for celda in fila) >= _MINIMO_DE_TITULOS:
            yield FilaLeida(numero, {**_VACIA}, ("repite los títulos de la matriz",), (), nombre)
            continue
        cruda = {campo: _en(fila, columna) for columna, campo in titulos.columnas.items()}
        leida = entender(numero, cruda, nombre)
        if all(limpio(valor) is None for valor in cruda.values()):
            otras = "; ".join(_en_linea(c) for c in map(limpio, fila) if c is not None)
            motivo = f"solo trae algo fuera de las columnas de la matriz: «{otras[:80]}»"
            leida = FilaLeida(numero, leida.valores, (motivo,), (), nombre)
        yield leida


def _sin_descripcion(dichas: Mapping[str, Any]) -> str:
    otros = [
        _en_linea(v) for campo, v in dichas.items() if campo != "descripcion" and v is not None
    ]
    total = next((v for v in otros if _TOTAL.match(celdas.simple(v))), None)
    if total:
        return f"parece un total, no un compromiso: «{total}»"
    return f"no tiene descripción{f' (solo dice «{otros[0]}»)' if len(otros) == 1 else ''}"


def _no_parece_compromiso(descripcion: str) -> Iterator[str]:
    if len(descripcion) <= _LARGO_DE_TOTAL and _TOTAL.match(celdas.simple(descripcion)):
        yield f"parece un total, no un compromiso: «{_en_linea(descripcion)}»"
    if not any(letra.isalpha() for letra in descripcion):
        yield f"la descripción no tiene palabras: «{_en_linea(descripcion)}»"


def _sobrantes(hoja: Hoja, titulos: _Titulos) -> Iterator[str]:
    """Da un aviso por columna con datos que no es de la matriz."""
    cabecera = hoja.celdas[titulos.desde - 1]
    llenas: dict[int, int] = {}
    for posicion in hoja.escritas:
        if posicion >= titulos.desde:
            for columna, celda in enumerate(hoja.celdas[posicion]):
                if columna not in titulos.columnas and limpio(celda) is not None:
                    llenas[columna] = llenas.get(columna, 0) + 1
    for columna, cuantas in sorted(llenas.items()):
        titulo = limpio(_en(cabecera, columna))
        nombre = f"«{_en_linea(titulo)}»" if titulo is not None else f"{columna + 1}, sin título,"
        repetida = " (ya hay otra de lo mismo)" if campo_de(titulo) else ""
        yield f"La columna {nombre} no se importa{repetida}: {cuantas} celdas con datos."


def _en(fila: Sequence[Any], columna: int) -> Any:
    return fila[columna] if columna < len(fila) else None


def _en_linea(valor: object) -> str:
    escrito = valor.texto if isinstance(valor, Ilegible) else str(valor)
    return " ".join(escrito.split())


_VACIA: Final = entender(0, {}).valores
