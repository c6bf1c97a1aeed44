"""Páginas escaneadas de punta a punta, con tesseract de verdad."""

import importlib.util
import io
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

from ingesta import imagen, ocr, ocr_paginas
from ingesta.contencion import limites
from ingesta.contencion.contenedor import Consumo, Contenedor
from ingesta.documento import Bloque, Documento, TipoBloque
from ingesta.escaneo.gris import a_bmp
from ingesta.lectores import VERSION, leer, leer_sin_ocr
from ingesta.lectores.pdf_motor import abrir
from ingesta.reconocida import (
    PaginaReconocida,
    PalabraReconocida,
    RayaReconocida,
    a_json,
    de_json,
)

FABRICA = Path(__file__).parents[2] / "ejemplos" / "fabrica" / "escanear.py"
TREGUA = "acta-15-huallanca-tregua.pdf"
MATRIZ = "acta-11-chumbivilcas-matriz.pdf"
FRASE = "si la empresa no entrega el informe de las obras se comunica a la mesa"

con_tesseract = [
    pytest.mark.ocr,
    pytest.mark.skipif(not ocr.disponible(), reason="falta tesseract con el idioma spa"),
]
Escanear = Callable[..., Path]


@pytest.fixture(scope="session")
def fabrica() -> ModuleType:
    """El módulo que hace escaneos de las actas de ejemplo."""
    ficha = importlib.util.spec_from_file_location("escanear", FABRICA)
    assert ficha is not None
    assert ficha.loader is not None
    modulo = importlib.util.module_from_spec(ficha)
    ficha.loader.exec_module(modulo)
    return modulo


@pytest.fixture
def escanear(fabrica: ModuleType, ejemplos: Path, tmp_path: Path) -> Escanear:
    """Devuelve `escanear(acta, condicion)`, que hace el escaneo y da su ruta."""

    def _escanear(acta: str, condicion: str) -> Path:
        ruta = tmp_path / acta
        fabrica.escanear(ejemplos / acta, fabrica.CONDICIONES[condicion], ruta)
        return ruta

    return _escanear


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
    pytestmark = con_tesseract

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

    def test_lo_escrito_a_mano_no_se_inventa(self, tmp_path: Path):
        documento = leer(_pdf(tmp_path, _garabatos()))
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
        lienzo.drawImage(_lector(Image.fromarray(grano.astype(np.uint8))), 0, 0, *A4)
        lienzo.save()
        documento = leer(ruta)
        assert [(a.codigo, a.pagina) for a in documento.avisos] == [("pagina_en_blanco", 2)]
        assert not documento.parcial

    def test_la_firma_digital_sobre_el_escaneo_no_lo_esconde_ni_se_repite(
        self, fabrica: ModuleType, ejemplos: Path, tmp_path: Path
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

        documento = leer(_pdf(tmp_path, pagina, sellar))
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
        lienzo.drawImage(_lector(trozo), 0, 300, A4[0], 750 * A4[0] / 1654)
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
        lienzo.drawImage(_lector(Image.effect_noise((400, 300), 80)), 100, 300, 400, 300)
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


class TestCapasQueMienten:
    """El texto que trae el PDF no es el que se ve en la página."""

    pytestmark = con_tesseract

    @pytest.mark.parametrize("dicha", ["Texto puesto por otra persona.", "BUENA"])
    def test_sobre_un_escaneo_se_toma_lo_que_se_ve(
        self, dicha: str, fabrica: ModuleType, ejemplos: Path, tmp_path: Path
    ):
        digital = leer_sin_ocr(ejemplos / TREGUA)
        buena = [digital.fragmento(b.tramo) for b in digital.bloques]
        pagina = next(fabrica.dibujar(ejemplos / TREGUA, 200))

        def esconder(lienzo: Canvas) -> None:
            texto = lienzo.beginText(72, 780)
            texto.setTextRenderMode(3)
            texto.setFont("Helvetica", 6)
            for linea in buena if dicha == "BUENA" else [dicha] * 30:
                for inicio in range(0, len(linea), 100):
                    texto.textLine(linea[inicio : inicio + 100])
            lienzo.drawText(texto)

        ruta = _pdf(tmp_path, pagina, esconder)
        assert "texto_de_ocr_previo" in codigos(leer_sin_ocr(ruta))
        documento = leer(ruta)
        assert "Huallanca" in documento.texto
        assert "otra persona" not in documento.texto
        assert ("capa_distinta" in codigos(documento)) is (dicha != "BUENA")
        assert "texto_de_ocr_previo" not in codigos(documento)

    @pytest.mark.parametrize(
        ("cambio", "sospecha"),
        [
            (str.maketrans("aeioubcdlmnprst", "ioaeudbtrnmslpc"), "texto_extrano"),
            (str.maketrans("aeiou", "xhkrw"), "texto_dudoso"),
        ],
    )
    def test_con_letras_cambiadas_se_toma_lo_que_se_ve(
        self, cambio: dict[int, int], sospecha: str, tmp_path: Path
    ):
        ruta = _con_letras_cambiadas(tmp_path, cambio)
        assert codigos(leer_sin_ocr(ruta)) == {sospecha, "archivo_reparado"}
        documento = leer(ruta)
        assert FRASE in " ".join(documento.texto.split())
        assert sospecha not in codigos(documento)
        assert {"pagina_con_ocr", "capa_distinta"} <= codigos(documento)

    def test_lo_que_esta_en_otra_lengua_se_deja_como_esta(self, tmp_path: Path):
        renglon = "kay llaqtapi tukuy runakuna hatun wasipi rimanakunku yaku qarpanapaq"
        ruta = tmp_path / "acta.pdf"
        lienzo = Canvas(str(ruta), pagesize=A4, invariant=1)
        for n in range(12):
            lienzo.drawString(72, 760 - 20 * n, renglon)
        lienzo.save()
        assert codigos(leer_sin_ocr(ruta)) == {"texto_extrano"}
        documento = leer(ruta)
        assert codigos(documento) == set()
        assert documento.texto.count("llaqtapi") == 12
        assert not documento.paginas[0].con_ocr

    def test_con_una_tipografia_que_miente_se_toma_lo_que_se_ve(self, tmp_path: Path):
        ruta = _con_letras_cambiadas(tmp_path, str.maketrans("si", "no"), corriente=True)
        assert leer_sin_ocr(ruta).texto.startswith("no ")
        documento = leer(ruta)
        assert FRASE in " ".join(documento.texto.split())
        assert {"letras_en_disputa", "capa_distinta"} <= codigos(documento)
        assert documento.parcial


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
        lienzo.drawImage(_lector(Image.effect_noise((200, 200), 50)), 0, 0, 14_000, 14_000)
        lienzo.save()
        pedidas = []
        ocr_paginas.completar(
            leer_sin_ocr(ruta),
            lambda pagina, escala: pedidas.append(escala) or b"",
            lambda r: leer_sin_ocr(ruta, reconocidas=r),
        )
        with abrir(ruta) as documento:
            assert pedidas[0] * documento[0].get_width() <= ocr_paginas.MAYOR_LADO + 1


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


def _pdf(
    carpeta: Path, pagina: Image.Image, encima: Callable[[Canvas], None] | None = None
) -> Path:
    ruta = carpeta / "acta.pdf"
    lienzo = Canvas(str(ruta), pagesize=A4, invariant=1)
    lienzo.drawImage(_lector(pagina), 0, 0, *A4)
    if encima:
        encima(lienzo)
    lienzo.save()
    return ruta


def _lector(pagina: Image.Image) -> ImageReader:
    salida = io.BytesIO()
    pagina.save(salida, "PNG")
    return ImageReader(io.BytesIO(salida.getvalue()))


def _con_letras_cambiadas(
    carpeta: Path, cambio: dict[int, int], *, corriente: bool = False
) -> Path:
    """Un PDF que se ve bien y cuya tabla ToUnicode dice otras letras.

    Con un código propio (`corriente=False`), nada en el archivo se contradice.
    """
    pares = "".join(f"<{c:02x}> <{ord(chr(c).translate(cambio)):04x}> " for c in range(97, 123))
    tabla = f"/CIDInit /ProcSet findresource begin 26 beginbfchar {pares}endbfchar end"
    propio = "<< /Differences [97 " + " ".join(f"/{chr(c)}" for c in range(97, 123)) + "] >>"
    codigo = "/WinAnsiEncoding" if corriente else propio
    renglones = "".join(f"1 0 0 1 72 {780 - 24 * n} Tm ({FRASE}) Tj " for n in range(12))
    dibujo = f"BT /F1 12 Tf {renglones}ET"
    objetos = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(dibujo)} >>\nstream\n{dibujo}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
        f"/Encoding {codigo} /ToUnicode 6 0 R >>",
        f"<< /Length {len(tabla)} >>\nstream\n{tabla}\nendstream",
    ]
    cuerpo = "".join(f"{n} 0 obj\n{objeto}\nendobj\n" for n, objeto in enumerate(objetos, 1))
    final = "trailer\n<< /Root 1 0 R /Size 7 >>\nstartxref\n0\n%%EOF\n"
    ruta = carpeta / "acta.pdf"
    ruta.write_text(f"%PDF-1.7\n{cuerpo}{final}")
    return ruta


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
