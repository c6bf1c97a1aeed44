"""Las tareas: si se hicieron, cuándo y con qué se sabe; su fecha y el compromiso al que aportan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, select

from nlp.propuesta import Clase, MetodoDePlazo
from registro import borrador, idempotencia, tablas, tablas_vida
from registro.acta import LIMA
from registro.actores import Accion, Actor
from registro.base import Base
from registro.compromiso import Cumplimiento, Tarea
from registro.errores import DatoInvalido, FaltaSustento, TransicionInvalida
from registro.escritura import cambiar, fila_de
from registro.filas import a_registro
from registro.permisos import exigir_en


@dataclass(frozen=True, slots=True)
class Cierre:
    """Lo que se pide anotar de una tarea.

    `cumplimiento` None la vuelve a dejar pendiente. `sustento` dice con qué se sabe que se hizo, o
    por qué no; `evidencia_id`, un archivo de su compromiso que lo prueba. `version` es la que vio
    la persona; `clave`, la de idempotencia.
    """

    cumplimiento: Cumplimiento | None
    version: int
    sustento: str = ""
    hecha_en: date | None = None
    evidencia_id: int | None = None
    clave: str | None = None


def anotar(base: Base, actor: Actor, tarea_id: int, cierre: Cierre, ahora: datetime) -> Tarea:
    """Anota si una tarea se hizo; lo anterior queda en la historia.

    Raises:
        RegistroDesconocido, NoAutorizado, VersionDesfasada, TransicionInvalida.
        DatoInvalido: una tarea hecha no dice qué día, o el día todavía no llega.
        FaltaSustento: no dice con qué se sabe o por qué, o la evidencia no es de su compromiso.
        ClaveRepetida: la clave se usó para pedir otra cosa.
    """
    que_se_pide = {"anotar": tarea_id, **asdict(cierre)}
    with base.escribir() as conexion:
        fila = exigir_en(conexion, actor, Accion.ATENDER, tarea_id, clase=Clase.TAREA)
        if idempotencia.resultado_previo(conexion, cierre.clave, que_se_pide):
            return a_registro(Tarea, fila)
        if cierre.cumplimiento == fila["cumplimiento"]:
            raise TransicionInvalida("Ya está anotado así.")
        valores = _valores(conexion, fila, cierre, ahora)
        quedo = _cambiar(conexion, actor, ahora, fila, "tarea_anotada", valores, cierre.version)
        idempotencia.recordar(conexion, cierre.clave, que_se_pide, tarea_id, ahora)
        return quedo


def fijar_fecha(
    base: Base, actor: Actor, tarea_id: int, fecha: date, razon: str, version: int, ahora: datetime
) -> Tarea:
    """Pone o cambia el día hasta el que se espera una tarea, con su razón.

    Raises:
        RegistroDesconocido, NoAutorizado, VersionDesfasada, DatoInvalido.
        TransicionInvalida: ya se anotó si se hizo.
    """
    motivo = borrador.texto_obligatorio("razon", razon, borrador.LARGO_DE_DESCRIPCION)
    valores = {"fecha_limite": fecha, "metodo_plazo": MetodoDePlazo.FECHA}
    with base.escribir() as conexion:
        fila = _pendiente(conexion, actor, tarea_id)
        return _cambiar(conexion, actor, ahora, fila, "fecha_fijada", valores, version, motivo)


def atar(
    base: Base, actor: Actor, tarea_id: int, compromiso_id: int, version: int, ahora: datetime
) -> Tarea:
    """Dice a qué compromiso aporta una tarea.

    Raises:
        RegistroDesconocido, NoAutorizado, VersionDesfasada.
        TransicionInvalida: ya se anotó si se hizo, o alguno de los dos se sacó del registro.
    """
    with base.escribir() as conexion:
        fila = _pendiente(conexion, actor, tarea_id)
        exigir_en(conexion, actor, Accion.ATENDER, compromiso_id)
        valores = {"compromiso_id": compromiso_id}
        return _cambiar(conexion, actor, ahora, fila, "tarea_atada", valores, version)


def tareas_de(base: Base, compromiso_id: int) -> tuple[Tarea, ...]:
    """Devuelve las tareas vigentes que aportan a un compromiso, por fecha."""
    tabla = tablas.tarea
    consulta = select(tabla).where(tabla.c.compromiso_id == compromiso_id, tabla.c.vigente)
    en_orden = consulta.order_by(tabla.c.fecha_limite.is_(None), tabla.c.fecha_limite, tabla.c.id)
    with base.leer() as conexion:
        return tuple(a_registro(Tarea, fila) for fila in conexion.execute(en_orden).mappings())


def atrasadas(base: Base, hoy: date, limite: int) -> tuple[Tarea, ...]:
    """Devuelve hasta `limite` tareas pendientes cuyo día ya pasó: primero las más atrasadas."""
    tabla = tablas.tarea
    consulta = (
        select(tabla)
        .where(tabla.c.vigente, tabla.c.cumplimiento.is_(None), tabla.c.fecha_limite < hoy)
        .order_by(tabla.c.fecha_limite, tabla.c.id)
        .limit(limite)
    )
    with base.leer() as conexion:
        return tuple(a_registro(Tarea, fila) for fila in conexion.execute(consulta).mappings())


def _pendiente(conexion: Connection, actor: Actor, tarea_id: int) -> RowMapping:
    fila = exigir_en(conexion, actor, Accion.ATENDER, tarea_id, clase=Clase.TAREA)
    if fila["cumplimiento"]:
        raise TransicionInvalida("Ya se anotó si se hizo; vuelva a dejarla pendiente primero.")
    return fila


def _valores(
    conexion: Connection, fila: RowMapping, cierre: Cierre, ahora: datetime
) -> dict[str, object]:
    sustento = borrador.texto("sustento", cierre.sustento, borrador.LARGO_DE_DESCRIPCION)
    hecha = cierre.cumplimiento is Cumplimiento.HECHA
    if not sustento and not (hecha and cierre.evidencia_id):
        raise FaltaSustento(
            "sustento",
            "Falta con qué se sabe." if hecha else "Falta decir por qué.",
            "Escriba el documento que lo prueba, o la razón.",
        )
    if hecha and (cierre.hecha_en is None or cierre.hecha_en > ahora.astimezone(LIMA).date()):
        raise DatoInvalido(
            "hecha_en", "Falta el día en que se hizo, o todavía no llega.", "Escriba cuándo fue."
        )
    if cierre.evidencia_id is not None:
        evidencia = fila_de(conexion, tablas_vida.evidencia, cierre.evidencia_id, bloquear=False)
        if evidencia["compromiso_id"] != fila["compromiso_id"]:
            raise FaltaSustento(
                "evidencia_id",
                "Esa evidencia no es del compromiso de esta tarea.",
                "Elija una de su compromiso, o escriba el sustento.",
            )
    return {
        "cumplimiento": cierre.cumplimiento,
        "hecha_en": cierre.hecha_en if hecha else None,
        "sustento": sustento,
        "evidencia_id": cierre.evidencia_id if hecha else None,
    }


def _cambiar(
    conexion: Connection,
    actor: Actor,
    ahora: datetime,
    fila: RowMapping,
    que: str,
    valores: Mapping[str, object],
    version: int,
    razon: str = "",
) -> Tarea:
    tabla = tablas.tarea
    nueva = cambiar(conexion, actor, ahora, tabla, fila, que, valores, razon=razon, version=version)
    return a_registro(Tarea, nueva)
