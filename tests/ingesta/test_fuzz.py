"""Las copias mutadas son siempre las mismas, cambian de verdad y ninguna hace daño."""

import subprocess
import sys
from pathlib import Path

RAIZ = Path(__file__).parents[2]
MUTANTES = 48


def correr(carpeta: Path, *argumentos: str) -> subprocess.CompletedProcess[str]:
    orden = [sys.executable, "-m", "fuzz.correr", "--guardar", str(carpeta), *argumentos]
    return subprocess.run(orden, cwd=RAIZ, capture_output=True, text=True, check=False)


def test_unas_decenas_de_mutantes_no_hacen_dano(tmp_path: Path):
    salida = correr(tmp_path, "--cantidad", str(MUTANTES), "--semilla", "7")
    assert (salida.returncode, salida.stderr) == (0, "")
    assert "el lector falló: 0" in salida.stdout
    originales = {r.read_bytes() for r in (RAIZ / "ejemplos").glob("acta-*")}
    distintos = [r for r in tmp_path.iterdir() if r.read_bytes() not in originales]
    assert len(list(tmp_path.iterdir())) == MUTANTES
    assert len(distintos) > 0.9 * MUTANTES


def test_la_misma_semilla_da_los_mismos_mutantes(tmp_path: Path):
    for vez in ("una", "otra"):
        correr(tmp_path / vez, "--cantidad", "32")
    una = {r.name: r.read_bytes() for r in (tmp_path / "una").iterdir()}
    otra = {r.name: r.read_bytes() for r in (tmp_path / "otra").iterdir()}
    assert una
    iguales = [nombre for nombre in una if una[nombre] == otra[nombre]]
    assert iguales == list(una)
