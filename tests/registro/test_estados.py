"""Los nueve estados, su reducción exacta a cuatro y los 81 cambios, con y sin priorizar."""

import io

import pytest
from sqlalchemy import update

from registro import tablas
from registro.errores import FaltaSustento, NoAutorizado, TransicionInvalida, VersionDesfasada
from registro.estados import ESTADOS, NO_SE_REPORTA, TRANSICIONES, Estado, Trato, reducidos
from registro.sustentos import agregar_evidencia
from registro.vida import CambioDeEstado, cambiar_estado, predecesores

ANEXO_7 = [
    ("Abierto – No iniciado", "Por iniciar"),
    ("Abierto – En proceso", "En proceso"),
    ("Abierto – Sin información", "En proceso"),
    ("Abierto – Suspendido", "En proceso"),
    ("Abierto – Inviable", "En proceso"),
    ("Cerrado – Cumplido", "Cumplido"),
    ("Cerrado – Incumplido", "Incumplido"),
    ("Cerrado – Desestimado", NO_SE_REPORTA),
    ("Cerrado – Renegociado/Redefinido", NO_SE_REPORTA),
]

# Filas: desde; columnas: hacia, en el mismo orden. n normal, a con aviso, r rectificación, · igual.
PARES = {
    "no_iniciado": "· n n n n n n n n",
    "en_proceso": "a · n n n n n n n",
    "sin_informacion": "a n · a n a n n n",
    "suspendido": "a n a · n a n n n",
    "inviable": "a n a a · a n n n",
    "cumplido": "r r r r r · r r r",
    "incumplido": "r r r r r r · r r",
    "desestimado": "r r r r r r r · r",
    "renegociado": "r r r r r r r r ·",
}
TRATOS = {
    "n": Trato.NORMAL,
    "a": Trato.CON_AVISO,
    "r": Trato.RECTIFICACION,
    "·": Trato.NINGUNO,
}
CON_SUSTENTO = {"inviable", "cumplido", "incumplido", "desestimado", "renegociado"}
TABLA = [
    (desde, hacia, TRATOS[letra])
    for desde, fila in PARES.items()
    for hacia, letra in zip(PARES, fila.split(), strict=True)
]


@pytest.fixture
def forzar(base):
    """Deja un compromiso en un estado, sin historia, para partir de él."""

    def hacer(numero, estado):
        with base.escribir() as conexion:
            cambio = update(tablas.compromiso).where(tablas.compromiso.c.id == numero)
            conexion.execute(cambio.values(estado=estado, sucesor_id=None, version=1))

    return hacer


def test_el_anexo_7_es_exacto():
    vistos = [(f.visto(priorizado=True), f.visto(priorizado=False)) for f in ESTADOS.values()]
    assert vistos == ANEXO_7
    assert list(ESTADOS) == list(Estado) == list(PARES)


def test_la_reduccion_no_tiene_vuelta():
    assert reducidos("En proceso") == (
        Estado.EN_PROCESO,
        Estado.SIN_INFORMACION,
        Estado.SUSPENDIDO,
        Estado.INVIABLE,
    )
    assert reducidos("Por iniciar") == (Estado.NO_INICIADO,)


@pytest.mark.parametrize(("desde", "hacia", "trato"), TABLA)
def test_cada_par_tiene_su_trato(desde, hacia, trato):
    assert TRANSICIONES[Estado(desde), Estado(hacia)].trato is trato


@pytest.mark.parametrize("priorizado", [False, True], ids=["no_priorizado", "priorizado"])
def test_los_81_pares_en_cada_tipo_de_espacio(
    base, originales, registrar, hacer_espacio, forzar, ssgc, ssgd, ahora, priorizado
):
    """Vence antes de hoy, hay evidencia y hay sucesor: cada par da lo que dice la tabla."""
    espacio = hacer_espacio(priorizado=priorizado)
    numero = registrar(espacio, campos={"plazo": None}).id
    sucesor = registrar(espacio).id
    with base.escribir() as conexion:
        conexion.execute(update(tablas.compromiso).values(fecha_limite=ahora.date().replace(day=1)))
    al_dia = ssgc if priorizado else ssgd
    evidencia = agregar_evidencia(
        base, originales, al_dia, numero, io.BytesIO(b"acta de entrega"), "entrega.pdf", ahora
    ).id
    for desde, hacia, trato in TABLA:
        forzar(numero, desde)
        actor = ssgc if trato is Trato.RECTIFICACION else al_dia
        ajeno = ssgd if actor == ssgc else ssgc
        pedido = {
            "hacia": Estado(hacia),
            "version": 1,
            "razon": "Consta en el acta.",
            "evidencias": (evidencia,) if hacia in CON_SUSTENTO else (),
            "sucesor_id": sucesor if hacia == "renegociado" else None,
        }
        par = f"{desde} → {hacia}"
        with pytest.raises(NoAutorizado):
            cambiar_estado(base, ajeno, numero, CambioDeEstado(**pedido), ahora)
        if trato is Trato.NINGUNO:
            with pytest.raises(TransicionInvalida):
                cambiar_estado(base, actor, numero, CambioDeEstado(**pedido), ahora)
            continue
        if trato is Trato.CON_AVISO:
            with pytest.raises(FaltaSustento) as info:
                cambiar_estado(base, actor, numero, CambioDeEstado(**pedido), ahora)
            assert info.value.campo == "confirmado", par
            pedido["confirmado"] = True
        for falta, campo in [("evidencias", "evidencias"), ("sucesor_id", "sucesor_id")]:
            if pedido[falta]:
                sin = {**pedido, falta: () if falta == "evidencias" else None}
                with pytest.raises(FaltaSustento) as info:
                    cambiar_estado(base, actor, numero, CambioDeEstado(**sin), ahora)
                assert info.value.campo == campo, par
        if hacia != "no_iniciado" or trato is not Trato.NORMAL:
            with pytest.raises(FaltaSustento) as info:
                cambiar_estado(
                    base, actor, numero, CambioDeEstado(**{**pedido, "razon": " "}), ahora
                )
            assert info.value.campo == "razon", par
        quedo = cambiar_estado(base, actor, numero, CambioDeEstado(**pedido), ahora)
        assert (quedo.estado, quedo.version) == (Estado(hacia), 2), par
        assert quedo.sucesor_id == (sucesor if hacia == "renegociado" else None), par


def test_incumplido_pide_plazo_vencido_o_que_se_niegue(base, originales, registrar, ssgd, ahora):
    numero = registrar().id
    evidencia = agregar_evidencia(
        base, originales, ssgd, numero, io.BytesIO(b"oficio"), "oficio.pdf", ahora
    ).id
    pedido = CambioDeEstado(Estado.INCUMPLIDO, 1, "No lo hizo.", (evidencia,))
    with pytest.raises(FaltaSustento, match="vence el 25/06/2026") as info:
        cambiar_estado(base, ssgd, numero, pedido, ahora)
    assert info.value.campo == "se_niega"
    vencido = ahora.replace(month=6, day=26)
    assert cambiar_estado(base, ssgd, numero, pedido, vencido).estado is Estado.INCUMPLIDO


def test_el_ultimo_dia_del_plazo_todavia_no_vence(base, originales, registrar, ssgd, ahora):
    numero = registrar().id
    evidencia = agregar_evidencia(
        base, originales, ssgd, numero, io.BytesIO(b"oficio"), "oficio.pdf", ahora
    ).id
    pedido = CambioDeEstado(Estado.INCUMPLIDO, 1, "No lo hizo.", (evidencia,))
    de_noche = ahora.replace(month=6, day=26, hour=3)  # 25 de junio a las 22:00 en Lima
    with pytest.raises(FaltaSustento):
        cambiar_estado(base, ssgd, numero, pedido, de_noche)
    negado = CambioDeEstado(Estado.INCUMPLIDO, 1, "Se negó.", (evidencia,), se_niega=True)
    assert cambiar_estado(base, ssgd, numero, negado, de_noche).estado is Estado.INCUMPLIDO


def test_el_renegociado_queda_atado_a_su_sucesor_y_sin_vueltas(
    base, originales, registrar, ssgd, ahora
):
    viejo, nuevo = registrar(), registrar()
    por_numero = {}
    for numero in (viejo.id, nuevo.id):
        por_numero[numero] = agregar_evidencia(
            base, originales, ssgd, numero, io.BytesIO(b"acta nueva"), "acta.pdf", ahora
        ).id

    def renegociar(numero, sucesor):
        pedido = CambioDeEstado(
            Estado.RENEGOCIADO, 1, "Se redefinió.", (por_numero[numero],), sucesor
        )
        return cambiar_estado(base, ssgd, numero, pedido, ahora)

    with pytest.raises(FaltaSustento, match="a sí mismo"):
        renegociar(viejo.id, viejo.id)
    with pytest.raises(FaltaSustento, match="No hay un compromiso 999"):
        renegociar(viejo.id, 999)
    assert renegociar(viejo.id, nuevo.id).sucesor_id == nuevo.id
    assert predecesores(base, nuevo.id) == (viejo.id,)
    with pytest.raises(FaltaSustento, match="a sí mismo"):
        renegociar(nuevo.id, viejo.id)


def test_una_evidencia_de_otro_compromiso_no_sirve(base, originales, registrar, ssgd, ahora):
    uno, otro = registrar().id, registrar().id
    ajena = agregar_evidencia(
        base, originales, ssgd, otro, io.BytesIO(b"informe"), "informe.pdf", ahora
    ).id
    pedido = CambioDeEstado(Estado.CUMPLIDO, 1, "Se entregó.", (ajena,))
    with pytest.raises(FaltaSustento, match="no es de este compromiso"):
        cambiar_estado(base, ssgd, uno, pedido, ahora)


def test_dos_cambios_con_la_misma_version_no_se_pisan(base, registrar, ssgd, ahora):
    numero = registrar().id
    cambiar_estado(base, ssgd, numero, CambioDeEstado(Estado.EN_PROCESO, 1, "Empezó."), ahora)
    with pytest.raises(VersionDesfasada):
        cambiar_estado(base, ssgd, numero, CambioDeEstado(Estado.SUSPENDIDO, 1, "Lluvias."), ahora)


def test_repetir_un_cambio_con_su_clave_no_lo_hace_dos_veces(base, registrar, ssgd, ahora):
    numero = registrar().id
    pedido = CambioDeEstado(Estado.EN_PROCESO, 1, "Empezó.", clave="k-1")
    primero = cambiar_estado(base, ssgd, numero, pedido, ahora)
    assert cambiar_estado(base, ssgd, numero, pedido, ahora) == primero
    assert primero.version == 2
