"""Palabras partidas al final del renglón: «com-» y «promete» vuelven a ser «compromete»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingesta.armado import Impresa, Linea
from ingesta.lectores.pdf_franjas import Franja

GUIONES = "-\u00ad\u2010\u2011"
PARTIDA = re.compile(rf"\w[{GUIONES}]$")
CORTADA = re.compile(r"\w/$")
"""Código cortado en una barra, como «PCM/» y «SGSD»; con espacio antes no es un código."""

PALABRA = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Vocabulario:
    """Palabras del documento, en minúsculas, que no están partidas entre dos renglones."""

    palabras: frozenset[str]

    @classmethod
    def de_franjas(cls, franjas: Iterable[Franja]) -> Vocabulario:
        """Reúne las palabras de las franjas."""
        return cls(
            frozenset(
                palabra.casefold()
                for franja in franjas
                for pieza in franja.piezas
                if not PARTIDA.search(pieza.texto)
                for palabra in PALABRA.findall(pieza.texto)
            )
        )

    def pierde_guion(self, primera: str, segunda: str) -> bool:
        """Dice si el guion con que termina `primera` solo parte la palabra.

        Se conserva si lo que sigue empieza con mayúscula o número (siglas, códigos, nombres) o si
        la palabra compuesta está escrita con guion en otra parte del documento y no sin él.
        """
        if primera[-1] == "\u00ad":
            return True
        if not segunda[0].islower():
            return False
        inicio = PALABRA.findall(primera[:-1])[-1].casefold()
        final = PALABRA.findall(segunda)[0].casefold()
        return f"{inicio}-{final}" not in self.palabras or inicio + final in self.palabras


def en_lineas(franjas: Iterable[Franja], vocabulario: Vocabulario) -> list[Linea]:
    """Convierte las franjas de un bloque en líneas, con las palabras partidas ya unidas.

    La caja de cada trozo cubre lo impreso, también el guion que ya no está en el texto.
    """
    lineas: list[Linea] = []
    palabras: list[Impresa] = []
    union = " "
    for franja in franjas:
        siguientes = [Impresa(p.texto, p.vista, p.confianza) for p in franja.piezas]
        proxima = " "
        if palabras and siguientes[0].texto[0].isalnum():
            texto = palabras[-1].texto
            if PARTIDA.search(texto):
                proxima = ""
                if vocabulario.pierde_guion(texto, siguientes[0].texto):
                    palabras[-1] = palabras[-1]._replace(texto=texto[:-1])
            elif CORTADA.search(texto):
                proxima = ""
        if palabras:
            lineas.append(Linea.de_palabras(palabras, union))
            union = proxima
        palabras = siguientes
    if palabras:
        lineas.append(Linea.de_palabras(palabras, union))
    return lineas
