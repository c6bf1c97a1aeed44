"""Lecturas que la guía fija por encima del modelo."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingesta.documento import Documento
from nlp.clasificadores import Muestra
from nlp.propuesta import Clase, Clasificacion, Seccion, Tipo
from nlp.reglas_de_clase import corregir, reglas
from nlp.tuberia import Tuberia, crear_tuberia

PROBABILIDADES = {Clase.COMPROMISO: 0.7, Clase.TAREA: 0.2, Clase.PEDIDO: 0.06, Clase.OTRO: 0.04}


def leida(clase: Clase) -> Clasificacion:
    return Clasificacion(clase, PROBABILIDADES[clase], PROBABILIDADES, duda=False)


def segun_la_guia(texto: str, clase: Clase, accion: str | None = None) -> Clasificacion:
    return corregir(Muestra(texto, Seccion.ACUERDOS), leida(clase), lambda: accion, en_acta=True)


@pytest.mark.parametrize(
    ("texto", "dice_el_modelo", "es"),
    [
        ("El GORE NO financiará el estudio, por carecer de crédito.", "compromiso", "otro"),
        ("Caso contrario, se radicalizará la medida de fuerza.", "compromiso", "otro"),
        ("De no cumplirse lo pactado, la tregua quedará sin efecto.", "compromiso", "otro"),
        ("Recordó que en marzo la empresa se comprometió a regar la vía.", "compromiso", "otro"),
        ("Respuesta de la empresa: No es posible atender este pedido.", "pedido", "otro"),
        ("La señora pidió la palabra y agradeció la visita.", "pedido", "otro"),
        ("EXHORTAR a la empresa eléctrica a cambiar los postes.", "compromiso", "pedido"),
        ("Por mayoría se acordó: RECOMENDAR a la Red que envíe un médico.", "otro", "pedido"),
        ("«Queremos que se titule nuestro territorio.»", "compromiso", "pedido"),
        ("Pedido aceptado, siempre que la comunidad ponga el combustible.", "pedido", "compromiso"),
        ("El Frente no realizará medidas de fuerza en la vía.", "otro", "compromiso"),
        ("La comunidad suspende el bloqueo del acceso a la mina.", "otro", "compromiso"),
        ("Las partes volverán a reunirse el 20 de agosto.", "compromiso", "tarea"),
        ("La Municipalidad elevará la solicitud a la empresa eléctrica.", "compromiso", "tarea"),
        ("La Junta entregará el acta de libre disponibilidad.", "compromiso", "tarea"),
    ],
)
def test_la_guia_manda_sobre_el_modelo_y_deja_en_duda(
    texto: str, dice_el_modelo: str, es: str
) -> None:
    corregida = segun_la_guia(texto, Clase(dice_el_modelo))
    assert (corregida.clase, corregida.duda) == (Clase(es), True)
    assert corregida.confianza == PROBABILIDADES[Clase(es)]


@pytest.mark.parametrize(
    ("texto", "clase"),
    [
        ("La empresa donará una ambulancia a la posta.", Clase.COMPROMISO),
        (
            "El MTC aceptó incluir el puente; lo peatonal no corresponde a su sector.",
            Clase.COMPROMISO,
        ),
        ("La empresa se compromete a NO reiniciar el bombeo.", Clase.COMPROMISO),
        ("El dirigente, que pidió la palabra, reclama que se arregle el parque.", Clase.PEDIDO),
    ],
)
def test_lo_que_no_contradice_a_la_guia_queda_igual(texto: str, clase: Clase) -> None:
    assert segun_la_guia(texto, clase) == leida(clase)


def test_la_accion_decide_que_un_paso_es_tarea() -> None:
    texto = "El Frente acreditará a cinco delegados."
    assert segun_la_guia(texto, Clase.COMPROMISO, "acreditar").clase is Clase.TAREA
    assert segun_la_guia(texto, Clase.COMPROMISO, "donar").clase is Clase.COMPROMISO


def test_priorizar_por_obras_por_impuestos_es_pip() -> None:
    texto = "PRIORIZAR, por Obras por Impuestos, el proyecto de agua con CUI 2999001."
    corregida = segun_la_guia(texto, Clase.OTRO)
    assert (corregida.clase, corregida.tipo) == (Clase.COMPROMISO, Tipo.PIP)


def test_la_negativa_rotulada_solo_se_descarta_con_el_acta_delante() -> None:
    muestra = Muestra("Respuesta del sector: no corresponde a sus competencias.")
    suelta = corregir(muestra, leida(Clase.PEDIDO), lambda: None)
    assert suelta == leida(Clase.PEDIDO)


def test_cada_regla_dice_de_donde_sale_y_no_se_corrige_a_si_misma() -> None:
    nombres = [r.nombre for r in reglas()]
    assert len(set(nombres)) == len(nombres)
    for regla in reglas():
        assert regla.fuente
        assert regla.clase not in regla.de
        assert regla.patron or regla.lemas


@pytest.fixture(scope="module")
def tuberia() -> Tuberia:
    return crear_tuberia()


def test_en_un_acta_la_negativa_no_es_compromiso_y_deja_el_pedido_sin_aceptar(
    tuberia: Tuberia,
) -> None:
    acta = tuberia.analizar(
        Documento.desde_texto(
            "PEDIDOS\n1. La comunidad solicita un estudio hidrogeológico del manantial.\n"
            "ACUERDOS\n1. El Gobierno Regional de Pasco NO financiará el estudio hidrogeológico."
        )
    )
    pedido, negativa = acta.propuestas
    assert (negativa.clase, negativa.atributos.negativo) == (Clase.OTRO, True)
    assert pedido.atributos.aceptacion == "no_aceptado"


def test_sin_modelos_las_reglas_no_inventan_confianza(tmp_path: Path) -> None:
    sin_modelos = crear_tuberia(tmp_path)
    _, propuesta = sin_modelos.proponer("EXHORTAR a la empresa a pagar.", None, None)
    assert (propuesta.clase, propuesta.clasificacion.confianza) == (Clase.PEDIDO, None)
