"""Lee los conjuntos etiquetados. Los escritos van con el código; los reales se piden aparte.

Los reales son texto de otros, sin licencia para copiarlo: se leen de una carpeta que indica quien
entrena y no entran al repositorio (ver `docs/datos.md`). Las filas que repiten texto de los
conjuntos de medida (`nlp.entrenamiento.fugas`) no se leen.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.entrenamiento.fugas import filtradas, leer_jsonl
from nlp.errores import ConjuntoAusente
from nlp.propuesta import Clase, Tipo

PROPIOS = Path(__file__).parent / "datos"
ESCRITOS = ("escritos_entrenamiento", "ejemplos_sinteticos")
REALES = "reales_entrenamiento"
DE_DESARROLLO = ("reales_desarrollo", "acuerdos_desarrollo")
"""Solo se miden; nunca se entrena ni se elige nada con ellos."""

_LECTURA = re.compile(r"(COMPROMISO|TAREA|PEDIDO|OTRO)(?:_(PIP|ACTIVIDAD))?(?!.*(?:[+×/]| o ))")


@dataclass(frozen=True, slots=True)
class Ejemplo:
    """Una oración etiquetada. `grupo` es el documento o la escena de que sale: nunca se parte."""

    texto: str
    clase: Clase
    tipo: Tipo | None
    grupo: str
    real: bool
    dificil: bool = False


@dataclass(frozen=True, slots=True)
class Corpus:
    """Un conjunto con su nombre y la huella de su archivo."""

    nombre: str
    sha256: str
    ejemplos: tuple[Ejemplo, ...]


def leer(nombre: str, carpeta: Path = PROPIOS) -> Corpus:
    """Lee `carpeta/nombre.jsonl`, con una oración por línea (`docs/datos.md`), sin las fugas.

    Raises:
        ConjuntoAusente: no está el archivo.
    """
    ruta = carpeta / f"{nombre}.jsonl"
    if not ruta.is_file():
        raise ConjuntoAusente(f"no está {ruta.name} en {carpeta}.")
    lector = _sintetico if nombre == "ejemplos_sinteticos" else _etiquetado
    huella = hashlib.sha256(ruta.read_bytes()).hexdigest()
    return Corpus(nombre, huella, tuple(lector(leer_jsonl(ruta))))


def documento(fuente: str) -> str:
    """Devuelve el documento de una fuente: sin el renglón ni la nota («…; lista», «…#L20»)."""
    return re.split(r"#|; ", fuente)[0].strip()


def _etiquetado(filas: list[dict[str, Any]]) -> Iterator[Ejemplo]:
    """Los reales se agrupan por su `fuente`; los escritos, por escena: misma fecha y seguidos."""
    escena, fecha = 0, None
    for fila in filas:
        if fila.get("fecha_acta") != fecha:
            escena, fecha = escena + 1, fila.get("fecha_acta")
        if fila["id"] in filtradas():
            continue
        tipo = fila.get("tipo")
        yield Ejemplo(
            fila["texto"],
            Clase(fila["clase"]),
            Tipo(tipo) if tipo else None,
            documento(fila["fuente"]) if "fuente" in fila else f"escena {escena}",
            "fuente" in fila,
            bool(fila.get("dificil")),
        )


def _sintetico(filas: list[dict[str, Any]]) -> Iterator[Ejemplo]:
    """De los casos de frontera se toman los que tienen una sola lectura."""
    for fila in filas:
        clase, tipo = fila["etiqueta"], fila.get("tipo")
        if clase == "FRONTERA":
            lectura = _LECTURA.match(fila["lectura_sugerida"])
            if not lectura:
                continue
            clase, tipo = lectura[1], lectura[2]
        if fila["id"] in filtradas():
            continue
        yield Ejemplo(
            fila["texto"],
            Clase(clase.lower()),
            Tipo(tipo.lower()) if tipo else None,
            "sintéticos",
            real=False,
        )
