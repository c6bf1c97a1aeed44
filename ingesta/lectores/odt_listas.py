"""Numeración de listas y títulos de OpenDocument: el número que se ve y que no está en el texto.

Sigue OpenDocument 1.3 parte 3, § 5.3 y § 16.30: cada lista nueva empieza de su valor inicial, salvo
que continúe otra (`text:continue-list`, `text:continue-numbering`) o diga dónde empieza.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from ingesta.lectores.docx_numeracion import MAYOR_NUMERO, VINETA, Numero, escribir_numero
from ingesta.lectores.odt_xml import atributo, descendientes, elementos, entero, nombre

NIVELES = 10
FORMATOS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
MARCADOR = re.compile(r"%(\d{1,2})%")
TITULOS = "\0"
"""Nombre con que se guarda la numeración de los títulos (`text:outline-style`)."""

ESTILOS_DE_LISTA = ("text:list-style", "text:outline-style")
IMAGEN = "text:list-level-style-image"
VINETAS = {"text:list-level-style-bullet", IMAGEN}


@dataclass(slots=True)
class Lista:
    """Una lista abierta: su estilo y la cuenta de cada nivel, que sus sublistas comparten."""

    estilo: str | None
    cuenta: dict[int, int] = field(default_factory=dict)


class Listas:
    """Cuenta los ítems en el orden en que aparecen."""

    def __init__(self, *raices: etree._Element | None) -> None:
        self._niveles: dict[str, dict[int, etree._Element]] = {}
        for raiz in raices:
            for estilo in descendientes(raiz, *ESTILOS_DE_LISTA):
                propio = atributo(estilo, "style:name") or ""
                clave = TITULOS if nombre(estilo) == "text:outline-style" else propio
                niveles = {entero(e, "text:level", 1, NIVELES) - 1: e for e in elementos(estilo)}
                self._niveles.setdefault(clave, niveles)
        self._por_id: dict[str, Lista] = {}
        self._por_estilo: dict[str, Lista] = {}
        self._titulos = Lista(TITULOS)

    def abrir(self, elemento: etree._Element, madre: Lista | None, nivel: int) -> Lista:
        """Devuelve la lista de un `text:list`; `madre` es la que la contiene."""
        estilo = atributo(elemento, "text:style-name") or (madre.estilo if madre else None)
        if madre:
            madre.cuenta.pop(nivel, None)
            lista = Lista(estilo, madre.cuenta)
        else:
            seguida = self._por_id.get(atributo(elemento, "text:continue-list") or "")
            if seguida is None and atributo(elemento, "text:continue-numbering") == "true":
                seguida = self._por_estilo.get(estilo or "")
            lista = Lista(estilo, seguida.cuenta if seguida else {})
        if propio := atributo(elemento, "xml:id"):
            self._por_id[propio] = lista
        self._por_estilo[estilo or ""] = lista
        return lista

    def siguiente(self, lista: Lista, nivel: int, item: etree._Element) -> Numero | None:
        """Avanza la cuenta con un `text:list-item`; None si en ese nivel no se ve número."""
        inicio = atributo(item, "text:start-value")
        if inicio and inicio.isdecimal():
            lista.cuenta[nivel] = min(int(inicio), MAYOR_NUMERO)
        else:
            previo = lista.cuenta.get(nivel, self._inicio(lista.estilo, nivel) - 1)
            lista.cuenta[nivel] = previo + 1
        for inferior in [n for n in lista.cuenta if n > nivel]:
            del lista.cuenta[inferior]
        texto = self._escribir(lista, nivel)
        return Numero(texto, nivel) if texto else None

    def de_titulo(self, titulo: etree._Element, nivel: int) -> Numero | None:
        """Avanza la cuenta de los títulos con un `text:h` que no está en una lista."""
        if self._nivel(TITULOS, nivel) is None or atributo(titulo, "text:is-list-header") == "true":
            return None
        return self.siguiente(self._titulos, nivel, titulo)

    def _nivel(self, estilo: str | None, nivel: int) -> etree._Element | None:
        return self._niveles.get(estilo or "", {}).get(nivel)

    def _inicio(self, estilo: str | None, nivel: int) -> int:
        rige = self._nivel(estilo, nivel)
        return 1 if rige is None else entero(rige, "text:start-value", 1, MAYOR_NUMERO)

    def _escribir(self, lista: Lista, nivel: int) -> str:
        rige = self._nivel(lista.estilo, nivel)
        if rige is None:
            return ""
        if nombre(rige) in VINETAS:
            return VINETA
        if not atributo(rige, "style:num-format"):
            return ""
        plantilla = atributo(rige, "loext:num-list-format") or self._plantilla(rige, nivel)

        def reemplazar(marcador: re.Match[str]) -> str:
            citado = int(marcador[1]) - 1
            suyo = self._nivel(lista.estilo, citado)
            formato = atributo(suyo, "style:num-format") or ""
            if citado > nivel or not formato:
                return ""
            valor = lista.cuenta.get(citado, self._inicio(lista.estilo, citado))
            return escribir_numero(valor, FORMATOS.get(formato, "decimal"))

        return MARCADOR.sub(reemplazar, plantilla).strip()

    def _plantilla(self, rige: etree._Element, nivel: int) -> str:
        cuantos = max(entero(rige, "text:display-levels", 1, NIVELES), 1)
        numeros = ".".join(f"%{n + 1}%" for n in range(max(nivel + 1 - cuantos, 0), nivel + 1))
        prefijo, sufijo = (atributo(rige, f"style:num-{p}") or "" for p in ("prefix", "suffix"))
        return f"{prefijo}{numeros}{sufijo}"
