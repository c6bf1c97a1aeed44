"""Lecturas a mano de filas de desarrollo: por qué falla el modelo y qué etiquetas son dudosas.

`datos/lecturas.csv` guarda id y razón, nunca el texto. Una etiqueta dudosa no se corrige: el
conjunto se mide tal como está, y aquí se dice por qué la guía llevaría a otra clase.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nlp.entrenamiento.medidas import Caso
from nlp.propuesta import Clase

LISTA = Path(__file__).parent / "datos" / "lecturas.csv"


@dataclass(frozen=True, slots=True)
class Lectura:
    """Razón de un error; con `sugerida`, la etiqueta de desarrollo es dudosa."""

    id: str
    razon: str
    sugerida: Clase | None


@lru_cache(maxsize=1)
def lecturas() -> Mapping[str, Lectura]:
    """Devuelve las lecturas por id."""
    with LISTA.open(encoding="utf-8", newline="") as archivo:
        return {
            f["id"]: Lectura(f["id"], f["razon"], Clase(f["sugerida"]) if f["sugerida"] else None)
            for f in csv.DictReader(archivo)
        }


_POR_PAR = {
    ("compromiso", "tarea"): "lo asumido se lee como un paso previo (gestionar, informar, reunir)",
    ("compromiso", "pedido"): "lo asumido se dice con palabras de pedir o sin quien lo asuma",
    ("compromiso", "otro"): "la obligación va dentro de un relato o no nombra quién la asume",
    ("tarea", "compromiso"): "el verbo compromete, pero el contenido es un paso previo",
    ("tarea", "pedido"): "el paso consiste en pedir o gestionar algo ante otro",
    ("tarea", "otro"): "el paso se cuenta como un hecho o no tiene quien lo haga",
    ("pedido", "compromiso"): "lo pedido está escrito en futuro o como un acuerdo",
    ("pedido", "tarea"): "se pide una reunión, un informe o una visita",
    ("pedido", "otro"): "la solicitud no lleva verbo de pedir o va dentro de un relato",
    ("otro", "compromiso"): "hecho, cláusula o cita con palabras de compromiso",
    ("otro", "tarea"): "hecho o procedimiento que nombra reuniones, informes o visitas",
    ("otro", "pedido"): "posición, necesidad o cita que nombra una solicitud",
}


def razon_del_error(caso: Caso) -> str:
    """Devuelve la razón leída a mano o, si no hay, la habitual de esa confusión («…, probable»)."""
    leida = lecturas().get(caso.oro["id"])
    if leida:
        return leida.razon
    probable = _POR_PAR[caso.oro["clase"], caso.leido["clase"]]
    return f"{probable} (razón probable, sin leer)"


def peores(casos: list[Caso], cuantos: int = 40) -> list[Caso]:
    """Devuelve los errores de clase más confiados: mayor diferencia entre la leída y la de oro."""

    def exceso(caso: Caso) -> float:
        probabilidades = caso.leido["probabilidades"]
        if not probabilidades:
            return 1.0
        return float(probabilidades[caso.leido["clase"]] - probabilidades[caso.oro["clase"]])

    return sorted((c for c in casos if not c.acierta), key=exceso, reverse=True)[:cuantos]
