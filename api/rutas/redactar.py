"""El editor de actas: lista de borradores, la página y lo que su guion pide mientras se escribe."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel, Field

from api.dependencias import ConServicios, Formulario, Quien, Servicios
from api.presentacion import pagina
from api.redaccion.cabecera import acta_entera, cabecera
from api.redaccion.entera import de_acta, escribir
from api.redaccion.vista import de_parrafo
from registro.borradores import (
    LISTAS,
    MAYOR_ITEM,
    MAYOR_TEXTO,
    Borrador,
    BorradorCambiado,
    revisar,
)

rutas = APIRouter()

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PARRAFOS_POR_VEZ: Final = 40


class Guardado(BaseModel):
    """Lo que el editor guarda: la versión que vio y el acta entera."""

    version: int = Field(ge=1, lt=2**31)
    contenido: dict[str, Any]


class Parrafo(BaseModel):
    """Un párrafo por revisar; `clase` vacía es texto corrido."""

    texto: str = Field(max_length=MAYOR_TEXTO)
    clase: str = Field(pattern="^(?:pedido|compromiso|tarea|)$")


class PorRevisar(BaseModel):
    """Los párrafos que cambiaron y los datos del acta que ayudan a leerlos."""

    parrafos: list[Parrafo] = Field(max_length=PARRAFOS_POR_VEZ)
    datos: dict[str, str] = {}
    participantes: str = Field("", max_length=MAYOR_TEXTO)


class ActaPorRevisar(BaseModel):
    """El acta entera tal como está en el editor, guardada o no."""

    contenido: dict[str, Any]


@rutas.get("/redactar")
def ver_borradores(pedido: Request, servicios: ConServicios) -> Response:
    """Lista los borradores y ofrece empezar uno."""
    servicios.redactor.preparar()
    return pagina(pedido, "redactar_lista.html", borradores=servicios.borradores.listar())


@rutas.post("/redactar")
def empezar(servicios: ConServicios, quien: Quien, _: Formulario) -> Response:
    """Crea un borrador vacío y lo abre."""
    nuevo = servicios.borradores.crear(quien, datetime.now(UTC))
    return RedirectResponse(f"/redactar/{nuevo.clave}", 303)


@rutas.get("/redactar/{clave}")
def ver_editor(pedido: Request, servicios: ConServicios, clave: str) -> Response:
    """Abre el editor con la última versión guardada y, si ya se saben, los hallazgos del acta."""
    servicios.redactor.preparar()
    borrador = servicios.borradores.ver(clave)
    escrita = escribir(borrador.contenido)
    hallados = (
        [] if escrita.vacia else servicios.redactor.acta_al_abrir(escrita.texto, escrita.filas)
    )
    return pagina(
        pedido,
        "redactar.html",
        borrador=borrador,
        inicial=_en_json(borrador),
        del_acta=None if hallados is None else de_acta(escrita, hallados),
    )


@rutas.get("/redactar/{clave}/acta.docx")
def exportar(servicios: ConServicios, clave: str) -> Response:
    """Entrega el acta en Word, con sus datos adentro para reconocerla al volver."""
    borrador = servicios.borradores.ver(clave)
    nombre = re.sub(r"[^\w-]+", "-", borrador.titulo.lower()).strip("-")[:60] or "acta"
    ascii_ = nombre.encode("ascii", "ignore").decode().strip("-") or "acta"
    cabeceras = {"content-disposition": f'attachment; filename="{ascii_}.docx"'}
    from api.redaccion.documento import a_docx  # el proceso web arranca sin python-docx

    return Response(a_docx(borrador.contenido), media_type=WORD, headers=cabeceras)


@rutas.post("/redactar/{clave}/borrar")
def borrar(servicios: ConServicios, clave: str, _: Formulario) -> Response:
    """Quita el borrador y vuelve a la lista."""
    servicios.borradores.borrar(clave)
    return RedirectResponse("/redactar", 303)


@rutas.get("/api/redactar/{clave}")
def leer(servicios: ConServicios, clave: str) -> Response:
    """Da la última versión guardada."""
    return JSONResponse(_en_json(servicios.borradores.ver(clave)))


@rutas.put("/api/redactar/{clave}")
def guardar(servicios: ConServicios, quien: Quien, clave: str, dado: Guardado) -> Response:
    """Guarda; si otra persona guardó antes, 409 con lo que guardó y nada se pierde."""
    ahora = datetime.now(UTC)
    try:
        hecho = servicios.borradores.guardar(clave, dado.version, dado.contenido, quien, ahora)
    except BorradorCambiado as error:
        return JSONResponse(_en_json(error.actual), 409)
    return JSONResponse({"version": hecho.version})


@rutas.post("/api/redactar/revisar")
def revisar_parrafos(servicios: ConServicios, dado: PorRevisar) -> Response:
    """Revisa los párrafos dados, en su orden."""
    acta = revisar({"datos": dado.datos, "participantes": dado.participantes})
    return JSONResponse({"parrafos": _revisar(servicios, acta, dado.parrafos)})


@rutas.post("/api/redactar/acta")
def revisar_acta_entera(servicios: ConServicios, dado: ActaPorRevisar) -> Response:
    """Revisa el acta entera: lo que no se ve en una fila sola, con el sitio adonde lleva."""
    escrita = escribir(revisar(dado.contenido))
    hallados = [] if escrita.vacia else servicios.redactor.acta(escrita.texto, escrita.filas)
    return JSONResponse({"hallazgos": de_acta(escrita, hallados)})


@rutas.get("/api/redactar/{clave}/items")
def ver_items(servicios: ConServicios, clave: str) -> Response:
    """Da los ítems del borrador en la forma del contrato, como volverán en el Word."""
    contenido = servicios.borradores.ver(clave).contenido
    parrafos = [
        {"texto": " ".join(item["texto"].split()), "clase": clase}
        for lista, clase in LISTAS.items()
        for item in contenido[lista]
        if item["texto"].strip()
    ]
    hallados = servicios.redactor.parrafos(parrafos, acta_entera(contenido))
    return JSONResponse({"items": [item for items in hallados for item in items]})


def _revisar(
    servicios: Servicios, acta: Mapping[str, Any], parrafos: list[Parrafo]
) -> list[list[dict[str, Any]]]:
    textos = [
        {"texto": p.texto[:MAYOR_ITEM] if p.clase else p.texto, "clase": p.clase} for p in parrafos
    ]
    hallados = servicios.redactor.parrafos(textos, cabecera(acta))
    return [de_parrafo(p["texto"], items) for p, items in zip(textos, hallados, strict=True)]


def _en_json(borrador: Borrador) -> dict[str, Any]:
    return {
        "clave": borrador.clave,
        "version": borrador.version,
        "quien": borrador.quien,
        "cambiado_en": borrador.cambiado_en.isoformat(),
        "contenido": borrador.contenido,
    }
