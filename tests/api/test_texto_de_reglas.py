"""La consola, la página, la API y el documento dicen lo mismo de cada regla, y la rotulan."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.ajustes import Ajustes
from api.app import crear_app
from api.cli import ejecutar
from api.documentar import lineamientos
from api.textos import regla_en_texto
from api.vigentes import reglas_vigentes
from lineamientos.acta import ReglaDeActa, reglas_de_acta
from lineamientos.juego import cargar_reglas
from lineamientos.regla import AVISO_LEGAL, Regla

REGLAS = cargar_reglas()
DEL_ACTA = reglas_de_acta()


@pytest.fixture(scope="module")
def cliente(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    carpeta = tmp_path_factory.mktemp("datos")
    with TestClient(crear_app(Ajustes(carpeta=carpeta)), base_url="http://localhost") as abierto:
        yield abierto


def _junto(texto: str) -> str:
    return " ".join(texto.split())


def _piezas(regla: Regla | ReglaDeActa) -> list[str]:
    ejemplos = [e.texto for e in (*regla.incumplen, *regla.cumplen)]
    propias = [regla.titulo, regla.mensaje_general, regla.explicacion, regla.fuente]
    return [_junto(p) for p in (*propias, *regla.sugerencias, *ejemplos, AVISO_LEGAL)]


@pytest.mark.parametrize("regla", [*REGLAS, *DEL_ACTA], ids=lambda r: r.codigo)
def test_la_consola_y_el_documento_dicen_lo_mismo(regla: Regla | ReglaDeActa) -> None:
    documento, consola = _junto(lineamientos()), _junto(regla_en_texto(regla))
    for pieza in _piezas(regla):
        assert pieza in documento
        assert pieza in consola


def test_la_pagina_y_la_api_dicen_lo_mismo(cliente: TestClient) -> None:
    filas = {f["codigo"]: f for f in cliente.get("/api/v1/reglas").json()["filas"]}
    assert filas.keys() == {r.codigo for r in REGLAS}
    for regla in [*REGLAS, *DEL_ACTA]:
        pagina = _junto(unescape(cliente.get(f"/reglas/{regla.codigo}").text))
        for pieza in _piezas(regla):
            assert pieza in pagina
    for regla in REGLAS:
        fila = filas[regla.codigo]
        assert (fila["mensaje"], fila["explicacion"]) == (regla.mensaje_general, regla.explicacion)
        assert (fila["titulo"], fila["fuente"]) == (regla.titulo, regla.fuente)
        assert fila["sugerencias"] == list(regla.sugerencias)


def test_las_reglas_de_la_oficina_llegan_a_la_consola(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ACTAS_REGLAS", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "600")
    ajustes = tmp_path / "ajustes.toml"
    ajustes.write_text('silenciar = ["R08"]\n[gravedad]\nT05 = "aviso"\n')
    assert ejecutar(["regla"]) == 0
    lista = capsys.readouterr().out
    assert "R08" not in lista
    assert "T05  temporal    aviso" in lista
    ejecutar(["doctor"])
    dicho = " ".join(capsys.readouterr().out.split())
    assert f"{len(reglas_vigentes())} reglas" in dicho
    assert "silenciadas: R08" in dicho
    assert "con otra gravedad: T05" in dicho


def test_una_regla_mala_de_la_oficina_se_rechaza_y_doctor_la_dice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ACTAS_REGLAS", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "600")
    (tmp_path / "ajustes.toml").write_text("\n[gravedad]\nT05 = 'alta'\n")
    for orden in (["regla"], ["servir", "--puerto", "0"]):
        assert ejecutar(orden) == 2
        error = capsys.readouterr().err
        assert "ajustes.toml:3: " in error
        assert "aviso, consejo, falta" in error
    ejecutar(["doctor"])
    assert "ajustes.toml:3:" in " ".join(capsys.readouterr().out.split())
