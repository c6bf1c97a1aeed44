"""Rótulos, oraciones, obligaciones, tablas y segmentos."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ingesta.documento import Bloque, Celda, Documento, TipoBloque, Tramo
from nlp.numeracion import leer_numero, leer_rotulo
from nlp.obligaciones import dividir
from nlp.oraciones import partir
from nlp.propuesta import Seccion, Segmento
from nlp.segmentos import Unidad, segmentar
from nlp.tablas import papel_de_columna


def armar(piezas: Sequence[tuple[str, Bloque]]) -> Documento:
    """Junta bloques con su texto; los tramos se cuentan aquí."""
    textos: list[str] = []
    bloques: list[Bloque] = []
    posicion = 0
    for texto, bloque in piezas:
        tramo = Tramo(posicion, posicion + len(texto))
        bloques.append(
            Bloque(bloque.tipo, tramo, (), bloque.numero, bloque.nivel, bloque.celda),
        )
        textos.append(texto)
        posicion += len(texto) + 1
    return Documento("\n".join(textos), tuple(bloques))


def item(numero: str, nivel: int) -> Bloque:
    return Bloque(TipoBloque.ITEM, Tramo(0, 0), numero=numero, nivel=nivel)


def titulo() -> Bloque:
    return Bloque(TipoBloque.TITULO, Tramo(0, 0))


def matriz(encabezado: Sequence[str], filas: Sequence[Sequence[str]]) -> list[tuple[str, Bloque]]:
    piezas: list[tuple[str, Bloque]] = []
    for f, fila in enumerate([encabezado, *filas]):
        for c, texto in enumerate(fila):
            if texto:
                celda = Celda(0, f, c, es_encabezado=f == 0, titulo=encabezado[c] if f else None)
                piezas.append((texto, Bloque(TipoBloque.CELDA, Tramo(0, 0), celda=celda)))
    return piezas


def leidos(documento: Documento) -> list[tuple[str, Segmento]]:
    return [(documento.fragmento(u.segmento.tramo), u.segmento) for u in segmentar(documento)]


@pytest.mark.parametrize(
    ("texto", "numero", "resto", "acto"),
    [
        ("1. La empresa", "1", "La empresa", None),
        ("2.- La empresa", "2", "La empresa", None),
        ("(3) que pague", "3", "que pague", None),
        ("5.1 El alcalde", "5.1", "El alcalde", None),
        ("a) Titular", "a", "Titular", None),
        ("IV. CIERRE", "IV", "CIERRE", None),
        ("SÉTIMO.- La comunidad", "SÉTIMO", "La comunidad", None),
        ("C1. El ministerio", "C1", "El ministerio", None),
        ("Acuerdo N° 1: El MTC", "1", "El MTC", "acuerdo"),
        ("COMPROMISO 01", "01", "", "acuerdo"),
        ("Pedido N.° 4: dotación", "4", "dotación", "pedido"),
        ("Al punto 3: no procede", "3", "no procede", "respuesta"),
        (
            "ACUERDO DE CONCEJO N.° 034-2026-MDAA.- PRIORIZAR",
            "034-2026-MDAA",
            "PRIORIZAR",
            "acuerdo",
        ),
        ('N"2 El Gobierno Regional', "2", "El Gobierno Regional", None),
        ('Acuerdo N" 4 Contratar docentes', "4", "Contratar docentes", "acuerdo"),
        ("– Por la empresa", None, "Por la empresa", None),
    ],
)
def test_lee_el_rotulo_escrito(
    texto: str, numero: str | None, resto: str, acto: str | None
) -> None:
    rotulo = leer_rotulo(texto)
    assert rotulo is not None
    assert (rotulo.numero, texto[rotulo.fin :], rotulo.acto) == (numero, resto, acto)


@pytest.mark.parametrize(
    "texto",
    ["R. Zavala – PCM", "D. S. 004-2013", "1.5 km de vía", "20.05.2026 se", "Acuerdo 24 fue leído"],
)
def test_lo_que_solo_parece_un_rotulo_no_lo_es(texto: str) -> None:
    assert leer_rotulo(texto) is None


def test_el_numero_automatico_de_word_puede_traer_su_nombre() -> None:
    assert leer_numero("Acuerdo 3.", 0).acto == "acuerdo"
    assert leer_numero("Acuerdo 3.", 0).numero == "3"
    assert leer_numero("2.1", 1).numero == "2.1"
    assert leer_numero("•", 1).numero is None


def test_las_abreviaturas_y_los_montos_no_cortan_la_oracion() -> None:
    texto = (
        "La Sra. Pérez, según el art. 5 y el D.S. 004, pagó S/. 100 en el km. 112 a las 9:00 a. m. "
        "El Ing. Polo asistió. Minera X S.A.C. donará becas. ¿Cuándo? Mañana."
    )
    assert [texto[t.inicio : t.fin] for t in partir(texto)] == [
        "La Sra. Pérez, según el art. 5 y el D.S. 004, pagó S/. 100 en el km. 112 a las 9:00 a. m.",
        "El Ing. Polo asistió.",
        "Minera X S.A.C. donará becas.",
        "¿Cuándo?",
        "Mañana.",
    ]


@pytest.mark.parametrize(
    ("texto", "partes"),
    [
        (
            "La Municipalidad apoyará con combustible y la empresa pondrá la maquinaria.",
            ["La Municipalidad apoyará con combustible", "la empresa pondrá la maquinaria."],
        ),
        (
            "El PNSR entregará cloro en junio; la Municipalidad Provincial pondrá el bote.",
            ["El PNSR entregará cloro en junio", "la Municipalidad Provincial pondrá el bote."],
        ),
        (
            "Conformar cinco grupos, para lo cual el alcalde acreditará a sus delegados.",
            ["Conformar cinco grupos", "el alcalde acreditará a sus delegados."],
        ),
        (
            "La comunidad solicitó el puente y el MTC aceptó ejecutarlo en 2027.",
            ["La comunidad solicitó el puente", "el MTC aceptó ejecutarlo en 2027."],
        ),
        (
            "La ANA hará un monitoreo. La ANA expondrá los resultados a la asamblea.",
            ["La ANA hará un monitoreo.", "La ANA expondrá los resultados a la asamblea."],
        ),
        (
            "El gremio solicitó que PRODUCE acorte la veda y que el IMARPE venga a la caleta.",
            ["El gremio solicitó que PRODUCE acorte la veda", "que el IMARPE venga a la caleta."],
        ),
        (
            "La empresa entregará un tractor, dos becas, tres mesas y aumentará el jornal a S/ 30.",
            [
                "La empresa entregará un tractor",
                "dos becas",
                "tres mesas",
                "aumentará el jornal a S/ 30.",
            ],
        ),
        (
            "La empresa se compromete a cercar el pozo y a colocar señales de peligro.",
            ["La empresa se compromete a cercar el pozo", "a colocar señales de peligro."],
        ),
        (
            "La comunidad suspende el paro y otorga una tregua de 30 días; caso contrario, sale.",
            [
                "La comunidad suspende el paro",
                "otorga una tregua de 30 días",
                "caso contrario, sale.",
            ],
        ),
        (
            "La señora reclamó que se cierre el botadero, y pidió asimismo que den una pensión.",
            [
                "La señora reclamó que se cierre el botadero",
                "pidió asimismo que den una pensión.",
            ],
        ),
        (
            "Solicitamos un puesto de salud en Caracol y una ambulancia fluvial.",
            ["Solicitamos un puesto de salud en Caracol", "una ambulancia fluvial."],
        ),
        (
            "SOLICITAMOS QUE LA EMPRESA ARREGLE LA TROCHA Y QUE PAGUE LOS DAÑOS A LAS CHACRAS.",
            ["SOLICITAMOS QUE LA EMPRESA ARREGLE LA TROCHA", "QUE PAGUE LOS DAÑOS A LAS CHACRAS."],
        ),
        (
            "El Gobierno Regional iniciara la obra en mayo y la comunidad dara la mano de obra.",
            ["El Gobierno Regional iniciara la obra en mayo", "la comunidad dara la mano de obra."],
        ),
    ],
)
def test_divide_cuando_lo_que_sigue_tiene_sujeto_y_verbo(texto: str, partes: list[str]) -> None:
    trozos = [t for grupo in dividir(texto, junta=True) for t in grupo]
    assert [texto[t.tramo.inicio : t.tramo.fin] for t in trozos] == partes


@pytest.mark.parametrize(
    "texto",
    [
        "El MINSA y el Gobierno Regional de Loreto implementarán el plan de salud.",
        "SENASA ejecutará la campaña y remitirá el informe.",
        "El MTC hará la obra siempre que el GORE transfiera la vía y la comunidad ceda el terreno.",
        "La empresa asume la obra para que los niños y la comunidad tengan agua.",
        "Construir el puesto de salud. Responsable: GORE. Plazo: 2027.",
        "La empresa donará becas. Dicha entrega se hará en julio.",
        "Pedimos que el ministro venga y que escuche a la gente.",
        "El OEFA hará una supervisión en agosto y entregará los resultados a la comunidad.",
        "La secretaría elaborará el acta y la circulará en 48 horas.",
        "EL PNSR EVALUARÁ LA INCORPORACIÓN DE 3 COMUNIDADES Y DARÁ RESPUESTA EN 15 DÍAS.",
        "Construir un canal para captar y conducir agua.",
        "La empresa donará una ambulancia y una camioneta a la posta.",
    ],
)
def test_ante_la_duda_el_item_queda_entero(texto: str) -> None:
    trozos = [t for grupo in dividir(texto, junta=True) for t in grupo]
    assert [t.tramo for t in trozos] == [Tramo(0, len(texto))]


def test_lo_coordinado_hereda_el_sujeto_y_el_plazo_que_comparte() -> None:
    documento = Documento.desde_texto(
        "ACUERDOS\n1. La empresa entregará 300 canastas, cuatro mesas y un equipo de sonido "
        "hasta el 15 de diciembre de 2026."
    )
    unidades = segmentar(documento)
    assert [u.segmento.encabezado for u in unidades] == [
        None,
        "La empresa entregará",
        "La empresa entregará",
    ]
    assert [u.segmento.padre for u in unidades] == [None, "i1", "i1"]
    plazos = [documento.fragmento(u.celdas["plazo"]) for u in unidades if "plazo" in u.celdas]
    assert plazos == ["hasta el 15 de diciembre de 2026."] * 2


def test_los_incisos_de_corrido_llevan_su_numero_y_quien_los_presenta() -> None:
    texto = (
        "La comunidad exige: (1) que se detenga el bombeo; (2) agua para todos; y (3) un estudio."
    )
    intro, *incisos = [t for grupo in dividir(texto, junta=False) for t in grupo]
    assert intro.presenta
    assert [(t.numero, texto[t.tramo.inicio : t.tramo.fin]) for t in incisos] == [
        ("1", "que se detenga el bombeo"),
        ("2", "agua para todos"),
        ("3", "un estudio."),
    ]
    assert {t.encabezado for t in incisos} == {Tramo(0, 19)}


def test_los_subitems_conocen_a_su_padre_y_su_encabezado() -> None:
    documento = armar([
        ("ACUERDOS", titulo()),
        ("Riego", item("1.1", 1)),
        ("La Municipalidad se compromete a:", item("a)", 2)),
        ("reparar 2 km del canal;", item("i.", 3)),
        ("culminar el expediente técnico.", item("ii.", 3)),
        ("La Junta aportará la mano de obra.", item("b)", 2)),
    ])
    (_, intro), (uno, primero), (_, segundo), (_, suelto) = leidos(documento)
    assert uno == "reparar 2 km del canal"
    assert primero.padre == segundo.padre == intro.id
    assert primero.encabezado == "La Municipalidad se compromete a:"
    assert (primero.numero_en_acta, segundo.numero_en_acta) == ("i", "ii")
    assert (suelto.padre, suelto.encabezado, suelto.tema) == (None, None, "Riego")


def test_un_item_cortado_por_la_pagina_se_lee_entero() -> None:
    documento = Documento.desde_texto(
        "ACUERDOS\n1. La ANA ejecutará un monitoreo en doce puntos\ndel río San Felipe, en julio.\n"
        "2. La empresa donará becas."
    )
    (texto, _), (otro, _) = leidos(documento)
    assert texto == "La ANA ejecutará un monitoreo en doce puntos\ndel río San Felipe, en julio."
    assert otro == "La empresa donará becas."


def test_los_datos_rotulados_debajo_no_son_otro_item() -> None:
    documento = Documento.desde_texto(
        "ACUERDOS\nAcuerdo N° 1\nConstruir el puesto de salud.\n"
        "Responsable: GORE Ucayali. Plazo: 2027"
    )
    [unidad] = segmentar(documento)
    assert documento.fragmento(unidad.segmento.tramo) == "Construir el puesto de salud."
    assert {n: documento.fragmento(t) for n, t in unidad.celdas.items()} == {
        "responsable": "GORE Ucayali.",
        "plazo": "2027",
    }


@pytest.mark.parametrize(
    ("titulo_de_columna", "papel"),
    [
        ("N.°", "numero"),
        ("PEDIDO / DEMANDA", "pedido"),
        ("Acuerdo/Compromiso", "acuerdo"),
        ("ENTIDAD RESPONSABLE", "responsable"),
        ("Fecha límite", "plazo"),
        ("Situación actual", "estado"),
        ("Acuerd0", "acuerdo"),
        ("PEDI DO", "pedido"),
        ("Responsale", "responsable"),
        ("Qué", "tarea"),
        ("Quién", "responsable"),
        ("Cuándo", "plazo"),
        ("Nombres y apellidos", "persona"),
        ("Monto", None),
    ],
)
def test_el_titulo_de_la_columna_dice_su_papel(titulo_de_columna: str, papel: str | None) -> None:
    assert papel_de_columna(titulo_de_columna) == papel


def test_cada_fila_da_su_pedido_y_su_acuerdo_con_las_demas_celdas() -> None:
    documento = armar(
        matriz(
            ["N°", "Pedido", "Acuerdo", "Responsable", "Plazo"],
            [
                [
                    "1",
                    "Asfaltado de la vía",
                    "Elaborar el expediente",
                    "GORE Apurímac",
                    "Dic. 2026",
                ],
                ["2", "Proyecto de riego", "—", "", ""],
            ],
        )
    )
    unidades = segmentar(documento)
    assert [(u.segmento.seccion, u.columna, u.segmento.numero_en_acta) for u in unidades] == [
        (Seccion.PEDIDOS, "pedido", "1"),
        (Seccion.ACUERDOS, "acuerdo", "1"),
        (Seccion.PEDIDOS, "pedido", "2"),
    ]
    fila = unidades[1].segmento.fila
    assert fila is not None
    assert fila.columnas["responsable"] == "GORE Apurímac"
    assert documento.fragmento(fila.tramos["pedido"]) == "Asfaltado de la vía"


def test_una_celda_combinada_vale_para_cada_fila_que_cubre() -> None:
    piezas = matriz(["Acuerdo", "Responsable"], [["Donar una ambulancia", ""], ["Donar becas", ""]])
    unida = Celda(0, 1, 1, filas=2, titulo="Responsable")
    piezas.append(("Minera X S.A.C.", Bloque(TipoBloque.CELDA, Tramo(0, 0), celda=unida)))
    filas = [u.segmento.fila for u in segmentar(armar(piezas))]
    assert [f and f.columnas.get("responsable") for f in filas] == ["Minera X S.A.C."] * 2


def test_la_tabla_de_estado_no_propone_acuerdos_nuevos() -> None:
    documento = armar(
        matriz(
            ["N°", "Compromiso", "Responsable", "Avance"],
            [["8", "Dotar dos deslizadores", "GORE", "Sin presupuesto"]],
        )
    )
    [unidad] = segmentar(documento)
    assert unidad.segmento.seccion is Seccion.ESTADO_DE_COMPROMISOS


def test_la_lista_de_asistencia_no_da_segmentos() -> None:
    documento = armar(matriz(["N°", "Nombres", "DNI"], [["1", "Ana Quispe", "00001101"]]))
    assert segmentar(documento) == ()


def test_los_ids_son_estables_y_van_en_orden_de_lectura() -> None:
    documento = Documento.desde_texto("PEDIDOS\na) Un puente.\nb) Un colegio.\nc) Un médico.")
    unidades: tuple[Unidad, ...] = segmentar(documento)
    assert [u.segmento.id for u in unidades] == ["i1", "i2", "i3"]
    assert unidades == segmentar(documento)
    inicios = [u.segmento.tramo.inicio for u in unidades]
    assert inicios == sorted(inicios)
