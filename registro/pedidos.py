"""La respuesta a un pedido, y el compromiso en que se convirtió.

Lo que el acta dice de la respuesta entra con la decisión; aquí se anota lo que se supo después.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, select

from nlp.propuesta import Aceptacion, Clase
from registro import borrador, idempotencia, repositorio, tablas
from registro.acta import LIMA
from registro.actores import Accion, Actor
from registro.base import Base
from registro.compromiso import Compromiso, Pedido
from registro.errores import DatoInvalido, FaltaSustento
from registro.escritura import cambiar, fila_de
from registro.filas import a_registro
from registro.permisos import exigir_en

CON_MOTIVO = frozenset({Aceptacion.NO_ACEPTADO, Aceptacion.DERIVADO, Aceptacion.PENDIENTE})
"""Respuestas que piden decir por qué: la negativa, la derivación y volver atrás."""


@dataclass(frozen=True, slots=True)
class Respuesta:
    """Lo que se pide anotar de un pedido.

    `por` es quién respondió y `fecha`, qué día; si es «pendiente» no van. `compromiso_id` es el
    compromiso en que se convirtió uno aceptado; `desatar`, que los que lo atendían ya no lo hacen.
    `version` es la que vio la persona; `clave`, la de idempotencia.
    """

    aceptacion: Aceptacion
    version: int
    motivo: str = ""
    por: str = ""
    fecha: date | None = None
    compromiso_id: int | None = None
    desatar: bool = False
    clave: str | None = None


def responder(
    base: Base, actor: Actor, pedido_id: int, nueva: Respuesta, ahora: datetime
) -> Pedido:
    """Anota la respuesta a un pedido; la anterior queda en la historia.

    Raises:
        RegistroDesconocido, NoAutorizado, VersionDesfasada, TransicionInvalida.
        DatoInvalido: falta quién, cuándo o el motivo, o el compromiso no procede.
        FaltaSustento: lo atienden compromisos y no se dijo `desatar`.
        ClaveRepetida: la clave se usó para pedir otra cosa.
    """
    que_se_pide = {"responder": pedido_id, **asdict(nueva)}
    with base.escribir() as conexion:
        fila = exigir_en(conexion, actor, Accion.ATENDER, pedido_id, clase=Clase.PEDIDO)
        if idempotencia.resultado_previo(conexion, nueva.clave, que_se_pide):
            return a_registro(Pedido, fila)
        valores = _valores(nueva, ahora)
        quedo = cambiar(
            conexion,
            actor,
            ahora,
            tablas.pedido,
            fila,
            "pedido_respondido",
            valores,
            version=nueva.version,
        )
        _atar(conexion, actor, fila, nueva, ahora)
        idempotencia.recordar(conexion, nueva.clave, que_se_pide, pedido_id, ahora)
        return a_registro(Pedido, quedo)


def compromisos_de(base: Base, pedido_id: int) -> tuple[Compromiso, ...]:
    """Devuelve los compromisos vigentes que atienden un pedido, en orden."""
    tabla = tablas.compromiso
    consulta = select(tabla).where(tabla.c.pedido_id == pedido_id, tabla.c.vigente)
    with base.leer() as conexion:
        filas = conexion.execute(consulta.order_by(tabla.c.id)).mappings()
        return tuple(a_registro(Compromiso, fila) for fila in filas)


def sin_respuesta(base: Base, limite: int) -> tuple[Pedido, ...]:
    """Devuelve hasta `limite` pedidos que esperan respuesta, primero los más antiguos."""
    tabla = tablas.pedido
    espera = tabla.c.aceptacion.is_(None) | (tabla.c.aceptacion == Aceptacion.PENDIENTE)
    consulta = (
        select(tabla)
        .where(tabla.c.vigente, espera)
        .order_by(tabla.c.fecha_acta.is_(None), tabla.c.fecha_acta, tabla.c.id)
        .limit(limite)
    )
    with base.leer() as conexion:
        filas = conexion.execute(consulta).mappings()
        return tuple(a_registro(Pedido, fila) for fila in filas)


def _valores(nueva: Respuesta, ahora: datetime) -> dict[str, object]:
    motivo = borrador.texto("motivo", nueva.motivo, borrador.LARGO_DE_DESCRIPCION)
    if nueva.aceptacion in CON_MOTIVO and not motivo:
        raise DatoInvalido(
            "motivo", "Falta el motivo.", "Diga por qué o, si se derivó, a quién y para qué."
        )
    if nueva.aceptacion is Aceptacion.PENDIENTE:
        por, dia = None, None
    else:
        por = borrador.texto_obligatorio("por", nueva.por)
        dia = nueva.fecha
        if dia is None or dia > ahora.astimezone(LIMA).date():
            raise DatoInvalido(
                "fecha", "Falta el día de la respuesta, o todavía no llega.", "Escriba cuándo fue."
            )
    return {
        "aceptacion": nueva.aceptacion,
        "respuesta": motivo,
        "respondido": dia,
        "respondido_por": por,
    }


def _atar(
    conexion: Connection, actor: Actor, pedido: RowMapping, nueva: Respuesta, ahora: datetime
) -> None:
    tabla, numero = tablas.compromiso, pedido["id"]
    atados = repositorio.compromisos_del_pedido(conexion, numero)
    negado = nueva.aceptacion in {Aceptacion.NO_ACEPTADO, Aceptacion.DERIVADO}
    if atados and negado and not nueva.desatar:
        raise FaltaSustento(
            "desatar",
            f"Lo atiende el compromiso {', '.join(map(str, atados))}.",
            "Si ya no lo atiende, márquelo; si lo atiende, el pedido fue aceptado.",
        )
    if nueva.desatar:
        for atado in atados:
            fila = fila_de(conexion, tabla, atado)
            cambiar(conexion, actor, ahora, tabla, fila, "desatado", {"pedido_id": None})
    if nueva.compromiso_id is None:
        return
    if nueva.aceptacion is not Aceptacion.ACEPTADO:
        raise DatoInvalido(
            "compromiso_id", "Solo un pedido aceptado pasa a compromiso.", "Quite el compromiso."
        )
    fila = fila_de(conexion, tabla, nueva.compromiso_id)
    if fila["pedido_id"] not in {None, numero} or not fila["vigente"]:
        raise DatoInvalido(
            "compromiso_id",
            f"El compromiso {nueva.compromiso_id} ya atiende el pedido {fila['pedido_id']}."
            if fila["vigente"]
            else f"El compromiso {nueva.compromiso_id} se sacó del registro.",
            "Elija otro compromiso.",
        )
    cambiar(conexion, actor, ahora, tabla, fila, "atado", {"pedido_id": numero})
