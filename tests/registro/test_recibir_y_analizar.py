"""Recibir un acta y analizarla: una sola vez cada una, y nada a medias."""

import io
import os
import subprocess
import sys
import threading
from datetime import UTC, date, datetime

import pytest

from ingesta.errores import ArchivoDemasiadoGrande
from nlp.propuesta import Clase
from registro.acta import LIMA, EstadoActa
from registro.base import abrir
from registro.consultas import (
    actas_por_analizar,
    listar_actas,
    listar_items,
    ver_acta,
    ver_resultado,
)
from registro.errores import ActaDesconocida, DatoInvalido, OriginalDanado
from registro.flujo import analizar_acta, recibir_acta
from registro.originales import Originales

SE_CORTA = """
import io, os, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from registro import repositorio
from registro.base import abrir
from registro.flujo import recibir_acta
from registro.originales import Originales

insertar = repositorio.insertar_acta
def cortar(*valores, **otros):
    if sys.argv[3] == "tras la fila":
        insertar(*valores, **otros)
    os.kill(os.getpid(), signal.SIGKILL)
repositorio.insertar_acta = cortar
originales = Originales(Path(sys.argv[2]))
base, acta = abrir(sys.argv[1]), io.BytesIO(b"el acta")
recibir_acta(base, originales, acta, "a.pdf", "SSGC", datetime.now(UTC))
"""


def _recibir(base, originales, ahora, contenido=b"%PDF acta", nombre="acta.pdf", actor="SSGC"):
    return recibir_acta(base, originales, io.BytesIO(contenido), nombre, actor, ahora)


def test_un_acta_recibida_queda_con_sus_datos(base, originales, ahora):
    acta = _recibir(base, originales, ahora).acta
    assert ver_acta(base, acta.id) == acta
    assert (acta.nombre, acta.bytes, acta.estado) == ("acta.pdf", 9, EstadoActa.RECIBIDA)
    assert (acta.recibida_por, acta.recibida_en) == ("SSGC", ahora)
    assert originales.ruta(acta.sha256).read_bytes() == b"%PDF acta"


def test_la_hora_se_guarda_en_utc_y_se_muestra_en_hora_de_lima(base, originales):
    a_las_diez_en_lima = datetime(2026, 5, 20, 10, 30, tzinfo=LIMA)
    acta = ver_acta(base, _recibir(base, originales, a_las_diez_en_lima).acta.id)
    assert (acta.recibida_en.tzinfo, acta.recibida_en.hour) == (UTC, 15)
    assert f"{acta.recibida_en.astimezone(LIMA):%H:%M}" == "10:30"


def test_los_mismos_bytes_dos_veces_son_una_sola_acta(base, originales, ahora):
    primera = _recibir(base, originales, ahora)
    segunda = _recibir(base, originales, ahora, nombre="copia.pdf", actor="SSGD")
    assert (primera.ya_estaba, segunda.ya_estaba) == (False, True)
    assert segunda.acta == primera.acta
    assert len(listar_actas(base).filas) == 1


def test_muchos_hilos_con_los_mismos_bytes_hacen_una_sola_acta(base, originales, ahora):
    barrera, recepciones = threading.Barrier(6, timeout=20), []

    def enviar() -> None:
        barrera.wait()
        recepciones.append(_recibir(base, originales, ahora))

    hilos = [threading.Thread(target=enviar) for _ in range(6)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert sorted(r.ya_estaba for r in recepciones) == [False] + [True] * 5
    assert len({r.acta.id for r in recepciones}) == 1
    assert len(listar_actas(base).filas) == 1


@pytest.mark.parametrize(
    ("enviado", "guardado"),
    [
        ("C:\\Actas\\mesa 3.pdf", "mesa 3.pdf"),
        ("../../etc/acta.pdf", "acta.pdf"),
        ("acta\u202efdp.docx", "actafdp.docx"),
        ("acta\0\n.pdf", "acta.pdf"),
        ("", "acta"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_el_nombre_se_guarda_sin_carpetas_ni_signos_invisibles(
    base, originales, ahora, enviado, guardado
):
    assert _recibir(base, originales, ahora, nombre=enviado).acta.nombre == guardado


@pytest.mark.parametrize("actor", ["", "   "])
def test_sin_actor_no_se_recibe_ni_se_guarda_nada(base, originales, ahora, actor):
    with pytest.raises(DatoInvalido) as info:
        _recibir(base, originales, ahora, actor=actor)
    assert info.value.campo == "actor"
    assert [a for a in originales.carpeta.rglob("*") if a.is_file()] == []


def test_un_archivo_demasiado_grande_no_deja_acta(base, tmp_path, ahora):
    with pytest.raises(ArchivoDemasiadoGrande):
        _recibir(base, Originales(tmp_path / "o", tope=4), ahora)
    assert listar_actas(base).filas == ()


@pytest.mark.skipif(os.name == "nt", reason="usa SIGKILL")
@pytest.mark.parametrize("momento", ["antes de la fila", "tras la fila"])
def test_un_corte_entre_el_archivo_y_la_fila_no_deja_nada_a_medias(url, originales, ahora, momento):
    abrir(url).cerrar()
    orden = [sys.executable, "-c", SE_CORTA, url, str(originales.carpeta), momento]
    assert subprocess.run(orden, check=False).returncode == -9
    base = abrir(url)
    try:
        assert listar_actas(base).filas == ()
        recepcion = _recibir(base, originales, ahora, contenido=b"el acta")
        assert not recepcion.ya_estaba
        assert len(listar_actas(base).filas) == 1
    finally:
        base.cerrar()


def test_analizar_guarda_el_resultado_tal_cual(
    base, originales, ahora, hacer_item, hacer_resultado, analizador_fijo
):
    resultado = hacer_resultado(
        hacer_item(),
        hacer_item(
            id="i2", clase="pedido", texto="Solicitan «agua»\0 y \ud800 luz", confianza=None
        ),
    )
    recibida = _recibir(base, originales, ahora).acta
    analizador = analizador_fijo(resultado)
    acta = analizar_acta(base, originales, analizador, recibida.id, ahora)
    assert analizador.leidos == [(b"%PDF acta", "acta.pdf")]
    assert (acta.estado, acta.formato, acta.fecha) == ("analizada", "pdf", date(2026, 5, 14))
    assert acta.titulo == "Acta de la tercera sesión de la mesa técnica"
    assert acta.analizada_en == ahora
    assert ver_resultado(base, acta.id) == resultado
    items = listar_items(base, acta.id)
    assert [i.propuesta.item for i in items] == resultado["items"]
    assert [(i.propuesta.clase, i.propuesta.confianza) for i in items] == [
        (Clase.COMPROMISO, 0.97),
        (Clase.PEDIDO, None),
    ]


def test_analizar_otra_vez_no_cambia_nada(base, originales, ahora, acta_con, hacer_item):
    acta = acta_con(hacer_item())

    class NoDebeLeer:
        def analizar_archivo(self, ruta, nombre=None):
            pytest.fail("se analizó otra vez")

    assert analizar_acta(base, originales, NoDebeLeer(), acta.id, ahora) == acta


def test_dos_que_analizan_a_la_vez_no_duplican_los_items(
    base, originales, ahora, hacer_item, hacer_resultado, analizador_fijo
):
    acta = _recibir(base, originales, ahora).acta
    barrera, vistas = threading.Barrier(2, timeout=20), []

    def analizar() -> None:
        lento = analizador_fijo(hacer_resultado(hacer_item()), al_leer=barrera.wait)
        vistas.append(analizar_acta(base, originales, lento, acta.id, ahora))

    hilos = [threading.Thread(target=analizar) for _ in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert [v.estado for v in vistas] == [EstadoActa.ANALIZADA] * 2
    assert len(listar_items(base, acta.id)) == 1


def test_mientras_se_lee_la_base_sigue_libre(
    base, originales, ahora, hacer_resultado, analizador_fijo
):
    acta = _recibir(base, originales, ahora).acta
    estados = []

    def otra_persona_recibe() -> None:
        estados.append(ver_acta(base, acta.id).estado)
        _recibir(base, originales, ahora, contenido=b"otra acta")

    analizador = analizador_fijo(hacer_resultado(), al_leer=otra_persona_recibe)
    analizar_acta(base, originales, analizador, acta.id, ahora)
    assert estados == [EstadoActa.ANALIZANDO]
    assert len(listar_actas(base).filas) == 2


def test_un_analisis_que_se_corta_se_puede_repetir(
    base, originales, ahora, hacer_item, hacer_resultado, analizador_fijo
):
    acta = _recibir(base, originales, ahora).acta

    def cortar() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        analizar_acta(base, originales, analizador_fijo(None, al_leer=cortar), acta.id, ahora)
    assert actas_por_analizar(base) == (acta.id,)
    bueno = analizador_fijo(hacer_resultado(hacer_item()))
    assert analizar_acta(base, originales, bueno, acta.id, ahora).estado == "analizada"
    assert actas_por_analizar(base) == ()


@pytest.mark.parametrize("estado", ["rechazada", "fallida"])
def test_un_archivo_que_no_se_lee_queda_ilegible_con_su_motivo(
    base, originales, ahora, hacer_resultado, analizador_fijo, estado
):
    aviso = {
        "codigo": "archivo_cifrado",
        "pagina": None,
        "mensaje": "El archivo pide contraseña.",
        "consejo": "Envíe una copia sin protección.",
        "inicio": None,
        "fin": None,
    }
    resultado = hacer_resultado(estado=estado, avisos=[aviso], texto=None, acta=None)
    acta = _recibir(base, originales, ahora).acta
    leida = analizar_acta(base, originales, analizador_fijo(resultado), acta.id, ahora)
    assert leida.estado is EstadoActa.ILEGIBLE
    assert leida.motivo == "El archivo pide contraseña. Envíe una copia sin protección."
    assert ver_resultado(base, acta.id) == resultado


def test_un_original_perdido_se_dice_y_el_acta_sigue_por_analizar(
    base, originales, ahora, hacer_resultado, analizador_fijo
):
    acta = _recibir(base, originales, ahora).acta
    originales.ruta(acta.sha256).unlink()
    with pytest.raises(OriginalDanado):
        analizar_acta(base, originales, analizador_fijo(hacer_resultado()), acta.id, ahora)
    assert actas_por_analizar(base) == (acta.id,)


@pytest.mark.parametrize("numero", [99, 0, -1, 10**30])
def test_un_acta_que_no_existe_se_dice(base, originales, ahora, analizador_fijo, numero):
    with pytest.raises(ActaDesconocida):
        ver_acta(base, numero)
    with pytest.raises(ActaDesconocida):
        analizar_acta(base, originales, analizador_fijo(None), numero, ahora)


def test_sin_texto_ni_items_el_acta_queda_analizada(base, acta_con):
    acta = acta_con()
    assert acta.estado is EstadoActa.ANALIZADA
    assert listar_items(base, acta.id) == ()


def test_nada_entra_al_registro_por_solo_analizar(base, acta_con, hacer_item):
    acta = acta_con(hacer_item())
    [fila] = listar_actas(base).filas
    assert (fila.items, fila.decididos, fila.pendientes) == (1, 0, 1)
    assert acta.estado is EstadoActa.ANALIZADA
