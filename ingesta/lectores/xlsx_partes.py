"""Las partes de un libro de Excel: textos compartidos, formatos de número y valores de celda.

Los nombres se comparan sin su espacio, porque la variante «strict» (ISO/IEC 29500) usa otro.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from lxml import etree

DESDE_1900: Final = datetime(1899, 12, 30)  # noqa: DTZ001
DESDE_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
"""Día cero de las fechas de Excel (ECMA-376 parte 1, § 18.17.4.1), que no tienen zona horaria."""

MAYOR_FECHA: Final = 2_958_466
"""Un día después del 31/12/9999."""

DE_FECHA: Final = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)})
DE_HORA: Final = frozenset({18, 19, 20, 21, 45, 46, 47})
DE_PORCENTAJE: Final = frozenset({9, 10})
"""Formatos que trae Excel (ECMA-376 parte 1, § 18.8.30)."""

MAYOR_LARGO: Final = 10
ENTRE_COMILLAS: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
REFERENCIA: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
LOGICOS: Final = {"1": "VERDADERO", "0": "FALSO"}


def local(elemento: etree._Element) -> str:
    """Devuelve el nombre del elemento sin su espacio de nombres; vacío si no es un elemento."""
    return etree.QName(elemento).localname if isinstance(elemento.tag, str) else ""


def hijos(elemento: etree._Element | None, *camino: str) -> Iterator[etree._Element]:
    """Recorre los descendientes que siguen ese camino de nombres."""
    if elemento is None:
        return
    primero, *resto = camino
    for h in elemento:
        if local(h) == primero:
            yield from hijos(h, *resto) if resto else (h,)


def texto_de(elemento: etree._Element) -> str:
    """Devuelve el texto de un `si` o un `is`, sin sus guías de pronunciación."""
    sueltos = [t.text or "" for t in hijos(elemento, "t")]
    return "".join(sueltos + [t.text or "" for t in hijos(elemento, "r", "t")])


def textos_compartidos(raiz: etree._Element | None) -> list[str]:
    """Devuelve la lista de `sharedStrings.xml`."""
    return [texto_de(si) for si in hijos(raiz, "si")]


def lugar(referencia: str) -> tuple[int, int] | None:
    """Devuelve la fila y la columna, desde 0, de una referencia («B3»); None si no lo es."""
    partes = REFERENCIA.fullmatch(referencia)
    if partes is None:
        return None
    columna = 0
    for letra in partes[1]:
        columna = 26 * columna + ord(letra) - ord("A") + 1
    return int(partes[2]) - 1, columna - 1


class Formatos:
    """Cómo se muestra el valor de una celda según su estilo (`styles.xml`)."""

    def __init__(self, estilos: etree._Element | None, desde_1904: bool) -> None:
        propios = {
            n.get("numFmtId", ""): n.get("formatCode", "")
            for n in hijos(estilos, "numFmts", "numFmt")
        }
        numeros = [x.get("numFmtId", "0") for x in hijos(estilos, "cellXfs", "xf")]
        self._clases = [_clase(n, propios.get(n)) for n in numeros]
        self._monedas = ["S/" in propios.get(n, "") for n in numeros]
        negritas = [any(True for _ in hijos(f, "b")) for f in hijos(estilos, "fonts", "font")]
        fuentes = [entero(x.get("fontId"), -1) for x in hijos(estilos, "cellXfs", "xf")]
        self._negritas = [0 <= f < len(negritas) and negritas[f] for f in fuentes]
        self._origen = DESDE_1904 if desde_1904 else DESDE_1900

    def negrita(self, estilo: int) -> bool:
        """Dice si el estilo de celda pone el texto en negrita."""
        return 0 <= estilo < len(self._negritas) and self._negritas[estilo]

    def mostrar(self, crudo: str, estilo: int) -> str:
        """Escribe un número como se ve: fecha, hora, porcentaje o cifra."""
        try:
            numero = Decimal(crudo)
        except InvalidOperation:
            return crudo
        clase = self._clases[estilo] if 0 <= estilo < len(self._clases) else ""
        if clase in {"fecha", "hora"} and 0 <= numero < MAYOR_FECHA:
            return self._fecha(float(numero), clase == "hora")
        if clase == "porcentaje":
            return f"{_cifras(100 * numero)} %"
        moneda = 0 <= estilo < len(self._monedas) and self._monedas[estilo]
        return f"S/ {_cifras(numero)}" if moneda else _cifras(numero)

    def _fecha(self, dias: float, solo_hora: bool) -> str:
        momento = self._origen + timedelta(minutes=round(dias * 24 * 60))
        if solo_hora or dias < 1:
            return f"{momento:%H:%M}"
        hora = f" {momento:%H:%M}" if (momento.hour, momento.minute) != (0, 0) else ""
        return f"{momento.day:02d}/{momento.month:02d}/{momento.year}{hora}"


def _clase(numero: str, codigo: str | None) -> str:
    """Dice si un formato de número muestra una fecha, una hora, un porcentaje o una cifra."""
    if codigo is None:
        conocido = entero(numero, -1)
        clases = (("fecha", DE_FECHA), ("hora", DE_HORA), ("porcentaje", DE_PORCENTAJE))
        return next((clase for clase, suyos in clases if conocido in suyos), "")
    letras = set(ENTRE_COMILLAS.sub("", codigo.split(";")[0]).lower())
    if {"d", "y"} & letras and "#" not in letras:
        return "fecha"
    if {"h", "s"} & letras and "#" not in letras and "0" not in letras:
        return "hora"
    return "porcentaje" if "%" in letras else ""


def _cifras(numero: Decimal) -> str:
    """Escribe el número sin ceros que sobren ni exponente, con lo que Excel guarda de preciso."""
    if not numero.is_finite() or abs(numero.adjusted()) > 30:
        return str(numero)
    corto = format(round(numero, 10), "f")
    return (corto.rstrip("0").rstrip(".") if "." in corto else corto) or "0"


def entero(crudo: str | None, falta: int) -> int:
    """Devuelve el atributo como entero positivo; `falta` si no está, no lo es o es enorme."""
    return int(crudo) if crudo and crudo.isdecimal() and len(crudo) < MAYOR_LARGO else falta
