"""Cuánto están torcidos los renglones, y la hoja enderezada.

Un renglón torcido cumple `y = y0 + x·(a + b·(y0 - centro))`: `a` es la inclinación de la hoja y `b`
lo que cambia de arriba abajo, como en una foto tomada de lado. Se busca el par con que la tinta,
sumada a lo largo de los renglones, se reparte de la forma más despareja.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingesta.escaneo.gris import BLANCO, Gris, Tinta

MAYOR_INCLINACION = 5.0
"""Grados: los alimentadores de escáner tuercen menos de 3."""

TOPE = math.tan(math.radians(MAYOR_INCLINACION))
MAYOR_CAMBIO = 4.0
"""Grados que cambia la inclinación de arriba abajo de la hoja."""

MENOR_INCLINACION = 0.12
"""Grados por debajo de los cuales no vale la pena girar: 1 punto PDF a lo ancho de la hoja."""

OSCURO = 140
"""Nivel de la tinta que se cuenta."""

DE_LADO = 1.5
"""Cuánto más desparejo es el reparto por columnas que por filas en una hoja puesta de lado."""

TRAZO_LARGO = 24
"""Puntos de la imagen reducida: 6 mm a 200 ppp, más que cualquier letra corriente."""

MAYOR_NUMERO_DE_PUNTOS = 20_000
MEJORA_POR_CAMBIO = 1.06
"""Cuánto más desparejo debe quedar el reparto para admitir que la inclinación cambia."""

Puntos = tuple[NDArray[np.float32], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Torcedura:
    """Pendiente de los renglones al centro y su cambio, en puntos de imagen por punto."""

    pendiente: float = 0.0
    cambio: float = 0.0

    def corrimiento(self, x: float, y: float, ancho: float, alto: float) -> float:
        """Devuelve cuánto más abajo que en la hoja derecha está lo que se ve en (x, y) de ella."""
        return (x - ancho / 2) * (self.pendiente + self.cambio * (y - alto / 2))


def _reducir(gris: Gris) -> Tinta:
    """Devuelve la tinta de la imagen a la mitad de su tamaño, que basta para medir."""
    reducida: Tinta = gris[::2, ::2] < OSCURO
    return reducida


def va_de_lado(gris: Gris) -> bool:
    """Dice si los renglones van de arriba abajo."""
    tinta = _reducir(gris)
    filas, columnas = _puntos(tinta), _puntos(tinta.T)
    if filas is None or columnas is None:
        return False
    gruesas = [(v, 0.0) for v in np.linspace(-TOPE, TOPE, 31)]
    return _mejor(columnas, gruesas)[0] > DE_LADO * _mejor(filas, gruesas)[0]


def medir(gris: Gris) -> Torcedura:
    """Mide la torcedura de los renglones, hasta 5° a cada lado."""
    return _medir(_reducir(gris))


def medir_verticales(gris: Gris) -> Torcedura:
    """Mide la de las rayas verticales, con la imagen ya enderezada; sin rayas no hay torcedura.

    Es la de los renglones de la imagen traspuesta.
    """
    return _medir(_trazos_largos(_reducir(gris)).T)


def _trazos_largos(tinta: Tinta) -> Tinta:
    """Devuelve la tinta de los trazos verticales que son más largos que una letra."""
    gruesa = tinta.copy()
    gruesa[:, 1:] |= tinta[:, :-1]
    gruesa[:, :-1] |= tinta[:, 1:]
    suma = np.pad(np.cumsum(gruesa, axis=0, dtype=np.int32), ((1, 0), (0, 0)))
    largas = suma[TRAZO_LARGO:] - suma[:-TRAZO_LARGO] >= 0.9 * TRAZO_LARGO
    trazos = np.zeros_like(tinta)
    trazos[TRAZO_LARGO // 2 : TRAZO_LARGO // 2 + len(largas)] = largas
    return trazos & tinta


def _medir(tinta: Tinta) -> Torcedura:
    puntos = _puntos(tinta)
    if puntos is None:
        return Torcedura()
    a = _mejor(puntos, [(v, 0.0) for v in np.linspace(-TOPE, TOPE, 61)])[1]
    fino = TOPE / 30
    recto, a = _mejor(puntos, [(v, 0.0) for v in np.linspace(a[0] - fino, a[0] + fino, 25)])
    cambio = math.tan(math.radians(MAYOR_CAMBIO)) / max(tinta.shape)
    doble = _mejor(
        puntos,
        [
            (x, b)
            for b in np.linspace(-cambio, cambio, 25)
            for x in a[0] + fino * np.linspace(-6, 6, 13)
        ],
    )
    if doble[0] < MEJORA_POR_CAMBIO * recto:
        return _apreciable(a[0])
    a = doble[1]
    b = cambio / 12
    fina = _mejor(
        puntos,
        [
            (x, y)
            for y in np.linspace(a[1] - b, a[1] + b, 9)
            for x in a[0] + fino * np.linspace(-1, 1, 11)
        ],
    )[1]
    return Torcedura(fina[0], fina[1] / 2)


def _apreciable(pendiente: float) -> Torcedura:
    minima = math.tan(math.radians(MENOR_INCLINACION))
    return Torcedura(pendiente) if abs(pendiente) >= minima else Torcedura()


def _puntos(tinta: Tinta) -> Puntos | None:
    """Devuelve la tinta como puntos medidos desde el centro: no más de los que hacen falta."""
    ys, xs = np.nonzero(tinta)
    if len(ys) < 200:
        return None
    paso = max(1, len(ys) // MAYOR_NUMERO_DE_PUNTOS)
    alto, ancho = tinta.shape
    return (
        (xs[::paso] - ancho / 2).astype(np.float32),
        (ys[::paso] - alto / 2).astype(np.float32),
    )


def _mejor(
    puntos: Puntos, torceduras: list[tuple[float, float]]
) -> tuple[float, tuple[float, float]]:
    """Devuelve el mayor contraste y con qué torcedura se alcanza."""
    xs, ys = puntos
    mejor = (-1.0, (0.0, 0.0))
    for a, b in torceduras:
        # y0 = (y - a·x) / (1 + b·x)
        lugar = (ys - np.float32(a) * xs) / (1 + np.float32(b) * xs)
        cuenta = np.bincount((lugar - np.floor(lugar.min())).astype(np.int32))
        contraste = float(np.square(np.diff(cuenta.astype(np.float64))).sum())
        mejor = max(mejor, (contraste, (float(a), float(b))))
    return mejor


def enderezar(gris: Gris, torcedura: Torcedura) -> Gris:
    """Devuelve la imagen con los renglones horizontales, del mismo tamaño."""
    if torcedura == Torcedura():
        return gris
    if torcedura.cambio:
        return correr(gris, torcedura)
    grados = math.degrees(math.atan(torcedura.pendiente))
    imagen = Image.fromarray(gris)
    return np.asarray(imagen.rotate(grados, Image.Resampling.BILINEAR, fillcolor=BLANCO))


def correr(gris: Gris, torcedura: Torcedura) -> Gris:
    """Devuelve la imagen con cada punto corrido, solo de arriba abajo, a donde le toca."""
    if torcedura == Torcedura():
        return gris
    alto, ancho = gris.shape
    fuente = [
        lado
        for x, y in ((0, 0), (0, alto), (ancho, alto), (ancho, 0))
        for lado in (x, y + torcedura.corrimiento(x, y, ancho, alto))
    ]
    corrida = Image.fromarray(gris).transform(
        (ancho, alto), Image.Transform.QUAD, fuente, Image.Resampling.BILINEAR, fillcolor=BLANCO
    )
    return np.asarray(corrida)
