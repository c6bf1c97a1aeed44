"""Lee texto sin formato en UTF-8 (.txt, .md): un bloque por línea con contenido."""

from __future__ import annotations

import re
from pathlib import Path

from ingesta.armado import Armador
from ingesta.documento import Documento, Origen, TipoBloque

TITULO = re.compile(r"(#{1,6})\s+")
"""Título de Markdown: de una a seis almohadillas y un espacio."""


def leer(ruta: Path, origen: Origen) -> Documento:
    """Lee el archivo; los saltos de línea pueden ser de Windows, Unix o Mac."""
    armador = Armador()
    for linea in ruta.read_text(encoding="utf-8-sig").splitlines():
        titulo = TITULO.match(linea)
        if titulo:
            nivel = len(titulo[1]) - 1
            armador.agregar(TipoBloque.TITULO, linea[titulo.end() :], nivel=nivel)
        else:
            armador.agregar(TipoBloque.PARRAFO, linea)
    return armador.documento(origen)
