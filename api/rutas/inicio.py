"""Inicio, envío de actas, quién registra y ayuda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, BinaryIO

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile

from api.dependencias import ConServicios, Formulario, Quien, Servicios
from api.errores import DemasiadosArchivos, EnvioSinArchivo, ErrorDeApi, FaltaQuien, a_falla
from api.presentacion import consulta, pagina
from api.seguridad import ARCHIVOS_POR_ENVIO, QUIEN, guardar_galleta
from api.sobres import desplegar
from ingesta.errores import ErrorDeIngesta
from registro import consultas, flujo
from registro.acta import LIMA, Recepcion
from registro.borrador import texto_obligatorio
from registro.errores import DatoInvalido, ErrorDeRegistro
from registro.portada import ver_portada
from registro.recordatorios import ver_recordatorios

rutas = APIRouter()

ACTAS_POR_PAGINA = 20


@dataclass(frozen=True, slots=True)
class Envio:
    """Qué pasó con cada archivo de un envío: una recepción o un error con su consejo."""

    nombre: str
    recepcion: Recepcion | None
    error: ErrorDeIngesta | ErrorDeRegistro | None = None


@rutas.get("/")
def ver_inicio(
    pedido: Request, servicios: ConServicios, cursor: Annotated[str | None, Query()] = None
) -> Response:
    """Muestra qué hace el programa, el formulario de envío y las últimas actas."""
    return _inicio(pedido, servicios, cursor=cursor)


@rutas.post("/actas")
def enviar(pedido: Request, servicios: ConServicios, datos: Formulario) -> Response:
    """Recibe archivos: uno solo lleva a su acta; varios muestran qué pasó con cada uno."""
    quien = str(datos.get("quien", "")).strip()
    try:
        archivos = _archivos(datos)
        if not quien:
            raise FaltaQuien("Falta decir quién registra.")
    except ErrorDeApi as error:
        return _inicio(pedido, servicios, quien=quien, falla=error)
    envios = [
        _recibir(servicios, nombre, contenido, quien)
        for archivo in archivos
        for nombre, contenido in desplegar(archivo.filename or "acta", archivo.file)
    ]
    servicios.procesador.avisar()
    if len(envios) == 1 and (unico := envios[0].recepcion):
        ya = consulta(ya_estaba=int(unico.ya_estaba))
        respuesta: Response = RedirectResponse(f"/actas/{unico.acta.id}{ya}", 303)
    else:
        errores = [envio.error for envio in envios if envio.error]
        falla = errores[0] if len(errores) == len(envios) else None
        respuesta = _inicio(pedido, servicios, quien=quien, envios=envios, falla=falla)
    guardar_galleta(pedido, respuesta.headers, QUIEN, quien)
    return respuesta


@rutas.get("/quien")
def preguntar_quien(pedido: Request, volver: str = "/", falta: bool = False) -> Response:
    """Pregunta quién registra; `falta` dice que hizo falta para una decisión."""
    return pagina(pedido, "quien.html", volver=_propia(volver), falta=falta, falla=None)


@rutas.post("/quien")
def guardar_quien(pedido: Request, datos: Formulario) -> Response:
    """Guarda quién registra en una galleta y vuelve a donde estaba la persona."""
    volver = _propia(str(datos.get("volver", "/")))
    try:
        quien = texto_obligatorio("quien", str(datos.get("quien", "")))
    except DatoInvalido:
        falla = a_falla(FaltaQuien("Falta decir quién registra."))
        return pagina(
            pedido, "quien.html", codigo=falla.estado, volver=volver, falta=False, falla=falla
        )
    respuesta = RedirectResponse(volver, 303)
    guardar_galleta(pedido, respuesta.headers, QUIEN, quien)
    return respuesta


@rutas.get("/ayuda")
def ver_ayuda(pedido: Request) -> Response:
    """Muestra la ayuda."""
    return pagina(pedido, "ayuda.html")


def _inicio(
    pedido: Request,
    servicios: Servicios,
    *,
    cursor: str | None = None,
    quien: Quien | None = None,
    envios: list[Envio] | None = None,
    falla: Exception | None = None,
) -> Response:
    lista = consultas.listar_actas(servicios.base, cursor=cursor, limite=ACTAS_POR_PAGINA)
    vista = a_falla(falla) if falla else None
    hoy = datetime.now(LIMA).date()
    return pagina(
        pedido,
        "inicio.html",
        codigo=vista.estado if vista else 200,
        lista=lista,
        primera=cursor is None,
        portada=ver_portada(servicios.base),
        recordatorios=ver_recordatorios(servicios.base, hoy),
        hoy=hoy,
        limite_mb=servicios.ajustes.limite_mb,
        envios=envios or [],
        falla=vista,
        **({} if quien is None else {"quien": quien}),
    )


def _archivos(datos: FormData) -> list[UploadFile]:
    """Devuelve los archivos elegidos; un campo sin archivo llega con el nombre vacío."""
    archivos = [a for a in datos.getlist("archivos") if isinstance(a, UploadFile) and a.filename]
    if not archivos:
        raise EnvioSinArchivo("No se eligió ningún archivo.")
    if len(archivos) > ARCHIVOS_POR_ENVIO:
        raise DemasiadosArchivos(
            f"Se enviaron {len(archivos)} archivos y se admiten {ARCHIVOS_POR_ENVIO} por vez."
        )
    return archivos


def _recibir(servicios: Servicios, nombre: str, contenido: BinaryIO, quien: str) -> Envio:
    try:
        recepcion = flujo.recibir_acta(
            servicios.base,
            servicios.originales,
            contenido,
            nombre,
            quien,
            datetime.now(UTC),
        )
    except (ErrorDeIngesta, ErrorDeRegistro) as error:
        return Envio(nombre, None, error)
    return Envio(nombre, recepcion)


def _propia(direccion: str) -> str:
    """Devuelve la dirección si es de esta aplicación, o el inicio."""
    es_propia = direccion.startswith("/") and not direccion.startswith(("//", "/\\"))
    return direccion if es_propia and direccion.isprintable() else "/"
