"""Reconoce en un acta lo que la persona escribió en el editor: qué texto es qué clase de ítem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ingesta.documento import Bloque, Documento, Tramo
from nlp.oraciones import recortar
from nlp.propuesta import Clase
from nlp.segmentos import Unidad


def reconocer(
    documento: Documento, unidades: Sequence[Unidad]
) -> tuple[list[Unidad], dict[str, Clase]]:
    """Devuelve las unidades y, por id, la clase de las que están tal como se escribieron.

    Un bloque cuyo texto es el de un ítem redactado es un solo ítem, aunque el análisis lo hubiera
    dividido, y se lee solo de su texto. Los repetidos se reparten en orden.
    """
    clases: dict[str, list[Clase]] = defaultdict(list)
    for redactado in documento.redactados:
        clases[redactado.texto].append(Clase(redactado.clase))
    elegidas: dict[str, Clase] = {}
    hechas: list[Unidad] = []
    bloques = iter(_iguales(documento, clases))
    bloque = next(bloques, None)
    abierto: Bloque | None = None
    for unidad in unidades:
        inicio = unidad.segmento.tramo.inicio
        while bloque and bloque.tramo.fin <= inicio:
            bloque = next(bloques, None)
        if bloque is None or inicio < bloque.tramo.inicio:
            hechas.append(unidad)
        elif bloque is not abierto:
            abierto = bloque
            entera = _entera(documento, unidad, bloque.tramo)
            elegidas[entera.segmento.id] = clases[_en_linea(documento, bloque)].pop(0)
            hechas.append(entera)
    return hechas, elegidas


def _iguales(documento: Documento, clases: dict[str, list[Clase]]) -> list[Bloque]:
    """Los bloques con el texto de un redactado, tantos como veces se escribió."""
    quedan = {texto: len(c) for texto, c in clases.items()}
    hallados = []
    for bloque in documento.cuerpo if quedan else ():
        texto = _en_linea(documento, bloque)
        if quedan.get(texto):
            quedan[texto] -= 1
            hallados.append(bloque)
    return hallados


def _entera(documento: Documento, unidad: Unidad, tramo: Tramo) -> Unidad:
    recortado = next(recortar(documento.texto, tramo))
    segmento = replace(unidad.segmento, tramo=recortado, padre=None, encabezado=None)
    return replace(unidad, segmento=segmento, presenta=False, celdas={})


def _en_linea(documento: Documento, bloque: Bloque) -> str:
    return " ".join(documento.fragmento(bloque.tramo).split())
