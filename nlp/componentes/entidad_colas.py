"""Hasta dónde llega el nombre de una entidad: «campesina», «de la cuenca», «(DRAA)», «-Q»."""

from __future__ import annotations

import re

from nlp.componentes.entidad_lexico import lexico_de_entidades
from nlp.componentes.entidad_nombres import en_titulo
from nlp.gramatica import grupo
from nlp.lectura import Lectura, Palabra, gritadas
from nlp.verbos import analizar
from nlp.vocabulario import vocabulario

ARTICULOS = grupo("articulos")
SIGLA_LARGA = 5
_NO_SON_NOMBRE = frozenset({"favor", "hacia", "lo", "le", "les", "nos", "su", "sus", "mediante"})
_VOCAL = re.compile(r"[aeiou]")
_POCO = 600
"""Veces que se ve en las normas, a lo más, un nombre propio."""

SOCIETARIO = re.compile(r"(?:s\.a(?:\.[ac])?|s\.r\.l|e\.i\.r\.l|s\.c)\.?")

_NOMBRES_DE_PALABRA = frozenset({
    *("aurora", "produce", "southern", "juntos", "pais", "contigo", "servir"),
    *("quellaveco", "contugas", "migraciones"),
})
"""Siglas largas que también son palabras: solo valen en mayúsculas."""


def es_rara(palabra: Palabra) -> bool:
    """Dice si, aun en mayúsculas, se lee como nombre propio o sigla: sin vocales o poco vista."""
    if not palabra.es_palabra or len(palabra.texto) < 2:
        return False
    return not _VOCAL.search(palabra.plegada) or vocabulario().veces(palabra.plegada) < _POCO


class Colas:
    """Un texto con sus nombres conocidos, y hasta dónde se alarga cada uno."""

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
        self.sectores = {d: (h, f) for d, h, f in lexico.sectores.buscar(lectura)}
        self.nucleos = {d: (h, n) for d, h, n in lexico.nucleos.buscar(lectura)}

    def _es_sigla_valida(self, desde: int, hasta: int, nombre: str) -> bool:
        palabra = self.lectura.palabras[desde]
        if hasta - desde > 1 or not nombre.isupper():
            return True
        comun = palabra.plegada in _NOMBRES_DE_PALABRA
        if comun and desde in self.gritadas:
            return False
        return palabra.es_sigla if comun or len(nombre) < SIGLA_LARGA else True

    def es_nombre(self, i: int) -> bool:
        """Dice si la palabra `i` puede ser parte de un nombre propio."""
        if not 0 <= i < len(self.lectura.palabras):
            return False
        palabra = self.lectura.palabras[i]
        if not (palabra.es_palabra and palabra.con_mayuscula and len(palabra.texto) > 1):
            return False
        if palabra.plegada in self.lexico.ajenas or (
            "." in palabra.texto and not SOCIETARIO.fullmatch(palabra.plegada)
        ):
            return False
        return i not in self.gritadas or self.es_nombre_en_mayusculas(palabra)

    def es_letra(self, i: int) -> bool:
        """«Minera X»: una letra sola que no es la de «N.°» ni la de «S/»."""
        palabra = self.lectura.palabras[i]
        sola = len(palabra.texto) == 1 and palabra.es_palabra and palabra.con_mayuscula
        nexo = i in self.gritadas or palabra.plegada in {"y", "e", "o", "u"}
        return sola and not nexo and self.lectura.plegada(i + 1) not in {".", "°", "º", "/"}

    def es_nombre_en_mayusculas(self, palabra: Palabra) -> bool:
        """En una tira de mayúsculas, descarta artículos y formas verbales."""
        comun = palabra.plegada in ARTICULOS | _NO_SON_NOMBRE
        verbal = analizar(palabra) is not None or palabra.texto.endswith("Ó")
        corta = len(palabra.texto) <= 2 and _VOCAL.search(palabra.plegada)
        return not (comun or verbal or corta)

    def cola(self, j: int, inicio: int) -> int:
        """Devuelve dónde termina la mención que empezó en `inicio` y ya llega a `j`."""
        while j < len(self.lectura.palabras):
            siguiente = self.paso(j, inicio)
            if siguiente == j:
                break
            j = siguiente
        return j

    def paso(self, j: int, inicio: int) -> int:
        """Devuelve `j`, o el índice tras lo que en `j` alarga la mención que empezó en `inicio`."""
        plegada = self.lectura.plegada(j)
        if plegada == "." and self.lectura.plegada(j - 1) in self.lexico.abreviaturas:
            return j + 2 if self.es_nombre(j + 1) else j
        if plegada in ARTICULOS and (j + 1 in self.nucleos or j + 1 in self.catalogo):
            return j
        if plegada in self.lexico.adjetivos or self.es_nombre(j) or self.es_letra(j):
            return j + 1
        if plegada in {"de", "del"}:
            k = j + 1 + (self.lectura.plegada(j + 1) in ARTICULOS)
            conocida = self.lectura.plegada(k) in self.lexico.complementos
            con_nucleo = k in self.nucleos or k in self.catalogo
            if inicio not in self.nucleos and inicio not in self.catalogo:
                return k + 1 if self.es_nombre(k) and not con_nucleo else j
            propia = self.es_nombre(k) and not self._es_cosa_gritada(k)
            return k + 1 if conocida or con_nucleo or propia else j
        if plegada in {"y", "e"} and self.sigue_el_nombre(j, inicio):
            return j + 2
        if plegada == "(":
            return self.parentesis(j)
        if plegada in {"-", "–"} and self.sigue_tras_guion(j):
            return j + 2
        if (
            plegada.isdigit()
            and len(plegada) < 4
            and self.lectura.plegada(j - 1) in {"ejecutora", "grupo"}
        ):
            return j + 1
        return j

    def _es_cosa_gritada(self, k: int) -> bool:
        """«POR PARTE DE LA EMPRESA DEL EXPEDIENTE…»: en mayúsculas, una cosa no sigue al nombre."""
        return k in self.gritadas and self.lectura.plegada(k) in self.lexico.inertes

    def sigue_tras_guion(self, j: int) -> bool:
        """«EMSA-Q», «Choqquecca-Antio» y, con un espacio de más, «Choqquecca- Antio»."""
        if j + 1 >= len(self.lectura.palabras):
            return False
        previa, otra = self.lectura.palabras[j - 1], self.lectura.palabras[j + 1]
        if self.pegado(j):
            return self.es_nombre(j + 1) or self.es_letra(j + 1)
        medio = (previa.fin == self.lectura.palabras[j].inicio) != (
            self.lectura.palabras[j].fin == otra.inicio
        )
        sigla = otra.es_sigla and j + 1 not in self.gritadas
        nueva = j + 1 in self.catalogo or j + 1 in self.nucleos or sigla
        return medio and self.es_nombre(j - 1) and self.es_nombre(j + 1) and not nueva

    def sigue_el_nombre(self, j: int, inicio: int) -> bool:
        """«Gerencia de Energía y Minas» sigue; «el MINSA y Cultura» son dos."""
        if not (self.es_nombre(j - 1) and self.es_nombre(j + 1)) or j - inicio < 2:
            return False
        previa, otra = self.lectura.palabras[j - 1], self.lectura.palabras[j + 1]
        nueva = j + 1 in self.catalogo or j + 1 in self.nucleos
        nueva = nueva or (otra.es_sigla and j + 1 not in self.gritadas)
        dentro = {"de", "del"} & {self.lectura.plegada(k) for k in range(inicio, j)}
        return bool(dentro) and not nueva and not (previa.es_sigla and j - 1 not in self.gritadas)

    def parentesis(self, j: int) -> int:
        """Incluye una sigla o un nombre entre paréntesis: «el Gobierno Regional (DRAA)»."""
        k = j + 1
        while k < j + 4 and self.es_nombre(k):
            k += 1
        return k + 1 if k > j + 1 and self.lectura.plegada(k) == ")" else j

    def cola_de_sigla(self, j: int) -> int:
        """«la DGER del MINEM», «MVCS-PNC», «MINEM (DGER)»."""
        plegada = self.lectura.plegada(j)
        if plegada in {"de", "del"}:
            k = j + 1 + (self.lectura.plegada(j + 1) in ARTICULOS)
            return self.catalogo[k][0] if k in self.catalogo else j
        if plegada == "(":
            return self.parentesis(j)
        if plegada in {"-", "–"} and self.pegado(j) and self.es_nombre(j + 1):
            return self.cola(j + 2, j)
        return j

    def pegado(self, j: int) -> bool:
        """Dice si el signo en `j` va pegado a las palabras de ambos lados."""
        palabras = self.lectura.palabras
        return (
            j + 1 < len(palabras)
            and palabras[j - 1].fin == palabras[j].inicio
            and palabras[j].fin == palabras[j + 1].inicio
        )

    def texto(self, desde: int, hasta: int) -> str:
        """Devuelve el texto de esas palabras con blancos simples; lo gritado, como título."""
        if hasta <= desde:
            return ""
        texto = " ".join(self.lectura.fragmento(desde, hasta).split())
        return en_titulo(texto) if len(texto) > 12 and texto.isupper() else texto
