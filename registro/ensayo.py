"""Ensayar una matriz: qué pasaría con cada fila, sin escribir nada.

Los veredictos suman siempre las filas leídas: ninguna se pierde en silencio.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final, TypeAlias

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, select

from nlp.catalogo import entidad_por_nombre
from nlp.propuesta import NivelDeGobierno
from registro import borrador, tablas
from registro.base import Base
from registro.compromiso import Compromiso, Contenido, Responsable
from registro.estados import ESTADOS, Exigencia
from registro.filas import a_registro
from registro.matrices import FilaLeida, leer_matriz
from registro.releer import como_se_lee, descripcion_como_se_lee

PARECIDO: Final = 92.0
"""Desde qué parecido (0 a 100) una fila con la misma fecha de acta se da por dudosa."""

_CIFRAS: Final = re.compile(r"\d+")
_Clave: TypeAlias = tuple[object, str]

_DE_LA_MATRIZ: Final = (
    "caso",
    "tipo",
    "unidad_territorial",
    "regiones",
    "provincias",
    "distritos",
    "codigo_snip",
    "codigo_unificado",
    "avance",
    "responsables",
    "colaboradores",
)
"""Lo que una fila ya conocida puede cambiar, además del estado."""


class Veredicto(StrEnum):
    """Qué se hará con una fila."""

    NUEVA = "nueva"
    IGUAL = "igual"
    CAMBIADA = "cambiada"
    DUDOSA = "dudosa"
    RECHAZADA = "rechazada"


@dataclass(frozen=True, slots=True)
class FilaEnsayada:
    """Una fila con su veredicto, por qué, y el compromiso que ya estaba si lo hay."""

    fila: FilaLeida
    veredicto: Veredicto
    motivo: str = ""
    compromiso_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ensayo:
    """El resultado de ensayar una matriz: nada se escribió.

    `avisos` dice lo que no era una fila y quedó fuera: hojas sin títulos, columnas de más.
    """

    filas: tuple[FilaEnsayada, ...]
    avisos: tuple[str, ...] = ()

    @property
    def cuentas(self) -> dict[Veredicto, int]:
        """Devuelve cuántas filas hay de cada veredicto; suman todas las leídas."""
        cuenta = Counter(f.veredicto for f in self.filas)
        return {veredicto: cuenta[veredicto] for veredicto in Veredicto}


def ensayar(base: Base, contenido: bytes, nombre: str) -> Ensayo:
    """Dice qué pasaría con cada fila si se importara la matriz.

    Raises:
        DatoInvalido: el archivo no se puede leer o no tiene títulos que se reconozcan.
    """
    matriz = leer_matriz(contenido, nombre)
    with base.leer() as conexion:
        return Ensayo(tuple(juzgar(conexion, matriz.filas)), matriz.avisos)


def juzgar(conexion: Connection, leidas: Sequence[FilaLeida]) -> list[FilaEnsayada]:
    """Da el veredicto de cada fila, en una transacción."""
    conocidos = _Conocidos(conexion)
    vistas: dict[_Clave, str] = {}
    juzgadas = []
    for leida in leidas:
        clave = _clave(leida.valores)
        juzgadas.append(_veredicto(leida, clave, conocidos, vistas))
        vistas.setdefault(clave, leida.lugar)
    return juzgadas


class _Conocidos:
    """Lo registrado, por fecha de acta y descripción tal como volverían de una matriz."""

    def __init__(self, conexion: Connection) -> None:
        self._por_clave: dict[_Clave, list[Compromiso]] = defaultdict(list)
        self._textos: dict[tuple[object, ...], dict[int, str]] = defaultdict(dict)
        tabla = tablas.compromiso
        consulta = select(tabla).where(tabla.c.vigente).order_by(tabla.c.fecha_acta, tabla.c.id)
        for fila in conexion.execute(consulta).mappings():
            compromiso = a_registro(Compromiso, fila)
            fecha, texto = compromiso.fecha_acta, descripcion_como_se_lee(compromiso)
            self._por_clave[fecha, texto].append(compromiso)
            self._textos[fecha, *_CIFRAS.findall(texto)][compromiso.id] = texto

    def tomar(self, clave: _Clave) -> Compromiso | None:
        """Devuelve el primero con esa clave que ninguna fila haya tomado."""
        return self._por_clave[clave].pop(0) if self._por_clave.get(clave) else None

    def parecido(self, clave: _Clave) -> tuple[float, int] | None:
        """Devuelve el parecido y el número del más parecido de la misma fecha y mismas cifras.

        «Dos bombas al caserío 1» y «… al caserío 2» se parecen mucho y no son lo mismo.
        """
        fecha, texto = clave
        otros = self._textos.get((fecha, *_CIFRAS.findall(texto)), {})
        hallado = process.extractOne(texto, otros, scorer=fuzz.ratio, score_cutoff=PARECIDO)
        return (hallado[1], hallado[2]) if hallado else None


def _clave(valores: Mapping[str, Any]) -> _Clave:
    return valores["fecha_acta"], tablas.para_buscar(valores["descripcion"])


def _veredicto(
    leida: FilaLeida, clave: _Clave, conocidos: _Conocidos, vistas: Mapping[_Clave, str]
) -> FilaEnsayada:
    if leida.fallas:
        return FilaEnsayada(leida, Veredicto.RECHAZADA, "; ".join(leida.fallas))
    conocido = conocidos.tomar(clave)
    if conocido:
        distintos = distintos_de(leida, conocido)
        if not distintos:
            return FilaEnsayada(leida, Veredicto.IGUAL, "", conocido.id)
        if leida.dudas:
            return FilaEnsayada(leida, Veredicto.DUDOSA, "; ".join(leida.dudas), conocido.id)
        motivo = f"cambia {', '.join(distintos)}{_lo_que_pide(leida, distintos)}"
        return FilaEnsayada(leida, Veredicto.CAMBIADA, motivo, conocido.id)
    if leida.dudas:
        return FilaEnsayada(leida, Veredicto.DUDOSA, "; ".join(leida.dudas))
    if clave in vistas:
        return FilaEnsayada(leida, Veredicto.DUDOSA, f"repite la {vistas[clave]}")
    if parecido := conocidos.parecido(clave):
        motivo = f"se parece ({parecido[0]:.0f} de 100) al compromiso {parecido[1]}"
        return FilaEnsayada(leida, Veredicto.DUDOSA, motivo, parecido[1])
    return FilaEnsayada(leida, Veredicto.NUEVA)


def distintos_de(leida: FilaLeida, conocido: Compromiso) -> list[str]:
    """Devuelve qué cambia la fila; un dato que la matriz deja en blanco no cambia nada.

    Se compara con lo que el compromiso diría en la matriz, no con lo que guarda: lo que la matriz
    no puede decir (el nivel de cada responsable, cuatro estados en vez de nueve) no es un cambio.
    """
    nuevos, como_estaba = leida.valores, como_se_lee(conocido)
    cambian = [
        campo
        for campo in _DE_LA_MATRIZ
        if nuevos[campo]
        and (
            nuevos[campo] != como_estaba[campo]
            or (campo == "responsables" and _cambia_nivel(nuevos, como_estaba))
        )
    ]
    return [*cambian, *(["estado"] if _cambia_estado(leida, conocido) else [])]


def _lo_que_pide(leida: FilaLeida, distintos: Sequence[str]) -> str:
    """Devuelve qué falta adjuntar tras el cambio: la matriz da la razón, no el sustento."""
    if "estado" not in distintos:
        return ""
    ficha = ESTADOS[leida.valores["estado"]]
    faltan = [exigido.value for exigido in Exigencia if exigido in ficha.exige - {Exigencia.RAZON}]
    if not faltan:
        return ""
    return f"; «{ficha.nombre}» pide {' y '.join(faltan)}: complételo en su ficha"


def _cambia_nivel(nuevos: Mapping[str, Any], como_estaba: Mapping[str, Any]) -> bool:
    niveles = nuevos["niveles"]
    return bool(niveles) and tuple(dict.fromkeys(niveles)) != como_estaba["niveles"]


def _cambia_estado(leida: FilaLeida, conocido: Compromiso) -> bool:
    """Compara en el vocabulario de la matriz: «En proceso» puede ser cuatro estados."""
    nuevo = leida.valores["estado"]
    if nuevo is None or nuevo is conocido.estado:
        return False
    reducido = ESTADOS[conocido.estado].no_priorizado
    escrito: str = leida.valores["estado_escrito"]
    return reducido is None or tablas.para_buscar(reducido) != escrito


def valores_de(leida: FilaLeida) -> dict[str, Any]:
    """Devuelve los valores de la fila con sus responsables ya unidos a su nivel."""
    nombres, niveles = leida.valores["responsables"], leida.valores["niveles"]
    return {**leida.valores, "responsables": _responsables(nombres, niveles)}


def _responsables(
    nombres: Sequence[str], niveles: Sequence[NivelDeGobierno | None]
) -> tuple[Responsable, ...]:
    """Une nombres y niveles: uno a uno, o el único nivel para todos; si no, el del catálogo."""
    if len(niveles) == len(nombres):
        pares = list(zip(nombres, niveles, strict=True))
    else:
        pares = [(n, niveles[0] if len(niveles) == 1 else _nivel_de(n)) for n in nombres]
    return tuple(Responsable(nombre, nivel) for nombre, nivel in pares)


def _nivel_de(nombre: str) -> NivelDeGobierno | None:
    ficha = entidad_por_nombre(nombre)
    return ficha.nivel if ficha else None


def contenido_de(leida: FilaLeida) -> Contenido:
    """Devuelve lo que se registraría de una fila nueva."""
    valores = valores_de(leida)
    texto = valores["descripcion"]
    largo = len(texto) > borrador.LARGO_DE_DENOMINACION
    propios = {campo.name for campo in fields(Contenido)} & {*_DE_LA_MATRIZ, "fecha_acta"}
    return Contenido(
        transcripcion=texto,
        denominacion=texto[: borrador.LARGO_DE_DENOMINACION - 1] + "…" if largo else texto,
        descripcion=texto if largo else "",
        **{nombre: valores[nombre] for nombre in propios},
    )
