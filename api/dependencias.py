"""Lo que las rutas reciben: servicios, formularios comprobados y quién registra."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from api.ajustes import Ajustes
from api.errores import FichaVencida
from api.procesador import Procesador
from api.redactor import Redactor
from api.seguridad import FICHA
from registro.base import Base
from registro.borradores import Borradores
from registro.originales import Originales


@dataclass(frozen=True, slots=True)
class Servicios:
    """Lo que se abre una vez al arrancar y usan todas las rutas."""

    ajustes: Ajustes
    base: Base
    originales: Originales
    procesador: Procesador
    redactor: Redactor
    borradores: Borradores


def _servicios(pedido: Request) -> Servicios:
    servicios: Servicios = pedido.app.state.servicios
    return servicios


async def _formulario(pedido: Request) -> AsyncIterator[FormData]:
    """Lee el formulario y comprueba que su ficha sea la de la galleta.

    Raises:
        FichaVencida: falta o no coincide.
    """
    async with pedido.form() as datos:
        ficha, galleta = str(datos.get("ficha", "")), pedido.cookies.get(FICHA, "")
        if not galleta or not hmac.compare_digest(ficha.encode(), galleta.encode()):
            raise FichaVencida("El formulario venció o no es de esta sesión; no se guardó nada.")
        yield datos


def _quien(pedido: Request) -> str:
    """Devuelve quién registra según la galleta o los ajustes; vacío si nadie lo dijo."""
    return str(pedido.state.quien)


ConServicios = Annotated[Servicios, Depends(_servicios)]
Formulario = Annotated[FormData, Depends(_formulario)]
Quien = Annotated[str, Depends(_quien)]


@dataclass(frozen=True, slots=True)
class Acto:
    """Un formulario enviado: qué trae, quién lo envía (vacío si no se sabe) y quién lo atiende."""

    pedido: Request
    servicios: Servicios
    datos: FormData
    quien: str


def _acto(pedido: Request, servicios: ConServicios, datos: Formulario, quien: Quien) -> Acto:
    return Acto(pedido, servicios, datos, quien)


ConActo = Annotated[Acto, Depends(_acto)]
