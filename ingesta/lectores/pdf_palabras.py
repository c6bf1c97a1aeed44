"""Caracteres de PDFium → palabras con su caja."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingesta.documento import Caja
from ingesta.lectores.pdf_motor import Plano, nativo

GUION_DE_CORTE = 0x02
"""Con este código marca PDFium el guion que parte una palabra al final del renglón."""

NEGRITAS = (b"bold", b"negri", b"black", b"heavy", b"demi")
PESO_DE_NEGRITA = 600
TEXTO_OCULTO = 3
"""Modo de dibujo del texto que no se pinta (ISO 32000-1, tabla 106)."""

MAYOR_NUMERO_DE_CARACTERES = 100_000
"""Caracteres que se leen de una página; una hoja llena tiene unos 5 000."""

VOLADO = 0.8
"""Cuerpo, respecto del de la palabra, por debajo del cual un número es la llamada de una nota."""

LLEVA_LLAMADA = re.compile(r"[^\W\d]{4}$|[.,;:»”)]$")
"""Fin de la palabra que lleva llamada; «m2», «km2» o «N°1» no la llevan."""

ASCENSO = 0.9
DESCENSO = 0.22
"""Partes del cuerpo de la letra que ocupan una mayúscula con tilde y el rabo de una «p»."""

LIGADURAS = range(0xFB00, 0xFB07)
SIMBOLOS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf02d": "-",
    "\uf0a8": "•",
}
"""Viñetas de las tipografías Symbol y Wingdings, que Word escribe en la zona privada."""


@dataclass(frozen=True, slots=True)
class Pieza:
    """Palabra impresa, en el orden en que el PDF la dibuja.

    `caja` sirve para ordenar la lectura y `vista` es donde se ve en la hoja; difieren solo si el
    texto de la página está escrito de lado (ver `enderezar`) o la hoja se escaneó torcida.
    `confianza` (0 a 1) es la del OCR, si viene de él.
    """

    texto: str
    caja: Caja
    vista: Caja
    negrita: bool = False
    oculta: bool = False
    giro: int = 0
    confianza: float | None = None


def leer_piezas(pagina_de_texto: Any, plano: Plano) -> tuple[list[Pieza], int]:
    """Devuelve las palabras que se ven en la hoja y cuántas quedan fuera de ella."""
    medidor = _Medidor(pagina_de_texto.raw, plano)
    piezas: list[Pieza] = []
    fuera = 0
    for palabra in _cortar(pagina_de_texto, medidor):
        for trozo in _separar_llamada(*palabra, medidor):
            pieza = medidor.pieza(*trozo)
            if pieza is None:
                fuera += 1
            else:
                piezas.append(pieza)
    return piezas, fuera


def _separar_llamada(
    texto: str, primero: int, ultimo: int, medidor: _Medidor
) -> list[tuple[str, int, int]]:
    """Aparta el número volado de una nota al pie («2027.» y «1»), para que no cambie el dato."""
    entera = [(texto, primero, ultimo)]
    if primero == ultimo or not texto[-1].isdigit():
        return entera
    grande = medidor.letra(primero).cuerpo
    cifras = 0
    while (
        cifras < min(2, ultimo - primero)
        and texto[-1 - cifras].isdigit()
        and medidor.letra(ultimo - cifras).cuerpo < VOLADO * grande
    ):
        cifras += 1
    base = texto[: len(texto) - cifras]
    if not cifras or not LLEVA_LLAMADA.search(base):
        return entera
    return [(base, primero, ultimo - cifras), (texto[-cifras:], ultimo - cifras + 1, ultimo)]


def _cortar(pagina_de_texto: Any, medidor: _Medidor) -> Iterator[tuple[str, int, int]]:
    """Produce cada palabra con los índices de su primer y su último carácter."""
    bruto = pagina_de_texto.raw
    letras: list[str] = []
    primero = 0
    total = min(pagina_de_texto.count_chars(), MAYOR_NUMERO_DE_CARACTERES)
    for i in range(total):
        codigo = nativo.FPDFText_GetUnicode(bruto, i)
        letra = chr(codigo) if codigo else "\ufffd"
        if letra.isspace():
            if letras:
                yield _normal(letras), primero, i - 1
                letras = []
            continue
        if not letras:
            primero = i
        letras.append("-" if codigo == GUION_DE_CORTE else letra)
        if codigo == GUION_DE_CORTE and i + 1 < total and not medidor.seguidos(i, i + 1):
            yield _normal(letras), primero, i
            letras = []
    if letras:
        yield _normal(letras), primero, total - 1


def _normal(letras: list[str]) -> str:
    """Une los caracteres: sustitutos en pareja, ligaduras abiertas, viñetas y forma NFC."""
    texto = "".join(letras)
    if texto.isascii():
        return texto
    abierto = "".join(
        unicodedata.normalize("NFKC", c) if ord(c) in LIGADURAS else SIMBOLOS.get(c, c)
        for c in texto
    )
    entero = abierto.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", entero)


Rectangulo = tuple[float, float, float, float]
"""Izquierda, abajo, derecha y arriba, en coordenadas internas de la página."""


@dataclass(frozen=True, slots=True)
class _Letra:
    """Cómo se dibuja un objeto de texto; `subida` es su cuerpo, en la dirección hacia arriba."""

    negrita: bool
    oculta: bool
    subida: tuple[float, float]

    @property
    def cuerpo(self) -> float:
        return math.hypot(*self.subida)


class _Medidor:
    """Mide los caracteres de una página y recuerda la letra de cada objeto de texto."""

    def __init__(self, bruto: Any, plano: Plano) -> None:
        self.bruto = bruto
        self.plano = plano
        self.letras: dict[int, _Letra] = {}
        self.holgado = nativo.FS_RECTF()
        self.nombre = ctypes.create_string_buffer(128)
        self.x, self.y = ctypes.c_double(), ctypes.c_double()

    def avance(self, indice: int) -> Rectangulo:
        """Devuelve el rectángulo del carácter, exacto solo a lo largo del renglón."""
        r = self.holgado
        nativo.FPDFText_GetLooseCharBox(self.bruto, indice, r)
        return r.left, r.bottom, r.right, r.top

    def seguidos(self, indice: int, otro: int) -> bool:
        """Dice si dos caracteres están pegados en un mismo renglón."""
        a, b = self.avance(indice), self.avance(otro)
        lado = max(a[2] - a[0], a[3] - a[1])
        return all(abs(b[k] - a[k]) < lado for k in range(4))

    def pieza(self, texto: str, primero: int, ultimo: int) -> Pieza | None:
        """Arma la palabra, o devuelve None si cae fuera de la hoja.

        Su alto va de ASCENSO a DESCENSO cuerpos de letra desde la línea de base, porque las medidas
        que declara cada tipografía no son de fiar.
        """
        letra = self.letra(primero)
        a = self.avance(primero)
        b = self.avance(ultimo) if ultimo != primero else a
        nativo.FPDFText_GetCharOrigin(self.bruto, primero, self.x, self.y)
        sx, sy = letra.subida
        if abs(sy) >= abs(sx):
            ys = (self.y.value - DESCENSO * sy, self.y.value + ASCENSO * sy)
            caja = self.plano.caja(min(a[0], b[0]), min(ys), max(a[2], b[2]), max(ys))
        else:
            xs = (self.x.value - DESCENSO * sx, self.x.value + ASCENSO * sx)
            caja = self.plano.caja(min(xs), min(a[1], b[1]), max(xs), max(a[3], b[3]))
        if caja is None:
            return None
        dx, dy = self.plano.avance(b[0] + b[2] - a[0] - a[2], b[1] + b[3] - a[1] - a[3])
        return Pieza(texto, caja, caja, letra.negrita, letra.oculta, _giro(dx, dy))

    def letra(self, indice: int) -> _Letra:
        """Devuelve la letra del carácter."""
        objeto = nativo.FPDFText_GetTextObject(self.bruto, indice)
        clave = ctypes.cast(objeto, ctypes.c_void_p).value or 0
        letra = self.letras.get(clave)
        if letra is None:
            letra = self.letras[clave] = self._medir(indice, objeto if clave else None)
        return letra

    def _medir(self, indice: int, objeto: Any) -> _Letra:
        largo = nativo.FPDFText_GetFontInfo(self.bruto, indice, self.nombre, 128, None)
        nombre = self.nombre.raw[: max(0, min(largo, 128))].lower()
        peso = nativo.FPDFText_GetFontWeight(self.bruto, indice)
        matriz = nativo.FS_MATRIX()
        nativo.FPDFText_GetMatrix(self.bruto, indice, matriz)
        cuerpo = nativo.FPDFText_GetFontSize(self.bruto, indice)
        return _Letra(
            peso >= PESO_DE_NEGRITA or any(n in nombre for n in NEGRITAS),
            objeto is not None and nativo.FPDFTextObj_GetTextRenderMode(objeto) == TEXTO_OCULTO,
            (matriz.c * cuerpo, matriz.d * cuerpo),
        )


def _giro(dx: float, dy: float) -> int:
    """Devuelve hacia dónde avanza la palabra: 0 derecha, 90 abajo, 180 izquierda, 270 arriba.

    Una palabra de un solo carácter, que no avanza, se toma como derecha.
    """
    if abs(dy) > abs(dx):
        return 90 if dy > 0 else 270
    return 180 if dx < 0 else 0


def enderezar(caja: Caja, giro: int, plano: Plano) -> Caja:
    """Devuelve la caja en la hoja girada para que el texto con ese giro se lea hacia la derecha."""
    x0, y0, x1, y1 = caja.x0, caja.arriba, caja.x1, caja.abajo
    match giro:
        case 90:
            return Caja(caja.pagina, y0, plano.ancho - x1, y1, plano.ancho - x0)
        case 180:
            return Caja(
                caja.pagina, plano.ancho - x1, plano.alto - y1, plano.ancho - x0, plano.alto - y0
            )
        case 270:
            return Caja(caja.pagina, plano.alto - y1, x0, plano.alto - y0, x1)
        case _:
            return caja
