"""Tesseract: es el único módulo que llama al programa que reconoce el texto de una imagen.

Recibe puntos sin comprimir, nunca el archivo ajeno, y corre con límites de tiempo, de memoria y de
lo que escribe.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import tempfile
from functools import cache
from typing import Final, NamedTuple

IDIOMA: Final = "spa"
ORIENTACION: Final = "osd"
"""Datos de tesseract que dicen hacia dónde está girada una hoja; vienen con el programa."""

PAGINA: Final = 3
BLOQUE: Final = 6
"""Modos de tesseract. En una página entera el primero yerra la mitad que los demás."""

MAYOR_TIEMPO: Final = 45
"""Segundos que se dan a una página: una de 200 ppp tarda entre 1 y 3."""

MENOR_SEGURIDAD: Final = 1.0
"""Confianza, en la escala de tesseract, con que se cree la orientación que propone."""

MB: Final = 1024 * 1024
LIMITES: Final = {
    resource.RLIMIT_AS: 1024 * MB,
    resource.RLIMIT_CPU: 2 * MAYOR_TIEMPO,
    resource.RLIMIT_FSIZE: 8 * MB,
    resource.RLIMIT_NOFILE: 64,
    resource.RLIMIT_CORE: 0,
}
"""Una hoja A3 usa unos 300 MB, y la tabla de una hoja llena de texto ocupa menos de 100 kB."""

HEREDADO: Final = ("PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "SYSTEMROOT")

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
    """Devuelve las palabras de una imagen PGM, en el orden en que las lee tesseract.

    `modo` es PAGINA, que busca columnas y bloques, o BLOQUE, que la toma por uno solo. Lanza
    OcrNoDisponible, OcrDemorado o, si tesseract falla, ErrorDeOcr.
    """
    if not disponible():
        raise OcrNoDisponible
    salida = _correr(
        imagen, segundos, "-l", IDIOMA, "--psm", str(modo), "--dpi", str(round(ppp)), "tsv"
    )
    return [p for linea in salida.splitlines() if (p := _palabra(linea)) is not None]


def orientacion(imagen: bytes, ppp: float, segundos: float = MAYOR_TIEMPO) -> int:
    """Devuelve cuánto hay que girar la imagen, en grados, en el sentido del reloj.

    Es 0 si ya está derecha, si no hay bastante texto para saberlo o si faltan los datos «osd».
    Lanza OcrDemorado.
    """
    if ORIENTACION not in idiomas():
        return 0
    try:
        salida = _correr(imagen, segundos, "--psm", "0", "--dpi", str(round(ppp)))
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


def _correr(imagen: bytes, segundos: float, *opciones: str) -> str:
    orden = [shutil.which("tesseract") or "tesseract", "stdin", "stdout", *opciones]
    try:
        with tempfile.TemporaryFile() as salida:
            with subprocess.Popen(  # noqa: S603
                orden,
                stdin=subprocess.PIPE,
                stdout=salida,
                stderr=subprocess.DEVNULL,
                env=_entorno(),
                start_new_session=True,
            ) as programa:
                _limitar(programa.pid)
                _esperar(programa, imagen, segundos)
            salida.seek(0)
            leido = salida.read().decode("utf-8", "replace")
    except FileNotFoundError as error:
        raise OcrNoDisponible from error
    except OSError as error:
        raise ErrorDeOcr(f"tesseract no pudo correr: {error.strerror}") from error
    if programa.returncode:
        raise ErrorDeOcr(f"tesseract terminó con el código {programa.returncode}")
    return leido


def _esperar(programa: subprocess.Popen[bytes], imagen: bytes, segundos: float) -> None:
    try:
        programa.communicate(imagen, max(segundos, 0.0))
    except BaseException as error:
        programa.kill()
        if isinstance(error, subprocess.TimeoutExpired):
            raise OcrDemorado(f"pasó de {segundos:.0f} s") from error
        raise


def _limitar(pid: int) -> None:
    """Pone los límites al programa recién arrancado, que aún no recibe la imagen."""
    if not hasattr(resource, "prlimit"):  # solo Linux
        return
    for recurso, pedido in LIMITES.items():
        _, duro = resource.prlimit(pid, recurso)
        tope = pedido if duro == resource.RLIM_INFINITY else min(pedido, duro)
        resource.prlimit(pid, recurso, (tope, tope))


def _preguntar(opcion: str) -> str:
    programa = shutil.which("tesseract")
    return _respuesta(programa, os.environ.get("TESSDATA_PREFIX"), opcion) if programa else ""


@cache
def _respuesta(programa: str, _datos: str | None, opcion: str) -> str:
    """Devuelve lo que dice tesseract; se recuerda mientras no cambien el programa ni sus datos."""
    try:
        hecho = subprocess.run(  # noqa: S603
            [programa, opcion], capture_output=True, env=_entorno(), timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return hecho.stdout.decode("utf-8", "replace")


def _entorno() -> dict[str, str]:
    """Devuelve lo único del entorno que recibe tesseract: ahí suele haber claves.

    Va un hilo por página: con más, en una máquina ocupada tarda varias veces lo mismo.
    """
    heredado = {clave: os.environ[clave] for clave in HEREDADO if clave in os.environ}
    return heredado | {"OMP_THREAD_LIMIT": "1"}
