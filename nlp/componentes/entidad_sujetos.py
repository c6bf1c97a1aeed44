"""El sujeto de cada predicado: la mención que termina justo antes del verbo.

Salta adverbios e incisos («El MTC, a través de Provías Nacional, convocará»), junta coordinados
(«la UGEL y la DRE firmarán») y descarta los sujetos de oraciones subordinadas («si la asamblea lo
aprueba») y los que en verdad son complementos («la obra de la comunidad será…»).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from nlp.componentes.entidad_menciones import Mencion, menciones
from nlp.componentes.entidad_oraciones import es_subordinada, introduce_otra, ultimo_antes
from nlp.gramatica import grupo
from nlp.lectura import Lectura
from nlp.predicados import Acto, Predicado, predicados
from nlp.verbos import PERSONALES, Tiempo, analizar

ARTICULOS = grupo("articulos")
CONJUNCIONES = grupo("conjunciones")

_PREPOSICIONES = grupo("preposiciones")
_ABREN_INCISO = _PREPOSICIONES | grupo("abren_inciso")
_VIAS = grupo("vias")
_ADVERBIOS = grupo("adverbios")
_DICEN = frozenset({Acto.INFORMA, Acto.ASUME})
_JUNTO = frozenset({"conjuntamente", "junto", "juntamente"})
_DE = frozenset({"de", "del"})
_ABREN = frozenset({"“", "«", '"'})
_CIERRAN = frozenset({"”", "»", '"'})
_MAXIMO_INCISO = 40
_MAXIMA_COLA = 9
_MAXIMO_HASTA_QUE = 25
_MAXIMO_NOMBRE = 8


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
        self.predicados = predicados(lectura)
        self._inicios = {m.desde: m for m in self.menciones}
        self._verbales = {p.desde for p in self.predicados}
        self._finales = {m.hasta: m for m in self.menciones}

    def de(self, predicado: Predicado) -> Sujeto | None:
        """Devuelve el sujeto explícito del predicado, si es de una oración principal."""
        if self._siguen(predicado.hasta, "a", "cargo") and self._a_cargo_de_otra(predicado.hasta):
            return None
        halladas = self._hasta(self._sin_adverbios(predicado.desde))
        if halladas and not self._es_subordinada(halladas[0], predicado):
            acompanan = self._acompanantes(halladas[-1].hasta, predicado.desde)
            return Sujeto(halladas, predicado, acompanan)
        return None if halladas else self._pospuesto(predicado)

    def _a_cargo_de_otra(self, i: int) -> bool:
        """«a cargo de Electro Nororiente», pero no «a cargo de la Hoja de Ruta»."""
        otra = next(self.lista(i + 3), None)
        return otra is not None and (otra.firme or otra.desde == i + 3)

    def hablante(self, predicado: Predicado) -> Sujeto | None:
        """«DIGESA indicó que realizará»: quien informa es el sujeto de lo que anuncia."""
        i = self._sin_adverbios(predicado.desde)
        coordinado = self.lectura.plegada(i - 1) in {"y", "e"}
        if self.lectura.plegada(i - 1) == ",":
            i = self._atras(i - 2, ",")
        if not coordinado and self.lectura.plegada(i - 1) != "que":
            return None
        previo = ultimo_antes(self.predicados, i - 1, _MAXIMO_HASTA_QUE)
        dicen = _DICEN | {Acto.ACTUA} if coordinado else _DICEN
        sujeto = self.de(previo) if previo and previo.acto in dicen else None
        return replace(sujeto, predicado=predicado) if sujeto else None

    def hablante_lejano(self, predicado: Predicado) -> Sujeto | None:
        """El sujeto del último «informó» antes de un futuro sin sujeto («señaló que se hará»)."""
        if predicado.tiempo is not Tiempo.FUTURO:
            return None
        anteriores = (p for p in reversed(self.predicados) if p.hasta <= predicado.desde)
        previo = next((p for p in anteriores if p.acto in _DICEN), None)
        return self.de(previo) if previo else None

    def antecedente(self, predicado: Predicado) -> tuple[Mencion, ...]:
        """«… de la Gerencia Sub Regional, que la terminará»: la Gerencia."""
        que = self._sin_adverbios(predicado.desde) - 1
        relativo = self.lectura.plegada(que) in {"que", "quien", "quienes"}
        if predicado.tiempo is not Tiempo.FUTURO or not relativo:
            return ()
        mencion = self._finales.get(que - (self.lectura.plegada(que - 1) == ","))
        return self._coordinadas(mencion) if mencion and mencion.firme else ()

    def presenta(self, predicado: Predicado) -> bool:
        """Dice si solo presenta lo acordado («acordaron que…», «acordaron lo siguiente: …»)."""
        return introduce_otra(self.lectura, predicado)

    def _siguen(self, i: int, *plegadas: str) -> bool:
        return all(self.lectura.plegada(i + k) == palabra for k, palabra in enumerate(plegadas))

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
        if self.lectura.plegada(i - 1) in _CIERRAN:
            return self._hasta(i - 1)
        if self.lectura.plegada(i - 1) == ")":
            return self._hasta(self._atras(i - 2, "("))
        if self.lectura.plegada(i - 1) != ",":
            return ()
        return self._tras_inciso(i - 1) or self._con_coma(i - 1)

    def _tras_inciso(self, cierra: int) -> tuple[Mencion, ...]:
        """«X, inciso, verbo»: X; si el inciso dice por medio de quién, el tramo lo incluye."""
        abre = self._atras(cierra - 1, ",")
        if abre < 0 or not (self._es_inciso(abre + 1) or self._es_aposicion(abre, cierra)):
            return ()
        previas = self._hasta(abre)
        es_via = _VIAS & {self.lectura.plegada(k) for k in range(abre + 1, abre + 3)}
        if previas and es_via:
            return (*previas[:-1], replace(previas[-1], hasta=cierra))
        return previas

    def _con_coma(self, coma: int) -> tuple[Mencion, ...]:
        """«La Empresa, entregará»: la coma de más no esconde al sujeto."""
        fin = coma - (self.lectura.plegada(coma - 1) in _CIERRAN)
        mencion = self._ultima(fin)
        if mencion is None or not (mencion.firme or self.lectura.palabras[mencion.desde].es_sigla):
            return ()
        return self._coordinadas(mencion)

    def _ultima(self, i: int) -> Mencion | None:
        """Devuelve la mención que llega hasta `i`, sola o con una cola («de la zona»)."""
        ultima = self._finales.get(i) or self._con_cola(i)
        if ultima is None:
            return None
        previa = self._antes(ultima)
        if self.lectura.plegada(previa) not in _PREPOSICIONES:
            return ultima if self._empieza_oracion(ultima, previa) else None
        cabeza = self._con_cola(ultima.desde)
        if cabeza is None or self.lectura.plegada(self._antes(cabeza)) in _PREPOSICIONES:
            return None
        aparte = self.lectura.plegada(cabeza.hasta) == "en"
        return cabeza if aparte else replace(cabeza, hasta=ultima.hasta)

    def _empieza_oracion(self, mencion: Mencion, previa: int) -> bool:
        """Un nombre desconocido y sin artículo no es sujeto si le cuelga a otra palabra."""
        if mencion.firme or previa < 0 or self.lectura.plegada(mencion.desde - 1) in ARTICULOS:
            return True
        frontera = not self.lectura.palabras[previa].es_palabra
        return frontera or self.lectura.plegada(previa) in {"que", "y", "e"}

    def _con_cola(self, i: int) -> Mencion | None:
        """Devuelve la mención conocida de la que cuelga todo lo que hay hasta la palabra `i`."""
        cercanas = (self._finales.get(k) for k in range(i - 1, i - _MAXIMA_COLA - 1, -1))
        cabeza = next((m for m in cercanas if m and self._vale(m)), None)
        if cabeza is None:
            return None
        cola = [self.lectura.plegada(k) for k in range(cabeza.hasta, i)]
        if cola[-1] in CONJUNCIONES or not all(map(str.isalnum, cola)):
            return None
        if "que" in cola:
            relativo = cabeza.hasta + cola.index("que") + 1
            return cabeza if self._tiene_verbo(relativo, i) else None
        cuelga = cola[0] in _PREPOSICIONES | _JUNTO or len(cola) < 3 or cola[1] in _DE
        if not cuelga or self._tiene_verbo(cabeza.hasta, i):
            return None
        larga = cola[0] in _DE | _JUNTO or not _VIAS.isdisjoint(cola) or len(cola) < 3
        return replace(cabeza, hasta=i) if larga else cabeza

    def _vale(self, mencion: Mencion) -> bool:
        return mencion.firme or self.lectura.palabras[mencion.desde].es_sigla

    def _tiene_verbo(self, desde: int, hasta: int) -> bool:
        for k in range(desde, hasta):
            forma = analizar(self.lectura.palabras[k])
            nominal = self.lectura.plegada(k - 1) in ARTICULOS | {"de"}
            if forma and forma.tiempo in PERSONALES and not nominal:
                return True
        return False

    def _coordinadas(self, ultima: Mencion) -> tuple[Mencion, ...]:
        halladas = [ultima]
        while (nexo := self._antes(halladas[0])) > 0 and self.lectura.plegada(nexo) in CONJUNCIONES:
            if self.lectura.plegada(nexo) == "," and len(halladas) == 1:
                break
            previa = self._finales.get(nexo - (self.lectura.plegada(nexo - 1) == ","))
            if previa is None or self.lectura.plegada(self._antes(previa)) in _PREPOSICIONES:
                break
            halladas.insert(0, previa)
        return tuple(halladas)

    def _pospuesto(self, predicado: Predicado) -> Sujeto | None:
        """«lo ejecuta SEAL», «; convoca la PCM»: el sujeto va detrás."""
        con_objeto = {self.lectura.plegada(k) for k in range(predicado.desde, predicado.accion[0])}
        previa = self.lectura.plegada(predicado.desde - 1)
        relativa = previa == "que" and predicado.acto is Acto.ASUME
        reflexivo = predicado.acto is Acto.ASUME and "se" in con_objeto
        suelta = previa in {";", ".", ","} or not con_objeto.isdisjoint({"lo", "los", "la", "las"})
        if not (relativa or reflexivo) and (not suelta or "se" in con_objeto):
            return None
        pegadas = tuple(self.lista(self._tras_el_verbo(predicado))) if reflexivo else ()
        halladas = pegadas or tuple(self.lista(predicado.hasta))
        return Sujeto(halladas, predicado) if halladas and halladas[0].firme else None

    def _tras_el_verbo(self, predicado: Predicado) -> int:
        """«Se compromete la DRE a enviarlo»: la palabra que sigue a «compromete»."""
        i = predicado.desde
        while self.lectura.plegada(i) in _ADVERBIOS:
            i += 1
        return i + 1

    def lista(self, i: int) -> Iterator[Mencion]:
        """Da las menciones coordinadas que empiezan en la palabra `i`."""
        primera = True
        while True:
            i += self.lectura.plegada(i) in ARTICULOS and i not in self._inicios
            mencion = self._inicios.get(i)
            if mencion is None or (not primera and mencion.hasta in self._verbales):
                return
            yield mencion
            primera = False
            i = mencion.hasta
            if self.lectura.plegada(i) not in CONJUNCIONES:
                return
            i += 1 + (self.lectura.plegada(i + 1) in {"y", "e"})
            i += self.lectura.plegada(i) in {"de", "del"}

    def _antes(self, mencion: Mencion) -> int:
        """Devuelve el índice de la palabra anterior a la mención, su artículo y sus comillas."""
        i = mencion.desde - 1
        i -= self.lectura.plegada(i) in _ABREN
        i -= self.lectura.plegada(i) in ARTICULOS
        return i - (mencion.sigue and self.lectura.plegada(i) in _DE)

    def _atras(self, i: int, signo: str) -> int:
        tope = max(-1, i - _MAXIMO_INCISO)
        return next((k for k in range(i, tope, -1) if self.lectura.plegada(k) == signo), -1)

    def _es_inciso(self, i: int) -> bool:
        forma = analizar(self.lectura.palabras[i])
        verbal = forma is not None and forma.tiempo in {Tiempo.PARTICIPIO, Tiempo.GERUNDIO}
        return verbal or self.lectura.plegada(i) in _ABREN_INCISO

    def _es_aposicion(self, abre: int, cierra: int) -> bool:
        """«La gerenta de Salud, Rosa Quispe, se compromete»: el inciso es solo un nombre."""
        nombre = self.lectura.palabras[abre + 1 : cierra]
        propias = all(p.con_mayuscula or p.texto == "." for p in nombre if p.texto != "de")
        otra = self._inicios.get(abre + 1)
        if abre not in self._finales or (otra and otra.firme):
            return False
        return propias and 1 < len(nombre) <= _MAXIMO_NOMBRE

    def _acompanantes(self, desde: int, hasta: int) -> tuple[Mencion, ...]:
        """«La Fiscalía, con la PNP y la DICAPI, ejecutará»: la PNP y la DICAPI."""
        if not (self._siguen(desde, ",", "con") or self._siguen(desde, ",", "junto")):
            return ()
        return tuple(m for m in self.menciones if desde < m.desde and m.hasta < hasta)

    def _es_subordinada(self, mencion: Mencion, predicado: Predicado) -> bool:
        return es_subordinada(self.lectura, self.predicados, self._antes(mencion), predicado)
