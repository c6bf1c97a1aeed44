"""Reglas del acta entera y lo que hallan: agenda, seguimiento, respuestas, fechas, repeticiones.

Cada una es un TOML de `lineamientos/reglas_de_acta/`; sus ejemplos son actas pequeñas.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from inspect import signature
from typing import Any, Final

from ingesta.documento import Tramo
from lineamientos.comprobaciones_de_acta import COMPROBACIONES_DE_ACTA, CasoDeActa
from lineamientos.errores import ReglaInvalida
from lineamientos.hallazgo import Gravedad
from lineamientos.lectura import Fuente
from lineamientos.regla import Ejemplo

GRUPO: Final = "acta"
"""Lo que una regla del acta lleva en lugar de criterio."""

_ARCHIVO = re.compile(r"(?P<codigo>C\d\d)-(?P<nombre>[a-z0-9]+(?:-[a-z0-9]+)*)\.toml")


@dataclass(frozen=True, slots=True)
class ReglaDeActa:
    """Una regla del acta entera. `comprobacion` nombra una de `COMPROBACIONES_DE_ACTA`."""

    codigo: str
    nombre: str
    gravedad: Gravedad
    titulo: str
    mensaje: str
    explicacion: str
    fuente: str
    comprobacion: str
    cumplen: tuple[Ejemplo, ...]
    incumplen: tuple[Ejemplo, ...]
    parametros: Mapping[str, Any]
    sugerencias: tuple[str, ...] = ()
    criterio: str = GRUPO

    @property
    def mensaje_general(self) -> str:
        """Devuelve el mensaje con los datos de cada caso entre corchetes («[texto]»)."""
        return re.sub(r"\{(\w+)\}", r"[\1]", self.mensaje)


@dataclass(frozen=True, slots=True)
class HallazgoDeActa:
    """Lo que falta o se contradice en el acta; `items` son los ids de los ítems que toca."""

    regla: str
    gravedad: Gravedad
    tramo: Tramo | None
    items: tuple[str, ...]
    mensaje: str
    explicacion: str
    sugerencias: tuple[str, ...]
    fuente: str


_CLAVES = {f.name for f in fields(ReglaDeActa)} - {"codigo", "nombre", "criterio"}
_OBLIGATORIAS = _CLAVES - {"parametros", "sugerencias"}


@lru_cache(maxsize=1)
def reglas_de_acta() -> tuple[ReglaDeActa, ...]:
    """Lee las reglas del acta, en orden de código; levanta `ReglaInvalida` si una no se admite."""
    carpeta = files("lineamientos").joinpath("reglas_de_acta")
    archivos = sorted((a for a in carpeta.iterdir()), key=lambda a: a.name)
    return tuple(leer_regla_de_acta(a.name, a.read_text(encoding="utf-8")) for a in archivos)


def leer_regla_de_acta(archivo: str, texto: str) -> ReglaDeActa:
    """Lee una regla de su TOML; levanta `ReglaInvalida` con archivo, línea y lo admitido."""
    nombrado = _ARCHIVO.fullmatch(archivo)
    if nombrado is None:
        raise ReglaInvalida(f"{archivo}:1: el nombre debe ser como «C01-sin-agenda.toml».")
    fuente = Fuente.leer(archivo, texto)
    datos = fuente.datos
    fuente.admitir("la clave", datos, _CLAVES)
    for clave in sorted(_OBLIGATORIAS):
        if not datos.get(clave):
            fuente.rechazar(clave, f"falta «{clave}».")
    fuente.admitir("la comprobación", [datos["comprobacion"]], COMPROBACIONES_DE_ACTA)
    firma = list(signature(COMPROBACIONES_DE_ACTA[datos["comprobacion"]]).parameters)[1:]
    fuente.admitir("el parámetro", datos.get("parametros", {}), firma)
    return ReglaDeActa(
        codigo=nombrado["codigo"],
        nombre=nombrado["nombre"],
        gravedad=fuente.valor(Gravedad, datos["gravedad"], "gravedad"),
        titulo=datos["titulo"],
        mensaje=datos["mensaje"],
        explicacion=datos["explicacion"],
        fuente=datos["fuente"],
        comprobacion=datos["comprobacion"],
        cumplen=tuple(Ejemplo(t.strip()) for t in datos["cumplen"]),
        incumplen=tuple(Ejemplo(t.strip()) for t in datos["incumplen"]),
        parametros=datos.get("parametros", {}),
        sugerencias=tuple(datos.get("sugerencias", ())),
    )


def revisar_acta(caso: CasoDeActa) -> tuple[HallazgoDeActa, ...]:
    """Devuelve lo que las reglas del acta hallan, por orden de código y de lectura."""
    hallazgos = []
    for regla in reglas_de_acta():
        comprobar = COMPROBACIONES_DE_ACTA[regla.comprobacion]
        for senal in comprobar(caso, **regla.parametros):
            leido = caso.documento.fragmento(senal.tramo) if senal.tramo else ""
            hallazgos.append(
                HallazgoDeActa(
                    regla=regla.codigo,
                    gravedad=regla.gravedad,
                    tramo=senal.tramo,
                    items=senal.items,
                    mensaje=regla.mensaje.format_map({"texto": leido, **senal.datos}),
                    explicacion=regla.explicacion,
                    sugerencias=regla.sugerencias,
                    fuente=regla.fuente,
                )
            )
    return tuple(hallazgos)
