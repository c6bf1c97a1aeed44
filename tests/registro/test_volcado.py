"""El volcado JSON lleva cada fila de cada tabla, tal como está en la base, y cumple su esquema."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import inspect, text

from registro.actores import Actor
from registro.base import Base
from registro.espacios import abrir_caso
from registro.historia import ver_cabeza
from registro.importar import importar
from registro.originales import Originales
from registro.relojes import Unidad
from registro.requerimientos import NuevoRequerimiento, requerir
from registro.sustentos import agregar_evidencia
from registro.volcado import TABLAS, esquema, volcar

DERIVADAS = ("alembic_version", "busca_")
"""Lo que no son datos: la versión, que va en la portada, y los índices de búsqueda."""

CSV = "FECHA DEL ACTA;TIPO;DESCRIPCIÓN;ESTADO\n14/05/2026;PIP;Construirá la posta;Cumplido\n"


@pytest.fixture
def lleno(
    base: Base,
    originales: Originales,
    registrar: Callable[..., Any],
    hacer_espacio: Callable[..., Any],
    ssgc: Actor,
    ahora: datetime,
) -> Base:
    """Da una base con algo en casi todas sus tablas, también textos raros."""
    abrir_caso(base, ssgc, "2026-014", "Caso de «prueba» \\ \u2028 fin", ahora)
    compromiso = registrar(
        hacer_espacio(priorizado=True), texto="Línea uno.\nLínea «dos» \U0001f4a7."
    )
    importar(base, originales, ssgc, CSV.encode(), "m.csv", ahora)
    archivo = io.BytesIO(b"oficio")
    agregar_evidencia(base, originales, ssgc, compromiso.id, archivo, "oficio.pdf", ahora)
    nuevo = NuevoRequerimiento(
        compromiso.id, "Ministerio de Salud", "Oficio 13", date(2026, 5, 18), 10, Unidad.CALENDARIO
    )
    requerir(base, ssgc, nuevo, ahora)
    return base


def _volcado(base: Base, ahora: datetime) -> dict[str, Any]:
    datos: dict[str, Any] = json.loads("".join(volcar(base, ahora)))
    return datos


def test_cada_fila_y_cada_columna_estan_en_el_volcado(lleno: Base, ahora: datetime) -> None:
    """Se lee la base por su propio catálogo, no por nuestras tablas: nada se queda fuera."""
    datos = _volcado(lleno, ahora)
    tablas = [t for t in inspect(lleno.motor).get_table_names() if not t.startswith(DERIVADAS)]
    assert sorted(datos["tablas"]) == sorted(tablas)
    filas = 0
    with lleno.leer() as conexion:
        for tabla in tablas:
            consulta = text(f"SELECT * FROM {tabla} ORDER BY id")  # noqa: S608
            crudas = conexion.execute(consulta).mappings().all()
            volcadas = datos["tablas"][tabla]
            assert len(volcadas) == len(crudas), tabla
            for cruda, volcada in zip(crudas, volcadas, strict=True):
                propias = {c for c in cruda if not c.startswith(DERIVADAS)}
                assert propias == set(volcada), tabla
                for columna in propias:
                    assert _igual(cruda[columna], volcada[columna]), (tabla, columna)
            filas += len(crudas)
    assert filas > 15


def _igual(cruda: Any, volcada: Any) -> bool:
    """Compara lo que la base guarda con lo volcado, sin pasar por los tipos del programa."""
    if isinstance(cruda, datetime):
        cruda = cruda.isoformat()
    if isinstance(cruda, date):
        return bool(cruda.isoformat() == volcada)
    if isinstance(cruda, str) and isinstance(volcada, str) and volcada.endswith("Z"):
        leida = datetime.fromisoformat(cruda)
        return leida.replace(tzinfo=None) == datetime.fromisoformat(volcada).replace(tzinfo=None)
    if isinstance(cruda, str) and not isinstance(volcada, str):
        return bool(json.loads(cruda) == volcada)
    return bool(cruda == volcada)


def test_cumple_su_esquema_y_lleva_la_cabeza(lleno: Base, ahora: datetime) -> None:
    datos = _volcado(lleno, ahora)
    Draft202012Validator.check_schema(esquema())
    Draft202012Validator(esquema()).validate(datos)
    cabeza = ver_cabeza(lleno)
    assert datos["cabeza"] == {"numero": cabeza.numero, "huella": cabeza.huella}
    assert datos["tablas"]["historia"][-1]["huella"] == cabeza.huella
    sin_una = {**datos, "tablas": {k: v for k, v in datos["tablas"].items() if k != "historia"}}
    assert not Draft202012Validator(esquema()).is_valid(sin_una)


def test_una_base_vacia_se_vuelca(base: Base, ahora: datetime) -> None:
    datos = _volcado(base, ahora)
    assert datos["tablas"] == {tabla.name: [] for tabla in TABLAS}
    assert datos["cabeza"]["numero"] == 0
    Draft202012Validator(esquema()).validate(datos)
