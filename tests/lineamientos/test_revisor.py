"""El revisor: qué reglas se aplican, en qué orden salen y qué juicio SMART resulta."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from ingesta.documento import Documento, Tramo
from lineamientos.caso import Caso
from lineamientos.hallazgo import Gravedad, Revision, Smart
from lineamientos.regla import Ejemplo
from lineamientos.revisor import ORDEN, crear_revisor
from nlp.acta_analizada import DatosDelActa
from nlp.propuesta import Campos, Clase, Tipo

ACTA = date(2026, 5, 14)
BUENO = (
    "El Gobierno Regional de Cusco, a través de la GERAGRI, entregará 40 despulpadoras a los "
    "caficultores de Yanatile hasta el 30/09/2026, con cargo a su presupuesto 2026."
)
MALO = "Se apoyará a las comunidades."

Armar = Callable[..., Caso]


def _revisar(caso: Caso) -> Revision:
    return crear_revisor().revisar(caso.documento, caso.propuesta, caso.datos)


def _codigos(revision: Revision) -> list[str]:
    return [h.regla for h in revision.hallazgos]


def test_un_compromiso_bien_escrito_no_tiene_hallazgos(armar: Armar) -> None:
    revision = _revisar(armar(Ejemplo(BUENO, ACTA), tipo=Tipo.ACTIVIDAD))
    assert revision.hallazgos == ()
    assert revision.smart == Smart(True, True, True, None, True)


@pytest.mark.parametrize(
    ("texto", "codigos"),
    [
        (
            "La empresa donará una ambulancia al centro de salud local antes de finalizado el "
            "presente año.",
            {"A07", "S04", "T05"},
        ),
        (
            "La empresa donará una ambulancia tipo II al centro de salud de la localidad hasta el "
            "31 de diciembre de 2026.",
            {"A07", "S04"},
        ),
    ],
)
def test_el_compromiso_modelo_recibe_consejos_y_ninguna_falta(
    texto: str, codigos: set[str], armar: Armar
) -> None:
    revision = _revisar(armar(Ejemplo(texto, ACTA), tipo=Tipo.ACTIVIDAD))
    assert set(_codigos(revision)) == codigos
    assert {h.gravedad for h in revision.hallazgos} == {Gravedad.CONSEJO}
    assert revision.smart == Smart(True, True, True, None, True)


def test_lo_realista_no_se_afirma_y_solo_se_desmiente(armar: Armar) -> None:
    esfuerzo = "El GORE Puno hará sus mejores esfuerzos para entregar 40 filtros el 30/09/2026."
    vencido = Ejemplo("Entregar 40 filtros | 30/04/2026", ACTA, None, ("acuerdo", "plazo"))
    for ejemplo in (esfuerzo, vencido):
        smart = _revisar(armar(ejemplo)).smart
        assert smart is not None
        assert smart.realista is False


def test_un_compromiso_mal_escrito_falla_en_lo_que_le_falta(armar: Armar) -> None:
    revision = _revisar(armar(MALO))
    assert revision.smart == Smart(False, False, False, None, False)
    assert {"A01", "M02", "S01", "S07", "T01"} <= set(_codigos(revision))


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        ("El MTC asfaltará 12 km de la vía de Ccapi, a la brevedad.", (True, True, True, False)),
        ("El MTC asfaltará 12 km de la vía de Ccapi en 30 días.", (True, True, True, True)),
        ("El MTC asfaltará 12 km cuando se firme el contrato.", (True, True, True, False)),
        ("El Estado asfaltará 12 km hasta el 30/11/2026.", (True, True, False, True)),
        ("Se asfaltarán 12 km hasta el 30/11/2026.", (True, True, False, True)),
        ("El MIDAGRI entregará semillas hasta el 30/11/2026.", (True, False, True, True)),
        ("El MTC atenderá el pedido hasta el 30/11/2026.", (False, False, True, True)),
        ("El MTC dará solución al polvo hasta el 30/11/2026.", (False, True, True, True)),
        ("El MTC impulsará la vía hasta el 30/11/2026.", (False, False, True, True)),
        ("El MTC coordinará la entrega de 12 carpetas el 30/11/2026.", (True, True, True, True)),
    ],
)
def test_cada_criterio_lo_deciden_sus_reglas(
    texto: str, esperado: tuple[bool, ...], armar: Armar
) -> None:
    smart = _revisar(armar(Ejemplo(texto, ACTA))).smart
    assert smart is not None
    assert (smart.especifico, smart.medible, smart.asignable, smart.temporal) == esperado


def test_los_hallazgos_salen_en_orden_de_lectura_y_de_gravedad(armar: Armar) -> None:
    texto = "Se gestionará ante el MEF la obra en 30 días, previa opinión del sector."
    hallazgos = _revisar(armar(Ejemplo(texto, ACTA), tipo=Tipo.PIP)).hallazgos
    claves = [(h.tramo.inicio, ORDEN[h.gravedad], h.regla) for h in hallazgos]
    assert claves == sorted(claves)
    assert len(claves) > 5
    assert list(ORDEN) == [Gravedad.FALTA, Gravedad.AVISO, Gravedad.CONSEJO]


@pytest.mark.parametrize("texto", [MALO, BUENO, "Se gestionará ante el MEF la obra en 30 días."])
def test_pedir_una_regla_da_lo_mismo_que_pedirlas_todas(texto: str, armar: Armar) -> None:
    caso, revisor = armar(Ejemplo(texto, ACTA), tipo=Tipo.PIP), crear_revisor()
    todos = _revisar(caso).hallazgos
    for regla in revisor.reglas:
        de_una = revisor.hallazgos_de(regla.codigo, caso.documento, caso.propuesta, caso.datos)
        assert de_una == tuple(h for h in todos if h.regla == regla.codigo)


@pytest.mark.parametrize("texto", [MALO, BUENO, "Siendo las 9:30 se dio inicio a la reunión."])
def test_lo_que_es_otro_no_se_revisa(texto: str, armar: Armar) -> None:
    assert _revisar(armar(texto, Clase.OTRO)) == Revision(None, ())


@pytest.mark.parametrize(
    ("confianza", "duda", "avisa"),
    [(0.42, True, False), (0.5, True, True), (None, True, True), (0.42, False, True)],
)
def test_con_la_clase_muy_dudosa_no_se_avisa_pero_se_juzga(
    confianza: float | None, duda: bool, avisa: bool, armar: Armar
) -> None:
    caso = armar(MALO)
    clasificacion = replace(caso.propuesta.clasificacion, confianza=confianza, duda=duda)
    dudosa = replace(caso.propuesta, clasificacion=clasificacion)
    revision = crear_revisor().revisar(caso.documento, dudosa, caso.datos)
    assert bool(revision.hallazgos) is avisa
    assert revision.smart == Smart(False, False, False, None, False)


@pytest.mark.parametrize(
    ("clase", "posible", "duda", "juzga"),
    [
        (Clase.TAREA, 0.3, True, True),
        (Clase.OTRO, 0.3, True, True),
        (Clase.TAREA, 0.2, True, False),
        (Clase.TAREA, 0.3, False, False),
    ],
)
def test_lo_dudoso_que_puede_ser_compromiso_se_juzga_sin_avisar_como_tal(
    clase: Clase, posible: float, duda: bool, juzga: bool, armar: Armar
) -> None:
    caso = armar(MALO, clase)
    probabilidades = {Clase.COMPROMISO: posible, clase: 0.45}
    clasificacion = replace(
        caso.propuesta.clasificacion, confianza=0.45, probabilidades=probabilidades, duda=duda
    )
    dudosa = replace(caso.propuesta, clasificacion=clasificacion)
    revision = crear_revisor().revisar(caso.documento, dudosa, caso.datos)
    assert revision.hallazgos == ()
    assert revision.smart == (Smart(False, False, False, None, False) if juzga else None)
    assert bool(revision.criterios) is juzga
    assert revision.propuesta_de_redaccion is None


def test_un_pedido_no_tiene_hallazgos_ni_juicio(armar: Armar) -> None:
    pedido = "La comunidad solicita apoyo a la brevedad y/o una respuesta en 10 días."
    assert _revisar(armar(pedido, Clase.PEDIDO)) == Revision(None, ())


@pytest.mark.parametrize(
    ("texto", "codigos"),
    [
        ("El MIDAGRI presentará un diagnóstico preliminar en 10 días.", ["T03"]),
        ("La DIRESA remitirá el informe a la brevedad.", ["T02"]),
        ("Elaborar el padrón. Responsable: GORE Puno. Plazo: por definir.", ["T08"]),
        ("El MTC y/o el gobierno regional remitirán el informe el 20/06/2026.", ["A04"]),
        ("Se reprograma la reunión de coordinación.", []),
    ],
)
def test_una_tarea_solo_recibe_las_reglas_de_plazo_y_responsable(
    texto: str, codigos: list[str], armar: Armar
) -> None:
    revision = _revisar(armar(Ejemplo(texto, ACTA), Clase.TAREA))
    assert _codigos(revision) == codigos
    assert (revision.smart, revision.propuesta_de_redaccion) == (None, None)


def test_las_reglas_de_proyecto_no_se_aplican_a_una_actividad(armar: Armar) -> None:
    texto = "El GORE Puno priorizará el puente de Ilave hasta el 30/11/2026."
    assert {"M03", "M04"} <= set(_codigos(_revisar(armar(texto, tipo=Tipo.PIP))))
    assert not {"M03", "M04"} & set(_codigos(_revisar(armar(texto, tipo=Tipo.ACTIVIDAD))))
    assert not {"M03", "M04"} & set(_codigos(_revisar(armar(texto))))


def test_el_dato_de_otra_celda_cuenta_y_su_hallazgo_cae_en_ella(armar: Armar) -> None:
    fila = Ejemplo(
        "Instalar 12 aulas en Ilave | GORE Puno | A la brevedad",
        ACTA,
        None,
        ("acuerdo", "responsable", "plazo"),
    )
    caso = armar(fila)
    [hallazgo] = _revisar(caso).hallazgos
    assert hallazgo.regla == "T02"
    assert caso.documento.fragmento(hallazgo.tramo) == "A la brevedad"


def test_un_defecto_no_se_dice_dos_veces_si_otra_regla_lo_precisa(armar: Armar) -> None:
    sin_cantidad = _codigos(_revisar(armar("El GORE Puno entregará víveres.")))
    assert "M01" in sin_cantidad
    assert "M02" not in sin_cantidad
    assert "M02" in _codigos(_revisar(armar("El GORE Puno mejorará su trato con la población.")))


def test_el_verbo_debil_trae_su_motivo_y_sus_reemplazos(armar: Armar) -> None:
    revision = _revisar(armar("El GORE Puno gestionará la obra de Ilave."))
    [hallazgo] = [h for h in revision.hallazgos if h.regla == "S01"]
    assert "depende de un tercero" in hallazgo.mensaje
    assert any("presentar" in s for s in hallazgo.sugerencias)


def test_una_palabra_que_contiene_la_senal_no_es_un_falso_amigo(armar: Armar) -> None:
    revision = _revisar(armar("El GORE Puno priorizará el puente el próximo año."))
    assert "S01" in _codigos(revision)


@pytest.mark.parametrize(
    ("participantes", "ausente"),
    [
        (("MVCS - PNSU", "Frente de defensa"), False),
        (("Programa Nacional de Saneamiento Rural", "OEFA"), False),
        (("MTC", "OEFA"), True),
        ((), False),
        (("MTC", "", "", ""), False),
    ],
)
def test_el_responsable_ausente_vale_por_su_ministerio_y_calla_si_no_consta(
    participantes: tuple[str, ...], ausente: bool, armar: Armar
) -> None:
    texto = "El PNSR culminará 5 plantas en Nauta hasta el 30/06/2026."
    ejemplo = Ejemplo(texto, participantes=participantes)
    assert ("A05" in _codigos(_revisar(armar(ejemplo)))) is ausente


@pytest.mark.parametrize(
    "texto",
    ["x", "¿…?", "se " * 20_000, "se " + "ar" * 50_000, "dar" + "r" * 100_000, "y/o\n" * 9_000],
    ids=["letra", "signos", "palabras", "silabas", "palabra", "renglones"],
)
def test_ningun_texto_raro_detiene_la_revision(texto: str, armar: Armar) -> None:
    propuesta = armar("El MTC hará la obra.").propuesta
    segmento = replace(propuesta.segmento, tramo=Tramo(0, len(texto)))
    raro = replace(propuesta, segmento=segmento, campos=Campos())
    inicio = time.perf_counter()
    revision = crear_revisor().revisar(Documento.desde_texto(texto), raro, DatosDelActa())
    assert revision.smart == Smart(True, False, False, None, False)
    assert time.perf_counter() - inicio < 10
