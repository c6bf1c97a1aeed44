"""Parte un compromiso que junta varias obligaciones: una oración por cada una.

Usa la misma separación que el análisis del acta (`nlp.coordinadas`). A cada parte se le da el
sujeto que comparte con la anterior; el plazo, solo si la oración dice que es de todas.
"""

from __future__ import annotations

import re

from ingesta.documento import Tramo
from lineamientos.redaccion_huecos import HUECO
from lineamientos.redaccion_sujeto import mayuscula
from nlp.conjugacion import es_infinitivo
from nlp.coordinadas import Trozo, separar
from nlp.lectura import leer
from nlp.oraciones import partir
from nlp.plegado import plegar
from nlp.predicados import predicados
from nlp.sujetos import empieza_con_sujeto, primera_promesa

_DE_TODOS = re.compile(
    r",\s*(?:ambos|ambas|todos|todas)\s+(?P<plazo>(?:hasta|antes|en|a|durante|dentro)\b[^,;]*?)\.?$",
    re.IGNORECASE,
)
_ANAFORA = re.compile(
    r"\b(?:dich[oa]s?|est[eao]s?|cuy[oa]s?|el mismo|la misma|l[oa]s mism[oa]s|para lo cual)\b"
    r"|^\w+ra[n]? sus? (?!presupuesto|maquinaria|personal|opinion)"
)


def obligaciones(texto: str) -> tuple[str, ...]:
    """Devuelve el texto de cada obligación; si es una o no se sabe partir, el texto entero."""
    if HUECO.search(texto):
        return (texto,)
    oraciones = list(partir(texto))
    if len(oraciones) > 1:
        dichas = tuple(texto[o.inicio : o.fin] for o in oraciones)
        propias = all(primera_promesa(d) and empieza_con_sujeto(d) for d in dichas)
        return dichas if propias else (texto,)
    comun = _DE_TODOS.search(texto)
    fin = comun.start() if comun else len(texto)
    trozos = _con_verbo(texto, list(separar(texto, Tramo(0, fin))))
    partes = [_escribir(texto, t, comun["plazo"] if comun else "") for t in trozos]
    if len(partes) < 2 or any(p is None for p in partes):
        return (texto,)
    return tuple(p for p in partes if p)


def _con_verbo(texto: str, trozos: list[Trozo]) -> list[Trozo]:
    """Devuelve al trozo anterior los que no tienen verbo propio: son objetos de la misma acción."""
    juntos: list[Trozo] = []
    for trozo in trozos:
        if juntos and not _actua(texto[trozo.tramo.inicio : trozo.tramo.fin]):
            previo = juntos.pop()
            juntos.append(
                Trozo(
                    Tramo(previo.tramo.inicio, trozo.tramo.fin),
                    encabezado=previo.encabezado,
                    plazo=None if trozo.tramo.fin == trozos[-1].tramo.fin else previo.plazo,
                )
            )
        else:
            juntos.append(trozo)
    return juntos


def _actua(texto: str) -> bool:
    palabras = texto.split()
    return bool(primera_promesa(texto)) or any(es_infinitivo(p) for p in palabras[:2])


def _escribir(texto: str, trozo: Trozo, comun: str) -> str | None:
    """Escribe el trozo como oración; None si no se entendería sola."""
    dicho = texto[trozo.tramo.inicio : trozo.tramo.fin].rstrip(" .,;")
    if trozo.tramo.inicio and _ANAFORA.search(plegar(dicho)):
        return None
    if trozo.encabezado:
        encabezado = texto[trozo.encabezado.inicio : trozo.encabezado.fin]
        if not plegar(dicho).startswith("a "):
            verbo = next(iter(predicados(leer(encabezado))), None)
            if verbo is None:
                return None
            encabezado = encabezado[: leer(encabezado).palabras[verbo.desde].inicio]
        dicho = f"{encabezado.strip()} {dicho}"
    plazo = texto[trozo.plazo.inicio : trozo.plazo.fin].strip(" .") if trozo.plazo else comun
    if plazo:
        dicho = f"{dicho}, {plazo}"
    return f"{mayuscula(dicho.strip())}."
