"""Mide la exactitud por celda de las tablas de las actas de ejemplo, y la compara.

Uso: `python scripts/medir_tablas.py [MARKITDOWN]`. El oro sale de la fábrica de ejemplos: se vuelve
a fabricar cada acta en una carpeta temporal mientras se anota cada tabla que dibuja, con sus celdas
combinadas. Se leen los mismos archivos con nuestra ingesta, con pdfplumber por omisión
(`extract_tables`, solo PDF) y con markitdown, si se da la ruta de su programa.

Una celda con texto acierta si, en la misma fila y columna, se lee el mismo texto (sin contar
espacios ni saltos). «Combin.» pide además que abarque las mismas filas y columnas, lo que solo
informa nuestra lectura. A los que dan una tabla por página se les unen las de páginas seguidas, sin
el encabezado repetido: sin eso perderían todas las celdas de la segunda página. Las «matrices» son
las tablas de tres columnas o más; las de dos suelen ser fichas («Lugar: …»), que un PDF sin líneas
no distingue de unos párrafos.
"""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RAIZ = Path(__file__).resolve().parents[1]
FABRICA = RAIZ / "ejemplos" / "fabrica"
sys.path[:0] = [str(RAIZ), str(FABRICA)]

import comun_docx  # noqa: E402
import comun_pdf  # noqa: E402
import docx.table  # noqa: E402
import pdfplumber  # noqa: E402
from reportlab import platypus  # noqa: E402

from ingesta.lectores import leer_sin_ocr  # noqa: E402

MAYOR_DETALLE = 5
TOTALES = (".docx", "matrices .docx", ".pdf", "matrices .pdf")

Lugar = tuple[int, int]
ETIQUETA = re.compile(r"<[^>]+>")
DE_MARKDOWN = re.compile(r"\\(?=[\W_])|\*\*|<br ?/?>")


@dataclass
class Tabla:
    """Texto de cada celda por su fila y columna, y cuántas filas y columnas abarca, si se sabe."""

    celdas: dict[Lugar, str] = field(default_factory=dict)
    abarca: dict[Lugar, Lugar] | None = None

    @property
    def con_texto(self) -> dict[Lugar, str]:
        """Devuelve las celdas que dicen algo."""
        return {lugar: texto for lugar, texto in self.celdas.items() if texto}


def parejo(texto: object) -> str:
    """Junta los espacios y saltos, que ninguna de las lecturas promete conservar."""
    return " ".join(str(texto or "").replace("\u00ad", "").split())


def de_filas(filas: list[list[object]], uniones: list[tuple[int, int, int, int]]) -> Tabla:
    """Arma el oro; cada unión es (fila, columna, última fila, última columna)."""
    tabla = Tabla(abarca={})
    tapadas: dict[Lugar, Lugar] = {}
    for f, c, f2, c2 in uniones:
        for lugar in ((i, j) for i in range(f, f2 + 1) for j in range(c, c2 + 1)):
            tapadas[lugar] = (f, c)
    for i, fila in enumerate(filas):
        for j, crudo in enumerate(fila):
            lugar = tapadas.get((i, j), (i, j))
            previo = tabla.celdas.get(lugar, "")
            tabla.celdas[lugar] = parejo(f"{previo} {parejo(ETIQUETA.sub('', str(crudo or '')))}")
            tabla.abarca.setdefault(lugar, (1, 1))
    for f, c, f2, c2 in uniones:
        tabla.abarca[f, c] = (f2 - f + 1, c2 - c + 1)
    return tabla


@contextmanager
def anotando() -> Iterator[Callable[[], list[Tabla]]]:
    """Anota las tablas que dibuja la fábrica; la función que da las devuelve y empieza otra vez."""
    anotadas: list[tuple[Any, list[list[object]], list[tuple[int, int, int, int]]]] = []
    hacer_tabla, unir = comun_docx.tabla, docx.table._Cell.merge
    parrafo, tabla_pdf = platypus.Paragraph, platypus.Table
    exportar = comun_pdf.exportar_con_libreoffice

    def tabla(doc: Any, filas: Any, *otros: Any, **mas: Any) -> Any:
        nueva = hacer_tabla(doc, filas, *otros, **mas)
        anotadas.append((nueva._tbl, [list(f) for f in filas], []))
        return nueva

    def merge(una: Any, otra: Any) -> Any:
        a, b = una._tc, otra._tc
        for elemento, _, uniones in anotadas:
            if elemento is a._tbl:
                uniones.append((a.top, a.left, b.bottom - 1, b.right - 1))
        return unir(una, otra)

    class Parrafo(parrafo):  # type: ignore[misc,valid-type]
        def __init__(self, text: str, *otros: Any, **mas: Any) -> None:
            super().__init__(text, *otros, **mas)
            self.origen = text

    def de_reportlab(filas: Any, *otros: Any, **mas: Any) -> Any:
        uniones = [
            (r[1][1], r[1][0], r[2][1], r[2][0]) for r in mas.get("style", ()) if r[0] == "SPAN"
        ]
        textos = [[getattr(c, "origen", c) for c in fila] for fila in filas]
        anotadas.append((None, textos, uniones))
        return tabla_pdf(filas, *otros, **mas)

    def desde_docx(documento: Any, destino: Path) -> None:
        for t in documento.tables:
            anotadas.append((None, [[c.text for c in fila.cells] for fila in t.rows], []))
        exportar(documento, destino)

    def tomar() -> list[Tabla]:
        tablas = [de_filas(filas, uniones) for _, filas, uniones in anotadas]
        anotadas.clear()
        return tablas

    comun_docx.tabla, docx.table._Cell.merge = tabla, merge
    platypus.Paragraph, platypus.Table = Parrafo, de_reportlab
    comun_pdf.Paragraph = Parrafo
    comun_pdf.exportar_con_libreoffice = desde_docx
    try:
        yield tomar
    finally:
        comun_docx.tabla, docx.table._Cell.merge = hacer_tabla, unir
        platypus.Paragraph, platypus.Table = parrafo, tabla_pdf
        comun_pdf.Paragraph, comun_pdf.exportar_con_libreoffice = parrafo, exportar


def con_ingesta(ruta: Path) -> list[Tabla]:
    """Nuestra lectura."""
    documento = leer_sin_ocr(ruta)
    tablas: dict[int, Tabla] = {}
    for b in documento.bloques:
        if b.celda:
            tabla = tablas.setdefault(b.celda.tabla, Tabla(abarca={}))
            lugar = (b.celda.fila, b.celda.columna)
            tabla.celdas[lugar] = parejo(documento.fragmento(b.tramo))
            tabla.abarca[lugar] = (b.celda.filas, b.celda.columnas)
    return list(tablas.values())


def con_pdfplumber(ruta: Path) -> list[Tabla]:
    """`extract_tables()` como viene, uniendo las tablas de páginas seguidas."""
    if ruta.suffix != ".pdf":
        return []
    with pdfplumber.open(ruta) as pdf:
        paginas = [pagina.extract_tables() for pagina in pdf.pages]
    unidas: list[list[list[object]]] = []
    for tablas in paginas:
        for n, filas in enumerate(tablas):
            if n == 0 and unidas and len(unidas[-1][0]) == len(filas[0]):
                repetido = filas[0] == unidas[-1][0]
                unidas[-1] += filas[1:] if repetido else filas
            else:
                unidas.append(list(filas))
    return [
        Tabla({(i, j): parejo(c) for i, f in enumerate(filas) for j, c in enumerate(f)})
        for filas in unidas
    ]


def con_markitdown(programa: str) -> Callable[[Path], list[Tabla]]:
    """Las tablas del Markdown que escribe."""

    def leer(ruta: Path) -> list[Tabla]:
        hecho = subprocess.run([programa, str(ruta)], capture_output=True, check=True)  # noqa: S603
        tablas: list[list[list[str]]] = []
        seguida = False
        for linea in hecho.stdout.decode().splitlines():
            es_fila = linea.startswith("|")
            if es_fila and not seguida:
                tablas.append([])
            if es_fila and not re.fullmatch(r"[|\s:-]+", linea):
                celdas = re.split(r"(?<!\\)\|", linea.strip().strip("|"))
                tablas[-1].append([parejo(DE_MARKDOWN.sub("", c)) for c in celdas])
            elif es_fila and not tablas[-1]:
                tablas[-1].append([])  # encabezado vacío
            seguida = es_fila
        for filas in tablas:
            if filas and not any(filas[0]):
                filas.pop(0)
        return [
            Tabla({(i, j): c for i, f in enumerate(filas) for j, c in enumerate(f)})
            for filas in tablas
        ]

    return leer


@dataclass
class Cuenta:
    """Celdas con texto del oro, acertadas, con su combinación, y las leídas que no existen."""

    total: int = 0
    bien: int = 0
    combinacion: int = 0
    sobran: int = 0
    informa: bool = False
    malas: list[str] = field(default_factory=list)

    def sumar(self, oro: list[Tabla], leidas: list[Tabla]) -> None:
        """Empareja cada tabla del oro con la leída que más acierta y suma."""
        libres = list(leidas)
        for cierta in oro:
            self.total += len(cierta.con_texto)
            mejor = max(libres, key=lambda t: _iguales(cierta, t), default=Tabla())
            if mejor in libres and _iguales(cierta, mejor):
                libres.remove(mejor)
            else:
                mejor = Tabla()
            self.bien += _iguales(cierta, mejor)
            self.informa |= mejor.abarca is not None
            self.sobran += sum(cierta.celdas.get(lugar) in {None, ""} for lugar in mejor.con_texto)
            for lugar, texto in cierta.con_texto.items():
                acierta = mejor.celdas.get(lugar) == texto
                igual = (mejor.abarca or {}).get(lugar) == cierta.abarca[lugar]
                self.combinacion += acierta and igual
                if not (acierta and (igual or mejor.abarca is None)):
                    leido = mejor.celdas.get(lugar)
                    self.malas.append(f"{lugar} {cierta.abarca[lugar]} «{texto}» ≠ «{leido}»")


def _iguales(cierta: Tabla, leida: Tabla) -> int:
    return sum(leida.celdas.get(lugar) == texto for lugar, texto in cierta.con_texto.items())


def principal(markitdown: str | None) -> None:
    """Fabrica, lee e imprime una fila por acta y lector, y el total."""
    lectores: dict[str, Callable[[Path], list[Tabla]]] = {
        "ingesta": con_ingesta,
        "pdfplumber": con_pdfplumber,
    }
    if markitdown:
        lectores["markitdown"] = con_markitdown(markitdown)
    totales = {(nombre, tipo): Cuenta() for nombre in lectores for tipo in TOTALES}
    print(f"{'acta':38} {'lector':11} {'celdas':>6} {'texto':>7} {'combin.':>7} {'sobran':>6}")
    with tempfile.TemporaryDirectory() as carpeta, anotando() as tomar:
        for modulo in sorted(FABRICA.glob("acta_*.py")):
            antes = set(Path(carpeta).iterdir())
            importlib.import_module(modulo.stem).fabricar(Path(carpeta))
            oro = tomar()
            [ruta] = set(Path(carpeta).iterdir()) - antes or {None}
            if not oro or ruta is None:
                continue
            for nombre, leer in lectores.items():
                if nombre == "pdfplumber" and ruta.suffix != ".pdf":
                    continue
                cuenta = Cuenta()
                leidas = leer(ruta)
                cuenta.sumar(oro, leidas)
                totales[nombre, ruta.suffix].sumar(oro, leidas)
                _fila(ruta.name, nombre, cuenta)
                matrices = [t for t in oro if max(c for _, c in t.celdas) >= 2]
                totales[nombre, f"matrices {ruta.suffix}"].sumar(matrices, leidas)
                if nombre == "ingesta":
                    for mala in cuenta.malas[:MAYOR_DETALLE]:
                        print(f"    {mala:.110}")
    for (nombre, tipo), cuenta in totales.items():
        if cuenta.total:
            _fila(f"TOTAL {tipo}", nombre, cuenta)


def _fila(acta: str, lector: str, c: Cuenta) -> None:
    print(
        f"{acta:38} {lector:11} {c.total:6} {c.bien / c.total:7.1%} "
        f"{f'{c.combinacion / c.total:.1%}' if c.informa else '—':>7} {c.sobran:6}",
        flush=True,
    )


if __name__ == "__main__":
    principal(sys.argv[1] if len(sys.argv) > 1 else None)
