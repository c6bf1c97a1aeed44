"""Cambia el texto de un documento sin perder a qué letras del original corresponde cada tramo.

Un `Cambio` es el texto nuevo con la posición nueva de cada letra vieja. Sirve para leer el acta
con sus erratas enmendadas y decir después dónde está cada cosa en el acta tal como llegó.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from ingesta.documento import Bloque, Celda, Documento, Palabra, Renglon, Tramo

Cambio = tuple[str, tuple[int, ...]]
"""Texto nuevo y, por cada posición del viejo (y su final), la que le toca en el nuevo."""

Cambiar = Callable[[str], Cambio]

Enmienda = tuple[int, int, str]
"""Inicio y fin en el texto viejo, y lo que va en su lugar."""

T = TypeVar("T")


def enmendar(texto: str, enmiendas: Iterable[Enmienda]) -> Cambio:
    """Devuelve el cambio que resulta de aplicar enmiendas, en orden y sin que se pisen.

    Dentro de una enmienda, las letras del comienzo y del final que no cambian conservan su lugar.
    """
    piezas: list[str] = []
    posiciones: list[int] = []
    hasta = largo = 0
    for inicio, fin, nueva in (*enmiendas, (len(texto), len(texto), "")):
        posiciones += range(largo, largo + inicio - hasta)
        largo += inicio - hasta
        posiciones += (largo + i for i in _lugares(texto[inicio:fin], nueva))
        largo += len(nueva)
        piezas += texto[hasta:inicio], nueva
        hasta = fin
    return "".join(piezas), (*posiciones, largo)


def _lugares(vieja: str, nueva: str) -> list[int]:
    """Dice qué lugar de la palabra nueva toca a cada letra de la vieja."""
    corta = min(len(vieja), len(nueva))
    igual = next((i for i in range(corta) if vieja[i] != nueva[i]), corta)
    final = next((i for i in range(corta - igual) if vieja[-1 - i] != nueva[-1 - i]), corta - igual)
    medio = [igual] * (len(vieja) - igual - final)
    return [*range(igual), *medio, *range(len(nueva) - final, len(nueva))]


def cambiar_documento(documento: Documento, cambio: Cambio, cambiar: Cambiar) -> Documento:
    """Devuelve el documento con el texto del cambio y todos sus tramos corridos; las cajas quedan.

    `cambiar` hace lo mismo con los títulos de columna, que son textos aparte.
    """
    texto, posicion = cambio

    def mover(tramo: Tramo) -> Tramo:
        return Tramo(posicion[tramo.inicio], posicion[tramo.fin])

    def palabra(p: Palabra) -> Palabra:
        return replace(p, tramo=mover(p.tramo))

    def renglon(r: Renglon) -> Renglon:
        return replace(r, tramo=mover(r.tramo), palabras=tuple(map(palabra, r.palabras)))

    def celda(c: Celda | None) -> Celda | None:
        return replace(c, titulo=cambiar(c.titulo)[0]) if c and c.titulo else c

    def bloque(b: Bloque) -> Bloque:
        renglones = tuple(map(renglon, b.renglones))
        return replace(b, tramo=mover(b.tramo), renglones=renglones, celda=celda(b.celda))

    avisos = tuple(replace(a, tramo=mover(a.tramo) if a.tramo else None) for a in documento.avisos)
    bloques = tuple(map(bloque, documento.bloques))
    return replace(documento, texto=texto, bloques=bloques, avisos=avisos)


def devolver(hallado: T, posicion: Sequence[int]) -> T:
    """Devuelve lo hallado en el texto nuevo con sus tramos en el viejo.

    `posicion` es la de un `Cambio`. Recorre tuplas, tablas y dataclasses; los textos no se tocan.
    """

    def volver(tramo: Tramo) -> Tramo:
        inicio = max(0, bisect_right(posicion, tramo.inicio) - 1)
        return Tramo(inicio, max(inicio, bisect_left(posicion, tramo.fin)))

    return _con_tramos(hallado, volver)


def correr(hallado: T, cuanto: int) -> T:
    """Devuelve lo hallado con sus tramos corridos."""
    return _con_tramos(hallado, lambda tramo: tramo.movido(cuanto)) if cuanto else hallado


def _con_tramos(hallado: T, cambiar: Callable[[Tramo], Tramo]) -> T:
    if isinstance(hallado, Tramo):
        return cast("T", cambiar(hallado))
    if is_dataclass(hallado) and not isinstance(hallado, type):
        cambiados = {
            c.name: nuevo
            for c in fields(hallado)
            if (nuevo := _con_tramos(viejo := getattr(hallado, c.name), cambiar)) is not viejo
        }
        return replace(hallado, **cambiados) if cambiados else hallado
    varios: Any = hallado
    if isinstance(hallado, tuple) and hallado:
        varios = tuple(_con_tramos(h, cambiar) for h in hallado)
    elif isinstance(hallado, Mapping) and hallado:
        varios = {clave: _con_tramos(h, cambiar) for clave, h in hallado.items()}
    return cast("T", varios)
