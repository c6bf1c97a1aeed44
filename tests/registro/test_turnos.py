"""Quién decide primero, cómo avanza el acta y qué queda atado a qué."""

import threading

import pytest

from nlp.propuesta import Aceptacion
from registro.acta import EstadoActa, NuevaDecision
from registro.consultas import listar_items, ver_acta
from registro.decisiones import decidir
from registro.errores import PropuestaDesconocida, PropuestaYaDecidida, VersionDesfasada
from registro.estados import ESTADOS, Estado
from registro.filtros import Filtros
from registro.listas import listar_registros


def _registrados(base):
    return listar_registros(base, Filtros()).filas


def _propuestas(base, acta):
    return [i.propuesta.id for i in listar_items(base, acta.id)]


def test_una_segunda_decision_dice_quien_decidio_antes(base, acta_con, hacer_item, ahora):
    [propuesta] = _propuestas(base, acta_con(hacer_item()))
    decidir(base, propuesta, NuevaDecision("aceptar", "Ana"), ahora)
    with pytest.raises(PropuestaYaDecidida, match=r"Ana ya decidió.*20/05/2026 a las 10:30"):
        decidir(base, propuesta, NuevaDecision("rechazar", "Luis", version=0), ahora)
    assert len(_registrados(base)) == 1


def test_dos_personas_deciden_a_la_vez_y_solo_una_gana(base, acta_con, hacer_item, ahora):
    acta = acta_con(*(hacer_item(id=f"i{n}") for n in range(8)))
    barrera, ganaron, perdieron = threading.Barrier(2, timeout=20), [], []

    def decidir_todas(quien: str) -> None:
        for propuesta in _propuestas(base, acta):
            barrera.wait()
            try:
                decidir(base, propuesta, NuevaDecision("aceptar", quien, version=0), ahora)
                ganaron.append(propuesta)
            except PropuestaYaDecidida:
                perdieron.append(propuesta)

    hilos = [threading.Thread(target=decidir_todas, args=(q,)) for q in ("Ana", "Luis")]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert sorted(ganaron) == sorted(perdieron) == _propuestas(base, acta)
    assert len(_registrados(base)) == 8


def test_dos_personas_que_deciden_lo_ultimo_cierran_el_acta(base, acta_con, hacer_item, ahora):
    acta = acta_con(hacer_item(), hacer_item(id="i2"))
    barrera = threading.Barrier(2, timeout=20)

    def decidir_una(propuesta: int) -> None:
        barrera.wait()
        decidir(base, propuesta, NuevaDecision("aceptar", "Ana"), ahora)

    hilos = [threading.Thread(target=decidir_una, args=(p,)) for p in _propuestas(base, acta)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert ver_acta(base, acta.id).estado is EstadoActa.CERRADA


def test_una_version_que_no_es_la_actual_no_decide(base, acta_con, hacer_item, ahora):
    [propuesta] = _propuestas(base, acta_con(hacer_item()))
    with pytest.raises(VersionDesfasada):
        decidir(base, propuesta, NuevaDecision("aceptar", "Ana", version=2), ahora)
    assert _registrados(base) == ()


@pytest.mark.parametrize("numero", [99, 10**30])
def test_una_propuesta_que_no_existe_se_dice(base, ahora, numero):
    with pytest.raises(PropuestaDesconocida):
        decidir(base, numero, NuevaDecision("aceptar", "Ana"), ahora)


def test_el_acta_pasa_a_revision_y_se_cierra_sin_esperar_a_los_otros(
    base, acta_con, hacer_item, ahora
):
    acta = acta_con(
        hacer_item(), hacer_item(id="i2", clase="pedido"), hacer_item(id="i3", clase="otro")
    )
    primera, segunda, otro = _propuestas(base, acta)
    nueva = NuevaDecision("aceptar", "Ana")
    assert decidir(base, primera, nueva, ahora).acta.estado is EstadoActa.EN_REVISION
    assert decidir(base, segunda, nueva, ahora).acta.estado is EstadoActa.CERRADA
    despues = decidir(base, otro, NuevaDecision("rechazar", "Ana"), ahora)
    assert despues.acta.estado is EstadoActa.CERRADA


@pytest.mark.parametrize("orden", [(0, 1), (1, 0)])
def test_el_compromiso_queda_atado_al_pedido_que_atiende(base, acta_con, hacer_item, ahora, orden):
    acta_con(hacer_item(id="i1", clase="pedido"))
    pedido = hacer_item(id="i1", clase="pedido")
    pedido["atributos"] = pedido["atributos"] | {"aceptacion": "aceptado"}
    acta = acta_con(pedido, hacer_item(id="i2", pedido_de_origen="i1"), hacer_item(id="i3"))
    propuestas = _propuestas(base, acta)
    for cual in (*orden, 2):
        decidir(base, propuestas[cual], NuevaDecision("aceptar", "Ana"), ahora)
    registrado, atado, suelto = listar_registros(base, Filtros(acta_id=acta.id)).filas
    assert registrado.aceptacion is Aceptacion.ACEPTADO
    assert (atado.pedido_id, suelto.pedido_id) == (registrado.id, None)


def test_los_nueve_estados_se_reducen_a_cuatro(base):
    reducidos = [ficha.no_priorizado for ficha in ESTADOS.values()]
    assert list(ESTADOS) == list(Estado)
    assert reducidos == ["Por iniciar", *["En proceso"] * 4, "Cumplido", "Incumplido", None, None]
    assert [e for e, ficha in ESTADOS.items() if not ficha.abierto] == [
        Estado.CUMPLIDO,
        Estado.INCUMPLIDO,
        Estado.DESESTIMADO,
        Estado.RENEGOCIADO,
    ]
