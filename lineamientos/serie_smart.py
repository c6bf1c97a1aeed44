"""Pasa la revisión de un ítem a los tipos de `contrato_smart.py`; no decide nada."""

from __future__ import annotations

from collections.abc import Sequence

from ingesta.documento import Documento
from lineamientos import contrato_smart as c
from lineamientos.acta import HallazgoDeActa
from lineamientos.hallazgo import Hallazgo, JuicioDeCriterio, Smart


def smart(valor: Smart) -> c.SmartJson:
    """Pasa el juicio de los cinco criterios."""
    return {
        "especifico": valor.especifico,
        "medible": valor.medible,
        "asignable": valor.asignable,
        "realista": valor.realista,
        "temporal": valor.temporal,
    }


def criterios(documento: Documento, juicios: Sequence[JuicioDeCriterio]) -> list[c.CriterioJson]:
    """Pasa cada criterio con los trozos que lo sustentan."""
    return [
        {
            "criterio": juicio.criterio.value,
            "cumple": juicio.cumple,
            "evidencia": [
                {
                    "aspecto": e.aspecto.value,
                    "texto": documento.fragmento(e.tramo),
                    "inicio": e.tramo.inicio,
                    "fin": e.tramo.fin,
                }
                for e in juicio.evidencias
            ],
            "faltan": [a.value for a in juicio.faltan],
            "reglas": list(juicio.reglas),
        }
        for juicio in juicios
    ]


def hallazgo(valor: Hallazgo) -> c.HallazgoJson:
    """Pasa un hallazgo."""
    return {
        "regla": valor.regla,
        "criterio": valor.criterio.value,
        "gravedad": valor.gravedad.value,
        "inicio": valor.tramo.inicio,
        "fin": valor.tramo.fin,
        "mensaje": valor.mensaje,
        "explicacion": valor.explicacion,
        "sugerencias": list(valor.sugerencias),
        "fuente": valor.fuente,
    }


def hallazgo_de_acta(valor: HallazgoDeActa) -> c.HallazgoDeActaJson:
    """Pasa un hallazgo del acta entera."""
    return {
        "regla": valor.regla,
        "gravedad": valor.gravedad.value,
        "inicio": valor.tramo.inicio if valor.tramo else None,
        "fin": valor.tramo.fin if valor.tramo else None,
        "items": list(valor.items),
        "mensaje": valor.mensaje,
        "explicacion": valor.explicacion,
        "sugerencias": list(valor.sugerencias),
        "fuente": valor.fuente,
    }
