"""De la hoja tal como llega a la hoja derecha y limpia, y de sus puntos a los de la página."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ingesta.escaneo import rayas
from ingesta.escaneo.gris import Gris
from ingesta.escaneo.inclinacion import Torcedura, correr, enderezar, medir, medir_verticales
from ingesta.escaneo.limpieza import igualar_papel, quitar_motas
from ingesta.escaneo.rayas import Segmento
from ingesta.reconocida import Rectangulo

PUNTOS_POR_PULGADA = 72


@dataclass(frozen=True, slots=True)
class HojaDerecha:
    """Imagen girada `giro` grados en el sentido del reloj, enderezada, limpia y sin rayas.

    `vertical` es la torcedura que quedaba en las rayas verticales de una foto.
    """

    imagen: Gris
    ppp: float
    giro: int
    torcedura: Torcedura
    vertical: Torcedura
    rayas: list[Segmento]

    @property
    def medidas(self) -> tuple[float, float]:
        """Devuelve el ancho y el alto en puntos PDF."""
        alto, ancho = self.imagen.shape
        return self.a_puntos(ancho), self.a_puntos(alto)

    def a_puntos(self, pixeles: float) -> float:
        """Convierte píxeles en puntos PDF."""
        return pixeles * PUNTOS_POR_PULGADA / self.ppp

    def vista(self, caja: Rectangulo) -> Rectangulo:
        """Devuelve dónde se ve, en la página, lo que en la hoja derecha está en `caja` (puntos).

        El rectángulo conserva su tamaño: solo se mueve su centro, y se acuesta si la hoja giró.
        """
        x0, arriba, x1, abajo = caja
        x, y = self._como_llego((x0 + x1) / 2, (arriba + abajo) / 2)
        ancho, alto = self.medidas
        dx, dy = (x1 - x0) / 2, (abajo - arriba) / 2
        if self.giro % 180:
            ancho, alto, dx, dy = alto, ancho, dy, dx
        return (
            round(max(0.0, x - dx), 2),
            round(max(0.0, y - dy), 2),
            round(min(ancho, x + dx), 2),
            round(min(alto, y + dy), 2),
        )

    def _en_puntos(self, torcedura: Torcedura) -> Torcedura:
        cambio = torcedura.cambio * self.ppp / PUNTOS_POR_PULGADA
        return Torcedura(torcedura.pendiente, cambio)

    def _como_llego(self, x: float, y: float) -> tuple[float, float]:
        ancho, alto = self.medidas
        x += self._en_puntos(self.vertical).corrimiento(y, x, alto, ancho)
        if self.torcedura.cambio:
            y += self._en_puntos(self.torcedura).corrimiento(x, y, ancho, alto)
        else:
            angulo = math.atan(self.torcedura.pendiente)
            dx, dy = x - ancho / 2, y - alto / 2
            x = ancho / 2 + dx * math.cos(angulo) - dy * math.sin(angulo)
            y = alto / 2 + dx * math.sin(angulo) + dy * math.cos(angulo)
        match self.giro:
            case 90:
                return y, ancho - x
            case 180:
                return ancho - x, alto - y
            case 270:
                return alto - y, x
            case _:
                return x, y


@dataclass(frozen=True, slots=True)
class HojaLimpia:
    """Imagen con el papel blanco, antes y después de quitarle las motas.

    Las rayas finas se buscan en la primera, porque al quitar motas se borran.
    """

    con_motas: Gris
    imagen: Gris

    @classmethod
    def de_imagen(cls, gris: Gris) -> HojaLimpia:
        """Limpia una imagen."""
        igualada = igualar_papel(gris)
        return cls(igualada, quitar_motas(igualada))

    def transformada(self, funcion: Callable[[Gris], Gris]) -> HojaLimpia:
        """Devuelve la hoja después de pasar sus imágenes por la función."""
        con_motas = funcion(self.con_motas)
        if self.imagen is self.con_motas:
            return HojaLimpia(con_motas, con_motas)
        return HojaLimpia(con_motas, funcion(self.imagen))

    def girada(self, giro: int) -> HojaLimpia:
        """Devuelve la hoja girada esos grados, múltiplo de 90, en el sentido del reloj."""
        return self.transformada(lambda gris: np.rot90(gris, -giro // 90))


def preparar(limpia: HojaLimpia, ppp: float, giro: int) -> HojaDerecha:
    """Gira y endereza una hoja limpia, y le quita las rayas."""
    girada = limpia.girada(giro)
    torcedura = medir(girada.imagen)
    derecha = girada.transformada(lambda gris: enderezar(gris, torcedura))
    vertical = medir_verticales(derecha.imagen)
    derecha = derecha.transformada(lambda gris: correr(gris.T, vertical).T)
    halladas = rayas.buscar(derecha.con_motas, ppp)
    imagen = rayas.borrar(derecha.imagen, halladas)
    return HojaDerecha(imagen, ppp, giro, torcedura, vertical, halladas)
