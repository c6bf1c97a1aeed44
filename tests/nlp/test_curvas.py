"""Curva, ablación y escenas apartadas, con pocos ejemplos escritos en lugar de los reales."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.entrenamiento import corpus
from nlp.entrenamiento.corpus import Corpus, Origen
from nlp.entrenamiento.curvas import GRUPOS, PARTES, Banco, ablacion, curva, escenas_apartadas
from nlp.entrenamiento.muestras import TAREAS
from nlp.rasgos import rasgos


def callar(_paso: str) -> None: ...


@pytest.fixture(scope="module")
def escritos() -> Corpus:
    leidos = corpus.leer("escritos_entrenamiento")
    return replace(leidos, ejemplos=leidos.ejemplos[::4])


@pytest.fixture(scope="module")
def banco(escritos: Corpus) -> Banco:
    """Las escenas pares hacen de documentos reales; lo sintético, de conjunto de medida."""
    origenes = (Origen.REALES, Origen.ESCRITOS)
    ejemplos = tuple(
        replace(e, origen=origenes[int(e.grupo.split()[1]) % 2]) for e in escritos.ejemplos
    )
    sinteticos = corpus.leer("ejemplos_sinteticos")
    return Banco.de([replace(escritos, ejemplos=ejemplos)], [sinteticos], TAREAS[0])


def test_lo_apartado_no_se_ve_al_entrenar(banco: Banco) -> None:
    apartados = {e.grupo for e in banco.pruebas["documentos apartados"].ejemplos}
    vistos = {banco.muestras.ejemplos[i].grupo for i in banco.visibles}
    assert apartados
    assert not apartados & vistos
    total = len(banco.visibles) + len(banco.pruebas["documentos apartados"].ejemplos)
    assert total == len(banco.muestras.ejemplos)


def test_la_curva_suma_documentos_y_mide_en_todos_los_conjuntos(banco: Banco) -> None:
    mediciones = curva(banco, callar)
    assert len(mediciones) == len(PARTES) + 1
    documentos = [x.documentos for x in mediciones]
    assert documentos == sorted(documentos)
    assert (documentos[0], mediciones[-1].filas) == (0, len(banco.visibles))
    for medicion in mediciones:
        assert set(medicion.macro_f1) == {"documentos apartados", "ejemplos_sinteticos"}
        assert 0 <= medicion.macro_f1["ejemplos_sinteticos"].valor <= 1


def test_la_ablacion_quita_cada_grupo_y_sin_rasgos_ni_texto_se_aprende_menos(banco: Banco) -> None:
    avisos: list[str] = []
    mediciones = {
        x.modo: x.macro_f1["ejemplos_sinteticos"] for x in ablacion(banco, None, avisos.append)
    }
    assert len(mediciones) == len(avisos) == len(GRUPOS) + 3
    assert mediciones["sin ningún rasgo (solo el texto)"].valor < mediciones["lineal"].valor


def test_todo_rasgo_es_de_un_grupo_y_solo_de_uno() -> None:
    vistos = {
        r for e in corpus.leer("escritos_entrenamiento").ejemplos[::10] for r in rasgos(e.texto)
    }
    for rasgo in vistos:
        suyos = [g for g, prefijos in GRUPOS.items() if rasgo.startswith(prefijos)]
        assert len(suyos) == 1, rasgo


def test_cada_item_escrito_se_predice_una_vez_por_tarea(escritos: Corpus) -> None:
    pocos = replace(escritos, ejemplos=escritos.ejemplos[:150])
    cifras = escenas_apartadas([pocos], "escritos_entrenamiento", callar)
    assert cifras["clase"].n == 150
    assert cifras["tipo"].n == sum(e.tipo is not None for e in pocos.ejemplos)
    assert 0.25 < cifras["clase"].valor < 1
