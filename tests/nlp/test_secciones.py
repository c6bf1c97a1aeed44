"""Secciones y temas de un acta."""

from __future__ import annotations

import pytest

from ingesta.documento import Bloque, Documento, TipoBloque, Tramo
from nlp.propuesta import Seccion
from nlp.secciones import reconocer_titulo, seccionar
from nlp.titulos import es_entrada


def secciones(texto: str) -> list[tuple[Seccion, str | None, str, bool]]:
    documento = Documento.desde_texto(texto)
    return [
        (p.seccion, p.tema, documento.fragmento(p.tramo), p.es_titulo) for p in seccionar(documento)
    ]


@pytest.mark.parametrize(
    ("titulo", "seccion"),
    [
        ("ACUERDOS", Seccion.ACUERDOS),
        ("II.- ACUERDOS ADOPTADOS", Seccion.ACUERDOS),
        ("ACUERD0S", Seccion.ACUERDOS),
        ("Compromisos asumidos", Seccion.ACUERDOS),
        ("ESTACIÓN DE PEDIDOS", Seccion.PEDIDOS),
        ("Plataforma de lucha", Seccion.PEDIDOS),
        ("4. Próximos pasos", Seccion.TAREAS),
        ("PRÓXIMA REUNIÓN", Seccion.PROXIMA_REUNION),
        ("Estado de los compromisos", Seccion.ESTADO_DE_COMPROMISOS),
        ("Seguimiento de acuerdos", Seccion.ESTADO_DE_COMPROMISOS),
        ("DESARROLLO DE LA REUNIÓN", Seccion.DESARROLLO),
        ("Participantes", Seccion.PARTICIPANTES),
        ("ACTA DE REUNIÓN N.° 05-2026", None),
        ("ADENDA AL ACTA", None),
        ("II1. COMPROMSOS", Seccion.ACUERDOS),
        ("ACUER DOS", Seccion.ACUERDOS),
        ("Otros pedidos", Seccion.PEDIDOS),
        ("Pedimos una posta", None),
        ("EJE SALUD", None),
    ],
)
def test_reconoce_el_titulo_sin_mirar_tildes_numeros_ni_mayusculas(
    titulo: str, seccion: Seccion | None
) -> None:
    assert reconocer_titulo(titulo) is seccion


def test_el_rotulo_acuerdo_dura_solo_su_bloque_y_el_tema_sigue() -> None:
    leidas = secciones(
        "DESARROLLO\n"
        "TEMA: SALUD (5 b)\n"
        "Necesitamos un médico permanente.\n"
        "Acuerdo N° 1\n"
        "La DIRESA contratará un médico.\n"
        "El pueblo indígena propone los siguientes puntos."
    )
    assert [(s, tema) for s, tema, _, titulo in leidas if not titulo] == [
        (Seccion.DESARROLLO, "SALUD"),
        (Seccion.ACUERDOS, "SALUD"),
        (Seccion.DESARROLLO, "SALUD"),
    ]


def test_la_entrada_de_una_lista_dura_lo_que_dura_la_lista() -> None:
    leidas = secciones(
        "DESARROLLO\n"
        "Luego de un cuarto intermedio se llegó a los siguientes acuerdos:\n"
        "1. La empresa donará una ambulancia.\n"
        "2. La comunidad cederá el terreno.\n"
        "El señor Huamán agradeció a los presentes."
    )
    assert [s for s, *_ in leidas[2:]] == [
        Seccion.ACUERDOS,
        Seccion.ACUERDOS,
        Seccion.DESARROLLO,
    ]


def test_una_entrada_seguida_de_parrafos_abre_la_seccion_hasta_el_proximo_titulo() -> None:
    leidas = secciones(
        "Las partes acuerdan lo siguiente:\n"
        "La empresa donará una ambulancia.\n"
        "La comunidad cederá el terreno."
    )
    assert [s for s, *_ in leidas[1:]] == [Seccion.ACUERDOS, Seccion.ACUERDOS]


def test_los_puntos_de_agenda_no_abren_secciones() -> None:
    leidas = secciones(
        "AGENDA\n1. Informes\n2. Pedidos\n3. Acuerdos\nDESARROLLO\nEl alcalde saludó a todos."
    )
    assert [s for s, _, _, titulo in leidas if not titulo] == [
        Seccion.AGENDA,
        Seccion.AGENDA,
        Seccion.AGENDA,
        Seccion.DESARROLLO,
    ]


def test_los_titulos_numerados_siguen_su_propia_numeracion() -> None:
    leidas = secciones("3. Agenda\na) Agua.\nb) Salud.\n4. Informes\n4.1 El MTC expuso su avance.")
    assert [s for s, *_ in leidas] == [
        Seccion.AGENDA,
        Seccion.AGENDA,
        Seccion.AGENDA,
        Seccion.DESARROLLO,
        Seccion.DESARROLLO,
    ]


def test_el_prefijo_en_mayusculas_abre_la_seccion_y_no_queda_en_el_texto() -> None:
    leidas = secciones(
        "PEDIDOS.- La señora Llaro solicitó un médico.\nEl señor Ruiz pidió un puente."
    )
    assert leidas[0][0] is Seccion.PEDIDOS
    assert leidas[0][2] == "La señora Llaro solicitó un médico."
    assert leidas[1][0] is Seccion.PEDIDOS


def test_la_proxima_reunion_entre_los_acuerdos_no_cierra_la_seccion() -> None:
    leidas = secciones(
        "ACUERDOS\n1. La empresa donará becas.\n"
        "2. Próxima reunión: 5 de noviembre de 2026.\n3. La comunidad cederá el terreno."
    )
    assert [s for s, *_ in leidas[1:]] == [
        Seccion.ACUERDOS,
        Seccion.PROXIMA_REUNION,
        Seccion.ACUERDOS,
    ]


def test_apertura_y_cierre_se_reconocen_por_su_formula() -> None:
    leidas = secciones(
        "Siendo las 9:20 am del día 14 de mayo de 2026, se reunieron los representantes.\n"
        "El alcalde expuso el problema del agua en los anexos del distrito de Nauta.\n"
        "No habiendo más puntos que tratar, se dio por concluida la reunión."
    )
    assert [s for s, *_ in leidas] == [Seccion.ENCABEZADO, Seccion.DESARROLLO, Seccion.CIERRE]


def test_un_titulo_desconocido_de_word_del_mismo_nivel_cierra_los_acuerdos() -> None:
    textos = ["Acuerdos", "La empresa donará becas.", "Palabras finales", "El apu agradeció."]
    bloques, posicion = [], 0
    for i, texto in enumerate(textos):
        tipo = TipoBloque.PARRAFO if i % 2 else TipoBloque.TITULO
        nivel = None if i % 2 else 0
        bloques.append(Bloque(tipo, Tramo(posicion, posicion + len(texto)), nivel=nivel))
        posicion += len(texto) + 1
    documento = Documento("\n".join(textos), tuple(bloques))
    leidas = [(p.seccion, p.tema) for p in seccionar(documento)]
    assert leidas[1] == (Seccion.ACUERDOS, None)
    assert leidas[3] == (Seccion.DESARROLLO, "Palabras finales")


@pytest.mark.parametrize(
    ("texto", "presenta"),
    [
        ("Se acordó:", True),
        ("Luego del debate, las partes arribaron a lo siguiente:", True),
        ("Los compromisos asumidos son los siguientes:", True),
        ("La empresa se compromete a:", False),
        ("La empresa donará becas.", False),
    ],
)
def test_distingue_la_entrada_de_una_lista_de_quien_se_compromete(
    texto: str, presenta: bool
) -> None:
    assert es_entrada(texto) is presenta


def test_los_temas_numerados_ordenan_el_acta_y_no_son_items() -> None:
    leidas = secciones(
        "1. Salud\nPedidos:\n- Ambulancia para la posta.\nAcuerdos:\n- La DIRESA donará camillas.\n"
        "2. Educación\nSituación: hay once escuelas.\nPedidos:\n- Asistencia técnica para el cacao."
    )
    assert [(s, tema) for s, tema, _, es_titulo in leidas if not es_titulo] == [
        (Seccion.PEDIDOS, "Salud"),
        (Seccion.ACUERDOS, "Salud"),
        (Seccion.DESARROLLO, "Educación"),
        (Seccion.PEDIDOS, "Educación"),
    ]


def test_en_un_acta_en_mayusculas_una_oracion_no_es_titulo() -> None:
    leidas = secciones(
        "ACUERDOS\n«NECESITAMOS PROFESORES QUE HABLEN LENGUA.»\nLA UGEL CONTRATARÁ OCHO DOCENTES."
    )
    assert [(s, es_titulo) for s, _, _, es_titulo in leidas] == [
        (Seccion.ACUERDOS, True),
        (Seccion.ACUERDOS, False),
        (Seccion.ACUERDOS, False),
    ]


def test_un_texto_sin_titulos_que_promete_no_es_encabezado() -> None:
    leidas = secciones("1. El Ministerio de Salud apoyará a la posta a la brevedad posible.")
    assert [seccion for seccion, *_ in leidas] == [Seccion.DESARROLLO]
