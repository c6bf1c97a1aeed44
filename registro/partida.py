"""De qué contenido parte quien rectifica una decisión."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from registro import borrador, repositorio
from registro.acta import FORMATO_MATRIZ, LIMA, Acta, PropuestaGuardada, TipoDecision
from registro.compromiso import Contenido, Registro, contenido_de


def partida_de(
    conexion: Connection,
    propuesta: PropuestaGuardada,
    acta: Acta,
    actual: Registro | None,
    que: TipoDecision,
    ahora: datetime,
) -> Contenido:
    """Devuelve lo registrado, si se edita, o lo que propuso el análisis.

    El ítem de una matriz no trae todo lo que decía su fila: se parte de lo último registrado.
    """
    if acta.formato == FORMATO_MATRIZ:
        actual = actual or repositorio.registro_previo(conexion, propuesta.id)
    if actual and (que is TipoDecision.EDITAR or acta.formato == FORMATO_MATRIZ):
        return contenido_de(actual)
    return borrador.proponer(propuesta.item, acta.fecha, ahora.astimezone(LIMA).date())
