"""El acta como texto, entera o su comienzo: lo lee el análisis y lo imprime el documento."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from registro.borradores import LISTAS, TEXTOS

ROTULOS: Final = (
    ("espacio", "Espacio"),
    ("caso", "Caso"),
    ("fecha", "Fecha"),
    ("hora_inicio", "Hora de inicio"),
    ("hora_fin", "Hora de término"),
    ("lugar", "Lugar"),
    ("modalidad", "Modalidad"),
)
"""Dato del borrador y cómo se rotula en el acta, en orden."""


def datos_escritos(datos: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Da los datos generales que se llenaron, con su rótulo («Fecha», «14/05/2026»)."""
    for nombre, rotulo in ROTULOS:
        if valor := " ".join(datos[nombre].split()):
            yield rotulo, _fecha(valor) if nombre == "fecha" else valor


def titulo_de(datos: Mapping[str, str]) -> str:
    """Devuelve el título del acta en una línea."""
    return " ".join(datos["titulo"].split()) or "ACTA DE REUNIÓN"


def lineas(texto: str) -> list[str]:
    """Devuelve las líneas con contenido, sin espacios repetidos."""
    return [limpia for linea in texto.splitlines() if (limpia := " ".join(linea.split()))]


def cabecera(contenido: Mapping[str, Any]) -> str:
    """Devuelve título, datos y participantes como están en el documento, un párrafo por línea."""
    datos = contenido["datos"]
    presentes = lineas(contenido["participantes"])
    return "\n".join((
        titulo_de(datos),
        *(f"{rotulo}: {valor}" for rotulo, valor in datos_escritos(datos)),
        *(["PARTICIPANTES", *presentes] if presentes else []),
    ))


def acta_entera(contenido: Mapping[str, Any]) -> str:
    """Devuelve la cabecera y todo lo demás que se escribió, un párrafo por línea.

    Con el acta entera un nombre a medias («el alcalde», «la DIRESA») se lee como al volver el Word.
    """
    partes = (
        *(lineas(contenido[nombre]) for nombre in TEXTOS if nombre != "participantes"),
        *(lineas(item["texto"]) for lista in LISTAS for item in contenido[lista]),
    )
    return "\n".join((cabecera(contenido), *(linea for parte in partes for linea in parte)))


def _fecha(valor: str) -> str:
    try:
        return f"{date.fromisoformat(valor):%d/%m/%Y}"
    except ValueError:
        return valor
