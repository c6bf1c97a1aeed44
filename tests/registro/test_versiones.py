"""Las versiones de un acta se proponen por su texto y las une una persona."""

import pytest

from registro.errores import ActaDesconocida, NoAutorizado, TransicionInvalida
from registro.versiones import (
    TipoDeVersion,
    descartar,
    marcar_version,
    parecidas,
    por_preguntar,
    versiones_de,
)

TEXTO = (
    "En el distrito de Nauta, siendo las nueve de la mañana del catorce de mayo, se reunieron los "
    "representantes de la municipalidad y de las comunidades para acordar la entrega de dos bombas "
    "de agua, la limpieza del pozo y la fecha de la siguiente sesión de la mesa técnica."
)
MAL_LEIDO = TEXTO.replace("mañana", "maRana").replace("bombas", "hombas")
OTRO = (
    "Acta de la asamblea comunal de Mandorcillo: se aprobó el cronograma de faenas, el rol de "
    "guardias del local y la cuota extraordinaria para reparar el techo de la escuela primaria."
)


def test_un_escaneo_se_reconoce_y_otra_acta_no(base, acta_con, ssgc, ahora):
    firmada, escaneo, ajena = (acta_con(texto=texto).id for texto in (TEXTO, MAL_LEIDO, OTRO))
    [parecida] = parecidas(base, escaneo)
    assert parecida.acta_id == firmada
    assert parecida.parecido < 1
    assert parecidas(base, ajena) == ()
    marcar_version(base, ssgc, escaneo, firmada, TipoDeVersion.ESCANEO, ahora)
    assert parecidas(base, escaneo) == parecidas(base, firmada) == ()
    assert versiones_de(base, escaneo) == versiones_de(base, firmada) == (firmada, escaneo)
    assert versiones_de(base, ajena) == (ajena,)


def test_las_versiones_de_una_version_pasan_a_la_primera(base, acta_con, ssgc, ahora):
    una, dos, tres = (acta_con(texto=TEXTO).id for _ in range(3))
    marcar_version(base, ssgc, tres, dos, TipoDeVersion.ESCANEO, ahora)
    marcar_version(base, ssgc, dos, una, TipoDeVersion.BORRADOR, ahora)
    assert versiones_de(base, tres) == (una, dos, tres)
    with pytest.raises(TransicionInvalida):
        marcar_version(base, ssgc, una, tres, TipoDeVersion.FIRMADA, ahora)


def test_la_une_la_ssgc_y_las_actas_deben_existir(base, acta_con, ssgc, ssgd, ahora):
    una, dos = (acta_con(texto=TEXTO).id for _ in range(2))
    with pytest.raises(NoAutorizado):
        marcar_version(base, ssgd, dos, una, TipoDeVersion.FIRMADA, ahora)
    with pytest.raises(ActaDesconocida):
        marcar_version(base, ssgc, dos, 99, TipoDeVersion.FIRMADA, ahora)
    with pytest.raises(ActaDesconocida):
        parecidas(base, 99)


def test_al_leerla_se_pregunta_en_las_dos_hasta_que_alguien_responde(base, acta_con, ssgc, ahora):
    firmada, escaneo, ajena = (acta_con(texto=texto).id for texto in (TEXTO, MAL_LEIDO, OTRO))
    [una], [otra] = por_preguntar(base, firmada), por_preguntar(base, escaneo)
    assert (una.acta_id, otra.acta_id) == (escaneo, firmada)
    assert 0.5 <= una.parecido == otra.parecido < 1
    assert por_preguntar(base, ajena) == ()
    marcar_version(base, ssgc, escaneo, firmada, TipoDeVersion.ESCANEO, ahora)
    assert por_preguntar(base, firmada) == por_preguntar(base, escaneo) == ()


def test_si_no_es_la_misma_no_se_vuelve_a_preguntar(base, acta_con, ssgc, ssgd, ahora):
    una, dos = (acta_con(texto=texto).id for texto in (TEXTO, MAL_LEIDO))
    with pytest.raises(NoAutorizado):
        descartar(base, ssgd, dos, una, ahora)
    with pytest.raises(TransicionInvalida):
        descartar(base, ssgc, dos, dos, ahora)
    with pytest.raises(ActaDesconocida):
        descartar(base, ssgc, dos, 99, ahora)
    assert por_preguntar(base, una)
    descartar(base, ssgc, dos, una, ahora)
    assert por_preguntar(base, una) == por_preguntar(base, dos) == ()


def test_un_texto_corto_no_da_para_preguntar(base, acta_con):
    una, dos = (acta_con(texto="ACTA DE LA TERCERA SESIÓN").id for _ in range(2))
    assert por_preguntar(base, una) == por_preguntar(base, dos) == ()
