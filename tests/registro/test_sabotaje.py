"""Quien manda en la base la altera en una copia: `actas verificar` lo encuentra siempre.

Cada sabotaje se hace sin disparadores, como quien tiene todo el poder, sobre una copia; el original
sigue en orden. Cortar el final y reescribir todo con coherencia solo se notan con la cabeza que ya
se publicó en un reporte (`fiabilidad.md`, T9).
"""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL, make_url

from registro.base import abrir
from registro.cadena import PRIMERA, enlazar, huella_de_fila
from registro.estados import Estado
from registro.historia import ver_cabeza
from registro.vida import CambioDeEstado, actualizar, cambiar_estado

ACTAS = str(Path(sys.executable).with_name("actas"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Da la dirección de una base propia, que se puede copiar entera."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'actas.db'}"
        return
    servidor: URL = request.getfixturevalue("servidor_postgres")
    nombre = f"actas_prueba_{uuid.uuid4().hex}"
    _en_el_servidor(servidor, f"CREATE DATABASE {nombre}")
    try:
        yield servidor.set(database=nombre).render_as_string(hide_password=False)
    finally:
        _en_el_servidor(servidor, f"DROP DATABASE {nombre} WITH (FORCE)")


def _en_el_servidor(servidor: URL, orden: str) -> None:
    motor = create_engine(servidor, isolation_level="AUTOCOMMIT")
    with motor.connect() as conexion:
        conexion.execute(text(orden))
    motor.dispose()


@pytest.fixture
def copia(url, base, registrar, ssgd, ahora, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Llena la base y da la dirección de una copia y la cabeza publicada."""
    numeros = [registrar().id for _ in range(2)]
    actualizar(base, ssgd, numeros[0], "Se entregó la primera parte.", 1, ahora)
    for n, estado in enumerate((Estado.EN_PROCESO, Estado.SUSPENDIDO), 1):
        cambiar_estado(base, ssgd, numeros[1], CambioDeEstado(estado, n, "Lluvias."), ahora)
    cabeza = str(ver_cabeza(base))
    base.cerrar()
    direccion = make_url(url)
    if direccion.get_backend_name() == "sqlite":
        otra = tmp_path / "copia.db"
        shutil.copyfile(str(direccion.database), otra)
        yield f"sqlite:///{otra}", cabeza
        return
    nombre = f"{direccion.database}_copia"
    servidor = direccion.set(database="postgres")
    _en_el_servidor(servidor, f"CREATE DATABASE {nombre} TEMPLATE {direccion.database}")
    try:
        yield direccion.set(database=nombre).render_as_string(hide_password=False), cabeza
    finally:
        _en_el_servidor(servidor, f"DROP DATABASE {nombre} WITH (FORCE)")


def _verificar(url: str, carpeta: Path, *opciones: str) -> tuple[int, str]:
    ajustes = {"ACTAS_BASE": url, "ACTAS_CARPETA": str(carpeta)}
    hecho = subprocess.run(
        [ACTAS, "verificar", *opciones],
        env=os.environ | ajustes,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not hecho.stderr, hecho.stderr
    return hecho.returncode, hecho.stdout


def _sabotear(url: str, sabotaje: Callable[[Connection], None]) -> None:
    base = abrir(url)
    with base.escribir() as conexion:
        if conexion.dialect.name == "postgresql":
            conexion.execute(text("ALTER TABLE historia DISABLE TRIGGER USER"))
            conexion.execute(text("ALTER TABLE personal DISABLE TRIGGER USER"))
        else:
            consulta = (
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN "
                "('historia', 'personal')"
            )
            for nombre in conexion.execute(text(consulta)).scalars().all():
                conexion.execute(text(f"DROP TRIGGER {nombre}"))
        sabotaje(conexion)
    base.cerrar()


def _alterar(conexion: Connection) -> None:
    orden = "UPDATE historia SET cuerpo = replace(cuerpo, 'suspendido', 'cumplido')"
    conexion.execute(text(orden))


def _borrar(conexion: Connection) -> None:
    conexion.execute(text("DELETE FROM historia WHERE id = 4"))


def _intercambiar(conexion: Connection) -> None:
    for desde, hasta in ((3, -1), (4, 3), (-1, 4)):
        orden = text("UPDATE historia SET id = :hasta WHERE id = :desde")
        conexion.execute(orden, {"hasta": hasta, "desde": desde})


def _cortar_la_cola(conexion: Connection) -> None:
    """Deshace los dos últimos cambios de estado como si nunca hubieran sido."""
    total = conexion.execute(text("SELECT max(id) FROM historia")).scalar_one()
    conexion.execute(text("DELETE FROM historia WHERE id > :n"), {"n": total - 2})
    conexion.execute(text("DELETE FROM personal WHERE valor = 'Lluvias.'"))
    _borrar_sueltos(conexion)
    conexion.execute(text("UPDATE compromiso SET estado = 'no_iniciado', version = 1 WHERE id = 2"))


def _borrar_sueltos(conexion: Connection) -> None:
    cuerpos = " ".join(conexion.execute(text("SELECT cuerpo FROM historia")).scalars())
    for clave in conexion.execute(text("SELECT clave FROM personal")).scalars().all():
        if clave not in cuerpos:
            conexion.execute(text("DELETE FROM personal WHERE clave = :c"), {"c": clave})


def _reescribir(conexion: Connection) -> None:
    """Cambia el estado en la fila y rehace todos los hechos para que concuerden."""
    from sqlalchemy import select, update

    from registro.tablas import compromiso

    vieja = conexion.execute(select(compromiso).where(compromiso.c.id == 2)).mappings().one()
    cambio = update(compromiso).where(compromiso.c.id == 2).values(estado="cumplido")
    nueva = conexion.execute(cambio.returning(compromiso)).mappings().one()
    huellas = huella_de_fila(dict(vieja)), huella_de_fila(dict(nueva))
    previa = PRIMERA
    for fila in conexion.execute(text("SELECT id, cuerpo FROM historia ORDER BY id")).all():
        cuerpo = fila.cuerpo.replace("suspendido", "cumplido").replace(*huellas)
        huella = enlazar(previa, fila.id, cuerpo)
        conexion.execute(
            text("UPDATE historia SET cuerpo = :c, previa = :p, huella = :h WHERE id = :i"),
            {"c": cuerpo, "p": previa, "h": huella, "i": fila.id},
        )
        previa = huella


@pytest.mark.parametrize(
    ("sabotaje", "esperado"),
    [
        (_alterar, "su contenido no da su huella"),
        (_borrar, "hecho 4: falta"),
        (_intercambiar, "no sigue al anterior"),
    ],
)
def test_alterar_borrar_e_intercambiar_se_hallan_sin_mas(
    url, copia, originales, tmp_path: Path, sabotaje, esperado
):
    copiada, _ = copia
    _sabotear(copiada, sabotaje)
    codigo, dicho = _verificar(copiada, tmp_path)
    assert (codigo, esperado in dicho) == (1, True), dicho
    codigo, dicho = _verificar(url, tmp_path)
    assert codigo == 0, dicho


@pytest.mark.parametrize(
    ("sabotaje", "esperado"),
    [(_cortar_la_cola, "se publicó y ya no está"), (_reescribir, "no es el que se publicó")],
)
def test_cortar_la_cola_y_reescribir_con_coherencia_se_hallan_con_la_cabeza(
    url, copia, originales, tmp_path: Path, sabotaje, esperado
):
    copiada, cabeza = copia
    _sabotear(copiada, sabotaje)
    codigo, dicho = _verificar(copiada, tmp_path)
    assert codigo == 0, f"el sabotaje no es tan bueno como debe: {dicho}"
    codigo, dicho = _verificar(copiada, tmp_path, "--cabeza", cabeza)
    assert (codigo, esperado in dicho) == (1, True), dicho
    codigo, dicho = _verificar(url, tmp_path, "--cabeza", cabeza)
    assert codigo == 0, dicho
