"""Lo que se hace con un compromiso ya registrado: estado, avance, sustentos, hitos y relojes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from starlette.datastructures import FormData, UploadFile

from api import actos, etiquetas_vida
from api.dependencias import ConActo, ConServicios, Servicios
from api.presentacion import consulta, pagina
from nlp.propuesta import Clase
from registro import consultas, sustentos, vida
from registro.actores import Actor
from registro.borrador import opcion
from registro.compromiso import Compromiso
from registro.errores import DatoInvalido, RegistroDesconocido
from registro.espacios import Espacio, ver_espacio
from registro.estados import ESTADOS, TRANSICIONES, Estado, Trato
from registro.relojes import Unidad
from registro.requerimientos import NuevoRequerimiento, requerir
from registro.variaciones import pedir_variacion

rutas = APIRouter()

EDITABLES: Final = (
    "denominacion",
    "plazo_texto",
    "fecha_limite",
    "codigo_snip",
    "codigo_unificado",
    "unidad_territorial",
    "monto",
    "financiamiento",
)
"""Datos cuya variación se pide desde la página."""


@dataclass(frozen=True, slots=True)
class Accion:
    """Una acción sobre un compromiso y quién la atiende."""

    servicios: Servicios
    actor: Actor
    compromiso: Compromiso
    datos: FormData
    ahora: datetime


@rutas.get("/registro/compromiso-{numero}/{accion}")
def ver_accion(pedido: Request, servicios: ConServicios, numero: int, accion: str) -> Response:
    """Muestra el formulario de una acción."""
    compromiso = _buscar(servicios, numero, accion)
    return _formulario(pedido, servicios, compromiso, accion)


@rutas.post("/registro/compromiso-{numero}/{accion}")
def hacer_accion(acto: ConActo, numero: int, accion: str) -> Response:
    """Hace la acción y vuelve a la ficha; si algo falta, muestra el formulario y qué corregir."""
    compromiso = _buscar(acto.servicios, numero, accion)

    def hacer(actor: Actor) -> str:
        HACER[accion](Accion(acto.servicios, actor, compromiso, acto.datos, datetime.now(UTC)))
        return f"/registro/compromiso-{numero}{consulta(hecho=accion)}"

    def al_fallar(fallido: actos.Fallido) -> Response:
        return _formulario(acto.pedido, acto.servicios, compromiso, accion, fallido)

    return actos.atender(acto, hacer, al_fallar)


@rutas.get("/evidencias/{numero}")
def descargar_evidencia(servicios: ConServicios, numero: int) -> Response:
    """Entrega una evidencia tal como llegó, siempre como descarga."""
    evidencia = sustentos.ver_evidencia(servicios.base, numero)
    ruta = servicios.originales.ruta(evidencia.sha256)
    return FileResponse(ruta, media_type="application/octet-stream", filename=evidencia.nombre)


def _buscar(servicios: Servicios, numero: int, accion: str) -> Compromiso:
    if accion not in HACER:
        raise RegistroDesconocido(f"No hay una acción «{accion}».")
    compromiso = consultas.ver_registro(servicios.base, Clase.COMPROMISO, numero)
    assert isinstance(compromiso, Compromiso)  # noqa: S101
    return compromiso


def _formulario(
    pedido: Request,
    servicios: Servicios,
    compromiso: Compromiso,
    accion: str,
    fallido: actos.Fallido | None = None,
) -> Response:
    espacio = ver_espacio(servicios.base, compromiso.espacio_id)
    return pagina(
        pedido,
        "compromiso_accion.html",
        c=compromiso,
        accion=accion,
        titulo=etiquetas_vida.ACCIONES[accion][0],
        boton=etiquetas_vida.ACCIONES[accion][1],
        espacio=espacio,
        estados=ESTADOS,
        destinos=_destinos(compromiso.estado),
        estado_visto=_visto(compromiso.estado, espacio),
        evidencias=sustentos.listar_evidencias(servicios.base, compromiso.id),
        editables=EDITABLES,
        actuales={nombre: _escrito(getattr(compromiso, nombre)) for nombre in EDITABLES},
        marcadas=set(fallido.datos.getlist("evidencias")) if fallido else set(),
        **actos.del_formulario(pedido, fallido),
    )


def _destinos(desde: Estado) -> dict[str, list[Estado]]:
    """Agrupa los estados a los que se puede ir por cómo se recibe el cambio."""
    grupos: dict[str, list[Estado]] = {}
    titulos = {
        Trato.NORMAL: "Cambios usuales",
        Trato.CON_AVISO: "Poco usuales (se confirman)",
        Trato.RECTIFICACION: "Rectificación de un cerrado",
    }
    for hacia in Estado:
        trato = TRANSICIONES[desde, hacia].trato
        if trato in titulos:
            grupos.setdefault(titulos[trato], []).append(hacia)
    return grupos


def _visto(estado: Estado, espacio: Espacio | None) -> str:
    return ESTADOS[estado].visto(priorizado=espacio is not None and espacio.priorizado)


def _escrito(valor: Any) -> str:
    return valor.isoformat() if isinstance(valor, date) else str(valor or "")


def _cambiar_estado(a: Accion) -> None:
    evidencias = [int(str(n)) for n in a.datos.getlist("evidencias") if str(n).isdecimal()]
    hacia = opcion(Estado, "hacia", a.datos.get("hacia", ""))
    archivo = a.datos.get("archivo")
    if isinstance(archivo, UploadFile) and archivo.filename:
        evidencias.append(_adjuntar(a, archivo).id)
    cambio = vida.CambioDeEstado(
        hacia,
        actos.version(a.datos),
        actos.texto(a.datos, "razon"),
        tuple(sorted(set(evidencias))),
        actos.entero(a.datos, "sucesor_id"),
        se_niega="se_niega" in a.datos,
        confirmado="confirmado" in a.datos,
        clave=actos.clave_de_idempotencia(a.datos),
    )
    vida.cambiar_estado(a.servicios.base, a.actor, a.compromiso.id, cambio, a.ahora)


def _anotar_avance(a: Accion) -> None:
    avance, version = actos.texto(a.datos, "avance"), actos.version(a.datos)
    vida.actualizar(a.servicios.base, a.actor, a.compromiso.id, avance, version, a.ahora)


def _adjuntar_evidencia(a: Accion) -> None:
    archivo = a.datos.get("archivo")
    if not isinstance(archivo, UploadFile) or not archivo.filename:
        raise DatoInvalido("archivo", "No se eligió ningún archivo.", "Elija el archivo.")
    _adjuntar(a, archivo)


def _adjuntar(a: Accion, archivo: UploadFile) -> sustentos.Evidencia:
    return sustentos.agregar_evidencia(
        a.servicios.base,
        a.servicios.originales,
        a.actor,
        a.compromiso.id,
        archivo.file,
        archivo.filename or "evidencia",
        a.ahora,
        descripcion=actos.texto(a.datos, "descripcion"),
        fecha=actos.fecha_o_nada(a.datos, "fecha"),
    )


def _agregar_hito(a: Accion) -> None:
    nombre, prevista = actos.texto(a.datos, "nombre"), actos.fecha(a.datos, "fecha_prevista")
    sustentos.agregar_hito(a.servicios.base, a.actor, a.compromiso.id, nombre, prevista, a.ahora)


def _requerir(a: Accion) -> None:
    nuevo = NuevoRequerimiento(
        a.compromiso.id,
        actos.texto(a.datos, "entidad"),
        actos.texto(a.datos, "documento"),
        actos.fecha(a.datos, "enviado"),
        actos.entero(a.datos, "dias"),
        opcion(Unidad, "unidad", a.datos.get("unidad", "")),
    )
    requerir(a.servicios.base, a.actor, nuevo, a.ahora)


def _pedir_variacion(a: Accion) -> None:
    pedidos: dict[str, object] = {}
    for nombre in EDITABLES:
        escrito = actos.texto(a.datos, nombre).replace("\r\n", "\n").strip()
        if escrito != _escrito(getattr(a.compromiso, nombre)):
            pedidos[nombre] = escrito
    razon = actos.texto(a.datos, "razon")
    pedir_variacion(a.servicios.base, a.actor, a.compromiso.id, pedidos, razon, a.ahora)


HACER: Final[Mapping[str, Callable[[Accion], None]]] = {
    "estado": _cambiar_estado,
    "avance": _anotar_avance,
    "evidencia": _adjuntar_evidencia,
    "hito": _agregar_hito,
    "requerimiento": _requerir,
    "variacion": _pedir_variacion,
}
