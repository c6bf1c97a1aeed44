"""Señales de que las letras que dice el PDF no son las que se ven en la página.

Solo hacen sospechar: quien decide es el reconocimiento (OCR) de la página dibujada.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingesta.lectores.pdf_palabras import Pieza

PARTE_DUDOSA = 0.2
MUDOS_ADMITIDOS = 20
"""Caracteres sin letra conocida que puede tener una página: viñetas sueltas, no frases."""

SIGNOS_IMPROPIOS = "¢¤¥¦¨©¬®¯¶¹"
ULTIMA_LATINA = 0x250
"""Desde aquí siguen otros alfabetos; las letras de las lenguas originarias están antes."""

VOCALES = frozenset("aeiouáéíóúüAEIOUÁÉÍÓÚÜ")
MENOS_VOCALES = 0.3
MENOS_LETRAS = 150
"""Parte de las letras que son vocales: de 0,44 a 0,47 en las actas de ejemplo, y parecida en listas
de nombres y en quechua. Con menos letras no se juzga."""

FUNCIONALES = frozenset({
    *("a", "al", "con", "de", "del", "e", "el", "en", "es", "la", "las", "lo", "los", "no", "o"),
    *("para", "por", "que", "se", "su", "sus", "un", "una", "y"),
})
MENOS_FUNCIONALES = 0.08
MENOS_PALABRAS = 40
"""Parte de las palabras que son artículos, preposiciones y otras sin las que no hay castellano: de
0,28 a 0,43 en las páginas de las actas de ejemplo."""


def es_ilegible(piezas: Sequence[Pieza]) -> bool:
    """Dice si la tipografía no dice qué letra es cada signo, o las dice casi sin vocales."""
    raras = [p.texto for p in piezas if not (p.texto.isascii() and p.texto.isprintable())]
    dudosos = sum(_es_dudoso(c) for texto in raras for c in texto)
    mudos = sum(_es_mudo(c) for texto in raras for c in texto)
    total = sum(len(p.texto) for p in piezas)
    if dudosos > PARTE_DUDOSA * total or mudos > MUDOS_ADMITIDOS:
        return True
    letras = [c for p in piezas for c in p.texto if c.isalpha()]
    vocales = sum(c in VOCALES for c in letras)
    return len(letras) >= MENOS_LETRAS and vocales < MENOS_VOCALES * len(letras)


def es_de_otra_lengua(piezas: Sequence[Pieza]) -> bool:
    """Dice si el texto no parece castellano."""
    palabras = [p.texto.strip(",.;:()«»\"'").casefold() for p in piezas]
    palabras = [p for p in palabras if p.isalpha()]
    comunes = sum(p in FUNCIONALES for p in palabras)
    return len(palabras) >= MENOS_PALABRAS and comunes < MENOS_FUNCIONALES * len(palabras)


def _es_mudo(caracter: str) -> bool:
    """Dice si es un código de control: la tipografía no dice qué letra es y se pierde."""
    codigo = ord(caracter)
    return codigo < 0x20 or 0x7F <= codigo < 0xA0


def _es_dudoso(caracter: str) -> bool:
    """Dice si es un signo sin letra conocida, o una letra o un signo impropios del castellano."""
    codigo = ord(caracter)
    return (
        _es_mudo(caracter)
        or 0xE000 <= codigo < 0xF900
        or codigo >= 0xFFFC
        or caracter in SIGNOS_IMPROPIOS
        or (codigo >= ULTIMA_LATINA and caracter.isalpha() and not 0x1E00 <= codigo < 0x1F00)
    )
