"""Capas de texto que no dicen lo que se ve en la página, con tesseract de verdad."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingesta import ocr
from ingesta.documento import Documento
from ingesta.lectores import leer, leer_sin_ocr

TREGUA = "acta-15-huallanca-tregua.pdf"

pytestmark = [
    pytest.mark.ocr,
    pytest.mark.skipif(not ocr.disponible(), reason="falta tesseract con el idioma spa"),
]

FRASE = "si la empresa no entrega el informe de las obras se comunica a la mesa"


def codigos(documento: Documento) -> set[str]:
    return {a.codigo for a in documento.avisos}


class TestCapasQueMienten:
    """El texto que trae el PDF no es el que se ve en la página."""

    @pytest.mark.parametrize("dicha", ["Texto puesto por otra persona.", "BUENA"])
    def test_sobre_un_escaneo_se_toma_lo_que_se_ve(
        self,
        dicha: str,
        fabrica: ModuleType,
        ejemplos: Path,
        pdf_de_imagen: Callable[..., Path],
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

        ruta = pdf_de_imagen(pagina, esconder)
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
