"""El registro tal como estaba en un momento: se deshace, de atrás adelante, la historia.

Lo que la historia guarda como dato personal (los textos) queda como está hoy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, RowMapping, Table, select

from registro import tablas, tablas_vida
from registro.cadena import instante
from registro.compromiso import Compromiso
from registro.filas import a_registro


@dataclass(frozen=True, slots=True)
class AlCorte:
    """Los compromisos vigentes en un momento y qué espacios eran entonces priorizados."""

    compromisos: tuple[Compromiso, ...]
    priorizados: frozenset[int]

    def priorizado(self, compromiso: Compromiso) -> bool:
        """Dice si el espacio del compromiso era priorizado; sin espacio, no lo es."""
        return compromiso.espacio_id in self.priorizados


def al_corte(conexion: Connection, corte: datetime) -> AlCorte:
    """Devuelve el registro en ese momento: lo anotado en él o antes."""
    compromisos = (
        a_registro(Compromiso, fila)  # type: ignore[arg-type]
        for fila in _filas(conexion, tablas.compromiso, corte)
        if fila["vigente"]
    )
    espacios = _filas(conexion, tablas_vida.espacio, corte)
    return AlCorte(tuple(compromisos), frozenset(f["id"] for f in espacios if f["priorizado"]))


def _filas(conexion: Connection, tabla: Table[Any], corte: datetime) -> list[Mapping[str, Any]]:
    historia = tablas_vida.historia
    hechos = (
        select(historia.c.entidad_id, historia.c.cuerpo)
        .where(historia.c.entidad == tabla.name)
        .order_by(historia.c.id.desc())
    )
    antes: dict[int, dict[str, Any]] = {}
    posterior: dict[int, bool] = {}
    limite = instante(corte)
    for hecho in conexion.execute(hechos):
        cuerpo = json.loads(hecho.cuerpo)
        despues_del_corte = cuerpo.get("cuando", "") > limite
        posterior[hecho.entidad_id] = despues_del_corte
        if despues_del_corte:
            antes.setdefault(hecho.entidad_id, {}).update(cuerpo.get("antes", {}))
    return [
        _como_estaba(tabla, fila, antes.get(fila["id"], {}))
        for fila in conexion.execute(select(tabla).order_by(tabla.c.id)).mappings()
        if not posterior.get(fila["id"], False)
    ]


def _como_estaba(
    tabla: Table[Any], fila: RowMapping, antes: Mapping[str, Any]
) -> Mapping[str, Any]:
    repuestos = {
        nombre: date.fromisoformat(valor)
        if isinstance(tabla.c[nombre].type, Date) and valor
        else valor
        for nombre, valor in antes.items()
        if nombre in tabla.c and not (isinstance(valor, dict) and "personal" in valor)
    }
    return {**fila, **repuestos}
