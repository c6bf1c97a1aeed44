"""Consultas de los casos de uso: entran y salen los tipos del registro, nunca filas sueltas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Table, func, insert, select, update

from lineamientos.contrato import ItemDeActaJson
from nlp.propuesta import Clase
from registro import tablas
from registro.acta import REGISTRABLES, Acta, Decision, EstadoActa, PropuestaGuardada
from registro.compromiso import Compromiso, Contenido, Pedido, Registro, Tarea
from registro.errores import ActaDesconocida, PropuestaDesconocida
from registro.estados import Estado
from registro.filas import a_acta, a_decision, a_propuesta, a_registro
from registro.raices import raices_de

MODELOS: Final[Mapping[Clase, tuple[type[Registro], Table[Any]]]] = {
    Clase.COMPROMISO: (Compromiso, tablas.compromiso),
    Clase.PEDIDO: (Pedido, tablas.pedido),
    Clase.TAREA: (Tarea, tablas.tarea),
}
"""Tipo y tabla de cada clase registrable."""

COLUMNAS_DE_ACTA = tuple(tablas.acta.c[campo.name] for campo in fields(Acta))
"""Las de `Acta`, sin el resultado, que puede ser grande."""


def acta_por_id(conexion: Connection, acta_id: int, *, bloquear: bool = False) -> Acta:
    """Devuelve el acta; `bloquear` hace esperar a quien quiera cambiarla a la vez.

    Raises:
        ActaDesconocida: no existe.
    """
    consulta = select(*COLUMNAS_DE_ACTA).where(tablas.acta.c.id == acta_id)
    if bloquear:
        consulta = consulta.with_for_update()
    fila = conexion.execute(consulta).mappings().one_or_none()
    if fila is None:
        raise ActaDesconocida(f"No hay un acta con el número {acta_id}.")
    return a_acta(fila)


def acta_por_sha256(conexion: Connection, sha256: str) -> Acta:
    """Devuelve el acta que tiene ese contenido, que debe existir."""
    consulta = select(*COLUMNAS_DE_ACTA).where(tablas.acta.c.sha256 == sha256)
    return a_acta(conexion.execute(consulta).mappings().one())


def hay_acta(conexion: Connection, sha256: str) -> bool:
    """Dice si ya se recibió ese contenido."""
    consulta = select(tablas.acta.c.id).where(tablas.acta.c.sha256 == sha256)
    return conexion.execute(consulta).first() is not None


def insertar_acta(
    conexion: Connection, *, sha256: str, nombre: str, tamanio: int, quien: str, cuando: datetime
) -> Acta:
    """Agrega un acta recibida. Si ya hay una con ese sha256, la base da `IntegrityError`."""
    valores = {
        "sha256": sha256,
        "nombre": nombre,
        "bytes": tamanio,
        "estado": EstadoActa.RECIBIDA,
        "recibida_en": cuando,
        "recibida_por": quien,
    }
    orden = insert(tablas.acta).values(valores).returning(*COLUMNAS_DE_ACTA)
    return a_acta(conexion.execute(orden).mappings().one())


def cambiar_acta(conexion: Connection, acta_id: int, **valores: Any) -> Acta:
    """Cambia columnas del acta y la devuelve."""
    cambio = update(tablas.acta).where(tablas.acta.c.id == acta_id).values(valores)
    return a_acta(conexion.execute(cambio.returning(*COLUMNAS_DE_ACTA)).mappings().one())


def insertar_propuestas(conexion: Connection, acta_id: int, items: list[ItemDeActaJson]) -> None:
    """Guarda los ítems tal cual, en su orden."""
    filas = [
        {
            "acta_id": acta_id,
            "item_id": item["id"],
            "orden": orden,
            "clase": item["clase"],
            "confianza": item["confianza"],
            "duda": item["duda"],
            "pedido_de_origen": item["pedido_de_origen"],
            "item": item,
        }
        for orden, item in enumerate(items)
    ]
    if filas:
        conexion.execute(insert(tablas.propuesta), filas)


def propuesta_por_id(conexion: Connection, propuesta_id: int) -> PropuestaGuardada:
    """Devuelve la propuesta.

    Raises:
        PropuestaDesconocida: no existe.
    """
    consulta = select(tablas.propuesta).where(tablas.propuesta.c.id == propuesta_id)
    fila = conexion.execute(consulta).mappings().one_or_none()
    if fila is None:
        raise PropuestaDesconocida(f"No hay una propuesta con el número {propuesta_id}.")
    return a_propuesta(fila)


def decisiones_de(conexion: Connection, propuesta_id: int) -> tuple[Decision, ...]:
    """Devuelve las decisiones sobre una propuesta, de la primera a la última."""
    tabla = tablas.decision
    consulta = select(tabla).where(tabla.c.propuesta_id == propuesta_id).order_by(tabla.c.version)
    return tuple(map(a_decision, conexion.execute(consulta).mappings()))


def insertar_decision(conexion: Connection, **valores: Any) -> Decision:
    """Agrega una decisión y la devuelve."""
    orden = insert(tablas.decision).values(valores).returning(tablas.decision)
    return a_decision(conexion.execute(orden).mappings().one())


def insertar_registro(
    conexion: Connection,
    clase: Clase,
    contenido: Contenido,
    propuesta: PropuestaGuardada,
    decision_id: int,
) -> tuple[Registro, tuple[int, ...]]:
    """Registra el contenido como esa clase, en el espacio del acta.

    Un compromiso queda atado al pedido que atiende; si lo nuevo es el pedido, devuelve también los
    números de los compromisos que ya estaban y se le ataron.
    """
    modelo, tabla = MODELOS[clase]
    espacio = select(tablas.acta.c.espacio_id).where(tablas.acta.c.id == propuesta.acta_id)
    valores = {
        **columnas_de(contenido),
        "acta_id": propuesta.acta_id,
        "propuesta_id": propuesta.id,
        "decision_id": decision_id,
        "estado": Estado.NO_INICIADO,
        "avance": "",
        "version": 1,
        "espacio_id": conexion.execute(espacio).scalar_one(),
        "vigente": True,
    }
    if clase is Clase.PEDIDO:
        valores["aceptacion"] = propuesta.item["atributos"]["aceptacion"]
    if clase is Clase.COMPROMISO:
        valores["pedido_id"] = _pedido_de_origen(conexion, propuesta)
    orden = insert(tabla).values(valores).returning(tabla)
    registro = a_registro(modelo, conexion.execute(orden).mappings().one())
    atados = _atar_compromisos(conexion, propuesta, registro.id) if clase is Clase.PEDIDO else ()
    return registro, atados


def columnas_de(contenido: Contenido) -> dict[str, Any]:
    """Devuelve las columnas que guardan un contenido, con las que sirven para buscarlo."""
    columnas = asdict(contenido)
    return {
        **columnas,
        "raices": raices_de(columnas),
        "texto_plegado": tablas.para_buscar(
            f"{contenido.denominacion} {contenido.descripcion} {contenido.transcripcion}"
        ),
        "responsables_plegados": tablas.para_buscar(
            "; ".join(quien.valor for quien in contenido.responsables)
        ),
    }


def registro_vigente(conexion: Connection, propuesta_id: int) -> Registro | None:
    """Devuelve lo que hay registrado de una propuesta, o None."""
    for modelo, tabla in MODELOS.values():
        consulta = select(tabla).where(tabla.c.propuesta_id == propuesta_id, tabla.c.vigente)
        fila = conexion.execute(consulta).mappings().one_or_none()
        if fila is not None:
            return a_registro(modelo, fila)
    return None


def registro_previo(conexion: Connection, propuesta_id: int) -> Registro | None:
    """Devuelve lo último que se registró de una propuesta, siga vigente o no, o None."""
    hallados = []
    for modelo, tabla in MODELOS.values():
        consulta = select(tabla).where(tabla.c.propuesta_id == propuesta_id)
        fila = conexion.execute(consulta).mappings().one_or_none()
        if fila is not None:
            hallados.append(a_registro(modelo, fila))
    return max(hallados, key=lambda registro: registro.decision_id, default=None)


def numero_de(conexion: Connection, clase: Clase, propuesta_id: int) -> int | None:
    """Devuelve el número de la fila de esa clase que salió de la propuesta, vigente o no."""
    _, tabla = MODELOS[clase]
    consulta = select(tabla.c.id).where(tabla.c.propuesta_id == propuesta_id)
    return conexion.execute(consulta).scalar_one_or_none()


def compromisos_del_pedido(conexion: Connection, pedido_id: int) -> tuple[int, ...]:
    """Devuelve los números de los compromisos atados a un pedido."""
    tabla = tablas.compromiso
    consulta = select(tabla.c.id).where(tabla.c.pedido_id == pedido_id).order_by(tabla.c.id)
    return tuple(conexion.execute(consulta).scalars())


def registros_por_id(
    conexion: Connection, clase: Clase, ids: Sequence[int]
) -> tuple[Registro, ...]:
    """Devuelve los registros de una clase con esos números, sin orden fijo."""
    modelo, tabla = MODELOS[clase]
    filas = conexion.execute(select(tabla).where(tabla.c.id.in_(ids))).mappings()
    return tuple(a_registro(modelo, fila) for fila in filas)


def por_decidir(conexion: Connection, acta_id: int | None = None) -> int:
    """Cuenta las propuestas de pedido, compromiso o tarea sin decidir, de un acta o de todas."""
    tabla, decididas = tablas.propuesta, select(tablas.decision.c.propuesta_id)
    consulta = select(func.count()).where(
        tabla.c.clase.in_(REGISTRABLES), tabla.c.id.not_in(decididas)
    )
    if acta_id is not None:
        consulta = consulta.where(tabla.c.acta_id == acta_id)
    return conexion.execute(consulta).scalar_one()


def _pedido_de_origen(conexion: Connection, propuesta: PropuestaGuardada) -> int | None:
    """Busca el pedido que el ítem atiende, si ya se registró."""
    consulta = (
        select(tablas.pedido.c.id)
        .join(tablas.propuesta, tablas.propuesta.c.id == tablas.pedido.c.propuesta_id)
        .where(
            tablas.propuesta.c.acta_id == propuesta.acta_id,
            tablas.propuesta.c.item_id == propuesta.item["pedido_de_origen"],
            tablas.pedido.c.vigente,
        )
    )
    return conexion.execute(consulta).scalar_one_or_none()


def _atar_compromisos(
    conexion: Connection, propuesta: PropuestaGuardada, pedido_id: int
) -> tuple[int, ...]:
    """Ata al pedido los compromisos que lo atienden y se registraron antes que él."""
    atendido_por = select(tablas.propuesta.c.id).where(
        tablas.propuesta.c.acta_id == propuesta.acta_id,
        tablas.propuesta.c.pedido_de_origen == propuesta.item_id,
    )
    tabla = tablas.compromiso
    cambio = (
        update(tabla)
        .where(tabla.c.propuesta_id.in_(atendido_por))
        .values(pedido_id=pedido_id, version=tabla.c.version + 1)
    )
    return tuple(conexion.execute(cambio.returning(tabla.c.id)).scalars())
