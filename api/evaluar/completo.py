"""La parte cara de `make evaluar`: lo que hay que volver a entrenar. Se guarda para no repetirla.

`docs/calidad/completo.json` lleva las cifras y con qué modelo y corpus se obtuvieron; el documento
las repite diciendo de cuándo son.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from nlp.entrenamiento import corpus, curvas
from nlp.entrenamiento.curvas import Banco, Medicion
from nlp.entrenamiento.muestras import TAREAS
from nlp.entrenamiento.red import Lectura

ARCHIVO = Path(__file__).parents[2] / "docs" / "calidad" / "completo.json"
Completo = Mapping[str, Any]


def medir_completo(datos: Path | None, modelo: str, avisar: Callable[[str], None]) -> Completo:
    """Entrena las veces que haga falta y devuelve las cifras, como se guardan.

    Sin carpeta de datos, la curva y la ablación no tienen con qué medirse y quedan vacías.
    """
    escritos = [corpus.leer(nombre) for nombre in corpus.ESCRITOS]
    entrenables = list(escritos)
    desarrollo = [corpus.leer(nombre, datos) for nombre in corpus.DE_DESARROLLO] if datos else []
    if datos:
        reales = corpus.leer(corpus.REALES, datos)
        entrenables += [reales, *corpus.leer_lo_demas(datos, reales)]
    banco = Banco.de(entrenables, desarrollo, TAREAS[0]) if datos else None
    apartadas = curvas.escenas_apartadas(entrenables, corpus.ESCRITOS[0], avisar)
    return {
        "fecha": datetime.now(ZoneInfo("America/Lima")).date().isoformat(),
        "modelo": modelo,
        "corpus": {c.nombre: len(c.ejemplos) for c in entrenables},
        "escenas_apartadas": {nombre: asdict(c) for nombre, c in apartadas.items()},
        "curva": _lista(curvas.curva(banco, avisar)) if banco else [],
        "ablacion": _lista(curvas.ablacion(banco, Lectura.leer(), avisar)) if banco else [],
    }


def guardar(completo: Completo, archivo: Path = ARCHIVO) -> None:
    """Escribe las cifras."""
    archivo.parent.mkdir(parents=True, exist_ok=True)
    texto = json.dumps(completo, ensure_ascii=False, indent=1)
    archivo.write_text(texto + "\n", encoding="utf-8")


def leer(archivo: Path = ARCHIVO) -> Completo | None:
    """Devuelve lo guardado por la última vez, o None."""
    if not archivo.is_file():
        return None
    guardado: Completo = json.loads(archivo.read_text(encoding="utf-8"))
    return guardado


def _lista(mediciones: Sequence[Medicion]) -> list[dict[str, Any]]:
    return [asdict(m) for m in mediciones]
