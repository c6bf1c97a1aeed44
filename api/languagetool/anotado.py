"""Texto con marcas (HTML, Markdown, LaTeX): qué leen las reglas y a qué lugar original apunta."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, NamedTuple

from api.languagetool.errores import ErrorDeProtocolo

_MEDIO_CARACTER = re.compile("[\ud800-\udfff]")


class Pieza(NamedTuple):
    """Trozo del original; `leido` es lo que ven las reglas: el mismo texto o `interpretAs`."""

    original: str
    leido: str

    @property
    def es_texto(self) -> bool:
        """Dice si se lee tal como está."""
        return self.original == self.leido


@dataclass(frozen=True, slots=True)
class Anotado:
    """Texto original con sus marcas. Los lugares públicos van en unidades UTF-16 del original."""

    piezas: tuple[Pieza, ...]
    original: str = field(init=False)
    leido: str = field(init=False)
    _inicios: tuple[tuple[int, ...], tuple[int, ...]] = field(init=False)
    _utf16: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        poner = object.__setattr__
        poner(self, "original", "".join(p.original for p in self.piezas))
        poner(self, "leido", "".join(p.leido for p in self.piezas))
        leidos = tuple(accumulate((len(p.leido) for p in self.piezas), initial=0))
        originales = tuple(accumulate((len(p.original) for p in self.piezas), initial=0))
        poner(self, "_inicios", (leidos, originales))
        unidades = (2 if ord(c) > 0xFFFF else 1 for c in self.original)
        poner(self, "_utf16", tuple(accumulate(unidades, initial=0)))

    @classmethod
    def de_texto(cls, texto: str) -> Anotado:
        """Devuelve un texto sin marcas."""
        return cls((Pieza(texto, texto),))

    @classmethod
    def de_json(cls, datos: str) -> Anotado:
        """Lee el parámetro `data`: `{"text": …}` o `{"annotation": […]}`.

        Raises:
            ErrorDeProtocolo: no es JSON o no tiene esa forma.
        """
        try:
            leido = json.loads(datos)
        except ValueError as error:
            raise ErrorDeProtocolo("Could not parse 'data' parameter as JSON") from error
        if not isinstance(leido, dict) or ("text" in leido) == ("annotation" in leido):
            raise ErrorDeProtocolo("'data' JSON must contain 'text' or 'annotation', and not both")
        if "text" in leido:
            return cls.de_texto(_cadena(leido["text"]))
        if not isinstance(leido["annotation"], list):
            raise ErrorDeProtocolo("'annotation' must be a list")
        return cls(tuple(_piezas(leido["annotation"])))

    def lugar(self, inicio: int, fin: int) -> tuple[int, int]:
        """Pasa un tramo de lo leído a (desplazamiento, largo) del original, en UTF-16.

        Un tramo que empieza o termina dentro de un `interpretAs` abarca su marca entera.
        """
        desde = self._original(inicio, False)
        hasta = self._original(fin - 1, True) if fin > inicio else desde
        return self._utf16[desde], self._utf16[hasta] - self._utf16[desde]

    def _original(self, lugar: int, final: bool) -> int:
        leidos, originales = self._inicios
        numero = min(bisect_right(leidos, lugar), len(self.piezas)) - 1
        if numero < 0:
            return 0
        pieza = self.piezas[numero]
        if pieza.es_texto:
            return min(originales[numero] + lugar - leidos[numero] + final, len(self.original))
        return originales[numero] + (len(pieza.original) if final else 0)


def _piezas(nodos: list[Any]) -> Iterator[Pieza]:
    for nodo in nodos:
        if not isinstance(nodo, Mapping) or ("text" in nodo) == ("markup" in nodo):
            raise ErrorDeProtocolo("Only either 'text' or 'markup' are supported in an object")
        if "text" in nodo:
            if "interpretAs" in nodo:
                raise ErrorDeProtocolo("'interpretAs' cannot be used with 'text'")
            texto = _cadena(nodo["text"])
            yield Pieza(texto, texto)
        else:
            yield Pieza(_cadena(nodo["markup"]), _cadena(nodo.get("interpretAs", "")))


def _cadena(valor: object) -> str:
    if not isinstance(valor, str):
        raise ErrorDeProtocolo("'text', 'markup' and 'interpretAs' must be strings")
    return _MEDIO_CARACTER.sub("�", valor)
