"""Busca en un DOCX las imágenes que ocupan buena parte de la hoja: pueden ser actas escaneadas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from ingesta.lectores.docx_estilos import VEINTEAVOS
from ingesta.lectores.docx_xml import atributo, descendientes, entero, hijo, nombre
from ingesta.lectores.fotograma import ENTERA, Recorte
from ingesta.lectores.laminas import A4, Grande, Laminas, es_grande, reunir
from ingesta.paquete import Paquete, Relacion

EMU_POR_PUNTO: Final = 12_700
"""Word mide los dibujos en EMU (ECMA-376)."""

MILESIMAS: Final = 100_000
"""El recorte de una imagen (`a:srcRect`) va en milésimas de uno por ciento."""

QUITAN: Final = {"w:del", "w:moveFrom"}
PUESTAS: Final = {"wp:inline", "wp:anchor"}
FORMAS: Final = {"v:shape", "v:rect"}
MEDIDA: Final = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px)?")
PUNTOS: Final = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "px": 0.75, "": 0.75}


def buscar(paquete: Paquete) -> Laminas:
    """Devuelve las láminas de un DOCX."""
    principal = paquete.principal() or ""
    cuerpo = hijo(paquete.xml(principal), "w:body")
    if cuerpo is None:
        return Laminas()
    return reunir(paquete, grandes(cuerpo, paquete.relaciones(principal)))


def grandes(cuerpo: etree._Element, relaciones: Mapping[str, Relacion]) -> dict[str, Grande]:
    """Devuelve, por su vínculo y en orden, las imágenes grandes del cuerpo que no se eliminaron."""
    halladas: dict[str, Grande] = {}
    hoja = _hoja(cuerpo)
    for marca in descendientes(cuerpo, "a:blip", "v:imagedata"):
        vinculo = atributo(marca, "r:embed") or atributo(marca, "r:id") or ""
        relacion = relaciones.get(vinculo)
        if relacion is None or relacion.externa or vinculo in halladas or _eliminada(marca):
            continue
        medida = _medida(marca)
        if medida is None or es_grande(*medida, hoja):
            halladas[vinculo] = Grande(relacion.destino, _recorte(marca), medida is not None)
    return halladas


def _hoja(cuerpo: etree._Element) -> tuple[float, float]:
    """Devuelve el ancho y el alto, en puntos, de la menor hoja del documento."""
    medidas = [
        (entero(p, 0, "w:w") / VEINTEAVOS, entero(p, 0, "w:h") / VEINTEAVOS)
        for p in descendientes(cuerpo, "w:pgSz")
    ]
    return min((m for m in medidas if min(m) > 0), key=lambda m: m[0] * m[1], default=A4)


def _eliminada(marca: etree._Element) -> bool:
    """Dice si la imagen, o la fila en que está, se eliminó con control de cambios."""
    for madre in marca.iterancestors():
        clase = nombre(madre)
        if clase in QUITAN or (clase == "w:tr" and hijo(madre, "w:trPr", "w:del") is not None):
            return True
    return False


def _medida(marca: etree._Element) -> tuple[float, float] | None:
    """Devuelve cuánto ocupa en la hoja, en puntos; None si no lo dice."""
    for madre in marca.iterancestors():
        clase = nombre(madre)
        if clase in PUESTAS:
            extension = hijo(madre, "wp:extent")
            return _de_emu(extension) if extension is not None else None
        if clase in FORMAS:
            return _de_estilo(madre.get("style", ""))
    return None


def _de_emu(extension: etree._Element) -> tuple[float, float] | None:
    try:
        return (
            int(extension.get("cx", "")) / EMU_POR_PUNTO,
            int(extension.get("cy", "")) / EMU_POR_PUNTO,
        )
    except ValueError:
        return None


def _de_estilo(estilo: str) -> tuple[float, float] | None:
    lados: dict[str, float] = {}
    for lado, numero, unidad in MEDIDA.findall(estilo):
        try:
            lados[lado] = float(numero) * PUNTOS[unidad]
        except ValueError:
            return None
    return (lados["width"], lados["height"]) if len(lados) == len(("ancho", "alto")) else None


def _recorte(marca: etree._Element) -> Recorte:
    """Devuelve la parte que se esconde a cada lado; la que agranda el marco no cuenta."""
    caja = hijo(marca.getparent(), "a:srcRect")
    if caja is None:
        return ENTERA
    try:
        lados = [max(int(caja.get(lado, "0")), 0) / MILESIMAS for lado in ("l", "t", "r", "b")]
    except ValueError:
        return ENTERA
    return Recorte(*lados).valido()
