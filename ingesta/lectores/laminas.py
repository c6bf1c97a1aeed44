"""Láminas: imágenes grandes de un documento de oficina, que se leen como páginas escaneadas.

Un documento de Word o de LibreOffice no tiene páginas fijas. Sus láminas se numeran desde 1, en
orden, y ocupan el lugar de las páginas: se dibujan, se reconocen (OCR) y lo leído lleva sus cajas.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from PIL import Image

from ingesta.armado import Armador
from ingesta.contencion.limites import valor
from ingesta.documento import Aviso, Pagina
from ingesta.errores import ErrorDeIngesta
from ingesta.lectores import fotograma
from ingesta.lectores.docx_avisos import CASI_SIN_TEXTO
from ingesta.lectores.fotograma import ENTERA, Recorte
from ingesta.lectores.pdf_avisos import INSTALAR
from ingesta.lectores.pdf_bloques import escribir
from ingesta.lectores.pdf_flujo import ordenar_paginas
from ingesta.lectores.pdf_hoja import Hoja
from ingesta.lectores.pdf_reconocida import poner_lo_reconocido
from ingesta.paquete import Paquete
from ingesta.reconocida import Reconocidas

A4: Final = (595.28, 841.89)
"""Puntos; la hoja que se supone si el documento no dice la suya."""

MENOR_PARTE: Final = 0.25
"""Parte de la hoja desde la que una imagen es lámina. Un escaneo vertical entre los márgenes ocupa
de 0,45 a 0,6 y uno apaisado, 0,28: con media hoja se perderían las matrices escaneadas."""

MENOR_LADO: Final = 500
"""Píxeles del lado mayor: con menos, las letras de una página no se distinguen."""

LADO_SIN_MEDIDA: Final = 1000
"""Píxeles del lado menor que debe tener una imagen que no dice cuánto ocupa en la hoja."""

SIN_LEER: Final = "imagen_sin_leer"


class Grande(NamedTuple):
    """Imagen que ocupa buena parte de la hoja, o que no dice cuánto (`medida` es False)."""

    parte: str
    recorte: Recorte = ENTERA
    medida: bool = True


class Lamina(NamedTuple):
    """Una lámina con su parte en el paquete y su tamaño en puntos."""

    numero: int
    parte: str
    recorte: Recorte
    ancho: float
    alto: float


@dataclass(frozen=True, slots=True)
class Laminas:
    """Las láminas de un documento.

    `numeros` da la de cada vínculo; `ilegibles` cuenta las imágenes grandes que no se pueden abrir
    y `sobran`, las que pasan del límite.
    """

    lista: tuple[Lamina, ...] = ()
    numeros: Mapping[str, int] = field(default_factory=dict)
    ilegibles: int = 0
    sobran: int = 0


def es_grande(ancho: float, alto: float, hoja: tuple[float, float]) -> bool:
    """Dice si una imagen de esas medidas puede ser una página escaneada en una hoja de esas."""
    return ancho * alto >= MENOR_PARTE * hoja[0] * hoja[1]


def reunir(paquete: Paquete, grandes: Mapping[str, Grande]) -> Laminas:
    """Numera las imágenes grandes, dadas por su vínculo, que se pueden abrir.

    La misma imagen puesta dos veces es una sola lámina. Solo se mira la cabecera de cada una.
    """
    lista: list[Lamina] = []
    numeros: dict[str, int] = {}
    ya: dict[tuple[str, Recorte], int] = {}
    ilegibles = sobran = 0
    for vinculo, grande in grandes.items():
        clave = (grande.parte.lower(), grande.recorte)
        if clave in ya:
            numeros[vinculo] = ya[clave]
        elif grande.parte not in paquete:
            continue  # el lector avisa lo que falta
        elif len(lista) == valor("laminas"):
            sobran += 1
        else:
            try:
                lamina = _medir(paquete, grande, len(lista) + 1)
            except ErrorDeIngesta:
                ilegibles += grande.medida
                continue
            if lamina:
                lista.append(lamina)
                numeros[vinculo] = ya[clave] = lamina.numero
    return Laminas(tuple(lista), numeros, ilegibles, sobran)


def _medir(paquete: Paquete, grande: Grande, numero: int) -> Lamina | None:
    """Devuelve la lámina, o None si tiene muy pocos píxeles. Lanza los errores de `fotograma`."""
    with fotograma.abrir(io.BytesIO(paquete.bytes_de(grande.parte))) as imagen:
        lados = sorted(imagen.size)
        pocos = lados[1] < MENOR_LADO or (not grande.medida and lados[0] < LADO_SIN_MEDIDA)
        if pocos:
            return None
        medida = fotograma.pagina(imagen, 1, grande.recorte)
    return Lamina(numero, grande.parte, grande.recorte, medida.ancho, medida.alto)


def medidas(laminas: Laminas) -> tuple[Pagina, ...]:
    """Devuelve las láminas como páginas."""
    return tuple(Pagina(lam.numero, lam.ancho, lam.alto) for lam in laminas.lista)


def dibujar(paquete: Paquete, laminas: Laminas, numero: int, escala: float) -> Image.Image:
    """Dibuja una lámina con esos píxeles por punto; lanza IndexError y lo de `fotograma`."""
    if not 1 <= numero <= len(laminas.lista):
        raise IndexError(f"El documento no tiene imagen {numero}: tiene {len(laminas.lista)}.")
    lamina = laminas.lista[numero - 1]
    datos = io.BytesIO(paquete.bytes_de(lamina.parte))
    return fotograma.dibujar(datos, 1, escala, lamina.recorte)


class LaminasLeidas:
    """Las láminas con lo que se reconoció en ellas; `tablas` numera los cuadros del documento."""

    def __init__(self, laminas: Laminas, reconocidas: Reconocidas, tablas: Iterator[int]) -> None:
        self._laminas = laminas
        self._tablas = tablas
        self._vistas = frozenset(reconocidas)
        self._hojas = {lam.numero: _hoja(lam, reconocidas) for lam in laminas.lista}

    def escribir(self, armador: Armador, numeros: Sequence[int]) -> int:
        """Escribe seguidas esas láminas; devuelve cuántas letras tienen."""
        hojas = [self._hojas[n] for n in numeros]
        escribir(armador, ordenar_paginas(hojas), self._tablas)
        return sum(len(p.texto) for h in hojas for p in h.piezas)

    def paginas(self) -> list[Pagina]:
        """Devuelve las láminas como páginas del documento."""
        return [Pagina(h.numero, *h.medidas, h.con_ocr) for h in self._hojas.values()]

    def avisos(self, letras: int) -> Iterator[Aviso]:
        """Produce los avisos; `letras` es el largo del texto del documento, ya con las láminas."""
        for hoja in self._hojas.values():
            if hoja.numero in self._vistas and not hoja.con_ocr:
                yield _sin_letra(hoja.numero, pierde=letras < CASI_SIN_TEXTO)
            else:
                yield from (_de_lamina(a) for a in hoja.avisos)
        if self._laminas.ilegibles:
            yield Aviso(
                SIN_LEER,
                f"El documento tiene imágenes grandes ({self._laminas.ilegibles}) que no se pueden "
                "leer: están dañadas, tienen demasiados píxeles o no son JPEG, PNG, TIFF ni HEIC.",
                "Si alguna es un acta escaneada, envíela aparte como JPEG, PNG o PDF.",
                pierde=True,
            )
        if self._laminas.sobran:
            yield Aviso(
                SIN_LEER,
                f"El documento tiene más de {valor('laminas')} imágenes grandes; las demás "
                f"({self._laminas.sobran}) no se leyeron.",
                "Divida el documento y envíe cada parte.",
                pierde=True,
            )


def _hoja(lamina: Lamina, reconocidas: Reconocidas) -> Hoja:
    pendiente = Aviso(
        SIN_LEER,
        f"La imagen {lamina.numero} del documento puede ser una página escaneada y no se leyó.",
        f"{INSTALAR}; mientras tanto, escriba en el documento lo que dice la imagen.",
        lamina.numero,
        pierde=True,
    )
    medidas_ = (lamina.ancho, lamina.alto)
    hoja = Hoja(lamina.numero, medidas_, lamina.alto, avisos=[pendiente])
    if lamina.numero in reconocidas:
        poner_lo_reconocido(hoja, reconocidas[lamina.numero])
    return hoja


def _sin_letra(numero: int, pierde: bool) -> Aviso:
    return Aviso(
        SIN_LEER,
        f"En la imagen {numero} del documento no se reconoce letra de imprenta: puede ser una foto "
        "o estar escrita a mano. No se tomó ningún texto.",
        "Si dice algo del acta, escríbalo usted en el documento y vuelva a enviarlo.",
        numero,
        pierde=pierde,
    )


def _de_lamina(aviso: Aviso) -> Aviso:
    """Devuelve el aviso de una página con las palabras que tocan a una lámina."""
    pagina, imagen = f"página {aviso.pagina}", f"imagen {aviso.pagina}"
    mensaje = aviso.mensaje.replace(pagina, imagen)
    consejo = aviso.consejo.replace("imagen de la página", "imagen del documento")
    return replace(aviso, mensaje=mensaje, consejo=consejo)
