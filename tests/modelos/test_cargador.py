"""El cargador comprueba cada modelo contra su ficha y dice qué hacer si no sirve."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from modelos.cargador import CARPETA, ModeloAusente, ModeloIncompatible, cargar


@pytest.fixture
def copia(tmp_path: Path) -> Path:
    shutil.copytree(CARPETA / "tipo", tmp_path / "tipo")
    return tmp_path


def cambiar_ficha(carpeta: Path, patron: str, nuevo: str) -> None:
    ficha = carpeta / "tipo" / "ficha.toml"
    texto, veces = re.subn(patron, nuevo, ficha.read_text(encoding="utf-8"))
    assert veces == 1
    ficha.write_text(texto, encoding="utf-8")


@pytest.mark.parametrize("nombre", ["clase", "tipo"])
def test_los_modelos_del_repositorio_son_los_de_su_ficha(nombre: str) -> None:
    modelo = cargar(nombre)
    assert modelo.ruta.is_file()
    assert modelo.version == f"{nombre} {modelo.ficha['version']}"


def test_sin_ficha_o_sin_artefacto_el_modelo_esta_ausente(copia: Path) -> None:
    with pytest.raises(ModeloAusente):
        cargar("otro", copia)
    (copia / "tipo" / "modelo.npz").unlink()
    with pytest.raises(ModeloAusente):
        cargar("tipo", copia)


def test_un_artefacto_cambiado_se_rechaza(copia: Path) -> None:
    with (copia / "tipo" / "modelo.npz").open("ab") as artefacto:
        artefacto.write(b"x")
    with pytest.raises(ModeloIncompatible, match="no es el de su ficha") as error:
        cargar("tipo", copia)
    assert "make entrenar" in error.value.consejo


def test_otro_formato_se_rechaza(copia: Path) -> None:
    cambiar_ficha(copia, r"formato = \d+", "formato = 99")
    with pytest.raises(ModeloIncompatible, match="formato 99"):
        cargar("tipo", copia)


def test_otra_version_menor_de_scikit_learn_se_rechaza(copia: Path) -> None:
    cambiar_ficha(copia, r'scikit-learn = "[^"]+"', 'scikit-learn = "0.24.2"')
    with pytest.raises(ModeloIncompatible, match=re.escape("0.24.2")):
        cargar("tipo", copia)


def test_otra_version_de_parche_se_acepta(copia: Path) -> None:
    cambiar_ficha(copia, r'(scikit-learn = "\d+\.\d+)\.\d+"', r'\1.999"')
    assert cargar("tipo", copia).nombre == "tipo"
