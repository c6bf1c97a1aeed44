"""La aplicación de verdad, con su base, sus archivos y su proceso de lectura."""

from __future__ import annotations

import io
import re
import shutil
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
import uvicorn
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from api.ajustes import Ajustes
from api.app import crear_app
from api.consola.servir import escuchar
from registro.actores import Actor, Oficina
from registro.importar import importar

ORIGEN = "http://127.0.0.1:8000"
PLAZO = 180.0
"""Segundos que se espera una lectura; la primera carga los modelos."""

COMPROMISO = (
    "La Municipalidad Distrital de Nauta entregará dos bombas de agua a la comunidad de San "
    "Hilario hasta el 30 de junio de 2026, con cargo a su presupuesto institucional."
)
PEDIDO = "La comunidad solicita al Ministerio de Salud la construcción de un puesto de salud."
TAREA = "La secretaría técnica convocará a una reunión de trabajo el 5 de junio de 2026."


@dataclass(frozen=True)
class Visitante:
    """Alguien que usa la aplicación desde un navegador, sin JavaScript."""

    http: TestClient

    @property
    def ficha(self) -> str:
        """Devuelve la ficha de sus formularios."""
        if "actas_ficha" not in self.http.cookies:
            self.http.get("/ayuda")
        return self.http.cookies["actas_ficha"]

    def publicar(self, ruta: str, archivos: Any = None, **datos: Any) -> Any:
        """Envía un formulario con su ficha, sin seguir la redirección."""
        return self.http.post(
            ruta, data={"ficha": self.ficha, **datos}, files=archivos, follow_redirects=False
        )

    def enviar(self, contenido: bytes, nombre: str = "acta.docx", quien: str = "Ana Ruiz") -> Any:
        """Envía un archivo desde el inicio."""
        return self.publicar("/actas", [("archivos", (nombre, contenido))], quien=quien)

    def leida(self, contenido: bytes, nombre: str = "acta.docx") -> int:
        """Envía un archivo, espera a que se lea y devuelve el número del acta."""
        respuesta = self.enviar(contenido, nombre)
        assert respuesta.status_code == 303, respuesta.text
        acta_id = int(re.search(r"\d+", respuesta.headers["location"])[0])  # type: ignore[index]
        self.esperar(acta_id)
        return acta_id

    def esperar(self, acta_id: int) -> dict[str, Any]:
        """Espera a que el acta deje de estar pendiente y la devuelve."""
        limite = time.monotonic() + PLAZO
        while time.monotonic() < limite:
            acta: dict[str, Any] = self.http.get(f"/api/v1/actas/{acta_id}").json()["acta"]
            if acta["estado"] not in {"recibida", "analizando"}:
                return acta
            time.sleep(0.1)
        raise AssertionError(f"el acta {acta_id} no se leyó en {PLAZO:.0f} s")

    def item(self, acta_id: int, texto: str) -> dict[str, Any]:
        """Devuelve el ítem que contiene ese texto, con su versión y su decisión."""
        filas = self.http.get(f"/api/v1/actas/{acta_id}/items").json()["filas"]
        (hallado,) = [f for f in filas if texto in f["item"]["texto"]]
        return {"ruta": f"/actas/{acta_id}/items/{hallado['item']['id']}", **hallado}


class Programa:
    """La aplicación atendida por uvicorn en un puerto fijo; se apaga y se vuelve a encender."""

    def __init__(self, carpeta: Path) -> None:
        self._carpeta = carpeta
        self._puerto = 0
        self.encender()

    @property
    def direccion(self) -> str:
        """Devuelve dónde atiende."""
        return f"http://127.0.0.1:{self._puerto}"

    def encender(self) -> None:
        """Arranca y espera a que atienda."""
        enchufe = escuchar("127.0.0.1", self._puerto)
        self._puerto = enchufe.getsockname()[1]
        self._app = crear_app(Ajustes(carpeta=self._carpeta, oficina="Gestora UT"))
        configuracion = uvicorn.Config(self._app, log_level="warning", timeout_graceful_shutdown=5)
        self._servidor = uvicorn.Server(configuracion)
        self._hilo = threading.Thread(target=self._servidor.run, kwargs={"sockets": [enchufe]})
        self._hilo.start()
        limite = time.monotonic() + 120
        while not self._servidor.started:
            assert time.monotonic() < limite, "la aplicación no arrancó"
            time.sleep(0.05)

    def importar(self, matriz: bytes) -> None:
        """Registra una matriz CSV."""
        servicios, actor = self._app.state.servicios, Actor("Carmen Quispe", Oficina.SSGC)
        cuando = datetime.now(UTC)
        importar(servicios.base, servicios.originales, actor, matriz, "matriz.csv", cuando)

    def apagar(self) -> None:
        """Se apaga como con Ctrl+C."""
        self._servidor.should_exit = True
        self._hilo.join(60)
        assert not self._hilo.is_alive()


@pytest.fixture(scope="module")
def programa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programa]:
    """Da la aplicación encendida, una por archivo de pruebas."""
    encendido = Programa(tmp_path_factory.mktemp("programa"))
    yield encendido
    encendido.apagar()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Da un Chromium del sistema; sin él las pruebas se omiten."""
    ejecutable = shutil.which("chromium") or shutil.which("google-chrome")
    if ejecutable is None:
        pytest.skip("no hay un Chromium del sistema (apt-get install chromium)")
    with sync_playwright() as playwright:
        navegador = playwright.chromium.launch(executable_path=ejecutable, args=["--no-sandbox"])
        yield navegador
        navegador.close()


@pytest.fixture
def contexto(chromium: Browser, programa: Programa) -> Iterator[BrowserContext]:
    """Da un navegador limpio, en la aplicación."""
    nuevo = chromium.new_context(base_url=programa.direccion, locale="es-PE")
    yield nuevo
    nuevo.close()


@pytest.fixture(scope="module")
def carpeta(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Devuelve la carpeta de datos de la aplicación."""
    return tmp_path_factory.mktemp("datos")


@pytest.fixture(scope="module")
def http(carpeta: Path) -> Iterator[TestClient]:
    """Da la aplicación funcionando, una por archivo de pruebas."""
    with TestClient(crear_app(Ajustes(carpeta=carpeta)), base_url=ORIGEN) as cliente:
        yield cliente


@pytest.fixture
def ana(http: TestClient) -> Iterator[Visitante]:
    """Da una visitante con el navegador limpio."""
    http.cookies.clear()
    yield Visitante(http)
    http.cookies.clear()


@pytest.fixture
def hacer_docx() -> Callable[..., bytes]:
    """Da una función que hace un acta DOCX con esos acuerdos; sin decirlos, con un compromiso."""
    return acta_docx


@pytest.fixture
def acta(ana: Visitante, hacer_docx: Callable[..., bytes], request: pytest.FixtureRequest) -> int:
    """Devuelve un acta leída con un compromiso y un pedido, propia de esta prueba."""
    return ana.leida(hacer_docx(COMPROMISO, PEDIDO, marca=request.node.name))


@pytest.fixture
def compromiso(ana: Visitante, acta: int) -> dict[str, Any]:
    """Devuelve el ítem del compromiso de `acta`."""
    return ana.item(acta, "dos bombas")


@pytest.fixture
def con_insercion() -> Callable[[bytes], bytes]:
    """Da una función que marca «dos bombas», en un acta, con un cambio sin aceptar."""
    return _con_insercion


def _con_insercion(acta: bytes) -> bytes:
    """Marca «dos» como agregado con control de cambios, en un párrafo del acta."""
    salida = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(acta)) as vieja, zipfile.ZipFile(salida, "w") as nueva:
        for parte in vieja.namelist():
            datos = vieja.read(parte)
            if parte == "word/document.xml":
                run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
                marcado = f"</w:t></w:r><w:ins w:id='1'>{run.format('dos ')}</w:ins>"
                resto = run.format("bombas").removesuffix("bombas</w:t></w:r>") + "bombas"
                datos = datos.replace(b"dos bombas", (marcado + resto).encode())
            nueva.writestr(parte, datos)
    return salida.getvalue()


def acta_docx(*acuerdos: str, titulo: str = "ACTA DE REUNIÓN", marca: object = None) -> bytes:
    """Devuelve los bytes de un acta con esos acuerdos; `marca` la hace distinta de otras.

    Sin acuerdos lleva el compromiso de siempre.
    """
    documento = docx.Document()
    documento.add_paragraph(titulo)
    documento.add_paragraph(
        "En el distrito de Nauta, provincia y departamento de Loreto, siendo las 09:00 horas del "
        "14 de mayo de 2026, se reunieron los abajo firmantes."
    )
    if marca is not None:
        documento.add_paragraph(f"Referencia: {marca}.")
    documento.add_paragraph("ACUERDOS")
    for numero, acuerdo in enumerate(acuerdos or (COMPROMISO,), 1):
        documento.add_paragraph(f"{numero}. {acuerdo}")
    salida = io.BytesIO()
    documento.save(salida)
    return salida.getvalue()
