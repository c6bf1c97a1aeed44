"""Casos y espacios de diálogo, con su priorización."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, RowMapping, select, update

from nlp.propuesta import Clase
from registro import borrador, repositorio, tablas, tablas_vida
from registro.actores import Accion, Actor, Oficina, exigir
from registro.base import Base
from registro.errores import DatoInvalido
from registro.escritura import agregar, cambiar, construir, fila_de
from registro.historia import Nuevo, anotar


class TipoDeEspacio(StrEnum):
    """Denominaciones más usadas (`dominio.md` §1.2); no hay una lista oficial."""

    MESA_DE_DIALOGO = "mesa_de_dialogo"
    MESA_TECNICA = "mesa_tecnica"
    MESA_DE_DESARROLLO = "mesa_de_desarrollo"
    GRUPO_DE_TRABAJO = "grupo_de_trabajo"
    COMISION_MULTISECTORIAL = "comision_multisectorial"
    COMITE_DE_SEGUIMIENTO = "comite_de_seguimiento"
    OTRO = "otro"


class QuienPrioriza(StrEnum):
    """Quién decidió la priorización (protocolo 7.2, a y b)."""

    ALTA_DIRECCION = "alta_direccion"
    ESPACIO_MULTISECTORIAL = "espacio_multisectorial"
    SUBSECRETARIAS = "subsecretarias"


SUBSECRETARIAS: Final = (Oficina.SSGC, Oficina.SSGD, Oficina.SSPI)
"""Las que pueden tener a su cargo un espacio priorizado."""


@dataclass(frozen=True, slots=True)
class Caso:
    """Un caso de conflicto."""

    id: int
    codigo: str
    nombre: str
    version: int


@dataclass(frozen=True, slots=True)
class Espacio:
    """Un espacio de diálogo y su priorización de hoy; las anteriores están en su historia."""

    id: int
    nombre: str
    tipo: TipoDeEspacio
    caso_id: int | None
    unidad_territorial: str | None
    priorizado: bool
    priorizado_desde: date | None
    priorizado_razon: str
    priorizado_por: QuienPrioriza | None
    responsable: Oficina | None
    version: int


@dataclass(frozen=True, slots=True)
class Priorizacion:
    """Un cambio de priorización: desde cuándo, por qué, quién lo decidió y quién queda a cargo."""

    priorizado: bool
    fecha: date
    razon: str
    decidio: QuienPrioriza
    responsable: Oficina | None = None


def abrir_caso(base: Base, actor: Actor, codigo: str, nombre: str, ahora: datetime) -> Caso:
    """Registra un caso.

    Raises:
        NoAutorizado: no le toca a esa oficina.
        DatoInvalido: falta el código o el nombre, o el código ya existe.
    """
    exigir(actor, Accion.REGISTRAR, priorizado=False)
    valores = {
        "codigo": borrador.texto_obligatorio("codigo", codigo),
        "nombre": borrador.texto_obligatorio("nombre", nombre),
        "version": 1,
    }
    tabla = tablas_vida.caso
    with base.escribir() as conexion:
        consulta = select(tabla.c.id).where(tabla.c.codigo == valores["codigo"])
        if conexion.execute(consulta).first():
            raise DatoInvalido("codigo", "Ya hay un caso con ese código.", "Búsquelo en la lista.")
        return construir(Caso, agregar(conexion, actor, ahora, tabla, "caso_abierto", valores))


def abrir_espacio(
    base: Base,
    actor: Actor,
    nombre: str,
    tipo: str,
    ahora: datetime,
    *,
    caso_id: int | None = None,
    unidad_territorial: str | None = None,
) -> Espacio:
    """Registra un espacio de diálogo, no priorizado mientras nadie diga otra cosa.

    Raises:
        NoAutorizado: no le toca a esa oficina.
        CosaDesconocida: el caso no existe.
        DatoInvalido: falta un dato, o ya hay un espacio con ese nombre.
    """
    exigir(actor, Accion.REGISTRAR, priorizado=False)
    valores = {
        "nombre": borrador.texto_obligatorio("nombre", nombre),
        "tipo": borrador.opcion(TipoDeEspacio, "tipo", tipo),
        "caso_id": caso_id,
        "unidad_territorial": borrador.texto("unidad_territorial", unidad_territorial),
        "priorizado": False,
        "priorizado_razon": "",
        "version": 1,
    }
    tabla = tablas_vida.espacio
    with base.escribir() as conexion:
        if caso_id is not None:
            fila_de(conexion, tablas_vida.caso, caso_id)
        consulta = select(tabla.c.id).where(tabla.c.nombre == valores["nombre"])
        if conexion.execute(consulta).first():
            raise DatoInvalido("nombre", "Ya hay un espacio con ese nombre.", "Use ese.")
        return _espacio(agregar(conexion, actor, ahora, tabla, "espacio_abierto", valores))


def priorizar(
    base: Base, actor: Actor, espacio_id: int, nueva: Priorizacion, ahora: datetime, version: int
) -> Espacio:
    """Pasa un espacio a priorizado o lo saca, con fecha, razón y quién lo decidió.

    Los compromisos no cambian de estado: cambia cómo se ven (nueve o cuatro) y quién los actualiza.

    Raises:
        NoAutorizado, CosaDesconocida, VersionDesfasada.
        DatoInvalido: falta la razón, o la oficina responsable no es una subsecretaría.
    """
    razon = borrador.texto_obligatorio("razon", nueva.razon, borrador.LARGO_DE_DESCRIPCION)
    if nueva.responsable and nueva.responsable not in SUBSECRETARIAS:
        raise DatoInvalido(
            "responsable", "La responsable debe ser una subsecretaría.", "Elija SSGC, SSGD o SSPI."
        )
    valores = {
        "priorizado": nueva.priorizado,
        "priorizado_desde": nueva.fecha,
        "priorizado_razon": razon,
        "priorizado_por": nueva.decidio,
        "responsable": nueva.responsable if nueva.priorizado else None,
    }
    que = "priorizado" if nueva.priorizado else "no_priorizado"
    with base.escribir() as conexion:
        fila = fila_de(conexion, tablas_vida.espacio, espacio_id)
        exigir(actor, Accion.PRIORIZAR, priorizado=fila["priorizado"])
        return _espacio(
            cambiar(
                conexion,
                actor,
                ahora,
                tablas_vida.espacio,
                fila,
                que,
                valores,
                razon=razon,
                version=version,
            )
        )


def asignar_acta(
    base: Base, actor: Actor, acta_id: int, espacio_id: int | None, ahora: datetime
) -> int:
    """Dice de qué espacio es un acta; todo lo registrado de ella pasa a ese espacio.

    Devuelve cuántas filas del registro cambiaron.

    Raises:
        ActaDesconocida, CosaDesconocida, NoAutorizado.
    """
    exigir(actor, Accion.REGISTRAR, priorizado=False)
    with base.escribir() as conexion:
        repositorio.acta_por_id(conexion, acta_id, bloquear=True)
        caso = _caso_del_espacio(conexion, espacio_id)
        conexion.execute(
            update(tablas.acta).where(tablas.acta.c.id == acta_id).values(espacio_id=espacio_id)
        )
        puesto = {"espacio_id": espacio_id}
        anotar(conexion, actor, ahora, Nuevo("acta_asignada", "acta", acta_id, {}, puesto))
        cambiadas = 0
        for clase in (Clase.PEDIDO, Clase.COMPROMISO, Clase.TAREA):
            _, tabla = repositorio.MODELOS[clase]
            del_acta = select(tabla.c.id).where(tabla.c.acta_id == acta_id).order_by(tabla.c.id)
            for numero in conexion.execute(del_acta).scalars().all():
                fila = fila_de(conexion, tabla, numero)
                valores = {**puesto, "caso": fila["caso"] or caso}
                cambiar(conexion, actor, ahora, tabla, fila, "espacio_asignado", valores)
                cambiadas += 1
        return cambiadas


def listar_casos(base: Base) -> tuple[Caso, ...]:
    """Devuelve los casos, por código."""
    consulta = select(tablas_vida.caso).order_by(tablas_vida.caso.c.codigo)
    with base.leer() as conexion:
        return tuple(construir(Caso, fila) for fila in conexion.execute(consulta).mappings())


def listar_espacios(base: Base) -> tuple[Espacio, ...]:
    """Devuelve los espacios: primero los priorizados, y por nombre."""
    tabla = tablas_vida.espacio
    consulta = select(tabla).order_by(tabla.c.priorizado.desc(), tabla.c.nombre)
    with base.leer() as conexion:
        return tuple(_espacio(fila) for fila in conexion.execute(consulta).mappings())


def ver_espacio(base: Base, espacio_id: int | None) -> Espacio | None:
    """Devuelve el espacio; None si no se dice cuál.

    Raises:
        CosaDesconocida: no existe.
    """
    if espacio_id is None:
        return None
    with base.leer() as conexion:
        return espacio_de(conexion, espacio_id)


def espacio_de(conexion: Connection, espacio_id: int | None) -> Espacio | None:
    """Como `ver_espacio`, dentro de una transacción."""
    if espacio_id is None:
        return None
    return _espacio(fila_de(conexion, tablas_vida.espacio, espacio_id, bloquear=False))


def _caso_del_espacio(conexion: Connection, espacio_id: int | None) -> str | None:
    espacio = espacio_de(conexion, espacio_id)
    if espacio is None or espacio.caso_id is None:
        return None
    codigo: str = fila_de(conexion, tablas_vida.caso, espacio.caso_id)["codigo"]
    return codigo


def _espacio(fila: RowMapping) -> Espacio:
    return construir(
        Espacio,
        fila,
        tipo=TipoDeEspacio,
        priorizado_por=QuienPrioriza,
        responsable=Oficina,
    )
