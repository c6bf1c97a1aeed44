"""Las versiones de una misma acta: borrador, firmada y escaneo. El programa pregunta; no une."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, select, update

from registro import repositorio, tablas
from registro.actores import SISTEMA, Accion, Actor, exigir
from registro.base import Base
from registro.errores import TransicionInvalida
from registro.historia import Nuevo, anotar, historia_de
from registro.tablas import para_buscar

PARECIDO: Final = 0.5
"""Parte común de secuencias de palabras (Jaccard) desde la que se pregunta."""

LARGO_DE_SECUENCIA: Final = 5

PALABRAS_PARA_PREGUNTAR: Final = 20
"""Un texto más corto (un encabezado suelto) se parece a otros sin ser la misma acta."""

_PARECIDA: Final = "acta_parecida"
_DESCARTADA: Final = "version_descartada"


class TipoDeVersion(StrEnum):
    """Qué versión es un archivo de un acta."""

    BORRADOR = "borrador"
    FIRMADA = "firmada"
    ESCANEO = "escaneo"


@dataclass(frozen=True, slots=True)
class Parecida:
    """Otra acta con un texto casi igual; `parecido` va de 0 a 1."""

    acta_id: int
    nombre: str
    parecido: float


def parecidas(base: Base, acta_id: int) -> tuple[Parecida, ...]:
    """Devuelve las actas que podrían ser otra versión de esta, de la más a la menos parecida.

    Compara secuencias de cinco palabras sin tildes ni mayúsculas, de modo que un escaneo con
    algunas letras mal leídas todavía se reconoce. No mira las que ya son versiones de ella.

    Raises:
        ActaDesconocida: no existe.
    """
    with base.leer() as conexion:
        repositorio.acta_por_id(conexion, acta_id)
    filas = _leidas(base)
    grupo = {fila.id: fila.version_de or fila.id for fila in filas}
    propia = next((_secuencias(f.texto) for f in filas if f.id == acta_id), frozenset())
    return _ordenar(
        Parecida(fila.id, fila.nombre, _jaccard(propia, _secuencias(fila.texto)))
        for fila in filas
        if grupo[fila.id] != grupo.get(acta_id)
    )


def parecidas_al_texto(base: Base, acta_id: int, texto: str | None) -> tuple[Parecida, ...]:
    """Devuelve las actas parecidas a una que se acaba de leer, antes de guardar su texto.

    De un texto corto no se busca ninguna.
    """
    if len((texto or "").split()) < PALABRAS_PARA_PREGUNTAR:
        return ()
    propia = _secuencias(texto)
    return _ordenar(
        Parecida(fila.id, fila.nombre, _jaccard(propia, _secuencias(fila.texto)))
        for fila in _leidas(base)
        if fila.id != acta_id
    )


def anotar_parecidas(
    conexion: Connection, acta_id: int, halladas: tuple[Parecida, ...], ahora: datetime
) -> None:
    """Deja en la historia de las dos actas la pregunta por hacer a una persona."""
    for otra in halladas:
        for una, la_otra in ((acta_id, otra.acta_id), (otra.acta_id, acta_id)):
            puesto = {"acta": la_otra, "parecido": round(otra.parecido, 2)}
            anotar(conexion, SISTEMA, ahora, Nuevo(_PARECIDA, "acta", una, {}, puesto))


def por_preguntar(base: Base, acta_id: int) -> tuple[Parecida, ...]:
    """Devuelve las actas que se hallaron parecidas y de las que nadie dijo si son la misma.

    Raises:
        ActaDesconocida: no existe.
    """
    hechos = historia_de(base, {"acta": [acta_id]})
    descartadas = {h.despues["acta"] for h in hechos if h.que == _DESCARTADA}
    halladas = {h.despues["acta"]: h.despues["parecido"] for h in hechos if h.que == _PARECIDA}
    dichas = descartadas | set(versiones_de(base, acta_id))
    tabla = tablas.acta
    consulta = select(tabla.c.id, tabla.c.nombre).where(tabla.c.id.in_(set(halladas) - dichas))
    with base.leer() as conexion:
        filas = conexion.execute(consulta.order_by(tabla.c.id)).all()
    return tuple(Parecida(fila.id, fila.nombre, halladas[fila.id]) for fila in filas)


def descartar(base: Base, actor: Actor, acta_id: int, otra: int, ahora: datetime) -> None:
    """Dice que dos actas parecidas no son la misma: no se vuelve a preguntar.

    Raises:
        ActaDesconocida, NoAutorizado.
        TransicionInvalida: es la misma acta.
    """
    exigir(actor, Accion.REGISTRAR, priorizado=False)
    if acta_id == otra:
        raise TransicionInvalida("Es la misma acta.")
    with base.escribir() as conexion:
        for una, la_otra in ((acta_id, otra), (otra, acta_id)):
            repositorio.acta_por_id(conexion, una)
            hecho = Nuevo(_DESCARTADA, "acta", una, {}, {"acta": la_otra})
            anotar(conexion, actor, ahora, hecho)


def marcar_version(
    base: Base,
    actor: Actor,
    acta_id: int,
    de: int,
    tipo: TipoDeVersion,
    ahora: datetime,
) -> None:
    """Dice que un acta es otra versión de `de`; las de esta pasan también a `de`.

    Cada versión conserva su archivo, sus propuestas y sus decisiones.

    Raises:
        ActaDesconocida, NoAutorizado.
        TransicionInvalida: es la misma acta, o `de` ya es versión de esta.
    """
    exigir(actor, Accion.REGISTRAR, priorizado=False)
    tabla = tablas.acta
    with base.escribir() as conexion:
        for numero in (acta_id, de):
            repositorio.acta_por_id(conexion, numero, bloquear=True)
        original = conexion.execute(select(tabla.c.version_de).where(tabla.c.id == de)).scalar_one()
        raiz = original or de
        if raiz == acta_id:
            raise TransicionInvalida("Un acta no puede ser versión de sí misma.")
        conexion.execute(update(tabla).where(tabla.c.version_de == acta_id).values(version_de=raiz))
        conexion.execute(
            update(tabla).where(tabla.c.id == acta_id).values(version_de=raiz, tipo_de_version=tipo)
        )
        puesto = {"version_de": raiz, "tipo_de_version": tipo}
        anotar(conexion, actor, ahora, Nuevo("version_marcada", "acta", acta_id, {}, puesto))


def versiones_de(base: Base, acta_id: int) -> tuple[int, ...]:
    """Devuelve los números de todas las versiones del acta, también el suyo, en orden.

    Raises:
        ActaDesconocida: no existe.
    """
    tabla = tablas.acta
    with base.leer() as conexion:
        repositorio.acta_por_id(conexion, acta_id)
        propia = select(tabla.c.version_de).where(tabla.c.id == acta_id)
        raiz = conexion.execute(propia).scalar_one() or acta_id
        todas = select(tabla.c.id).where((tabla.c.id == raiz) | (tabla.c.version_de == raiz))
        return tuple(conexion.execute(todas.order_by(tabla.c.id)).scalars())


def _leidas(base: Base) -> Sequence[Row[Any]]:
    """Lee el texto de las actas ya leídas, en orden."""
    tabla = tablas.acta
    texto = tabla.c.resultado["texto"].as_string().label("texto")
    consulta = select(tabla.c.id, tabla.c.nombre, tabla.c.version_de, texto)
    with base.leer() as conexion:
        leidas = consulta.where(tabla.c.resultado.is_not(None)).order_by(tabla.c.id)
        return conexion.execute(leidas).all()


def _ordenar(halladas: Iterable[Parecida]) -> tuple[Parecida, ...]:
    return tuple(sorted((p for p in halladas if p.parecido >= PARECIDO), key=lambda p: -p.parecido))


def _secuencias(texto: str | None) -> frozenset[tuple[str, ...]]:
    palabras = para_buscar(texto or "").split()
    ultimo = max(1, len(palabras) - LARGO_DE_SECUENCIA + 1)
    return frozenset(tuple(palabras[n : n + LARGO_DE_SECUENCIA]) for n in range(ultimo))


def _jaccard(una: frozenset[object], otra: frozenset[object]) -> float:
    todas = len(una | otra)
    return len(una & otra) / todas if todas else 0.0
