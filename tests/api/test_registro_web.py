"""La tabla del registro: filtros en la dirección, cuentas, páginas y lo que no coincide."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.ajustes import Ajustes
from api.app import crear_app
from registro.actores import Actor, Oficina
from registro.espacios import abrir_espacio, asignar_acta
from registro.importar import importar

CUANDO = datetime(2026, 5, 20, tzinfo=UTC)
ACTOR = Actor("Carmen Quispe", Oficina.SSGC)
ACCIONES = ("reparará el puente", "construirá la posta", "entregará semillas")
REGIONES = ("Loreto", "Madre de Dios", "Apurímac")


def _matriz() -> bytes:
    """Sesenta compromisos inventados."""
    salida = io.StringIO()
    hoja = csv.writer(salida)
    hoja.writerow(["TIPO", "DESCRIPCIÓN", "UT", "REGIÓN", "ESTADO", "RESPONSABLE"])
    for n in range(60):
        hoja.writerow([
            "PIP" if n % 2 else "",
            f"La entidad {n} {ACCIONES[n % 3]} del sector {n}.",
            "Amazonía" if n % 3 == 0 else "Sureste",
            REGIONES[n % 3],
            "Cumplido" if n % 10 == 0 else "En proceso",
            "Ministerio de Salud" if n % 4 == 0 else "Gobierno Regional de Loreto",
        ])
    return salida.getvalue().encode()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    carpeta: Path = tmp_path_factory.mktemp("registro")
    app = crear_app(Ajustes(carpeta=carpeta, oficina="Gestora UT"))
    with TestClient(app, base_url="http://127.0.0.1:8000") as cliente:
        servicios = app.state.servicios
        importar(servicios.base, servicios.originales, ACTOR, _matriz(), "matriz.csv", CUANDO)
        espacio = abrir_espacio(servicios.base, ACTOR, "Mesa de Nauta", "mesa_tecnica", CUANDO)
        asignar_acta(servicios.base, ACTOR, 1, espacio.id, CUANDO)
        yield cliente


def _ver(cliente: Any, **filtros: Any) -> str:
    respuesta = cliente.get("/registro", params=filtros)
    assert respuesta.status_code == 200, respuesta.text
    return re.sub(r"\s+", " ", respuesta.text.replace("\u00a0", " "))


def _total(cliente: Any, **filtros: Any) -> int:
    total: int = cliente.get("/api/v1/registro", params=filtros).json()["total"]
    return total


@pytest.mark.parametrize(
    ("filtros", "esperado"),
    [
        ({}, 60),
        ({"texto": "reparaciones de puentes"}, 20),
        ({"texto": "REPARO PUENTE", "region": "Loreto"}, 20),
        ({"region": "Madre de Dios"}, 20),
        ({"region": "madre de dios", "estado": "cumplido"}, 2),
        ({"region": "Dios"}, 0),
        ({"unidad": "Amazonía"}, 20),
        ({"unidad": "Amazon"}, 0),
        ({"responsable": "salud"}, 15),
        ({"responsable": "ministerios", "tipo": "por_determinar"}, 15),
        ({"tipo": "pip", "clase": "compromiso"}, 30),
        ({"clase": "tarea"}, 0),
        ({"plazo": "sin_fecha"}, 60),
        ({"plazo": "vencido"}, 0),
        ({"espacio": "1"}, 60),
        ({"espacio": "2"}, 0),
        ({"espacio": "uno"}, 0),
        ({"espacio": "1", "texto": "semilla", "tipo": "pip", "responsable": "loreto"}, 10),
    ],
)
def test_los_filtros_se_combinan_y_la_cuenta_es_la_misma_en_la_pagina_y_en_la_api(
    app: Any, filtros: dict[str, str], esperado: int
) -> None:
    assert _total(app, **filtros) == esperado
    html = _ver(app, **filtros)
    if esperado:
        assert f"<strong>{esperado}</strong> filas" in html
    else:
        assert "Nada del registro coincide" in html
        assert "<table" not in html


def test_las_paginas_recorren_todo_sin_saltar_ni_repetir(app: Any) -> None:
    vistos = [
        numero
        for pagina in (1, 2, 3)
        for numero in re.findall(r'href="/registro/compromiso-(\d+)"', _ver(app, pagina=pagina))
    ]
    assert len(vistos) == len(set(vistos)) == 60
    ultima = _ver(app, pagina=3)
    assert "Se ven de la 51 a la 60." in ultima
    assert "Página 3 de 3" in ultima
    assert 'rel="next"' not in ultima


def test_al_cambiar_de_pagina_los_filtros_siguen(app: Any) -> None:
    html = _ver(app, tipo="pip", estado="en_proceso")
    assert "/registro?pagina=2&amp;estado=en_proceso&amp;tipo=pip" in html or (
        "/registro?pagina=2&amp;tipo=pip&amp;estado=en_proceso" in html
    )
    assert "anexo2.xlsx?tipo=pip&amp;estado=en_proceso" in html


def test_cada_filtro_puesto_se_lee_y_se_quita_solo(app: Any) -> None:
    html = _ver(app, estado="cumplido", region="Loreto", texto="<b>puente</b>")
    assert "Estado: Cerrado – Cumplido" in html
    assert "Texto: &lt;b&gt;puente&lt;/b&gt;" in html
    assert 'href="/registro?estado=cumplido&amp;region=Loreto"' in html.replace(
        "region=Loreto&amp;estado=cumplido", "estado=cumplido&amp;region=Loreto"
    )
    assert '<option value="Loreto" selected>' in html
    assert "<details open>" in html


@pytest.mark.parametrize("pagina", ["0", "4", "x", "-1", "²", "9" * 30])
def test_una_pagina_que_no_existe_se_dice(app: Any, pagina: str) -> None:
    respuesta = app.get("/registro", params={"pagina": pagina})
    assert respuesta.status_code == 422
    assert "Empiece desde la primera página" in respuesta.text


@pytest.mark.parametrize("filtro", [{"plazo": "ayer"}, {"estado": "x"}, {"clase": "x"}])
def test_un_filtro_inventado_se_rechaza(app: Any, filtro: dict[str, str]) -> None:
    assert app.get("/registro", params=filtro).status_code == 422
    assert app.get("/api/v1/registro", params=filtro).status_code == 422
