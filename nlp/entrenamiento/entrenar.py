"""Entrena los modelos «clase» y «tipo» y escribe cada uno con su ficha en `modelos/`.

Pasos: leer el corpus → validación cruzada sin partir documentos, de donde sale el umbral de duda →
entrenar con todo → medir en los conjuntos de desarrollo, si los hay → guardar artefacto y ficha.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import GroupKFold

from modelos.cargador import CARPETA, FORMATO
from nlp.entrenamiento import corpus
from nlp.entrenamiento.corpus import Corpus, Ejemplo
from nlp.errores import ErrorDeNlp
from nlp.rasgos import huella_de_los_lexicos, rasgos, rasgos_de_tipo
from nlp.vectores import Clasificador, Entrada

VERSION = "2026.2"
PESO_DE_LO_ESCRITO = 0.7
"""Lo escrito para entrenar es más limpio que lo real: pesa menos (validación cruzada)."""

PESO_DE_LAS_MAYUSCULAS = 0.2
"""Cada ejemplo se repite en mayúsculas con este peso (validación cruzada por documento): en actas
en mayúsculas la macro-F1 cae 1 punto en vez de 4, y en las demás no cambia."""

EXACTITUD_SIN_DUDA = 0.9
"""El modelo se abstiene lo necesario para acertar al menos así en lo que afirma."""

PLIEGUES, SEMILLA = 5, 7

Tabla = dict[str, Any]
"""Tabla de la ficha: textos, números y otras tablas."""


@dataclass(frozen=True, slots=True)
class Tarea:
    """Qué se aprende: la etiqueta de cada ejemplo (None si no la lleva) y sus rasgos."""

    nombre: str
    etiqueta: Callable[[Ejemplo], str | None]
    rasgos: Callable[[str], list[str]]


TAREAS = (
    Tarea("clase", lambda e: e.clase.value, rasgos),
    Tarea("tipo", lambda e: e.tipo.value if e.tipo else None, rasgos_de_tipo),
)


@dataclass(frozen=True, slots=True)
class Muestras:
    """Ejemplos de una tarea, con sus entradas y etiquetas en el mismo orden.

    `en_mayusculas` son las mismas entradas, como las escribiría un acta en mayúsculas.
    """

    ejemplos: Sequence[Ejemplo]
    entradas: Sequence[Entrada]
    en_mayusculas: Sequence[Entrada]
    etiquetas: NDArray[np.str_]

    @classmethod
    def de(cls, corpora: Sequence[Corpus], tarea: Tarea) -> Muestras:
        """Toma de los conjuntos los ejemplos que llevan etiqueta de la tarea."""
        utiles = [e for c in corpora for e in c.ejemplos if tarea.etiqueta(e)]
        textos = [e.texto for e in utiles]
        entradas, en_mayusculas = (
            [Entrada(t, tarea.rasgos(t)) for t in escritos]
            for escritos in (textos, map(str.upper, textos))
        )
        etiquetas = np.array([tarea.etiqueta(e) for e in utiles])
        return cls(utiles, entradas, en_mayusculas, etiquetas)

    def entrenar(self, indices: Sequence[int] | NDArray[np.intp] | None = None) -> Clasificador:
        """Entrena con los ejemplos indicados, o con todos."""
        elegidos = range(len(self.ejemplos)) if indices is None else indices
        etiquetas = [str(self.etiquetas[i]) for i in elegidos]
        pesos = [1.0 if self.ejemplos[i].real else PESO_DE_LO_ESCRITO for i in elegidos]
        return Clasificador.entrenar(
            [*(self.entradas[i] for i in elegidos), *(self.en_mayusculas[i] for i in elegidos)],
            etiquetas * 2,
            pesos + [p * PESO_DE_LAS_MAYUSCULAS for p in pesos],
        )


def principal(argumentos: Sequence[str] | None = None) -> None:
    """Entrena y guarda los dos modelos."""
    lector = argparse.ArgumentParser(description=__doc__)
    lector.add_argument("--datos", type=Path, help="carpeta con los conjuntos reales")
    lector.add_argument("--salida", type=Path, default=CARPETA, help="dónde guardar los modelos")
    opciones = lector.parse_args(argumentos)
    escritos = [corpus.leer(nombre) for nombre in corpus.ESCRITOS]
    reales = [corpus.leer(corpus.REALES, opciones.datos)] if opciones.datos else []
    desarrollo = [
        corpus.leer(nombre, opciones.datos) for nombre in corpus.DE_DESARROLLO if opciones.datos
    ]
    for tarea in TAREAS:
        ficha = entrenar(tarea, escritos, reales, desarrollo, opciones.salida)
        print(escribir_toml(ficha))  # noqa: T201


def entrenar(
    tarea: Tarea,
    escritos: Sequence[Corpus],
    reales: Sequence[Corpus],
    desarrollo: Sequence[Corpus],
    salida: Path,
) -> Tabla:
    """Entrena una tarea, guarda su artefacto y su ficha en `salida/<tarea>` y devuelve la ficha."""
    muestras = Muestras.de([*escritos, *reales], tarea)
    etiquetas, probabilidades, clases = _validar(muestras)
    umbral = _umbral(etiquetas, probabilidades, clases)
    modelo = muestras.entrenar()
    metricas: Tabla = {"validacion_cruzada": _medir(etiquetas, probabilidades, clases, umbral)}
    modelos = {"": modelo}
    if reales:
        modelos["_solo_con_lo_escrito"] = Muestras.de(escritos, tarea).entrenar()
    for conjunto in [*reales, *desarrollo]:
        prueba = Muestras.de([conjunto], tarea)
        for sufijo, medido in modelos.items():
            if sufijo or conjunto not in reales:
                tabla = medido.probabilidades(prueba.entradas)
                nombre = f"{conjunto.nombre}{sufijo}"
                metricas[nombre] = _medir(prueba.etiquetas, tabla, medido.clases, umbral)
    return _guardar(tarea, modelo, umbral, [*escritos, *reales], metricas, salida)


def _validar(
    muestras: Muestras,
) -> tuple[NDArray[np.str_], NDArray[np.float64], tuple[str, ...]]:
    """Predice cada ejemplo con un modelo que no vio su documento; si hay reales, solo esos."""
    reales = np.array([e.real for e in muestras.ejemplos])
    medidos = reales if reales.any() else ~reales
    grupos = [e.grupo for e in muestras.ejemplos]
    clases = tuple(sorted(set(muestras.etiquetas.tolist())))
    tabla = np.zeros((len(grupos), len(clases)))
    pliegues = GroupKFold(PLIEGUES, shuffle=True, random_state=SEMILLA)
    for vistos, ocultos in pliegues.split(grupos, groups=grupos):
        prueba = ocultos[medidos[ocultos]]
        if len(prueba):
            modelo = muestras.entrenar(vistos)
            tabla[prueba] = modelo.probabilidades([muestras.entradas[i] for i in prueba])
    return muestras.etiquetas[medidos], tabla[medidos], clases


def _umbral(
    etiquetas: NDArray[np.str_], tabla: NDArray[np.float64], clases: tuple[str, ...]
) -> float:
    """Devuelve la menor confianza, de centésima en centésima, desde la que se acierta lo pedido."""
    confianza = tabla.max(axis=1)
    acierta = np.array(clases)[tabla.argmax(axis=1)] == etiquetas
    for umbral in np.arange(0.5, 1.0, 0.01):
        if acierta[confianza >= umbral].mean() >= EXACTITUD_SIN_DUDA:
            return round(float(umbral), 2)
    return 0.99


def _medir(
    etiquetas: NDArray[np.str_],
    tabla: NDArray[np.float64],
    clases: tuple[str, ...],
    umbral: float,
) -> Tabla:
    confianza = tabla.max(axis=1)
    predichas = np.array(clases)[tabla.argmax(axis=1)]
    seguras = confianza >= umbral
    por_clase = f1_score(etiquetas, predichas, labels=list(clases), average=None, zero_division=0)
    medidas: Tabla = {
        "n": len(etiquetas),
        "macro_f1": float(por_clase.mean()),
        "exactitud": float(accuracy_score(etiquetas, predichas)),
        "cobertura_sin_duda": float(seguras.mean()),
        "exactitud_sin_duda": float((predichas == etiquetas)[seguras].mean()),
        "error_de_calibracion": _error_de_calibracion(confianza, predichas == etiquetas),
    }
    return medidas | {f"f1_{c}": float(f) for c, f in zip(clases, por_clase, strict=True)}


def _error_de_calibracion(confianza: NDArray[np.float64], acierta: NDArray[np.bool_]) -> float:
    """Diferencia media entre confianza y acierto, en diez cajas de confianza."""
    cajas = np.minimum((confianza * 10).astype(int), 9)
    return float(
        sum(
            abs(confianza[cajas == caja].mean() - acierta[cajas == caja].mean())
            * (cajas == caja).mean()
            for caja in np.unique(cajas)
        )
    )


def _guardar(
    tarea: Tarea,
    modelo: Clasificador,
    umbral: float,
    corpora: Sequence[Corpus],
    metricas: Tabla,
    salida: Path,
) -> Tabla:
    carpeta = salida / tarea.nombre
    carpeta.mkdir(parents=True, exist_ok=True)
    artefacto = carpeta / "modelo.npz"
    modelo.guardar(artefacto)
    ficha: Tabla = {
        "version": VERSION,
        "formato": FORMATO,
        "fecha": datetime.now(ZoneInfo("America/Lima")).date().isoformat(),
        "nombre": tarea.nombre,
        "etiquetas": ", ".join(modelo.clases),
        "umbral_de_duda": umbral,
        "huella_de_los_lexicos": huella_de_los_lexicos(),
        "artefacto": {
            "archivo": artefacto.name,
            "sha256": hashlib.sha256(artefacto.read_bytes()).hexdigest(),
        },
        "bibliotecas": {nombre: version(nombre) for nombre in ("scikit-learn", "numpy")},
        "corpus": {
            c.nombre: {
                "ejemplos": sum(tarea.etiqueta(e) is not None for e in c.ejemplos),
                "sha256": c.sha256,
            }
            for c in corpora
        },
        "metricas": metricas,
    }
    (carpeta / "ficha.toml").write_text(escribir_toml(ficha), encoding="utf-8")
    return ficha


def escribir_toml(tabla: Mapping[str, object], ruta: str = "") -> str:
    """Escribe en TOML una tabla de textos, números y tablas."""
    valores = {k: v for k, v in tabla.items() if not isinstance(v, Mapping)}
    lineas = [f"[{ruta}]"] if ruta and valores else []
    lineas += [f"{k} = {_valor(v)}" for k, v in valores.items()]
    partes = ["\n".join(lineas) + "\n"] if lineas else []
    for clave, valor in tabla.items():
        if isinstance(valor, Mapping):
            partes.append(escribir_toml(valor, f"{ruta}.{clave}" if ruta else clave))
    return "\n".join(partes)


def _valor(valor: object) -> str:
    if isinstance(valor, float):
        return f"{valor:.3f}"
    return str(valor) if isinstance(valor, int) else f'"{valor}"'


if __name__ == "__main__":
    try:
        principal()
    except ErrorDeNlp as error:
        raise SystemExit(f"{error} {error.consejo}") from error
