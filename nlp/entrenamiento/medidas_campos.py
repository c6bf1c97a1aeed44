"""Qué se mide de los campos y del juicio SMART de un ítem suelto.

Como en el evaluador del contrato: un campo se da por bien leído si sus palabras coinciden con las
anotadas (F1 ≥ 0,5); el defecto SMART es el hallazgo de que un compromiso no cumple un criterio.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from nlp.entrenamiento.evaluar import coincidencia
from nlp.entrenamiento.intervalos import Cuentas, proporcion
from nlp.entrenamiento.medidas import Caso, Contar, Fila, Medida, si
from nlp.plegado import plegar
from nlp.propuesta import Clase

COINCIDENCIA_DE_CAMPO = 0.5


def texto_del_campo(leido: Fila, nombre: str) -> str:
    """Devuelve lo leído de un campo, unido con « ; » si son varios; vacío si no hay."""
    valor = leido["campos"][nombre]
    if isinstance(valor, list):
        return " ; ".join(v["texto"] for v in valor)
    return valor["texto"] if valor else ""


def _campo(nombre: str, columna: str, clases: Sequence[str]) -> Contar:
    def contar(caso: Caso) -> list[float] | None:
        if caso.oro["clase"] not in clases:
            return None
        anotado = caso.oro.get(columna) or ""
        leido = texto_del_campo(caso.leido, nombre)
        if anotado and leido:
            acierta = coincidencia(anotado, leido) >= COINCIDENCIA_DE_CAMPO
            return [1.0, 0.0, 0.0] if acierta else [0.0, 1.0, 1.0]
        return [0.0, float(bool(leido)), float(bool(anotado))]

    return contar


def _exacto(
    nombre: str, normal: Callable[[str], frozenset[str]], clases: Sequence[str] = tuple(Clase)
) -> Contar:
    """Compara lo leído, normalizado, en filas de esas clases; el oro puede traer varios valores."""

    def contar(caso: Caso) -> list[float] | None:
        if caso.oro["clase"] not in clases:
            return None
        anotado = normal(caso.oro.get(nombre) or "")
        leido = normal(texto_del_campo(caso.leido, nombre))
        if leido and anotado:
            return [1.0, 0.0, 0.0] if leido <= anotado else [0.0, 1.0, 1.0]
        return [0.0, float(bool(leido)), float(bool(anotado))]

    return contar


def _f1(cuentas: Cuentas) -> float:
    """F1 de (aciertos, de más, de menos)."""
    aciertos, de_mas, de_menos = cuentas
    suma = 2 * aciertos + de_mas + de_menos
    return float(2 * aciertos / suma) if suma else math.nan


def codigos(texto: str) -> frozenset[str]:
    """Cifras de cada código («2 719 006; 2801177»)."""
    return frozenset(c for p in texto.split(";") if (c := re.sub(r"\D", "", p)))


def importes(texto: str) -> frozenset[str]:
    """Letras y cifras de cada importe, sin signos («S/ 1 200,00» → «s120000»)."""
    return frozenset(c for p in texto.split(";") if (c := re.sub(r"[^a-z0-9]", "", plegar(p))))


def _defecto(criterio: str, columna: str) -> Contar:
    """Cuenta el hallazgo de que un compromiso *no* cumple un criterio SMART."""

    def contar(caso: Caso) -> list[float] | None:
        oro = (caso.oro.get("smart") or {}).get(columna)
        if caso.oro["clase"] != Clase.COMPROMISO or oro is None:
            return None
        falta = (caso.leido["smart"] or {}).get(criterio) is False
        return [float(falta and not oro), float(falta and oro), float(not falta and not oro)]

    return contar


def _plazo_hallado(caso: Caso) -> bool:
    leido = texto_del_campo(caso.leido, "plazo")
    anotado = caso.oro.get("plazo") or ""
    return bool(leido) and coincidencia(anotado, leido) >= COINCIDENCIA_DE_CAMPO


def _plazo(caso: Caso) -> Fila:
    return caso.leido["campos"]["plazo"] or {}


_OBLIGA = (Clase.COMPROMISO.value, Clase.TAREA.value)
_COMPROMISO = (Clase.COMPROMISO.value,)

DE_CAMPOS = (
    Medida("responsable, F1", _campo("responsable", "responsable", _COMPROMISO), _f1, 0.85),
    Medida(
        "responsable, F1 (compromisos y tareas)",
        _campo("responsable", "responsable", _OBLIGA),
        _f1,
        0.85,
    ),
    Medida("plazo, F1", _campo("plazo", "plazo", _COMPROMISO), _f1, 0.90),
    Medida("plazo, F1 (compromisos y tareas)", _campo("plazo", "plazo", _OBLIGA), _f1, 0.90),
    Medida("lugares, F1 (oro no exhaustivo)", _campo("lugares", "lugar", _COMPROMISO), _f1),
)

DE_CAMPOS_ESCRITOS = (
    *DE_CAMPOS,
    Medida("colaboradores, F1", _campo("colaboradores", "colaboradores", _OBLIGA), _f1),
    Medida(
        "método del plazo, si lo halló",
        si(
            lambda c: c.oro.get("metodo") and _plazo_hallado(c),
            lambda c: _plazo(c)["metodo"] == c.oro["metodo"],
        ),
        proporcion,
        0.95,
    ),
    Medida(
        "fecha límite exacta, donde se puede calcular",
        si(
            lambda c: c.oro.get("fecha_limite"),
            lambda c: _plazo(c).get("fecha_limite") == c.oro["fecha_limite"],
        ),
        proporcion,
        0.95,
    ),
    Medida(
        "fecha límite donde no la hay (falsas)",
        si(
            lambda c: c.oro.get("fecha_limite") is None,
            lambda c: _plazo(c).get("fecha_limite"),
        ),
        proporcion,
        menor_es_mejor=True,
    ),
    Medida("SNIP, F1 exacto", _exacto("codigo_snip", codigos), _f1, 0.98),
    Medida("código único, F1 exacto", _exacto("codigo_unificado", codigos), _f1, 0.98),
    Medida(
        "monto, F1 exacto (compromisos y tareas)", _exacto("monto", importes, _OBLIGA), _f1, 0.98
    ),
)

DE_SMART = (
    Medida("defecto «no específico», F1", _defecto("especifico", "especifico"), _f1),
    Medida("defecto «no medible», F1", _defecto("medible", "medible"), _f1),
    Medida("defecto «sin plazo», F1", _defecto("temporal", "plazo"), _f1),
)
