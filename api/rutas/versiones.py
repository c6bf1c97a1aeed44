"""Las versiones de un acta: cuáles podrían ser y decir que lo son."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.dependencias import ConServicios, Formulario, Quien, Servicios
from api.errores import a_falla
from api.formularios import Fallo
from api.presentacion import consulta, pagina
from api.rutas.compromiso import OFICINA, elegida, entero
from api.seguridad import guardar_galleta
from registro import consultas, versiones
from registro.actores import OFICINAS, Actor, Oficina
from registro.borrador import opcion
from registro.errores import DatoInvalido, ErrorDeRegistro

rutas = APIRouter()

TIPOS = {
    versiones.TipoDeVersion.BORRADOR: "Borrador",
    versiones.TipoDeVersion.FIRMADA: "Acta firmada",
    versiones.TipoDeVersion.ESCANEO: "Escaneo de la firmada",
}


@rutas.get("/actas/{acta_id}/versiones")
def ver_versiones(pedido: Request, servicios: ConServicios, acta_id: int) -> Response:
    """Muestra las versiones del acta y las que se le parecen."""
    return _pagina(pedido, servicios, acta_id)


@rutas.post("/actas/{acta_id}/versiones")
def marcar(
    pedido: Request, servicios: ConServicios, datos: Formulario, quien: Quien, acta_id: int
) -> Response:
    """Dice que esta acta es otra versión de la elegida."""
    ruta = f"/actas/{acta_id}/versiones"
    if not quien:
        return RedirectResponse(f"/quien{consulta(volver=ruta, falta=1)}", 303)
    try:
        actor = Actor(quien, opcion(Oficina, "oficina", datos.get("oficina", "")))
        de = entero(datos, "de")
        if de is None:
            raise DatoInvalido("de", "Falta el número del acta.", "Es el que está en su dirección.")
        tipo = opcion(versiones.TipoDeVersion, "tipo", datos.get("tipo", ""))
        versiones.marcar_version(servicios.base, actor, acta_id, de, tipo, datetime.now(UTC))
    except ErrorDeRegistro as error:
        return _pagina(pedido, servicios, acta_id, error=error, datos=datos)
    respuesta = RedirectResponse(ruta, 303)
    guardar_galleta(pedido, respuesta.headers, OFICINA, actor.oficina or "")
    return respuesta


def _pagina(
    pedido: Request,
    servicios: Servicios,
    acta_id: int,
    *,
    error: ErrorDeRegistro | None = None,
    datos: Mapping[str, Any] | None = None,
) -> Response:
    escritos = datos or {}
    falla = a_falla(error) if error else None
    numeros = versiones.versiones_de(servicios.base, acta_id)
    parecidas = versiones.parecidas(servicios.base, acta_id)
    return pagina(
        pedido,
        "versiones.html",
        codigo=falla.estado if falla else 200,
        acta=consultas.ver_acta(servicios.base, acta_id),
        otras=[consultas.ver_acta(servicios.base, n) for n in numeros if n != acta_id],
        parecidas=parecidas,
        tipos=TIPOS,
        oficinas=OFICINAS,
        elegida=elegida(pedido, escritos),
        datos=escritos,
        sugerida=escritos.get("de") or (parecidas[0].acta_id if parecidas else ""),
        fallos=[Fallo(falla.campo or "de", falla.detalle, falla.consejo)] if falla else [],
    )
