"""La base abre, migra y protege lo guardado igual en SQLite y en PostgreSQL."""

import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from registro import tablas, tablas_vida
from registro.acta import NuevaDecision
from registro.base import Base, abrir, configuracion_de_migraciones
from registro.decisiones import decidir
from registro.errores import BaseMasNueva, BaseNoDisponible

TABLAS = {"acta", "propuesta", "decision", "compromiso", "pedido", "tarea"} | {
    "caso",
    "catalogo",
    "espacio",
    "evidencia",
    "historia",
    "hito",
    "idempotencia",
    "personal",
    "punto_focal",
    "requerimiento",
    "reunion",
    "solicitud",
    "unidad_territorial",
}


def _sin_indices_de_busqueda(cosa, nombre, tipo, *_):
    """Los índices de raíces son propios de cada motor y los hace la migración (0003)."""
    return not str(nombre).startswith("busca_")


def test_las_migraciones_dejan_las_mismas_tablas_que_el_programa(base):
    with base.leer() as conexion:
        opciones = {"compare_type": True, "include_object": _sin_indices_de_busqueda}
        contexto = MigrationContext.configure(conexion, opts=opciones)
        assert compare_metadata(contexto, tablas_vida.metadata) == []
        assert set(inspect(conexion).get_table_names()) >= TABLAS


def test_la_comparacion_de_tablas_ve_una_columna_que_falta(base):
    with base.escribir() as conexion:
        conexion.execute(text("ALTER TABLE tarea DROP COLUMN avance"))
    with base.leer() as conexion:
        opciones = {"include_object": _sin_indices_de_busqueda}
        contexto = MigrationContext.configure(conexion, opts=opciones)
        diferencias = compare_metadata(contexto, tablas.metadata)
    assert [(d[0], d[3].name) for d in diferencias] == [("add_column", "avance")]


def test_las_migraciones_se_deshacen_y_se_rehacen(base):
    with base.escribir() as conexion:
        command.downgrade(configuracion_de_migraciones(conexion), "base")
        assert not TABLAS & set(inspect(conexion).get_table_names())
    with base.escribir() as conexion:
        command.upgrade(configuracion_de_migraciones(conexion), "head")
        assert set(inspect(conexion).get_table_names()) >= TABLAS


def test_abrir_dos_veces_a_la_vez_migra_una_sola(url):
    barrera, abiertas, fallas = threading.Barrier(2, timeout=20), [], []

    def abrir_a_la_vez() -> None:
        barrera.wait()
        try:
            abiertas.append(abrir(url))
        except BaseNoDisponible as error:
            fallas.append(error)

    hilos = [threading.Thread(target=abrir_a_la_vez) for _ in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    for abierta in abiertas:
        abierta.cerrar()
    assert (len(abiertas), fallas) == (2, [])


def test_una_base_mas_nueva_se_rechaza_con_consejo(url):
    base = abrir(url)
    with base.escribir() as conexion:
        conexion.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    base.cerrar()
    with pytest.raises(BaseMasNueva, match="9999") as info:
        abrir(url)
    assert "Actualice el programa" in info.value.consejo


@pytest.mark.parametrize(
    "direccion",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://alguien@servidor/base",
        "esto no es una dirección",
        "postgresql+psycopg://nadie@127.0.0.1:1/nada",
    ],
)
def test_una_direccion_que_no_sirve_se_explica(direccion):
    with pytest.raises(BaseNoDisponible) as info:
        abrir(direccion)
    assert info.value.consejo


def test_una_carpeta_imposible_se_explica(tmp_path: Path):
    (tmp_path / "archivo").write_text("no soy carpeta")
    with pytest.raises(BaseNoDisponible):
        abrir(f"sqlite:///{tmp_path / 'archivo' / 'actas.db'}")


def test_sqlite_abre_con_las_garantias_pedidas(tmp_path: Path):
    base = abrir(f"sqlite:///{tmp_path / 'actas.db'}")
    pedido = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    with base.leer() as conexion:
        hallado = {p: conexion.execute(text(f"PRAGMA {p}")).scalar() for p in pedido}
    base.cerrar()
    assert hallado == pedido


def test_en_sqlite_quien_escribe_toma_el_turno_al_empezar(tmp_path: Path):
    """Dos procesos que leen y luego escriben: con BEGIN a secas el segundo fallaría."""
    direccion = f"sqlite:///{tmp_path / 'actas.db'}"
    bases, fallas = [abrir(direccion), abrir(direccion)], []
    barrera = threading.Barrier(2, timeout=20)

    def sumar(base: Base) -> None:
        barrera.wait()
        for _ in range(20):
            try:
                with base.escribir() as conexion:
                    visto = conexion.execute(text("SELECT count(*) FROM acta")).scalar_one()
                    valores = {
                        "sha256": f"{visto}",
                        "nombre": "a",
                        "bytes": 1,
                        "estado": "recibida",
                    }
                    valores |= {"recibida_en": "2026-01-01 00:00:00", "recibida_por": "x"}
                    conexion.execute(
                        text(
                            "INSERT INTO acta (sha256, nombre, bytes, estado, recibida_en, "
                            "recibida_por) VALUES (:sha256, :nombre, :bytes, :estado, "
                            ":recibida_en, :recibida_por)"
                        ),
                        valores,
                    )
            except BaseNoDisponible as error:
                fallas.append(error)

    hilos = [threading.Thread(target=sumar, args=(base,)) for base in bases]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    with bases[0].leer() as conexion:
        total = conexion.execute(text("SELECT count(*) FROM acta")).scalar_one()
    for base in bases:
        base.cerrar()
    assert (total, fallas) == (40, [])


def test_en_una_lectura_no_se_puede_escribir(base):
    with pytest.raises((BaseNoDisponible, DBAPIError)), base.leer() as conexion:
        conexion.execute(text("DELETE FROM acta"))


@pytest.mark.parametrize("tabla", ["decision", "propuesta", "historia"])
@pytest.mark.parametrize("orden", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_decisiones_y_propuestas_no_se_cambian_ni_se_borran(
    base, acta_con, hacer_item, ahora, tabla, orden
):
    acta_con(hacer_item())
    decidir(base, 1, NuevaDecision("rechazar", "Ana"), ahora)
    with pytest.raises(DBAPIError, match="solo admite agregar filas"), base.escribir() as conexion:
        conexion.execute(text(orden.format(tabla)))
    with base.leer() as conexion:
        cuantas = {"historia": 3}.get(tabla, 1)
        assert len(conexion.execute(select(tablas.metadata.tables[tabla])).all()) == cuantas


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_en_sqlite_tampoco_se_reemplaza_una_decision(base, acta_con, hacer_item, ahora):
    acta_con(hacer_item())
    decidir(base, 1, NuevaDecision("rechazar", "Ana"), ahora)
    cambio = (
        "INSERT OR REPLACE INTO decision SELECT id, propuesta_id, version, 'Otra', cuando, que, "
        "motivo, antes, despues FROM decision"
    )
    with pytest.raises(DBAPIError, match="solo admite agregar filas"), base.escribir() as conexion:
        conexion.execute(text(cambio))


@pytest.mark.postgres
def test_en_postgresql_no_se_vacia_la_tabla_de_decisiones(esquema_postgres):
    base = abrir(esquema_postgres)
    with pytest.raises(DBAPIError, match="solo admite agregar filas"), base.escribir() as conexion:
        conexion.execute(text("TRUNCATE decision CASCADE"))
    base.cerrar()


def test_la_base_no_admite_una_decision_sin_persona(base, acta_con, hacer_item, ahora):
    acta_con(hacer_item())
    valores = {
        "propuesta_id": 1,
        "version": 1,
        "quien": "  ",
        "cuando": ahora,
        "que": "rechazar",
        "motivo": "",
        "antes": {},
    }
    with pytest.raises(DBAPIError, match="la_toma_una_persona"), base.escribir() as conexion:
        conexion.execute(insert(tablas.decision).values(valores))


def test_un_momento_sin_zona_es_un_error_de_programa(base, ahora):
    valores = {
        "sha256": "0",
        "nombre": "a",
        "bytes": 1,
        "estado": "recibida",
        "recibida_en": ahora.replace(tzinfo=None),
        "recibida_por": "x",
    }
    with pytest.raises(Exception, match="zona horaria"), base.escribir() as conexion:
        conexion.execute(insert(tablas.acta).values(valores))
