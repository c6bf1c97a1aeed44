"""Datos del acta escritos con su rótulo: «Fecha: … Lugar: …», también en filas de cuadros."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingesta.documento import Documento, Tramo
from nlp.patrones import compilar
from nlp.plegado import plegar
from nlp.secciones import Parte

_ROTULOS = (
    ("fecha", r"(?:lugar y )?fecha(?: y hora)?(?: de (?:la )?(?:reunion|sesion|acta))?"),
    ("inicio", r"hora (?:de )?(?:inicio|apertura)|inicio"),
    ("fin", r"hora (?:de )?(?:termino|fin|cierre|culminacion|conclusion)|termino|fin|cierre"),
    ("hora", r"hora|horario"),
    ("lugar", r"lugar(?: de (?:la )?(?:reunion|sesion))?|local|sede"),
    ("espacio", r"espacio(?: de dialogo)?"),
    (
        "otro",
        r"modalidad|conduce|redacta|moderadora?|participantes|asistentes|agenda|asunto|temas?"
        r"|convoca|interpretes?|secretari[oa](?: tecnic[oa])?|caso|duracion|objetivo",
    ),
)
_ROTULO = compilar(
    r"(?:(?<=^)|(?<=[.;|\n] )|(?<=[.;|\n])|(?<= ))(?:"
    + "|".join(rf"(?P<{nombre}>{patron})" for nombre, patron in _ROTULOS)
    + r") ?:(?: |$)"
)
_CELDA_ROTULO = compilar(
    r"\W*(?:" + "|".join(rf"(?P<{nombre}>{patron})" for nombre, patron in _ROTULOS) + r")\W*$"
)


def rotulados(documento: Documento, partes: Iterable[Parte]) -> Iterator[tuple[str, Tramo]]:
    """Recorre (qué dato es, tramo de su valor), en orden de lectura.

    Los datos son «fecha», «inicio», «fin», «hora», «lugar», «espacio» y «otro», que solo sirve para
    saber dónde acaba el anterior.
    """
    anterior: tuple[str, int, int] | None = None
    for parte in partes:
        bloque = parte.bloque
        texto = documento.fragmento(bloque.tramo)
        plegado = plegar(texto)
        lugar = (bloque.celda.tabla, bloque.celda.fila) if bloque.celda else None
        if anterior and lugar == anterior[1:]:
            yield anterior[0], bloque.tramo
        solo = _CELDA_ROTULO.match(plegado) if lugar else None
        anterior = (solo.lastgroup or "", *lugar) if solo and lugar else None
        hallados = list(_ROTULO.finditer(plegado))
        for indice, hallado in enumerate(hallados):
            fin = hallados[indice + 1].start() if indice + 1 < len(hallados) else len(texto)
            yield hallado.lastgroup or "", Tramo(hallado.end(), fin).movido(bloque.tramo.inicio)
