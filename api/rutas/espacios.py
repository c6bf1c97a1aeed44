"""Los espacios de diálogo: abrirlos, priorizarlos y decir qué actas son de cada uno."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from api import actos
from api.dependencias import ConServicios, Formulario, Quien, Servicios
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
def abrir(pedido: Request, servicios: ConServicios, datos: Formulario, quien: Quien) -> Response:
    """Registra un espacio."""

    def hacer(actor: Actor) -> str:
        nuevo = espacios.abrir_espacio(
            servicios.base,
            actor,
            actos.texto(datos, "nombre"),
            actos.texto(datos, "tipo"),
            datetime.now(UTC),
            unidad_territorial=actos.texto(datos, "unidad_territorial"),
        )
        return f"/espacios/{nuevo.id}"

    def al_fallar(error: actos.Error) -> Response:
        return _lista(pedido, servicios, error=error, datos=datos)

    return actos.atender(pedido, datos, quien, hacer, al_fallar)


@rutas.get("/espacios/{numero}")
def ver(pedido: Request, servicios: ConServicios, numero: int) -> Response:
    """Muestra un espacio, su priorización y su historia."""
    return _espacio(pedido, servicios, numero)


@rutas.post("/espacios/{numero}")
def cambiar(
    pedido: Request, servicios: ConServicios, datos: Formulario, quien: Quien, numero: int
) -> Response:
    """Cambia la priorización, o dice que un acta es de este espacio."""

    def hacer(actor: Actor) -> str:
        ahora = datetime.now(UTC)
        if datos.get("que") == "acta":
            acta_id = actos.entero(datos, "acta")
            if acta_id is None:
                raise DatoInvalido("acta", "Falta el número del acta.", "Está en la lista.")
            espacios.asignar_acta(servicios.base, actor, acta_id, numero, ahora)
        else:
            nueva, version = _priorizacion(datos), actos.version(datos)
            espacios.priorizar(servicios.base, actor, numero, nueva, ahora, version)
        return f"/espacios/{numero}"

    def al_fallar(error: actos.Error) -> Response:
        return _espacio(pedido, servicios, numero, error=error, datos=datos)

    return actos.atender(pedido, datos, quien, hacer, al_fallar)


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
    *,
    error: actos.Error | None = None,
    datos: Mapping[str, Any] | None = None,
) -> Response:
    lista = espacios.listar_espacios(servicios.base)
    return pagina(
        pedido, "espacios.html", lista=lista, **actos.del_formulario(pedido, error, datos)
    )


def _espacio(
    pedido: Request,
    servicios: Servicios,
    numero: int,
    *,
    error: actos.Error | None = None,
    datos: Mapping[str, Any] | None = None,
) -> Response:
    return pagina(
        pedido,
        "espacio.html",
        espacio=espacios.ver_espacio(servicios.base, numero),
        subsecretarias={o: OFICINAS[o] for o in espacios.SUBSECRETARIAS},
        hechos=historia_de(servicios.base, {"espacio": [numero]}),
        **actos.del_formulario(pedido, error, datos),
    )
