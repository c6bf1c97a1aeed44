"""Qué papel hace cada mención: responsable, colaboradora o ninguna.

Responsable es, por orden: la de un rótulo («Responsable: X»), el sujeto de un verbo que promete,
el agente de una pasiva o quien va tras «a cargo de» o en «será X quien», la que llena sola una
parte de la fila, el sujeto de un presente («la empresa financia») y, al final, la que va sola entre
paréntesis o comas.
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

from nlp.componentes.entidad_filas import Filas
from nlp.componentes.entidad_menciones import Mencion
from nlp.componentes.entidad_nombres import nombrar
from nlp.componentes.entidad_obra import QuienObra
from nlp.componentes.entidad_oraciones import fuerza
from nlp.componentes.entidad_sujetos import ARTICULOS, Sujeto, Sujetos
from nlp.gramatica import grupo
from nlp.lectura import Lectura, gritadas
from nlp.plegado import plegar
from nlp.predicados import Acto, Predicado
from nlp.verbos import Tiempo, analizar

_ROTULO = re.compile(r"\b(?:responsables?|resp)\s*\.?\s*:\s*")
_A_CARGO = re.compile(
    r"\b(?:a cargo (?:exclusivo )?del?|por (?:parte|cuenta|encargo) del?|de parte del?|a cargo a|"
    r"bajo (?:la )?responsabilidad del?|(?<!lo )(?:asum|ofrec)id[oa]s? por|encargad[oa]s? a|"
    r"se (?:encarg|encomiend|design|nombr)[ao]n? al?|(?:encargar|encomendar),? al?|"
    r"(?:compromiso|responsabilidad) (?:asumid[oa] )?(?:por|del?)|"
    r"transferencia (?:financiera )?del?(?: pliego)?|comprometiendose(?= (?:el|la|l[ao]s) )|"
    r"plazo de [^,;.]{3,45}?,? al?|"
    r"(?:le )?(?:correspond(?:e|era)|toca(?:ra)?) "
    r"al?(?= [^,;.]{3,70}? \w+[aei]r(?:se|l[aeo]s?)?\b))\s+"
)
_A_CARGO_DE_ALGUIEN = re.compile(
    r"\b(?:a cargo (?:exclusivo )?del?|por (?:parte|cuenta|encargo) del?|"
    r"bajo (?:la )?responsabilidad del?)\s+"
)
_QUIEN = re.compile(
    r"\b(?:seran?|es|son) (?=[^,;.]{3,90}? (?:quien(?:es)?|(?:el|la|l[ao]s) que) \w+)"
)
_DESDE = re.compile(r"\b(?:desde (?=el |la ))")
_CEDENTE = re.compile(r"\bdel? (?:pliego (?:\d+ ?[:-]? )?)?(?=[^,;.]{4,70}? (?:a favor de|hacia) )")
_PROMETEMOS = re.compile(r"\b(?:\w{2,}[aei]remos|haremos|vamos a)\b")
_CON_LO_SUYO = re.compile(r"\bcon (?:personal|recursos|maquinaria|equipos)(?: propi[oa]s?)? del? ")
_COLABORA = re.compile(
    r"\b(?:coordinacion con|(?:conjuntamente|junto|conjunta) (?:con|a)|en conjunto con|"
    r"de la mano con|con (?:el |la )?(?:apoyo|participacion|asistencia|asesoria|colaboracion|"
    r"acompanamiento|concurso|ayuda|aporte|cooperacion|soporte|intervencion)(?: \w+)? del?|"
    r"transferid[oa]s? por|convenio (?:[\w-]+ ){0,6}?con|"
    r"previ[oa] (?:campana|opinion|informe)(?: \w+)? del?)\s+"
)
_ENTRE = re.compile(
    r"\b(?:convenio|acta|contrato|adenda|acuerdo)\b[^;.]{0,160}?\bentre (?=(?:el|la|las|los) )"
)
_FIRMAN = re.compile(r"\b(?:suscri|firm|levant|celebr)\w+")
_SIN_NOMBRE = re.compile(r"(?:por|a) (?:definir|determinar|designar|coordinar)|ningun|plazo\b")
_PAUSAS = frozenset({".", ";", ",", "|", ":", "(", ""})
_MAXIMO_ROTULO = 8
_ALCANCE_DEL_AGENTE = 25
_ALCANCE_DEL_PARTICIPIO = 10
_ALCANCE_DEL_FIN = 5


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


def _primera(listas: Iterable[tuple[Mencion, ...]]) -> tuple[Mencion, ...]:
    return next((lista for lista in listas if lista), ())


class _Reparto:
    def __init__(self, lectura: Lectura) -> None:
        self.lectura = lectura
        self.plano = plegar(lectura.texto)
        self.sujetos = Sujetos(lectura)
        self.predicados = self.sujetos.predicados
        self.palabra_en = {p.inicio: i for i, p in enumerate(lectura.palabras)}
        self.prometen = tuple(self._sujetos())

    def responsables(self) -> tuple[Mencion, ...]:
        """Devuelve las menciones responsables, según la primera regla que halla alguna."""
        filas = Filas(self.lectura)
        return (
            self._rotulo()
            or self._de_sujetos(s for s in self.prometen if fuerza(s.predicado) == 2)
            or min((self._agente(), self._a_cargo(), self._tras(_QUIEN)), key=_posicion)
            or filas.celda()
            or self._de_sujetos(self.prometen)
            or self._hablante()
            or self._tras_por()
            or self._entre()
            or (() if _PROMETEMOS.search(self.plano) else self._por_su_lugar(filas))
        )

    def _por_su_lugar(self, filas: Filas) -> tuple[Mencion, ...]:
        """Quien está donde suele ir el responsable, si no promete quien habla («crearemos»)."""
        return (
            filas.tras_punto()
            or filas.aparte(entre_comas=not self._conjuga)
            or _primera(self.sujetos.antecedente(p) for p in self.predicados)
            or self._tras(_DESDE, de_estado=True)
            or self._tras(_CEDENTE, de_estado=True)
            or self._tras(_CON_LO_SUYO, de_estado=True)
        )

    def colaboradores(self) -> Iterator[Mencion]:
        """Da las de «en coordinación con…», las del inciso «con…» y los demás sujetos."""
        for hallada in _COLABORA.finditer(self.plano):
            yield from self._lista(hallada.end())
        for sujeto in self.prometen:
            yield from sujeto.acompanantes
            if self._obra_tambien(sujeto):
                yield from sujeto.menciones

    def _obra_tambien(self, sujeto: Sujeto) -> bool:
        """Ni quien solo presenta lo acordado («acordaron…») ni quien solo lo acepta."""
        predicado = sujeto.predicado
        solo_acepta = predicado.lema in {"aceptar", "aprobar", "acordar", "recibir"}
        verbo = range(predicado.desde, predicado.accion[0])
        niega = "no" in {self.lectura.plegada(k) for k in verbo}
        return not (solo_acepta or niega or self.sujetos.presenta(predicado))

    def predicado_de(self, responsables: tuple[Mencion, ...]) -> Predicado | None:
        """Devuelve el predicado de que esas menciones son sujeto."""
        propios = (s for s in self.prometen if s.menciones[:1] == responsables[:1])
        return next((s.predicado for s in propios), None)

    def _sujetos(self) -> Iterator[Sujeto]:
        for predicado in self.predicados:
            if fuerza(predicado) and not self._se_hace(predicado):
                sujeto = self.sujetos.de(predicado) or self.sujetos.hablante(predicado)
                if sujeto:
                    yield sujeto

    def _se_hace(self, predicado: Predicado) -> bool:
        """«La mesa se instalará»: nadie se instala a sí mismo."""
        if predicado.acto is not Acto.ACTUA or predicado.lema not in grupo("pasivos_con_se"):
            return False
        grupo_verbal = range(predicado.desde, predicado.hasta)
        return any(
            self.lectura.plegada(k) == "se" or self.lectura.plegada(k).endswith("rse")
            for k in grupo_verbal
        )

    def _rotulo(self) -> tuple[Mencion, ...]:
        """«Responsable: X»; si no se conoce a X, lo que se lee hasta la pausa."""
        if conocidas := self._tras(_ROTULO):
            return conocidas
        for hallado in _ROTULO.finditer(self.plano):
            desde = self.palabra_en.get(hallado.end())
            if desde is None or not self.lectura.palabras[desde].con_mayuscula:
                continue
            hasta = desde
            while self.lectura.plegada(hasta) not in _PAUSAS and hasta - desde < _MAXIMO_ROTULO:
                hasta += 1
            nombre = self.lectura.fragmento(desde, hasta)
            if hasta > desde and not _SIN_NOMBRE.match(plegar(nombre)):
                return (Mencion(desde, hasta, nombre, None, "", firme=False),)
        return ()

    def _de_sujetos(self, sujetos: Iterable[Sujeto]) -> tuple[Mencion, ...]:
        todos = list(sujetos)
        propios = [s for s in todos if not self.sujetos.presenta(s.predicado)]
        return next((s.menciones for s in propios or todos), ())

    def _hablante(self) -> tuple[Mencion, ...]:
        lejanos = (self.sujetos.hablante_lejano(p) for p in self.predicados)
        return next((s.menciones for s in lejanos if s), ())

    def _tras(self, patron: re.Pattern[str], de_estado: bool = False) -> tuple[Mencion, ...]:
        listas = (self._lista(hallada.end()) for hallada in patron.finditer(self.plano))
        return _primera(li for li in listas if li and (not de_estado or li[0].clase == "estado"))

    def _lista(self, caracter: int) -> tuple[Mencion, ...]:
        """Devuelve las menciones coordinadas que empiezan en esa posición del texto."""
        i = self.palabra_en.get(caracter)
        return () if i is None else tuple(self.sujetos.lista(i))

    def _a_cargo(self) -> tuple[Mencion, ...]:
        """«a cargo de la DRE» y, si no se conoce a quién, el nombre tal como se lee."""
        if conocidas := self._tras(_A_CARGO):
            return conocidas
        obran = QuienObra(self.lectura)
        for hallado in _A_CARGO_DE_ALGUIEN.finditer(self.plano):
            i = self.palabra_en.get(hallado.end(), 0)
            i += self.lectura.plegada(i) in ARTICULOS
            if i and (hasta := obran.tras(i)):
                nombre = " ".join(self.lectura.fragmento(i, hasta).split())
                return (Mencion(i, hasta, nombrar(nombre), None, "", firme=False),)
        return ()

    @property
    def _conjuga(self) -> bool:
        """Dice si el texto tiene un verbo conjugado; «inicio» sin tilde es nombre."""
        return any(
            p.tiempo is not Tiempo.PRESENTE
            and not self.lectura.palabras[p.accion[0]].texto.endswith("o")
            for p in self.predicados
        )

    def _entre(self) -> tuple[Mencion, ...]:
        """«se suscribió el convenio entre el GORE y la Municipalidad»: los que lo firman."""
        return self._tras(_ENTRE) if _FIRMAN.search(self.plano) else ()

    def _agente(self) -> tuple[Mencion, ...]:
        """«será reparada por FONDEPES»."""
        for predicado in self.predicados:
            alcance = range(predicado.hasta, predicado.hasta + _ALCANCE_DEL_AGENTE)
            if predicado.pasiva and (lista := _primera(self._por(i) for i in alcance)):
                return lista
        return ()

    def _tras_por(self) -> tuple[Mencion, ...]:
        """«Toma de muestras de sangre, por CENSOPAS», pero no «lo emitido por el MIMP»."""
        for i in range(1, len(self.lectura.palabras)):
            ajeno = self._tras_participio(i) or self._es_fin(i)
            lista = () if ajeno else self._por(i)
            if lista and lista[0].firme and self._determinada(lista[0]):
                return lista
        return ()

    def _tras_participio(self, i: int) -> bool:
        """«lo informado a la Defensoría por la PCM», «dada por la ley y por la UGEL»."""
        if self.lectura.plegada(i - 1) in {"y", "e", "ni", "como"} or re.fullmatch(
            r"\w+(?:ad|id)[oa]s?", self.lectura.plegada(i - 1)
        ):
            return True
        cerca = self.lectura.palabras[max(0, i - _ALCANCE_DEL_PARTICIPIO) : i]
        formas = (analizar(palabra) for palabra in cerca)
        return any(f is not None and f.tiempo is Tiempo.PARTICIPIO for f in formas)

    def _es_fin(self, i: int) -> bool:
        """«para su posterior aprobación por el pleno»: quien aprueba no es quien lo hace."""
        return any(self.lectura.plegada(k) == "para" for k in range(i - _ALCANCE_DEL_FIN, i))

    def _por(self, i: int) -> tuple[Mencion, ...]:
        return tuple(self.sujetos.lista(i + 1)) if self.lectura.plegada(i) == "por" else ()

    def _determinada(self, mencion: Mencion) -> bool:
        con_articulo = self.lectura.plegada(mencion.desde - 1) in ARTICULOS
        propia = mencion.desde not in gritadas(self.lectura)
        return con_articulo or (propia and self.lectura.palabras[mencion.desde].con_mayuscula)
