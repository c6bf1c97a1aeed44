"""PDFium: abre el archivo, ubica sus páginas y las dibuja. Es el único módulo que lo importa."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any

import pypdfium2
import pypdfium2.raw

from ingesta.documento import Caja
from ingesta.errores import ArchivoCifrado, ArchivoDanado, ArchivoDemasiadoGrande, SinPaginas
from ingesta.lectores.pdf_conteo import final_de_repuesto, no_tiene_paginas

MAYOR_NUMERO_DE_PAGINAS = 500
"""Un acta con anexos no pasa de unas decenas de páginas."""

LADO = 10_000
"""Lado, en unidades, del cuadrado con que se le pregunta a PDFium dónde cae cada punto."""

CANDADO = RLock()
"""PDFium no admite dos hilos a la vez."""

ErrorDePdfium: type[Exception] = pypdfium2.PdfiumError
nativo: Any = pypdfium2.raw


@contextmanager
def abrir(ruta: Path) -> Iterator[Any]:
    """Abre el PDF y lo cierra al salir; mientras tanto ningún otro hilo usa PDFium.

    Lanza ArchivoCifrado (pide contraseña), ArchivoDanado, SinPaginas o ArchivoDemasiadoGrande.
    """
    with CANDADO:
        documento = _abrir(ruta)
        try:
            paginas = len(documento)
            if paginas > MAYOR_NUMERO_DE_PAGINAS:
                raise ArchivoDemasiadoGrande(
                    f"El PDF tiene {paginas} páginas; se leen hasta {MAYOR_NUMERO_DE_PAGINAS}."
                )
            yield documento
        finally:
            documento.close()


def _abrir(ruta: Path) -> Any:
    datos = ruta.read_bytes()
    try:
        return pypdfium2.PdfDocument(datos)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {nativo.FPDF_ERR_PASSWORD, nativo.FPDF_ERR_SECURITY}:
            raise ArchivoCifrado("El PDF está protegido con contraseña.") from error
        if no_tiene_paginas(datos):
            raise SinPaginas("El PDF no tiene ninguna página.") from error
        return _recuperar(datos)


def _recuperar(datos: bytes) -> Any:
    """Abre un PDF que perdió su final: se le pone otro y PDFium rehace el índice.

    Que le falta el final lo avisa el lector (`archivo_cortado`).
    """
    final = final_de_repuesto(datos)
    try:
        return pypdfium2.PdfDocument(datos + final)
    except pypdfium2.PdfiumError as error:
        raise ArchivoDanado("El PDF está incompleto o dañado y no se pudo abrir.") from error


@dataclass(frozen=True, slots=True)
class Plano:
    """Lleva las coordenadas internas de una página a puntos de la hoja tal como se ve.

    Tiene en cuenta el recorte (CropBox) y el giro (Rotate); el origen queda arriba a la izquierda.
    """

    numero: int
    ancho: float
    alto: float
    origen: tuple[float, float]
    al_derecho: tuple[float, float]
    hacia_abajo: tuple[float, float]

    @classmethod
    def de_pagina(cls, pagina: Any, numero: int) -> Plano:
        """Mide la página; lanza ArchivoDanado si no tiene superficie."""
        ancho, alto = pagina.get_size()
        esquina = _punto(pagina, 0, 0)
        derecha = _punto(pagina, LADO, 0)
        abajo = _punto(pagina, 0, LADO)
        u = (derecha[0] - esquina[0], derecha[1] - esquina[1])
        v = (abajo[0] - esquina[0], abajo[1] - esquina[1])
        area = u[0] * v[1] - u[1] * v[0]
        if not area or not ancho or not alto:
            raise ArchivoDanado("La página no tiene superficie.")
        return cls(
            numero,
            ancho,
            alto,
            esquina,
            (v[1] * ancho / area, -v[0] * ancho / area),
            (-u[1] * alto / area, u[0] * alto / area),
        )

    def avance(self, dx: float, dy: float) -> tuple[float, float]:
        """Devuelve cuánto se mueve en la hoja lo que se mueve (dx, dy) dentro de la página."""
        return (
            self.al_derecho[0] * dx + self.al_derecho[1] * dy,
            self.hacia_abajo[0] * dx + self.hacia_abajo[1] * dy,
        )

    def punto(self, x: float, y: float) -> tuple[float, float]:
        """Devuelve el punto de la hoja que corresponde a un punto interno de la página."""
        return self.avance(x - self.origen[0], y - self.origen[1])

    def caja(self, izquierda: float, abajo: float, derecha: float, arriba: float) -> Caja | None:
        """Devuelve la parte de un rectángulo interno que se ve en la hoja.

        Es None cuando el centro del rectángulo queda fuera de ella.
        """
        x0, y0 = self.punto(izquierda, abajo)
        x1, y1 = self.punto(derecha, arriba)
        if not (0 <= x0 + x1 <= 2 * self.ancho and 0 <= y0 + y1 <= 2 * self.alto):
            return None
        return Caja(
            self.numero,
            round(max(0.0, min(x0, x1)), 2),
            round(max(0.0, min(y0, y1)), 2),
            round(min(self.ancho, max(x0, x1)), 2),
            round(min(self.alto, max(y0, y1)), 2),
        )


def _punto(pagina: Any, x: int, y: int) -> tuple[float, float]:
    """Devuelve el punto interno de la página que se ve en (x, y) de una hoja de lado LADO."""
    px, py = ctypes.c_double(), ctypes.c_double()
    nativo.FPDF_DeviceToPage(pagina.raw, 0, 0, LADO, LADO, 0, x, y, px, py)
    return px.value, py.value
