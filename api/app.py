"""La aplicación web: aquí se abre y se une todo lo demás."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from api.ajustes import Ajustes
from api.dependencias import Servicios
from api.errores import ESTADOS, responder
from api.presentacion import CARPETA
from api.procesador import Procesador
from api.redactor import Redactor
from api.rutas import API, PAGINAS
from api.seguridad import Seguridad
from ingesta.paquete import MB
from registro.base import abrir
from registro.borradores import Borradores
from registro.catalogos_en_uso import poner_en_uso
from registro.originales import Originales


def crear_app(ajustes: Ajustes) -> FastAPI:
    """Devuelve la aplicación; al arrancar abre la base y sigue con las actas pendientes.

    Raises (al arrancar):
        BaseNoDisponible, BaseMasNueva: la base no abre.
    """

    @asynccontextmanager
    async def vida(app: FastAPI) -> AsyncIterator[None]:
        ajustes.carpeta.mkdir(mode=0o700, parents=True, exist_ok=True)
        base = abrir(ajustes.url_de_base)
        poner_en_uso(base)
        originales = Originales(ajustes.carpeta_de_originales, ajustes.limite_mb * MB)
        procesador = Procesador(base, originales, ajustes.segundos_por_acta)
        redactor = Redactor()
        borradores = Borradores(ajustes.carpeta / "borradores")
        app.state.servicios = Servicios(ajustes, base, originales, procesador, redactor, borradores)
        procesador.iniciar()
        try:
            yield
        finally:
            redactor.detener()
            procesador.detener()
            base.cerrar()

    app = FastAPI(
        title="Actas",
        version=version("actas"),
        description="Actas, ítems, decisiones y registro de compromisos.",
        lifespan=vida,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.add_middleware(Seguridad, ajustes=ajustes)
    for error in (HTTPException, RequestValidationError, *ESTADOS):
        app.add_exception_handler(error, _responder)
    app.mount("/estaticos", StaticFiles(directory=CARPETA / "estaticos"), name="estaticos")
    for paginas in PAGINAS:
        app.include_router(paginas, include_in_schema=False)
    app.include_router(API, prefix="/api/v1")
    return app


async def _responder(pedido: Request, error: Exception) -> Response:
    return responder(pedido, error)
