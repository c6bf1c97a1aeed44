"""La tabla editable de unidades territoriales: qué UBIGEO cubre cada una y desde cuándo.

Mientras nadie importe una, vale la del programa (`nlp/datos/unidades_territoriales.toml`), que es
en parte provisional.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import delete, insert, select

from nlp.catalogo import UnidadTerritorial, unidad_de
from registro import borrador, tablas_vida
from registro.actores import Accion, Actor, exigir
from registro.base import Base
from registro.errores import DatoInvalido
from registro.historia import Nuevo, anotar


def unidad_vigente(base: Base, ubigeo: str, dia: date) -> UnidadTerritorial | None:
    """Devuelve la unidad que cubría ese UBIGEO (2, 4 o 6 cifras) ese día.

    Gana el código más largo; sin tabla importada se usa la del programa.
    """
    return unidad_de(ubigeo, dia, unidades_propias(base) or None)


def unidades_propias(base: Base) -> tuple[UnidadTerritorial, ...]:
    """Devuelve la tabla importada, o nada si no se importó ninguna."""
    with base.leer() as conexion:
        filas = conexion.execute(select(tablas_vida.unidad_territorial)).all()
    return tuple(
        UnidadTerritorial(
            fila.nombre,
            (fila.codigo,),
            fila.provisional,
            fila.fuente,
            fila.desde or date.min,
            fila.hasta or date.max,
        )
        for fila in filas
    )


def importar_unidades(base: Base, actor: Actor, renglones: Iterable[str], ahora: datetime) -> int:
    """Reemplaza la tabla de unidades territoriales por la de un CSV y devuelve cuántas filas tiene.

    Columnas: nombre, codigo (UBIGEO de 2, 4 o 6 cifras), desde y hasta (aaaa-mm-dd o vacío),
    provisional (si o no) y fuente.

    Raises:
        NoAutorizado: no le toca a esa oficina.
        DatoInvalido: falta una columna o un valor no se entiende; no se cambia nada.
    """
    exigir(actor, Accion.REGISTRAR, priorizado=False)
    filas = [_unidad(n, fila) for n, fila in enumerate(csv.DictReader(renglones), 2)]
    if not filas:
        raise DatoInvalido("unidades", "El archivo no tiene filas.", "Revise que sea el CSV.")
    with base.escribir() as conexion:
        conexion.execute(delete(tablas_vida.unidad_territorial))
        conexion.execute(insert(tablas_vida.unidad_territorial), filas)
        puesto = {"filas": len(filas)}
        hecho = Nuevo("unidades_importadas", "unidad_territorial", 0, {}, puesto)
        anotar(conexion, actor, ahora, hecho)
    return len(filas)


def _unidad(numero: int, fila: dict[str, str]) -> dict[str, object]:
    try:
        codigo = fila["codigo"].strip()
        if not codigo.isdecimal() or len(codigo) not in {2, 4, 6}:
            raise ValueError(codigo)
        return {
            "nombre": borrador.texto_obligatorio("nombre", fila["nombre"]),
            "codigo": codigo,
            "desde": date.fromisoformat(fila["desde"]) if fila["desde"] else None,
            "hasta": date.fromisoformat(fila["hasta"]) if fila["hasta"] else None,
            "provisional": fila["provisional"].strip().lower() in {"si", "sí"},
            "fuente": fila["fuente"].strip(),
        }
    except (KeyError, ValueError, AttributeError) as error:
        raise DatoInvalido(
            "unidades",
            f"La fila {numero} de unidades territoriales no se entiende.",
            "Columnas: nombre, codigo, desde, hasta, provisional y fuente.",
        ) from error
