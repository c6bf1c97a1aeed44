"""Números escritos en cifras o en palabras («quince (15)», «veintiún», «dos mil veintiséis»).

Los patrones miran texto plegado (`nlp.plegado`): minúsculas y sin tildes.
"""

from __future__ import annotations

import re

from nlp.patrones import compilar

_BASICOS = re.findall(
    r"\w+",
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro "
    "veinticinco veintiseis veintisiete veintiocho veintinueve",
)
VALORES: dict[str, int] = {
    **{palabra: valor for valor, palabra in enumerate(_BASICOS)},
    **{"un": 1, "una": 1, "veintiun": 21, "veintiuna": 21, "treinta": 30, "cuarenta": 40},
    **{"cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90},
    **{"cien": 100, "ciento": 100, "doscientos": 200, "trescientos": 300, "cuatrocientos": 400},
    **{"quinientos": 500, "seiscientos": 600, "setecientos": 700, "ochocientos": 800},
    **{"novecientos": 900},
}

PALABRA = rf"(?:{'|'.join(sorted((*VALORES, 'mil'), key=len, reverse=True))})\b"
EN_PALABRAS = rf"\b{PALABRA}(?: (?:y )?{PALABRA}){{0,6}}+"
ENTERO = rf"(?:(?<![\d.,/:])\d{{1,3}}|{EN_PALABRAS})"
CANTIDAD = rf"(?:\(?{ENTERO}\)?(?: ?\( ?{ENTERO} ?\))?)"
"""Un entero, repetido o no entre paréntesis: «30», «quince (15)», «(02)», «diez»."""

_UN_ENTERO = compilar(rf"\d+|{EN_PALABRAS}")
ROMANOS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
ORDINALES = {
    **{"primer": 1, "primera": 1, "primero": 1, "1er": 1, "1ra": 1, "1ro": 1},
    **{"segundo": 2, "segunda": 2, "2do": 2, "2da": 2, "tercer": 3, "tercera": 3, "tercero": 3},
    **{"3er": 3, "3ra": 3, "3ro": 3, "cuarto": 4, "cuarta": 4, "4to": 4, "4ta": 4},
    **{"quinto": 5, "5to": 5, "sexto": 6, "6to": 6, "ultimo": -1, "ultima": -1},
    **ROMANOS,
}
ORDINAL = rf"(?:\b(?:{'|'.join(sorted(ORDINALES, key=len, reverse=True))})\b|\b[1-6][°º])"


def entero(texto: str) -> int:
    """Devuelve el valor del primer entero del texto plegado («quince (15)» → 15).

    Levanta `ValueError` si no hay ninguno.
    """
    hallado = _UN_ENTERO.search(texto)
    if hallado is None:
        raise ValueError(f"sin número: {texto!r}")
    if hallado[0][0].isdigit():
        return int(hallado[0])
    total = 0
    for palabra in re.findall(PALABRA, hallado[0]):
        total = max(total, 1) * 1000 if palabra == "mil" else total + VALORES[palabra]
    return total


def ordinal(texto: str) -> int:
    """Devuelve el valor de un ordinal plegado («tercer» → 3, «iv» → 4, «última» → -1)."""
    limpio = texto.strip(" °º.")
    return int(limpio) if limpio.isdigit() else ORDINALES[limpio]
