"""De filas de la base a los tipos del registro."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import RowMapping

from nlp.propuesta import Aceptacion, Clase, MetodoDePlazo, NivelDeGobierno, Tipo
from registro.acta import Acta, Decision, EstadoActa, PropuestaGuardada, TipoDecision
from registro.compromiso import Cumplimiento, Registro, Responsable
from registro.estados import Estado

_T = TypeVar("_T")
_R = TypeVar("_R", bound=Registro)


def a_acta(fila: RowMapping) -> Acta:
    """Convierte una fila con las columnas de `Acta`."""
    return _construir(Acta, fila, {"estado": EstadoActa})


def a_propuesta(fila: RowMapping) -> PropuestaGuardada:
    """Convierte una fila de la tabla `propuesta`."""
    return _construir(PropuestaGuardada, fila, {"clase": Clase})


def a_decision(fila: RowMapping) -> Decision:
    """Convierte una fila de la tabla `decision`."""
    return _construir(Decision, fila, {"que": TipoDecision})


def a_registro(modelo: type[_R], fila: RowMapping) -> _R:
    """Convierte una fila de `compromiso`, `pedido` o `tarea` en su tipo."""
    return _construir(modelo, fila, _DE_REGISTRO)


def _construir(
    modelo: Callable[..., _T], fila: RowMapping, conversiones: Mapping[str, Callable[[Any], Any]]
) -> _T:
    valores = {campo.name: fila[campo.name] for campo in fields(modelo)}  # type: ignore[arg-type]
    return modelo(**{
        nombre: conversiones[nombre](valor)
        if nombre in conversiones and valor is not None
        else valor
        for nombre, valor in valores.items()
    })


def _responsables(filas: list[dict[str, str | None]]) -> tuple[Responsable, ...]:
    return tuple(
        Responsable(str(fila["valor"]), NivelDeGobierno(fila["nivel"]) if fila["nivel"] else None)
        for fila in filas
    )


_DE_REGISTRO: Mapping[str, Callable[[Any], Any]] = {
    "estado": Estado,
    "tipo": Tipo,
    "metodo_plazo": MetodoDePlazo,
    "aceptacion": Aceptacion,
    "cumplimiento": Cumplimiento,
    "responsables": _responsables,
    "colaboradores": tuple,
    "lugares": tuple,
    "regiones": tuple,
    "provincias": tuple,
    "distritos": tuple,
}
