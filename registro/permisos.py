"""Quién puede hacer qué sobre algo registrado, según el espacio de diálogo en que está."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping

from nlp.propuesta import Clase
from registro import borrador, espacios, repositorio
from registro.actores import Accion, Actor, exigir
from registro.errores import TransicionInvalida
from registro.escritura import fila_de


def exigir_en(
    conexion: Connection,
    actor: Actor,
    accion: Accion,
    numero: int,
    *,
    clase: Clase = Clase.COMPROMISO,
    bloquear: bool = True,
) -> RowMapping:
    """Devuelve la fila de lo registrado si la oficina puede hacer eso en su espacio.

    Raises:
        RegistroDesconocido, NoAutorizado.
        TransicionInvalida: una rectificación lo sacó del registro.
    """
    _, tabla = repositorio.MODELOS[clase]
    fila = fila_de(conexion, tabla, numero, bloquear=bloquear)
    exigir_fila(conexion, actor, accion, fila)
    return fila


def exigir_fila(conexion: Connection, actor: Actor, accion: Accion, fila: RowMapping) -> None:
    """Como `exigir_en`, con la fila ya leída; lo que no tiene espacio se trata como no priorizado.

    Raises:
        DatoInvalido: no se dijo quién.
        NoAutorizado, TransicionInvalida.
    """
    borrador.texto_obligatorio("quien", actor.quien)
    espacio = espacios.espacio_de(conexion, fila["espacio_id"])
    exigir(
        actor,
        accion,
        priorizado=espacio is not None and espacio.priorizado,
        responsable=espacio.responsable if espacio else None,
    )
    if not fila["vigente"]:
        raise TransicionInvalida("Una rectificación lo sacó del registro: ya no se cambia.")
