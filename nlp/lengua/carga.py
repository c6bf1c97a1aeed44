"""Carga el español con análisis sintáctico, si se puede, y si no el de siempre y por qué.

El producto funciona sin este modelo: quien llama mira `Lengua.motivo` y lo cuenta como aviso.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import spacy
from spacy.language import Language

from modelos.cargador import CARPETA, ErrorDeModelo, ModeloAusente, ModeloIncompatible
from nlp.lengua.registro import registrar
from nlp.lengua.tablas import leer_tablas

NOMBRE = "es_actas"
SIN_MODELO = "es"
TABLAS, TUBERIA = "tablas", "tuberia"


@dataclass(frozen=True, slots=True)
class Lengua:
    """Un `Language` y de dónde sale.

    `motivo` es None si se cargó lo pedido; si no, dice qué faltó y qué hacer, y `lenguaje` es el
    español sin modelo, que solo separa palabras.
    """

    lenguaje: Language
    nombre: str
    motivo: str | None = None

    @property
    def tiene_sintaxis(self) -> bool:
        """Dice si los documentos saldrán con relaciones sintácticas."""
        return "parser" in self.lenguaje.pipe_names


@lru_cache(maxsize=4)
def cargar_lengua(nombre: str | None = None, carpeta: Path = CARPETA) -> Lengua:
    """Devuelve la tubería `es_actas` de `carpeta`, u otra instalada si se nombra.

    `nombre` es un paquete de spaCy en español («es_core_news_md»), la ruta de una tubería o
    «es», que pide a propósito el español sin modelo. Nunca falla: vea `Lengua.motivo`.
    """
    if nombre == SIN_MODELO:
        return Lengua(spacy.blank("es"), SIN_MODELO)
    pedida = nombre or NOMBRE
    try:
        lenguaje = _propia(carpeta / NOMBRE) if pedida == NOMBRE else _instalada(pedida)
    except ErrorDeModelo as error:
        return Lengua(spacy.blank("es"), SIN_MODELO, str(error))
    return Lengua(lenguaje, pedida)


def huella(carpeta: Path) -> str:
    """Devuelve el sha256 de los archivos de la tubería y sus tablas, con sus rutas, en orden."""
    suma = hashlib.sha256()
    for parte in (TABLAS, TUBERIA):
        for ruta in sorted(r for r in (carpeta / parte).rglob("*") if r.is_file()):
            suma.update(ruta.relative_to(carpeta).as_posix().encode())
            suma.update(ruta.read_bytes())
    return suma.hexdigest()


def _propia(carpeta: Path) -> Language:
    ruta = carpeta / "ficha.toml"
    if not ruta.is_file():
        raise ModeloAusente(
            f"No está el modelo «{NOMBRE}»: se sigue sin análisis sintáctico. Si lo quiere, "
            f"recupere la carpeta «modelos/{NOMBRE}» del repositorio."
        )
    ficha = tomllib.loads(ruta.read_text(encoding="utf-8"))
    entrenado, instalado = ficha["bibliotecas"]["spacy"], version("spacy")
    if entrenado.split(".")[:2] != instalado.split(".")[:2]:
        raise ModeloIncompatible(
            f"El modelo «{NOMBRE}» es de spaCy {entrenado} y está instalado {instalado}: se sigue "
            "sin análisis sintáctico. Instale las versiones de «requirements.lock»."
        )
    if huella(carpeta) != ficha["artefacto"]["sha256"]:
        raise ModeloIncompatible(
            f"Los archivos de «{NOMBRE}» no son los de su ficha: se sigue sin análisis "
            f"sintáctico. Recupere la carpeta «modelos/{NOMBRE}» del repositorio."
        )
    registrar(leer_tablas(carpeta / TABLAS))
    return spacy.load(carpeta / TUBERIA)


def _instalada(nombre: str) -> Language:
    try:
        lenguaje = spacy.load(nombre, exclude=["ner"])
    except (OSError, ValueError) as error:
        raise ModeloAusente(
            f"No se pudo cargar la tubería de spaCy «{nombre}»: se sigue sin análisis sintáctico. "
            f"Instálela con «python -m spacy download {nombre}» o quite ACTAS_SPACY."
        ) from error
    if lenguaje.lang != "es" or "parser" not in lenguaje.pipe_names:
        raise ModeloIncompatible(
            f"La tubería «{nombre}» no analiza la sintaxis del español: se sigue sin ella. "
            "Nombre otra o quite ACTAS_SPACY."
        )
    return lenguaje
