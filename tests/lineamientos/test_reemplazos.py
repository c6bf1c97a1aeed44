"""Cada reemplazo cabe en el lugar exacto que señala su hallazgo."""

from __future__ import annotations

import pytest

from lineamientos.analisis import crear_analizador
from lineamientos.en_vivo import EnVivo, oraciones
from lineamientos.reemplazos import conjugar

CABECERA = (
    "Acta de la mesa\nFecha: 14/05/2026\nLugar: distrito de Nauta, provincia y departamento de "
    "Loreto\nPARTICIPANTES\nMinera Cerro Tantal S.A.C., gerente"
)


@pytest.fixture(scope="module")
def en_vivo() -> EnVivo:
    return EnVivo(crear_analizador())


@pytest.mark.parametrize(
    ("infinitivo", "modelo", "esperado"),
    [
        ("entregar", "apoyará", "entregará"),
        ("entregar", "apoyarán", "entregarán"),
        ("entregar", "apoyar", "entregar"),
        ("hacer una reunión", "coordinará", "hará una reunión"),
        (
            "convocar y realizar una reunión el […]",
            "coordinarán",
            "convocarán y realizarán una reunión el […]",
        ),
        ("disponer el pago", "verán", "dispondrán el pago"),
        ("comprometerse", "buscará", "se comprometerá"),
        ("entregar", "apoya", None),
        ("nombre el acto", "apoyará", None),
    ],
)
def test_el_verbo_toma_el_tiempo_y_el_numero_del_que_reemplaza(
    infinitivo: str, modelo: str, esperado: str | None
) -> None:
    assert conjugar(infinitivo, modelo) == esperado


@pytest.mark.parametrize(
    ("texto", "regla", "resultado"),
    [
        (
            "Las comunidades apoyarán la limpieza del canal Ccello hasta el 30/06/2026.",
            "S01",
            "Las comunidades entregarán la limpieza del canal Ccello hasta el 30/06/2026.",
        ),
        (
            "El MTC culminará el puente Ccello a la brevedad posible.",
            "T02",
            "El MTC culminará el puente Ccello hasta el [DD/MM/AAAA].",
        ),
        (
            "El MTC culminará el puente Ccello en un plazo de 30 días de firmada el acta.",
            "T03",
            "El MTC culminará el puente Ccello en un plazo de 30 días hábiles de firmada el acta.",
        ),
        (
            "La DIRESA realizará talleres en Nauta hasta el 30/06/2026.",
            "M01",
            "La DIRESA realizará [cantidad de] talleres en Nauta hasta el 30/06/2026.",
        ),
        (
            "Se reparará el puente Ccello hasta el 30/06/2026.",
            "S07",
            "[responsable] reparará el puente Ccello hasta el 30/06/2026.",
        ),
        (
            "El MTC culminará el puente Ccello hasta el 28 de julio de 2026.",
            "R08",
            "El MTC culminará el puente Ccello hasta el 27/07/2026.",
        ),
        (
            "El MTC culminará el puente Ccello en el primer trimestre de 2027.",
            "T05",
            "El MTC culminará el puente Ccello hasta el 31/03/2027.",
        ),
    ],
)
def test_aplicar_el_primero_deja_la_oracion_como_debe(
    en_vivo: EnVivo, texto: str, regla: str, resultado: str
) -> None:
    marcas = {m["regla"]: m for m in en_vivo.item(texto, "compromiso", CABECERA)["marcas"]}
    marca = marcas[regla]
    puesto = texto[: marca["inicio"]] + marca["reemplazos"][0] + texto[marca["fin"] :]
    assert puesto == resultado


def test_un_hallazgo_sobre_todo_el_item_ofrece_la_redaccion_propuesta(en_vivo: EnVivo) -> None:
    item = en_vivo.item("El MTC culminará el puente Ccello.", "compromiso", CABECERA)
    sin_plazo = next(m for m in item["marcas"] if m["regla"] == "T01")
    assert sin_plazo["reemplazos"] == [item["propuesta_de_redaccion"]]
    assert "[DD/MM/AAAA]" in sin_plazo["reemplazos"][0]


def test_la_cabecera_da_la_fecha_y_quien_es_la_empresa(en_vivo: EnVivo) -> None:
    texto = "La empresa entregará 5 botiquines en 30 días hábiles."
    con, sin = en_vivo.item(texto, "compromiso", CABECERA), en_vivo.item(texto, "compromiso")
    assert con["campos"]["plazo"]
    assert con["campos"]["plazo"]["fecha_limite"] == "2026-06-25"
    assert con["campos"]["responsable"][0]["valor"] == "Minera Cerro Tantal S.A.C."
    assert sin["campos"]["plazo"]
    assert sin["campos"]["plazo"]["fecha_limite"] is None


def test_la_clase_que_eligio_la_persona_vale_y_la_otra_se_dice(en_vivo: EnVivo) -> None:
    texto = "La comunidad solicita al Ministerio de Salud la construcción de un puesto de salud."
    item = en_vivo.item(texto, "compromiso")
    assert (item["clase"], item["duda"], item["parece"]) == ("compromiso", False, "pedido")
    pedido = en_vivo.item(texto, "pedido")
    assert (pedido["clase"], pedido["parece"], pedido["marcas"]) == ("pedido", None, [])


def test_las_oraciones_se_cuentan_en_el_texto_entero() -> None:
    texto = "Uno. Dos.\n\nTres."
    assert [texto[o.inicio : o.fin] for o in oraciones(texto)] == ["Uno.", "Dos.", "Tres."]
