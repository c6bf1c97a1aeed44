"""Las páginas que solo se miran: errores, reglas, páginas de un PDF y colores."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.presentacion import CARPETA
from lineamientos.juego import cargar_reglas


@pytest.mark.parametrize(
    ("ruta", "codigo", "mensaje"),
    [
        ("/no-existe", 404, "Revise la dirección"),
        ("/actas/999999", 404, "No hay un acta con el número 999999"),
        ("/actas/99999999999999999999", 404, "No hay un acta"),
        ("/actas/siete", 404, "Revise la dirección"),
        ("/actas/1/items/i999/editar", 404, "no tiene el ítem «i999»"),
        ("/actas/1/paginas/1.png", 404, "no tiene imagen de la página 1"),
        ("/registro/compromiso-999", 404, "Búsquelo en la tabla"),
        ("/registro/otro-1", 404, "Búsquelo en la tabla"),
        ("/registro?pagina=x", 422, "Empiece desde la primera página"),
        ("/registro?clase=nada", 422, "Use uno de estos"),
        ("/reglas/ZZ9", 404, "No hay ninguna regla «ZZ9»"),
        ("/quien", 200, "Quién registra"),
        ("/ayuda", 200, "Qué significa cada clase"),
    ],
)
def test_cada_pagina_y_cada_error_se_explican_en_castellano(
    ana: Any, acta: int, ruta: str, codigo: int, mensaje: str
) -> None:
    respuesta = ana.http.get(ruta)
    assert respuesta.status_code == codigo
    assert mensaje in respuesta.text
    assert 'lang="es-PE"' in respuesta.text


def test_un_metodo_que_no_toca_da_405_con_su_lista(ana: Any) -> None:
    respuesta = ana.http.delete("/registro")
    assert respuesta.status_code == 405
    assert respuesta.headers["allow"]
    assert "Eso no se puede hacer aquí" in respuesta.text


def test_cada_regla_tiene_su_pagina_con_la_advertencia(ana: Any) -> None:
    lista = ana.http.get("/reglas").text
    for regla in cargar_reglas():
        assert f'href="/reglas/{regla.codigo}"' in lista
        pagina = ana.http.get(f"/reglas/{regla.codigo}")
        assert pagina.status_code == 200
        assert "pendiente de cotejo con el Anexo 8" in pagina.text


def test_las_paginas_de_un_pdf_se_ven_con_las_cajas_de_sus_items(ana: Any, ejemplos: Path) -> None:
    acta = ana.leida((ejemplos / "acta-09-quiruvilca-mesa.pdf").read_bytes(), "acta.pdf")
    html = ana.http.get(f"/actas/{acta}", params={"vista": "paginas"}).text
    assert html.count('<figure class="pagina">') == 3
    assert re.search(r'<rect x="[\d.]+" y="[\d.]+" width="[\d.]+" height="[\d.]+"', html)
    png = ana.http.get(f"/actas/{acta}/paginas/3.png")
    assert png.headers["content-type"] == "image/png"
    assert png.content.startswith(b"\x89PNG")
    assert ana.http.get(f"/actas/{acta}/paginas/4.png").status_code == 404


def test_un_acta_sin_nada_que_registrar_lo_dice(ana: Any) -> None:
    acta = ana.leida("Buenos días.".encode(), "nota.txt")
    html = ana.http.get(f"/actas/{acta}").text
    assert "No se halló ningún pedido, compromiso ni tarea" in html


def _luz(color: str) -> float:
    canales = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lineales = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in canales]
    return sum(p * c for p, c in zip((0.2126, 0.7152, 0.0722), lineales, strict=True))


def _contraste(uno: str, otro: str) -> float:
    claro, oscuro = sorted((_luz(uno), _luz(otro)), reverse=True)
    return (claro + 0.05) / (oscuro + 0.05)


def test_los_colores_de_texto_contrastan_con_sus_fondos() -> None:
    css = (CARPETA / "estaticos" / "actas.css").read_text(encoding="utf-8")
    color = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))
    fondos = {nombre.removesuffix("-fondo") for nombre in color if nombre.endswith("-fondo")}
    pares = [(nombre, f"{nombre}-fondo") for nombre in fondos]
    pares += [("tinta", f"{nombre}-fondo") for nombre in fondos]
    pares += [(t, f) for t in ("tinta", "suave", "enlace", "falta") for f in ("papel", "fondo")]
    pares += [("papel", f) for f in ("marca", "boton", "boton-fuerte", "peligro", *fondos)]
    pares += [("suave", "consejo-fondo"), ("suave", "aviso-fondo")]
    assert len(fondos) == 8
    bajos = [p for p in pares if _contraste(color[p[0]], color[p[1]]) < 4.5]
    assert not bajos
    assert _contraste(color["borde"], color["papel"]) >= 3
    assert _contraste(color["tinta"], color["foco"]) >= 3


def test_la_pagina_de_una_regla_no_muestra_llaves_sin_llenar(http: TestClient) -> None:
    pagina = http.get("/reglas/T03").text
    assert "{texto}" not in pagina
    assert "[calendario]" in pagina
