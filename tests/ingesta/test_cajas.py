"""Las cajas caen donde están las palabras: se dibuja la página y se vuelve a leer por dentro."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from ingesta import imagen
from ingesta.documento import Caja, Documento, Palabra, TipoBloque
from ingesta.lectores import leer

EJEMPLOS = sorted((Path(__file__).parents[2] / "ejemplos").glob("*.pdf"))
ESCALA = 2
OSCURO = 160
MUESTRA = 150
"""Palabras que se vuelven a leer de cada documento."""


@pytest.fixture(params=EJEMPLOS, ids=lambda ruta: ruta.stem)
def ejemplo(request: pytest.FixtureRequest) -> Path:
    return request.param


def palabras(documento: Documento) -> Iterator[Palabra]:
    for bloque in documento.bloques:
        for renglon in bloque.renglones:
            yield from renglon.palabras


def releer(ruta: Path, cajas: list[Caja]) -> list[str]:
    """Devuelve lo que PDFium encuentra dentro de cada caja, en hojas sin giro."""
    documento = pypdfium2.PdfDocument(ruta)
    hallado = []
    for caja in cajas:
        pagina = documento[caja.pagina - 1]
        izquierda, _, _, arriba = pagina.get_bbox()
        texto = pagina.get_textpage().get_text_bounded(
            izquierda + caja.x0, arriba - caja.abajo, izquierda + caja.x1, arriba - caja.arriba
        )
        hallado.append(texto.strip().rstrip("-\x02\ufffe"))
    documento.close()
    return hallado


def test_las_posiciones_son_exactas_y_van_en_orden(ejemplo: Path):
    documento = leer(ejemplo)
    texto = documento.texto
    for a, b in pairwise(documento.bloques):
        assert a.tramo.fin + 1 == b.tramo.inicio
        assert texto[a.tramo.fin] in "\n\t"
    for bloque in documento.bloques:
        assert bloque.tramo.inicio == bloque.renglones[0].tramo.inicio
        assert bloque.tramo.fin == bloque.renglones[-1].tramo.fin
        for renglon in bloque.renglones:
            impresas = " ".join(texto[p.tramo.inicio : p.tramo.fin] for p in renglon.palabras)
            assert impresas == documento.fragmento(renglon.tramo)
    cubierto = sum(p.tramo.fin - p.tramo.inicio for p in palabras(documento))
    assert cubierto == len(texto) - sum(c.isspace() for c in texto)


def test_ninguna_palabra_se_pierde_ni_se_repite(ejemplo: Path):
    """Otro motor cuenta las mismas; lo que se repite en cada página aquí va una vez."""
    documento = leer(ejemplo)
    propias = Counter(documento.texto.split())
    repetidas = {
        palabra
        for b in documento.bloques
        if b.tipo in {"encabezado", "pie"} or (b.celda and b.celda.es_encabezado)
        for palabra in documento.fragmento(b.tramo).split()
    }
    ajenas: Counter[str] = Counter()
    with pdfplumber.open(ejemplo) as otro:
        for pagina in otro.pages:
            ajenas.update(p["text"] for p in pagina.extract_words())
            pagina.close()
    distintas = {p for p in propias | ajenas if propias[p] != ajenas[p]} - repetidas
    partidas = sum(p.endswith("-") for p in ajenas)
    assert len(distintas) <= 3 * partidas


def test_las_cajas_estan_dentro_de_la_hoja_y_cubren_sus_palabras(ejemplo: Path):
    documento = leer(ejemplo)
    hojas = {p.numero: p for p in documento.paginas}
    for bloque in documento.bloques:
        for renglon in bloque.renglones:
            assert renglon.caja == Caja.que_cubre(p.caja for p in renglon.palabras)
            for palabra in renglon.palabras:
                c, hoja = palabra.caja, hojas[palabra.caja.pagina]
                assert 0 <= c.x0 < c.x1 <= hoja.ancho
                assert 0 <= c.arriba < c.abajo <= hoja.alto


def test_bajo_cada_caja_hay_tinta(ejemplo: Path):
    documento = leer(ejemplo)
    for hoja in documento.paginas:
        with Image.open(io.BytesIO(imagen.pagina_png(ejemplo, hoja.numero, ESCALA))) as dibujo:
            gris = dibujo.convert("L")
        for palabra in palabras(documento):
            c = palabra.caja
            if c.pagina == hoja.numero:
                recorte = tuple(round(ESCALA * v) for v in (c.x0, c.arriba, c.x1, c.abajo + 0.5))
                assert gris.crop(recorte).getextrema()[0] < OSCURO, documento.fragmento(
                    palabra.tramo
                )


def test_dentro_de_la_caja_se_vuelve_a_leer_la_palabra(ejemplo: Path):
    documento = leer(ejemplo)
    todas = list(palabras(documento))
    muestra = todas[:: len(todas) // MUESTRA]
    esperado = [documento.fragmento(p.tramo).rstrip("-") for p in muestra]
    assert releer(ejemplo, [p.caja for p in muestra]) == esperado
    corridas = [
        replace(p.caja, arriba=p.caja.arriba + 15, abajo=p.caja.abajo + 15) for p in muestra
    ]
    iguales = sum(a == b for a, b in zip(releer(ejemplo, corridas), esperado, strict=True))
    assert iguales < len(muestra) / 2


def test_un_item_de_dos_paginas_se_resalta_en_las_dos():
    documento = leer(next(r for r in EJEMPLOS if r.stem.startswith("acta-09")))
    item = next(
        b
        for b in documento.bloques
        if b.tipo is TipoBloque.ITEM and len({r.caja.pagina for r in b.renglones if r.caja}) == 2
    )
    assert documento.fragmento(item.tramo).startswith("3.- La Autoridad Nacional del Agua")
    assert [c.pagina for c in documento.cajas(item.tramo)] == [2, 2, 2, 3]


def test_la_hoja_recortada_y_la_girada_dan_cajas_de_la_hoja_que_se_ve(tmp_path: Path):
    ruta = tmp_path / "acta.pdf"
    lienzo = Canvas(str(ruta), pagesize=(595, 842), cropBox=(50, 100, 545, 742))
    lienzo.setFont("Helvetica", 20)
    lienzo.drawString(150, 600, "Recortada.")
    lienzo.showPage()
    lienzo.setPageRotation(180)
    lienzo.setFont("Helvetica", 20)
    lienzo.drawString(150, 600, "Volteada.")
    lienzo.save()
    documento = leer(ruta)
    assert documento.texto == "Recortada.\nVolteada."
    assert (documento.paginas[0].ancho, documento.paginas[0].alto) == (495, 642)
    for palabra in palabras(documento):
        c = palabra.caja
        with Image.open(io.BytesIO(imagen.pagina_png(ruta, c.pagina, 1))) as dibujo:
            tinta = dibujo.convert("L").point(lambda v: 255 * (v < OSCURO)).getbbox()
        assert tinta is not None
        assert c.x0 - 1 <= tinta[0] < tinta[2] <= c.x1 + 1
        assert c.arriba - 1 <= tinta[1] < tinta[3] <= c.abajo + 1
