"""Lo que se hace con un pedido o una tarea ya registrados: respuesta, cumplimiento y fecha."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from api import actos, etiquetas_vida
from api.dependencias import Acto, ConActo, ConServicios, Servicios
from api.presentacion import consulta, pagina
from nlp.propuesta import Aceptacion, Clase
from registro import consultas, pedidos, sustentos, tareas
from registro.actores import Actor
from registro.borrador import opcion
from registro.compromiso import Cumplimiento, Registro, Tarea
from registro.errores import DatoInvalido, RegistroDesconocido
from registro.espacios import ver_espacio

rutas = APIRouter()

PENDIENTE: Final = "pendiente"
"""En el formulario, lo que vuelve a dejar una tarea sin anotar."""


@dataclass(frozen=True, slots=True)
class Accion:
    """Una acción sobre un pedido o una tarea y quién la atiende."""

    servicios: Servicios
    actor: Actor
    numero: int
    datos: Mapping[str, Any]
    ahora: datetime


@rutas.get("/registro/pedido-{numero}/{accion}")
def ver_de_pedido(pedido: Request, servicios: ConServicios, numero: int, accion: str) -> Response:
    """Muestra el formulario de la respuesta a un pedido."""
    return _formulario(pedido, servicios, Clase.PEDIDO, numero, accion)


@rutas.post("/registro/pedido-{numero}/{accion}")
def hacer_en_pedido(acto: ConActo, numero: int, accion: str) -> Response:
    """Anota la respuesta y vuelve a la ficha."""
    return _hacer(acto, Clase.PEDIDO, numero, accion)


@rutas.get("/registro/tarea-{numero}/{accion}")
def ver_de_tarea(pedido: Request, servicios: ConServicios, numero: int, accion: str) -> Response:
    """Muestra el formulario de una acción sobre una tarea."""
    return _formulario(pedido, servicios, Clase.TAREA, numero, accion)


@rutas.post("/registro/tarea-{numero}/{accion}")
def hacer_en_tarea(acto: ConActo, numero: int, accion: str) -> Response:
    """Hace la acción y vuelve a la ficha."""
    return _hacer(acto, Clase.TAREA, numero, accion)


def _hacer(acto: Acto, clase: Clase, numero: int, accion: str) -> Response:
    _buscar(acto.servicios, clase, numero, accion)

    def hacer(actor: Actor) -> str:
        HACER[clase, accion](Accion(acto.servicios, actor, numero, acto.datos, datetime.now(UTC)))
        return f"/registro/{clase}-{numero}{consulta(hecho=accion)}"

    def al_fallar(fallido: actos.Fallido) -> Response:
        return _formulario(acto.pedido, acto.servicios, clase, numero, accion, fallido)

    return actos.atender(acto, hacer, al_fallar)


def _buscar(servicios: Servicios, clase: Clase, numero: int, accion: str) -> Registro:
    if (clase, accion) not in HACER:
        raise RegistroDesconocido(f"No hay una acción «{accion}».")
    return consultas.ver_registro(servicios.base, clase, numero)


def _formulario(
    pedido: Request,
    servicios: Servicios,
    clase: Clase,
    numero: int,
    accion: str,
    fallido: actos.Fallido | None = None,
) -> Response:
    registro = _buscar(servicios, clase, numero, accion)
    de_su_compromiso = registro.compromiso_id if isinstance(registro, Tarea) else None
    return pagina(
        pedido,
        "acuerdo_accion.html",
        r=registro,
        accion=accion,
        titulo=etiquetas_vida.ACCIONES[accion][0],
        boton=etiquetas_vida.ACCIONES[accion][1],
        espacio=ver_espacio(servicios.base, registro.espacio_id),
        atados=pedidos.compromisos_de(servicios.base, numero) if clase is Clase.PEDIDO else (),
        evidencias=sustentos.listar_evidencias(servicios.base, de_su_compromiso)
        if de_su_compromiso
        else (),
        **actos.del_formulario(pedido, fallido),
    )


def _responder(a: Accion) -> None:
    respuesta = pedidos.Respuesta(
        opcion(Aceptacion, "aceptacion", a.datos.get("aceptacion", "")),
        actos.version(a.datos),
        actos.texto(a.datos, "motivo"),
        actos.texto(a.datos, "por"),
        actos.fecha_o_nada(a.datos, "fecha"),
        actos.entero(a.datos, "compromiso_id"),
        desatar="desatar" in a.datos,
        clave=actos.clave_de_idempotencia(a.datos),
    )
    pedidos.responder(a.servicios.base, a.actor, a.numero, respuesta, a.ahora)


def _anotar(a: Accion) -> None:
    elegido = actos.texto(a.datos, "cumplimiento")
    cierre = tareas.Cierre(
        None if elegido == PENDIENTE else opcion(Cumplimiento, "cumplimiento", elegido),
        actos.version(a.datos),
        actos.texto(a.datos, "sustento"),
        actos.fecha_o_nada(a.datos, "hecha_en"),
        actos.entero(a.datos, "evidencia_id"),
        clave=actos.clave_de_idempotencia(a.datos),
    )
    tareas.anotar(a.servicios.base, a.actor, a.numero, cierre, a.ahora)


def _fijar_fecha(a: Accion) -> None:
    fecha, razon = actos.fecha(a.datos, "fecha_limite"), actos.texto(a.datos, "razon")
    version = actos.version(a.datos)
    tareas.fijar_fecha(a.servicios.base, a.actor, a.numero, fecha, razon, version, a.ahora)


def _atar(a: Accion) -> None:
    compromiso = actos.entero(a.datos, "compromiso_id")
    if compromiso is None:
        raise DatoInvalido("compromiso_id", "Falta el compromiso.", "Escriba su número.")
    version = actos.version(a.datos)
    tareas.atar(a.servicios.base, a.actor, a.numero, compromiso, version, a.ahora)


HACER: Final[Mapping[tuple[Clase, str], Callable[[Accion], None]]] = {
    (Clase.PEDIDO, "respuesta"): _responder,
    (Clase.TAREA, "cumplimiento"): _anotar,
    (Clase.TAREA, "fecha"): _fijar_fecha,
    (Clase.TAREA, "aporte"): _atar,
}
