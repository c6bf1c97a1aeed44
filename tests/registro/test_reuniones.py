"""La reunión bimestral con los puntos focales, sus hitos y lo que el calendario recuerda."""

from datetime import date, timedelta

import pytest

from registro import puntos_focales, recordatorios, reuniones
from registro.actores import Actor, Oficina
from registro.cotejo import cotejar
from registro.errores import (
    ClaveRepetida,
    CosaDesconocida,
    DatoInvalido,
    NoAutorizado,
    TransicionInvalida,
    VersionDesfasada,
)
from registro.historia import historia_de
from registro.requerimientos import NuevoRequerimiento, prorrogar, requerir, responder
from registro.reuniones import NuevaReunion, cancelar, convocar, programar, realizar, reprogramar
from registro.sustentos import agregar_hito, cumplir_hito, hitos_de_reunion

MINSA = "Ministerio de Salud"
HOY = date(2026, 5, 20)


@pytest.fixture
def focal(base, ssgd, ahora):
    return puntos_focales.nombrar(base, ssgd, MINSA, "Rosa Inventada", "Directora", ahora)


def test_de_la_programacion_a_los_hitos_acordados(base, registrar, ssgd, focal, ahora):
    compromiso = registrar()
    nueva = programar(base, ssgd, NuevaReunion(MINSA, lugar="Lima", agenda="Hitos"), ahora)
    assert (nueva.fecha, nueva.bimestre, nueva.estado) == (date(2026, 6, 30), 3, "programada")
    assert nueva.convocados == (focal.id,)
    assert nueva.convocar_hasta == date(2026, 6, 28)
    dada = convocar(base, ssgd, nueva.id, HOY, "Oficio múltiple 4", 1, ahora)
    assert (dada.estado, dada.con_poca_anticipacion) == ("convocada", False)
    el_dia = ahora + timedelta(days=41)
    hecha = realizar(base, ssgd, nueva.id, date(2026, 6, 30), (focal.id,), "Tres hitos.", 2, el_dia)
    assert (hecha.estado, hecha.asistentes, hecha.version) == ("realizada", (focal.id,), 3)
    hito = agregar_hito(
        base, ssgd, compromiso.id, "Buena pro", date(2026, 8, 14), el_dia, reunion_id=nueva.id
    )
    assert hitos_de_reunion(base, nueva.id) == (hito,)
    hechos = [h.que for h in historia_de(base, {"reunion": [nueva.id]})]
    assert hechos == ["reunion_programada", "reunion_convocada", "reunion_realizada"]
    assert cotejar(base).defectos == ()


def test_la_fecha_se_propone_y_se_explica(base, ssgd, focal, ahora):
    # Sin reuniones: el último día hábil del bimestre III, martes 30 de junio de 2026.
    propuesta = reuniones.proponer_fecha(base, MINSA, HOY)
    assert (
        propuesta.explicacion == "Último día hábil del bimestre III de 2026: hasta el 30/06/2026."
    )
    # El 31 de octubre de 2026 es sábado: el bimestre V acaba el viernes 30.
    assert reuniones.proponer_fecha(base, MINSA, date(2026, 9, 1)).fecha == date(2026, 10, 30)
    # Si hoy es ese sábado, ya toca el VI: el jueves 31 de diciembre.
    assert reuniones.proponer_fecha(base, MINSA, date(2026, 10, 31)).fecha == date(2026, 12, 31)
    hecha = programar(base, ssgd, NuevaReunion(MINSA), ahora)
    realizar(base, ssgd, hecha.id, date(2026, 5, 4), (focal.id,), "Uno.", 1, ahora)
    # Dos meses desde el 4 de mayo son el sábado 4 de julio: lunes 6.
    propuesta = reuniones.proponer_fecha(base, MINSA, date(2026, 7, 1))
    assert propuesta.fecha == date(2026, 7, 6)
    assert "2 meses desde el 04/05/2026" in propuesta.explicacion
    # Dentro del bimestre en que ya se reunió, lo mismo; pasado el 6 de julio, el fin de agosto.
    assert reuniones.proponer_fecha(base, MINSA, date(2026, 6, 1)).fecha == date(2026, 7, 6)
    assert reuniones.proponer_fecha(base, MINSA, date(2026, 7, 7)).fecha == date(2026, 8, 31)


def test_convocar_tarde_se_avisa_y_no_se_impide(base, ssgd, focal, ahora):
    nueva = programar(base, ssgd, NuevaReunion(MINSA, HOY + timedelta(days=1)), ahora)
    assert convocar(base, ssgd, nueva.id, HOY, "Correo", 1, ahora).con_poca_anticipacion


def test_no_hay_dos_por_realizar_con_la_misma_entidad(base, ssgd, ahora):
    pedida = NuevaReunion(MINSA, clave="k")
    una = programar(base, ssgd, pedida, ahora)
    assert programar(base, ssgd, pedida, ahora) == una
    with pytest.raises(ClaveRepetida):
        programar(base, ssgd, NuevaReunion("MTC", clave="k"), ahora)
    with pytest.raises(DatoInvalido, match="por realizar"):
        programar(base, ssgd, NuevaReunion(MINSA), ahora)
    cancelar(base, ssgd, una.id, "Cambió el sector.", 1, ahora)
    assert programar(base, ssgd, NuevaReunion(MINSA), ahora).id != una.id
    with pytest.raises(TransicionInvalida, match="cancelada"):
        cancelar(base, ssgd, una.id, "Otra vez.", 2, ahora)


def test_lo_que_no_procede_no_cambia_nada(base, ssgd, focal, ahora):
    una = programar(base, ssgd, NuevaReunion("MTC"), ahora)
    maniana, ayer = HOY + timedelta(days=1), HOY - timedelta(days=1)
    with pytest.raises(DatoInvalido, match="puntos focales"):
        convocar(base, ssgd, una.id, HOY, "Oficio 1", 1, ahora)
    mtc = puntos_focales.nombrar(base, ssgd, "MTC", "Juan Inventado", "", ahora)
    for fecha, asistentes, acuerdos in (
        (maniana, (mtc.id,), "Uno."),
        (HOY, (), "Uno."),
        (HOY, (focal.id,), "Uno."),
        (HOY, (mtc.id,), " "),
    ):
        with pytest.raises(DatoInvalido):
            realizar(base, ssgd, una.id, fecha, asistentes, acuerdos, 1, ahora)
    with pytest.raises(DatoInvalido, match="ya pasó"):
        reprogramar(base, ssgd, una.id, ayer, "Porque sí.", 1, ahora)
    with pytest.raises(DatoInvalido):
        reprogramar(base, ssgd, una.id, maniana, "", 1, ahora)
    with pytest.raises(VersionDesfasada):
        reprogramar(base, ssgd, una.id, maniana, "Feriado.", 9, ahora)
    with pytest.raises(CosaDesconocida):
        cancelar(base, ssgd, 999, "No está.", 1, ahora)
    assert reuniones.ver_reunion(base, una.id) == una


def test_reprogramar_obliga_a_volver_a_convocar(base, ssgd, focal, ahora):
    una = programar(base, ssgd, NuevaReunion(MINSA), ahora)
    convocar(base, ssgd, una.id, HOY, "Oficio 4", 1, ahora)
    otra = reprogramar(base, ssgd, una.id, date(2026, 7, 2), "Paro.", 2, ahora)
    assert (otra.estado, otra.convocada, otra.bimestre) == ("programada", None, 4)


def test_solo_la_ssgd_reune_y_nombra(base, registrar, ssgc, ssgd, focal, ahora):
    una = programar(base, ssgd, NuevaReunion(MINSA), ahora)
    for actor in (ssgc, Actor("Ana", Oficina.SSPI), Actor("Ana")):
        with pytest.raises(NoAutorizado, match=r"bimestral.*: le toca a SSGD"):
            programar(base, actor, NuevaReunion("MTC"), ahora)
        with pytest.raises(NoAutorizado):
            cancelar(base, actor, una.id, "No.", 1, ahora)
        with pytest.raises(NoAutorizado):
            puntos_focales.nombrar(base, actor, MINSA, "Otra Inventada", "", ahora)
        with pytest.raises(NoAutorizado):
            puntos_focales.retirar(base, actor, focal.id, "No.", 1, ahora)


def test_un_punto_focal_se_retira_y_sigue_donde_asistio(base, ssgd, focal, ahora):
    una = programar(base, ssgd, NuevaReunion(MINSA), ahora)
    realizar(base, ssgd, una.id, HOY, (focal.id,), "Uno.", 1, ahora)
    with pytest.raises(DatoInvalido, match="Ya es punto focal"):
        puntos_focales.nombrar(base, ssgd, MINSA, "Rosa Inventada", "", ahora)
    puntos_focales.retirar(base, ssgd, focal.id, "Dejó el cargo.", 1, ahora)
    assert puntos_focales.listar(base) == ()
    assert puntos_focales.por_numero(base, [focal.id])[focal.id].nombre == "Rosa Inventada"
    with pytest.raises(TransicionInvalida):
        puntos_focales.retirar(base, ssgd, focal.id, "Otra vez.", 2, ahora)
    assert programar(base, ssgd, NuevaReunion(MINSA), ahora).convocados == ()


def test_los_recordatorios_de_cada_dia(base, registrar, ssgd, ahora):
    numero = registrar().id
    # 20 de mayo + 10 = sábado 30: vence el lunes 1 de junio.
    uno = requerir(base, ssgd, NuevoRequerimiento(numero, MINSA, "Oficio 1", HOY), ahora)
    hito = agregar_hito(base, ssgd, numero, "Buena pro", date(2026, 6, 3), ahora)
    una = programar(base, ssgd, NuevaReunion(MINSA), ahora)

    def ver(dia):
        r = recordatorios.ver_recordatorios(base, dia)
        return (
            [x.id for x in r.recien_vencidos],
            [x.id for x in r.por_vencer],
            [x.id for x in r.hitos],
        )

    assert ver(date(2026, 5, 24)) == ([], [], [])
    assert ver(date(2026, 5, 25)) == ([], [uno.id], [])
    assert ver(date(2026, 6, 1)) == ([], [uno.id], [hito.id])
    assert ver(date(2026, 6, 2)) == ([uno.id], [], [hito.id])
    assert ver(date(2026, 6, 16)) == ([uno.id], [], [hito.id])
    assert ver(date(2026, 6, 17)) == ([], [], [hito.id])
    assert [r.id for r in recordatorios.ver_recordatorios(base, HOY).reuniones] == [una.id]
    prorrogar(base, ssgd, uno.id, 5, "La entidad lo pidió.", 1, ahora)
    # 1 de junio + 5 = sábado 6: lunes 8.
    assert ver(date(2026, 6, 8)) == ([], [uno.id], [hito.id])
    cumplir_hito(base, ssgd, hito.id, HOY, 1, ahora)
    assert ver(date(2026, 6, 9)) == ([uno.id], [], [])


def test_al_mes_toca_volver_a_requerir_a_la_entidad_nacional(base, registrar, ssgd, ahora):
    numero = registrar().id
    uno = requerir(base, ssgd, NuevoRequerimiento(numero, MINSA, "Oficio 1", HOY), ahora)
    requerir(base, ssgd, NuevoRequerimiento(numero, "Minera", "Carta 1", HOY, 5), ahora)
    # Mientras corre no toca; respondido, toca al mes: sábado 20 de junio, lunes 22.
    assert recordatorios.toca_requerir(base, date(2026, 7, 1)) == ()
    responder(base, ssgd, uno.id, HOY, "Informe 8", 1, ahora)
    assert recordatorios.toca_requerir(base, date(2026, 6, 21)) == ()
    [toca] = recordatorios.toca_requerir(base, date(2026, 6, 22))
    assert (toca.compromiso_id, toca.entidad) == (numero, MINSA)
    assert toca.toca.explicacion.startswith("1 mes desde el 20/05/2026")


@pytest.mark.parametrize(
    ("hoy", "vence"),
    [
        # El del bimestre II vence el 15 de mayo; el 16 ya se espera el del III.
        (date(2026, 5, 15), date(2026, 5, 15)),
        (date(2026, 5, 16), date(2026, 7, 14)),
        (date(2026, 1, 10), date(2026, 1, 15)),
    ],
)
def test_el_informe_que_toca(hoy, vence):
    assert recordatorios.siguiente_informe(hoy).fecha == vence
