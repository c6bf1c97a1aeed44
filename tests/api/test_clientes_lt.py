"""Clientes de verdad del protocolo de LanguageTool contra la aplicación atendiendo en un puerto."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
import uuid
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn

from api.ajustes import Ajustes
from api.app import crear_app
from api.consola.servir import escuchar
from api.languagetool.oxt import construir

TEXTO = (
    "La empresa Agua & Luz + Riego apoyará a la comunidad de Ñahuinpuquio a la brevedad posible."
)
PROGRAMA = Path(__file__).parent / "oficina" / "revisar_en_oficina.py"
NADIE = 65534


def _falta(que: str) -> None:
    if os.environ.get("ACTAS_EXIGE_TODO") == "1":
        pytest.fail(que)
    pytest.skip(que)


def _modulo(nombre: str) -> Any:
    try:
        return __import__(nombre, fromlist=["_"])
    except ImportError:
        _falta(f"falta {nombre} (dependencias de desarrollo)")


def _pylanguagetool() -> Any:
    """Devuelve su módulo `api`; el paquete entero pide `pkg_resources`, que ya no existe."""
    paquete = find_spec("pylanguagetool")
    if paquete is None or paquete.origin is None:
        _falta("falta pylanguagetool (dependencias de desarrollo)")
    ruta = Path(paquete.origin).with_name("api.py")
    ficha = spec_from_file_location("pylanguagetool_api", ruta)
    modulo = module_from_spec(ficha)
    ficha.loader.exec_module(modulo)
    return modulo


@pytest.fixture(scope="module")
def sitio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Da la dirección de la aplicación, con los modelos ya cargados."""
    enchufe = escuchar("127.0.0.1", 0)
    app = crear_app(Ajustes(carpeta=tmp_path_factory.mktemp("datos")))
    servidor = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    hilo = threading.Thread(target=servidor.run, kwargs={"sockets": [enchufe]})
    hilo.start()
    direccion = f"http://127.0.0.1:{enchufe.getsockname()[1]}/"
    limite = time.monotonic() + 180
    while not servidor.started and time.monotonic() < limite:
        time.sleep(0.05)
    httpx2.get(f"{direccion}v2/check?language=es&text=hola", timeout=180).raise_for_status()
    yield direccion
    servidor.should_exit = True
    hilo.join(30)
    assert not hilo.is_alive()


def test_language_tool_python_ve_el_hallazgo_y_aplica_el_reemplazo(sitio: str) -> None:
    language_tool_python = _modulo("language_tool_python")
    cliente = language_tool_python.LanguageTool("es", remote_server=sitio)
    hallados = {h.rule_id: h for h in cliente.check(TEXTO)}
    vago = hallados["SMART_T02"]
    assert TEXTO[vago.offset : vago.offset + vago.error_length] == "a la brevedad posible"
    assert vago.replacements == ["hasta el [DD/MM/AAAA]"]
    corregido = cliente.correct(TEXTO)
    assert corregido.endswith("entregará a la comunidad de Ñahuinpuquio hasta el [DD/MM/AAAA].")


def test_pylanguagetool_ve_el_hallazgo(sitio: str) -> None:
    api = _pylanguagetool()
    respuesta = api.check(TEXTO, api_url=f"{sitio}v2/", lang="es", enabled_only=False)
    assert "SMART_T02" in {m["rule"]["id"] for m in respuesta["matches"]}
    solo = api.check(
        TEXTO, api_url=f"{sitio}v2/", lang="es", enabled_rules="SMART_T02", enabled_only=True
    )
    assert [m["rule"]["id"] for m in solo["matches"]] == ["SMART_T02"]


def test_la_extension_dice_lo_mismo_dos_veces_y_no_lleva_programas(tmp_path: Path) -> None:
    assert construir("http://127.0.0.1:8000/") == construir()
    archivo = tmp_path / "actas.oxt"
    archivo.write_bytes(construir("http://127.0.0.1:9&1"))
    with zipfile.ZipFile(archivo) as partes:
        assert set(partes.namelist()) == {"META-INF/manifest.xml", "description.xml", "actas.xcu"}
        assert "<value>http://127.0.0.1:9&amp;1/v2</value>" in partes.read("actas.xcu").decode()


def test_la_aplicacion_da_la_extension_con_su_direccion(sitio: str, tmp_path: Path) -> None:
    archivo = tmp_path / "actas.oxt"
    archivo.write_bytes(httpx2.get(f"{sitio}oficina/actas.oxt").content)
    with zipfile.ZipFile(archivo) as partes:
        assert f"<value>{sitio}v2</value>" in partes.read("actas.xcu").decode()


@pytest.fixture
def oficina(sitio: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Da LibreOffice sin ventanas, con la extensión instalada y escuchando en un tubo.

    `unopkg` no instala como administrador: entonces todo corre como el usuario «nobody».
    """
    if not (shutil.which("soffice") and shutil.which("unopkg")):
        _falta("no hay LibreOffice (apt-get install libreoffice-writer-nogui)")
    carpeta = tmp_path_factory.mktemp("oficina")
    como, entorno = [], {**os.environ, "HOME": str(carpeta)}
    if os.geteuid() == 0:
        como = ["setpriv", f"--reuid={NADIE}", f"--regid={NADIE}", "--clear-groups"]
        temporal = Path(tempfile.gettempdir())
        for superior in (carpeta, *carpeta.parents):
            if superior.is_relative_to(temporal) and superior != temporal:
                superior.chmod(0o777)
    python = "/usr/bin/python3"
    if subprocess.run([python, "-c", "import uno"], check=False, capture_output=True).returncode:
        _falta("el Python del sistema no trae uno (apt-get install python3-uno)")
    extension = carpeta / "actas.oxt"
    extension.write_bytes(construir(sitio))
    perfil = f"-env:UserInstallation=file://{carpeta}/perfil"
    orden = [*como, "unopkg", "add", "-f", perfil, str(extension)]
    subprocess.run(orden, check=True, env=entorno, timeout=180, capture_output=True)
    tubo = f"actas{uuid.uuid4().hex}"
    programa = [*como, "soffice", "--headless", "--norestore", perfil]
    proceso = subprocess.Popen(
        [*programa, f"--accept=pipe,name={tubo};urp"],
        env=entorno,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield {"orden": [*como, python, str(PROGRAMA)], "tubo": tubo, "env": entorno}
    try:
        proceso.wait(30)
    except subprocess.TimeoutExpired:
        proceso.kill()


@pytest.mark.oficina
def test_libreoffice_muestra_nuestro_hallazgo_y_su_reemplazo(oficina: dict[str, Any]) -> None:
    pedido = {"tubo": oficina["tubo"], "texto": f"😀 {TEXTO}", "idioma": "es", "pais": "PE"}
    orden = {"check": True, "capture_output": True, "timeout": 180, "text": True}
    hecho = subprocess.run(oficina["orden"], input=json.dumps(pedido), env=oficina["env"], **orden)
    respuesta = json.loads(hecho.stdout)
    assert respuesta["conoce"]
    assert respuesta["elegidos"] == ["org.openoffice.lingu.LanguageToolGrammarChecker"]
    vago = next(e for e in respuesta["errores"] if "hasta el [DD/MM/AAAA]" in e["reemplazos"])
    unidades = pedido["texto"].encode("utf-16-le")
    desde = 2 * vago["inicio"]
    assert (
        unidades[desde : desde + 2 * vago["largo"]].decode("utf-16-le") == "a la brevedad posible"
    )
    assert "no fija un día" in vago["corto"]
