"""El servidor de LanguageTool de la oficina, si lo hay: pone la ortografía que aquí no se revisa.

El texto sale de esta máquina solo si alguien puso su dirección en `ACTAS_LANGUAGETOOL`.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from api.languagetool.respuesta import NUESTRAS
from ingesta.paquete import MB

BITACORA = logging.getLogger(__name__)

ESPERA: Final = 4.0
"""Segundos que se le espera: la revisión propia no debe tardar por él."""

MAYOR_RESPUESTA: Final = 4 * MB
NO_PASAN: Final = frozenset({"username", "apiKey", "password", "token", "tokenV2", "language"})
_ABRIR: Final = build_opener(ProxyHandler({})).open
"""Sin intermediarios: el texto va directo a la dirección dada."""


class ServidorAjenoCaido(Exception):
    """El servidor de ortografía no respondió o no se le entiende."""


def pedir(direccion: str, parametros: Mapping[str, str]) -> list[dict[str, Any]]:
    """Devuelve los hallazgos de otro servidor para el mismo pedido.

    `direccion` es su base, con `/v2` o sin él. Va en español general, que es el que conoce, y sin
    las claves del usuario; lo que apaga o enciende reglas nuestras no le estorba.

    Raises:
        ServidorAjenoCaido: no hubo respuesta útil en `ESPERA` segundos.
    """
    base = direccion.rstrip("/").removesuffix("/v2")
    datos = {n: v for n, v in parametros.items() if n not in NO_PASAN}
    cuerpo = urlencode({**datos, "language": _idioma(parametros.get("language", "es"))}).encode()
    cabeceras = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
    pedido = Request(f"{base}/v2/check", cuerpo, cabeceras)  # noqa: S310 — la da el ajuste
    try:
        with _ABRIR(pedido, timeout=ESPERA) as respuesta:
            leido = json.loads(respuesta.read(MAYOR_RESPUESTA))
        return [m for m in leido["matches"] if _sirve(m)]
    except (URLError, OSError, ValueError, KeyError, TypeError) as error:
        BITACORA.warning("el servidor de ortografía no respondió: %s", type(error).__name__)
        raise ServidorAjenoCaido("El servidor de ortografía no respondió.") from error


def _idioma(pedido: str) -> str:
    return "es" if pedido.startswith("es") else pedido


def _sirve(hallazgo: Any) -> bool:
    """Dice si tiene lo que todo cliente necesita y no es de otro servidor como este."""
    lugares = (hallazgo["offset"], hallazgo["length"])
    completo = {"message", "replacements", "context", "rule"} <= hallazgo.keys()
    hallazgo.setdefault("shortMessage", "")
    hallazgo.setdefault("sentence", hallazgo.get("context", {}).get("text", ""))
    return (
        completo
        and all(isinstance(n, int) and n >= 0 for n in lugares)
        and not str(hallazgo["rule"]["id"]).startswith(NUESTRAS)
    )
