"""Coteja el registro con su historia, y los originales con sus huellas; borra datos personales."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, or_, select, text

from registro import borrador, tablas, tablas_vida
from registro.actores import Actor
from registro.base import Base
from registro.cadena import huella_de_fila
from registro.errores import OriginalDanado
from registro.historia import CON_FILA, Nuevo, anotar
from registro.originales import Originales


@dataclass(frozen=True, slots=True)
class Cotejo:
    """Cuántas filas y archivos se miraron y qué no coincide."""

    filas: int
    archivos: int
    defectos: tuple[str, ...]


def cotejar(base: Base, originales: Originales | None = None) -> Cotejo:
    """Comprueba que cada fila sea la que dejó su último hecho y que ningún original haya cambiado.

    Encuentra lo que alguien cambió, agregó o borró en las tablas sin pasar por el programa.
    """
    defectos: list[str] = []
    filas = archivos = 0
    with base.leer() as conexion:
        tabla = tablas_vida.historia
        ultimos = (
            select(func.max(tabla.c.id))
            .where(tabla.c.entidad.in_(CON_FILA))
            .group_by(tabla.c.entidad, tabla.c.entidad_id)
        )
        esperadas: dict[tuple[str, int], str | None] = {}
        consulta = select(tabla.c.entidad, tabla.c.entidad_id, tabla.c.cuerpo)
        for hecho in conexion.execute(consulta.where(tabla.c.id.in_(ultimos))):
            esperadas[hecho.entidad, hecho.entidad_id] = json.loads(hecho.cuerpo).get("fila")
        for entidad, de in CON_FILA.items():
            for fila in conexion.execute(select(de).order_by(de.c.id)).mappings():
                filas += 1
                clave = entidad, fila["id"]
                if clave not in esperadas:
                    defectos.append(f"{entidad} {fila['id']}: está sin historia")
                elif esperadas.pop(clave) != huella_de_fila(dict(fila)):
                    defectos.append(f"{entidad} {fila['id']}: cambió sin dejar historia")
        defectos += [f"{entidad} {n}: se borró sin dejar historia" for entidad, n in esperadas]
        huellas = {
            *conexion.execute(select(tablas.acta.c.sha256)).scalars(),
            *conexion.execute(select(tablas_vida.evidencia.c.sha256)).scalars(),
        }
    for huella in sorted(huellas) if originales else ():
        archivos += 1
        try:
            originales.ruta(huella)  # type: ignore[union-attr]
        except OriginalDanado as error:
            defectos.append(f"original {huella[:16]}: {error}")
    return Cotejo(filas, archivos, tuple(defectos))


def borrar_dato_personal(base: Base, actor: Actor, valor: str, razon: str, ahora: datetime) -> int:
    """Borra de la historia todo dato que sea ese valor o lo contenga (Ley 29733).

    La cadena sigue verificando: guarda el sello del dato, no el dato. Devuelve cuántos borró. No
    toca lo registrado ni las decisiones: eso se cambia antes, con una variación. Lo que esa
    variación quitó sale también del índice de búsqueda.

    Raises:
        DatoInvalido: falta quién, el valor o la razón.
    """
    borrador.texto_obligatorio("quien", actor.quien)
    buscado = borrador.texto_obligatorio("valor", valor)
    motivo = borrador.texto_obligatorio("razon", razon)
    tabla = tablas_vida.personal
    cuales = or_(tabla.c.valor == buscado, tabla.c.valor.contains(buscado, autoescape=True))
    with base.escribir() as conexion:
        borrados = len(conexion.execute(delete(tabla).where(cuales).returning(tabla.c.id)).all())
        hecho = Nuevo("dato_borrado", "personal", 0, {}, {"cuantos": borrados}, motivo)
        anotar(conexion, actor, ahora, hecho)
        _purgar_indices(conexion)
    return borrados


def _purgar_indices(conexion: Connection) -> None:
    """Saca de FTS5 las palabras que ya no están: al quitarlas solo las marca, hasta juntar todo."""
    if conexion.dialect.name == "sqlite":
        for entidad in ("compromiso", "pedido", "tarea"):
            conexion.execute(
                text(f"INSERT INTO busca_{entidad}(busca_{entidad}) VALUES('optimize')")
            )
