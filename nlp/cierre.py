"""Lo que cierra un acta: las constancias que dejan los asistentes y quiénes firman."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingesta.documento import Documento, TipoBloque, Tramo
from nlp.oraciones import partir, recortar
from nlp.plegado import plegar
from nlp.propuesta import Dato, Seccion
from nlp.secciones import Parte

_DEJA_CONSTANCIA = re.compile(
    r"\bdej(?:a|an|o|aron|ando)\b.{0,20}\bconstancia\b|\bhac(?:e|en) constar\b"
)
_RAYA = re.compile(r"\s*[_.…]{5,}\s*")
_MAXIMO_DE_FIRMANTE = 12
"""Palabras de un firmante con su entidad; un texto más largo no es una firma."""


def constancias(documento: Documento, partes: Iterable[Parte]) -> Iterator[Dato]:
    """Recorre las oraciones que dejan constancia y las de la sección de constancias."""
    for parte in partes:
        if parte.es_titulo or parte.bloque.celda:
            continue
        texto = documento.fragmento(parte.tramo)
        for oracion in partir(texto):
            dicha = texto[oracion.inicio : oracion.fin]
            en_su_seccion = (
                parte.seccion is Seccion.CONSTANCIAS and parte.bloque.tipo is not TipoBloque.NOTA
            )
            if en_su_seccion or _DEJA_CONSTANCIA.search(plegar(dicha)):
                yield Dato(" ".join(dicha.split()), oracion.movido(parte.tramo.inicio))


def firmas(documento: Documento) -> Iterator[Dato]:
    """Recorre los nombres que están junto a una raya de firma o en el renglón siguiente."""
    pendiente = False
    for bloque in documento.cuerpo:
        texto = documento.fragmento(bloque.tramo)
        raya = _RAYA.match(texto)
        desde = raya.end() if raya else 0
        if not (raya or pendiente):
            continue
        renglon = texto[desde:].split("\n")[0]
        nombre = next(recortar(texto, Tramo(desde, desde + len(renglon))), None)
        pendiente = nombre is None
        if nombre and _parece_firmante(renglon):
            yield Dato(texto[nombre.inicio : nombre.fin], nombre.movido(bloque.tramo.inicio))


def _parece_firmante(renglon: str) -> bool:
    letras = any(c.isalpha() for c in renglon)
    return letras and not _RAYA.fullmatch(renglon) and len(renglon.split()) <= _MAXIMO_DE_FIRMANTE
