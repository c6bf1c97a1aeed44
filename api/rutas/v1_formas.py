"""Las formas que la API agrega a las del contrato, y cómo se llenan."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from api.vistas import Tarjeta
from lineamientos.contrato import AvisoJson, ItemDeActaJson, NombreDeClase, ResultadoJson
from lineamientos.regla import Regla
from registro.acta import Acta, Decision
from registro.compromiso import Registro, a_json
from registro.consultas import FilaDeActa
from registro.estados import ESTADOS


class ActaRecibidaJson(TypedDict):
    """Un archivo recibido y en qué va; `motivo` dice por qué no se pudo leer."""

    id: int
    sha256: str
    nombre: str
    bytes: int
    formato: str | None
    estado: Literal["recibida", "analizando", "analizada", "en_revision", "cerrada", "ilegible"]
    motivo: str | None
    titulo: str | None
    fecha: str | None
    recibida_en: str
    recibida_por: str
    analizada_en: str | None


class RecepcionJson(TypedDict):
    """Respuesta al envío: `ya_estaba` si esos mismos bytes ya eran un acta."""

    acta: ActaRecibidaJson
    ya_estaba: bool


class ActaConCuentasJson(ActaRecibidaJson):
    """Un acta con cuántos ítems tiene, cuántos se decidieron y cuántos faltan."""

    items: int
    decididos: int
    pendientes: int


class ListaDeActasJson(TypedDict):
    """Un tramo de la lista; `siguiente` es el cursor del que sigue, o null."""

    filas: list[ActaConCuentasJson]
    siguiente: str | None


class ActaYResultadoJson(TypedDict):
    """El acta y el resultado de su análisis; null mientras no se analiza."""

    acta: ActaRecibidaJson
    resultado: ResultadoJson | None


class DecisionJson(TypedDict):
    """Una decisión: `antes` es lo propuesto y `despues` lo registrado (null si se rechazó)."""

    id: int
    version: int
    quien: str
    cuando: str
    que: Literal["aceptar", "editar", "rechazar"]
    motivo: str
    antes: dict[str, Any]
    despues: dict[str, Any] | None


class ItemYDecisionJson(TypedDict):
    """Un ítem propuesto, su decisión (null si falta) y la `version` que pide decidir.

    `por_cotejar` son los avisos de lectura por los que aceptarlo o editarlo pide `cotejado`.
    """

    item: ItemDeActaJson
    decision: DecisionJson | None
    version: int
    por_cotejar: list[AvisoJson]


class ListaDeItemsJson(TypedDict):
    """Los ítems del acta, en orden de lectura."""

    filas: list[ItemYDecisionJson]


class RegistroJson(TypedDict):
    """Una fila del registro. `id` es «clase-número»; `datos`, sus campos."""

    id: str
    clase: NombreDeClase
    estado: str
    estado_nombre: str
    avance: str
    version: int
    acta: int
    item: str
    pagina: int | None
    datos: dict[str, Any]


class ListaDelRegistroJson(TypedDict):
    """Un tramo del registro; `siguiente` es el cursor del que sigue, o null.

    `total` cuenta todas las filas que pasan los filtros.
    """

    filas: list[RegistroJson]
    siguiente: str | None
    total: int


class ReglaJson(TypedDict):
    """Una regla de los lineamientos."""

    codigo: str
    criterio: str
    gravedad: str
    titulo: str
    mensaje: str
    explicacion: str
    sugerencias: list[str]
    fuente: str


class ListaDeReglasJson(TypedDict):
    """Las reglas y la advertencia que las acompaña."""

    aviso: str
    filas: list[ReglaJson]


class DecisionPedida(BaseModel):
    """Lo que una persona decide sobre un ítem."""

    model_config = ConfigDict(extra="forbid")

    que: Literal["aceptar", "editar", "rechazar"]
    quien: str = Field(description="Oficina o persona que decide.")
    version: int = Field(ge=0, description="La que trae el ítem: cuántas decisiones tiene.")
    motivo: str = ""
    clase: Literal["pedido", "compromiso", "tarea"] | None = Field(
        None, description="Obligatoria si el análisis dudó o propuso «otro»."
    )
    caso: str | None = None
    oficina: Literal["ssgc", "ssgd", "sspi", "sgsd"] | None = Field(
        None, description="Oficina que actúa."
    )
    cotejado: bool = Field(
        False,
        description="La persona comparó el ítem con el original. Obligatorio para aceptar o editar "
        "uno con avisos de lectura (`por_cotejar`).",
    )
    campos: dict[str, Any] = Field(
        default_factory=dict, description="Solo con «editar»: de nombre de campo a valor nuevo."
    )


def acta_en_json(acta: Acta) -> ActaRecibidaJson:
    """Pasa un acta."""
    return {
        "id": acta.id,
        "sha256": acta.sha256,
        "nombre": acta.nombre,
        "bytes": acta.bytes,
        "formato": acta.formato,
        "estado": acta.estado.value,
        "motivo": acta.motivo,
        "titulo": acta.titulo,
        "fecha": acta.fecha.isoformat() if acta.fecha else None,
        "recibida_en": acta.recibida_en.isoformat(),
        "recibida_por": acta.recibida_por,
        "analizada_en": _iso(acta.analizada_en),
    }


def fila_en_json(fila: FilaDeActa) -> ActaConCuentasJson:
    """Pasa un acta con sus cuentas."""
    return {
        **acta_en_json(fila.acta),
        "items": fila.items,
        "decididos": fila.decididos,
        "pendientes": fila.pendientes,
    }


def decision_en_json(decision: Decision) -> DecisionJson:
    """Pasa una decisión."""
    return {
        "id": decision.id,
        "version": decision.version,
        "quien": decision.quien,
        "cuando": decision.cuando.isoformat(),
        "que": decision.que.value,
        "motivo": decision.motivo,
        "antes": dict(decision.antes),
        "despues": None if decision.despues is None else dict(decision.despues),
    }


def item_en_json(tarjeta: Tarjeta, por_cotejar: list[AvisoJson]) -> ItemYDecisionJson:
    """Pasa un ítem con su decisión y los avisos por los que se compara con el original."""
    decision = tarjeta.decision
    return {
        "item": tarjeta.item,
        "decision": decision_en_json(decision) if decision else None,
        "version": tarjeta.version,
        "por_cotejar": por_cotejar,
    }


def registro_en_json(registro: Registro, tarjeta: Tarjeta, clave: str) -> RegistroJson:
    """Pasa una fila del registro con su lugar en el acta."""
    cajas = tarjeta.item["cajas"]
    return {
        "id": clave,
        "clase": registro.clase.value,
        "estado": registro.estado.value,
        "estado_nombre": ESTADOS[registro.estado].nombre,
        "avance": registro.avance,
        "version": registro.version,
        "acta": registro.acta_id,
        "item": tarjeta.propuesta.item_id,
        "pagina": cajas[0]["pagina"] if cajas else None,
        "datos": a_json(registro),
    }


def regla_en_json(regla: Regla) -> ReglaJson:
    """Pasa una regla."""
    return {
        "codigo": regla.codigo,
        "criterio": regla.criterio.value,
        "gravedad": regla.gravedad.value,
        "titulo": regla.titulo,
        "mensaje": regla.mensaje_general,
        "explicacion": regla.explicacion,
        "sugerencias": list(regla.sugerencias),
        "fuente": regla.fuente,
    }


def _iso(momento: datetime | None) -> str | None:
    return momento.isoformat() if momento else None
