"""Una oficina añade, silencia y regradúa reglas en su carpeta, sin tocar las del programa."""

from __future__ import annotations

from pathlib import Path

import pytest

from lineamientos.errores import ReglaInvalida
from lineamientos.hallazgo import Gravedad
from lineamientos.juego import buscar_regla, cargar_reglas
from lineamientos.revisor import crear_revisor

PROPIA = """
criterio = "especifico"
gravedad = "aviso"
titulo = "No usa el nombre oficial del corredor"
mensaje = "«{texto}» no es el nombre oficial. Escriba «Corredor Vial Sur»."
explicacion = "El reporte agrupa por el nombre oficial."
fuente = "Oficina de ejemplo"
comprobacion = "presencia"
incumplen = ["El MTC asfaltará el corredor minero hasta el 30/06/2026."]
cumplen = ["El MTC asfaltará el Corredor Vial Sur hasta el 30/06/2026."]

[parametros]
terminos = ["corredor minero"]
"""


def _carpeta(raiz: Path, **archivos: str) -> Path:
    for nombre, texto in archivos.items():
        (raiz / f"{nombre.replace('__', '-')}.toml").write_text(texto, encoding="utf-8")
    return raiz


def test_una_regla_de_la_oficina_se_suma_y_se_aplica(tmp_path: Path) -> None:
    carpeta = _carpeta(tmp_path, S50__nombre__oficial=PROPIA)
    propia = buscar_regla("s50", carpeta)
    assert (propia.oficina, propia.nombre) == (True, "nombre-oficial")
    assert len(cargar_reglas(carpeta)) == len(cargar_reglas()) + 1
    assert propia in crear_revisor(carpeta).reglas
    assert propia not in crear_revisor().reglas


def test_ajustes_silencia_y_cambia_la_gravedad(tmp_path: Path) -> None:
    ajustes = 'silenciar = ["R08"]\n[gravedad]\nT05 = "falta"\n'
    carpeta = _carpeta(tmp_path, ajustes=ajustes)
    reglas = {r.codigo: r for r in cargar_reglas(carpeta)}
    assert "R08" not in reglas
    assert reglas["T05"].gravedad is Gravedad.FALTA
    assert buscar_regla("T05").gravedad is Gravedad.CONSEJO
    assert not reglas["T05"].oficina


def test_lo_que_no_es_toml_se_pasa_por_alto(tmp_path: Path) -> None:
    (tmp_path / "LEEME.txt").write_text("notas de la oficina")
    assert cargar_reglas(tmp_path) == cargar_reglas()


@pytest.mark.parametrize(
    ("nombre", "texto", "dicho"),
    [
        ("S50__x", PROPIA.replace('"aviso"', '"grave"'), ["S50-x.toml:3:", "«grave»", "consejo"]),
        ("S50__x", PROPIA.replace("presencia", "mirar"), ["S50-x.toml:8:", "«mirar»", "presencia"]),
        ("S50__x", PROPIA.replace('"aviso"', "aviso"), ["S50-x.toml:3:", "TOML"]),
        ("T01__x", PROPIA, ["T01-x.toml:1:", "T01 ya existe", "ajustes.toml"]),
        ("mi__regla", PROPIA, ["mi-regla.toml:1:", "T01-sin-plazo.toml"]),
        ("ajustes", 'silenciar = ["X99"]', ["ajustes.toml:1:", "«X99»", "A01", "T08"]),
        ("ajustes", '\n[gravedad]\nT05 = "alta"', ["ajustes.toml:3:", "«alta»", "aviso, consejo"]),
        ("ajustes", 'callar = ["R08"]', ["ajustes.toml:1:", "«callar»", "gravedad, silenciar"]),
        ("ajustes", 'silenciar = "R08"', ["ajustes.toml:1:", "lista de códigos"]),
        ("ajustes", 'gravedad = "R08"', ["ajustes.toml:1:", "tabla"]),
    ],
)
def test_un_archivo_malo_se_rechaza_con_archivo_linea_y_lo_admitido(
    tmp_path: Path, nombre: str, texto: str, dicho: list[str]
) -> None:
    carpeta = _carpeta(tmp_path, **{nombre: texto})
    with pytest.raises(ReglaInvalida) as levantado:
        cargar_reglas(carpeta)
    for parte in dicho:
        assert parte in str(levantado.value)


def test_dos_reglas_de_la_oficina_no_llevan_el_mismo_codigo(tmp_path: Path) -> None:
    carpeta = _carpeta(tmp_path, S50__uno=PROPIA, S50__dos=PROPIA)
    with pytest.raises(ReglaInvalida, match="S50 ya existe"):
        cargar_reglas(carpeta)


def test_una_carpeta_que_no_existe_se_dice(tmp_path: Path) -> None:
    with pytest.raises(ReglaInvalida, match="no se puede leer"):
        cargar_reglas(tmp_path / "nada")


def test_un_archivo_que_no_es_texto_se_dice(tmp_path: Path) -> None:
    (tmp_path / "S50-x.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ReglaInvalida, match=r"S50-x\.toml:1: .*UTF-8"):
        cargar_reglas(tmp_path)
