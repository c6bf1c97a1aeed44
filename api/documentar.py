"""Rehace los documentos que salen del código: reglas y esquemas. `make docs` lo llama."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter

from api.textos import CRITERIOS, DEL_ACTA, regla_en_markdown
from lineamientos.acta import reglas_de_acta
from lineamientos.contrato import ItemJson, ResultadoJson
from lineamientos.juego import cargar_reglas
from lineamientos.regla import AVISO_LEGAL
from registro import volcado
from registro.estados import ESTADOS, Exigencia, diagrama

DOCS = Path(__file__).parents[1] / "docs"

ESQUEMAS = {"resultado": ResultadoJson, "item": ItemJson}
"""Nombre del archivo en `docs/esquemas/` y el tipo del contrato que describe."""

PORTADA = f"""# Lineamientos de redacción

> {AVISO_LEGAL}

Cada regla es un archivo de `lineamientos/reglas/` o, si mira el acta entera, de
`lineamientos/reglas_de_acta/`. `actas regla CODIGO`, la página
`/reglas/CODIGO` y este documento muestran el mismo texto; este se rehace con `make docs`.

**Gravedad.** *falta*: el registro no puede seguir el compromiso así · *aviso*: conviene
corregirlo antes de firmar · *consejo*: mejora la redacción. Ninguna impide guardar.

## Reglas de una oficina

`ACTAS_REGLAS` nombra una carpeta que no toca las reglas del programa. Lleva, si hacen falta:

- reglas propias, una por archivo TOML llamado `CODIGO-nombre-del-defecto.toml`, con el formato de
  `lineamientos/reglas/` y un código que no sea nuestro (por ejemplo, desde `S50`);
- `ajustes.toml`, que silencia o cambia la gravedad (`falta`, `aviso` o `consejo`) de otras:

```toml
silenciar = ["R08"]

[gravedad]
T05 = "aviso"
```

Rige al arrancar. Un archivo malo se rechaza con su nombre, la línea y lo que se admite;
`actas servir` no arranca con él y `actas doctor` dice qué añade, silencia y regradúa la carpeta.
"""


PORTADA_DE_ESTADOS = """# Estados del compromiso

Se rehace con `make docs` a partir de `registro/datos/estados.toml`. Se guardan nueve estados; los
cuatro de los espacios no priorizados se derivan (Anexo 7). Los significados y los cambios son una
propuesta por confirmar con la SSGC.

| Priorizado | No priorizado | Significado | Pide |
|---|---|---|---|
"""

EXIGENCIAS = {
    Exigencia.RAZON: "razón",
    Exigencia.SUSTENTO: "sustento",
    Exigencia.PLAZO: "plazo",
    Exigencia.SUCESOR: "sucesor",
}

PIE_DE_ESTADOS = """
«Plazo» es la fecha límite vencida, o que el responsable se niegue. Cualquier cambio entre abiertos
que no esté en el diagrama se avisa y se puede confirmar con su razón. De cerrado a cualquier otro
es una rectificación de la SSGC. «Sin información» lo propone el programa cuando vence un
requerimiento; lo decide una persona.

"""


def estados() -> str:
    """Devuelve `docs/estados.md`."""
    filas = [
        f"| {ficha.nombre} | {ficha.visto(priorizado=False)} | {ficha.significado} | "
        f"{', '.join(EXIGENCIAS[e] for e in Exigencia if e in ficha.exige) or '—'} |"
        for ficha in ESTADOS.values()
    ]
    return (
        f"{PORTADA_DE_ESTADOS}{chr(10).join(filas)}\n{PIE_DE_ESTADOS}```mermaid\n{diagrama()}```\n"
    )


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
    partes.append(f"## {DEL_ACTA}\n")
    partes += [regla_en_markdown(r) + "\n" for r in reglas_de_acta()]
    return "\n".join(partes)


def documentos() -> Mapping[Path, str]:
    """Devuelve cada archivo generado y su contenido."""
    esquemas = {DOCS / "esquemas" / f"{n}.json": esquema(n) for n in ESQUEMAS}
    registro = json.dumps(volcado.esquema(), ensure_ascii=False, indent=2) + "\n"
    return {
        DOCS / "lineamientos.md": lineamientos(),
        DOCS / "estados.md": estados(),
        DOCS / "esquemas" / "registro.json": registro,
        **esquemas,
    }


def main() -> None:
    """Escribe los documentos."""
    for ruta, contenido in documentos().items():
        ruta.parent.mkdir(parents=True, exist_ok=True)
        ruta.write_text(contenido, encoding="utf-8")


if __name__ == "__main__":
    main()
