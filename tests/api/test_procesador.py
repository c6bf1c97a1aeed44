"""El proceso que lee: límites, caídas y reinicios, con procesos de verdad."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.procesador import Procesador
from registro.acta import Acta, EstadoActa
from registro.base import Base, abrir
from registro.consultas import listar_items, ver_acta
from registro.flujo import POR_ANALIZAR, recibir_acta
from registro.originales import Originales

PLAZO = 180.0


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    abierta = abrir(f"sqlite:///{tmp_path / 'actas.db'}")
    yield abierta
    abierta.cerrar()


@pytest.fixture
def originales(tmp_path: Path) -> Originales:
    return Originales(tmp_path / "originales")


@pytest.fixture
def recibir(base: Base, originales: Originales) -> Callable[[bytes], int]:
    """Da una función que recibe un archivo, sin leerlo, y devuelve el número del acta."""

    def hacer(contenido: bytes) -> int:
        flujo = io.BytesIO(contenido)
        return recibir_acta(base, originales, flujo, "acta.txt", "Ana", datetime.now(UTC)).acta.id

    return hacer


@pytest.fixture
def procesador(base: Base, originales: Originales) -> Iterator[Procesador]:
    """Da un procesador en marcha."""
    nuevo = Procesador(base, originales, segundos_por_acta=60)
    nuevo.iniciar()
    yield nuevo
    nuevo.detener()


def _hasta(condicion: Callable[[], object]) -> None:
    limite = time.monotonic() + PLAZO
    while not condicion():
        assert time.monotonic() < limite, "no pasó a tiempo"
        time.sleep(0.05)


def _leida(base: Base, acta_id: int) -> Acta:
    _hasta(lambda: ver_acta(base, acta_id).analizada_en)
    return ver_acta(base, acta_id)


TEXTO = "ACUERDOS\n1. El Ministerio de Salud entregará 5 botiquines hasta el 31/08/2026.\n"


def test_al_arrancar_sigue_con_lo_pendiente_y_si_el_lector_cae_se_repone(
    base: Base,
    originales: Originales,
    recibir: Callable[[bytes], int],
    request: pytest.FixtureRequest,
) -> None:
    pendiente = recibir(TEXTO.encode())
    procesador: Procesador = request.getfixturevalue("procesador")
    assert _leida(base, pendiente).estado is EstadoActa.ANALIZADA
    assert listar_items(base, pendiente)

    primero = procesador.lector.pid
    assert primero
    os.kill(primero, signal.SIGSTOP)
    caida = recibir(TEXTO.replace("5", "6").encode())
    procesador.avisar()
    _hasta(lambda: ver_acta(base, caida).estado is EstadoActa.ANALIZANDO)
    time.sleep(0.3)
    os.kill(primero, signal.SIGKILL)
    acta = _leida(base, caida)
    assert acta.estado is EstadoActa.ILEGIBLE
    assert "terminó de golpe" in str(acta.motivo)

    siguiente = recibir(TEXTO.replace("5", "7").encode())
    procesador.avisar()
    assert _leida(base, siguiente).estado is EstadoActa.ANALIZADA
    assert procesador.lector.pid != primero


def test_una_lectura_que_se_pasa_de_tiempo_se_mata_y_lo_dice(
    base: Base, originales: Originales, recibir: Callable[[bytes], int]
) -> None:
    lenta = recibir(TEXTO.encode())
    procesador = Procesador(base, originales, segundos_por_acta=0)
    procesador.iniciar()
    try:
        acta = _leida(base, lenta)
        assert acta.estado is EstadoActa.ILEGIBLE
        assert "pasó de 0 segundos y se detuvo" in str(acta.motivo)
        assert procesador.lector.pid is None
    finally:
        procesador.detener()


def test_apagar_a_medias_deja_el_acta_para_la_proxima_vez(
    base: Base, recibir: Callable[[bytes], int], procesador: Procesador
) -> None:
    _hasta(lambda: procesador.lector.pid)
    os.kill(procesador.lector.pid or 0, signal.SIGSTOP)
    acta_id = recibir(TEXTO.encode())
    procesador.avisar()
    procesador.detener()
    assert procesador.lector.pid is None
    assert ver_acta(base, acta_id).estado in POR_ANALIZAR


def test_un_original_danado_queda_pendiente_con_su_motivo_hasta_que_se_repone(
    base: Base, originales: Originales, recibir: Callable[[bytes], int], procesador: Procesador
) -> None:
    acta_id = recibir(TEXTO.encode())
    ruta = originales.ruta(ver_acta(base, acta_id).sha256)
    ruta.write_bytes(b"otra cosa")
    procesador.avisar()
    _hasta(lambda: procesador.problema(acta_id))
    assert "ya no es el que se recibió" in str(procesador.problema(acta_id))
    assert recibir(TEXTO.encode()) == acta_id
    procesador.avisar()
    assert _leida(base, acta_id).estado is EstadoActa.ANALIZADA
    assert procesador.problema(acta_id) is None


def test_el_proceso_web_no_carga_lectores_ni_modelos() -> None:
    orden = "import sys, api.app; print(*sys.modules)"
    hecho = subprocess.run(
        [sys.executable, "-c", orden], capture_output=True, text=True, check=True, timeout=120
    )
    ajenos = {"ingesta.lectores", "pdfplumber", "pdfminer", "pypdfium2", "docx", "sklearn"}
    assert not ajenos & set(hecho.stdout.split())
