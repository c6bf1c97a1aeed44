"""Páginas de un PDF o de una imagen, para mostrarlas junto al texto leído o reconocerlo.

Las páginas de un documento de Word o de LibreOffice son sus láminas.
"""

from __future__ import annotations

import io
import math
from pathlib import Path

import numpy as np
from PIL import Image

from ingesta.compuerta import DE_IMAGEN
from ingesta.documento import Pagina
from ingesta.errores import ArchivoDanado
from ingesta.escaneo.color import a_gris
from ingesta.escaneo.gris import BLANCO, a_pgm
from ingesta.lectores import docx_laminas, fotograma, laminas, odt_laminas
from ingesta.lectores.pdf_motor import ErrorDePdfium, abrir, nativo
from ingesta.paquete import Paquete

IMAGEN, OFICINA, PDF = "imagen", "oficina", "pdf"
ZIP = b"PK\x03\x04"

MAYOR_IMAGEN = 40_000_000
"""Píxeles: una hoja A4 a 400 ppp tiene la mitad."""


def pagina_png(ruta: Path, pagina: int, escala: float = 1.5) -> bytes:
    """Dibuja la página (la primera es la 1) con `escala` píxeles por punto y devuelve el PNG.

    Si la imagen pasara de 40 millones de píxeles, usa la mayor escala que cabe. Las cajas del
    documento leído, multiplicadas por la escala, caen sobre la imagen.

    Raises:
        IndexError: el archivo no tiene esa página.
        ErrorDeIngesta: el archivo no se puede abrir o la página está dañada.
    """
    salida = io.BytesIO()
    _dibujar(ruta, pagina, escala).save(salida, "PNG")
    return salida.getvalue()


def pagina_gris(ruta: Path, pagina: int, escala: float) -> bytes:
    """Dibuja la página en grises y devuelve un PGM (Netpbm «P5»), para reconocer su texto.

    No lleva los sellos ni las firmas de color que pisan el texto. Lanza lo mismo que `pagina_png`,
    y ArchivoDanado si la página sale en blanco porque una imagen suya no se puede dibujar.
    """
    grises = a_gris(np.asarray(_dibujar(ruta, pagina, escala).convert("RGB")))
    if grises.gris.min() == BLANCO and _clase(ruta) == PDF:
        _revisar_imagenes(ruta, pagina)
    return a_pgm(*grises)


def medidas(ruta: Path) -> tuple[Pagina, ...]:
    """Devuelve el ancho y el alto de cada página, en puntos, tal como se ve (girada y recortada).

    Lanza los mismos errores de lectura que `pagina_png`.
    """
    clase = _clase(ruta)
    if clase == IMAGEN:
        with fotograma.abrir(ruta) as imagen:
            return tuple(fotograma.pagina(imagen, n + 1) for n in range(fotograma.cuantas(imagen)))
    if clase == OFICINA:
        with Paquete(ruta) as paquete:
            return laminas.medidas(_laminas(paquete))
    with abrir(ruta) as documento:
        return tuple(Pagina(i + 1, *documento.get_page_size(i)) for i in range(len(documento)))


def _dibujar(ruta: Path, pagina: int, escala: float) -> Image.Image:
    clase = _clase(ruta)
    if clase == IMAGEN:
        return fotograma.dibujar(ruta, pagina, escala)
    if clase == OFICINA:
        with Paquete(ruta) as paquete:
            return laminas.dibujar(paquete, _laminas(paquete), pagina, escala)
    with abrir(ruta) as documento:
        if not 1 <= pagina <= len(documento):
            raise IndexError(f"El PDF no tiene página {pagina}: tiene {len(documento)}.")
        try:
            hoja = documento[pagina - 1]
            mapa = hoja.render(scale=_la_que_cabe(escala, *hoja.get_size()))
            imagen: Image.Image = mapa.to_pil()
        except ErrorDePdfium as error:
            raise ArchivoDanado(f"La página {pagina} no se puede dibujar.") from error
    return imagen


def _revisar_imagenes(ruta: Path, pagina: int) -> None:
    """Lanza ArchivoDanado si alguna imagen de la página no se puede descomprimir."""
    with abrir(ruta) as documento:
        for objeto in documento[pagina - 1].get_objects([nativo.FPDF_PAGEOBJ_IMAGE]):
            try:
                objeto.get_bitmap()
            except ErrorDePdfium as error:
                raise ArchivoDanado(f"Una imagen de la página {pagina} está dañada.") from error


def _la_que_cabe(escala: float, ancho: float, alto: float) -> float:
    return min(escala, math.sqrt(MAYOR_IMAGEN / max(ancho * alto, 1.0)))


def _clase(ruta: Path) -> str:
    with ruta.open("rb") as archivo:
        inicio = archivo.read(12)
    if DE_IMAGEN.match(inicio):
        return IMAGEN
    return OFICINA if inicio.startswith(ZIP) else PDF


def _laminas(paquete: Paquete) -> laminas.Laminas:
    return docx_laminas.buscar(paquete) if paquete.principal() else odt_laminas.buscar(paquete)
