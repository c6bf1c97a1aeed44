"""Los ajustes del programa: se leen una vez de variables `ACTAS_*` y viajan como argumento."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from ingesta.compuerta import MAYOR_ARCHIVO
from ingesta.paquete import MB


class AjusteInvalido(Exception):
    """Una variable de entorno tiene un valor que no sirve; `consejo` dice qué poner."""

    def __init__(self, variable: str, valor: str, consejo: str) -> None:
        super().__init__(f"{variable} tiene un valor que no sirve: «{valor}».")
        self.consejo = consejo


@dataclass(frozen=True, slots=True)
class Ajustes:
    """Lo que se puede cambiar sin tocar el programa; `AJUSTES` explica cada dato.

    `limite_mb` y `segundos_por_acta` son enteros positivos.
    """

    carpeta: Path = Path("datos")
    base: str = ""
    limite_mb: int = MAYOR_ARCHIVO // MB
    segundos_por_acta: int = 60
    oficina: str = ""
    anfitriones: tuple[str, ...] = ("localhost",)
    lengua: str = ""
    languagetool: str = ""
    reglas: Path | None = None

    @property
    def url_de_base(self) -> str:
        """Devuelve la dirección de la base: la dada, o un SQLite dentro de la carpeta."""
        return self.base or f"sqlite:///{self.carpeta / 'actas.db'}"

    @property
    def carpeta_de_originales(self) -> Path:
        """Devuelve dónde se guardan los archivos tal como llegaron."""
        return self.carpeta / "originales"


class Ajuste(NamedTuple):
    """Una variable: qué dato de `Ajustes` da, cómo se lee y para qué sirve."""

    variable: str
    campo: str
    leer: Callable[[str], Any]
    ayuda: str


def _entero(menor: int, mayor: int) -> Callable[[str], int]:
    def leer(valor: str) -> int:
        if not menor <= int(valor) <= mayor:
            raise ValueError(f"Escriba un número entero de {menor} a {mayor}.")
        return int(valor)

    return leer


def _direccion_web(valor: str) -> str:
    partes = urlsplit(valor)
    if partes.scheme not in {"http", "https"} or not partes.hostname:
        raise ValueError("Escriba una dirección que empiece con http:// o https://.")
    return valor


def _lista(valor: str) -> tuple[str, ...]:
    return tuple(parte.strip() for parte in valor.split(",") if parte.strip())


AJUSTES: Final = (
    Ajuste(
        "ACTAS_CARPETA",
        "carpeta",
        Path,
        "Carpeta de los datos: archivos recibidos y base. De fábrica, «datos».",
    ),
    Ajuste(
        "ACTAS_BASE",
        "base",
        str,
        "Dirección de la base: «sqlite:///ruta/actas.db» o «postgresql+psycopg://usuario@"
        "servidor/base». De fábrica, un SQLite dentro de la carpeta.",
    ),
    Ajuste(
        "ACTAS_LIMITE_MB",
        "limite_mb",
        _entero(1, MAYOR_ARCHIVO // MB),
        "Mayor tamaño de un archivo, en MB, de 1 a 50. De fábrica, 50.",
    ),
    Ajuste(
        "ACTAS_SEGUNDOS",
        "segundos_por_acta",
        _entero(1, 3600),
        "Segundos que puede durar la lectura de un acta, más 4 por MB; pasado ese tiempo se "
        "detiene y queda «ilegible». De fábrica, 60.",
    ),
    Ajuste(
        "ACTAS_OFICINA",
        "oficina",
        str,
        "Oficina o persona que aparece en «Quién registra» mientras nadie escriba otra.",
    ),
    Ajuste(
        "ACTAS_ANFITRIONES",
        "anfitriones",
        _lista,
        "Nombres con que se puede abrir la aplicación, separados por comas, además de las "
        "direcciones de la propia máquina. De fábrica, «localhost».",
    ),
    Ajuste(
        "ACTAS_SPACY",
        "lengua",
        str,
        "Otra tubería de spaCy en español, ya instalada, para el análisis sintáctico "
        "(«es_core_news_md»); «es» trabaja sin él. De fábrica, el modelo propio «es_actas».",
    ),
    Ajuste(
        "ACTAS_LANGUAGETOOL",
        "languagetool",
        _direccion_web,
        "Dirección de un servidor de LanguageTool que ponga la ortografía, como "
        "«http://127.0.0.1:8081/v2». El texto que se revisa se le envía. De fábrica, ninguno.",
    ),
    Ajuste(
        "ACTAS_REGLAS",
        "reglas",
        Path,
        "Carpeta de la oficina con reglas de redacción que se suman a las del programa y un "
        "«ajustes.toml» que silencia o cambia la gravedad de otras. De fábrica, ninguna.",
    ),
)
"""Toda variable que el programa lee; `docs/instalar.md` las explica y una prueba lo comprueba."""


def leer_ajustes(entorno: Mapping[str, str] = os.environ) -> Ajustes:
    """Lee los ajustes del entorno; lo que falta o está vacío queda como de fábrica.

    Raises:
        AjusteInvalido: un valor no sirve.
    """
    valores: dict[str, Any] = {}
    for ajuste in AJUSTES:
        if valor := entorno.get(ajuste.variable, "").strip():
            try:
                valores[ajuste.campo] = ajuste.leer(valor)
            except ValueError as error:
                raise AjusteInvalido(ajuste.variable, valor, ajuste.ayuda) from error
    return Ajustes(**valores)
