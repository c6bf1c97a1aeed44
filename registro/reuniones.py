"""La reunión bimestral con los puntos focales de los sectores (protocolo 7.3.5).

La convoca la SSGD para acordar hitos y cronogramas. Dentro de cuántos días no lo dice el protocolo:
se propone el último día hábil del bimestre que corre o, si ya hubo una con esa entidad, dos meses
después de la última sin pasar del bimestre que le sigue (por confirmar con la SSGD).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, RowMapping, select

from registro import borrador, idempotencia, puntos_focales, tablas_vida
from registro.acta import LIMA
from registro.actores import Accion, Actor, exigir
from registro.base import Base
from registro.errores import DatoInvalido, TransicionInvalida
from registro.escritura import agregar, cambiar, construir, fila_de
from registro.relojes import (
    Vencimiento,
    bimestre_de,
    fin_de_bimestre,
    fin_de_bimestre_habil,
    vencimiento_en_meses,
)
from registro.reunion import ABIERTAS, EstadoDeReunion, Reunion


@dataclass(frozen=True, slots=True)
class NuevaReunion:
    """Lo que se pide programar. Sin `fecha`, la que propone `proponer_fecha`."""

    entidad: str
    fecha: date | None = None
    lugar: str = ""
    agenda: str = ""
    clave: str | None = None


def proponer_fecha(base: Base, entidad: str, hoy: date) -> Vencimiento:
    """Devuelve hasta cuándo toca reunirse con una entidad y cómo se contó."""
    with base.leer() as conexion:
        return _proponer(conexion, entidad, hoy)


def programar(base: Base, actor: Actor, nueva: NuevaReunion, ahora: datetime) -> Reunion:
    """Programa una reunión y convoca a los puntos focales vigentes de la entidad.

    Raises:
        NoAutorizado.
        DatoInvalido: falta la entidad, la fecha ya pasó o hay otra sin realizar con ella.
        ClaveRepetida: la clave se usó para pedir otra cosa.
    """
    _exigir(actor)
    hoy = ahora.astimezone(LIMA).date()
    entidad = borrador.texto_obligatorio("entidad", nueva.entidad)
    tabla = tablas_vida.reunion
    que_se_pide = {"programar": entidad, **asdict(nueva)}
    with base.escribir() as conexion:
        if previa := idempotencia.resultado_previo(conexion, nueva.clave, que_se_pide):
            return _construir(fila_de(conexion, tabla, previa))
        abierta = select(tabla.c.id).where(tabla.c.entidad == entidad, tabla.c.estado.in_(ABIERTAS))
        if conexion.execute(abierta).first():
            raise DatoInvalido(
                "entidad",
                "Ya hay una reunión por realizar con esa entidad.",
                "Búsquela en la lista; puede cambiarle la fecha.",
            )
        fecha = nueva.fecha or _proponer(conexion, entidad, hoy).fecha
        valores = {
            "entidad": entidad,
            **_del_dia(fecha, hoy),
            "lugar": borrador.texto("lugar", nueva.lugar) or "",
            "agenda": borrador.texto("agenda", nueva.agenda, borrador.LARGO_DE_DESCRIPCION) or "",
            "estado": EstadoDeReunion.PROGRAMADA,
            "documento": "",
            "convocados": [p.id for p in puntos_focales.de_entidad(conexion, entidad)],
            "asistentes": [],
            "acuerdos": "",
            "version": 1,
        }
        fila = agregar(conexion, actor, ahora, tabla, "reunion_programada", valores)
        idempotencia.recordar(conexion, nueva.clave, que_se_pide, fila["id"], ahora)
        return _construir(fila)


def convocar(
    base: Base,
    actor: Actor,
    reunion_id: int,
    convocada: date,
    documento: str,
    version: int,
    ahora: datetime,
) -> Reunion:
    """Anota que se envió la convocatoria, a quienes hoy son puntos focales de la entidad.

    Raises:
        CosaDesconocida, NoAutorizado, VersionDesfasada.
        TransicionInvalida: no está programada.
        DatoInvalido: falta el documento, la fecha no ha llegado o no hay a quién convocar.
    """
    escrito = borrador.texto_obligatorio("documento", documento)
    _que_llego("convocada", convocada, ahora)
    with base.escribir() as conexion:
        fila = _en(conexion, actor, reunion_id, EstadoDeReunion.PROGRAMADA)
        focales = puntos_focales.de_entidad(conexion, fila["entidad"])
        if not focales:
            raise DatoInvalido(
                "convocada",
                f"No hay puntos focales de {fila['entidad']}.",
                "Anote antes quién es su punto focal.",
            )
        valores = {
            "estado": EstadoDeReunion.CONVOCADA,
            "convocada": convocada,
            "documento": escrito,
            "convocados": [punto.id for punto in focales],
        }
        return _cambiar(conexion, actor, ahora, fila, "reunion_convocada", valores, version)


def realizar(
    base: Base,
    actor: Actor,
    reunion_id: int,
    fecha: date,
    asistentes: tuple[int, ...],
    acuerdos: str,
    version: int,
    ahora: datetime,
) -> Reunion:
    """Anota que se realizó: qué día, quiénes asistieron y qué se acordó.

    Raises:
        CosaDesconocida, NoAutorizado, VersionDesfasada.
        TransicionInvalida: ya se realizó o se canceló.
        DatoInvalido: la fecha no ha llegado, no asistió nadie, alguien no es punto focal de la
            entidad o no hay acuerdos.
    """
    dicho = borrador.texto_obligatorio("acuerdos", acuerdos, borrador.LARGO_DE_DESCRIPCION)
    _que_llego("fecha", fecha, ahora)
    with base.escribir() as conexion:
        fila = _en(conexion, actor, reunion_id, *ABIERTAS)
        focales = {punto.id for punto in puntos_focales.de_entidad(conexion, fila["entidad"])}
        elegidos = sorted(set(asistentes))
        if not elegidos or not set(elegidos) <= focales | set(fila["convocados"]):
            raise DatoInvalido(
                "asistentes",
                "Falta decir quiénes asistieron, o alguien no es punto focal de la entidad.",
                "Marque al menos uno; si falta, anótelo antes como punto focal.",
            )
        valores = {
            "estado": EstadoDeReunion.REALIZADA,
            "fecha": fecha,
            "asistentes": elegidos,
            "acuerdos": dicho,
        }
        return _cambiar(conexion, actor, ahora, fila, "reunion_realizada", valores, version)


def reprogramar(
    base: Base,
    actor: Actor,
    reunion_id: int,
    fecha: date,
    razon: str,
    version: int,
    ahora: datetime,
) -> Reunion:
    """Cambia el día de una reunión que no se ha realizado; hay que volver a convocarla.

    Raises:
        CosaDesconocida, NoAutorizado, VersionDesfasada, TransicionInvalida.
        DatoInvalido: falta la razón o la fecha ya pasó.
    """
    motivo = borrador.texto_obligatorio("razon", razon, borrador.LARGO_DE_DESCRIPCION)
    valores = {
        **_del_dia(fecha, ahora.astimezone(LIMA).date()),
        "estado": EstadoDeReunion.PROGRAMADA,
        "convocada": None,
        "documento": "",
    }
    with base.escribir() as conexion:
        fila = _en(conexion, actor, reunion_id, *ABIERTAS)
        que = "reunion_reprogramada"
        return _cambiar(conexion, actor, ahora, fila, que, valores, version, motivo)


def cancelar(
    base: Base, actor: Actor, reunion_id: int, razon: str, version: int, ahora: datetime
) -> Reunion:
    """Cancela una reunión que no se ha realizado, con su razón.

    Raises:
        CosaDesconocida, NoAutorizado, VersionDesfasada, TransicionInvalida, DatoInvalido.
    """
    motivo = borrador.texto_obligatorio("razon", razon, borrador.LARGO_DE_DESCRIPCION)
    valores = {"estado": EstadoDeReunion.CANCELADA}
    with base.escribir() as conexion:
        fila = _en(conexion, actor, reunion_id, *ABIERTAS)
        return _cambiar(conexion, actor, ahora, fila, "reunion_cancelada", valores, version, motivo)


def ver_reunion(base: Base, reunion_id: int) -> Reunion:
    """Devuelve una reunión.

    Raises:
        CosaDesconocida: no existe.
    """
    with base.leer() as conexion:
        return _construir(fila_de(conexion, tablas_vida.reunion, reunion_id, bloquear=False))


def listar_reuniones(base: Base, *, abiertas: bool = False) -> tuple[Reunion, ...]:
    """Devuelve las reuniones, de la última a la primera; `abiertas`, solo las por realizar."""
    tabla = tablas_vida.reunion
    consulta = select(tabla).order_by(tabla.c.fecha.desc(), tabla.c.id.desc())
    if abiertas:
        consulta = consulta.where(tabla.c.estado.in_(ABIERTAS))
    with base.leer() as conexion:
        return tuple(_construir(fila) for fila in conexion.execute(consulta).mappings())


def _proponer(conexion: Connection, entidad: str, hoy: date) -> Vencimiento:
    tabla = tablas_vida.reunion
    consulta = select(tabla.c.fecha).where(
        tabla.c.entidad == entidad, tabla.c.estado == EstadoDeReunion.REALIZADA
    )
    ultima = conexion.execute(consulta.order_by(tabla.c.fecha.desc()).limit(1)).scalar()
    if ultima is None:
        return fin_de_bimestre_habil(hoy)
    acabo = fin_de_bimestre(ultima.year, bimestre_de(ultima))
    tope = fin_de_bimestre_habil(max(hoy, acabo + timedelta(days=1)))
    a_los_dos_meses = vencimiento_en_meses(ultima, 2)
    return a_los_dos_meses if hoy <= a_los_dos_meses.fecha <= tope.fecha else tope


def _exigir(actor: Actor) -> None:
    borrador.texto_obligatorio("quien", actor.quien)
    exigir(actor, Accion.REUNIR, priorizado=False)


def _en(
    conexion: Connection, actor: Actor, reunion_id: int, *estados: EstadoDeReunion
) -> RowMapping:
    _exigir(actor)
    fila = fila_de(conexion, tablas_vida.reunion, reunion_id)
    if fila["estado"] not in estados:
        raise TransicionInvalida(f"La reunión ya está {fila['estado']}.")
    return fila


def _del_dia(fecha: date, hoy: date) -> dict[str, object]:
    if fecha < hoy:
        raise DatoInvalido("fecha", "Esa fecha ya pasó.", "Elija un día desde hoy.")
    return {"fecha": fecha, "anio": fecha.year, "bimestre": bimestre_de(fecha)}


def _que_llego(campo: str, dia: date, ahora: datetime) -> None:
    if dia > ahora.astimezone(LIMA).date():
        raise DatoInvalido(campo, "Esa fecha todavía no llega.", "Escriba qué día fue.")


def _cambiar(
    conexion: Connection,
    actor: Actor,
    ahora: datetime,
    fila: RowMapping,
    que: str,
    valores: Mapping[str, object],
    version: int,
    razon: str = "",
) -> Reunion:
    tabla = tablas_vida.reunion
    return _construir(
        cambiar(conexion, actor, ahora, tabla, fila, que, valores, razon=razon, version=version)
    )


def _construir(fila: RowMapping) -> Reunion:
    return construir(Reunion, fila, estado=EstadoDeReunion, convocados=tuple, asistentes=tuple)
