"""Lo que el editor pide al programa."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pytest
from fastapi.testclient import TestClient


@pytest.fixture
def clave(ana: Any) -> str:
    """Devuelve la clave de un borrador nuevo."""
    respuesta = ana.publicar("/redactar")
    assert respuesta.status_code == 303
    return str(respuesta.headers["location"].rsplit("/", 1)[1])


def _contenido(http: TestClient, clave: str) -> dict[str, Any]:
    return http.get(f"/api/redactar/{clave}").json()["contenido"]  # type: ignore[no-any-return]


def test_empezar_pide_la_ficha_del_formulario(http: TestClient) -> None:
    assert http.post("/redactar", data={"ficha": "falsa"}).status_code == 403


def test_la_pagina_lleva_el_borrador_sin_dejar_que_su_texto_sea_codigo(
    http: TestClient, clave: str
) -> None:
    contenido = _contenido(http, clave)
    contenido["datos"]["titulo"] = "</script><script>alert(1)</script>"
    assert http.put(
        f"/api/redactar/{clave}", json={"version": 1, "contenido": contenido}
    ).json() == {"version": 2}
    html = http.get(f"/redactar/{clave}").text
    assert "<script>alert" not in html
    assert http.get("/redactar").text.count(f"/redactar/{clave}") == 2


def test_un_conflicto_responde_lo_que_guardo_la_otra_persona(http: TestClient, clave: str) -> None:
    contenido = _contenido(http, clave)
    mio = {**contenido, "agenda": "la mía"}
    suyo = {**contenido, "agenda": "la suya"}
    http.put(f"/api/redactar/{clave}", json={"version": 1, "contenido": suyo})
    respuesta = http.put(f"/api/redactar/{clave}", json={"version": 1, "contenido": mio})
    assert respuesta.status_code == 409
    assert respuesta.json()["contenido"]["agenda"] == "la suya"
    assert respuesta.json()["version"] == 2
    assert _contenido(http, clave)["agenda"] == "la suya"


def test_desde_otro_sitio_no_se_guarda_ni_se_revisa(http: TestClient, clave: str) -> None:
    ajeno = {"origin": "https://otro.test", "sec-fetch-site": "cross-site"}
    cuerpo = {"version": 1, "contenido": {}}
    assert http.put(f"/api/redactar/{clave}", json=cuerpo, headers=ajeno).status_code == 403
    vacio = {"parrafos": []}
    assert http.post("/api/redactar/revisar", json=vacio, headers=ajeno).status_code == 403


@pytest.mark.parametrize(
    ("metodo", "ruta"),
    [
        ("GET", "/redactar/noexistenoexistenoexiste"),
        ("GET", "/redactar/..%2f..%2fetc"),
        ("GET", "/api/redactar/noexistenoexistenoexiste"),
        ("GET", "/redactar/noexistenoexistenoexiste/acta.docx"),
        ("PUT", "/api/redactar/noexistenoexistenoexiste"),
    ],
)
def test_un_borrador_que_no_existe_es_404(http: TestClient, metodo: str, ruta: str) -> None:
    cuerpo = {"version": 1, "contenido": {}} if metodo == "PUT" else None
    assert http.request(metodo, ruta, json=cuerpo).status_code == 404


def test_la_revision_da_lugares_utf16_y_el_resumen(http: TestClient) -> None:
    texto = "😀 El Ministerio de Salud apoyará a la comunidad en 30 días."
    pedido = {
        "parrafos": [
            {"texto": texto, "clase": "compromiso"},
            {"texto": "", "clase": "tarea"},
            {"texto": "El alcalde saludó a todos.", "clase": ""},
        ],
        "datos": {"fecha": "2026-05-14"},
    }
    primero, vacio, charla = http.post("/api/redactar/revisar", json=pedido).json()["parrafos"]
    assert (vacio, charla) == ([], [])
    (item,) = primero
    dias = next(h for h in item["hallazgos"] if h["regla"] == "T03")
    unidades = texto.encode("utf-16-le")[2 * dias["desde"] : 2 * dias["hasta"]]
    assert unidades.decode("utf-16-le") == "en 30 días"
    assert dias["reemplazos"] == ["en 30 días hábiles", "en 30 días calendario"]
    resumen = dict(item["resumen"])
    assert resumen["Responsable"] == "Ministerio de Salud"
    assert resumen["Plazo"] == "en 30 días: 13/06/2026 (calendario) o 25/06/2026 (hábiles)"


def test_la_revision_rechaza_lo_que_no_es_un_pedido_de_revision(http: TestClient) -> None:
    malo = {"parrafos": [{"texto": "a", "clase": "otro"}]}
    respuesta = http.post("/api/redactar/revisar", json=malo)
    assert respuesta.status_code == 422
    assert respuesta.headers["content-type"] == "application/problem+json"


def test_el_word_trae_lo_escrito_y_los_items_salen_en_la_forma_del_contrato(
    http: TestClient, clave: str
) -> None:
    contenido = _contenido(http, clave)
    contenido["datos"] |= {"titulo": "Acta de Ñahuimpuquio / 2026", "fecha": "2026-05-14"}
    contenido["desarrollo"] = "Uno.\n\nDos con \u0001control."
    contenido["compromisos"] = [
        {"id": "a", "texto": "La UGEL entregará 5 carpetas\nhasta el 30/06/2026."},
        {"id": "b", "texto": "   "},
    ]
    http.put(f"/api/redactar/{clave}", json={"version": 1, "contenido": contenido})
    respuesta = http.get(f"/redactar/{clave}/acta.docx")
    assert re.search(r'filename="acta-de-.*-2026\.docx"', respuesta.headers["content-disposition"])
    documento = docx.Document(io.BytesIO(respuesta.content))
    textos = [p.text for p in documento.paragraphs]
    assert textos[0] == "Acta de Ñahuimpuquio / 2026"
    assert "Fecha: 14/05/2026" in textos
    assert "Dos con control." in textos
    assert "PEDIDOS" not in textos
    cuadro = documento.tables[0]
    assert [c.text for c in cuadro.rows[1].cells] == [
        "1",
        "La UGEL entregará 5 carpetas hasta el 30/06/2026.",
    ]
    assert len(cuadro.rows) == 2
    (item,) = http.get(f"/api/redactar/{clave}/items").json()["items"]
    assert (item["clase"], item["campos"]["plazo"]["fecha_limite"]) == ("compromiso", "2026-06-30")


def test_quitar_un_borrador(ana: Any, clave: str) -> None:
    assert ana.publicar(f"/redactar/{clave}/borrar").headers["location"] == "/redactar"
    assert ana.http.get(f"/redactar/{clave}").status_code == 404
