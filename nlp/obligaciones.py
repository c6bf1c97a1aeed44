"""Divide un texto en obligaciones: oraciones, incisos escritos de corrido y coordinadas.

La unidad del acta es la obligación, no la oración (`dominio.md` §8.2). Se divide solo cuando lo
que sigue tiene sujeto y verbo propios; ante la duda, el texto queda entero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingesta.documento import Tramo
from nlp.oraciones import datos, partir, recortar
from nlp.plegado import plegar

_ARTICULO = r"(?:(?:el|la|los|las|ambas|ambos|cada|un|una)\s+)?"
_SIGLA = re.compile(r"(?:(?:[Ee]l|[Ll]a|[Ll]os|[Ll]as)\s+)?[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ-]+\b")
_NOMBRE_PROPIO = re.compile(r"(?:[A-ZÁÉÍÓÚÑ][\w.]*\s+){1,5}(?=[a-záéíóú]+(?:rá|rán)\b|se\s)")
_FUTURO = re.compile(r"\b[a-záéíóúñ]{2,}r(?:á|án)\b")
_ASUME = re.compile(
    r"\b(?:se (?:compromet|oblig)\w+|asum(?:e|en|io|ieron)|acept(?:a|an|o|aron)|garantizan?|"
    r"otorgan?|suspenden?|ofrec(?:e|en|io|ieron)|levantan?)\b"
)
_CONJUGADO = re.compile(
    r"\b[a-záéíóúñ]{2,}(?:rá|rán|ó|aron|ieron)\b|\b(?:se (?:compromet|oblig)\w+|solicitan?|piden?|"
    r"exigen?|demandan?|asumen?|indican?|señalan?|manifiestan?|respond\w+|dij\w+|hizo|hará)\b"
)
_EN_INFINITIVO = re.compile(r"[a-z]{2,}[aei]r(?:se|l[oae]s?)?\b")
_PIDE = re.compile(
    r"\b(?:solicit|pid|pedi|exig|demand|reclam|plante|propon|propus|requ|suger|sugi|recom)\w*\b"
)
_SUBORDINA = re.compile(
    r"\b(?:para que|a fin de que|siempre que|una vez que|si|cuando|hasta que|en caso|donde|"
    r"mientras)\b[^,;]*$"
)
_RELATIVO = re.compile(r"\b(?:que|quien(?:es)?|cual(?:es)?|donde)\b")
_CERCA = 16
"""Palabras en que debe aparecer el verbo de un sujeto."""

_ORACION_MAXIMA = 3000
"""Una oración más larga no lo es: se perdió la puntuación y no se divide."""

_NEXO = re.compile(
    r"(?P<fuerte>;\s*)(?:y |e |asimismo,? |ademas,? |por su parte,? |mientras(?: que)? |a su vez,? "
    r"|en tanto(?: que)? )?|,\s*para lo cual,?\s+|(?:,\s*)?\b(?:y|mientras que)\s+(?:que\s+)?"
)
_ADVERBIO = re.compile(
    r"(?:para (?:tal|ello|dicho|este|lo cual)(?: efecto| fin)?|asimismo|ademas|por su parte|"
    r"a su vez|de igual (?:forma|manera|modo)|igualmente|tambien|finalmente|en tal sentido),?\s+"
)
_INCISO = re.compile(r"(?<![^\s:;,.(])\(?(?P<numero>[a-z]|\d{1,2}|[ivx]{1,4})\)\s*(?=\S)")
_INCISO_PUNTO = re.compile(r"(?:(?<=[.;:]\s)|^|(?<=\s\s))(?P<numero>\d{1,2})\.[-–]?\s+(?=[a-z«¿])")
_SERIES = (
    "abcdefghijklmnopqrstuvwxyz",
    [str(n) for n in range(1, 41)],
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"],
)
_COLA = re.compile(r"(?:[\s;,]|(?:[;,]\s*|\s+)(?:y|e|o)\s*)+$")


@dataclass(frozen=True, slots=True)
class Trozo:
    """Una obligación dentro de un texto.

    `encabezado` es lo que la presenta («La empresa se compromete a:»); `presenta` marca el trozo
    que es solo eso.
    """

    tramo: Tramo
    numero: str | None = None
    encabezado: Tramo | None = None
    presenta: bool = False


@lru_cache(maxsize=1)
def _lexico() -> tuple[re.Pattern[str], re.Pattern[str]]:
    cabezas = "|".join(datos()["cabezas_de_sujeto"])
    anaforas = "|".join(datos()["anaforicos"])
    return re.compile(rf"{_ARTICULO}(?:{cabezas})\b"), re.compile(rf"(?:{anaforas})\b")


def empieza_con_sujeto(texto: str) -> bool:
    """Dice si el texto empieza nombrando a una entidad o a una persona con cargo."""
    sujeto, anafora = _lexico()
    nexo = _ADVERBIO.match(plegar(texto[:60]))
    texto = texto[nexo.end() :] if nexo else texto
    plano = plegar(texto[:80])
    if anafora.match(plano):
        return False
    return bool(sujeto.match(plano) or _SIGLA.match(texto) or _NOMBRE_PROPIO.match(texto))


def dividir(texto: str, junta: bool) -> Iterator[list[Trozo]]:
    """Da las obligaciones de un texto, agrupadas por la oración de que salen.

    Con `junta` (ítems de acuerdos y celdas) una oración que no nombra a nadie ni trae su propia
    obligación se queda con la anterior; sin `junta`, cada oración va sola.
    """
    if incisos := list(_por_incisos(texto)):
        yield incisos
        return
    oraciones = list(partir(texto))
    grupos: list[Tramo] = []
    for oracion in oraciones:
        leida = texto[oracion.inicio : oracion.fin]
        if grupos and junta and not (leida.endswith(":") or _es_propia(leida)):
            grupos[-1] = Tramo(grupos[-1].inicio, oracion.fin)
        else:
            grupos.append(oracion)
    for grupo in grupos:
        yield _por_lista(texto, grupo) or list(_por_coordinacion(texto, grupo))


def _es_propia(oracion: str) -> bool:
    """Dice si la oración nombra a alguien y dice qué hizo o hará."""
    cerca = " ".join(oracion.split()[:_CERCA])
    verbo = _CONJUGADO.search(cerca.lower()) or _ASUME.search(plegar(cerca))
    return verbo is not None and empieza_con_sujeto(oracion)


def _por_incisos(texto: str) -> Iterator[Trozo]:
    """Incisos de corrido: «La comunidad exige: (1) …; (2) …; y (3) …»."""
    plano = plegar(texto)
    for patron in (_INCISO, _INCISO_PUNTO):
        hallados = list(patron.finditer(plano))
        for serie in _SERIES:
            marcas = [m for m in hallados if m["numero"] in serie]
            if len(marcas) < 2 or [m["numero"] for m in marcas] != list(serie[: len(marcas)]):
                continue
            finales = [m.start() for m in marcas[1:]] + [len(texto)]
            if any(
                len(texto[m.end() : f].split()) < 2 for m, f in zip(marcas, finales, strict=True)
            ):
                continue
            intro = next(recortar(texto, Tramo(0, marcas[0].start())), None)
            if intro:
                *previas, ultima = partir(texto[: intro.fin])
                yield from (Trozo(t) for t in previas)
                intro = ultima
                yield Trozo(intro, presenta=True)
            for marca, fin in zip(marcas, finales, strict=True):
                if tramo := _sin_cola(texto, Tramo(marca.end(), fin)):
                    yield Trozo(tramo, texto[slice(*marca.span("numero"))], intro)
            return


def _por_lista(texto: str, oracion: Tramo) -> list[Trozo]:
    """Lista tras dos puntos: «El pueblo propone: perforar pozos; capacitar a las JASS»."""
    trozo = texto[oracion.inicio : oracion.fin]
    intro, separador, resto = trozo.partition(": ")
    plano = plegar(intro)
    if not separador or ";" not in resto or not (_PIDE.search(plano) or _ASUME.search(plano)):
        return []
    if any(len(parte.split()) < 2 for parte in resto.split(";")):
        return []
    encabezado = Tramo(oracion.inicio, oracion.inicio + len(intro) + 1)
    lista = [Trozo(encabezado, presenta=True)]
    inicio = encabezado.fin
    for parte in resto.split(";"):
        inicio += 1
        fin = inicio + len(parte)
        if tramo := _sin_cola(texto, Tramo(inicio, fin)):
            lista.append(Trozo(tramo, None, encabezado))
        inicio = fin
    return lista


def _por_coordinacion(texto: str, oracion: Tramo) -> Iterator[Trozo]:
    """Parte «…; la Municipalidad donará…», «y la empresa pondrá…» y «solicitó que… y que…»."""
    trozo = texto[oracion.inicio : oracion.fin]
    plano = plegar(trozo) if len(trozo) <= _ORACION_MAXIMA else ""
    inicio = 0
    encabezado: Tramo | None = None
    for nexo in _NEXO.finditer(plano):
        izquierda, derecha = trozo[inicio : nexo.start()], trozo[nexo.end() :]
        pedido = _que_se_repite(plano[inicio : nexo.start()], nexo[0], derecha)
        if pedido is None and not _separa(izquierda, derecha, bool(nexo["fuerte"])):
            continue
        if tramo := _sin_cola(texto, Tramo(oracion.inicio + inicio, oracion.inicio + nexo.start())):
            yield Trozo(tramo, None, encabezado)
        if pedido is not None:
            encabezado = encabezado or Tramo(
                oracion.inicio + inicio, oracion.inicio + inicio + pedido
            )
            inicio = nexo.end() - len("que ")
        else:
            encabezado, inicio = None, nexo.end()
    if tramo := _sin_cola(texto, Tramo(oracion.inicio + inicio, oracion.fin)):
        yield Trozo(tramo, None, encabezado)


def _que_se_repite(izquierda: str, nexo: str, derecha: str) -> int | None:
    """En «solicitó que… y que el IMARPE…» devuelve dónde termina «solicitó»; si no, None."""
    if not nexo.rstrip().endswith("que") or nexo.lstrip(" ,").startswith("mientras"):
        return None
    if not empieza_con_sujeto(derecha):
        return None
    verbo = _PIDE.search(izquierda)
    previo = re.match(r"(?: \w+){0,4}? que\b", izquierda[verbo.end() :]) if verbo else None
    return verbo.end() if verbo and previo else None


def _separa(izquierda: str, derecha: str, fuerte: bool) -> bool:
    dice_algo = _CONJUGADO.search(izquierda.lower()) or _EN_INFINITIVO.match(plegar(izquierda))
    if not dice_algo or not empieza_con_sujeto(derecha):
        return False
    cerca = " ".join(derecha.split()[:_CERCA])
    verbo = _FUTURO.search(cerca.lower()) or _ASUME.search(plegar(cerca))
    if fuerte and verbo is None:
        verbo = _CONJUGADO.search(cerca.lower())
    if verbo is None or _RELATIVO.search(plegar(cerca[: verbo.start()])):
        return False
    return fuerte or not _SUBORDINA.search(plegar(izquierda))


def _sin_cola(texto: str, tramo: Tramo) -> Tramo | None:
    """Recorta espacios y el nexo final («…; y»), sin quitar el punto."""
    trozo = _COLA.sub("", texto[tramo.inicio : tramo.fin])
    return next(recortar(texto, Tramo(tramo.inicio, tramo.inicio + len(trozo))), None)
