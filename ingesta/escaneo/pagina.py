"""De la imagen de una página a sus palabras: limpiar, enderezar, reconocer y componer."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Final

from ingesta import ocr
from ingesta.escaneo import celdas
from ingesta.escaneo.gris import a_bmp, de_pgm
from ingesta.escaneo.hoja import HojaLimpia, preparar
from ingesta.escaneo.inclinacion import va_de_lado
from ingesta.escaneo.palabras import componer, tinta
from ingesta.reconocida import EN_BLANCO, PaginaReconocida

CONFIANZA_SOSPECHOSA: Final = 0.6
"""Confianza media por debajo de la cual se mira si la hoja está girada."""


def reconocer(pgm: bytes, ppp: float) -> PaginaReconocida:
    """Limpia, endereza y reconoce la imagen de una página, en `ocr.MAYOR_TIEMPO` a lo más.

    Lanza ErrorDeOcr, o ValueError si los bytes no son de una imagen PGM.
    """
    imagen = de_pgm(pgm)
    limite = time.monotonic() + ocr.MAYOR_TIEMPO
    limpia = HojaLimpia.de_imagen(imagen.gris)
    giro = 0
    if va_de_lado(limpia.imagen):
        giro = ocr.orientacion(a_bmp(limpia.imagen), ppp, limite - time.monotonic()) or 90
    pagina = _intento(limpia, ppp, giro, limite)
    if pagina.confianza < CONFIANZA_SOSPECHOSA and pagina.tinta >= EN_BLANCO:
        girada = a_bmp(limpia.girada(giro).imagen)
        falta = ocr.orientacion(girada, ppp, limite - time.monotonic())
        if falta:
            otra = _intento(limpia, ppp, (giro + falta) % 360, limite)
            pagina = max(pagina, otra, key=lambda p: p.confianza)
    return replace(pagina, sin_sellos=imagen.sin_sellos)


def _intento(limpia: HojaLimpia, ppp: float, giro: int, limite: float) -> PaginaReconocida:
    hoja = preparar(limpia, ppp, giro)
    if tinta(hoja) < EN_BLANCO:
        return componer((), hoja)
    leidas = ocr.reconocer(a_bmp(hoja.imagen), ppp, limite - time.monotonic())
    recortes = celdas.sin_leer(hoja, leidas)
    if recortes:
        montaje = a_bmp(celdas.montar(hoja, recortes))
        montadas = ocr.reconocer(montaje, ppp, limite - time.monotonic(), ocr.BLOQUE)
        leidas = celdas.devolver(montadas, recortes, leidas)
    return componer(leidas, hoja)
