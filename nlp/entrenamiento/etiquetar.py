"""Saca oraciones reales para leer y recoge las etiquetas. `make etiquetar` lo llama.

`sacar` elige de `crudo/` las oraciones en que el modelo más duda y que menos se parecen entre sí,
pocas por documento, y escribe un lote JSONL sin la clase propuesta, para que quien lee no se deje
llevar. Se rellenan `clase`, `tipo` y `dificil` según `docs/guia-de-etiquetado.md`. `recoger` las
comprueba y guarda en `modelos/etiquetas/` solo id y etiqueta: los textos no entran al repositorio.
`segunda` aparta el 5 % de lo ya leído (u otra parte), de documentos distintos, para una segunda
lectura a ciegas.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer

from nlp.clasificadores import Clasificadores, Muestra
from nlp.entrenamiento.acuerdo import ETIQUETAS, SEGUNDA
from nlp.entrenamiento.corpus import documento
from nlp.entrenamiento.fugas import filtradas, leer_jsonl
from nlp.errores import ConjuntoAusente, ErrorDeNlp
from nlp.propuesta import Clase, Tipo

LOTES = Path("tmp") / "etiquetar"
CUANTAS, POR_DOCUMENTO, SEMILLA = 200, 3, 7
MIRADAS = 8000
"""Oraciones sorteadas que mira el modelo; con todas tardaría minutos y elige casi lo mismo."""

CANDIDATAS = 6
"""Por cada oración que se saca se consideran seis de las más inciertas."""

CUOTAS = {"pe": 0.5, "cf": 0.35, "co": 0.15}
"""Parte del lote por colección: normas y actas del Perú, reportes de conflictos, y de fuera."""

PALABRAS_MINIMAS = 6
PARTE_DE_LA_SEGUNDA = 0.05
_ID = re.compile(r"(?:pe|co|cf)\d{5}")
_BOLSA = HashingVectorizer(n_features=2**15, ngram_range=(1, 2), strip_accents="unicode")
Fila = Mapping[str, Any]


class LoteInvalido(ErrorDeNlp):
    """El lote leído tiene etiquetas que no se pueden recoger; no se guardó ninguna."""

    consejo = "Corrija esas filas según docs/guia-de-etiquetado.md y vuelva a recoger el lote."


def incertidumbre(clasificadores: Clasificadores, textos: Sequence[str]) -> list[float]:
    """Devuelve, por texto, cuánto duda el modelo: 1 menos la ventaja de la clase más probable.

    Lo que una regla da por cierto vale 0.
    """
    dudas = []
    for leida in clasificadores.clasificar([Muestra(t) for t in textos]):
        mejores = sorted(leida.probabilidades.values(), reverse=True)
        dudas.append(1 - (mejores[0] - mejores[1]) if len(mejores) > 1 else 0.0)
    return dudas


def elegir(filas: Sequence[Fila], dudas: Sequence[float], cuantas: int) -> list[Fila]:
    """Elige las más inciertas y distintas: cada una, la de mayor duda × distancia a las elegidas.

    La distancia es 1 menos el coseno de sus palabras; de un documento salen a lo más tres.
    """
    orden = sorted(range(len(filas)), key=lambda i: dudas[i], reverse=True)
    orden = orden[: cuantas * CANDIDATAS]
    if not orden:
        return []
    bolsas = _BOLSA.transform([filas[i]["texto"] for i in orden])
    duda = np.array([dudas[i] for i in orden])
    parecido = np.zeros(len(orden))
    libre = np.ones(len(orden), dtype=bool)
    por_documento: Counter[str] = Counter()
    elegidas: list[Fila] = []
    while libre.any() and len(elegidas) < cuantas:
        i = int(np.argmax(np.where(libre, duda * (1 - parecido), -1)))
        libre[i] = False
        fila = filas[orden[i]]
        if por_documento[documento(fila["fuente"])] == POR_DOCUMENTO:
            continue
        por_documento[documento(fila["fuente"])] += 1
        elegidas.append(fila)
        parecido = np.maximum(parecido, bolsas.dot(bolsas[i].T).toarray().ravel())
    return elegidas


def por_leer(datos: Path, etiquetas: Path = ETIQUETAS) -> list[Fila]:
    """Devuelve las oraciones de `crudo/` sin etiqueta, no muy cortas y sin texto de medida.

    Raises:
        ConjuntoAusente: no está la carpeta `crudo`.
    """
    rutas = sorted((datos / "crudo").glob("*.jsonl.gz"))
    if not rutas:
        raise ConjuntoAusente(f"no hay oraciones en {datos / 'crudo'}.")
    vistas = ya_leidas(etiquetas) | filtradas()
    for conjunto in ("pool_etiquetado", "reales_entrenamiento"):
        ruta = datos / f"{conjunto}.jsonl"
        vistas |= {f["id"] for f in leer_jsonl(ruta)} if ruta.is_file() else set()
    nuevas = (f for ruta in rutas for f in leer_jsonl(ruta) if f["id"] not in vistas)
    return [f for f in nuevas if len(f["texto"].split()) >= PALABRAS_MINIMAS]


def ya_leidas(etiquetas: Path = ETIQUETAS) -> set[str]:
    """Devuelve los id que ya tienen etiqueta en el repositorio."""
    return {f["id"] for ruta in etiquetas.glob("*.jsonl") for f in leer_jsonl(ruta)}


def sacar(datos: Path, cuantas: int, salida: Path) -> int:
    """Escribe un lote para leer, ordenado por documento, y devuelve cuántas oraciones lleva."""
    filas = por_leer(datos)
    random.Random(f"{SEMILLA}:{len(filas)}").shuffle(filas)  # noqa: S311
    clasificadores = Clasificadores()
    elegidas: list[Fila] = []
    for coleccion, parte in CUOTAS.items():
        suyas = [f for f in filas if f["id"].startswith(coleccion)][: round(parte * MIRADAS)]
        dudas = incertidumbre(clasificadores, [f["texto"] for f in suyas])
        elegidas += elegir(suyas, dudas, round(parte * cuantas))
    _escribir_lote(salida, sorted(elegidas, key=lambda f: (f["fuente"], f["id"])))
    return len(elegidas)


def segunda(leidas: Path, datos: Path, salida: Path, parte: float = PARTE_DE_LA_SEGUNDA) -> int:
    """Escribe un lote con una parte de unas etiquetas, sin ellas, para leerlo otra vez a ciegas.

    Sortea con semilla fija y no repite documento mientras queden otros.
    """
    ids = {f["id"] for f in leer_jsonl(leidas)}
    rutas = sorted((datos / "crudo").glob("*.jsonl.gz"))
    filas = sorted(
        (f for ruta in rutas for f in leer_jsonl(ruta) if f["id"] in ids), key=lambda f: f["id"]
    )
    random.Random(f"{SEMILLA}:{leidas.stem}").shuffle(filas)  # noqa: S311
    vueltas: Counter[str] = Counter()
    por_vuelta = []
    for fila in filas:
        por_vuelta.append((vueltas[documento(fila["fuente"])], fila))
        vueltas[documento(fila["fuente"])] += 1
    por_vuelta.sort(key=lambda par: par[0])
    sorteadas = [fila for _, fila in por_vuelta[: max(1, round(parte * len(ids)))]]
    _escribir_lote(salida, sorted(sorteadas, key=lambda f: (f["fuente"], f["id"])))
    return len(sorteadas)


def _escribir_lote(salida: Path, filas: Iterable[Fila]) -> None:
    salida.parent.mkdir(parents=True, exist_ok=True)
    vacia = {"clase": None, "tipo": None, "dificil": False}
    with salida.open("w", encoding="utf-8") as archivo:
        for fila in filas:
            vista = {k: fila[k] for k in ("id", "texto", "contexto", "fuente")}
            archivo.write(json.dumps({**vista, **vacia}, ensure_ascii=False) + "\n")


def recoger(lote: Path, etiquetas: Path = ETIQUETAS) -> tuple[Path, int, int]:
    """Comprueba un lote leído y guarda sus etiquetas; devuelve (archivo, guardadas, sin leer).

    Una segunda lectura (`…-segunda-lectura.jsonl`) puede repetir id ya etiquetados.

    Raises:
        LoteInvalido: alguna etiqueta no vale; no se guarda ninguna.
    """
    filas = leer_jsonl(lote)
    leidas = [f for f in filas if f.get("clase")]
    destino = etiquetas / f"{lote.stem}.jsonl"
    previas = set() if lote.stem.endswith(SEGUNDA) else ya_leidas(etiquetas)
    faltas = list(_faltas(leidas, previas))
    if destino.exists():
        faltas.insert(0, f"{destino.name} ya existe")
    if faltas:
        raise LoteInvalido("; ".join(faltas) + ".")
    with destino.open("w", encoding="utf-8") as archivo:
        for fila in sorted(leidas, key=lambda f: str(f["id"])):
            guardada = {k: fila[k] for k in ("id", "clase", "tipo", "dificil")}
            archivo.write(json.dumps(guardada, ensure_ascii=False) + "\n")
    return destino, len(leidas), len(filas) - len(leidas)


def _faltas(filas: Sequence[Fila], previas: set[str]) -> Iterator[str]:
    repetidos = {i for i, n in Counter(f.get("id") for f in filas).items() if n > 1}
    for fila in filas:
        id_ = str(fila.get("id"))
        if not _ID.fullmatch(id_):
            yield f"{id_}: no es el id de una oración de crudo"
        elif id_ in repetidos:
            yield f"{id_}: está dos veces"
        elif id_ in previas:
            yield f"{id_}: ya tiene etiqueta"
        elif id_ in filtradas():
            yield f"{id_}: repite texto de medida"
        elif fila["clase"] not in set(Clase):
            yield f"{id_}: clase «{fila['clase']}» no existe"
        elif fila.get("tipo") not in {None, *Tipo}:
            yield f"{id_}: tipo «{fila['tipo']}» no existe"
        elif (fila.get("tipo") is not None) != (fila["clase"] == Clase.COMPROMISO):
            yield f"{id_}: el tipo va en los compromisos y solo en ellos"
        elif not isinstance(fila.get("dificil"), bool):
            yield f"{id_}: «dificil» es true o false"


def principal(argumentos: Sequence[str] | None = None) -> None:
    """Atiende `sacar`, `segunda` y `recoger`."""
    lector = argparse.ArgumentParser(description=__doc__)
    lector.add_argument("--datos", type=Path, help="carpeta con `crudo/`")
    lector.add_argument("--cuantas", type=int, default=CUANTAS, help="oraciones del lote")
    lector.add_argument("--lote", type=Path, help="recoge este lote ya leído")
    lector.add_argument("--segunda", type=Path, help="etiquetas que se leerán otra vez")
    lector.add_argument(
        "--parte", type=float, default=PARTE_DE_LA_SEGUNDA, help="parte de ellas, de 0 a 1"
    )
    lector.add_argument("--salida", type=Path, help="dónde escribir el lote")
    pedido = lector.parse_args(argumentos)
    if pedido.lote:
        destino, guardadas, quedan = recoger(pedido.lote)
        print(f"{destino}: {guardadas} etiquetas; {quedan} filas sin leer.")  # noqa: T201
        return
    if not pedido.datos:
        lector.error("indique la carpeta de datos (make etiquetar DATOS=carpeta)")
    if pedido.segunda:
        salida = pedido.salida or LOTES / f"{pedido.segunda.stem}{SEGUNDA}.jsonl"
        cuantas = segunda(pedido.segunda, pedido.datos, salida, pedido.parte)
    else:
        momento = datetime.now(ZoneInfo("America/Lima"))
        salida = pedido.salida or LOTES / f"{momento:%Y-%m-%d-%H%M}.jsonl"
        cuantas = sacar(pedido.datos, pedido.cuantas, salida)
    print(  # noqa: T201
        f"{salida}: {cuantas} oraciones por leer con docs/guia-de-etiquetado.md.\n"
        f"Después: make etiquetar LOTE={salida}"
    )


if __name__ == "__main__":
    try:
        principal()
    except ErrorDeNlp as error:
        raise SystemExit(f"{error} {error.consejo}") from error
