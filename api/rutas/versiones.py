"""Las versiones de un acta: cuáles podrían ser y decir que lo son."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from api import actos
from api.dependencias import ConActo, ConServicios, Servicios
from api.presentacion import pagina
from registro import consultas, versiones
from registro.actores import Actor
from registro.borrador import opcion
from registro.errores import DatoInvalido

rutas = APIRouter()

TIPOS = {
    versiones.TipoDeVersion.BORRADOR: "Borrador",
    versiones.TipoDeVersion.FIRMADA: "Acta firmada",
    versiones.TipoDeVersion.ESCANEO: "Escaneo de la firmada",
}


@rutas.get("/actas/{acta_id}/versiones")
def ver_versiones(pedido: Request, servicios: ConServicios, acta_id: int) -> Response:
    """Muestra las versiones del acta y las que se le parecen."""
    return _pagina(pedido, servicios, acta_id)


@rutas.post("/actas/{acta_id}/versiones")
def marcar(acto: ConActo, acta_id: int) -> Response:
    """Dice que esta acta es otra versión de la elegida, o que no lo es."""

    def hacer(actor: Actor) -> str:
        de = actos.entero(acto.datos, "de")
        if de is None:
            raise DatoInvalido("de", "Falta el número del acta.", "Es el que está en su dirección.")
        if acto.datos.get("que") == "descartar":
            versiones.descartar(acto.servicios.base, actor, acta_id, de, datetime.now(UTC))
            return f"/actas/{acta_id}"
        tipo = opcion(versiones.TipoDeVersion, "tipo", acto.datos.get("tipo", ""))
        versiones.marcar_version(acto.servicios.base, actor, acta_id, de, tipo, datetime.now(UTC))
        return f"/actas/{acta_id}/versiones"

    def al_fallar(fallido: actos.Fallido) -> Response:
        return _pagina(acto.pedido, acto.servicios, acta_id, fallido)

    return actos.atender(acto, hacer, al_fallar)


def _pagina(
    pedido: Request,
    servicios: Servicios,
    acta_id: int,
    fallido: actos.Fallido | None = None,
) -> Response:
    numeros = versiones.versiones_de(servicios.base, acta_id)
    parecidas = versiones.parecidas(servicios.base, acta_id)
    return pagina(
        pedido,
        "versiones.html",
        acta=consultas.ver_acta(servicios.base, acta_id),
        otras=[consultas.ver_acta(servicios.base, n) for n in numeros if n != acta_id],
        parecidas=parecidas,
        tipos=TIPOS,
        sugerida=actos.texto(fallido.datos if fallido else {}, "de")
        or (parecidas[0].acta_id if parecidas else ""),
        **actos.del_formulario(pedido, fallido, campo="de"),
    )
