"""Quién puede qué (protocolo 7.2, 7.3.4, 7.3.5 y Anexo 2): tabla de oficina × acción × espacio.

Cada celda se comprueba dos veces: en la regla y haciendo de verdad algo de esa acción.
"""

import io
from contextlib import suppress
from datetime import date
from itertools import count

import pytest

from nlp.propuesta import Aceptacion
from registro import espacios, pedidos, reuniones
from registro.acta import NuevaDecision
from registro.actores import Accion, Actor, Oficina, exigir, quienes_pueden
from registro.consultas import listar_items
from registro.decisiones import decidir
from registro.errores import ErrorDeRegistro, NoAutorizado
from registro.estados import Estado
from registro.requerimientos import NuevoRequerimiento, requerir
from registro.sustentos import agregar_evidencia
from registro.variaciones import listar_solicitudes, pedir_variacion, resolver_variacion
from registro.vida import CambioDeEstado, actualizar, cambiar_estado, variar

# Espacios: no priorizado; priorizado a cargo de la SSGC, la SSGD o la SSPI; priorizado sin anotar
# a quién, que es de la SSGC. En cada celda, las oficinas que pueden.
ESPACIOS = ("no", "ssgc", "ssgd", "sspi", "sin anotar")
TABLA = {
    "registrar": ("ssgc", "ssgc", "ssgc", "ssgc", "ssgc"),
    "actualizar": ("ssgd", "ssgc", "ssgd", "sspi", "ssgc"),
    "variar": ("ssgc", "ssgc", "ssgc", "ssgc", "ssgc"),
    "pedir_variacion": ("ssgd sspi", "ssgd sspi", "ssgd sspi", "ssgd sspi", "ssgd sspi"),
    "sustentar": ("ssgd ssgc", "ssgc", "ssgd ssgc", "sspi ssgc", "ssgc"),
    "requerir": ("ssgd ssgc", "ssgc", "ssgd ssgc", "sspi ssgc", "ssgc"),
    "priorizar": ("sgsd ssgc", "sgsd ssgc", "sgsd ssgc", "sgsd ssgc", "sgsd ssgc"),
    "atender": ("ssgd ssgc", "ssgc", "ssgd ssgc", "sspi ssgc", "ssgc"),
    "reunir": ("ssgd", "ssgd", "ssgd", "ssgd", "ssgd"),
}
ACTORES = (None, *Oficina)
CELDAS = [
    (accion, espacio, frozenset(pueden.split()))
    for accion, fila in TABLA.items()
    for espacio, pueden in zip(ESPACIOS, fila, strict=True)
]


def _responsable(espacio):
    return Oficina(espacio) if espacio in set(Oficina) else None


def test_la_tabla_nombra_todas_las_acciones():
    assert set(TABLA) == set(Accion)


@pytest.mark.parametrize(("accion", "espacio", "pueden"), CELDAS)
def test_la_regla(accion, espacio, pueden):
    como = {"priorizado": espacio != "no", "responsable": _responsable(espacio)}
    assert set(quienes_pueden(Accion(accion), **como)) == pueden
    for oficina in ACTORES:
        actor = Actor("Ana", oficina)
        if oficina in pueden:
            exigir(actor, Accion(accion), **como)
        else:
            with pytest.raises(NoAutorizado):
                exigir(actor, Accion(accion), **como)


@pytest.mark.parametrize("clase", ESPACIOS)
def test_hacerlo_de_verdad(
    base, originales, registrar, acta_con, hacer_item, hacer_espacio, ssgc, ssgd, ahora, clase
):
    """Con cada oficina, cada acción o la niega el protocolo o no es por permisos que falla."""
    espacio = hacer_espacio()
    compromiso = registrar(espacio)
    otra = acta_con(hacer_item(clase="pedido"))
    espacios.asignar_acta(base, ssgc, otra.id, espacio.id, ahora)
    [item] = listar_items(base, otra.id)
    pedido = decidir(base, item.propuesta.id, NuevaDecision("aceptar", "Ana"), ahora).registro
    pedir_variacion(base, ssgd, compromiso.id, {"monto": "S/ 500"}, "Consta.", ahora)
    [solicitud] = listar_solicitudes(base)
    if clase != "no":
        nueva = espacios.Priorizacion(
            priorizado=True,
            fecha=ahora.date(),
            razon="Riesgo crítico.",
            decidio=espacios.QuienPrioriza.SUBSECRETARIAS,
            responsable=_responsable(clase),
        )
        espacios.priorizar(base, ssgc, espacio.id, nueva, ahora, 1)
    numeros = count(1)
    priorizacion = espacios.Priorizacion(
        priorizado=False,
        fecha=ahora.date(),
        razon="Bajó el riesgo.",
        decidio=espacios.QuienPrioriza.ALTA_DIRECCION,
    )
    hacer = {
        "registrar": [
            lambda a: espacios.abrir_caso(base, a, f"C-{next(numeros)}", "Nauta", ahora),
            lambda a: espacios.asignar_acta(base, a, otra.id, espacio.id, ahora),
        ],
        "actualizar": [
            lambda a: actualizar(base, a, compromiso.id, "Va bien.", 999, ahora),
            lambda a: cambiar_estado(
                base, a, compromiso.id, CambioDeEstado(Estado.EN_PROCESO, 999, "Empezó."), ahora
            ),
        ],
        "variar": [
            lambda a: variar(base, a, compromiso.id, {"monto": "S/ 1"}, "Consta.", 999, ahora),
            lambda a: resolver_variacion(
                base, a, solicitud.id, aceptar=True, respuesta="Sí.", version=999, ahora=ahora
            ),
        ],
        "pedir_variacion": [
            lambda a: pedir_variacion(base, a, compromiso.id, {"monto": "S/ 1"}, "Sí.", ahora)
        ],
        "sustentar": [
            lambda a: agregar_evidencia(
                base, originales, a, compromiso.id, io.BytesIO(b"acta"), "acta.pdf", ahora
            )
        ],
        "requerir": [
            lambda a: requerir(
                base, a, NuevoRequerimiento(compromiso.id, "MINSA", "O", ahora.date()), ahora
            )
        ],
        "priorizar": [lambda a: espacios.priorizar(base, a, espacio.id, priorizacion, ahora, 999)],
        "atender": [
            lambda a: pedidos.responder(
                base,
                a,
                pedido.id,
                pedidos.Respuesta(Aceptacion.DERIVADO, 999, "Al GORE.", "MINSA", ahora.date()),
                ahora,
            )
        ],
        "reunir": [
            lambda a: reuniones.programar(
                base, a, reuniones.NuevaReunion(f"E{next(numeros)}", date(2026, 6, 1)), ahora
            )
        ],
    }
    assert set(hacer) == set(TABLA)
    for accion, fila in TABLA.items():
        pueden = fila[ESPACIOS.index(clase)].split()
        for oficina in ACTORES:
            for intento in hacer[accion]:
                if oficina in pueden:
                    with suppress(_OtraFalla):
                        _sin_negar(intento, Actor("Ana", oficina))
                else:
                    with pytest.raises(NoAutorizado):
                        intento(Actor("Ana", oficina))


class _OtraFalla(Exception):
    """El intento falló por algo que no es el permiso: la versión 999, por ejemplo."""


def _sin_negar(intento, actor):
    try:
        intento(actor)
    except NoAutorizado:
        raise
    except ErrorDeRegistro as error:
        raise _OtraFalla from error


@pytest.mark.parametrize("oficina", [Oficina.SSGD, Oficina.SSPI, Oficina.SGSD])
def test_el_registro_inicial_lo_hace_la_ssgc(base, acta_con, hacer_item, ahora, oficina):
    """Si quien decide dice su oficina, tiene que ser la que registra; nada queda a medias."""
    acta = acta_con(hacer_item())
    [item] = listar_items(base, acta.id)
    with pytest.raises(NoAutorizado, match="registro inicial: le toca a SSGC"):
        decidir(base, item.propuesta.id, NuevaDecision("aceptar", "Ana", oficina=oficina), ahora)
    [item] = listar_items(base, acta.id)
    assert item.decision is None
    nueva = NuevaDecision("aceptar", "Ana", oficina="ssgc")
    assert decidir(base, item.propuesta.id, nueva, ahora).registro is not None
