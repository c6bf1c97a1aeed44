"""`actas doctor`: qué está instalado, qué falta, para qué sirve y cómo instalarlo."""

from __future__ import annotations

import argparse
import platform
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from rich.console import Console
from rich.table import Table

from api.ajustes import leer_ajustes
from ingesta import ocr, oficina
from ingesta.contencion import ejecucion
from ingesta.contencion.arranque import ContencionNoDisponible
from ingesta.contencion.contenedor import Contenedor
from ingesta.contencion.encierro import Capa
from lineamientos.errores import ErrorDeLineamientos
from lineamientos.juego import cargar_reglas
from modelos.cargador import ErrorDeModelo, cargar
from nlp.lengua.carga import cargar_lengua
from registro.base import abrir
from registro.errores import ErrorDeRegistro


@dataclass(frozen=True, slots=True)
class Diagnostico:
    """Estado de un componente; `falta` es None si está, y si no dice qué hacer."""

    detalle: str
    falta: str | None = None


@dataclass(frozen=True, slots=True)
class Componente:
    """Una línea del informe. Los que no son `necesario` solo quitan una función."""

    nombre: str
    para: str
    mirar: Callable[[], Diagnostico]
    necesario: bool = False


def _python() -> Diagnostico:
    return Diagnostico(f"{platform.python_version()} en {sys.prefix}")


def _paquetes() -> Diagnostico:
    nombres = ("spacy", "scikit-learn", "pdfplumber", "pypdfium2", "python-docx", "fastapi")
    try:
        return Diagnostico(", ".join(f"{n} {version(n)}" for n in nombres))
    except PackageNotFoundError as error:
        return Diagnostico(f"falta {error.name}", "Ejecute: make preparar")


def _modelos() -> Diagnostico:
    try:
        modelos = [cargar(nombre) for nombre in ("clase", "tipo")]
    except ErrorDeModelo as error:
        return Diagnostico(str(error), error.consejo)
    return Diagnostico(", ".join(m.version for m in modelos))


def _lengua() -> Diagnostico:
    lengua = cargar_lengua(leer_ajustes().lengua)
    return Diagnostico(lengua.motivo or lengua.nombre)


def _reglas() -> Diagnostico:
    carpeta = leer_ajustes().reglas
    propias = {r.codigo: r.gravedad for r in cargar_reglas()}
    if carpeta is None:
        return Diagnostico(f"{len(propias)} reglas")
    try:
        vigentes = cargar_reglas(carpeta)
    except ErrorDeLineamientos as error:
        return Diagnostico(f"{len(propias)} reglas; {error}", error.consejo)
    calladas = propias.keys() - {r.codigo for r in vigentes}
    cambiadas = {r.codigo for r in vigentes if propias.get(r.codigo, r.gravedad) != r.gravedad}
    partes = [
        f"{len(vigentes)} reglas",
        f"de la oficina: {_codigos(r.codigo for r in vigentes if r.oficina)}",
        f"silenciadas: {_codigos(calladas)}",
        f"con otra gravedad: {_codigos(cambiadas)}",
    ]
    return Diagnostico("; ".join(partes))


def _codigos(codigos: Iterable[str]) -> str:
    return ", ".join(sorted(codigos)) or "ninguna"


def _base() -> Diagnostico:
    ajustes = leer_ajustes()
    if not ajustes.base and not ajustes.carpeta.exists():
        return Diagnostico("SQLite; se creará al usarla")
    try:
        abrir(ajustes.url_de_base).cerrar()
    except ErrorDeRegistro as error:
        return Diagnostico(str(error), error.consejo)
    return Diagnostico(ajustes.url_de_base.split(":")[0])


def _contencion() -> Diagnostico:
    try:
        with Contenedor(hijos=1) as contenedor:
            capas = contenedor.capas()
    except ContencionNoDisponible as error:
        return Diagnostico(str(error), error.consejo)
    return Diagnostico(_que_capas(capas))


def _que_capas(capas: Mapping[str, Capa]) -> str:
    activas = ", ".join(nombre for nombre, capa in capas.items() if capa.activa)
    faltan = "; ".join(f"{n}: {capa.motivo}" for n, capa in capas.items() if not capa.activa)
    return f"activas: {activas}" + (f". Sin {faltan}" if faltan else "")


def _psycopg() -> Diagnostico:
    if find_spec("psycopg") is None:
        return Diagnostico("no está", "Instale el extra «postgres»: pip install 'actas[postgres]'")
    return Diagnostico(f"psycopg {version('psycopg')}")


def _tesseract() -> Diagnostico:
    if shutil.which("tesseract") is None:
        return Diagnostico("no está", "apt-get install tesseract-ocr tesseract-ocr-spa")
    idiomas = ", ".join(sorted(ocr.idiomas()))
    falta = None if ocr.disponible() else "apt-get install tesseract-ocr-spa"
    try:
        return Diagnostico(f"idiomas: {idiomas}; {_que_capas(ejecucion.capas())}", falta)
    except OSError as error:
        return Diagnostico(f"idiomas: {idiomas}", f"No se usa: {error}")


def _libreoffice() -> Diagnostico:
    ejecutable = oficina.programa()
    if ejecutable is None:
        return Diagnostico(
            "no está", "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"
        )
    if not oficina.se_puede_aislar():
        return Diagnostico(
            str(ejecutable),
            "Este sistema no deja encerrarlo y por eso no se usa: permita los espacios de nombres "
            "de usuario (kernel.apparmor_restrict_unprivileged_userns=0) o guarde las actas como "
            "DOCX",
        )
    falta = None if oficina.programa("xlsx") else "apt-get install libreoffice-calc-nogui"
    return Diagnostico(f"{ejecutable}, encerrado y sin red", falta)


def _programa(nombres: tuple[str, ...], paquete: str) -> Callable[[], Diagnostico]:
    def mirar() -> Diagnostico:
        ruta = next(filter(None, map(shutil.which, nombres)), None)
        if ruta is None:
            return Diagnostico("no está", f"apt-get install {paquete}")
        return Diagnostico(ruta)

    return mirar


COMPONENTES: tuple[Componente, ...] = (
    Componente("Python", "todo", _python, necesario=True),
    Componente("Paquetes", "todo", _paquetes, necesario=True),
    Componente("Modelos", "distinguir pedido, compromiso y tarea", _modelos, necesario=True),
    Componente("Sintaxis", "hallar más responsables", _lengua),
    Componente("Lineamientos", "revisión SMART", _reglas, necesario=True),
    Componente("Base de datos", "registro", _base, necesario=True),
    Componente("Contención", "leer cada archivo en un proceso encerrado", _contencion, True),
    Componente("PostgreSQL", "registro en un servidor compartido", _psycopg),
    Componente("Tesseract", "leer actas escaneadas y fotos (OCR)", _tesseract),
    Componente("LibreOffice", "actas en .doc, .rtf, .xls y .ods", _libreoffice),
    Componente(
        "Chromium",
        "pruebas en un navegador de verdad",
        _programa(("chromium", "chromium-browser", "google-chrome"), "chromium"),
    ),
)


def configurar(analizador: argparse.ArgumentParser) -> None:
    """No tiene argumentos."""


def ejecutar(opciones: argparse.Namespace) -> int:
    """Imprime el informe; devuelve 3 si falta algo necesario."""
    tabla = Table("Componente", "Estado", "Detalle", "Sirve para", "Qué hacer")
    faltan = False
    for componente in COMPONENTES:
        diagnostico = componente.mirar()
        faltan |= componente.necesario and diagnostico.falta is not None
        estado = "bien" if diagnostico.falta is None else "FALTA" if componente.necesario else "no"
        tabla.add_row(
            componente.nombre,
            estado,
            diagnostico.detalle,
            componente.para,
            diagnostico.falta or "",
        )
    Console(highlight=False).print(tabla)
    return 3 if faltan else 0
