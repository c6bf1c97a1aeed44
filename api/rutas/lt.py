"""`/v2/…`: el protocolo de LanguageTool, para usar la revisión desde el procesador de textos.

Se atiende a cualquier origen: lo que se responde sale solo del texto que se mandó, sin galletas y
sin tocar el registro.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from api.dependencias import ConServicios, Servicios
from api.languagetool import ajeno, respuesta
from api.languagetool.errores import ErrorDeProtocolo
from api.languagetool.oxt import construir
from api.languagetool.pedido import MAYOR_TEXTO, Pedido, leer_parametros, leer_pedido
from api.obrero import Apagando, NoArranca, TardaDemasiado, TareaFallida

rutas = APIRouter()

CORS: Final = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST, HEAD, OPTIONS",
    "access-control-allow-headers": "*, Authorization, Content-Type",
    "access-control-allow-private-network": "true",
    "access-control-max-age": "86400",
}
METODOS: Final = ["GET", "POST", "HEAD", "OPTIONS"]
_HILOS: Final = ThreadPoolExecutor(4, "actas-ortografia")


@rutas.api_route("/v2", methods=METODOS)
@rutas.api_route("/v2/{resto:path}", methods=METODOS)
async def atender(pedido: Request, servicios: ConServicios, resto: str = "") -> Response:
    """Atiende una orden del protocolo; `/v2/v2/check` vale por `/v2/check`."""
    if pedido.method == "OPTIONS":
        return Response(status_code=204, headers={**CORS, "allow": ", ".join(METODOS)})
    orden = resto.strip("/")
    while orden == "v2" or orden.startswith("v2/"):
        orden = orden[2:].strip("/")
    if pedido.method == "HEAD":
        conocida = not orden or orden in ORDENES
        return Response(status_code=200 if conocida else 404, headers=CORS)
    try:
        if orden not in ORDENES:
            raise ErrorDeProtocolo(f"Unknown or unsupported API path: /v2/{orden}", 404)
        parametros = leer_parametros(await pedido.body(), pedido.url.query.encode())
        sitio = str(pedido.base_url)
        return await run_in_threadpool(ORDENES[orden], servicios, parametros, sitio)
    except ErrorDeProtocolo as error:
        return error_en_texto(str(error), error.estado)


@rutas.get("/oficina/actas.oxt")
def bajar_extension(pedido: Request) -> Response:
    """Da la extensión que conecta LibreOffice con esta misma dirección."""
    cabeceras = {"content-disposition": 'attachment; filename="actas.oxt"'}
    tipo = "application/vnd.openofficeorg.extension"
    return Response(construir(str(pedido.base_url)), media_type=tipo, headers=cabeceras)


def error_en_texto(mensaje: str, estado: int) -> Response:
    """Devuelve el error como lo esperan los clientes: texto plano «Error: …»."""
    return Response(f"Error: {mensaje}", estado, CORS, "text/plain; charset=utf-8")


def _check(servicios: Servicios, parametros: Mapping[str, str], sitio: str) -> Response:
    pedido = leer_pedido(parametros)
    direccion = servicios.ajustes.languagetool
    if not pedido.es_espanol and not direccion:
        raise ErrorDeProtocolo(f"'{pedido.idioma}' is not a language code known to this server")
    tarea = _HILOS.submit(ajeno.pedir, direccion, parametros) if direccion else None
    revisado = _revisar(servicios, pedido)
    ajenas, motivo = _esperar(tarea)
    cuerpo = respuesta.revision(pedido, revisado, sitio, ajenas)
    return _json(respuesta.incompleta(cuerpo, motivo) if motivo else cuerpo)


def _revisar(servicios: Servicios, pedido: Pedido) -> Mapping[str, Any]:
    if not pedido.es_espanol:
        return {"items": [], "oraciones": []}
    try:
        return servicios.redactor.texto(pedido.anotado.leido)
    except TardaDemasiado as error:
        raise ErrorDeProtocolo("Checking took longer than the time limit", 500) from error
    except TareaFallida as error:
        raise ErrorDeProtocolo("Internal error while checking the text", 500) from error
    except (NoArranca, Apagando) as error:
        raise ErrorDeProtocolo("The checker is not available", 503) from error


def _esperar(tarea: Future[list[dict[str, Any]]] | None) -> tuple[list[dict[str, Any]], str]:
    if tarea is None:
        return [], ""
    try:
        return tarea.result(), ""
    except ajeno.ServidorAjenoCaido as error:
        return [], str(error)


def _json(cuerpo: object) -> Response:
    datos = json.dumps(cuerpo, ensure_ascii=False).encode("utf-8", "replace")
    return Response(datos, 200, CORS, "application/json")


def _texto(texto: str) -> Response:
    return Response(texto, 200, CORS, "text/plain; charset=utf-8")


def _idiomas(servicios: Servicios, _: Mapping[str, str], __: str) -> Response:
    """LibreOffice los pide al abrir: buen momento para ir cargando los modelos."""
    servicios.redactor.preparar()
    return _json(respuesta.idiomas())


def _sin_cuentas(_: Servicios, __: Mapping[str, str], ___: str) -> Response:
    raise ErrorDeProtocolo("This server has no user accounts: there is no personal dictionary", 403)


ORDENES: Final[Mapping[str, Callable[[Servicios, Mapping[str, str], str], Response]]] = {
    "check": _check,
    "languages": _idiomas,
    "healthcheck": lambda *_: _texto("OK"),
    "maxtextlength": lambda *_: _texto(str(MAYOR_TEXTO)),
    "info": lambda *_: _json(respuesta.informacion()),
    "configinfo": lambda *_: _json(respuesta.configuracion()),
    "words": _sin_cuentas,
    "words/add": _sin_cuentas,
    "words/delete": _sin_cuentas,
}
"""Cada orden y quien la atiende."""
