"""Respaldar con la base en uso, restaurar en otra parte y negarse ante lo que no está entero."""

import io
import threading
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import make_url

from registro import tablas_vida
from registro.base import abrir
from registro.cotejo import cotejar
from registro.errores import RespaldoDanado
from registro.filtros import Filtros
from registro.historia import ver_cabeza
from registro.listas import listar_compromisos, listar_registros
from registro.originales import Originales
from registro.respaldo import MANIFIESTO, comprobar, respaldar, restaurar
from registro.sustentos import agregar_evidencia
from registro.vida import actualizar


@pytest.fixture
def con_datos(base, originales, registrar, ssgd, ahora):
    numero = registrar().id
    registrar()
    agregar_evidencia(base, originales, ssgd, numero, io.BytesIO(b"informe"), "i.pdf", ahora)
    return numero


@pytest.fixture
def otra_url(url, tmp_path):
    """Da dónde restaurar: otro archivo, o el mismo esquema ya vacío."""
    if url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'otra' / 'actas.db'}"
    return url


def _vaciar(url, base):
    """Simula el desastre: se pierde la base."""
    base.cerrar()
    if url.startswith("sqlite"):
        return
    esquema = make_url(url).query["options"].removeprefix("-csearch_path=")
    motor = create_engine(make_url(url).difference_update_query(["options"]))
    with motor.begin() as conexion:
        conexion.execute(text(f"DROP SCHEMA {esquema} CASCADE"))
    motor.dispose()


def _todas_las_filas(base):
    with base.leer() as conexion:
        return {
            tabla.name: conexion.execute(select(tabla).order_by(*tabla.primary_key)).all()
            for tabla in tablas_vida.metadata.sorted_tables
        }


def _archivos(carpeta):
    return {r.relative_to(carpeta): r.read_bytes() for r in carpeta.rglob("*") if r.is_file()}


def test_lo_restaurado_es_lo_que_habia(
    url, otra_url, base, originales, con_datos, tmp_path: Path, ahora
):
    compromisos, cabeza = listar_compromisos(base, Filtros()), ver_cabeza(base)
    filas, archivos = _todas_las_filas(base), _archivos(originales.carpeta)
    hecho = respaldar(base, originales, tmp_path / "respaldo", ahora)
    assert (hecho.hechos, hecho.cabeza) == (cabeza.numero, cabeza.huella)
    _vaciar(url, base)
    restaurar(tmp_path / "respaldo", otra_url, tmp_path / "repuestos")
    repuesta = abrir(otra_url)
    assert listar_compromisos(repuesta, Filtros()) == compromisos
    assert ver_cabeza(repuesta) == cabeza
    assert _todas_las_filas(repuesta) == filas
    assert _archivos(tmp_path / "repuestos") == archivos
    hallados = listar_registros(repuesta, Filtros(texto="mantenimientos")).filas
    assert len(hallados) == len(compromisos) == 2
    assert cotejar(repuesta, Originales(tmp_path / "repuestos")).defectos == ()
    with pytest.raises(Exception, match="solo admite agregar filas"), repuesta.escribir() as c:
        c.execute(text("DELETE FROM historia"))
    repuesta.cerrar()


def test_respaldar_mientras_se_escribe_da_copias_enteras(
    base, originales, con_datos, tmp_path: Path, ssgd, ahora
):
    fin = threading.Event()

    def escribir() -> None:
        version = 1
        while not fin.is_set():
            actualizar(base, ssgd, con_datos, f"Avance {version}", version, ahora)
            version += 1

    hilo = threading.Thread(target=escribir)
    hilo.start()
    try:
        for n in range(5):
            respaldar(base, originales, tmp_path / f"r{n}", ahora)
    finally:
        fin.set()
        hilo.join()
    hechos = [comprobar(tmp_path / f"r{n}").hechos for n in range(5)]
    assert hechos == sorted(hechos)


DANIOS = {
    "un original cambia": lambda r: next(r.glob("originales/*/*.bin")).write_bytes(b"x"),
    "un original falta": lambda r: next(r.glob("originales/*/*.bin")).unlink(),
    "sobra un archivo": lambda r: (r / "de-mas.txt").write_text("x"),
    "falta el manifiesto": lambda r: (r / MANIFIESTO).unlink(),
    "la base cambia": lambda r: next(r.glob("base.*")).write_bytes(b"x"),
}


@pytest.mark.parametrize("danio", DANIOS)
def test_un_respaldo_que_no_esta_entero_no_se_restaura(
    otra_url, base, originales, con_datos, tmp_path: Path, ahora, danio
):
    respaldar(base, originales, tmp_path / "respaldo", ahora)
    DANIOS[danio](tmp_path / "respaldo")
    with pytest.raises(RespaldoDanado):
        restaurar(tmp_path / "respaldo", otra_url, tmp_path / "repuestos")
    assert not (tmp_path / "repuestos").exists()
    assert not (tmp_path / "otra").exists()


def test_no_se_pisa_ni_una_base_ni_un_respaldo(
    url, base, originales, con_datos, tmp_path: Path, ahora
):
    respaldar(base, originales, tmp_path / "respaldo", ahora)
    with pytest.raises(RespaldoDanado, match="Ya existe"):
        respaldar(base, originales, tmp_path / "respaldo", ahora)
    with pytest.raises(RespaldoDanado, match="no se pisa"):
        restaurar(tmp_path / "respaldo", url, tmp_path / "repuestos")
    with pytest.raises(RespaldoDanado, match="no se pisa"):
        restaurar(tmp_path / "respaldo", url, originales.carpeta)


def test_un_original_danado_no_se_respalda_en_silencio(
    base, originales, con_datos, tmp_path: Path, ahora
):
    next(originales.carpeta.glob("??/*.bin")).write_bytes(b"otra cosa")
    with pytest.raises(RespaldoDanado, match="ya no es el recibido"):
        respaldar(base, originales, tmp_path / "respaldo", ahora)
    assert not list(tmp_path.glob("*respaldo*"))
