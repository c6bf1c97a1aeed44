"""Lo que todo documento leído cumple: posiciones, orden, cajas y páginas sin silencio."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ingesta import ocr
from ingesta.documento import Caja, Documento, Pagina, Palabra, Renglon, Tramo
from ingesta.lectores import leer, leer_sin_ocr

RAIZ = Path(__file__).parents[2]
EJEMPLOS = sorted((RAIZ / "ejemplos").glob("acta-*.*"))
ESCANEADAS = [
    ("acta-11-chumbivilcas-matriz.pdf", "foto"),
    ("acta-12-simon-bolivar-salud.pdf", "sello"),
    ("acta-15-huallanca-tregua.pdf", "de-lado"),
    ("acta-16-atalaya-ficha.pdf", "ruido"),
]
Fallas = Callable[[Documento], list[str]]


@pytest.mark.parametrize("ruta", EJEMPLOS, ids=lambda ruta: ruta.stem)
def test_los_ejemplos_cumplen_las_invariantes(ruta: Path, fallas: Fallas):
    documento = leer_sin_ocr(ruta)
    assert fallas(documento) == []
    assert documento.bloques


@pytest.mark.ocr
@pytest.mark.skipif(not ocr.disponible(), reason="falta tesseract con el idioma spa")
@pytest.mark.parametrize(("acta", "condicion"), ESCANEADAS)
def test_los_escaneos_cumplen_las_invariantes(
    acta: str, condicion: str, fallas: Fallas, escanear: Callable[..., Path]
):
    ruta = escanear(acta, condicion)
    assert fallas(leer_sin_ocr(ruta)) == []
    documento = leer(ruta)
    assert fallas(documento) == []
    palabras = [p for b in documento.bloques for r in b.renglones for p in r.palabras]
    assert all(p.confianza is not None for p in palabras)


def test_las_fallas_se_descubren(fallas: Fallas):
    bueno = Documento.desde_texto("Acta\nAcuerdo")
    assert fallas(bueno) == []
    primero, segundo = bueno.bloques
    fuera = Palabra(Tramo(0, 4), Caja(1, 10, 10, 700, 20), 0.9)
    con_caja = replace(primero, renglones=(Renglon(Tramo(0, 4), fuera.caja, (fuera,), 0.9),))
    hoja = (Pagina(1, 595, 842),)
    for malo, dice in (
        (replace(bueno, bloques=(segundo, primero)), "fuera de lugar"),
        (replace(bueno, bloques=(primero,)), "de ningún bloque"),
        (replace(bueno, paginas=hoja), "quedó vacía"),
        (replace(bueno, bloques=(con_caja, segundo), paginas=hoja), "caja fuera de la página"),
        (replace(bueno, texto="Acta\nAcuerd\x01"), "de control"),
        (replace(bueno, paginas=(Pagina(3, 1, 1),)), "mal numeradas"),
    ):
        assert any(dice in falla for falla in fallas(malo)), dice
