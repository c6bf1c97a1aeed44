"""Vuelve a fabricar todas las actas de ejemplo.

Uso: `python ejemplos/fabrica/fabricar.py [CARPETA]`. Ejecuta cada módulo `acta_*.py` de esta carpeta,
que ofrece `fabricar(destino: Path) -> None`, y `ciegas.py`. Los resultados esperados (`esperado/*.json`)
no se fabrican: son la lectura del acta anotada a mano, ítem por ítem; la de las ciegas está en su texto.
"""

import importlib
import sys
from pathlib import Path

FABRICA = Path(__file__).resolve().parent
CIEGAS = FABRICA.parents[1] / "tests" / "ciegas"


def principal(destino: Path) -> None:
    """Fabrica cada acta en la carpeta de destino, en el orden de sus números."""
    destino.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(FABRICA))
    for modulo in sorted(FABRICA.glob("acta_*.py")):
        importlib.import_module(modulo.stem).fabricar(destino)
        print(modulo.stem)
    importlib.import_module("ciegas").fabricar(CIEGAS)
    print("ciegas")


if __name__ == "__main__":
    principal(Path(sys.argv[1]) if len(sys.argv) > 1 else FABRICA.parent)
