"""Un archivo de regla mal escrito se rechaza con el archivo, lo que sobra o falta y lo admitido."""

from __future__ import annotations

import re

import pytest

from lineamientos.errores import ErrorDeLineamientos, ReglaDesconocida, ReglaInvalida
from lineamientos.juego import buscar_regla
from lineamientos.lectura import leer_regla

ARCHIVO = "T01-sin-plazo.toml"
BUENA = """
criterio = "temporal"
gravedad = "falta"
titulo = "No hay plazo"
mensaje = "Falta el plazo de «{texto}»."
explicacion = "Sin plazo no se sigue."
fuente = "Lineamientos v0, numeral T1"
comprobacion = "falta_campo"
incumplen = ["El MTC hará la obra."]
cumplen = ["El MTC hará la obra hoy."]
si_falta = ["condicion"]

[parametros]
campos = ["plazo"]
"""


def _con(viejo: str, nuevo: str) -> str:
    assert viejo in BUENA
    return BUENA.replace(viejo, nuevo)


def test_una_regla_bien_escrita_se_lee() -> None:
    regla = leer_regla(ARCHIVO, BUENA)
    assert (regla.codigo, regla.nombre, regla.si_falta) == ("T01", "sin-plazo", ("condicion",))
    assert not regla.decide


@pytest.mark.parametrize(
    ("texto", "dicho"),
    [
        (_con("[parametros]", 'color = "rojo"\n[parametros]'), ["«color»", "gravedad", "mensaje"]),
        (_con('"falta_campo"', '"adivinar"'), ["«adivinar»", "falta_campo", "presencia"]),
        (_con('"temporal"', '"puntual"'), ["«puntual»", "temporal", "realista"]),
        (_con('"falta"\n', '"grave"\n'), ["«grave»", "aviso", "consejo", "falta"]),
        (_con('["condicion"]', '["precio"]'), ["«si_falta»", "«precio»", "condicion", "plazo"]),
        (_con("{texto}", "{nombre}"), ["«mensaje»", "«nombre»", "texto", "fecha"]),
        (_con("{texto}", "{texto"), ["llaves", "«mensaje»"]),
        (_con('campos = ["plazo"]', 'lista = ["plazo"]'), ["parámetro «lista»", "campos"]),
        (_con('campos = ["plazo"]', ""), ["falta el parámetro «campos»"]),
        (_con('titulo = "No hay plazo"\n', ""), ["falta «titulo»"]),
        (_con('["El MTC hará la obra."]', "[]"), ["falta «incumplen»"]),
        (_con('["El MTC hará la obra."]', '[{ frase = "x" }]'), ["«frase»", "fecha_acta", "texto"]),
        (
            _con('["El MTC hará la obra."]', '[{ texto = "x", tipo = "obra" }]'),
            ["«obra»", "actividad", "pip"],
        ),
        (_con('["El MTC hará la obra."]', '[{ tipo = "pip" }]'), ["falta «texto»"]),
        (_con("[parametros]", 'clases = ["promesa"]\n[parametros]'), ["«promesa»", "compromiso"]),
        ("criterio = ", ["no es TOML válido"]),
    ],
)
def test_el_error_nombra_el_archivo_lo_que_no_se_admite_y_lo_admitido(
    texto: str, dicho: list[str]
) -> None:
    with pytest.raises(ReglaInvalida) as levantado:
        leer_regla(ARCHIVO, texto)
    mensaje = str(levantado.value)
    assert re.match(rf"{re.escape(ARCHIVO)}:\d+: ", mensaje)
    for parte in dicho:
        assert parte in mensaje


@pytest.mark.parametrize(
    ("texto", "linea"),
    [
        (_con('"temporal"', '"puntual"'), 2),
        (_con('"falta"\n', '"grave"\n'), 3),
        (_con("{texto}", "{nombre}"), 5),
        (_con('["condicion"]', '["precio"]'), 11),
        (_con("[parametros]", 'color = "rojo"\n[parametros]'), 13),
        (_con('campos = ["plazo"]', 'lista = ["plazo"]'), 14),
        (_con('titulo = "No hay plazo"', "titulo ="), 4),
        (_con('titulo = "No hay plazo"', "titulo = 3"), 4),
        (_con('si_falta = ["condicion"]', 'decide = "sí"'), 11),
    ],
)
def test_el_error_dice_la_linea(texto: str, linea: int) -> None:
    with pytest.raises(ReglaInvalida, match=rf"^{re.escape(ARCHIVO)}:{linea}: "):
        leer_regla(ARCHIVO, texto)


@pytest.mark.parametrize("archivo", ["T1-x.toml", "Z01-x.toml", "T01.toml", "T01-Sin plazo.toml"])
def test_el_nombre_del_archivo_lleva_codigo_y_defecto(archivo: str) -> None:
    with pytest.raises(ReglaInvalida, match=r"T01-sin-plazo\.toml"):
        leer_regla(archivo, BUENA)


def test_un_codigo_que_no_existe_dice_como_ver_la_lista() -> None:
    with pytest.raises(ReglaDesconocida, match="«X99»") as levantado:
        buscar_regla("X99")
    assert isinstance(levantado.value, ErrorDeLineamientos)
    assert "actas regla" in levantado.value.consejo
