"""Numeración automática de Word: el número que se ve impreso y que no está en el texto.

Sigue ECMA-376 parte 1, § 17.9: las listas (`w:num`) que comparten definición (`w:abstractNum`)
siguen una misma cuenta, y `w:startOverride` la reinicia la primera vez que se usa esa lista.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from ingesta.lectores.docx_estilos import Estilos
from ingesta.lectores.docx_xml import atributo, encendido, entero, hijo, nombre

VINETA = "•"
MAYOR_NUMERO = 100_000
MAYOR_REPETICION = 20
MARCADOR = re.compile(r"%([1-9])")
NIVELES = 9

CARDINALES = (
    "Cero", "Uno", "Dos", "Tres", "Cuatro", "Cinco", "Seis", "Siete", "Ocho", "Nueve", "Diez",
    "Once", "Doce", "Trece", "Catorce", "Quince", "Dieciséis", "Diecisiete", "Dieciocho",
    "Diecinueve", "Veinte",
)  # fmt: skip
ORDINALES = (
    "Cero", "Primero", "Segundo", "Tercero", "Cuarto", "Quinto", "Sexto", "Séptimo", "Octavo",
    "Noveno", "Décimo", "Undécimo", "Duodécimo", "Decimotercero", "Decimocuarto", "Decimoquinto",
    "Decimosexto", "Decimoséptimo", "Decimoctavo", "Decimonoveno", "Vigésimo",
)  # fmt: skip
ROMANOS = {
    "M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90,
    "L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1,
}  # fmt: skip


class Numero(NamedTuple):
    """Número impreso («2.1», «a)», «•») y nivel de la lista, desde 0."""

    texto: str
    nivel: int


class _Lista(NamedTuple):
    """Una `w:num`: su definición, los niveles que cambia y los que reinicia."""

    definicion: str
    niveles: dict[int, etree._Element]
    reinicios: dict[int, int]


class Numeracion:
    """Cuenta los párrafos numerados en el orden en que aparecen."""

    def __init__(self, raiz: etree._Element | None, estilos: Estilos) -> None:
        self._estilos = estilos
        partes = list(raiz) if raiz is not None else []
        self._definiciones = {
            atributo(p, "w:abstractNumId") or "": p for p in partes if nombre(p) == "w:abstractNum"
        }
        self._listas = {
            atributo(p, "w:numId") or "": _leer_lista(p) for p in partes if nombre(p) == "w:num"
        }
        self._niveles: dict[tuple[str, int], etree._Element | None] = {}
        self._cuentas: dict[str, dict[int, int]] = {}
        self._reiniciadas: set[tuple[str, int]] = set()

    def siguiente(self, propiedades: etree._Element | None) -> Numero | None:
        """Avanza la cuenta con el párrafo de este `w:pPr`; None si no está numerado."""
        lista, nivel = self._lugar(propiedades)
        if lista not in self._listas or self._nivel(lista, nivel) is None:
            return None
        cuenta = self._contar(lista, nivel)
        texto = self._escribir(lista, nivel, cuenta)
        return Numero(texto, nivel) if texto else None

    def _lugar(self, propiedades: etree._Element | None) -> tuple[str, int]:
        """Devuelve la lista y el nivel del párrafo, escritos en él o en su estilo."""
        directa = hijo(propiedades, "w:numPr")
        lista = atributo(hijo(directa, "w:numId"))
        nivel = hijo(directa, "w:ilvl")
        if lista is not None:
            return lista, _acotar(entero(nivel, 0))
        for estilo in self._estilos.cadena(self._estilos.estilo_de(propiedades)):
            heredada = hijo(estilo, "w:pPr", "w:numPr")
            lista = atributo(hijo(heredada, "w:numId"))
            if lista is not None:
                propio = self._nivel_del_estilo(lista, atributo(estilo, "w:styleId"))
                del_estilo = entero(hijo(heredada, "w:ilvl"), 0) if propio is None else propio
                return lista, _acotar(entero(nivel, del_estilo))
        return "", 0

    def _nivel_del_estilo(self, lista: str, estilo: str | None) -> int | None:
        """Busca el nivel de la lista que está atado al estilo (`w:pStyle`)."""
        niveles = ((n, self._nivel(lista, n)) for n in range(NIVELES))
        return next((n for n, e in niveles if atributo(hijo(e, "w:pStyle")) == estilo), None)

    def _definicion(self, lista: str) -> str:
        """Devuelve la definición de la lista, pasando por el estilo de lista si lo usa."""
        vistas: set[str] = set()
        while lista in self._listas and lista not in vistas:
            vistas.add(lista)
            definicion = self._listas[lista].definicion
            enlace = atributo(hijo(self._definiciones.get(definicion), "w:numStyleLink"))
            if enlace is None:
                return definicion
            enlazado = next(iter(self._estilos.cadena(enlace)), None)
            lista = atributo(hijo(enlazado, "w:pPr", "w:numPr", "w:numId")) or ""
        return ""

    def _nivel(self, lista: str, nivel: int) -> etree._Element | None:
        """Devuelve el `w:lvl` que rige en ese nivel de la lista."""
        clave = (lista, nivel)
        if clave not in self._niveles:
            cambiado = self._listas[lista].niveles.get(nivel) if lista in self._listas else None
            definicion = self._definiciones.get(self._definicion(lista))
            propios = (e for e in (definicion if definicion is not None else ()))
            comun = next(
                (e for e in propios if nombre(e) == "w:lvl" and entero(e, -1, "w:ilvl") == nivel),
                None,
            )
            self._niveles[clave] = comun if cambiado is None else cambiado
        return self._niveles[clave]

    def _contar(self, lista: str, nivel: int) -> dict[int, int]:
        cuenta = self._cuentas.setdefault(self._definicion(lista), {})
        reinicio = self._listas[lista].reinicios.get(nivel)
        if reinicio is not None and (lista, nivel) not in self._reiniciadas:
            self._reiniciadas.add((lista, nivel))
            cuenta[nivel] = reinicio
        elif nivel in cuenta:
            cuenta[nivel] += 1
        else:
            cuenta[nivel] = self._inicio(lista, nivel)
        for inferior in range(nivel + 1, NIVELES):
            if nivel < entero(hijo(self._nivel(lista, inferior), "w:lvlRestart"), inferior):
                cuenta.pop(inferior, None)
        return cuenta

    def _inicio(self, lista: str, nivel: int) -> int:
        return entero(hijo(self._nivel(lista, nivel), "w:start"), 0)

    def _escribir(self, lista: str, nivel: int, cuenta: dict[int, int]) -> str:
        rige = self._nivel(lista, nivel)
        if _formato(rige) == "bullet":
            return VINETA
        legal = bool(encendido(hijo(rige, "w:isLgl")))

        def reemplazar(marcador: re.Match[str]) -> str:
            citado = int(marcador[1]) - 1
            if citado > nivel:
                return ""
            valor = cuenta.get(citado, self._inicio(lista, citado))
            return escribir_numero(
                valor, "decimal" if legal else _formato(self._nivel(lista, citado))
            )

        return MARCADOR.sub(reemplazar, atributo(hijo(rige, "w:lvlText")) or "").strip()


def escribir_numero(valor: int, formato: str) -> str:
    """Escribe el número en un formato de Word (`w:numFmt`); los que no conoce, en cifras."""
    if not 0 <= valor <= MAYOR_NUMERO:
        return str(valor)
    return FORMATOS.get(formato, str)(valor)


def _romano(valor: int) -> str:
    if valor >= 4000:
        return str(valor)
    escrito = ""
    for letras, peso in ROMANOS.items():
        veces, valor = divmod(valor, peso)
        escrito += letras * veces
    return escrito


def _letra(valor: int) -> str:
    """Word repite la letra al pasar de la z: z, aa, bb."""
    veces, resto = divmod(valor - 1, 26)
    if valor < 1 or veces >= MAYOR_REPETICION:
        return str(valor)
    return chr(ord("a") + resto) * (veces + 1)


def _en_palabras(palabras: tuple[str, ...]) -> Callable[[int], str]:
    return lambda valor: palabras[valor] if valor < len(palabras) else str(valor)


FORMATOS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda valor: f"{valor:02d}",
    "lowerLetter": _letra,
    "upperLetter": lambda valor: _letra(valor).upper(),
    "lowerRoman": lambda valor: _romano(valor).lower(),
    "upperRoman": _romano,
    "ordinal": lambda valor: f"{valor}.º",
    "cardinalText": _en_palabras(CARDINALES),
    "ordinalText": _en_palabras(ORDINALES),
}
"""Formatos de Word que no son cifras corrientes."""


def _formato(nivel: etree._Element | None) -> str:
    """Devuelve el `w:numFmt`; el de ceros a la izquierda puede venir con una alternativa."""
    if nivel is None:
        return "decimal"
    formatos = [atributo(e) or "" for e in nivel.iter() if nombre(e) == "w:numFmt"]
    return next((f for f in formatos if f != "custom"), "decimal")


def _leer_lista(lista: etree._Element) -> _Lista:
    niveles: dict[int, etree._Element] = {}
    reinicios: dict[int, int] = {}
    for cambio in lista:
        if nombre(cambio) != "w:lvlOverride":
            continue
        nivel = entero(cambio, 0, "w:ilvl")
        inicio, definido = hijo(cambio, "w:startOverride"), hijo(cambio, "w:lvl")
        if inicio is not None:
            reinicios[nivel] = entero(inicio, 0)
        if definido is not None:
            niveles[nivel] = definido
    return _Lista(atributo(hijo(lista, "w:abstractNumId")) or "", niveles, reinicios)


def _acotar(nivel: int) -> int:
    return min(max(nivel, 0), NIVELES - 1)
