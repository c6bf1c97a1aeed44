"""Líneas y rectángulos dibujados en la página: las rayas con que se arman los cuadros."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingesta.lectores.pdf_motor import Plano, nativo

MAYOR_NUMERO_DE_OBJETOS = 5_000
"""Por encima, el dibujo de la página no se examina: ningún cuadro de un acta lo necesita."""

MAYOR_NUMERO_DE_PUNTOS = 20_000
MAYOR_PROFUNDIDAD = 5
RAYA_CORTA = 4.0
"""Puntos: lo más corto es el grosor de una línea dibujada como rectángulo, no una raya."""

DESVIO = 1.0
BLANCO = 250


class DibujoExcesivo(Exception):
    """La página tiene más dibujos de los que se examinan."""


@dataclass(frozen=True, slots=True)
class Raya:
    """Segmento horizontal o vertical; `lugar` es su y o su x, y va de `desde` a `hasta`."""

    horizontal: bool
    lugar: float
    desde: float
    hasta: float


Matriz = tuple[float, float, float, float, float, float]
IDENTIDAD: Matriz = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Punto = tuple[float, float]


@dataclass(slots=True)
class Dibujo:
    """Lo que hay en la página además del texto.

    `imagenes` es la mayor parte de la hoja, de 0 a 1, que cubre una sola imagen.
    """

    rayas: list[Raya]
    imagenes: float = 0.0
    objetos: int = 0


def leer_dibujo(pagina: Any, plano: Plano) -> Dibujo:
    """Recorre los objetos de la página; lanza DibujoExcesivo si son demasiados."""
    dibujo = Dibujo([])
    puntos = 0
    for objeto, tipo, matriz in _objetos(
        pagina.raw, nativo.FPDFPage_CountObjects, nativo.FPDFPage_GetObject, IDENTIDAD, 0
    ):
        dibujo.objetos += 1
        if dibujo.objetos > MAYOR_NUMERO_DE_OBJETOS:
            raise DibujoExcesivo
        if tipo == nativo.FPDF_PAGEOBJ_IMAGE:
            dibujo.imagenes = max(dibujo.imagenes, _parte_cubierta(matriz, plano))
        elif tipo == nativo.FPDF_PAGEOBJ_PATH and _se_ve(objeto):
            puntos += nativo.FPDFPath_CountSegments(objeto)
            if puntos > MAYOR_NUMERO_DE_PUNTOS:
                raise DibujoExcesivo
            dibujo.rayas += _rayas(objeto, matriz, plano)
    return dibujo


def _objetos(
    contenedor: Any, contar: Any, tomar: Any, matriz: Matriz, profundidad: int
) -> Iterator[tuple[Any, int, Matriz]]:
    """Produce cada objeto que no es texto, con su tipo y su matriz; entra en los formularios."""
    for i in range(contar(contenedor)):
        objeto = tomar(contenedor, i)
        tipo = nativo.FPDFPageObj_GetType(objeto)
        if tipo == nativo.FPDF_PAGEOBJ_TEXT:
            continue
        propia = nativo.FS_MATRIX()
        nativo.FPDFPageObj_GetMatrix(objeto, propia)
        total = _componer((propia.a, propia.b, propia.c, propia.d, propia.e, propia.f), matriz)
        yield objeto, tipo, total
        if tipo == nativo.FPDF_PAGEOBJ_FORM and profundidad < MAYOR_PROFUNDIDAD:
            yield from _objetos(
                objeto,
                nativo.FPDFFormObj_CountObjects,
                nativo.FPDFFormObj_GetObject,
                total,
                profundidad + 1,
            )


def _componer(m: Matriz, n: Matriz) -> Matriz:
    """Devuelve la matriz que aplica primero `m` y después `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _aplicar(m: Matriz, p: Punto) -> Punto:
    return m[0] * p[0] + m[2] * p[1] + m[4], m[1] * p[0] + m[3] * p[1] + m[5]


def _parte_cubierta(matriz: Matriz, plano: Plano) -> float:
    """Devuelve qué parte de la hoja, de 0 a 1, cubre una imagen (un cuadrado de lado 1)."""
    caja = plano.caja(*_aplicar(matriz, (0, 0)), *_aplicar(matriz, (1, 1)))
    if caja is None:
        return 0.0
    return (caja.x1 - caja.x0) * (caja.abajo - caja.arriba) / (plano.ancho * plano.alto)


def _se_ve(objeto: Any) -> bool:
    """Dice si el trazo se pinta con algo que no sea blanco."""
    relleno, trazo = ctypes.c_int(), ctypes.c_int()
    nativo.FPDFPath_GetDrawMode(objeto, relleno, trazo)
    return bool(
        (trazo.value and not _es_blanco(objeto, nativo.FPDFPageObj_GetStrokeColor))
        or (relleno.value and not _es_blanco(objeto, nativo.FPDFPageObj_GetFillColor))
    )


def _es_blanco(objeto: Any, color: Any) -> bool:
    canales = [ctypes.c_uint() for _ in range(4)]
    return bool(color(objeto, *canales)) and all(c.value >= BLANCO for c in canales[:3])


def _rayas(objeto: Any, matriz: Matriz, plano: Plano) -> Iterator[Raya]:
    """Produce los lados horizontales y verticales de un trazo."""
    inicio = actual = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(nativo.FPDFPath_CountSegments(objeto)):
        segmento = nativo.FPDFPath_GetPathSegment(objeto, i)
        nativo.FPDFPathSegment_GetPoint(segmento, x, y)
        tipo = nativo.FPDFPathSegment_GetType(segmento)
        anterior, actual = actual, plano.punto(*_aplicar(matriz, (x.value, y.value)))
        if tipo == nativo.FPDF_SEGMENT_MOVETO:
            inicio = actual
        elif tipo == nativo.FPDF_SEGMENT_LINETO:
            yield from _raya(anterior, actual)
        if nativo.FPDFPathSegment_GetClose(segmento):
            yield from _raya(actual, inicio)
            actual = inicio


def _raya(a: Punto, b: Punto) -> Iterator[Raya]:
    dx, dy = abs(b[0] - a[0]), abs(b[1] - a[1])
    if dy <= DESVIO and dx >= RAYA_CORTA:
        yield Raya(True, (a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0]))
    elif dx <= DESVIO and dy >= RAYA_CORTA:
        yield Raya(False, (a[0] + b[0]) / 2, min(a[1], b[1]), max(a[1], b[1]))
