"""Cuánto tarda el editor en un Chromium de verdad: de la tecla al subrayado y de la tecla al trazo.

`make medir` lo llama. Mide un acta corta y una de treinta páginas, con oraciones distintas para que
ninguna respuesta salga de la memoria. Meta del proyecto: subrayado a los 150 ms de la pausa. Sin
Playwright o sin Chromium lo dice y termina.
"""

from __future__ import annotations

import re
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from api.ajustes import Ajustes
from api.app import crear_app
from api.atendiendo import atendiendo

if TYPE_CHECKING:
    from playwright.sync_api import Page

VECES: Final = 30
REVISION: Final = Path(__file__).parents[1] / "api" / "estaticos" / "redactar" / "revision.js"
RELLENO: Final = "con la participación de las autoridades comunales y de los técnicos de la zona "
ORACION: Final = "El Ministerio de Salud apoyará a las {} familias a la brevedad posible"
VAGO: Final = "a la brevedad posible"

CRONOMETRO: Final = """
() => {
  window.medidas = [];
  const vivas = () => [...CSS.highlights.get('acta-aviso')].some((r) => r.toString() === VAGO
    && r.startContainer.parentElement?.getAttribute('aria-label') === 'Compromiso 1');
  document.addEventListener('input', (evento) => {
    const inicio = performance.now();
    requestAnimationFrame(() => setTimeout(() => {
      window.trazo = performance.now() - inicio;
    }));
    if (evento.data !== '.') return;
    const mirar = () => {
      if (vivas()) window.medidas.push([performance.now() - inicio, window.trazo]);
      else setTimeout(mirar, 2);
    };
    setTimeout(mirar);
  }, true);
}
""".replace("VAGO", repr(VAGO))


def pausa() -> int:
    """Devuelve los milisegundos sin escribir tras los que el editor pide la revisión."""
    [valor] = re.findall(r"^const PAUSA = (\d+);", REVISION.read_text(encoding="utf-8"), re.M)
    return int(valor)


def acta_larga() -> dict[str, Any]:
    """Devuelve 240 filas y 120 párrafos de desarrollo: más de 90 000 letras."""
    partes = (
        ("pedidos", "La comunidad {} solicita al MINSA un puesto de salud "),
        ("compromisos", "La Municipalidad de Nauta {} entregará dos bombas de agua "),
        ("tareas", "La secretaría técnica {} convocará a una reunión "),
    )
    listas: dict[str, Any] = {
        lista: [
            {"id": f"{lista}{n}", "texto": inicio.format(n) + 2 * RELLENO + "el 30/06/2026."}
            for n in range(80)
        ]
        for lista, inicio in partes
    }
    parrafos = (f"El señor {n} saludó a la mesa {3 * RELLENO}." for n in range(120))
    return {"desarrollo": "\n".join(parrafos), **listas}


def medir(pagina: Page, contenido: dict[str, Any]) -> list[tuple[float, float]]:
    """Escribe en la primera fila; devuelve, por vez, los ms hasta el subrayado y hasta el trazo."""
    pagina.goto("/redactar")
    pagina.get_by_role("button", name="Empezar un acta").click()
    pagina.wait_for_url("**/redactar/*")
    clave = pagina.url.rsplit("/", 1)[1]
    datos = {"version": 1, "contenido": contenido}
    if not pagina.context.request.put(f"/api/redactar/{clave}", data=datos).ok:
        raise SystemExit("no se pudo guardar el acta de la medida")
    pagina.reload()
    _esperar(pagina, "document.querySelector('#cuentas').textContent.includes('consejo')")
    pagina.evaluate(CRONOMETRO)
    fila = pagina.get_by_role("textbox", name="Compromiso 1", exact=True)
    for vez in range(VECES):
        fila.click()
        pagina.keyboard.press("Control+a")
        pagina.keyboard.type(ORACION.format(100 + vez), delay=5)
        pagina.keyboard.type(".")
        _esperar(pagina, f"window.medidas.length > {vez}")
    return [(subrayado, trazo) for subrayado, trazo in pagina.evaluate("window.medidas")]


def _esperar(pagina: Page, condicion: str, segundos: float = 180.0) -> None:
    limite = time.monotonic() + segundos
    while not pagina.evaluate(condicion):
        if time.monotonic() > limite:
            raise SystemExit(f"no se cumplió en {segundos:.0f} s: {condicion}")
        pagina.wait_for_timeout(20)


def main() -> None:
    """Atiende en un puerto libre, mide las dos actas e informa."""
    ejecutable = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        ejecutable = None
    if ejecutable is None:
        print("el editor no se mide: hacen falta Playwright y un Chromium (make test)")
        return
    with tempfile.TemporaryDirectory() as carpeta:
        app = crear_app(Ajustes(carpeta=Path(carpeta)))
        with atendiendo(app) as puerto, sync_playwright() as playwright:
            navegador = playwright.chromium.launch(
                executable_path=ejecutable, args=["--no-sandbox"]
            )
            pagina = navegador.new_page(base_url=f"http://127.0.0.1:{puerto}", locale="es-PE")
            corta = {"compromisos": [{"id": "a", "texto": "La UGEL entregará 5 carpetas."}]}
            for nombre, contenido in (("corta", corta), ("de 30 páginas", acta_larga())):
                print(_informe(nombre, medir(pagina, contenido)))
            navegador.close()


def _informe(nombre: str, medidas: list[tuple[float, float]]) -> str:
    subrayados = [subrayado - pausa() for subrayado, _ in medidas]
    trazos = [trazo for _, trazo in medidas]
    return (
        f"editor, acta {nombre}, {len(medidas)} veces: tecla → subrayado, tras la pausa de "
        f"{pausa()} ms, p50 {_corte(subrayados, 50):.0f} ms · p95 {_corte(subrayados, 95):.0f} ms; "
        f"tecla → trazo p50 {_corte(trazos, 50):.0f} ms · p95 {_corte(trazos, 95):.0f} ms"
    )


def _corte(tiempos: list[float], porcentaje: int) -> float:
    return statistics.quantiles(tiempos, n=100, method="inclusive")[porcentaje - 1]


if __name__ == "__main__":
    main()
