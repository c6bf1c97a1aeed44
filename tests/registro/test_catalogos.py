"""Los catálogos propios se importan con su historia, y el calendario y las entidades los usan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from nlp import calendario, catalogo, gacetero
from registro.actores import Actor
from registro.base import Base
from registro.catalogos import Cambios, entradas_de, importar_catalogo, numeros_de
from registro.catalogos_en_uso import poner_en_uso, poner_en_uso_de
from registro.celdas import lugares
from registro.cotejo import cotejar
from registro.errores import DatoInvalido, NoAutorizado
from registro.historia import historia_de
from registro.relojes import Unidad, vencimiento
from registro.unidades import importar_unidades
from registro.verificar import leer, verificar

FERIADOS = """fecha,nombre,tipo,ambito,fuente
2026-07-24,Día puente inventado,no_laborable,sector_publico,DS inventado
2026-07-27,Feriado inventado,feriado,nacional,Ley inventada
2026-08-06,Batalla de Junín,laborable,nacional,Ley inventada
2026-07-30,Aniversario regional,feriado,regional:08,Ley regional inventada
"""
ENTIDADES = """nombre;nivel;clase;siglas;variantes;hoy;desde;hasta;fuente
Programa Nacional de Puentes Colgantes;nacional;estado;PNPC;Puentes Colgantes;;;;inventada
Oficina de Puentes;;;OFIPU;;PROGRAMA NACIONAL DE PUENTES COLGANTES;2001-01-01;2010-12-31;inventada
"""
DISTRITOS = "codigo,region,provincia,distrito\n080199,Cusco,Cusco,Nuevo Ausangate\n"


@pytest.fixture(autouse=True)
def sin_propios() -> Iterator[None]:
    """Deja al final los catálogos del programa."""
    yield
    calendario.usar(calendario.DiasPropios())
    catalogo.usar(catalogo.EntradasPropias())
    gacetero.usar(())


def _importar(base: Base, ssgc: Actor, ahora: datetime, nombre: str, texto: str) -> Cambios:
    return importar_catalogo(base, ssgc, nombre, texto.encode(), f"{nombre}.csv", ahora)


def test_el_calendario_usa_los_feriados_propios(base: Base, ssgc: Actor, ahora: datetime) -> None:
    martes = date(2026, 7, 21)
    # 22, 24, 27, 30 y 31: el 23, el 28 y el 29 son feriados
    assert vencimiento(martes, 5, Unidad.HABILES).fecha == date(2026, 7, 31)
    assert _importar(base, ssgc, ahora, "feriados", FERIADOS) == Cambios(4, 0, 0, 0)
    # ya no el 27, que es el propio: 22, 24, 30, 31 y 3 de agosto
    assert vencimiento(martes, 5, Unidad.HABILES).fecha == date(2026, 8, 3)
    # para el sector público, tampoco el 24; para Cusco, ni el 30
    assert vencimiento(martes, 3, Unidad.HABILES, "sector_publico").fecha == date(2026, 7, 31)
    assert vencimiento(martes, 2, Unidad.HABILES, "regional:08").fecha == date(2026, 7, 31)
    assert calendario.es_habil(date(2026, 8, 6))
    assert not calendario.es_habil(date(2025, 8, 6))


def test_las_entidades_propias_y_sus_nombres_de_antes_se_resuelven(
    base: Base, ssgc: Actor, ahora: datetime
) -> None:
    assert catalogo.entidad_por_nombre("PNPC") is None
    _importar(base, ssgc, ahora, "entidades", ENTIDADES)
    for nombre in ("pnpc", "Puentes colgantes", "OFIPU", "Oficina de Puentes"):
        hallada = catalogo.entidad_por_nombre(nombre)
        assert hallada
        assert (hallada.nombre, hallada.nivel) == (
            "Programa Nacional de Puentes Colgantes",
            "nacional",
        )
    assert catalogo.entidad_por_nombre("MVCS")
    [viejo] = [r for r in catalogo.renombres() if r.nombre == "Oficina de Puentes"]
    assert (viejo.desde, viejo.hasta) == (date(2001, 1, 1), date(2010, 12, 31))


def test_un_distrito_propio_es_del_ubigeo(base: Base, ssgc: Actor, ahora: datetime) -> None:
    _importar(base, ssgc, ahora, "distritos", DISTRITOS)
    assert lugares("NUEVO AUSANGATE", "distrito", []) == ("Nuevo Ausangate",)
    assert gacetero.por_codigo()["080199"].provincia == "Cusco"


def test_las_unidades_importadas_rigen(base: Base, ssgc: Actor, ahora: datetime) -> None:
    tabla = ["nombre,codigo,desde,hasta,provisional,fuente", "UT Nueva,05,2026-01-01,,no,prueba"]
    importar_unidades(base, ssgc, tabla, ahora)
    poner_en_uso(base)
    assert catalogo.unidad_territorial("050101", date(2026, 5, 1)) == "UT Nueva"
    assert catalogo.unidad_territorial("050101", date(2025, 5, 1)) is None


def test_cada_cambio_queda_en_la_historia(
    base: Base, ssgc: Actor, ahora: datetime, url: str
) -> None:
    _importar(base, ssgc, ahora, "feriados", FERIADOS)
    assert _importar(base, ssgc, ahora, "feriados", FERIADOS) == Cambios(0, 0, 4, 0)
    cambiado = FERIADOS.replace("2026-07-24,Día puente inventado", "2026-07-24,Otro nombre")
    sin_uno = "".join(r for r in cambiado.splitlines(True) if "regional:08" not in r)
    assert _importar(base, ssgc, ahora, "feriados", sin_uno) == Cambios(0, 1, 2, 1)
    assert [f["clave"] for f in entradas_de(base, "feriados")] == [
        "2026-07-24 sector_publico",
        "2026-07-27 nacional",
        "2026-08-06 nacional",
    ]
    hechos = historia_de(base, {"catalogo": numeros_de(base, "feriados")})
    assert [h.que for h in hechos] == [
        *["catalogo_agregado"] * 4,
        "catalogo_cambiado",
        "catalogo_retirado",
    ]
    cambio = hechos[4]
    assert (cambio.antes["datos"]["nombre"], cambio.despues["datos"]["nombre"]) == (
        "Día puente inventado",
        "Otro nombre",
    )
    assert (cambio.quien, cambio.razon) == ("Carmen Quispe", "Importado de feriados.csv")
    assert _importar(base, ssgc, ahora, "feriados", FERIADOS) == Cambios(0, 2, 2, 0)
    assert cotejar(base).defectos == ()
    assert verificar(*leer(url)).defectos == []


@pytest.mark.parametrize(
    ("nombre", "texto", "dicho"),
    [
        ("feriados", "nombre\nx\n", "Falta la columna «fecha»"),
        ("feriados", "fecha,nombre\n31/02/2026,x\n", "Fila 2"),
        ("feriados", "fecha,nombre,ambito\n2026-01-02,x,mundial\n", "ambito"),
        ("feriados", "fecha,nombre\n2026-01-02,x\n2026-01-02,y\n", "repite"),
        ("feriados", "fecha,nombre,tipo,ambito\n2026-01-02,x,laborable,regional:08\n", "laborable"),
        ("entidades", "nombre,nivel,clase\nX,mundial,estado\n", "nivel"),
        ("entidades", "nombre,nivel,clase,hoy\nX,,,No existe\n", "no está en el catálogo"),
        ("distritos", "codigo,region,provincia,distrito\n08,Cusco,Cusco,\n", "seis cifras"),
        ("planetas", "a,b\n1,2\n", "No hay un catálogo"),
    ],
)
def test_una_fila_que_no_se_entiende_no_cambia_nada(
    base: Base, ssgc: Actor, ahora: datetime, nombre: str, texto: str, dicho: str
) -> None:
    with pytest.raises(DatoInvalido, match=dicho):
        _importar(base, ssgc, ahora, nombre, texto)
    assert entradas_de(base, nombre) == ()


def test_solo_quien_registra_lo_importa(base: Base, ssgd: Actor, ahora: datetime) -> None:
    with pytest.raises(NoAutorizado):
        _importar(base, ssgd, ahora, "feriados", FERIADOS)


def test_leer_los_propios_ni_crea_ni_migra_la_base(tmp_path: Any) -> None:
    ruta = tmp_path / "no-esta.db"
    poner_en_uso_de(f"sqlite:///{ruta}")
    assert not ruta.exists()
