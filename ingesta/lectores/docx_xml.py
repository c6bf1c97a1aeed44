"""Nombres del XML de Word: las variantes de un mismo vocabulario se leen igual.

Word guarda el mismo documento con los espacios de nombres «transitional» o «strict» (ISO/IEC 29500)
y con el prefijo que quiera; aquí un elemento se llama siempre «w:p», «m:t», «v:imagedata»…
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingesta.lectores.xml_nombres import nombrador

_TRANSITIONAL = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_MICROSOFT = "http://schemas.microsoft.com/office/word/"

PREFIJOS = {
    f"{_TRANSITIONAL}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_TRANSITIONAL}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    f"{_TRANSITIONAL}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    f"{_TRANSITIONAL}drawingml/2006/wordprocessingDrawing": "wp",
    f"{_STRICT}drawingml/wordprocessingDrawing": "wp",
    f"{_TRANSITIONAL}drawingml/2006/diagram": "dgm",
    f"{_STRICT}drawingml/diagram": "dgm",
    f"{_TRANSITIONAL}drawingml/2006/chart": "c",
    f"{_STRICT}drawingml/chart": "c",
    f"{_TRANSITIONAL}markup-compatibility/2006": "mc",
    f"{_TRANSITIONAL}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_MICROSOFT}2010/wordprocessingShape": "wps",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
}
"""Espacio de nombres y el prefijo con que se le llama aquí."""

_ESPACIOS = {
    prefijo: tuple(e for e, p in PREFIJOS.items() if p == prefijo) for prefijo in PREFIJOS.values()
}

nombre = nombrador(PREFIJOS)
"""Da el nombre con prefijo («w:p»); los de un vocabulario ajeno empiezan con «?:»."""


def atributo(elemento: etree._Element | None, clave: str = "w:val") -> str | None:
    """Devuelve el valor del atributo, o None si falta (o falta el elemento)."""
    if elemento is None:
        return None
    prefijo, local = clave.split(":")
    for espacio in _ESPACIOS[prefijo]:
        valor = elemento.get(f"{{{espacio}}}{local}")
        if valor is not None:
            return valor
    return None


def entero(elemento: etree._Element | None, falta: int, clave: str = "w:val") -> int:
    """Devuelve el atributo como entero; `falta` si no está o no es un número."""
    try:
        return int(atributo(elemento, clave) or falta)
    except ValueError:
        return falta


def encendido(elemento: etree._Element | None) -> bool | None:
    """Lee una propiedad de sí o no: None si no está; sin valor quiere decir que sí."""
    if elemento is None:
        return None
    return (atributo(elemento) or "true") not in {"0", "false", "off", "none"}


def hijo(elemento: etree._Element | None, *camino: str) -> etree._Element | None:
    """Devuelve el primer hijo con ese nombre; con varios nombres, baja de uno en otro."""
    for paso in camino:
        if elemento is None:
            return None
        elemento = next((h for h in elemento if nombre(h) == paso), None)
    return elemento


def hijos(elemento: etree._Element) -> Iterator[etree._Element]:
    """Recorre los hijos; de cada `mc:AlternateContent` toma una sola de sus versiones."""
    for h in elemento:
        if nombre(h) == "mc:AlternateContent":
            version = _version(h)
            if version is not None:
                yield from hijos(version)
        else:
            yield h


def descendientes(elemento: etree._Element, *buscados: str) -> Iterator[etree._Element]:
    """Recorre en orden los descendientes con alguno de esos nombres."""
    pedidos = (b.split(":") for b in buscados)
    yield from elemento.iter(*(f"{{{e}}}{local}" for p, local in pedidos for e in _ESPACIOS[p]))


def _version(alternativas: etree._Element) -> etree._Element | None:
    """Elige la primera versión que trae texto; si ninguna lo trae, la primera."""
    con_texto = (v for v in alternativas if any(True for _ in descendientes(v, "w:t")))
    return next(con_texto, next(iter(alternativas), None))
