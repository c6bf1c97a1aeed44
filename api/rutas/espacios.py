"""Los espacios de diálogo: abrirlos, priorizarlos y decir qué actas son de cada uno."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from api import actos
from api.dependencias import ConActo, ConServicios, Servicios
from api.presentacion import pagina
from registro import espacios
from registro.actores import OFICINAS, Actor, Oficina
from registro.borrador import opcion
from registro.errores import DatoInvalido
from registro.historia import historia_de

rutas = APIRouter()


@rutas.get("/espacios")
def ver_espacios(pedido: Request, servicios: ConServicios) -> Response:
    """Lista los espacios y muestra el formulario de uno nuevo."""
    return _lista(pedido, servicios)


@rutas.post("/espacios")
def abrir(acto: ConActo) -> Response:
    """Registra un espacio."""

    def hacer(actor: Actor) -> str:
        nuevo = espacios.abrir_espacio(
            acto.servicios.base,
            actor,
            actos.texto(acto.datos, "nombre"),
            actos.texto(acto.datos, "tipo"),
            datetime.now(UTC),
            unidad_territorial=actos.texto(acto.datos, "unidad_territorial"),
        )
        return f"/espacios/{nuevo.id}"

    def al_fallar(fallido: actos.Fallido) -> Response:
        return _lista(acto.pedido, acto.servicios, fallido)

    return actos.atender(acto, hacer, al_fallar)


@rutas.get("/espacios/{numero}")
def ver(pedido: Request, servicios: ConServicios, numero: int) -> Response:
    """Muestra un espacio, su priorización y su historia."""
    return _espacio(pedido, servicios, numero)


@rutas.post("/espacios/{numero}")
def cambiar(acto: ConActo, numero: int) -> Response:
    """Cambia la priorización, o dice que un acta es de este espacio."""

    def hacer(actor: Actor) -> str:
        ahora = datetime.now(UTC)
        if acto.datos.get("que") == "acta":
            acta_id = actos.entero(acto.datos, "acta")
            if acta_id is None:
                raise DatoInvalido("acta", "Falta el número del acta.", "Está en la lista.")
            espacios.asignar_acta(acto.servicios.base, actor, acta_id, numero, ahora)
        else:
            nueva, version = _priorizacion(acto.datos), actos.version(acto.datos)
            espacios.priorizar(acto.servicios.base, actor, numero, nueva, ahora, version)
        return f"/espacios/{numero}"

    def al_fallar(fallido: actos.Fallido) -> Response:
        return _espacio(acto.pedido, acto.servicios, numero, fallido)

    return actos.atender(acto, hacer, al_fallar)


def _priorizacion(datos: Mapping[str, Any]) -> espacios.Priorizacion:
    responsable = actos.texto(datos, "responsable")
    return espacios.Priorizacion(
        priorizado=datos.get("que") == "priorizar",
        fecha=actos.fecha(datos, "fecha"),
        razon=actos.texto(datos, "razon"),
        decidio=opcion(espacios.QuienPrioriza, "decidio", datos.get("decidio", "")),
        responsable=opcion(Oficina, "responsable", responsable) if responsable else None,
    )


def _lista(
    pedido: Request,
    servicios: Servicios,
    fallido: actos.Fallido | None = None,
) -> Response:
    lista = espacios.listar_espacios(servicios.base)
    return pagina(pedido, "espacios.html", lista=lista, **actos.del_formulario(pedido, fallido))


def _espacio(
    pedido: Request,
    servicios: Servicios,
    numero: int,
    fallido: actos.Fallido | None = None,
) -> Response:
    return pagina(
        pedido,
        "espacio.html",
        espacio=espacios.ver_espacio(servicios.base, numero),
        subsecretarias={o: OFICINAS[o] for o in espacios.SUBSECRETARIAS},
        hechos=historia_de(servicios.base, {"espacio": [numero]}),
        **actos.del_formulario(pedido, fallido),
    )
