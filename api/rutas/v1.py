"""La API: las mismas formas del contrato, para otros sistemas.

Los errores van como «application/problem+json» (RFC 9457); las listas se piden por cursor.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Header, Query, Response, UploadFile
from fastapi.responses import JSONResponse

from api import formularios
from api.dependencias import ConServicios, Servicios
from api.errores import FaltaCotejar
from api.filtros import ConFiltros
from api.rutas import v1_formas as formas
from api.rutas.registro import buscar_registro, clave_de, con_su_acta
from api.vigentes import reglas_vigentes
from api.vistas import Tarjeta, avisos_por_cotejar, buscar_tarjeta, tarjetas_de
from lineamientos.regla import AVISO_LEGAL
from registro import consultas, decisiones, flujo, listas
from registro.acta import NuevaDecision
from registro.anexos import Anexo, a_csv, a_xlsx
from registro.errores import PropuestaYaDecidida
from registro.filtros import Filtros
from registro.historia import ver_cabeza

_TEXTO = {"type": "string"}
PROBLEMA: dict[int | str, dict[str, Any]] = {
    "4XX": {
        "description": "No se hizo; `detail` dice por qué y `consejo`, qué hacer.",
        "content": {
            "application/problem+json": {
                "schema": {
                    "type": "object",
                    "required": ["type", "title", "status", "detail", "consejo"],
                    "properties": {
                        "type": _TEXTO,
                        "title": _TEXTO,
                        "status": {"type": "integer"},
                        "detail": _TEXTO,
                        "consejo": _TEXTO,
                        "campo": _TEXTO,
                    },
                }
            }
        },
    }
}
rutas = APIRouter(responses=PROBLEMA)

Limite = Annotated[int, Query(ge=1, le=200, description="Filas por página.")]
Cursor = Annotated[str | None, Query(description="El `siguiente` de la página anterior.")]

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DESCARGA: dict[int | str, dict[str, Any]] = {
    200: {"description": "La matriz.", "content": {EXCEL: {}, "text/csv": {}}}
}


class RespuestaJson(JSONResponse):
    """JSON en UTF-8; un medio carácter suelto, que UTF-8 no admite, sale como «?»."""

    def render(self, content: Any) -> bytes:
        """Devuelve los bytes de la respuesta."""
        return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")


@rutas.post("/actas", response_model=formas.RecepcionJson, status_code=202, tags=["actas"])
def enviar_acta(
    servicios: ConServicios,
    archivo: UploadFile,
    quien: Annotated[str, Form(description="Oficina o persona que envía.")],
) -> Response:
    """Recibe un acta y la deja en cola: 202, o 200 si esos mismos bytes ya estaban."""
    recepcion = flujo.recibir_acta(
        servicios.base,
        servicios.originales,
        archivo.file,
        archivo.filename or "acta",
        quien,
        datetime.now(UTC),
    )
    servicios.procesador.avisar()
    cuerpo: formas.RecepcionJson = {
        "acta": formas.acta_en_json(recepcion.acta),
        "ya_estaba": recepcion.ya_estaba,
    }
    return RespuestaJson(
        cuerpo,
        200 if recepcion.ya_estaba else 202,
        {"location": f"/api/v1/actas/{recepcion.acta.id}"},
    )


@rutas.get("/actas", response_model=formas.ListaDeActasJson, tags=["actas"])
def listar_actas(servicios: ConServicios, cursor: Cursor = None, limite: Limite = 50) -> Response:
    """Lista las actas, de la última recibida a la primera."""
    lista = consultas.listar_actas(servicios.base, cursor=cursor, limite=limite)
    return RespuestaJson({
        "filas": [formas.fila_en_json(fila) for fila in lista.filas],
        "siguiente": lista.siguiente,
    })


@rutas.get("/actas/{acta_id}", response_model=formas.ActaYResultadoJson, tags=["actas"])
def ver_acta(servicios: ConServicios, acta_id: int) -> Response:
    """Devuelve el acta, en qué va y el resultado de su análisis cuando lo hay."""
    acta = consultas.ver_acta(servicios.base, acta_id)
    return RespuestaJson({
        "acta": formas.acta_en_json(acta),
        "resultado": consultas.ver_resultado(servicios.base, acta_id),
    })


@rutas.get("/actas/{acta_id}/items", response_model=formas.ListaDeItemsJson, tags=["ítems"])
def listar_items(servicios: ConServicios, acta_id: int) -> Response:
    """Lista los ítems del acta en orden de lectura, con su decisión."""
    tarjetas = tarjetas_de(consultas.listar_items(servicios.base, acta_id))
    resultado = consultas.ver_resultado(servicios.base, acta_id)
    avisos = resultado["avisos"] if resultado else []
    return RespuestaJson({
        "filas": [formas.item_en_json(t, avisos_por_cotejar(avisos, t)) for t in tarjetas]
    })


@rutas.post(
    "/actas/{acta_id}/items/{item_id}/decisiones",
    response_model=formas.DecisionJson,
    status_code=201,
    tags=["ítems"],
)
def decidir(
    servicios: ConServicios,
    acta_id: int,
    item_id: str,
    pedida: formas.DecisionPedida,
    idempotency_key: Annotated[
        str | None,
        Header(description="Con la misma clave, el mismo pedido se atiende una sola vez."),
    ] = None,
) -> Response:
    """Acepta, edita o rechaza un ítem: 201, o 200 si esa misma decisión ya estaba tomada.

    409 si otra persona decidió antes, la versión no es la actual o la clave se usó para otra cosa;
    422 si el ítem tiene avisos de lectura y falta `cotejado`.
    """
    tarjeta = _tarjeta(servicios, acta_id, item_id)
    if pedida.que != "rechazar" and not pedida.cotejado:
        _revisar_cotejo(servicios, acta_id, tarjeta)
    nueva = NuevaDecision(**pedida.model_dump(exclude={"cotejado"}), clave=idempotency_key)
    try:
        hecho = decisiones.decidir(servicios.base, tarjeta.propuesta.id, nueva, datetime.now(UTC))
    except PropuestaYaDecidida:
        previa = _tarjeta(servicios, acta_id, item_id).decision
        if previa is None or not formularios.es_la_misma(nueva, previa):
            raise
        return RespuestaJson(formas.decision_en_json(previa), 200)
    return RespuestaJson(formas.decision_en_json(hecho.decision), 200 if hecho.repetida else 201)


@rutas.get("/registro", response_model=formas.ListaDelRegistroJson, tags=["registro"])
def listar_registro(
    servicios: ConServicios, filtros: ConFiltros, cursor: Cursor = None, limite: Limite = 50
) -> Response:
    """Lista el registro: primero el acta más reciente y, dentro, en orden de lectura.

    `texto` y `responsable` se buscan por raíces; `plazo` es «vencido», «por_vencer» o «sin_fecha».
    """
    lista = listas.listar_registros(servicios.base, filtros, cursor=cursor, limite=limite)
    return RespuestaJson({
        "filas": [
            formas.registro_en_json(fila.registro, fila.tarjeta, clave_de(fila.registro))
            for fila in con_su_acta(servicios, lista.filas)
        ],
        "siguiente": lista.siguiente,
        "total": sum(listas.contar_registros(servicios.base, filtros).values()),
    })


@rutas.get("/registro/{clave}", response_model=formas.RegistroJson, tags=["registro"])
def ver_registro(servicios: ConServicios, clave: str) -> Response:
    """Devuelve una fila del registro; `clave` es su `id`, como «compromiso-12»."""
    (fila,) = con_su_acta(servicios, (buscar_registro(servicios, clave),))
    return RespuestaJson(formas.registro_en_json(fila.registro, fila.tarjeta, clave))


@rutas.get("/exportar/anexo2.xlsx", response_class=Response, responses=DESCARGA, tags=["anexos"])
def exportar_anexo2_xlsx(
    servicios: ConServicios, filtros: ConFiltros, adicionales: bool = False
) -> Response:
    """Descarga el Anexo 2 en Excel; `adicionales` suma una hoja con los campos internos."""
    return _xlsx(servicios, filtros, Anexo.DOS, adicionales)


@rutas.get("/exportar/anexo5.xlsx", response_class=Response, responses=DESCARGA, tags=["anexos"])
def exportar_anexo5_xlsx(
    servicios: ConServicios, filtros: ConFiltros, adicionales: bool = False
) -> Response:
    """Descarga el Anexo 5 en Excel; `adicionales` suma una hoja con los campos internos."""
    return _xlsx(servicios, filtros, Anexo.CINCO, adicionales)


@rutas.get("/exportar/anexo2.csv", response_class=Response, responses=DESCARGA, tags=["anexos"])
def exportar_anexo2_csv(servicios: ConServicios, filtros: ConFiltros) -> Response:
    """Descarga el Anexo 2 en CSV."""
    return _csv(servicios, filtros, Anexo.DOS)


@rutas.get("/exportar/anexo5.csv", response_class=Response, responses=DESCARGA, tags=["anexos"])
def exportar_anexo5_csv(servicios: ConServicios, filtros: ConFiltros) -> Response:
    """Descarga el Anexo 5 en CSV."""
    return _csv(servicios, filtros, Anexo.CINCO)


@rutas.get("/reglas", response_model=formas.ListaDeReglasJson, tags=["lineamientos"])
def listar_reglas() -> Response:
    """Lista las reglas de redacción."""
    filas = [formas.regla_en_json(regla) for regla in reglas_vigentes()]
    return RespuestaJson({"aviso": AVISO_LEGAL, "filas": filas})


def _tarjeta(servicios: Servicios, acta_id: int, item_id: str) -> Tarjeta:
    return buscar_tarjeta(consultas.listar_items(servicios.base, acta_id), item_id)


def _revisar_cotejo(servicios: Servicios, acta_id: int, tarjeta: Tarjeta) -> None:
    """Lanza FaltaCotejar si el ítem, todavía sin decidir, tiene avisos de lectura."""
    resultado = consultas.ver_resultado(servicios.base, acta_id)
    avisos = avisos_por_cotejar(resultado["avisos"], tarjeta) if resultado else []
    if avisos and tarjeta.decision is None:
        raise FaltaCotejar(
            "La lectura de esta parte tiene avisos y falta decir que el ítem se comparó con el "
            f"original: {avisos[0]['mensaje']}"
        )


def _xlsx(servicios: Servicios, filtros: Filtros, anexo: Anexo, adicionales: bool) -> Response:
    compromisos = listas.listar_compromisos(servicios.base, filtros)
    cabeza = ver_cabeza(servicios.base)
    libro = a_xlsx(compromisos, anexo, con_adicionales=adicionales, cabeza=cabeza)
    return _descarga(libro, EXCEL, f"anexo-{anexo}.xlsx")


def _csv(servicios: Servicios, filtros: Filtros, anexo: Anexo) -> Response:
    compromisos = listas.listar_compromisos(servicios.base, filtros)
    return _descarga(a_csv(compromisos, anexo), "text/csv; charset=utf-8", f"anexo-{anexo}.csv")


def _descarga(contenido: bytes, tipo: str, nombre: str) -> Response:
    cabeceras = {"content-disposition": f'attachment; filename="{nombre}"'}
    return Response(contenido, media_type=tipo, headers=cabeceras)
