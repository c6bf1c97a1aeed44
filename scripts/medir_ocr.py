"""Mide el reconocimiento de escaneos: el nuestro, tesseract solo y, si está, ocrmypdf.

Uso: `python scripts/medir_ocr.py [--actas N,…] [--ocrmypdf CONDICION,…] [CONDICION …]`. `--actas`
elige actas por su número y `--ocrmypdf` limita el tercero, que es lento, a esas condiciones. Hace
escaneos de las actas de ejemplo (ver `ejemplos/fabrica/escanear.py`), los lee con los tres en la
misma corrida e imprime, por condición:

- CER y WER de las palabras de cada página, sin importar el orden: cada palabra se compara con la
  más parecida que quede libre. El texto del sello, que no es del acta, no se cuenta.
- CER de la lectura: nuestro texto, en su orden, contra el que leemos del PDF digital.
- F1 de los ítems que se proponen (nuestro) contra `ejemplos/esperado`; arriba va el del digital.
- segundos de procesador y de reloj por página, contando los programas que se llaman.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

RAIZ = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(RAIZ))

from ingesta import imagen, ocr  # noqa: E402
from ingesta.documento import Documento  # noqa: E402
from ingesta.escaneo.gris import a_pgm  # noqa: E402
from ingesta.lectores import leer_sin_ocr  # noqa: E402
from ingesta.lectores.pdf_hoja import leer_hoja  # noqa: E402
from ingesta.lectores.pdf_motor import abrir  # noqa: E402
from ingesta.ocr_paginas import PPP, completar  # noqa: E402
from ingesta.reconocida import Reconocidas  # noqa: E402
from nlp.entrenamiento.evaluar import medir as medir_items  # noqa: E402
from nlp.tuberia import Tuberia, crear_tuberia  # noqa: E402

EJEMPLOS = RAIZ / "ejemplos"
DEL_SELLO = {"MESA", "DE", "PARTES", "RECIBIDO", "15", "MAY", "2026"}
RAYAS = re.compile(r"[_—.\-|]{3,}|\|")

Paginas = list[list[str]]


@dataclass
class Cuenta:
    """Lo que va sumando un programa en una condición."""

    errores: int = 0
    letras: int = 0
    malas: int = 0
    palabras: int = 0
    lectura: int = 0
    caracteres: int = 0
    cpu: float = 0.0
    reloj: float = 0.0
    paginas: int = 0
    lineas: list[str] = field(default_factory=list)

    def sumar(self, paginas: Paginas, verdad: Paginas, cpu: float, reloj: float) -> None:
        """Agrega un acta."""
        for leidas, ciertas in zip(paginas, verdad, strict=True):
            self.errores += faltas(leidas, ciertas)
            self.malas += sum((Counter(ciertas) - Counter(leidas)).values())
            self.letras += sum(map(len, ciertas))
            self.palabras += len(ciertas)
        self.cpu += cpu
        self.reloj += reloj
        self.paginas += len(verdad)


def parejas(palabras: Sequence[str]) -> list[str]:
    """Quita las rayas e iguala los guiones, que en una imagen no se distinguen."""
    return [re.sub("[–-]$|^[–-]", "—", p) for p in palabras if not RAYAS.fullmatch(p)]


def faltas(leidas: list[str], ciertas: list[str]) -> int:
    """Devuelve los caracteres que hay que cambiar para que las palabras sean las ciertas."""
    sobran = list((Counter(leidas) - Counter(ciertas)).elements())
    faltan = list((Counter(ciertas) - Counter(leidas)).elements())
    total = 0
    if sobran and faltan:
        costo = cdist(sobran, faltan, scorer=Levenshtein.distance).astype(float)
        ahorro = costo - np.array([len(p) for p in sobran])[:, None] - [len(p) for p in faltan]
        while True:
            i, j = np.unravel_index(ahorro.argmin(), ahorro.shape)
            if ahorro[i, j] >= 0:
                break
            total += int(costo[i, j])
            ahorro[i, :], ahorro[:, j] = 1, 1
            sobran[i] = faltan[j] = ""
    return total + sum(map(len, faltan)) + sum(len(p) for p in sobran if p not in DEL_SELLO)


def cronometrar(hacer: Callable[[], Paginas]) -> tuple[Paginas, float, float]:
    """Devuelve las palabras y los segundos de procesador y de reloj."""
    antes, inicio = gastado(), time.perf_counter()
    paginas = hacer()
    return paginas, gastado() - antes, time.perf_counter() - inicio


def gastado() -> float:
    """Devuelve los segundos de procesador de este programa y de los que llamó."""
    usos = (resource.getrusage(q) for q in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(uso.ru_utime + uso.ru_stime for uso in usos)


def palabras_del_digital(acta: Path) -> Paginas:
    """Devuelve las palabras que dice cada página del PDF original, como están impresas."""
    with abrir(acta) as documento:
        hojas = [leer_hoja(documento, i) for i in range(len(documento))]
    return [parejas([p.texto for p in hoja.piezas]) for hoja in hojas]


class Nuestro:
    """Nuestra lectura; guarda el último documento leído."""

    def __init__(self) -> None:
        self.documento = Documento.desde_texto("")

    def __call__(self, ruta: Path) -> Paginas:
        """Lee el acta y devuelve las palabras reconocidas de cada página."""
        paginas: dict[int, list[str]] = {}

        def releer(reconocidas: Reconocidas) -> Documento:
            for numero, pagina in reconocidas.items():
                paginas[numero] = parejas([p.texto for p in pagina.palabras])
            return leer_sin_ocr(ruta, reconocidas=reconocidas)

        self.documento = completar(
            leer_sin_ocr(ruta),
            lambda pagina, escala: imagen.pagina_gris(ruta, pagina, escala),
            releer,
        )
        return [paginas[n] for n in sorted(paginas)]


def tesseract_solo(ruta: Path) -> Paginas:
    """Cada página, dibujada igual, con las opciones de fábrica de tesseract."""
    paginas = []
    with abrir(ruta) as documento:
        hojas = [pagina.render(scale=PPP / 72, grayscale=True).to_numpy() for pagina in documento]
    for hoja in hojas:
        hecho = subprocess.run(  # noqa: S603
            ["tesseract", "stdin", "-", "-l", "spa", "--dpi", str(PPP)],  # noqa: S607
            input=a_pgm(hoja.reshape(hoja.shape[:2])),
            capture_output=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=True,
        )
        paginas.append(parejas(hecho.stdout.decode().split()))
    return paginas


def con_ocrmypdf(ruta: Path) -> Paginas:
    """El texto que saca ocrmypdf enderezando y girando las páginas."""
    with tempfile.TemporaryDirectory() as carpeta:
        texto = Path(carpeta) / "texto.txt"
        orden = ["ocrmypdf", "-l", "spa", "--deskew", "--rotate-pages", "--jobs", "1", "-q"]
        orden += ["--output-type", "pdf", "--sidecar", str(texto), str(ruta), os.devnull]
        entorno = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        subprocess.run(orden, check=True, capture_output=True, env=entorno)  # noqa: S603
        return [parejas(p.split()) for p in texto.read_text().removesuffix("\f").split("\f")]


def parejo(texto: str) -> str:
    """Iguala las rayas y quita los guiones bajos."""
    return re.sub(r"[_.]{3,}", "", texto.replace("–", "—"))


def f1_de_items(tuberia: Tuberia, leidas: dict[Path, Documento]) -> float:
    """Devuelve la F1 de los ítems propuestos en esas lecturas de las actas de ejemplo."""
    return medir_items(
        (tuberia.analizar(d), EJEMPLOS / "esperado" / f"{acta.stem}.json")
        for acta, d in leidas.items()
    ).items.f1


def principal(nombres: list[str], tercero: set[str] | None, numeros: set[str] | None) -> None:
    """Mide e imprime una fila por condición y programa."""
    ficha = importlib.util.spec_from_file_location("escanear", EJEMPLOS / "fabrica" / "escanear.py")
    fabrica = importlib.util.module_from_spec(ficha)
    ficha.loader.exec_module(fabrica)
    nuestro = Nuestro()
    programas: dict[str, Callable[[Path], Paginas]] = {
        "nuestro": nuestro,
        "tesseract": tesseract_solo,
    }
    if shutil.which("ocrmypdf"):
        programas["ocrmypdf"] = con_ocrmypdf
    actas = [
        acta
        for acta in sorted(EJEMPLOS.glob("*.pdf"))
        if numeros is None or acta.stem.split("-")[1] in numeros
    ]
    tuberia = crear_tuberia()
    digital = f1_de_items(tuberia, {acta: leer_sin_ocr(acta) for acta in actas})
    print(f"tesseract {ocr.version()}, {len(actas)} actas, {PPP} ppp")
    print(f"F1 de ítems del original digital: {digital:.3f}")
    print(
        f"{'condición':12} {'programa':10} {'CER':>6} {'WER':>6} {'CER lectura':>11} "
        f"{'s CPU/pág':>9} {'s/pág':>6} {'veces':>6} {'F1 ítems':>8}"
    )
    for nombre in nombres or fabrica.CONDICIONES:
        suyos = {
            programa: leer
            for programa, leer in programas.items()
            if programa != "ocrmypdf" or tercero is None or nombre in tercero
        }
        medir(nombre, fabrica, actas, suyos, nuestro, tuberia)


def medir(
    nombre: str,
    fabrica: ModuleType,
    actas: list[Path],
    programas: dict[str, Callable[[Path], Paginas]],
    nuestro: Nuestro,
    tuberia: Tuberia,
) -> None:
    """Mide una condición con todos los programas."""
    leidas: dict[Path, Documento] = {}
    cuentas = {programa: Cuenta() for programa in programas}
    with tempfile.TemporaryDirectory() as carpeta:
        for acta in actas:
            ruta = Path(carpeta) / acta.name
            fabrica.escanear(acta, fabrica.CONDICIONES[nombre], ruta)
            verdad = palabras_del_digital(acta)
            for programa, leer in programas.items():
                paginas, cpu, reloj = cronometrar(lambda leer=leer, ruta=ruta: leer(ruta))
                cuentas[programa].sumar(paginas, verdad, cpu, reloj)
            digital = parejo(leer_sin_ocr(acta).texto)
            leido = parejo(nuestro.documento.texto)
            cuentas["nuestro"].lectura += Levenshtein.distance(leido, digital)
            leidas[acta] = nuestro.documento
            cuentas["nuestro"].caracteres += len(digital)
    base = cuentas["tesseract"].cpu / cuentas["tesseract"].paginas
    f1 = f"{f1_de_items(tuberia, leidas):.3f}"
    for programa, c in cuentas.items():
        lectura = f"{c.lectura / c.caracteres:.2%}" if c.caracteres else "—"
        print(
            f"{nombre:12} {programa:10} {c.errores / c.letras:6.2%} {c.malas / c.palabras:6.2%} "
            f"{lectura:>11} {c.cpu / c.paginas:9.2f} {c.reloj / c.paginas:6.2f} "
            f"{c.cpu / c.paginas / base:6.2f} {f1 if programa == 'nuestro' else '—':>8}",
            flush=True,
        )


if __name__ == "__main__":
    opciones = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    opciones.add_argument("condiciones", nargs="*", help="por omisión, todas")
    opciones.add_argument(
        "--actas", help="números de acta, separados por comas; por omisión, todas"
    )
    opciones.add_argument("--ocrmypdf", help="condiciones, separadas por comas, que lo miden")
    elegido = opciones.parse_args()
    principal(
        elegido.condiciones,
        set(elegido.ocrmypdf.split(",")) if elegido.ocrmypdf else None,
        set(elegido.actas.split(",")) if elegido.actas else None,
    )
