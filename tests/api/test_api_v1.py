"""La API, como la usa otro sistema."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from comun_matrices import ANEXO_2, ANEXO_5

from api.documentar import esquema
from lineamientos.juego import cargar_reglas

COMPROMISO = (
    "La Municipalidad Distrital de Nauta entregará dos bombas de agua a la comunidad de San "
    "Hilario hasta el 30 de junio de 2026, con cargo a su presupuesto institucional."
)
OTRO_COMPROMISO = "El Ministerio de Salud entregará 5 botiquines a Nauta hasta el 31/08/2026."


@pytest.fixture
def acta(ana: Any, hacer_docx: Callable[..., bytes], request: pytest.FixtureRequest) -> int:
    """Devuelve un acta leída con dos compromisos, propia de esta prueba."""
    return int(ana.leida(hacer_docx(COMPROMISO, OTRO_COMPROMISO, marca=request.node.name)))


@pytest.fixture
def decidir(ana: Any, acta: int) -> Callable[..., Any]:
    """Da una función que decide por la API sobre el ítem que contiene un texto."""

    def hacer(texto: str, que: str = "aceptar", **datos: Any) -> Any:
        item = ana.item(acta, texto)["item"]["id"]
        pedida = {"que": que, "quien": "SSGC", "version": 0, **datos}
        return ana.http.post(f"/api/v1/actas/{acta}/items/{item}/decisiones", json=pedida)

    return hacer


def _es_problema(respuesta: Any, codigo: int) -> dict[str, Any]:
    assert respuesta.status_code == codigo
    assert respuesta.headers["content-type"] == "application/problem+json"
    problema: dict[str, Any] = respuesta.json()
    assert {"type", "title", "status", "detail", "consejo"} <= problema.keys()
    assert problema["status"] == codigo
    assert problema["consejo"].endswith(".")
    return problema


def test_enviar_da_202_con_su_lugar_y_repetir_da_200(
    ana: Any, hacer_docx: Callable[..., bytes]
) -> None:
    archivo = {"archivo": ("acta.docx", hacer_docx(COMPROMISO, marca="api"))}
    primera = ana.http.post("/api/v1/actas", files=archivo, data={"quien": "SSGC"})
    assert primera.status_code == 202
    assert primera.json()["ya_estaba"] is False
    numero = primera.json()["acta"]["id"]
    assert primera.headers["location"] == f"/api/v1/actas/{numero}"
    segunda = ana.http.post("/api/v1/actas", files=archivo, data={"quien": "Otra oficina"})
    assert segunda.status_code == 200
    assert segunda.json()["ya_estaba"] is True
    assert segunda.json()["acta"]["id"] == numero


def test_el_resultado_cumple_el_esquema_del_contrato(ana: Any, acta: int) -> None:
    cuerpo = ana.http.get(f"/api/v1/actas/{acta}").json()
    assert cuerpo["acta"]["estado"] == "analizada"
    assert cuerpo["acta"]["fecha"] == "2026-05-14"
    validador = jsonschema.Draft202012Validator(json.loads(esquema("resultado")))
    assert not list(validador.iter_errors(cuerpo["resultado"]))
    for item in cuerpo["resultado"]["items"]:
        assert cuerpo["resultado"]["texto"][item["inicio"] : item["fin"]] == item["texto"]


def test_antes_de_leerse_no_hay_resultado(ana: Any, ejemplos: Path) -> None:
    contenido = (ejemplos / "acta-01-nauta-agua.docx").read_bytes()
    enviada = ana.http.post(
        "/api/v1/actas", files={"archivo": ("a.docx", contenido)}, data={"quien": "SSGC"}
    )
    cuerpo = ana.http.get(enviada.headers["location"]).json()
    assert cuerpo["acta"]["estado"] in {"recibida", "analizando"}
    assert cuerpo["resultado"] is None
    ana.esperar(cuerpo["acta"]["id"])


def test_la_lista_de_actas_va_por_cursor_y_no_repite(
    ana: Any, acta: int, hacer_docx: Callable[..., bytes]
) -> None:
    for n in range(3):
        ana.enviar(hacer_docx(COMPROMISO, marca=f"cursor {n}"))
    vistas, cursor = [], None
    while True:
        parametros = {"limite": 2} | ({"cursor": cursor} if cursor else {})
        pagina = ana.http.get("/api/v1/actas", params=parametros).json()
        assert len(pagina["filas"]) <= 2
        vistas += [fila["id"] for fila in pagina["filas"]]
        if not (cursor := pagina["siguiente"]):
            break
    assert vistas == sorted(set(vistas), reverse=True)
    assert vistas[-1] == 1
    assert acta in vistas


def test_decidir_da_201_y_repetir_lo_mismo_da_200(decidir: Callable[..., Any]) -> None:
    primera = decidir("dos bombas", clase="compromiso")
    assert primera.status_code == 201
    assert primera.json()["que"] == "aceptar"
    assert primera.json()["despues"]["clase"] == "compromiso"
    repetida = decidir("dos bombas", clase="compromiso")
    assert repetida.status_code == 200
    assert repetida.json() == primera.json()


def test_repetir_una_edicion_da_200_y_otra_distinta_409(decidir: Callable[..., Any]) -> None:
    campos = {
        "denominacion": "El MINSA entregará 6 botiquines.",
        "fecha_limite": "2026-09-30",
        "responsables": [{"valor": "Ministerio de Salud", "nivel": "nacional"}],
        "distritos": ["Nauta", "Parinari"],
    }
    pedida = {"que": "editar", "clase": "compromiso", "caso": "C-1", "campos": campos}
    primera = decidir("botiquines", **pedida)
    assert primera.status_code == 201
    assert decidir("botiquines", **pedida).json()["id"] == primera.json()["id"]
    for cambio in (
        {"campos": {**campos, "fecha_limite": "2026-10-01"}},
        {"caso": "C-2"},
        {"motivo": "otro"},
        {"quien": "SSGD"},
        {"clase": "tarea"},
    ):
        problema = _es_problema(decidir("botiquines", **(pedida | cambio)), 409)
        assert "SSGC ya decidió" in problema["detail"]


def test_una_version_vieja_es_un_conflicto(decidir: Callable[..., Any]) -> None:
    problema = _es_problema(decidir("dos bombas", version=3, clase="compromiso"), 409)
    assert "cambió desde que usted la vio" in problema["detail"]


def test_lo_que_tiene_avisos_de_lectura_pide_decir_que_se_comparo(
    ana: Any, hacer_docx: Callable[..., bytes], con_insercion: Callable[[bytes], bytes]
) -> None:
    acta = ana.leida(con_insercion(hacer_docx(COMPROMISO, OTRO_COMPROMISO, marca="por cotejar")))
    con_aviso, sin_aviso = ana.item(acta, "dos bombas"), ana.item(acta, "botiquines")
    assert [a["codigo"] for a in con_aviso["por_cotejar"]] == ["texto_insertado"]
    assert sin_aviso["por_cotejar"] == []
    ruta = f"/api/v1{con_aviso['ruta']}/decisiones"
    pedida = {"que": "aceptar", "quien": "SSGC", "version": 0, "clase": "compromiso"}
    for sin_decirlo in (pedida, pedida | {"cotejado": False}, pedida | {"que": "editar"}):
        problema = _es_problema(ana.http.post(ruta, json=sin_decirlo), 422)
        assert problema["campo"] == "cotejado"
        assert "agregado con control de cambios" in problema["detail"]
    assert ana.item(acta, "dos bombas")["decision"] is None
    assert ana.http.post(ruta, json=pedida | {"cotejado": True}).status_code == 201
    assert ana.http.post(ruta, json=pedida).status_code == 200
    limpio = f"/api/v1{sin_aviso['ruta']}/decisiones"
    assert ana.http.post(limpio, json=pedida).status_code == 201


def test_lo_que_tiene_avisos_se_rechaza_sin_compararlo(
    ana: Any, hacer_docx: Callable[..., bytes], con_insercion: Callable[[bytes], bytes]
) -> None:
    acta = ana.leida(con_insercion(hacer_docx(COMPROMISO, marca="rechazar sin cotejar")))
    pedida = {"que": "rechazar", "quien": "SSGC", "version": 0, "motivo": "No es un acuerdo."}
    ruta = f"/api/v1{ana.item(acta, 'dos bombas')['ruta']}/decisiones"
    assert ana.http.post(ruta, json=pedida).status_code == 201


def test_rechazar_no_registra_nada(ana: Any, acta: int, decidir: Callable[..., Any]) -> None:
    hecho = decidir("dos bombas", "rechazar", motivo="Repite otro ítem")
    assert hecho.status_code == 201
    assert hecho.json()["despues"] is None
    assert ana.http.get("/api/v1/registro", params={"acta": acta}).json()["filas"] == []


@pytest.mark.parametrize(
    ("datos", "campo", "detalle"),
    [
        (
            {"que": "editar", "campos": {"fecha_limite": "mañana"}},
            "fecha_limite",
            "no es una fecha",
        ),
        (
            {"que": "editar", "campos": {"transcripcion": "x"}},
            "transcripcion",
            "no se puede editar",
        ),
        ({"campos": {"tipo": "pip"}}, "campos", "no se cambian campos"),
        ({"quien": " "}, "quien", "vacío"),
        ({"que": "borrar"}, None, "«que»"),
        ({"version": -1}, None, "«version»"),
        ({"sobra": 1}, None, "«sobra»"),
    ],
)
def test_un_dato_malo_da_422_y_dice_cual(
    decidir: Callable[..., Any], datos: dict[str, Any], campo: str | None, detalle: str
) -> None:
    problema = _es_problema(decidir("dos bombas", **({"clase": "compromiso"} | datos)), 422)
    assert problema.get("campo") == campo
    assert detalle in problema["detail"]


def test_el_registro_se_filtra_y_cada_fila_dice_de_donde_sale(
    ana: Any, acta: int, decidir: Callable[..., Any]
) -> None:
    decidir("dos bombas", clase="compromiso")
    decidir("botiquines", clase="tarea")
    filas = ana.http.get("/api/v1/registro", params={"acta": acta}).json()["filas"]
    assert [f["clase"] for f in filas] == ["compromiso", "tarea"]
    assert filas[0]["item"] == ana.item(acta, "dos bombas")["item"]["id"]
    assert ana.http.get(f"/api/v1/registro/{filas[1]['id']}").json() == filas[1]
    parametros = {"acta": acta, "texto": "BOMBAS", "clase": "tarea"}
    assert ana.http.get("/api/v1/registro", params=parametros).json()["filas"] == []
    parametros["texto"] = "BOTIQUÍNES"
    assert len(ana.http.get("/api/v1/registro", params=parametros).json()["filas"]) == 1


def test_los_anexos_llevan_sus_columnas_exactas_y_solo_compromisos(
    ana: Any, acta: int, decidir: Callable[..., Any]
) -> None:
    decidir("dos bombas", clase="compromiso")
    decidir("botiquines", clase="tarea")
    filtro = {"acta": acta}
    for anexo, columnas in ((2, ANEXO_2), (5, ANEXO_5)):
        libro = ana.http.get(f"/api/v1/exportar/anexo{anexo}.xlsx", params=filtro)
        nombre = f'attachment; filename="anexo-{anexo}.xlsx"'
        assert libro.headers["content-disposition"] == nombre
        hoja = openpyxl.load_workbook(io.BytesIO(libro.content)).active
        assert re.search(r"Historia \d+:[0-9a-f]{64}", hoja.oddFooter.left.text)
        filas = list(hoja.values)
        assert list(filas[0]) == columnas
        assert len(filas) == 2
        fila = dict(zip(columnas, filas[1], strict=True))
        assert fila["DESCRIPCIÓN DEL COMPROMISO"] == COMPROMISO
        assert fila["RESPONSABLE"] == "Municipalidad Distrital de Nauta"
        assert fila["ESTADO ACTUAL DEL COMPROMISO"] == "Por iniciar"
        assert f"{fila['FECHA DEL ACTA']:%d/%m/%Y}" == "14/05/2026"
        texto = ana.http.get(f"/api/v1/exportar/anexo{anexo}.csv", params=filtro).content
        assert texto.startswith(b"\xef\xbb\xbf")
        leidas = list(csv.reader(io.StringIO(texto.decode("utf-8-sig"))))
        assert leidas[0] == columnas
        assert len(leidas) == 2
    adicionales = ana.http.get("/api/v1/exportar/anexo2.xlsx", params={"adicionales": 1})
    assert openpyxl.load_workbook(io.BytesIO(adicionales.content)).sheetnames == [
        "Anexo 2",
        "Campos adicionales",
    ]


def test_las_reglas_van_con_su_advertencia(ana: Any) -> None:
    cuerpo = ana.http.get("/api/v1/reglas").json()
    assert "Anexo 8" in cuerpo["aviso"]
    assert [r["codigo"] for r in cuerpo["filas"]] == [r.codigo for r in cargar_reglas()]


@pytest.mark.parametrize(
    ("metodo", "ruta", "codigo"),
    [
        ("GET", "/api/v1/no-existe", 404),
        ("GET", "/api/v1/actas/999999", 404),
        ("GET", "/api/v1/actas/siete", 404),
        ("GET", "/api/v1/registro/compromiso-999999", 404),
        ("GET", "/api/v1/registro/nada", 404),
        ("GET", "/api/v1/registro?tipo=nada", 422),
        ("GET", "/api/v1/actas?cursor=1.2", 422),
        ("GET", "/api/v1/actas?limite=0", 422),
        ("DELETE", "/api/v1/actas", 405),
        ("POST", "/api/v1/actas", 422),
        ("POST", "/api/v1/actas/1/items/i999/decisiones", 422),
    ],
)
def test_todo_error_es_un_problema_con_consejo(
    ana: Any, acta: int, metodo: str, ruta: str, codigo: int
) -> None:
    _es_problema(ana.http.request(metodo, ruta), codigo)


def test_un_archivo_vacio_o_enorme_no_se_recibe(ana: Any) -> None:
    for contenido, codigo in ((b"", 422), (bytes(51 * 1024 * 1024), 413)):
        archivo = {"archivo": ("acta.pdf", contenido)}
        respuesta = ana.http.post("/api/v1/actas", files=archivo, data={"quien": "SSGC"})
        _es_problema(respuesta, codigo)


def test_un_cuerpo_json_enorme_se_rechaza(ana: Any, acta: int) -> None:
    respuesta = ana.http.post(
        f"/api/v1/actas/{acta}/items/i1/decisiones", json={"motivo": "x" * 2_000_000}
    )
    _es_problema(respuesta, 413)


def test_la_descripcion_openapi_cubre_la_api_y_esta_en_castellano(ana: Any) -> None:
    descripcion = ana.http.get("/api/openapi.json").json()
    assert descripcion["openapi"].startswith("3.1")
    operaciones = {
        (metodo, ruta): operacion
        for ruta, metodos in descripcion["paths"].items()
        for metodo, operacion in metodos.items()
    }
    assert len(operaciones) == 12
    for (_, ruta), operacion in operaciones.items():
        assert ruta.startswith("/api/v1/")
        assert operacion["description"].endswith(".")
        assert "4XX" in operacion["responses"]
        assert "422" not in operacion["responses"]
    decidir = operaciones["post", "/api/v1/actas/{acta_id}/items/{item_id}/decisiones"]
    assert "idempotency-key" in {p["name"] for p in decidir["parameters"]}
    resultado = descripcion["components"]["schemas"]["ResultadoJson"]
    assert {"esquema", "archivo", "texto", "items"} <= resultado["properties"].keys()


def test_ninguna_pagina_trae_documentacion_de_otro_sitio(ana: Any) -> None:
    for ruta in ("/docs", "/redoc", "/openapi.json"):
        assert ana.http.get(ruta).status_code == 404
    for ruta in ("/", "/ayuda", "/registro"):
        assert not re.findall(r'(?:src|href)="https?://', ana.http.get(ruta).text)
