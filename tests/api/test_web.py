"""Las páginas, como las usa una persona sin JavaScript."""

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
from api.presentacion import CARPETA
from lineamientos.juego import cargar_reglas

COMPROMISO = (
    "La Municipalidad Distrital de Nauta entregará dos bombas de agua a la comunidad de San "
    "Hilario hasta el 30 de junio de 2026, con cargo a su presupuesto institucional."
)
PEDIDO = "La comunidad solicita al Ministerio de Salud la construcción de un puesto de salud."


def _sin_espacios(html: str) -> str:
    return " ".join(html.split())


@pytest.fixture
def acta(ana: Any, hacer_docx: Callable[..., bytes], request: pytest.FixtureRequest) -> int:
    """Devuelve un acta leída con un compromiso y un pedido, propia de esta prueba."""
    return int(ana.leida(hacer_docx(COMPROMISO, PEDIDO, marca=request.node.name)))


@pytest.fixture
def compromiso(ana: Any, acta: int) -> dict[str, Any]:
    """Devuelve el ítem del compromiso, con Ana ya presentada."""
    return dict(ana.item(acta, "dos bombas"))


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
    respuesta = ana.enviar(hacer_docx(COMPROMISO, marca="se lee"), "acta ñandú.docx")
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
    contenido = hacer_docx(COMPROMISO, marca="repetida")
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
            ("archivos", ("buena.docx", hacer_docx(COMPROMISO, marca="de varias"))),
            ("archivos", ("vacia.pdf", b"")),
        ],
        quien="Ana",
    )
    assert respuesta.status_code == 200
    html = _sin_espacios(respuesta.text)
    assert "buena.docx</a>: recibido; se está leyendo." in html
    assert "vacia.pdf</strong>" in html
    assert "no se recibió.</span> El archivo no tiene contenido." in html


def test_aceptar_registra_y_vuelve_a_la_misma_tarjeta(
    ana: Any, acta: int, compromiso: dict[str, Any]
) -> None:
    respuesta = ana.publicar(
        f"{compromiso['ruta']}/decidir",
        que="aceptar",
        clase="compromiso",
        version="0",
        mostrar="por_decidir",
        vista="texto",
    )
    assert respuesta.status_code == 303
    destino = respuesta.headers["location"]
    ancla = destino.rsplit("#", 1)[1]
    assert destino == f"/actas/{acta}?mostrar=por_decidir&vista=texto&hecho={ancla}#{ancla}"
    html = _sin_espacios(ana.http.get(destino).text)
    aviso = f'role="status" id="{ancla}-hecho"> Quedó en el registro como compromiso.'
    assert aviso in html
    assert f'<article class="tarjeta clase-compromiso decidida" id="{ancla}" tabindex="-1"' in html
    assert "Ana Ruiz, " in html
    registro = ana.http.get("/registro", params={"texto": "bombas", "acta": acta}).text
    assert f'href="/actas/{acta}#{ancla}"' in registro


def test_rechazar_pide_el_motivo_y_lo_guarda(
    ana: Any, acta: int, compromiso: dict[str, Any]
) -> None:
    ruta = f"{compromiso['ruta']}/decidir"
    sin_motivo = ana.publicar(ruta, que="rechazar", version="0", motivo="  ")
    assert sin_motivo.status_code == 422
    assert '<a href="#motivo">Falta el motivo.</a>' in sin_motivo.text
    assert ana.item(acta, "dos bombas")["decision"] is None
    hecho = ana.publicar(ruta, que="rechazar", version="0", motivo="Repite otro ítem")
    html = ana.http.get(hecho.headers["location"]).text
    assert "El ítem se rechazó y no entra al registro." in html
    assert "Motivo: Repite otro ítem" in html
    assert "coincide con estos filtros" in ana.http.get("/registro", params={"acta": acta}).text


def test_un_item_dudoso_no_se_acepta_sin_elegir_la_clase(
    ana: Any, hacer_docx: Callable[..., bytes]
) -> None:
    acta = ana.leida(hacer_docx("Se dio lectura al acta anterior.", marca="dudoso"))
    item = ana.item(acta, "lectura al acta")
    assert item["item"]["duda"] or item["item"]["clase"] == "otro"
    respuesta = ana.publicar(f"{item['ruta']}/decidir", que="aceptar", version="0", clase="")
    assert respuesta.status_code == 422
    assert '<a href="#clase">Falta elegir la clase de este ítem.</a>' in respuesta.text
    hecho = ana.publicar(f"{item['ruta']}/decidir", que="aceptar", version="0", clase="tarea")
    assert hecho.status_code == 303
    assert ana.item(acta, "lectura al acta")["decision"]["despues"]["clase"] == "tarea"


def _formulario(html: str) -> dict[str, Any]:
    """Lee los valores del formulario de edición, como los mandaría el navegador."""
    formulario = html[html.index("<form") :]
    datos: dict[str, Any] = {"responsable": [], "nivel": []}
    for nombre, valor in re.findall(r'<input [^>]*?name="(\w+)"[^>]*? value="([^"]*)"', formulario):
        if isinstance(datos.get(nombre), list):
            datos[nombre].append(valor)
        else:
            datos[nombre] = valor
    for nombre, valor in re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>\n(.*?)</textarea>', html):
        datos[nombre] = valor
    for nombre, opciones in re.findall(
        r'<select [^>]*name="(\w+)"[^>]*>(.*?)</select>', html, re.DOTALL
    ):
        elegida = re.search(r'value="([^"]*)" selected', opciones)
        valor = elegida[1] if elegida else ""
        if isinstance(datos.get(nombre), list):
            datos[nombre].append(valor)
        else:
            datos[nombre] = valor
    del datos["ficha"]
    return datos


def test_editar_muestra_lo_propuesto_y_guarda_los_cambios_con_su_historia(
    ana: Any, acta: int, compromiso: dict[str, Any]
) -> None:
    ruta = f"{compromiso['ruta']}/editar"
    html = ana.http.get(ruta).text
    assert COMPROMISO in html
    datos = _formulario(html)
    assert datos["denominacion"] == COMPROMISO
    assert datos["fecha_limite"] == "2026-06-30"
    assert datos["responsable"][0] == "Municipalidad Distrital de Nauta"
    datos |= {
        "clase": "compromiso",
        "denominacion": "La Municipalidad Distrital de Nauta entregará tres bombas.",
        "fecha_limite": "2026-07-15",
        "caso": "CASO-7",
        "motivo": "Lo pidió la comunidad",
    }
    datos["responsable"][1], datos["nivel"][1] = "Empresa Inventada S.A.C.", "no_aplica"
    hecho = ana.publicar(ruta, **datos)
    assert hecho.status_code == 303, hecho.text
    (fila,) = ana.http.get("/api/v1/registro", params={"acta": acta}).json()["filas"]
    assert fila["datos"]["denominacion"].endswith("tres bombas.")
    assert fila["datos"]["transcripcion"] == COMPROMISO
    assert fila["datos"]["fecha_limite"] == "2026-07-15"
    assert fila["datos"]["caso"] == "CASO-7"
    assert [r["valor"] for r in fila["datos"]["responsables"]] == [
        "Municipalidad Distrital de Nauta",
        "Empresa Inventada S.A.C.",
    ]
    ficha = _sin_espacios(ana.http.get(f"/registro/{fila['id']}").text)
    assert "Editado y aceptado</strong>" in ficha
    assert "Nota: Lo pidió la comunidad" in ficha
    assert 'data-titulo="Antes">30/06/2026 </td>' in ficha
    assert 'data-titulo="Después">15/07/2026 </td>' in ficha


def test_guardar_sin_cambios_es_aceptar(ana: Any, acta: int, compromiso: dict[str, Any]) -> None:
    ruta = f"{compromiso['ruta']}/editar"
    datos = _formulario(ana.http.get(ruta).text) | {"clase": "compromiso"}
    assert ana.publicar(ruta, **datos).status_code == 303
    assert ana.item(acta, "dos bombas")["decision"]["que"] == "aceptar"


def test_los_fallos_de_la_edicion_se_dicen_todos_y_llevan_a_su_campo(
    ana: Any, acta: int, compromiso: dict[str, Any]
) -> None:
    ruta = f"{compromiso['ruta']}/editar"
    datos = _formulario(ana.http.get(ruta).text) | {
        "clase": "compromiso",
        "denominacion": "Entregará bombas en [localidad].",
        "fecha_limite": "30 de junio",
        "codigo_snip": "9" * 501,
    }
    respuesta = ana.publicar(ruta, **datos)
    assert respuesta.status_code == 422
    html = _sin_espacios(respuesta.text)
    assert "<title>Error: Editar" in html
    resumen = html[html.index('class="resumen"') : html.index("</section>")]
    assert re.findall(r'href="#(\w+)"', resumen) == ["denominacion", "fecha_limite", "codigo_snip"]
    assert "El campo «Código SNIP» tiene 501 caracteres" in resumen
    assert "[localidad]" in resumen
    assert 'value="30 de junio"' in html
    assert ana.item(acta, "dos bombas")["decision"] is None


def test_la_tarjeta_y_la_ficha_muestran_que_sustenta_cada_criterio(
    ana: Any, acta: int, compromiso: dict[str, Any]
) -> None:
    criterios = {c["criterio"]: c for c in compromiso["item"]["criterios"]}
    [quien] = criterios["asignable"]["evidencia"]
    html = _sin_espacios(ana.http.get(f"/actas/{acta}").text)
    assert "Qué sustenta cada criterio" in html
    assert f"quién:</span> «{quien['texto']}»" in html


def test_la_redaccion_sugerida_se_puede_poner_en_la_denominacion(
    ana: Any, compromiso: dict[str, Any]
) -> None:
    sugerida = compromiso["item"]["propuesta_de_redaccion"]
    if sugerida is None:
        pytest.skip("la revisión no sugirió ninguna redacción")
    html = ana.http.get(f"{compromiso['ruta']}/editar", params={"sugerida": 1}).text
    assert _formulario(html)["denominacion"] == sugerida


def test_sin_decir_quien_registra_no_se_decide(
    ana: Any, acta: int, compromiso: dict[str, Any]
) -> None:
    ana.http.cookies.clear()
    respuesta = ana.publicar(f"{compromiso['ruta']}/decidir", que="aceptar", version="0")
    assert respuesta.headers["location"] == f"/quien?volver=%2Factas%2F{acta}&falta=1"
    assert "todavía no se guardó nada" in ana.http.get(respuesta.headers["location"]).text
    dicho = ana.publicar("/quien", quien="Oficina de Ñaupe", volver=f"/actas/{acta}")
    assert dicho.headers["location"] == f"/actas/{acta}"
    assert "<strong>Oficina de Ñaupe</strong>" in ana.http.get(f"/actas/{acta}").text


@pytest.mark.parametrize("volver", ["https://malo.example/", "//malo.example", "/\\malo.example"])
def test_volver_solo_lleva_a_esta_aplicacion(ana: Any, volver: str) -> None:
    assert ana.publicar("/quien", quien="Ana", volver=volver).headers["location"] == "/"


def test_quien_decide_segundo_se_entera(ana: Any, compromiso: dict[str, Any]) -> None:
    ruta, datos = f"{compromiso['ruta']}/decidir", {"que": "aceptar", "version": "0"}
    assert ana.publicar(ruta, clase="compromiso", **datos).status_code == 303
    respuesta = ana.publicar(ruta, clase="pedido", **datos)
    assert respuesta.status_code == 409
    assert "Ana Ruiz ya decidió sobre esta propuesta" in respuesta.text
    assert "Vuelva a cargar el acta" in respuesta.text


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
    sin_nombre = ana.enviar(hacer_docx(COMPROMISO, marca="sin nombre"), quien=" ")
    assert sin_nombre.status_code == 422
    assert '<a href="#quien">Falta decir quién registra.</a>' in sin_nombre.text


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


def test_el_dni_se_ve_en_parte_fuera_de_los_items(
    ana: Any, hacer_docx: Callable[..., bytes]
) -> None:
    acta = ana.leida(hacer_docx(COMPROMISO, marca="Rosa Inventada, DNI 00001234"))
    html = ana.http.get(f"/actas/{acta}").text
    assert "DNI ****1234" in html
    assert "00001234" not in html


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


def test_de_un_zip_se_recibe_cada_acta(ana: Any, hacer_docx: Callable[..., bytes]):
    sobre = io.BytesIO()
    with zipfile.ZipFile(sobre, "w") as z:
        z.writestr("mayo/del zip uno.docx", hacer_docx(COMPROMISO, marca="zip 1"))
        z.writestr("mayo/del zip dos.docx", hacer_docx(COMPROMISO, marca="zip 2"))
    pagina = ana.enviar(sobre.getvalue(), "actas de mayo.zip").text
    assert "del zip uno.docx" in pagina
    assert "del zip dos.docx" in pagina
    roto = ana.enviar(b"PK\x03\x04 esto no es un zip", "roto.zip")
    assert roto.status_code == 303


def test_lo_que_tiene_avisos_de_lectura_no_se_acepta_sin_compararlo(
    ana: Any, hacer_docx: Callable[..., bytes], con_insercion: Callable[[bytes], bytes]
) -> None:
    acta = ana.leida(con_insercion(hacer_docx(COMPROMISO, PEDIDO, marca="con inserción")))
    con_aviso, sin_aviso = ana.item(acta, "dos bombas"), ana.item(acta, "puesto de salud")
    ana.publicar("/quien", quien="Ana Ruiz")
    html = ana.http.get(f"/actas/{acta}").text
    assert html.count('name="cotejado" value="si" required') == 1
    directo = ana.publicar(f"{con_aviso['ruta']}/decidir", que="aceptar", clase="compromiso")
    assert directo.status_code == 422
    assert "Falta comparar el ítem con el original." in directo.text
    assert "agregado con control de cambios" in directo.text
    assert ana.item(acta, "dos bombas")["decision"] is None
    cotejado = ana.publicar(
        f"{con_aviso['ruta']}/decidir", que="aceptar", clase="compromiso", cotejado="si"
    )
    assert cotejado.status_code == 303
    limpio = ana.publicar(f"{sin_aviso['ruta']}/decidir", que="aceptar", clase="pedido")
    assert limpio.status_code == 303


def test_lo_que_tiene_avisos_tampoco_se_edita_sin_compararlo(
    ana: Any, hacer_docx: Callable[..., bytes], con_insercion: Callable[[bytes], bytes]
) -> None:
    acta = ana.leida(con_insercion(hacer_docx(COMPROMISO, marca="editar con inserción")))
    item = ana.item(acta, "dos bombas")
    ana.publicar("/quien", quien="Ana Ruiz")
    ruta = f"{item['ruta']}/editar"
    html = ana.http.get(ruta).text
    assert html.count('name="cotejado" value="si" required') == 1
    campos = {"clase": "compromiso", "version": "0", "denominacion": "Entregar dos bombas."}
    sin_comparar = ana.publicar(ruta, **campos)
    assert sin_comparar.status_code == 422
    assert "Falta comparar el ítem con el original." in sin_comparar.text
    assert ana.item(acta, "dos bombas")["decision"] is None
    assert ana.publicar(ruta, **campos, cotejado="si").status_code == 303


def test_lo_rechazado_con_avisos_no_se_acepta_despues_sin_compararlo(
    ana: Any, hacer_docx: Callable[..., bytes], con_insercion: Callable[[bytes], bytes]
) -> None:
    acta = ana.leida(con_insercion(hacer_docx(COMPROMISO, marca="rectificar con inserción")))
    ruta = ana.item(acta, "dos bombas")["ruta"]
    ana.publicar("/quien", quien="Ana Ruiz")
    assert ana.publicar(f"{ruta}/decidir", que="rechazar", motivo="Repetido.").status_code == 303
    pedida = {"que": "aceptar", "clase": "compromiso", "version": "1", "motivo": "No lo estaba."}
    sin_comparar = ana.publicar(f"{ruta}/rectificar", **pedida)
    assert sin_comparar.status_code == 422
    assert "Falta comparar el ítem con el original." in sin_comparar.text
    assert ana.publicar(f"{ruta}/rectificar", **pedida, cotejado="si").status_code == 303
