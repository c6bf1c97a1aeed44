"""`actas clasificar [-]`: JSONL de entrada, JSONL de salida, en el mismo orden."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import Any

from api.consola.salida import ErrorDeOrden, escribir
from api.vigentes import analizador_vigente
from lineamientos.analisis import Analizador
from lineamientos.contrato import ItemJson
from nlp.propuesta import Seccion
from nlp.secciones import reconocer_titulo

MAYOR_TEXTO = 20_000
"""Caracteres de un ítem; el más largo visto en un acta no llega a 3 000."""


def configurar(analizador: argparse.ArgumentParser) -> None:
    """Declara los argumentos de la orden."""
    analizador.add_argument(
        "entrada", nargs="?", choices=["-"], default="-", help="solo la entrada estándar («-»)"
    )
    analizador.epilog = (
        'Cada línea: {"id": "x", "texto": "…", "fecha_acta": "2026-05-14", "seccion": "acuerdos"}; '
        "los dos últimos son optativos."
    )


def ejecutar(opciones: argparse.Namespace) -> int:
    """Clasifica línea por línea; una línea mala da `{"id": …, "error": {…}}` y sigue."""
    if sys.stdin.isatty():
        raise ErrorDeOrden(
            "No hay nada en la entrada estándar.", "Use `actas clasificar < items.jsonl`."
        )
    analizador = analizador_vigente()
    fallos = 0
    for numero, linea in enumerate(sys.stdin, 1):
        if linea.strip():
            respuesta = _responder(analizador, linea, numero)
            fallos += "error" in respuesta
            escribir(json.dumps(respuesta, ensure_ascii=False))
    return 1 if fallos else 0


def _responder(analizador: Analizador, linea: str, numero: int) -> ItemJson | dict[str, Any]:
    id_: Any = None
    try:
        pedido = json.loads(linea)
        if not isinstance(pedido, dict):
            raise ValueError("la línea debe ser un objeto JSON")
        id_ = pedido.get("id")
        return analizador.clasificar(
            str(id_ if id_ is not None else numero),
            _texto(pedido),
            _fecha(pedido.get("fecha_acta")),
            _seccion(pedido.get("seccion")),
        )
    except json.JSONDecodeError:
        return _error(id_, numero, "la línea no es JSON", "Escriba un objeto JSON por línea.")
    except ValueError as error:
        return _error(id_, numero, str(error), "Corrija la línea; el resto se procesó igual.")


def _texto(pedido: dict[str, Any]) -> str:
    texto = pedido.get("texto")
    if not isinstance(texto, str) or not texto.strip():
        raise ValueError("falta «texto», o está vacío")
    if len(texto) > MAYOR_TEXTO:
        raise ValueError(f"«texto» pasa de {MAYOR_TEXTO} caracteres")
    return texto


def _fecha(valor: Any) -> date | None:
    if valor is None:
        return None
    try:
        return date.fromisoformat(valor)
    except (TypeError, ValueError):
        raise ValueError(f"«fecha_acta» debe ser AAAA-MM-DD, no {valor!r}") from None


def _seccion(valor: Any) -> Seccion | None:
    if valor is None:
        return None
    if not isinstance(valor, str):
        raise ValueError("«seccion» debe ser un texto")
    try:
        return Seccion(valor)
    except ValueError:
        return reconocer_titulo(valor)


def _error(id_: Any, numero: int, mensaje: str, consejo: str) -> dict[str, Any]:
    return {"id": id_, "error": {"linea": numero, "mensaje": mensaje, "consejo": consejo}}
