"""Busca en un ODT las imágenes que ocupan buena parte de la hoja: pueden ser actas escaneadas."""

from __future__ import annotations

import posixpath
import re
from typing import Final

from lxml import etree

from ingesta.lectores.laminas import A4, Grande, Laminas, es_grande, reunir
from ingesta.lectores.odt_xml import atributo, descendientes, hijo, nombre
from ingesta.paquete import Paquete

CONTENIDO, ESTILOS = "content.xml", "styles.xml"
EN_RED: Final = ("http:", "https:", "ftp:", "file:", "//", "\\\\")
DE_OBJETO: Final = "ObjectReplacements/"
"""Carpeta de las imágenes que muestran un objeto incrustado."""

LARGO: Final = re.compile(r"([\d.]+)(pt|in|cm|mm|pc|px)")
PUNTOS: Final = {
    **{"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54},
    **{"pc": 12.0, "px": 0.75},
}


def buscar(paquete: Paquete) -> Laminas:
    """Devuelve las láminas de un ODT."""
    cuerpo = hijo(paquete.xml(CONTENIDO), "office:body", "office:text")
    if cuerpo is None:
        return Laminas()
    return reunir(paquete, grandes(cuerpo, paquete.xml(ESTILOS)))


def grandes(cuerpo: etree._Element, estilos: etree._Element | None) -> dict[str, Grande]:
    """Devuelve, por su vínculo y en orden, las imágenes grandes del cuerpo que no se eliminaron."""
    halladas: dict[str, Grande] = {}
    hoja = _hoja(estilos)
    for imagen in descendientes(cuerpo, "draw:image"):
        vinculo = atributo(imagen, "xlink:href") or ""
        madres = [nombre(m) for m in imagen.iterancestors()]
        ajena = vinculo.startswith(EN_RED) or DE_OBJETO in vinculo
        if not vinculo or ajena or "text:tracked-changes" in madres:
            continue
        marco = imagen.getparent()
        medida = _medida(marco, "svg:width", "svg:height")
        if vinculo not in halladas and (medida is None or es_grande(*medida, hoja)):
            parte = posixpath.normpath(vinculo)
            halladas[vinculo] = Grande(parte, medida=medida is not None)
    return halladas


def _hoja(estilos: etree._Element | None) -> tuple[float, float]:
    """Devuelve el ancho y el alto, en puntos, de la menor hoja del documento."""
    medidas = [
        m
        for p in descendientes(estilos, "style:page-layout-properties")
        if (m := _medida(p, "fo:page-width", "fo:page-height"))
    ]
    return min((m for m in medidas if min(m) > 0), key=lambda m: m[0] * m[1], default=A4)


def _medida(elemento: etree._Element | None, ancho: str, alto: str) -> tuple[float, float] | None:
    x, y = _puntos(atributo(elemento, ancho) or ""), _puntos(atributo(elemento, alto) or "")
    return None if x is None or y is None else (x, y)


def _puntos(largo: str) -> float | None:
    hallado = LARGO.fullmatch(largo)
    try:
        return float(hallado[1]) * PUNTOS[hallado[2]] if hallado else None
    except ValueError:
        return None
