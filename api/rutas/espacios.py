"""Los espacios de diálogo: abrirlos, priorizarlos y decir qué actas son de cada uno."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api import etiquetas, etiquetas_vida
from api.dependencias import ConServicios, Formulario, Quien, Servicios
from api.errores import a_falla
from api.formularios import Fallo
from api.presentacion import consulta, pagina
from api.rutas.compromiso import OFICINA, elegida, entero, fecha_de
from api.seguridad import guardar_galleta
from registro import espacios
from registro.acta import LIMA
from registro.actores import OFICINAS, Actor, Oficina
from registro.borrador import opcion
from registro.errores import DatoInvalido, ErrorDeRegistro
from registro.historia import historia_de

rutas = APIRouter()


@rutas.get("/espacios")
def ver_espacios(pedido: Request, servicios: ConServicios) -> Response:
    """Lista los espacios y muestra el formulario de uno nuevo."""
    return _lista(pedido, servicios)


@rutas.post("/espacios")
def abrir(pedido: Request, servicios: ConServicios, datos: Formulario, quien: Quien) -> Response:
    """Registra un espacio."""
    if not quien:
        return RedirectResponse(f"/quien{consulta(volver='/espacios', falta=1)}", 303)
    try:
        actor = Actor(quien, opcion(Oficina, "oficina", datos.get("oficina", "")))
        nuevo = espacios.abrir_espacio(
            servicios.base,
            actor,
            str(datos.get("nombre", "")),
            str(datos.get("tipo", "")),
            datetime.now(UTC),
            unidad_territorial=str(datos.get("unidad_territorial", "")),
        )
    except ErrorDeRegistro as error:
        return _lista(pedido, servicios, error=error, datos=datos)
    return _volver(pedido, nuevo.id, actor)


@rutas.get("/espacios/{numero}")
def ver(pedido: Request, servicios: ConServicios, numero: int) -> Response:
    """Muestra un espacio, su priorización y su historia."""
    return _espacio(pedido, servicios, numero)


@rutas.post("/espacios/{numero}")
def cambiar(
    pedido: Request, servicios: ConServicios, datos: Formulario, quien: Quien, numero: int
) -> Response:
    """Cambia la priorización, o dice que un acta es de este espacio."""
    if not quien:
        return RedirectResponse(f"/quien{consulta(volver=f'/espacios/{numero}', falta=1)}", 303)
    try:
        actor = Actor(quien, opcion(Oficina, "oficina", datos.get("oficina", "")))
        if datos.get("que") == "acta":
            acta_id = entero(datos, "acta")
            if acta_id is None:
                raise DatoInvalido("acta", "Falta el número del acta.", "Está en la lista.")
            espacios.asignar_acta(servicios.base, actor, acta_id, numero, datetime.now(UTC))
        else:
            nueva = _priorizacion(datos)
            version = entero(datos, "version") or 0
            espacios.priorizar(servicios.base, actor, numero, nueva, datetime.now(UTC), version)
    except ErrorDeRegistro as error:
        return _espacio(pedido, servicios, numero, error=error, datos=datos)
    return _volver(pedido, numero, actor)


def _priorizacion(datos: Mapping[str, Any]) -> espacios.Priorizacion:
    fecha = fecha_de(datos, "fecha")
    assert fecha is not None  # noqa: S101
    responsable = str(datos.get("responsable", ""))
    return espacios.Priorizacion(
        priorizado=datos.get("que") == "priorizar",
        fecha=fecha,
        razon=str(datos.get("razon", "")),
        decidio=opcion(espacios.QuienPrioriza, "decidio", datos.get("decidio", "")),
        responsable=opcion(Oficina, "responsable", responsable) if responsable else None,
    )


def _volver(pedido: Request, numero: int, actor: Actor) -> Response:
    respuesta = RedirectResponse(f"/espacios/{numero}", 303)
    guardar_galleta(pedido, respuesta.headers, OFICINA, actor.oficina or "")
    return respuesta


def _comun(
    pedido: Request, error: ErrorDeRegistro | None, datos: Mapping[str, Any] | None
) -> dict[str, Any]:
    falla = a_falla(error) if error else None
    campo = falla.campo if falla else None
    return {
        "codigo": falla.estado if falla else 200,
        "fallos": [Fallo(campo or "oficina", falla.detalle, falla.consejo)] if falla else [],
        "datos": datos or {},
        "elegida": elegida(pedido, datos or {}),
        "oficinas": OFICINAS,
        "v": etiquetas_vida,
        "hoy": datetime.now(LIMA).date(),
    }


def _lista(
    pedido: Request,
    servicios: Servicios,
    *,
    error: ErrorDeRegistro | None = None,
    datos: Mapping[str, Any] | None = None,
) -> Response:
    lista = espacios.listar_espacios(servicios.base)
    return pagina(pedido, "espacios.html", lista=lista, **_comun(pedido, error, datos))


def _espacio(
    pedido: Request,
    servicios: Servicios,
    numero: int,
    *,
    error: ErrorDeRegistro | None = None,
    datos: Mapping[str, Any] | None = None,
) -> Response:
    return pagina(
        pedido,
        "espacio.html",
        espacio=espacios.ver_espacio(servicios.base, numero),
        subsecretarias={o: OFICINAS[o] for o in espacios.SUBSECRETARIAS},
        hechos=historia_de(servicios.base, {"espacio": [numero]}),
        leido=lambda nombre, valor: etiquetas_vida.leido(nombre, valor, etiquetas.CAMPOS),
        **_comun(pedido, error, datos),
    )
