"""Lee los conjuntos etiquetados. Los escritos van con el código; los reales se piden aparte.

Los reales son texto de otros, sin licencia para copiarlo: se leen de una carpeta que indica quien
entrena y no entran al repositorio (ver `docs/datos.md`). Las filas que repiten texto de los
conjuntos de medida (`nlp.entrenamiento.fugas`) no se leen.

Cada ejemplo recuerda su origen: lo que se eligió para leer (el pozo, las tablas, lo dirigido) no
reparte las clases como las actas, y el entrenamiento lo tiene en cuenta.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from nlp.entrenamiento.acuerdo import ETIQUETAS, SEGUNDA
from nlp.entrenamiento.fugas import REPETIDO, Vigia, filtradas, leer_jsonl
from nlp.errores import ConjuntoAusente
from nlp.propuesta import Clase, Tipo

PROPIOS = Path(__file__).parent / "datos"
ESCRITOS = ("escritos_entrenamiento", "ejemplos_sinteticos", "escritos_dificiles")
REALES = "reales_entrenamiento"
POZO = "pool_etiquetado"
DE_DESARROLLO = ("reales_desarrollo", "acuerdos_desarrollo")
"""Solo se miden; nunca se entrena ni se elige nada con ellos."""

_LECTURA = re.compile(r"(COMPROMISO|TAREA|PEDIDO|OTRO)(?:_(PIP|ACTIVIDAD))?(?!.*(?:[+×/]| o ))")


class Origen(StrEnum):
    """De dónde sale un ejemplo y, por tanto, cómo se eligió."""

    REALES = "reales"
    """Oraciones escogidas a mano por ser de los géneros que se miden."""
    ESCRITOS = "escritos"
    """Redactados para entrenar."""
    POZO = "pozo"
    """Sorteadas, o de las que más dudaba el modelo: casi todo es «otro»."""
    TABLAS = "tablas"
    """Filas de tablas y de reportes."""
    DIRIGIDAS = "dirigidas"
    """Buscadas entre las que el modelo creía compromiso o tarea."""


_ORIGENES = {
    "2026-11-tablas-y-reportes": Origen.TABLAS,
    "2026-11-dirigidas": Origen.DIRIGIDAS,
}


@dataclass(frozen=True, slots=True)
class Ejemplo:
    """Una oración etiquetada. `grupo` es el documento o la escena de que sale: nunca se parte."""

    texto: str
    clase: Clase
    tipo: Tipo | None
    grupo: str
    origen: Origen
    dificil: bool = False

    @property
    def real(self) -> bool:
        """Dice si es de los que sirven para validar: texto real escogido a mano."""
        return self.origen is Origen.REALES


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
    filas = leer_jsonl(ruta)
    huella = hashlib.sha256(ruta.read_bytes()).hexdigest()
    if nombre == "ejemplos_sinteticos":
        return Corpus(nombre, huella, tuple(_sintetico(filas)))
    origen = Origen.POZO if nombre == POZO else Origen.REALES
    return Corpus(nombre, huella, tuple(_etiquetado(filas, origen)))


def leer_lo_demas(carpeta: Path, reales: Corpus, etiquetas: Path = ETIQUETAS) -> list[Corpus]:
    """Lee el pozo etiquetado y lo que hemos etiquetado de `crudo/`, si están en la carpeta.

    Deja fuera lo que repite texto de `reales`: no enseña nada nuevo y, como está en otro documento,
    falsearía la validación cruzada.
    """
    crudo = {
        fila["id"]: fila
        for ruta in sorted((carpeta / "crudo").glob("*.jsonl.gz"))
        for fila in leer_jsonl(ruta)
    }
    leidos = [leer(POZO, carpeta)] if (carpeta / f"{POZO}.jsonl").is_file() else []
    for ruta in sorted(etiquetas.glob("*.jsonl")):
        if not ruta.stem.endswith(SEGUNDA) and crudo:
            filas = [crudo[f["id"]] | f for f in leer_jsonl(ruta) if f["id"] in crudo]
            origen = _ORIGENES.get(ruta.stem, Origen.POZO)
            huella = hashlib.sha256(ruta.read_bytes()).hexdigest()
            leidos.append(Corpus(ruta.stem, huella, tuple(_etiquetado(filas, origen))))
    vigia = Vigia(e.texto for e in reales.ejemplos)
    return [
        replace(c, ejemplos=tuple(e for e in c.ejemplos if vigia.parecido(e.texto) < REPETIDO))
        for c in leidos
    ]


def documento(fuente: str) -> str:
    """Devuelve el documento de una fuente: sin el renglón ni la nota («…; lista», «…#L20»)."""
    return re.split(r"#|; ", fuente)[0].strip()


def _etiquetado(filas: list[dict[str, Any]], origen: Origen) -> Iterator[Ejemplo]:
    """Los reales se agrupan por su `fuente`; los escritos, por escena: misma fecha y seguidos.

    Los escritos no tienen `fuente` y su origen es ese, sea cual sea el que se pide.
    """
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
            documento(fila["fuente"])
            if "fuente" in fila
            else f"escena {fila.get('escena', escena)}",
            origen if "fuente" in fila else Origen.ESCRITOS,
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
            Origen.ESCRITOS,
        )
