"""Partes de un texto que solo nombran entidades: celdas de una fila, paréntesis y apartes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from nlp.componentes.entidad_lexico import lexico_de_entidades
from nlp.componentes.entidad_menciones import Mencion, menciones
from nlp.fechas import ABREVIADO, MES
from nlp.gramatica import grupo
from nlp.lectura import Lectura

_BARRAS = frozenset({"|", "//"})
_RAYAS = frozenset({"/", "–", "—", "-"})
_PUNTOS = frozenset({";", ".", ":", "•"})
_PARENTESIS = frozenset({"(", ")"})
_APARTES = frozenset({",", "."})
_MAXIMAS = 4
_ANTES_DE_SIGLA = 9
_ES_FECHA = re.compile(rf"\d{{1,4}}|{MES}|{ABREVIADO}")
_NEUTRAS = grupo("articulos") | grupo("conjunciones") | _PARENTESIS | {"-", "–", "con", ".", "+"}


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
                halladas = self._solo_entidades(desde, hasta, firme)
                if halladas and (not firme or len(halladas) <= _MAXIMAS):
                    return halladas
        return ()

    def aparte(self, entre_comas: bool = True) -> tuple[Mencion, ...]:
        """La que va sola entre paréntesis o comas: «Reunirse con la viuda (asistenta social)».

        Sin `entre_comas` se miran solo los paréntesis: en una oración con verbo conjugado, lo
        que va entre comas es una aclaración o un vocativo.
        """
        for separadores in (_PARENTESIS, _APARTES)[: 1 + entre_comas]:
            for desde, hasta in self._trozos(separadores):
                if desde == 0 or self.lectura.plegada(desde) in {"y", "e"}:
                    continue
                if hasta - desde == 1 and self._abrevia_lo_anterior(desde):
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

    def _abrevia_lo_anterior(self, i: int) -> bool:
        """«Proyecto Especial Rumi Cruz (PERC)»: la sigla es de lo que se acaba de nombrar."""
        sigla = self.lectura.palabras[i]
        antes = self.lectura.palabras[max(0, i - _ANTES_DE_SIGLA) : max(0, i - 1)]
        iniciales = {p.texto[0] for p in antes if p.con_mayuscula}
        propio = bool(antes) and antes[-1].con_mayuscula
        return sigla.es_sigla and propio and sigla.texto[0] in iniciales

    def tras_punto(self) -> tuple[Mencion, ...]:
        """La que abre un trozo y cierra con coma: «Planos de la toma: ingeniero de la Junta, …»."""
        for i, mencion in self._inicios.items():
            previa = i - 1 - (self.lectura.plegada(i - 1) in grupo("articulos"))
            conocida = mencion.firme or self.lectura.palabras[i].es_sigla
            abre = previa > 0 and self.lectura.plegada(previa) in {";", ":"}
            if conocida and abre and self.lectura.plegada(mencion.hasta) in {",", "."}:
                return (mencion,)
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
        if palabra.texto == "." and self._abrevia(i - 1):
            return False
        if palabra.texto not in _RAYAS:
            return True
        antes, despues = (
            texto[palabra.inicio - 1 : palabra.inicio],
            texto[palabra.fin : palabra.fin + 1],
        )
        return (antes + despues).isspace() or "/" in (antes, despues)

    def _abrevia(self, i: int) -> bool:
        """Dice si el punto que sigue es de una abreviatura o una inicial («Ing.», «J. Quispe»)."""
        if i < 0:
            return False
        plegada = self.lectura.plegada(i)
        return plegada in lexico_de_entidades().abreviaturas or (
            len(plegada) == 1 and plegada.isalpha()
        )

    def _solo_entidades(self, desde: int, hasta: int, firme: bool) -> tuple[Mencion, ...]:
        halladas = tuple(m for i in range(desde, hasta) if (m := self._inicios.get(i)))
        cubiertas = {k for m in halladas for k in range(m.desde, m.hasta)}
        sueltas = {
            plegada
            for i in range(desde, hasta)
            if i not in cubiertas and not _ES_FECHA.fullmatch(plegada := self.lectura.plegada(i))
        }
        if sueltas - _NEUTRAS or (firme and not any(m.firme for m in halladas)):
            return ()
        return halladas
