"""Partes de un texto que solo nombran entidades: celdas de una fila, paréntesis y apartes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from nlp.componentes.entidad_menciones import Mencion, menciones
from nlp.gramatica import grupo
from nlp.lectura import Lectura

_BARRAS = frozenset({"|", "//"})
_RAYAS = frozenset({"/", "–", "—", "-"})
_PUNTOS = frozenset({";", ".", ":", "•"})
_PARENTESIS = frozenset({"(", ")"})
_APARTES = frozenset({",", "."})
_NEUTRAS = grupo("articulos") | grupo("conjunciones") | _PARENTESIS | {"-", "–", "con", "."}


class Filas:
    """Busca en un texto las partes que solo nombran entidades."""

    def __init__(self, lectura: Lectura) -> None:
        self.lectura = lectura
        self._inicios = {m.desde: m for m in menciones(lectura)}

    def celda(self) -> tuple[Mencion, ...]:
        """La parte de una fila («… | GORE Apurímac | Dic. 2026») que solo nombra entidades.

        Entre barras valen nombres desconocidos; entre rayas o puntos hace falta uno conocido.
        """
        for separadores, firme in ((_BARRAS, False), (_BARRAS | _RAYAS | _PUNTOS, True)):
            trozos = list(self._trozos(separadores))
            for desde, hasta in trozos if len(trozos) > 1 else ():
                if halladas := self._solo_entidades(desde, hasta, firme):
                    return halladas
        return ()

    def aparte(self) -> tuple[Mencion, ...]:
        """La que va sola entre paréntesis o comas: «Reunirse con la viuda (asistenta social)»."""
        for separadores in (_PARENTESIS, _APARTES):
            for desde, hasta in self._trozos(separadores):
                if desde == 0 or self.lectura.plegada(desde) in {"y", "e"}:
                    continue
                halladas = self._solo_entidades(desde, hasta, firme=True)
                juntas = {self.lectura.plegada(m.hasta) for m in halladas[:-1]} <= _RAYAS
                sigue_lista = separadores is _APARTES and self.lectura.plegada(hasta + 1) in {
                    "y",
                    "e",
                }
                if halladas and juntas and not sigue_lista:
                    return halladas
        return ()

    def _trozos(self, separadores: frozenset[str]) -> Iterator[tuple[int, int]]:
        """Parte el texto en índices de palabras [desde, hasta)."""
        total = len(self.lectura.palabras)
        cortes = (i for i in range(total) if self._corta(i, separadores))
        for corte, siguiente in pairwise((-1, *cortes, total)):
            if corte + 1 < siguiente:
                yield corte + 1, siguiente

    def _corta(self, i: int, separadores: frozenset[str]) -> bool:
        palabra, texto = self.lectura.palabras[i], self.lectura.texto
        if palabra.texto not in separadores:
            return False
        if palabra.texto not in _RAYAS:
            return True
        antes, despues = (
            texto[palabra.inicio - 1 : palabra.inicio],
            texto[palabra.fin : palabra.fin + 1],
        )
        return (antes + despues).isspace() or "/" in (antes, despues)

    def _solo_entidades(self, desde: int, hasta: int, firme: bool) -> tuple[Mencion, ...]:
        halladas = tuple(m for i in range(desde, hasta) if (m := self._inicios.get(i)))
        cubiertas = {k for m in halladas for k in range(m.desde, m.hasta)}
        sueltas = {self.lectura.plegada(i) for i in range(desde, hasta) if i not in cubiertas}
        if sueltas - _NEUTRAS or (firme and not any(m.firme for m in halladas)):
            return ()
        return halladas
