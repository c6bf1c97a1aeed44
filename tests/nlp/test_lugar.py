"""Lugares del ítem y su UBIGEO."""

from __future__ import annotations

import pytest

from ingesta.documento import Tramo
from nlp.componentes import lugar
from nlp.contexto import Contexto
from nlp.lenguaje import crear_lenguaje
from nlp.propuesta import Lugar


def lugares(texto: str, *codigos_del_acta: str) -> tuple[Lugar, ...]:
    del_acta = tuple(Lugar(Tramo(0, 1), codigo=codigo) for codigo in codigos_del_acta)
    return lugar.extraer(crear_lenguaje()(texto), Contexto(lugares=del_acta))


def leidos(texto: str, halladas: tuple[Lugar, ...]) -> list[tuple[str, str | None]]:
    return [(texto[h.tramo.inicio : h.tramo.fin], h.codigo) for h in halladas]


def test_el_ejemplo_del_contrato() -> None:
    texto = "El PNSR culminará el mantenimiento de 5 plantas en Nauta en 30 días hábiles."
    assert lugares(texto) == (Lugar(Tramo(51, 56), "Loreto", "Loreto", "Nauta", "160301"),)


@pytest.mark.parametrize(
    ("texto", "esperados"),
    [
        ("obra en el distrito de Haquira", [("distrito de Haquira", "030504")]),
        ("en la provincia de Espinar", [("provincia de Espinar", "0808")]),
        ("para la región Loreto", [("región Loreto", "16")]),
        ("en Espinar y Cusco", [("Espinar", "0808"), ("Cusco", "08")]),
        ("en la ciudad de Velille", [("ciudad de Velille", "080708")]),
        (
            "distritos de Urarinas, Parinari y Nauta",
            [("distritos de Urarinas", "160305"), ("Parinari", "160302"), ("Nauta", "160301")],
        ),
        (
            "del distrito de Santa Rosa, provincia de Jaén, región Cajamarca",
            [("distrito de Santa Rosa, provincia de Jaén, región Cajamarca", "060812")],
        ),
        (
            "DEL DISTRITO DE SANTA ROSA - PROVINCIA DE JAEN",
            [("DISTRITO DE SANTA ROSA - PROVINCIA DE JAEN", "060812")],
        ),
        ("distrito de Chalhuahuacho", [("distrito de Chalhuahuacho", "030506")]),
        ("la comunidad campesina de Ccollpa", [("comunidad campesina de Ccollpa", None)]),
        ("pozos en la C.N. Nueva Unión", [("C.N. Nueva Unión", None)]),
        ("en el sector Alto Huayco", [("sector Alto Huayco", None)]),
        ("la cuenca del río Marañón", [("cuenca del río Marañón", None)]),
        ("en el local comunal de Nueva Esperanza", [("local comunal de Nueva Esperanza", None)]),
        ("la vía vecinal tramo km 0+000 – km 12+300", [("tramo km 0+000 – km 12+300", None)]),
        ("reparará el km 44+300", [("km 44+300", None)]),
        ("reservorio en Pampa Qeulla para", [("Pampa Qeulla", None)]),
    ],
)
def test_halla_el_lugar_y_su_codigo(texto: str, esperados: list[tuple[str, str | None]]) -> None:
    assert leidos(texto, lugares(texto)) == esperados


@pytest.mark.parametrize(
    "texto",
    [
        "La Municipalidad Provincial de Espinar pavimentará las calles.",
        "El GORE Cusco y la DIRESA Loreto firmarán el convenio.",
        "Minera Las Bambas donará una ambulancia.",
        "La comunidad campesina de Ccollpa cederá el terreno.",
        "El señor Juan Castilla y la señora Rosa Lima asistirán.",
        "mantenimiento de 8 km de camino vecinal",
        "La Unión hace la fuerza y el Progreso llega.",
        "reunión en mayo, en Zoom",
        "por el distrito y la provincia",
        "",
    ],
)
def test_no_confunde_entidades_personas_ni_palabras_con_lugares(texto: str) -> None:
    assert lugares(texto) == ()


def test_la_calle_progreso_no_es_el_distrito() -> None:
    texto = "pavimentará el jirón Progreso"
    assert leidos(texto, lugares(texto)) == [("jirón Progreso", None)]


def test_un_nombre_de_varios_distritos_queda_sin_codigo_y_con_candidatos() -> None:
    (hallado,) = lugares("en el distrito de Santa Rosa")
    assert hallado.codigo is None
    assert len(hallado.candidatos) == 10
    assert "060812" in hallado.candidatos


def test_los_lugares_del_acta_deshacen_la_ambiguedad() -> None:
    (hallado,) = lugares("en el distrito de Santa Rosa", "0608")
    assert (hallado.codigo, hallado.provincia, hallado.candidatos) == ("060812", "Jaén", ())


def test_lo_que_dice_el_item_manda_sobre_los_lugares_del_acta() -> None:
    (hallado,) = lugares("en el distrito de Santa Rosa, provincia de Jaén", "21")
    assert hallado.codigo == "060812"


def test_un_acta_de_otra_region_no_inventa_un_codigo() -> None:
    (hallado,) = lugares("en el distrito de Santa Rosa", "24")
    assert hallado.codigo is None
