"""Rectificar una decisión: qué queda, qué se conserva y cuándo ya no se puede."""

import io

import pytest

from nlp.propuesta import Clase, Tipo
from registro.acta import EstadoActa, NuevaDecision
from registro.consultas import listar_items, ver_acta
from registro.cotejo import cotejar
from registro.decisiones import decidir, rectificar
from registro.errores import DatoInvalido, TransicionInvalida, VersionDesfasada
from registro.estados import Estado
from registro.filtros import Filtros
from registro.flujo import analizar_acta, recibir_acta, reintentar_acta
from registro.listas import listar_registros
from registro.portada import ver_portada
from registro.vida import CambioDeEstado, cambiar_estado

ACEPTAR = NuevaDecision("aceptar", "Ana", version=0)


def _rectificacion(que, version=1, **datos):
    return NuevaDecision(que, "Luis", "Se leyó mal el acta.", version=version, **datos)


def _vistos(base):
    return [(r.clase, r.id) for r in listar_registros(base, Filtros()).filas]


def test_lo_rechazado_por_error_entra_al_registro(base, acta_con, hacer_item, ahora):
    acta = acta_con(hacer_item())
    decidir(base, 1, NuevaDecision("rechazar", "Ana", "Parecía repetido."), ahora)
    hecho = rectificar(base, 1, _rectificacion("aceptar"), ahora)
    assert (hecho.decision.version, hecho.registro.clase) == (2, Clase.COMPROMISO)
    [item] = listar_items(base, acta.id)
    assert (item.version, item.decision.quien) == (2, "Luis")
    assert cotejar(base).defectos == ()


def test_editar_conserva_lo_que_no_se_da(base, acta_con, hacer_item, ahora):
    acta_con(hacer_item())
    primera = NuevaDecision("editar", "Ana", campos={"monto": "900"}, caso="2026-014", version=0)
    antes = decidir(base, 1, primera, ahora).registro
    hecho = rectificar(base, 1, _rectificacion("editar", campos={"tipo": "pip"}), ahora)
    quedo = hecho.registro
    assert (quedo.id, quedo.version) == (antes.id, 2)
    assert (quedo.tipo, quedo.monto, quedo.caso) == (Tipo.PIP, "900", "2026-014")
    assert quedo.decision_id == hecho.decision.id
    assert hecho.decision.antes["tipo"] == "actividad"


def test_cambiar_de_clase_retira_uno_y_registra_otro(base, acta_con, hacer_item, ahora):
    acta_con(hacer_item())
    decidir(base, 1, ACEPTAR, ahora)
    rectificar(base, 1, _rectificacion("aceptar", clase="pedido"), ahora)
    assert _vistos(base) == [(Clase.PEDIDO, 1)]
    assert ver_portada(base).registrados[Clase.COMPROMISO] == 0
    vuelve = rectificar(base, 1, _rectificacion("aceptar", 2, clase="compromiso"), ahora)
    assert (vuelve.registro.id, vuelve.registro.vigente) == (1, True)
    assert _vistos(base) == [(Clase.COMPROMISO, 1)]
    assert cotejar(base).defectos == ()


def test_retirar_un_pedido_desata_sus_compromisos(base, acta_con, hacer_item, ahora):
    acta_con(hacer_item(id="i1", clase="pedido"), hacer_item(id="i2", pedido_de_origen="i1"))
    decidir(base, 1, ACEPTAR, ahora)
    assert decidir(base, 2, ACEPTAR, ahora).registro.pedido_id == 1
    rectificar(base, 1, _rectificacion("rechazar"), ahora)
    [suelto] = listar_registros(base, Filtros()).filas
    assert (suelto.clase, suelto.pedido_id) == (Clase.COMPROMISO, None)
    assert cotejar(base).defectos == ()


def test_lo_que_ya_cambio_de_estado_no_se_retira(base, registrar, ssgd, ahora):
    compromiso = registrar()
    cambio = CambioDeEstado(Estado.EN_PROCESO, 1, "Empezó.")
    cambiar_estado(base, ssgd, compromiso.id, cambio, ahora)
    with pytest.raises(TransicionInvalida) as info:
        rectificar(base, compromiso.propuesta_id, _rectificacion("rechazar"), ahora)
    assert "desestimado" in info.value.consejo
    editada = _rectificacion("editar", campos={"monto": "5"})
    quedo = rectificar(base, compromiso.propuesta_id, editada, ahora).registro
    assert (quedo.monto, quedo.estado) == ("5", Estado.EN_PROCESO)


def test_rectificar_pide_motivo_version_y_una_decision(base, acta_con, hacer_item, ahora):
    acta_con(hacer_item())
    with pytest.raises(TransicionInvalida):
        rectificar(base, 1, _rectificacion("aceptar", 0), ahora)
    decidir(base, 1, ACEPTAR, ahora)
    with pytest.raises(VersionDesfasada):
        rectificar(base, 1, _rectificacion("rechazar", None), ahora)
    with pytest.raises(VersionDesfasada):
        rectificar(base, 1, _rectificacion("rechazar", 0), ahora)
    with pytest.raises(DatoInvalido):
        rectificar(base, 1, NuevaDecision("rechazar", "Luis", " ", version=1), ahora)
    assert len(_vistos(base)) == 1


def test_repetir_una_rectificacion_con_su_clave_no_la_hace_dos_veces(
    base, acta_con, hacer_item, ahora
):
    acta_con(hacer_item())
    decidir(base, 1, ACEPTAR, ahora)
    nueva = _rectificacion("rechazar", clave="k-1")
    assert not rectificar(base, 1, nueva, ahora).repetida
    assert rectificar(base, 1, nueva, ahora).repetida


def test_un_acta_ilegible_se_vuelve_a_leer(
    base, originales, analizador_fijo, hacer_resultado, hacer_item, ssgc, ahora
):
    recibida = recibir_acta(base, originales, io.BytesIO(b"acta"), "acta.pdf", "Ana", ahora).acta
    aviso = {"codigo": "x", "mensaje": "No abre.", "consejo": "Pida otra.", "pagina": None}
    fallido = hacer_resultado(estado="fallida", avisos=[aviso], acta=None, texto=None)
    ilegible = analizar_acta(base, originales, analizador_fijo(fallido), recibida.id, ahora)
    assert ilegible.estado is EstadoActa.ILEGIBLE
    reintentada = reintentar_acta(base, recibida.id, ssgc, ahora)
    assert (reintentada.estado, reintentada.motivo) == (EstadoActa.RECIBIDA, None)
    bueno = analizador_fijo(hacer_resultado(hacer_item()))
    analizar_acta(base, originales, bueno, recibida.id, ahora)
    assert ver_acta(base, recibida.id).estado is EstadoActa.ANALIZADA
    assert len(listar_items(base, recibida.id)) == 1
    with pytest.raises(TransicionInvalida):
        reintentar_acta(base, recibida.id, ssgc, ahora)
