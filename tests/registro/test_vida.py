"""Espacios, avance, variaciones, hitos y requerimientos: qué se puede, quién y qué queda."""

import io
from datetime import date, timedelta

import pytest

from nlp.propuesta import Clase
from registro import requerimientos
from registro.actores import Actor, Oficina
from registro.consultas import ver_registro
from registro.errores import (
    CosaDesconocida,
    DatoInvalido,
    NoAutorizado,
    TransicionInvalida,
    VersionDesfasada,
)
from registro.espacios import (
    Priorizacion,
    QuienPrioriza,
    abrir_caso,
    abrir_espacio,
    asignar_acta,
    listar_espacios,
    priorizar,
    ver_espacio,
)
from registro.estados import Estado
from registro.filtros import Filtros
from registro.historia import historia_de
from registro.listas import listar_registros
from registro.relojes import Unidad
from registro.requerimientos import NuevoRequerimiento, requerir
from registro.sustentos import (
    agregar_evidencia,
    agregar_hito,
    cumplir_hito,
    listar_evidencias,
    listar_hitos,
)
from registro.unidades import importar_unidades, unidad_vigente
from registro.variaciones import listar_solicitudes, pedir_variacion, resolver_variacion
from registro.vida import CambioDeEstado, actualizar, cambiar_estado, variar


def test_priorizar_pide_razon_y_cambia_quien_actualiza(
    base, registrar, hacer_espacio, ssgc, ssgd, ahora
):
    espacio = hacer_espacio()
    compromiso = registrar(espacio)
    actualizar(base, ssgd, compromiso.id, "Se convocó a la empresa.", compromiso.version, ahora)
    sin_razon = Priorizacion(True, ahora.date(), " ", QuienPrioriza.ALTA_DIRECCION)
    with pytest.raises(DatoInvalido):
        priorizar(base, ssgc, espacio.id, sin_razon, ahora, version=1)
    nueva = Priorizacion(
        True, ahora.date(), "Riesgo crítico.", QuienPrioriza.ALTA_DIRECCION, Oficina.SSPI
    )
    with pytest.raises(NoAutorizado):
        priorizar(base, ssgd, espacio.id, nueva, ahora, version=1)
    quedo = priorizar(base, ssgc, espacio.id, nueva, ahora, version=1)
    assert (quedo.priorizado, quedo.responsable, quedo.version) == (True, Oficina.SSPI, 2)
    with pytest.raises(VersionDesfasada):
        priorizar(base, ssgc, espacio.id, nueva, ahora, version=1)
    with pytest.raises(NoAutorizado, match="le toca a SSPI"):
        actualizar(base, ssgd, compromiso.id, "Otra cosa.", compromiso.version + 1, ahora)
    hechos = historia_de(base, {"espacio": [espacio.id]})
    assert [(h.que, h.razon, h.oficina) for h in hechos][-1] == (
        "priorizado",
        "Riesgo crítico.",
        Oficina.SSGC,
    )


def test_un_espacio_no_se_repite_y_su_caso_debe_existir(base, hacer_espacio, ssgc, ahora):
    hacer_espacio("Mesa de Nauta")
    with pytest.raises(DatoInvalido):
        abrir_espacio(base, ssgc, "Mesa de Nauta", "mesa_tecnica", ahora)
    with pytest.raises(CosaDesconocida):
        abrir_espacio(base, ssgc, "Otra", "mesa_tecnica", ahora, caso_id=9)
    with pytest.raises(DatoInvalido):
        abrir_espacio(base, ssgc, "Otra", "tertulia", ahora)
    assert [e.nombre for e in listar_espacios(base)] == ["Mesa de Nauta"]
    assert ver_espacio(base, None) is None


def test_asignar_el_acta_lleva_lo_registrado_al_espacio_y_a_su_caso(
    base, registrar, ssgc, ssgd, ahora
):
    compromiso = registrar()
    caso = abrir_caso(base, ssgc, "2026-014", "Agua en Nauta", ahora)
    espacio = abrir_espacio(base, ssgc, "Mesa", "mesa_tecnica", ahora, caso_id=caso.id)
    with pytest.raises(NoAutorizado):
        asignar_acta(base, ssgd, compromiso.acta_id, espacio.id, ahora)
    assert asignar_acta(base, ssgc, compromiso.acta_id, espacio.id, ahora) == 1
    quedo = ver_registro(base, Clase.COMPROMISO, compromiso.id)
    assert (quedo.espacio_id, quedo.caso, quedo.version) == (espacio.id, "2026-014", 2)


def test_variar_deja_lo_anterior_en_la_historia(base, registrar, ssgc, ssgd, ahora):
    compromiso = registrar()
    campos = {"codigo_snip": "145233", "denominacion": "El PNSR culminará cinco plantas."}
    with pytest.raises(NoAutorizado, match="SSGC") as info:
        variar(base, ssgd, compromiso.id, campos, "Faltaba.", 1, ahora)
    assert "solicitud de variación" in info.value.consejo
    with pytest.raises(DatoInvalido):
        variar(base, ssgc, compromiso.id, campos, "", 1, ahora)
    quedo = variar(base, ssgc, compromiso.id, campos, "Faltaba el SNIP.", 1, ahora)
    assert (quedo.codigo_snip, quedo.transcripcion) == ("145233", compromiso.transcripcion)
    ultimo = historia_de(base, {"compromiso": [compromiso.id]})[-1]
    assert ultimo.antes == {"codigo_snip": None, "denominacion": compromiso.denominacion}
    assert ultimo.despues == campos
    [hallado] = listar_registros(base, Filtros(texto="cinco plantas")).filas
    assert hallado.id == compromiso.id


def test_una_solicitud_de_variacion_se_acepta_o_se_rechaza_una_vez(
    base, registrar, ssgc, ssgd, ahora
):
    compromiso = registrar()
    with pytest.raises(DatoInvalido):
        pedir_variacion(base, ssgd, compromiso.id, {"fecha_limite": "mañana"}, "Error.", ahora)
    with pytest.raises(DatoInvalido):
        pedir_variacion(base, ssgd, compromiso.id, {}, "Error.", ahora)
    campos = {"fecha_limite": "2026-12-31", "colaboradores": ["Comunidad de San Hilario"]}
    pedida = pedir_variacion(base, ssgd, compromiso.id, campos, "El acta dice otra.", ahora)
    otra = pedir_variacion(base, ssgd, compromiso.id, {"monto": "1000"}, "Consta.", ahora)
    assert ver_registro(base, Clase.COMPROMISO, compromiso.id).version == 1
    como = {"respuesta": "Conforme.", "version": 1, "ahora": ahora}
    with pytest.raises(NoAutorizado):
        resolver_variacion(base, ssgd, pedida.id, aceptar=True, **como)
    resolver_variacion(base, ssgc, pedida.id, aceptar=True, **como)
    resolver_variacion(base, ssgc, otra.id, aceptar=False, **como)
    with pytest.raises(TransicionInvalida):
        resolver_variacion(base, ssgc, pedida.id, aceptar=False, **como | {"version": 2})
    quedo = ver_registro(base, Clase.COMPROMISO, compromiso.id)
    assert (quedo.fecha_limite, quedo.monto) == (date(2026, 12, 31), compromiso.monto)
    assert quedo.colaboradores == ("Comunidad de San Hilario",)
    assert [s.estado for s in listar_solicitudes(base)] == ["aceptada", "rechazada"]
    assert listar_solicitudes(base, pendientes=True) == ()


def test_una_evidencia_se_guarda_una_vez_por_su_huella(base, originales, registrar, ssgd, ahora):
    numero = registrar().id
    for nombre in ("informe.pdf", "copia.pdf"):
        agregar_evidencia(
            base, originales, ssgd, numero, io.BytesIO(b"informe final"), nombre, ahora
        )
    [evidencia] = listar_evidencias(base, numero)
    assert evidencia.nombre == "informe.pdf"
    assert originales.ruta(evidencia.sha256).read_bytes() == b"informe final"


def test_a_quien_no_le_toca_no_deja_ni_el_archivo(base, originales, registrar, ahora):
    numero, sspi = registrar().id, Actor("Ana", Oficina.SSPI)
    antes = sorted(originales.carpeta.rglob("*.bin"))
    with pytest.raises(NoAutorizado):
        agregar_evidencia(base, originales, sspi, numero, io.BytesIO(b"x"), "x.pdf", ahora)
    assert sorted(originales.carpeta.rglob("*.bin")) == antes


def test_los_hitos_se_cumplen_con_su_fecha(base, registrar, ssgd, ahora):
    numero = registrar().id
    tarde = agregar_hito(base, ssgd, numero, "Entrega", date(2026, 7, 1), ahora)
    pronto = agregar_hito(base, ssgd, numero, "Compra", date(2026, 5, 10), ahora)
    assert [h.nombre for h in listar_hitos(base, numero)] == ["Compra", "Entrega"]
    with pytest.raises(DatoInvalido):
        cumplir_hito(base, ssgd, tarde.id, date(2026, 7, 1), 1, ahora)
    quedo = cumplir_hito(base, ssgd, pronto.id, date(2026, 5, 19), 1, ahora, "Con dos días más.")
    assert (quedo.fecha_cumplida, quedo.version) == (date(2026, 5, 19), 2)


def test_el_requerimiento_nacional_vence_a_los_diez_dias_calendario(base, registrar, ssgd, ahora):
    numero = registrar().id
    nuevo = NuevoRequerimiento(numero, "Ministerio de Salud", "Oficio 12", date(2026, 5, 20))
    # 20 + 10 = sábado 30 de mayo: pasa al lunes 1 de junio.
    pedido = requerir(base, ssgd, nuevo, ahora)
    assert pedido.vence == date(2026, 6, 1)
    assert pedido.explicacion == (
        "10 días calendario desde el 20/05/2026: hasta el 30/05/2026, que es inhábil; pasa al "
        "01/06/2026."
    )
    prorrogado = requerimientos.prorrogar(base, ssgd, pedido.id, 5, "Lo pidió.", 1, ahora)
    # 1 de junio + 5 = sábado 6: lunes 8.
    assert prorrogado.explicacion.endswith("Con prórroga: hasta el 08/06/2026.")
    otro = NuevoRequerimiento(numero, "Minera", "Carta 3", date(2026, 5, 20), 5, Unidad.HABILES)
    assert requerir(base, ssgd, otro, ahora).vence == date(2026, 5, 27)
    for mal in (
        NuevoRequerimiento(numero, "X", "Y", date(2026, 5, 20), 0),
        NuevoRequerimiento(numero, "X", "Y", date(2026, 5, 21)),
        NuevoRequerimiento(numero, "", "Y", date(2026, 5, 20)),
    ):
        with pytest.raises(DatoInvalido):
            requerir(base, ssgd, mal, ahora)


def test_lo_vencido_propone_sin_informacion_y_no_cambia_nada(base, registrar, ssgd, ahora):
    uno, otro = registrar().id, registrar().id
    enviado = date(2026, 5, 20)
    for numero in (uno, otro):
        requerir(base, ssgd, NuevoRequerimiento(numero, "MINSA", "Oficio 1", enviado), ahora)
    prorrogado = requerimientos.listar_requerimientos(base, otro)[0]
    requerimientos.prorrogar(base, ssgd, prorrogado.id, 5, "La entidad lo pidió.", 1, ahora)
    ultimo_dia = date(2026, 6, 1)
    assert requerimientos.proponer_sin_informacion(base, ultimo_dia) == ()
    siguiente = ultimo_dia + timedelta(days=1)
    assert requerimientos.proponer_sin_informacion(base, siguiente) == (uno,)
    assert [r.compromiso_id for r in requerimientos.vencidos(base, siguiente)] == [uno]
    assert [r.compromiso_id for r in requerimientos.vencidos(base, date(2026, 6, 9))] == [otro, uno]
    assert ver_registro(base, Clase.COMPROMISO, uno).estado is Estado.NO_INICIADO
    cambio = CambioDeEstado(Estado.SIN_INFORMACION, 1, "No respondió el Oficio 1.")
    cambiar_estado(base, ssgd, uno, cambio, ahora)
    assert requerimientos.proponer_sin_informacion(base, siguiente) == ()


def test_un_requerimiento_se_recuerda_se_responde_o_se_detiene(base, registrar, ssgd, ahora):
    numero = registrar().id
    enviado = date(2026, 5, 18)
    uno = requerir(base, ssgd, NuevoRequerimiento(numero, "MINSA", "Oficio 1", enviado), ahora)
    otro = requerir(base, ssgd, NuevoRequerimiento(numero, "MTC", "Oficio 2", enviado), ahora)
    assert requerimientos.recordar(base, ssgd, uno.id, 1, ahora).recordatorios == 1
    with pytest.raises(VersionDesfasada):
        requerimientos.recordar(base, ssgd, uno.id, 1, ahora)
    respondido = requerimientos.responder(
        base, ssgd, uno.id, date(2026, 5, 20), "Informe 8", 2, ahora
    )
    assert not respondido.vencido(date(2027, 1, 1))
    requerimientos.detener(base, ssgd, otro.id, "El compromiso se suspendió.", 1, ahora)
    with pytest.raises(TransicionInvalida):
        requerimientos.prorrogar(base, ssgd, otro.id, 5, "Tarde.", 2, ahora)
    assert requerimientos.vencidos(base, date(2027, 1, 1)) == ()


def test_las_unidades_se_importan_con_su_vigencia(base, ssgc, ahora):
    assert unidad_vigente(base, "050101", date(2021, 6, 1)).nombre == "UT Centro"
    tabla = [
        "nombre,codigo,desde,hasta,provisional,fuente",
        "UT Vieja,05,,2022-12-31,no,memo 1",
        "UT Nueva,05,2023-01-01,,si,memo 2",
    ]
    assert importar_unidades(base, ssgc, tabla, ahora) == 2
    assert unidad_vigente(base, "050101", date(2022, 12, 31)).nombre == "UT Vieja"
    assert unidad_vigente(base, "050101", date(2023, 1, 1)).nombre == "UT Nueva"
    with pytest.raises(DatoInvalido, match="fila 2"):
        importar_unidades(base, ssgc, [tabla[0], "UT,5,,,no,x"], ahora)
    assert unidad_vigente(base, "050101", date(2023, 1, 1)).nombre == "UT Nueva"
