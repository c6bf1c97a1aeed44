"""El registro del tamaño del mazo: entra entero, cuadra con cada cifra y vuelve sin cambios."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from registro_del_mazo import fabricar

from registro.actores import Actor
from registro.anexos import Anexo, a_csv, a_xlsx
from registro.base import Base
from registro.cotejo import cotejar
from registro.cuadre import Cifra, cuadrar, leer_cifras
from registro.cuadre import a_xlsx as hoja_de_cuadre
from registro.ensayo import Veredicto
from registro.errores import DatoInvalido
from registro.importar import importar
from registro.listas import listar_compromisos
from registro.originales import Originales

EJEMPLOS = Path(__file__).parents[2] / "ejemplos"
MAZO = {
    "loreto": ("Amazonía – Loreto (eje petrolero)", 563),
    "corredor": ("Corredor Minero Sur", 925),
    "suroeste": ("UT Suroeste", 526),
    "sureste": ("UT Sureste", 882),
}


@pytest.fixture(scope="module")
def matrices(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Da las cuatro matrices, recién fabricadas."""
    return fabricar(tmp_path_factory.mktemp("mazo"))


def _cifras() -> tuple[Cifra, ...]:
    return leer_cifras((EJEMPLOS / "registro" / "mazo.csv").read_text("utf-8").splitlines())


def test_las_matrices_llevan_las_cuentas_de_la_presentacion(matrices: list[Path]) -> None:
    """Se cuentan en el XLSX, sin pasar por el programa."""
    corredor = Counter()
    for ruta in matrices:
        with closing(load_workbook(ruta, read_only=True)) as libro:
            titulos, *filas = libro.worksheets[0].iter_rows(values_only=True)
        unidad, total = MAZO[ruta.stem]
        assert len(filas) == total
        assert {fila[titulos.index("UNIDAD TERRITORIAL")] for fila in filas} == {unidad}
        assert len(titulos) == (10 if ruta.stem in {"loreto", "corredor"} else 15)
        if ruta.stem == "corredor":
            corredor = Counter(fila[titulos.index("TIPO DE COMPROMISO")] for fila in filas)
            estados = Counter(fila[titulos.index("ESTADO ACTUAL DEL COMPROMISO")] for fila in filas)
    assert corredor == {"PIP": 457, "Actividad": 289, None: 179}
    assert (estados["En proceso"], estados["Por iniciar"]) == (420, 54)


def test_entra_cuadra_y_vuelve_sin_cambios(
    base: Base, originales: Originales, matrices: list[Path], ssgc: Actor, ahora: datetime
) -> None:
    for ruta in matrices:
        ensayo = importar(base, originales, ssgc, ruta.read_bytes(), ruta.name, ahora)
        assert ensayo.cuentas[Veredicto.NUEVA] == len(ensayo.filas) == MAZO[ruta.stem][1]
        assert ensayo.avisos == ()
    cifras = _cifras()
    cuadre = cuadrar(base, cifras)
    assert cuadre.diferencias == 0, [r for r in cuadre.renglones if not r.coincide]
    assert {u: c.total for u, c in cuadre.unidades.items()} == dict(MAZO.values())
    hoja = load_workbook(BytesIO(hoja_de_cuadre(cuadre, ahora)))["Cuadre"]
    renglones = list(hoja.iter_rows(min_row=2, max_row=1 + len(cifras), values_only=True))
    assert [(r[2], r[4]) for r in renglones] == [(float(c.valor), "sí") for c in cifras]
    assert str(cuadre.cabeza) in [str(f[0]).rpartition(": ")[2] for f in hoja.values]
    compromisos = listar_compromisos(base)
    for hacer, nombre in ((a_xlsx, "a2.xlsx"), (a_csv, "a5.csv")):
        exportado = hacer(compromisos, Anexo.DOS if nombre == "a2.xlsx" else Anexo.CINCO)
        vuelta = importar(base, originales, ssgc, exportado, nombre, ahora)
        assert vuelta.cuentas[Veredicto.IGUAL] == len(vuelta.filas) == 2896
    assert listar_compromisos(base) == compromisos
    assert cotejar(base, originales).defectos == ()


def test_lo_que_no_cuadra_se_dice(base: Base, registrar: object) -> None:
    registrar()  # type: ignore[operator]
    [total, pip] = cuadrar(
        base, leer_cifras(["unidad,cuenta,valor,fuente", ",total,2,x", ",pip,0,x"])
    ).renglones
    assert (total.contado, total.coincide) == (Decimal(1), False)
    assert (pip.contado, pip.coincide) == (Decimal(0), True)


@pytest.mark.parametrize("renglon", [",total,dos,", ",otra,1,", "UT Centro"])
def test_una_cifra_que_no_se_entiende_se_dice(renglon: str) -> None:
    with pytest.raises(DatoInvalido, match="fila 2"):
        leer_cifras(["unidad,cuenta,valor,fuente", renglon])
