"""Recorre el cuerpo del documento y dice en qué sección y bajo qué tema está cada bloque.

Cómo se anuncia una sección lo sabe `nlp.titulos`; aquí están las reglas para no confundir un ítem
corto con un título ni un punto de agenda con una sección.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingesta.documento import Bloque, Documento, TipoBloque, Tramo
from nlp.numeracion import Rotulo, leer_numero, leer_rotulo
from nlp.plegado import plegar
from nlp.propuesta import Seccion
from nlp.sujetos import es_gritado, primera_promesa
from nlp.titulos import (
    buscar_titulo,
    destaca,
    patrones,
    seccion_de_entrada,
    tiene_verbo,
)

CON_ITEMS = frozenset({Seccion.ACUERDOS, Seccion.PEDIDOS, Seccion.TAREAS})
"""Secciones cuyas oraciones se listan siempre, también las de clase «otro»."""

_PRELIMINARES = frozenset({Seccion.ENCABEZADO, Seccion.DATOS, Seccion.PARTICIPANTES})
_DE_PASO = _PRELIMINARES | {Seccion.AGENDA}
_SIN_ACUERDOS = frozenset({Seccion.DESARROLLO, Seccion.ANTECEDENTES, Seccion.ENCABEZADO})
_ABIERTAS = CON_ITEMS | {Seccion.DESARROLLO, Seccion.ANTECEDENTES, Seccion.CONSTANCIAS}
_TEMA = re.compile(
    r"(?:tema|eje(?: tematico)?|punto(?: de agenda)?|bloque|componente|materia|linea)\b\s*"
    r"(?:n[.°º]*\s*)?(?:\d+|[ivx]+\b)?\s*[:.–-]+\s*(?=\S)"
)
_RESPECTO = re.compile(r"(?:sobre|respecto|en cuanto|en relacion|con respecto)\b")
_ACOTACION = re.compile(r"\s*\([^)]*\)\s*$")
_LINEA_DE_FIRMA = re.compile(r"_{4,}|\bfirma(?:do)? digitalmente\b|^\W*(?:firma|dni)\b.{0,40}$")
_MAXIMO_DE_ENTRADA = 20
_MAXIMO_DE_TEMA = 5


@dataclass(frozen=True, slots=True)
class Parte:
    """Un bloque con su lugar en el acta.

    `tramo` es su texto sin rótulo ni prefijo de sección. `es_titulo` marca títulos, rótulos
    solos y entradas de lista: ordenan el acta, pero no son ítems.
    """

    bloque: Bloque
    tramo: Tramo
    seccion: Seccion
    tema: str | None = None
    rotulo: Rotulo | None = None
    es_titulo: bool = False


def reconocer_titulo(texto: str) -> Seccion | None:
    """Devuelve la sección que abre un título, sin mirar su forma («II.- ACUERDOS ADOPTADOS»).

    El título del documento («ACTA DE REUNIÓN N.° 5») no dice en qué parte se está: da None.
    """
    rotulo = leer_rotulo(texto)
    hallado = buscar_titulo(plegar(texto[rotulo.fin if rotulo else 0 :]))
    return hallado[0] if hallado and hallado[0] is not Seccion.ENCABEZADO else None


class _Recorrido:
    """Estado del recorrido: sección y tema vigentes, y qué los hizo empezar."""

    def __init__(self, documento: Documento) -> None:
        self.documento = documento
        self.gritado = es_gritado(documento.texto)
        self.numero_de_tema: Rotulo | None = None
        self.seccion = Seccion.ENCABEZADO
        self.tema: str | None = None
        self.nivel: int | None = None
        self.titulo_previo: Rotulo | None = None
        self.vuelve_a: Seccion | None = None
        self.estilo_de_lista: str | None = None
        self.estilos: set[str] = set()
        self.pendiente: Rotulo | None = None

    def parte(self, bloque: Bloque) -> Parte:
        """Ubica un bloque que no es celda y actualiza el estado."""
        texto = self.documento.fragmento(bloque.tramo)
        rotulo = leer_numero(bloque.numero, bloque.nivel) if bloque.numero else leer_rotulo(texto)
        desde = rotulo.fin if rotulo else 0
        tramo = Tramo(bloque.tramo.inicio + desde, bloque.tramo.fin)
        parte = Parte(bloque, tramo, self.seccion, self.tema, rotulo)
        cuerpo = texto[desde:]
        return (
            self._rotulo_solo(parte, cuerpo)
            or self._tema(parte, f"{bloque.numero or ''} {texto}".strip())
            or self._titulo(parte, cuerpo)
            or self._tema_numerado(parte, cuerpo)
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
        if not hallado or len(plano.split()) > 14 or tiene_verbo(texto):
            return None
        self.tema = _ACOTACION.sub("", texto[hallado.end() :]).strip(" .:") or texto
        return self._como_tema(parte)

    def _tema_numerado(self, parte: Parte, cuerpo: str) -> Parte | None:
        """«1. Salud» antes de toda lista, o «2. Educación» después: los temas van numerados."""
        rotulo, previo = parte.rotulo, self.numero_de_tema
        if rotulo is None or rotulo.acto or not rotulo.estilo.startswith(("decimal0", "romano")):
            return None
        palabras = cuerpo.split()
        if len(palabras) > _MAXIMO_DE_TEMA or cuerpo.rstrip()[-1:] in ".;:," or tiene_verbo(cuerpo):
            return None
        if previo is None:
            sigue = rotulo.numero in ("1", "I") and self.seccion in _SIN_ACUERDOS | {Seccion.DATOS}
        else:
            sigue = rotulo.sigue_a(previo)
        if not sigue or self.estilos & {rotulo.estilo}:
            return None
        self.numero_de_tema = rotulo
        self._abrir(Seccion.DESARROLLO, parte)
        self.tema = cuerpo.strip(" .:")
        return self._como_tema(parte)

    def _como_tema(self, parte: Parte) -> Parte:
        if self.seccion in _DE_PASO:
            self.seccion = Seccion.DESARROLLO
        return replace(parte, seccion=self.seccion, tema=self.tema, es_titulo=True)

    def _titulo(self, parte: Parte, cuerpo: str) -> Parte | None:
        fuerte = destaca(parte.bloque, cuerpo, self.gritado)
        if parte.rotulo and parte.rotulo.numero is None and not fuerte:
            return None
        palabras = len(cuerpo.split())
        if palabras > 14 or (tiene_verbo(cuerpo) and not fuerte):
            return None
        hallado = buscar_titulo(plegar(cuerpo))
        if hallado and self._admite_titulo(parte, cuerpo, hallado[1], fuerte):
            self._abrir(hallado[0], parte)
            return replace(parte, seccion=self.seccion, tema=self.tema, es_titulo=True)
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
            seguido = previo is None or parte.rotulo.sigue_a(previo)
            if not seguido or (self.seccion is Seccion.AGENDA and previo is None):
                return False
        if fuerte:
            return len(resto.split()) <= 9
        sobra = resto.lstrip(" ,y")
        termina_bien = not cuerpo.rstrip().endswith((".", ";")) or bool(parte.rotulo)
        return len(sobra.split()) <= 4 and ":" not in sobra and termina_bien

    def _abrir(self, seccion: Seccion, parte: Parte) -> None:
        self.seccion = seccion
        if not (self.numero_de_tema and seccion in CON_ITEMS):
            self.tema = None
        self.nivel = parte.bloque.nivel if parte.bloque.tipo is TipoBloque.TITULO else None
        self.titulo_previo = parte.rotulo or self.titulo_previo
        self.vuelve_a = self.estilo_de_lista = self.pendiente = None
        self.estilos.clear()

    def _subtitulo(self, parte: Parte, cuerpo: str) -> None:
        """Un título desconocido es un tema, o abre otra sección si su nivel es el de la vigente."""
        nivel = parte.bloque.nivel if parte.bloque.tipo is TipoBloque.TITULO else None
        sube = nivel is not None and self.nivel is not None and nivel <= self.nivel
        if (sube and self.seccion is not Seccion.ENCABEZADO) or self.seccion is Seccion.AGENDA:
            self.seccion = Seccion.DESARROLLO
        if self.seccion in _ABIERTAS:
            self.tema = _ACOTACION.sub("", cuerpo).strip(" .:")

    def _entrada(self, parte: Parte, cuerpo: str) -> Parte | None:
        plano = plegar(cuerpo).strip()
        ultima = re.split(r"(?<=[.;])\s", plano)[-1]
        seccion = seccion_de_entrada(ultima)
        if seccion is None or (seccion in _DE_PASO and self.seccion not in _DE_PASO):
            return None
        previa = self.seccion
        if seccion is not previa:
            self.seccion, self.vuelve_a, self.estilo_de_lista = seccion, previa, None
        sola = ultima == plano and len(plano.split()) <= _MAXIMO_DE_ENTRADA
        return replace(parte, seccion=seccion if sola else previa, tema=self.tema, es_titulo=sola)

    def _contenido(self, parte: Parte, cuerpo: str) -> Parte:
        self._salir_de_entrada(parte)
        if parte.rotulo and self.vuelve_a is None:
            self.estilos.add(parte.rotulo.estilo)
        if parte.bloque.tipo is TipoBloque.NOTA:
            return replace(parte, seccion=Seccion.CONSTANCIAS, tema=self.tema)
        if self.pendiente:
            parte = replace(parte, rotulo=self.pendiente)
            self.pendiente = None
        propia = self._por_linea(parte, cuerpo) or self._por_formula(parte, plegar(cuerpo))
        if propia:
            return propia
        if parte.rotulo and parte.rotulo.acto in ("acuerdo", "pedido", "tarea"):
            anunciada = Seccion(f"{parte.rotulo.acto}s")
            return replace(parte, seccion=anunciada, tema=self.tema)
        if self._empieza_lo_resuelto(parte, cuerpo):
            self.seccion = Seccion.ACUERDOS
            return replace(parte, seccion=self.seccion, tema=self.tema)
        es_prosa = not parte.rotulo and len(cuerpo.split()) > 9 and tiene_verbo(cuerpo)
        promete = self.seccion is Seccion.ENCABEZADO and primera_promesa(cuerpo) is not None
        if self.seccion in _DE_PASO and (es_prosa or promete):
            self.seccion = Seccion.DESARROLLO
        return replace(parte, seccion=self.seccion, tema=self.tema)

    def _empieza_lo_resuelto(self, parte: Parte, cuerpo: str) -> bool:
        """«PRIMERO: La empresa abastecerá…» es un acuerdo aunque no se leyera quién lo anuncia."""
        ordinal = parte.rotulo is not None and parte.rotulo.estilo == "ordinal"
        return ordinal and self.seccion in _SIN_ACUERDOS and primera_promesa(cuerpo) is not None

    def _salir_de_entrada(self, parte: Parte) -> None:
        """La sección de una entrada («Se acordó:») dura lo que dura su lista, si es una lista.

        La lista acaba en un párrafo sin rótulo o en un rótulo de la lista que la contiene.
        """
        if self.vuelve_a is None:
            return
        estilo = parte.rotulo.estilo if parte.rotulo else None
        if self.estilo_de_lista is None:
            if estilo is None:
                self.vuelve_a = None
            self.estilo_de_lista = estilo
        elif estilo is None or (estilo in self.estilos and estilo != self.estilo_de_lista):
            self.seccion, self.vuelve_a = self.vuelve_a, None

    def _por_linea(self, parte: Parte, cuerpo: str) -> Parte | None:
        """Rótulo de sección al comienzo del párrafo: «PEDIDOS.- Concedido el uso de la voz…»."""
        plano = plegar(cuerpo[:140])
        for p in patrones():
            hallado = p.linea.match(plano) if p.linea else None
            if not hallado:
                continue
            seccion = p.seccion
            if seccion in _PRELIMINARES and self.seccion not in _DE_PASO:
                continue
            rotulo = cuerpo[: hallado.end()].strip(" .:–-")
            destaca = rotulo.isupper() and (not self.gritado or ".-" in cuerpo[: hallado.end()])
            if (seccion in _ABIERTAS | {Seccion.CIERRE} and destaca) or (
                seccion in CON_ITEMS and plegar(rotulo).endswith("s")
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
            for p in patrones():
                if not p.formula or not p.formula.search(oracion):
                    continue
                if p.seccion is Seccion.ENCABEZADO and (i or self.seccion not in _DE_PASO):
                    continue
                previa, self.seccion = self.seccion, p.seccion
                return replace(parte, seccion=previa if i else self.seccion, tema=self.tema)
        return None


def tablas_de_varias_columnas(documento: Documento) -> frozenset[int]:
    """Devuelve las tablas que de verdad lo son; las de una columna se leen como párrafos."""
    columnas: dict[int, set[int]] = defaultdict(set)
    for bloque in documento.cuerpo:
        if bloque.celda:
            columnas[bloque.celda.tabla].add(bloque.celda.columna)
    return frozenset(tabla for tabla, vistas in columnas.items() if len(vistas) > 1)


def seccionar(documento: Documento) -> Iterator[Parte]:
    """Da los bloques del cuerpo, en orden, con su sección; las celdas llevan la sección vigente."""
    recorrido = _Recorrido(documento)
    tablas = tablas_de_varias_columnas(documento)
    for bloque in documento.cuerpo:
        if bloque.celda and bloque.celda.tabla in tablas:
            yield Parte(bloque, bloque.tramo, recorrido.seccion, recorrido.tema)
        else:
            yield recorrido.parte(bloque)
