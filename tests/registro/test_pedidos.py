"""La respuesta a un pedido y el compromiso en que se convirtió."""

from datetime import date
from threading import Barrier, Thread

import pytest

from nlp.propuesta import Aceptacion, Clase
from registro.acta import NuevaDecision
from registro.actores import Actor, Oficina
from registro.consultas import listar_items, ver_registro
from registro.cotejo import cotejar
from registro.decisiones import decidir, rectificar
from registro.errores import (
    ClaveRepetida,
    DatoInvalido,
    FaltaSustento,
    NoAutorizado,
    RegistroDesconocido,
    TransicionInvalida,
    VersionDesfasada,
)
from registro.historia import historia_de
from registro.pedidos import Respuesta, compromisos_de, responder, sin_respuesta

DIA = date(2026, 5, 19)
ACEPTA = Respuesta(Aceptacion.ACEPTADO, 1, "Se atenderá en junio.", "Ministerio de Salud", DIA)


@pytest.fixture
def pedir(base, acta_con, hacer_item, ahora):
    """Da una función que registra un pedido de un acta nueva."""

    def hacer(espacio=None, **cambios):
        acta = acta_con(hacer_item(clase="pedido", **cambios))
        [item] = listar_items(base, acta.id)
        return decidir(base, item.propuesta.id, NuevaDecision("aceptar", "Ana"), ahora).registro

    return hacer


def test_la_respuesta_dice_que_quien_y_cuando_y_queda_en_la_historia(base, pedir, ssgd, ahora):
    pedido = pedir()
    assert [p.id for p in sin_respuesta(base, 10)] == [pedido.id]
    quedo = responder(base, ssgd, pedido.id, ACEPTA, ahora)
    assert (quedo.aceptacion, quedo.respuesta) == (Aceptacion.ACEPTADO, "Se atenderá en junio.")
    assert (quedo.respondido, quedo.respondido_por) == (DIA, "Ministerio de Salud")
    assert sin_respuesta(base, 10) == ()
    hecho = historia_de(base, {"pedido": [pedido.id]})[-1]
    assert (hecho.que, hecho.quien, hecho.oficina) == ("pedido_respondido", ssgd.quien, "ssgd")
    assert hecho.antes["aceptacion"] is None
    assert hecho.despues["respondido"] == "2026-05-19"
    assert hecho.despues["respondido_por"] == "Ministerio de Salud"
    assert cotejar(base).defectos == ()


@pytest.mark.parametrize("aceptacion", ["no_aceptado", "derivado", "pendiente"])
def test_negar_derivar_o_volver_atras_pide_el_motivo(base, pedir, ssgd, ahora, aceptacion):
    pedido = pedir()
    sin = Respuesta(Aceptacion(aceptacion), 1, " ", "MINSA", DIA)
    with pytest.raises(DatoInvalido) as info:
        responder(base, ssgd, pedido.id, sin, ahora)
    assert info.value.campo == "motivo"
    con = Respuesta(Aceptacion(aceptacion), 1, "Le toca al GORE Loreto.", "MINSA", DIA)
    quedo = responder(base, ssgd, pedido.id, con, ahora)
    assert quedo.aceptacion == aceptacion
    assert quedo.respondido == (None if aceptacion == "pendiente" else DIA)


@pytest.mark.parametrize(
    ("cambio", "campo"),
    [({"por": ""}, "por"), ({"fecha": None}, "fecha"), ({"fecha": date(2026, 5, 21)}, "fecha")],
)
def test_sin_quien_o_sin_dia_no_se_guarda(base, pedir, ssgd, ahora, cambio, campo):
    pedido = pedir()
    datos = {"aceptacion": Aceptacion.ACEPTADO, "version": 1, "por": "MINSA", "fecha": DIA}
    with pytest.raises(DatoInvalido) as info:
        responder(base, ssgd, pedido.id, Respuesta(**datos | cambio), ahora)
    assert info.value.campo == campo
    assert ver_registro(base, Clase.PEDIDO, pedido.id) == pedido


def test_el_aceptado_se_ata_al_compromiso_en_que_se_convirtio(base, pedir, registrar, ssgd, ahora):
    pedido, otro, compromiso = pedir(), pedir(), registrar()
    atar = Respuesta(Aceptacion.ACEPTADO, 1, "", "MINSA", DIA, compromiso.id)
    responder(base, ssgd, pedido.id, atar, ahora)
    assert [c.id for c in compromisos_de(base, pedido.id)] == [compromiso.id]
    hecho = historia_de(base, {"compromiso": [compromiso.id]})[-1]
    assert (hecho.que, hecho.despues) == ("atado", {"pedido_id": pedido.id})
    with pytest.raises(DatoInvalido, match="ya atiende el pedido"):
        responder(base, ssgd, otro.id, atar, ahora)
    assert ver_registro(base, Clase.PEDIDO, otro.id).version == 1
    niega = Respuesta(Aceptacion.NO_ACEPTADO, 2, "Sin presupuesto.", "MINSA", DIA)
    with pytest.raises(FaltaSustento, match=f"compromiso {compromiso.id}") as info:
        responder(base, ssgd, pedido.id, niega, ahora)
    assert info.value.campo == "desatar"
    desata = Respuesta(Aceptacion.NO_ACEPTADO, 2, "Sin presupuesto.", "MINSA", DIA, desatar=True)
    responder(base, ssgd, pedido.id, desata, ahora)
    assert compromisos_de(base, pedido.id) == ()
    assert historia_de(base, {"compromiso": [compromiso.id]})[-1].que == "desatado"
    assert cotejar(base).defectos == ()


def test_solo_un_aceptado_pasa_a_un_compromiso_que_exista(base, pedir, registrar, ssgd, ahora):
    pedido, compromiso = pedir(), registrar()
    deriva = Respuesta(Aceptacion.DERIVADO, 1, "Al GORE.", "MINSA", DIA, compromiso.id)
    with pytest.raises(DatoInvalido, match="Solo un pedido aceptado"):
        responder(base, ssgd, pedido.id, deriva, ahora)
    nada = Respuesta(Aceptacion.ACEPTADO, 1, "", "MINSA", DIA, 999)
    with pytest.raises(RegistroDesconocido):
        responder(base, ssgd, pedido.id, nada, ahora)
    with pytest.raises(RegistroDesconocido):
        responder(base, ssgd, 999, ACEPTA, ahora)
    assert ver_registro(base, Clase.PEDIDO, pedido.id).version == 1


def test_repetir_con_su_clave_no_responde_dos_veces(base, pedir, ssgd, ahora):
    pedido = pedir()
    con_clave = Respuesta(Aceptacion.ACEPTADO, 1, "", "MINSA", DIA, clave="k-1")
    primero = responder(base, ssgd, pedido.id, con_clave, ahora)
    assert responder(base, ssgd, pedido.id, con_clave, ahora) == primero
    otra = Respuesta(Aceptacion.DERIVADO, 2, "Al GORE.", "MINSA", DIA, clave="k-1")
    with pytest.raises(ClaveRepetida):
        responder(base, ssgd, pedido.id, otra, ahora)


def test_dos_respuestas_a_la_vez_no_se_pisan(base, pedir, ssgd, ahora):
    pedido, salida, fallas = pedir(), Barrier(2), []

    def anotar(motivo):
        salida.wait()
        try:
            nueva = Respuesta(Aceptacion.DERIVADO, 1, motivo, "MINSA", DIA)
            responder(base, ssgd, pedido.id, nueva, ahora)
        except VersionDesfasada as error:
            fallas.append(error)

    hilos = [Thread(target=anotar, args=(m,)) for m in ("Al GORE.", "Al MTC.")]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert len(fallas) == 1
    assert ver_registro(base, Clase.PEDIDO, pedido.id).version == 2


def test_a_quien_no_le_toca_no_responde(base, pedir, ahora):
    pedido = pedir()
    for actor in (Actor("Ana", Oficina.SSPI), Actor("Ana")):
        with pytest.raises(NoAutorizado, match="respuesta a un pedido"):
            responder(base, actor, pedido.id, ACEPTA, ahora)


def test_uno_que_se_saco_del_registro_ya_no_se_responde(base, pedir, ssgd, ahora):
    pedido = pedir()
    fuera = NuevaDecision("rechazar", "Ana", "Está repetido.", version=1)
    rectificar(base, pedido.propuesta_id, fuera, ahora)
    with pytest.raises(TransicionInvalida):
        responder(base, ssgd, pedido.id, ACEPTA, ahora)
