"""Cuadros del lector de PDF: con rayas, sin rayas, combinados y de varias páginas."""

from collections import Counter
from pathlib import Path

import pdfplumber
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from ingesta.documento import Caja, Celda, Documento, TipoBloque
from ingesta.lectores import leer
from ingesta.lectores.pdf_franjas import Franja
from ingesta.lectores.pdf_palabras import Pieza
from ingesta.lectores.pdf_tabla import Casilla, Tabla, continuar

TITULOS = ["N°", "Pedido", "Acuerdo", "Responsable", "Plazo"]
ANCHOS = [30, 120, 150, 100, 80]
ESTILO = getSampleStyleSheet()["BodyText"]
REJILLA = ("GRID", (0, 0), (-1, -1), 0.5, "black")
Lugar = tuple[int, int, int]


def fila(numero: int, acuerdo: str = "Elaborar el expediente técnico de la obra") -> list[object]:
    textos = [str(numero), f"Pedido número {numero}", acuerdo, "GORE Loreto", "30 días hábiles"]
    return [Paragraph(texto, ESTILO) for texto in textos]


def hacer(ruta: Path, filas: list[list[object]], *ordenes: tuple[object, ...], repetir: int = 1):
    """Escribe un PDF con un párrafo, el cuadro y otro párrafo."""
    cuadro = Table(filas, colWidths=ANCHOS[: len(filas[0])], repeatRows=repetir, splitInRow=1)
    cuadro.setStyle(TableStyle([REJILLA, ("VALIGN", (0, 0), (-1, -1), "TOP"), *ordenes]))
    partes = [Paragraph("Antes del cuadro.", ESTILO), Spacer(1, 12), cuadro, Spacer(1, 12)]
    partes.append(Paragraph("Después del cuadro.", ESTILO))
    SimpleDocTemplate(str(ruta), pagesize=A4, invariant=1).build(partes)
    return leer(ruta)


def celdas(documento: Documento) -> dict[Lugar, tuple[str, Celda]]:
    return {
        (b.celda.tabla, b.celda.fila, b.celda.columna): (documento.fragmento(b.tramo), b.celda)
        for b in documento.bloques
        if b.celda is not None
    }


def texto_de(documento: Documento, *lugar: int) -> str:
    return celdas(documento)[lugar[0], lugar[1], lugar[2]][0]


def test_cada_celda_es_un_bloque_con_el_titulo_de_su_columna(tmp_path: Path):
    documento = hacer(tmp_path / "a.pdf", [TITULOS, fila(1), fila(2)])
    tipos = [b.tipo.value for b in documento.bloques]
    assert tipos == ["parrafo", *["celda"] * 15, "parrafo"]
    texto, celda = celdas(documento)[0, 1, 2]
    assert texto == "Elaborar el expediente técnico de la obra"
    assert celda == Celda(0, 1, 2, titulo="Acuerdo")
    encabezado = celdas(documento)[0, 0, 2][1]
    assert encabezado == Celda(0, 0, 2, es_encabezado=True)
    renglon = "1\tPedido número 1\tElaborar el expediente técnico de la obra\tGORE Loreto\t30 días"
    assert renglon in documento.texto


def test_la_celda_combinada_dice_cuantas_filas_y_columnas_abarca(tmp_path: Path):
    filas = [TITULOS, fila(1), fila(2), fila(3), [Paragraph("TEMA: SALUD", ESTILO), *[""] * 4]]
    filas[2][3] = filas[3][3] = ""
    documento = hacer(
        tmp_path / "a.pdf", filas, ("SPAN", (3, 1), (3, 3)), ("SPAN", (0, 4), (-1, 4))
    )
    todas = celdas(documento)
    assert todas[0, 1, 3][1] == Celda(0, 1, 3, filas=3, titulo="Responsable")
    assert (0, 2, 3) not in todas
    assert todas[0, 2, 4] == ("30 días hábiles", Celda(0, 2, 4, titulo="Plazo"))
    texto, celda = todas[0, 4, 0]
    assert (texto, celda.columnas) == ("TEMA: SALUD", 5)


@pytest.mark.parametrize("repetir", [0, 1])
def test_el_cuadro_que_sigue_en_otra_pagina_es_el_mismo(tmp_path: Path, repetir: int):
    documento = hacer(
        tmp_path / "a.pdf", [TITULOS, *(fila(n) for n in range(1, 61))], repetir=repetir
    )
    assert len(documento.paginas) == 3
    todas = celdas(documento)
    assert {lugar[0] for lugar in todas} == {0}
    assert [todas[0, n, 0][0] for n in range(1, 61)] == [str(n) for n in range(1, 61)]
    assert Counter(texto for texto, _ in todas.values())["Responsable"] == 1
    assert {c.titulo for _, c in todas.values() if c.columna == 4} == {None, "Plazo"}
    assert todas[0, 60, 3] == ("GORE Loreto", Celda(0, 60, 3, titulo="Responsable"))


def test_otro_cuadro_con_otros_titulos_no_se_une_al_anterior(tmp_path: Path):
    ruta = tmp_path / "a.pdf"
    otros = ["N°", "Nombres y apellidos", "Cargo", "Entidad", "Firma"]
    partes = []
    for titulos, cuantas in ((TITULOS, 12), (otros, 3)):
        cuadro = Table([titulos, *(fila(n) for n in range(1, cuantas))], colWidths=ANCHOS)
        cuadro.setStyle(TableStyle([REJILLA]))
        partes += [cuadro, Spacer(1, 250)]
    SimpleDocTemplate(str(ruta), pagesize=A4).build(partes)
    todas = celdas(leer(ruta))
    assert todas[1, 0, 1][0] == "Nombres y apellidos"
    assert todas[1, 1, 2][1].titulo == "Cargo"


def test_la_fila_cortada_por_el_salto_de_pagina_se_junta(tmp_path: Path):
    largo = "Ejecutar " + " ".join(f"el tramo {n} de la obra" for n in range(80)) + " y cerrarla."
    documento = hacer(tmp_path / "a.pdf", [TITULOS, fila(1), fila(2, largo), fila(3)], repetir=0)
    assert len(documento.paginas) == 2
    bloque = next(
        b for b in documento.bloques if b.celda and b.celda == Celda(0, 2, 2, titulo="Acuerdo")
    )
    assert documento.fragmento(bloque.tramo) == largo
    assert {r.caja.pagina for r in bloque.renglones if r.caja} == {1, 2}
    assert texto_de(documento, 0, 3, 0) == "3"


def _tabla(pagina: int, *textos: tuple[int, int, int, str]) -> Tabla:
    """Arma un cuadro de dos columnas con casillas (fila, columna, filas, texto)."""
    caja = Caja(pagina, 0, 0, 100, 10)
    franja = {t: Franja((Pieza(t, caja, caja),)) for *_, t in textos}
    casillas = tuple(Casilla(f, c, n, 1, (franja[t],) if t else ()) for f, c, n, t in textos)
    return Tabla(caja, (0.0, 50.0, 100.0), casillas)


def test_la_celda_combinada_sigue_en_la_otra_pagina_si_alli_esta_vacia():
    arriba = _tabla(1, (0, 0, 1, "1"), (0, 1, 2, "GORE"), (1, 0, 1, "2"))
    abajo = _tabla(2, (0, 0, 1, "3"), (0, 1, 2, ""), (1, 0, 1, "4"), (2, 0, 1, "5"))
    unida = continuar(arriba, abajo)
    assert unida is not None
    assert [(c.fila, c.filas) for c in unida.casillas if c.texto == "GORE"] == [(0, 4)]
    assert [c.texto for c in unida.casillas if c.columna == 0] == ["1", "2", "3", "4", "5"]
    assert continuar(arriba, _tabla(3, (0, 0, 1, "3"))) is None
    assert continuar(arriba, _tabla(1, (0, 0, 1, "3"))) is None


def test_los_items_dentro_de_una_celda_van_en_lineas_aparte(tmp_path: Path):
    datos = fila(1)
    datos[2] = [Paragraph("1. Elaborar el estudio de la obra del puente", ESTILO)]
    datos[2].append(Paragraph("2. Remitirlo a la mesa", ESTILO))
    documento = hacer(tmp_path / "a.pdf", [TITULOS, datos])
    assert texto_de(documento, 0, 1, 2) == (
        "1. Elaborar el estudio de la obra del puente\n2. Remitirlo a la mesa"
    )


def test_dos_cuadros_pegados_tienen_cada_uno_sus_titulos(tmp_path: Path):
    otros = ["N°", "Tarea", "Institución", "Fecha", "Estado"]
    documento = hacer(tmp_path / "a.pdf", [TITULOS, fila(1), fila(2), otros, fila(3)], repetir=0)
    todas = celdas(documento)
    assert todas[0, 2, 2][1].titulo == "Acuerdo"
    assert todas[1, 0, 1][0] == "Tarea"
    assert todas[1, 1, 3][1].titulo == "Fecha"


def test_la_ficha_de_rotulos_no_tiene_titulos(tmp_path: Path):
    ficha = [["Fecha", "14/05/2026", "Hora", "9:20"], ["Lugar", "Nauta", "Modalidad", "Presencial"]]
    documento = hacer(tmp_path / "a.pdf", ficha, repetir=0)
    assert {c.titulo for _, c in celdas(documento).values()} == {None}
    assert not any(c.es_encabezado for _, c in celdas(documento).values())


def test_un_recuadro_alrededor_del_texto_no_es_un_cuadro(tmp_path: Path):
    documento = hacer(tmp_path / "a.pdf", [[Paragraph("Nota en un recuadro.", ESTILO)]], repetir=0)
    assert [b.tipo.value for b in documento.bloques] == ["parrafo"] * 3


def _en_columnas(lienzo: Canvas, filas: list[list[str]], xs: list[int], y: float, rayas: bool):
    for textos in filas:
        altas = [texto.split("|") for texto in textos]
        for x, lineas in zip(xs, altas, strict=True):
            for i, linea in enumerate(lineas):
                lienzo.drawString(x, y - 12 * i, linea)
        if rayas:
            lienzo.line(72, y + 12, 540, y + 12)
        y -= 12 * max(map(len, altas)) + 8
    if rayas:
        lienzo.line(72, y + 12, 540, y + 12)


@pytest.mark.parametrize("rayas", [False, True])
def test_el_cuadro_sin_rayas_verticales_se_lee_por_los_titulos(tmp_path: Path, rayas: bool):
    ruta = tmp_path / "a.pdf"
    lienzo = Canvas(str(ruta), pagesize=A4)
    filas = [
        ["N°", "Compromiso", "Responsable", "Plazo"],
        ["1", "Instalar nueve plantas de|tratamiento de agua", "PNSR", "En julio"],
        ["2", "Elaborar el expediente|técnico del puente de|Huampami", "GORE|Amazonas", "60 días"],
        ["3", "Dictar talleres", "UGEL", "Permanente"],
    ]
    _en_columnas(lienzo, filas, [72, 110, 320, 440], 700, rayas)
    lienzo.drawString(72, 500, "Siendo las 17:20 horas se dio por culminada la reunión de la mesa.")
    lienzo.save()
    documento = leer(ruta)
    assert {
        lugar: (texto, celda.titulo) for lugar, (texto, celda) in celdas(documento).items()
    } == {
        (0, n, k): (texto.replace("|", " "), filas[0][k] if n else None)
        for n, textos in enumerate(filas)
        for k, texto in enumerate(textos)
    }
    ultimo = documento.bloques[-1]
    assert ultimo.tipo is TipoBloque.PARRAFO
    assert documento.fragmento(ultimo.tramo).startswith("Siendo las 17:20")


def test_el_cuadro_sin_rayas_sigue_en_otra_pagina_sin_repetir_titulos(tmp_path: Path):
    ruta = tmp_path / "a.pdf"
    lienzo = Canvas(str(ruta), pagesize=A4)
    xs = [72, 110, 320, 440]
    titulos = ["N°", "Compromiso", "Responsable", "Plazo"]
    datos = [[str(n), f"Compromiso|número {n}", f"Entidad {n}", f"{n} días"] for n in range(1, 31)]
    _en_columnas(lienzo, [titulos, *datos[:18]], xs, 700, rayas=False)
    lienzo.showPage()
    _en_columnas(lienzo, datos[18:], xs, 700, rayas=False)
    lienzo.save()
    todas = celdas(leer(ruta))
    assert [todas[0, n, 1] for n in range(1, 31)] == [
        (f"Compromiso número {n}", Celda(0, n, 1, titulo="Compromiso")) for n in range(1, 31)
    ]


def test_las_celdas_coinciden_con_las_que_encuentra_pdfplumber(tmp_path: Path):
    filas = [TITULOS, *(fila(n) for n in range(1, 8))]
    filas[2][3] = ""
    documento = hacer(tmp_path / "a.pdf", filas, ("SPAN", (3, 1), (3, 2)))
    with pdfplumber.open(tmp_path / "a.pdf") as otro:
        (ajena,) = otro.pages[0].extract_tables()
    suyas = Counter(texto.replace("\n", " ") for linea in ajena for texto in linea if texto)
    assert Counter(texto for texto, _ in celdas(documento).values()) == suyas


def test_demasiadas_rayas_no_se_examinan_y_se_avisa(tmp_path: Path):
    ruta = tmp_path / "a.pdf"
    lienzo = Canvas(str(ruta), pagesize=A4)
    lienzo.drawString(72, 800, "Texto de la página.")
    for n in range(400):
        lienzo.line(50, 50 + n * 1.7, 550, 50 + n * 1.7)
        lienzo.line(50 + n * 1.2, 50, 50 + n * 1.2, 730)
    lienzo.save()
    documento = leer(ruta)
    assert [a.codigo for a in documento.avisos] == ["tablas_sin_examinar"]
    assert documento.texto == "Texto de la página."
    assert not documento.parcial
