"""Respaldar y restaurar: la base por su propia vía de copia, los originales por huella.

Un respaldo es una carpeta con `base.db` (SQLite) o `base.dump` (PostgreSQL), `originales/` y
`manifiesto.json`, que dice la huella de cada archivo y la cabeza de la historia. Copiar el archivo
de una base abierta no es un respaldo: de 25 copias así, 15 salieron dañadas o viejas
(`fiabilidad.md`, hallazgo 9). Se escribe en otra carpeta y se le da su nombre al final: un respaldo
a medias no se confunde con uno entero.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine, inspect, make_url
from sqlalchemy.engine import URL

from registro.base import Base, abrir
from registro.cadena import instante
from registro.cotejo import cotejar
from registro.errores import BaseNoDisponible, LugarOcupado, RespaldoDanado
from registro.historia import ver_cabeza
from registro.originales import Originales
from registro.verificar import leer, verificar

MANIFIESTO: Final = "manifiesto.json"
_FORMATO: Final = "actas/respaldo/1"
_BASES: Final = {"sqlite": "base.db", "postgresql": "base.dump"}


@dataclass(frozen=True, slots=True)
class Respaldo:
    """Lo que dice el manifiesto: cuándo, de qué motor, la cabeza de la historia y cada archivo.

    En SQLite la cabeza es la de la copia; en PostgreSQL, la de justo antes de volcar, que la copia
    contiene.
    `archivos` va de ruta dentro del respaldo a su sha256 en hexadecimal.
    """

    formato: str
    hecho_en: str
    motor: str
    hechos: int
    cabeza: str
    archivos: Mapping[str, str]


def respaldar(base: Base, originales: Originales, destino: Path, ahora: datetime) -> Respaldo:
    """Copia la base y los originales a una carpeta nueva, y la comprueba antes de darla por buena.

    Se puede hacer con la aplicación andando.

    Raises:
        RespaldoDanado: la carpeta ya existe, o la copia no verifica.
        BaseNoDisponible: falta `pg_dump`, o la base no responde.
    """
    if destino.exists():
        raise LugarOcupado(f"Ya existe {destino.name}: cada respaldo va en una carpeta nueva.")
    provisional = destino.with_name(f".{destino.name}.parcial")
    shutil.rmtree(provisional, ignore_errors=True)
    provisional.mkdir(mode=0o700, parents=True)
    try:
        motor = base.motor.dialect.name
        antes = ver_cabeza(base)
        copia = provisional / _BASES[motor]
        if motor == "sqlite":
            _copiar_sqlite(str(base.motor.url.database), copia)
            informe = verificar(*leer(str(copia)), [(antes.numero, antes.huella)][: antes.numero])
            if informe.defectos:
                raise RespaldoDanado(f"La historia no verifica: {informe.defectos[0]}.")
            hechos, cabeza = informe.hechos, informe.huella
        else:
            _volcar_postgresql(base.motor.url, copia)
            hechos, cabeza = antes.numero, antes.huella
        for archivo in sorted(originales.carpeta.glob("??/*.bin")):
            lugar = provisional / "originales" / archivo.parent.name / archivo.name
            lugar.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(archivo, lugar)
        archivos = _huellas(provisional)
        for ruta, huella in archivos.items():
            if ruta.startswith("originales/") and Path(ruta).stem != huella:
                raise RespaldoDanado(f"El original {Path(ruta).stem[:16]}… ya no es el recibido.")
        respaldo = Respaldo(_FORMATO, instante(ahora), motor, hechos, cabeza, archivos)
        (provisional / MANIFIESTO).write_text(
            json.dumps(asdict(respaldo), ensure_ascii=False, indent=1), encoding="utf-8"
        )
        _asentar(provisional)
        provisional.replace(destino)
    except BaseException:
        shutil.rmtree(provisional, ignore_errors=True)
        raise
    return respaldo


def comprobar(origen: Path) -> Respaldo:
    """Comprueba que el respaldo esté entero y sea lo que dice su manifiesto.

    Raises:
        RespaldoDanado: falta algo, sobra algo, o una huella no coincide.
    """
    try:
        datos: dict[str, Any] = json.loads((origen / MANIFIESTO).read_text("utf-8"))
        respaldo = Respaldo(**datos)
    except (OSError, ValueError, TypeError) as error:
        raise RespaldoDanado("La carpeta no tiene un manifiesto que se entienda.") from error
    if respaldo.formato != _FORMATO or respaldo.motor not in _BASES:
        raise RespaldoDanado("El respaldo es de una versión que este programa no conoce.")
    halladas = _huellas(origen)
    for ruta in sorted({*respaldo.archivos, *halladas}):
        if respaldo.archivos.get(ruta) != halladas.get(ruta):
            raise RespaldoDanado(f"El archivo «{ruta}» del respaldo falta, sobra o cambió.")
    if respaldo.motor == "sqlite":
        informe = verificar(*leer(str(origen / _BASES["sqlite"])))
        if informe.defectos or (informe.hechos, informe.huella) != (
            respaldo.hechos,
            respaldo.cabeza,
        ):
            raise RespaldoDanado("La historia del respaldo no es la que dice su manifiesto.")
    return respaldo


def restaurar(origen: Path, url: str, carpeta_de_originales: Path) -> Respaldo:
    """Repone un respaldo en una base y una carpeta vacías, y coteja lo repuesto.

    Nunca pisa: si ya hay algo, no hace nada.

    Raises:
        RespaldoDanado: el respaldo no está entero, es de otro motor, o donde va ya hay datos.
        BaseNoDisponible: falta `pg_restore`, o la base no responde.
    """
    respaldo = comprobar(origen)
    direccion = make_url(url)
    if direccion.get_backend_name() != respaldo.motor:
        raise RespaldoDanado(f"El respaldo es de {respaldo.motor} y la base pedida es de otro.")
    if carpeta_de_originales.exists() and any(carpeta_de_originales.iterdir()):
        raise LugarOcupado("La carpeta de originales no está vacía: no se pisa nada.")
    if respaldo.motor == "sqlite":
        archivo = Path(str(direccion.database))
        if archivo.exists():
            raise LugarOcupado("Ya hay una base en ese lugar: no se pisa nada.")
        archivo.parent.mkdir(parents=True, exist_ok=True)
        _copiar_sqlite(str(origen / _BASES["sqlite"]), archivo)
    else:
        _reponer_postgresql(direccion, origen / _BASES["postgresql"])
    if (origen / "originales").is_dir():
        shutil.copytree(origen / "originales", carpeta_de_originales, dirs_exist_ok=True)
    base = abrir(url)
    try:
        cotejo = cotejar(base, Originales(carpeta_de_originales))
        publicada = [(respaldo.hechos, respaldo.cabeza)] if respaldo.hechos else []
        informe = verificar(*leer(url), publicada)
    finally:
        base.cerrar()
    if defectos := [*informe.defectos, *cotejo.defectos]:
        raise RespaldoDanado(f"Lo repuesto no es lo respaldado: {defectos[0]}.")
    return respaldo


def _copiar_sqlite(desde: str, hasta: Path) -> None:
    uri = f"{Path(desde).resolve().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(uri, uri=True)) as fuente,
        closing(sqlite3.connect(hasta)) as copia,
    ):
        fuente.backup(copia)
        copia.execute("PRAGMA journal_mode=DELETE")
        if copia.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise RespaldoDanado("La copia de la base no pasó su comprobación.")


def _volcar_postgresql(url: URL, hasta: Path) -> None:
    esquema = _esquema(url)
    limite = ["--schema", esquema] if esquema else []
    _ejecutar(["pg_dump", "--format=custom", "--no-owner", *limite, "--file", str(hasta)], url)


def _reponer_postgresql(url: URL, desde: Path) -> None:
    motor = create_engine(url)
    try:
        if inspect(motor).get_table_names():
            raise LugarOcupado("La base ya tiene tablas: no se pisa nada.")
    finally:
        motor.dispose()
    orden = ["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction"]
    _ejecutar([*orden, "--dbname", _dsn(url), str(desde)], url)


def _esquema(url: URL) -> str | None:
    opciones = str(url.query.get("options", ""))
    return opciones.removeprefix("-csearch_path=") or None


def _dsn(url: URL) -> str:
    simple = url.set(drivername="postgresql").difference_update_query(["options"])
    return simple.render_as_string(hide_password=False)


def _ejecutar(orden: list[str], url: URL) -> None:
    if orden[0] == "pg_dump":
        orden = [*orden, "--dbname", _dsn(url)]
    if shutil.which(orden[0]) is None:
        falta = BaseNoDisponible(f"Falta {orden[0]} para respaldar una base PostgreSQL.")
        falta.consejo = "Instale las herramientas de cliente de PostgreSQL, de su misma versión."
        raise falta
    hecho = subprocess.run(orden, capture_output=True, text=True, check=False)  # noqa: S603
    if hecho.returncode:
        renglones = hecho.stderr.strip().splitlines() or ["sin detalle"]
        raise BaseNoDisponible(f"{orden[0]} no terminó: {renglones[0]}")


def _huellas(carpeta: Path) -> dict[str, str]:
    halladas = {}
    for archivo in sorted(p for p in carpeta.rglob("*") if p.is_file()):
        ruta = archivo.relative_to(carpeta).as_posix()
        if ruta != MANIFIESTO:
            with archivo.open("rb") as abierto:
                halladas[ruta] = file_digest(abierto, "sha256").hexdigest()
    return halladas


def _asentar(carpeta: Path) -> None:
    """Lleva al disco todo lo escrito en la carpeta."""
    for archivo in (p for p in carpeta.rglob("*") if p.is_file()):
        descriptor = os.open(archivo, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
