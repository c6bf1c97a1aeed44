"""Cada regla avisa en los ejemplos que la incumplen y calla en los que la cumplen."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files

import pytest

from ingesta.documento import Tramo
from lineamientos.caso import Caso
from lineamientos.hallazgo import Criterio, Gravedad, Hallazgo
from lineamientos.juego import buscar_regla, cargar_reglas
from lineamientos.regla import Ejemplo, Regla, campos_de_formato
from lineamientos.revisor import Revisor
from nlp.propuesta import Clase

REGLAS = cargar_reglas()
ARCHIVOS = [a.name for a in (files("lineamientos") / "reglas").iterdir()]
BLOQUEAN = {"S03", "A01", "A04", "R04", "T01"}
"""Lo único que impide seguir el compromiso (`dominio.md` §2.2)."""


def _casos(atributo: str) -> list[object]:
    return [
        pytest.param(regla, ejemplo, id=f"{regla.codigo}-{n}")
        for regla in REGLAS
        for n, ejemplo in enumerate(getattr(regla, atributo))
    ]


def _hallazgos(regla: Regla, ejemplo: Ejemplo, armar: Callable[..., Caso]) -> list[Hallazgo]:
    clase = Clase.COMPROMISO if Clase.COMPROMISO in regla.clases else min(regla.clases)
    caso = armar(ejemplo, clase, ejemplo.tipo or regla.solo_tipo)
    revision = Revisor((regla,)).revisar(caso.documento, caso.propuesta, caso.datos)
    for hallazgo in revision.hallazgos:
        assert hallazgo.tramo.fin <= len(caso.documento.texto)
    return list(revision.hallazgos)


@pytest.mark.parametrize(("regla", "ejemplo"), _casos("incumplen"))
def test_la_regla_avisa_en_lo_que_la_incumple(
    regla: Regla, ejemplo: Ejemplo, armar: Callable[..., Caso]
) -> None:
    hallazgos = _hallazgos(regla, ejemplo, armar)
    assert hallazgos
    for hallazgo in hallazgos:
        assert hallazgo.mensaje
        assert not set("{}") & set(hallazgo.mensaje)


@pytest.mark.parametrize(("regla", "ejemplo"), _casos("cumplen"))
def test_la_regla_calla_en_lo_que_la_cumple(
    regla: Regla, ejemplo: Ejemplo, armar: Callable[..., Caso]
) -> None:
    assert [h.mensaje for h in _hallazgos(regla, ejemplo, armar)] == []


@pytest.mark.parametrize("regla", REGLAS, ids=lambda r: r.codigo)
def test_la_regla_trae_ejemplos_de_ambos_lados(regla: Regla) -> None:
    assert len(regla.incumplen) >= 4
    assert len(regla.cumplen) >= 4
    textos = [e.texto for e in (*regla.incumplen, *regla.cumplen)]
    assert len(set(textos)) == len(textos)


@pytest.mark.parametrize("regla", REGLAS, ids=lambda r: r.codigo)
def test_el_codigo_empieza_con_la_letra_de_su_criterio(regla: Regla) -> None:
    letras = dict(zip("SMART", Criterio, strict=True))
    assert letras[regla.codigo[0]] is regla.criterio


@pytest.mark.parametrize("regla", REGLAS, ids=lambda r: r.codigo)
def test_los_textos_son_oraciones_completas(regla: Regla) -> None:
    for texto in (regla.mensaje, regla.explicacion, *regla.sugerencias):
        assert re.search(r"[.»…!?]$", texto), texto
    assert not regla.titulo.endswith(".")


@pytest.mark.parametrize("regla", REGLAS, ids=lambda r: r.codigo)
def test_un_mensaje_con_fechas_calculadas_tiene_su_version_sin_ellas(regla: Regla) -> None:
    del_plazo = regla.parametros.get("campo") == "plazo"
    if del_plazo and campos_de_formato(regla.mensaje) > {"texto"}:
        assert regla.mensaje_sin_fecha


@pytest.mark.parametrize("archivo", ARCHIVOS)
def test_la_carpeta_solo_tiene_reglas_con_su_nombre(archivo: str) -> None:
    assert re.fullmatch(r"[SMART]\d\d-[a-z0-9-]+\.toml", archivo)


def test_los_codigos_no_se_repiten_y_cubren_los_cinco_criterios() -> None:
    codigos = [regla.codigo for regla in REGLAS]
    assert codigos == sorted(set(codigos))
    assert {regla.criterio for regla in REGLAS} == set(Criterio)


def test_solo_bloquea_lo_que_impide_seguir_el_compromiso() -> None:
    assert {r.codigo for r in REGLAS if r.gravedad is Gravedad.FALTA} == BLOQUEAN


def test_ninguna_regla_se_aplica_a_otro() -> None:
    assert not any(Clase.OTRO in regla.clases for regla in REGLAS)


def test_cada_criterio_salvo_los_de_contexto_tiene_quien_lo_decida() -> None:
    assert {r.criterio for r in REGLAS if r.decide} == set(Criterio)


def test_una_regla_solo_cede_a_reglas_que_existen() -> None:
    cedidas = {codigo for regla in REGLAS for codigo in regla.cede_a}
    assert cedidas
    assert cedidas <= {regla.codigo for regla in REGLAS}


def test_el_codigo_se_busca_sin_mirar_mayusculas() -> None:
    assert buscar_regla(" t01 ").nombre == "sin-plazo"


@pytest.mark.parametrize(
    ("texto", "leido"),
    [
        ("El GORE hará sus mejores\nesfuerzos para culminar la obra.", "mejores\nesfuerzos"),
        ("El GORE HARÁ TODO LO POSIBLE por culminar la obra.", "TODO LO POSIBLE"),
    ],
)
def test_los_terminos_se_hallan_con_otra_caja_y_partidos_en_dos_lineas(
    texto: str, leido: str, armar: Callable[..., Caso]
) -> None:
    [hallazgo] = _hallazgos(buscar_regla("R04"), Ejemplo(texto), armar)
    inicio = texto.index(leido)
    assert hallazgo.tramo == Tramo(inicio, inicio + len(leido))


def test_la_regla_de_dias_muestra_las_dos_fechas(armar: Callable[..., Caso]) -> None:
    regla = buscar_regla("T03")
    [con_fecha] = _hallazgos(regla, regla.incumplen[0], armar)
    assert "13/06/2026" in con_fecha.mensaje
    assert "25/06/2026" in con_fecha.mensaje
    [sin_fecha] = _hallazgos(regla, Ejemplo(regla.incumplen[0].texto), armar)
    assert "vence" not in sin_fecha.mensaje


@pytest.mark.parametrize(
    ("texto", "leido"),
    [
        ("La DRE prestará su respaldo y apoyo al coro de Ccello.", "prestará su respaldo"),
        (
            "El GORE se compromete a realizar las gestiones que lleven señal a Ccello.",
            "realizar las gestiones",
        ),
    ],
)
def test_la_perifrasis_debil_se_senala_entera(
    texto: str, leido: str, armar: Callable[..., Caso]
) -> None:
    [hallazgo] = _hallazgos(buscar_regla("S01"), Ejemplo(texto), armar)
    inicio = texto.index(leido)
    assert hallazgo.tramo == Tramo(inicio, inicio + len(leido))
    assert hallazgo.sugerencias


def test_la_perifrasis_hueca_es_falta_de_objeto_y_no_de_verbo(armar: Callable[..., Caso]) -> None:
    hueca = Ejemplo("El GORE efectuará las gestiones del caso.")
    assert _hallazgos(buscar_regla("S01"), hueca, armar) == []
    assert _hallazgos(buscar_regla("S03"), hueca, armar)
