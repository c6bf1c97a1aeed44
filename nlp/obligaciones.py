"""Divide un texto en obligaciones: oraciones, incisos escritos de corrido y coordinadas.

La unidad del acta es la obligación, no la oración (`dominio.md` §8.2). Se divide solo cuando lo
que sigue tiene sujeto y verbo propios; ante la duda, el texto queda entero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingesta.documento import Tramo
from nlp.coordinadas import Trozo, separar, sin_cola
from nlp.objetos import lexico
from nlp.oraciones import partir, recortar
from nlp.plegado import plegar
from nlp.sujetos import CERCA, TIENE_VERBO, empieza_con_sujeto, primera_promesa

_INCISO = re.compile(r"(?<![^\s:;,.(])\(?(?P<numero>[a-z]|\d{1,2}|[ivx]{1,4})\)\s*(?=\S)")
_INCISO_PUNTO = re.compile(r"(?:(?<=[.;:]\s)|^|(?<=\s\s))(?P<numero>\d{1,2})\.[-–]?\s+(?=[a-z«¿])")
_SERIES = (
    "abcdefghijklmnopqrstuvwxyz",
    [str(n) for n in range(1, 41)],
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"],
)


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
        yield _por_lista(texto, grupo) or list(separar(texto, grupo))


def _es_propia(oracion: str) -> bool:
    """Dice si la oración nombra a alguien y dice qué hizo o hará."""
    cerca = " ".join(oracion.split()[:CERCA])
    verbo = TIENE_VERBO.search(cerca.lower()) or primera_promesa(cerca)
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
                if tramo := sin_cola(texto, Tramo(marca.end(), fin)):
                    yield Trozo(tramo, texto[slice(*marca.span("numero"))], intro)
            return


def _por_lista(texto: str, oracion: Tramo) -> list[Trozo]:
    """Lista tras dos puntos: «El pueblo propone: perforar pozos; capacitar a las JASS»."""
    trozo = texto[oracion.inicio : oracion.fin]
    intro, separador, resto = trozo.partition(": ")
    plano = plegar(intro)
    if (
        not separador
        or ";" not in resto
        or not (lexico().pide.search(plano) or primera_promesa(intro))
    ):
        return []
    if any(len(parte.split()) < 2 for parte in resto.split(";")):
        return []
    encabezado = Tramo(oracion.inicio, oracion.inicio + len(intro) + 1)
    lista = [Trozo(encabezado, presenta=True)]
    inicio = encabezado.fin
    for parte in resto.split(";"):
        inicio += 1
        fin = inicio + len(parte)
        if tramo := sin_cola(texto, Tramo(inicio, fin)):
            lista.append(Trozo(tramo, None, encabezado))
        inicio = fin
    return lista
