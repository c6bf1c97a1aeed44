"""Lo etiquetado que se suma a los reales: su origen, sus documentos y lo que se deja fuera."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from nlp.entrenamiento import corpus
from nlp.entrenamiento.corpus import Corpus, Origen
from nlp.entrenamiento.muestras import PARTE_DEL_OTRO, TAREAS, Muestras
from nlp.propuesta import Clase
from nlp.vectores import Entrada, Lineal

REAL = "La municipalidad entregará cuarenta filtros de agua a la comunidad de Pucarumi en mayo."


def _escribir(ruta: Path, filas: list[Mapping[str, object]]) -> None:
    texto = "".join(json.dumps(f) + "\n" for f in filas)
    ruta.parent.mkdir(parents=True, exist_ok=True)
    ruta.write_bytes(gzip.compress(texto.encode()) if ruta.suffix == ".gz" else texto.encode())


@pytest.fixture
def datos(tmp_path: Path) -> Path:
    real = {"id": "x1", "texto": REAL, "clase": "compromiso", "tipo": "actividad", "fuente": "a"}
    _escribir(tmp_path / "reales_entrenamiento.jsonl", [real])
    pozo = {"id": "x2", "texto": "Se aprobó la agenda.", "clase": "otro", "fuente": "b#L3"}
    _escribir(tmp_path / "pool_etiquetado.jsonl", [pozo, real | {"id": "x3", "fuente": "c"}])
    crudas = [{"id": f"cf0000{i}", "texto": f"Oración {i}.", "fuente": "d"} for i in range(3)]
    _escribir(tmp_path / "crudo" / "cf.jsonl.gz", crudas)
    etiquetas = [{"id": "cf00001", "clase": "tarea", "tipo": None, "dificil": True}]
    _escribir(tmp_path / "etiquetas" / "2026-11-dirigidas.jsonl", etiquetas)
    _escribir(tmp_path / "etiquetas" / "2026-11-dirigidas-segunda-lectura.jsonl", etiquetas)
    return tmp_path


def _lo_demas(datos: Path) -> list[Corpus]:
    reales = corpus.leer(corpus.REALES, datos)
    return corpus.leer_lo_demas(datos, reales, datos / "etiquetas")


def test_cada_fila_recuerda_de_donde_sale(datos: Path) -> None:
    [real] = corpus.leer(corpus.REALES, datos).ejemplos
    assert (real.origen, real.real) == (Origen.REALES, True)
    pozo, dirigidas = _lo_demas(datos)
    assert [(e.origen, e.grupo, e.real) for e in pozo.ejemplos] == [(Origen.POZO, "b", False)]
    [tarea] = dirigidas.ejemplos
    assert (tarea.texto, tarea.clase, tarea.origen) == (
        "Oración 1.",
        Clase.TAREA,
        Origen.DIRIGIDAS,
    )


def test_lo_que_repite_un_texto_real_no_se_lee_dos_veces(datos: Path) -> None:
    pozo, _ = _lo_demas(datos)
    assert REAL not in {e.texto for e in pozo.ejemplos}


def test_sin_pozo_ni_crudo_no_hay_nada_mas(datos: Path) -> None:
    (datos / "pool_etiquetado.jsonl").unlink()
    (datos / "crudo" / "cf.jsonl.gz").unlink()
    assert _lo_demas(datos) == []


def test_los_escritos_dificiles_van_por_escena_y_sus_compromisos_llevan_tipo() -> None:
    ejemplos = corpus.leer("escritos_dificiles").ejemplos
    assert {e.origen for e in ejemplos} == {Origen.ESCRITOS}
    escenas = {e.grupo for e in ejemplos}
    assert len(escenas) > 100
    assert not escenas & {e.grupo for e in corpus.leer("escritos_entrenamiento").ejemplos}
    assert all((e.tipo is not None) == (e.clase is Clase.COMPROMISO) for e in ejemplos)


def test_del_otro_que_sobra_se_usa_siempre_la_misma_parte(datos: Path) -> None:
    filas = [
        {"id": f"p{i}", "texto": f"Se leyó el acta {i}.", "clase": "otro", "fuente": f"f{i}"}
        for i in range(400)
    ]
    _escribir(datos / "pool_etiquetado.jsonl", filas)
    pozo, _ = _lo_demas(datos)
    una, otra = (Muestras.de([pozo], TAREAS[0]) for _ in range(2))
    assert [e.texto for e in una.ejemplos] == [e.texto for e in otra.ejemplos]
    assert len(una.ejemplos) == pytest.approx(400 * PARTE_DEL_OTRO, abs=40)


def test_lo_que_abunda_en_otro_origen_no_cambia_lo_que_se_espera_de_los_reales() -> None:
    """El mismo texto es compromiso en los reales y casi siempre «otro» en el pozo."""
    entradas = [Entrada("se hará la obra", ["f:futuro"])] * 120
    reales = (["compromiso"] * 8 + ["otro"] * 2, [0] * 10)
    pozo = (["compromiso"] * 5 + ["otro"] * 105, [1] * 110)
    etiquetas, origenes = reales[0] + pozo[0], reales[1] + pozo[1]
    marcado = Lineal.entrenar(entradas, etiquetas, [1.0] * 120, origenes)
    sin_marcar = Lineal.entrenar(entradas, etiquetas, [1.0] * 120, [0] * 120)
    [[con_marca, _]] = marcado.probabilidades(entradas[:1])
    [[sin_marca, _]] = sin_marcar.probabilidades(entradas[:1])
    assert con_marca > 0.6
    assert sin_marca < 0.3
