"""Lo que se recuerda de una revisión a otra no cambia lo que se devuelve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ingesta.documento import Documento, Redactado, Tramo
from nlp.cambio import correr
from nlp.contexto import Contexto
from nlp.memoria import memoria, memoria_de_lotes
from nlp.tuberia import Tuberia, crear_tuberia

FILAS = (
    "La empresa Minera Aurora S.A.C. donará 2 camiones a Huayllani hasta el 30/06/2026.",
    "La DIRESA instalará 3 módulos en la comunidad de Ccello en 20 días hábiles.",
    "La empresa limpiará el canal de riego en 15 días.",
    "Los regantes de Ccello limpiarán su acequia hasta el 31/07/2026.",
)
ACTA = "ACTA DE REUNIÓN\nFecha: 14/05/2026\nLugar: Nauta, Loreto\nCOMPROMISOS\n{}"


@pytest.fixture(scope="module")
def sin_memoria() -> Tuberia:
    return crear_tuberia()


@pytest.fixture(scope="module")
def con_memoria() -> Tuberia:
    return crear_tuberia(recuerda=64)


def _acta(filas: Sequence[str], redactada: bool) -> Documento:
    documento = Documento.desde_texto(ACTA.format("\n".join(filas)))
    redactados = tuple(Redactado("compromiso", f) for f in filas) if redactada else ()
    return replace(documento, redactados=redactados)


@pytest.mark.parametrize("redactada", [True, False])
def test_recordar_no_cambia_el_analisis(
    sin_memoria: Tuberia, con_memoria: Tuberia, redactada: bool
) -> None:
    cambios = (
        FILAS,
        FILAS,
        ("Una línea que corre todo lo demás.", *FILAS),
        FILAS[1:],
        (FILAS[0].replace("Aurora", "Tantal"), *FILAS[1:]),
        (*FILAS, FILAS[1]),
    )
    for filas in cambios:
        acta = _acta(filas, redactada)
        assert con_memoria.analizar(acta) == sin_memoria.analizar(acta)


def test_quien_es_la_empresa_se_vuelve_a_leer_si_el_acta_la_llama_de_otro_modo(
    con_memoria: Tuberia,
) -> None:
    for nombre in ("Minera Aurora S.A.C.", "Minera Tantal S.A.C."):
        filas = (FILAS[0].replace("Minera Aurora S.A.C.", nombre), *FILAS[1:])
        propuestas = con_memoria.analizar(_acta(filas, redactada=True)).propuestas
        quienes = {e.valor for e in propuestas[2].campos.responsable}
        assert quienes == {nombre}


def test_solo_se_calcula_lo_que_no_se_sabe() -> None:
    vistos: list[str] = []

    def largo(texto: str) -> int:
        vistos.append(texto)
        return len(texto)

    recordada = memoria(2)(largo)
    assert [recordada(t) for t in ("a", "bb", "a")] == [1, 2, 1]
    assert vistos == ["a", "bb"]
    assert memoria(0)(largo) is largo


def test_a_un_lote_solo_le_llega_lo_nuevo_y_se_olvida_lo_mas_viejo() -> None:
    lotes: list[list[str]] = []

    def largos(textos: Sequence[str]) -> list[int]:
        lotes.append(list(textos))
        return [len(t) for t in textos]

    recordada = memoria_de_lotes(2, largos)
    assert recordada(["a", "bb", "a"]) == [1, 2, 1]
    assert recordada(["bb", "ccc"]) == [2, 3]
    assert recordada(["ccc", "a"]) == [3, 1]
    assert lotes == [["a", "bb"], ["ccc"], ["a"]]
    assert memoria_de_lotes(0, largos) is largos


def test_lo_hallado_se_corre_con_sus_tramos() -> None:
    assert correr({"a": (Tramo(1, 3), "x"), "b": None}, 10) == {
        "a": (Tramo(11, 13), "x"),
        "b": None,
    }


def test_dos_contextos_iguales_son_la_misma_clave() -> None:
    uno, otro = Contexto(alias={"la empresa": "A"}), Contexto(alias={"la empresa": "A"})
    assert len({uno, otro}) == 1
    assert uno != Contexto(alias={"la empresa": "B"})
