"""Lo que protege cada pedido y cada respuesta, antes y después de las rutas.

Anfitrión conocido (contra el cambio de DNS), mismo origen en lo que cambia datos, ficha doble en
los formularios, tope al cuerpo y cabeceras que no dejan correr nada ajeno.
"""

from __future__ import annotations

import ipaddress
import logging
import secrets
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from fastapi import Request, Response
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.ajustes import Ajustes
from api.errores import AnfitrionDesconocido, OrigenAjeno, responder
from api.obrero import rastro
from ingesta.paquete import MB

BITACORA = logging.getLogger(__name__)

CABECERAS: Final = {
    "content-security-policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
SIN_GUARDAR: Final = "private, no-cache"
"""De fábrica el navegador pregunta siempre; las imágenes y los estáticos dicen otra cosa."""

DE_CUALQUIER_ORIGEN: Final = "/v2"
"""El protocolo de LanguageTool no cambia datos y lo llaman complementos de otros programas."""

SIN_EFECTO: Final = frozenset({"GET", "HEAD", "OPTIONS"})
ARCHIVOS_POR_ENVIO: Final = 20
LIMITE_SIN_ARCHIVOS: Final = 1 * MB
SE_DESCARTA: Final = 1024 * MB
"""De un envío que se pasó se lee y se bota hasta esto: sin ello el navegador no vería el error."""

FICHA: Final = "actas_ficha"
QUIEN: Final = "actas_quien"
UN_ANIO: Final = 365 * 24 * 3600


class Seguridad:
    """Capa ASGI que envuelve a toda la aplicación."""

    def __init__(self, app: ASGIApp, ajustes: Ajustes) -> None:
        self._app = app
        self._ajustes = ajustes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Atiende un pedido; un error inesperado se anota sin su mensaje y da una página 500."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        pedido = Request(scope, receive)
        nueva = self._preparar(pedido)
        empezada = False

        async def enviar(mensaje: Message) -> None:
            nonlocal empezada
            if mensaje["type"] == "http.response.start":
                empezada = True
                cabeceras = MutableHeaders(scope=mensaje)
                for nombre, valor in CABECERAS.items():
                    cabeceras[nombre] = valor
                cabeceras.setdefault("cache-control", SIN_GUARDAR)
                if nueva and cabeceras.get("content-type", "").startswith("text/html"):
                    guardar_galleta(pedido, cabeceras, FICHA, pedido.state.ficha)
            await send(mensaje)

        try:
            if rechazo := self._rechazar(pedido):
                await rechazo(scope, receive, enviar)
            else:
                await self._app(scope, self._con_tope(pedido, receive), enviar)
        except Exception as error:
            BITACORA.error("%s %s: %s", pedido.method, scope["path"], rastro(error))
            if empezada:
                raise
            await responder(pedido, error)(scope, receive, enviar)

    def _preparar(self, pedido: Request) -> bool:
        """Deja en `pedido.state` la ficha y quién registra; dice si la ficha es nueva."""
        previa = pedido.cookies.get(FICHA, "")
        pedido.state.ficha = previa or secrets.token_urlsafe(32)
        pedido.state.quien = unquote(pedido.cookies.get(QUIEN, "")) or self._ajustes.oficina
        return not previa

    def _rechazar(self, pedido: Request) -> Response | None:
        anfitrion = pedido.headers.get("host", "")
        if not self._conoce(urlsplit(f"//{anfitrion}").hostname or ""):
            return responder(pedido, AnfitrionDesconocido("Ese nombre de servidor no se admite."))
        ajeno = pedido.method not in SIN_EFECTO and not _mismo_origen(pedido, anfitrion)
        if ajeno and not pedido.url.path.startswith(DE_CUALQUIER_ORIGEN):
            return responder(pedido, OrigenAjeno("El pedido viene de otro sitio y no se atendió."))
        return None

    def _conoce(self, nombre: str) -> bool:
        """Dice si el nombre es de los ajustes o una dirección de esta misma máquina."""
        try:
            return ipaddress.ip_address(nombre).is_loopback
        except ValueError:
            return nombre in self._ajustes.anfitriones

    def _con_tope(self, pedido: Request, receive: Receive) -> Receive:
        trae_archivos = pedido.headers.get("content-type", "").startswith("multipart/")
        tope = LIMITE_SIN_ARCHIVOS
        if trae_archivos:
            tope += 4 * self._ajustes.limite_mb * MB
        leidos = 0

        async def recibir() -> Message:
            nonlocal leidos
            mensaje = await receive()
            leidos += len(mensaje.get("body", b""))
            if leidos <= tope:
                return mensaje
            while mensaje.get("more_body") and leidos < SE_DESCARTA:
                mensaje = await receive()
                leidos += len(mensaje.get("body", b""))
            raise HTTPException(413)

        return recibir


def guardar_galleta(pedido: Request, cabeceras: MutableHeaders, nombre: str, valor: str) -> None:
    """Agrega una galleta que solo vuelve a este sitio y que ningún guion puede leer."""
    segura = "; Secure" if pedido.url.scheme == "https" else ""
    cabeceras.append(
        "set-cookie",
        f"{nombre}={quote(valor)}; Path=/; HttpOnly; SameSite=Lax; Max-Age={UN_ANIO}{segura}",
    )


def _mismo_origen(pedido: Request, anfitrion: str) -> bool:
    """Dice si el pedido sale de esta aplicación; un programa, que no dice su origen, también vale.

    Los navegadores mandan `Sec-Fetch-Site` u `Origin` en todo pedido que cambia datos.
    """
    if (sitio := pedido.headers.get("sec-fetch-site")) is not None:
        return sitio in {"same-origin", "none"}
    origen = pedido.headers.get("origin")
    return origen is None or urlsplit(origen).netloc == anfitrion
