"""Entiende lo que dicen las celdas de una matriz: fechas, tipo, estado, nivel, listas y códigos.

Lo que no se entiende se dice en `dudas` (alguien debe mirarlo) o `fallas` (no se puede registrar);
nada se adivina. Los valores admitidos están en `datos/matriz.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any, Final

from rapidfuzz import fuzz, process

from nlp import gacetero
from nlp.plegado import plegar
from nlp.propuesta import NivelDeGobierno, Tipo
from registro.borrador import LARGO_DE_DESCRIPCION
from registro.estados import Estado
from registro.tablas import para_buscar

PARECIDO_DE_ERRATA: Final = 80.0
"""Desde qué parecido (0 a 100) se sugiere un valor para otro mal escrito."""

_SIGNOS: Final = re.compile(r"[^a-z0-9]+")
_MESES: Final = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "setiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
_ORIGEN_DE_EXCEL: Final = date(1899, 12, 30)
_SERIALES: Final = range(30_000, 60_000)
"""Números de día de Excel que son fechas de 1982 a 2064."""

_ANIOS: Final = range(1990, 2101)
"""Años que puede tener un acta; otro es casi siempre un error de tecleo."""

_HORA: Final = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]\.? ?m\.?)?$", re.I)
_DIA_PRIMERO: Final = re.compile(r"(\d{1,2}) ?[/.\-] ?(\d{1,2}) ?[/.\-] ?(\d{4}|\d{2})")
_ISO: Final = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_EN_LETRAS: Final = re.compile(
    r"(?:\w+,? )?(\d{1,2})(?:[ /\-]+(?:de )?)([a-z]+)\.?(?: del? |, |[ /\-]+)(\d{4}|\d{2})"
)
_SEPARADORES: Final = re.compile(r"[;\n]")
_SEPARADORES_DE_LUGAR: Final = re.compile(r"[;\n,/]| y | e ")
_SEPARADORES_DE_NIVEL: Final = re.compile(r"[;\n,/]| y | e | - ")
_VINETA: Final = re.compile(r"^(?:\d{1,2}[.)]|[-•*·])\s+")
_CODIGOS: Final = re.compile(r"\d{3,8}(?:(?:\s*[;,/]\s*|\s+y\s+|\s+)\d{3,8})*")
_DOBLE: Final = re.compile("[ÂÃ][^\x00-\x7f]|â[^\x00-\x7f]{2}")
_TILDE_PERDIDA: Final = re.compile(r"[^\W\d_]\?[^\W\d_]")


def _leer_tabla() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("registro") / "datos" / "matriz.toml").read_text("utf-8"))


def simple(texto: object) -> str:
    """Devuelve el texto plegado y sin signos («N.° SNIP» → «n snip»)."""
    return _SIGNOS.sub(" ", para_buscar(str(texto or ""))).strip()


def al_reves(seccion: Mapping[str, list[str]]) -> dict[str, str]:
    """Devuelve de cada variante, ya simple, la clave que le toca."""
    return {simple(variante): clave for clave, lista in seccion.items() for variante in lista}


TABLA: Final = _leer_tabla()
_ESTADOS: Final = al_reves(TABLA["estados"])
_NIVELES: Final = al_reves(TABLA["niveles"])
_TIPOS: Final = al_reves(TABLA["tipos"])
_VACIOS: Final = frozenset(TABLA["vacios"]["escritos"])
_SIN_LUGAR: Final = frozenset(map(simple, TABLA["vacios"]["sin_lugar"]))


def sin_vacio(celda: Any) -> Any:
    """Devuelve None si lo escrito quiere decir «nada» («-», «s/d»); si no, la celda."""
    return None if isinstance(celda, str) and para_buscar(celda) in _VACIOS else celda


def bien_escrito(texto: str) -> str:
    """Repara un UTF-8 que se leyó como Windows («comunicaciÃ³n»); lo demás sale igual."""
    return _DOBLE.sub(_reparar, texto)


def _reparar(hallado: re.Match[str]) -> str:
    for codificacion in ("cp1252", "latin-1"):
        try:
            return hallado[0].encode(codificacion).decode("utf-8")
        except UnicodeError:
            continue
    return hallado[0]


def texto(nombre: str, celda: Any, dudas: list[str]) -> str:
    """Devuelve la celda como texto; duda de lo que perdió letras o Excel volvió fecha u hora."""
    if celda is None:
        return ""
    if isinstance(celda, date | time | timedelta):
        dudas.append(f"{nombre}: Excel lo guardó como fecha u hora ({celda})")
    escrito = str(celda)
    if bien_escrito(escrito) != escrito or "�" in escrito:
        dudas.append(f"{nombre}: el texto está mal codificado")
    elif _TILDE_PERDIDA.search(escrito) and "://" not in escrito:
        dudas.append(f"{nombre}: parece haber perdido letras («?» dentro de una palabra)")
    if len(escrito) > LARGO_DE_DESCRIPCION:
        dudas.append(f"{nombre}: pasa de {LARGO_DE_DESCRIPCION} caracteres")
    return escrito


def codigo(nombre: str, celda: Any, dudas: list[str]) -> str | None:
    """Devuelve un código SNIP o unificado; 0 es que no tiene."""
    escrito = texto(nombre, celda, dudas)
    if not escrito or escrito == "0":
        return None
    if not _CODIGOS.fullmatch(escrito):
        dudas.append(f"{nombre}: «{escrito}» no parece un código")
    return escrito


def lista(celda: Any) -> tuple[str, ...]:
    """Devuelve los nombres separados por punto y coma o en renglones, sin viñetas ni repetidos."""
    partes = (_VINETA.sub("", " ".join(p.split())) for p in _SEPARADORES.split(str(celda or "")))
    return tuple(dict.fromkeys(p for p in partes if sin_vacio(p)))


def lugares(celda: Any, nivel: str, dudas: list[str]) -> tuple[str, ...]:
    """Devuelve los lugares, también si van con comas, «/» o «y», con su nombre del UBIGEO.

    Solo separa por esos signos si cada parte existe («José Crespo y Castillo» es uno). Un distrito
    que no está en el UBIGEO queda como se escribió; una región o una provincia, en duda.
    """
    hallados: list[str] = []
    for parte in lista(celda):
        trozos = [t.strip() for t in _SEPARADORES_DE_LUGAR.split(parte)]
        partes = [parte]
        if _oficial(parte, nivel) is None and all(_oficial(t, nivel) for t in trozos):
            partes = trozos
        for nombre in partes:
            oficial = _oficial(nombre, nivel)
            if oficial is None and nivel != "distrito" and simple(nombre) not in _SIN_LUGAR:
                dudas.append(f"no hay {nivel} «{nombre}» en el UBIGEO")
            hallados.append(oficial or nombre)
    return tuple(dict.fromkeys(hallados))


def _oficial(nombre: str, nivel: str) -> str | None:
    clave = plegar(" ".join(nombre.split()))
    halladas = (u for u in gacetero.por_nombre().get(clave, ()) if u.nivel == nivel)
    hallado = next(halladas, None)
    return hallado.nombre if hallado else None


def fecha(celda: Any, dudas: list[str]) -> date | None:
    """Devuelve la fecha, escrita en números, en letras, en ISO o como número de día de Excel."""
    if celda is None:
        return None
    leida = (
        celda.date() if isinstance(celda, datetime) else celda if isinstance(celda, date) else None
    )
    if leida is None:
        escrita = para_buscar(_HORA.sub("", str(celda).strip())).rstrip(".")
        if escrita.isdecimal() and int(escrita) in _SERIALES:
            return _ORIGEN_DE_EXCEL + timedelta(days=int(escrita))
        try:
            leida = date(*_partes_de_fecha(escrita))
        except (TypeError, ValueError):
            dudas.append(f"la fecha «{celda}» no se entiende")
            return None
    if leida.year not in _ANIOS:
        dudas.append(f"la fecha {leida:%d/%m/%Y} no puede ser de un acta")
        return None
    return leida


def _partes_de_fecha(escrita: str) -> tuple[int, int, int]:
    """Devuelve año, mes y día; levanta `ValueError` si no es una fecha."""
    if hallada := _ISO.fullmatch(escrita):
        return int(hallada[1]), int(hallada[2]), int(hallada[3])
    if hallada := _DIA_PRIMERO.fullmatch(escrita):
        return _anio(hallada[3]), int(hallada[2]), int(hallada[1])
    if hallada := _EN_LETRAS.fullmatch(escrita):
        mes = hallada[2].replace("septiembre", "setiembre").replace("sept", "set")
        iguales = [n for n, m in enumerate(_MESES, 1) if m.startswith(mes) and len(mes) >= 3]
        if iguales:
            return _anio(hallada[3]), iguales[0], int(hallada[1])
    raise ValueError(escrita)


def _anio(cifras: str) -> int:
    return int(cifras) + (2000 if len(cifras) == 2 else 0)


def tipo(celda: Any, dudas: list[str]) -> Tipo | None:
    """Lee el tipo también con números pegados («201 PIP»), en plural o con siglas."""
    escrito = " ".join(p for p in simple(celda).split() if not p.isdecimal())
    if not escrito:
        return None
    palabras = {_TIPOS[p] for p in (escrito, *escrito.split()) if p in _TIPOS}
    if len(palabras) != 1:
        dudas.append(f"el tipo «{celda}» no se entiende")
        return None
    hallado = palabras.pop()
    return None if hallado == "por_determinar" else Tipo(hallado)


def estado(celda: Any, fallas: list[str]) -> Estado | None:
    """Lee el estado en el vocabulario de nueve o en el de cuatro (Anexo 7)."""
    escrito = simple(celda)
    if not escrito:
        return None
    if escrito not in _ESTADOS:
        cerca = process.extractOne(
            escrito, list(_ESTADOS), scorer=fuzz.ratio, score_cutoff=PARECIDO_DE_ERRATA
        )
        sugerido = f" (¿«{cerca[0]}»?)" if cerca else ""
        fallas.append(f"el estado «{celda}» no es del Anexo 7{sugerido}")
        return None
    return Estado(_ESTADOS[escrito])


def niveles(celda: Any, dudas: list[str]) -> tuple[NivelDeGobierno | None, ...]:
    """Lee los niveles de gobierno, en el orden de los responsables."""
    partes = [p.strip() for p in _SEPARADORES_DE_NIVEL.split(str(celda or ""))]
    if simple(celda) in _NIVELES:
        partes = [str(celda)]
    return tuple(_nivel(parte, dudas) for parte in partes if parte)


def _nivel(parte: str, dudas: list[str]) -> NivelDeGobierno | None:
    hallado = _NIVELES.get(simple(parte))
    if hallado is None:
        dudas.append(f"el nivel de gobierno «{parte}» no se entiende")
        return None
    return NivelDeGobierno(hallado)
