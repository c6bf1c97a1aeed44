"""Archivos cifrados, dañados, sin páginas o sin texto: qué error o qué aviso recibe la persona."""

import io
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingesta import imagen
from ingesta.documento import Documento, Origen
from ingesta.errores import (
    ArchivoCifrado,
    ArchivoDanado,
    ArchivoDemasiadoGrande,
    ErrorDeIngesta,
    SinPaginas,
)
from ingesta.lectores import leer, leer_sin_ocr, pdf

TEXTO = "La empresa entregará el informe."


def lienzo(ruta: Path, **opciones: object) -> Canvas:
    return Canvas(str(ruta), pagesize=A4, invariant=1, **opciones)


@pytest.fixture
def acta(tmp_path: Path) -> Path:
    """Un PDF sano de tres páginas, sin comprimir."""
    ruta = tmp_path / "acta.pdf"
    hoja = lienzo(ruta, pageCompression=0)
    for n in range(3):
        hoja.drawString(72, 700, f"{TEXTO[:-1]} {n}.")
        hoja.showPage()
    hoja.save()
    return ruta


def leer_bytes(ruta: Path, datos: bytes) -> Documento:
    """Lee como PDF sin pasar por la compuerta, que rechaza antes algunos archivos."""
    ruta.write_bytes(datos)
    return pdf.leer(ruta, Origen(ruta.name, "0" * 64, len(datos), "pdf", "pdf/1"))


def codigos(documento: Documento) -> list[tuple[str, int | None]]:
    return [(a.codigo, a.pagina) for a in documento.avisos]


def objetos(*cuerpos: bytes) -> bytes:
    """Escribe un PDF mínimo con esos objetos, numerados desde 1; el primero es el catálogo."""
    salida = bytearray(b"%PDF-1.4\n")
    lugares = []
    for numero, cuerpo in enumerate(cuerpos, 1):
        lugares.append(len(salida))
        salida += b"%d 0 obj\n%s\nendobj\n" % (numero, cuerpo)
    tabla = len(salida)
    salida += b"xref\n0 %d\n0000000000 65535 f \n" % (len(cuerpos) + 1)
    salida += b"".join(b"%010d 00000 n \n" % lugar for lugar in lugares)
    salida += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(cuerpos) + 1)
    return bytes(salida) + b"startxref\n%d\n%%%%EOF\n" % tabla


CATALOGO = b"<< /Type /Catalog /Pages 2 0 R >>"
HOJA = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"


def test_el_pdf_sano_no_tiene_avisos(acta: Path):
    documento = leer(acta)
    assert documento.avisos == ()
    assert [(p.numero, round(p.ancho), round(p.alto)) for p in documento.paginas] == [
        (1, 595, 842),
        (2, 595, 842),
        (3, 595, 842),
    ]
    assert documento.origen is not None
    assert (documento.origen.formato, documento.origen.nombre) == ("pdf", "acta.pdf")


def test_con_contrasenia_se_rechaza_y_con_contrasenia_vacia_se_lee(tmp_path: Path):
    for clave in ("secreto", ""):
        ruta = tmp_path / f"acta{clave}.pdf"
        hoja = lienzo(ruta, encrypt=StandardEncryption(clave, "duenio", strength=128))
        hoja.drawString(72, 700, TEXTO)
        hoja.save()
    assert leer(tmp_path / "acta.pdf").texto == TEXTO
    with pytest.raises(ArchivoCifrado) as error:
        leer(tmp_path / "actasecreto.pdf")
    assert "contraseña" in error.value.consejo
    with pytest.raises(ArchivoCifrado):
        imagen.pagina_png(tmp_path / "actasecreto.pdf", 1)


@pytest.mark.parametrize("parte", [0.1, 0.5, 0.9])
def test_el_archivo_cortado_es_un_error_o_queda_parcial(acta: Path, parte: float):
    datos = acta.read_bytes()
    try:
        documento = leer_bytes(acta, datos[: int(parte * len(datos))])
    except ArchivoDanado:
        return
    assert documento.parcial


def test_el_archivo_sin_su_final_avisa_que_pudo_perder_texto(acta: Path):
    datos = acta.read_bytes()
    documento = leer_bytes(acta, datos[: datos.rindex(b"startxref")])
    assert ("archivo_cortado", None) in codigos(documento)
    assert documento.parcial


def test_el_indice_danado_se_rehace_y_se_avisa(acta: Path):
    datos = acta.read_bytes()
    inicio = datos.rindex(b"startxref") + 10
    documento = leer_bytes(acta, datos[:inicio] + b"7\n%%EOF\n")
    assert codigos(documento) == [("archivo_reparado", None)]
    assert len(documento.bloques) == 3


@pytest.mark.parametrize("datos", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(range(256)) * 40])
def test_lo_que_no_se_puede_abrir_esta_danado(tmp_path: Path, datos: bytes):
    with pytest.raises(ArchivoDanado) as error:
        leer_bytes(tmp_path / "acta.pdf", datos)
    assert error.value.consejo


def test_cero_paginas(tmp_path: Path):
    datos = objetos(CATALOGO, b"<< /Type /Pages /Kids [] /Count 0 >>")
    with pytest.raises(SinPaginas):
        leer_bytes(tmp_path / "acta.pdf", datos)


def test_mas_de_quinientas_paginas(tmp_path: Path):
    hojas = b" ".join(b"%d 0 R" % n for n in range(3, 504))
    paginas = b"<< /Type /Pages /Count 501 /Kids [%s] >>" % hojas
    with pytest.raises(ArchivoDemasiadoGrande, match="501"):
        leer_bytes(tmp_path / "acta.pdf", objetos(CATALOGO, paginas, *[HOJA] * 501))


def test_si_faltan_paginas_en_el_indice_se_avisa(tmp_path: Path):
    paginas = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    documento = leer_bytes(tmp_path / "acta.pdf", objetos(CATALOGO, paginas, HOJA, HOJA))
    aviso = documento.avisos[0]
    assert (aviso.codigo, aviso.pierde) == ("paginas_en_disputa", True)
    assert "1 páginas" in aviso.mensaje
    assert "2." in aviso.mensaje


def _imagen(ancho: int = 400, alto: int = 560) -> ImageReader:
    salida = io.BytesIO()
    Image.effect_noise((ancho, alto), 60).save(salida, "PNG")
    return ImageReader(io.BytesIO(salida.getvalue()))


def test_la_pagina_escaneada_se_avisa_con_su_numero(tmp_path: Path):
    ruta = tmp_path / "acta.pdf"
    hoja = lienzo(ruta)
    hoja.drawString(72, 700, TEXTO)
    hoja.showPage()
    hoja.drawImage(_imagen(), 0, 0, *A4)
    hoja.drawString(300, 20, "Folio 2")
    hoja.showPage()
    hoja.drawImage(_imagen(), 0, 0, *A4)
    hoja.save()
    documento = leer_sin_ocr(ruta)
    assert codigos(documento) == [("pagina_sin_texto", 2), ("pagina_sin_texto", 3)]
    assert documento.parcial
    assert "tesseract" in documento.avisos[0].consejo
    assert documento.texto.startswith(TEXTO)


def test_el_escaneo_con_texto_reconocido_se_lee_y_se_avisa(tmp_path: Path):
    ruta = tmp_path / "acta.pdf"
    hoja = lienzo(ruta)
    hoja.drawImage(_imagen(), 0, 0, *A4)
    trozo = hoja.beginText(72, 700)
    trozo.setTextRenderMode(3)
    for _ in range(6):
        trozo.textLine(TEXTO)
    hoja.drawText(trozo)
    hoja.save()
    documento = leer(ruta)
    assert codigos(documento) == [("texto_de_ocr_previo", 1)]
    assert documento.paginas[0].con_ocr
    assert documento.texto.count("informe") == 6


def test_lo_que_no_se_ve_o_queda_fuera_se_avisa(tmp_path: Path):
    ruta = tmp_path / "acta.pdf"
    hoja = lienzo(ruta)
    hoja.drawString(72, 700, TEXTO)
    hoja.drawString(900, 700, "Afuera")
    oculto = hoja.beginText(72, 600)
    oculto.setTextRenderMode(3)
    oculto.textLine("Pagará cien millones.")
    hoja.drawText(oculto)
    hoja.showPage()
    hoja.showPage()
    hoja.drawString(72, 700, "Tachado entero")
    hoja.line(72, 703, 150, 703)
    hoja.drawString(72, 650, "Solo subrayado")
    hoja.line(72, 648, 150, 648)
    hoja.save()
    documento = leer(ruta)
    assert codigos(documento) == [
        ("texto_oculto", 1),
        ("texto_fuera_de_la_hoja", 1),
        ("pagina_en_blanco", 2),
        ("texto_tachado", 3),
    ]
    assert "«Pagará cien millones.»" in documento.avisos[0].mensaje
    assert "«Tachado entero»" in documento.avisos[3].mensaje
    assert "Afuera" not in documento.texto


def test_el_texto_sin_letras_reconocibles_es_dudoso(tmp_path: Path):
    sin_mapa = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
    sin_mapa += b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X "
    sin_mapa += b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
    dibujo = b"BT /F1 12 Tf 72 700 Td <E001E002E003E004E005E006> Tj ET"
    documento = leer_bytes(
        tmp_path / "acta.pdf",
        objetos(
            CATALOGO,
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            HOJA[:-2] + b"/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(dibujo), dibujo),
            sin_mapa,
        ),
    )
    assert codigos(documento) == [("texto_dudoso", 1)]
    assert documento.parcial


def test_la_imagen_de_la_pagina_respeta_la_escala_y_el_limite(acta: Path, tmp_path: Path):
    with Image.open(io.BytesIO(imagen.pagina_png(acta, 2))) as dibujo:
        assert (dibujo.format, dibujo.size) == ("PNG", (893, 1263))
    enorme = lienzo(tmp_path / "enorme.pdf")
    enorme.setPageSize((14_000, 14_000))
    enorme.drawString(72, 700, TEXTO)
    enorme.save()
    with Image.open(io.BytesIO(imagen.pagina_png(tmp_path / "enorme.pdf", 1))) as dibujo:
        assert dibujo.width * dibujo.height <= imagen.MAYOR_IMAGEN * 1.01
    with pytest.raises(IndexError, match="tiene 3"):
        imagen.pagina_png(acta, 4)
    with pytest.raises(IndexError):
        imagen.pagina_png(acta, 0)
    assert imagen.medidas(acta) == leer(acta).paginas


def test_ningun_byte_cambiado_hace_caer_la_lectura(acta: Path):
    datos = acta.read_bytes()
    for lugar in range(0, len(datos), 23):
        mutado = datos[:lugar] + bytes([datos[lugar] ^ 0x15]) + datos[lugar + 1 :]
        with suppress(ErrorDeIngesta):
            assert leer_bytes(acta, mutado).paginas


def test_varios_hilos_leen_y_dibujan_a_la_vez(acta: Path):
    esperado = leer(acta).texto, imagen.pagina_png(acta, 1)
    with ThreadPoolExecutor(8) as hilos:
        textos = [hilos.submit(leer, acta) for _ in range(12)]
        dibujos = [hilos.submit(imagen.pagina_png, acta, 1) for _ in range(12)]
    assert {t.result().texto for t in textos} == {esperado[0]}
    assert {d.result() for d in dibujos} == {esperado[1]}
