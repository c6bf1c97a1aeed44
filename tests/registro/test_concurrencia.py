"""Muchos editan lo mismo a la vez: nada se pierde, nada se traba y la cadena sigue entera."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from nlp.propuesta import Clase
from registro.base import abrir
from registro.consultas import ver_registro
from registro.cotejo import cotejar
from registro.errores import BaseNoDisponible, VersionDesfasada
from registro.espacios import asignar_acta
from registro.historia import historia_de
from registro.verificar import leer, verificar
from registro.vida import actualizar

ESCRITORES = 6
EDICIONES = 8


def _a_la_vez(tareas):
    fallas = []

    def correr(tarea):
        try:
            tarea()
        except BaseException as error:
            fallas.append(error)

    hilos = [threading.Thread(target=correr, args=(tarea,)) for tarea in tareas]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert fallas == []


def test_ninguna_edicion_se_pierde_y_los_choques_se_dicen(url, base, registrar, ssgd, ahora):
    numeros = [registrar().id for _ in range(3)]
    guardadas, choques = [], []

    def editar(quien):
        for vuelta in range(EDICIONES):
            numero = numeros[(quien + vuelta) % len(numeros)]
            avance = f"{quien}-{vuelta}"
            while True:
                version = ver_registro(base, Clase.COMPROMISO, numero).version
                try:
                    actualizar(base, ssgd, numero, avance, version, ahora)
                except VersionDesfasada:
                    choques.append(avance)
                else:
                    guardadas.append(avance)
                    break

    _a_la_vez([lambda quien=quien: editar(quien) for quien in range(ESCRITORES)])
    assert len(guardadas) == ESCRITORES * EDICIONES
    versiones = sum(ver_registro(base, Clase.COMPROMISO, n).version - 1 for n in numeros)
    assert versiones == len(guardadas)
    hechos = historia_de(base, {"compromiso": numeros})
    anotadas = [h.despues["avance"] for h in hechos if h.que == "avance_anotado"]
    assert sorted(anotadas) == sorted(guardadas)
    assert verificar(*leer(url)).defectos == []
    assert cotejar(base).defectos == ()


def test_quien_toca_muchas_filas_y_quien_toca_una_no_se_traban(
    base, acta_con, hacer_item, hacer_espacio, registrar, ssgc, ssgd, ahora
):
    """Asignar el acta recorre sus filas; con cerrojos por fila, dos recorridos se abrazarían."""
    espacios = [hacer_espacio(f"Mesa {n}") for n in range(2)]
    compromiso = registrar(espacios[0])

    def asignar():
        for vuelta in range(6):
            asignar_acta(base, ssgc, compromiso.acta_id, espacios[vuelta % 2].id, ahora)

    def anotar():
        for vuelta in range(6):
            while True:
                version = ver_registro(base, Clase.COMPROMISO, compromiso.id).version
                try:
                    actualizar(base, ssgd, compromiso.id, f"Avance {vuelta}", version, ahora)
                    break
                except VersionDesfasada:
                    continue

    _a_la_vez([asignar, anotar, asignar])
    assert cotejar(base).defectos == ()


GUION = Path(__file__).parents[2] / "scripts" / "probar_concurrencia.py"


def _a_la_vez_en_procesos(*argumentos: str) -> str:
    """Corre el guion en pequeño; la versión completa son 16 escritores × 100 cambios × 50 filas."""
    orden = [sys.executable, str(GUION), *argumentos]
    orden += ["--escritores", "4", "--cambios", "10", "--filas", "3"]
    hecho = subprocess.run(orden, capture_output=True, text=True, check=False)
    assert hecho.returncode == 0, hecho.stdout + hecho.stderr
    return hecho.stdout


def test_los_procesos_no_pierden_cambios_ni_ven_la_base_ocupada_en_sqlite():
    assert "40 guardados, 0 perdidos" in _a_la_vez_en_procesos()


@pytest.mark.postgres
def test_los_procesos_no_pierden_cambios_ni_ven_la_base_ocupada_en_postgresql(
    servidor_postgres: URL,
):
    url = servidor_postgres.render_as_string(hide_password=False)
    assert "40 guardados, 0 perdidos" in _a_la_vez_en_procesos(url)


def test_quien_espera_en_otro_proceso_espera_su_turno_y_no_mas_de_lo_que_dura(tmp_path):
    """Otro proceso tiene el turno más que la espera de SQLite (5 s) y aun así nadie falla."""
    ruta = tmp_path / "actas.db"
    base = abrir(f"sqlite:///{ruta}")
    programa = (
        "import sys, time; from registro.base import abrir\n"
        "base = abrir(sys.argv[1])\n"
        "with base.escribir():\n"
        "    print('tengo', flush=True); time.sleep(6)\n"
    )
    otro = subprocess.Popen(
        [sys.executable, "-c", programa, f"sqlite:///{ruta}"], stdout=subprocess.PIPE, text=True
    )
    assert otro.stdout is not None
    assert otro.stdout.readline() == "tengo\n"
    with base.escribir() as conexion:
        conexion.exec_driver_sql("DELETE FROM idempotencia")
    assert otro.wait() == 0
    otro.stdout.close()
    base.cerrar()


def test_si_no_se_puede_escribir_junto_a_la_base_se_dice(tmp_path):
    base = abrir(f"sqlite:///{tmp_path / 'actas.db'}")
    (tmp_path / "actas.db-turno").mkdir()
    with pytest.raises(BaseNoDisponible), base.escribir():
        pass
    base.cerrar()
