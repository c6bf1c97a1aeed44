"""Enviar actas desde las páginas: lo que se recibe, lo que no y lo que no se puede leer."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from api.ajustes import Ajustes
from api.app import crear_app


def test_el_inicio_dice_que_hacer_a_quien_llega_por_primera_vez(tmp_path: Path) -> None:
    app = crear_app(Ajustes(carpeta=tmp_path, oficina="SSGC"))
    with TestClient(app, base_url="http://localhost") as nueva:
        html = nueva.get("/").text
    for paso in ("Envíe el acta", "Revise cada ítem", "Descargue las matrices"):
        assert paso in html
    assert "Todavía no hay actas. Elija un archivo" in html
    assert 'value="SSGC"' in html


def test_un_acta_enviada_se_lee_y_muestra_sus_items(
    ana: Any, hacer_docx: Callable[..., bytes]
) -> None:
    respuesta = ana.enviar(hacer_docx(marca="se lee"), "acta ñandú.docx")
    assert respuesta.status_code == 303
    ruta = respuesta.headers["location"]
    acta_id = int(ruta.rsplit("/", 1)[1])
    ana.esperar(acta_id)
    html = ana.http.get(ruta).text
    assert "14/05/2026" in html
    assert "Faltan <strong>1</strong> por decidir" in html
    marca = re.search(r'<mark class="clase-compromiso"[^>]*id="t-(p\d+)">(.*?)</mark>', html)
    assert marca
    assert "dos bombas de agua" in marca[2]
    assert f'href="#{marca[1]}">1 compromiso</a>' in marca[2]
    assert f'id="{marca[1]}"' in html
    assert "30/06/2026" in html
    assert "Municipalidad Distrital de Nauta" in html
    assert "Ana Ruiz" in ana.http.get("/").text


def test_mientras_se_lee_la_pagina_avanza_sola(tmp_path: Path) -> None:
    with TestClient(crear_app(Ajustes(carpeta=tmp_path)), base_url="http://127.0.0.1") as nueva:
        archivo = {"archivo": ("acta.txt", b"ACTA. El MINEM entregara el informe.")}
        ruta = nueva.post("/api/v1/actas", files=archivo, data={"quien": "Ana"}).headers["location"]
        html = nueva.get(ruta.removeprefix("/api/v1")).text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in html
    assert 'role="status"' in html


def test_enviar_dos_veces_lo_mismo_lo_dice(ana: Any, hacer_docx: Callable[..., bytes]) -> None:
    contenido = hacer_docx(marca="repetida")
    primera = ana.leida(contenido)
    segunda = ana.enviar(contenido, "otro nombre.docx")
    assert segunda.headers["location"] == f"/actas/{primera}?ya_estaba=1"
    assert "Este archivo ya se había recibido" in ana.http.get(segunda.headers["location"]).text


def test_varios_archivos_dicen_que_paso_con_cada_uno(
    ana: Any, hacer_docx: Callable[..., bytes]
) -> None:
    respuesta = ana.publicar(
        "/actas",
        [
            ("archivos", ("buena.docx", hacer_docx(marca="de varias"))),
            ("archivos", ("vacia.pdf", b"")),
        ],
        quien="Ana",
    )
    assert respuesta.status_code == 200
    html = " ".join(respuesta.text.split())
    assert "buena.docx</a>: recibido; se está leyendo." in html
    assert "vacia.pdf</strong>" in html
    assert "no se recibió.</span> El archivo no tiene contenido." in html


def _pdf_cifrado() -> bytes:
    salida = io.BytesIO()
    lienzo = Canvas(salida, encrypt=StandardEncryption("clave", "otra"))
    lienzo.drawString(72, 720, "ACTA")
    lienzo.save()
    return salida.getvalue()


@pytest.mark.parametrize(
    ("contenido", "mensaje"),
    [
        pytest.param(b"MZ\x90\x00" + bytes(300), "Es un programa, no un acta", id="programa"),
        pytest.param(_pdf_cifrado(), "protegido con contraseña", id="cifrado"),
        pytest.param(b"%PDF-1.7\n%%EOF", "incompleto o dañado", id="danado"),
    ],
)
def test_lo_que_no_se_puede_leer_dice_por_que_y_deja_bajar_el_original(
    ana: Any, contenido: bytes, mensaje: str
) -> None:
    acta = ana.leida(contenido, "acta.pdf")
    html = ana.http.get(f"/actas/{acta}").text
    assert "Este archivo no se pudo leer" in html
    assert mensaje in html
    original = ana.http.get(f"/actas/{acta}/original")
    assert original.content == contenido
    assert original.headers["content-disposition"] == 'attachment; filename="acta.pdf"'


def _restos(carpeta: Path) -> set[Path]:
    return {p for p in (carpeta / "originales").rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    ("contenido", "codigo", "mensaje"),
    [
        pytest.param(b"", 422, "El archivo no tiene contenido.", id="vacio"),
        pytest.param(bytes(51 * 1024 * 1024), 413, "pasa de 50 MB", id="enorme"),
    ],
)
def test_lo_que_no_se_recibe_no_deja_nada_a_medias(
    ana: Any, carpeta: Path, contenido: bytes, codigo: int, mensaje: str
) -> None:
    actas, restos = ana.http.get("/api/v1/actas").json()["filas"], _restos(carpeta)
    respuesta = ana.enviar(contenido, "acta.pdf")
    assert respuesta.status_code == codigo
    assert mensaje in respuesta.text
    assert "No se recibió el acta" in respuesta.text
    assert ana.http.get("/api/v1/actas").json()["filas"] == actas
    assert _restos(carpeta) == restos


def test_un_envio_que_pasa_de_todo_limite_recibe_su_mensaje(tmp_path: Path) -> None:
    app = crear_app(Ajustes(carpeta=tmp_path, limite_mb=1))
    with TestClient(app, base_url="http://127.0.0.1") as chica:
        archivos = [("archivos", (f"{n}.pdf", bytes(1024 * 1024))) for n in range(6)]
        respuesta = chica.post("/actas", files=archivos, data={"quien": "Ana"})
    assert respuesta.status_code == 413
    assert "El envío es demasiado grande" in respuesta.text
    assert not _restos(tmp_path)


def test_enviar_sin_archivo_o_sin_nombre_se_explica(
    ana: Any, hacer_docx: Callable[..., bytes]
) -> None:
    sin_archivo = ana.publicar("/actas", [("archivos", ("", b""))], quien="Ana")
    assert sin_archivo.status_code == 422
    assert '<a href="#archivos">No se eligió ningún archivo.</a>' in sin_archivo.text
    sin_nombre = ana.enviar(hacer_docx(marca="sin nombre"), quien=" ")
    assert sin_nombre.status_code == 422
    assert '<a href="#quien">Falta decir quién registra.</a>' in sin_nombre.text


def test_de_un_zip_se_recibe_cada_acta(ana: Any, hacer_docx: Callable[..., bytes]):
    sobre = io.BytesIO()
    with zipfile.ZipFile(sobre, "w") as z:
        z.writestr("mayo/del zip uno.docx", hacer_docx(marca="zip 1"))
        z.writestr("mayo/del zip dos.docx", hacer_docx(marca="zip 2"))
    pagina = ana.enviar(sobre.getvalue(), "actas de mayo.zip").text
    assert "del zip uno.docx" in pagina
    assert "del zip dos.docx" in pagina
    roto = ana.enviar(b"PK\x03\x04 esto no es un zip", "roto.zip")
    assert roto.status_code == 303
