"""Plegado de mayúsculas y tildes que conserva las posiciones: un carácter entra, uno sale."""

from __future__ import annotations

import re
import unicodedata


def _plegar_caracter(caracter: str) -> str:
    base = unicodedata.normalize("NFD", caracter)[0].lower()
    return base if len(base) == 1 else caracter


class _Tabla(dict[int, str]):
    """Caracteres ya plegados; guarda hasta `CABEN`, más que los de cualquier acta."""

    CABEN = 4096

    def __missing__(self, codigo: int) -> str:
        plegado = _plegar_caracter(chr(codigo))
        if len(self) < self.CABEN:
            self[codigo] = plegado
        return plegado


_TABLA = _Tabla()
_MEZCLADA = re.compile(r"(?<![\w/.,])(?:[a-z]+(?:[0156][a-z]+)+[0156]?|[a-z]{3,}[0156])(?!\w)")
_LETRA_POR_CIFRA = str.maketrans("0156", "oiso")


def sin_cifras_del_ocr(plegado: str) -> str:
    """Devuelve el texto, ya plegado, con las cifras que el OCR puso en palabras («juni0»)."""
    return _MEZCLADA.sub(lambda h: h[0].translate(_LETRA_POR_CIFRA), plegado)


def plegar(texto: str) -> str:
    """Devuelve el texto en minúsculas y sin tildes, del mismo largo («Áñil» → «anil»)."""
    return texto.lower() if texto.isascii() else texto.translate(_TABLA)
