"""Verbo principal del ítem, verbos conjugados y sus grupos."""

from __future__ import annotations

import pytest

from nlp import verbos
from nlp.componentes import accion
from nlp.contexto import Contexto
from nlp.lectura import leer
from nlp.plegado import plegar
from nlp.verbos import Tiempo


def verbo(texto: str) -> tuple[str, str] | None:
    hallado = accion.extraer(texto, Contexto())
    return hallado and (texto[hallado.tramo.inicio : hallado.tramo.fin], hallado.lema)


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        ("El PNSR culminará el mantenimiento.", ("culminará", "culminar")),
        ("La empresa pondrá la maquinaria.", ("pondrá", "poner")),
        ("El MTC se compromete a culminar la obra.", ("culminar", "culminar")),
        ("El GORE se compromete a no paralizar la obra.", ("paralizar", "paralizar")),
        ("La Gerencia se compromete ante el Pleno a entregar calaminas.", ("entregar", "entregar")),
        ("La empresa asumió el compromiso de donar la ambulancia.", ("donar", "donar")),
        ("Se acuerda solicitar al SENACE una fecha.", ("solicitar", "solicitar")),
        ("El puente será implementado por el GORE.", ("será implementado", "implementar")),
        ("PVD va a financiar la supervisión.", ("va a financiar", "financiar")),
        ("La UGEL deberá contratar docentes.", ("deberá contratar", "contratar")),
        ("La empresa hará entrega de 20 becas.", ("hará entrega", "entregar")),
        ("La empresa hará llegar sus observaciones.", ("hará llegar", "remitir")),
        ("El MTC hará sus mejores esfuerzos.", ("hará sus mejores esfuerzos", "hacer esfuerzos")),
        ("La empresa seguirá repartiendo agua.", ("seguirá repartiendo", "repartir")),
        ("Elaborar los términos de referencia.", ("Elaborar", "elaborar")),
        ("Cotizar el badén.", ("Cotizar", "cotizar")),
        ("Dar lectura a los compromisos.", ("Dar lectura", "leer")),
        ("Elaboración de expediente técnico", ("Elaboración", "elaborar")),
        ("Responsable: UGEL Espinar. Velar por los niños de Ccello.", ("Velar", "velar")),
        ("Plazo: 30/06/2027. GORE Puno S.A. Reparación del puente.", ("Reparación", "reparar")),
        ("Acuerdo N° 2: Dotación de 5 motobombas", ("Dotación", "dotar")),
        ("ARTÍCULO PRIMERO.- APROBAR la transferencia", ("APROBAR", "aprobar")),
        ("05 | Agua potable | Convocar obra | MDCH", ("Convocar", "convocar")),
        ("La comunidad solicitó el puente y el MTC aceptó ejecutarlo.", ("ejecutarlo", "ejecutar")),
        ("El OEFA informó que realizará una supervisión.", ("realizará", "realizar")),
        ("Apoyo técnico será brindado por el MINAM.", ("será brindado", "brindar")),
        ("La Empresa entregara en donaci6n un ecografo.", ("entregara", "entregar")),
    ],
)
def test_halla_el_verbo_de_la_obligacion(texto: str, esperado: tuple[str, str]) -> None:
    assert verbo(texto) == esperado


@pytest.mark.parametrize("texto", ["Página 3 de 7", "Lugar de reunión", "Anexo 1: Lista", ""])
def test_sin_verbo_no_hay_accion(texto: str) -> None:
    assert verbo(texto) is None


@pytest.mark.parametrize(
    ("palabra", "lema", "tiempo"),
    [
        ("hará", "hacer", Tiempo.FUTURO),
        ("pondrán", "poner", Tiempo.FUTURO),
        ("REALIZARA", "realizar", Tiempo.FUTURO),
        ("permutarán", "permutar", Tiempo.FUTURO),
        ("saldremos", "salir", Tiempo.FUTURO),
        ("podría", "poder", Tiempo.CONDICIONAL),
        ("entregue", "entregar", Tiempo.SUBJUNTIVO),
        ("convoquen", "convocar", Tiempo.SUBJUNTIVO),
        ("asumió", "asumir", Tiempo.PASADO),
        ("convino", "convenir", Tiempo.PASADO),
        ("acuerdan", "acordar", Tiempo.PRESENTE),
        ("compr0mete", "comprometer", Tiempo.PRESENTE),
        ("ejecutarlo", "ejecutar", Tiempo.INFINITIVO),
        ("repuestas", "reponer", Tiempo.PARTICIPIO),
    ],
)
def test_reconoce_formas_conjugadas(palabra: str, lema: str, tiempo: Tiempo) -> None:
    forma = verbos.analizar(leer(palabra).palabras[0])
    assert forma == verbos.Forma(lema, tiempo)


@pytest.mark.parametrize(
    "palabra", ["obra", "pago", "informe7", "convenio", "para", "Lima", "2026"]
)
def test_no_toma_nombres_por_verbos(palabra: str) -> None:
    assert verbos.analizar(leer(palabra).palabras[0]) is None


def test_los_verbos_debiles_traen_su_motivo_y_su_reemplazo() -> None:
    debiles = verbos.debiles()
    assert {"gestionar", "evaluar", "promover", "hacer esfuerzos"} <= set(debiles)
    assert not set(debiles) & verbos.fuertes()
    assert all(grupo["motivo"] and grupo["sugerencias"] for grupo in debiles.values())


@pytest.mark.parametrize("texto", ["Áñil ÜBER 12°", "ﬁn del día", "İstanbul", "«N.º» – S/", "é"])
def test_plegar_conserva_el_largo(texto: str) -> None:
    assert len(plegar(texto)) == len(texto)


def test_plegar_quita_tildes_y_mayusculas() -> None:
    assert plegar("ÁÉÍÓÚ Ñandú") == "aeiou nandu"
