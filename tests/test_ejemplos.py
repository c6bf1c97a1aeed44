"""Sobre todas las actas de ejemplo: cada dato es el texto que se leyó y está donde se dice."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from ingesta.lectores import leer
from lineamientos.analisis import Analizador, crear_analizador

RAIZ = Path(__file__).parents[1]
CIEGAS = sorted((RAIZ / "tests" / "ciegas").glob("*.docx"))
ACTAS = sorted(p for p in (RAIZ / "ejemplos").iterdir() if p.suffix in {".docx", ".pdf"})
HOLGURA = 0.6
"""Puntos que se le suman a una caja al releerla: los bordes de las letras la rozan."""


@pytest.fixture(scope="module")
def analizador() -> Analizador:
    return crear_analizador()


@pytest.fixture(scope="module", params=ACTAS, ids=lambda r: r.stem)
def caso(request: pytest.FixtureRequest, analizador: Analizador) -> tuple[Path, dict[str, Any]]:
    ruta: Path = request.param
    return ruta, dict(analizador.analizar_archivo(ruta, todo=True))


def _con_tramo(valor: Any) -> Iterator[dict[str, Any]]:
    """Recorre el resultado y devuelve todo lo que dice de dónde salió."""
    if isinstance(valor, dict):
        if {"texto", "inicio", "fin"} <= valor.keys():
            yield valor
        for dentro in valor.values():
            yield from _con_tramo(dentro)
    elif isinstance(valor, list):
        for dentro in valor:
            yield from _con_tramo(dentro)


def test_cada_acta_tiene_su_lectura_anotada() -> None:
    assert len(ACTAS) >= 14
    for ruta in ACTAS:
        assert (RAIZ / "ejemplos" / "esperado" / f"{ruta.stem}.json").is_file()


@pytest.mark.parametrize("ruta", CIEGAS, ids=lambda r: r.stem)
def test_cada_item_anotado_de_un_acta_ciega_esta_en_su_archivo(ruta: Path) -> None:
    esperado = json.loads(
        (ruta.parent / "esperado" / f"{ruta.stem}.json").read_text(encoding="utf-8")
    )
    documento = leer(ruta)
    desde = 0
    for item in esperado["items"]:
        desde = documento.texto.index(item["texto"], desde)
        if item["pedido_de_origen"] is not None:
            assert esperado["items"][item["pedido_de_origen"]]["clase"] == "pedido"


def test_cada_item_y_cada_campo_es_el_texto_de_su_tramo(caso: tuple[Path, dict[str, Any]]) -> None:
    ruta, resultado = caso
    texto = resultado["texto"]
    datos = [d for parte in ("acta", "items") for d in _con_tramo(resultado[parte])]
    assert len(datos) > 10, ruta
    for dato in datos:
        assert 0 <= dato["inicio"] < dato["fin"] <= len(texto)
        assert texto[dato["inicio"] : dato["fin"]] == dato["texto"]


def test_los_hallazgos_senalan_texto_del_acta(caso: tuple[Path, dict[str, Any]]) -> None:
    _, resultado = caso
    for item in resultado["items"]:
        for hallazgo in item["hallazgos"]:
            assert 0 <= hallazgo["inicio"] < hallazgo["fin"] <= len(resultado["texto"])
            assert not re.search(r"[{}]", hallazgo["mensaje"])


def test_las_cajas_de_un_pdf_contienen_las_palabras_del_item(
    caso: tuple[Path, dict[str, Any]],
) -> None:
    ruta, resultado = caso
    if ruta.suffix != ".pdf":
        assert all(item["cajas"] == [] for item in resultado["items"])
        return
    documento = pypdfium2.PdfDocument(ruta)
    for item in resultado["items"]:
        releidas = Counter(_letras(_releer(documento, item["cajas"])))
        faltan = Counter(_letras(item["texto"])) - releidas
        assert not faltan, (item["texto"], faltan)
    documento.close()


def _releer(documento: pypdfium2.PdfDocument, cajas: list[dict[str, Any]]) -> str:
    """Vuelve a leer con PDFium, sin pasar por nuestro lector, lo que hay dentro de las cajas."""
    partes = []
    for caja in cajas:
        pagina = documento[caja["pagina"] - 1]
        alto = pagina.get_height()
        assert 0 <= caja["x0"] < caja["x1"] <= pagina.get_width()
        assert 0 <= caja["arriba"] < caja["abajo"] <= alto
        partes.append(
            pagina.get_textpage().get_text_bounded(
                left=caja["x0"] - HOLGURA,
                bottom=alto - caja["abajo"] - HOLGURA,
                right=caja["x1"] + HOLGURA,
                top=alto - caja["arriba"] + HOLGURA,
            )
        )
    return " ".join(partes)


def _letras(texto: str) -> list[str]:
    return re.findall(r"\w", texto)


def test_el_acta_que_solo_informa_no_propone_compromisos(analizador: Analizador) -> None:
    for nombre in ("acta-13-mandorcillo-asamblea.pdf", "acta-14-condorcanqui-seguimiento.pdf"):
        esperado = json.loads(
            (RAIZ / "ejemplos" / "esperado" / nombre.replace(".pdf", ".json")).read_text("utf-8")
        )
        assert not [i for i in esperado["items"] if i["clase"] == "compromiso"]
        resultado = analizador.analizar_archivo(RAIZ / "ejemplos" / nombre)
        seguros = [
            i["texto"] for i in resultado["items"] if i["clase"] == "compromiso" and not i["duda"]
        ]
        assert seguros == [], nombre


def test_el_no_insertado_con_control_de_cambios_se_lee(analizador: Analizador) -> None:
    resultado = analizador.analizar_archivo(RAIZ / "ejemplos" / "acta-04-huayllay-cambios.docx")
    assert "cambios_controlados" in {a["codigo"] for a in resultado["avisos"]}
    assert any(re.search(r"\bNO\b", i["texto"]) for i in resultado["items"])
