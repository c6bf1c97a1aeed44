"""Lo que no se puede atender, como lo dice el protocolo: texto plano «Error: …»."""

from __future__ import annotations


class ErrorDeProtocolo(Exception):
    """El pedido no sirve; `estado` es el código HTTP con que se responde."""

    def __init__(self, mensaje: str, estado: int = 400) -> None:
        super().__init__(mensaje)
        self.estado = estado
