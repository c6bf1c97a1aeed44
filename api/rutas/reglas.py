"""Las reglas de los lineamientos, explicadas."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.presentacion import pagina
from api.vigentes import regla_vigente, reglas_vigentes
from lineamientos.acta import reglas_de_acta

rutas = APIRouter()


@rutas.get("/reglas")
def ver_reglas(pedido: Request) -> Response:
    """Lista las reglas, por criterio SMART."""
    return pagina(pedido, "reglas.html", reglas=reglas_vigentes(), del_acta=reglas_de_acta())


@rutas.get("/reglas/{codigo}")
def ver_regla(pedido: Request, codigo: str) -> Response:
    """Explica una regla: qué avisa, por qué, qué escribir y ejemplos."""
    return pagina(pedido, "regla.html", regla=regla_vigente(codigo))
