"""Lo que hay que entrenar otra vez para saberlo: aprendizaje, ablación y escenas apartadas.

La quinta parte de los documentos reales queda apartada y sirve para medir, junto con los conjuntos
de desarrollo. La curva y la ablación son de la parte lineal, que se entrena en segundos; la
ablación trae además lo que suman las redes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from nlp.entrenamiento.corpus import Corpus, Ejemplo, Origen
from nlp.entrenamiento.intervalos import Cifra, cifra
from nlp.entrenamiento.medidas import confusion, macro_f1
from nlp.entrenamiento.muestras import TAREAS, Muestras, Tarea
from nlp.entrenamiento.red import Lectura
from nlp.mezcla import Clasificador
from nlp.vectores import Entrada

PARTES = (0.1, 0.25, 0.5, 0.75, 1.0)
PLIEGUES, SEMILLA = 5, 7
_NINGUNO = ("ninguno",)
"""Un rasgo que llevan todos no dice nada; sin ninguno no se podría entrenar."""

Avisar = Callable[[str], None]

GRUPOS: Mapping[str, tuple[str, ...]] = {
    "marcadores léxicos": ("m:", "m0:"),
    "verbo de la obligación": ("v:", "v0:", "vg:", "n:", "o:"),
    "sujeto": ("suj",),
    "forma y tiempo": ("largo:", "fin:", "f:", "fila:", "inicial:", "todo:", "rotulo:", "pregunta"),
}
"""Grupo de rasgos → con qué empiezan sus nombres (`nlp.rasgos`)."""


@dataclass(frozen=True, slots=True)
class Medicion:
    """Macro-F1 por conjunto de un modelo entrenado de cierto modo («50 % de los documentos»)."""

    modo: str
    documentos: int
    filas: int
    macro_f1: Mapping[str, Cifra]


@dataclass(frozen=True, slots=True)
class Banco:
    """Muestras para entrenar, qué índices se pueden ver y con qué se mide."""

    muestras: Muestras
    visibles: NDArray[np.intp]
    pruebas: Mapping[str, Muestras]

    @classmethod
    def de(cls, entrenables: Sequence[Corpus], desarrollo: Sequence[Corpus], tarea: Tarea) -> Banco:
        """Aparta la quinta parte de los documentos reales; lo escrito se ve siempre."""
        muestras = Muestras.de(entrenables, tarea)
        apartados = _quinta_parte(muestras)
        ejemplos = muestras.ejemplos
        visibles = np.array([i for i, e in enumerate(ejemplos) if e.grupo not in apartados])
        ocultos = [i for i, e in enumerate(ejemplos) if e.grupo in apartados]
        pruebas = {"documentos apartados": elegir(muestras, ocultos)} if ocultos else {}
        pruebas |= {c.nombre: Muestras.de([c], tarea) for c in desarrollo}
        return cls(muestras, visibles, pruebas)

    def medir(
        self,
        modo: str,
        indices: Sequence[int] | NDArray[np.intp],
        lectura: Lectura | None = None,
    ) -> Medicion:
        """Entrena con esos índices (con `lectura`, también las redes) y mide en las pruebas."""
        modelo = self.muestras.entrenar(indices, lectura)
        ejemplos = (self.muestras.ejemplos[i] for i in indices)
        grupos = {e.grupo for e in ejemplos if not _escrito(e)}
        cifras = {n: medir(modelo, p) for n, p in self.pruebas.items()}
        return Medicion(modo, len(grupos), len(indices), cifras)


def curva(banco: Banco, avisar: Avisar) -> list[Medicion]:
    """Mide con cada vez más documentos reales, sorteados una sola vez; lo escrito va siempre."""
    ejemplos = banco.muestras.ejemplos
    reales = sorted({ejemplos[i].grupo for i in banco.visibles if not _escrito(ejemplos[i])})
    orden = np.random.default_rng(SEMILLA).permutation(len(reales))
    mediciones = []
    for parte in (0.0, *PARTES):
        vistos = {reales[j] for j in orden[: round(parte * len(reales))]}
        indices = [
            i for i in banco.visibles if _escrito(ejemplos[i]) or ejemplos[i].grupo in vistos
        ]
        if not indices:
            continue
        avisar(f"curva de aprendizaje: {parte:.0%} de los documentos reales")
        mediciones.append(banco.medir(f"{parte:.0%}".replace("%", " %"), indices))
    return mediciones


def ablacion(banco: Banco, lectura: Lectura | None, avisar: Avisar) -> list[Medicion]:
    """Mide con todo, y quitando cada grupo de rasgos o el texto, al entrenar y al medir.

    Con `lectura`, empieza por la medida con las redes.
    """
    quitar: dict[str, Callable[[Entrada], Entrada]] = {"lineal": lambda e: e}
    for nombre, prefijos in GRUPOS.items():
        quitar[f"sin {nombre}"] = _sin(prefijos)
    quitar["sin ningún rasgo (solo el texto)"] = lambda e: replace(e, rasgos=_NINGUNO)
    quitar["sin el texto (solo los rasgos)"] = lambda e: replace(e, texto="")
    mediciones = []
    if lectura:
        avisar("ablación: con las redes")
        mediciones.append(banco.medir("lineal y redes", banco.visibles, lectura))
    for modo, cambio in quitar.items():
        avisar(f"ablación: {modo}")
        pruebas = {n: _cambiar(p, cambio) for n, p in banco.pruebas.items()}
        otro = Banco(_cambiar(banco.muestras, cambio), banco.visibles, pruebas)
        mediciones.append(otro.medir(modo, otro.visibles))
    return mediciones


def escenas_apartadas(
    entrenables: Sequence[Corpus], escritos: str, avisar: Avisar
) -> dict[str, Cifra]:
    """Predice cada ítem escrito con un modelo lineal que no vio su escena; macro-F1 por tarea."""
    cifras = {}
    for tarea in TAREAS:
        muestras = Muestras.de(entrenables, tarea)
        propio = next(c for c in entrenables if c.nombre == escritos)
        grupos = [e.grupo for e in muestras.ejemplos]
        medibles = {id(e) for e in propio.ejemplos}
        casos: list[tuple[str, str, str]] = []
        pliegues = GroupKFold(PLIEGUES, shuffle=True, random_state=SEMILLA)
        for vuelta, (vistos, ocultos) in enumerate(pliegues.split(grupos, groups=grupos), 1):
            avisar(f"escenas apartadas, {tarea.nombre}: vuelta {vuelta} de {PLIEGUES}")
            prueba = [int(i) for i in ocultos if id(muestras.ejemplos[i]) in medibles]
            if prueba:
                casos += predecir(muestras.entrenar(vistos, None), elegir(muestras, prueba))
        cifras[tarea.nombre] = _macro(casos, sorted(set(map(str, muestras.etiquetas))))
    return cifras


def medir(modelo: Clasificador, prueba: Muestras) -> Cifra:
    """Devuelve la macro-F1 de un modelo en unas muestras, con intervalo por documento."""
    return _macro(predecir(modelo, prueba), sorted(modelo.clases))


def predecir(modelo: Clasificador, prueba: Muestras) -> list[tuple[str, str, str]]:
    """Devuelve (documento, etiqueta de oro, etiqueta leída) de cada muestra."""
    leidas = modelo.probabilidades(prueba.entradas).argmax(axis=1)
    return [
        (ejemplo.grupo, str(oro), modelo.clases[leida])
        for ejemplo, oro, leida in zip(prueba.ejemplos, prueba.etiquetas, leidas, strict=True)
    ]


def _macro(casos: Iterable[tuple[str, str, str]], clases: Sequence[str]) -> Cifra:
    cuentas = [(d, np.array(confusion(clases, oro, leida))) for d, oro, leida in casos]
    return cifra(cuentas, macro_f1(len(clases)), len(cuentas))


def elegir(muestras: Muestras, indices: Sequence[int]) -> Muestras:
    """Devuelve las muestras de esos índices."""
    return Muestras(
        muestras.tarea,
        [muestras.ejemplos[i] for i in indices],
        [muestras.entradas[i] for i in indices],
        [muestras.en_mayusculas[i] for i in indices],
        muestras.etiquetas[list(indices)],
    )


def _cambiar(muestras: Muestras, cambio: Callable[[Entrada], Entrada]) -> Muestras:
    return replace(
        muestras,
        entradas=[cambio(e) for e in muestras.entradas],
        en_mayusculas=[cambio(e) for e in muestras.en_mayusculas],
    )


def _sin(prefijos: tuple[str, ...]) -> Callable[[Entrada], Entrada]:
    return lambda e: replace(e, rasgos=[r for r in e.rasgos if not r.startswith(prefijos)])


def _quinta_parte(muestras: Muestras) -> frozenset[str]:
    reales = sorted({e.grupo for e in muestras.ejemplos if e.real})
    orden = np.random.default_rng(SEMILLA).permutation(len(reales))
    return frozenset(reales[i] for i in orden[: len(reales) // PLIEGUES])


def _escrito(ejemplo: Ejemplo) -> bool:
    return ejemplo.origen is Origen.ESCRITOS
