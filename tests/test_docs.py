"""Los documentos dicen lo que el programa hace."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from api.ajustes import AJUSTES
from api.cli import ORDENES
from api.documentar import documentos
from lineamientos.juego import cargar_reglas
from lineamientos.regla import Regla

RAIZ = Path(__file__).parents[1]


def _leer(ruta: str) -> str:
    return (RAIZ / ruta).read_text(encoding="utf-8")


@pytest.mark.parametrize("ruta", documentos(), ids=lambda r: r.name)
def test_lo_generado_esta_al_dia(ruta: Path) -> None:
    assert ruta.read_text(encoding="utf-8") == documentos()[ruta], "ejecute: make docs"


def test_las_propuestas_de_redaccion_estan_al_dia() -> None:
    guion = runpy.run_path(str(RAIZ / "scripts" / "redaccion_ejemplos.py"))
    assert _leer("docs/redaccion-ejemplos.md") == guion["documento"](), "ejecute: make docs"


@pytest.mark.parametrize("orden", ORDENES)
def test_cada_orden_esta_en_el_leeme(orden: str) -> None:
    assert re.search(rf"actas {orden}\b|make {orden}\b", _leer("README.md"))


@pytest.mark.parametrize("nombre", [a.variable for a in AJUSTES])
def test_cada_ajuste_esta_documentado(nombre: str) -> None:
    assert f"`{nombre}`" in _leer("docs/instalar.md")


@pytest.mark.parametrize("regla", cargar_reglas(), ids=lambda r: r.codigo)
def test_cada_regla_esta_documentada(regla: Regla) -> None:
    assert f"### {regla.codigo} · {regla.titulo}" in _leer("docs/lineamientos.md")


@pytest.mark.parametrize(
    "documento",
    ["README.md", "CONTRIBUTING.md", "docs/arquitectura.md", "docs/datos.md", "docs/instalar.md"],
)
def test_los_enlaces_internos_existen(documento: str) -> None:
    carpeta = (RAIZ / documento).parent
    for destino in re.findall(r"\]\((?!https?:|#)([^)#]+)", _leer(documento)):
        assert (carpeta / destino).exists(), destino


def test_los_documentos_que_nombra_el_codigo_existen() -> None:
    for carpeta in ("api", "ingesta", "lineamientos", "modelos", "nlp", "registro"):
        for ruta in (RAIZ / carpeta).rglob("*.py"):
            for nombrado in re.findall(r"docs/[\w-]+\.md", ruta.read_text(encoding="utf-8")):
                assert (RAIZ / nombrado).is_file(), (ruta.name, nombrado)


def test_el_leeme_abre_con_el_resumen_en_ingles() -> None:
    assert "In English" in _leer("README.md").splitlines()[2]
