"""Qué es una regla de los lineamientos: sus datos, sin saber de qué archivo salen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any

from lineamientos.hallazgo import Criterio, Gravedad
from nlp.propuesta import Clase, Tipo

AVISO_LEGAL = "Aproximación a los lineamientos; pendiente de cotejo con el Anexo 8."


@dataclass(frozen=True, slots=True)
class Ejemplo:
    """Oración, o fila de un cuadro, con que se explica y se prueba una regla.

    En una fila las celdas van separadas por « | » y `columnas` dice qué es cada una; la primera
    es el ítem. `fecha_acta` y `participantes` hacen falta solo si la regla los mira.
    """

    texto: str
    fecha_acta: date | None = None
    tipo: Tipo | None = None
    columnas: tuple[str, ...] = ()
    participantes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Regla:
    """Una regla de los lineamientos.

    `comprobacion` nombra una función de `COMPROBACIONES` y `parametros` son sus argumentos.
    `clases` y `solo_tipo` dicen a qué ítems se aplica; `si_falta` y `si_hay` exigen que esos
    campos falten todos o estén todos. `decide` marca las reglas que vuelven falso su criterio
    SMART y los de `decide_tambien`, salvo que el ítem tenga alguno de los campos de
    `decide_si_falta`. `cede_a` nombra las que, si señalan el mismo trozo, hacen callar a esta.
    `mensaje` admite los datos de `DATOS_DE_MENSAJE`; `mensaje_sin_fecha` lo reemplaza cuando
    alguno no se pudo calcular. `oficina` marca las que añadió una oficina en su carpeta.
    """

    codigo: str
    nombre: str
    criterio: Criterio
    gravedad: Gravedad
    titulo: str
    mensaje: str
    explicacion: str
    fuente: str
    comprobacion: str
    cumplen: tuple[Ejemplo, ...]
    incumplen: tuple[Ejemplo, ...]
    parametros: Mapping[str, Any]
    mensaje_sin_fecha: str = ""
    sugerencias: tuple[str, ...] = ()
    clases: frozenset[Clase] = frozenset({Clase.COMPROMISO})
    solo_tipo: Tipo | None = None
    si_falta: tuple[str, ...] = ()
    si_hay: tuple[str, ...] = ()
    decide: bool = False
    decide_tambien: tuple[Criterio, ...] = ()
    decide_si_falta: tuple[str, ...] = ()
    cede_a: tuple[str, ...] = ()
    oficina: bool = False

    @property
    def mensaje_general(self) -> str:
        """Devuelve el mensaje con los datos de cada caso entre corchetes («[texto]»)."""
        return re.sub(r"\{(\w+)\}", r"[\1]", self.mensaje)


DATOS_DE_MENSAJE = frozenset({
    "texto",
    "motivo",
    "palabras",
    "obligaciones",
    "entidad",
    "fecha",
    "acta",
    "calendario",
    "habiles",
    "competente",
    "fase",
})
"""Datos entre llaves de un mensaje: lo leído y lo que añade la comprobación."""


def campos_de_formato(texto: str) -> set[str]:
    """Devuelve los nombres que un texto lleva entre llaves."""
    return {campo for _, campo, _, _ in Formatter().parse(texto) if campo is not None}
