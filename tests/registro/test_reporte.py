"""Los reportes cuentan el registro como estaba al corte, y llevan la cabeza de la historia."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from api.reporte.hoja import a_xlsx
from api.reporte.palabra import a_docx
from registro.actores import Actor, Oficina
from registro.base import Base
from registro.errores import DatoInvalido
from registro.espacios import Priorizacion, QuienPrioriza, asignar_acta, priorizar
from registro.historia import ver_cabeza
from registro.importar import importar
from registro.listas import listar_compromisos
from registro.originales import Originales
from registro.relojes import Unidad
from registro.reporte import Periodicidad, Reporte, preparar
from registro.requerimientos import NuevoRequerimiento, requerir
from registro.verificar import leer_cabeza

MAYO = datetime(2026, 5, 10, 15, tzinfo=UTC)
JUNIO = datetime(2026, 6, 5, 15, tzinfo=UTC)
DESPUES = datetime(2026, 7, 2, 15, tzinfo=UTC)
TITULOS = "FECHA DEL ACTA;TIPO;DESCRIPCIÓN;UT;ESTADO;RESPONSABLE;NIVEL\n"
POSTA = "14/04/2026;{tipo};Construirá la posta;UT Centro;{estado};MINSA;Nacional\n"
TALLER = "15/04/2026;Actividad;Dará dos talleres;UT Norte;Cumplido;Minera Aurora;No aplica\n"
NUEVA = "3/06/2026;;Cederá el terreno;UT Norte;Por iniciar;;\n"


@pytest.fixture
def dos_meses(
    base: Base, originales: Originales, hacer_espacio: Callable[..., Any], ssgc: Actor
) -> Base:
    """Da un registro con dos compromisos de mayo y lo que les pasó en junio."""
    _importar(base, originales, ssgc, POSTA.format(tipo="PIP", estado="En proceso") + TALLER, MAYO)
    [posta, _] = listar_compromisos(base)
    pedido = NuevoRequerimiento(
        posta.id, "MINSA", "Oficio 1", date(2026, 5, 8), 31, Unidad.CALENDARIO
    )
    requerir(base, ssgc, pedido, MAYO)
    cambio = POSTA.format(tipo="Actividad", estado="Cumplido") + NUEVA
    _importar(base, originales, ssgc, cambio, JUNIO)
    espacio = hacer_espacio()
    asignar_acta(base, ssgc, posta.acta_id, espacio.id, MAYO)
    nueva = Priorizacion(
        priorizado=True,
        fecha=JUNIO.date(),
        razon="Riesgo crítico.",
        decidio=QuienPrioriza.SUBSECRETARIAS,
        responsable=Oficina.SSGC,
    )
    priorizar(base, ssgc, espacio.id, nueva, JUNIO, version=1)
    return base


def _importar(
    base: Base, originales: Originales, ssgc: Actor, filas: str, cuando: datetime
) -> None:
    importar(base, originales, ssgc, (TITULOS + filas).encode(), f"m{cuando:%m}.csv", cuando)


def _filas(reporte: Reporte, titulo: str) -> Mapping[Any, tuple[Any, ...]]:
    [seccion] = [s for s in reporte.secciones if s.titulo == titulo]
    assert all(len(fila) == len(seccion.columnas) for fila in seccion.filas)
    return {fila[0]: fila[1:] for fila in seccion.filas}


def test_el_mes_pasado_se_cuenta_como_estaba(dos_meses: Base) -> None:
    mayo = preparar(dos_meses, Periodicidad.MENSUAL, "2026-05", DESPUES)
    assert _filas(mayo, "Resumen por unidad territorial") == {
        "UT Centro": (1, 1, 0, 1, 0, 0),
        "UT Norte": (1, 0, 1, 1, 0, 0),
        "Total": (2, 1, 1, 2, 0, 0),
    }
    assert _filas(mayo, "Por tipo")["Total"] == (1, 1, 0, 2)
    assert _filas(mayo, "Espacios priorizados, por estado") == {}
    assert _filas(mayo, "Espacios no priorizados, por estado")["Total"] == (0, 1, 1, 0, 0, 2)
    assert _filas(mayo, "Requerimientos de información") == {"MINSA": (1, 0, 0)}


def test_el_mes_en_que_paso_lo_dice(dos_meses: Base) -> None:
    junio = preparar(dos_meses, Periodicidad.MENSUAL, "2026-06", DESPUES)
    assert _filas(junio, "Resumen por unidad territorial") == {
        "UT Centro": (1, 0, 1, 0, 1, 0),
        "UT Norte": (2, 1, 1, 1, 0, 0),
        "Total": (3, 1, 2, 1, 1, 0),
    }
    assert _filas(junio, "Por tipo")["Total"] == (0, 2, 1, 3)
    priorizados = _filas(junio, "Espacios priorizados, por estado")["Total"]
    assert (priorizados[5], priorizados[-1]) == (2, 2)
    assert _filas(junio, "Espacios no priorizados, por estado")["Total"] == (1, 0, 0, 0, 0, 1)
    assert _filas(junio, "Abiertos con datos por llenar") == {"UT Norte": (1, 1, 1, 0)}
    assert _filas(junio, "Requerimientos de información") == {"MINSA": (0, 0, 1)}


def test_el_bimestral_mide_a_cada_responsable(dos_meses: Base) -> None:
    informe = preparar(dos_meses, Periodicidad.BIMESTRAL, "2026-06", DESPUES)
    assert informe.titulo.endswith("III bimestre de 2026")
    assert "14/07/2026" in informe.renglones[-1]
    por_responsable = _filas(informe, "Desempeño por responsable")
    assert por_responsable["MINSA"] == (1, 1, "100 %", 0, 0, "—", 1, 0, 0, 1, 0)
    assert por_responsable["Sin responsable"][6:8] == (1, 1)
    assert set(_filas(informe, "Desempeño por nivel de gobierno")) == {
        "Nacional",
        "Empresa o sociedad civil",
        "Sin responsable",
    }


def test_el_periodo_en_curso_se_avisa(dos_meses: Base) -> None:
    reporte = preparar(dos_meses, Periodicidad.MENSUAL, "2026-07", DESPUES)
    assert "no ha terminado" in reporte.renglones[1]


@pytest.mark.parametrize(
    ("periodicidad", "mes"),
    [
        (Periodicidad.MENSUAL, "2026-13"),
        (Periodicidad.MENSUAL, "junio"),
        (Periodicidad.MENSUAL, "2026-08"),
        (Periodicidad.BIMESTRAL, "2026-05"),
    ],
)
def test_un_periodo_imposible_se_dice(base: Base, periodicidad: Periodicidad, mes: str) -> None:
    with pytest.raises(DatoInvalido):
        preparar(base, periodicidad, mes, DESPUES)


@pytest.mark.parametrize("periodicidad", Periodicidad)
def test_word_y_excel_llevan_todo_y_la_cabeza(dos_meses: Base, periodicidad: Periodicidad) -> None:
    reporte = preparar(dos_meses, periodicidad, "2026-06", DESPUES)
    cabeza = ver_cabeza(dos_meses)
    word = Document(io.BytesIO(a_docx(reporte)))
    parrafos = [p.text for p in word.paragraphs]
    assert leer_cabeza(parrafos[-2]) == (cabeza.numero, cabeza.huella)
    assert str(cabeza) in word.sections[0].footer.paragraphs[0].text
    con_filas = [s for s in reporte.secciones if s.filas]
    assert len(word.tables) == len(con_filas)
    for tabla, seccion in zip(word.tables, con_filas, strict=True):
        assert [c.text for c in tabla.rows[0].cells] == list(seccion.columnas)
        assert len(tabla.rows) == 1 + len(seccion.filas)
    libro = load_workbook(io.BytesIO(a_xlsx(reporte)))
    assert len(libro.worksheets) == 1 + len(reporte.secciones)
    for hoja, seccion in zip(libro.worksheets[1:], reporte.secciones, strict=True):
        assert str(cabeza) in str(hoja.oddFooter.left.text)
        leidas = list(hoja.iter_rows(min_row=2, max_row=1 + len(seccion.filas), values_only=True))
        assert [fila[0] for fila in leidas[: len(seccion.filas)]] == [f[0] for f in seccion.filas]
