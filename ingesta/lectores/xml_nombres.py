"""Nombres cortos para los elementos de un XML con espacios de nombres."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree


def nombrador(prefijos: Mapping[str, str]) -> Callable[[etree._Element], str]:
    """Devuelve la función que da el nombre con prefijo («w:p») de un elemento.

    `prefijos` va de espacio de nombres a prefijo. Los de un vocabulario ajeno empiezan con «?:».
    """
    nombres: dict[str, str] = {}

    def nombre(elemento: etree._Element) -> str:
        etiqueta = elemento.tag
        if etiqueta not in nombres:
            partes = etree.QName(etiqueta)
            conocido = prefijos.get(partes.namespace or "", "?")
            if conocido == "?":
                return f"?:{partes.localname}"
            nombres[etiqueta] = f"{conocido}:{partes.localname}"
        return nombres[etiqueta]

    return nombre
