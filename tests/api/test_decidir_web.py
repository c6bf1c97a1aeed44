"""Aceptar, editar y rechazar ítems en las páginas, como quien no tiene JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

COMPROMISO = (
    "La Municipalidad Distrital de Nauta entregará dos bombas de agua a la comunidad de San "
    "Hilario hasta el 30 de junio de 2026, con cargo a su presupuesto institucional."
)


PEDIDO = "La comunidad solicita al Ministerio de Salud la construcción de un puesto de salud."


def _sin_espacios(html: str) -> str:
    return " ".join(html.split())


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


def test_quien_decide_segundo_se_entera(ana: Any, compromiso: dict[str, Any]) -> None:
    ruta, datos = f"{compromiso['ruta']}/decidir", {"que": "aceptar", "version": "0"}
    assert ana.publicar(ruta, clase="compromiso", **datos).status_code == 303
    respuesta = ana.publicar(ruta, clase="pedido", **datos)
    assert respuesta.status_code == 409
    assert "Ana Ruiz ya decidió sobre esta propuesta" in respuesta.text
    assert "Vuelva a cargar el acta" in respuesta.text


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
