"""Las reglas del acta entera, sobre actas pequeñas y sobre las actas de ejemplo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ingesta.documento import Documento, Tramo
from ingesta.lectores import leer
from lineamientos.acta import (
    HallazgoDeActa,
    ReglaDeActa,
    leer_regla_de_acta,
    reglas_de_acta,
    revisar_acta,
)
from lineamientos.analisis import crear_analizador
from lineamientos.comprobaciones_de_acta import (
    CasoDeActa,
    fechas_contradictorias,
    items_duplicados,
)
from lineamientos.errores import ReglaInvalida
from nlp.acta_analizada import DatosDelActa
from nlp.propuesta import (
    Atributos,
    Campos,
    Clase,
    Clasificacion,
    FilaDeTabla,
    Propuesta,
    Segmento,
)
from nlp.tuberia import Tuberia

REGLAS = reglas_de_acta()


@pytest.fixture(scope="module")
def tuberia() -> Tuberia:
    return crear_analizador().tuberia


def _caso(tuberia: Tuberia, documento: Documento) -> CasoDeActa:
    acta = tuberia.analizar(documento)
    return CasoDeActa(documento, acta.datos, acta.propuestas)


def _hallazgos(tuberia: Tuberia, texto: str) -> list[HallazgoDeActa]:
    return list(revisar_acta(_caso(tuberia, Documento.desde_texto(texto))))


def _casos(atributo: str) -> list[object]:
    return [
        pytest.param(regla, ejemplo.texto, id=f"{regla.codigo}-{n}")
        for regla in REGLAS
        for n, ejemplo in enumerate(getattr(regla, atributo))
    ]


@pytest.mark.parametrize(("regla", "texto"), _casos("incumplen"))
def test_la_regla_avisa_en_el_acta_que_la_incumple(
    regla: ReglaDeActa, texto: str, tuberia: Tuberia
) -> None:
    propios = [h for h in _hallazgos(tuberia, texto) if h.regla == regla.codigo]
    assert propios
    for hallazgo in propios:
        assert not set("{}") & set(hallazgo.mensaje)
        assert hallazgo.tramo is None or hallazgo.tramo.fin <= len(texto)


@pytest.mark.parametrize(("regla", "texto"), _casos("cumplen"))
def test_la_regla_calla_en_el_acta_que_la_cumple(
    regla: ReglaDeActa, texto: str, tuberia: Tuberia
) -> None:
    assert [h for h in _hallazgos(tuberia, texto) if h.regla == regla.codigo] == []


@pytest.mark.parametrize("regla", REGLAS, ids=lambda r: r.codigo)
def test_cada_regla_trae_cuatro_actas_de_cada_lado(regla: ReglaDeActa) -> None:
    assert len(regla.incumplen) >= 4
    assert len(regla.cumplen) >= 4
    textos = [e.texto for e in (*regla.incumplen, *regla.cumplen)]
    assert len(set(textos)) == len(textos)


@pytest.mark.parametrize(
    ("acta", "esperadas"),
    [
        ("acta-01-nauta-agua.docx", {"C02"}),
        ("acta-07-santa-rosa-del-alto.docx", {"C02", "C03"}),
        ("acta-10-jachacollo-comision.pdf", {"C02", "C03"}),
        ("acta-15-huallanca-tregua.pdf", {"C01", "C02", "C03"}),
    ],
)
def test_las_actas_de_ejemplo_reciben_lo_que_les_falta(
    acta: str, esperadas: set[str], ejemplos: Path, tuberia: Tuberia
) -> None:
    hallazgos = revisar_acta(_caso(tuberia, leer(ejemplos / acta)))
    assert {h.regla for h in hallazgos} == esperadas


def test_un_pedido_sin_respuesta_dice_cuales(tuberia: Tuberia) -> None:
    texto = next(r for r in REGLAS if r.codigo == "C03").incumplen[1].texto
    [hallazgo] = [h for h in _hallazgos(tuberia, texto) if h.regla == "C03"]
    assert len(hallazgo.items) == 2
    assert hallazgo.mensaje.startswith("2 pedidos quedaron sin respuesta.")


def test_la_fecha_del_texto_y_la_de_su_columna_no_deben_contradecirse(tuberia: Tuberia) -> None:
    documento = Documento.desde_texto(
        "El MTC entregará 12 km de vía hasta el 30/06/2026.\t31/07/2026\t30/06/2026"
    )
    [propuesta] = tuberia.analizar(
        Documento.desde_texto(documento.texto[:50]), todo=True
    ).propuestas

    def con_celda(tramo: Tramo) -> CasoDeActa:
        fila = FilaDeTabla(0, 1, {"plazo": documento.fragmento(tramo)}, {"plazo": tramo})
        segmento = replace(propuesta.segmento, tramo=Tramo(0, 50), fila=fila)
        acta = tuberia.analizar(documento)
        return CasoDeActa(documento, acta.datos, (replace(propuesta, segmento=segmento),))

    [senal] = fechas_contradictorias(con_celda(Tramo(51, 61)))
    assert (senal.tramo, senal.items) == (Tramo(51, 61), (propuesta.id,))
    assert "30/06/2026" in senal.datos["que"]
    assert list(fechas_contradictorias(con_celda(Tramo(62, 72)))) == []


def test_el_responsable_ausente_se_ve_en_el_acta(tuberia: Tuberia) -> None:
    texto = next(r for r in REGLAS if r.codigo == "C01").incumplen[0].texto
    analizador = crear_analizador()
    con = {h.regla for h in analizador.revisar(Documento.desde_texto(texto))}
    ausente = texto.replace("1. La DIRESA Puno entregará", "1. El MINEM entregará")
    sin = {h.regla for h in analizador.revisar(Documento.desde_texto(ausente))}
    assert "A05" not in con
    assert "A05" in sin


def test_un_texto_suelto_no_es_un_acta(tuberia: Tuberia) -> None:
    suelto = "La DIRESA Puno entregará 40 filtros de agua hasta el 30/06/2026."
    assert _hallazgos(tuberia, suelto) == []


@pytest.mark.parametrize(
    ("archivo", "texto", "dicho"),
    [
        ("C1-x.toml", "", "C01-sin-agenda.toml"),
        ("C09-x.toml", 'gravedad = "alta"', "C09-x.toml:1: falta «comprobacion»"),
        ("C09-x.toml", 'color = "rojo"', "«color»"),
    ],
)
def test_una_regla_de_acta_mal_escrita_se_rechaza(archivo: str, texto: str, dicho: str) -> None:
    with pytest.raises(ReglaInvalida, match=dicho):
        leer_regla_de_acta(archivo, texto)


def test_miles_de_items_iguales_son_un_solo_hallazgo() -> None:
    frase = "La DIRESA Puno entregará 40 filtros de agua a la comunidad.\n"
    documento = Documento.desde_texto(frase * 5000)
    propuestas = tuple(
        Propuesta(
            Segmento(f"i{n}", Tramo(n * len(frase), (n + 1) * len(frase) - 1)),
            Clasificacion(Clase.COMPROMISO, 1.0, {}, duda=False),
            Campos(),
            Atributos(),
        )
        for n in range(5000)
    )
    [senal] = items_duplicados(CasoDeActa(documento, DatosDelActa(), propuestas), 0.8)
    assert senal.items == tuple(p.id for p in propuestas)
    assert senal.tramo == propuestas[1].tramo
