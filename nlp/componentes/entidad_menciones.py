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
from nlp.componentes.entidad_lexico import Nucleo, lexico_de_entidades
from nlp.componentes.entidad_nombres import en_titulo, nivel_de, nombrar
from nlp.gramatica import grupo
from nlp.lectura import Lectura, Palabra, gritadas
from nlp.plegado import plegar
from nlp.propuesta import NivelDeGobierno
from nlp.verbos import Tiempo, analizar, infinitivo_de_sustantivo, infinitivo_probable

_ARTICULOS = grupo("articulos")
_DETERMINANTES = grupo("determinantes")
_TODOS = frozenset({"todos", "todas"})
_SOCIETARIO = re.compile(r"(?:s\.a(?:\.[ac])?|s\.r\.l|e\.i\.r\.l|s\.c)\.?")
_SIGLA_MUNICIPAL = re.compile(r"m[dp][a-z]{0,4}")
_SIGLA_LARGA = 5
_NOMBRES_DE_PALABRA = frozenset({"aurora", "produce", "southern"})
"""Siglas largas que también son palabras: solo valen en mayúsculas."""


@dataclass(frozen=True, slots=True)
class Mencion:
    """Mención de una entidad: palabras [desde, hasta) sin su artículo.

    `firme` dice que su núcleo es conocido; los nombres propios desconocidos no lo son.
    """

    desde: int
    hasta: int
    valor: str
    nivel: NivelDeGobierno | None
    clase: str
    generica: bool = False
    firme: bool = True


class _Buscador:
    """Recorre un texto una vez y arma sus menciones."""

    def __init__(self, lectura: Lectura) -> None:
        lexico = lexico_de_entidades()
        self.lectura = lectura
        self.lexico = lexico
        self.gritadas = gritadas(lectura)
        self.catalogo = {
            desde: (hasta, ficha)
            for desde, hasta, (nombre, ficha) in lexico.catalogo.buscar(lectura)
            if self._es_sigla_valida(desde, hasta, nombre)
        }
        self.sueltas = {d: (h, f) for d, h, f in lexico.sueltas.buscar(lectura)}
        self.nucleos = {d: (h, n) for d, h, n in lexico.nucleos.buscar(lectura)}

    def _es_sigla_valida(self, desde: int, hasta: int, nombre: str) -> bool:
        palabra = self.lectura.palabras[desde]
        if hasta - desde > 1 or not nombre.isupper():
            return True
        corta = len(nombre) < _SIGLA_LARGA or palabra.plegada in _NOMBRES_DE_PALABRA
        return palabra.es_sigla if corta else True

    def menciones(self) -> Iterator[Mencion]:
        """Da las menciones en orden, sin solaparse."""
        i = 0
        while i < len(self.lectura.palabras):
            mencion = self._en(i)
            if mencion:
                yield self._con_determinante(mencion)
            i = mencion.hasta if mencion else i + 1

    def _en(self, i: int) -> Mencion | None:
        return self._del_catalogo(i) or self._del_lexico(i) or self._suelta(i) or self._nombre(i)

    def _del_catalogo(self, i: int) -> Mencion | None:
        if i not in self.catalogo:
            return None
        hasta, ficha = self.catalogo[i]
        cola = self._cola(hasta, i)
        valor = ficha.nombre
        if ficha.territorial and cola > hasta:
            cola = self._hasta_el_otro_cabo(cola)
            valor += " " + self._texto(hasta, cola)
        elif not (self._es_nombre(hasta) and hasta not in self.catalogo):
            cola = self._cola_de_sigla(hasta)
        return Mencion(i, cola, valor, ficha.nivel, ficha.clase)

    def _hasta_el_otro_cabo(self, j: int) -> int:
        """«Autoridad Administrativa del Agua Caplina – Ocoña»."""
        otra = self._es_nombre(j + 1) and j + 1 not in self.catalogo and j + 1 not in self.nucleos
        return j + 2 if self.lectura.plegada(j) in {"-", "–"} and otra else j

    def _del_lexico(self, i: int) -> Mencion | None:
        palabra = self.lectura.palabras[i]
        if self._es_municipal(i):
            cola = self._cola(i + 1, i)
            return Mencion(i, cola, self._texto(i, cola), NivelDeGobierno.LOCAL, "estado")
        if palabra.es_sigla and palabra.plegada == "gore":
            return self._de_gobierno_regional(i, i + 1)
        if i not in self.nucleos:
            return None
        hasta, nucleo = self.nucleos[i]
        if palabra.plegada in self.lexico.comunes and not self._determinada(i):
            return None
        if palabra.plegada == "gobierno" and self.lectura.plegada(hasta) == "regional":
            return self._de_gobierno_regional(i, hasta + 1)
        cola = self._cola(hasta, i)
        if palabra.plegada in {"sector", "sectores"} and self._es_nombre(cola - 1) and cola > hasta:
            return None
        if nucleo.cargo:
            return self._de_cargo(i, hasta, cola, nucleo)
        texto = self._texto(i, cola)
        nivel = nucleo.nivel or nivel_de(texto)
        generica = plegar(texto) in self.lexico.genericas
        return Mencion(i, cola, nombrar(texto), nivel, nucleo.clase, generica)

    def _es_municipal(self, i: int) -> bool:
        """«MPC», «MDCH» o «MD Qantu»."""
        palabra = self.lectura.palabras[i]
        sigla = palabra.es_sigla and _SIGLA_MUNICIPAL.fullmatch(palabra.plegada)
        return bool(sigla) and (len(palabra.texto) > 2 or self._es_nombre(i + 1))

    def _determinada(self, i: int) -> bool:
        previa = self.lectura.plegada(i - 1)
        guiada = previa in _ARTICULOS | _DETERMINANTES | {"del", "al", "nuestro", "nuestra", "+"}
        return guiada or not previa.isalnum() or self.lectura.palabras[i].con_mayuscula

    def _de_gobierno_regional(self, i: int, hasta: int) -> Mencion:
        cola = self._cola(hasta, i)
        lugar = re.sub(r"^(?:de la|del|de)\s+(?!Libertad)", "", self._texto(hasta, cola))
        lugar = lugar.partition(" (")[0]
        region = gacetero.region(lugar)
        valor = f"Gobierno Regional de {region.region if region else lugar}" if lugar else None
        return Mencion(i, cola, valor or "Gobierno Regional", NivelDeGobierno.REGIONAL, "estado")

    def _de_cargo(self, i: int, hasta: int, cola: int, nucleo: Nucleo) -> Mencion:
        texto = self._texto(i, cola)
        representada = next(self._representadas(hasta, cola), None)
        if representada and nucleo.entidad is None:
            return replace(representada, desde=i, hasta=cola)
        if nucleo.entidad is None:
            return Mencion(i, cola, nombrar(texto), nivel_de(texto), "cargo")
        resto = self._texto(hasta, cola)
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
        if ficha is None or not self._es_nombre(i) or self._es_nombre(hasta):
            return None
        return Mencion(i, hasta, ficha.nombre, ficha.nivel, ficha.clase)

    def _nombre(self, i: int) -> Mencion | None:
        if i in self.gritadas or not self._empieza_nombre(i):
            return None
        cola = self._cola(i + 1, i)
        texto = self._texto(i, cola)
        clase = "empresa" if _SOCIETARIO.fullmatch(self.lectura.plegada(cola - 1)) else ""
        nivel = NivelDeGobierno.NO_APLICA if clase else nivel_de(texto)
        palabra = self.lectura.palabras[i]
        firme = bool(clase) or (palabra.es_sigla and len(palabra.texto) > _SIGLA_LARGA)
        return Mencion(i, cola, texto, nivel, clase, firme=firme)

    def _con_determinante(self, mencion: Mencion) -> Mencion:
        """Suma «cada», «ambas», «todos los», «su»… al inicio; el artículo solo queda fuera."""
        previa = self.lectura.plegada(mencion.desde - 1)
        desde = mencion.desde - (previa in _DETERMINANTES)
        if (
            self.lectura.plegada(desde - 1) in _ARTICULOS
            and self.lectura.plegada(desde - 2) in _TODOS
        ):
            desde -= 2
        if desde == mencion.desde:
            return mencion
        cruda = plegar(mencion.valor) == plegar(self._texto(mencion.desde, mencion.hasta))
        valor = nombrar(self._texto(desde, mencion.hasta)) if cruda else mencion.valor
        return replace(mencion, desde=desde, valor=valor)

    def _empieza_nombre(self, i: int) -> bool:
        if not self._es_nombre(i):
            return False
        palabra = self.lectura.palabras[i]
        forma = analizar(palabra)
        verbal = forma and (forma.tiempo is Tiempo.FUTURO or forma.lema == "acordar")
        if verbal or infinitivo_probable(palabra):
            return False
        if palabra.plegada in _ARTICULOS:
            conocida = i + 1 in self.catalogo or i + 1 in self.nucleos
            return i > 0 and not conocida and self._es_nombre(i + 1)
        return infinitivo_de_sustantivo(palabra) is None

    def _es_nombre(self, i: int) -> bool:
        if not 0 <= i < len(self.lectura.palabras):
            return False
        palabra = self.lectura.palabras[i]
        if not (palabra.es_palabra and palabra.con_mayuscula and len(palabra.texto) > 1):
            return False
        if palabra.plegada in self.lexico.ajenas or (
            "." in palabra.texto and not _SOCIETARIO.fullmatch(palabra.plegada)
        ):
            return False
        return i not in self.gritadas or self._es_nombre_en_mayusculas(palabra)

    def _es_letra(self, i: int) -> bool:
        """«Minera X»: una letra sola que no es la de «N.°» ni la de «S/»."""
        palabra = self.lectura.palabras[i]
        sola = len(palabra.texto) == 1 and palabra.es_palabra and palabra.con_mayuscula
        return sola and self.lectura.plegada(i + 1) not in {".", "°", "º", "/"}

    def _es_nombre_en_mayusculas(self, palabra: Palabra) -> bool:
        comun = palabra.plegada in _ARTICULOS | {"favor", "hacia", "lo", "su", "sus", "mediante"}
        return not comun and len(palabra.texto) > 2 and analizar(palabra) is None

    def _cola(self, j: int, inicio: int) -> int:
        """Devuelve dónde termina la mención que empezó en `inicio` y ya llega a `j`."""
        while j < len(self.lectura.palabras):
            siguiente = self._paso(j, inicio)
            if siguiente == j:
                break
            j = siguiente
        return j

    def _paso(self, j: int, inicio: int) -> int:
        plegada = self.lectura.plegada(j)
        if plegada in self.lexico.adjetivos or self._es_nombre(j) or self._es_letra(j):
            return j + 1
        if plegada in {"de", "del"}:
            k = j + 1 + (self.lectura.plegada(j + 1) in _ARTICULOS)
            conocida = self.lectura.plegada(k) in self.lexico.complementos
            con_nucleo = k in self.nucleos or k in self.catalogo
            if inicio not in self.nucleos and inicio not in self.catalogo:
                return k + 1 if self._es_nombre(k) and not con_nucleo else j
            return k + 1 if conocida or con_nucleo or self._es_nombre(k) else j
        if plegada in {"y", "e"} and self._sigue_el_nombre(j, inicio):
            return j + 2
        if plegada == "(":
            return self._parentesis(j)
        if plegada in {"-", "–"} and self._pegado(j) and self._es_nombre(j + 1):
            return j + 2
        if (
            plegada.isdigit()
            and len(plegada) < 4
            and self.lectura.plegada(j - 1) in {"ejecutora", "grupo"}
        ):
            return j + 1
        return j

    def _sigue_el_nombre(self, j: int, inicio: int) -> bool:
        """«Gerencia de Energía y Minas» sigue; «el MINSA y Cultura» son dos."""
        if not (self._es_nombre(j - 1) and self._es_nombre(j + 1)) or j - inicio < 2:
            return False
        previa, otra = self.lectura.palabras[j - 1], self.lectura.palabras[j + 1]
        nueva = j + 1 in self.catalogo or j + 1 in self.nucleos
        nueva = nueva or (otra.es_sigla and j + 1 not in self.gritadas)
        dentro = {"de", "del"} & {self.lectura.plegada(k) for k in range(inicio, j)}
        return bool(dentro) and not nueva and not (previa.es_sigla and j - 1 not in self.gritadas)

    def _parentesis(self, j: int) -> int:
        """Incluye una sigla o un nombre entre paréntesis: «el Gobierno Regional (DRAA)»."""
        k = j + 1
        while k < j + 4 and self._es_nombre(k):
            k += 1
        return k + 1 if k > j + 1 and self.lectura.plegada(k) == ")" else j

    def _cola_de_sigla(self, j: int) -> int:
        """«la DGER del MINEM», «MVCS-PNC», «MINEM (DGER)»."""
        plegada = self.lectura.plegada(j)
        if plegada in {"de", "del"}:
            k = j + 1 + (self.lectura.plegada(j + 1) in _ARTICULOS)
            return self.catalogo[k][0] if k in self.catalogo else j
        if plegada == "(":
            return self._parentesis(j)
        if plegada in {"-", "–"} and self._pegado(j) and self._es_nombre(j + 1):
            return self._cola(j + 2, j)
        return j

    def _pegado(self, j: int) -> bool:
        palabras = self.lectura.palabras
        return (
            j + 1 < len(palabras)
            and palabras[j - 1].fin == palabras[j].inicio
            and palabras[j].fin == palabras[j + 1].inicio
        )

    def _texto(self, desde: int, hasta: int) -> str:
        if hasta <= desde:
            return ""
        texto = " ".join(self.lectura.fragmento(desde, hasta).split())
        return en_titulo(texto) if len(texto) > 12 and texto.isupper() else texto


@lru_cache(maxsize=32)
def menciones(lectura_texto: Lectura) -> tuple[Mencion, ...]:
    """Devuelve las menciones de entidades del texto, en orden."""
    return tuple(_Buscador(lectura_texto).menciones())
