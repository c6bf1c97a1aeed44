"""Texto, orden de lectura y bloques del lector de PDF, sobre archivos hechos con reportlab."""

from collections.abc import Callable
from pathlib import Path

import pytest
import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ingesta.documento import Bloque, Documento, TipoBloque
from ingesta.lectores import leer

ANCHO, ALTO = A4
Dibujar = Callable[[Canvas], None]
Hacer = Callable[..., Documento]

LARGO = "La Municipalidad Distrital de Nauta remitirá el informe de las obras de la cuenca al pleno"
"""Llena un renglón de 11 puntos entre los márgenes."""


@pytest.fixture
def hacer(tmp_path: Path) -> Hacer:
    """Hace un PDF con una función por página y lo lee."""

    def _hacer(*paginas: Dibujar, giro: int = 0) -> Documento:
        ruta = tmp_path / "acta.pdf"
        lienzo = Canvas(str(ruta), pagesize=A4, invariant=1)
        for dibujar in paginas:
            lienzo.setPageRotation(giro)
            lienzo.setFont("Helvetica", 11)
            dibujar(lienzo)
            lienzo.showPage()
        lienzo.save()
        return leer(ruta)

    return _hacer


def escribir(lienzo: Canvas, lineas: list[str], x: float = 72, y: float = 700, salto: float = 14):
    """Escribe las líneas hacia abajo; una línea que empieza con * va en negrita."""
    for linea in lineas:
        lienzo.setFont("Helvetica-Bold" if linea[:1] == "*" else "Helvetica", 11)
        lienzo.drawString(x, y, linea.removeprefix("*"))
        y -= salto


def bloques(documento: Documento) -> list[tuple[str, str]]:
    return [(b.tipo.value, documento.fragmento(b.tramo)) for b in documento.bloques]


def paginas(bloque: Bloque) -> list[int]:
    return [r.caja.pagina for r in bloque.renglones if r.caja]


def test_las_dos_columnas_se_leen_una_despues_de_otra(hacer: Hacer):
    izquierda = [f"renglón izquierdo número {n} de texto corrido" for n in "abcdef"]
    derecha = [f"renglón derecho número {n} del texto corrido" for n in "abcde"]
    derecha.append("y fin del texto.")

    def pagina(c: Canvas) -> None:
        escribir(c, ["*ACTA QUE OCUPA EL ANCHO DE LAS DOS COLUMNAS DE LA HOJA DE LA MESA"], y=740)
        escribir(c, izquierda)
        escribir(c, derecha, x=320, y=693)
        escribir(c, [LARGO + "."], y=560)

    documento = hacer(pagina)
    assert bloques(documento) == [
        ("titulo", "ACTA QUE OCUPA EL ANCHO DE LAS DOS COLUMNAS DE LA HOJA DE LA MESA"),
        ("parrafo", " ".join(izquierda + derecha)),
        ("parrafo", LARGO + "."),
    ]


def test_los_rotulos_de_una_ficha_no_son_columnas(hacer: Hacer):
    def pagina(c: Canvas) -> None:
        escribir(c, ["Fecha:", "Hora de inicio:", "Lugar:", "Modalidad:", "Conduce:"])
        datos = ["14 de mayo de 2026", "9:20", "Local comunal", "Presencial", "SGSD"]
        escribir(c, datos, x=180)
        escribir(c, [LARGO + "."], y=600)

    assert bloques(hacer(pagina))[:2] == [
        ("parrafo", "Fecha: 14 de mayo de 2026"),
        ("parrafo", "Hora de inicio: 9:20"),
    ]


def test_un_parrafo_que_sigue_en_otra_pagina_es_un_solo_bloque(hacer: Hacer):
    primero, segundo = "tomando en cuenta", "las contramuestras de la población."
    documento = hacer(
        lambda c: escribir(c, [LARGO, primero], y=114),
        lambda c: escribir(c, [segundo, "2. Otro acuerdo distinto."], y=760),
    )
    assert bloques(documento) == [
        ("parrafo", f"{LARGO} {primero} {segundo}"),
        ("item", "2. Otro acuerdo distinto."),
    ]
    assert paginas(documento.bloques[0]) == [1, 1, 2]


def test_un_parrafo_terminado_no_se_une_con_la_pagina_siguiente(hacer: Hacer):
    documento = hacer(
        lambda c: escribir(c, [LARGO, "en julio."], y=114),
        lambda c: escribir(c, ["La población esperará."], y=760),
    )
    assert [texto for _, texto in bloques(documento)] == [
        f"{LARGO} en julio.",
        "La población esperará.",
    ]


def test_los_encabezados_y_pies_van_al_final_una_sola_vez(hacer: Hacer):
    def pagina(numero: int) -> Dibujar:
        def dibujar(c: Canvas) -> None:
            c.drawString(72, 810, "Mesa técnica de la cuenca")
            c.drawString(300, 30, f"Página {numero} de 3")
            escribir(c, [f"Cuerpo de la página {'abc'[numero - 1]}."])

        return dibujar

    documento = hacer(*map(pagina, (1, 2, 3)))
    assert bloques(documento) == [
        ("parrafo", "Cuerpo de la página a."),
        ("parrafo", "Cuerpo de la página b."),
        ("parrafo", "Cuerpo de la página c."),
        ("encabezado", "Mesa técnica de la cuenca"),
        ("pie", "Página 1 de 3"),
    ]
    assert len(documento.cuerpo) == 3


@pytest.mark.parametrize(
    ("texto", "tipo"),
    [
        ("Página 1 de 1", "pie"),
        ("Pág. 1", "pie"),
        ("1 | 1", "pie"),
        ("- 1 -", "pie"),
        ("15 de mayo", "parrafo"),
        ("Secretaría técnica", "parrafo"),
    ],
)
def test_en_una_sola_pagina_solo_es_pie_un_numero_de_pagina(hacer: Hacer, texto: str, tipo: str):
    def pagina(c: Canvas) -> None:
        escribir(c, ["Cuerpo del acta."])
        c.drawString(300, 30, texto)

    assert bloques(hacer(pagina))[-1] == (tipo, texto)


def test_los_titulos_repetidos_de_un_cuadro_no_son_encabezado(hacer: Hacer):
    def pagina(*filas: tuple[str, str, str]) -> Dibujar:
        def dibujar(c: Canvas) -> None:
            for i, fila in enumerate((("N°", "Pedido", "Responsable"), *filas)):
                for x, dato in zip((72, 110, 350), fila, strict=True):
                    c.drawString(x, 780 - 20 * i, dato)

        return dibujar

    documento = hacer(
        pagina(("1", "Agua para todos", "PNSR"), ("2", "Posta médica", "DIRESA")),
        pagina(("3", "Puente peatonal", "MTC"), ("4", "Veinte becas", "PRONABEC")),
    )
    assert {b.tipo for b in documento.bloques} == {TipoBloque.CELDA}
    assert [(b.celda.tabla, b.celda.fila) for b in documento.bloques if b.celda][::3] == [
        (0, 0),
        (0, 1),
        (0, 2),
        (0, 3),
        (0, 4),
    ]


def test_la_palabra_partida_con_guion_se_une_y_cada_trozo_conserva_su_caja(hacer: Hacer):
    documento = hacer(lambda c: escribir(c, [LARGO + " y se com-", "promete a culminar la obra."]))
    assert documento.texto == f"{LARGO} y se compromete a culminar la obra."
    primero, segundo = documento.bloques[0].renglones
    assert documento.fragmento(primero.palabras[-1].tramo) == "com"
    assert documento.fragmento(segundo.palabras[0].tramo) == "promete"
    assert primero.tramo.fin == segundo.tramo.inicio
    impreso = pdfmetrics.stringWidth("com-", "Helvetica", 11)
    caja = primero.palabras[-1].caja
    assert caja.x1 - caja.x0 == pytest.approx(impreso, abs=0.2)


def test_el_guion_se_conserva_en_palabras_compuestas_siglas_y_codigos(hacer: Hacer):
    documento = hacer(
        lambda c: escribir(
            c,
            [
                "Es una situación técnico-legal que se evaluará con el informe técnico-",
                "legal del Oficio Múltiple de la mesa y las entidades número 112-",
                "2026 y de la Secretaría de Gestión Social y Diálogo de la SGSD-",
                "PCM.",
            ],
        )
    )
    assert documento.texto == (
        "Es una situación técnico-legal que se evaluará con el informe técnico-legal del Oficio "
        "Múltiple de la mesa y las entidades número 112-2026 y de la Secretaría de Gestión Social "
        "y Diálogo de la SGSD-PCM."
    )


def test_el_codigo_cortado_en_una_barra_no_recibe_un_espacio(hacer: Hacer):
    documento = hacer(
        lambda c: escribir(c, [LARGO + " y el Oficio 15-2026-PCM/", "SGSD sobre la obra."])
    )
    assert documento.texto == f"{LARGO} y el Oficio 15-2026-PCM/SGSD sobre la obra."


@pytest.mark.parametrize(
    "marca",
    [
        "1.",
        "1)",
        "1.-",
        "2.1",
        "a)",
        "i.",
        "iv)",
        "•",
        "-",
        "–",
        "PRIMERO:",
        "Segundo.-",
        "C2.",
        "(1)",
        "Acuerdo N° 1",
        "Acuerdo 1:",
        "COMPROMISO 01",
        "Punto 1.-",
    ],
)
def test_cada_marca_empieza_un_item(hacer: Hacer, marca: str):
    item = f"{marca} La empresa entregará agua"
    documento = hacer(lambda c: escribir(c, [LARGO + ":", item, LARGO + "."]))
    assert bloques(documento)[:2] == [
        ("parrafo", LARGO + ":"),
        ("item", item),
    ]


def test_un_numero_al_comienzo_del_renglon_no_es_siempre_un_item(hacer: Hacer):
    documento = hacer(lambda c: escribir(c, [LARGO + " hasta el", "30. La empresa informará."]))
    assert bloques(documento) == [("parrafo", f"{LARGO} hasta el 30. La empresa informará.")]


def test_los_titulos_se_distinguen_por_negrita_mayusculas_o_tamanio(hacer: Hacer):
    def pagina(c: Canvas) -> None:
        c.setFont("Helvetica", 18)
        c.drawString(72, 760, "Acta de Nauta")
        escribir(c, ["*Datos de la reunión", LARGO + ".", "", "ACUERDOS", LARGO + "."])
        escribir(c, [LARGO, "y la entidad."], y=560)

    assert [tipo for tipo, _ in bloques(hacer(pagina))] == [
        "titulo",
        "titulo",
        "parrafo",
        "titulo",
        "parrafo",
        "parrafo",
    ]


def test_las_ligaduras_se_abren_y_el_espacio_duro_separa_palabras(hacer: Hacer):
    vera = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    pdfmetrics.registerFont(TTFont("Vera", str(vera)))

    def pagina(c: Canvas) -> None:
        c.setFont("Vera", 11)
        c.drawString(72, 700, "O\ufb01cio \ufb02uvial\u00a0del año")

    documento = hacer(pagina)
    assert documento.texto == "Oficio fluvial del año"
    palabras = [documento.fragmento(p.tramo) for p in documento.bloques[0].renglones[0].palabras]
    assert palabras == ["Oficio", "fluvial", "del", "año"]


def test_la_firma_digital_no_corta_la_oracion(hacer: Hacer):
    def pagina(c: Canvas) -> None:
        escribir(c, [LARGO])
        c.setFont("Helvetica", 6)
        c.drawString(420, 690, "Firmado digitalmente por PÉREZ Ana")
        c.drawString(420, 683, "Motivo: Doy V° B° Fecha: 15.05.2026 10:22:11 -05:00")
        escribir(c, ["y lo publicará en la página."], y=686)

    assert bloques(hacer(pagina)) == [
        ("parrafo", f"{LARGO} y lo publicará en la página."),
        (
            "nota",
            "Firmado digitalmente por PÉREZ Ana "
            "Motivo: Doy V° B° Fecha: 15.05.2026 10:22:11 -05:00",
        ),
    ]


def test_cada_firma_se_lee_con_su_nombre_y_su_cargo(hacer: Hacer):
    def pagina(c: Canvas) -> None:
        escribir(c, [LARGO + "."])
        for x, nombre, cargo in ((90, "Ana Flores", "Alcaldesa"), (340, "Luis Rojas", "Apu")):
            escribir(c, ["____________________", nombre, cargo], x=x, y=600)

    assert bloques(hacer(pagina))[1:] == [
        ("parrafo", "____________________\nAna Flores\nAlcaldesa"),
        ("parrafo", "____________________\nLuis Rojas\nApu"),
    ]


def test_la_nota_al_pie_no_se_mezcla_con_el_texto_ni_con_el_dato(hacer: Hacer):
    def pagina(c: Canvas) -> None:
        escribir(c, [LARGO + " en 2027."])
        c.setFont("Helvetica", 6)
        c.drawString(72 + pdfmetrics.stringWidth(LARGO + " en 2027.", "Helvetica", 11), 704, "1")
        c.setFont("Helvetica", 8)
        c.drawString(72, 60, "1 Queda sujeto a la transferencia del ministerio.")

    assert bloques(hacer(pagina)) == [
        ("parrafo", LARGO + " en 2027. 1"),
        ("nota", "1 Queda sujeto a la transferencia del ministerio."),
    ]


def test_el_texto_escrito_de_lado_en_el_margen_es_una_nota(hacer: Hacer):
    def pagina(c: Canvas) -> None:
        escribir(c, [LARGO, "y la obra."])
        c.rotate(90)
        c.drawString(500, -30, "Documento de trabajo")

    assert bloques(hacer(pagina)) == [
        ("parrafo", f"{LARGO} y la obra."),
        ("nota", "Documento de trabajo"),
    ]


def test_la_pagina_girada_se_lee_derecha_y_sus_cajas_son_las_de_la_hoja_que_se_ve(hacer: Hacer):
    def pagina(c: Canvas) -> None:
        c.translate(100, 40)
        c.rotate(90)
        escribir(c, [LARGO, "y la entidad."], x=0, y=0)

    documento = hacer(pagina, giro=90)
    assert documento.texto == f"{LARGO} y la entidad."
    hoja, caja = documento.paginas[0], documento.bloques[0].renglones[0].caja
    assert (round(hoja.ancho), round(hoja.alto)) == (595, 842)
    assert caja is not None
    assert (caja.x0, caja.arriba + 0.9 * 11) == pytest.approx((40, 100), abs=0.5)


def test_la_pagina_escrita_de_lado_se_lee_derecha_y_sus_cajas_quedan_de_lado(hacer: Hacer):
    def pagina(c: Canvas) -> None:
        c.rotate(90)
        escribir(c, [LARGO, "y la entidad."], x=72, y=-200)

    documento = hacer(pagina)
    assert documento.texto == f"{LARGO} y la entidad."
    caja = documento.bloques[0].renglones[0].caja
    assert caja is not None
    assert caja.abajo - caja.arriba > caja.x1 - caja.x0
