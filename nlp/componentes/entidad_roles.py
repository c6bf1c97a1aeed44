"""Qué papel hace cada mención: responsable, colaboradora o ninguna.

Responsable es, por orden: la de un rótulo («Responsable: X»), el sujeto de un verbo que promete,
el agente de una pasiva, quien va tras «a cargo de», la que llena sola una parte de la fila, el
sujeto de un presente («la empresa financia») y, al final, la que va sola entre paréntesis o comas.
Nunca quien pide ni quien recibe.

«El MTC, a través de Provías Nacional, convocará» es un solo responsable: su tramo va de «MTC» a
«Nacional» y su valor es el de la cabeza, que es quien se obliga ante la mesa.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.componentes.entidad_menciones import Mencion
from nlp.componentes.entidad_sujetos import ARTICULOS, CONJUNCIONES, Sujeto, Sujetos, fuerza
from nlp.lectura import Lectura
from nlp.plegado import plegar
from nlp.predicados import Predicado

_ROTULO = re.compile(r"\b(?:responsables?|resp)\s*\.?\s*:\s*")
_A_CARGO = re.compile(
    r"\b(?:a cargo (?:exclusivo )?del?|por (?:parte|cuenta|encargo) del?|de parte del?|a cargo a|"
    r"bajo (?:la )?responsabilidad del?|asumid[oa]s? por|encargad[oa]s? a|se (?:encarg|encomiend|design|"
    r"nombr)[ao]n? al?|compromiso (?:asumido )?(?:por|del?)|transferencia (?:financiera )?del?)\s+"
)
_DESDE = re.compile(r"\b(?:desde (?=el |la ))")
_CEDENTE = re.compile(r"\bdel? (?=[^,;.]{4,70}? (?:a favor de|hacia) )")
_POR = re.compile(r"\bpor\s+")
_COLABORA = re.compile(
    r"\b(?:coordinacion con|(?:conjuntamente|junto|conjunta) (?:con|a)|en conjunto con|de la mano con|"
    r"con (?:el |la )?(?:apoyo|participacion|asistencia|asesoria|colaboracion|acompanamiento|concurso|"
    r"ayuda|aporte|cooperacion|soporte|intervencion)(?: \w+)? del?)\s+"
)
_BARRAS = frozenset({"|", "//"})
_RAYAS = frozenset({"/", "–", "—", "-"})
_PUNTOS = frozenset({";", ".", ":", "•"})
_SIGNOS = frozenset({"(", ")", "-", "–", "con", "."})


@dataclass(frozen=True, slots=True)
class Papeles:
    """Menciones que hacen de responsables y de colaboradoras.

    `predicado` es el verbo con que el responsable se obliga, si lo hay.
    """

    responsables: tuple[Mencion, ...]
    colaboradores: tuple[Mencion, ...]
    predicado: Predicado | None


@lru_cache(maxsize=32)
def papeles(lectura: Lectura) -> Papeles:
    """Reparte los papeles de las menciones de un texto."""
    reparto = _Reparto(lectura)
    responsables = tuple(_unicas(reparto.responsables()))
    ocupadas = {m.valor for m in responsables}
    colaboradores = tuple(m for m in _unicas(reparto.colaboradores()) if m.valor not in ocupadas)
    return Papeles(responsables, colaboradores, reparto.predicado_de(responsables))


def _unicas(halladas: Iterable[Mencion]) -> Iterator[Mencion]:
    vistas: set[str] = set()
    for mencion in halladas:
        if mencion.valor not in vistas:
            vistas.add(mencion.valor)
            yield mencion


def _posicion(lista: tuple[Mencion, ...]) -> int:
    return lista[0].desde if lista else sys.maxsize


class _Reparto:
    def __init__(self, lectura: Lectura) -> None:
        self.lectura = lectura
        self.plano = plegar(lectura.texto)
        self.sujetos = Sujetos(lectura)
        self.inicios = {m.desde: m for m in self.sujetos.menciones}
        self.palabra_en = {p.inicio: i for i, p in enumerate(lectura.palabras)}
        self.prometen = tuple(self._sujetos())

    def responsables(self) -> tuple[Mencion, ...]:
        fuertes = [s for s in self.prometen if fuerza(s.predicado) == 2]
        return (
            self._tras(_ROTULO)
            or self._de_sujetos(fuertes)
            or min((self._agente(), self._tras(_A_CARGO)), key=_posicion)
            or self._de_fila()
            or self._de_sujetos(self.prometen)
            or self._lejano()
            or self._al_final()
            or self._apartada()
            or self._antecedente()
            or self._tras(_DESDE, de_estado=True)
            or self._tras(_CEDENTE, de_estado=True)
        )

    def predicado_de(self, responsables: tuple[Mencion, ...]) -> Predicado | None:
        """Devuelve el predicado de que esas menciones son sujeto."""
        return next(
            (s.predicado for s in self.prometen if s.menciones[:1] == responsables[:1]), None
        )

    def colaboradores(self) -> Iterator[Mencion]:
        for hallada in _COLABORA.finditer(self.plano):
            yield from self._lista(hallada.end())
        for sujeto in self.prometen:
            yield from sujeto.acompanantes
            yield from sujeto.menciones

    def _sujetos(self) -> Iterator[Sujeto]:
        for predicado in self.sujetos.predicados:
            if fuerza(predicado) == 0:
                continue
            sujeto = self.sujetos.de(predicado) or self.sujetos.hablante(predicado)
            if sujeto:
                yield sujeto

    def _de_sujetos(self, sujetos: Iterable[Sujeto]) -> tuple[Mencion, ...]:
        todos = list(sujetos)
        propios = [s for s in todos if not self.sujetos.introduce_otra(s.predicado)]
        return next((s.menciones for s in propios or todos), ())

    def _tras(self, patron: re.Pattern[str], de_estado: bool = False) -> tuple[Mencion, ...]:
        for hallada in patron.finditer(self.plano):
            lista = self._lista(hallada.end())
            if lista and (not de_estado or lista[0].clase == "estado"):
                return lista
        return ()

    def _lejano(self) -> tuple[Mencion, ...]:
        lejanos = (self.sujetos.hablante_lejano(p) for p in self.sujetos.predicados)
        return next((s.menciones for s in lejanos if s), ())

    def _antecedente(self) -> tuple[Mencion, ...]:
        halladas = (self.sujetos.antecedente(p) for p in self.sujetos.predicados)
        return next((lista for lista in halladas if lista), ())

    def _agente(self) -> tuple[Mencion, ...]:
        """«será reparada por FONDEPES»."""
        for predicado in self.sujetos.predicados:
            if predicado.pasiva:
                desde = self.lectura.palabras[predicado.hasta - 1].fin
                for hallada in _POR.finditer(self.plano, desde):
                    if lista := self._lista(hallada.end()):
                        return lista
        return ()

    def _al_final(self) -> tuple[Mencion, ...]:
        """«Toma de muestras de sangre, por CENSOPAS – INS.»."""
        for hallada in _POR.finditer(self.plano):
            lista = self._lista(hallada.end())
            guiada = lista and self.lectura.plegada(lista[0].desde - 1) in ARTICULOS
            if (
                lista
                and lista[0].firme
                and (guiada or self.lectura.palabras[lista[0].desde].con_mayuscula)
            ):
                return lista
        return ()

    def _apartada(self) -> tuple[Mencion, ...]:
        """La que va sola entre paréntesis o comas: «Reunirse con la viuda (asistenta social)»."""
        for separadores in (frozenset({"(", ")"}), frozenset({",", "."})):
            trozos = [t for t in self._trozos(separadores, 0) if t[0] > 0]
            for desde, hasta in trozos:
                halladas = self.solo_entidades(desde, hasta, firme=True)
                seguida = self.lectura.plegada(hasta + 1) in {"y", "e"} and separadores == {
                    ",",
                    ".",
                }
                if (
                    len(halladas) == 1
                    and not seguida
                    and self.lectura.plegada(desde) not in {"y", "e"}
                ):
                    return halladas
        return ()

    def _lista(self, caracter: int) -> tuple[Mencion, ...]:
        """Devuelve las menciones coordinadas que empiezan en esa posición del texto."""
        i = self.palabra_en.get(caracter)
        return () if i is None else tuple(self.sujetos.lista(i))

    def _de_fila(self) -> tuple[Mencion, ...]:
        """La parte de una fila («… | GORE Apurímac | Dic. 2026») que solo nombra entidades."""
        for separadores, firme in ((_BARRAS, False), (_BARRAS | _RAYAS | _PUNTOS, True)):
            for desde, hasta in self._trozos(separadores, 1):
                if halladas := self.solo_entidades(desde, hasta, firme):
                    return halladas
        return ()

    def _trozos(self, separadores: frozenset[str], minimo: int) -> list[tuple[int, int]]:
        """Parte el texto en índices de palabras [desde, hasta); `minimo` de cortes o nada."""
        cortes = [i for i, p in enumerate(self.lectura.palabras) if self._corta(i, separadores)]
        if len(cortes) < minimo:
            return []
        limites = [-1, *cortes, len(self.lectura.palabras)]
        return [(a + 1, b) for a, b in zip(limites, limites[1:], strict=False) if a + 1 < b]

    def _corta(self, i: int, separadores: frozenset[str]) -> bool:
        palabra = self.lectura.palabras[i]
        if palabra.texto not in separadores:
            return (
                "\n" in self.lectura.texto[self.lectura.palabras[i - 1].fin : palabra.inicio]
                and i > 0
                and "|" in separadores
                and not palabra.es_palabra
            )
        if palabra.texto not in _RAYAS:
            return True
        suelta = self.lectura.texto[palabra.inicio - 1 : palabra.inicio].isspace()
        return (
            suelta and self.lectura.texto[palabra.fin : palabra.fin + 1].isspace()
        ) or self.lectura.texto[palabra.inicio - 1 : palabra.fin + 1].count("/") > 1

    def solo_entidades(self, desde: int, hasta: int, firme: bool) -> tuple[Mencion, ...]:
        """Devuelve las menciones de las palabras [desde, hasta) si no hay en ellas nada más."""
        halladas = tuple(m for i in range(desde, hasta) if (m := self.inicios.get(i)))
        cubiertas = {k for m in halladas for k in range(m.desde, m.hasta)}
        sueltas = {self.lectura.plegada(i) for i in range(desde, hasta) if i not in cubiertas}
        if not halladas or sueltas - ARTICULOS - CONJUNCIONES - _SIGNOS:
            return ()
        if firme and not any(m.firme for m in halladas):
            return ()
        return halladas
