"""Perífrasis débiles: un verbo de apoyo y el nombre de un verbo débil («brindará su apoyo»).

Dicen lo mismo que el verbo solo («apoyará»), aunque el verbo escrito sea otro.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ingesta.documento import Tramo
from lineamientos.caso import Caso
from lineamientos.tablas import tabla
from nlp.plegado import plegar
from nlp.propuesta import Accion


def verbo_dicho(caso: Caso) -> Accion | None:
    """Devuelve el verbo débil que dice la perífrasis y su trozo; None si no la hay.

    Calla si el ítem trae una cantidad o un monto, o si lo que sigue al nombre lo hace un servicio
    («apoyo psicológico») o lo deja hueco («las gestiones que correspondan», que es otra falta).
    """
    datos = tabla("lexico")["perifrasis"]
    campos, item = caso.propuesta.campos, caso.propuesta.tramo
    accion = campos.accion
    if accion is None or accion.lema not in datos["verbos"] or campos.cantidad or campos.monto:
        return None
    desde = accion.tramo.fin - item.inicio
    hallado = _patron().match(plegar(caso.texto), desde) if desde > 0 else None
    if hallado is None:
        return None
    tramo = Tramo(accion.tramo.inicio, item.inicio + hallado.end())
    return Accion(datos["nombres"][hallado["nombre"]], tramo)


@lru_cache(maxsize=1)
def _patron() -> re.Pattern[str]:
    datos: dict[str, Any] = tabla("lexico")["perifrasis"]
    antes, nombres, sigue = (
        "|".join(datos[clave]) for clave in ("antes", "nombres", "salvo_si_sigue")
    )
    return re.compile(rf"(?:\s+(?:{antes})){{0,4}}\s+(?P<nombre>{nombres})\b(?!\s+(?:{sigue})\b)")
