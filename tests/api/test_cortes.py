"""kill -9 al servidor mientras se confirma: lo reconocido está, y repetir con la clave no duplica.

La versión completa son diez cortes durante cien confirmaciones (`scripts/probar_cortes.py`).
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

GUION = Path(__file__).parents[2] / "scripts" / "probar_cortes.py"


def test_lo_reconocido_sobrevive_a_un_corte() -> None:
    orden = [sys.executable, str(GUION), "--vueltas", "1", "--items", "16"]
    hecho = subprocess.run(orden, capture_output=True, text=True, check=False)
    assert hecho.returncode == 0, hecho.stdout + hecho.stderr
    assert " 0 perdidos" in hecho.stdout
    assert not hecho.stdout.split("confirmaciones: ")[1].startswith("0 reconocidos")
