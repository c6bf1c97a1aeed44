"""Aceptar, editar o rechazar un ítem."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from api import formularios
from api.actos import pedir_quien
from api.dependencias import ConActo, ConServicios, Servicios
from api.presentacion import consulta, pagina
from api.vistas import Tarjeta, avisos_por_cotejar, buscar_tarjeta
from lineamientos.contrato import AvisoJson
from registro import consultas
from registro.acta import LIMA, Acta, NuevaDecision
from registro.borrador import proponer
from registro.compromiso import Contenido
from registro.decisiones import decidir
from registro.errores import DatoInvalido

rutas = APIRouter()


@dataclass(frozen=True, slots=True)
class EnRevision:
    """Un ítem en el momento de decidirlo, con lo que se registraría sin cambiar nada.

    `por_cotejar` son los avisos de lectura por los que se compara antes con el original.
    """

    acta: Acta
    tarjeta: Tarjeta
    propuesto: Contenido
    por_cotejar: list[AvisoJson]


@rutas.get("/actas/{acta_id}/items/{item_id}/editar")
def ver_edicion(
    pedido: Request,
    servicios: ConServicios,
    acta_id: int,
    item_id: str,
    sugerida: bool = False,
) -> Response:
    """Muestra el formulario con lo propuesto; `sugerida` pone la redacción que da la revisión."""
    revision = _buscar(servicios, acta_id, item_id)
    edicion = formularios.desde_contenido(revision.propuesto)
    if sugerida and (redaccion := revision.tarjeta.item["propuesta_de_redaccion"]):
        edicion = replace(edicion, textos={**edicion.textos, "denominacion": redaccion})
    clase = "" if revision.tarjeta.falta_elegir else revision.tarjeta.clase
    return _formulario_de_edicion(pedido, revision, edicion, clase=clase)


@rutas.post("/actas/{acta_id}/items/{item_id}/editar")
def guardar_edicion(acto: ConActo, acta_id: int, item_id: str) -> Response:
    """Registra el ítem con los cambios; si no cambió nada es como aceptarlo.

    Lo que tiene avisos de lectura pide, como al aceptar, decir que se comparó con el original.
    """
    pedido, servicios, datos = acto.pedido, acto.servicios, acto.datos
    revision = _buscar(servicios, acta_id, item_id)
    edicion = formularios.desde_formulario(datos)
    cambiada = edicion != formularios.desde_contenido(revision.propuesto)
    fallos = [
        *formularios.fallos_de(edicion, revision.propuesto.transcripcion),
        *formularios.fallos_de_cotejo(revision.por_cotejar, datos),
    ]
    if not acto.quien:
        return _pedir_quien(pedido)
    if not fallos:
        nueva = replace(
            _decision(datos, "editar" if cambiada else "aceptar", acto.quien),
            campos=edicion.campos if cambiada else {},
            caso=str(datos.get("caso", "")),
        )
        try:
            return _decidir(servicios, revision, nueva, datos)
        except DatoInvalido as error:
            fallos = [formularios.a_fallo(error)]
    return _formulario_de_edicion(
        pedido, revision, edicion, clase=str(datos.get("clase", "")), fallos=fallos, datos=datos
    )


@rutas.post("/actas/{acta_id}/items/{item_id}/decidir")
def guardar_decision(acto: ConActo, acta_id: int, item_id: str) -> Response:
    """Acepta o rechaza el ítem tal como está.

    Rechazar pide un motivo; aceptar lo que tiene avisos de lectura, decir que se comparó con el
    original.
    """
    pedido, servicios, datos = acto.pedido, acto.servicios, acto.datos
    revision = _buscar(servicios, acta_id, item_id)
    que = str(datos.get("que", ""))
    if not acto.quien:
        return _pedir_quien(pedido)
    fallos = []
    if que == "rechazar" and not str(datos.get("motivo", "")).strip():
        fallos = [formularios.Fallo("motivo", "Falta el motivo.", "Diga por qué lo rechaza.")]
    elif que == "aceptar":
        fallos = formularios.fallos_de_cotejo(revision.por_cotejar, datos)
    if not fallos:
        try:
            return _decidir(servicios, revision, _decision(datos, que, acto.quien), datos)
        except DatoInvalido as error:
            fallos = [formularios.a_fallo(error)]
    return pagina(
        pedido,
        "decidir.html",
        codigo=422,
        acta=revision.acta,
        t=revision.tarjeta,
        fallos=fallos,
        que=que,
        datos=datos,
        por_cotejar=revision.por_cotejar,
    )


def _buscar(servicios: Servicios, acta_id: int, item_id: str) -> EnRevision:
    acta = consultas.ver_acta(servicios.base, acta_id)
    tarjeta = buscar_tarjeta(consultas.listar_items(servicios.base, acta_id), item_id)
    hoy = datetime.now(LIMA).date()
    resultado = consultas.ver_resultado(servicios.base, acta_id)
    dudosos = avisos_por_cotejar(resultado["avisos"], tarjeta) if resultado else []
    return EnRevision(acta, tarjeta, proponer(tarjeta.item, acta.fecha, hoy), dudosos)


def _decision(datos: FormData, que: str, quien: str) -> NuevaDecision:
    version = str(datos.get("version", ""))
    return NuevaDecision(
        que,
        quien,
        str(datos.get("motivo", "")),
        clase=str(datos.get("clase", "")) or None,
        version=int(version) if version.isdecimal() else None,
    )


def _decidir(
    servicios: Servicios, revision: EnRevision, nueva: NuevaDecision, datos: FormData
) -> Response:
    """Guarda la decisión y vuelve a la misma tarjeta, con el filtro y la vista que había."""
    decidir(servicios.base, revision.tarjeta.propuesta.id, nueva, datetime.now(UTC))
    ancla = revision.tarjeta.ancla
    como = consulta(mostrar=datos.get("mostrar"), vista=datos.get("vista"), hecho=ancla)
    return RedirectResponse(f"/actas/{revision.acta.id}{como}#{ancla}", 303)


def _pedir_quien(pedido: Request) -> Response:
    return pedir_quien(pedido.url.path.rsplit("/items/", 1)[0])


def _formulario_de_edicion(
    pedido: Request,
    revision: EnRevision,
    edicion: formularios.Edicion,
    *,
    clase: str,
    fallos: list[formularios.Fallo] | None = None,
    datos: FormData | None = None,
) -> Response:
    return pagina(
        pedido,
        "editar.html",
        codigo=422 if fallos else 200,
        acta=revision.acta,
        t=revision.tarjeta,
        edicion=edicion,
        clase=clase,
        fallos=fallos or [],
        datos=datos or {},
        por_cotejar=revision.por_cotejar,
    )
