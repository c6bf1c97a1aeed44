"""Escribe las actas ciegas y su lectura esperada desde un solo texto con marcas.

Cada `tests/ciegas/textos/*.txt` es un acta anotada a mano: `# título`, `## sección`, filas `| … |` y, entre
llaves dobles, cada ítem con su lectura: `{{c.pip id=A;r=Entidad;z=plazo;f=2026-05-30 | texto}}`. Las
claves son `id`, `o` (id del pedido que responde), `a` (aceptación), `r` (responsables, con «+»), `z` y
`f` (plazo y fecha límite), `k` (atributos ciertos) y `alt` (otra clase admitida). Las líneas `%clave
valor` son los datos generales.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from comun_docx import documento, guardar, parrafo, tabla, titulo

TEXTOS = Path(__file__).resolve().parents[2] / "tests" / "ciegas" / "textos"
_MARCA = re.compile(
    r"\{\{(?P<clase>[pct])(?:\.(?P<tipo>\w+))?(?P<claves>[^|{}]*)\|\s*(?P<texto>[^{}]*)\}\}"
)
_CLASES = {"p": "pedido", "c": "compromiso", "t": "tarea"}
_TIPOS = {"pip": "pip", "act": "actividad", None: None}


def fabricar(destino: Path) -> None:
    """Escribe un DOCX y un JSON (`esperado/`) por acta ciega en la carpeta de destino."""
    (destino / "esperado").mkdir(parents=True, exist_ok=True)
    for ruta in sorted(TEXTOS.glob("*.txt")):
        renglones = ruta.read_text(encoding="utf-8").splitlines()
        datos = dict(r[1:].split(" ", 1) for r in renglones if r.startswith("%"))
        cuerpo = [r for r in renglones if not r.startswith("%")]
        _escribir(destino, ruta.stem, [_MARCA.sub(lambda m: m["texto"], r) for r in cuerpo])
        esperado = {
            "archivo": f"{ruta.stem}.docx",
            "acta": {**datos, "participantes": int(datos["participantes"])},
            "items": _items("\n".join(cuerpo)),
        }
        salida = destino / "esperado" / f"{ruta.stem}.json"
        salida.write_text(json.dumps(esperado, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _escribir(destino: Path, nombre: str, renglones: list[str]) -> None:
    doc = documento(renglones[0].lstrip("# "), "Secretaría", "Calibri", 11)
    filas: list[list[str]] = []
    for renglon in [*renglones, ""]:
        if renglon.startswith("|"):
            filas.append([celda.strip() for celda in renglon.strip("|").split("|")])
            continue
        if filas:
            tabla(doc, filas, [17 / len(filas[0])] * len(filas[0]))
            filas = []
        if renglon.startswith("# "):
            titulo(doc, renglon[2:])
        elif renglon.startswith("#"):
            parrafo(doc, f"**{renglon.lstrip('# ')}**")
        elif renglon:
            parrafo(doc, renglon)
    guardar(doc, destino, f"{nombre}.docx")


def _items(texto: str) -> list[dict[str, Any]]:
    marcas = list(_MARCA.finditer(texto))
    claves = [dict(c.split("=", 1) for c in m["claves"].strip().split(";") if c) for m in marcas]
    lugar = {c["id"]: i for i, c in enumerate(claves) if "id" in c}
    return [
        {
            "texto": marca["texto"].strip(),
            "clase": _CLASES[marca["clase"]],
            "tipo": _TIPOS[marca["tipo"]],
            "responsable": c["r"].split("+") if "r" in c else [],
            "plazo": c.get("z"),
            "fecha_limite": c.get("f"),
            "aceptacion": c.get("a"),
            "pedido_de_origen": lugar[c["o"]] if "o" in c else None,
            "atributos": c["k"].split(",") if "k" in c else [],
            **({"clase_admitida": c["alt"]} if "alt" in c else {}),
        }
        for marca, c in zip(marcas, claves, strict=True)
    ]
