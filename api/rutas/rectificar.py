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
from api.dependencias import ConActo, ConServicios, Servicios
from api.presentacion import consulta, pagina
from api.vistas import Tarjeta, avisos_por_cotejar, buscar_tarjeta
from lineamientos.contrato import AvisoJson
from registro import consultas, flujo
from registro.acta import NuevaDecision
from registro.actores import Actor
from registro.decisiones import rectificar
from registro.errores import Conflicto, DatoInvalido, TransicionInvalida

rutas = APIRouter()


@rutas.post("/actas/{acta_id}/reintentar")
def reintentar(acto: ConActo, acta_id: int) -> Response:
    """Devuelve a la cola un acta que no se pudo leer."""
    if not acto.quien:
        return pedir_quien(f"/actas/{acta_id}")
    flujo.reintentar_acta(acto.servicios.base, acta_id, Actor(acto.quien), datetime.now(UTC))
    acto.servicios.procesador.avisar()
    return RedirectResponse(f"/actas/{acta_id}", 303)


@rutas.get("/actas/{acta_id}/items/{item_id}/rectificar")
def ver_rectificacion(
    pedido: Request, servicios: ConServicios, acta_id: int, item_id: str
) -> Response:
    """Muestra la decisión que hay y qué se puede hacer con ella."""
    return _formulario(pedido, servicios, acta_id, item_id)


@rutas.post("/actas/{acta_id}/items/{item_id}/rectificar")
def guardar_rectificacion(acto: ConActo, acta_id: int, item_id: str) -> Response:
    """Rectifica la decisión y vuelve al acta."""
    pedido, servicios, datos = acto.pedido, acto.servicios, acto.datos
    tarjeta = _buscar(servicios, acta_id, item_id)
    if not acto.quien:
        return pedir_quien(pedido.url.path)
    if datos.get("que") == "aceptar":
        por_cotejar = _por_cotejar(servicios, acta_id, tarjeta)
        if fallos := formularios.fallos_de_cotejo(por_cotejar, datos):
            return _formulario(pedido, servicios, acta_id, item_id, fallos=fallos, datos=datos)
    try:
        nueva = NuevaDecision(
            str(datos.get("que", "")),
            acto.quien,
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


def _por_cotejar(servicios: Servicios, acta_id: int, tarjeta: Tarjeta) -> list[AvisoJson]:
    """Devuelve los avisos por los que se compara con el original un ítem que se rechazó."""
    resultado = consultas.ver_resultado(servicios.base, acta_id)
    rechazado = tarjeta.decision is not None and tarjeta.decision.despues is None
    return avisos_por_cotejar(resultado["avisos"], tarjeta) if resultado and rechazado else []


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
    tarjeta = _buscar(servicios, acta_id, item_id)
    return pagina(
        pedido,
        "rectificar.html",
        codigo=422 if fallos else 200,
        acta=consultas.ver_acta(servicios.base, acta_id),
        t=tarjeta,
        por_cotejar=_por_cotejar(servicios, acta_id, tarjeta),
        fallos=fallos or [],
        datos=escritos,
        clave=str(escritos.get("clave") or secrets.token_urlsafe(16)),
    )
