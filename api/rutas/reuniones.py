"""Las reuniones bimestrales y sus puntos focales: programar, convocar y anotar lo acordado."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from api import actos
from api.dependencias import ConActo, ConServicios, Servicios
from api.presentacion import pagina
from registro import puntos_focales, reuniones, sustentos
from registro.acta import LIMA
from registro.actores import Actor
from registro.errores import DatoInvalido
from registro.historia import historia_de
from registro.recordatorios import siguiente_informe
from registro.relojes import ROMANOS, fin_de_bimestre_habil

rutas = APIRouter()


@dataclass(frozen=True, slots=True)
class Accion:
    """Lo que se pide hacer con una reunión, o con la lista si `numero` es 0."""

    servicios: Servicios
    actor: Actor
    numero: int
    datos: FormData
    ahora: datetime


@rutas.get("/reuniones")
def ver_lista(pedido: Request, servicios: ConServicios) -> Response:
    """Lista las reuniones y los puntos focales, y deja programar una."""
    return _lista(pedido, servicios)


@rutas.post("/reuniones")
def cambiar_lista(acto: ConActo) -> Response:
    """Programa una reunión, o nombra o retira un punto focal."""

    def hacer(actor: Actor) -> str:
        return _elegir(EN_LA_LISTA, Accion(acto.servicios, actor, 0, acto.datos, datetime.now(UTC)))

    def al_fallar(fallido: actos.Fallido) -> Response:
        return _lista(acto.pedido, acto.servicios, fallido)

    return actos.atender(acto, hacer, al_fallar)


@rutas.get("/reuniones/{numero}")
def ver(pedido: Request, servicios: ConServicios, numero: int) -> Response:
    """Muestra una reunión, sus asistentes, sus acuerdos y los hitos que dejó."""
    return _reunion(pedido, servicios, numero)


@rutas.post("/reuniones/{numero}")
def cambiar(acto: ConActo, numero: int) -> Response:
    """Convoca, realiza, reprograma o cancela la reunión, o le agrega un hito."""

    def hacer(actor: Actor) -> str:
        return _elegir(EN_UNA, Accion(acto.servicios, actor, numero, acto.datos, datetime.now(UTC)))

    def al_fallar(fallido: actos.Fallido) -> Response:
        return _reunion(acto.pedido, acto.servicios, numero, fallido)

    return actos.atender(acto, hacer, al_fallar)


def _elegir(acciones: Mapping[str, Callable[[Accion], str]], accion: Accion) -> str:
    que = actos.texto(accion.datos, "que")
    if que not in acciones:
        raise DatoInvalido("que", "Falta elegir qué hacer.", "Use uno de los botones.")
    return acciones[que](accion)


def _lista(
    pedido: Request,
    servicios: Servicios,
    fallido: actos.Fallido | None = None,
) -> Response:
    hoy = datetime.now(LIMA).date()
    return pagina(
        pedido,
        "reuniones.html",
        reuniones=reuniones.listar_reuniones(servicios.base),
        focales=puntos_focales.listar(servicios.base),
        romanos=ROMANOS,
        propuesta=fin_de_bimestre_habil(hoy),
        informe=siguiente_informe(hoy),
        **actos.del_formulario(pedido, fallido),
    )


def _reunion(
    pedido: Request,
    servicios: Servicios,
    numero: int,
    fallido: actos.Fallido | None = None,
) -> Response:
    base = servicios.base
    reunion = reuniones.ver_reunion(base, numero)
    de_la_entidad = [p for p in puntos_focales.listar(base) if p.entidad == reunion.entidad]
    nombrados = puntos_focales.por_numero(base, [*reunion.convocados, *reunion.asistentes])
    elegibles = {p.id: p for p in (*nombrados.values(), *de_la_entidad)}
    return pagina(
        pedido,
        "reunion.html",
        reunion=reunion,
        elegibles=list(elegibles.values()),
        nombrados=nombrados,
        marcados=set(fallido.datos.getlist("asistentes")) if fallido else set(),
        hitos=sustentos.hitos_de_reunion(base, numero),
        siguiente=reuniones.proponer_fecha(base, reunion.entidad, datetime.now(LIMA).date()),
        hechos=historia_de(base, {"reunion": [numero]}),
        romanos=ROMANOS,
        **actos.del_formulario(pedido, fallido),
    )


def _programar(a: Accion) -> str:
    nueva = reuniones.NuevaReunion(
        actos.texto(a.datos, "entidad"),
        actos.fecha_o_nada(a.datos, "fecha"),
        actos.texto(a.datos, "lugar"),
        actos.texto(a.datos, "agenda"),
        clave=actos.clave_de_idempotencia(a.datos),
    )
    return _ir(reuniones.programar(a.servicios.base, a.actor, nueva, a.ahora).id)


def _nombrar(a: Accion) -> str:
    entidad, nombre, cargo = (
        actos.texto(a.datos, campo) for campo in ("entidad_focal", "nombre", "cargo")
    )
    puntos_focales.nombrar(a.servicios.base, a.actor, entidad, nombre, cargo, a.ahora)
    return "/reuniones#focales"


def _retirar(a: Accion) -> str:
    punto, razon = actos.entero(a.datos, "punto") or 0, actos.texto(a.datos, "razon")
    version = actos.version(a.datos)
    puntos_focales.retirar(a.servicios.base, a.actor, punto, razon, version, a.ahora)
    return "/reuniones#focales"


def _convocar(a: Accion) -> str:
    convocada, documento = actos.fecha(a.datos, "convocada"), actos.texto(a.datos, "documento")
    version = actos.version(a.datos)
    reuniones.convocar(a.servicios.base, a.actor, a.numero, convocada, documento, version, a.ahora)
    return _ir(a.numero)


def _realizar(a: Accion) -> str:
    reuniones.realizar(
        a.servicios.base,
        a.actor,
        a.numero,
        actos.fecha(a.datos, "fecha"),
        tuple(int(str(n)) for n in a.datos.getlist("asistentes") if str(n).isdecimal()),
        actos.texto(a.datos, "acuerdos"),
        actos.version(a.datos),
        a.ahora,
    )
    return _ir(a.numero)


def _reprogramar(a: Accion) -> str:
    fecha, razon = actos.fecha(a.datos, "fecha_nueva"), actos.texto(a.datos, "razon")
    version = actos.version(a.datos)
    reuniones.reprogramar(a.servicios.base, a.actor, a.numero, fecha, razon, version, a.ahora)
    return _ir(a.numero)


def _cancelar(a: Accion) -> str:
    razon, version = actos.texto(a.datos, "razon"), actos.version(a.datos)
    reuniones.cancelar(a.servicios.base, a.actor, a.numero, razon, version, a.ahora)
    return _ir(a.numero)


def _agregar_hito(a: Accion) -> str:
    compromiso = actos.entero(a.datos, "compromiso")
    if compromiso is None:
        raise DatoInvalido("compromiso", "Falta el compromiso.", "Escriba su número.")
    sustentos.agregar_hito(
        a.servicios.base,
        a.actor,
        compromiso,
        actos.texto(a.datos, "nombre"),
        actos.fecha(a.datos, "fecha_prevista"),
        a.ahora,
        reunion_id=a.numero,
    )
    return _ir(a.numero)


def _ir(numero: int) -> str:
    return f"/reuniones/{numero}"


EN_LA_LISTA: Final[Mapping[str, Callable[[Accion], str]]] = {
    "programar": _programar,
    "nombrar": _nombrar,
    "retirar": _retirar,
}
EN_UNA: Final[Mapping[str, Callable[[Accion], str]]] = {
    "convocar": _convocar,
    "realizar": _realizar,
    "reprogramar": _reprogramar,
    "cancelar": _cancelar,
    "hito": _agregar_hito,
}
