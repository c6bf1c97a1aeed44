"""Corregir lo ya hecho: rectificar una decisión y volver a leer un acta ilegible."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api import formularios
from api.actos import clave_de_idempotencia, entero, pedir_quien
from api.dependencias import ConServicios, Formulario, Quien, Servicios
from api.presentacion import consulta, pagina
from api.vistas import Tarjeta, buscar_tarjeta
from registro import consultas, flujo
from registro.acta import NuevaDecision
from registro.actores import Actor
from registro.decisiones import rectificar
from registro.errores import Conflicto, DatoInvalido, TransicionInvalida

rutas = APIRouter()


@rutas.post("/actas/{acta_id}/reintentar")
def reintentar(
    pedido: Request, servicios: ConServicios, datos: Formulario, quien: Quien, acta_id: int
) -> Response:
    """Devuelve a la cola un acta que no se pudo leer."""
    if not quien:
        return pedir_quien(f"/actas/{acta_id}")
    flujo.reintentar_acta(servicios.base, acta_id, Actor(quien), datetime.now(UTC))
    servicios.procesador.avisar()
    return RedirectResponse(f"/actas/{acta_id}", 303)


@rutas.get("/actas/{acta_id}/items/{item_id}/rectificar")
def ver_rectificacion(
    pedido: Request, servicios: ConServicios, acta_id: int, item_id: str
) -> Response:
    """Muestra la decisión que hay y qué se puede hacer con ella."""
    return _formulario(pedido, servicios, acta_id, item_id)


@rutas.post("/actas/{acta_id}/items/{item_id}/rectificar")
def guardar_rectificacion(
    pedido: Request,
    servicios: ConServicios,
    datos: Formulario,
    quien: Quien,
    acta_id: int,
    item_id: str,
) -> Response:
    """Rectifica la decisión y vuelve al acta."""
    tarjeta = _buscar(servicios, acta_id, item_id)
    if not quien:
        return pedir_quien(pedido.url.path)
    try:
        nueva = NuevaDecision(
            str(datos.get("que", "")),
            quien,
            str(datos.get("motivo", "")),
            clase=str(datos.get("clase", "")) or None,
            version=entero(datos, "version"),
            clave=clave_de_idempotencia(datos),
        )
        rectificar(servicios.base, tarjeta.propuesta.id, nueva, datetime.now(UTC))
    except DatoInvalido as error:
        return _formulario(
            pedido, servicios, acta_id, item_id, fallos=[formularios.a_fallo(error)], datos=datos
        )
    except Conflicto as error:
        fallo = formularios.Fallo("que", str(error), error.consejo)
        return _formulario(pedido, servicios, acta_id, item_id, fallos=[fallo], datos=datos)
    return RedirectResponse(f"/actas/{acta_id}{consulta(hecho=tarjeta.ancla)}#{tarjeta.ancla}", 303)


def _buscar(servicios: Servicios, acta_id: int, item_id: str) -> Tarjeta:
    tarjeta = buscar_tarjeta(consultas.listar_items(servicios.base, acta_id), item_id)
    if tarjeta.decision is None:
        raise TransicionInvalida("Todavía no hay una decisión que rectificar.")
    return tarjeta


def _formulario(
    pedido: Request,
    servicios: Servicios,
    acta_id: int,
    item_id: str,
    *,
    fallos: list[formularios.Fallo] | None = None,
    datos: Mapping[str, Any] | None = None,
) -> Response:
    escritos = datos or {}
    return pagina(
        pedido,
        "rectificar.html",
        codigo=422 if fallos else 200,
        acta=consultas.ver_acta(servicios.base, acta_id),
        t=_buscar(servicios, acta_id, item_id),
        fallos=fallos or [],
        datos=escritos,
        clave=str(escritos.get("clave") or secrets.token_urlsafe(16)),
    )
