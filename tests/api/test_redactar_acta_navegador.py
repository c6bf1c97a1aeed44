"""La lista «Del acta entera» del editor, en un Chromium de verdad."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.navegador

REVISION = 180_000
"""Milisegundos que se espera la primera revisión; carga los modelos."""

COMPROMISO = "La DIRESA Loreto entregará 40 filtros de agua a Nauta hasta el 30/06/2026."
PARTICIPANTES = (
    "Ana Ruiz Soto, directora de la DIRESA Loreto\n"
    "Luis Chino Apaza, regidor de la Municipalidad Distrital de Nauta"
)
CONTENIDO = {
    "datos": {"titulo": "Acta de Nauta", "fecha": "2026-05-14", "hora_inicio": "09:00"},
    "participantes": PARTICIPANTES,
    "desarrollo": "Se expuso el martes 14 de mayo de 2026.",
    "pedidos": [{"id": "p", "texto": "La comunidad de Nauta pide una posta con dos enfermeras."}],
    "compromisos": [
        {"id": "a", "texto": COMPROMISO},
        {"id": "b", "texto": "El OEFA publicará 2 informes de Nauta hasta el 31/07/2026."},
        {"id": "c", "texto": COMPROMISO},
    ],
}


@pytest.fixture
def pagina(contexto: BrowserContext) -> Iterator[Page]:
    """Da el editor con un acta con hallazgos de toda clase; al final, que nada falló."""
    nueva = contexto.new_page()
    errores: list[str] = []
    nueva.on("pageerror", lambda error: errores.append(str(error)))
    nueva.on("console", lambda m: m.type in {"error", "warning"} and errores.append(m.text))
    nueva.goto("/redactar")
    nueva.get_by_role("button", name="Empezar un acta").click()
    nueva.wait_for_url("**/redactar/*")
    clave = nueva.url.rsplit("/", 1)[1]
    cuerpo = {"version": 1, "contenido": CONTENIDO}
    assert contexto.request.put(f"/api/redactar/{clave}", data=cuerpo).ok
    nueva.reload()
    yield nueva
    assert [e for e in errores if "Failed to load resource" not in e] == []


def _lista(pagina: Page) -> Any:
    return pagina.get_by_role("list", name="Del acta entera")


def _cuentas(pagina: Page) -> Any:
    return pagina.locator("#cuentas-del-acta")


def _elegido(pagina: Page) -> tuple[str, str]:
    foco = "document.activeElement.getAttribute('aria-label')"
    return pagina.evaluate(f"[{foco}, getSelection().toString()]")  # type: ignore[no-any-return]


def test_cada_hallazgo_se_alcanza_con_el_teclado_y_lleva_a_su_sitio(pagina: Page) -> None:
    lista = _lista(pagina)
    agenda = lista.get_by_role("button", name="Agenda · Consejo: No se halló la agenda")
    expect(agenda).to_be_visible(timeout=REVISION)
    expect(pagina.get_by_role("list", name="Hallazgos, en el orden del acta")).to_contain_text(
        "no figura entre los participantes", timeout=REVISION
    )
    expect(_cuentas(pagina)).to_have_text("5 hallazgos.")
    expect(lista).not_to_contain_text("no figura entre los participantes")

    agenda.focus()
    pagina.keyboard.press("Enter")
    assert _elegido(pagina)[0] == "Agenda"
    expect(pagina.locator("#anuncio")).to_contain_text("Agenda. Consejo: No se halló la agenda")

    lista.get_by_role("button", name="Desarrollo · ").press("Enter")
    assert _elegido(pagina) == ["Desarrollo", "martes 14 de mayo de 2026"]
    lista.get_by_role("button", name="Compromiso 3 · ").press("Space")
    assert _elegido(pagina) == ["Compromiso 3", COMPROMISO]
    lista.get_by_role("button", name="Ir a Compromiso 1").press("Enter")
    assert _elegido(pagina) == ["Compromiso 1", COMPROMISO]


DEL_ACTA = {
    "No se halló la agenda": "Agenda",
    "Corrija una de las dos": "Desarrollo",
    "sin respuesta": "Pedido 1",
    "Parece repetir": "Compromiso 3",
    "No se halló quién hará el seguimiento": "Mecanismo de seguimiento",
}
"""Un hallazgo de cada código, C01 a C05, y dónde está, en el orden de la página."""


def _recorrer(pagina: Page, avanzar: Any, veces: int) -> list[tuple[str, str]]:
    paradas = []
    for _ in range(veces):
        avanzar()
        paradas.append((_elegido(pagina)[0], pagina.locator("#anuncio").inner_text()))
    return paradas


def test_f8_recorre_tambien_lo_del_acta_entera_en_el_orden_de_la_pagina(pagina: Page) -> None:
    expect(_cuentas(pagina)).to_have_text("5 hallazgos.", timeout=REVISION)
    filas = pagina.get_by_role("list", name="Hallazgos, en el orden del acta")
    expect(filas).to_contain_text("no figura entre los participantes", timeout=REVISION)
    total = 5 + filas.get_by_role("listitem").count()

    pagina.get_by_label("Título del acta").focus()
    ida = _recorrer(pagina, lambda: pagina.keyboard.press("F8"), total)
    assert len(set(ida)) == total
    campos = pagina.evaluate(
        "[...document.querySelectorAll('.escritura')].map((e) => e.getAttribute('aria-label'))"
    )
    assert [campo for campo, _ in ida] == sorted((c for c, _ in ida), key=campos.index)
    for dicho, campo in DEL_ACTA.items():
        assert any(c == campo and dicho in anuncio for c, anuncio in ida), dicho
    assert _recorrer(pagina, lambda: pagina.keyboard.press("F8"), 1) == ida[:1]

    vuelta = _recorrer(pagina, lambda: pagina.keyboard.press("Shift+F8"), total)
    assert vuelta == ida[::-1]

    siguiente = pagina.get_by_role("button", name="Siguiente")
    assert _recorrer(pagina, siguiente.click, 3) == ida[1:4]


def test_se_actualiza_tras_la_pausa_con_un_pedido_y_se_vacia(pagina: Page) -> None:
    expect(_cuentas(pagina)).to_have_text("5 hallazgos.", timeout=REVISION)
    pedidos: list[Any] = []

    def anotar(pedido: Any) -> None:
        if pedido.url.endswith("/api/redactar/acta"):
            pedidos.append(json.loads(pedido.post_data)["contenido"])

    pagina.on("request", anotar)
    pagina.get_by_role("textbox", name="Agenda").click()
    pagina.keyboard.type("Agua segura para Nauta", delay=40)
    expect(_cuentas(pagina)).to_have_text("4 hallazgos.", timeout=REVISION)
    assert [p["agenda"] for p in pedidos] == ["Agua segura para Nauta"]

    pagina.get_by_role("textbox", name="Mecanismo de seguimiento").fill(
        "La Municipalidad hará el seguimiento e informará cada mes."
    )
    pagina.get_by_role("textbox", name="Desarrollo").fill("Se expuso.")
    pagina.get_by_role("button", name="Quitar compromiso 3").click()
    expect(_lista(pagina)).not_to_contain_text("Compromiso 3")
    pagina.get_by_role("button", name="Quitar pedido 1").click()
    expect(_cuentas(pagina)).to_have_text("Nada que señalar.", timeout=REVISION)
    expect(_lista(pagina).get_by_role("listitem")).to_have_count(0)


def test_mientras_se_revisa_el_acta_la_fila_se_revisa_igual(pagina: Page) -> None:
    expect(_cuentas(pagina)).to_have_text("5 hallazgos.", timeout=REVISION)
    retenidas: list[Any] = []
    pagina.route("**/api/redactar/acta", lambda ruta: retenidas.append(ruta))
    fila = pagina.get_by_role("textbox", name="Compromiso 2")
    fila.fill("El OEFA apoyará a Nauta a la brevedad posible.")
    hallazgos = pagina.get_by_role("list", name="Hallazgos, en el orden del acta")
    expect(hallazgos).to_contain_text("«a la brevedad posible» no fija un día", timeout=20_000)
    pagina.wait_for_timeout(2_000)
    fila.fill("El OEFA ayudará a Nauta oportunamente.")
    expect(hallazgos).to_contain_text("oportunamente", timeout=20_000)
    assert len(retenidas) == 1
    retenidas.pop().abort()
    pagina.unroute("**/api/redactar/acta")
    expect(_cuentas(pagina)).to_contain_text("no responde")
    expect(_cuentas(pagina)).to_have_text("5 hallazgos.", timeout=REVISION)


@pytest.mark.parametrize("ancho", [1280, 390])
def test_la_lista_cabe_y_axe_no_halla_nada(pagina: Page, ancho: int) -> None:
    pagina.set_viewport_size({"width": ancho, "height": 900})
    expect(_cuentas(pagina)).to_have_text("5 hallazgos.", timeout=REVISION)
    pagina.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert Axe().run(pagina).response["violations"] == []
    assert pagina.evaluate("document.documentElement.scrollWidth") == ancho


def test_sin_guion_se_ven_al_abrir(chromium: Browser, programa: Any, pagina: Page) -> None:
    expect(_cuentas(pagina)).to_have_text("5 hallazgos.", timeout=REVISION)
    sin = chromium.new_context(base_url=programa.direccion, java_script_enabled=False)
    otra = sin.new_page()
    otra.goto(pagina.url)
    expect(_lista(otra)).to_contain_text("No se halló la agenda")
    expect(_lista(otra).locator("a[href='/reglas/C02']")).to_have_count(1)
    sin.close()
