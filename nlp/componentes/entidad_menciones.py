"""Menciones de entidades en un texto: dónde empiezan y terminan, y a quién nombran.

Una mención tiene un núcleo —del catálogo («PNSR»), del léxico («comunidad», «alcalde») o un nombre
propio desconocido— y una cola: «campesina», «de la cuenca», «(DRAA)».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from nlp import gacetero
from nlp.componentes.entidad_colas import ARTICULOS, SIGLA_LARGA, SOCIETARIO, Colas, es_rara
from nlp.componentes.entidad_lexico import Nucleo
from nlp.componentes.entidad_nombres import nivel_de, nombrar
from nlp.componentes.entidad_obra import QuienObra
from nlp.componentes.entidad_repartidas import repartidas
from nlp.gramatica import grupo
from nlp.lectura import Lectura
from nlp.plegado import plegar
from nlp.propuesta import NivelDeGobierno
from nlp.verbos import (
    PERSONALES,
    Tiempo,
    analizar,
    infinitivo_de_sustantivo,
    infinitivo_probable,
)
from nlp.vocabulario import vocabulario

_DETERMINANTES = grupo("determinantes")
_TODOS = frozenset({"todos", "todas"})
_COMUN = 100
"""Veces que se ve en las normas, al menos, una palabra que no es un nombre propio."""
_SIGLA_MUNICIPAL = re.compile(r"m[dp][a-z]{0,4}")


@dataclass(frozen=True, slots=True)
class Mencion:
    """Mención de una entidad: palabras [desde, hasta) sin su artículo.

    `firme` dice que su núcleo es conocido; los nombres propios desconocidos no lo son. `sigue`,
    que su cabeza quedó antes («los ministerios de Salud y de *Educación*»).
    """

    desde: int
    hasta: int
    valor: str
    nivel: NivelDeGobierno | None
    clase: str
    generica: bool = False
    firme: bool = True
    sigue: bool = False


class _Buscador(Colas):
    """Recorre un texto una vez y arma sus menciones."""

    def __init__(self, lectura: Lectura) -> None:
        super().__init__(lectura)
        self.obran = QuienObra(lectura)
        self.repartidas: dict[int, Mencion] = {}

    def menciones(self) -> Iterator[Mencion]:
        """Da las menciones en orden, sin solaparse."""
        i = 0
        while i < len(self.lectura.palabras):
            mencion = self._en(i)
            if mencion:
                yield self._con_determinante(mencion)
            i = mencion.hasta if mencion else i + 1

    def _en(self, i: int) -> Mencion | None:
        conocida = (
            self._repartida(i) or self._del_catalogo(i) or self._del_lexico(i) or self._suelta(i)
        )
        return conocida or self._nombre(i) or self._quien_obra(i)

    def _repartida(self, i: int) -> Mencion | None:
        """«los ministerios de Salud y de Educación»: al llegar a la cabeza se leen todas."""
        for p in repartidas(self, i):
            cabeza = p.desde == i
            self.repartidas[p.desde] = Mencion(
                p.desde, p.hasta, p.valor, p.nivel, p.clase, sigue=not cabeza
            )
        return self.repartidas.get(i)

    def _del_catalogo(self, i: int) -> Mencion | None:
        if i not in self.catalogo:
            return None
        hasta, ficha = self.catalogo[i]
        cola = self.cola(hasta, i)
        valor = ficha.nombre
        if ficha.territorial and cola > hasta:
            cola = self._hasta_el_otro_cabo(cola)
            valor += " " + self.texto(hasta, cola)
        elif not (self.es_nombre(hasta) and hasta not in self.catalogo):
            cola = self.cola_de_sigla(hasta)
        return Mencion(i, cola, valor, ficha.nivel, ficha.clase)

    def _hasta_el_otro_cabo(self, j: int) -> int:
        """«Autoridad Administrativa del Agua Caplina – Ocoña»."""
        otra = self.es_nombre(j + 1) and j + 1 not in self.catalogo and j + 1 not in self.nucleos
        return j + 2 if self.lectura.plegada(j) in {"-", "–"} and otra else j

    def _del_lexico(self, i: int) -> Mencion | None:
        palabra = self.lectura.palabras[i]
        if self._es_municipal(i):
            cola = self.cola(i + 1, i)
            return Mencion(i, cola, self.texto(i, cola), NivelDeGobierno.LOCAL, "estado")
        if palabra.es_sigla and palabra.plegada == "gore":
            return self._de_gobierno_regional(i, i + 1)
        suelta = i == 0 or self.lectura.plegada(i - 1) not in {"/", "-"}
        if palabra.texto in {"GR", "G.R."} and suelta and self._es_region(i + 1):
            return self._de_gobierno_regional(i, i + 1)
        if i not in self.nucleos:
            return None
        hasta, nucleo = self.nucleos[i]
        if palabra.plegada in self.lexico.comunes and not self._determinada(i):
            return None
        if palabra.plegada.startswith("responsable") and self.lectura.plegada(hasta) == ":":
            return None
        if palabra.plegada == "departamento" and self._es_region(hasta):
            return None
        if palabra.plegada == "gobierno" and self.lectura.plegada(hasta) == "regional":
            return self._de_gobierno_regional(i, hasta + 1)
        cola = self.cola(hasta, i)
        if palabra.plegada in {"sector", "sectores"} and self.es_nombre(cola - 1) and cola > hasta:
            return None
        if nucleo.cargo:
            return self._de_cargo(i, hasta, cola, nucleo)
        texto = self.texto(i, cola)
        nivel = nucleo.nivel or nivel_de(texto)
        generica = plegar(texto) in self.lexico.genericas
        return Mencion(i, cola, nombrar(texto), nivel, nucleo.clase, generica)

    def _es_municipal(self, i: int) -> bool:
        """«MPC», «MDCH» o «MD Qantu»."""
        palabra = self.lectura.palabras[i]
        sigla = palabra.es_sigla and _SIGLA_MUNICIPAL.fullmatch(palabra.plegada)
        return bool(sigla) and (len(palabra.texto) > 2 or self.es_nombre(i + 1))

    def _determinada(self, i: int) -> bool:
        previa = self.lectura.plegada(i - 1)
        guiada = previa in ARTICULOS | _DETERMINANTES | {"del", "al", "nuestro", "nuestra", "+"}
        propia = self.lectura.palabras[i].con_mayuscula and i not in self.gritadas
        return guiada or not previa.isalnum() or propia

    def _es_region(self, i: int) -> bool:
        i += self.lectura.plegada(i) in {"de", "del"}
        nombres = (self.texto(i, i + n) for n in (1, 2, 3) if i + n <= len(self.lectura.palabras))
        return any(gacetero.region(nombre) for nombre in nombres)

    def _de_gobierno_regional(self, i: int, hasta: int) -> Mencion:
        cola = self.cola(hasta, i)
        lugar = re.sub(r"^(?:de la|del|de)\s+(?!Libertad)", "", self.texto(hasta, cola))
        lugar = lugar.partition(" (")[0]
        region = gacetero.region(lugar)
        valor = f"Gobierno Regional de {region.region if region else lugar}" if lugar else None
        return Mencion(i, cola, valor or "Gobierno Regional", NivelDeGobierno.REGIONAL, "estado")

    def _de_cargo(self, i: int, hasta: int, cola: int, nucleo: Nucleo) -> Mencion:
        texto = self.texto(i, cola)
        representada = next(self._representadas(hasta, cola), None)
        if representada and nucleo.entidad is None:
            return replace(representada, desde=i, hasta=cola, firme=True)
        if nucleo.entidad is None:
            return Mencion(i, cola, nombrar(texto), nivel_de(texto), "cargo")
        resto = self.texto(hasta, cola)
        if plegar(resto).startswith(("distrital", "provincial", "regional")):
            resto = resto[0].upper() + resto[1:]
        valor = f"{nucleo.entidad} {resto}".replace("Regional Regional", "Regional").strip()
        return Mencion(i, cola, valor, nucleo.nivel, "estado")

    def _representadas(self, desde: int, hasta: int) -> Iterator[Mencion]:
        for i in range(desde, hasta):
            conocida = i in self.catalogo or i in self.nucleos
            if (conocida or self.lectura.palabras[i].es_sigla) and (mencion := self._en(i)):
                yield mencion

    def _suelta(self, i: int) -> Mencion | None:
        hasta, ficha = self.sueltas.get(i, (i, None))
        if ficha is None or not self.es_nombre(i) or self.es_nombre(hasta):
            return None
        return Mencion(i, hasta, ficha.nombre, ficha.nivel, ficha.clase)

    def _nombre(self, i: int) -> Mencion | None:
        if not self._empieza_nombre(i):
            return None
        if i in self.gritadas and not self._abre_y_obra(i):
            return None
        cola = self.cola(i + 1, i)
        texto = self.texto(i, cola)
        clase = "empresa" if SOCIETARIO.fullmatch(self.lectura.plegada(cola - 1)) else ""
        nivel = NivelDeGobierno.NO_APLICA if clase else nivel_de(texto)
        palabra = self.lectura.palabras[i]
        firme = bool(clase) or (palabra.es_sigla and len(palabra.texto) > SIGLA_LARGA)
        return Mencion(i, cola, texto, nivel, clase, firme=firme)

    def _quien_obra(self, i: int) -> Mencion | None:
        contado = self.lectura.plegada(i) in _DETERMINANTES and i + 1 in self.nucleos
        hasta = None if contado else self.obran.hasta(i)
        if hasta is None:
            return None
        texto = self.texto(i, hasta)
        return Mencion(i, hasta, nombrar(texto), nivel_de(texto), "", firme=False)

    def _abre_y_obra(self, i: int) -> bool:
        """En mayúsculas, un nombre que abre la oración y va justo antes de un verbo en futuro.

        Un nombre poco visto («LA DREA REALIZARÁ») puede llevar artículo y seguir a «que» o coma.
        """
        previa = i - 1
        abren = {".", ":", ";", "|", ")", "-"}
        if es_rara(self.lectura.palabras[i]):
            previa -= self.lectura.plegada(previa) in ARTICULOS
            abren |= {",", "que"}
        if previa >= 0 and self.lectura.plegada(previa) not in abren:
            return False
        cola = self.cola(i + 1, i)
        j = cola + (self.lectura.plegada(cola) == "se")
        forma = analizar(self.lectura.palabras[j]) if j < len(self.lectura.palabras) else None
        tiempos = {Tiempo.FUTURO, Tiempo.PRESENTE}
        if es_rara(self.lectura.palabras[i]):
            tiempos |= {Tiempo.PASADO, Tiempo.SUBJUNTIVO}
        promete = forma is not None and forma.tiempo in tiempos
        promete = promete and not self.lectura.plegada(j).endswith("mos")
        comun = vocabulario().veces(self.lectura.plegada(i)) > _COMUN
        empresa = SOCIETARIO.fullmatch(self.lectura.plegada(cola - 1))
        promete = promete and (not comun or bool(empresa) or self.obran.obra(cola))
        return promete and not self.lectura.plegada(i).endswith(("cion", "sion", "miento"))

    def _con_determinante(self, mencion: Mencion) -> Mencion:
        """Suma «cada», «ambas», «todos los», «su»… al inicio; el artículo solo queda fuera."""
        previa = self.lectura.plegada(mencion.desde - 1)
        desde = mencion.desde - (previa in _DETERMINANTES)
        if (
            self.lectura.plegada(desde - 1) in ARTICULOS
            and self.lectura.plegada(desde - 2) in _TODOS
        ):
            desde -= 2
        if desde == mencion.desde:
            return mencion
        cruda = plegar(mencion.valor) == plegar(self.texto(mencion.desde, mencion.hasta))
        valor = nombrar(self.texto(desde, mencion.hasta)) if cruda else mencion.valor
        return replace(mencion, desde=desde, valor=valor)

    def _empieza_nombre(self, i: int) -> bool:
        if not self.es_nombre(i):
            return False
        palabra = self.lectura.palabras[i]
        forma = analizar(palabra)
        verbal = forma and (forma.tiempo is Tiempo.FUTURO or forma.lema == "acordar")
        inicia = i == 0 or self.lectura.plegada(i - 1) in {".", ":", ";"}
        conjugada = inicia and forma is not None and forma.tiempo in PERSONALES
        if verbal or conjugada or infinitivo_probable(palabra):
            return False
        if palabra.plegada.endswith("mente") and not palabra.es_sigla:
            return False
        if palabra.plegada in ARTICULOS:
            conocida = i + 1 in self.catalogo or i + 1 in self.nucleos
            return i > 0 and not conocida and self.es_nombre(i + 1)
        return infinitivo_de_sustantivo(palabra) is None


@lru_cache(maxsize=32)
def menciones(lectura_texto: Lectura) -> tuple[Mencion, ...]:
    """Devuelve las menciones de entidades del texto, en orden."""
    return tuple(_Buscador(lectura_texto).menciones())
