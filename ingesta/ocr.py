"""Tesseract: es el único módulo que llama al programa que reconoce el texto de una imagen.

Recibe puntos sin comprimir, nunca el archivo ajeno, y corre encerrado (`contencion/ejecucion.py`).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from ingesta.contencion import ejecucion
from ingesta.contencion.limites import valor

IDIOMA: Final = "spa"
ORIENTACION: Final = "osd"
"""Datos de tesseract que dicen hacia dónde está girada una hoja; vienen con el programa."""

PAGINA: Final = 3
BLOQUE: Final = 6
"""Modos de tesseract. En una página entera el primero yerra la mitad que los demás."""

FLUJO: Final = ("stdin", "stdout")

MAYOR_TIEMPO: Final = valor("reconocer_segundos")
"""Segundos que se dan a una página."""

MENOR_SEGURIDAD: Final = 1.0
"""Confianza, en la escala de tesseract, con que se cree la orientación que propone."""

HEREDADO: Final = ("PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "SYSTEMROOT")

DATOS: Final = ("tesseract-ocr", "tessdata")
"""Carpetas de los idiomas, dentro de las que comparten los programas del sistema."""

VERSION: Final = re.compile(r"tesseract v?(\S+)")
GIRO: Final = re.compile(r"^Rotate: (\d+)$", re.MULTILINE)
SEGURIDAD: Final = re.compile(r"^Orientation confidence: ([\d.]+)$", re.MULTILINE)


class ErrorDeOcr(Exception):
    """No se pudo reconocer una imagen."""


class OcrNoDisponible(ErrorDeOcr):
    """Falta tesseract o su idioma español."""


class OcrDemorado(ErrorDeOcr):
    """Se agotó el tiempo de la página."""


class PalabraLeida(NamedTuple):
    """Palabra con su caja en puntos de la imagen, su confianza (0 a 1) y su renglón."""

    texto: str
    x0: int
    arriba: int
    x1: int
    abajo: int
    confianza: float
    renglon: tuple[int, int, int]


def disponible() -> bool:
    """Dice si se puede reconocer texto en español."""
    return IDIOMA in idiomas()


def version() -> str | None:
    """Devuelve la versión de tesseract, o None si no está."""
    hallada = VERSION.search(_preguntar("--version"))
    return hallada[1] if hallada else None


def idiomas() -> frozenset[str]:
    """Devuelve los idiomas instalados, con sus nombres de tesseract; ninguno si falta."""
    return frozenset(_preguntar("--list-langs").splitlines()[1:])


def reconocer(
    imagen: bytes, ppp: float, segundos: float = MAYOR_TIEMPO, modo: int = PAGINA
) -> list[PalabraLeida]:
    """Devuelve las palabras de una imagen (`gris.a_bmp`), en el orden en que las lee tesseract.

    `modo` es PAGINA, que busca columnas y bloques, o BLOQUE, que la toma por uno solo. Lanza
    OcrNoDisponible, OcrDemorado o, si tesseract falla, ErrorDeOcr.
    """
    if not disponible():
        raise OcrNoDisponible
    opciones = ["-l", IDIOMA, "--psm", str(modo), "--dpi", str(round(ppp)), "tsv"]
    salida = _correr(imagen, segundos, *FLUJO, *opciones)
    return [p for linea in salida.splitlines() if (p := _palabra(linea)) is not None]


def orientacion(imagen: bytes, ppp: float, segundos: float = MAYOR_TIEMPO) -> int:
    """Devuelve cuánto hay que girar la imagen, en grados, en el sentido del reloj.

    Es 0 si ya está derecha, si no hay bastante texto para saberlo o si faltan los datos «osd».
    Lanza OcrDemorado.
    """
    if ORIENTACION not in idiomas():
        return 0
    try:
        salida = _correr(imagen, segundos, *FLUJO, "--psm", "0", "--dpi", str(round(ppp)))
    except OcrDemorado:
        raise
    except ErrorDeOcr:
        return 0
    giro, seguridad = GIRO.search(salida), SEGURIDAD.search(salida)
    creible = giro and seguridad and float(seguridad[1]) >= MENOR_SEGURIDAD
    return int(giro[1]) if giro and creible else 0


def _palabra(linea: str) -> PalabraLeida | None:
    """Lee un renglón de la tabla de tesseract; None si no es de una palabra (nivel 5)."""
    campos = linea.split("\t")
    if campos[0] != "5" or not (texto := campos[11].strip()):
        return None
    _, bloque, parrafo, renglon, _, x, y, ancho, alto = map(int, campos[1:10])
    return PalabraLeida(
        texto, x, y, x + ancho, y + alto, float(campos[10]) / 100, (bloque, parrafo, renglon)
    )


def _correr(entrada: bytes, segundos: float, *opciones: str) -> str:
    """Corre tesseract encerrado y devuelve lo que escribe."""
    orden = [shutil.which("tesseract") or "tesseract", *opciones]
    try:
        with tempfile.TemporaryFile() as salida:
            with ejecucion.abierto(orden, _datos(orden[0]), _entorno(), salida) as programa:
                programa.communicate(entrada, max(segundos, 0.0))
            salida.seek(0)
            leido = salida.read().decode("utf-8", "replace")
    except subprocess.TimeoutExpired as error:
        raise OcrDemorado(f"pasó de {segundos:.0f} s") from error
    except OSError as error:
        raise ErrorDeOcr(f"tesseract no pudo correr: {error.strerror or error}") from error
    if programa.returncode:
        raise ErrorDeOcr(f"tesseract terminó con el código {programa.returncode}")
    return leido


def _datos(programa: str) -> list[str]:
    """Devuelve las carpetas donde ese tesseract tiene sus bibliotecas y sus idiomas."""
    raiz = Path(programa).resolve().parents[1]
    propias = [raiz / "lib", *(raiz / "share" / carpeta for carpeta in DATOS)]
    elegidas = os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)
    elegidas.append(os.environ.get("TESSDATA_PREFIX", ""))
    return [*map(str, propias), *filter(None, elegidas)]


def _preguntar(opcion: str) -> str:
    programa = shutil.which("tesseract")
    if programa is None:
        return ""
    try:
        return _respuesta(programa, os.environ.get("TESSDATA_PREFIX"), opcion)
    except ErrorDeOcr:
        return ""


@cache
def _respuesta(_programa: str, _datos: str | None, opcion: str) -> str:
    """Devuelve lo que dice tesseract; se recuerda mientras no cambien el programa ni sus datos."""
    return _correr(b"", MAYOR_TIEMPO, opcion)


def _entorno() -> dict[str, str]:
    """Devuelve lo único del entorno que recibe tesseract: ahí suele haber claves.

    Va un hilo por página: con más, en una máquina ocupada tarda varias veces lo mismo.
    """
    heredado = {clave: os.environ[clave] for clave in HEREDADO if clave in os.environ}
    return heredado | {"OMP_THREAD_LIMIT": "1"}
