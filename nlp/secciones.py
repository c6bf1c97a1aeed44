"""Recorre el cuerpo del documento y dice en qué sección y bajo qué tema está cada bloque.

Los títulos, rótulos y fórmulas son datos (`nlp/datos/secciones.toml`); aquí están las reglas para
no confundir un ítem corto con un título ni un punto de agenda con una sección.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from ingesta.documento import Bloque, Documento, TipoBloque, Tramo
from nlp.numeracion import Rotulo, leer_numero, leer_rotulo
from nlp.plegado import plegar
from nlp.propuesta import Seccion

CON_ITEMS = frozenset({Seccion.ACUERDOS, Seccion.PEDIDOS, Seccion.TAREAS})
"""Secciones cuyas oraciones se listan siempre, también las de clase «otro»."""

_PRELIMINARES = frozenset({Seccion.ENCABEZADO, Seccion.DATOS, Seccion.PARTICIPANTES})
_DE_PASO = _PRELIMINARES | {Seccion.AGENDA}
_ABIERTAS = CON_ITEMS | {Seccion.DESARROLLO, Seccion.ANTECEDENTES, Seccion.CONSTANCIAS}
_VERBO = re.compile(
    r"\b[a-záéíóúñ]{2,}(?:rá|rán|remos|ó|aron|ieron)\b|\bse (?:dio|hizo|puso|tuvo|dejan?)\b"
)
_TEMA = re.compile(
    r"(?:tema|eje(?: tematico)?|punto(?: de agenda)?|bloque|componente|materia|linea)\b\s*"
    r"(?:n[.°º]*\s*)?(?:\d+|[ivx]+\b)?\s*[:.–-]+\s*(?=\S)"
)
_PREFIJO_DE_TITULO = re.compile(
    r"(?:(?:matriz|cuadro|resumen|relacion|lista|detalle|estacion|registro|de|del|los|las|la|el)\s+)*"
)
_RESPECTO = re.compile(r"(?:sobre|respecto|en cuanto|en relacion|con respecto)\b")
_ACOTACION = re.compile(r"\s*\([^)]*\)\s*$")
_LINEA_DE_FIRMA = re.compile(r"_{4,}|\bfirma(?:do)? digitalmente\b|^\W*(?:firma|dni)\b.{0,40}$")
_FIN_DE_LINEA = r"\s*(?::|\.\s?[-–]|\s[-–])\s*(?=\S)"


@dataclass(frozen=True, slots=True)
class Parte:
    """Un bloque con su lugar en el acta.

    `tramo` es su texto sin rótulo ni prefijo de sección. `es_titulo` marca títulos y rótulos
    solos: ordenan el acta, pero no son ítems.
    """

    bloque: Bloque
    tramo: Tramo
    seccion: Seccion
    tema: str | None = None
    rotulo: Rotulo | None = None
    es_titulo: bool = False


@dataclass(frozen=True, slots=True)
class _Patrones:
    seccion: Seccion
    titulo: re.Pattern[str] | None
    entrada: re.Pattern[str] | None
    linea: re.Pattern[str] | None
    formula: re.Pattern[str] | None


@lru_cache(maxsize=1)
def _patrones() -> tuple[_Patrones, ...]:
    def unir(alternativas: list[str] | None, final: str = "") -> re.Pattern[str] | None:
        return re.compile(f"(?:{'|'.join(alternativas)}){final}") if alternativas else None

    datos = tomllib.loads((files("nlp") / "datos" / "secciones.toml").read_text(encoding="utf-8"))
    return tuple(
        _Patrones(
            Seccion(s["nombre"]),
            unir(s.get("titulos")),
            unir(s.get("entradas")),
            unir(s.get("lineas"), _FIN_DE_LINEA),
            unir(s.get("formulas")),
        )
        for s in datos["seccion"]
    )


def es_entrada(texto: str) -> bool:
    """Dice si el texto solo presenta una lista («Se arribó a los siguientes acuerdos:»)."""
    return _entrada(plegar(texto).strip()) is not None


def _entrada(oracion: str) -> Seccion | None:
    """Devuelve la sección de la lista que presenta una oración plegada terminada en «:»."""
    if not oracion.endswith(":"):
        return None
    return next((p.seccion for p in _patrones() if p.entrada and p.entrada.search(oracion)), None)


def reconocer_titulo(texto: str) -> Seccion | None:
    """Devuelve la sección que abre un título, sin mirar su forma («II.- ACUERDOS ADOPTADOS»)."""
    rotulo = leer_rotulo(texto)
    hallado = _buscar_titulo(plegar(texto[rotulo.fin if rotulo else 0 :]))
    return hallado[0] if hallado else None


def _buscar_titulo(plano: str) -> tuple[Seccion, str] | None:
    """Devuelve la sección y lo que sobra del título; el OCR puede leer «ACUERD0S»."""
    plano = re.sub(r"(?<=[a-z])0|0(?=[a-z])", "o", plano).strip(" .:–-«»\"'")
    desde = _PREFIJO_DE_TITULO.match(plano)
    for inicio in dict.fromkeys((0, desde.end() if desde else 0)):
        for patrones in _patrones():
            if patrones.titulo and (hallado := patrones.titulo.match(plano, inicio)):
                return patrones.seccion, plano[hallado.end() :].strip()
    return None


class _Recorrido:
    """Estado del recorrido: sección y tema vigentes, y qué los hizo empezar."""

    def __init__(self, documento: Documento) -> None:
        self.documento = documento
        self.seccion = Seccion.ENCABEZADO
        self.tema: str | None = None
        self.nivel: int | None = None
        self.titulo_previo: Rotulo | None = None
        self.vuelve_a: Seccion | None = None
        self.estilo_de_lista: str | None = None
        self.pendiente: Rotulo | None = None

    def parte(self, bloque: Bloque) -> Parte:
        """Ubica un bloque que no es celda y actualiza el estado."""
        texto = self.documento.fragmento(bloque.tramo)
        rotulo = leer_numero(bloque.numero, bloque.nivel) if bloque.numero else leer_rotulo(texto)
        desde = rotulo.fin if rotulo else 0
        parte = Parte(
            bloque,
            Tramo(bloque.tramo.inicio + desde, bloque.tramo.fin),
            self.seccion,
            self.tema,
            rotulo,
        )
        cuerpo = texto[desde:]
        return (
            self._rotulo_solo(parte, cuerpo)
            or self._tema(parte, f"{bloque.numero or ''} {texto}".strip())
            or self._titulo(parte, cuerpo)
            or self._entrada(parte, cuerpo)
            or self._contenido(parte, cuerpo)
        )

    def _rotulo_solo(self, parte: Parte, cuerpo: str) -> Parte | None:
        if cuerpo.strip() or not parte.rotulo:
            return None
        self.pendiente = parte.rotulo
        return replace(parte, es_titulo=True)

    def _tema(self, parte: Parte, texto: str) -> Parte | None:
        plano = plegar(texto)
        hallado = _TEMA.match(plano)
        if not hallado or len(plano.split()) > 14 or _VERBO.search(texto.lower()):
            return None
        self.tema = _ACOTACION.sub("", texto[hallado.end() :]).strip(" .:") or texto
        return self._como_tema(parte)

    def _como_tema(self, parte: Parte) -> Parte:
        if self.seccion in _DE_PASO:
            self.seccion = Seccion.DESARROLLO
        return replace(parte, seccion=self.seccion, tema=self.tema, es_titulo=True)

    def _titulo(self, parte: Parte, cuerpo: str) -> Parte | None:
        fuerte = _destaca(parte.bloque, cuerpo)
        palabras = len(cuerpo.split())
        if palabras > 14 or (_VERBO.search(cuerpo.lower()) and not fuerte):
            return None
        hallado = _buscar_titulo(plegar(cuerpo))
        if hallado and self._admite_titulo(parte, cuerpo, hallado[1], fuerte):
            self._abrir(hallado[0], parte)
            return replace(parte, seccion=self.seccion, tema=None, es_titulo=True)
        if fuerte and not cuerpo.rstrip().endswith((".", ";")):
            self._subtitulo(parte, cuerpo)
            return replace(parte, seccion=self.seccion, tema=self.tema, es_titulo=True)
        if palabras <= 8 and _RESPECTO.match(plegar(cuerpo)) and cuerpo[-1:] not in ".;,":
            self.tema = cuerpo.strip(" :")
            return self._como_tema(parte)
        return None

    def _admite_titulo(self, parte: Parte, cuerpo: str, resto: str, fuerte: bool) -> bool:
        """Un ítem corto numerado solo es título si sigue la numeración de los títulos."""
        previo = self.titulo_previo
        if parte.rotulo and (self.seccion is Seccion.AGENDA or not fuerte):
            seguido = previo is None or (
                previo.estilo == parte.rotulo.estilo and _sigue(previo.numero, parte.rotulo.numero)
            )
            if not seguido or (self.seccion is Seccion.AGENDA and previo is None):
                return False
        if fuerte:
            return len(resto.split()) <= 9
        sobra = resto.lstrip(" ,y")
        termina_bien = not cuerpo.rstrip().endswith((".", ";")) or bool(parte.rotulo)
        return len(sobra.split()) <= 4 and ":" not in sobra and termina_bien

    def _abrir(self, seccion: Seccion, parte: Parte) -> None:
        self.seccion, self.tema = seccion, None
        self.nivel = parte.bloque.nivel if parte.bloque.tipo is TipoBloque.TITULO else None
        self.titulo_previo = parte.rotulo or self.titulo_previo
        self.vuelve_a = self.estilo_de_lista = self.pendiente = None

    def _subtitulo(self, parte: Parte, cuerpo: str) -> None:
        """Un título desconocido es un tema, o abre otra sección si su nivel es el de la vigente."""
        nivel = parte.bloque.nivel if parte.bloque.tipo is TipoBloque.TITULO else None
        sube = nivel is not None and self.nivel is not None and nivel <= self.nivel
        if sube and self.seccion is not Seccion.ENCABEZADO or self.seccion is Seccion.AGENDA:
            self.seccion = Seccion.DESARROLLO
        if self.seccion in _ABIERTAS:
            self.tema = _ACOTACION.sub("", cuerpo).strip(" .:")

    def _entrada(self, parte: Parte, cuerpo: str) -> Parte | None:
        plano = plegar(cuerpo).strip()
        ultima = re.split(r"(?<=[.;])\s", plano)[-1]
        seccion = _entrada(ultima)
        if seccion is None or (seccion in _DE_PASO and self.seccion not in _DE_PASO):
            return None
        previa = self.seccion
        if seccion is not previa:
            self.seccion, self.vuelve_a, self.estilo_de_lista = seccion, previa, None
        return replace(parte, seccion=seccion if ultima == plano else previa, tema=self.tema)

    def _contenido(self, parte: Parte, cuerpo: str) -> Parte:
        self._salir_de_entrada(parte)
        if self.pendiente:
            parte = replace(parte, rotulo=self.pendiente)
            self.pendiente = None
        propia = self._por_linea(parte, cuerpo) or self._por_formula(parte, plegar(cuerpo))
        if propia:
            return propia
        if parte.rotulo and parte.rotulo.acto in ("acuerdo", "pedido", "tarea"):
            anunciada = Seccion(f"{parte.rotulo.acto}s")
            return replace(parte, seccion=anunciada, tema=self.tema)
        es_prosa = not parte.rotulo and len(cuerpo.split()) > 9 and _VERBO.search(cuerpo.lower())
        if self.seccion in _DE_PASO and es_prosa:
            self.seccion = Seccion.DESARROLLO
        return replace(parte, seccion=self.seccion, tema=self.tema)

    def _salir_de_entrada(self, parte: Parte) -> None:
        """La sección de una entrada («Se acordó:») dura lo que dura su lista, si es una lista."""
        if self.vuelve_a is None:
            return
        estilo = parte.rotulo.estilo if parte.rotulo else None
        if self.estilo_de_lista is None:
            if estilo is None:
                self.vuelve_a = None
            self.estilo_de_lista = estilo
        elif estilo is None:
            self.seccion, self.vuelve_a = self.vuelve_a, None

    def _por_linea(self, parte: Parte, cuerpo: str) -> Parte | None:
        """Rótulo de sección al comienzo del párrafo: «PEDIDOS.- Concedido el uso de la palabra…»."""
        plano = plegar(cuerpo[:140])
        for patrones in _patrones():
            hallado = patrones.linea.match(plano) if patrones.linea else None
            if not hallado:
                continue
            seccion = patrones.seccion
            if seccion in _PRELIMINARES and self.seccion not in _DE_PASO:
                continue
            rotulo = cuerpo[: hallado.end()].strip(" .:–-")
            if seccion in _ABIERTAS | {Seccion.CIERRE} and rotulo.isupper() or (
                seccion in CON_ITEMS and rotulo.endswith("s")
            ):
                self._abrir(seccion, parte)
            if seccion is Seccion.PROXIMA_REUNION or plano.startswith("respuesta"):
                return replace(parte, seccion=seccion, tema=self.tema)
            sin_rotulo = Tramo(parte.tramo.inicio + hallado.end(), parte.tramo.fin)
            return replace(parte, seccion=seccion, tema=self.tema, tramo=sin_rotulo)
        return None

    def _por_formula(self, parte: Parte, plano: str) -> Parte | None:
        """Apertura, cierre o firma; un cierre a mitad de párrafo vale desde el bloque siguiente."""
        if _LINEA_DE_FIRMA.search(plano):
            if self.seccion is Seccion.CIERRE:
                self.seccion = Seccion.FIRMAS
            return replace(parte, seccion=Seccion.FIRMAS)
        for i, oracion in enumerate(re.split(r"(?<=[.;])\s+", plano)):
            for patrones in _patrones():
                if not patrones.formula or not patrones.formula.search(oracion):
                    continue
                if patrones.seccion is Seccion.ENCABEZADO and (i or self.seccion not in _DE_PASO):
                    continue
                previa, self.seccion = self.seccion, patrones.seccion
                return replace(parte, seccion=previa if i else self.seccion, tema=self.tema)
        return None


def _destaca(bloque: Bloque, cuerpo: str) -> bool:
    """Dice si el bloque se ve como título: lo es en el original o va en mayúsculas."""
    letras = [c for c in cuerpo if c.isalpha()]
    mayusculas = len(letras) > 3 and sum(c.isupper() for c in letras) > 0.8 * len(letras)
    return bloque.tipo is TipoBloque.TITULO or mayusculas


def _sigue(previo: str | None, numero: str | None) -> bool:
    """Dice si un título numerado viene después de otro («3» → «4»; «II» → «III»)."""
    if previo and numero and previo.isdigit() and numero.isdigit():
        return int(numero) == int(previo) + 1
    return previo != numero


def seccionar(documento: Documento) -> Iterator[Parte]:
    """Da los bloques del cuerpo, en orden, con su sección; las celdas llevan la sección vigente."""
    recorrido = _Recorrido(documento)
    for bloque in documento.cuerpo:
        if bloque.celda:
            yield Parte(bloque, bloque.tramo, recorrido.seccion, recorrido.tema)
        else:
            yield recorrido.parte(bloque)
