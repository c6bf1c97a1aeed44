"""La base de datos: SQLite de fábrica, PostgreSQL si la dirección lo dice; mismas migraciones.

En SQLite: WAL con `synchronous=FULL` (un corte de luz no pierde lo confirmado), claves foráneas,
espera de 5 s y `BEGIN IMMEDIATE` en toda transacción que escribe: con `BEGIN` a secas, dos
escrituras a la vez fallan aunque haya espera.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from registro.errores import BaseMasNueva, BaseNoDisponible
from registro.turno import tomar_turno

_ESPERA = 5.0
"""Segundos que una conexión de SQLite espera a que otra suelte la base."""

_ESPERA_AL_MIGRAR = 60.0
"""Lo mismo, para quien abre mientras otro proceso migra, que en un disco lento tarda."""

_AL_CONECTAR = (
    f"PRAGMA busy_timeout={_ESPERA * 1000:.0f}",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)
_CERROJO_DE_MIGRACION = 20210813
"""Número cualquiera, pero fijo, con que PostgreSQL pone en fila a quienes migran."""

_CERROJO_DE_ESCRITURA = 20210814
"""Lo mismo, a quienes escriben: la historia es una sola cadena y va de uno en uno. Se toma al
empezar, antes que cualquier fila, para que dos escrituras no se esperen mutuamente."""


@dataclass(frozen=True, slots=True)
class Base:
    """Una base abierta y al día. Se comparte entre hilos; quien la abre llama a `cerrar`."""

    motor: Engine
    _turno: Lock = field(default_factory=Lock)

    @contextmanager
    def leer(self) -> Iterator[Connection]:
        """Abre una transacción de solo lectura; escribir en ella es un error.

        Raises:
            BaseNoDisponible: la base no responde.
        """
        with self._transaccion(escribe=False) as conexion:
            yield conexion

    @contextmanager
    def escribir(self) -> Iterator[Connection]:
        """Abre una transacción que se confirma al salir y se deshace ante cualquier error.

        Debe ser corta: en SQLite solo una escribe a la vez, y las demás esperan su turno, también
        las de otros procesos (`registro.turno`).

        Raises:
            BaseNoDisponible: la base no responde, está ocupada más de 5 s o no queda disco.
        """
        with self._su_turno(), self._transaccion(escribe=True) as conexion:
            yield conexion

    @contextmanager
    def _su_turno(self) -> Iterator[None]:
        """En SQLite espera su turno entre hilos y procesos; PostgreSQL tiene el suyo."""
        with ExitStack() as pila:
            if self.motor.dialect.name == "sqlite":
                try:
                    pila.enter_context(tomar_turno(str(self.motor.url.database), self._turno))
                except OSError as error:
                    raise BaseNoDisponible("No se puede escribir junto a la base.") from error
            yield

    @contextmanager
    def _transaccion(self, *, escribe: bool, espera: float = _ESPERA) -> Iterator[Connection]:
        try:
            with self.motor.connect() as conexion:
                conexion.execution_options(
                    escribe=escribe, espera=espera, postgresql_readonly=not escribe
                )
                with conexion.begin():
                    if escribe and conexion.dialect.name == "postgresql":
                        _tomar(conexion, _CERROJO_DE_ESCRITURA)
                    yield conexion
        except (OperationalError, InterfaceError) as error:
            raise BaseNoDisponible("La base de datos no responde.") from error

    def cerrar(self) -> None:
        """Cierra las conexiones."""
        self.motor.dispose()


def abrir_como_esta(url: str) -> Base | None:
    """Abre la base sin crearla ni migrarla; None si es un SQLite que no existe.

    Raises:
        BaseNoDisponible: la dirección está mal escrita.
    """
    motor = _crear_motor(url, crear=False)
    return Base(motor) if motor else None


def abrir(url: str) -> Base:
    """Abre la base y la lleva a la última migración; crea el archivo SQLite si no existe.

    `url` es `sqlite:///ruta/actas.db` o `postgresql://usuario@servidor/base`.

    Raises:
        BaseMasNueva: la base es de una versión posterior del programa.
        BaseNoDisponible: la dirección está mal escrita o la base no abre.
    """
    motor = _crear_motor(url)
    assert motor  # noqa: S101
    base = Base(motor)
    try:
        with base._transaccion(escribe=True, espera=_ESPERA_AL_MIGRAR) as conexion:
            _migrar(conexion)
    except BaseException:
        base.cerrar()
        raise
    return base


def configuracion_de_migraciones(conexion: Connection) -> Config:
    """Devuelve la configuración de Alembic que migra por esa conexión; no hay `alembic.ini`."""
    carpeta = Path(__file__).parent / "migraciones"
    configuracion = Config()
    configuracion.set_main_option("script_location", str(carpeta).replace("%", "%%"))
    configuracion.set_main_option("path_separator", "newline")
    configuracion.set_main_option(
        "version_locations", str(carpeta / "versiones").replace("%", "%%")
    )
    configuracion.attributes["conexion"] = conexion
    return configuracion


def _crear_motor(url: str, *, crear: bool = True) -> Engine | None:
    try:
        direccion = make_url(url)
        if direccion.get_backend_name() == "sqlite":
            if not crear and not Path(direccion.database or "").is_file():
                return None
            return _motor_sqlite(direccion)
        if direccion.get_backend_name() == "postgresql":
            return create_engine(direccion, pool_pre_ping=True)
    except ArgumentError as error:
        raise BaseNoDisponible("La dirección de la base no se entiende.") from error
    except ModuleNotFoundError as error:
        falta = BaseNoDisponible(f"Falta el componente {error.name} para usar PostgreSQL.")
        falta.consejo = "Instálelo con: pip install 'actas[postgres]'."
        raise falta from error
    except OSError as error:
        raise BaseNoDisponible("No se pudo crear la carpeta de la base.") from error
    raise BaseNoDisponible("Solo se admite una base SQLite o PostgreSQL.")


def _motor_sqlite(direccion: URL) -> Engine:
    if not direccion.database or direccion.database == ":memory:":
        raise BaseNoDisponible("La dirección de la base SQLite no nombra un archivo.")
    Path(direccion.database).parent.mkdir(parents=True, exist_ok=True)
    motor = create_engine(direccion)

    @event.listens_for(motor, "connect")
    def _preparar(conexion: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        conexion.isolation_level = None  # las transacciones las abre `_empezar`
        cursor = conexion.cursor()
        for orden in _AL_CONECTAR:
            cursor.execute(orden)
        _pasar_a_wal(cursor)
        cursor.close()

    @event.listens_for(motor, "begin")
    def _empezar(conexion: Connection) -> None:
        opciones = conexion.get_execution_options()
        escribe, espera = opciones.get("escribe", False), opciones.get("espera", _ESPERA)
        conexion.exec_driver_sql(f"PRAGMA busy_timeout={espera * 1000:.0f}")
        conexion.exec_driver_sql(f"PRAGMA query_only={'OFF' if escribe else 'ON'}")
        conexion.exec_driver_sql("BEGIN IMMEDIATE" if escribe else "BEGIN")

    return motor


def _pasar_a_wal(cursor: DBAPICursor) -> None:
    """Pone la base en WAL; en una recién creada SQLite no espera y hay que insistir."""
    limite = time.monotonic() + _ESPERA
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > limite:
                raise
            time.sleep(0.02)
        else:
            return


def _tomar(conexion: Connection, cerrojo: int) -> None:
    """Espera su turno en PostgreSQL hasta el fin de la transacción."""
    conexion.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": cerrojo})


def _migrar(conexion: Connection) -> None:
    if conexion.dialect.name == "postgresql":
        _tomar(conexion, _CERROJO_DE_MIGRACION)
    configuracion = configuracion_de_migraciones(conexion)
    guion = ScriptDirectory.from_config(configuracion)
    conocidas = {revision.revision for revision in guion.walk_revisions()}
    actual = MigrationContext.configure(conexion).get_current_revision()
    if actual is not None and actual not in conocidas:
        raise BaseMasNueva(f"La base es de una versión más nueva del programa ({actual}).")
    if actual != guion.get_current_head():
        command.upgrade(configuracion, "head")
