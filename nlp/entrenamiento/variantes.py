"""Copias de un acta para medir la robustez: toda en mayúsculas o con errores como los del OCR.

Los errores son los que trae el expediente de dominio (§4.7): tildes perdidas o cambiadas, letras
que faltan, palabras pegadas o partidas, «N°» leído `N"` y cifras en lugar de letras.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from ingesta.documento import Bloque, Documento, Tramo

TASA_DE_RUIDO = 0.02
"""Parte de las letras que se alteran; un escaneo regular se lee con uno a tres errores por cien."""

_CAMBIOS = {
    "ó": "oé6",
    "á": "aé",
    "é": "e",
    "í": "il",
    "ú": "u",
    "ñ": "n",
    "o": "0",
    "l": "1I",
    "i": "1l",
    "s": "5",
    "e": "c",
    "m": "n",
    "u": "n",
    "a": "o",
}
_ALTERABLE = re.compile(r"(?<=[^\W\d_])[^\W\d_]|[^\W\d_](?=[^\W\d_])")


def en_mayusculas(documento: Documento) -> Documento:
    """Devuelve el acta con todo su texto en mayúsculas."""
    return _reescribir(documento, str.upper)


def con_ruido(documento: Documento, semilla: int = 1, tasa: float = TASA_DE_RUIDO) -> Documento:
    """Devuelve el acta con errores de lectura al azar; la misma semilla da los mismos errores."""
    azar = random.Random(semilla)  # noqa: S311
    return _reescribir(documento, lambda texto: _ensuciar(texto, azar, tasa))


def _reescribir(documento: Documento, cambiar: Callable[[str], str]) -> Documento:
    """Aplica el cambio a cada bloque y vuelve a contar sus tramos; se pierden cajas y renglones."""
    textos: list[str] = []
    bloques: list[Bloque] = []
    inicio = previo = 0
    for bloque in documento.bloques:
        separador = documento.texto[previo : bloque.tramo.inicio]
        texto = cambiar(documento.fragmento(bloque.tramo))
        inicio += len(separador)
        celda = bloque.celda
        if celda and celda.titulo:
            celda = replace(celda, titulo=cambiar(celda.titulo))
        bloques.append(
            replace(bloque, tramo=Tramo(inicio, inicio + len(texto)), renglones=(), celda=celda)
        )
        textos += [separador, texto]
        inicio += len(texto)
        previo = bloque.tramo.fin
    return Documento("".join(textos), tuple(bloques), documento.origen)


def _ensuciar(texto: str, azar: random.Random, tasa: float) -> str:
    salida: list[str] = []
    for i, letra in enumerate(texto):
        if letra == " " and azar.random() < tasa / 4:
            continue
        if not _ALTERABLE.match(texto, i) or azar.random() >= tasa:
            salida.append(letra)
            continue
        modo = azar.random()
        if modo < 0.65:
            opciones = _CAMBIOS.get(letra.lower(), "")
            salida.append(azar.choice(opciones) if opciones else letra)
        elif modo < 0.85:
            salida.append("")
        else:
            salida.append(f"{letra} ")
    return re.sub(r"N[°º]", lambda m: azar.choice(['N"', "N°", "No"]), "".join(salida))
