"""Enseña a leer a la GRU antes de enseñarle clases: predice la palabra siguiente y la anterior.

`python -m nlp.entrenamiento.lectura --datos CARPETA` lee párrafos sorteados de `texto_peru.txt.xz`
y de `crudo/` (nunca los de medida ni los de `reales_entrenamiento`) y deja en `modelos/lectura` los
pesos con que parten las redes de clase. Es el modelo de lengua en los dos sentidos de Peters et
al. 2018, «Deep contextualized word representations», con una sola capa y entropía sobre palabras
sorteadas.
Necesita `torch` (PyPI), que el producto no usa: los pesos viajan con el código.
"""

from __future__ import annotations

import argparse
import importlib
import lzma
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from modelos.cargador import CARPETA, cargar
from nlp.entrenamiento.fichas import encabezar, escribir_toml
from nlp.entrenamiento.fugas import filtradas, leer_jsonl
from nlp.entrenamiento.palabras import TEXTO
from nlp.entrenamiento.red import ANCHO, ENTRADA
from nlp.palabras import DESCONOCIDA, Palabras

VERSION = "2026.1"
PALABRAS = 12_000_000
LARGO, LARGO_MINIMO, LOTE, PASO, APAGADO = 64, 6, 128, 3e-3, 0.1
SORTEADAS, POTENCIA = 800, 0.75
"""Palabras con que se compara la verdadera, sorteadas según su frecuencia a esa potencia."""

_CADA = 200
_SEMILLA = 1
Indices = NDArray[np.intp]


def principal(argumentos: Sequence[str] | None = None) -> None:
    """Lee lo pedido y guarda los pesos con su ficha."""
    lector = argparse.ArgumentParser(description=__doc__)
    lector.add_argument("--datos", type=Path, required=True, help="carpeta con los textos")
    lector.add_argument("--salida", type=Path, default=CARPETA / "lectura")
    lector.add_argument("--palabras", type=int, default=PALABRAS, help="cuántas leer")
    opciones = lector.parse_args(argumentos)
    palabras = Palabras.leer(cargar("palabras").ruta)
    pesos, perdida = _leer(palabras, list(_parrafos(opciones.datos, palabras)), opciones.palabras)
    opciones.salida.mkdir(parents=True, exist_ok=True)
    artefacto = opciones.salida / "modelo.npz"
    np.savez_compressed(
        artefacto, allow_pickle=False, **{n: p.astype(np.float16) for n, p in pesos.items()}
    )
    ficha = encabezar("lectura", VERSION, artefacto, "torch", "numpy") | {
        "palabras_leidas": opciones.palabras,
        "perdida": perdida,
        "palabras": {"sha256": cargar("palabras").ficha["artefacto"]["sha256"]},
    }
    (opciones.salida / "ficha.toml").write_text(escribir_toml(ficha), encoding="utf-8")


def _parrafos(datos: Path, palabras: Palabras) -> Iterator[Indices]:
    """Da los párrafos en orden sorteado: todos los de `crudo/` y doce de normas por cada uno."""
    fugas = filtradas()
    crudo = [
        f["texto"]
        for ruta in sorted((datos / "crudo").glob("*.jsonl.gz"))
        for f in leer_jsonl(ruta)
        if f["id"] not in fugas
    ]
    with lzma.open(datos / TEXTO, "rt", encoding="utf-8") as entrada:
        normas = list(entrada)
    sorteo = random.Random(_SEMILLA)  # noqa: S311
    textos = crudo + sorteo.sample(normas, min(len(normas), 12 * len(crudo)))
    sorteo.shuffle(textos)
    for texto in textos:
        indices = palabras.indices(texto, LARGO)
        if len(indices) >= LARGO_MINIMO:
            yield indices


def _leer(
    palabras: Palabras, parrafos: list[Indices], cuantas: int
) -> tuple[dict[str, NDArray[Any]], float]:
    """Entrena hasta leer esas palabras; devuelve los pesos y la pérdida de los últimos lotes."""
    torch: Any = importlib.import_module("torch")
    torch.manual_seed(_SEMILLA)
    nn, sorteo = torch.nn, np.random.default_rng(_SEMILLA)
    veces = np.bincount(np.concatenate(parrafos)) + 1.0
    veces = np.append(veces, np.ones(palabras.cuantas - len(veces))) ** POTENCIA
    veces[DESCONOCIDA] = 0
    reparto = veces / veces.sum()
    sesgo = torch.tensor(np.log(np.maximum(reparto, 1e-12)), dtype=torch.float32)
    vectores = torch.tensor(palabras.vectores(np.arange(palabras.cuantas)))
    dimensiones = palabras.dimensiones
    proyeccion, apagado = nn.Linear(dimensiones, ENTRADA), nn.Dropout(APAGADO)
    capas = [nn.GRU(ENTRADA, ANCHO, batch_first=True) for _ in range(2)]
    salidas = [nn.Linear(ANCHO, dimensiones) for _ in range(2)]
    todo = nn.ModuleList([proyeccion, *capas, *salidas])
    optimizador = torch.optim.Adam(todo.parameters(), PASO)
    leidas, perdidas = 0, [0.0]
    for paso, lote in enumerate(_lotes(parrafos, sorteo)):
        parte = leidas / cuantas
        if parte >= 1:
            break
        optimizador.param_groups[0]["lr"] = PASO * min(1, parte / 0.03 + 1e-3) * (1 - parte)
        otras = torch.tensor(np.unique(sorteo.choice(len(reparto), SORTEADAS, p=reparto)))
        perdida: Any = 0
        for sentido, capa, salida in zip((1, -1), capas, salidas, strict=True):
            filas = torch.tensor(_rellenar([p[::sentido] for p in lote]))
            siguiente = filas[:, 1:]
            hay = siguiente > DESCONOCIDA
            estados, _ = capa(torch.tanh(proyeccion(apagado(vectores[filas[:, :-1]]))))
            dichas, ciertas = salida(estados[hay]), siguiente[hay]
            propio = (dichas * vectores[ciertas]).sum(1, keepdim=True) - sesgo[ciertas][:, None]
            ajenos = dichas @ vectores[otras].T - sesgo[otras]
            ajenos = ajenos.masked_fill(otras[None] == ciertas[:, None], -1e4)
            puntajes = torch.cat([propio, ajenos], dim=1)
            metas = torch.zeros(len(ciertas), dtype=torch.long)
            perdida = perdida + nn.functional.cross_entropy(puntajes, metas) / 2
        optimizador.zero_grad()
        perdida.backward()
        nn.utils.clip_grad_norm_(todo.parameters(), 1.0)
        optimizador.step()
        leidas += sum(map(len, lote))
        perdidas = [*perdidas[-_CADA:], float(perdida.detach())]
        if paso % _CADA == 0:
            print(f"{leidas:>11,} palabras, pérdida {np.mean(perdidas):.3f}", flush=True)  # noqa: T201
    pesos = {"proyeccion": proyeccion.weight, "proyeccion_sesgo": proyeccion.bias}
    for nombre, capa in zip(("ida", "vuelta"), capas, strict=True):
        pesos |= {
            f"entrada_{nombre}": capa.weight_ih_l0.T,
            f"estado_{nombre}": capa.weight_hh_l0.T,
            f"entrada_sesgo_{nombre}": capa.bias_ih_l0,
            f"estado_sesgo_{nombre}": capa.bias_hh_l0,
        }
    return {n: p.detach().numpy() for n, p in pesos.items()}, float(np.mean(perdidas))


def _lotes(parrafos: list[Indices], sorteo: np.random.Generator) -> Iterator[list[Indices]]:
    """Da lotes de párrafos de largo parecido, sin fin, en orden sorteado."""
    tanda = LOTE * 100
    while True:
        for inicio in range(0, len(parrafos), tanda):
            juntos = sorted(parrafos[inicio : inicio + tanda], key=len)
            for i in sorteo.permutation(-(-len(juntos) // LOTE)):
                yield juntos[i * LOTE : (i + 1) * LOTE]


def _rellenar(lote: list[Indices]) -> Indices:
    """Devuelve los párrafos en una tabla, con la palabra desconocida al final de los cortos."""
    tabla = np.full((len(lote), max(map(len, lote))), DESCONOCIDA, dtype=np.intp)
    for fila, parrafo in zip(tabla, lote, strict=True):
        fila[: len(parrafo)] = parrafo
    return tabla


if __name__ == "__main__":
    principal()
