"""La página del acta, su archivo original y las imágenes de sus páginas."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse

from api import vistas
from api.dependencias import ConServicios, Servicios
from api.errores import PaginaDesconocida
from api.obrero import TareaFallida
from api.presentacion import pagina
from lineamientos.contrato import ResultadoJson
from registro import consultas
from registro.acta import EstadoActa
from registro.flujo import POR_ANALIZAR
from registro.versiones import por_preguntar

rutas = APIRouter()

UN_DIA = "private, max-age=86400"
"""Una página dibujada no cambia: sale de un archivo que no cambia."""

CON_LAMINAS = frozenset({"docx", "odt"})
"""Formatos sin páginas fijas: se dibujan las imágenes grandes que traen, si traen."""

CONVERTIDOS = frozenset({"doc", "rtf"})
"""Formatos que se leen convertidos: traen láminas, pero del original no se pueden dibujar."""

CON_PAGINAS = CON_LAMINAS | {"pdf", "imagen"}
"""Formatos con páginas o imágenes que se pueden dibujar."""

Mostrar = Literal["todos", "por_decidir", "compromiso", "pedido", "tarea", "otro"]


@rutas.get("/actas/{acta_id}")
def ver_acta(
    pedido: Request,
    servicios: ConServicios,
    acta_id: int,
    mostrar: Annotated[Mostrar, Query()] = "todos",
    vista: Annotated[Literal["texto", "paginas"], Query()] = "texto",
    hecho: str = "",
    ya_estaba: bool = False,
) -> Response:
    """Muestra el acta: en espera, ilegible, o su texto junto a los ítems por decidir."""
    acta = consultas.ver_acta(servicios.base, acta_id)
    comun: dict[str, Any] = {
        "acta": acta,
        "ya_estaba": ya_estaba,
        "titulo": acta.titulo or acta.nombre,
    }
    if acta.estado in POR_ANALIZAR:
        problema = servicios.procesador.problema(acta_id)
        return pagina(pedido, "acta_en_espera.html", problema=problema, **comun)
    resultado = consultas.ver_resultado(servicios.base, acta_id)
    if acta.estado is EstadoActa.ILEGIBLE or resultado is None or resultado["texto"] is None:
        return pagina(pedido, "acta_ilegible.html", **comun)
    tarjetas = vistas.tarjetas_de(consultas.listar_items(servicios.base, acta_id))
    hojas, sin_hojas = _hojas(servicios, resultado, tarjetas) if vista == "paginas" else ([], "")
    return pagina(
        pedido,
        "acta.html",
        resultado=resultado,
        tarjetas=vistas.filtrar(tarjetas, mostrar, hecho),
        cuentas=vistas.contar(tarjetas),
        generales=vistas.avisos_generales(resultado["avisos"], tarjetas),
        avisos_de=lambda tarjeta: vistas.avisos_de(resultado["avisos"], tarjeta),
        por_cotejar=lambda tarjeta: vistas.avisos_por_cotejar(resultado["avisos"], tarjeta),
        pendientes=[t for t in tarjetas if t.pendiente],
        decididas=sum(t.decision is not None for t in tarjetas),
        pasajes=vistas.marcar(resultado["texto"], tarjetas) if vista == "texto" else [],
        hojas=hojas,
        sin_hojas=sin_hojas,
        con_hojas=_tiene_hojas(resultado),
        hoja=_nombre_de_hoja(resultado),
        mostrar=mostrar,
        vista=vista,
        hecho=hecho,
        parecidas=por_preguntar(servicios.base, acta_id),
        **comun,
    )


@rutas.get("/actas/{acta_id}/original")
def descargar_original(servicios: ConServicios, acta_id: int) -> Response:
    """Entrega el archivo tal como llegó, siempre como descarga."""
    acta = consultas.ver_acta(servicios.base, acta_id)
    ruta = servicios.originales.ruta(acta.sha256)
    return FileResponse(ruta, media_type="application/octet-stream", filename=acta.nombre)


@rutas.get("/actas/{acta_id}/paginas/{numero}.png")
def ver_pagina(servicios: ConServicios, acta_id: int, numero: int) -> Response:
    """Entrega la imagen de una página de un PDF o de una foto, o de una lámina de un Word."""
    acta = consultas.ver_acta(servicios.base, acta_id)
    resultado = consultas.ver_resultado(servicios.base, acta_id)
    paginas = resultado["archivo"]["paginas"] if resultado else None
    if acta.formato not in CON_PAGINAS or not 1 <= numero <= (paginas or 0):
        raise PaginaDesconocida(f"El acta no tiene imagen de la página {numero}.")
    png = servicios.procesador.dibujar(acta.sha256, numero)
    return Response(png, media_type="image/png", headers={"cache-control": UN_DIA})


def _hojas(
    servicios: Servicios, resultado: ResultadoJson, tarjetas: list[vistas.Tarjeta]
) -> tuple[list[vistas.Hoja], str]:
    """Devuelve las páginas con sus cajas, o por qué no se pueden mostrar."""
    if not _tiene_hojas(resultado):
        return [], "Este archivo no tiene páginas fijas: mírelo como texto."
    try:
        medidas = servicios.procesador.medir(resultado["archivo"]["sha256"])
    except TareaFallida as error:
        return [], f"{error} Mírelo como texto."
    return vistas.hojas_de(medidas, tarjetas), ""


def _tiene_hojas(resultado: ResultadoJson) -> bool:
    archivo = resultado["archivo"]
    return bool(archivo["paginas"]) and archivo["formato"] in CON_PAGINAS


def _nombre_de_hoja(resultado: ResultadoJson) -> tuple[str, str]:
    """Devuelve cómo se llama lo que se dibuja, en singular y en plural."""
    if resultado["archivo"]["formato"] in CON_LAMINAS | CONVERTIDOS:
        return "imagen", "imágenes"
    return "página", "páginas"
