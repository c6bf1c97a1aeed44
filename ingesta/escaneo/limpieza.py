"""Papel oscuro o desigual y motas: se corrigen solo cuando los hay."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingesta.escaneo.gris import BLANCO, Gris, Tinta

T = TypeVar("T", bound=np.generic)

LADO = 24
"""Puntos de cada cuadro en que se mide el papel: a 200 ppp caben dos letras."""

PAPEL_BLANCO = 225
PAPEL_PAREJO = 20
"""Nivel y variación del papel con los que el reconocedor se arregla solo."""

SIN_PAPEL = 0.45
"""Parte del nivel del papel por debajo de la cual no lo es: la mesa de una foto, un relleno."""

MITAD = 160
MOTAS = 0.015
"""Parte de la tinta que son puntos sueltos a partir de la cual la hoja tiene motas."""


def igualar_papel(gris: Gris) -> Gris:
    """Borra lo que rodea a la hoja y lleva el papel al blanco si es oscuro o desigual.

    Si no hace falta nada, devuelve la misma imagen.
    """
    papel = _papel(gris)
    nivel = float(np.percentile(papel, 60))
    oscuros = papel < SIN_PAPEL * nivel
    fuera = _desde_el_borde(oscuros)
    dentro = papel[~oscuros]
    parejo = dentro.min() >= PAPEL_BLANCO or (
        nivel >= PAPEL_BLANCO and nivel - np.percentile(dentro, 5) <= PAPEL_PAREJO
    )
    if parejo and not fuera.any():
        return gris
    papel[oscuros] = nivel
    fondo = np.maximum(_ampliar(papel, gris, Image.Resampling.BILINEAR), 1)
    claro: Gris = np.minimum(gris.astype(np.float32) * BLANCO / fondo, BLANCO).astype(np.uint8)
    claro[_ampliar(dilatar(fuera), gris, Image.Resampling.NEAREST)] = BLANCO
    return claro


def _ampliar(cuadros: NDArray[T], gris: Gris, modo: Image.Resampling) -> NDArray[T]:
    filas, columnas = cuadros.shape
    grande = Image.fromarray(cuadros).resize((columnas * LADO, filas * LADO), modo)
    alto, ancho = gris.shape
    return np.asarray(grande)[:alto, :ancho]


def _desde_el_borde(oscuros: Tinta) -> Tinta:
    """Devuelve los cuadros oscuros unidos al borde de la imagen por otros cuadros oscuros."""
    semilla = oscuros.copy()
    semilla[1:-1, 1:-1] = False
    return crecer(semilla, oscuros)


def crecer(semilla: Tinta, terreno: Tinta) -> Tinta:
    """Devuelve los cuadros del terreno a los que se llega desde la semilla sin salir de él."""
    while True:
        mas = dilatar(semilla) & terreno
        if (mas == semilla).all():
            return semilla
        semilla = mas


def dilatar(capa: Tinta) -> Tinta:
    """Agrega a cada punto los ocho que lo rodean."""
    filas = capa.copy()
    filas[1:] |= capa[:-1]
    filas[:-1] |= capa[1:]
    todos = filas.copy()
    todos[:, 1:] |= filas[:, :-1]
    todos[:, :-1] |= filas[:, 1:]
    return todos


def _papel(gris: Gris) -> Gris:
    """Devuelve el nivel del papel, un número por cuadro de LADO × LADO puntos.

    Mira uno de cada cuatro puntos, que alcanzan y se ordenan en la cuarta parte del tiempo.
    """
    mitad, lado = gris[::2, ::2], LADO // 2
    alto, ancho = mitad.shape
    entera = np.pad(mitad, ((0, -alto % lado), (0, -ancho % lado)), mode="edge")
    cuadros = entera.reshape(len(entera) // lado, lado, -1, lado)
    papel: Gris = np.percentile(cuadros, 80, axis=(1, 3)).astype(np.uint8)
    return papel


def quitar_motas(gris: Gris) -> Gris:
    """Pasa una mediana de 3 × 3 si la hoja tiene motas; si no, devuelve la misma imagen."""
    return mediana(gris) if parte_suelta(gris < MITAD) > MOTAS else gris


def parte_suelta(tinta: Tinta) -> float:
    """Devuelve qué parte de la tinta son puntos sueltos."""
    return float((tinta & ~acompanada(tinta)).sum() / max(tinta.sum(), 1))


def acompanada(tinta: Tinta) -> Tinta:
    """Devuelve los puntos que tienen tinta al lado, arriba o abajo."""
    vecina = np.zeros_like(tinta)
    vecina[1:] |= tinta[:-1]
    vecina[:-1] |= tinta[1:]
    vecina[:, 1:] |= tinta[:, :-1]
    vecina[:, :-1] |= tinta[:, 1:]
    return vecina & tinta


def mediana(gris: Gris) -> Gris:
    """Devuelve la mediana de 3 × 3: ordena cada columna de tres y luego las tres columnas."""
    borde = np.pad(gris, 1, mode="edge")
    alto, ancho = gris.shape
    bajo, medio, tope = (borde[i : i + alto] for i in range(3))
    bajo, medio = np.minimum(bajo, medio), np.maximum(bajo, medio)
    medio, tope = np.minimum(medio, tope), np.maximum(medio, tope)
    bajo, medio = np.minimum(bajo, medio), np.maximum(bajo, medio)
    a, b, c = _columnas(bajo, ancho)
    mayor_de_los_bajos = np.maximum(np.maximum(a, b), c)
    a, b, c = _columnas(tope, ancho)
    menor_de_los_topes = np.minimum(np.minimum(a, b), c)
    a, b, c = _columnas(medio, ancho)
    del_medio = np.maximum(np.minimum(a, b), np.minimum(np.maximum(a, b), c))
    menor = np.minimum(mayor_de_los_bajos, menor_de_los_topes)
    mayor = np.maximum(mayor_de_los_bajos, menor_de_los_topes)
    return np.maximum(menor, np.minimum(del_medio, mayor))


def _columnas(filas: Gris, ancho: int) -> tuple[Gris, Gris, Gris]:
    return filas[:, :ancho], filas[:, 1 : ancho + 1], filas[:, 2 : ancho + 2]
