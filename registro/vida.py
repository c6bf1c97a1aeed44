"""La vida del compromiso: su estado, su avance mensual y la variación de lo registrado."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from registro import borrador, idempotencia, repositorio, tablas, tablas_vida
from registro.acta import LIMA
from registro.actores import Accion, Actor
from registro.base import Base
from registro.compromiso import Compromiso, contenido_de
from registro.errores import FaltaSustento, TransicionInvalida
from registro.escritura import cambiar, fila_de
from registro.estados import ESTADOS, TRANSICIONES, Estado, Exigencia, Trato
from registro.filas import a_registro
from registro.permisos import exigir_fila


@dataclass(frozen=True, slots=True)
class CambioDeEstado:
    """Lo que se pide para cambiar de estado un compromiso.

    `evidencias` son números de evidencias ya subidas del mismo compromiso; `sucesor_id`, el
    compromiso que lo reemplaza; `se_niega`, que el responsable dijo que no lo hará aunque no haya
    vencido; `confirmado`, que la persona vio el aviso de un cambio poco usual. `version` es la que
    vio; `clave`, la de idempotencia.
    """

    hacia: Estado
    version: int
    razon: str = ""
    evidencias: tuple[int, ...] = ()
    sucesor_id: int | None = None
    se_niega: bool = False
    confirmado: bool = False
    clave: str | None = None


def cambiar_estado(
    base: Base, actor: Actor, compromiso_id: int, pedido: CambioDeEstado, ahora: datetime
) -> Compromiso:
    """Cambia el estado, si lo puede esa oficina y trae lo que el estado nuevo exige.

    De cerrado a cualquier otro es una rectificación: la hace quien puede variar el registro, con su
    razón. Un cambio poco usual no se impide: pide razón y que se confirme.

    Raises:
        RegistroDesconocido: no existe.
        NoAutorizado: no le toca a esa oficina.
        VersionDesfasada: alguien lo cambió antes.
        TransicionInvalida: ya está en ese estado, o no está vigente.
        FaltaSustento: falta algo que el cambio exige; `campo` dice qué.
        ClaveRepetida: la clave se usó para pedir otra cosa.
    """
    que_se_pide = {
        "estado": compromiso_id,
        **{c.name: getattr(pedido, c.name) for c in fields(pedido)},
    }
    tabla = tablas.compromiso
    with base.escribir() as conexion:
        fila = fila_de(conexion, tabla, compromiso_id)
        if idempotencia.resultado_previo(conexion, pedido.clave, que_se_pide):
            return a_registro(Compromiso, fila)
        desde = Estado(fila["estado"])
        transicion = TRANSICIONES[desde, pedido.hacia]
        rectifica = transicion.trato is Trato.RECTIFICACION
        exigir_fila(conexion, actor, Accion.VARIAR if rectifica else Accion.ACTUALIZAR, fila)
        if transicion.trato is Trato.NINGUNO:
            raise TransicionInvalida(f"Ya está «{ESTADOS[desde].nombre}».")
        razon = borrador.texto("razon", pedido.razon, borrador.LARGO_DE_DESCRIPCION) or ""
        if transicion.trato is Trato.CON_AVISO and not pedido.confirmado:
            raise FaltaSustento(
                "confirmado",
                f"No es usual pasar de «{ESTADOS[desde].nombre}» a "
                f"«{ESTADOS[pedido.hacia].nombre}».",
                "Si es correcto, confírmelo y diga por qué.",
            )
        _comprobar_exigencias(conexion, fila, pedido, transicion.exige, razon, ahora)
        sustentos = _sustentos(conexion, compromiso_id, pedido.evidencias)
        nueva = cambiar(
            conexion,
            actor,
            ahora,
            tabla,
            fila,
            "estado_rectificado" if rectifica else "estado_cambiado",
            {"estado": pedido.hacia, "sucesor_id": pedido.sucesor_id},
            razon=razon,
            version=pedido.version,
            ademas={"evidencias": sustentos} if sustentos else {},
        )
        idempotencia.recordar(conexion, pedido.clave, que_se_pide, compromiso_id, ahora)
        return a_registro(Compromiso, nueva)


def actualizar(
    base: Base, actor: Actor, compromiso_id: int, avance: str, version: int, ahora: datetime
) -> Compromiso:
    """Anota la situación actual del mes (columna «AVANCE»); la anterior queda en la historia.

    Raises:
        RegistroDesconocido, NoAutorizado, VersionDesfasada, DatoInvalido.
    """
    texto = borrador.texto_obligatorio("avance", avance, borrador.LARGO_DE_DESCRIPCION)
    with base.escribir() as conexion:
        fila = fila_de(conexion, tablas.compromiso, compromiso_id)
        exigir_fila(conexion, actor, Accion.ACTUALIZAR, fila)
        nueva = cambiar(
            conexion,
            actor,
            ahora,
            tablas.compromiso,
            fila,
            "avance_anotado",
            {"avance": texto},
            version=version,
        )
        return a_registro(Compromiso, nueva)


def variar(
    base: Base,
    actor: Actor,
    compromiso_id: int,
    campos: Mapping[str, object],
    razon: str,
    version: int,
    ahora: datetime,
) -> Compromiso:
    """Cambia campos de lo registrado (`borrador.EDITABLES`), con su razón.

    Raises:
        RegistroDesconocido, NoAutorizado, VersionDesfasada.
        DatoInvalido: falta la razón, un campo no se edita o su valor no se admite.
    """
    with base.escribir() as conexion:
        fila = fila_de(conexion, tablas.compromiso, compromiso_id)
        exigir_fila(conexion, actor, Accion.VARIAR, fila)
        return variar_fila(conexion, actor, fila, campos, razon, ahora, version=version)


def variar_fila(
    conexion: Connection,
    actor: Actor,
    fila: RowMapping,
    campos: Mapping[str, object],
    razon: str,
    ahora: datetime,
    *,
    version: int | None = None,
    que: str = "variado",
) -> Compromiso:
    """Como `variar`, dentro de una transacción y sin mirar quién puede."""
    motivo = borrador.texto_obligatorio("razon", razon, borrador.LARGO_DE_DESCRIPCION)
    antes = a_registro(Compromiso, fila)
    valores = repositorio.columnas_de(borrador.editar(contenido_de(antes), campos))
    nueva = cambiar(
        conexion,
        actor,
        ahora,
        tablas.compromiso,
        fila,
        que,
        valores,
        razon=motivo,
        version=version,
    )
    return a_registro(Compromiso, nueva)


def predecesores(base: Base, compromiso_id: int) -> tuple[int, ...]:
    """Devuelve los números de los compromisos que este reemplazó."""
    tabla = tablas.compromiso
    consulta = select(tabla.c.id).where(tabla.c.sucesor_id == compromiso_id).order_by(tabla.c.id)
    with base.leer() as conexion:
        return tuple(conexion.execute(consulta).scalars())


def _comprobar_exigencias(
    conexion: Connection,
    fila: RowMapping,
    pedido: CambioDeEstado,
    exige: frozenset[Exigencia],
    razon: str,
    ahora: datetime,
) -> None:
    ficha = ESTADOS[pedido.hacia]
    if Exigencia.RAZON in exige and not razon:
        consejo = f"Escriba por qué; sirve {ficha.sustento}." if ficha.sustento else "Escríbala."
        raise FaltaSustento("razon", "Falta la razón del cambio.", consejo)
    if Exigencia.SUSTENTO in exige and not pedido.evidencias:
        raise FaltaSustento(
            "evidencias", f"«{ficha.nombre}» pide un sustento.", f"Adjunte {ficha.sustento}."
        )
    if Exigencia.PLAZO in exige and not pedido.se_niega:
        _comprobar_plazo(fila["fecha_limite"], ahora.astimezone(LIMA).date())
    if Exigencia.SUCESOR in exige:
        _comprobar_sucesor(conexion, fila["id"], pedido.sucesor_id)
    elif pedido.sucesor_id is not None:
        raise FaltaSustento(
            "sucesor_id", "Solo un renegociado tiene sucesor.", "Quite el compromiso que reemplaza."
        )


def _comprobar_plazo(fecha_limite: date | None, hoy: date) -> None:
    if fecha_limite is None or fecha_limite >= hoy:
        estado = f"vence el {fecha_limite:%d/%m/%Y}" if fecha_limite else "no tiene fecha límite"
        raise FaltaSustento(
            "se_niega",
            f"El plazo no ha vencido: {estado}.",
            "Marque que el responsable se negó, si lo dijo, o espere a que venza.",
        )


def _comprobar_sucesor(conexion: Connection, propio: int, sucesor_id: int | None) -> None:
    tabla = tablas.compromiso
    visitados = {propio}
    siguiente = sucesor_id
    while siguiente is not None:
        if siguiente in visitados:
            raise FaltaSustento(
                "sucesor_id", "Un compromiso no puede reemplazarse a sí mismo.", "Elija otro."
            )
        visitados.add(siguiente)
        consulta = select(tabla.c.sucesor_id).where(tabla.c.id == siguiente, tabla.c.vigente)
        hallado = conexion.execute(consulta).one_or_none()
        if hallado is None:
            raise FaltaSustento(
                "sucesor_id",
                f"No hay un compromiso {siguiente} en el registro.",
                "Registre antes el compromiso nuevo y escriba su número.",
            )
        siguiente = hallado.sucesor_id
    if sucesor_id is None:
        raise FaltaSustento(
            "sucesor_id",
            "Un renegociado necesita el compromiso que lo reemplaza.",
            "Registre antes el compromiso nuevo y escriba su número.",
        )


def _sustentos(
    conexion: Connection, compromiso_id: int, numeros: tuple[int, ...]
) -> list[dict[str, Any]]:
    tabla = tablas_vida.evidencia
    consulta = select(tabla.c.id, tabla.c.sha256).where(
        tabla.c.compromiso_id == compromiso_id, tabla.c.id.in_(numeros)
    )
    halladas = {fila.id: fila.sha256 for fila in conexion.execute(consulta)}
    faltan = [numero for numero in numeros if numero not in halladas]
    if faltan:
        raise FaltaSustento(
            "evidencias",
            f"La evidencia {faltan[0]} no es de este compromiso.",
            "Adjúntela a este compromiso.",
        )
    return [{"id": numero, "sha256": halladas[numero]} for numero in sorted(halladas)]
