"""Cuenta las palabras de un texto de referencia y escribe `modelos/vocabulario` con su ficha.

    python -m nlp.entrenamiento.vocabulario --datos CARPETA

La carpeta trae `texto_peru.txt.xz`: normas y acuerdos del Perú, sin los documentos con que se mide.
Solo se guardan palabras sueltas y cuántas veces se ven, no el texto.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import lzma
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from modelos.cargador import CARPETA, FORMATO
from nlp.catalogo import leer_datos
from nlp.entrenamiento.fichas import Tabla, escribir_toml
from nlp.plegado import plegar
from nlp.vocabulario import Vocabulario, con_formas

TEXTO = "texto_peru.txt.xz"
PEGADA = 1000
"""Cuántas veces más se ven las dos partes de una palabra pegada que la palabra."""

VECES = 5
"""Lo que se ve menos veces suele ser errata del propio texto o nombre de persona."""


def principal(argumentos: Sequence[str] | None = None) -> None:
    """Cuenta y guarda."""
    lector = argparse.ArgumentParser(description=__doc__)
    lector.add_argument("--datos", type=Path, required=True, help=f"carpeta con {TEXTO}")
    lector.add_argument("--salida", type=Path, default=CARPETA, help="dónde guardar el modelo")
    opciones = lector.parse_args(argumentos)
    formas = contar(opciones.datos / TEXTO)
    print(escribir_toml(guardar(formas, opciones.datos / TEXTO, opciones.salida)))  # noqa: T201


def contar(ruta: Path) -> dict[str, int]:
    """Devuelve las veces que se ve cada palabra en minúsculas, de la más vista a la menos."""
    formas: Counter[str] = Counter()
    with lzma.open(ruta, "rt", encoding="utf-8") as archivo:
        for linea in archivo:
            formas.update(re.findall(r"[^\W\d_]+", linea.lower()))
    vistas = con_formas({f: n for f, n in formas.most_common() if n >= VECES})
    return {f: n for f, n in vistas.formas.items() if not _pegada(vistas, f, n)}


def _pegada(vistas: Vocabulario, forma: str, veces: int) -> bool:
    """Dice si son dos palabras que al texto de referencia se le pegaron («regionalde»)."""
    pegables = leer_datos("legibilidad.toml")["pegables"]
    cortes = ((forma[:i], forma[i:]) for i in range(1, len(forma)))
    return any(
        (a in pegables or b in pegables)
        and min(vistas.formas.get(a, 0), vistas.formas.get(b, 0)) >= PEGADA * veces
        for a, b in cortes
    ) and not vistas.conoce(plegar(forma))


def guardar(formas: dict[str, int], texto: Path, salida: Path) -> Tabla:
    """Escribe `salida/vocabulario` y devuelve su ficha."""
    carpeta = salida / "vocabulario"
    carpeta.mkdir(parents=True, exist_ok=True)
    artefacto = carpeta / "formas.tsv.gz"
    contenido = "".join(f"{forma}\t{veces}\n" for forma, veces in formas.items())
    artefacto.write_bytes(gzip.compress(contenido.encode(), 9, mtime=0))
    ficha: Tabla = {
        "version": "2026.1",
        "formato": FORMATO,
        "fecha": datetime.now(ZoneInfo("America/Lima")).date().isoformat(),
        "nombre": "vocabulario",
        "artefacto": {
            "archivo": artefacto.name,
            "sha256": hashlib.sha256(artefacto.read_bytes()).hexdigest(),
        },
        "corpus": {texto.name: {"sha256": hashlib.sha256(texto.read_bytes()).hexdigest()}},
        "metricas": {"formas": len(formas), "palabras": sum(formas.values())},
    }
    (carpeta / "ficha.toml").write_text(escribir_toml(ficha), encoding="utf-8")
    return ficha


if __name__ == "__main__":
    principal()
