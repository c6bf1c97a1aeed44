"""Lo que espera que alguien lo atienda: requerimientos, variaciones e hitos."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from api import actos
from api.dependencias import ConActo, ConServicios, Servicios
from api.presentacion import pagina
from nlp.propuesta import Clase
from registro import consultas, pedidos, requerimientos, sustentos, tareas, variaciones
from registro.acta import LIMA
from registro.actores import Actor
from registro.base import Base
from registro.errores import CosaDesconocida, DatoInvalido
from registro.recordatorios import ver_recordatorios

rutas = APIRouter()

FILAS: Final = 25
"""Cuántos pedidos y tareas se listan; los demás están en el registro."""

TITULOS: Final[Mapping[str, str]] = {
    "requerimientos": "Atender el requerimiento",
    "variaciones": "Solicitud de variación",
    "hitos": "Anotar el cumplimiento del hito",
}


@rutas.get("/seguimiento")
def ver_seguimiento(pedido: Request, servicios: ConServicios) -> Response:
    """Lista lo vencido, lo que el programa propone y lo que espera respuesta."""
    hoy = datetime.now(LIMA).date()
    propuestos = requerimientos.proponer_sin_informacion(servicios.base, hoy)
    return pagina(
        pedido,
        "seguimiento.html",
        vencidos=requerimientos.vencidos(servicios.base, hoy),
        propuestos=[
            consultas.ver_registro(servicios.base, Clase.COMPROMISO, n) for n in propuestos
        ],
        solicitudes=variaciones.listar_solicitudes(servicios.base, pendientes=True),
        recordatorios=ver_recordatorios(servicios.base, hoy),
        pedidos=pedidos.sin_respuesta(servicios.base, FILAS),
        tareas=tareas.atrasadas(servicios.base, hoy, FILAS),
        hoy=hoy,
    )


@rutas.get("/seguimiento/{lista}/{numero}")
def ver_cosa(pedido: Request, servicios: ConServicios, lista: str, numero: int) -> Response:
    """Muestra un requerimiento, una solicitud o un hito y qué se puede hacer con él."""
    return _formulario(pedido, servicios, lista, numero)


@rutas.post("/seguimiento/{lista}/{numero}")
def atender(acto: ConActo, lista: str, numero: int) -> Response:
    """Hace lo pedido y vuelve a la ficha del compromiso."""
    cosa = _buscar(acto.servicios, lista, numero)

    def hacer(actor: Actor) -> str:
        HACER[lista](acto.servicios, actor, cosa, acto.datos, datetime.now(UTC))
        return f"/registro/compromiso-{cosa.compromiso_id}"

    def al_fallar(fallido: actos.Fallido) -> Response:
        return _formulario(acto.pedido, acto.servicios, lista, numero, fallido)

    return actos.atender(acto, hacer, al_fallar)


def _buscar(servicios: Servicios, lista: str, numero: int) -> Any:
    if lista not in VER:
        raise CosaDesconocida("Esa página no existe.")
    return VER[lista](servicios.base, numero)


def _formulario(
    pedido: Request,
    servicios: Servicios,
    lista: str,
    numero: int,
    fallido: actos.Fallido | None = None,
) -> Response:
    cosa = _buscar(servicios, lista, numero)
    return pagina(
        pedido,
        "atender.html",
        lista=lista,
        titulo=TITULOS[lista],
        cosa=cosa,
        c=consultas.ver_registro(servicios.base, Clase.COMPROMISO, cosa.compromiso_id),
        **actos.del_formulario(pedido, fallido),
    )


def _atender_requerimiento(
    servicios: Servicios, actor: Actor, cosa: Any, datos: Mapping[str, Any], ahora: datetime
) -> None:
    base, numero = servicios.base, cosa.id
    version, razon = actos.version(datos), actos.texto(datos, "razon")
    que = actos.texto(datos, "que")
    if que == "recordar":
        requerimientos.recordar(base, actor, numero, version, ahora)
    elif que == "prorrogar":
        dias = actos.entero(datos, "dias") or 0
        requerimientos.prorrogar(base, actor, numero, dias, razon, version, ahora)
    elif que == "detener":
        requerimientos.detener(base, actor, numero, razon, version, ahora)
    elif que == "responder":
        dia = actos.fecha(datos, "respondido")
        requerimientos.responder(base, actor, numero, dia, razon, version, ahora)
    else:
        raise DatoInvalido("que", "Falta elegir qué pasó.", "Elija una de las opciones.")


def _resolver(
    servicios: Servicios, actor: Actor, cosa: Any, datos: Mapping[str, Any], ahora: datetime
) -> None:
    variaciones.resolver_variacion(
        servicios.base,
        actor,
        cosa.id,
        aceptar=datos.get("que") == "aceptar",
        respuesta=actos.texto(datos, "razon"),
        version=actos.version(datos),
        ahora=ahora,
    )


def _cumplir(
    servicios: Servicios, actor: Actor, cosa: Any, datos: Mapping[str, Any], ahora: datetime
) -> None:
    cumplida = actos.fecha(datos, "fecha_cumplida")
    version, nota = actos.version(datos), actos.texto(datos, "razon")
    sustentos.cumplir_hito(servicios.base, actor, cosa.id, cumplida, version, ahora, nota)


VER: Final[Mapping[str, Callable[[Base, int], Any]]] = {
    "requerimientos": requerimientos.ver_requerimiento,
    "variaciones": variaciones.ver_solicitud,
    "hitos": sustentos.ver_hito,
}
HACER: Final[Mapping[str, Callable[[Servicios, Actor, Any, Mapping[str, Any], datetime], None]]] = {
    "requerimientos": _atender_requerimiento,
    "variaciones": _resolver,
    "hitos": _cumplir,
}
