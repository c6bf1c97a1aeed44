"""Los borradores no se pierden, no se pisan y no se rompen."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from registro.borradores import (
    BorradorCambiado,
    BorradorDesconocido,
    Borradores,
    revisar,
    vacio,
)
from registro.errores import DatoInvalido

AHORA = datetime(2026, 5, 20, 15, 30, tzinfo=UTC)


def _con(texto: str) -> dict[str, Any]:
    return {**vacio(), "compromisos": [{"id": "a", "texto": texto}]}


@pytest.fixture
def borradores(tmp_path: Path) -> Borradores:
    return Borradores(tmp_path / "borradores")


def test_lo_guardado_se_lee_igual_desde_otro_programa(borradores: Borradores) -> None:
    clave = borradores.crear("Ana", AHORA).clave
    guardado = borradores.guardar(clave, 1, _con("La UGEL… 😀 \n fin"), "Luz", AHORA)
    leido = Borradores(borradores.carpeta).ver(clave)
    assert (leido.version, leido.quien, leido.cambiado_en) == (2, "Luz", AHORA)
    assert leido.contenido["compromisos"] == [{"id": "a", "texto": "La UGEL… 😀 \n fin"}]
    assert leido == guardado


def test_quien_no_vio_lo_ultimo_no_lo_pisa(borradores: Borradores) -> None:
    clave = borradores.crear("Ana", AHORA).clave
    borradores.guardar(clave, 1, _con("de Ana"), "Ana", AHORA)
    with pytest.raises(BorradorCambiado) as info:
        borradores.guardar(clave, 1, _con("de Luz"), "Luz", AHORA)
    assert info.value.actual.contenido["compromisos"][0]["texto"] == "de Ana"
    assert borradores.ver(clave).version == 2


def test_guardar_lo_mismo_no_hace_otra_version(borradores: Borradores) -> None:
    """Un guardado repetido porque la respuesta se perdió no es un conflicto."""
    clave = borradores.crear("Ana", AHORA).clave
    borradores.guardar(clave, 1, _con("igual"), "Ana", AHORA)
    assert borradores.guardar(clave, 1, _con("igual"), "Ana", AHORA).version == 2


def test_de_dos_que_guardan_a_la_vez_gana_uno_y_el_otro_lo_sabe(borradores: Borradores) -> None:
    clave = borradores.crear("Ana", AHORA).clave
    barrera, fallas = threading.Barrier(8, timeout=20), []

    def guardar(numero: int) -> None:
        barrera.wait()
        try:
            borradores.guardar(clave, 1, _con(f"de {numero}"), "X", AHORA)
        except BorradorCambiado:
            fallas.append(numero)

    hilos = [threading.Thread(target=guardar, args=(n,)) for n in range(8)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert len(fallas) == 7
    assert borradores.ver(clave).version == 2


def test_un_corte_a_medio_guardar_deja_lo_anterior(borradores: Borradores) -> None:
    clave = borradores.crear("Ana", AHORA).clave
    borradores.guardar(clave, 1, _con("a salvo"), "Ana", AHORA)
    (borradores.carpeta / f"{clave}.nuevo").write_text('{"esquema": "borr', encoding="utf-8")
    assert borradores.ver(clave).contenido["compromisos"][0]["texto"] == "a salvo"
    assert [b.clave for b in borradores.listar()] == [clave]


def test_se_listan_del_ultimo_al_primero_y_se_saltan_los_rotos(borradores: Borradores) -> None:
    primero = borradores.crear("Ana", AHORA).clave
    segundo = borradores.crear("Ana", AHORA.replace(hour=16)).clave
    (borradores.carpeta / "rotorotorotorotoro.json").write_text("{", encoding="utf-8")
    (borradores.carpeta / "ajenoajenoajenoajeno.json").write_text('{"a": 1}', encoding="utf-8")
    assert [b.clave for b in borradores.listar()] == [segundo, primero]


@pytest.mark.parametrize("clave", ["../../etc/passwd", "", "corta", "a" * 41, "con espacio y más"])
def test_una_clave_que_no_es_clave_no_sale_de_la_carpeta(
    borradores: Borradores, clave: str
) -> None:
    for hacer in (borradores.ver, borradores.borrar):
        with pytest.raises(BorradorDesconocido):
            hacer(clave)


def test_lo_borrado_ya_no_esta(borradores: Borradores) -> None:
    clave = borradores.crear("Ana", AHORA).clave
    borradores.borrar(clave)
    assert borradores.listar() == []
    with pytest.raises(BorradorDesconocido):
        borradores.guardar(clave, 1, vacio(), "Ana", AHORA)


@pytest.mark.parametrize(
    ("contenido", "campo"),
    [
        ([], "contenido"),
        ({"datos": []}, "datos"),
        ({"datos": {"titulo": 5}}, "titulo"),
        ({"datos": {"titulo": "a" * 501}}, "titulo"),
        ({"desarrollo": None}, "desarrollo"),
        ({"pedidos": "uno"}, "pedidos"),
        ({"tareas": [{"id": "a", "texto": "a" * 5001}]}, "tareas"),
        ({"compromisos": [{"id": "a", "texto": "b"}] * 501}, "compromisos"),
        ({"compromisos": ["b"]}, "compromisos"),
    ],
)
def test_un_contenido_que_no_es_un_acta_no_se_guarda(contenido: object, campo: str) -> None:
    with pytest.raises(DatoInvalido) as info:
        revisar(contenido)
    assert info.value.campo == campo


def test_lo_que_falta_queda_vacio_y_lo_que_sobra_se_va() -> None:
    limpio = revisar({"sobra": 1, "datos": {"titulo": "A", "otro": "x"}})
    assert limpio == {**vacio(), "datos": {**vacio()["datos"], "titulo": "A"}}
