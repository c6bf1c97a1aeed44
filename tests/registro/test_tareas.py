"""Las tareas: hechas o no, con su fecha, su sustento y el compromiso al que aportan."""

import io
from datetime import date

import pytest

from nlp.propuesta import Clase
from registro.acta import NuevaDecision
from registro.actores import Actor, Oficina
from registro.compromiso import Cumplimiento
from registro.consultas import listar_items, ver_registro
from registro.cotejo import cotejar
from registro.decisiones import decidir
from registro.errores import (
    DatoInvalido,
    FaltaSustento,
    NoAutorizado,
    TransicionInvalida,
    VersionDesfasada,
)
from registro.historia import historia_de
from registro.sustentos import agregar_evidencia
from registro.tareas import Cierre, anotar, atar, atrasadas, fijar_fecha, tareas_de

DIA = date(2026, 5, 19)


@pytest.fixture
def tarea(base, acta_con, hacer_item, ahora):
    acta = acta_con(hacer_item(clase="tarea", tipo=None))
    [item] = listar_items(base, acta.id)
    return decidir(base, item.propuesta.id, NuevaDecision("aceptar", "Ana"), ahora).registro


def test_una_tarea_hecha_dice_que_dia_y_con_que_se_sabe(base, tarea, ssgd, ahora):
    quedo = anotar(base, ssgd, tarea.id, Cierre(Cumplimiento.HECHA, 1, "Informe 8", DIA), ahora)
    assert (quedo.cumplimiento, quedo.hecha_en, quedo.sustento) == ("hecha", DIA, "Informe 8")
    hecho = historia_de(base, {"tarea": [tarea.id]})[-1]
    assert (hecho.que, hecho.antes["cumplimiento"]) == ("tarea_anotada", None)
    assert hecho.despues["sustento"] == "Informe 8"
    assert cotejar(base).defectos == ()


@pytest.mark.parametrize(
    ("cierre", "falla", "campo"),
    [
        (Cierre(Cumplimiento.HECHA, 1, " ", DIA), FaltaSustento, "sustento"),
        (Cierre(Cumplimiento.HECHA, 1, "Informe 8"), DatoInvalido, "hecha_en"),
        (Cierre(Cumplimiento.HECHA, 1, "Informe", date(2026, 5, 21)), DatoInvalido, "hecha_en"),
        (Cierre(Cumplimiento.NO_HECHA, 1), FaltaSustento, "sustento"),
    ],
)
def test_lo_que_falta_se_dice_y_no_se_guarda(base, tarea, ssgd, ahora, cierre, falla, campo):
    with pytest.raises(falla) as info:
        anotar(base, ssgd, tarea.id, cierre, ahora)
    assert info.value.campo == campo
    assert ver_registro(base, Clase.TAREA, tarea.id) == tarea


def test_no_hecha_dice_por_que_y_se_puede_volver_a_dejar_pendiente(base, tarea, ssgd, ahora):
    no = Cierre(Cumplimiento.NO_HECHA, 1, "No hubo movilidad.")
    assert anotar(base, ssgd, tarea.id, no, ahora).hecha_en is None
    with pytest.raises(TransicionInvalida, match="Ya está"):
        anotar(base, ssgd, tarea.id, no, ahora)
    with pytest.raises(TransicionInvalida, match="pendiente"):
        fijar_fecha(base, ssgd, tarea.id, date(2026, 6, 1), "Se acordó.", 2, ahora)
    otra = anotar(base, ssgd, tarea.id, Cierre(None, 2, "Se hará en junio."), ahora)
    assert (otra.cumplimiento, otra.version) == (None, 3)


def test_la_fecha_se_cambia_con_su_razon_y_lo_atrasado_se_ve(base, tarea, ssgd, ahora):
    assert atrasadas(base, date(2026, 6, 26), 10)[0].id == tarea.id
    with pytest.raises(DatoInvalido):
        fijar_fecha(base, ssgd, tarea.id, date(2026, 7, 10), "", 1, ahora)
    quedo = fijar_fecha(base, ssgd, tarea.id, date(2026, 7, 10), "Lo pidió la mesa.", 1, ahora)
    assert (quedo.fecha_limite, quedo.metodo_plazo) == (date(2026, 7, 10), "fecha")
    assert atrasadas(base, date(2026, 6, 26), 10) == ()
    assert atrasadas(base, date(2026, 7, 10), 10) == ()
    assert [t.id for t in atrasadas(base, date(2026, 7, 11), 10)] == [tarea.id]


def test_la_prueba_es_de_su_compromiso(base, originales, tarea, registrar, ssgd, ahora):
    uno, otro = registrar().id, registrar().id
    evidencias = [
        agregar_evidencia(base, originales, ssgd, n, io.BytesIO(b"acta"), "a.pdf", ahora).id
        for n in (uno, otro)
    ]
    assert atar(base, ssgd, tarea.id, uno, 1, ahora).compromiso_id == uno
    assert [t.id for t in tareas_de(base, uno)] == [tarea.id]
    ajena = Cierre(Cumplimiento.HECHA, 2, "", DIA, evidencias[1])
    with pytest.raises(FaltaSustento, match="no es del compromiso"):
        anotar(base, ssgd, tarea.id, ajena, ahora)
    propia = Cierre(Cumplimiento.HECHA, 2, "", DIA, evidencias[0])
    assert anotar(base, ssgd, tarea.id, propia, ahora).evidencia_id == evidencias[0]


def test_versiones_claves_y_permisos_como_en_lo_demas(base, tarea, ssgd, ahora):
    cierre = Cierre(Cumplimiento.HECHA, 1, "Informe 8", DIA, clave="k")
    with pytest.raises(NoAutorizado):
        anotar(base, Actor("Ana", Oficina.SSPI), tarea.id, cierre, ahora)
    primero = anotar(base, ssgd, tarea.id, cierre, ahora)
    assert anotar(base, ssgd, tarea.id, cierre, ahora) == primero
    with pytest.raises(VersionDesfasada):
        anotar(base, ssgd, tarea.id, Cierre(Cumplimiento.NO_HECHA, 1, "No."), ahora)
