"""Rasgos de un ítem y qué respuesta dice una oración a un pedido (`nlp/datos/atributos.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from nlp.plegado import plegar
from nlp.propuesta import Aceptacion, Atributos, Campos, Seccion, Segmento


@lru_cache(maxsize=1)
def _patrones() -> Mapping[str, Any]:
    ruta = files("nlp") / "datos" / "atributos.toml"
    return _compilar(tomllib.loads(ruta.read_text(encoding="utf-8")))


def _compilar(datos: Mapping[str, Any]) -> dict[str, Any]:
    return {
        clave: _compilar(v) if isinstance(v, dict) else re.compile("|".join(v))
        for clave, v in datos.items()
    }


def atributos(texto: str, segmento: Segmento, campos: Campos) -> Atributos:
    """Devuelve los rasgos que se leen en el texto; la aceptación se enlaza después."""
    plano = plegar(texto)

    def dice(rasgo: str) -> bool:
        return bool(_patrones()[rasgo].search(plano))

    return Atributos(
        condicional=campos.condicion is not None or dice("condicional"),
        negativo=dice("negativo"),
        reiterado=dice("reiterado"),
        referido=segmento.seccion is Seccion.ESTADO_DE_COMPROMISOS or dice("referido"),
    )


def respuesta(texto: str) -> Aceptacion | None:
    """Devuelve la respuesta que el texto da a un pedido, o None si no dice ninguna."""
    plano = plegar(texto)
    for nombre, patron in _patrones()["respuesta"].items():
        if patron.search(plano):
            return Aceptacion(nombre)
    return None


def acepta_por_referencia(texto: str) -> bool:
    """Dice si el texto solo acepta un pedido sin repetirlo («Pedido aceptado por la empresa»)."""
    return bool(_patrones()["por_referencia"]["acepta"].search(plegar(texto)))


def acoge_el_pedido(texto: str) -> bool:
    """Dice si el texto acoge el pedido que lo precede («La empresa acoge el pedido»)."""
    return bool(_patrones()["por_referencia"]["acoge"].search(plegar(texto)))


def pedido_mencionado(texto: str) -> str | None:
    """Devuelve el número del pedido que el texto menciona («Respecto al punto (4)…» → «4»)."""
    hallado = _patrones()["por_referencia"]["menciona"].search(plegar(texto))
    return hallado[1] if hallado else None


def es_respuesta(texto: str) -> bool:
    """Dice si el texto se rotula como respuesta («Respuesta de la empresa: …»)."""
    return bool(_patrones()["por_referencia"]["rotulo"].search(plegar(texto)))


def anuncia_reunion(texto: str) -> bool:
    """Dice si el texto fija la próxima reunión: no responde a ningún pedido."""
    return bool(_patrones()["por_referencia"]["reunion"].search(plegar(texto)))


def responde_sin_asumir(texto: str) -> Aceptacion | None:
    """Devuelve cómo deja un pedido la tarea que lo atiende sin asumirlo, o None si lo asume.

    Cursar un oficio a otro es derivarlo; revisar o evaluar deja el pedido pendiente.
    """
    plano = plegar(texto)
    for nombre, patron in _patrones()["tarea"].items():
        if patron.search(plano):
            return Aceptacion(nombre)
    return None
