"""Lo hostil frente a las páginas: texto, otros sitios, otros anfitriones; y el DNI en parte."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from lineamientos.juego import cargar_reglas


@pytest.mark.parametrize("volver", ["https://malo.example/", "//malo.example", "/\\malo.example"])
def test_volver_solo_lleva_a_esta_aplicacion(ana: Any, volver: str) -> None:
    assert ana.publicar("/quien", quien="Ana", volver=volver).headers["location"] == "/"


GUION = "<script>alert('x')</script>"


def test_lo_hostil_en_el_nombre_y_en_el_texto_se_ve_como_texto(
    ana: Any, hacer_docx: Callable[..., bytes]
) -> None:
    texto = f"La empresa {GUION} entregará 3 equipos \u202eocof\u202c hasta el 30 de junio de 2026."
    nombre = '"><img src=x onerror=alert(1)>\u202efdp.docx'
    acta = ana.leida(hacer_docx(texto, titulo=f"ACTA {GUION}"), nombre)
    item = ana.item(acta, "3 equipos")
    paginas = ["/", f"/actas/{acta}", f"{item['ruta']}/editar", "/quien?volver=/%22onload=x"]
    ana.publicar(f"{item['ruta']}/decidir", que="aceptar", clase="compromiso", version="0")
    (fila,) = ana.http.get("/api/v1/registro", params={"acta": acta}).json()["filas"]
    paginas += [f"/registro?acta={acta}", f"/registro/{fila['id']}", f"/actas/{acta}?mostrar=otro"]
    for ruta in paginas:
        html = ana.http.get(ruta).text
        assert GUION not in html, ruta
        assert "<img src=x" not in html, ruta
        assert '"onload' not in html, ruta
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", html), ruta
    assert "�ocof�" in ana.http.get(f"/actas/{acta}").text
    cabecera = ana.http.get(f"/actas/{acta}/original").headers["content-disposition"]
    assert cabecera.startswith("attachment; filename*=utf-8''")
    assert cabecera.isascii()


def test_ninguna_pagina_trae_guiones_ni_estilos_dentro(ana: Any, acta: int) -> None:
    item = ana.item(acta, "dos bombas")
    regla = f"/reglas/{cargar_reglas()[0].codigo}" if cargar_reglas() else "/reglas"
    rutas = ["/", f"/actas/{acta}", f"{item['ruta']}/editar", "/registro", "/reglas", regla]
    for ruta in [*rutas, "/ayuda", "/quien", "/no-existe"]:
        respuesta = ana.http.get(ruta)
        html = respuesta.text
        assert "<style" not in html
        assert not re.search(r"<script(?![^>]* src=)", html)
        assert not re.search(r"<[^>]+\s(style|on\w+)=", html)
        politica = respuesta.headers["content-security-policy"]
        assert "default-src 'self'" in politica
        assert "frame-ancestors 'none'" in politica
        assert "unsafe" not in politica
        assert respuesta.headers["x-content-type-options"] == "nosniff"
        assert respuesta.headers["referrer-policy"] == "same-origin"


def test_un_formulario_sin_su_ficha_no_cambia_nada(
    ana: Any, acta: int, compromiso: dict[str, Any]
) -> None:
    for ficha in ("", "inventada"):
        respuesta = ana.http.post(
            f"{compromiso['ruta']}/decidir", data={"que": "aceptar", "version": 0, "ficha": ficha}
        )
        assert respuesta.status_code == 403
        assert "no se guardó nada" in respuesta.text
    assert ana.item(acta, "dos bombas")["decision"] is None


@pytest.mark.parametrize(
    "cabeceras",
    [
        {"origin": "https://malo.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_otro_sitio_no_puede_enviar_ni_decidir(ana: Any, cabeceras: dict[str, str]) -> None:
    antes = ana.http.get("/api/v1/actas").json()
    for ruta in ("/actas", "/api/v1/actas", "/quien"):
        datos = {"quien": "Ana", "ficha": ana.ficha}
        archivo = {"archivo": ("a.txt", b"ACTA")}
        respuesta = ana.http.post(ruta, data=datos, files=archivo, headers=cabeceras)
        assert respuesta.status_code == 403
    assert ana.http.get("/api/v1/actas").json() == antes


@pytest.mark.parametrize("anfitrion", ["malo.example", "127.0.0.1.malo.example", "10.0.0.7", ""])
def test_solo_atiende_por_los_nombres_de_los_ajustes(ana: Any, anfitrion: str) -> None:
    respuesta = ana.http.get("/", headers={"host": anfitrion})
    assert respuesta.status_code == 421
    assert "ACTAS_ANFITRIONES" in respuesta.text


def test_el_dni_se_ve_en_parte_fuera_de_los_items(
    ana: Any, hacer_docx: Callable[..., bytes]
) -> None:
    acta = ana.leida(hacer_docx(marca="Rosa Inventada, DNI 00001234"))
    html = ana.http.get(f"/actas/{acta}").text
    assert "DNI ****1234" in html
    assert "00001234" not in html
