"""Pasa Universal Dependencies (CoNLL-U) a documentos de spaCy con un solo juego de etiquetas.

AnCora y GSD anotan distinto. Aquí se quedan en lo que ambos comparten: sin subtipos de relación,
`iobj` como `obl`, el «obj» con preposición de AnCora como `obl`, y unos pocos rasgos
morfológicos. Las contracciones y los pronombres pegados («del», «darle») son una sola palabra,
como los separa spaCy, con la categoría de su parte principal.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from random import Random

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

RASGOS = frozenset(
    {"Gender", "Number", "Person", "Mood", "Tense", "VerbForm"}
    | {"PronType", "Reflex", "Polarity", "Poss", "NumType"}
)
RELACIONES = {"root": "ROOT", "iobj": "obl"} | dict.fromkeys(
    ("reparandum", "orphan", "dislocated", "vocative"), "dep"
)
INDEFINIDOS = frozenset({"Tot", "Neg", "Emp"})
SEMILLA = 7
ORACIONES_POR_DOCUMENTO = (1, 1, 2, 3, 4, 6)
SIN_PUNTO_FINAL, EN_MAYUSCULAS = 0.15, 0.05
"""Parte de los documentos que se repite sin el punto final y en mayúsculas, como en las actas."""


@dataclass(frozen=True, slots=True)
class Palabra:
    """Una palabra anotada; `cabeza` es el índice, en su oración, de la palabra de que depende."""

    forma: str
    categoria: str
    rasgos: str
    lema: str
    relacion: str
    cabeza: int
    espacio: bool


Oracion = tuple[Palabra, ...]


@dataclass(frozen=True, slots=True)
class _Fila:
    """Una fila de CoNLL-U: los campos que se usan; `cabeza` empieza en 1 y 0 es la raíz."""

    forma: str
    lema: str
    categoria: str
    rasgos: str
    cabeza: int
    relacion: str
    notas: str


def leer(ruta: Path) -> list[Oracion]:
    """Lee las oraciones de un archivo `.conllu.gz`.

    Raises:
        OSError: el archivo falta o no es gzip.
    """
    with gzip.open(ruta, "rt", encoding="utf-8") as archivo:
        bloques = groupby((linea.rstrip("\n") for linea in archivo), key=bool)
        return [_oracion([f for f in filas if f[0] != "#"]) for hay, filas in bloques if hay]


def _oracion(lineas: list[str]) -> Oracion:
    filas: list[_Fila] = []
    fundidas: dict[int, tuple[int, str, str]] = {}
    for linea in lineas:
        numero, forma, lema, categoria, _, rasgos, cabeza, relacion, _, notas = linea.split("\t")
        if "-" in numero:
            primera, ultima = map(int, numero.split("-"))
            fundidas[primera] = (ultima, forma, notas)
        elif "." not in numero:
            filas.append(_Fila(forma, lema, categoria, rasgos, int(cabeza), relacion, notas))
    return tuple(_fundir(filas, fundidas))


def _fundir(filas: list[_Fila], fundidas: dict[int, tuple[int, str, str]]) -> Iterator[Palabra]:
    """Da las palabras de la oración, con las fundidas en una y las cabezas renumeradas."""
    grupos: list[tuple[range, str, str]] = []
    lugar: dict[int, int] = {}
    numero = 1
    while numero <= len(filas):
        fila = filas[numero - 1]
        ultima, forma, notas = fundidas.get(numero, (numero, fila.forma, fila.notas))
        lugar |= dict.fromkeys(range(numero, ultima + 1), len(grupos))
        grupos.append((range(numero, ultima + 1), forma, notas))
        numero = ultima + 1
    preposiciones = {(f.cabeza, f.forma.lower()) for f in filas if f.relacion == "case"}
    con_preposicion = {cabeza for cabeza, forma in preposiciones if forma not in {"a", "al"}}
    for orden, (numeros, forma, notas) in enumerate(grupos):
        principal = next((n for n in numeros if filas[n - 1].cabeza not in numeros), numeros[0])
        fila = filas[principal - 1]
        relacion = fila.relacion.split(":")[0]
        if relacion == "obj" and principal in con_preposicion:
            relacion = "obl"
        yield Palabra(
            forma.replace(" ", "_"),
            fila.categoria,
            _rasgos(fila.rasgos),
            forma if fila.categoria == "PROPN" else fila.lema.lower(),
            RELACIONES.get(relacion, relacion),
            lugar[fila.cabeza] if fila.cabeza else orden,
            "SpaceAfter=No" not in notas,
        )


def _rasgos(anotados: str) -> str:
    comunes = []
    for rasgo in anotados.split("|"):
        nombre, _, valor = rasgo.partition("=")
        if nombre == "PronType":
            valor = valor.split(",")[0]
            valor = "Ind" if valor in INDEFINIDOS else valor
        if nombre in RASGOS:
            comunes.append(f"{nombre}={valor}")
    return "|".join(sorted(comunes))


def azar() -> Random:
    """Devuelve un azar que siempre da lo mismo, para que la conversión se pueda repetir."""
    return Random(SEMILLA)  # noqa: S311


def agrupar(oraciones: list[Oracion], suerte: Random) -> Iterator[list[Oracion]]:
    """Junta de una a seis oraciones seguidas, para que se aprenda dónde acaba cada una."""
    desde = 0
    while desde < len(oraciones):
        hasta = desde + suerte.choice(ORACIONES_POR_DOCUMENTO)
        yield oraciones[desde:hasta]
        desde = hasta


def variar(documentos: Iterable[list[Oracion]], suerte: Random) -> Iterator[list[Oracion]]:
    """Da variantes como las de las actas: oraciones sin punto final y trozos en mayúsculas."""
    for oraciones in documentos:
        tirada = suerte.random()
        primera = oraciones[0]
        if tirada < SIN_PUNTO_FINAL and len(oraciones) == 1 and _acaba_en_signo(primera):
            yield [primera[:-1]]
        elif tirada > 1 - EN_MAYUSCULAS:
            yield [tuple(replace(p, forma=p.forma.upper()) for p in o) for o in oraciones]


def _acaba_en_signo(oracion: Oracion) -> bool:
    final = len(oracion) - 1
    return oracion[-1].categoria == "PUNCT" and all(p.cabeza != final for p in oracion)


def guardar(documentos: Iterable[list[Oracion]], ruta: Path, vocabulario: Vocab) -> int:
    """Escribe los documentos en el formato de spaCy y devuelve cuántas palabras suman."""
    archivo = DocBin(attrs=["POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START", "SPACY"])
    palabras = 0
    for oraciones in documentos:
        doc = _doc(oraciones, vocabulario)
        archivo.add(doc)
        palabras += len(doc)
    archivo.to_disk(ruta)
    return palabras


def _doc(oraciones: list[Oracion], vocabulario: Vocab) -> Doc:
    palabras: list[Palabra] = []
    for oracion in oraciones:
        desde = len(palabras)
        palabras += [replace(p, cabeza=desde + p.cabeza) for p in oracion[:-1]]
        palabras.append(replace(oracion[-1], cabeza=desde + oracion[-1].cabeza, espacio=True))
    return Doc(
        vocabulario,
        words=[p.forma for p in palabras],
        spaces=[p.espacio for p in palabras],
        pos=[p.categoria for p in palabras],
        morphs=[p.rasgos for p in palabras],
        lemmas=[p.lema for p in palabras],
        deps=[p.relacion for p in palabras],
        heads=[p.cabeza for p in palabras],
    )
