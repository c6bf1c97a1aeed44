"""Pedidos que se repiten: la misma clave con lo mismo da el mismo resultado, una sola vez.

La clave se guarda en la transacción del efecto: si la respuesta se pierde en el camino, repetir el
pedido no lo hace dos veces (se vieron 51 confirmaciones así en 2 999; `fiabilidad.md`, T8).
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, insert, select

from registro.cadena import canonico
from registro.errores import ClaveRepetida, DatoInvalido
from registro.tablas_vida import idempotencia

_LARGO_DE_CLAVE: Final = 200


def resultado_previo(conexion: Connection, clave: str | None, pedido: object) -> int | None:
    """Devuelve el número al que ya dio lugar ese pedido, o None si es la primera vez.

    Raises:
        ClaveRepetida: la clave se usó para otro pedido.
        DatoInvalido: la clave es demasiado larga.
    """
    if not clave:
        return None
    if len(clave) > _LARGO_DE_CLAVE:
        raise DatoInvalido(
            "clave", "La clave de idempotencia es demasiado larga.", "Use hasta 200 caracteres."
        )
    tabla = idempotencia
    consulta = select(tabla.c.pedido, tabla.c.resultado).where(tabla.c.clave == clave)
    fila = conexion.execute(consulta).one_or_none()
    if fila is None:
        return None
    if fila.pedido != _huella(pedido):
        raise ClaveRepetida("Esa clave de idempotencia ya se usó para otro pedido.")
    return int(fila.resultado)


def recordar(
    conexion: Connection, clave: str | None, pedido: object, resultado: int, ahora: datetime
) -> None:
    """Guarda a qué dio lugar el pedido; sin clave no guarda nada."""
    if clave:
        valores = {
            "clave": clave,
            "pedido": _huella(pedido),
            "resultado": resultado,
            "cuando": ahora,
        }
        conexion.execute(insert(idempotencia).values(valores))


def _huella(pedido: object) -> str:
    return sha256(canonico(pedido).encode("utf-8", "replace")).hexdigest()
