"""Lo que se hace desde un formulario en nombre de una persona y su oficina.

Todas las páginas que cambian el registro lo hacen igual: sin decir quién, se pregunta; si algo
falta, vuelve el formulario con lo escrito y qué corregir; si se hizo, se va a otra página y se
recuerda la oficina.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from api import etiquetas_vida
from api.dependencias import Acto
from api.errores import a_falla
from api.formularios import Fallo
from api.presentacion import consulta
from api.seguridad import guardar_galleta
from ingesta.errores import ErrorDeIngesta
from registro.acta import LIMA
from registro.actores import OFICINAS, Actor, Oficina
from registro.borrador import opcion
from registro.errores import DatoInvalido, ErrorDeRegistro

OFICINA: Final = "actas_oficina"
"""Galleta con la última oficina que se eligió, para no elegirla cada vez."""


@dataclass(frozen=True, slots=True)
class Fallido:
    """Un formulario que no se pudo guardar: lo escrito y por qué."""

    datos: FormData
    error: ErrorDeRegistro | ErrorDeIngesta


def atender(
    acto: Acto, hacer: Callable[[Actor], str], al_fallar: Callable[[Fallido], Response]
) -> Response:
    """Hace algo y va a la dirección que `hacer` devuelve, o muestra lo que da `al_fallar`."""
    if not acto.quien:
        return pedir_quien(acto.pedido.url.path)
    try:
        actor = Actor(acto.quien, opcion(Oficina, "oficina", acto.datos.get("oficina", "")))
        destino = hacer(actor)
    except (ErrorDeRegistro, ErrorDeIngesta) as error:
        return al_fallar(Fallido(acto.datos, error))
    respuesta = RedirectResponse(destino, 303)
    guardar_galleta(acto.pedido, respuesta.headers, OFICINA, actor.oficina or "")
    return respuesta


def pedir_quien(volver: str) -> Response:
    """Lleva a decir quién registra, y de ahí de vuelta."""
    return RedirectResponse(f"/quien{consulta(volver=volver, falta=1)}", 303)


def del_formulario(
    pedido: Request, fallido: Fallido | None, *, campo: str = "oficina"
) -> dict[str, Any]:
    """Devuelve lo que recibe toda plantilla de formulario: lo escrito, lo que falló y opciones.

    `campo` es el que se señala cuando el error no es de uno en particular.
    """
    escritos: Mapping[str, Any] = fallido.datos if fallido else {}
    falla = a_falla(fallido.error) if fallido else None
    return {
        "codigo": falla.estado if falla else 200,
        "fallos": [Fallo(falla.campo or campo, falla.detalle or falla.titulo, falla.consejo)]
        if falla
        else [],
        "datos": escritos,
        "oficinas": OFICINAS,
        "elegida": str(escritos.get("oficina") or pedido.cookies.get(OFICINA, "")),
        "clave": str(escritos.get("clave") or secrets.token_urlsafe(16)),
        "v": etiquetas_vida,
        "leido": etiquetas_vida.leido,
        "hoy": datetime.now(LIMA).date(),
    }


def texto(datos: Mapping[str, Any], campo: str) -> str:
    """Lee un texto del formulario; vacío si no vino."""
    return str(datos.get(campo, ""))


def clave_de_idempotencia(datos: Mapping[str, Any]) -> str | None:
    """Lee la clave con que se repite un pedido sin hacerlo dos veces."""
    return texto(datos, "clave") or None


def fecha(datos: Mapping[str, Any], campo: str) -> date:
    """Lee una fecha del formulario.

    Raises:
        DatoInvalido: falta o no es una fecha.
    """
    escrita = fecha_o_nada(datos, campo)
    if escrita is None:
        raise DatoInvalido(campo, "Falta la fecha.", "Use día, mes y año.")
    return escrita


def fecha_o_nada(datos: Mapping[str, Any], campo: str) -> date | None:
    """Lee una fecha del formulario, o None si está vacía.

    Raises:
        DatoInvalido: no es una fecha.
    """
    escrita = texto(datos, campo).strip()
    if not escrita:
        return None
    try:
        return date.fromisoformat(escrita)
    except ValueError as error:
        raise DatoInvalido(campo, "La fecha está mal escrita.", "Use día, mes y año.") from error


def entero(datos: Mapping[str, Any], campo: str) -> int | None:
    """Lee un número entero del formulario, o None si está vacío.

    Raises:
        DatoInvalido: no es un número.
    """
    escrito = texto(datos, campo).strip()
    if not escrito:
        return None
    if not (escrito.isascii() and escrito.isdecimal() and len(escrito) < 10):
        raise DatoInvalido(campo, f"«{escrito}» no es un número.", "Escriba solo cifras.")
    return int(escrito)


def version(datos: Mapping[str, Any]) -> int:
    """Lee la versión que la persona vio; 0, que no es de ninguna fila, si no vino.

    Raises:
        DatoInvalido: no es un número.
    """
    return entero(datos, "version") or 0
