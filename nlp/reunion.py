"""Reúne lo que el documento separa: ítems cortados por la página y datos rotulados debajo."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ingesta.documento import Documento, TipoBloque, Tramo
from nlp.oraciones import recortar
from nlp.plegado import plegar
from nlp.propuesta import Seccion
from nlp.secciones import CON_ITEMS, Parte
from nlp.tablas import papel_de_columna

SIN_ORACIONES = frozenset({Seccion.DATOS, Seccion.PARTICIPANTES, Seccion.AGENDA, Seccion.FIRMAS})
"""Secciones de listas de nombres y rótulos, de las que no salen segmentos."""

_FINALES = (".", ";", ":", "!", "?", "»", "”", '"')
_DATO = re.compile(
    r"(?:(?<=^)|(?<=[\s.;,]))(?P<rotulo>(?:entidad )?respons\w{3,5}|p[li1]azos?|"
    r"fechas?(?: limite)?|colabora\w+|lugar)\s*:\s*"
)


@dataclass(frozen=True, slots=True)
class Pieza:
    """Una parte y los datos rotulados que la siguen («Responsable: UGEL. Plazo: 2027»)."""

    parte: Parte
    celdas: Mapping[str, Tramo] = field(default_factory=dict)


def reunir(documento: Documento, partes: Iterable[Parte]) -> list[Pieza]:
    """Une cada ítem cortado con el bloque que lo termina y con sus datos rotulados."""
    piezas: list[Pieza] = []
    for parte in partes:
        previa = piezas[-1] if piezas else None
        if previa and not (previa.parte.es_titulo or previa.parte.bloque.celda):
            if datos := _datos(documento, parte):
                piezas[-1] = Pieza(previa.parte, {**previa.celdas, **datos})
                continue
            if _continua(documento, previa.parte, parte):
                entero = Tramo(previa.parte.tramo.inicio, parte.tramo.fin)
                piezas[-1] = replace(previa, parte=replace(previa.parte, tramo=entero))
                continue
        piezas.append(Pieza(parte))
    return piezas


def _datos(documento: Documento, parte: Parte) -> dict[str, Tramo]:
    """Lee «Responsable: … Plazo: …» si el bloque no dice otra cosa."""
    if parte.seccion not in CON_ITEMS or parte.rotulo or parte.es_titulo or parte.bloque.celda:
        return {}
    plano = plegar(documento.fragmento(parte.tramo))
    marcas = list(_DATO.finditer(plano))
    if not marcas or plano[: marcas[0].start()].strip():
        return {}
    finales = [m.start() for m in marcas[1:]] + [len(plano)]
    datos: dict[str, Tramo] = {}
    for marca, fin in zip(marcas, finales, strict=True):
        papel = papel_de_columna(marca["rotulo"])
        valor = next(recortar(plano, Tramo(marca.end(), fin)), None)
        if papel and valor:
            datos[papel] = valor.movido(parte.tramo.inicio)
    return datos


def _continua(documento: Documento, previa: Parte, parte: Parte) -> bool:
    if parte.es_titulo or parte.bloque.celda or parte.rotulo:
        return False
    if parte.bloque.tipo is not TipoBloque.PARRAFO or previa.seccion in SIN_ORACIONES:
        return False
    antes, ahora = documento.fragmento(previa.tramo).rstrip(), documento.fragmento(parte.tramo)
    return bool(antes) and not antes.endswith(_FINALES) and ahora[:1].islower()
