"""El protocolo de LanguageTool, como lo mandan sus clientes de verdad (`docs/languagetool.md`)."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

import pytest
from fastapi.testclient import TestClient

from api.ajustes import Ajustes
from api.app import crear_app
from api.languagetool.anotado import Anotado
from api.languagetool.errores import ErrorDeProtocolo
from api.languagetool.pedido import leer_parametros, leer_pedido

DEBIL = "El Ministerio de Salud apoyará a la comunidad de San Hilario a la brevedad posible."
FORMULARIO = {"content-type": "application/x-www-form-urlencoded"}


def _revisar(http: TestClient, texto: str, **otros: str) -> dict[str, Any]:
    respuesta = http.post("/v2/check", data={"text": texto, "language": "es", **otros})
    assert respuesta.status_code == 200, respuesta.text
    return respuesta.json()  # type: ignore[no-any-return]


def _reglas(respuesta: dict[str, Any]) -> list[str]:
    return [m["rule"]["id"] for m in respuesta["matches"]]


def _trozo(texto: str, hallazgo: dict[str, Any]) -> str:
    """Corta como Java y JavaScript: por unidades UTF-16."""
    unidades = texto.encode("utf-16-le")
    desde = 2 * hallazgo["offset"]
    return unidades[desde : desde + 2 * hallazgo["length"]].decode("utf-16-le")


def test_un_compromiso_debil_se_senala_con_todo_lo_que_piden_los_clientes(
    http: TestClient,
) -> None:
    respuesta = _revisar(http, DEBIL)
    assert "SMART_T02" in _reglas(respuesta)
    for hallazgo in respuesta["matches"]:
        assert {"message", "shortMessage", "replacements", "sentence", "context"} <= set(hallazgo)
        assert hallazgo["rule"]["category"]["id"]
        assert hallazgo["rule"]["issueType"]
    vago = next(m for m in respuesta["matches"] if m["rule"]["id"] == "SMART_T02")
    assert _trozo(DEBIL, vago) == "a la brevedad posible"
    assert vago["replacements"] == [{"value": "hasta el [DD/MM/AAAA]"}]
    contexto = vago["context"]
    inicio = contexto["offset"]
    assert contexto["text"][inicio : inicio + contexto["length"]] == "a la brevedad posible"
    assert vago["sentence"] == DEBIL
    assert vago["rule"]["urls"] == [{"value": "http://127.0.0.1:8000/reglas/T02"}]
    assert http.get("/reglas/T02").status_code == 200
    assert respuesta["language"]["code"] == "es"
    assert respuesta["warnings"] == {"incompleteResults": False}
    assert respuesta["sentenceRanges"] == [[0, len(DEBIL)]]


def test_lo_que_no_es_compromiso_no_se_senala(http: TestClient) -> None:
    assert (
        _revisar(http, "El alcalde saludó a los presentes y agradeció su visita.")["matches"] == []
    )
    assert _revisar(http, "")["matches"] == []


def test_los_lugares_se_cuentan_como_en_java_aunque_haya_emoji(http: TestClient) -> None:
    texto = f"😀😀 {DEBIL}"
    vago = next(m for m in _revisar(http, texto)["matches"] if m["rule"]["id"] == "SMART_T02")
    assert _trozo(texto, vago) == "a la brevedad posible"
    assert vago["offset"] == texto.index("a la brevedad") + 2


def test_un_cuerpo_sin_codificar_conserva_el_ampersand_y_el_mas(http: TestClient) -> None:
    texto = "La empresa Agua & Luz + Riego apoyará a la comunidad a la brevedad, 100% según Ñahui."
    cuerpo = f"text={texto}&language=es-ES".encode()
    respuesta = http.post("/v2/check", content=cuerpo, headers=FORMULARIO)
    hallado = next(m for m in respuesta.json()["matches"] if m["rule"]["id"] == "SMART_T02")
    assert _trozo(texto, hallado) == "a la brevedad"
    assert hallado["sentence"] == texto


def test_un_cuerpo_codificado_dice_lo_mismo(http: TestClient) -> None:
    texto = "La empresa Agua & Luz + Riego apoyará a la comunidad a la brevedad, 100% según Ñahui."
    cuerpo = f"text={quote(texto)}&language=es".encode()
    respuesta = http.post("/v2/check", content=cuerpo, headers=FORMULARIO)
    assert next(m["sentence"] for m in respuesta.json()["matches"]) == texto


def test_un_formulario_rotulado_como_json_con_marcas_apunta_al_original(http: TestClient) -> None:
    piezas = [
        {"text": "El Ministerio de Salud "},
        {"markup": "<b class='😀'>"},
        {"text": "apoyará"},
        {"markup": "</b>"},
        {"text": " a la comunidad"},
        {"markup": "<br>", "interpretAs": " "},
        {"text": "a la brevedad posible."},
    ]
    original = "".join(p.get("text", p.get("markup", "")) for p in piezas)
    cuerpo = f"language=es&data={quote(json.dumps({'annotation': piezas}))}".encode()
    respuesta = http.post("/v2/check", content=cuerpo, headers={"content-type": "application/json"})
    hallados = {m["rule"]["id"]: _trozo(original, m) for m in respuesta.json()["matches"]}
    assert hallados["SMART_S01"] == "apoyará"
    assert hallados["SMART_T02"] == "a la brevedad posible"


def test_data_con_texto_vale_por_text(http: TestClient) -> None:
    respuesta = http.post(
        "/v2/check",
        data={"data": json.dumps({"text": DEBIL, "metaData": {"a": "b"}}), "language": "es"},
    )
    assert _reglas(respuesta.json()) == _reglas(_revisar(http, DEBIL))


@pytest.mark.parametrize(
    ("datos", "estado", "dice"),
    [
        ({"text": "a", "data": "{}", "language": "es"}, 400, "not both"),
        ({"language": "es"}, 400, "Missing 'text' or 'data'"),
        ({"text": "a"}, 400, "Missing 'language'"),
        ({"text": "a", "language": "xx"}, 400, "not a language code"),
        ({"text": "a", "language": "es", "level": "raro"}, 400, "'default' or 'picky'"),
        ({"text": "a", "language": "es", "mode": "raro"}, 400, "Mode must be one of"),
        ({"text": "a", "language": "es", "preferredVariants": "en-GB"}, 400, "language=auto"),
        ({"text": "a", "language": "es", "enabledOnly": "true"}, 400, "You must specify"),
        ({"data": "{", "language": "es"}, 400, "as JSON"),
        (
            {"data": '{"annotation":[{"text":"a","markup":"b"}]}', "language": "es"},
            400,
            "Only either",
        ),
        (
            {"data": '{"annotation":[{"text":"a","interpretAs":"b"}]}', "language": "es"},
            400,
            "interpretAs",
        ),
        ({"data": '{"annotation":[{"text":5}]}', "language": "es"}, 400, "strings"),
        ({"data": '{"annotation":5}', "language": "es"}, 400, "a list"),
        ({"data": "[]", "language": "es"}, 400, "'text' or 'annotation'"),
        ({"text": "a" * 50_001, "language": "es"}, 413, "50000"),
    ],
)
def test_un_pedido_malo_se_explica_en_texto_plano(
    http: TestClient, datos: dict[str, str], estado: int, dice: str
) -> None:
    respuesta = http.post("/v2/check", data=datos)
    assert respuesta.status_code == estado
    assert respuesta.headers["content-type"].startswith("text/plain")
    assert respuesta.headers["access-control-allow-origin"] == "*"
    assert respuesta.text.startswith("Error: ")
    assert dice in respuesta.text


def test_un_cuerpo_enorme_tambien_se_rechaza_en_texto_plano(http: TestClient) -> None:
    respuesta = http.post("/v2/check", content=b"language=es&text=" + b"a" * 1_100_000)
    assert respuesta.status_code == 413
    assert respuesta.text.startswith("Error: ")
    assert respuesta.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("ruta", ["/v2/check", "/v2", "/v2/", "/v2/v2/check", "/v2/languages"])
def test_head_y_options_responden(http: TestClient, ruta: str) -> None:
    assert http.head(ruta).status_code == 200
    previo = http.options(
        ruta,
        headers={
            "origin": "https://ejemplo.test",
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        },
    )
    assert previo.status_code == 204
    assert "POST" in previo.headers["access-control-allow-methods"]
    assert "Content-Type" in previo.headers["access-control-allow-headers"]
    assert previo.headers["access-control-allow-origin"] == "*"


def test_un_complemento_de_otro_origen_puede_revisar_pero_nada_mas(http: TestClient) -> None:
    ajeno = {"origin": "moz-extension://abc", "sec-fetch-site": "cross-site"}
    respuesta = http.post("/v2/check", data={"text": DEBIL, "language": "es"}, headers=ajeno)
    assert respuesta.status_code == 200
    assert respuesta.headers["access-control-allow-origin"] == "*"
    assert "set-cookie" not in respuesta.headers
    assert http.post("/quien", data={"quien": "X"}, headers=ajeno).status_code == 403


def test_v2_doblado_y_get_valen_igual(http: TestClient) -> None:
    consulta = {"text": DEBIL, "language": "es"}
    esperadas = _reglas(_revisar(http, DEBIL))
    assert esperadas
    for ruta in ("/v2/check", "/v2/v2/check", "/v2/check/"):
        assert _reglas(http.get(ruta, params=consulta).json()) == esperadas


def test_en_la_direccion_gana_al_cuerpo(http: TestClient) -> None:
    respuesta = http.post(
        "/v2/check?disabledRules=SMART_T02",
        data={"text": DEBIL, "language": "es", "disabledRules": ""},
    )
    assert "SMART_T02" not in _reglas(respuesta.json())


def test_se_pueden_apagar_y_encender_reglas(http: TestClient) -> None:
    todas = _reglas(_revisar(http, DEBIL))
    assert {"SMART_S01", "SMART_T02"} <= set(todas)
    assert "SMART_T02" not in _reglas(_revisar(http, DEBIL, disabledRules="SMART_T02,OTRA"))
    assert _reglas(_revisar(http, DEBIL, enabledRules="SMART_T02", enabledOnly="True")) == [
        "SMART_T02"
    ]
    assert _reglas(_revisar(http, DEBIL, disabledCategories="SMART,STYLE")) == []
    assert _reglas(_revisar(http, DEBIL, mode="textLevelOnly")) == []


def test_los_consejos_solo_salen_en_el_nivel_exigente(http: TestClient) -> None:
    texto = "El Gobierno Regional de Loreto asignará un presupuesto suficiente al hospital en 2027."
    usual, exigente = _revisar(http, texto), _revisar(http, texto, level="picky")
    consejos = [m for m in exigente["matches"] if "Consejo" in m["rule"]["tags"]]
    assert consejos
    assert all("Consejo" not in m["rule"]["tags"] for m in usual["matches"])
    pedido = _revisar(http, texto, enabledRules=consejos[0]["rule"]["id"])
    assert consejos[0]["rule"]["id"] in _reglas(pedido)


def test_idiomas_salud_tope_e_informacion(http: TestClient) -> None:
    idiomas = http.get("/v2/languages").json()
    assert {"es", "es-ES", "es-PE", "es-AR"} <= {i["longCode"] for i in idiomas}
    assert all(isinstance(i[c], str) for i in idiomas for c in ("name", "code", "longCode"))
    assert http.get("/v2/healthcheck").text == "OK"
    assert http.get("/v2/maxtextlength").text == "50000"
    assert http.get("/v2/info").json()["software"]["premium"] is False
    reglas = http.get("/v2/configinfo", params={"language": "es"}).json()["rules"]
    assert "SMART_T01" in {r["ruleId"] for r in reglas}
    palabras = http.post("/v2/words/add", data={"word": "a"})
    assert palabras.status_code == 403
    desconocida = http.get("/v2/nada")
    assert (desconocida.status_code, desconocida.text[:6]) == (404, "Error:")


def test_el_texto_revisado_no_llega_a_la_bitacora(
    http: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    _revisar(http, f"{DEBIL} Palabra inconfundible: tolonguito.", inputLogging="no")
    assert "tolonguito" not in caplog.text


class _Ortografia(BaseHTTPRequestHandler):
    """Un servidor de LanguageTool de juguete que oye de verdad en un puerto."""

    def do_POST(self) -> None:
        largo = int(self.headers["content-length"])
        recibido = parse_qs(self.rfile.read(largo).decode())
        self.server.recibidos.append(recibido)  # type: ignore[attr-defined]
        lugar = recibido["text"][0].index("meza")
        cuerpo = {
            "matches": [
                {
                    "message": "Posible error.",
                    "replacements": [{"value": "mesa"}],
                    "offset": lugar,
                    "length": 4,
                    "context": {"text": "meza", "offset": 0, "length": 4},
                    "rule": {"id": "MORFOLOGIK", "category": {"id": "TYPOS", "name": "Error"}},
                }
            ]
        }
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(cuerpo).encode())

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def ortografia() -> Iterator[HTTPServer]:
    servidor = HTTPServer(("127.0.0.1", 0), _Ortografia)
    servidor.recibidos = []  # type: ignore[attr-defined]
    hilo = threading.Thread(target=servidor.serve_forever)
    hilo.start()
    yield servidor
    servidor.shutdown()
    hilo.join(10)
    servidor.server_close()


def test_se_suman_los_hallazgos_del_servidor_de_ortografia(
    ortografia: HTTPServer, tmp_path: Path
) -> None:
    direccion = f"http://127.0.0.1:{ortografia.server_port}/v2"
    ajustes = Ajustes(carpeta=tmp_path, languagetool=direccion)
    texto = f"{DEBIL} La meza queda instalada."
    with TestClient(crear_app(ajustes), base_url="http://127.0.0.1:8000") as http:
        respuesta = _revisar(http, texto, language="es-PE", username="ana", apiKey="clave")
        ortografia.shutdown()
        ortografia.server_close()
        sola = _revisar(http, texto)
    hallado = next(m for m in respuesta["matches"] if m["rule"]["id"] == "MORFOLOGIK")
    assert _trozo(texto, hallado) == "meza"
    assert hallado["shortMessage"] == ""
    assert "SMART_T02" in _reglas(respuesta)
    assert respuesta["warnings"] == {"incompleteResults": False}
    (recibido,) = ortografia.recibidos  # type: ignore[attr-defined]
    assert recibido["language"] == ["es"]
    assert not {"username", "apiKey"} & recibido.keys()
    assert "SMART_T02" in _reglas(sola)
    assert sola["warnings"]["incompleteResults"] is True


@pytest.mark.parametrize(
    ("cuerpo", "esperado"),
    [
        (b"text=a%26b+c&language=es", {"text": "a&b c", "language": "es"}),
        ("text=á & b+c %20&language=es".encode(), {"text": "á & b+c %20", "language": "es"}),
        (b"text=a&b&language=es", {"text": "a", "language": "es"}),
        (b"text=linea\nuna&language=es", {"text": "linea\nuna", "language": "es"}),
        (b"", {}),
        (b"text=%ff%fe&language=es", {"text": "��", "language": "es"}),
    ],
)
def test_el_cuerpo_se_lee_venga_como_venga(cuerpo: bytes, esperado: dict[str, str]) -> None:
    assert leer_parametros(cuerpo) == esperado


def test_un_medio_caracter_en_data_no_rompe_nada() -> None:
    assert Anotado.de_json('{"text": "a\\ud800b"}').leido == "a�b"


def test_un_interpretado_senala_su_marca_entera() -> None:
    datos = {
        "annotation": [{"text": "a "}, {"markup": "<img>", "interpretAs": "XYZ"}, {"text": " b"}]
    }
    anotado = Anotado.de_json(json.dumps(datos))
    assert anotado.leido == "a XYZ b"
    assert anotado.lugar(3, 4) == (2, 5)
    assert anotado.lugar(0, 7) == (0, 9)
    assert anotado.lugar(7, 7) == (9, 0)


def test_enabled_only_con_apagadas_no_se_admite() -> None:
    crudos = {
        "text": "a",
        "language": "es",
        "enabledOnly": "yes",
        "enabledRules": "A",
        "disabledRules": "B",
    }
    with pytest.raises(ErrorDeProtocolo, match="enabledOnly=true"):
        leer_pedido(crudos)
