"""Páginas escaneadas de punta a punta, con tesseract de verdad."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingesta import ocr
from ingesta.documento import Bloque, Documento, TipoBloque
from ingesta.escaneo.gris import a_bmp
from ingesta.lectores import VERSION, leer

TREGUA = "acta-15-huallanca-tregua.pdf"
MATRIZ = "acta-11-chumbivilcas-matriz.pdf"

pytestmark = [
    pytest.mark.ocr,
    pytest.mark.skipif(not ocr.disponible(), reason="falta tesseract con el idioma spa"),
]
Escanear = Callable[..., Path]


def parejo(texto: str) -> str:
    """Iguala las rayas y los guiones bajos, que en una imagen no se distinguen."""
    return texto.replace("–", "—").replace("_", "")


def errores(leido: Documento, digital: Documento) -> float:
    """Devuelve la parte de los caracteres, en el orden de lectura, que no coincide."""
    esperado = parejo(digital.texto)
    return Levenshtein.distance(parejo(leido.texto), esperado) / len(esperado)


def codigos(documento: Documento) -> set[str]:
    return {a.codigo for a in documento.avisos}


class TestDePuntaAPunta:
    @pytest.mark.parametrize(
        ("condicion", "tope"),
        [
            ("limpio-200", 0.015),
            ("inclinado", 0.015),
            ("de-lado", 0.015),
            ("de-cabeza", 0.015),
            ("ruido", 0.05),
            ("sello", 0.05),
            ("foto", 0.05),
        ],
    )
    def test_el_escaneo_se_lee_como_el_original(
        self, condicion: str, tope: float, escanear: Escanear, ejemplos: Path
    ):
        documento = leer(escanear(TREGUA, condicion))
        assert errores(documento, leer(ejemplos / TREGUA)) <= tope
        assert all(p.con_ocr for p in documento.paginas)
        assert documento.origen is not None
        assert documento.origen.lector == f"pdf/{VERSION} y tesseract/{ocr.version()}"
        assert "pagina_con_ocr" in codigos(documento)
        assert not documento.parcial
        assert ("sellos_apartados" in codigos(documento)) is (condicion == "sello")

    def test_la_matriz_escaneada_conserva_sus_celdas(self, escanear: Escanear, ejemplos: Path):
        digital = _celdas(leer(ejemplos / MATRIZ))
        leidas = _celdas(leer(escanear(MATRIZ, "ruido")))
        digital = {k: v for k, v in digital.items() if any(c.isalnum() for c in v)}
        iguales = sum(leidas.get(lugar) == texto for lugar, texto in digital.items())
        assert iguales >= 0.9 * len(digital)
        combinadas = {lugar for lugar in digital if lugar[-2] > 1}
        assert len(combinadas) == 2
        assert combinadas <= leidas.keys()

    def test_las_palabras_caen_donde_se_ven(self, escanear: Escanear, ejemplos: Path):
        leido, digital = leer(escanear(TREGUA, "limpio-200")), leer(ejemplos / TREGUA)
        en_papel = _lugares(digital)
        cerca = [
            abs(x - en_papel[clave][0]) < 6 and abs(y - en_papel[clave][1]) < 6
            for clave, (x, y) in _lugares(leido).items()
            if clave in en_papel
        ]
        assert len(cerca) > 150
        assert sum(cerca) > 0.98 * len(cerca)

    def test_cada_renglon_lleva_su_confianza(self, escanear: Escanear):
        documento = leer(escanear(TREGUA, "limpio-200"))
        valores = [r.confianza for b in documento.bloques for r in b.renglones]
        assert all(v is not None and 0 <= v <= 1 for v in valores)
        assert sorted(valores)[len(valores) // 2] > 0.9

    def test_lo_escrito_a_mano_no_se_inventa(self, pdf_de_imagen: Callable[..., Path]):
        documento = leer(pdf_de_imagen(_garabatos()))
        assert codigos(documento) == {"pagina_manuscrita"}
        assert documento.parcial
        assert documento.texto == ""
        assert not documento.paginas[0].con_ocr

    def test_el_reverso_en_blanco_no_hace_parcial_al_documento(self, tmp_path: Path):
        grano = np.random.default_rng(2).normal(250, 3, (2339, 1654)).clip(0, 255)
        ruta = tmp_path / "acta.pdf"
        lienzo = Canvas(str(ruta), pagesize=A4, invariant=1)
        lienzo.drawString(72, 780, "La empresa entregará el informe.")
        lienzo.showPage()
        lienzo.drawImage(ImageReader(Image.fromarray(grano.astype(np.uint8))), 0, 0, *A4)
        lienzo.save()
        documento = leer(ruta)
        assert [(a.codigo, a.pagina) for a in documento.avisos] == [("pagina_en_blanco", 2)]
        assert not documento.parcial

    def test_la_firma_digital_sobre_el_escaneo_no_lo_esconde_ni_se_repite(
        self, fabrica: ModuleType, ejemplos: Path, pdf_de_imagen: Callable[..., Path]
    ):
        sello = (
            "Firmado digitalmente por PEREZ PEREZ Ana FAU 20000000001 soft "
            "Motivo: Doy V B Fecha: 15.05.2026 10:20:30 -05:00"
        )
        pagina = next(fabrica.dibujar(ejemplos / TREGUA, 200))

        def sellar(lienzo: Canvas) -> None:
            lienzo.setFont("Helvetica", 5)
            for n in range(3):
                lienzo.drawString(40, 20 + 7 * n, sello)

        documento = leer(pdf_de_imagen(pagina, sellar))
        assert "pagina_con_ocr" in codigos(documento)
        assert "Huallanca" in documento.texto
        notas = [b for b in documento.bloques if b.tipo is TipoBloque.NOTA]
        assert len(notas) == 3
        assert documento.texto.count("Firmado digitalmente") == 3

    def test_la_firma_digital_escaneada_queda_fuera_del_orden_de_lectura(
        self, fabrica: ModuleType, ejemplos: Path, tmp_path: Path
    ):
        import reportlab

        pagina = next(fabrica.dibujar(ejemplos / TREGUA, 200))
        letra = ImageFont.truetype(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf", 15)
        sello = (
            "Firmado digitalmente por PEREZ\nPEREZ Ana FAU 20000000001 soft\n"
            "Motivo: Doy V B\nFecha: 15.05.2026 10:20:30 -05:00"
        )
        for lugar in ((1330, 60), (700, 2200)):
            ImageDraw.Draw(pagina).multiline_text(lugar, sello, (20, 20, 20), letra)
        pagina.save(tmp_path / "acta.png", dpi=(200, 200))
        documento = leer(tmp_path / "acta.png")
        notas = [b for b in documento.bloques if b.tipo is TipoBloque.NOTA]
        assert [documento.fragmento(n.tramo)[:24] for n in notas] == [
            "Firmado digitalmente por"
        ] * 2
        assert documento.texto.count("FAU") == 2
        assert notas == list(documento.bloques[-2:])

    def test_se_lee_la_imagen_pegada_en_una_pagina_digital(
        self, fabrica: ModuleType, ejemplos: Path, tmp_path: Path
    ):
        trozo = next(fabrica.dibujar(ejemplos / TREGUA, 200)).crop((0, 150, 1654, 900))
        ruta = tmp_path / "mixta.pdf"
        lienzo = Canvas(str(ruta), pagesize=A4, invariant=1)
        lienzo.drawString(72, 780, "La empresa entregará el informe que sigue.")
        lienzo.drawImage(ImageReader(trozo), 0, 300, A4[0], 750 * A4[0] / 1654)
        lienzo.save()
        documento = leer(ruta)
        assert documento.texto.startswith("La empresa entregará el informe que sigue.")
        assert "Huallanca" in documento.texto
        assert "pagina_con_ocr" in codigos(documento)
        assert "imagen_sin_leer" not in codigos(documento)

    def test_una_foto_en_una_pagina_digital_no_agrega_texto(self, tmp_path: Path):
        ruta = tmp_path / "foto.pdf"
        lienzo = Canvas(str(ruta), pagesize=A4, invariant=1)
        lienzo.drawString(72, 780, "La empresa entregará el informe.")
        lienzo.drawImage(ImageReader(Image.effect_noise((400, 300), 80)), 100, 300, 400, 300)
        lienzo.save()
        documento = leer(ruta)
        assert documento.texto == "La empresa entregará el informe."
        assert codigos(documento) == {"imagen_sin_leer"}

    def test_el_tiempo_de_una_pagina_se_respeta(self, fabrica: ModuleType, ejemplos: Path):
        hoja = np.asarray(next(fabrica.dibujar(ejemplos / TREGUA, 200)).convert("L"))
        with pytest.raises(ocr.OcrDemorado):
            ocr.reconocer(a_bmp(hoja), 200, segundos=0.02)

    def test_lo_que_tesseract_rechaza_es_un_error_suyo(self):
        with pytest.raises(ocr.ErrorDeOcr):
            ocr.reconocer(b"esto no es una imagen", 200)


def _celdas(documento: Documento) -> dict[tuple[int, ...], str]:
    return {_lugar(b): parejo(documento.fragmento(b.tramo)) for b in documento.bloques if b.celda}


def _lugar(bloque: Bloque) -> tuple[int, ...]:
    c = bloque.celda
    assert c is not None
    return (c.tabla, c.fila, c.columna, c.filas, c.columnas)


def _lugares(documento: Documento) -> dict[tuple[int, str], tuple[float, float]]:
    """Devuelve el centro de cada palabra que aparece una sola vez en su página."""
    vistas: dict[tuple[int, str], list[tuple[float, float]]] = {}
    for bloque in documento.bloques:
        for p in (p for r in bloque.renglones for p in r.palabras):
            centro = ((p.caja.x0 + p.caja.x1) / 2, (p.caja.arriba + p.caja.abajo) / 2)
            vistas.setdefault((p.caja.pagina, documento.fragmento(p.tramo)), []).append(centro)
    return {clave: lugares[0] for clave, lugares in vistas.items() if len(lugares) == 1}


def _garabatos() -> Image.Image:
    """Una hoja escrita a mano: renglones de trazos ondulados sin letras de imprenta."""
    hoja = Image.new("L", (1654, 2339), 250)
    lapiz = ImageDraw.Draw(hoja)
    azar = np.random.default_rng(5)
    for y in range(250, 2100, 75):
        x = 180.0
        while x < 1400:
            largo = float(azar.uniform(60, 170))
            t = np.linspace(0, 1, 60)
            fases = azar.uniform(0, 6.28, 3)
            xs = x + largo * t + 9 * np.sin(31 * t + fases[0])
            ys = y + 16 * np.sin(27 * t + fases[1]) + 9 * np.sin(13 * t + fases[2])
            lapiz.line([(float(a), float(b)) for a, b in zip(xs, ys, strict=True)], 40, 4)
            x += largo + 45
    return hoja
