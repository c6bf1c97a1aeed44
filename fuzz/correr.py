"""Lee miles de copias mutadas de las actas de ejemplo: `python -m fuzz.correr --cantidad 2000`.

Cada mutante se lee con la contención de siempre. Falla (sale con 1) si alguno pasa de su plazo, si
el zigoto muere o si un PDF queda «leída» con un número de páginas que otro motor desmiente. Con la
misma semilla salen los mismos mutantes; `--guardar` deja en una carpeta los que fallan.
"""

from __future__ import annotations

import argparse
import logging
import os
import re
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from fuzz.mutador import mutar
from ingesta.contencion.contenedor import Consumo, Contenedor
from ingesta.contencion.limites import MB, plazo
from ingesta.documento import Documento
from ingesta.errores import ErrorDeIngesta

EJEMPLOS: Final = Path(__file__).parents[1] / "ejemplos"
SEMILLA: Final = 20_260
CANTIDAD: Final = 2_000
MARGEN: Final = 1.0
"""Segundos que tarda, a lo más, matar a un hijo que pasó su plazo."""

SEGUNDOS_DEL_OTRO: Final = 5
MEMORIA_DEL_OTRO: Final = 1024 * MB
POPPLER: Final = shutil.which("pdfinfo")
POCO: Final = 0.9
"""Parte del texto original por debajo de la cual falta texto."""


@dataclass
class Informe:
    """Lo que pasó con todos los mutantes."""

    finales: Counter[str] = field(default_factory=Counter)
    colgados: list[str] = field(default_factory=list)
    interrumpidos: list[str] = field(default_factory=list)
    en_disputa: list[str] = field(default_factory=list)
    con_menos_texto: list[str] = field(default_factory=list)
    consumos: list[Consumo] = field(default_factory=list)
    zigotos: set[int | None] = field(default_factory=set)
    leidos: dict[str, int] = field(default_factory=dict)
    """PDF que quedaron «leída» y sus páginas."""

    @property
    def bien(self) -> bool:
        """Dice si no hubo ninguna de las fallas que detienen una entrega."""
        return not self.colgados and not self.en_disputa and len(self.zigotos) == 1


def mutantes(cantidad: int, semilla: int) -> Iterator[tuple[str, Path, int]]:
    """Produce nombre, original y semilla de cada mutante, repartidos entre los ejemplos."""
    originales = sorted(r for r in EJEMPLOS.glob("acta-*") if r.suffix in {".pdf", ".docx"})
    for i in range(cantidad):
        original = originales[i % len(originales)]
        yield f"{i:05}-{original.stem[:7]}{original.suffix}", original, semilla + i


def correr(cantidad: int, semilla: int, carpeta: Path) -> Informe:
    """Lee los mutantes, los deja en la carpeta y cuenta cómo terminó cada uno."""
    informe = Informe()
    with Contenedor(anotar=informe.consumos.append) as contenedor:
        textos: dict[Path, int] = {}

        def leer(nombre: str, original: Path, propia: int) -> None:
            ruta = carpeta / nombre
            ruta.write_bytes(mutar(original.read_bytes(), propia))
            informe.zigotos.add(contenedor.pid)
            try:
                documento = contenedor.leer(ruta)
            except ErrorDeIngesta as error:
                informe.finales[f"{error.estado} · {error.codigo}"] += 1
                if error.codigo == "lector_interrumpido":
                    informe.interrumpidos.append(nombre)
                return
            informe.finales["parcial" if documento.parcial else "leida"] += 1
            if documento.parcial:
                return
            if ruta.suffix == ".pdf" and (POPPLER or not reparado(documento)):
                informe.leidos[nombre] = len(documento.paginas)
            if not documento.avisos and len(documento.texto) < POCO * textos[original]:
                informe.con_menos_texto.append(nombre)

        todos = list(mutantes(cantidad, semilla))
        for original in {original for _, original, _ in todos}:
            textos[original] = len(contenedor.leer(original).texto)
        with ThreadPoolExecutor() as hilos:
            for _ in hilos.map(lambda datos: leer(*datos), todos):
                continue
    informe.colgados = [
        f"{c.segundos:.1f} s" for c in informe.consumos if c.segundos > plazo(1) + MARGEN
    ]
    for nombre, paginas in sorted(informe.leidos.items()):
        otras = contar_con_otro_motor(carpeta / nombre)
        if otras and otras != paginas:
            informe.en_disputa.append(f"{nombre}: {paginas} y {otras}")
    return informe


def reparado(documento: Documento) -> bool:
    """Dice si hubo que rehacer el índice, que pdfminer no rehace: ahí su cuenta no vale."""
    return any(a.codigo == "archivo_reparado" for a in documento.avisos)


def contar_con_otro_motor(ruta: Path) -> int | None:
    """Cuenta las páginas con Poppler o, si no está, con pdfminer; None si no puede."""
    return _con_poppler(POPPLER, ruta) if POPPLER else _con_pdfminer(ruta)


def _con_poppler(programa: str, ruta: Path) -> int | None:
    try:
        salida = subprocess.run(  # noqa: S603
            [programa, str(ruta)], capture_output=True, timeout=SEGUNDOS_DEL_OTRO, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    paginas = re.search(rb"^Pages:\s+(\d+)", salida.stdout, re.MULTILINE)
    return int(paginas[1]) if paginas else None


def _con_pdfminer(ruta: Path) -> int | None:
    """Corre en un proceso con límites, porque hay archivos que cuelgan a pdfminer."""
    lectura, escritura = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            logging.disable()
            signal.alarm(SEGUNDOS_DEL_OTRO)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORIA_DEL_OTRO, MEMORIA_DEL_OTRO))
            with ruta.open("rb") as archivo:
                paginas = sum(1 for _ in PDFPage.create_pages(PDFDocument(PDFParser(archivo))))
            os.write(escritura, struct.pack("!I", paginas))
        finally:
            os._exit(0)
    os.close(escritura)
    with os.fdopen(lectura, "rb") as tubo:
        respuesta = tubo.read()
    os.waitpid(pid, 0)
    return int(struct.unpack("!I", respuesta)[0]) if respuesta else None


def contar(informe: Informe) -> str:
    """Escribe el informe para una persona."""
    segundos = [c.segundos for c in informe.consumos]
    memoria = max(c.memoria for c in informe.consumos) // MB
    lineas = [f"{cuantos:6}  {final}" for final, cuantos in informe.finales.most_common()]
    lineas += [
        f"peor tiempo {max(segundos):.1f} s, mayor memoria {memoria} MB",
        f"pasaron de su plazo: {len(informe.colgados)} {informe.colgados[:5]}",
        f"páginas en disputa: {len(informe.en_disputa)} {informe.en_disputa[:5]}",
        f"zigotos: {len(informe.zigotos)}",
        f"el lector falló: {len(informe.interrumpidos)} {informe.interrumpidos[:5]}",
        f"menos texto y sin avisos: {len(informe.con_menos_texto)} {informe.con_menos_texto[:9]}",
    ]
    return "\n".join(lineas)


def main() -> None:
    """Lee los argumentos, corre e informa."""
    argumentos = argparse.ArgumentParser(description=__doc__)
    argumentos.add_argument("--cantidad", type=int, default=CANTIDAD)
    argumentos.add_argument("--semilla", type=int, default=SEMILLA)
    argumentos.add_argument("--guardar", type=Path)
    pedido = argumentos.parse_args()
    with tempfile.TemporaryDirectory() as temporal:
        carpeta = pedido.guardar or Path(temporal)
        carpeta.mkdir(parents=True, exist_ok=True)
        informe = correr(pedido.cantidad, pedido.semilla, carpeta)
    sys.stdout.write(contar(informe) + "\n")
    sys.exit(not informe.bien)


if __name__ == "__main__":
    main()
