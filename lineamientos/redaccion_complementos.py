"""Aparta de una oración cuándo, con qué, cómo se comprueba, con quién y de qué depende.

Solo se aparta lo que tiene bordes claros (comas, los extremos de la oración u otro complemento);
ante la duda queda donde estaba. Lo que queda es el núcleo: quién hace qué y dónde.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Final

from ingesta.documento import Tramo
from nlp.conjugacion import es_infinitivo
from nlp.plegado import plegar
from nlp.propuesta import Campos, MetodoDePlazo
from nlp.sujetos import empieza_con_sujeto, primer_futuro

PENDE: Final = re.compile(
    r"\b(?:de|del|al?|el|las?|los|un|una|en|para|por|con|y|e|o|que|su|iniciando|empezando|comenzando)\s*$",
    re.IGNORECASE,
)
"""Palabra de la que cuelga lo que sigue: «durante el monitoreo del tercer trimestre»."""

_ATADO = re.compile(
    r"\s*(?:de|del|que|y|e|o|u|al?|como|siguientes?|posteriores|pr[óo]ximos|contad[oa]s|desde)\b",
    re.IGNORECASE,
)
_DE_UN_NOMBRE = re.compile(
    r"del? (?!forma|manera|modo|inmediato|contar|existir|disponer|corresponder)"
)
_DEL_RANGO = re.compile(r"del? .+ al? ")
_RELATIVO = re.compile(r"\b(?:que|quien(?:es)?|cuy[oa]s?|donde|cuando)\b", re.IGNORECASE)
_CON_QUIEN = re.compile(
    r"(?:en (?:estrecha )?coordinacion con|con (?:la )?participacion de|con (?:el )?apoyo de|"
    r"conjuntamente con|en conjunto con|con (?:la )?asistencia tecnica de)l?\s+"
    r"(?:(?:el|la|los|las)\s+)?"
)
_OTROS = re.compile(
    r",\s+((?:segun|conforme|de acuerdo|bajo|sin perjuicio|en cumplimiento|en el marco|a traves"
    r"|contra)\b[^,;]*)$"
)
_ACREDITA = re.compile(
    r"con [^,;]* que (?:lo|la|los|las) acredit(?:e|en)\b"
    r"|(?:lo que|lo cual|y lo) acreditaran? con [^,;]*$"
)
_SIGUE_SIN_COMA = re.compile(r",\s*(?:en|de|del|a|al|para|entre)\s", re.IGNORECASE)
_EN_LUGAR = re.compile(r"en\s+(?!un|el plazo|el marco|tanto|caso)[^,;]*,\s+")
_COORDINA = re.compile(r"\b(?:y|e)\s+(?:a\s+)?(?:no\s+)?(\w+)")


class Orden(IntEnum):
    """Lugar de cada complemento tras el núcleo (`dominio.md` §2.2)."""

    DONDE = 0
    CUANDO = 1
    CON_QUE = 2
    COMPROBACION = 3
    CON_QUIEN = 4
    CONDICION = 5
    OTROS = 6


@dataclass(frozen=True, slots=True)
class Complemento:
    """Un complemento apartado; `coma` dice si en el texto iba separado del núcleo."""

    orden: Orden
    texto: str
    coma: bool = True


@dataclass(frozen=True, slots=True)
class Partida:
    """La oración partida en su núcleo y sus complementos, en el orden en que se escriben."""

    nucleo: str
    complementos: tuple[Complemento, ...] = ()

    def con(self, complemento: Complemento) -> Partida:
        """Suma un complemento tras los de su orden."""
        todos = sorted((*self.complementos, complemento), key=lambda c: c.orden)
        return replace(self, complementos=tuple(todos))

    def tiene(self, orden: Orden) -> bool:
        """Dice si ya hay un complemento de ese orden."""
        return any(c.orden is orden for c in self.complementos)


@dataclass(slots=True)
class _Corte:
    orden: Orden
    tramo: Tramo
    coma: bool = field(default=True)


def apartar(texto: str, campos: Campos, item: Tramo) -> Partida:
    """Parte la oración `texto`, que ocupa el tramo `item` del documento."""
    cortes = _sin_pisarse(sorted(_candidatos(texto, campos, item), key=lambda c: c.tramo.inicio))
    validos = [c for c in cortes if _se_aparta(texto, c, cortes)]
    cola = len(texto)
    for corte in reversed(validos):
        al_final = not texto[corte.tramo.fin : cola].strip(" ,;")
        corte.coma = not al_final or texto[: corte.tramo.inicio].rstrip().endswith((",", ";"))
        cola = corte.tramo.inicio if al_final else cola
    nucleo = texto
    for corte in reversed(validos):
        nucleo = _quitar(nucleo, corte.tramo)
    partida = Partida(nucleo)
    for corte in validos:
        dicho = texto[corte.tramo.inicio : corte.tramo.fin]
        dicho = _en_minuscula(dicho) if corte.tramo.inicio == 0 else dicho
        partida = partida.con(Complemento(corte.orden, dicho, corte.coma))
    return _con_otros(partida)


def _candidatos(texto: str, campos: Campos, item: Tramo) -> Iterator[_Corte]:
    if lugar := _EN_LUGAR.match(plegar(texto)):
        fin = lugar.end()
        coma = texto.rindex(",", 0, fin)
        adentro = any(
            item.contiene(v.tramo) and v.tramo.fin - item.inicio <= coma for v in campos.lugares
        )
        if adentro and empieza_con_sujeto(texto[fin:]):
            yield _Corte(Orden.DONDE, Tramo(0, coma))
    for orden, valor in (
        (Orden.CUANDO, None if _es_frecuencia(campos) else campos.plazo),
        (Orden.CON_QUE, campos.financiamiento),
        (Orden.COMPROBACION, campos.verificacion),
        (Orden.CONDICION, campos.condicion),
    ):
        if valor and item.contiene(valor.tramo) and valor.tramo.inicio < valor.tramo.fin:
            yield _Corte(orden, valor.tramo.movido(-item.inicio))
    if campos.verificacion is None and (prueba := _ACREDITA.search(plegar(texto))):
        yield _Corte(Orden.COMPROBACION, Tramo(*prueba.span()))
    dentro = [e.tramo for e in campos.colaboradores if item.contiene(e.tramo)]
    plano = plegar(texto)
    for guia in _CON_QUIEN.finditer(plano):
        finales = [t.fin for t in dentro if t.inicio - item.inicio == guia.end()]
        if finales:
            yield _Corte(Orden.CON_QUIEN, Tramo(guia.start(), max(finales) - item.inicio))


def _es_frecuencia(campos: Campos) -> bool:
    """«dos veces al día» dice cómo se hará, no hasta cuándo: se queda donde está."""
    return campos.plazo is not None and campos.plazo.metodo is MetodoDePlazo.RECURRENTE


def _sin_pisarse(cortes: Sequence[_Corte]) -> list[_Corte]:
    libres: list[_Corte] = []
    for corte in cortes:
        if not libres or corte.tramo.inicio >= libres[-1].tramo.fin:
            libres.append(corte)
    return libres


def _se_aparta(texto: str, corte: _Corte, todos: Sequence[_Corte]) -> bool:
    antes, despues = texto[: corte.tramo.inicio], texto[corte.tramo.fin :]
    if PENDE.search(antes):
        return False
    leido = plegar(texto[corte.tramo.inicio : corte.tramo.fin])
    if _DE_UN_NOMBRE.match(leido) and not _DEL_RANGO.match(leido) and antes.strip():
        return False
    if not antes.strip():
        return despues.startswith(",") or (
            corte.orden is Orden.CUANDO and empieza_con_sujeto(despues.strip())
        )
    pegado = any(
        not texto[corte.tramo.fin : o.tramo.inicio].strip(" ,;")
        for o in todos
        if o.tramo.inicio >= corte.tramo.fin
    )
    if despues.strip(" .") and _RELATIVO.search(antes.rpartition(",")[2]):
        return False
    suelto = corte.orden is Orden.CUANDO and not _ATADO.match(despues)
    if not (_cerrado(despues) or pegado or suelto):
        return False
    return not _sigue_obligando(despues)


def _cerrado(despues: str) -> bool:
    return re.match(r"\s*(?:[.,;:)»]|$)", despues) is not None


def _sigue_obligando(despues: str) -> bool:
    """Dice si después viene otra acción: entonces el complemento es de la primera y no se mueve."""
    if primer_futuro(despues):
        return True
    return any(es_infinitivo(m[1]) for m in _COORDINA.finditer(despues))


def _quitar(texto: str, tramo: Tramo) -> str:
    """Quita un trozo con las comas que lo encierran."""
    antes, despues = texto[: tramo.inicio].rstrip(), texto[tramo.fin :].lstrip()
    if not antes:
        resto = despues.lstrip(", ")
        return resto[:1].upper() + resto[1:]
    if not despues.strip(" .;,"):
        return antes.rstrip(" ,;")
    if antes.endswith(",") and despues.startswith(","):
        antes = antes.rstrip(",")
        despues = despues.lstrip(", ") if _SIGUE_SIN_COMA.match(despues) else despues
    if despues.startswith((",", ".", ";", ")")):
        return f"{antes}{despues}"
    return f"{antes} {despues}"


def _con_otros(partida: Partida) -> Partida:
    """Pasa detrás del plazo lo que solo matiza el final («, según el protocolo que apruebe…»)."""
    hallado = _OTROS.search(plegar(partida.nucleo))
    if hallado is None:
        return partida
    dicho = partida.nucleo[slice(*hallado.span(1))]
    return replace(partida, nucleo=partida.nucleo[: hallado.start()]).con(
        Complemento(Orden.OTROS, dicho)
    )


def _en_minuscula(texto: str) -> str:
    return texto if texto[1:2].isupper() else texto[:1].lower() + texto[1:]
