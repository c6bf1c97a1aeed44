"""El enlace de la historia: cómo se escribe un hecho y cómo se calcula su huella.

    huella = SHA-256( «actas/historia/1» NUL huella_previa NUL numero NUL largo NUL cuerpo )

`cuerpo` es JSON canónico (claves en orden, sin espacios, UTF-8). Un dato personal no va en el
cuerpo: va su HMAC-SHA256 con una sal propia, y el dato y la sal en una fila aparte que se puede
borrar (Ley 29733) sin romper la cadena. El formato no cambia: `registro/verificar.py` lo vuelve a
escribir por su cuenta y una prueba compara ambos.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final

ETIQUETA: Final = "actas/historia/1"
PRIMERA: Final = "0" * 64
"""La huella previa del primer hecho."""


@dataclass(frozen=True, slots=True)
class DatoPersonal:
    """Un valor que se puede borrar: `clave` lo nombra en la historia; `sal` va en hexadecimal."""

    clave: str
    sal: str
    valor: str

    @property
    def en_la_cadena(self) -> dict[str, str]:
        """Devuelve lo que el hecho guarda de él."""
        return {"personal": self.clave, "hmac": sellar(self.sal, self.valor)}


def nuevo_dato(valor: str) -> DatoPersonal:
    """Devuelve un dato personal con clave y sal al azar."""
    return DatoPersonal(secrets.token_hex(12), secrets.token_hex(16), valor)


def sellar(sal: str, valor: str) -> str:
    """Devuelve el HMAC-SHA256 en hexadecimal."""
    return hmac.new(bytes.fromhex(sal), valor.encode("utf-8", "replace"), sha256).hexdigest()


def canonico(datos: object) -> str:
    """Devuelve el JSON canónico; fechas en ISO 8601 y momentos en UTC con microsegundos."""
    return json.dumps(
        datos, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_simple
    )


def enlazar(previa: str, numero: int, cuerpo: str) -> str:
    """Devuelve la huella del hecho `numero`, que sigue al de huella `previa`."""
    largo = len(cuerpo.encode("utf-8"))
    return sha256(f"{ETIQUETA}\0{previa}\0{numero}\0{largo}\0{cuerpo}".encode()).hexdigest()


def huella_de_fila(fila: Mapping[Any, Any]) -> str:
    """Devuelve la huella de una fila entera, para saber si alguien la cambió sin dejar hecho.

    Lo que está vacío (None) no cuenta: así una columna nueva no cambia las huellas de antes.
    Tampoco `raices`, que sale de las otras columnas y no dice nada que ellas no digan.
    """
    llena = {c: valor for c, valor in fila.items() if valor is not None and c != "raices"}
    return sha256(canonico(llena).encode("utf-8", "replace")).hexdigest()


def instante(momento: datetime) -> str:
    """Devuelve el momento en UTC, siempre con microsegundos («2026-05-20T15:30:00.000000Z»)."""
    return momento.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _simple(valor: object) -> object:
    if isinstance(valor, datetime):
        return instante(valor)
    if isinstance(valor, date):
        return valor.isoformat()
    if isinstance(valor, set | frozenset | tuple):
        return sorted(valor) if isinstance(valor, set | frozenset) else list(valor)
    raise TypeError(f"no se puede escribir en la historia: {type(valor).__name__}")
