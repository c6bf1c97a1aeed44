"""Leer, agregar y cambiar filas dejando siempre su hecho en la historia y su versión al día."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, RowMapping, Table, insert, select, update

from registro import historia
from registro.actores import Actor
from registro.errores import CosaDesconocida, RegistroDesconocido, VersionDesfasada

_T = TypeVar("_T")

_NOMBRES: Final[Mapping[str, str]] = {
    "caso": "un caso",
    "espacio": "un espacio",
    "hito": "un hito",
    "evidencia": "una evidencia",
    "requerimiento": "un requerimiento",
    "solicitud": "una solicitud",
    "punto_focal": "un punto focal",
    "reunion": "una reunión",
}
_DERIVADAS: Final = frozenset({"texto_plegado", "responsables_plegados", "raices", "version"})
"""Columnas que no se cuentan en un hecho: salen de otras."""


def fila_de(
    conexion: Connection, tabla: Table[Any], numero: int, *, bloquear: bool = True
) -> RowMapping:
    """Devuelve la fila; `bloquear` hace esperar a quien quiera cambiarla a la vez.

    Raises:
        CosaDesconocida, RegistroDesconocido: no existe.
    """
    consulta = select(tabla).where(tabla.c.id == numero)
    if bloquear:
        consulta = consulta.with_for_update()
    fila = conexion.execute(consulta).mappings().one_or_none()
    if fila is None:
        nombre = _NOMBRES.get(tabla.name)
        if nombre is None:
            raise RegistroDesconocido(f"No hay un {tabla.name} con el número {numero}.")
        raise CosaDesconocida(f"No hay {nombre} con el número {numero}.")
    return fila


def agregar(
    conexion: Connection,
    actor: Actor,
    ahora: datetime,
    tabla: Table[Any],
    que: str,
    valores: Mapping[str, Any],
    razon: str = "",
) -> RowMapping:
    """Agrega una fila y su hecho."""
    orden = insert(tabla).values(dict(valores)).returning(tabla)
    fila = conexion.execute(orden).mappings().one()
    puesto = {nombre: valor for nombre, valor in _contable(valores).items() if valor is not None}
    nuevo = historia.Nuevo(que, tabla.name, fila["id"], {}, puesto, razon)
    historia.anotar(conexion, actor, ahora, nuevo)
    return fila


def cambiar(
    conexion: Connection,
    actor: Actor,
    ahora: datetime,
    tabla: Table[Any],
    fila: RowMapping,
    que: str,
    valores: Mapping[str, Any],
    *,
    razon: str = "",
    version: int | None = None,
    ademas: Mapping[str, Any] | None = None,
) -> RowMapping:
    """Cambia columnas de una fila, sube su versión y deja el hecho con lo que de verdad cambió.

    `ademas` son datos que solo van al hecho (por ejemplo, las evidencias de un cambio de estado).

    Raises:
        VersionDesfasada: `version` no es la actual; None no la comprueba.
    """
    comprobar_version(fila, version)
    distintos = {n: v for n, v in valores.items() if _en_json(v) != _en_json(fila[n])}
    orden = (
        update(tabla)
        .where(tabla.c.id == fila["id"])
        .values({**distintos, "version": fila["version"] + 1})
        .returning(tabla)
    )
    nueva = conexion.execute(orden).mappings().one()
    despues = _contable(distintos)
    nuevo = historia.Nuevo(
        que,
        tabla.name,
        fila["id"],
        {nombre: _en_json(fila[nombre]) for nombre in despues},
        {**despues, **(ademas or {})},
        razon,
    )
    historia.anotar(conexion, actor, ahora, nuevo)
    return nueva


def comprobar_version(fila: RowMapping, version: int | None) -> None:
    """Comprueba que la persona vio la última versión.

    Raises:
        VersionDesfasada: cambió desde entonces.
    """
    if version is not None and version != fila["version"]:
        raise VersionDesfasada("Otra persona lo cambió desde que usted lo vio; no se guardó nada.")


def construir(modelo: type[_T], fila: RowMapping, **conversiones: Any) -> _T:
    """Devuelve la fila como su tipo; cada conversión se aplica a lo que no está vacío."""
    valores = {}
    for campo in fields(modelo):  # type: ignore[arg-type]
        valor = fila[campo.name]
        hacer = conversiones.get(campo.name)
        valores[campo.name] = hacer(valor) if hacer and valor is not None else valor
    return modelo(**valores)


def _contable(valores: Mapping[str, Any]) -> dict[str, Any]:
    return {n: _en_json(v) for n, v in valores.items() if n not in _DERIVADAS}


def _en_json(valor: Any) -> Any:
    if isinstance(valor, tuple | list):
        return [_en_json(parte) for parte in valor]
    if hasattr(valor, "__dataclass_fields__"):
        return {campo: _en_json(getattr(valor, campo)) for campo in valor.__dataclass_fields__}
    return valor
