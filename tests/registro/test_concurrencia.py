"""Muchos editan lo mismo a la vez: nada se pierde, nada se traba y la cadena sigue entera."""

import threading

from nlp.propuesta import Clase
from registro.consultas import ver_registro
from registro.cotejo import cotejar
from registro.errores import VersionDesfasada
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
