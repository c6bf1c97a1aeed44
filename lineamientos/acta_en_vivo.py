"""Revisión del acta entera mientras se escribe: lo que no se ve mirando una fila sola.

Son las reglas del acta (`lineamientos.acta`) y el responsable ausente, que con el acta entera se
reconoce también cuando la fila lo nombra a medias («el alcalde»).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ingesta.documento import Documento, Redactado, Tramo
from lineamientos import serie_smart
from lineamientos.acta import HallazgoDeActa, revisar_acta
from lineamientos.analisis import Analizador
from lineamientos.comprobaciones_de_acta import CasoDeActa
from lineamientos.contrato_smart import HallazgoDeActaJson
from nlp.acta_analizada import ActaAnalizada
from nlp.propuesta import Propuesta

RESPONSABLE_AUSENTE: Final = "A05"
"""Regla de los ítems que depende de los participantes y de cómo el acta nombra a cada uno."""


class HallazgoConLugaresJson(HallazgoDeActaJson):
    """Un hallazgo del acta con los tramos del texto que señala, el principal primero."""

    tramos: list[tuple[int, int]]


def revisar_entera(
    analizador: Analizador, texto: str, filas: Sequence[tuple[int, int, str]]
) -> list[HallazgoConLugaresJson]:
    """Devuelve lo que se halla en el acta entera, por código y en orden de lectura.

    `filas` son los ítems escritos: dónde empieza y acaba cada uno en `texto` y su clase. Lo que el
    análisis halle fuera de ellas solo cuenta como respuesta a un pedido: el desarrollo no se juzga.
    """
    documento = Documento.desde_texto(texto)
    redactados = tuple(Redactado(clase, texto[inicio:fin]) for inicio, fin, clase in filas)
    acta = analizador.tuberia.analizar(replace(documento, redactados=redactados))
    renglones = [Tramo(inicio, fin) for inicio, fin, _ in filas]
    escritas = [p for p in acta.propuestas if any(r.contiene(p.tramo) for r in renglones)]
    ids = {p.id for p in escritas}
    respuestas = [p for p in acta.propuestas if p.id not in ids and p.pedido_de_origen in ids]
    caso = CasoDeActa(documento, acta.datos, (*escritas, *respuestas))
    hallados = [h for h in revisar_acta(caso) if ids.issuperset(h.items)]
    ausentes = _responsables_ausentes(analizador, acta, escritas)
    tramos = {p.id: p.tramo for p in escritas}
    return [
        {
            **serie_smart.hallazgo_de_acta(h),
            "tramos": [
                (t.inicio, t.fin) for t in (h.tramo, *(tramos[i] for i in h.items)) if t is not None
            ],
        }
        for h in (*hallados, *ausentes)
    ]


def _responsables_ausentes(
    analizador: Analizador, acta: ActaAnalizada, escritas: Sequence[Propuesta]
) -> Iterator[HallazgoDeActa]:
    for propuesta in escritas:
        for h in analizador.revisor.hallazgos_de(
            RESPONSABLE_AUSENTE, acta.documento, propuesta, acta.datos
        ):
            yield HallazgoDeActa(
                h.regla,
                h.gravedad,
                h.tramo,
                (propuesta.id,),
                h.mensaje,
                h.explicacion,
                h.sugerencias,
                h.fuente,
            )
