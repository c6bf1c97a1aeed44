"""Ningún documento ni texto de los conjuntos de medida está en lo que se entrena.

Los conjuntos reales no están en el repositorio: se buscan en la carpeta de `ACTAS_DATOS` o, si no
se indica, en `shared/datos` junto a la copia de trabajo.
"""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import pytest

from modelos.cargador import CARPETA
from nlp.entrenamiento import corpus
from nlp.entrenamiento.fugas import (
    REPETIDO,
    REPETIDO_EN_ACTAS,
    Vigia,
    filtradas,
    leer_jsonl,
    secuencias,
    textos_de_las_actas,
)

RAIZ = Path(__file__).parents[2]
COPIA = (
    "El gobierno regional financiará con recursos propios la construcción del puente peatonal "
    "sobre el río Huayobamba antes de fin de año."
)


@pytest.fixture(scope="module")
def datos() -> Path:
    carpeta = Path(os.environ.get("ACTAS_DATOS", RAIZ.parent / "shared" / "datos"))
    if not (carpeta / "reales_desarrollo.jsonl").is_file():
        pytest.skip(f"no están los conjuntos de desarrollo en {carpeta}")
    return carpeta


@pytest.fixture(scope="module")
def vigia(datos: Path) -> Vigia:
    return Vigia(e.texto for n in corpus.DE_DESARROLLO for e in corpus.leer(n, datos).ejemplos)


def de_entrenamiento(datos: Path) -> list[corpus.Corpus]:
    """Lo que se usa o se podría usar para entrenar, más lo que las fichas dicen que se usó."""
    fichas = [
        tomllib.loads((CARPETA / n / "ficha.toml").read_text("utf-8")) for n in ("clase", "tipo")
    ]
    nombres = {
        *corpus.ESCRITOS,
        *(r.stem for r in datos.glob("*.jsonl") if r.stem not in corpus.DE_DESARROLLO),
        *(n for ficha in fichas for n in ficha["corpus"]),
    }
    propios = {r.stem for r in corpus.PROPIOS.glob("*.jsonl")}
    return [
        corpus.leer(n, corpus.PROPIOS if n in propios else datos)
        for n in sorted(nombres)
        if n in propios or (datos / f"{n}.jsonl").is_file()
    ]


def test_ningun_documento_de_medida_se_entrena(datos: Path) -> None:
    medidos = {e.grupo for n in corpus.DE_DESARROLLO for e in corpus.leer(n, datos).ejemplos}
    assert len(medidos) > 100
    for conjunto in de_entrenamiento(datos):
        comunes = medidos & {e.grupo for e in conjunto.ejemplos}
        assert not comunes, conjunto.nombre


def test_ningun_texto_de_medida_se_entrena(datos: Path, vigia: Vigia) -> None:
    for conjunto in de_entrenamiento(datos):
        peor = max(vigia.parecido(e.texto) for e in conjunto.ejemplos)
        assert peor < REPETIDO, f"{conjunto.nombre}: falta `python -m nlp.entrenamiento.fugas`"


def test_las_etiquetas_por_id_no_vienen_de_documentos_ni_textos_de_medida(
    datos: Path, vigia: Vigia
) -> None:
    etiquetados = {
        json.loads(linea)["id"]
        for ruta in sorted((CARPETA / "etiquetas").glob("*.jsonl"))
        for linea in ruta.read_text("utf-8").splitlines()
    }
    crudas = {
        f["id"]: f for r in sorted((datos / "crudo").glob("*.jsonl.gz")) for f in leer_jsonl(r)
    }
    medidos = {e.grupo for n in corpus.DE_DESARROLLO for e in corpus.leer(n, datos).ejemplos}
    usables = [crudas[i] for i in sorted((etiquetados & set(crudas)) - filtradas())]
    assert len(usables) > 2000
    assert not medidos & {corpus.documento(f["fuente"]) for f in usables}
    assert max(vigia.parecido(f["texto"]) for f in usables) < REPETIDO


def test_lo_escrito_no_repite_las_actas_de_ejemplo() -> None:
    textos = list(textos_de_las_actas())
    assert len(textos) > 280, "deben entrar también las actas ciegas"
    actas = Vigia(textos)
    for nombre in corpus.ESCRITOS:
        for ejemplo in corpus.leer(nombre).ejemplos:
            assert actas.parecido(ejemplo.texto) < REPETIDO_EN_ACTAS, ejemplo.texto


@pytest.mark.parametrize("nombre", ["escritos_entrenamiento", "ejemplos_sinteticos"])
def test_lo_filtrado_existe_y_no_se_lee(nombre: str) -> None:
    filas = leer_jsonl(corpus.PROPIOS / f"{nombre}.jsonl")
    fuera = [f for f in filas if f["id"] in filtradas()]
    leidos = {e.texto for e in corpus.leer(nombre).ejemplos}
    assert fuera
    assert not leidos & {f["texto"] for f in fuera}


def test_el_vigia_ve_una_copia_aunque_cambie_un_extremo_o_las_tildes() -> None:
    vigia = Vigia([COPIA])
    assert vigia.parecido(COPIA.upper()) == 1
    assert vigia.parecido(f"Segundo acuerdo: {COPIA} Firmaron todos los presentes.") == 1
    assert REPETIDO <= vigia.parecido(COPIA.replace("puente", "camino")) < 1


def test_el_vigia_no_se_alarma_por_frases_hechas() -> None:
    vigia = Vigia([COPIA])
    assert vigia.parecido("La empresa donará una ambulancia al centro de salud de Nauta.") == 0
    assert vigia.parecido("El gobierno regional financiará becas.") == 0
    assert secuencias("cinco palabras no hacen una") == frozenset()
