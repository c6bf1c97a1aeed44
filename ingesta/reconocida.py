"""Lo que el reconocimiento (OCR) dice de una página: solo datos, para cruzar entre procesos."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Final, NamedTuple

Rectangulo = tuple[float, float, float, float]
"""Izquierda, arriba, derecha y abajo, en puntos PDF."""

EN_BLANCO: Final = 0.0003
"""Parte de la hoja con tinta: tres letras en una A4. El reverso de una hoja tiene aún menos."""


class PalabraReconocida(NamedTuple):
    """Palabra de una imagen.

    `caja` está en la hoja enderezada, donde los renglones son horizontales, y `vista`, en la hoja
    tal como se ve. `confianza` va de 0 a 1.
    """

    texto: str
    caja: Rectangulo
    vista: Rectangulo
    confianza: float
    negrita: bool


class RayaReconocida(NamedTuple):
    """Raya en la hoja enderezada; `lugar` es su y, o su x si es vertical."""

    horizontal: bool
    lugar: float
    desde: float
    hasta: float


@dataclass(frozen=True, slots=True)
class PaginaReconocida:
    """Palabras y rayas de una página, ya sin manchas.

    `ancho` y `alto` son los de la hoja enderezada y `giro`, los grados, en el sentido del reloj,
    que hubo que girarla. `confianza` es la media de las palabras. `manchas` cuenta los trazos que
    no son palabras (firmas, sellos, suciedad) e `ilegibles`, los renglones que no se entienden.
    `tinta` es la parte de la hoja, de 0 a 1, que tiene tinta, y `sin_sellos` dice si antes se
    borraron sellos o firmas de color que pisaban el texto.
    """

    ancho: float
    alto: float
    giro: int
    palabras: tuple[PalabraReconocida, ...]
    rayas: tuple[RayaReconocida, ...]
    confianza: float
    manchas: int
    ilegibles: int
    tinta: float
    sin_sellos: bool = False


Reconocidas = Mapping[int, PaginaReconocida]
"""Páginas reconocidas por su número (la primera es la 1)."""

NINGUNA: Final[Reconocidas] = MappingProxyType({})


def a_json(reconocidas: Reconocidas) -> bytes:
    """Escribe las páginas; cada una es la lista de sus campos, en su orden."""
    campos = [c.name for c in fields(PaginaReconocida)]
    filas = [[numero, *(getattr(p, c) for c in campos)] for numero, p in reconocidas.items()]
    return json.dumps(filas, separators=(",", ":")).encode()


def de_json(datos: bytes) -> Reconocidas:
    """Lee lo que escribió `a_json`; lanza ValueError o TypeError si no tiene esa forma."""
    reconocidas: dict[int, PaginaReconocida] = {}
    for numero, ancho, alto, giro, palabras, rayas, *resto in json.loads(datos):
        reconocidas[numero] = PaginaReconocida(
            ancho,
            alto,
            giro,
            tuple(
                PalabraReconocida(texto, tuple(caja), tuple(vista), confianza, negrita)
                for texto, caja, vista, confianza, negrita in palabras
            ),
            tuple(RayaReconocida(*raya) for raya in rayas),
            *resto,
        )
    return reconocidas
