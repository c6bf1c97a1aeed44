"""El registro SMART: cada criterio con los trozos exactos del texto que lo sustentan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from lineamientos.caso import Caso
from lineamientos.hallazgo import Aspecto, Criterio
from lineamientos.juego import cargar_reglas
from lineamientos.regla import Ejemplo
from lineamientos.revisor import crear_revisor
from lineamientos.serie_smart import criterios as a_json
from nlp.propuesta import Clase, Tipo

ACTA = date(2026, 5, 14)
COMPLETO = (
    "El PNSR culminará el mantenimiento de 5 plantas en Nauta hasta el 30/06/2026, "
    "con cargo a su presupuesto institucional."
)
EJEMPLOS = [e for regla in cargar_reglas() for e in (*regla.incumplen, *regla.cumplen)]

Armar = Callable[..., Caso]


def _dichos(caso: Caso) -> dict[Aspecto, list[str]]:
    revision = crear_revisor().revisar(caso.documento, caso.propuesta, caso.datos)
    hallados: dict[Aspecto, list[str]] = {}
    for juicio in revision.criterios:
        for e in juicio.evidencias:
            hallados.setdefault(e.aspecto, []).append(caso.documento.fragmento(e.tramo))
    return hallados


def test_un_compromiso_completo_muestra_cada_aspecto_en_su_lugar(armar: Armar) -> None:
    assert _dichos(armar(Ejemplo(COMPLETO, ACTA), tipo=Tipo.ACTIVIDAD)) == {
        Aspecto.QUE: ["culminará el mantenimiento de 5 plantas"],
        Aspecto.DONDE: ["Nauta"],
        Aspecto.CUANTO: ["5 plantas"],
        Aspecto.QUIEN: ["PNSR"],
        Aspecto.DINERO: ["con cargo a su presupuesto institucional"],
        Aspecto.CUANDO: ["hasta el 30/06/2026"],
    }


def test_lo_que_falta_se_dice_por_aspecto(armar: Armar) -> None:
    caso = armar("Se mejorará el canal siempre que la comunidad ceda el terreno.")
    revision = crear_revisor().revisar(caso.documento, caso.propuesta, caso.datos)
    por_criterio = {j.criterio: j for j in revision.criterios}
    assert list(por_criterio) == list(Criterio)
    assert por_criterio[Criterio.ASIGNABLE].faltan == (Aspecto.QUIEN,)
    assert por_criterio[Criterio.ASIGNABLE].cumple is False
    assert por_criterio[Criterio.TEMPORAL].reglas == ("T01",)
    [condicion] = por_criterio[Criterio.REALISTA].evidencias
    assert condicion.aspecto is Aspecto.CONDICION
    assert caso.documento.fragmento(condicion.tramo).startswith("siempre que la comunidad")


def test_la_evidencia_de_una_fila_esta_en_sus_celdas(armar: Armar) -> None:
    fila = Ejemplo(
        "Elaborar el perfil del canal | GORE Apurímac | Dic. 2026",
        ACTA,
        None,
        ("acuerdo", "responsable", "plazo"),
    )
    dichos = _dichos(armar(fila))
    assert dichos[Aspecto.QUIEN] == ["GORE Apurímac"]
    assert dichos[Aspecto.CUANDO] == ["Dic. 2026"]
    assert dichos[Aspecto.QUE] == ["Elaborar el perfil del canal"]


@pytest.mark.parametrize("clase", [Clase.PEDIDO, Clase.TAREA, Clase.OTRO])
def test_solo_un_compromiso_lleva_registro_smart(clase: Clase, armar: Armar) -> None:
    caso = armar(COMPLETO, clase)
    revision = crear_revisor().revisar(caso.documento, caso.propuesta, caso.datos)
    assert revision.criterios == ()


@pytest.mark.parametrize("ejemplo", EJEMPLOS, ids=lambda e: e.texto[:30])
def test_el_juicio_coincide_con_smart_y_los_tramos_con_el_texto(
    ejemplo: Ejemplo, armar: Armar
) -> None:
    caso = armar(ejemplo, tipo=ejemplo.tipo)
    revision = crear_revisor().revisar(caso.documento, caso.propuesta, caso.datos)
    assert revision.smart is not None
    texto = caso.documento.texto
    for juicio in a_json(caso.documento, revision.criterios):
        assert juicio["cumple"] is getattr(revision.smart, juicio["criterio"])
        for e in juicio["evidencia"]:
            assert texto[e["inicio"] : e["fin"]] == e["texto"] == e["texto"].strip()
            assert e["texto"]
        assert not {e["aspecto"] for e in juicio["evidencia"]} & set(juicio["faltan"])
        propias = {h.regla for h in revision.hallazgos if h.criterio.value == juicio["criterio"]}
        assert set(juicio["reglas"]) == propias
