"""Revisa un ítem con todas las reglas y junta el juicio SMART."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingesta.documento import Documento
from lineamientos.comprobaciones import COMPROBACIONES, Caso
from lineamientos.hallazgo import Criterio, Gravedad, Hallazgo, Revision, Smart
from lineamientos.redaccion import proponer_redaccion
from lineamientos.regla import Regla, cargar_reglas
from nlp.propuesta import Clase, DatosDelActa, Propuesta

ORDEN = {Gravedad.FALTA: 0, Gravedad.AVISO: 1, Gravedad.CONSEJO: 2}

INDECIBLES = frozenset({Criterio.REALISTA})
"""Criterios que el texto solo puede desmentir: sin defecto quedan en None, nunca en True."""


@dataclass(frozen=True, slots=True)
class Revisor:
    """Aplica un juego de reglas."""

    reglas: tuple[Regla, ...]

    def revisar(self, documento: Documento, propuesta: Propuesta, datos: DatosDelActa) -> Revision:
        """Devuelve los hallazgos del ítem, en orden de lectura y de gravedad, y su juicio SMART."""
        caso = Caso(documento, propuesta, datos)
        aplicables = [r for r in self.reglas if _se_aplica(r, propuesta)]
        hallazgos = sorted(
            (h for r in aplicables for h in _hallazgos(r, caso)),
            key=lambda h: (h.tramo.inicio, ORDEN[h.gravedad], h.regla),
        )
        if propuesta.clase is not Clase.COMPROMISO:
            return Revision(None, tuple(hallazgos))
        return Revision(
            _smart(aplicables, hallazgos),
            tuple(hallazgos),
            proponer_redaccion(documento, propuesta),
        )


def crear_revisor() -> Revisor:
    """Arma el revisor con las reglas del proyecto."""
    return Revisor(cargar_reglas())


def _se_aplica(regla: Regla, propuesta: Propuesta) -> bool:
    campos = propuesta.campos
    return (
        propuesta.clase in regla.clases
        and (regla.solo_tipo is None or propuesta.clasificacion.tipo is regla.solo_tipo)
        and all(getattr(campos, c) for c in regla.si_hay)
        and not any(getattr(campos, c) for c in regla.si_falta)
    )


def _hallazgos(regla: Regla, caso: Caso) -> Iterator[Hallazgo]:
    for senal in COMPROBACIONES[regla.comprobacion](caso, **regla.parametros):
        datos = {"texto": caso.documento.fragmento(senal.tramo), **senal.datos}
        yield Hallazgo(
            regla=regla.codigo,
            criterio=regla.criterio,
            gravedad=regla.gravedad,
            tramo=senal.tramo,
            mensaje=regla.mensaje.format_map(datos),
            explicacion=regla.explicacion,
            sugerencias=senal.sugerencias or tuple(s.format_map(datos) for s in regla.sugerencias),
            fuente=regla.fuente,
        )


def _smart(reglas: Iterable[Regla], hallazgos: Iterable[Hallazgo]) -> Smart:
    decisivas = {r.codigo for r in reglas if r.decide}
    fallidos = {h.criterio for h in hallazgos if h.regla in decisivas}
    return Smart(**{
        c.value: False if c in fallidos else None if c in INDECIBLES else True for c in Criterio
    })
