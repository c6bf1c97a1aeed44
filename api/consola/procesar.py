"""`actas procesar RUTA…`: un resultado por documento. Nunca escribe en el registro."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from hashlib import file_digest
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from rich.table import Table

from api import sobres
from api.consola.matriz import a_xlsx
from api.consola.salida import ErrorDeOrden, avisar, barra_de_progreso, consola, guardar
from api.vigentes import analizador_vigente
from ingesta.contencion.contenedor import Contenedor
from ingesta.errores import ErrorDeIngesta
from lineamientos.analisis import Analizador, no_leido
from lineamientos.contrato import ResultadoJson

SUFIJOS = frozenset({
    *(".pdf", ".docx", ".docm", ".doc", ".odt", ".rtf", ".txt", ".xlsx", ".xls"),
    *(".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".heif", ".zip", ".eml", ".msg"),
})
"""Al recorrer una carpeta solo se miran estos; un archivo nombrado en la orden se lee siempre."""

ESTADOS = ("leida", "parcial", "rechazada", "fallida", "duplicada")


@dataclass
class Corrida:
    """Cuentas de una corrida y lo que hay que decir al final."""

    estados: Counter[str] = field(default_factory=Counter)
    items: Counter[str] = field(default_factory=Counter)
    problemas: list[tuple[str, str, str]] = field(default_factory=list)
    ajenos: int = 0


def configurar(analizador: argparse.ArgumentParser) -> None:
    """Declara los argumentos de la orden."""
    analizador.add_argument("rutas", nargs="+", type=Path, metavar="RUTA", help="archivo o carpeta")
    analizador.add_argument(
        "-o", "--salida", type=Path, default=Path("salida"), help="carpeta de resultados (salida/)"
    )
    analizador.add_argument("--formato", choices=["json", "jsonl", "xlsx"], default="json")
    analizador.add_argument(
        "--trabajadores", type=int, default=1, metavar="N", help="procesos a la vez (1)"
    )
    analizador.add_argument(
        "--reanudar", action="store_true", help="no repite los documentos que ya tienen resultado"
    )
    analizador.add_argument(
        "--todo", action="store_true", help="lista también las oraciones de la clase «otro»"
    )


def ejecutar(opciones: argparse.Namespace) -> int:
    """Procesa todo lo pedido y resume; devuelve el código de salida del contrato."""
    if opciones.trabajadores < 1:
        raise ErrorDeOrden("--trabajadores debe ser 1 o más.", "Pruebe con --trabajadores 2.")
    with tempfile.TemporaryDirectory() as carpeta:
        return _ejecutar(opciones, Path(carpeta))


def _ejecutar(opciones: argparse.Namespace, carpeta: Path) -> int:
    """Hace lo pedido; `carpeta` es donde se ponen las actas de los ZIP y correos."""
    corrida = Corrida()
    halladas = _desplegar(_buscar(opciones.rutas, corrida), carpeta)
    unicos = list(_sin_repetir(halladas, corrida))
    if not unicos:
        raise ErrorDeOrden(
            "No hay ningún documento que procesar.",
            "Indique archivos o carpetas con actas en PDF o DOCX.",
        )
    resultados = _procesar(unicos, opciones, corrida)
    _guardar_junto(resultados, opciones)
    _resumir(corrida, opciones.salida)
    if not corrida.estados["leida"] + corrida.estados["parcial"]:
        return 2
    return int(
        corrida.estados["leida"] + corrida.estados["duplicada"] < sum(corrida.estados.values())
    )


def _buscar(rutas: Sequence[Path], corrida: Corrida) -> Iterator[Path]:
    for ruta in rutas:
        if ruta.is_dir():
            for hallado in sorted(p for p in ruta.rglob("*") if p.is_file()):
                if hallado.suffix.lower() in SUFIJOS and not hallado.name.startswith((".", "~$")):
                    yield hallado
                else:
                    corrida.ajenos += 1
        elif ruta.exists():
            yield ruta
        else:
            raise ErrorDeOrden(f"No existe «{ruta}».", "Revise la ruta y el nombre.")


def _desplegar(rutas: Iterator[Path], carpeta: Path) -> Iterator[Path]:
    """Cambia cada ZIP o correo por las actas que trae; el que no se abre queda, y dirá por qué."""
    for n, ruta in enumerate(rutas):
        if not sobres.puede_ser(ruta.name):
            yield ruta
            continue
        try:
            with Contenedor(hijos=1) as contenedor:
                miembros = contenedor.abrir_sobre(ruta)
        except (ErrorDeIngesta, OSError):
            yield ruta
        else:
            yield from sobres.guardar(miembros, carpeta / str(n))


def _sin_repetir(rutas: Iterator[Path], corrida: Corrida) -> Iterator[tuple[Path, str]]:
    vistos: dict[str, Path] = {}
    for ruta in rutas:
        try:
            with ruta.open("rb") as archivo:
                huella = file_digest(archivo, "sha256").hexdigest()
        except OSError as error:
            corrida.estados["fallida"] += 1
            corrida.problemas.append((
                ruta.name,
                "fallida",
                f"No se puede abrir ({error.strerror}). Revise sus permisos.",
            ))
            continue
        if huella in vistos:
            corrida.estados["duplicada"] += 1
            corrida.problemas.append((
                ruta.name,
                "duplicada",
                f"Es idéntico a «{vistos[huella].name}».",
            ))
        else:
            vistos[huella] = ruta
            yield ruta, huella


def _procesar(
    unicos: list[tuple[Path, str]], opciones: argparse.Namespace, corrida: Corrida
) -> list[ResultadoJson]:
    pendientes, resultados = [], []
    for ruta, huella in unicos:
        previo = _destino(opciones.salida, ruta, huella)
        if opciones.reanudar and previo.exists():
            resultado: ResultadoJson = json.loads(previo.read_text(encoding="utf-8"))
            resultados.append(resultado)
            _anotar(corrida, resultado)
        else:
            pendientes.append(ruta)
    with barra_de_progreso() as barra:
        tarea = barra.add_task("Procesando actas", total=len(pendientes))
        for ruta, resultado in _analizar(pendientes, opciones):
            if opciones.formato == "json":
                destino = _destino(opciones.salida, ruta, resultado["archivo"]["sha256"])
                guardar(destino, _json(resultado, sangria=2))
            else:
                resultados.append(resultado)
            _anotar(corrida, resultado)
            barra.advance(tarea)
    return resultados


def _analizar(
    rutas: list[Path], opciones: argparse.Namespace
) -> Iterator[tuple[Path, ResultadoJson]]:
    if opciones.trabajadores == 1 or len(rutas) < 2:
        with Contenedor(hijos=1) as contenedor:
            analizador = analizador_vigente(contenedor.leer)
            for ruta in rutas:
                yield ruta, analizador.analizar_archivo(ruta, todo=opciones.todo)
        return
    with _obreros(opciones.trabajadores) as grupo:
        futuros: dict[Future[ResultadoJson], Path] = {
            grupo.submit(_analizar_una, ruta, opciones.todo): ruta for ruta in rutas
        }
        caidas = []
        for futuro in as_completed(futuros):
            try:
                yield futuros[futuro], futuro.result()
            except BrokenProcessPool:
                caidas.append(futuros[futuro])
    for ruta in caidas:
        yield ruta, _analizar_aparte(ruta, opciones.todo)


def _analizar_aparte(ruta: Path, todo: bool) -> ResultadoJson:
    """Da su propio proceso a una de las que quedaron cuando otro murió: solo cae la culpable."""
    with _obreros(1) as grupo:
        try:
            return grupo.submit(_analizar_una, ruta, todo).result()
        except BrokenProcessPool:
            return no_leido(ruta, "El proceso que leía este archivo terminó de golpe.")


def _obreros(n: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(n, get_context("spawn"), _preparar_obrero, (n,))


_DEL_PROCESO: dict[str, Analizador] = {}


def _preparar_obrero(obreros: int) -> None:
    """Carga los modelos; entre todos los obreros se reparten los procesadores para el OCR."""
    contenedor = Contenedor(hijos=1, reconocedores=max(1, (os.cpu_count() or 1) // obreros))
    _DEL_PROCESO["analizador"] = analizador_vigente(contenedor.leer)


def _analizar_una(ruta: Path, todo: bool) -> ResultadoJson:
    return _DEL_PROCESO["analizador"].analizar_archivo(ruta, todo=todo)


def _destino(carpeta: Path, ruta: Path, huella: str) -> Path:
    return carpeta / f"{ruta.stem}.{huella[:8]}.json"


def _json(valor: Any, sangria: int | None = None) -> bytes:
    return (json.dumps(valor, ensure_ascii=False, indent=sangria) + "\n").encode()


def _guardar_junto(resultados: list[ResultadoJson], opciones: argparse.Namespace) -> None:
    if opciones.formato == "jsonl":
        guardar(opciones.salida / "resultados.jsonl", b"".join(map(_json, resultados)))
    elif opciones.formato == "xlsx":
        guardar(opciones.salida / "propuestas.xlsx", a_xlsx(resultados))


def _anotar(corrida: Corrida, resultado: ResultadoJson) -> None:
    corrida.estados[resultado["estado"]] += 1
    corrida.items.update(item["clase"] for item in resultado["items"])
    if resultado["estado"] != "leida":
        for aviso in resultado["avisos"][:3]:
            corrida.problemas.append((
                resultado["archivo"]["nombre"],
                resultado["estado"],
                f"{aviso['mensaje']} {aviso['consejo']}",
            ))


def _resumir(corrida: Corrida, salida: Path) -> None:
    pantalla = consola()
    tabla = Table(title="Resumen", title_justify="left")
    for titulo in ("Leídas", "Parciales", "Rechazadas", "Fallidas", "Duplicadas"):
        tabla.add_column(titulo, justify="right")
    tabla.add_row(*(str(corrida.estados[e]) for e in ESTADOS))
    pantalla.print(tabla)
    clases = ", ".join(f"{corrida.items[c]} {c}" for c in ("pedido", "compromiso", "tarea", "otro"))
    pantalla.print(f"Ítems propuestos: {clases}.")
    for nombre, estado, mensaje in corrida.problemas:
        pantalla.print(f"  {estado}: {nombre}. {mensaje}", markup=False)
    if corrida.ajenos:
        pantalla.print(f"{corrida.ajenos} archivos de otro tipo no se miraron.")
    avisar(f"resultados en «{salida}{os.sep}».")
