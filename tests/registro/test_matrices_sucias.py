"""Cincuenta matrices sucias: ninguna tumba al programa y ninguna fila se pierde en silencio."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from comun_matrices import Caso
from matrices_sucias import casos

from registro.actores import Actor
from registro.base import Base, abrir
from registro.cotejo import cotejar
from registro.ensayo import Veredicto, ensayar
from registro.importar import importar
from registro.originales import Originales

CASOS = casos()
SIN_MOTIVO = {Veredicto.NUEVA, Veredicto.IGUAL}


@pytest.fixture(scope="module")
def base_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    """Da una sola base para todas: las matrices no comparten textos."""
    abierta = abrir(f"sqlite:///{tmp_path_factory.mktemp('sucias') / 'actas.db'}")
    yield abierta
    abierta.cerrar()


def test_son_cincuenta() -> None:
    assert len({caso.nombre for caso in CASOS}) == len(CASOS) == 50


@pytest.mark.parametrize("caso", CASOS, ids=lambda caso: caso.nombre)
def test_cada_fila_tiene_su_veredicto(
    caso: Caso, base_sqlite: Base, originales: Originales, ssgc: Actor, ahora: datetime
) -> None:
    contenido = caso.contenido()
    ensayo = importar(base_sqlite, originales, ssgc, contenido, caso.archivo, ahora)
    motivos = {f.fila.numero: f.motivo for f in ensayo.filas}
    assert {f.fila.numero: str(f.veredicto) for f in ensayo.filas} == caso.esperado, motivos
    assert sum(ensayo.cuentas.values()) == _escritas(caso)
    for fila in ensayo.filas:
        assert bool(fila.motivo) != (fila.veredicto in SIN_MOTIVO), fila
    for numero, motivo in caso.motivos.items():
        assert motivo in motivos[numero]
    valores = {f.fila.numero: f.fila.valores for f in ensayo.filas}
    for numero, esperados in caso.valores.items():
        assert {campo: valores[numero][campo] for campo in esperados} == esperados
    for aviso in caso.avisos:
        assert any(aviso in dicho for dicho in ensayo.avisos), ensayo.avisos
    assert bool(ensayo.avisos) == bool(caso.avisos)
    otra_vez = ensayar(base_sqlite, contenido, caso.archivo).cuentas
    assert otra_vez[Veredicto.IGUAL] == ensayo.cuentas[Veredicto.NUEVA]
    assert otra_vez[Veredicto.NUEVA] == otra_vez[Veredicto.CAMBIADA] == 0


def test_las_cincuenta_una_tras_otra(
    base: Base, originales: Originales, ssgc: Actor, ahora: datetime
) -> None:
    escritas = veredictos = 0
    for caso in CASOS:
        ensayo = importar(base, originales, ssgc, caso.contenido(), caso.archivo, ahora)
        escritas += _escritas(caso)
        veredictos += sum(ensayo.cuentas.values())
        assert {f.fila.numero: str(f.veredicto) for f in ensayo.filas} == caso.esperado
    assert veredictos == escritas > 250
    assert cotejar(base).defectos == ()


def _escritas(caso: Caso) -> int:
    return sum(any(v is not None and str(v).strip() for v in fila) for fila in caso.filas)
