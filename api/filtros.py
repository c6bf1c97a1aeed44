"""Los filtros del registro en la dirección de una página o de la API, y cómo se muestran."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Final, NamedTuple

from fastapi import Depends

from api import etiquetas
from nlp.gacetero import por_codigo
from nlp.propuesta import Clase
from registro.acta import LIMA
from registro.borrador import opcion
from registro.espacios import Espacio
from registro.estados import ESTADOS, Estado
from registro.filtros import POR_DETERMINAR, Filtros, Plazo

REGIONES: Final = tuple(
    sorted(lugar.region for codigo, lugar in por_codigo().items() if len(codigo) == 2)
)


class Opcion(NamedTuple):
    """Un valor que se puede elegir y cómo se lee."""

    valor: str
    nombre: str


class Elegido(NamedTuple):
    """Un filtro puesto: cómo se lee y los demás, para la dirección que lo quita."""

    nombre: str
    valor: str
    los_demas: Mapping[str, str]


def filtros_de(
    texto: str = "",
    responsable: str = "",
    clase: str = "",
    tipo: str = "",
    estado: str = "",
    plazo: str = "",
    unidad: str = "",
    region: str = "",
    espacio: str = "",
    acta: int | None = None,
) -> Filtros:
    """Lee los filtros de la dirección; vacío no filtra.

    Raises:
        DatoInvalido: la clase, el estado, el plazo o el espacio no existen.
    """
    numero = _numero(espacio)
    return Filtros(
        texto=texto,
        responsable=responsable,
        clase=opcion(Clase, "clase", clase) if clase else None,
        tipo=tipo or None,
        estado=opcion(Estado, "estado", estado) if estado else None,
        plazo=opcion(Plazo, "plazo", plazo) if plazo else None,
        unidad=unidad,
        region=region,
        espacio_id=numero,
        acta_id=acta,
        hoy=datetime.now(LIMA).date(),
    )


ConFiltros = Annotated[Filtros, Depends(filtros_de)]


def _numero(espacio: str) -> int | None:
    """Devuelve el número del espacio; uno mal escrito no es de ninguno."""
    if not espacio:
        return None
    return int(espacio) if espacio.isascii() and espacio.isdecimal() and len(espacio) < 10 else 0


def en_la_direccion(filtros: Filtros) -> dict[str, str]:
    """Devuelve los filtros puestos con el nombre que llevan en la dirección."""
    valores = {
        "texto": filtros.texto,
        "responsable": filtros.responsable,
        "clase": filtros.clase,
        "tipo": filtros.tipo,
        "estado": filtros.estado,
        "plazo": filtros.plazo,
        "unidad": filtros.unidad,
        "region": filtros.region,
        "espacio": filtros.espacio_id,
        "acta": filtros.acta_id,
    }
    return {n: str(v) for n, v in valores.items() if v is not None and v != ""}


def opciones(unidades: Sequence[str], espacios: Sequence[Espacio]) -> dict[str, list[Opcion]]:
    """Devuelve lo que se puede elegir en cada filtro de lista."""
    tipos = [(tipo or POR_DETERMINAR, nombre) for tipo, nombre in etiquetas.TIPOS.items()]
    listas: dict[str, list[tuple[Any, str]]] = {
        "clase": [(c, etiquetas.CLASES[c]) for c in ("compromiso", "pedido", "tarea")],
        "tipo": tipos,
        "estado": [(estado.value, ficha.nombre) for estado, ficha in ESTADOS.items()],
        "plazo": list(etiquetas.PLAZOS.items()),
        "unidad": [(unidad, unidad) for unidad in unidades],
        "region": [(region, region) for region in REGIONES],
        "espacio": [(str(espacio.id), espacio.nombre) for espacio in espacios],
    }
    return {campo: [Opcion(*par) for par in lista] for campo, lista in listas.items()}


def elegidos(puestos: Mapping[str, str], listas: Mapping[str, list[Opcion]]) -> list[Elegido]:
    """Devuelve los filtros puestos como se leen, en el orden de la página."""
    return [
        Elegido(
            etiquetas.FILTROS[campo],
            next((o.nombre for o in listas.get(campo, ()) if o.valor == valor), valor),
            {otro: v for otro, v in puestos.items() if otro != campo},
        )
        for campo, valor in puestos.items()
    ]
