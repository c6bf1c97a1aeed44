"""Imágenes JPEG, PNG, TIFF y HEIC: se leen como páginas escaneadas."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingesta import imagen, ocr
from ingesta.contencion.contenedor import Contenedor
from ingesta.documento import Documento
from ingesta.errores import ArchivoDanado, ArchivoDemasiadoGrande
from ingesta.lectores import fotograma, leer, leer_sin_ocr

FRASES = [
    "La Municipalidad Distrital de Nauta remitirá",
    "el informe de las obras hasta el 30 de junio.",
    "El Gobierno Regional asumirá el mantenimiento.",
]
ORIENTACION = 0x0112

con_tesseract = pytest.mark.skipif(not ocr.disponible(), reason="falta tesseract con el idioma spa")


@pytest.fixture
def hoja() -> Image.Image:
    """Una hoja A4 a 200 ppp con tres renglones."""
    import reportlab

    ruta = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    letra = ImageFont.truetype(ruta, 34)
    hoja = Image.new("RGB", (1654, 2339), "white")
    lapiz = ImageDraw.Draw(hoja)
    for n, frase in enumerate(FRASES):
        lapiz.text((200, 300 + 50 * n), frase, "black", letra)
    return hoja


def contiene_todo(documento: Documento) -> bool:
    texto = " ".join(documento.texto.split())
    return all(frase in texto for frase in FRASES)


@pytest.mark.ocr
@con_tesseract
@pytest.mark.parametrize("nombre", ["acta.jpg", "acta.png", "acta.tif"])
def test_una_imagen_se_lee_como_pagina_escaneada(nombre: str, hoja: Image.Image, tmp_path: Path):
    hoja.save(tmp_path / nombre, dpi=(200, 200))
    documento = leer(tmp_path / nombre)
    assert documento.origen is not None
    assert documento.origen.formato == "imagen"
    assert contiene_todo(documento)
    (pagina,) = documento.paginas
    assert pagina.con_ocr
    assert (pagina.ancho, pagina.alto) == pytest.approx((595.4, 842.0), abs=0.5)


@pytest.mark.ocr
@con_tesseract
def test_la_foto_heic_de_un_telefono_se_lee_derecha_y_dentro_del_encierro():
    """La tomó de lado: la orientación va en el archivo y no en los píxeles."""
    ruta = Path(__file__).parent / "fotos" / "acta-15.heic"
    with Contenedor(hijos=1) as contenedor:
        documento = contenedor.leer(ruta)
        png = contenedor.pagina_png(ruta, 1)
    (pagina,) = documento.paginas
    assert pagina.con_ocr
    assert pagina.alto > pagina.ancho
    assert documento.texto.startswith("ACTA DE ENTENDIMIENTO Y TREGUA")
    assert "siendo las 16:30 horas del 10 de noviembre de 2026" in " ".join(documento.texto.split())
    dibujada = Image.open(io.BytesIO(png))
    assert dibujada.height > dibujada.width


def test_una_foto_heic_rota_es_un_archivo_danado(tmp_path: Path):
    entera = (Path(__file__).parent / "fotos" / "acta-15.heic").read_bytes()
    ruta = tmp_path / "foto.heic"
    for largo in (24, 300, 2_000):
        ruta.write_bytes(entera[:largo])
        with pytest.raises(ArchivoDanado):
            leer_sin_ocr(ruta)


@pytest.mark.ocr
@con_tesseract
def test_un_tiff_de_varias_paginas_se_lee_entero(hoja: Image.Image, tmp_path: Path):
    ruta = tmp_path / "acta.tif"
    hoja.convert("1").save(
        ruta, save_all=True, append_images=[hoja.convert("1")], compression="group4", dpi=(200, 200)
    )
    documento = leer(ruta)
    assert [p.con_ocr for p in documento.paginas] == [True, True]
    assert documento.texto.count("remitirá") == 2


@pytest.mark.ocr
@con_tesseract
def test_la_foto_girada_y_la_de_fondo_transparente_se_leen_derechas(
    hoja: Image.Image, tmp_path: Path
):
    exif = Image.Exif()
    exif[ORIENTACION] = 6
    hoja.rotate(90, expand=True).save(tmp_path / "foto.jpg", exif=exif, quality=90)
    clara = hoja.convert("RGBA")
    clara.putalpha(hoja.convert("L").point(lambda v: 255 - v))
    clara.save(tmp_path / "clara.png")
    for nombre in ("foto.jpg", "clara.png"):
        documento = leer(tmp_path / nombre)
        assert contiene_todo(documento)
        assert documento.paginas[0].ancho < documento.paginas[0].alto


def test_sin_reconocer_la_imagen_queda_avisada(hoja: Image.Image, tmp_path: Path):
    hoja.save(tmp_path / "acta.png")
    documento = leer_sin_ocr(tmp_path / "acta.png")
    assert [(a.codigo, a.pagina) for a in documento.avisos] == [("pagina_sin_texto", 1)]
    assert documento.parcial


def test_las_medidas_y_el_dibujo_corresponden_a_lo_leido(hoja: Image.Image, tmp_path: Path):
    ruta = tmp_path / "acta.png"
    hoja.save(ruta)
    assert imagen.medidas(ruta) == leer_sin_ocr(ruta).paginas
    with Image.open(io.BytesIO(imagen.pagina_png(ruta, 1, 0.5))) as dibujo:
        assert dibujo.size == (298, 421)
    with pytest.raises(IndexError):
        imagen.pagina_png(ruta, 2)


@pytest.mark.parametrize("nombre", ["acta.jpg", "acta.png", "acta.tif"])
def test_una_imagen_cortada_esta_danada(nombre: str, hoja: Image.Image, tmp_path: Path):
    ruta = tmp_path / nombre
    hoja.save(ruta)
    ruta.write_bytes(ruta.read_bytes()[:40])
    with pytest.raises(ArchivoDanado):
        leer(ruta)


def test_una_imagen_cortada_a_la_mitad_no_se_da_por_leida(hoja: Image.Image, tmp_path: Path):
    ruta = tmp_path / "acta.jpg"
    hoja.save(ruta, quality=90)
    ruta.write_bytes(ruta.read_bytes()[:30_000])
    documento = leer(ruta)
    assert documento.parcial
    assert documento.texto == ""


def test_una_imagen_enorme_se_rechaza_sin_descomprimirla(tmp_path: Path):
    ruta = tmp_path / "enorme.png"
    Image.new("1", (9_000, 7_000)).save(ruta)
    assert fotograma.MAYOR_IMAGEN < 9_000 * 7_000
    with pytest.raises(ArchivoDemasiadoGrande, match="millones de píxeles"):
        leer(ruta)
