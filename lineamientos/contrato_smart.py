"""La parte del contrato que habla de la redacción: juicio SMART, evidencia y hallazgos."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

NombreDeCriterio = Literal["especifico", "medible", "asignable", "realista", "temporal"]
NombreDeGravedad = Literal["falta", "aviso", "consejo"]
NombreDeAspecto = Literal[
    "quien", "que", "cuanto", "donde", "cuando", "dinero", "condicion", "verificacion"
]


class SmartJson(TypedDict):
    """Juicio por criterio: true, false o null (no se puede juzgar del texto)."""

    especifico: bool | None
    medible: bool | None
    asignable: bool | None
    realista: bool | None
    temporal: bool | None


class HallazgoJson(TypedDict):
    """Defecto de redacción señalado en el texto."""

    regla: str
    criterio: NombreDeCriterio
    gravedad: NombreDeGravedad
    inicio: int
    fin: int
    mensaje: str
    explicacion: str
    sugerencias: list[str]
    fuente: str


class HallazgoDeActaJson(TypedDict):
    """Lo que falta o se contradice en el acta entera.

    `inicio` y `fin` son null si lo que falta no está en ningún lugar; `items` son los ids de los
    ítems que toca.
    """

    regla: str
    gravedad: NombreDeGravedad
    inicio: int | None
    fin: int | None
    items: list[str]
    mensaje: str
    explicacion: str
    sugerencias: list[str]
    fuente: str


class EvidenciaJson(TypedDict):
    """Trozo del texto que dice un aspecto del compromiso."""

    aspecto: NombreDeAspecto
    texto: str
    inicio: int
    fin: int


class CriterioJson(TypedDict):
    """Un criterio SMART con su sustento.

    `cumple` repite el de `smart`; `faltan` son los aspectos que el texto no dice y `reglas`, los
    códigos de los hallazgos de ese criterio.
    """

    criterio: NombreDeCriterio
    cumple: bool | None
    evidencia: list[EvidenciaJson]
    faltan: list[NombreDeAspecto]
    reglas: list[str]
