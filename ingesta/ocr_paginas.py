"""Completa un documento: reconoce el texto de las páginas que el lector no pudo leer.

El lector no corre programas de fuera: avisa qué páginas son imágenes. Aquí se dibujan, se
reconocen, varias a la vez, y se pide leer otra vez el archivo, ya con lo reconocido. Quien dibuja
y quien lee pueden ser procesos encerrados.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from ingesta import ocr
from ingesta.documento import Aviso, Documento
from ingesta.errores import ErrorDeIngesta
from ingesta.reconocida import PaginaReconocida, Reconocidas

SIN_LEER: Final = frozenset({"pagina_sin_texto", "texto_dudoso", "imagen_sin_leer"})
POR_COMPROBAR: Final = frozenset({
    "texto_de_ocr_previo",
    "texto_extrano",
    "letras_por_comprobar",
})
POR_RECONOCER: Final = SIN_LEER | POR_COMPROBAR
"""Avisos de las páginas que se dibujan y se reconocen: no se leyeron, o su texto puede mentir."""

PPP: Final = 200
"""Píxeles por pulgada: con 300 tarda 1,4 veces y en una hoja con motas yerra cuatro veces más."""

MAYOR_LADO: Final = 3400
"""Píxeles: una hoja A3 a 200 ppp. Hay escaneos que dicen medir varias veces más."""

MAYOR_TIEMPO: Final = 900
"""Segundos para todas las páginas: unas 600 en dos procesadores."""

CONSEJOS: Final = {
    "demora": f"El reconocimiento de esa página pasó de {ocr.MAYOR_TIEMPO} s: escanéela de nuevo a "
    "200 ppp, en blanco y negro o grises, o escriba lo que dice.",
    "falla": "El reconocimiento falló en esa página: escanéela de nuevo o escriba lo que dice.",
    "tiempo": "El archivo tiene más páginas escaneadas de las que se reconocen en 15 minutos: "
    "divídalo y envíe cada parte, o escriba lo que dice la página.",
}

Dibujar = Callable[[int, float], bytes]
"""Da la página (la primera es la 1), con esos píxeles por punto, como imagen PGM."""

Releer = Callable[[Reconocidas], Documento]
"""Lee otra vez el archivo, con las páginas ya reconocidas."""


def pendientes(documento: Documento) -> list[int]:
    """Devuelve los números de las páginas que hay que reconocer."""
    return sorted({
        a.pagina for a in documento.avisos if a.codigo in POR_RECONOCER and a.pagina is not None
    })


def completar(
    documento: Documento, dibujar: Dibujar, releer: Releer, a_la_vez: int | None = None
) -> Documento:
    """Reconoce las páginas pendientes y devuelve el documento completo.

    Reconoce hasta `a_la_vez` páginas juntas; por omisión, tantas como procesadores. Si falta
    tesseract devuelve el mismo documento, cuyos avisos dicen qué instalar. La página que no se pudo
    reconocer conserva su aviso, con el consejo del caso.
    """
    paginas = pendientes(documento)
    if not paginas or not ocr.disponible():
        return documento
    from ingesta.escaneo import pagina as escaneo  # carga numpy y Pillow: solo si hacen falta

    medidas = {p.numero: max(p.ancho, p.alto) for p in documento.paginas}
    limite = time.monotonic() + MAYOR_TIEMPO
    reconocidas: dict[int, PaginaReconocida] = {}
    fallidas: dict[int, str] = {}

    def intentar(pagina: int) -> None:
        escala = min(PPP / 72, MAYOR_LADO / max(medidas[pagina], 1.0))
        if time.monotonic() > limite:
            fallidas[pagina] = CONSEJOS["tiempo"]
            return
        try:
            reconocidas[pagina] = escaneo.reconocer(dibujar(pagina, escala), 72 * escala)
        except ocr.OcrDemorado:
            fallidas[pagina] = CONSEJOS["demora"]
        except (ocr.ErrorDeOcr, ErrorDeIngesta, ValueError):
            fallidas[pagina] = CONSEJOS["falla"]

    with ThreadPoolExecutor(min(len(paginas), a_la_vez or os.cpu_count() or 1)) as hilos:
        list(hilos.map(intentar, paginas))
    completo = _con_autor(releer(reconocidas)) if reconocidas else documento
    return replace(completo, avisos=tuple(_con_consejo(a, fallidas) for a in completo.avisos))


def _con_autor(documento: Documento) -> Documento:
    """Anota en el origen qué versión de tesseract reconoció las páginas."""
    if documento.origen is None:
        return documento
    lector = f"{documento.origen.lector} y tesseract/{ocr.version()}"
    return replace(documento, origen=replace(documento.origen, lector=lector))


def _con_consejo(aviso: Aviso, fallidas: dict[int, str]) -> Aviso:
    if aviso.pagina in fallidas and aviso.codigo in SIN_LEER:
        return replace(aviso, consejo=fallidas[aviso.pagina])
    return aviso
