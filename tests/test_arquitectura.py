"""Las promesas del diseño que ninguna otra prueba cuida."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

RAIZ = Path(__file__).parents[1]
NUESTRAS = ["api", "ingesta", "lineamientos", "modelos", "nlp", "registro"]
CANDADOS = ["requirements.lock", "requirements-dev.lock"]


def test_las_carpetas_solo_importan_hacia_abajo() -> None:
    assert lint_imports(cache_dir=None) == 0


@pytest.mark.parametrize("nombre", NUESTRAS)
def test_ninguna_dependencia_pisa_nuestros_nombres(nombre: str) -> None:
    assert set(packages_distributions().get(nombre, [])) <= {"actas"}


@pytest.mark.parametrize("nombre", NUESTRAS)
def test_importar_una_carpeta_no_carga_nada(nombre: str) -> None:
    arbol = (RAIZ / nombre / "__init__.py").read_text(encoding="utf-8")
    assert "import" not in arbol


def test_importar_las_propuestas_no_carga_spacy() -> None:
    orden = "import sys, nlp.propuesta; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", orden], check=False).returncode == 0


@pytest.mark.parametrize("nombre", CANDADOS)
def test_los_candados_llevan_huellas_y_ninguna_direccion(nombre: str) -> None:
    texto = (RAIZ / nombre).read_text(encoding="utf-8")
    assert "://" not in texto
    assert texto.count("==") > 50
    versiones = [linea for linea in texto.splitlines() if "==" in linea]
    assert all(linea.rstrip().endswith("\\") for linea in versiones)
    assert texto.count("--hash=sha256:") >= len(versiones)


def test_ningun_archivo_del_repositorio_nombra_rutas_de_una_maquina() -> None:
    hallado = subprocess.run(
        ["git", "grep", "-nIE", r"(file://)?/(work|root|home/[a-z]+)/", "--", ".", ":!*.lock"],
        cwd=RAIZ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert hallado.stdout == ""
