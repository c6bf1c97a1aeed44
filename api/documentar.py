"""Rehace los documentos que salen del código: reglas y esquemas. `make docs` lo llama."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter

from api.textos import CRITERIOS, regla_en_markdown
from lineamientos.contrato import ItemJson, ResultadoJson
from lineamientos.regla import AVISO_LEGAL, cargar_reglas

DOCS = Path(__file__).parents[1] / "docs"

ESQUEMAS = {"resultado": ResultadoJson, "item": ItemJson}
"""Nombre del archivo en `docs/esquemas/` y el tipo del contrato que describe."""

PORTADA = f"""# Lineamientos de redacción

> {AVISO_LEGAL}

Cada regla es un archivo de `lineamientos/reglas/`. `actas regla CODIGO`, la página
`/reglas/CODIGO` y este documento muestran el mismo texto; este se rehace con `make docs`.

**Gravedad.** *falta*: el registro no puede seguir el compromiso así · *aviso*: conviene
corregirlo antes de firmar · *consejo*: mejora la redacción. Ninguna impide guardar.
"""


def esquema(nombre: str) -> str:
    """Devuelve el JSON Schema (2020-12) de un tipo del contrato, como texto."""
    datos = TypeAdapter(ESQUEMAS[nombre]).json_schema()
    datos = {"$schema": "https://json-schema.org/draft/2020-12/schema", **datos}
    return json.dumps(datos, ensure_ascii=False, indent=2) + "\n"


def lineamientos() -> str:
    """Devuelve `docs/lineamientos.md`."""
    partes = [PORTADA]
    for criterio, titulo in CRITERIOS.items():
        partes.append(f"## {titulo}\n")
        reglas = [r for r in cargar_reglas() if r.criterio is criterio]
        partes += [regla_en_markdown(r) + "\n" for r in reglas]
    return "\n".join(partes)


def documentos() -> Mapping[Path, str]:
    """Devuelve cada archivo generado y su contenido."""
    esquemas = {DOCS / "esquemas" / f"{n}.json": esquema(n) for n in ESQUEMAS}
    return {DOCS / "lineamientos.md": lineamientos(), **esquemas}


def main() -> None:
    """Escribe los documentos."""
    for ruta, contenido in documentos().items():
        ruta.parent.mkdir(parents=True, exist_ok=True)
        ruta.write_text(contenido, encoding="utf-8")


if __name__ == "__main__":
    main()
