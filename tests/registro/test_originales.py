"""El original se guarda entero o no se guarda, y se sabe si cambió."""

import io
import os
import subprocess
import sys
import threading
import time
from hashlib import sha256
from pathlib import Path

import pytest

from ingesta.errores import ArchivoDemasiadoGrande, ArchivoVacio
from registro.errores import OriginalDanado
from registro.originales import TOPE, Originales

CONTENIDO = b"%PDF-1.7 acta de prueba"
HUELLA = sha256(CONTENIDO).hexdigest()

SE_CORTA = """
import os, signal, sys
from pathlib import Path
from registro.originales import Originales

class SeCorta:
    def __init__(self):
        self.trozos = 0
    def read(self, n):
        self.trozos += 1
        if self.trozos == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"x" * n

Originales(Path(sys.argv[1])).guardar(SeCorta())
"""


def _archivos(carpeta: Path) -> list[str]:
    return sorted(str(a.relative_to(carpeta)) for a in carpeta.rglob("*") if a.is_file())


def test_se_guarda_con_su_sha256_por_nombre_y_se_relee_igual(originales):
    original = originales.guardar(io.BytesIO(CONTENIDO))
    assert (original.sha256, original.bytes) == (HUELLA, len(CONTENIDO))
    assert _archivos(originales.carpeta) == [f"{HUELLA[:2]}/{HUELLA}.bin"]
    assert originales.ruta(HUELLA).read_bytes() == CONTENIDO


def test_guardar_dos_veces_lo_mismo_deja_un_solo_archivo(originales):
    originales.guardar(io.BytesIO(CONTENIDO))
    originales.guardar(io.BytesIO(CONTENIDO))
    assert _archivos(originales.carpeta) == [f"{HUELLA[:2]}/{HUELLA}.bin"]


def test_el_tope_son_50_mb_y_justo_en_el_tope_entra(tmp_path):
    assert TOPE == 52_428_800
    originales = Originales(tmp_path, tope=10)
    assert originales.guardar(io.BytesIO(b"1234567890")).bytes == 10
    with pytest.raises(ArchivoDemasiadoGrande) as info:
        originales.guardar(io.BytesIO(b"12345678901"))
    assert info.value.consejo
    assert len(_archivos(tmp_path)) == 1


def test_un_archivo_enorme_se_corta_sin_leerlo_entero(tmp_path):
    class SinFin:
        leido = 0

        def read(self, cuanto: int) -> bytes:
            self.leido += cuanto
            return b"x" * cuanto

    flujo = SinFin()
    with pytest.raises(ArchivoDemasiadoGrande, match="50 MB"):
        Originales(tmp_path).guardar(flujo)
    assert flujo.leido <= TOPE + 2 * 1024 * 1024
    assert _archivos(tmp_path) == []


def test_un_archivo_vacio_no_deja_nada(originales):
    with pytest.raises(ArchivoVacio):
        originales.guardar(io.BytesIO(b""))
    assert _archivos(originales.carpeta) == []


def test_si_el_envio_se_interrumpe_no_queda_nada(originales):
    class SeInterrumpe:
        trozos = iter([b"una parte"])

        def read(self, _: int) -> bytes:
            try:
                return next(self.trozos)
            except StopIteration:
                raise ConnectionError("se cortó el envío") from None

    with pytest.raises(ConnectionError):
        originales.guardar(SeInterrumpe())
    assert _archivos(originales.carpeta) == []


@pytest.mark.skipif(os.name == "nt", reason="usa SIGKILL")
def test_si_matan_al_proceso_a_medio_guardar_no_queda_un_original(tmp_path):
    carpeta = tmp_path / "originales"
    proceso = subprocess.run([sys.executable, "-c", SE_CORTA, str(carpeta)], check=False)
    assert proceso.returncode == -9
    [resto] = _archivos(carpeta)
    assert resto.endswith(".parcial")
    ayer = time.time() - 25 * 3600
    os.utime(carpeta / resto, (ayer, ayer))
    Originales(carpeta)
    assert _archivos(carpeta) == []


def test_lo_que_otro_esta_guardando_no_se_borra_al_abrir(originales):
    (originales.carpeta / "ahora.parcial").write_bytes(b"a medias")
    Originales(originales.carpeta)
    assert _archivos(originales.carpeta) == ["ahora.parcial"]


def test_un_original_cambiado_se_descubre_y_volver_a_enviarlo_lo_repone(originales):
    originales.guardar(io.BytesIO(CONTENIDO))
    originales.ruta(HUELLA).write_bytes(CONTENIDO.replace(b"acta", b"ACTA"))
    with pytest.raises(OriginalDanado, match="ya no es"):
        originales.ruta(HUELLA)
    originales.guardar(io.BytesIO(CONTENIDO))
    assert originales.ruta(HUELLA).read_bytes() == CONTENIDO


@pytest.mark.parametrize("huella", ["0" * 64, "../../etc/passwd", "", "G" * 64])
def test_pedir_un_original_que_no_esta_se_explica(originales, huella):
    with pytest.raises(OriginalDanado):
        originales.ruta(huella)


def test_varios_hilos_guardan_lo_mismo_a_la_vez(originales):
    grande = os.urandom(3 * 1024 * 1024)
    huellas: list[str] = []
    hilos = [
        threading.Thread(
            target=lambda: huellas.append(originales.guardar(io.BytesIO(grande)).sha256)
        )
        for _ in range(4)
    ]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert huellas == [sha256(grande).hexdigest()] * 4
    assert len(_archivos(originales.carpeta)) == 1
