"""Los catálogos propios de la oficina: entidades, feriados y distritos, con su historia.

Se editan fuera (CSV o XLSX) y se importan enteros: lo que ya no está se retira, no se borra.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, select

from registro import borrador, tablas_vida
from registro.actores import Accion, Actor, exigir
from registro.base import Base
from registro.catalogos_csv import leer_catalogo
from registro.catalogos_en_uso import poner_en_uso
from registro.escritura import agregar, cambiar


@dataclass(frozen=True, slots=True)
class Cambios:
    """Cuántas entradas entraron, cambiaron, quedaron igual o se retiraron."""

    nuevas: int
    cambiadas: int
    iguales: int
    retiradas: int


def importar_catalogo(
    base: Base, actor: Actor, nombre: str, contenido: bytes, archivo: str, ahora: datetime
) -> Cambios:
    """Deja el catálogo como dice el archivo; si una fila no se entiende, no cambia nada.

    Raises:
        NoAutorizado: no le toca a esa oficina.
        DatoInvalido: como en `leer_catalogo`.
    """
    exigir(actor, Accion.REGISTRAR, priorizado=False)
    borrador.texto_obligatorio("quien", actor.quien)
    entradas = leer_catalogo(nombre, contenido, archivo)
    tabla, razon = tablas_vida.catalogo, f"Importado de {archivo}"
    cuentas = dict.fromkeys(("nuevas", "cambiadas", "iguales", "retiradas"), 0)
    with base.escribir() as conexion:
        consulta = select(tabla).where(tabla.c.catalogo == nombre).order_by(tabla.c.id)
        previas = {fila["clave"]: fila for fila in conexion.execute(consulta).mappings().all()}
        for clave, datos in entradas.items():
            previa = previas.pop(clave, None)
            valores = {"datos": datos, "vigente": True}
            if previa is None:
                fila = {"catalogo": nombre, "clave": clave, **valores, "version": 1}
                agregar(conexion, actor, ahora, tabla, "catalogo_agregado", fila, razon)
                cuentas["nuevas"] += 1
            elif previa["datos"] == datos and previa["vigente"]:
                cuentas["iguales"] += 1
            else:
                cambio = "catalogo_cambiado"
                cambiar(conexion, actor, ahora, tabla, previa, cambio, valores, razon=razon)
                cuentas["cambiadas"] += 1
        for sobra in (fila for fila in previas.values() if fila["vigente"]):
            fuera = {"vigente": False}
            cambiar(conexion, actor, ahora, tabla, sobra, "catalogo_retirado", fuera, razon=razon)
            cuentas["retiradas"] += 1
    poner_en_uso(base)
    return Cambios(**cuentas)


def entradas_de(base: Base, nombre: str) -> tuple[RowMapping, ...]:
    """Devuelve las filas vigentes de un catálogo propio, en el orden en que entraron."""
    tabla = tablas_vida.catalogo
    consulta = select(tabla).where(tabla.c.catalogo == nombre, tabla.c.vigente)
    with base.leer() as conexion:
        return tuple(conexion.execute(consulta.order_by(tabla.c.id)).mappings())


def numeros_de(base: Base, nombre: str) -> tuple[int, ...]:
    """Devuelve los números de todas las entradas que tuvo un catálogo, para ver su historia."""
    tabla = tablas_vida.catalogo
    consulta = select(tabla.c.id).where(tabla.c.catalogo == nombre).order_by(tabla.c.id)
    with base.leer() as conexion:
        return tuple(conexion.execute(consulta).scalars())
