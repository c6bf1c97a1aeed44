"""El editor en un Chromium de verdad: escribir, corregir, guardar, perder el programa y volver."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.navegador
expect.set_options(timeout=20_000)

DEBIL = "El Ministerio de Salud apoyará a la comunidad de San Hilario a la brevedad posible."
PRIMERA_REVISION = 180.0
"""Segundos que se espera la primera revisión; carga los modelos."""


@pytest.fixture
def pagina(contexto: BrowserContext) -> Iterator[Page]:
    """Da el editor con un acta nueva; al final comprueba que nada falló ni salió a la red."""
    nueva = contexto.new_page()
    errores: list[str] = []
    ajenos: list[str] = []
    nueva.on("pageerror", lambda error: errores.append(str(error)))
    nueva.on("console", lambda m: m.type in {"error", "warning"} and errores.append(m.text))
    nueva.on("request", lambda p: p.url.startswith("http://127.0.0.1") or ajenos.append(p.url))
    nueva.goto("/redactar")
    nueva.get_by_role("button", name="Empezar un acta").click()
    nueva.wait_for_url("**/redactar/*")
    yield nueva
    esperados = ("Failed to load resource", "net::ERR")
    assert [e for e in errores if not any(x in e for x in esperados)] == []
    assert ajenos == []


def _esperar(pagina: Page, condicion: Callable[[], Any], segundos: float = 20.0) -> None:
    """Espera a que se cumpla; la política de contenido no deja que Playwright lo haga solo."""
    limite = time.monotonic() + segundos
    while not condicion():
        assert time.monotonic() < limite, pagina.locator("#cuentas").inner_text()
        pagina.wait_for_timeout(20)


def _marcados(pagina: Page, gravedad: str) -> list[str]:
    guion = f"[...CSS.highlights.get('acta-{gravedad}')].map((r) => r.toString())"
    return sorted(pagina.evaluate(guion))


def _agregar(pagina: Page, texto: str, cual: str = "un compromiso") -> None:
    pagina.get_by_role("button", name=f"Agregar {cual}").click()
    pagina.keyboard.type(texto)


def _revisado(pagina: Page, segundos: float = PRIMERA_REVISION) -> None:
    _esperar(pagina, lambda: "consejo" in pagina.locator("#cuentas").inner_text(), segundos)


def _guardado(pagina: Page) -> None:
    expect(pagina.locator("#guardado")).to_have_text("Guardado", timeout=20_000)


def test_al_escribir_se_subraya_y_se_corrige_con_el_teclado(pagina: Page) -> None:
    _agregar(pagina, DEBIL)
    _esperar(
        pagina, lambda: "a la brevedad posible" in _marcados(pagina, "aviso"), PRIMERA_REVISION
    )
    fila = pagina.get_by_role("textbox", name="Compromiso 1")
    hallazgos = pagina.get_by_role("list", name="Hallazgos, en el orden del acta")
    expect(hallazgos).to_contain_text("«a la brevedad posible» no fija un día")

    while "brevedad" not in pagina.evaluate("getSelection().toString()"):
        pagina.keyboard.press("F8")
    expect(pagina.locator("#anuncio")).to_contain_text("Alt Entrar pone «hasta el [DD/MM/AAAA]»")
    pagina.keyboard.press("Alt+Enter")
    arreglado = DEBIL.replace("a la brevedad posible", "hasta el [DD/MM/AAAA]")
    expect(fila).to_have_text(arreglado)
    assert pagina.evaluate("getSelection().toString()") == "[DD/MM/AAAA]"
    pagina.keyboard.type("30/06/2026")
    expect(fila).to_have_text(DEBIL.replace("a la brevedad posible", "hasta el 30/06/2026"))
    _esperar(pagina, lambda: "a la brevedad posible" not in _marcados(pagina, "aviso"))

    pagina.keyboard.press("Control+z")
    expect(fila).to_have_text(arreglado)
    pagina.keyboard.press("Control+z")
    expect(fila).to_have_text(DEBIL)
    _esperar(pagina, lambda: "a la brevedad posible" in _marcados(pagina, "aviso"))
    pagina.keyboard.press("Control+Shift+z")
    expect(fila).to_have_text(arreglado)


def test_f8_y_siguiente_pasan_por_cada_hallazgo_aunque_senalen_el_mismo_trozo(
    pagina: Page,
) -> None:
    _agregar(pagina, "La Municipalidad Distrital de Nauta impulsará el turismo de la laguna.")
    _revisado(pagina)
    entradas = pagina.get_by_role("list", name="Hallazgos, en el orden del acta").locator("li")
    expect(entradas).not_to_have_count(0)
    total = entradas.count()
    fila = pagina.get_by_role("textbox", name="Compromiso 1")
    for avanzar in (
        lambda: pagina.keyboard.press("F8"),
        lambda: pagina.keyboard.press("Shift+F8"),
        pagina.get_by_role("button", name="Siguiente").click,
    ):
        fila.focus()
        dichos = set()
        for _ in range(total + 5):
            avanzar()
            dichos.add(pagina.locator("#anuncio").inner_text())
        assert len([d for d in dichos if d.startswith("Compromiso 1.")]) == total


def test_la_segunda_sugerencia_y_la_redaccion_propuesta(pagina: Page) -> None:
    pagina.get_by_label("Fecha").fill("2026-05-14")
    _agregar(pagina, "Se realizará el mantenimiento de la trocha en 30 días.")
    _revisado(pagina)
    fila = pagina.get_by_role("textbox", name="Compromiso 1")
    while pagina.evaluate("getSelection().toString()") != "en 30 días":
        pagina.keyboard.press("F8")
    pagina.keyboard.press("Alt+2")
    expect(fila).to_contain_text("en 30 días calendario")
    _esperar(pagina, lambda: "(hábiles)" not in pagina.locator(".entendido").inner_text())
    expect(pagina.locator(".entendido")).to_contain_text("13/06/2026")
    pagina.get_by_role("button", name="Usar esta redacción").click()
    expect(fila).to_contain_text("[responsable] realizará")
    assert pagina.evaluate("getSelection().toString()") == "[responsable]"
    pagina.keyboard.press("F9")
    assert pagina.evaluate("getSelection().toString()") == "[localidad, distrito]"


def test_solo_se_revisa_el_parrafo_que_cambio(pagina: Page) -> None:
    pedidos: list[list[str]] = []

    def anotar(pedido: Any) -> None:
        if pedido.url.endswith("/api/redactar/revisar"):
            pedidos.append([p["texto"] for p in json.loads(pedido.post_data)["parrafos"]])

    _agregar(pagina, "La UGEL entregará 5 carpetas hasta el 30/06/2026.")
    pagina.keyboard.press("Enter")
    pagina.keyboard.type("La DIRESA instalará 2 módulos hasta el 31/08/2026.")
    _revisado(pagina)
    pagina.on("request", anotar)
    pagina.get_by_role("textbox", name="Compromiso 1").click()
    pagina.keyboard.press("End")
    pagina.keyboard.type(" En Nauta.")
    _esperar(pagina, lambda: pedidos)
    _revisado(pagina)
    revisados = [texto for lote in pedidos for texto in lote]
    assert revisados[-1] == "La UGEL entregará 5 carpetas hasta el 30/06/2026. En Nauta."
    assert all(texto.startswith("La UGEL") for texto in revisados)


def _acta_larga() -> dict[str, Any]:
    """Un acta de unas treinta páginas: 240 filas y 120 párrafos de desarrollo, 90 000 letras."""
    relleno = "con la participación de las autoridades comunales y de los técnicos de la zona, "
    filas = {
        lista: [
            {"id": f"{lista}{n}", "texto": f"{quien} {n} {hara} {relleno * 2}"} for n in range(80)
        ]
        for lista, quien, hara in (
            ("pedidos", "La comunidad", "solicita al MINSA un puesto de salud"),
            ("compromisos", "La Municipalidad de Nauta", "entregará dos bombas de agua"),
            ("tareas", "La secretaría técnica", "convocará a una reunión"),
        )
    }
    desarrollo = "\n".join(f"El señor {n} saludó a la mesa {relleno * 3}." for n in range(120))
    return {"desarrollo": desarrollo, **filas}


def test_un_acta_de_treinta_paginas_solo_revisa_y_pinta_la_fila_que_cambio(pagina: Page) -> None:
    clave, contenido = pagina.url.rsplit("/", 1)[1], _acta_larga()
    assert len(json.dumps(contenido, ensure_ascii=False)) > 90_000
    enviado = pagina.context.request.put(
        f"/api/redactar/{clave}", data={"version": 1, "contenido": contenido}
    )
    assert enviado.ok
    pagina.reload()
    _revisado(pagina)
    pedidos: list[list[str]] = []
    pagina.on(
        "request",
        lambda p: (
            p.url.endswith("/revisar")
            and pedidos.append([x["texto"] for x in json.loads(p.post_data)["parrafos"]])
        ),
    )
    pagina.evaluate(
        "window.tocadas = new Set(); new MutationObserver((cambios) => cambios.forEach((c) => "
        "window.tocadas.add(c.target.parentElement?.closest('.item')?.querySelector('.escritura')"
        "?.getAttribute('aria-label') ?? ''))).observe(document.querySelector('.hoja-de-trabajo'), "
        "{ subtree: true, childList: true, characterData: true })"
    )
    fila = pagina.get_by_role("textbox", name="Compromiso 40", exact=True)
    fila.click()
    pagina.keyboard.press("End")
    pagina.keyboard.type("a la brevedad posible.")
    _esperar(pagina, lambda: "a la brevedad posible" in _marcados(pagina, "aviso"))
    revisados = [texto for lote in pedidos for texto in lote]
    assert revisados
    assert {texto[:32] for texto in revisados} == {"La Municipalidad de Nauta 39 ent"}
    assert sum(map(len, revisados)) < 5 * len(revisados[-1])
    assert {t for t in pagina.evaluate("[...window.tocadas]") if t} == {"Compromiso 40"}
    _guardado(pagina)


def test_las_filas_se_agregan_parten_pegan_quitan_y_cambian_de_clase(pagina: Page) -> None:
    _agregar(pagina, "Uno dos")
    for _ in range(3):
        pagina.keyboard.press("ArrowLeft")
    pagina.keyboard.press("Enter")
    filas = pagina.locator('[data-lista="compromisos"] .escritura')
    expect(filas).to_have_text(["Uno", "dos"])
    pagina.keyboard.press("End")
    pagina.keyboard.press("Enter")
    pagina.evaluate(
        "document.execCommand('insertText', false, 'tres\\ncuatro <b>no es HTML</b>\\n\\ncinco')"
    )
    expect(filas).to_have_text(["Uno", "dos", "tres", "cuatro <b>no es HTML</b>", "cinco"])
    pagina.get_by_role("button", name="Quitar compromiso 2").click()
    expect(filas).to_have_text(["Uno", "tres", "cuatro <b>no es HTML</b>", "cinco"])
    pagina.get_by_label("Clase de compromiso 2").select_option("Pedido")
    expect(pagina.get_by_role("textbox", name="Pedido 1")).to_have_text("tres")
    expect(pagina.get_by_role("textbox", name="Pedido 1")).to_be_focused()
    expect(pagina.locator("#anuncio")).to_have_text("Pasó a Pedidos.")
    pagina.keyboard.press("Control+z")
    expect(filas).to_have_text(["Uno", "tres", "cuatro <b>no es HTML</b>", "cinco"])
    for _ in range(8):
        if filas.all_inner_texts() != ["Uno dos"]:
            pagina.keyboard.press("Control+z")
    expect(filas).to_have_text("Uno dos")


def test_lo_que_parece_de_otra_clase_se_dice_y_se_pasa(pagina: Page) -> None:
    _agregar(pagina, "La comunidad solicita al Ministerio de Salud un puesto de salud.")
    expect(pagina.locator(".parece")).to_contain_text("parece un pedido", timeout=180_000)
    pagina.get_by_role("button", name="Pasar a Pedidos").click()
    expect(pagina.get_by_role("textbox", name="Pedido 1")).to_be_focused()
    expect(pagina.locator(".parece")).to_have_count(0)


def test_un_compromiso_en_el_desarrollo_se_ofrece_pasar_a_su_lista(pagina: Page) -> None:
    desarrollo = pagina.get_by_role("textbox", name="Desarrollo")
    desarrollo.click()
    pagina.keyboard.type("El alcalde saludó a los presentes.")
    pagina.keyboard.press("Enter")
    pagina.keyboard.type("La Municipalidad de Nauta entregará dos bombas hasta el 30/06/2026.")
    copiar = pagina.get_by_role("button", name="Copiar a Compromisos")
    expect(copiar).to_be_visible(timeout=180_000)
    copiar.click()
    fila = pagina.get_by_role("textbox", name="Compromiso 1")
    expect(fila).to_have_text("La Municipalidad de Nauta entregará dos bombas hasta el 30/06/2026.")
    expect(copiar).to_have_count(0)


def test_lo_escrito_sobrevive_al_cierre_del_navegador(
    pagina: Page, contexto: BrowserContext
) -> None:
    _agregar(pagina, "La UGEL entregará 5 carpetas.")
    pagina.get_by_label("Título del acta").fill("Acta que no se pierde")
    _guardado(pagina)
    pagina.get_by_role("textbox", name="Agenda").click()
    pagina.keyboard.type("Última palabra")
    direccion = pagina.url
    pagina.close(run_before_unload=True)
    otra = contexto.new_page()
    otra.goto(direccion)
    expect(otra.get_by_role("textbox", name="Agenda")).to_have_text("Última palabra")
    expect(otra.get_by_role("textbox", name="Compromiso 1")).to_have_text(
        "La UGEL entregará 5 carpetas."
    )
    _guardado(otra)
    otra.goto("/redactar")
    expect(otra.get_by_role("link", name="Acta que no se pierde")).to_be_visible()


def test_se_sigue_escribiendo_sin_programa_y_se_guarda_cuando_vuelve(
    pagina: Page, programa: Any, contexto: BrowserContext
) -> None:
    _agregar(pagina, "Antes de la caída.")
    _guardado(pagina)
    programa.apagar()
    try:
        pagina.keyboard.type(" Durante la caída.")
        expect(pagina.locator("#guardado")).to_contain_text(
            "El programa no responde", timeout=20_000
        )
    finally:
        programa.encender()
    _guardado(pagina)
    otra = contexto.new_page()
    otra.goto(pagina.url)
    expect(otra.get_by_role("textbox", name="Compromiso 1")).to_have_text(
        "Antes de la caída. Durante la caída."
    )


def test_si_el_programa_cae_y_se_cierra_la_ventana_tampoco_se_pierde(
    pagina: Page, programa: Any, contexto: BrowserContext
) -> None:
    _agregar(pagina, "Antes.")
    _guardado(pagina)
    direccion = pagina.url
    programa.apagar()
    try:
        pagina.keyboard.type(" Y después.")
        expect(pagina.locator("#guardado")).to_contain_text(
            "El programa no responde", timeout=20_000
        )
        pagina.close(run_before_unload=True)
    finally:
        programa.encender()
    otra = contexto.new_page()
    otra.goto(direccion)
    expect(otra.get_by_role("textbox", name="Compromiso 1")).to_have_text("Antes. Y después.")
    _guardado(otra)


@pytest.mark.parametrize("mia", [True, False])
def test_dos_ventanas_que_chocan_eligen_con_que_version_seguir(
    pagina: Page, chromium: Browser, programa: Any, mia: bool
) -> None:
    _agregar(pagina, "Base.")
    _guardado(pagina)
    ajeno = chromium.new_context(base_url=programa.direccion)
    otra = ajeno.new_page()
    otra.goto(pagina.url)
    otra.get_by_role("textbox", name="Agenda").click()
    otra.keyboard.type("De la otra")
    _guardado(otra)
    pagina.keyboard.type(" Mío.")
    conflicto = pagina.locator("#conflicto")
    expect(conflicto).to_be_focused(timeout=20_000)
    expect(conflicto).to_contain_text("Lo suyo sigue en esta página")
    pagina.get_by_text("Ver la otra versión").click()
    expect(pagina.locator("#conflicto-otra")).to_contain_text("De la otra")
    boton = "Quedarme con la mía" if mia else "Usar la otra"
    pagina.get_by_role("button", name=boton).click()
    expect(conflicto).to_be_hidden()
    _guardado(pagina)
    fila, agenda = (pagina.get_by_role("textbox", name=n) for n in ("Compromiso 1", "Agenda"))
    expect(fila).to_have_text("Base. Mío." if mia else "Base.")
    expect(agenda).to_have_text("" if mia else "De la otra")
    if not mia:
        pagina.keyboard.press("Control+z")
        expect(fila).to_have_text("Base. Mío.")
        _guardado(pagina)
    ajeno.close()


def test_el_word_se_descarga_con_lo_ultimo_escrito(pagina: Page, tmp_path: Path) -> None:
    _agregar(pagina, "La UGEL entregará 5 carpetas hasta el 30/06/2026.")
    with pagina.expect_download() as descarga:
        pagina.get_by_role("link", name="Descargar Word").click()
    descarga.value.save_as(tmp_path / "acta.docx")
    cuadro = docx.Document(str(tmp_path / "acta.docx")).tables[0]
    assert cuadro.cell(1, 1).text == "La UGEL entregará 5 carpetas hasta el 30/06/2026."


def test_en_un_telefono_todo_cabe_a_lo_ancho(pagina: Page) -> None:
    pagina.set_viewport_size({"width": 390, "height": 844})
    _agregar(pagina, f"{DEBIL} {'palabralarguisima' * 8}")
    _revisado(pagina)
    assert pagina.evaluate("document.documentElement.scrollWidth") == 390


def test_sin_marcas_hay_cajas_de_texto_y_la_misma_revision(pagina: Page) -> None:
    pagina.goto(f"{pagina.url}?sencillo")
    _agregar(pagina, DEBIL)
    fila = pagina.get_by_role("textbox", name="Compromiso 1")
    assert fila.evaluate("e => e.nodeName") == "TEXTAREA"
    _revisado(pagina)
    while "brevedad" not in fila.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)"):
        pagina.keyboard.press("F8")
    pagina.keyboard.press("Alt+Enter")
    expect(fila).to_have_value(DEBIL.replace("a la brevedad posible", "hasta el [DD/MM/AAAA]"))
    pagina.keyboard.press("Control+z")
    expect(fila).to_have_value(DEBIL)
    _guardado(pagina)
