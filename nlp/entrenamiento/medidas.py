"""Qué se mide de la clase de un ítem suelto: lo que responde `actas clasificar` contra su fila.

Las cuentas son las del evaluador del contrato: macro-F1 de las cuatro clases y de los dos tipos
(sobre los compromisos de oro) y error de calibración en diez cajas. La etiqueta es la fila; la
respuesta, el ítem del contrato «acta/1» (`docs/esquemas/item.json`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nlp.entrenamiento.intervalos import Cifra, Cuentas, Formula, cifra, proporcion
from nlp.propuesta import Clase, Tipo

CLASES = tuple(c.value for c in Clase)
TIPOS = tuple(t.value for t in Tipo)
CAJAS = 10
Fila = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Caso:
    """Una fila etiquetada, lo que se respondió y el documento de que sale."""

    oro: Fila
    leido: Fila
    documento: str

    @property
    def acierta(self) -> bool:
        """Dice si la clase propuesta es la etiquetada."""
        return bool(self.leido["clase"] == self.oro["clase"])

    @property
    def confianza(self) -> float:
        """Devuelve la confianza; lo decidido por regla no la trae y vale 0, como en el contrato."""
        return float(self.leido["confianza"] or 0.0)


Contar = Callable[[Caso], Sequence[float] | None]
"""Cuentas de un caso, o None si la medida no lo mira."""


@dataclass(frozen=True, slots=True)
class Medida:
    """Una cifra: qué se cuenta de cada caso y cómo se calcula de las sumas.

    `meta` es lo que pide el encargo; con `menor_es_mejor` se lee «a lo más».
    """

    titulo: str
    contar: Contar
    formula: Formula
    meta: float | None = None
    menor_es_mejor: bool = False

    def medir(self, casos: Iterable[Caso]) -> Cifra:
        """Mide los casos, con su intervalo por documento."""
        vistos = [(c.documento, k) for c in casos if (k := self.contar(c)) is not None]
        return cifra(((d, np.array(k, dtype=float)) for d, k in vistos), self.formula, len(vistos))

    def cumple(self, leida: Cifra) -> bool | None:
        """Dice si la cifra llega a la meta; None si no hay meta o no se pudo medir."""
        if self.meta is None or math.isnan(leida.valor):
            return None
        return leida.valor <= self.meta if self.menor_es_mejor else leida.valor >= self.meta


def confusion(clases: Sequence[str], oro: str, leida: str | None) -> list[float]:
    """Casilla de la matriz oro × leída; la última columna es «ninguna»."""
    celdas = [0.0] * (len(clases) * (len(clases) + 1))
    columna = clases.index(leida) if leida in clases else len(clases)
    celdas[clases.index(oro) * (len(clases) + 1) + columna] = 1.0
    return celdas


def matriz(cuentas: Cuentas, k: int) -> Cuentas:
    """Da forma de tabla k × (k + 1) a las cuentas de confusión."""
    return cuentas.reshape(k, k + 1)


def macro_f1(k: int) -> Formula:
    """Devuelve la fórmula de la media simple del F1 de k clases sobre las cuentas de confusión."""

    def formula(cuentas: Cuentas) -> float:
        tabla = matriz(cuentas, k)
        aciertos = tabla.diagonal()
        esperados, propuestos = tabla.sum(axis=1), tabla[:, :k].sum(axis=0)
        suma = esperados + propuestos
        return float(np.divide(2 * aciertos, suma, out=np.zeros(k), where=suma > 0).mean())

    return formula


def contar_clase(caso: Caso) -> list[float]:
    """Cuenta la casilla de clase del caso."""
    return confusion(CLASES, caso.oro["clase"], caso.leido["clase"])


def contar_tipo(caso: Caso) -> list[float] | None:
    """Cuenta la casilla de tipo de un compromiso de oro; sin tipo propuesto, «ninguna»."""
    if caso.oro["clase"] != Clase.COMPROMISO or not caso.oro.get("tipo"):
        return None
    return confusion(TIPOS, caso.oro["tipo"], caso.leido["tipo"])


def _contar_tipo_acertado(caso: Caso) -> list[float] | None:
    return contar_tipo(caso) if caso.acierta else None


def si(condicion: Callable[[Caso], object], acierta: Callable[[Caso], object]) -> Contar:
    """Cuenta (aciertos, casos) entre los que cumplen la condición."""
    return lambda caso: [float(bool(acierta(caso))), 1.0] if condicion(caso) else None


def _siempre(_caso: Caso) -> bool:
    return True


def _seguro(caso: Caso) -> bool:
    return not caso.leido["duda"]


def _de(clase: Clase) -> Callable[[Caso], bool]:
    return lambda caso: bool(caso.oro["clase"] == clase)


def caja_de(confianza: float) -> int:
    """Devuelve la caja de calibración (0 a 9) de una confianza."""
    return min(int(confianza * CAJAS), CAJAS - 1)


def contar_calibracion(caso: Caso) -> list[float]:
    """Cuenta (casos, confianza, aciertos) en la caja del caso; tres cuentas por caja."""
    celdas = [0.0] * (3 * CAJAS)
    inicio = 3 * caja_de(caso.confianza)
    celdas[inicio : inicio + 3] = [1.0, caso.confianza, float(caso.acierta)]
    return celdas


def _contar_calculada(caso: Caso) -> list[float] | None:
    return contar_calibracion(caso) if caso.leido["confianza"] is not None else None


def error_de_calibracion(cuentas: Cuentas) -> float:
    """Diferencia media entre confianza y acierto de cada caja, pesada por sus casos."""
    cajas = cuentas.reshape(CAJAS, 3)
    return float(np.abs(cajas[:, 1] - cajas[:, 2]).sum() / cajas[:, 0].sum())


DE_CLASE = (
    Medida("macro-F1 de clase", contar_clase, macro_f1(4)),
    Medida(
        "exhaustividad de compromiso",
        si(_de(Clase.COMPROMISO), lambda c: c.acierta),
        proporcion,
        0.85,
    ),
    Medida("macro-F1 de tipo", contar_tipo, macro_f1(2), 0.88),
    Medida("macro-F1 de tipo, si acertó la clase", _contar_tipo_acertado, macro_f1(2)),
    Medida("exactitud", si(_siempre, lambda c: c.acierta), proporcion),
    Medida("cobertura sin duda", si(_siempre, _seguro), proporcion, 0.60),
    Medida("exactitud sin duda", si(_seguro, lambda c: c.acierta), proporcion, 0.93),
    Medida(
        "error de calibración", contar_calibracion, error_de_calibracion, 0.05, menor_es_mejor=True
    ),
    Medida(
        "error de calibración, solo confianzas calculadas",
        _contar_calculada,
        error_de_calibracion,
        0.05,
        menor_es_mejor=True,
    ),
)
"""Las metas de cobertura y exactitud sin duda son para los dos conjuntos juntos."""

MACRO_F1, EXHAUSTIVIDAD_DE_COMPROMISO, MACRO_F1_DE_TIPO = DE_CLASE[:3]
EXACTITUD, COBERTURA, EXACTITUD_SIN_DUDA, ERROR_DE_CALIBRACION = DE_CLASE[4:8]
EXHAUSTIVIDAD = tuple(
    Medida(f"exhaustividad de {c}", si(_de(c), lambda caso: caso.acierta), proporcion)
    for c in Clase
)
