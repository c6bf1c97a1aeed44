"""Escribe `docs/redaccion-ejemplos.md`: lo que se propone para cada oración defectuosa.

Uso: `.venv/bin/python scripts/redaccion_ejemplos.py` (lo llama `make docs`). Las oraciones son las
de `tests/lineamientos/defectuosas.jsonl`, inventadas y escritas antes que el programa.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from lineamientos.analisis import crear_analizador
from lineamientos.en_vivo import EnVivo

RAIZ: Final = Path(__file__).parents[1]
CABECERA: Final = "Acta de la mesa\nFecha: 14/05/2026"
PARTES: Final = {
    "afinar": "Con las que se afinó",
    "prueba": "De prueba, leídas una sola vez",
}
PORTADA: Final = """# Propuestas de redacción: ejemplos

Se rehace con `make docs`. Las oraciones son inventadas (`tests/lineamientos/defectuosas.jsonl`) y
se escribieron antes que el programa; la fecha del acta es el 14/05/2026. Lo que va entre corchetes
falta en el texto: el programa lo pide y no lo inventa. Una fecha calculada reemplaza al plazo de
que sale. `tests/lineamientos/test_redaccion_hechos.py` comprueba que no se pierden ni inventan
hechos.
"""


def documento() -> str:
    """Propone una redacción para cada oración y devuelve el documento."""
    en_vivo = EnVivo(crear_analizador())
    datos = RAIZ / "tests/lineamientos/defectuosas.jsonl"
    casos = [json.loads(linea) for linea in datos.read_text(encoding="utf-8").splitlines()]
    lineas = [PORTADA]
    for parte, titulo in PARTES.items():
        lineas.append(f"## {titulo}\n")
        for caso in (c for c in casos if c["parte"] == parte):
            propuesta = en_vivo.item(caso["texto"], "compromiso", CABECERA)
            lineas += [
                f"**{caso['id']}** {caso['texto']}\n",
                f"> {propuesta['propuesta_de_redaccion']}\n",
            ]
    return "\n".join(lineas)


if __name__ == "__main__":
    (RAIZ / "docs/redaccion-ejemplos.md").write_text(documento(), encoding="utf-8")
