"""La red: gradiente de la capa propia, mismas cuentas sin thinc y lo que aprende y no el lineal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from thinc.api import Model, fix_random_seed

from modelos.cargador import CARPETA
from nlp.entrenamiento import red
from nlp.entrenamiento.gru import gru
from nlp.mezcla import Clasificador
from nlp.palabras import DESCONOCIDA, Palabras, separar
from nlp.redes import PALABRAS_MAXIMAS, Redes
from nlp.vectores import Entrada, Lineal

VOCABULARIO = ["la", "empresa", "comunidad", "pide", "a", "entregar", "agua", "."]


@pytest.fixture(scope="module")
def palabras() -> Palabras:
    sorteo = np.random.default_rng(5)
    return Palabras.de(VOCABULARIO, sorteo.normal(size=(len(VOCABULARIO), 16)).astype(np.float32))


def _ejemplos(textos: list[str], etiquetas: list[int]) -> red.Ejemplos:
    entradas = [Entrada(t, ["f:futuro"] if "agua" in t else ["nada"]) for t in textos]
    return red.Ejemplos(
        entradas,
        np.array(etiquetas),
        np.ones(len(textos), dtype=np.float32),
        np.arange(len(textos)) % 2,
    )


def test_el_gradiente_de_la_gru_es_el_de_las_diferencias_finitas() -> None:
    fix_random_seed(3)
    capa = gru(5, 3)
    capa.initialize()
    sorteo = np.random.default_rng(1)
    textos = [sorteo.normal(size=(largo, 3)).astype(np.float32) for largo in (4, 7, 1)]
    salidas, volver = capa.begin_update(textos)
    pesos = [sorteo.normal(size=s.shape).astype(np.float32) for s in salidas]
    de_entrada = volver(pesos)

    def suma() -> float:
        leidas = capa.predict(textos)
        return sum(float((s.astype(float) * p).sum()) for s, p in zip(leidas, pesos, strict=True))

    def diferencia(arreglo: Any, donde: tuple[int, ...]) -> float:
        valor, paso = float(arreglo[donde]), 1e-2
        arreglo[donde] = valor + paso
        mas = suma()
        arreglo[donde] = valor - paso
        menos = suma()
        arreglo[donde] = valor
        return (mas - menos) / (2 * paso)

    for nombre in capa.param_names:
        parametro, gradiente = capa.get_param(nombre), capa.get_grad(nombre)
        for _ in range(6):
            donde = tuple(int(sorteo.integers(n)) for n in parametro.shape)
            assert gradiente[donde] == pytest.approx(diferencia(parametro, donde), abs=2e-3)
    for i, (k, j) in enumerate(((3, 2), (6, 0), (0, 1))):
        assert de_entrada[i][k, j] == pytest.approx(diferencia(textos[i], (k, j)), abs=2e-3)


def test_sin_thinc_salen_las_mismas_probabilidades(
    palabras: Palabras, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(red, "VECES_DE_UN_RASGO", 1)
    textos = [
        "La empresa pide agua.",
        "la comunidad",
        "",
        "la comunidad pide a la empresa entregar agua " * 20,
        "nada de esto se conoce",
    ]
    ejemplos = _ejemplos(textos, [0, 1, 2, 0, 1])
    originales: list[Model[Any, Any]] = []
    aprender = red._Red.aprender

    def guardar(una: red._Red) -> dict[str, Any]:
        arreglos = aprender(una)
        originales.append(una._modelo)
        return arreglos

    monkeypatch.setattr(red._Red, "aprender", guardar)
    arreglos = red.entrenar(ejemplos, 3, red.Lectura(palabras, {}), (1, 2))
    leidas = Redes(arreglos, palabras).logaritmos(
        [e.texto for e in ejemplos.entradas], [e.rasgos for e in ejemplos.entradas]
    )
    encendidos = np.array(
        [[r in e.rasgos for r in arreglos["rasgos"]] for e in ejemplos.entradas], dtype=np.float32
    )
    indices = [palabras.indices(t, PALABRAS_MAXIMAS) for t in textos]
    origen = np.tile(np.array([1, 0], dtype=np.float32), (len(textos), 1))
    lote = ([palabras.vectores(i) for i in indices], encendidos, origen)
    esperadas = []
    for modelo in originales:
        puntajes = modelo.predict(lote)
        esperadas.append(puntajes - np.log(np.exp(puntajes).sum(axis=1, keepdims=True)))
    assert leidas == pytest.approx(np.mean(esperadas, axis=0), abs=1e-4)


def test_distingue_quien_pide_a_quien(palabras: Palabras, monkeypatch: pytest.MonkeyPatch) -> None:
    """Las mismas palabras en otro orden: un lineal sobre palabras sueltas no podría."""
    monkeypatch.setattr(red, "VUELTAS", 40)
    monkeypatch.setattr(red, "VECES_DE_UN_RASGO", 1)
    una, otra = "la empresa pide a la comunidad", "la comunidad pide a la empresa"
    ejemplos = _ejemplos([una, otra] * 60, [0, 1] * 60)
    redes = Redes(red.entrenar(ejemplos, 2, red.Lectura(palabras, {}), (1,)), palabras)
    assert redes.logaritmos([una, otra], [[], []]).argmax(axis=1).tolist() == [0, 1]


def test_parte_de_lo_que_aprendio_leyendo(
    palabras: Palabras, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(red, "VUELTAS", 0)
    sorteo = np.random.default_rng(4)
    ancho = 3 * red.ANCHO
    formas = {
        "proyeccion": (red.ENTRADA, palabras.dimensiones),
        "proyeccion_sesgo": (red.ENTRADA,),
        "entrada_ida": (red.ENTRADA, ancho),
        "estado_sesgo_vuelta": (ancho,),
    }
    pesos = {n: sorteo.normal(size=f).astype(np.float32) for n, f in formas.items()}
    ejemplos = _ejemplos(["la empresa", "pide agua"], [0, 1])
    redes = red.entrenar(ejemplos, 2, red.Lectura(palabras, pesos), (1, 2))
    assert (redes["proyeccion"] == pesos["proyeccion"].T).all()
    assert (redes["proyeccion_sesgo"] == pesos["proyeccion_sesgo"]).all()
    assert (redes["gru_entrada"][:2] == pesos["entrada_ida"]).all()
    assert (redes["gru_estado_sesgo"][2:] == pesos["estado_sesgo_vuelta"]).all()
    assert not (redes["gru_entrada"][2] == redes["gru_entrada"][3]).all()


def test_la_lectura_que_viaja_con_el_codigo_es_de_sus_palabras() -> None:
    lectura = red.Lectura.leer()
    formas = {n: p.shape for n, p in lectura.pesos.items()}
    assert formas["proyeccion"] == (red.ENTRADA, lectura.palabras.dimensiones)
    assert formas["estado_vuelta"] == (red.ANCHO, 3 * red.ANCHO)


def test_lo_guardado_y_leido_decide_igual(
    palabras: Palabras, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(red, "VECES_DE_UN_RASGO", 1)
    textos = ["la empresa pide agua", "la comunidad pide", "entregar agua", "la empresa"] * 3
    ejemplos = _ejemplos(textos, [0, 1, 2, 1] * 3)
    lineal = Lineal.entrenar(ejemplos.entradas, [*"abcb"] * 3, [1.0] * 12, [0] * 12)
    clasificador = Clasificador(
        lineal, red.entrenar(ejemplos, 3, red.Lectura(palabras, {}), (1,)), palabras
    )
    clasificador.guardar(tmp_path / "modelo.npz")
    leido = Clasificador.leer(tmp_path / "modelo.npz", palabras)
    esperadas = clasificador.probabilidades(ejemplos.entradas)
    assert leido.probabilidades(ejemplos.entradas) == pytest.approx(esperadas, abs=2e-3)
    solo_lineal = Clasificador.leer(tmp_path / "modelo.npz", None)
    assert solo_lineal.probabilidades(ejemplos.entradas) == pytest.approx(
        lineal.probabilidades(ejemplos.entradas)
    )
    assert leido.probabilidades([]).shape == (0, 3)


def test_las_palabras_se_guardan_en_ocho_bits(tmp_path: Path) -> None:
    vectores = np.random.default_rng(2).normal(size=(len(VOCABULARIO), 16)).astype(np.float32)
    Palabras.de(VOCABULARIO, vectores).guardar(tmp_path / "p.npz")
    leidas = Palabras.leer(tmp_path / "p.npz")
    topes = np.abs(vectores).max(axis=1) / 127
    vueltos = leidas.vectores(np.arange(1, len(VOCABULARIO) + 1))
    assert (np.abs(vueltos - vectores) <= topes[:, None]).all()
    assert leidas.indices("La EMPRESA ignota", 9).tolist() == [1, 2, DESCONOCIDA]
    assert leidas.indices("", 9).tolist() == [DESCONOCIDA]
    assert not leidas.vectores(np.array([DESCONOCIDA])).any()


def test_separa_palabras_signos_y_cifras() -> None:
    assert separar("N.° 123456: S/ 12,50 ¡Ñandú!") == [
        *("n", ".", "°", "0000", ":", "s", "/", "00", ",", "00", "¡", "ñandú", "!")
    ]


def test_las_palabras_que_viajan_con_el_codigo_son_de_actas() -> None:
    leidas = Palabras.leer(CARPETA / "palabras" / "modelo.npz")
    cercanas = [leidas.vectores(leidas.indices(p, 1))[0] for p in ("acordó", "acuerda", "lluvia")]
    acordo, acuerda, lluvia = (v / np.linalg.norm(v) for v in cercanas)
    assert acordo @ acuerda > acordo @ lluvia + 0.2
