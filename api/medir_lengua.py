"""Velocidad y memoria del paso de lengua: de `Documento` a propuestas, sin lectura ni reglas.

Se informa tiempo de CPU, que en una máquina compartida es lo comparable; la carga y la memoria se
miden en un proceso nuevo, que solo arma la tubería y analiza un acta.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingesta.documento import Documento
from ingesta.lectores import leer
from nlp.entrenamiento import corpus
from nlp.tuberia import Tuberia, crear_tuberia

EJEMPLOS = Path(__file__).parents[1] / "ejemplos"
PALABRAS_DE_LA_CLAUSULA = 64
CLAUSULAS = 150
SEGUNDOS_DE_CPU = 3.0
"""Se repite la vuelta a las actas hasta gastar al menos esta CPU."""

_PROCESO_NUEVO = """
import resource, sys, time
from nlp.tuberia import crear_tuberia
tuberia = crear_tuberia()
carga = time.process_time()
from ingesta.lectores import leer
from pathlib import Path
tuberia.analizar(leer(Path(sys.argv[1])))
print(carga, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


@dataclass(frozen=True, slots=True)
class MedidaDeLengua:
    """Palabras por segundo de CPU, milisegundos por cláusula, segundos de CPU de carga y MB."""

    palabras_por_segundo: float
    clausula_p50_ms: float
    clausula_p90_ms: float
    carga_s: float
    memoria_mb: float

    def __str__(self) -> str:
        return (
            f"Lengua: {self.palabras_por_segundo:.0f} palabras por segundo de CPU · cláusula de "
            f"{PALABRAS_DE_LA_CLAUSULA} palabras: {self.clausula_p50_ms:.1f} ms de CPU (p50), "
            f"{self.clausula_p90_ms:.1f} ms (p90) · carga: {self.carga_s:.1f} s de CPU · "
            f"memoria: {self.memoria_mb:.0f} MB"
        )


def medir(tuberia: Tuberia | None = None) -> MedidaDeLengua:
    """Mide el paso de lengua sobre las actas de ejemplo y sobre cláusulas de lo escrito."""
    tuberia = tuberia or crear_tuberia()
    actas = sorted(p for p in EJEMPLOS.iterdir() if p.suffix in {".docx", ".pdf"})
    documentos = [leer(ruta) for ruta in actas]
    tiempos = sorted(_clausulas_medidas(tuberia))
    salida = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _PROCESO_NUEVO, str(actas[0])],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout.split()
    return MedidaDeLengua(
        _palabras_por_segundo(tuberia, documentos),
        statistics.median(tiempos),
        tiempos[int(0.9 * len(tiempos))],
        float(salida[0]),
        float(salida[1]),
    )


def _palabras_por_segundo(tuberia: Tuberia, documentos: Sequence[Documento]) -> float:
    tuberia.analizar(documentos[0])
    palabras = sum(len(d.texto.split()) for d in documentos)
    vueltas, inicio = 0, time.process_time()
    while (gastado := time.process_time() - inicio) < SEGUNDOS_DE_CPU:
        for documento in documentos:
            tuberia.analizar(documento)
        vueltas += 1
    return vueltas * palabras / gastado


def _clausulas_medidas(tuberia: Tuberia) -> Iterator[float]:
    """Da los milisegundos de CPU de proponer cada cláusula; ninguna se repite."""
    for clausula in clausulas():
        inicio = time.process_time()
        tuberia.proponer(clausula)
        yield 1000 * (time.process_time() - inicio)


def clausulas(cuantas: int = CLAUSULAS) -> list[str]:
    """Devuelve cláusulas de 64 palabras hechas con los ítems escritos, en su orden."""
    ejemplos = corpus.leer("escritos_entrenamiento").ejemplos
    palabras = " ".join(e.texto for e in ejemplos).split()
    n = PALABRAS_DE_LA_CLAUSULA
    return [" ".join(palabras[i * n : (i + 1) * n]) for i in range(cuantas)]
