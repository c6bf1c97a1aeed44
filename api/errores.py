"""Los errores en la frontera: qué código HTTP da cada uno y cómo se le cuentan a la persona.

ErrorDeApi                      lleva `consejo`
├── OrigenAjeno                 el formulario no salió de esta aplicación
├── FichaVencida                falta la ficha del formulario, o es de otra sesión
├── AnfitrionDesconocido        se abrió con un nombre de servidor que no está en los ajustes
├── EnvioSinArchivo
├── DemasiadosArchivos
├── FaltaQuien                  no se dijo quién registra
├── FaltaCotejar                falta decir que se comparó el ítem con el original
└── PaginaDesconocida           no hay imagen de esa página

Las páginas reciben HTML, `/api/…` recibe «application/problem+json» (RFC 9457) y `/v2…`, texto
plano, que es lo que esperan los clientes de LanguageTool.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException

from api.obrero import Apagando, NoArranca, TareaFallida
from api.presentacion import pagina
from ingesta.errores import (
    ArchivoDemasiadoGrande,
    ErrorDeIngesta,
    FormatoNoAdmitido,
)
from lineamientos.errores import ReglaDesconocida
from registro.errores import (
    BaseNoDisponible,
    Conflicto,
    DatoInvalido,
    ErrorDeRegistro,
    NoAutorizado,
    NoEncontrado,
    RespaldoDanado,
)


class ErrorDeApi(Exception):
    """El pedido no se puede atender; `consejo` dice qué hacer."""

    consejo = "Vuelva a cargar la página e inténtelo otra vez."


class OrigenAjeno(ErrorDeApi):
    """El pedido que cambia datos viene de otro sitio."""

    consejo = "Abra esta aplicación en el navegador y repita la acción desde su página."


class FichaVencida(ErrorDeApi):
    """La ficha del formulario no coincide con la del navegador."""


class AnfitrionDesconocido(ErrorDeApi):
    """El nombre con que se abrió la aplicación no está permitido."""

    consejo = (
        "Use http://127.0.0.1 y el puerto, o pida que agreguen ese nombre en ACTAS_ANFITRIONES."
    )


class EnvioSinArchivo(ErrorDeApi):
    """No se eligió ningún archivo."""

    consejo = "Elija uno o más archivos PDF o DOCX y vuelva a enviarlos."


class DemasiadosArchivos(ErrorDeApi):
    """Un envío trae más archivos de los que se admiten."""

    consejo = "Envíelos en varias tandas."


class FaltaQuien(ErrorDeApi):
    """Toda decisión lleva el nombre de quien la toma."""

    consejo = "Escriba su nombre u oficina en «Quién registra» y repita la acción."


class FaltaCotejar(ErrorDeApi):
    """El ítem tiene avisos de lectura y no se dijo que se comparó con el original."""

    campo = "cotejado"
    consejo = (
        "Compare el ítem con el original y envíe `cotejado: true`; los avisos están en "
        "`por_cotejar`, en la lista de ítems."
    )


class PaginaDesconocida(ErrorDeApi):
    """El acta no tiene imagen de esa página."""

    consejo = "Vuelva al acta y elija una de sus páginas."


ESTADOS: Final[Mapping[type[Exception], int]] = {
    OrigenAjeno: 403,
    FichaVencida: 403,
    AnfitrionDesconocido: 421,
    EnvioSinArchivo: 422,
    DemasiadosArchivos: 413,
    FaltaQuien: 422,
    FaltaCotejar: 422,
    PaginaDesconocida: 404,
    ArchivoDemasiadoGrande: 413,
    FormatoNoAdmitido: 415,
    ErrorDeIngesta: 422,
    ReglaDesconocida: 404,
    NoEncontrado: 404,
    Conflicto: 409,
    NoAutorizado: 403,
    DatoInvalido: 422,
    BaseNoDisponible: 503,
    RespaldoDanado: 422,
    ErrorDeRegistro: 500,
    TareaFallida: 422,
    NoArranca: 503,
    Apagando: 503,
}
"""Código HTTP de cada clase de error; las que no están toman el de su clase madre más cercana."""

TITULOS: Final[Mapping[int, tuple[str, str]]] = {
    400: ("No se entiende el pedido", "Vuelva a la página anterior e inténtelo otra vez."),
    403: ("No se hizo el cambio", "Vuelva a cargar la página y repita la acción."),
    404: ("No está aquí", "Revise la dirección o búsquelo desde el inicio."),
    405: ("Eso no se puede hacer aquí", "Vuelva a la página anterior y use sus botones."),
    409: ("Otra persona se adelantó", "Vuelva a cargar la página para ver qué cambió."),
    413: ("El envío es demasiado grande", "Envíe menos archivos, o divida el acta en partes."),
    415: ("No se admite ese formato", "Envíe el acta en PDF o DOCX."),
    421: ("Dirección no permitida", "Use la dirección que muestra `actas servir`."),
    422: ("Hay algo por corregir", "Corríjalo y vuelva a enviarlo."),
    500: (
        "Algo falló en el programa",
        "No se guardó nada a medias. Inténtelo otra vez; si se repite, avise a soporte.",
    ),
    503: ("La aplicación no puede atender ahora", "Espere un momento y vuelva a intentarlo."),
}
"""Título de la página por código, y el consejo cuando el error no trae el suyo."""


@dataclass(frozen=True, slots=True)
class Falla:
    """Un error listo para mostrarse. `campo` dice qué dato lo causó, si fue uno."""

    estado: int
    titulo: str
    detalle: str
    consejo: str
    campo: str | None = None


def estado_de(error: Exception) -> int:
    """Devuelve el código HTTP del error, mirando sus clases madres en orden."""
    return next((ESTADOS[c] for c in type(error).__mro__ if c in ESTADOS), 500)


def a_falla(error: Exception) -> Falla:
    """Devuelve lo que se puede mostrar del error; de uno inesperado no se muestra el mensaje."""
    if isinstance(error, RequestValidationError):
        return _de_validacion(error)
    conocido = any(c in ESTADOS for c in type(error).__mro__)
    estado = error.status_code if isinstance(error, HTTPException) else estado_de(error)
    titulo, consejo = TITULOS.get(estado, TITULOS[500 if estado >= 500 else 400])
    return Falla(
        estado,
        titulo,
        str(error) if conocido else "",
        getattr(error, "consejo", consejo),
        getattr(error, "campo", None),
    )


def responder(pedido: Request, error: Exception) -> Response:
    """Devuelve la respuesta del error: una página, o problem+json si se pidió a la API."""
    falla = a_falla(error)
    cabeceras = getattr(error, "headers", None) or {}
    if pedido.url.path.startswith("/api/"):
        cuerpo = {
            "type": "about:blank",
            "title": falla.titulo,
            "status": falla.estado,
            "detail": falla.detalle or falla.titulo,
            "consejo": falla.consejo,
        }
        if falla.campo:
            cuerpo["campo"] = falla.campo
        return JSONResponse(cuerpo, falla.estado, cabeceras, media_type="application/problem+json")
    if pedido.url.path.startswith("/v2"):
        texto = f"Error: {falla.detalle or falla.titulo}. {falla.consejo}"
        abierta = {**cabeceras, "access-control-allow-origin": "*"}
        return PlainTextResponse(texto, falla.estado, abierta)
    respuesta = pagina(pedido, "error.html", codigo=falla.estado, falla=falla)
    respuesta.headers.update(cabeceras)
    return respuesta


def _de_validacion(error: RequestValidationError) -> Falla:
    """Un número mal escrito en la dirección es una página que no existe; lo demás, un dato malo."""
    lugares = [fallo["loc"] for fallo in error.errors()]
    if any(lugar[0] == "path" for lugar in lugares):
        return Falla(404, TITULOS[404][0], "", TITULOS[404][1])
    nombres = ", ".join(f"«{'.'.join(map(str, lugar[1:])) or lugar[0]}»" for lugar in lugares)
    return Falla(
        422,
        TITULOS[422][0],
        f"Falta un dato o no es del tipo que se pide: {nombres}.",
        "Compare su pedido con la descripción en /api/openapi.json.",
    )
