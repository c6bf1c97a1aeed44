"""El camino entero en un Chromium de verdad: enviar, decidir, registrar y descargar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from comun_matrices import ANEXO_2
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.navegador

COMPROMISO = (
    "La Municipalidad Distrital de Nauta entregará dos bombas de agua a la comunidad de San "
    "Hilario hasta el 30 de junio de 2026, con cargo a su presupuesto institucional."
)
OTRO_COMPROMISO = "El Ministerio de Salud entregará 5 botiquines a Nauta hasta el 31/08/2026."
PEDIDO = "La comunidad solicita al Ministerio de Salud la construcción de un puesto de salud."
EDITADO = "El Ministerio de Salud entregará 5 botiquines al puesto de salud de Nauta."

LECTURA = 180_000
"""Milisegundos que se espera una lectura; la primera carga los modelos."""


def _vigilar(pagina: Page) -> list[str]:
    """Anota todo error de la página: excepciones, consola y política de contenido."""
    errores: list[str] = []
    pagina.on("pageerror", lambda error: errores.append(str(error)))
    pagina.on("console", lambda m: m.type in {"error", "warning"} and errores.append(m.text))
    return errores


def _tarjeta(pagina: Page, texto: str) -> str:
    """Devuelve el selector de la tarjeta que contiene ese texto."""
    return f"#{pagina.locator('article', has_text=texto).get_attribute('id')}"


def _enviar(pagina: Page, archivo: Path, quien: str = "María Quispe, SSGC") -> None:
    pagina.goto("/")
    pagina.get_by_label("Archivos del acta").set_input_files(archivo)
    pagina.get_by_label("Quién registra", exact=True).fill(quien)
    pagina.get_by_role("button", name="Enviar", exact=True).click()
    pagina.get_by_role("heading", name="Ítems", exact=True).wait_for(timeout=LECTURA)


def test_el_camino_entero_de_un_acta_al_anexo_2(
    contexto: BrowserContext, hacer_docx: Callable[..., bytes], tmp_path: Path
) -> None:
    archivo = tmp_path / "acta de prueba.docx"
    archivo.write_bytes(hacer_docx(COMPROMISO, OTRO_COMPROMISO, PEDIDO))
    pagina = contexto.new_page()
    errores = _vigilar(pagina)
    _enviar(pagina, archivo)
    expect(pagina.get_by_text("Faltan 3 por decidir")).to_be_visible()

    aceptada = _tarjeta(pagina, "dos bombas")
    pagina.locator(aceptada).get_by_label("Clase").select_option("compromiso")
    pagina.locator(aceptada).get_by_role("button", name="Aceptar").click()
    estado = pagina.locator(aceptada).get_by_role("status")
    expect(estado).to_contain_text("Quedó en el registro como compromiso.")
    expect(pagina.locator(aceptada)).to_be_focused()
    expect(pagina.locator(aceptada)).to_contain_text("María Quispe, SSGC")

    editada = _tarjeta(pagina, "botiquines")
    pagina.locator(editada).get_by_role("link", name="Editar").click()
    expect(pagina.get_by_role("blockquote").first).to_have_text(OTRO_COMPROMISO)
    pagina.get_by_label("Denominación").fill("")
    pagina.get_by_label("Clase").select_option("compromiso")
    pagina.get_by_role("button", name="Guardar y registrar").click()
    expect(pagina.get_by_role("alert")).to_be_focused()
    pagina.get_by_role("link", name="El campo «Denominación» está vacío.").click()
    expect(pagina.get_by_label("Denominación")).to_be_focused()
    pagina.get_by_label("Denominación").fill(EDITADO)
    pagina.get_by_label("Código del caso").fill("CASO-9")
    pagina.get_by_role("button", name="Guardar y registrar").click()
    expect(pagina.locator(editada).get_by_role("status")).to_be_visible()

    rechazada = _tarjeta(pagina, "puesto de salud")
    assert rechazada not in {aceptada, editada}
    pagina.locator(rechazada).locator("summary", has_text="Rechazar").click()
    pagina.locator(rechazada).get_by_label("¿Por qué lo rechaza?").fill("Repite otro ítem")
    pagina.locator(rechazada).get_by_role("button", name="Rechazar el ítem").click()
    expect(pagina.locator(rechazada)).to_contain_text("no entra al registro")
    expect(pagina.get_by_text("Todo decidido.")).to_be_visible()

    pagina.get_by_role("link", name="Ver lo registrado").first.click()
    filas = pagina.locator("table.registro tbody tr")
    expect(filas).to_have_count(2)
    expect(filas.nth(0)).to_contain_text("dos bombas")
    expect(filas.nth(1)).to_contain_text(EDITADO)

    with pagina.expect_download() as descarga:
        pagina.get_by_role("link", name="Excel del Anexo 2").click()
    assert descarga.value.suggested_filename == "anexo-2.xlsx"
    descarga.value.save_as(tmp_path / "anexo.xlsx")
    libro = openpyxl.load_workbook(tmp_path / "anexo.xlsx")
    columnas, *registros = list(libro["Anexo 2"].values)
    assert list(columnas) == ANEXO_2
    primero, segundo = (dict(zip(columnas, fila, strict=True)) for fila in registros)
    assert primero["DESCRIPCIÓN DEL COMPROMISO"] == COMPROMISO
    assert primero["RESPONSABLE"] == "Municipalidad Distrital de Nauta"
    assert primero["NIVEL DE GOBIERNO RESPONSABLE"] == "Local"
    assert f"{primero['FECHA DEL ACTA']:%d/%m/%Y}" == "14/05/2026"
    assert segundo["DESCRIPCIÓN DEL COMPROMISO"] == EDITADO
    assert segundo["CÓDIGO DEL CASO"] == "CASO-9"
    assert segundo["ESTADO ACTUAL DEL COMPROMISO"] == "Por iniciar"
    assert [e for e in errores if "status of 422" not in e] == []


def test_sin_javascript_se_puede_enviar_aceptar_y_ver_el_registro(
    chromium: Browser, programa: Any, hacer_docx: Callable[..., bytes], tmp_path: Path
) -> None:
    archivo = tmp_path / "sin guiones.docx"
    archivo.write_bytes(hacer_docx(COMPROMISO, marca="sin JavaScript"))
    contexto = chromium.new_context(base_url=programa.direccion, java_script_enabled=False)
    pagina = contexto.new_page()
    _enviar(pagina, archivo, "Oficina sin guiones")
    tarjeta = _tarjeta(pagina, "dos bombas")
    pagina.locator(tarjeta).get_by_label("Clase").select_option("compromiso")
    pagina.locator(tarjeta).get_by_role("button", name="Aceptar").click()
    expect(pagina.locator(tarjeta)).to_contain_text("Quedó en el registro como compromiso.")
    pagina.get_by_role("link", name="Ver lo registrado").first.click()
    expect(pagina.locator("table.registro tbody tr")).to_have_count(1)
    contexto.close()


def test_todo_se_alcanza_con_el_teclado_y_los_atajos_se_apagan(
    contexto: BrowserContext, hacer_docx: Callable[..., bytes], tmp_path: Path
) -> None:
    archivo = tmp_path / "teclado.docx"
    archivo.write_bytes(hacer_docx(COMPROMISO, OTRO_COMPROMISO, marca="teclado"))
    pagina = contexto.new_page()
    errores = _vigilar(pagina)
    _enviar(pagina, archivo)
    pagina.keyboard.press("Tab")
    expect(pagina.get_by_role("link", name="Ir al contenido")).to_be_focused()

    primera, segunda = _tarjeta(pagina, "dos bombas"), _tarjeta(pagina, "botiquines")
    pagina.keyboard.press("j")
    expect(pagina.locator(primera)).to_be_focused()
    pagina.keyboard.press("j")
    expect(pagina.locator(segunda)).to_be_focused()
    expect(pagina.locator(f"mark[data-de={segunda[1:]}]")).to_have_class("clase-compromiso actual")
    pagina.keyboard.press("r")
    motivo = pagina.locator(segunda).get_by_label("¿Por qué lo rechaza?")
    expect(motivo).to_be_focused()
    pagina.keyboard.type("jkaer")
    expect(motivo).to_have_value("jkaer")

    pagina.locator("summary", has_text="Atajos de teclado").click()
    pagina.get_by_label("Usar los atajos").uncheck()
    pagina.locator(primera).focus()
    pagina.keyboard.press("j")
    expect(pagina.locator(primera)).to_be_focused()
    pagina.get_by_label("Usar los atajos").check()
    pagina.locator(primera).get_by_label("Clase").select_option("compromiso")
    pagina.locator(primera).focus()
    pagina.keyboard.press("a")
    expect(pagina.locator(primera).get_by_role("status")).to_contain_text("Quedó en el registro")
    assert not errores


def test_un_archivo_demasiado_grande_se_avisa_antes_de_enviarlo(
    contexto: BrowserContext, tmp_path: Path
) -> None:
    enorme = tmp_path / "enorme.pdf"
    with enorme.open("wb") as archivo:
        archivo.truncate(51 * 1024 * 1024)
    pagina = contexto.new_page()
    pagina.goto("/")
    pagina.get_by_label("Archivos del acta").set_input_files(enorme)
    expect(pagina.get_by_role("alert")).to_contain_text("«enorme.pdf»: pasa de 50 MB")


def test_lo_hostil_no_corre_en_el_navegador(
    contexto: BrowserContext, hacer_docx: Callable[..., bytes], tmp_path: Path
) -> None:
    guion = "<img src=x onerror=\"document.title='hackeado'\"><script>alert(1)</script>"
    archivo = tmp_path / "acta <img src=x onerror=alert(1)>.docx"
    archivo.write_bytes(hacer_docx(f"La empresa {guion} entregará 3 equipos el 30/06/2026."))
    pagina = contexto.new_page()
    errores = _vigilar(pagina)
    pagina.on("dialog", lambda dialogo: errores.append(dialogo.message))
    _enviar(pagina, archivo)
    expect(pagina.locator(".hoja")).to_contain_text("onerror=")
    pagina.goto("/")
    expect(pagina.get_by_text("acta <img src=x onerror=alert(1)>.docx")).to_be_visible()
    assert pagina.title() == "Inicio – Actas"
    assert not errores


@pytest.mark.parametrize("ancho", [390, 1280])
def test_ninguna_pagina_se_desborda_a_lo_ancho(
    contexto: BrowserContext, ejemplos: Path, ancho: int
) -> None:
    pagina = contexto.new_page()
    pagina.set_viewport_size({"width": ancho, "height": 844})
    _enviar(pagina, ejemplos / "acta-11-chumbivilcas-matriz.pdf")
    acta = pagina.url.split("?")[0]
    item = pagina.locator("[data-editar]").first.get_attribute("href")
    rutas = ["/", acta, f"{acta}?vista=paginas", item, "/registro", "/reglas", "/ayuda", "/quien"]
    for ruta in rutas:
        pagina.goto(str(ruta))
        largo = pagina.evaluate("document.documentElement.scrollWidth")
        assert largo <= ancho, ruta
