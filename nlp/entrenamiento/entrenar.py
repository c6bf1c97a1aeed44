"""Entrena los modelos «clase» y «tipo» y escribe cada uno con su ficha en `modelos/`.

Pasos: leer el corpus → validación cruzada sin partir documentos, de donde sale el umbral de duda →
entrenar con todo → medir en los conjuntos de desarrollo, si los hay → guardar artefacto y ficha.
Lo que se entrena por separado va en paralelo, un núcleo por modelo: con dos, unos quince minutos.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed, parallel_config
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import GroupKFold

from modelos.cargador import CARPETA, cargar
from nlp.entrenamiento import corpus
from nlp.entrenamiento.corpus import Corpus
from nlp.entrenamiento.fichas import Tabla, encabezar, escribir_toml
from nlp.entrenamiento.muestras import TAREAS, Muestras, Tarea
from nlp.entrenamiento.red import Lectura
from nlp.errores import ErrorDeNlp
from nlp.mezcla import Clasificador
from nlp.rasgos import huella_de_los_lexicos
from nlp.vectores import Reales

VERSION = "2026.3"
EXACTITUD_SIN_DUDA = 0.9
"""El modelo se abstiene lo necesario para acertar al menos así en lo que afirma. Siete de cada diez
ejemplos de la validación son difíciles; si lo fuera la mitad, acertaría cerca de 0,93."""

PLIEGUES, SEMILLA = 5, 7


def principal(argumentos: Sequence[str] | None = None) -> None:
    """Entrena y guarda los dos modelos."""
    lector = argparse.ArgumentParser(description=__doc__)
    lector.add_argument("--datos", type=Path, help="carpeta con los conjuntos reales")
    lector.add_argument("--salida", type=Path, default=CARPETA, help="dónde guardar los modelos")
    opciones = lector.parse_args(argumentos)
    escritos = [corpus.leer(nombre) for nombre in corpus.ESCRITOS]
    reales: list[Corpus] = []
    desarrollo: list[Corpus] = []
    if opciones.datos:
        reales = [corpus.leer(corpus.REALES, opciones.datos)]
        reales += corpus.leer_lo_demas(opciones.datos, reales[0])
        desarrollo = [corpus.leer(nombre, opciones.datos) for nombre in corpus.DE_DESARROLLO]
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
    """Entrena una tarea, guarda su artefacto y su ficha en `salida/<tarea>` y devuelve la ficha.

    De `reales`, el primero es el que se valida.
    """
    lectura = Lectura.leer() if tarea.con_redes else None
    muestras = Muestras.de([*escritos, *reales], tarea)
    solo_escrito = Muestras.de(escritos, tarea)
    pliegues = list(_pliegues(muestras))
    encargos = [(muestras, vistos) for vistos, _ in pliegues]
    encargos.append((muestras, np.arange(len(muestras.ejemplos))))
    if reales:
        encargos.append((solo_escrito, np.arange(len(solo_escrito.ejemplos))))
    with parallel_config("loky", inner_max_num_threads=1):
        entrenados = Parallel(n_jobs=-1, verbose=10)(
            delayed(m.entrenar)(vistos, lectura) for m, vistos in encargos
        )
    modelo: Clasificador = entrenados[len(pliegues)]
    etiquetas, tabla = _validar(muestras, pliegues, entrenados)
    umbral = _umbral(etiquetas, tabla, modelo.clases)
    metricas: Tabla = {"validacion_cruzada": _medir(etiquetas, tabla, modelo.clases, umbral)}
    modelos = {"": modelo} | ({"_solo_con_lo_escrito": entrenados[-1]} if reales else {})
    for conjunto in [*reales[:1], *desarrollo]:
        prueba = Muestras.de([conjunto], tarea)
        for sufijo, medido in modelos.items():
            if sufijo or conjunto not in reales:
                tabla = medido.probabilidades(prueba.entradas)
                nombre = f"{conjunto.nombre}{sufijo}"
                metricas[nombre] = _medir(prueba.etiquetas, tabla, medido.clases, umbral)
    return _guardar(tarea, modelo, umbral, [*escritos, *reales], metricas, salida)


Pliegue = tuple[NDArray[np.intp], NDArray[np.intp]]
"""Los ejemplos que se ven y los que se predicen."""


def _pliegues(muestras: Muestras) -> Iterator[Pliegue]:
    """Reparte en pliegues los documentos de los reales o, si no hay, las escenas de lo escrito.

    De lo demás no se ve nada que salga de los documentos apartados.
    """
    reales = np.array([e.real for e in muestras.ejemplos])
    medidos = np.flatnonzero(reales if reales.any() else ~reales)
    grupos = np.array([e.grupo for e in muestras.ejemplos])
    reparto = GroupKFold(PLIEGUES, shuffle=True, random_state=SEMILLA)
    for _, ocultos in reparto.split(medidos, groups=grupos[medidos]):
        prueba = medidos[ocultos]
        yield np.flatnonzero(~np.isin(grupos, grupos[prueba])), prueba


def _validar(
    muestras: Muestras, pliegues: Sequence[Pliegue], modelos: Sequence[Clasificador]
) -> tuple[NDArray[np.str_], Reales]:
    """Predice cada ejemplo con el modelo que no vio su documento."""
    medidos = np.concatenate([prueba for _, prueba in pliegues])
    tablas = [
        modelo.probabilidades([muestras.entradas[i] for i in prueba])
        for modelo, (_, prueba) in zip(modelos, pliegues, strict=False)
    ]
    return muestras.etiquetas[medidos], np.concatenate(tablas)


def _umbral(etiquetas: NDArray[np.str_], tabla: Reales, clases: tuple[str, ...]) -> float:
    """Devuelve la menor confianza, de centésima en centésima, desde la que se acierta lo pedido."""
    confianza = tabla.max(axis=1)
    acierta = np.array(clases)[tabla.argmax(axis=1)] == etiquetas
    for umbral in np.arange(0.5, 1.0, 0.01):
        if acierta[confianza >= umbral].mean() >= EXACTITUD_SIN_DUDA:
            return round(float(umbral), 2)
    return 0.99


def _medir(
    etiquetas: NDArray[np.str_],
    tabla: Reales,
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
    ficha = encabezar(tarea.nombre, VERSION, artefacto, "scikit-learn", "numpy", "thinc") | {
        "etiquetas": ", ".join(modelo.clases),
        "umbral_de_duda": umbral,
        "huella_de_los_lexicos": huella_de_los_lexicos(),
        "corpus": {
            c.nombre: {
                "ejemplos": sum(tarea.etiqueta(e) is not None for e in c.ejemplos),
                "sha256": c.sha256,
            }
            for c in corpora
        },
        "metricas": metricas,
    }
    if tarea.con_redes:
        for nombre in ("palabras", "lectura"):
            ficha[nombre] = {"sha256": cargar(nombre).ficha["artefacto"]["sha256"]}
    (carpeta / "ficha.toml").write_text(escribir_toml(ficha), encoding="utf-8")
    return ficha


if __name__ == "__main__":
    try:
        principal()
    except ErrorDeNlp as error:
        raise SystemExit(f"{error} {error.consejo}") from error
