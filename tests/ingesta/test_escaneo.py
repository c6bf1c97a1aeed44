"""Limpieza, inclinación, rayas y color de las hojas escaneadas: solo cuentas, sin tesseract."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from ingesta.escaneo import color, inclinacion, limpieza, rayas
from ingesta.escaneo.gris import a_pgm, de_pgm
from ingesta.escaneo.hoja import HojaLimpia, preparar

ANCHO, ALTO = 1000, 1400
NEGRO, BLANCO = (0, 0, 0), (255, 255, 255)
AZUL = (40, 60, 190)


def hoja_con_renglones(inclinacion_en_grados: float = 0.0) -> np.ndarray:
    """Una hoja con renglones de «palabras» (rectángulos de largo desigual), girada."""
    imagen = Image.new("L", (ANCHO, ALTO), 255)
    lapiz = ImageDraw.Draw(imagen)
    azar = np.random.default_rng(7)
    for y in range(200, 1200, 40):
        x = 120
        while x < 860:
            largo = int(azar.integers(20, 90))
            lapiz.rectangle((x, y, min(x + largo, 880), y + 14), 0)
            x += largo + 14
    return np.asarray(
        imagen.rotate(-inclinacion_en_grados, Image.Resampling.BICUBIC, fillcolor=255)
    )


@pytest.mark.parametrize("grados", [-4.5, -1.0, -0.3, 0.0, 0.5, 2.2, 4.5])
def test_la_inclinacion_se_mide_con_una_decima_de_grado(grados: float):
    hallada = inclinacion.medir(hoja_con_renglones(grados))
    assert np.degrees(np.arctan(hallada.pendiente)) == pytest.approx(grados, abs=0.1)
    assert hallada.cambio == 0


def test_la_hoja_de_lado_se_reconoce_y_la_derecha_no():
    derecha = hoja_con_renglones(1.0)
    assert inclinacion.va_de_lado(np.rot90(derecha))
    assert not inclinacion.va_de_lado(derecha)


@pytest.mark.parametrize("giro", [0, 90, 180, 270])
def test_lo_que_se_ve_en_la_hoja_derecha_vuelve_a_su_lugar(giro: int):
    llegada = np.rot90(hoja_con_renglones(2.0), giro // 90)
    hoja = preparar(HojaLimpia.de_imagen(llegada), 200, giro)
    filas, columnas = np.nonzero(hoja.imagen < 128)
    for i in (0, len(filas) // 2, len(filas) - 1):
        x, y = hoja.a_puntos(columnas[i]), hoja.a_puntos(filas[i])
        x0, arriba, x1, abajo = hoja.vista((x - 2, y - 2, x + 2, y + 2))
        a, b, c, d = (round(v * 200 / 72) for v in (arriba, abajo, x0, x1))
        assert llegada[a:b, c:d].min() < 128


def test_la_mediana_es_la_de_siempre():
    ruido = np.random.default_rng(3).integers(0, 256, (60, 80)).astype(np.uint8)
    esperada = np.asarray(Image.fromarray(ruido).filter(ImageFilter.MedianFilter(3)))
    assert (limpieza.mediana(ruido)[1:-1, 1:-1] == esperada[1:-1, 1:-1]).all()


def test_solo_se_limpia_lo_que_esta_sucio():
    limpia = hoja_con_renglones()
    assert limpieza.igualar_papel(limpia) is limpia
    assert limpieza.quitar_motas(limpia) is limpia
    sucia = limpia.copy()
    sucia[np.random.default_rng(1).random(sucia.shape) < 0.01] = 0
    assert limpieza.parte_suelta(limpieza.quitar_motas(sucia) < 128) < 0.01
    oscura = (0.6 * limpia).astype(np.uint8)
    clara = limpieza.igualar_papel(oscura)
    assert clara[limpia == 255].min() > 240
    assert clara[limpia == 0].max() < 20


def test_la_mesa_de_una_foto_se_borra_y_un_relleno_oscuro_no():
    foto = hoja_con_renglones()
    foto = np.where(np.arange(ANCHO) < 60, 40, foto).astype(np.uint8)
    foto[300:420, 300:700] = 50
    limpia = limpieza.igualar_papel(foto)
    assert limpia[:, :60].min() == 255
    assert limpia[320:400, 320:680].max() < 100


def test_las_rayas_se_miden_y_se_borran_y_las_letras_que_las_cruzan_quedan():
    imagen = Image.fromarray(hoja_con_renglones())
    lapiz = ImageDraw.Draw(imagen)
    lapiz.line((100, 180, 900, 180), 0, 3)
    lapiz.line((100, 590, 900, 590), 0, 3)
    for x in (100, 500, 900):
        lapiz.line((x, 180, x, 590), 0, 3)
    lapiz.rectangle((300, 570, 306, 640), 0)
    con_rayas = np.asarray(imagen)
    halladas = rayas.buscar(con_rayas, 200)
    assert sorted(r.lugar + 1 for r in halladas if r.horizontal) == [180, 590]
    assert {100, 900} <= {r.lugar + 1 for r in halladas if not r.horizontal}
    limpia = rayas.borrar(con_rayas, halladas)
    assert limpia[590, 620:640].min() > 200
    assert limpia[590, 303] < 50


def test_el_pie_de_un_renglon_no_es_una_raya():
    assert rayas.buscar(hoja_con_renglones(), 200) == []


def pagina_de_color() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    imagen = Image.fromarray(hoja_con_renglones()).convert("RGB")
    return imagen, ImageDraw.Draw(imagen)


def test_el_sello_que_pisa_el_texto_se_borra_y_el_texto_queda():
    imagen, lapiz = pagina_de_color()
    lapiz.rectangle((500, 380, 760, 520), outline=AZUL, width=5)
    lapiz.line((505, 390, 755, 512), AZUL, 5)
    original = np.asarray(Image.fromarray(hoja_con_renglones()))
    hecho = color.a_gris(np.asarray(imagen))
    assert hecho.sin_sellos
    solo_sello = (np.asarray(imagen)[..., 2] == AZUL[2]) & (original == 255)
    assert hecho.gris[solo_sello].min() > 200
    intacto = (np.asarray(imagen) == NEGRO).all(axis=2)
    assert hecho.gris[intacto].max() < 30


def test_lo_escrito_en_color_no_se_borra_aunque_este_junto_al_negro():
    imagen, lapiz = pagina_de_color()
    for y in range(200, 1200, 40):
        lapiz.rectangle((300, y - 2, 520, y + 16), BLANCO)
        lapiz.rectangle((312, y, 508, y + 14), AZUL)
    lapiz.line((120, 608, 880, 608), (190, 30, 40), 3)
    hecho = color.a_gris(np.asarray(imagen))
    assert not hecho.sin_sellos
    assert hecho.gris[207, 320:500].max() < 120


def test_el_pgm_va_y_vuelve_y_el_que_no_lo_es_se_rechaza():
    gris = np.arange(12, dtype=np.uint8).reshape(3, 4)
    for sin_sellos in (False, True):
        vuelta = de_pgm(a_pgm(gris, sin_sellos))
        assert (vuelta.gris == gris).all()
        assert vuelta.sin_sellos is sin_sellos
    for malo in (b"", b"P6\n2 2 255\n1234", a_pgm(gris)[:-1], a_pgm(gris) + b"0"):
        with pytest.raises(ValueError, match=r"."):
            de_pgm(malo)


@pytest.mark.parametrize("forma", [(1, 1), (3, 2), (30, 900), (200, 5)])
@pytest.mark.parametrize("nivel", [0, 128, 255])
def test_una_imagen_minima_o_lisa_no_rompe_nada(forma: tuple[int, int], nivel: int):
    hoja = preparar(HojaLimpia.de_imagen(np.full(forma, nivel, np.uint8)), 200, 0)
    assert hoja.imagen.shape == forma
    assert not color.a_gris(np.full((*forma, 3), nivel, np.uint8)).sin_sellos


@pytest.mark.parametrize("ppp", [17, 72, 150, 200, 300])
def test_las_rayas_se_hallan_a_cualquier_resolucion(ppp: int):
    """También donde la raya más corta mide menos que los tramos con que se descartan filas."""
    lado = 6 * ppp
    gris = np.full((lado, lado), 255, np.uint8)
    gris[ppp : ppp + 2, ppp : 5 * ppp + 3] = 0
    gris[ppp : 5 * ppp, 3 * ppp : 3 * ppp + 2] = 0
    halladas = rayas.buscar(gris, ppp)
    assert [(r.horizontal, r.lugar) for r in halladas] == [(True, ppp), (False, 3 * ppp)]
    assert abs(halladas[0].desde - ppp) <= rayas.PUNTA
    assert abs(halladas[0].hasta - 5 * ppp - 3) <= rayas.PUNTA
