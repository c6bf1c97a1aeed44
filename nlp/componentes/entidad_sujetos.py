"""El sujeto de cada predicado: la mención que termina justo antes del verbo.

Salta adverbios e incisos («El MTC, a través de Provías Nacional, convocará»), junta coordinados
(«la UGEL y la DRE firmarán») y descarta los sujetos de oraciones subordinadas («si la asamblea lo
aprueba») y los que en verdad son complementos («la obra de la comunidad será…»).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from nlp.componentes.entidad_menciones import Mencion, menciones
from nlp.lectura import Lectura
from nlp.predicados import Acto, Predicado, predicados
from nlp.verbos import PERSONALES, Tiempo, analizar

ARTICULOS = frozenset({"el", "la", "los", "las"})
CONJUNCIONES = frozenset({"y", "e", ",", "/"})
_PREPOSICIONES = frozenset(
    {"de", "del", "a", "al", "en", "con", "por", "para", "ante", "sobre", "hasta", "desde", "entre"}
    | {"hacia", "sin", "bajo", "contra", "tras", "durante", "mediante", "segun"}
)
_SUBORDINAN = frozenset(
    {"si", "cuando", "mientras", "porque", "aunque", "cuyo", "cuya", "cuyos", "cuyas", "quien"}
    | {"quienes", "donde", "como", "conforme", "segun", "pues", "cual", "cuales"}
)
_NO_INTRODUCEN = frozenset({
    "vez",
    "hasta",
    "siempre",
    "para",
    "ya",
    "luego",
    "antes",
    "fin",
    "lo",
    "salvo",
    "caso",
    "despues",
    "tanto",
})
_ADVERBIOS = frozenset({
    "tambien",
    "ya",
    "solo",
    "asimismo",
    "ademas",
    "si",
    "no",
    "igualmente",
    "nos",
    "se",
    "lo",
    "la",
    "les",
    "le",
})
_ACUERDAN = frozenset(
    {
        "acordar",
        "aprobar",
        "convenir",
        "disponer",
        "establecer",
        "quedar",
        "definir",
        "decidir",
        "concluir",
    }
    | {"determinar", "precisar", "comprometer", "hacer", "dejar"}
)
_VIAS = frozenset({"traves", "medio", "intermedio", "mediante", "via"})
_SIN_ACCION = frozenset({
    "ser",
    "estar",
    "tener",
    "haber",
    "poder",
    "quedar",
    "contar",
    "considerar",
    "deber",
    "ver",
    "venir",
    "salir",
})
_MAXIMO_INCISO = 40
_MAXIMA_COLA = 9


@dataclass(frozen=True, slots=True)
class Sujeto:
    """Menciones que hacen de sujeto de un predicado, en orden, y quiénes las acompañan."""

    menciones: tuple[Mencion, ...]
    predicado: Predicado
    acompanantes: tuple[Mencion, ...] = ()


class Sujetos:
    """Busca los sujetos de los predicados de un texto."""

    def __init__(self, lectura: Lectura) -> None:
        self.lectura = lectura
        self.menciones = menciones(lectura)
        self.predicados = tuple(predicados(lectura))
        self._finales = {m.hasta: m for m in self.menciones}
        self._verbales = {p.desde: p for p in self.predicados}

    def de(self, predicado: Predicado) -> Sujeto | None:
        """Devuelve el sujeto explícito del predicado, si es de una oración principal."""
        halladas = self._hasta(self._sin_adverbios(predicado.desde))
        if not halladas or self._subordinada(halladas[0], predicado):
            return None
        return Sujeto(halladas, predicado, self._acompanantes(halladas[-1].hasta, predicado.desde))

    def _sin_adverbios(self, i: int) -> int:
        while i and (
            self.lectura.plegada(i - 1) in _ADVERBIOS
            or self.lectura.plegada(i - 1).endswith("mente")
        ):
            i -= 1
        return i

    def _hasta(self, i: int) -> tuple[Mencion, ...]:
        """Devuelve las menciones coordinadas que terminan en la palabra `i`."""
        if i <= 0:
            return ()
        if mencion := self._ultima(i):
            return self._coordinadas(mencion)
        if self.lectura.plegada(i - 1) == ")":
            return self._hasta(self._atras(i - 1, "("))
        if self.lectura.plegada(i - 1) != ",":
            return ()
        abre = self._atras(i - 2, ",")
        if abre < 0 or not self._es_inciso(abre + 1):
            return ()
        previas = self._hasta(abre)
        if (
            previas
            and self.lectura.plegada(abre + 1) == "a"
            or self.lectura.plegada(abre + 1) in _VIAS | {"por"}
        ):
            if any(self.lectura.plegada(k) in _VIAS for k in range(abre + 1, abre + 3)) and previas:
                return (*previas[:-1], replace(previas[-1], hasta=i - 1))
        return previas

    def _ultima(self, i: int) -> Mencion | None:
        """Devuelve la mención que llega hasta `i`, sola o con una cola («de la zona»)."""
        ultima = self._finales.get(i)
        if ultima is None:
            previas = [m for m in self.menciones if i - _MAXIMA_COLA <= m.hasta < i]
            if not previas or not self._es_cola(previas[-1].hasta, i):
                return None
            con_que = "que" in {self.lectura.plegada(k) for k in range(previas[-1].hasta, i)}
            ultima = previas[-1] if con_que else replace(previas[-1], hasta=i)
        previa = self._antes(ultima)
        if self.lectura.plegada(previa) not in _PREPOSICIONES:
            return ultima
        cabezas = [m for m in self.menciones if m.hasta <= previa and m.hasta >= previa - 4]
        if cabezas and self._es_cola(cabezas[-1].hasta, ultima.desde):
            cabeza = replace(cabezas[-1], hasta=ultima.hasta)
            return (
                cabeza if self.lectura.plegada(self._antes(cabeza)) not in _PREPOSICIONES else None
            )
        return None

    def _es_cola(self, desde: int, hasta: int) -> bool:
        if self.lectura.plegada(desde) not in _PREPOSICIONES | {"que"} and hasta - desde > 2:
            return False
        return all(
            self.lectura.palabras[k].es_palabra and not self._conjugada(k, desde)
            for k in range(desde, hasta)
        )

    def _conjugada(self, k: int, desde: int) -> bool:
        forma = analizar(self.lectura.palabras[k])
        if "que" in {self.lectura.plegada(j) for j in range(desde, k)}:
            return False
        return (
            forma is not None
            and forma.tiempo in PERSONALES
            and self.lectura.plegada(k - 1) not in ARTICULOS | {"de"}
        )

    def _coordinadas(self, ultima: Mencion) -> tuple[Mencion, ...]:
        halladas = [ultima]
        while (nexo := self._antes(halladas[0])) > 0 and self.lectura.plegada(nexo) in CONJUNCIONES:
            antes = nexo - 1 if self.lectura.plegada(nexo - 1) == "," else nexo
            previa = self._finales.get(antes)
            if previa is None or self.lectura.plegada(self._antes(previa)) in _PREPOSICIONES:
                break
            if self.lectura.plegada(nexo) == "," and len(halladas) == 1:
                break
            halladas.insert(0, previa)
        return tuple(halladas)

    def _antes(self, mencion: Mencion) -> int:
        """Devuelve el índice de la palabra anterior a la mención y su artículo."""
        i = mencion.desde - 1
        return i - 1 if self.lectura.plegada(i) in ARTICULOS else i

    def _atras(self, i: int, signo: str) -> int:
        tope = max(-1, i - _MAXIMO_INCISO)
        return next((k for k in range(i, tope, -1) if self.lectura.plegada(k) == signo), -1)

    def _es_inciso(self, i: int) -> bool:
        plegada = self.lectura.plegada(i)
        forma = analizar(self.lectura.palabras[i])
        verbal = forma is not None and forma.tiempo in {Tiempo.PARTICIPIO, Tiempo.GERUNDIO}
        return verbal or plegada in _PREPOSICIONES | {
            "que",
            "quien",
            "quienes",
            "conforme",
            "via",
            "pese",
            "como",
            "representada",
            "representado",
            "segun",
            "luego",
            "previo",
            "previa",
            "y",
        }

    def _acompanantes(self, desde: int, hasta: int) -> tuple[Mencion, ...]:
        """«La Fiscalía, con la PNP y la DICAPI, ejecutará»: la PNP y la DICAPI."""
        if self.lectura.plegada(desde) != "," or self.lectura.plegada(desde + 1) not in {
            "con",
            "junto",
        }:
            return ()
        return tuple(m for m in self.menciones if desde < m.desde and m.hasta < hasta)

    def _subordinada(self, mencion: Mencion, predicado: Predicado) -> bool:
        i = self._antes(mencion)
        while i >= 0 and (
            self.lectura.plegada(i) in {"tambien", "ademas", "asimismo", ","} and i > 0
        ):
            if self.lectura.plegada(i) == ",":
                return False
            i -= 1
        palabra = self.lectura.plegada(i)
        if palabra in _SUBORDINAN:
            return True
        if palabra != "que":
            return False
        if predicado.tiempo is Tiempo.SUBJUNTIVO:
            return not self._introduce(i)
        return self.lectura.plegada(i - 1) in _NO_INTRODUCEN or self._pedida(i) or self._relativa(i)

    def _introduce(self, que: int) -> bool:
        """Dice si el «que» depende de un verbo de acordar («se acuerda que la empresa pague»)."""
        previo = next((p for p in reversed(self.predicados) if p.hasta <= que), None)
        return previo is not None and que - previo.hasta < 8 and previo.lema in _ACUERDAN

    def _pedida(self, que: int) -> bool:
        previo = next((p for p in reversed(self.predicados) if p.hasta <= que), None)
        return previo is not None and que - previo.hasta < 8 and previo.acto is Acto.PIDE

    def _relativa(self, que: int) -> bool:
        previo = next((p for p in reversed(self.predicados) if p.hasta <= que), None)
        return que > 2 and previo is None

    def hablante(self, predicado: Predicado) -> Sujeto | None:
        """«DIGESA indicó que realizará»: quien informa es el sujeto de lo que anuncia."""
        que = self._sin_adverbios(predicado.desde) - 1
        if self.lectura.plegada(que) != "que":
            return None
        previo = next((p for p in reversed(self.predicados) if p.hasta <= que), None)
        if (
            previo is None
            or previo.acto not in {Acto.INFORMA, Acto.ASUME}
            or que - previo.hasta > 25
        ):
            return None
        return self.de(previo)


def fuerza(predicado: Predicado) -> int:
    """Devuelve cuánto compromete un predicado a su sujeto: 0 nada, 1 algo, 2 del todo."""
    if predicado.pasiva:
        return 0
    if predicado.tiempo in {Tiempo.FUTURO, Tiempo.SUBJUNTIVO}:
        return 0 if predicado.lema in {"ser", "haber", "contar", "poder"} else 2
    if predicado.acto is Acto.ASUME:
        return 2
    if predicado.tiempo in {Tiempo.PRESENTE, Tiempo.CONDICIONAL} and predicado.acto is Acto.ACTUA:
        return 0 if predicado.lema in _SIN_ACCION else 1
    return 0
