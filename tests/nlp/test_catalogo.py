"""Catálogo de entidades, renombres, unidades territoriales y UBIGEO."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from nlp import catalogo, gacetero
from nlp.plegado import plegar
from nlp.propuesta import NivelDeGobierno

HOY = date(2026, 5, 14)
SIGLAS = (
    "PCM SGSD SSGC SSGD MVCS PNSR PNSU MTC PVN PVD PRONATEL MINEM DGER OGGS MIDAGRI ANA "
    "ALA AAA SERFOR INIA SENASA PSI MINSA PRONIS DIGESA CENSOPAS SIS MINEDU PRONIED "
    "PRONABEC MIDIS FONCODES MINAM OEFA SENACE SERNANP SENAMHI MEF MINCUL MINJUSDH "
    "MININTER PNP MINDEF MTPE MIMP PRODUCE MINCETUR RREE JNE RENIEC DIRESA GERESA DRE UGEL "
    "DRA DREM DRTC GRRNGMA DISAFILPA ARA"
)


@pytest.mark.parametrize(
    ("nombre", "esperado"),
    [
        ("MVCS", "Ministerio de Vivienda, Construcción y Saneamiento"),
        ("ministerio de vivienda", "Ministerio de Vivienda, Construcción y Saneamiento"),
        ("PNSR", "Programa Nacional de Saneamiento Rural"),
        ("MINAGRI", "Ministerio de Desarrollo Agrario y Riego"),
        ("ONDS", "Secretaría de Gestión Social y Diálogo"),
        ("defensoria  del pueblo", "Defensoría del Pueblo"),
        ("OGGS", "Oficina General de Gestión Social del MINEM"),
        ("GORE Áncash", "Gobierno Regional de Áncash"),
        ("gobierno regional del cusco", "Gobierno Regional de Cusco"),
        ("EPS Emapica", "EMAPICA"),
        ("sector Justicia", "Ministerio de Justicia y Derechos Humanos"),
        ("MIMDES", "Ministerio de la Mujer y Poblaciones Vulnerables"),
        ("OSCE", "Organismo Especializado para las Contrataciones Públicas Eficientes"),
        ("CONAM", "Ministerio del Ambiente"),
    ],
)
def test_halla_la_ficha_por_cualquiera_de_sus_nombres(nombre: str, esperado: str) -> None:
    ficha = catalogo.entidad_por_nombre(nombre)
    assert ficha is not None
    assert ficha.nombre == esperado


def test_el_catalogo_tiene_los_gobiernos_regionales_y_cientos_de_entidades() -> None:
    regionales = {
        f.nombre for f in catalogo.fichas() if f.nombre.startswith("Gobierno Regional de")
    }
    assert len(regionales) == 25
    assert len(catalogo.fichas()) > 400


@pytest.mark.parametrize("nombre", ["INRENA", "PRONAA"])
def test_un_nombre_antiguo_sin_sucesor_claro_no_se_resuelve(nombre: str) -> None:
    assert catalogo.entidad_por_nombre(nombre) is None


def test_los_nombres_de_antes_dicen_hasta_cuando_y_de_donde_se_sabe() -> None:
    viejos = {r.nombre: r for r in catalogo.renombres()}
    assert viejos["Consejo Nacional del Ambiente"].hasta == date(2008, 5, 13)
    assert all(r.fuente for r in viejos.values())


def test_lo_que_no_esta_en_el_catalogo_no_tiene_ficha() -> None:
    assert catalogo.entidad_por_nombre("Minera Inventada") is None


def test_cada_sigla_y_variante_nombra_a_una_sola_entidad() -> None:
    duenas = Counter((plegar(nombre), ficha.nombre) for nombre, ficha in catalogo.nombres())
    por_nombre = Counter(nombre for nombre, _ in duenas)
    assert [nombre for nombre, veces in por_nombre.items() if veces > 1] == []


def test_toda_matriz_y_todo_renombre_llevan_a_una_entidad_del_catalogo() -> None:
    siglas = {sigla for ficha in catalogo.fichas() for sigla in ficha.siglas}
    assert {f.matriz for f in catalogo.fichas() if f.matriz} <= siglas
    assert {r.hoy for r in catalogo.renombres()} <= {f.nombre for f in catalogo.fichas()}


@pytest.mark.parametrize("sigla", SIGLAS.split())
def test_el_catalogo_cubre_las_siglas_de_las_actas(sigla: str) -> None:
    assert catalogo.entidad_por_nombre(sigla) is not None


def test_el_nivel_de_cada_ficha_es_el_del_anexo_2() -> None:
    niveles = {s: catalogo.entidad_por_nombre(s) for s in ("PCM", "UGEL", "IVP")}
    assert {s: f.nivel for s, f in niveles.items() if f} == {
        "PCM": NivelDeGobierno.NACIONAL,
        "UGEL": NivelDeGobierno.REGIONAL,
        "IVP": NivelDeGobierno.LOCAL,
    }


@pytest.mark.parametrize(
    ("codigo", "unidad"),
    [
        ("080801", "Corredor Minero Sur"),
        ("0305", "Corredor Minero Sur"),
        ("080101", "UT Sureste"),
        ("19", "UT Centro"),
        ("160301", "UT Amazonía"),
        ("150101", "UT Centro – Nacional"),
        ("99", None),
        ("", None),
    ],
)
def test_la_provincia_manda_sobre_la_region(codigo: str, unidad: str | None) -> None:
    assert catalogo.unidad_territorial(codigo, HOY) == unidad


def test_los_distritos_de_las_cuatro_provincias_del_corredor_son_suyos() -> None:
    distritos = [c for c in gacetero.por_codigo() if len(c) == 6]
    suyos = [c for c in distritos if catalogo.unidad_territorial(c, HOY) == "Corredor Minero Sur"]
    assert len(suyos) == 6 + 8 + 8 + 9


def test_toda_region_tiene_unidad_y_lo_supuesto_esta_marcado() -> None:
    regiones = {c[:2] for c in gacetero.por_codigo()}
    unidades = {c: catalogo.unidad_de(c, HOY) for c in regiones}
    assert all(unidades.values())
    ciertas = {c for c, u in unidades.items() if u and not u.provisional}
    assert ciertas == {"05", "09", "10", "12", "19"}


def test_una_unidad_fuera_de_su_vigencia_no_cuenta(tmp_path: Path) -> None:
    tabla = tmp_path / "unidades.toml"
    tabla.write_text(
        '[[unidad]]\nnombre = "UT Vieja"\ncodigos = ["16"]\nprovisional = true\nfuente = "prueba"\n'
        "hasta = 2020-12-31\n"
        '[[unidad]]\nnombre = "UT Nueva"\ncodigos = ["16"]\nprovisional = true\nfuente = "prueba"\n'
        "desde = 2021-01-01\n",
        encoding="utf-8",
    )
    unidades = catalogo.cargar_unidades(tabla)
    nombres = [
        unidad.nombre if (unidad := catalogo.unidad_de("160301", dia, unidades)) else None
        for dia in (date(2020, 12, 31), date(2021, 1, 1))
    ]
    assert nombres == ["UT Vieja", "UT Nueva"]


def test_el_ubigeo_esta_completo() -> None:
    largos = Counter(len(codigo) for codigo in gacetero.por_codigo())
    assert largos == {2: 25, 4: 196, 6: 1893}


def test_el_ubigeo_tiene_los_distritos_creados_desde_2021() -> None:
    assert {u.nombre for u in gacetero.por_codigo().values()} >= {
        "Putis",
        "Kumpirushiato",
        "Patibamba",
        "Roble",
    }


def test_santa_rosa_son_diez_distritos() -> None:
    assert len(gacetero.candidatos("Santa Rosa", "distrito", ())) == 10
