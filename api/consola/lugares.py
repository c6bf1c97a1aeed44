"""Línea y columna de un hallazgo, como las cuenta el editor de quien escribió el archivo."""

from __future__ import annotations

from itertools import islice

from ingesta.documento import Documento, Tramo
from lineamientos.analisis import linea_y_columna


def lugar(documento: Documento, tramo: Tramo, crudo: str = "") -> tuple[int, int]:
    """Devuelve línea y columna, desde 1, en que empieza un tramo.

    `crudo` es el contenido de un archivo de texto: el lector quita líneas vacías, sangrías, marcas
    de título y espacios repetidos, y aquí se vuelven a contar; cada bloque es una línea con algo.
    Sin él (DOCX, PDF), la línea es el párrafo leído.
    """
    lineas = [(n, linea) for n, linea in enumerate(crudo.splitlines(), 1) if linea.strip()]
    previos = [b.tramo for b in documento.bloques if b.tramo.inicio <= tramo.inicio]
    if not previos or len(documento.bloques) != len(lineas):
        return linea_y_columna(documento.texto, tramo)
    bloque = previos[-1]
    numero, linea = lineas[len(previos) - 1]
    marcas = _letras(linea) - _letras(documento.fragmento(bloque))
    return numero, _columna(linea, marcas + _letras(documento.texto[bloque.inicio : tramo.inicio]))


def _letras(texto: str) -> int:
    return sum(not c.isspace() for c in texto)


def _columna(linea: str, cual: int) -> int:
    """Columna de la letra número `cual` (desde 0), sin contar espacios."""
    columnas = (columna for columna, c in enumerate(linea, 1) if not c.isspace())
    return next(islice(columnas, cual, None), 1)
