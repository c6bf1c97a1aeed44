"""Las páginas HTML: plantillas Jinja2 y cómo se muestra cada dato.

Todo texto que entra en una plantilla se escapa, y sus signos de control o de dirección (los que
voltean «fdp.exe») se ven como «�» sin mover las posiciones.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api import etiquetas
from lineamientos.regla import AVISO_LEGAL
from registro.acta import LIMA
from registro.borrador import LARGO_DE_DATO, LARGO_DE_DENOMINACION, LARGO_DE_DESCRIPCION

CARPETA = Path(__file__).parent

_PELIGROSOS: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def visible(valor: object) -> object:
    """Devuelve el valor listo para mostrarse: nada en vez de None y sin signos de control."""
    if valor is None:
        return ""
    if isinstance(valor, str) and not isinstance(valor, Markup):
        return _PELIGROSOS.sub("\ufffd", valor)
    return valor


def fecha(valor: str | date | None) -> str:
    """Devuelve la fecha como dd/mm/aaaa; admite ISO 8601."""
    if isinstance(valor, str):
        valor = date.fromisoformat(valor)
    return f"{valor:%d/%m/%Y}" if valor else ""


def momento(valor: datetime) -> str:
    """Devuelve fecha y hora del Perú."""
    return f"{valor.astimezone(LIMA):%d/%m/%Y, %H:%M}"


def confianza(valor: float | None) -> str:
    """Devuelve el puntaje en palabras y en número."""
    if valor is None:
        return "sin calcular"
    palabra = next(p for desde, p in etiquetas.CONFIANZAS if valor >= desde)
    return f"{palabra} ({valor * 100:.0f}\u00a0%)"


def tamanio(valor: int) -> str:
    """Devuelve los bytes en KB o MB, con coma decimal."""
    if valor < 1024 * 1024:
        return f"{max(1, round(valor / 1024))} KB"
    return f"{valor / (1024 * 1024):.1f} MB".replace(".", ",")


def miles(valor: int) -> str:
    """Devuelve el número con sus miles separados por un espacio que no se parte."""
    return f"{valor:,}".replace(",", "\u00a0")


def consulta(**datos: object) -> str:
    """Devuelve los parámetros que no están vacíos, como «?a=1&b=2»."""
    usados = {nombre: str(valor) for nombre, valor in datos.items() if valor}
    return "?" + urlencode(usados) if usados else ""


def _crear_entorno() -> Environment:
    entorno = Environment(
        loader=FileSystemLoader(CARPETA / "plantillas"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    entorno.filters |= {
        "fecha": fecha,
        "momento": momento,
        "confianza": confianza,
        "tamanio": tamanio,
        "miles": miles,
    }
    entorno.globals |= {
        "e": {nombre: valor for nombre, valor in vars(etiquetas).items() if nombre.isupper()},
        "consulta": consulta,
        "aviso_legal": AVISO_LEGAL,
        "version": version("actas"),
        "largos": {
            "denominacion": LARGO_DE_DENOMINACION,
            "descripcion": LARGO_DE_DESCRIPCION,
            "dato": LARGO_DE_DATO,
        },
    }
    return entorno


ENTORNO: Final = _crear_entorno()


def pagina(pedido: Request, plantilla: str, *, codigo: int = 200, **datos: Any) -> HTMLResponse:
    """Devuelve la página de esa plantilla, que recibe también `pedido`, `ficha` y `quien`."""
    contexto = {
        "pedido": pedido,
        "ficha": getattr(pedido.state, "ficha", ""),
        "quien": getattr(pedido.state, "quien", ""),
        **datos,
    }
    return HTMLResponse(ENTORNO.get_template(plantilla).render(contexto), codigo)
