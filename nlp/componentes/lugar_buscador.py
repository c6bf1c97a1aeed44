"""Dónde nombra lugares un texto, todavía sin resolverlos a UBIGEO.

Hay tres maneras de hallarlos: tras un nivel («distrito de X»), tras una palabra de lugar («sector
X», «comunidad campesina de X», «tramo km 0+000 – km 12+300») y por su nombre, si está en el UBIGEO
o va tras «en». Un topónimo que solo es parte del nombre de una entidad no cuenta, ni la comunidad
que hace de responsable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp import gacetero
from nlp.catalogo import leer_datos
from nlp.componentes.entidad_menciones import Mencion, menciones
from nlp.componentes.entidad_roles import papeles
from nlp.frases import Frases
from nlp.lectura import Lectura, gritadas
from nlp.plegado import plegar
from nlp.propuesta import NivelDeGobierno

_ARTICULOS = frozenset({"el", "la", "los", "las"})
_DE = frozenset({"de", "del"})
_NEXOS = frozenset({"y", "e", ","})
_RAYAS = frozenset({"-", "–", "—"})
_KILOMETRO = re.compile(
    r"km\.?\s?\d{1,4}(?:\s?\+\s?\d{3})?(?:\s?[-–—]\s?(?:km\.?\s?)?\d{1,4}\s?\+\s?\d{3})?"
)
_SUELTAS = _ARTICULOS | _DE | {"y", "e", "a", "al", "con", "en", "por", "para", "que", "se"}
_CIUDADES = frozenset({"ciudad", "villa"})
_MAXIMO_NOMBRE = 6


@dataclass(frozen=True, slots=True)
class Hallado:
    """Lugar leído: palabras [desde, hasta) con su pista, su nombre y el nivel que se anunció."""

    desde: int
    hasta: int
    nombre: str = ""
    nivel: str | None = None


@dataclass(frozen=True, slots=True)
class _Lexico:
    niveles: dict[str, str]
    locales: Frases[bool]
    calificativos: frozenset[str]
    numerados: frozenset[str]
    comunes: frozenset[str]
    temas: frozenset[str]
    meses: frozenset[str]
    toponimos: Frases[str]


@lru_cache(maxsize=1)
def _lexico() -> _Lexico:
    tabla = leer_datos("lexico_lugares.toml")
    return _Lexico(
        {palabra: nivel for nivel, palabras in tabla["niveles"].items() for palabra in palabras},
        Frases(dict.fromkeys(tabla["locales"]["palabras"], True)),
        frozenset(tabla["locales"]["calificativos"]),
        frozenset(tabla["locales"]["numerados"]),
        frozenset(tabla["comunes"]["nombres"]),
        frozenset(tabla["temas"]["palabras"]),
        frozenset(tabla["temas"]["meses"]),
        Frases({nombre: nombre for nombre in gacetero.por_nombre()}),
    )


class Buscador:
    """Halla los lugares de un texto, sin resolverlos."""

    def __init__(self, lectura: Lectura) -> None:
        self.lectura = lectura
        self.lexico = _lexico()
        self.plano = plegar(lectura.texto)
        self.locales = {d: h for d, h, _ in self.lexico.locales.buscar(lectura)}
        self.toponimos = {d: (h, n) for d, h, n in self.lexico.toponimos.buscar(lectura)}
        self.gritadas = gritadas(lectura)
        self.tapadas = frozenset(k for m in self._tapan() for k in range(m.desde, m.hasta))

    def _tapan(self) -> Iterator[Mencion]:
        """Las entidades tapan los topónimos de su nombre; los lugares que también son entidades
        (comunidades, hospitales) solo cuando tienen un papel."""
        con_papel = papeles(self.lectura)
        yield from (*con_papel.responsables, *con_papel.colaboradores)
        for mencion in menciones(self.lectura):
            nacional = mencion.nivel is NivelDeGobierno.NACIONAL
            gente = mencion.clase == "sociedad_civil"
            comun = gente and not self.lectura.palabras[mencion.desde].con_mayuscula
            if mencion.firme and not comun and (nacional or mencion.desde not in self.locales):
                yield mencion

    def hallados(self) -> Iterator[Hallado]:
        """Da los lugares en orden, sin solaparse."""
        i = 0
        while i < len(self.lectura.palabras):
            halladas = () if i in self.tapadas else self._en(i)
            yield from halladas
            i = halladas[-1].hasta if halladas else i + 1

    def _en(self, i: int) -> tuple[Hallado, ...]:
        formas = (
            self._con_nivel,
            self._local,
            self._kilometro,
            self._cadena,
            self._toponimo,
            self._tras_en,
        )
        for buscar in formas:
            if halladas := tuple(buscar(i)):
                return halladas
        return ()

    def _con_nivel(self, i: int) -> Iterator[Hallado]:
        """«distrito de X», «distritos de X, Y y Z», «distrito, provincia y región de X»."""
        nivel = self.lexico.niveles.get(self.lectura.plegada(i))
        if nivel is None:
            return
        j = i + 1
        while (
            self.lectura.plegada(j) in _NEXOS and self.lectura.plegada(j + 1) in self.lexico.niveles
        ):
            j += 2
        inicio = self._tras_de(j)
        desde = i
        while True:
            inicio, hasta = self._nombre_con_articulo(inicio)
            if hasta <= inicio:
                return
            yield Hallado(desde, hasta, self.lectura.fragmento(inicio, hasta), nivel)
            if (
                not self.lectura.plegada(i).endswith("s")
                or self.lectura.plegada(hasta) not in _NEXOS
            ):
                return
            desde = inicio = hasta + 1

    def _nombre_con_articulo(self, inicio: int) -> tuple[int, int]:
        """En mayúsculas, «DISTRITO DE LA MERCED» o «DE RÍO TAMBO»: el nombre del UBIGEO."""
        if inicio in self.gritadas:
            for desde in (inicio - 1, inicio):
                articulo = desde == inicio or self.lectura.plegada(desde) in _ARTICULOS
                if desde in self.toponimos and articulo:
                    return desde, max(self.toponimos[desde][0], self._nombre(inicio))
        return inicio, self._nombre(inicio)

    def _local(self, i: int) -> Iterator[Hallado]:
        """«sector X», «comunidad campesina de X», «cuenca del río X», «carretera X – Y»."""
        if i not in self.locales:
            return
        j, plural = self.locales[i], self.lectura.plegada(i).endswith("s")
        while True:
            if self.lectura.plegada(j) in self.lexico.calificativos:
                j += 1
            elif (k := self._tras_de(j)) in self.locales:
                j = self.locales[k]
            else:
                break
        inicio, desde = self._tras_de(j), i
        con_numero = self.lectura.plegada(i) in self.lexico.numerados
        while (hasta := self._nombre(inicio, con_numero)) > inicio:
            hasta = self._hasta_el_otro_cabo(hasta)
            if self.lectura.plegada(i) in _CIUDADES:
                yield Hallado(desde, hasta, self.lectura.fragmento(inicio, hasta), "distrito")
            else:
                yield Hallado(desde, hasta)
            if not plural or self.lectura.plegada(hasta) not in _NEXOS:
                return
            desde = inicio = hasta + 1

    def _hasta_el_otro_cabo(self, hasta: int) -> int:
        """Sigue «Ccapacmarqa Alta – puente Sayhua»."""
        if self.lectura.plegada(hasta) not in _RAYAS:
            return hasta
        inicio = self.locales.get(hasta + 1, hasta + 1)
        fin = self._nombre(inicio)
        es_nivel = self.lectura.plegada(inicio) in self.lexico.niveles
        return fin if fin > inicio and not es_nivel and inicio not in self.gritadas else hasta

    def _kilometro(self, i: int) -> Iterator[Hallado]:
        """«km 44+300», con su «tramo» delante si lo hay; «8 km» es una cantidad, no un lugar."""
        hallado = _KILOMETRO.match(self.plano, self.lectura.palabras[i].inicio)
        if hallado and not self.lectura.plegada(i - 1)[:1].isdigit():
            hasta = next(
                (
                    k
                    for k in range(i, len(self.lectura.palabras))
                    if self.lectura.palabras[k].inicio >= hallado.end()
                ),
                len(self.lectura.palabras),
            )
            yield Hallado(i - (self.lectura.plegada(i - 1) == "tramo"), hasta)

    def _cadena(self, i: int) -> Iterator[Hallado]:
        """«Trita, Luya, Amazonas»: de lo chico a lo grande; los demás aclaran al primero."""
        tramos: list[tuple[int, int, str]] = []
        j = i
        while j in self.toponimos and self._es_nombre(j) and len(tramos) < len(gacetero.LARGO):
            hasta, nombre = self.toponimos[j]
            tramos.append((j, hasta, nombre))
            j = hasta + 1 if self.lectura.plegada(hasta) == "," else -1
        while len(tramos) > 1:
            if anidados := gacetero.anidados([nombre for _, _, nombre in tramos]):
                for (desde, hasta, nombre), ubigeo in zip(tramos, anidados, strict=True):
                    yield Hallado(desde, hasta, nombre, ubigeo.nivel)
                return
            tramos.pop()

    def _toponimo(self, i: int) -> Iterator[Hallado]:
        """Un nombre del UBIGEO suelto, con mayúscula y que no sea trozo de otro nombre."""
        if i not in self.toponimos or i in self.gritadas or not self._es_nombre(i):
            return
        hasta, nombre = self.toponimos[i]
        if self._cuelga(i) or self._nombre(i) > hasta or plegar(nombre) in self.lexico.comunes:
            return
        yield Hallado(i, hasta, nombre)

    def _cuelga(self, i: int) -> bool:
        """Dice si el nombre es la cola de otro: «Nuevo Porvenir del Marañón», «P.S. Nauta»."""
        if i == 0:
            return False
        previa = i - 1 - (self.lectura.plegada(i - 1) in _ARTICULOS)
        if self.lectura.plegada(previa) in _DE:
            return self._es_nombre(previa - 1) and previa - 1 not in self.tapadas
        return self._es_nombre(i - 1) or self.lectura.palabras[i - 1].texto.endswith(".")

    def _tras_en(self, i: int) -> Iterator[Hallado]:
        """«en Kamariampi»: un nombre propio desconocido que va tras «en»."""
        if self.lectura.plegada(i - 1) != "en" or i in self.gritadas or not self._es_nombre(i):
            return
        palabra, hasta = self.lectura.palabras[i], self._nombre(i)
        tema = palabra.es_sigla or palabra.plegada in self.lexico.temas
        if not tema and not self.tapadas & set(range(i, hasta)):
            yield Hallado(i, hasta)

    def _tras_de(self, j: int) -> int:
        j += self.lectura.plegada(j) in _DE
        return j + (self.lectura.plegada(j) in _ARTICULOS and not self._es_nombre(j))

    def _es_nombre(self, i: int) -> bool:
        if not 0 <= i < len(self.lectura.palabras):
            return False
        palabra = self.lectura.palabras[i]
        if (
            not (palabra.es_palabra and palabra.con_mayuscula)
            or palabra.plegada in self.lexico.meses
        ):
            return False
        if i not in self.gritadas:
            return len(palabra.texto) > 1
        anuncia = palabra.plegada in self.lexico.niveles or i in self.locales
        return len(palabra.texto) > 1 and not anuncia and palabra.plegada not in _SUELTAS

    def _nombre(self, inicio: int, con_numero: bool = False) -> int:
        """Devuelve dónde termina el nombre propio que empieza en `inicio`; `inicio` si no hay."""
        if con_numero and (fin := self._numero(inicio)) > inicio:
            return fin
        j = inicio
        while j - inicio < _MAXIMO_NOMBRE:
            if self._es_nombre(j):
                j += 1
                continue
            k = self._tras_de(j)
            if j == inicio or k == j or not self._es_nombre(k) or j in self.gritadas:
                break
            j = k + 1
        conocido = (
            self.toponimos.get(inicio, (inicio, ""))[0] if self._es_nombre(inicio) else inicio
        )
        return max(j, conocido)

    def _numero(self, i: int) -> int:
        """«N.° 50123», «56 318», «3»."""
        j = i
        while self.lectura.plegada(j) in {"n", "n.", ".", "°", "º", "nº", "n°"} and j - i < 4:
            j += 1
        fin = j
        while self.lectura.plegada(fin).isdigit():
            fin += 1
        return self._nombre(fin) if fin > j else i
