"""Qué papel hace cada mención: responsable, colaboradora o ninguna.

Responsable es, por orden: la de un rótulo («Responsable: X»), el sujeto de un verbo que promete,
quien va tras «a cargo de» o tras «por» en pasiva, la que llena sola una parte de la fila y, al
final, el sujeto de un presente («la empresa financia»). Nunca quien pide ni quien recibe.

«El MTC, a través de Provías Nacional, convocará» es un solo responsable: su tramo va de «MTC» a
«Nacional» y su valor es el de la cabeza, que es quien se obliga ante la mesa.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.componentes.entidad_menciones import Mencion
from nlp.componentes.entidad_sujetos import ARTICULOS, CONJUNCIONES, Sujeto, Sujetos, fuerza
from nlp.lectura import Lectura
from nlp.plegado import plegar

_SEPARADOR = re.compile(r"\s*(?://|[|;•\n\t]|\s[–—/-](?=\s)|[.:](?=\s|$))\s*")
_ROTULO = re.compile(r"\b(?:responsables?|resp)\s*\.?\s*:\s*")
_A_CARGO = re.compile(
    r"\b(?:a cargo (?:exclusivo )?del?|por (?:parte|cuenta|encargo) del?|bajo (?:la )?responsabilidad del?|"
    r"asumid[oa]s? por|encargad[oa]s? a|de parte del?)\s+"
)
_POR = re.compile(r"\bpor\s+")
_COLABORA = re.compile(
    r"\b(?:coordinacion con|(?:conjuntamente|junto|conjunta) (?:con|a)|en conjunto con|de la mano con|"
    r"con (?:el |la )?(?:apoyo|participacion|asistencia|asesoria|colaboracion|acompanamiento|concurso|"
    r"ayuda|aporte|cooperacion|soporte|intervencion)(?: \w+)? del?)\s+"
)


@dataclass(frozen=True, slots=True)
class Papeles:
    """Menciones que hacen de responsables y de colaboradoras."""

    responsables: tuple[Mencion, ...]
    colaboradores: tuple[Mencion, ...]


@lru_cache(maxsize=32)
def papeles(lectura: Lectura) -> Papeles:
    """Reparte los papeles de las menciones de un texto."""
    reparto = _Reparto(lectura)
    responsables = tuple(_unicas(reparto.responsables()))
    ocupadas = {m.desde for m in responsables}
    colaboradores = tuple(m for m in _unicas(reparto.colaboradores()) if m.desde not in ocupadas)
    return Papeles(responsables, colaboradores)


def _unicas(halladas: Iterable[Mencion]) -> Iterator[Mencion]:
    vistas: set[str] = set()
    for mencion in halladas:
        if mencion.valor not in vistas:
            vistas.add(mencion.valor)
            yield mencion


class _Reparto:
    def __init__(self, lectura: Lectura) -> None:
        self.lectura = lectura
        self.plano = plegar(lectura.texto)
        self.sujetos = Sujetos(lectura)
        self.inicios = {m.desde: m for m in self.sujetos.menciones}
        self.palabra_en = {p.inicio: i for i, p in enumerate(lectura.palabras)}
        self._prometen = tuple(self._sujetos())

    def responsables(self) -> tuple[Mencion, ...]:
        fuertes = [s for s in self._prometen if fuerza(s.predicado) == 2]
        return (
            self._tras(_ROTULO)
            or self._de_sujetos(fuertes)
            or self._tras(_A_CARGO)
            or self._agente()
            or self._de_fila()
            or self._de_sujetos(self._prometen)
            or self._al_final()
        )

    def colaboradores(self) -> Iterator[Mencion]:
        for sujeto in self._prometen:
            yield from sujeto.acompanantes
        for hallada in _COLABORA.finditer(self.plano):
            yield from self._lista(hallada.end())

    def _sujetos(self) -> Iterator[Sujeto]:
        for predicado in self.sujetos.predicados:
            if fuerza(predicado) == 0:
                continue
            sujeto = self.sujetos.de(predicado) or self.sujetos.hablante(predicado)
            if sujeto:
                yield sujeto

    def _de_sujetos(self, sujetos: Iterable[Sujeto]) -> tuple[Mencion, ...]:
        return next((s.menciones for s in sujetos), ())

    def _tras(self, patron: re.Pattern[str]) -> tuple[Mencion, ...]:
        halladas = (tuple(self._lista(h.end())) for h in patron.finditer(self.plano))
        return next((lista for lista in halladas if lista), ())

    def _agente(self) -> tuple[Mencion, ...]:
        """«será reparada por FONDEPES»."""
        for predicado in self.sujetos.predicados:
            if predicado.pasiva:
                desde = self.lectura.palabras[predicado.hasta - 1].fin
                for hallada in _POR.finditer(self.plano, desde):
                    if lista := tuple(self._lista(hallada.end())):
                        return lista
        return ()

    def _al_final(self) -> tuple[Mencion, ...]:
        """«Toma de muestras de sangre, por CENSOPAS – INS.»."""
        for hallada in _POR.finditer(self.plano):
            lista = tuple(self._lista(hallada.end()))
            if lista and not self.plano[self.lectura.palabras[lista[-1].hasta - 1].fin :].strip(
                " ."
            ):
                return lista
        return ()

    def _lista(self, desde: int) -> Iterator[Mencion]:
        """Da las menciones coordinadas que empiezan en el carácter `desde`."""
        i = self.palabra_en.get(desde, -1)
        verbales = {p.desde for p in self.sujetos.predicados}
        primera = True
        while i >= 0:
            i += self.lectura.plegada(i) in ARTICULOS and i not in self.inicios
            mencion = self.inicios.get(i)
            if mencion is None or (not primera and mencion.hasta in verbales):
                return
            yield mencion
            primera = False
            i = mencion.hasta
            if self.lectura.plegada(i) not in CONJUNCIONES:
                return
            i += 1 + (self.lectura.plegada(i + 1) in {"y", "e"})
            i += self.lectura.plegada(i) in {"de", "del"}

    def _de_fila(self) -> tuple[Mencion, ...]:
        """La parte de una fila («… | GORE Apurímac | Dic. 2026») que solo nombra entidades."""
        cortes = [(h.start(), h.end()) for h in _SEPARADOR.finditer(self.plano)]
        if not cortes:
            return ()
        inicios = [0, *(fin for _, fin in cortes)]
        finales = [*(inicio for inicio, _ in cortes), len(self.plano)]
        firme = len(inicios) < 3
        for inicio, fin in zip(inicios, finales, strict=True):
            if halladas := self.solo_entidades(inicio, fin, firme):
                return halladas
        return ()

    def solo_entidades(self, inicio: int, fin: int, firme: bool) -> tuple[Mencion, ...]:
        """Devuelve las menciones de un trozo si no hay en él nada más."""
        dentro = [i for i, p in enumerate(self.lectura.palabras) if inicio <= p.inicio < fin]
        halladas = [m for i in dentro if (m := self.inicios.get(i))]
        cubiertas = {k for m in halladas for k in range(m.desde, m.hasta)}
        sueltas = {self.lectura.plegada(i) for i in dentro if i not in cubiertas}
        if not halladas or sueltas - ARTICULOS - CONJUNCIONES - {"(", ")", "con", "-", "–"}:
            return ()
        if firme and not all(m.firme for m in halladas):
            return ()
        return tuple(halladas)
