"""La tabla del registro y la ficha de cada fila."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from fastapi import APIRouter, Request, Response

from api import etiquetas_vida
from api.dependencias import ConServicios, Servicios
from api.filtros import ConFiltros, elegidos, en_la_direccion, opciones
from api.presentacion import pagina as mostrar
from api.rutas import (
    acuerdos,
    compromiso,
    espacios,
    rectificar,
    reuniones,
    seguimiento,
    versiones,
)
from api.vistas import Tarjeta, tarjeta_sola
from nlp.propuesta import Clase
from registro import consultas, listas
from registro.acta import LIMA
from registro.actores import OFICINAS
from registro.compromiso import Registro, a_json
from registro.errores import DatoInvalido, RegistroDesconocido
from registro.espacios import listar_espacios, ver_espacio
from registro.estados import ESTADOS
from registro.historia import historia_de
from registro.pedidos import compromisos_de
from registro.requerimientos import listar_requerimientos
from registro.sustentos import listar_evidencias, listar_hitos
from registro.tareas import tareas_de
from registro.variaciones import listar_solicitudes
from registro.vida import predecesores

rutas = APIRouter()
for de_la_vida in (
    acuerdos,
    compromiso,
    espacios,
    rectificar,
    reuniones,
    seguimiento,
    versiones,
):
    rutas.include_router(de_la_vida.rutas)

FILAS_POR_PAGINA = 25


class Fila(NamedTuple):
    """Un registro y la tarjeta del acta de la que salió."""

    registro: Registro
    tarjeta: Tarjeta


def clave_de(registro: Registro) -> str:
    """Devuelve el identificador público: «compromiso-12»."""
    return f"{registro.clase}-{registro.id}"


def buscar_registro(servicios: Servicios, clave: str) -> Registro:
    """Devuelve el registro de ese identificador.

    Raises:
        RegistroDesconocido: no existe o el identificador está mal escrito.
    """
    clase, _, numero = clave.partition("-")
    if clase not in set(Clase) or not (numero.isascii() and numero.isdecimal()):
        raise RegistroDesconocido(f"No hay un registro «{clave}».")
    return consultas.ver_registro(servicios.base, Clase(clase), int(numero))


@rutas.get("/registro")
def ver_tabla(
    pedido: Request, servicios: ConServicios, filtros: ConFiltros, pagina: str = "1"
) -> Response:
    """Muestra la tabla con sus filtros, cuántas filas son y las descargas de los anexos."""
    cuentas = listas.contar_registros(servicios.base, filtros)
    total = sum(cuentas.values())
    paginas = max(1, -(-total // FILAS_POR_PAGINA))
    actual = _leer_pagina(pagina, paginas)
    lista = listas.listar_registros(
        servicios.base, filtros, limite=FILAS_POR_PAGINA, saltar=(actual - 1) * FILAS_POR_PAGINA
    )
    puestos = en_la_direccion(filtros)
    elegibles = opciones(
        listas.unidades_registradas(servicios.base), listar_espacios(servicios.base)
    )
    return mostrar(
        pedido,
        "registro.html",
        filas=con_su_acta(servicios, lista.filas),
        cuentas=cuentas,
        total=total,
        actual=actual,
        paginas=paginas,
        desde=(actual - 1) * FILAS_POR_PAGINA + 1,
        puestos=puestos,
        elegidos=elegidos(puestos, elegibles),
        opciones=elegibles,
        en_que_va=etiquetas_vida.en_que_va,
        clave_de=clave_de,
    )


def _leer_pagina(escrita: str, paginas: int) -> int:
    numero = int(escrita) if escrita.isascii() and escrita.isdecimal() and len(escrita) < 8 else 0
    if not 1 <= numero <= paginas:
        raise DatoInvalido(
            "pagina", "Esa página de la lista no existe.", "Empiece desde la primera página."
        )
    return numero


@rutas.get("/registro/{clave}")
def ver_ficha(pedido: Request, servicios: ConServicios, clave: str, hecho: str = "") -> Response:
    """Muestra todo lo registrado de una fila, lo que se puede hacer con ella y su historia."""
    registro = buscar_registro(servicios, clave)
    (fila,) = con_su_acta(servicios, (registro,))
    espacio = ver_espacio(servicios.base, registro.espacio_id)
    vivo = _vida(servicios, registro)
    numeros = {lista: [cosa.id for cosa in cosas] for lista, cosas in vivo.items()}
    return mostrar(
        pedido,
        "registro_ficha.html",
        registro=registro,
        t=fila.tarjeta,
        acta=consultas.ver_acta(servicios.base, registro.acta_id),
        datos=a_json(registro),
        estado=ESTADOS[registro.estado],
        clave=clave,
        espacio=espacio,
        visto=ESTADOS[registro.estado].visto(priorizado=espacio is not None and espacio.priorizado),
        hecho=etiquetas_vida.ACCIONES.get(hecho, ("",))[0],
        v=etiquetas_vida,
        leido=etiquetas_vida.leido,
        oficinas=OFICINAS,
        hoy=datetime.now(LIMA).date(),
        predecesores=predecesores(servicios.base, registro.id)
        if registro.clase is Clase.COMPROMISO
        else (),
        atados=compromisos_de(servicios.base, registro.id)
        if registro.clase is Clase.PEDIDO
        else (),
        tareas=tareas_de(servicios.base, registro.id) if registro.clase is Clase.COMPROMISO else (),
        hechos=historia_de(servicios.base, {registro.clase: [registro.id], **numeros}),
        **vivo,
    )


def _vida(servicios: Servicios, registro: Registro) -> dict[str, Any]:
    """Devuelve lo que acompaña a un compromiso, por el nombre de su entidad en la historia."""
    if registro.clase is not Clase.COMPROMISO:
        return {"evidencia": (), "hito": (), "requerimiento": (), "solicitud": ()}
    base, numero = servicios.base, registro.id
    return {
        "evidencia": listar_evidencias(base, numero),
        "hito": listar_hitos(base, numero),
        "requerimiento": listar_requerimientos(base, numero),
        "solicitud": listar_solicitudes(base, compromiso_id=numero),
    }


def con_su_acta(servicios: Servicios, registros: tuple[Registro, ...]) -> list[Fila]:
    """Une cada registro con su tarjeta."""
    items = consultas.items_de(servicios.base, [registro.propuesta_id for registro in registros])
    return [Fila(registro, tarjeta_sola(items[registro.propuesta_id])) for registro in registros]
