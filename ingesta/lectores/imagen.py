"""Lector de imágenes: su texto viene del reconocimiento (OCR), como el de un PDF escaneado."""

from __future__ import annotations

from pathlib import Path

from ingesta.documento import Documento, Origen, Pagina
from ingesta.lectores.fotograma import abrir, cuantas, pagina
from ingesta.lectores.pdf_avisos import avisar
from ingesta.lectores.pdf_bloques import armar
from ingesta.lectores.pdf_hoja import Hoja
from ingesta.lectores.pdf_reconocida import poner_lo_reconocido
from ingesta.reconocida import NINGUNA, Reconocidas


def leer(ruta: Path, origen: Origen, reconocidas: Reconocidas = NINGUNA) -> Documento:
    """Lee una imagen; lo que no está en `reconocidas` queda avisado como página sin texto.

    Lanza ArchivoDanado o ArchivoDemasiadoGrande.
    """
    with abrir(ruta) as imagen:
        hojas = [_hoja(pagina(imagen, n + 1)) for n in range(cuantas(imagen))]
    for hoja in hojas:
        if hoja.numero in reconocidas:
            poner_lo_reconocido(hoja, reconocidas[hoja.numero])
    return armar(hojas, origen, ())


def _hoja(medida: Pagina) -> Hoja:
    aviso = avisar("pagina_sin_texto", medida.numero)
    return Hoja(medida.numero, (medida.ancho, medida.alto), medida.alto, avisos=[aviso])
