"""Láminas: actas escaneadas pegadas como imagen en un documento de Word o de LibreOffice."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingesta import imagen, ocr
from ingesta.contencion import limites
from ingesta.contencion.contenedor import Contenedor
from ingesta.documento import Documento
from ingesta.lectores import leer, leer_sin_ocr

Crear = Callable[..., Path]
Fallas = Callable[[Documento], list[str]]

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
EMU = 12_700
FRASES = [
    "La Municipalidad Distrital de Nauta remitirá",
    "el informe de las obras hasta el 30 de junio.",
    "El Gobierno Regional asumirá el mantenimiento.",
]
OTRAS = ["La empresa minera entregará dos bombas de agua", "a la comunidad hasta el 15 de julio."]
HOJA = (450, 640)
"""Puntos: lo que ocupa un escaneo entre los márgenes de una hoja A4."""

con_tesseract = [
    pytest.mark.ocr,
    pytest.mark.skipif(not ocr.disponible(), reason="falta tesseract con el idioma spa"),
]


def escaneo(frases: list[str], formato: str = "PNG", modo: str = "L") -> bytes:
    """Una hoja A4 a 200 ppp con esos renglones."""
    import reportlab

    letra = ImageFont.truetype(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf", 34)
    hoja = Image.new("L", (1654, 2339), "white")
    lapiz = ImageDraw.Draw(hoja)
    for n, frase in enumerate(frases):
        lapiz.text((200, 300 + 50 * n), frase, "black", letra)
    salida = io.BytesIO()
    hoja.convert(modo).save(salida, formato, dpi=(200, 200))
    return salida.getvalue()


def foto(lado: int = 1200) -> bytes:
    """Una foto sin letras."""
    salida = io.BytesIO()
    Image.effect_mandelbrot((lado, lado), (-2, -1.5, 1, 1.5), 60).save(salida, "PNG")
    return salida.getvalue()


def p(texto: str) -> str:
    return f"<w:p><w:r><w:t>{texto}</w:t></w:r></w:p>"


def dibujo(vinculo: str, medidas: tuple[int, int] | None = HOJA, recorte: str = "") -> str:
    """Una imagen en línea, como la pone Word; las medidas van en puntos."""
    extension = f'<wp:extent cx="{medidas[0] * EMU}" cy="{medidas[1] * EMU}"/>' if medidas else ""
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}">{extension}<a:graphic><a:graphicData>'
        f'<pic:pic xmlns:pic="{PIC}"><pic:blipFill><a:blip r:embed="{vinculo}"/>{recorte}'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def con_imagenes(crear_docx: Crear, cuerpo: str, **imagenes: bytes) -> Path:
    """Escribe un DOCX con esas imágenes, cada una con un vínculo que se llama como ella."""
    return crear_docx(
        cuerpo,
        relaciones="".join(
            f'<Relationship Id="{n}" Type="{R}/image" Target="media/{n}.png"/>' for n in imagenes
        ),
        sueltos={f"word/media/{n}.png": datos for n, datos in imagenes.items()},
    )


def codigos(documento: Documento) -> list[tuple[str, int | None, bool]]:
    return [(a.codigo, a.pagina, a.pierde) for a in documento.avisos]


def parrafo_con(*dibujos: str) -> str:
    return f"<w:p>{''.join(dibujos)}</w:p>"


@pytest.mark.parametrize("estricto", [False, True])
def test_una_imagen_grande_es_una_lamina_por_reconocer(
    estricto: bool, crear_docx: Crear, fallas: Fallas
):
    ruta = crear_docx(
        p("Antes") + parrafo_con(dibujo("foto")),
        relaciones=f'<Relationship Id="foto" Type="{R}/image" Target="media/a.png"/>',
        sueltos={"word/media/a.png": escaneo(FRASES)},
        estricto=estricto,
    )
    documento = leer_sin_ocr(ruta)
    assert codigos(documento) == [("imagen_sin_leer", 1, True)]
    assert "tesseract" in documento.avisos[0].consejo
    assert documento.texto == "Antes"
    assert fallas(documento) == []
    [lamina] = documento.paginas
    assert (lamina.ancho, lamina.alto) == pytest.approx((595.4, 842.0), abs=0.5)
    assert imagen.medidas(ruta) == documento.paginas


def test_sin_tesseract_queda_parcial_y_dice_que_instalar(
    crear_docx: Crear, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ocr, "disponible", lambda: False)
    documento = leer(con_imagenes(crear_docx, parrafo_con(dibujo("a")), a=escaneo(FRASES)))
    assert documento.parcial
    assert codigos(documento) == [("sin_texto", None, True), ("imagen_sin_leer", 1, True)]
    assert "apt install tesseract-ocr tesseract-ocr-spa" in documento.avisos[1].consejo


@pytest.mark.parametrize(
    ("medidas", "son"), [((200, 200), 0), ((300, 400), 0), ((450, 320), 1), ((450, 640), 1)]
)
def test_es_lamina_la_que_puede_ser_una_pagina_escaneada(
    medidas: tuple[int, int], son: int, crear_docx: Crear
):
    cuerpo = parrafo_con(dibujo("a", medidas)) + p("Acuerdo. " * 40)
    documento = leer_sin_ocr(con_imagenes(crear_docx, cuerpo, a=escaneo(FRASES)))
    assert len(documento.paginas) == son
    assert documento.parcial is bool(son)


def test_la_hoja_puede_ser_menor_que_una_a4(crear_docx: Crear):
    a5 = '<w:sectPr><w:pgSz w:w="8391" w:h="11906"/></w:sectPr>'
    cuerpo = parrafo_con(dibujo("a", (230, 320)))
    assert not leer_sin_ocr(con_imagenes(crear_docx, cuerpo, a=escaneo([]))).paginas
    assert leer_sin_ocr(con_imagenes(crear_docx, cuerpo + a5, a=escaneo([]))).paginas


def test_la_imagen_de_word_antiguo_dice_sus_medidas_en_su_estilo(crear_docx: Crear):
    forma = (
        '<w:r><w:pict><v:shape style="position:absolute;width:{};height:640pt">'
        '<v:imagedata r:id="a"/></v:shape></w:pict></w:r>'
    )
    for ancho, son in (("16cm", 1), ("450pt", 1), ("30pt", 0)):
        ruta = con_imagenes(crear_docx, parrafo_con(forma.format(ancho)), a=escaneo([]))
        assert len(leer_sin_ocr(ruta).paginas) == son, ancho


def test_sin_medidas_deciden_los_pixeles(crear_docx: Crear):
    cuerpo = parrafo_con(dibujo("a", None), dibujo("b", None))
    ruta = con_imagenes(crear_docx, cuerpo, a=foto(300), b=escaneo([]))
    assert len(leer_sin_ocr(ruta).paginas) == 1


def test_lo_eliminado_y_los_encabezados_no_son_laminas(crear_docx: Crear):
    fila = (
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>"
        f"{parrafo_con(dibujo('a'))}</w:tc></w:tr></w:tbl>"
    )
    cuerpo = (
        f"<w:p><w:del>{dibujo('a')}</w:del></w:p>{fila}"
        + p("Acuerdo. " * 40)
        + '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>'
    )
    ruta = crear_docx(
        cuerpo,
        relaciones=f'<Relationship Id="a" Type="{R}/image" Target="media/a.png"/>',
        sueltos={"word/media/a.png": escaneo(FRASES)},
        header1=parrafo_con(dibujo("a")),
    )
    assert leer_sin_ocr(ruta).paginas == ()


def test_la_misma_imagen_dos_veces_es_una_lamina(crear_docx: Crear):
    cuerpo = parrafo_con(dibujo("a")) + p("medio") + parrafo_con(dibujo("a"))
    assert len(leer_sin_ocr(con_imagenes(crear_docx, cuerpo, a=escaneo(FRASES))).paginas) == 1


def test_una_imagen_grande_que_no_se_puede_abrir_se_dice(crear_docx: Crear):
    enorme = io.BytesIO()
    Image.new("1", (9_000, 7_000)).save(enorme, "PNG")
    cuerpo = parrafo_con(dibujo("a"), dibujo("b"), dibujo("c")) + p("Acuerdo. " * 40)
    documento = leer(
        con_imagenes(crear_docx, cuerpo, a=b"\1\0\0\0EMF", b=enorme.getvalue(), c=escaneo([])[:40])
    )
    assert documento.paginas == ()
    assert codigos(documento) == [("imagen_sin_leer", None, False), ("imagen_sin_leer", None, True)]
    assert "(3)" in documento.avisos[1].mensaje


def test_las_que_pasan_del_limite_se_dicen(crear_docx: Crear, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(limites.LIMITES, "laminas", limites.Limite(2, "prueba"))
    cuerpo = parrafo_con(*map(dibujo, "abc"))
    imagenes = {letra: escaneo([letra]) for letra in "abc"}
    documento = leer_sin_ocr(con_imagenes(crear_docx, cuerpo, **imagenes))
    assert len(documento.paginas) == 2
    assert "las demás (1) no se leyeron" in documento.avisos[-1].mensaje
    assert documento.avisos[-1].pierde


def test_se_dibuja_lo_que_se_ve_de_la_lamina(crear_docx: Crear):
    arriba = '<a:srcRect b="50000"/>'
    ruta = con_imagenes(
        crear_docx,
        parrafo_con(dibujo("a"), dibujo("b", recorte=arriba)),
        a=escaneo([]),
        b=escaneo(FRASES),
    )
    entera, media = imagen.medidas(ruta)
    assert media.alto == pytest.approx(entera.alto / 2, abs=1)
    with Image.open(io.BytesIO(imagen.pagina_png(ruta, 2, 0.5))) as dibujada:
        assert dibujada.size == (round(media.ancho / 2), round(media.alto / 2))
        assert dibujada.convert("L").getextrema()[0] < 100
    with pytest.raises(IndexError):
        imagen.pagina_png(ruta, 3)


class TestReconocidas:
    pytestmark = con_tesseract

    def test_lo_escaneado_va_en_su_lugar_y_lleva_sus_cajas(self, crear_docx: Crear, fallas: Fallas):
        cuerpo = p("Acta de la mesa") + parrafo_con(dibujo("a")) + p("Firmado en Nauta.")
        documento = leer(con_imagenes(crear_docx, cuerpo, a=escaneo(FRASES, "JPEG")))
        texto = " ".join(documento.texto.split())
        assert texto == f"Acta de la mesa {' '.join(FRASES)} Firmado en Nauta."
        assert fallas(documento) == []
        assert codigos(documento) == [("pagina_con_ocr", 1, False)]
        assert "imagen 1" in documento.avisos[0].mensaje
        assert "página" not in documento.avisos[0].mensaje + documento.avisos[0].consejo
        assert not documento.parcial
        assert documento.origen is not None
        assert documento.origen.lector.endswith(f"y tesseract/{ocr.version()}")
        con_caja = [bool(r.caja) for b in documento.bloques for r in b.renglones]
        assert con_caja[0] is con_caja[-1] is False
        assert all(con_caja[1:-1])

    def test_las_laminas_seguidas_se_leen_como_un_solo_escaneo(
        self, crear_docx: Crear, fallas: Fallas
    ):
        cuerpo = parrafo_con(dibujo("a")) + "<w:p/>" + parrafo_con(dibujo("b"))
        documento = leer(con_imagenes(crear_docx, cuerpo, a=escaneo(FRASES), b=escaneo(OTRAS)))
        assert " ".join(documento.texto.split()) == " ".join(FRASES + OTRAS)
        assert [pagina.con_ocr for pagina in documento.paginas] == [True, True]
        assert fallas(documento) == []

    def test_la_lamina_de_una_celda_va_despues_de_ella(self, crear_docx: Crear, fallas: Fallas):
        tabla = (
            f"<w:tbl><w:tr><w:tc>{p('Acta')}{parrafo_con(dibujo('a'))}</w:tc>"
            f"<w:tc>{p('Fecha')}</w:tc></w:tr></w:tbl>"
        )
        documento = leer(con_imagenes(crear_docx, tabla, a=escaneo(OTRAS)))
        assert " ".join(documento.texto.split()) == f"Acta {' '.join(OTRAS)} Fecha"
        assert fallas(documento) == []

    def test_lo_recortado_no_se_lee(self, crear_docx: Crear):
        abajo = '<a:srcRect t="50000"/>'
        cuerpo = parrafo_con(dibujo("a", recorte=abajo)) + p("Acuerdo. " * 40)
        documento = leer(con_imagenes(crear_docx, cuerpo, a=escaneo(FRASES)))
        assert "Municipalidad" not in documento.texto
        assert codigos(documento) == [("imagen_sin_leer", 1, False)]

    @pytest.mark.parametrize(("texto", "pierde"), [("Acta", True), ("Acuerdo. " * 40, False)])
    def test_una_foto_solo_hace_parcial_al_documento_si_casi_no_hay_texto(
        self, texto: str, pierde: bool, crear_docx: Crear, fallas: Fallas
    ):
        cuerpo = p(texto) + parrafo_con(dibujo("a"))
        documento = leer(con_imagenes(crear_docx, cuerpo, a=foto()))
        assert documento.texto == texto.strip()
        assert codigos(documento) == [("imagen_sin_leer", 1, pierde)]
        assert "no se reconoce letra de imprenta" in documento.avisos[0].mensaje
        assert fallas(documento) == []

    def test_una_imagen_cortada_a_la_mitad_no_se_da_por_leida(self, crear_docx: Crear):
        cuerpo = parrafo_con(dibujo("a")) + p("Acuerdo. " * 40)
        cortada = escaneo(FRASES, "JPEG")[:30_000]
        documento = leer(con_imagenes(crear_docx, cuerpo, a=cortada))
        assert codigos(documento) == [("imagen_sin_leer", 1, True)]
        assert "falló" in documento.avisos[0].consejo

    def test_dentro_del_encierro_se_lee_lo_mismo(self, crear_docx: Crear, encierro: Contenedor):
        cuerpo = p("Acta") + parrafo_con(dibujo("a"))
        ruta = con_imagenes(crear_docx, cuerpo, a=escaneo(FRASES))
        assert encierro.leer(ruta) == leer(ruta)
        assert encierro.medidas(ruta) == imagen.medidas(ruta)
        assert encierro.pagina_png(ruta, 1) == imagen.pagina_png(ruta, 1)

    @pytest.mark.oficina
    @pytest.mark.skipif(shutil.which("soffice") is None, reason="falta LibreOffice")
    def test_las_de_un_odt_se_leen_igual(self, crear_docx: Crear, fallas: Fallas, tmp_path: Path):
        ruta = _con_word(tmp_path / "acta.docx", escaneo(FRASES))
        subprocess.run(
            [
                *("soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/perfil"),
                *("--convert-to", "odt", "--outdir", tmp_path, ruta),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        odt = leer(tmp_path / "acta.odt")
        assert odt.texto == leer(ruta).texto
        assert " ".join(odt.texto.split()) == f"Acta {' '.join(FRASES)} Fin"
        assert codigos(odt) == [("pagina_con_ocr", 1, False)]
        assert fallas(odt) == []
        assert imagen.medidas(tmp_path / "acta.odt")[0].numero == 1


@pytest.fixture
def encierro() -> Iterator[Contenedor]:
    """Un contenedor en marcha."""
    with Contenedor(hijos=1) as contenedor:
        yield contenedor


def _con_word(ruta: Path, datos: bytes) -> Path:
    """Escribe un DOCX con una imagen, como lo haría Word."""
    import docx
    from docx.shared import Cm

    documento = docx.Document()
    documento.add_paragraph("Acta")
    documento.add_picture(io.BytesIO(datos), width=Cm(15))
    documento.add_paragraph("Fin")
    documento.save(ruta)
    assert zipfile.is_zipfile(ruta)
    return ruta
