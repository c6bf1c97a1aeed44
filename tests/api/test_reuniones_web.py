"""Las páginas de pedidos, tareas y reuniones bimestrales, y lo que la portada recuerda."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from nlp.propuesta import Clase
from registro.acta import LIMA
from registro.actores import Actor, Oficina
from registro.consultas import ver_registro
from registro.importar import importar
from registro.listas import listar_compromisos
from registro.puntos_focales import listar
from registro.requerimientos import listar_requerimientos
from registro.reuniones import listar_reuniones
from registro.sustentos import hitos_de_reunion

SSGC = Actor("Carmen Quispe", Oficina.SSGC)
NUMEROS = count(1)
HOY = datetime.now(LIMA).date()
AYER = (HOY - timedelta(days=1)).isoformat()


@pytest.fixture
def servicios(ana: Any) -> Any:
    ana.publicar("/quien", quien="Diego Rojas", volver="/")
    return ana.http.app.state.servicios


@pytest.fixture
def registrar(ana: Any, servicios: Any) -> Callable[[str], int]:
    """Da una función que importa un compromiso, lo rectifica a una clase y devuelve su número."""

    def hacer(clase: str) -> int:
        titulos = "FECHA DEL ACTA,TIPO DE COMPROMISO,DESCRIPCIÓN DEL COMPROMISO,RESPONSABLE,ESTADO"
        fila = f"14/05/2026,Actividad,Reunirá a la mesa n.º {next(NUMEROS)},MINSA,Por iniciar"
        matriz, ahora = f"{titulos}\n{fila}\n".encode(), datetime.now(UTC)
        importar(servicios.base, servicios.originales, SSGC, matriz, "m.csv", ahora)
        compromiso = max(listar_compromisos(servicios.base), key=lambda c: c.id)
        if clase == "compromiso":
            return compromiso.id
        [item] = ana.http.get(f"/api/v1/actas/{compromiso.acta_id}/items").json()["filas"]
        ruta = f"/actas/{compromiso.acta_id}/items/{item['item']['id']}/rectificar"
        datos = {"que": "aceptar", "clase": clase, "version": "1", "motivo": "Es otra cosa."}
        assert ana.publicar(ruta, **datos).status_code == 303
        filas = ana.http.get(f"/api/v1/registro?clase={clase}").json()["filas"]
        return max(int(fila["id"].split("-")[1]) for fila in filas)

    return hacer


def test_un_pedido_se_responde_y_se_ata_a_su_compromiso(
    ana: Any, servicios: Any, registrar: Callable[[str], int]
) -> None:
    compromiso, pedido = registrar("compromiso"), registrar("pedido")
    ruta = f"/registro/pedido-{pedido}"
    assert f'href="{ruta}"' in ana.http.get("/seguimiento").text
    assert "Sin respuesta todavía" in ana.http.get("/registro?clase=pedido").text
    datos = {"oficina": "ssgd", "version": "1", "aceptacion": "aceptado", "por": "MINSA <b>"}
    sin_dia = ana.publicar(f"{ruta}/respuesta", **datos)
    assert sin_dia.status_code == 422
    assert "Falta el día de la respuesta" in sin_dia.text
    assert "MINSA &lt;b&gt;" in sin_dia.text
    negado = ana.publicar(f"{ruta}/respuesta", **datos | {"oficina": "sspi", "fecha": AYER})
    assert negado.status_code == 403
    atar = {"fecha": AYER, "compromiso_id": str(compromiso)}
    hecho = ana.publicar(f"{ruta}/respuesta", **datos, **atar)
    assert hecho.headers["location"] == f"{ruta}?hecho=respuesta"
    ficha = ana.http.get(ruta).text
    assert "Aceptado por otra parte" in ficha
    assert f'href="/registro/compromiso-{compromiso}"' in ficha
    assert "Respuesta al pedido" in ficha
    assert f'href="{ruta}"' not in ana.http.get("/seguimiento").text
    vieja = ana.publicar(f"{ruta}/respuesta", **datos, fecha=AYER)
    assert vieja.status_code == 409
    niega = datos | {
        "version": "2",
        "aceptacion": "no_aceptado",
        "motivo": "No hay.",
        "fecha": AYER,
    }
    pregunta = ana.publicar(f"{ruta}/respuesta", **niega)
    assert (pregunta.status_code, "Ya no lo atiende" in pregunta.text) == (422, True)
    assert ana.publicar(f"{ruta}/respuesta", **niega, desatar="1").status_code == 303
    assert "Ningún compromiso" in ana.http.get(ruta).text


def test_una_tarea_se_ata_cambia_de_fecha_y_se_hace(
    ana: Any, servicios: Any, registrar: Callable[[str], int]
) -> None:
    compromiso, tarea = registrar("compromiso"), registrar("tarea")
    ruta = f"/registro/tarea-{tarea}"
    quien = {"oficina": "ssgd"}
    fecha = {"fecha_limite": AYER, "razon": "La fijó la mesa."}
    assert ana.publicar(f"{ruta}/fecha", **quien, version="1", **fecha).status_code == 303
    assert f'href="{ruta}"' in ana.http.get("/seguimiento").text
    assert "Atrasada" in ana.http.get(ruta).text
    sin_numero = ana.publicar(f"{ruta}/aporte", **quien, version="2", compromiso_id="")
    assert sin_numero.status_code == 422
    aporte = {"version": "2", "compromiso_id": str(compromiso)}
    assert ana.publicar(f"{ruta}/aporte", **quien, **aporte).status_code == 303
    archivo = [("archivo", ("lista.pdf", b"lista de asistencia"))]
    adjunta = f"/registro/compromiso-{compromiso}/evidencia"
    assert ana.publicar(adjunta, archivo, **quien).status_code == 303
    formulario = ana.http.get(f"{ruta}/cumplimiento").text
    evidencia = re.search(r'<option value="(\d+)">lista.pdf', formulario)
    assert evidencia
    clave = re.search(r'name="clave" value="([^"]+)"', formulario)
    assert clave
    hecha = {"version": "3", "cumplimiento": "hecha", "hecha_en": AYER, "clave": clave[1]}
    for _ in range(2):
        cierre = ana.publicar(f"{ruta}/cumplimiento", **quien, **hecha, evidencia_id=evidencia[1])
        assert cierre.status_code == 303, cierre.text
    quedo = ver_registro(servicios.base, Clase.TAREA, tarea)
    assert quedo.version == 4
    ficha = ana.http.get(ruta).text
    assert "Hecha" in ficha
    assert f'href="/evidencias/{evidencia[1]}"' in ficha
    assert f'href="{ruta}"' in ana.http.get(f"/registro/compromiso-{compromiso}").text
    assert f'href="{ruta}"' not in ana.http.get("/seguimiento").text


def test_la_reunion_de_la_convocatoria_al_hito(
    ana: Any, servicios: Any, registrar: Callable[[str], int]
) -> None:
    compromiso, entidad = registrar("compromiso"), "Ministerio de la Prueba"
    quien = {"oficina": "ssgd"}
    focal = {"entidad_focal": entidad, "nombre": "Rosa Inventada", "cargo": "Directora"}
    negado = ana.publicar("/reuniones", que="nombrar", oficina="ssgc", **focal)
    assert negado.status_code == 403
    assert ana.publicar("/reuniones", que="nombrar", **quien, **focal).status_code == 303
    nueva = ana.publicar("/reuniones", que="programar", **quien, entidad=entidad)
    ruta = nueva.headers["location"]
    assert ana.publicar("/reuniones", que="programar", **quien, entidad=entidad).status_code == 422
    assert f'href="{ruta}"' in ana.http.get("/").text
    pagina = ana.http.get(ruta).text
    assert "Rosa Inventada" in pagina
    assert "Pendiente, hasta el" in pagina
    convoca = {"documento": "Oficio múltiple 4", "convocada": HOY.isoformat()}
    assert ana.publicar(ruta, que="convocar", **quien, version="1", **convoca).status_code == 303
    hecha = {"fecha": HOY.isoformat(), "acuerdos": "Se acordó <i>un hito</i>."}
    sin_nadie = ana.publicar(ruta, que="realizar", **quien, version="2", **hecha)
    assert (sin_nadie.status_code, "&lt;i&gt;un hito" in sin_nadie.text) == (422, True)
    [punto] = [p for p in listar(servicios.base) if p.entidad == entidad]
    con = ana.publicar(ruta, que="realizar", **quien, version="2", asistentes=punto.id, **hecha)
    assert con.status_code == 303
    hito = {"nombre": "Buena pro", "compromiso": str(compromiso), "fecha_prevista": AYER}
    assert ana.publicar(ruta, que="hito", **quien, **hito).status_code == 303
    numero = int(ruta.rsplit("/", 1)[1])
    [acordado] = hitos_de_reunion(servicios.base, numero)
    pagina = ana.http.get(ruta).text
    for visto in ("Buena pro", "Atrasado", "La siguiente", "Reunión realizada"):
        assert visto in pagina
    inicio = ana.http.get("/").text
    assert f"/seguimiento/hitos/{acordado.id}" in inicio
    assert f'href="{ruta}"' not in inicio
    retira = {"punto": str(punto.id), "version": "1", "razon": "Dejó el cargo."}
    assert ana.publicar("/reuniones", que="retirar", **quien, **retira).status_code == 303
    assert "Rosa Inventada" not in ana.http.get("/reuniones").text
    assert "Rosa Inventada" in ana.http.get(ruta).text


def test_una_reunion_cambia_de_fecha_y_se_cancela(ana: Any, servicios: Any) -> None:
    quien = {"oficina": "ssgd"}
    ruta = ana.publicar("/reuniones", que="programar", **quien, entidad="Otro ministerio").headers[
        "location"
    ]
    futura = (HOY + timedelta(days=9)).isoformat()
    cambia = {"fecha_nueva": futura, "razon": "Paro regional."}
    assert ana.publicar(ruta, que="reprogramar", **quien, version="1", **cambia).status_code == 303
    assert ana.publicar(ruta, que="bailar", **quien, version="2").status_code == 422
    cancela = {"version": "2", "razon": "Ya no hace falta."}
    assert ana.publicar(ruta, que="cancelar", **quien, **cancela).status_code == 303
    assert "Cancelada" in ana.http.get(ruta).text
    assert listar_reuniones(servicios.base)[0].estado in {"cancelada", "realizada"}
    assert ana.http.get("/reuniones/99999").status_code == 404


def test_la_portada_dice_lo_recien_vencido_y_prorrogar_lo_quita(
    ana: Any, servicios: Any, registrar: Callable[[str], int]
) -> None:
    numero = registrar("compromiso")
    datos = {
        "oficina": "ssgd",
        "entidad": "Entidad vencida",
        "documento": "Oficio 77",
        "enviado": (HOY - timedelta(days=16)).isoformat(),
        "dias": "5",
        "unidad": "calendario",
    }
    assert ana.publicar(f"/registro/compromiso-{numero}/requerimiento", **datos).status_code == 303
    [requerimiento] = listar_requerimientos(servicios.base, numero)
    ruta = f"/seguimiento/requerimientos/{requerimiento.id}"
    inicio = ana.http.get("/").text
    assert "Recién vencido" in inicio
    assert f'href="{ruta}"' in inicio
    prorroga = {"oficina": "ssgd", "version": "1", "que": "prorrogar", "dias": "60"}
    sin_razon = ana.publicar(ruta, **prorroga, razon="")
    assert sin_razon.status_code == 422
    assert ana.publicar(ruta, **prorroga, razon="Lo pidió la entidad.").status_code == 303
    assert f'href="{ruta}"' not in ana.http.get("/").text
    detiene = {"oficina": "ssgd", "version": "2", "que": "detener", "razon": "Se suspendió."}
    assert ana.publicar(ruta, **detiene).status_code == 303
    assert "Detenido" in ana.http.get(f"/registro/compromiso-{numero}").text


@pytest.mark.parametrize(
    "ruta",
    ["/registro/pedido-1/volar", "/registro/tarea-99999/cumplimiento", "/registro/tarea-1/volar"],
)
def test_lo_que_no_existe_es_404(ana: Any, servicios: Any, ruta: str) -> None:
    assert ana.http.get(ruta).status_code == 404


def test_dos_actas_casi_iguales_se_preguntan_en_su_pagina(
    ana: Any, servicios: Any, hacer_docx: Callable[..., bytes]
) -> None:
    acuerdos = [f"El ministerio {n} entregará {n} equipos a la comunidad." for n in range(2, 9)]
    una = ana.leida(hacer_docx(*acuerdos, marca="borrador"), "borrador.docx")
    dos = ana.leida(hacer_docx(*acuerdos, marca="firmada"), "firmada.docx")
    for esta, otra in ((una, dos), (dos, una)):
        pagina = ana.http.get(f"/actas/{esta}").text
        assert "¿Son la misma?" in pagina
        assert f'href="/actas/{otra}"' in pagina
    respuesta = {"oficina": "ssgc", "que": "descartar", "de": str(una)}
    hecho = ana.publicar(f"/actas/{dos}/versiones", **respuesta, tipo="firmada")
    assert hecho.headers["location"] == f"/actas/{dos}"
    for esta in (una, dos):
        assert "¿Son la misma?" not in ana.http.get(f"/actas/{esta}").text
