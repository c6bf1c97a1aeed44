"""Fotos y escaneos de punta a punta: la consola, el proceso que lee y la página del acta."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

import docx
import pytest
from docx.shared import Cm
from fastapi.testclient import TestClient
from PIL import Image, ImageDraw, ImageFont

from api.ajustes import Ajustes
from api.app import crear_app
from api.cli import ejecutar
from api.obrero import BIEN, SIGUE, Obrero, TardaDemasiado
from api.procesador import Procesador
from ingesta import ocr
from registro.acta import EstadoActa
from registro.base import abrir
from registro.consultas import listar_items, ver_acta
from registro.flujo import recibir_acta
from registro.originales import Originales

RENGLONES = [
    "ACTA DE REUNIÓN DE LA MESA DE DIÁLOGO",
    "Siendo las 9:30 horas del 14 de mayo de 2026 se reunieron los firmantes.",
    "ACUERDOS",
    "1. El Ministerio de Salud entregará 5 botiquines a la posta de Nauta",
    "hasta el 31 de agosto de 2026.",
]
con_tesseract = [
    pytest.mark.ocr,
    pytest.mark.skipif(not ocr.disponible(), reason="falta tesseract con el idioma spa"),
]


@pytest.fixture
def foto(tmp_path: Path) -> Path:
    """Una hoja A4 a 200 ppp con un compromiso."""
    import reportlab

    letra = ImageFont.truetype(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf", 32)
    hoja = Image.new("L", (1654, 2339), 255)
    lapiz = ImageDraw.Draw(hoja)
    for n, renglon in enumerate(RENGLONES):
        lapiz.text((150, 250 + 60 * n), renglon, 0, letra)
    ruta = tmp_path / "acta.jpg"
    hoja.save(ruta, dpi=(200, 200), quality=85)
    return ruta


def _dentro_de_un_word(foto: Path) -> Path:
    """Escribe un Word cuyo único contenido es la foto."""
    documento = docx.Document()
    documento.add_picture(str(foto), width=Cm(16))
    ruta = foto.with_suffix(".docx")
    documento.save(str(ruta))
    return ruta


class TestEscaneos:
    pytestmark = con_tesseract

    def test_procesar_lee_una_foto_y_dice_con_que_confianza(self, foto: Path, tmp_path: Path):
        salida = tmp_path / "salida"
        assert ejecutar(["procesar", str(foto), "-o", str(salida)]) == 0
        (ruta,) = salida.glob("acta.*.json")
        resultado = json.loads(ruta.read_text(encoding="utf-8"))
        assert resultado["estado"] == "leida"
        assert resultado["archivo"]["formato"] == "imagen"
        assert resultado["archivo"]["paginas_con_ocr"] == [1]
        assert "pagina_con_ocr" in {a["codigo"] for a in resultado["avisos"]}
        (cobertura,) = resultado["cobertura"]
        assert 0.8 < cobertura["ocr_confianza"] <= 1
        item = next(i for i in resultado["items"] if i["clase"] == "compromiso")
        assert item["campos"]["plazo"]["fecha_limite"] == "2026-08-31"
        assert item["cajas"][0]["pagina"] == 1

    @pytest.mark.parametrize(
        ("formato", "hoja"), [("imagen", "Página 1 de 1"), ("docx", "Imagen 1 de 1")]
    )
    def test_la_web_recibe_un_escaneo_lo_lee_y_lo_muestra(
        self, formato: str, hoja: str, foto: Path, tmp_path: Path
    ):
        if formato == "docx":
            foto = _dentro_de_un_word(foto)
        base = abrir(f"sqlite:///{tmp_path / 'actas.db'}")
        originales = Originales(tmp_path / "originales")
        procesador = Procesador(base, originales, segundos_por_acta=60)
        with foto.open("rb") as flujo:
            recibida = recibir_acta(base, originales, flujo, foto.name, "Ana", datetime.now(UTC))
        procesador.iniciar()
        try:
            limite = time.monotonic() + 180
            while not ver_acta(base, recibida.acta.id).analizada_en:
                assert time.monotonic() < limite
                time.sleep(0.05)
        finally:
            procesador.detener()
        acta = ver_acta(base, recibida.acta.id)
        assert (acta.estado, acta.formato) == (EstadoActa.ANALIZADA, formato)
        assert listar_items(base, acta.id)
        base.cerrar()
        ajustes = Ajustes(
            carpeta=tmp_path,
            base=f"sqlite:///{tmp_path / 'actas.db'}",
        )
        with TestClient(crear_app(ajustes), base_url="http://localhost") as web:
            assert "vista=paginas" in web.get(f"/actas/{acta.id}").text
            vista = web.get(f"/actas/{acta.id}?vista=paginas").text
            assert f"/actas/{acta.id}/paginas/1.png" in vista
            assert hoja in vista
            filas = web.get(f"/api/v1/actas/{acta.id}/items").json()["filas"]
            (leido,) = [f for f in filas if "botiquines" in f["item"]["texto"]]
            assert leido["item"]["cajas"][0]["pagina"] == 1
            assert [a["codigo"] for a in leido["por_cotejar"]] == ["pagina_con_ocr"]
            pagina = web.get(f"/actas/{acta.id}/paginas/1.png")
            assert (pagina.status_code, pagina.content[:4]) == (200, b"\x89PNG")


def _responder(conexion: Connection, avances: int) -> None:
    for _ in range(avances):
        time.sleep(0.3)
        conexion.send_bytes(SIGUE)
    time.sleep(0.3)
    conexion.send_bytes(BIEN + b"hecho")


def test_una_lectura_larga_que_avanza_no_se_detiene():
    propia, ajena = Pipe()
    hilo = threading.Thread(target=_responder, args=(ajena, 5))
    hilo.start()
    assert Obrero(lambda: bytes)._recibir(propia, 1.0) == b"hecho"
    hilo.join()
    with pytest.raises(TardaDemasiado):
        Obrero(lambda: bytes)._recibir(propia, 0.1)
