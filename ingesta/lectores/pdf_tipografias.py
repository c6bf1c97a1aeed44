"""Tipografías que dibujan una letra y dicen otra: el texto leído no es el que se ve.

Solo se contradicen solas las que usan un código corriente, en que la «S» es la «S», y traen además
una tabla ToUnicode que la lee como otra (ISO 32000-1, 9.10). Las demás mentiras solo las descubre
el reconocimiento de la imagen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ingesta.lectores.pdf_objetos import (
    FlujoDanado,
    FlujoExcesivo,
    FlujoSinExaminar,
    Objeto,
    descomprimir,
)

SIMPLE = re.compile(rb"/Subtype\s{0,9}/(?:Type1|TrueType|MMType1)\b")
CORRIENTE = re.compile(rb"/Encoding\s{0,9}/(?:WinAnsi|MacRoman|Standard)Encoding\b")
CON_CODIGO_PROPIO = re.compile(rb"/(?:Encoding|FontDescriptor)\b")
TABLA = re.compile(rb"/ToUnicode\s{0,9}(\d{1,8})\s{1,9}\d{1,5}\s{1,9}R")
LETRAS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
RANGOS = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
PAR = re.compile(rb"<([0-9A-Fa-f]{2})>\s{0,9}<([0-9A-Fa-f]{4})>")
TRIO = re.compile(rb"<([0-9A-Fa-f]{2})>\s{0,9}<([0-9A-Fa-f]{2})>\s{0,9}<([0-9A-Fa-f]{4})>")

MAYOR_TABLA: Final = 1024 * 1024


def contradicciones(objetos: Mapping[int, Objeto]) -> Iterator[tuple[str, str]]:
    """Produce las letras que se ven y las que la tabla dice que son, si no coinciden."""
    for fuente in objetos.values():
        tabla = TABLA.search(fuente.cuerpo)
        if tabla and _es_corriente(fuente.cuerpo) and int(tabla[1]) in objetos:
            for codigo, dicha in _leer(objetos[int(tabla[1])]):
                vista = chr(codigo)
                if _es_letra(vista) and _es_letra(dicha) and vista.lower() != dicha.lower():
                    yield vista, dicha


def _es_corriente(cuerpo: bytes) -> bool:
    if not SIMPLE.search(cuerpo) or b"/Differences" in cuerpo:
        return False
    return bool(CORRIENTE.search(cuerpo)) or not CON_CODIGO_PROPIO.search(cuerpo)


def _es_letra(caracter: str) -> bool:
    """Dice si es una letra o cifra de las que todos los códigos corrientes ponen igual."""
    return caracter.isascii() and caracter.isalnum()


def _leer(tabla: Objeto) -> Iterator[tuple[int, str]]:
    """Produce código y carácter de una tabla ToUnicode de un octeto por código."""
    texto = b""
    try:
        for trozo in descomprimir(tabla):
            texto += trozo[:MAYOR_TABLA]
            if len(texto) > MAYOR_TABLA:
                return
    except (FlujoDanado, FlujoExcesivo, FlujoSinExaminar):
        return
    for bloque in LETRAS.findall(texto):
        for codigo, dicho in PAR.findall(bloque):
            yield int(codigo, 16), chr(int(dicho, 16))
    for bloque in RANGOS.findall(texto):
        for desde, hasta, dicho in TRIO.findall(bloque):
            for i in range(int(hasta, 16) - int(desde, 16) + 1):
                yield int(desde, 16) + i, chr((int(dicho, 16) + i) % 0x1_0000)
