"""Un actor que el léxico no conoce: se sabe que lo es porque su verbo solo lo puede hacer alguien.

«El asilo entregará las cotizaciones» y «se acuerda que la panadería done el pan» nombran a quien
obra; «el plan definirá las metas» y «la obra se ejecutará», no.
"""

from __future__ import annotations

from nlp.componentes.entidad_lexico import lexico_de_entidades
from nlp.gramatica import grupo
from nlp.lectura import Lectura, Palabra
from nlp.predicados import Acto, predicados
from nlp.verbos import Tiempo, infinitivo_de_sustantivo, infinitivo_probable

_MAXIMAS = 8
"""Palabras que puede tener su nombre."""

_PREVIAS = grupo("articulos") | {"cada", "nuestra", "nuestro", "dicha", "dicho", "dichos", "dichas"}
_CON_ARTICULO = grupo("articulos") | {"del", "al", "cada"}
_PREPOSICIONES = grupo("preposiciones") - {"de", "del"}
_ANTES = frozenset({"que", "y", "e", "mientras"})
_DE_ACCION = ("cion", "sion", "miento", "mientos", "ciones", "siones", "aje", "idad", "encia")
_TIEMPOS = {Tiempo.FUTURO, Tiempo.SUBJUNTIVO}
_CORTAN = frozenset({
    "que",
    "quien",
    "quienes",
    "cual",
    "cuales",
    "donde",
    "a",
    "al",
    "para",
    "por",
    "y",
    "e",
    "o",
})
_TERMINAN = _PREPOSICIONES | _CORTAN


def puede_obrar(palabra: Palabra) -> bool:
    """Dice si un nombre común puede ser el de quien obra: ni una cosa ni una acción."""
    lexico = lexico_de_entidades()
    inerte = palabra.plegada in lexico.inertes or palabra.plegada in lexico.ajenas
    accion = palabra.plegada.endswith(_DE_ACCION) or infinitivo_de_sustantivo(palabra)
    return palabra.es_palabra and not (inerte or accion or infinitivo_probable(palabra))


class QuienObra:
    """Busca en un texto a los actores que solo se conocen por su verbo."""

    def __init__(self, lectura: Lectura) -> None:
        self.lectura = lectura
        self._verbos = {p.desde: p for p in predicados(lectura)}

    def hasta(self, i: int) -> int | None:
        """Devuelve dónde termina el nombre que empieza en la palabra `i`, si es un actor."""
        if not self._abre(i):
            return None
        for j in range(i + 1, min(i + 1 + _MAXIMAS, len(self.lectura.palabras))):
            if self._tras_adverbios(j) in self._verbos:
                return j if self.obra(j) else None
            if self.lectura.plegada(j) in _CORTAN or not self.lectura.palabras[j].es_palabra:
                return None
        return None

    def tras(self, i: int) -> int | None:
        """Devuelve dónde termina el nombre que empieza en `i`, tras «a cargo de la»."""
        if self.lectura.plegada(i - 1) not in _CON_ARTICULO or not puede_obrar(
            self.lectura.palabras[i]
        ):
            return None
        j = i + 1
        while j < min(i + _MAXIMAS, len(self.lectura.palabras)) and j not in self._verbos:
            palabra = self.lectura.palabras[j]
            if not palabra.es_palabra or palabra.plegada in _TERMINAN:
                break
            j += 1
        return j

    def _abre(self, i: int) -> bool:
        """Dice si en `i` empieza, tras su artículo, el nombre común con que abre una oración."""
        palabra = self.lectura.palabras[i]
        if (
            i in self._verbos
            or self.lectura.plegada(i - 1) not in _PREVIAS
            or len(palabra.texto) < 3
        ):
            return False
        antes = self.lectura.plegada(i - 2)
        if antes.isalnum() and antes not in _ANTES:
            return False
        return palabra.plegada not in _CORTAN and puede_obrar(palabra)

    def _tras_adverbios(self, j: int) -> int:
        while self.lectura.plegada(j).endswith("mente") or self.lectura.plegada(j) in {
            "tambien",
            "ya",
        }:
            j += 1
        return j

    def obra(self, j: int) -> bool:
        """Dice si en `j` hay un verbo que promete o informa y que solo puede hacer alguien."""
        predicado = self._verbos.get(self._tras_adverbios(j))
        if predicado is None:
            return False
        if self.lectura.plegada(predicado.accion[0]).endswith("mos"):
            return False
        palabras = range(predicado.desde, predicado.accion[0])
        con_se = "se" in {self.lectura.plegada(k) for k in palabras}
        if (
            con_se
            and predicado.acto is not Acto.ASUME
            and predicado.lema not in grupo("obran_con_se")
        ):
            return False
        if predicado.acto in {Acto.ASUME, Acto.INFORMA}:
            return True
        return (
            not predicado.pasiva
            and predicado.tiempo in _TIEMPOS
            and predicado.lema in grupo("obran")
        )
