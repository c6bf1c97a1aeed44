"""Cada página, revisada con axe-core en un Chromium de verdad, en escritorio y en teléfono."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.navegador

LECTURA = 180_000
"""Milisegundos que se espera una lectura o la primera revisión; cargan los modelos."""

MATRIZ = (
    "FECHA DEL ACTA,TIPO DE COMPROMISO,DESCRIPCIÓN DEL COMPROMISO,RESPONSABLE,ESTADO ACTUAL\n"
    "14/05/2026,Actividad,Entregará dos equipos de bombeo,Minera Aurora,Por iniciar\n"
)
HOY = datetime.now(UTC).date()
HECHOS: dict[str, dict[str, str]] = {
    "avance": {"version": "1", "avance": "Se convocó la compra."},
    "hito": {"nombre": "Buena pro", "fecha_prevista": (HOY - timedelta(days=2)).isoformat()},
    "requerimiento": {
        "entidad": "Minera Aurora",
        "documento": "Carta 7",
        "enviado": (HOY - timedelta(days=40)).isoformat(),
        "dias": "5",
        "unidad": "habiles",
    },
    "variacion": {"denominacion": "Entregará tres equipos", "razon": "Consta en el acta."},
}
FAMILIAS = {
    "/",
    "/quien",
    "/ayuda",
    "/reglas",
    "/reglas/N",
    "/redactar",
    "/redactar/N",
    "/registro",
    "/registro/compromiso-N",
    "/registro/compromiso-N/avance",
    "/registro/compromiso-N/estado",
    "/registro/compromiso-N/evidencia",
    "/registro/compromiso-N/hito",
    "/registro/compromiso-N/requerimiento",
    "/registro/compromiso-N/variacion",
    "/reuniones",
    "/seguimiento",
    "/seguimiento/hitos/N",
    "/seguimiento/requerimientos/N",
    "/seguimiento/variaciones/N",
    "/espacios",
    "/espacios/N",
    "/actas/N",
    "/actas/N?vista=paginas",
    "/actas/N/versiones",
    "/actas/N/items/N/editar",
    "/actas/N/items/N/rectificar",
}
"""Páginas que el recorrido tiene que encontrar por sus enlaces; si encuentra más, también pasan."""

BORRADOR = {
    "datos": {"titulo": "Mesa de Nauta", "fecha": "2026-05-14", "lugar": "Nauta, Loreto"},
    "desarrollo": "La Municipalidad de Nauta entregará dos bombas hasta el 30/06/2026.",
    "pedidos": [{"id": "p", "texto": "La comunidad solicita al MINSA un puesto de salud."}],
    "compromisos": [
        {"id": "a", "texto": "El MINSA apoyará a la comunidad a la brevedad posible."},
        {"id": "b", "texto": "Se realizará el mantenimiento de la trocha en 30 días."},
        {"id": "c", "texto": "La comunidad solicita al Ministerio de Salud un puesto de salud."},
    ],
    "tareas": [{"id": "t", "texto": "La secretaría convocará a una reunión."}],
}


def _familia(direccion: str) -> str:
    """Devuelve la clase de página: cambia lo que es número o código por una N."""
    partes = urlsplit(direccion)
    ruta = re.sub(r"(?<=/reglas/)\w+", "N", re.sub(r"\d+", "N", partes.path))
    ruta = re.sub(r"(?<=/redactar/)[\w-]+$", "N", re.sub(r"(?<=/items/)[^/]+", "N", ruta))
    vista = dict(parse_qsl(partes.query)).get("vista", "texto")
    return ruta if vista == "texto" else f"{ruta}?vista={vista}"


@pytest.fixture(scope="module")
def poblada(chromium: Any, programa: Any) -> Iterator[Callable[[], BrowserContext]]:
    """Da cómo abrir un navegador en la aplicación, con algo de cada cosa por ver."""
    contexto = chromium.new_context(base_url=programa.direccion, locale="es-PE")
    pagina = contexto.new_page()
    pagina.goto("/ayuda")

    def publicar(ruta: str, **datos: str) -> str:
        ficha = next(c["value"] for c in contexto.cookies() if c["name"] == "actas_ficha")
        respuesta = contexto.request.post(ruta, form={"ficha": ficha, **datos}, max_redirects=0)
        assert respuesta.status == 303, f"{ruta}: {respuesta.text()}"
        return str(respuesta.headers["location"])

    publicar("/quien", quien="Carmen Quispe, SSGC", volver="/")
    publicar("/redactar")
    programa.importar(MATRIZ.encode())
    for accion, datos in HECHOS.items():
        publicar(f"/registro/compromiso-1/{accion}", oficina="ssgd", **datos)
    espacio = publicar("/espacios", oficina="ssgc", nombre="Mesa de Nauta", tipo="mesa_tecnica")
    publicar(espacio, oficina="ssgc", que="acta", acta="1")
    yield lambda: chromium.new_context(
        base_url=programa.direccion, locale="es-PE", storage_state=contexto.storage_state()
    )
    contexto.close()


def _violaciones(pagina: Page) -> list[str]:
    """Abre lo plegado y devuelve lo que axe halla, con su lugar."""
    pagina.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    halladas = Axe().run(pagina).response["violations"]
    return [
        f"{_familia(pagina.url)} {v['impact']} {v['id']}: {nodo['target']} {nodo['html'][:160]}"
        for v in halladas
        for nodo in v["nodes"]
    ]


def _enlaces(pagina: Page) -> list[str]:
    guion = "es => es.filter((e) => !e.download).map((e) => e.getAttribute('href'))"
    hallados: list[str] = pagina.eval_on_selector_all("a[href]", guion)
    return [urljoin(pagina.url, enlace).split("#")[0] for enlace in hallados]


@pytest.mark.parametrize("ancho", [1280, 390])
def test_ninguna_pagina_tiene_barreras(
    poblada: Callable[[], BrowserContext], programa: Any, ejemplos: Path, ancho: int
) -> None:
    contexto = poblada()
    pagina = contexto.new_page()
    pagina.set_viewport_size({"width": ancho, "height": 900})
    pagina.goto("/")
    pagina.get_by_label("Archivos del acta").set_input_files(
        ejemplos / "acta-11-chumbivilcas-matriz.pdf"
    )
    pagina.get_by_role("button", name="Enviar", exact=True).click()
    pagina.get_by_role("heading", name="Ítems", exact=True).wait_for(timeout=LECTURA)
    vistas: set[str] = set()
    por_ver = [pagina.url, "/", "/redactar", "/no-existe"]
    halladas: list[str] = []
    while por_ver:
        direccion = urljoin(programa.direccion, por_ver.pop(0))
        ajena = not direccion.startswith(programa.direccion)
        if (
            ajena
            or _familia(direccion) in vistas
            or re.search(r"/original$|\.\w+$|/api/", direccion)
        ):
            continue
        vistas.add(_familia(direccion))
        pagina.goto(direccion)
        por_ver += _enlaces(pagina)
        halladas += _violaciones(pagina)
        desborda = pagina.evaluate("document.documentElement.scrollWidth")
        halladas += [f"{_familia(direccion)} se desborda: {desborda}"] if desborda > ancho else []
    contexto.close()
    assert (halladas, sorted(FAMILIAS - vistas)) == ([], [])


@pytest.mark.parametrize("ancho", [1280, 390])
@pytest.mark.parametrize("modo", ["", "?sencillo"])
def test_el_editor_con_hallazgos_no_tiene_barreras(
    poblada: Callable[[], BrowserContext], ancho: int, modo: str
) -> None:
    contexto = poblada()
    pagina = contexto.new_page()
    pagina.set_viewport_size({"width": ancho, "height": 900})
    pagina.goto("/redactar")
    pagina.get_by_role("button", name="Empezar un acta").click()
    pagina.wait_for_url("**/redactar/*")
    clave = pagina.url.rsplit("/", 1)[1]
    guardado = contexto.request.put(
        f"/api/redactar/{clave}", data={"version": 1, "contenido": BORRADOR}
    )
    assert guardado.ok
    pagina.goto(f"/redactar/{clave}{modo}")
    for visto in (".hallazgos", ".parece", ".redaccion", "[data-sugeridos=desarrollo]"):
        expect(pagina.locator(visto).first).to_be_visible(timeout=LECTURA)
    limite = time.monotonic() + 60
    while "consejo" not in pagina.locator("#cuentas").inner_text():
        assert time.monotonic() < limite
        pagina.wait_for_timeout(50)
    assert _violaciones(pagina) == []
    pagina.get_by_role("textbox", name="Compromiso 1").focus()
    pagina.keyboard.press("F8")
    assert _violaciones(pagina) == []
    contexto.close()
