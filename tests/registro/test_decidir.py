"""Decidir: solo una persona registra, una sola vez, y lo registrado es lo que aprobó."""

from datetime import date

import pytest

from nlp.catalogo import unidad_territorial
from nlp.propuesta import Clase, MetodoDePlazo, NivelDeGobierno, Tipo
from registro.acta import EstadoActa, NuevaDecision, TipoDecision
from registro.compromiso import Compromiso, Pedido, Responsable, Tarea
from registro.consultas import listar_items, ver_acta, ver_registro
from registro.decisiones import decidir
from registro.errores import (
    DatoInvalido,
    FaltaElegirClase,
)
from registro.estados import ESTADOS, Estado
from registro.filtros import Filtros
from registro.listas import listar_registros

TEXTO = "El PNSR culminará el mantenimiento de 5 plantas en Nauta en 30 días hábiles."


def _registrados(base):
    return listar_registros(base, Filtros()).filas


def _propuestas(base, acta):
    return [i.propuesta.id for i in listar_items(base, acta.id)]


def test_aceptar_registra_el_compromiso_con_lo_propuesto(base, acta_con, hacer_item, ahora):
    acta = acta_con(hacer_item())
    [propuesta] = _propuestas(base, acta)
    nueva = NuevaDecision("aceptar", "Ana Quispe", motivo="conforme", caso="2026-015")
    decidido = decidir(base, propuesta, nueva, ahora)
    assert decidido.registro == Compromiso(
        id=1,
        acta_id=acta.id,
        propuesta_id=propuesta,
        decision_id=decidido.decision.id,
        estado=Estado.NO_INICIADO,
        version=1,
        transcripcion=TEXTO,
        denominacion=TEXTO,
        caso="2026-015",
        fecha_acta=date(2026, 5, 14),
        numero_en_acta="3",
        tipo=Tipo.ACTIVIDAD,
        plazo_texto="en 30 días hábiles",
        fecha_limite=date(2026, 6, 25),
        metodo_plazo=MetodoDePlazo.HABILES,
        responsables=(
            Responsable("Programa Nacional de Saneamiento Rural", NivelDeGobierno.NACIONAL),
        ),
        colaboradores=("Municipalidad Distrital de Nauta",),
        lugares=("Nauta",),
        regiones=("Loreto",),
        provincias=("Loreto",),
        distritos=("Nauta",),
        unidad_territorial=unidad_territorial("160301", date(2026, 5, 14)),
        codigo_unificado="2999101",
        monto="12400000.00",
        financiamiento="presupuesto institucional 2026",
        verificacion="informe de cierre",
    )
    assert ver_registro(base, Clase.COMPROMISO, 1) == decidido.registro
    assert ESTADOS[decidido.registro.estado].nombre == "Abierto – No iniciado"


def test_la_decision_guarda_quien_cuando_y_el_antes_y_despues(base, acta_con, hacer_item, ahora):
    [propuesta] = _propuestas(base, acta_con(hacer_item()))
    nueva = NuevaDecision("editar", " Ana ", motivo="se precisó", campos={"monto": "S/ 5"})
    decidir(base, propuesta, nueva, ahora)
    [item] = listar_items(base, 1)
    decision = item.decision
    assert (decision.quien, decision.cuando, decision.que) == ("Ana", ahora, TipoDecision.EDITAR)
    assert (decision.motivo, decision.version, item.version) == ("se precisó", 1, 1)
    distintos = {k for k in decision.antes if decision.antes[k] != decision.despues[k]}
    assert distintos == {"monto"}
    assert (decision.antes["monto"], decision.despues["monto"]) == ("12400000.00", "S/ 5")
    assert decision.antes["fecha_limite"] == "2026-06-25"
    assert decision.antes["responsables"] == [
        {"valor": "Programa Nacional de Saneamiento Rural", "nivel": "nacional"}
    ]


def test_la_propuesta_no_cambia_al_editar(base, acta_con, hacer_item, ahora):
    item = hacer_item()
    [propuesta] = _propuestas(base, acta_con(item))
    decidir(base, propuesta, NuevaDecision("editar", "Ana", campos={"tipo": "pip"}), ahora)
    assert listar_items(base, 1)[0].propuesta.item == item


@pytest.mark.parametrize(
    ("clase", "modelo"),
    [("compromiso", Compromiso), ("pedido", Pedido), ("tarea", Tarea)],
)
def test_cada_clase_va_a_lo_suyo_tambien_si_la_persona_la_corrige(
    base, acta_con, hacer_item, ahora, clase, modelo
):
    acta = acta_con(hacer_item(clase=clase), hacer_item(id="i2", clase="otro"))
    propuesta, corregida = _propuestas(base, acta)
    decidir(base, propuesta, NuevaDecision("aceptar", "Ana"), ahora)
    decidir(base, corregida, NuevaDecision("aceptar", "Ana", clase=clase), ahora)
    assert [type(r) for r in _registrados(base)] == [modelo, modelo]


def test_rechazar_no_registra_nada_y_queda_escrito(base, acta_con, hacer_item, ahora):
    [propuesta] = _propuestas(base, acta_con(hacer_item()))
    decidido = decidir(base, propuesta, NuevaDecision("rechazar", "Ana", motivo="es hecho"), ahora)
    assert (decidido.registro, decidido.decision.despues) == (None, None)
    assert _registrados(base) == ()
    assert listar_items(base, 1)[0].decision == decidido.decision


def test_editar_cambia_solo_lo_que_la_persona_dijo(base, acta_con, hacer_item, ahora):
    [propuesta] = _propuestas(base, acta_con(hacer_item()))
    campos = {
        "denominacion": "  El PNSR entregará cinco plantas operativas en Nauta.  ",
        "tipo": "pip",
        "fecha_limite": "2026-07-01",
        "responsables": [
            {"valor": "Programa Nacional de Saneamiento Rural"},
            {"valor": "Gobierno Regional de Loreto", "nivel": "regional"},
        ],
        "colaboradores": "Municipalidad A; Municipalidad B;",
        "condicion": "",
    }
    registro = decidir(
        base, propuesta, NuevaDecision("editar", "Ana", campos=campos), ahora
    ).registro
    assert registro.denominacion == "El PNSR entregará cinco plantas operativas en Nauta."
    assert registro.transcripcion.startswith("El PNSR culminará")
    assert (registro.tipo, registro.fecha_limite) == (Tipo.PIP, date(2026, 7, 1))
    assert registro.metodo_plazo is MetodoDePlazo.FECHA
    assert registro.responsables == (
        Responsable("Programa Nacional de Saneamiento Rural", NivelDeGobierno.NACIONAL),
        Responsable("Gobierno Regional de Loreto", NivelDeGobierno.REGIONAL),
    )
    assert registro.colaboradores == ("Municipalidad A", "Municipalidad B")
    assert (registro.condicion, registro.monto) == (None, "12400000.00")


def test_un_formulario_que_repite_lo_propuesto_no_cambia_nada(base, acta_con, hacer_item, ahora):
    acta = acta_con(hacer_item(), hacer_item(id="i2"))
    aceptada, repetida = _propuestas(base, acta)
    decidir(base, aceptada, NuevaDecision("aceptar", "Ana"), ahora)
    campos = {
        "denominacion": hacer_item()["texto"],
        "tipo": "actividad",
        "fecha_limite": "2026-06-25",
        "regiones": ["Loreto"],
        "responsables": "Programa Nacional de Saneamiento Rural",
    }
    decidir(base, repetida, NuevaDecision("editar", "Ana", campos=campos), ahora)
    _, item = listar_items(base, acta.id)
    assert item.decision.antes == item.decision.despues


def test_la_unidad_territorial_sale_de_los_lugares_del_item(base, acta_con, hacer_item, ahora):
    espinar = {"texto": "Espinar", "region": "Cusco", "provincia": "Espinar", "distrito": "Espinar"}
    lugares = [espinar | {"codigo": "080801"}, espinar | {"texto": "la zona", "codigo": None}]
    [propuesta] = _propuestas(base, acta_con(hacer_item({"lugares": lugares})))
    registro = decidir(base, propuesta, NuevaDecision("aceptar", "Ana"), ahora).registro
    assert registro.unidad_territorial == "Corredor Minero Sur"
    assert (registro.regiones, registro.distritos) == (("Cusco",), ("Espinar",))
    assert registro.lugares == ("Espinar", "la zona")


def test_un_responsable_nuevo_toma_su_nivel_del_catalogo(base, acta_con, hacer_item, ahora):
    [propuesta] = _propuestas(base, acta_con(hacer_item()))
    campos = {"responsables": "MTC; Asociación Los Ejemplos"}
    registro = decidir(
        base, propuesta, NuevaDecision("editar", "Ana", campos=campos), ahora
    ).registro
    assert registro.responsables == (
        Responsable("MTC", NivelDeGobierno.NACIONAL),
        Responsable("Asociación Los Ejemplos", None),
    )


def test_otros_lugares_dejan_la_unidad_territorial_por_llenar(base, acta_con, hacer_item, ahora):
    acta = acta_con(hacer_item(), hacer_item(id="i2"))
    sin_unidad, con_unidad = _propuestas(base, acta)
    campos = {"regiones": ["Cusco"], "provincias": ["Espinar"], "distritos": ["Espinar"]}
    decidir(base, sin_unidad, NuevaDecision("editar", "Ana", campos=campos), ahora)
    campos |= {"unidad_territorial": "UT Sureste"}
    decidir(base, con_unidad, NuevaDecision("editar", "Ana", campos=campos), ahora)
    assert [r.unidad_territorial for r in _registrados(base)] == [None, "UT Sureste"]


def test_un_texto_muy_largo_se_corta_en_la_denominacion_y_no_se_pierde(
    base, acta_con, hacer_item, ahora
):
    largo = "El MTC rehabilitará la vía.  " * 60
    [propuesta] = _propuestas(base, acta_con(hacer_item(texto=largo)))
    registro = decidir(base, propuesta, NuevaDecision("aceptar", "Ana"), ahora).registro
    assert registro.transcripcion == largo
    assert len(registro.denominacion) <= 1_000
    assert registro.denominacion.endswith("…")
    assert registro.descripcion == " ".join(largo.split())


@pytest.mark.parametrize(
    ("campos", "campo"),
    [
        ({"fecha_limite": "31/12/2026"}, "fecha_limite"),
        ({"fecha_limite": "2026-02-30"}, "fecha_limite"),
        ({"fecha_acta": 20260514}, "fecha_acta"),
        ({"tipo": "obra"}, "tipo"),
        ({"tipo": ["pip"]}, "tipo"),
        ({"denominacion": "   "}, "denominacion"),
        ({"denominacion": None}, "denominacion"),
        ({"denominacion": "x" * 1_001}, "denominacion"),
        ({"descripcion": "x" * 5_001}, "descripcion"),
        ({"responsables": [{"valor": "MTC", "nivel": "distrital"}]}, "responsables"),
        ({"responsables": [{"valor": ""}]}, "responsables"),
        ({"regiones": 5}, "regiones"),
        ({"colaboradores": [3]}, "colaboradores"),
        ({"transcripcion": "otra cosa"}, "transcripcion"),
        ({"estado": "cumplido"}, "estado"),
    ],
)
def test_un_dato_invalido_no_registra_nada_y_dice_que_hacer(
    base, acta_con, hacer_item, ahora, campos, campo
):
    [propuesta] = _propuestas(base, acta_con(hacer_item()))
    with pytest.raises(DatoInvalido) as info:
        decidir(base, propuesta, NuevaDecision("editar", "Ana", campos=campos), ahora)
    assert info.value.campo == campo
    assert info.value.consejo
    assert _registrados(base) == ()
    assert listar_items(base, 1)[0].decision is None
    assert ver_acta(base, 1).estado is EstadoActa.ANALIZADA


def test_en_los_topes_justos_se_registra(base, acta_con, hacer_item, ahora):
    [propuesta] = _propuestas(base, acta_con(hacer_item()))
    campos = {"denominacion": "x" * 1_000, "descripcion": "y" * 5_000}
    registro = decidir(
        base, propuesta, NuevaDecision("editar", "Ana", campos=campos), ahora
    ).registro
    assert (len(registro.denominacion), len(registro.descripcion)) == (1_000, 5_000)


@pytest.mark.parametrize(
    ("nueva", "campo"),
    [
        (NuevaDecision("aceptar", ""), "quien"),
        (NuevaDecision("aceptar", "  "), "quien"),
        (NuevaDecision("borrar", "Ana"), "que"),
        (NuevaDecision("aceptar", "Ana", clase="acuerdo"), "clase"),
        (NuevaDecision("aceptar", "Ana", clase="otro"), "clase"),
        (NuevaDecision("aceptar", "Ana", campos={"tipo": "pip"}), "campos"),
        (NuevaDecision("rechazar", "Ana", campos={"tipo": "pip"}), "campos"),
        (NuevaDecision("aceptar", "Ana", caso="x" * 501), "caso"),
    ],
)
def test_una_decision_mal_hecha_no_registra_nada(base, acta_con, hacer_item, ahora, nueva, campo):
    [propuesta] = _propuestas(base, acta_con(hacer_item()))
    with pytest.raises(DatoInvalido) as info:
        decidir(base, propuesta, nueva, ahora)
    assert (info.value.campo, _registrados(base)) == (campo, ())


@pytest.mark.parametrize("cambios", [{"clase": "otro"}, {"clase": "compromiso", "duda": True}])
@pytest.mark.parametrize("que", ["aceptar", "editar"])
def test_ante_la_duda_o_un_otro_la_clase_la_elige_la_persona(
    base, acta_con, hacer_item, ahora, cambios, que
):
    [propuesta] = _propuestas(base, acta_con(hacer_item(**cambios)))
    with pytest.raises(FaltaElegirClase):
        decidir(base, propuesta, NuevaDecision(que, "Ana"), ahora)
    decidido = decidir(base, propuesta, NuevaDecision(que, "Ana", clase="tarea"), ahora)
    assert type(decidido.registro) is Tarea
    assert (decidido.decision.antes["clase"], decidido.decision.despues["clase"]) == (
        cambios["clase"],
        "tarea",
    )


def test_un_item_dudoso_se_puede_rechazar_sin_elegir_clase(base, acta_con, hacer_item, ahora):
    [propuesta] = _propuestas(base, acta_con(hacer_item(duda=True)))
    assert decidir(base, propuesta, NuevaDecision("rechazar", "Ana"), ahora).registro is None
