"""Las órdenes que salen del registro: reporte, exportar, cuadrar e importar, como las usa uno."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

RAIZ = Path(__file__).parents[2]
ACTAS = Path(sys.executable).with_name("actas")
QUIEN = ("--aplicar", "--quien", "Carmen Quispe", "--oficina", "ssgc")
MATRIZ = """FECHA DEL ACTA;TIPO;DESCRIPCIÓN;UT;ESTADO;NOTA
14/05/2026;PIP;Construirá la posta de salud;UT Centro;Cumplido;
15/05/2026;Actividad;Dará dos talleres;UT Norte;En proceso;x
"""
CIFRAS = "unidad,cuenta,valor,fuente\n,total,{total},oficio\nut centro,cumplido,1,oficio\n"
Consola = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def actas(tmp_path: Path) -> Consola:
    """Da una función que corre `actas …` en una carpeta con la matriz ya importada."""

    def correr(*argumentos: object, sale: int = 0) -> subprocess.CompletedProcess[str]:
        orden = [str(ACTAS), *map(str, argumentos)]
        hecho = subprocess.run(
            orden, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=180
        )
        assert hecho.returncode == sale, hecho.stderr
        return hecho

    (tmp_path / "m.csv").write_text(MATRIZ, encoding="utf-8")
    dicho = correr("importar", "m.csv", *QUIEN).stdout
    assert "2 nuevas" in dicho
    assert "aviso: La columna «NOTA» no se importa: 1 celdas con datos." in dicho
    return correr


def _cabeza(salida: str) -> str:
    hallada = re.search(r"Cabeza de la historia: (\d+:[0-9a-f]{64})", salida)
    assert hallada, salida
    return hallada[1]


def test_el_reporte_sale_en_word_y_excel_con_la_cabeza_que_verifica(
    actas: Consola, tmp_path: Path
) -> None:
    anterior = actas("reporte", "mensual", "--hasta", "2026-10", "-o", "r")
    cabeza = _cabeza(anterior.stdout)
    word = Document(str(tmp_path / "r" / "reporte-mensual-2026-10.docx"))
    assert word.paragraphs[-2].text == cabeza
    libro = load_workbook(tmp_path / "r" / "reporte-mensual-2026-10.xlsx")
    assert cabeza in str(libro.worksheets[1].oddFooter.left.text)
    assert "en orden" in actas("verificar", "--cabeza", cabeza).stdout
    assert (
        "no cierra un bimestre"
        in actas("reporte", "bimestral", "--hasta", "2026-09", sale=2).stderr
    )


def test_exportar_todo_cumple_el_esquema_publicado(actas: Consola, tmp_path: Path) -> None:
    cabeza = _cabeza(actas("exportar", "todo").stderr)
    datos = json.loads((tmp_path / "todo.json").read_text("utf-8"))
    esquema = json.loads((RAIZ / "docs" / "esquemas" / "registro.json").read_text("utf-8"))
    Draft202012Validator(esquema).validate(datos)
    assert f"{datos['cabeza']['numero']}:{datos['cabeza']['huella']}" == cabeza
    assert len(datos["tablas"]["compromiso"]) == 2
    assert (
        "no se exporta en json" in actas("exportar", "anexo2", "--formato", "json", sale=2).stderr
    )


def test_el_anexo_lleva_la_cabeza_fuera_de_sus_celdas(actas: Consola, tmp_path: Path) -> None:
    cabeza = _cabeza(actas("exportar", "anexo2").stderr)
    libro = load_workbook(tmp_path / "anexo2.xlsx")
    [hoja] = libro.worksheets
    assert cabeza in str(libro.properties.description)
    assert cabeza in str(hoja.oddFooter.left.text)
    assert (hoja.max_row, hoja.max_column) == (3, 15)


def test_cuadrar_dice_lo_que_no_coincide(actas: Consola, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(CIFRAS.format(total=2), encoding="utf-8")
    assert "ninguna sin cuadrar" in actas("cuadrar", "c.csv", "-o", "c.xlsx").stdout
    assert load_workbook(tmp_path / "c.xlsx")["Cuadre"]["E2"].value == "sí"
    (tmp_path / "c.csv").write_text(CIFRAS.format(total=3), encoding="utf-8")
    assert "Todas · total: 3 ≠ 2" in actas("cuadrar", "c.csv", sale=1).stdout


def test_un_catalogo_propio_lo_usa_quien_lee_un_acta(actas: Consola, tmp_path: Path) -> None:
    propia = (
        "nombre,nivel,clase,siglas\nPrograma Nacional de Puentes Colgantes,nacional,estado,PNPC\n"
    )
    (tmp_path / "e.csv").write_text(propia, encoding="utf-8")
    item = {"id": "x", "texto": "El PNPC construirá el puente de Nauta hasta el 30/06/2026."}
    (tmp_path / "x.jsonl").write_text(json.dumps(item) + "\n", encoding="utf-8")

    def responsables() -> list[str]:
        with (tmp_path / "x.jsonl").open() as entrada:
            hecho = subprocess.run(
                [str(ACTAS), "clasificar", "-"],
                stdin=entrada,
                cwd=tmp_path,
                capture_output=True,
                check=True,
                timeout=180,
            )
        return [r["valor"] for r in json.loads(hecho.stdout)["campos"]["responsable"]]

    assert "Programa Nacional de Puentes Colgantes" not in responsables()
    quien = ("--quien", "Carmen Quispe", "--oficina", "ssgc")
    assert "1 nuevas" in actas("catalogo", "importar", "entidades", "e.csv", *quien).stdout
    assert responsables() == ["Programa Nacional de Puentes Colgantes"]
    assert "Carmen Quispe · agregado" in actas("catalogo", "historia", "entidades").stdout
    actas("catalogo", "exportar", "entidades")
    assert "1 iguales" in actas("catalogo", "importar", "entidades", "entidades.csv", *quien).stdout
