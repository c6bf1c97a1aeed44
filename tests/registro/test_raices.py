"""Las raíces guardadas: su forma, que no puede cambiar sin migración, y su llenado al migrar."""

import unicodedata

import pytest
from alembic import command
from sqlalchemy import select, text

from registro import tablas
from registro.base import configuracion_de_migraciones
from registro.cotejo import cotejar
from registro.filtros import Filtros
from registro.listas import listar_registros
from registro.raices import RESPONSABLE, busqueda_de, raices_de, region_buscada
from registro.vida import variar

CONTENIDO = {
    "denominacion": "El PNSR construirá 2 letrinas.",
    "descripcion": "",
    "transcripcion": "",
    "caso": None,
    "codigo_snip": None,
    "codigo_unificado": "2999101",
    "unidad_territorial": None,
    "responsables": [{"valor": "Ministerio de Educación", "nivel": "nacional"}],
    "colaboradores": [],
    "lugares": [],
    "regiones": ["Madre de Dios"],
    "provincias": [],
    "distritos": [],
}


def test_la_forma_guardada_es_esta():
    """Si falla porque cambió Snowball, hace falta una migración que rehaga `raices`."""
    assert raices_de(CONTENIDO).split() == [
        "2",
        "2999101",
        "constru",
        "construir",
        "construira",
        "dios",
        "educ",
        "educacion",
        "g_madre_de_dios",
        "letrin",
        "letrinas",
        "madr",
        "madre",
        "ministeri",
        "ministerio",
        "pnsr",
        "r_educ",
        "r_educacion",
        "r_ministeri",
        "r_ministerio",
    ]


def test_un_texto_descompuesto_da_las_mismas_raices():
    nfd = {**CONTENIDO, "denominacion": unicodedata.normalize("NFD", CONTENIDO["denominacion"])}
    assert raices_de(nfd) == raices_de(CONTENIDO)


def test_una_palabra_enorme_se_guarda_recortada():
    """PostgreSQL no admite un lexema de más de 2 KB."""
    enorme = {**CONTENIDO, "denominacion": "x" * 50_000}
    assert max(map(len, raices_de(enorme).split())) <= 42


@pytest.mark.parametrize(
    ("escrito", "iguales", "prefijos", "frases"),
    [
        ("Reparación", ["repar"], ["reparacion"], ()),
        ("de 5", ["5"], [None], ()),
        ("%", [], [], ("%",)),
        ("", [], [], ()),
        ('"Agro Rural" canal', ["agro", "rural", "canal"], ["agro", "rural", "canal"], None),
    ],
)
def test_lo_escrito_se_parte_en_terminos_y_frases(escrito, iguales, prefijos, frases):
    leida = busqueda_de(escrito)
    assert [t.prefijo for t in leida.terminos] == prefijos
    assert all(i in t.iguales for i, t in zip(iguales, leida.terminos, strict=True))
    assert leida.frases == (("agro rural",) if frases is None else frases)


def test_la_marca_va_en_todas_las_formas():
    [termino] = busqueda_de("educación", RESPONSABLE).terminos
    assert {f[:2] for f in (*termino.iguales, str(termino.prefijo))} == {"r_"}


def test_la_region_es_una_sola_palabra():
    assert region_buscada(" MADRE DE  DIOS ") == region_buscada("Madre de Dios")


def _hallados(base, texto):
    return [r.id for r in listar_registros(base, Filtros(texto=texto)).filas]


def test_lo_registrado_antes_se_llena_al_migrar_sin_tocar_su_huella(base, registrar):
    numero = registrar().id
    with base.leer() as conexion:
        antes = conexion.execute(select(tablas.compromiso.c.raices)).scalar_one()
    with base.escribir() as conexion:
        command.downgrade(configuracion_de_migraciones(conexion), "0002")
    with base.escribir() as conexion:
        command.upgrade(configuracion_de_migraciones(conexion), "head")
    with base.leer() as conexion:
        assert conexion.execute(select(tablas.compromiso.c.raices)).scalar_one() == antes
    assert _hallados(base, "mantenimientos") == [numero]
    assert cotejar(base).defectos == ()


def test_el_indice_sigue_a_la_fila_cuando_cambia_y_cuando_se_va(base, registrar, ssgc, ahora):
    numero = registrar().id
    campos = {"denominacion": "Entregará semillas."}
    variar(base, ssgc, numero, campos, "Se precisó.", 1, ahora)
    assert _hallados(base, "semilla") == [numero]
    with base.escribir() as conexion:
        conexion.execute(text("UPDATE compromiso SET raices = 'otra'"))
    assert _hallados(base, "semilla") == []
    assert _hallados(base, "otra") == [numero]
    with base.escribir() as conexion:
        conexion.execute(text("DELETE FROM compromiso"))
    assert _hallados(base, "otra") == []
