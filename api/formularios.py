"""El formulario de edición: qué trae escrito, qué cambió la persona y qué no se admite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from starlette.datastructures import FormData

from api.etiquetas import CAMPOS
from lineamientos.contrato import AvisoJson
from registro.acta import Decision, NuevaDecision
from registro.borrador import EDITABLES
from registro.compromiso import Contenido, Responsable
from registro.errores import DatoInvalido

FILAS_LIBRES: Final = 2
"""Filas de responsable en blanco que se ofrecen además de las que ya hay."""


_HUECO: Final = re.compile(r"\[[^\[\]]+\]")


class Fallo(NamedTuple):
    """Un campo que hay que corregir: su id en la página, qué pasa y qué hacer."""

    campo: str
    mensaje: str
    consejo: str


@dataclass(frozen=True, slots=True)
class Edicion:
    """Lo que dice el formulario: textos por campo y responsables como pares (nombre, nivel)."""

    textos: Mapping[str, str]
    responsables: tuple[tuple[str, str], ...]

    @property
    def filas(self) -> tuple[tuple[str, str], ...]:
        """Devuelve los responsables y las filas en blanco."""
        return (*self.responsables, *[("", "")] * FILAS_LIBRES)

    @property
    def campos(self) -> dict[str, object]:
        """Devuelve los valores como los pide `NuevaDecision.campos`."""
        return {
            **self.textos,
            "responsables": [
                {"valor": nombre, "nivel": nivel or None} for nombre, nivel in self.responsables
            ],
        }


def desde_contenido(contenido: Contenido) -> Edicion:
    """Devuelve el formulario con lo que propuso el análisis."""
    return Edicion(
        {
            nombre: _escrito(getattr(contenido, nombre))
            for nombre in EDITABLES
            if nombre != "responsables"
        },
        tuple((quien.valor, quien.nivel or "") for quien in contenido.responsables),
    )


def desde_formulario(datos: FormData) -> Edicion:
    """Devuelve lo que envió la persona, sin espacios sobrantes ni filas vacías."""
    nombres, niveles = datos.getlist("responsable"), datos.getlist("nivel")
    return Edicion(
        {
            nombre: str(datos.get(nombre, "")).replace("\r\n", "\n").strip()
            for nombre in EDITABLES
            if nombre != "responsables"
        },
        tuple(
            (str(nombre).strip(), str(nivel))
            for nombre, nivel in zip(nombres, niveles, strict=False)
            if str(nombre).strip()
        ),
    )


def fallos_de(edicion: Edicion, transcripcion: str) -> list[Fallo]:
    """Devuelve todo lo que no se admite, en el orden del formulario.

    Tampoco se admite un hueco de la redacción sugerida («[localidad]») que quedó sin llenar.
    """
    fallos = []
    huecos = [h for h in _HUECO.findall(edicion.textos["denominacion"]) if h not in transcripcion]
    if huecos:
        mensaje = f"La denominación tiene huecos sin llenar: {', '.join(huecos)}."
        fallos.append(Fallo("denominacion", mensaje, "Complete o quite lo que va entre corchetes."))
    for nombre, validar in EDITABLES.items():
        try:
            validar(nombre, edicion.campos[nombre])
        except DatoInvalido as error:
            fallos.append(a_fallo(error))
    return fallos


def fallos_de_cotejo(
    por_cotejar: Sequence[AvisoJson], datos: Mapping[str, Any] | FormData
) -> list[Fallo]:
    """Devuelve el fallo si hay avisos de lectura y no se marcó que se comparó con el original."""
    if not por_cotejar or datos.get("cotejado") == "si":
        return []
    return [
        Fallo(
            "cotejado",
            "Falta comparar el ítem con el original.",
            "La lectura de esta parte tiene avisos: compárela y márquelo.",
        )
    ]


def a_fallo(error: DatoInvalido) -> Fallo:
    """Pasa un dato inválido a la página, con la etiqueta del campo en vez de su nombre."""
    etiqueta = CAMPOS.get(error.campo, (error.campo, ""))[0]
    mensaje = str(error).replace(f"«{error.campo}»", f"«{etiqueta}»")
    return Fallo(error.campo, mensaje, error.consejo)


def es_la_misma(nueva: NuevaDecision, previa: Decision) -> bool:
    """Dice si pedir `nueva` es repetir una decisión ya tomada, por ejemplo tras un corte."""
    registrado = previa.despues or {}
    return (
        (nueva.que, nueva.quien.strip(), nueva.motivo.strip())
        == (previa.que.value, previa.quien, previa.motivo)
        and nueva.clase in {None, registrado.get("clase")}
        and (nueva.caso or None) == registrado.get("caso")
        and all(
            nombre in EDITABLES
            and _simple(EDITABLES[nombre](nombre, valor)) == _simple(registrado.get(nombre))
            for nombre, valor in nueva.campos.items()
        )
    )


def _escrito(valor: Any) -> str:
    if isinstance(valor, tuple):
        return "; ".join(valor)
    return valor.isoformat() if isinstance(valor, date) else str(valor or "")


def _simple(valor: object) -> object:
    """Deja fechas, listas y responsables como textos comparables."""
    if isinstance(valor, date):
        return valor.isoformat()
    if isinstance(valor, Responsable):
        return valor.valor
    if isinstance(valor, Mapping):
        return valor.get("valor")
    if isinstance(valor, Iterable) and not isinstance(valor, str):
        return [_simple(parte) for parte in valor]
    return valor
