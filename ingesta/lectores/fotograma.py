"""Imágenes JPEG, PNG, TIFF y HEIC: cada fotograma es una página escaneada."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

import pi_heif
from PIL import Image, ImageOps

from ingesta.contencion.limites import valor
from ingesta.documento import Pagina
from ingesta.errores import ArchivoDanado, ArchivoDemasiadoGrande

FORMATOS: Final = ("JPEG", "PNG", "TIFF", "HEIF")
CON_PAGINAS: Final = ("TIFF", "HEIF")

pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
pi_heif.options.DECODE_THREADS = 1
"""Las fotos HEIC de los teléfonos, sin sus miniaturas; el hijo encerrado tiene un solo hilo."""

MAYOR_IMAGEN: Final = valor("pixeles")
MAYOR_NUMERO_DE_PAGINAS: Final = 200
LADO_MAYOR_CREIBLE: Final = (420.0, 1300.0)
"""Puntos: de una hoja A6 a una A3. Fuera de ahí, los ppp que declara la imagen no valen."""

LARGO_A4: Final = 841.89
ROTA: Final = (OSError, SyntaxError, ValueError, EOFError)
ENORME: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning)
"""Lo que lanza Pillow ante una imagen rota y ante una que no debe descomprimirse."""

ORIENTACION: Final = 0x0112
"""Etiqueta EXIF con que la cámara dice hacia dónde estaba girada."""

DE_LADO: Final = frozenset({5, 6, 7, 8})

Fuente = Path | BinaryIO


class Recorte(NamedTuple):
    """Parte de la imagen (0 a 1) que no se ve a la izquierda, arriba, a la derecha y abajo."""

    izquierda: float = 0.0
    arriba: float = 0.0
    derecha: float = 0.0
    abajo: float = 0.0

    def valido(self) -> Recorte:
        """Devuelve el recorte, o ninguno si no deja nada."""
        queda = self.izquierda + self.derecha < 1 and self.arriba + self.abajo < 1
        return self if queda else Recorte()

    def de(self, ancho: int, alto: int) -> tuple[int, int, int, int]:
        """Devuelve lo que se ve de una imagen: izquierda, arriba, derecha y abajo, en píxeles."""
        x0, y0 = int(self.izquierda * ancho), int(self.arriba * alto)
        return (
            x0,
            y0,
            max(x0 + 1, round((1 - self.derecha) * ancho)),
            max(y0 + 1, round((1 - self.abajo) * alto)),
        )


ENTERA: Final = Recorte()


@contextmanager
def abrir(fuente: Fuente) -> Iterator[Image.Image]:
    """Abre la imagen sin descomprimirla; `fuente` es su ruta o sus bytes.

    Lanza ArchivoDanado, o ArchivoDemasiadoGrande si tiene más de 200 páginas o una pasa de 60
    millones de píxeles.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # por datos de cámara rotos, que no se usan
            with Image.open(fuente, formats=FORMATOS) as imagen:
                if cuantas(imagen) > MAYOR_NUMERO_DE_PAGINAS:
                    raise ArchivoDemasiadoGrande(
                        f"La imagen tiene más de {MAYOR_NUMERO_DE_PAGINAS} páginas."
                    )
                yield imagen
    except ENORME as error:
        raise ArchivoDemasiadoGrande("La imagen tiene demasiados píxeles.") from error
    except ROTA as error:
        raise ArchivoDanado("La imagen está incompleta o dañada y no se pudo abrir.") from error


def cuantas(imagen: Image.Image) -> int:
    """Devuelve el número de páginas; solo un TIFF o un HEIC (una ráfaga) tiene varias."""
    return getattr(imagen, "n_frames", 1) if imagen.format in CON_PAGINAS else 1


def pagina(imagen: Image.Image, numero: int, recorte: Recorte = ENTERA) -> Pagina:
    """Va a la página y la mide en puntos, tal como se ve; si no dice sus ppp, se supone A4."""
    imagen.seek(numero - 1)
    ancho, alto = imagen.size
    if ancho * alto > MAYOR_IMAGEN:
        raise ArchivoDemasiadoGrande(
            f"La página {numero} de la imagen pasa de {MAYOR_IMAGEN // 1_000_000} millones de "
            "píxeles."
        )
    x0, arriba, x1, abajo = recorte.de(ancho, alto)
    ancho, alto = x1 - x0, abajo - arriba
    if imagen.getexif().get(ORIENTACION) in DE_LADO:
        ancho, alto = alto, ancho
    escala = 72 / max(_ppp(imagen), 1.0)
    if not LADO_MAYOR_CREIBLE[0] <= escala * max(ancho, alto) <= LADO_MAYOR_CREIBLE[1]:
        escala = LARGO_A4 / max(ancho, alto)
    return Pagina(numero, round(escala * ancho, 2), round(escala * alto, 2))


def _ppp(imagen: Image.Image) -> float:
    declarados = imagen.info.get("dpi", (0, 0))
    return float(declarados[0]) if isinstance(declarados, tuple) and declarados else 0.0


def dibujar(fuente: Fuente, numero: int, escala: float, recorte: Recorte = ENTERA) -> Image.Image:
    """Devuelve la página con esos píxeles por punto, derecha, sobre blanco y sin lo recortado.

    Lanza IndexError si no existe, y los errores de `abrir`.
    """
    with abrir(fuente) as imagen:
        total = cuantas(imagen)
        if not 1 <= numero <= total:
            raise IndexError(f"La imagen no tiene página {numero}: tiene {total}.")
        medida = pagina(imagen, numero, recorte)
        escala = min(escala, math.sqrt(MAYOR_IMAGEN / (medida.ancho * medida.alto)))
        tamano = (
            max(1, round(escala * medida.ancho)),
            max(1, round(escala * medida.alto)),
        )
        vista = imagen if recorte == ENTERA else imagen.crop(recorte.de(*imagen.size))
        derecha = ImageOps.exif_transpose(_sobre_blanco(vista))
        return derecha.convert("RGB").resize(tamano, Image.Resampling.BILINEAR, reducing_gap=2.0)


def _sobre_blanco(imagen: Image.Image) -> Image.Image:
    """Devuelve la imagen sin transparencia y de ocho bits por canal."""
    if imagen.mode.startswith("I;16"):
        return imagen.point(lambda v: v / 256).convert("L")
    if not imagen.has_transparency_data:
        return imagen
    encima = imagen.convert("RGBA")
    fondo = Image.new("RGBA", encima.size, "white")
    return Image.alpha_composite(fondo, encima)
