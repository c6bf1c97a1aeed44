"""Páginas de un PDF como imagen, para mostrarlas junto al texto leído."""

from __future__ import annotations

import io
import math
from pathlib import Path

from ingesta.documento import Pagina
from ingesta.errores import ArchivoDanado
from ingesta.lectores.pdf_motor import ErrorDePdfium, abrir

MAYOR_IMAGEN = 40_000_000
"""Píxeles: una hoja A4 a 400 ppp tiene la mitad."""


def pagina_png(ruta: Path, pagina: int, escala: float = 1.5) -> bytes:
    """Dibuja la página (la primera es la 1) con `escala` píxeles por punto y devuelve el PNG.

    Si la imagen pasara de 40 millones de píxeles, usa la mayor escala que cabe. Las cajas del
    documento leído, multiplicadas por la escala, caen sobre la imagen.

    Raises:
        IndexError: el PDF no tiene esa página.
        ErrorDeIngesta: el PDF no se puede abrir o la página está dañada.
    """
    with abrir(ruta) as documento:
        if not 1 <= pagina <= len(documento):
            raise IndexError(f"El PDF no tiene página {pagina}: tiene {len(documento)}.")
        try:
            hoja = documento[pagina - 1]
            ancho, alto = hoja.get_size()
            mayor = math.sqrt(MAYOR_IMAGEN / max(ancho * alto, 1.0))
            imagen = hoja.render(scale=min(escala, mayor)).to_pil()
        except ErrorDePdfium as error:
            raise ArchivoDanado(f"La página {pagina} no se puede dibujar.") from error
    salida = io.BytesIO()
    imagen.save(salida, "PNG")
    return salida.getvalue()


def medidas(ruta: Path) -> tuple[Pagina, ...]:
    """Devuelve el ancho y el alto de cada página, en puntos, tal como se ve (girada y recortada).

    Lanza los mismos errores de lectura que `pagina_png`.
    """
    with abrir(ruta) as documento:
        return tuple(Pagina(i + 1, *documento.get_page_size(i)) for i in range(len(documento)))
