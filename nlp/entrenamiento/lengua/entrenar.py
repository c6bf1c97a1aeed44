"""Entrena la tubería `es_actas` con AnCora y GSD y la publica con su ficha.

Pasos: convertir los corpus → entrenar → (con `--control`) entrenar otra que no ve la prueba de
AnCora, solo para medirla allí → medir → copiar la tubería y escribir la ficha. Las tablas ya están
en `modelos/es_actas/tablas`. Tarda unos 20 minutos de un procesador por tubería.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import spacy
import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from spacy.vocab import Vocab

from modelos.cargador import CARPETA
from nlp.entrenamiento.fichas import escribir_toml
from nlp.entrenamiento.lengua import conllu
from nlp.entrenamiento.lengua.medir import aciertos
from nlp.lengua.carga import NOMBRE, TABLAS, TUBERIA, huella
from nlp.lengua.registro import registrar
from nlp.lengua.tablas import leer_tablas

VERSION = "2026.1"
CONFIGURACION = Path(__file__).with_name("es_actas.cfg")
LICENCIA = "CC BY-SA 4.0"
LIMITES = (
    "Aprendió de prensa y páginas web, no de actas, con etiquetas reducidas a lo común de dos "
    "corpus: sus cifras no se comparan con las de otras tuberías. La prueba de GSD no se usó "
    "para entrenar; «control» es otra tubería, entrenada sin la prueba de AnCora para medir allí."
)


class Parte(NamedTuple):
    """Un trozo de un corpus: de la fracción `desde` a la fracción `hasta` de sus oraciones."""

    corpus: str
    desde: float = 0.0
    hasta: float = 1.0


AJUSTE = (Parte("ancora-dev", hasta=0.08), Parte("gsd-dev", hasta=0.08))
CONTROL = (Parte("ancora-dev", desde=0.08), Parte("gsd-dev", desde=0.08))
FINAL = (CONTROL[0], Parte("ancora-test"), CONTROL[1])
PRUEBAS = {"final": ("gsd-test",), "control": ("ancora-test", "gsd-test")}

FUENTES = {
    "ancora": {
        "nombre": "UD Spanish-AnCora, partes dev y test",
        "licencia": "CC BY 4.0",
        "cita": "Taulé, Martí y Recasens (2008), doi 10.5281/zenodo.4762030",
    },
    "gsd": {
        "nombre": "UD Spanish-GSD, partes dev y test",
        "licencia": "CC BY-SA 4.0",
        "cita": "McDonald y otros (2013), Universal Dependencies",
    },
    "spacy_lookups_data": {
        "nombre": "spacy-lookups-data: grupos de Brown y lemas de verbos",
        "licencia": "MIT",
        "cita": "Explosion, paquete spacy-lookups-data",
    },
}


def principal(argumentos: Sequence[str] | None = None) -> None:
    """Entrena lo pedido, lo mide y publica la tubería con su ficha."""
    lector = argparse.ArgumentParser(description=__doc__)
    lector.add_argument("--ud", type=Path, required=True, help="carpeta con los .conllu.gz")
    lector.add_argument("--salida", type=Path, default=CARPETA / NOMBRE)
    lector.add_argument("--trabajo", type=Path, default=CARPETA / "trabajo" / NOMBRE)
    lector.add_argument("--control", action="store_true", help="entrena también la de control")
    lector.add_argument("--publicar", action="store_true", help="solo mide y publica lo entrenado")
    lector.add_argument("--vectores", type=Path, help="tubería con vectores (vea vectores.py)")
    opciones = lector.parse_args(argumentos)
    registrar(leer_tablas(opciones.salida / TABLAS))
    opciones.trabajo.mkdir(parents=True, exist_ok=True)
    palabras = convertir(opciones.ud, opciones.trabajo)
    variantes = ["final", "control"] if opciones.control else ["final"]
    if not opciones.publicar:
        for variante in variantes:
            entrenar(variante, opciones.trabajo, opciones.vectores)
    metricas = {
        f"{variante}_en_{prueba}".replace("-", "_"): medidas
        for variante in variantes
        for prueba, medidas in medir(variante, opciones.trabajo).items()
    }
    lenguaje = spacy.load(opciones.trabajo / variantes[0] / "model-best")
    ficha = publicar(lenguaje, opciones.ud, palabras, metricas, opciones.salida)
    print(escribir_toml(ficha))  # noqa: T201


def convertir(ud: Path, trabajo: Path) -> dict[str, int]:
    """Deja en `trabajo` los corpus en el formato de spaCy y devuelve las palabras de cada uno."""
    vocabulario = spacy.blank("es").vocab
    conjuntos = {"final": FINAL, "control": CONTROL, "ajuste": AJUSTE}
    conjuntos |= {prueba: (Parte(prueba),) for prueba in PRUEBAS["control"]}
    return {
        nombre: _convertir(
            partes, ud, trabajo / f"{nombre}.spacy", vocabulario, varia=nombre in PRUEBAS
        )
        for nombre, partes in conjuntos.items()
    }


def _convertir(
    partes: Sequence[Parte], ud: Path, ruta: Path, vocabulario: Vocab, *, varia: bool
) -> int:
    suerte = conllu.azar()
    documentos: list[list[conllu.Oracion]] = []
    for parte in partes:
        oraciones = conllu.leer(ud / f"{parte.corpus}.conllu.gz")
        desde, hasta = (int(f * len(oraciones)) for f in (parte.desde, parte.hasta))
        documentos += conllu.agrupar(oraciones[desde:hasta], suerte)
    if varia:
        documentos += list(conllu.variar(documentos, suerte))
    return conllu.guardar(documentos, ruta, vocabulario)


def entrenar(variante: str, trabajo: Path, vectores: Path | None = None) -> None:
    """Entrena «final» o «control»; la mejor queda en `trabajo/<variante>/model-best`."""
    cambios = {
        "paths.train": str(trabajo / f"{variante}.spacy"),
        "paths.dev": str(trabajo / "ajuste.spacy"),
        "paths.vectors": None if vectores is None else str(vectores),
        "components.tok2vec.model.embed.include_static_vectors": vectores is not None,
    }
    configuracion = load_config(CONFIGURACION, overrides=cambios, interpolate=False)
    salida = trabajo / variante
    salida.mkdir(exist_ok=True)
    train(init_nlp(configuracion), salida, stdout=sys.stdout, stderr=sys.stderr)


def medir(variante: str, trabajo: Path) -> dict[str, dict[str, float]]:
    """Devuelve los aciertos de la mejor tubería de la variante en cada corpus de prueba suyo."""
    lenguaje = spacy.load(trabajo / variante / "model-best")
    return {p: aciertos(lenguaje, trabajo / f"{p}.spacy") for p in PRUEBAS[variante]}


def publicar(
    lenguaje: Language,
    ud: Path,
    palabras: dict[str, int],
    metricas: dict[str, dict[str, float]],
    salida: Path,
) -> dict[str, Any]:
    """Guarda la tubería, sin rutas de esta máquina, y su ficha; devuelve la ficha."""
    lenguaje.config["paths"].update(train=None, dev=None, vectors=None)
    lenguaje.meta.update(name="actas", version=VERSION, license=LICENCIA, performance={})
    shutil.rmtree(salida / TUBERIA, ignore_errors=True)
    lenguaje.to_disk(salida / TUBERIA)
    _podar_palabras(salida / TUBERIA, lenguaje.vocab)
    corpus = sorted({parte.corpus for parte in (*FINAL, *AJUSTE)})
    ficha = {
        "version": VERSION,
        "formato": 1,
        "fecha": datetime.now(ZoneInfo("America/Lima")).date().isoformat(),
        "tarea": "lengua: categorías, morfología, lemas, sintaxis y oraciones",
        "licencia": LICENCIA,
        "limites": LIMITES,
        "palabras_de_entrenamiento": palabras["final"],
        "palabras_de_control": palabras["control"],
        "artefacto": {"archivo": TUBERIA, "sha256": huella(salida)},
        "bibliotecas": {nombre: version(nombre) for nombre in ("spacy", "thinc", "numpy")},
        "fuentes": FUENTES,
        "corpus": {
            nombre.replace("-", "_"): {"sha256": _sha256(ud / f"{nombre}.conllu.gz")}
            for nombre in corpus
        },
        "metricas": metricas,
    }
    (salida / "ficha.toml").write_text(escribir_toml(ficha), encoding="utf-8")
    return ficha


def _podar_palabras(tuberia: Path, vocabulario: Vocab) -> None:
    """Deja en el vocabulario las cadenas que usan los árboles de lemas, y no todo el corpus."""
    arboles = srsly.read_msgpack(tuberia / "trainable_lemmatizer" / "trees")["trees"]
    usadas = {arbol[lado] for arbol in arboles for lado in ("orig", "subst") if arbol.get(lado)}
    cadenas = sorted(vocabulario.strings[clave] for clave in usadas)
    srsly.write_json(tuberia / "vocab" / "strings.json", cadenas)


def _sha256(ruta: Path) -> str:
    return hashlib.sha256(ruta.read_bytes()).hexdigest()


if __name__ == "__main__":
    principal()
