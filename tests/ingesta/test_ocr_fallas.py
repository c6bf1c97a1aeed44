"""El reconocimiento cuando algo falta o falla: sin tesseract, encerrado, con límites."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingesta import imagen, ocr, ocr_paginas
from ingesta.contencion import limites
from ingesta.contencion.contenedor import Consumo, Contenedor
from ingesta.documento import Documento
from ingesta.escaneo.gris import a_bmp
from ingesta.lectores import leer, leer_sin_ocr
from ingesta.lectores.pdf_motor import abrir
from ingesta.reconocida import (
    PaginaReconocida,
    PalabraReconocida,
    RayaReconocida,
    a_json,
    de_json,
)

TREGUA = "acta-15-huallanca-tregua.pdf"
con_tesseract = [
    pytest.mark.ocr,
    pytest.mark.skipif(not ocr.disponible(), reason="falta tesseract con el idioma spa"),
]
Escanear = Callable[..., Path]


def codigos(documento: Documento) -> set[str]:
    return {a.codigo for a in documento.avisos}


class TestSinTesseract:
    def _comprobar(self, ruta: Path) -> None:
        documento = leer(ruta)
        assert codigos(documento) >= {"pagina_sin_texto"}
        aviso = next(a for a in documento.avisos if a.codigo == "pagina_sin_texto")
        assert "apt install tesseract-ocr tesseract-ocr-spa" in aviso.consejo
        assert documento.parcial

    def test_sin_el_programa_se_dice_que_instalar(
        self, escanear: Escanear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("PATH", str(tmp_path))
        assert not ocr.disponible()
        assert ocr.version() is None
        self._comprobar(escanear(TREGUA, "limpio-150"))

    @pytest.mark.ocr
    @pytest.mark.skipif(not ocr.disponible(), reason="falta tesseract con el idioma spa")
    def test_sin_el_idioma_se_dice_que_instalar(
        self, escanear: Escanear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
        assert ocr.version() is not None
        assert not ocr.disponible()
        self._comprobar(escanear(TREGUA, "limpio-150"))


class TestContenida:
    pytestmark = con_tesseract

    @pytest.mark.parametrize("nombre", ["acta.pdf", "acta.jpg", "acta.png", "acta.tif"])
    def test_se_lee_lo_mismo_dentro_que_fuera(
        self, nombre: str, fabrica: ModuleType, ejemplos: Path, tmp_path: Path
    ):
        ruta = tmp_path / nombre
        if ruta.suffix == ".pdf":
            fabrica.escanear(ejemplos / TREGUA, fabrica.CONDICIONES["sello"], ruta)
        else:
            next(fabrica.dibujar(ejemplos / TREGUA, 150)).save(ruta, dpi=(150, 150))
        consumos: list[Consumo] = []
        with Contenedor(hijos=1, anotar=consumos.append) as contenedor:
            dentro = contenedor.leer(ruta, "acta ajena")
            assert contenedor.pagina_gris(ruta, 1, 1.0) == imagen.pagina_gris(ruta, 1, 1.0)
            with pytest.raises(IndexError):
                contenedor.pagina_gris(ruta, 99, 1.0)
        assert dentro == leer(ruta, "acta ajena")
        assert all(p.con_ocr for p in dentro.paginas)
        tareas = [c.tarea for c in consumos]
        assert (tareas[0], tareas.count("leer")) == ("leer", 2)


class TestLimites:
    @pytest.mark.ocr
    @pytest.mark.skipif(not ocr.disponible(), reason="falta tesseract con el idioma spa")
    def test_tesseract_corre_con_limites(self, monkeypatch: pytest.MonkeyPatch):
        hoja = a_bmp(np.full((400, 400), 255, np.uint8))
        assert ocr.reconocer(hoja, 200) == []
        monkeypatch.setitem(limites.LIMITES, "reconocer_memoria", limites.Limite(40 << 20, "poca"))
        with pytest.raises(ocr.ErrorDeOcr):
            ocr.reconocer(hoja, 200)

    @pytest.mark.ocr
    @pytest.mark.skipif(not ocr.disponible(), reason="falta tesseract con el idioma spa")
    def test_la_pagina_que_demora_se_detiene(self, fabrica: ModuleType, ejemplos: Path):
        hoja = np.asarray(next(fabrica.dibujar(ejemplos / TREGUA, 200)).convert("L"))
        with pytest.raises(ocr.OcrDemorado):
            ocr.reconocer(a_bmp(hoja), 200, segundos=0.05)

    def test_lo_reconocido_va_y_vuelve(self):
        palabra = PalabraReconocida("Año", (1.0, 2.0, 3.5, 4.0), (1.5, 2.0, 4.0, 4.0), 0.875, True)
        raya = RayaReconocida(False, 10.5, 1.0, 99.0)
        pagina = PaginaReconocida(595.0, 842.0, 90, (palabra,), (raya,), 0.9, 2, 1, 0.01, True)
        assert de_json(a_json({3: pagina, 7: pagina})) == {3: pagina, 7: pagina}

    @pytest.mark.parametrize("datos", [b"", b"{}0", b"[[1,2]]", b"[[1,2,3,4,[[5]],[],0,0,0,0]]"])
    def test_lo_reconocido_sin_su_forma_se_rechaza(self, datos: bytes):
        with pytest.raises((ValueError, TypeError)):
            de_json(datos)


class TestFallas:
    pytestmark = con_tesseract

    def test_la_pagina_que_falla_conserva_su_aviso_con_otro_consejo(self, escanear: Escanear):
        ruta = escanear(TREGUA, "limpio-150")

        def dibujar(pagina: int, escala: float) -> bytes:
            if pagina == 1:
                return b"P5 rota"
            return imagen.pagina_gris(ruta, pagina, escala)

        documento = ocr_paginas.completar(
            leer_sin_ocr(ruta), dibujar, lambda r: leer_sin_ocr(ruta, reconocidas=r)
        )
        assert [p.con_ocr for p in documento.paginas] == [False, True]
        (aviso,) = [a for a in documento.avisos if a.codigo == "pagina_sin_texto"]
        assert (aviso.pagina, aviso.consejo) == (1, ocr_paginas.CONSEJOS["falla"])

    def test_un_documento_digital_no_se_dibuja(self, ejemplos: Path):
        documento = leer_sin_ocr(ejemplos / TREGUA)

        def prohibido(*_: object) -> bytes:
            raise AssertionError

        assert ocr_paginas.completar(documento, prohibido, prohibido) is documento

    def test_una_hoja_desmesurada_se_dibuja_dentro_del_presupuesto(self, tmp_path: Path):
        ruta = tmp_path / "enorme.pdf"
        lienzo = Canvas(str(ruta), pagesize=(14_000, 14_000), invariant=1)
        lienzo.drawImage(ImageReader(Image.effect_noise((200, 200), 50)), 0, 0, 14_000, 14_000)
        lienzo.save()
        pedidas = []
        ocr_paginas.completar(
            leer_sin_ocr(ruta),
            lambda pagina, escala: pedidas.append(escala) or b"",
            lambda r: leer_sin_ocr(ruta, reconocidas=r),
        )
        with abrir(ruta) as documento:
            assert pedidas[0] * documento[0].get_width() <= ocr_paginas.MAYOR_LADO + 1
