"""La revisión del acta entera en el editor: la ruta, los sitios adonde lleva y la página."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.redaccion.documento import a_docx
from api.redaccion.entera import escribir
from registro.borradores import revisar

COMPROMISO = "La DIRESA Loreto entregará 40 filtros de agua a Nauta hasta el 30/06/2026."
PARTICIPANTES = (
    "Ana Ruiz Soto, directora de la DIRESA Loreto\n"
    "Luis Chino Apaza, regidor de la Municipalidad Distrital de Nauta"
)


def _fila(clave: str, texto: str) -> dict[str, str]:
    return {"id": clave, "texto": texto}


def _contenido(**partes: Any) -> dict[str, Any]:
    datos = {"titulo": "Acta de Nauta", "fecha": "2026-05-14", "hora_inicio": "09:00"}
    return revisar({"datos": datos, "participantes": PARTICIPANTES, **partes})


def _hallados(http: TestClient, contenido: dict[str, Any]) -> dict[str, dict[str, Any]]:
    respuesta = http.post("/api/redactar/acta", json={"contenido": contenido})
    assert respuesta.status_code == 200, respuesta.text
    return {h["regla"]: h for h in respuesta.json()["hallazgos"]}


def _lo_que_senala(contenido: dict[str, Any], lugar: dict[str, Any]) -> str:
    """Devuelve el trozo del campo que el sitio señala; los lugares son unidades UTF-16."""
    filas = {
        i["id"]: i["texto"] for p in ("pedidos", "compromisos", "tareas") for i in contenido[p]
    }
    texto = filas[lugar["fila"]] if "fila" in lugar else contenido[lugar["libre"]]
    unidades = texto.encode("utf-16-le")[2 * lugar["desde"] : 2 * lugar["hasta"]]
    return str(unidades.decode("utf-16-le"))


def test_sin_agenda_ni_seguimiento_lleva_a_la_parte_donde_se_escribe(http: TestClient) -> None:
    contenido = _contenido(compromisos=[_fila("a", COMPROMISO)])
    hallados = _hallados(http, contenido)
    assert {r: h["lugares"][0]["libre"] for r, h in hallados.items()} == {
        "C01": "agenda",
        "C02": "seguimiento",
    }
    assert hallados["C02"]["nombre"] == "Aviso"
    assert hallados["C02"]["sugerencias"]
    completo = {
        **contenido,
        "agenda": "Agua segura",
        "seguimiento": "La Municipalidad hará el seguimiento e informará cada mes.",
    }
    assert _hallados(http, completo) == {}


def test_cada_hallazgo_lleva_a_sus_filas_con_letras_utf16(http: TestClient) -> None:
    contenido = _contenido(
        agenda="1. Agua",
        seguimiento="Cada mes se hará el seguimiento.",
        desarrollo="Se expuso.\n\n  😀 Se citó el lunes 15 de mayo de 2026 al equipo.",
        pedidos=[_fila("p", "  La comunidad de Nauta pide una posta de salud con dos enfermeras.")],
        compromisos=[_fila("a", COMPROMISO), _fila("vacia", " "), _fila("b", COMPROMISO)],
    )
    hallados = _hallados(http, contenido)
    assert sorted(hallados) == ["C03", "C04", "C05"]
    [pedido] = hallados["C03"]["lugares"]
    assert _lo_que_senala(contenido, pedido).startswith("La comunidad de Nauta pide")
    [fecha] = hallados["C04"]["lugares"]
    assert _lo_que_senala(contenido, fecha) == "lunes 15 de mayo de 2026"
    assert [lugar["fila"] for lugar in hallados["C05"]["lugares"]] == ["b", "a"]


def test_un_compromiso_copiado_del_desarrollo_no_se_da_por_repetido(http: TestClient) -> None:
    contenido = _contenido(desarrollo=COMPROMISO, compromisos=[_fila("a", COMPROMISO)])
    assert "C05" not in _hallados(http, contenido)


def test_el_responsable_ausente_se_reconoce_aunque_la_fila_lo_nombre_a_medias(
    http: TestClient,
) -> None:
    compromiso = "La empresa donará una ambulancia al puesto de salud hasta el 31/12/2026."
    contenido = _contenido(
        agenda="Agua",
        desarrollo="Se leyó la carta de Minera Cerro Tantal S.A.C. sobre el agua.",
        seguimiento="La Municipalidad hará el seguimiento.",
        compromisos=[_fila("a", compromiso)],
    )
    sola = {
        "parrafos": [{"texto": compromiso, "clase": "compromiso"}],
        "datos": contenido["datos"],
        "participantes": contenido["participantes"],
    }
    [[item]] = http.post("/api/redactar/revisar", json=sola).json()["parrafos"]
    assert "A05" not in [h["regla"] for h in item["hallazgos"]]
    ausente = _hallados(http, contenido)["A05"]
    assert "Minera Cerro Tantal S.A.C." in ausente["mensaje"]
    assert _lo_que_senala(contenido, ausente["lugares"][0]) == "empresa"


def test_dice_lo_mismo_que_el_word_al_volver(ana: Any) -> None:
    contenido = _contenido(
        pedidos=[_fila("p", "La comunidad de Nauta pide una posta de salud con dos enfermeras.")],
        compromisos=[_fila("a", COMPROMISO), _fila("b", COMPROMISO)],
        cierre="Siendo las 13:00 horas se levantó la reunión.",
    )
    numero = ana.leida(a_docx(contenido), "acta.docx")
    vuelta = ana.http.get(f"/api/v1/actas/{numero}").json()["resultado"]["hallazgos_del_acta"]
    aqui = _hallados(ana.http, contenido)
    assert [h["regla"] for h in vuelta] == ["C01", "C02", "C03", "C05"]
    assert {h["regla"]: h["mensaje"] for h in vuelta} == {
        r: h["mensaje"] for r, h in aqui.items() if r != "A05"
    }


def test_un_acta_sin_escribir_no_tiene_hallazgos_y_una_mala_se_rechaza(http: TestClient) -> None:
    assert _hallados(http, revisar({"datos": {"titulo": "Acta"}})) == {}
    malo = http.post("/api/redactar/acta", json={"contenido": {"pedidos": "uno"}})
    assert malo.status_code == 422
    ajeno = {"origin": "https://otro.test", "sec-fetch-site": "cross-site"}
    cuerpo = {"contenido": {}}
    assert http.post("/api/redactar/acta", json=cuerpo, headers=ajeno).status_code == 403


def test_sin_guion_la_pagina_trae_los_hallazgos_al_abrirse(ana: Any) -> None:
    clave = ana.publicar("/redactar").headers["location"].rsplit("/", 1)[1]
    assert "Nada que señalar." in ana.http.get(f"/redactar/{clave}").text
    contenido = _contenido(compromisos=[_fila("a", f"{COMPROMISO} <b>Uno</b>")])
    ana.http.put(f"/api/redactar/{clave}", json={"version": 1, "contenido": contenido})
    limite = time.monotonic() + 120
    while "Se está revisando" in (html := ana.http.get(f"/redactar/{clave}").text):
        assert "Vuelva a cargar la página" in html
        assert time.monotonic() < limite
        time.sleep(0.1)
    lista = re.search(r'<ul id="lista-del-acta".*?</ul>', html, re.DOTALL)
    assert lista
    assert "No se halló la agenda" in lista[0]
    assert "/reglas/C02" in lista[0]
    assert "2 hallazgos." in html


@pytest.mark.parametrize("parte", ["agenda", "desarrollo"])
def test_el_texto_del_acta_es_el_del_editor_letra_por_letra(parte: str) -> None:
    contenido = _contenido(**{parte: "  Uno  dos \n\nTres\n Tres "})
    escrita = escribir(contenido)
    propios = [r for r in escrita.renglones if r.nombre == parte]
    assert [escrita.texto[r.inicio : r.fin] for r in propios] == ["Uno dos", "Tres", "Tres"]
    assert [r.desde for r in propios] == [None, 13, 19]
