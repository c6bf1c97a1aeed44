"""La historia: quién hizo qué, cuándo, qué había antes, qué quedó y por qué. Solo se agrega.

Cada hecho lleva la huella del anterior (`registro.cadena`) y la de la fila que dejó, de modo que
cambiar un hecho, o una fila sin dejar hecho, se nota al verificar.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Table, func, insert, select

from registro import tablas, tablas_vida
from registro.actores import Actor, Oficina
from registro.base import Base
from registro.cadena import (
    PRIMERA,
    DatoPersonal,
    canonico,
    enlazar,
    huella_de_fila,
    instante,
    nuevo_dato,
)

BORRADO: Final = "[dato personal borrado]"
"""Cómo se muestra un valor que se borró."""

PERSONALES: Final = frozenset({
    "transcripcion",
    "denominacion",
    "descripcion",
    "avance",
    "nombre",
    "motivo",
    "respuesta",
    "observacion",
    "razon",
    "respondido_por",
    "sustento",
    "agenda",
    "acuerdos",
    "priorizado_razon",
    "quien",
    "resuelta_por",
    "campos",
})
"""Datos escritos por personas o tomados del acta: pueden traer nombres y van fuera de la cadena."""

CON_FILA: Final[Mapping[str, Table[Any]]] = {
    tabla.name: tabla
    for tabla in (
        tablas.compromiso,
        tablas.pedido,
        tablas.tarea,
        tablas_vida.caso,
        tablas_vida.espacio,
        tablas_vida.hito,
        tablas_vida.evidencia,
        tablas_vida.requerimiento,
        tablas_vida.solicitud,
        tablas_vida.punto_focal,
        tablas_vida.reunion,
        tablas_vida.catalogo,
    )
}
"""Entidades cuya fila debe ser siempre la que dejó su último hecho."""


@dataclass(frozen=True, slots=True)
class Nuevo:
    """Un hecho por anotar. `antes` y `despues` llevan solo lo que cambió."""

    que: str
    entidad: str
    entidad_id: int
    antes: Mapping[str, Any] = field(default_factory=dict)
    despues: Mapping[str, Any] = field(default_factory=dict)
    razon: str = ""


@dataclass(frozen=True, slots=True)
class Hecho:
    """Un hecho anotado, con los datos personales repuestos donde siguen estando.

    `cuando` es None en lo que se registró antes de que hubiera historia.
    """

    numero: int
    cuando: datetime | None
    quien: str
    oficina: Oficina | None
    que: str
    entidad: str
    entidad_id: int
    antes: Mapping[str, Any]
    despues: Mapping[str, Any]
    razon: str
    huella: str


@dataclass(frozen=True, slots=True)
class Cabeza:
    """El último hecho: lo que se publica para que nadie pueda rehacer la historia."""

    numero: int
    huella: str

    def __str__(self) -> str:
        """Devuelve «número:huella», como lo pide `actas verificar --cabeza`."""
        return f"{self.numero}:{self.huella}"


def anotar(conexion: Connection, actor: Actor, ahora: datetime, *nuevos: Nuevo) -> None:
    """Agrega hechos en la misma transacción que los causa, en orden y sin huecos.

    Debe llamarse después de escribir las filas: cada hecho guarda la huella de la suya. Quien
    escribe tiene la base para sí (`Base.escribir`): no hay dos que anoten a la vez.
    """
    cabeza = cabeza_en(conexion)
    filas = _huellas(conexion, nuevos)
    hechos: list[dict[str, object]] = []
    personales: list[DatoPersonal] = []
    numero, huella = cabeza.numero, cabeza.huella
    for nuevo in nuevos:
        cuerpo = tablas.guardable(
            canonico({
                "cuando": instante(ahora),
                "quien": _apartar(actor.quien, personales),
                "oficina": actor.oficina,
                "que": nuevo.que,
                "entidad": nuevo.entidad,
                "entidad_id": nuevo.entidad_id,
                "antes": _sin_personales(nuevo.antes, personales),
                "despues": _sin_personales(nuevo.despues, personales),
                "razon": _apartar(nuevo.razon, personales) if nuevo.razon else "",
                "fila": filas.get((nuevo.entidad, nuevo.entidad_id)),
            })
        )
        previa, numero = huella, numero + 1
        huella = enlazar(previa, numero, cuerpo)
        hechos.append({
            "id": numero,
            "entidad": nuevo.entidad,
            "entidad_id": nuevo.entidad_id,
            "cuerpo": cuerpo,
            "previa": previa,
            "huella": huella,
        })
    if personales:
        conexion.execute(
            insert(tablas_vida.personal),
            [{"clave": p.clave, "sal": p.sal, "valor": p.valor} for p in personales],
        )
    if hechos:
        conexion.execute(insert(tablas_vida.historia), hechos)


def ver_cabeza(base: Base) -> Cabeza:
    """Devuelve el último hecho; número 0 si no hay ninguno."""
    with base.leer() as conexion:
        return cabeza_en(conexion)


def cabeza_en(conexion: Connection) -> Cabeza:
    """Devuelve el último hecho que ve esa transacción; número 0 si no hay ninguno."""
    tabla = tablas_vida.historia
    ultimo = select(func.max(tabla.c.id)).scalar_subquery()
    consulta = select(tabla.c.id, tabla.c.huella).where(tabla.c.id == ultimo)
    fila = conexion.execute(consulta).one_or_none()
    return Cabeza(fila.id, fila.huella) if fila else Cabeza(0, PRIMERA)


def historia_de(base: Base, entidades: Mapping[str, Sequence[int]]) -> tuple[Hecho, ...]:
    """Devuelve los hechos de esas filas (entidad → números), del primero al último."""
    tabla = tablas_vida.historia
    with base.leer() as conexion:
        filas: list[RowMapping] = []
        for entidad, ids in entidades.items():
            consulta = select(tabla).where(tabla.c.entidad == entidad, tabla.c.entidad_id.in_(ids))
            filas += conexion.execute(consulta).mappings()
        filas.sort(key=lambda fila: int(fila["id"]))
        cuerpos = [json.loads(fila["cuerpo"]) for fila in filas]
        valores = _reponer(conexion, cuerpos)
    return tuple(
        _a_hecho(fila, cuerpo, valores) for fila, cuerpo in zip(filas, cuerpos, strict=True)
    )


def _a_hecho(fila: RowMapping, cuerpo: dict[str, Any], valores: Mapping[str, str]) -> Hecho:
    def ver(dato: Any) -> Any:
        if isinstance(dato, dict) and "personal" in dato:
            return valores.get(dato["personal"], BORRADO)
        return dato

    return Hecho(
        fila["id"],
        datetime.fromisoformat(cuerpo["cuando"]) if "cuando" in cuerpo else None,
        ver(cuerpo.get("quien", "")),
        Oficina(cuerpo["oficina"]) if cuerpo.get("oficina") else None,
        cuerpo["que"],
        cuerpo["entidad"],
        cuerpo["entidad_id"],
        {nombre: ver(dato) for nombre, dato in cuerpo.get("antes", {}).items()},
        {nombre: ver(dato) for nombre, dato in cuerpo.get("despues", {}).items()},
        ver(cuerpo.get("razon", "")),
        fila["huella"],
    )


def _reponer(conexion: Connection, cuerpos: Iterable[dict[str, Any]]) -> dict[str, str]:
    claves = {
        dato["personal"]
        for cuerpo in cuerpos
        for dato in (
            cuerpo.get("quien"),
            cuerpo.get("razon"),
            *cuerpo.get("antes", {}).values(),
            *cuerpo.get("despues", {}).values(),
        )
        if isinstance(dato, dict) and "personal" in dato
    }
    tabla = tablas_vida.personal
    consulta = select(tabla.c.clave, tabla.c.valor).where(tabla.c.clave.in_(claves))
    return {fila.clave: fila.valor for fila in conexion.execute(consulta)}


def _huellas(conexion: Connection, nuevos: Sequence[Nuevo]) -> dict[tuple[str, int], str]:
    halladas = {}
    for entidad, tabla in CON_FILA.items():
        ids = sorted({nuevo.entidad_id for nuevo in nuevos if nuevo.entidad == entidad})
        for desde in range(0, len(ids), 500):
            consulta = select(tabla).where(tabla.c.id.in_(ids[desde : desde + 500]))
            for fila in conexion.execute(consulta).mappings():
                halladas[entidad, fila["id"]] = huella_de_fila(dict(fila))
    return halladas


def _apartar(valor: str, personales: list[DatoPersonal]) -> dict[str, str]:
    dato = nuevo_dato(tablas.guardable(valor))
    personales.append(dato)
    return dato.en_la_cadena


def _sin_personales(
    valores: Mapping[str, Any], personales: list[DatoPersonal]
) -> dict[str, object]:
    return {
        nombre: _apartar(valor if isinstance(valor, str) else canonico(valor), personales)
        if nombre in PERSONALES and valor
        else valor
        for nombre, valor in valores.items()
    }
