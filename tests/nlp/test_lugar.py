"""Lugares del ítem y su UBIGEO."""

from __future__ import annotations

import pytest

from ingesta.documento import Tramo
from nlp import gacetero
from nlp.componentes import lugar
from nlp.contexto import Contexto
from nlp.propuesta import Lugar


def lugares(texto: str, *codigos_del_acta: str) -> tuple[Lugar, ...]:
    del_acta = tuple(Lugar(Tramo(0, 1), codigo=codigo) for codigo in codigos_del_acta)
    return lugar.extraer(texto, Contexto(lugares=del_acta))


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


@pytest.mark.parametrize(
    ("texto", "del_acta", "codigo"),
    [
        ("Se hará un aula en San Luis.", "0207", "020701"),
        ("Se hará un aula en Santa Rosa.", "0307", "030710"),
        ("Mejorará el camino en San Marcos - Huari - Áncash.", "", "021014"),
        ("Mejorará el camino en San Luis, Carlos Fermín Fitzcarrald.", "", "020701"),
        ("SE HARÁ UN AULA EN EL DISTRITO DE LA MERCED, PROVINCIA DE AIJA.", "", "020204"),
        ("SE HARÁ UN AULA EN EL DISTRITO DE RÍO TAMBO, PROVINCIA DE SATIPO.", "", "120608"),
        ("SE HARÁ UN AULA EN EL DISTRITO DE EL PORVENIR, REGIÓN APURÍMAC.", "", "030610"),
    ],
)
def test_un_nombre_de_muchos_lugares_es_el_de_la_provincia_conocida(
    texto: str, del_acta: str, codigo: str
) -> None:
    hallados = lugares(texto, *filter(None, [del_acta]))
    assert codigo in [h.codigo for h in hallados]


def test_si_solo_se_conoce_la_region_un_nombre_comun_queda_como_candidato() -> None:
    (hallado,) = lugares("Se hará un aula en San Luis.", "02")
    assert hallado.codigo is None
    assert "020701" in hallado.candidatos


def test_todo_distrito_con_su_provincia_y_su_region_da_su_codigo() -> None:
    distritos = [u for u in gacetero.por_codigo().values() if u.distrito][::40]
    textos = (
        f"Hará un aula en el distrito de {u.distrito}, provincia de {u.provincia}, "
        f"región {u.region}."
        for u in distritos
    )
    assert [t.codigo for texto in textos for t in lugares(texto)] == [u.codigo for u in distritos]


@pytest.mark.parametrize(
    ("texto", "codigo"),
    [
        ("Hará un aula en Trita, Luya, Amazonas.", "010523"),
        ("Hará un aula en Chota, Chota, Cajamarca.", "060401"),
        ("Hará un aula en La Unión, Dos de Mayo, Huánuco.", "100301"),
        ("Hará un aula en Anta, Cusco.", "0803"),
    ],
)
def test_lo_que_se_nombra_de_chico_a_grande_se_aclara_solo(texto: str, codigo: str) -> None:
    assert [h.codigo for h in lugares(texto)] == [codigo]


def test_una_lista_de_lugares_no_es_una_cadena() -> None:
    assert len(lugares("Hará aulas en Trujillo, Chiclayo, Piura.")) == 3
