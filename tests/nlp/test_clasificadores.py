"""Clasificadores: rasgos, reglas, pesos por lugar y medidas prometidas."""

from __future__ import annotations

import hashlib
import shutil
import tomllib
from pathlib import Path

import numpy as np
import pytest

from modelos.cargador import CARPETA, ModeloIncompatible, cargar
from nlp.clasificadores import Clasificadores, Muestra
from nlp.entrenamiento import corpus
from nlp.entrenamiento.entrenar import entrenar, principal
from nlp.entrenamiento.muestras import TAREAS
from nlp.errores import ConjuntoAusente
from nlp.palabras import Palabras
from nlp.propuesta import Clase, Seccion, Tipo
from nlp.rasgos import huella_de_los_lexicos, rasgos


@pytest.fixture(scope="module")
def clasificadores() -> Clasificadores:
    return Clasificadores()


@pytest.mark.parametrize(
    ("texto", "clase", "tipo"),
    [
        (
            "La empresa donará una ambulancia tipo II al centro de salud hasta el 31 de diciembre.",
            Clase.COMPROMISO,
            Tipo.ACTIVIDAD,
        ),
        (
            "El Gobierno Regional se compromete a culminar el expediente técnico del proyecto con "
            "CUI 2999102 en 90 días calendario.",
            Clase.COMPROMISO,
            Tipo.PIP,
        ),
        ("La comunidad solicita la construcción de un hospital.", Clase.PEDIDO, None),
        ("Exigimos que la empresa pague el ganado muerto.", Clase.PEDIDO, None),
        ("La próxima reunión se llevará a cabo el 7 de noviembre.", Clase.TAREA, None),
        ("La SGSD remitirá el acta por correo electrónico en 48 horas.", Clase.TAREA, None),
        ("El alcalde saludó a los presentes y agradeció su participación.", Clase.OTRO, None),
        ("Se verificó el quórum con la asistencia de quince delegados.", Clase.OTRO, None),
    ],
)
def test_distingue_las_clases_en_oraciones_claras(
    clasificadores: Clasificadores, texto: str, clase: Clase, tipo: Tipo | None
) -> None:
    [leida] = clasificadores.clasificar([Muestra(texto)])
    assert (leida.clase, leida.tipo) == (clase, tipo)
    assert leida.confianza == max(leida.probabilidades.values())
    assert sum(leida.probabilidades.values()) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    "texto",
    [
        "Página 3 de 7",
        "Firma: ____________ DNI: ________",
        "Firmado digitalmente por PEREZ QUISPE Ana FAU 20000000001 soft",
        "Siendo las 09:30 horas del día 12 de marzo, en el auditorio, se dio inicio a la reunión.",
        "No habiendo más puntos que tratar, se levantó la sesión a las 17:45 horas.",
    ],
)
def test_lo_que_con_certeza_es_otro_no_lo_decide_el_modelo(
    clasificadores: Clasificadores, texto: str
) -> None:
    [leida] = clasificadores.clasificar([Muestra(texto, Seccion.ACUERDOS)])
    assert (leida.clase, leida.confianza, leida.duda) == (Clase.OTRO, None, False)


def test_lo_que_presenta_una_lista_es_otro(clasificadores: Clasificadores) -> None:
    [leida] = clasificadores.clasificar([Muestra("La empresa se compromete a:", presenta=True)])
    assert leida.clase is Clase.OTRO


def test_la_columna_cambia_la_lectura_de_un_texto_nominal(clasificadores: Clasificadores) -> None:
    texto = "Asfaltado de la vía vecinal"
    pedido, acuerdo = clasificadores.clasificar([
        Muestra(texto, Seccion.PEDIDOS, "pedido"),
        Muestra(texto, Seccion.ACUERDOS, "acuerdo"),
    ])
    assert (pedido.clase, acuerdo.clase) == (Clase.PEDIDO, Clase.COMPROMISO)


def test_clasificar_en_lote_o_de_a_uno_da_lo_mismo(clasificadores: Clasificadores) -> None:
    muestras = [Muestra("La empresa donará becas."), Muestra("Solicitamos un puente.")]
    juntas = clasificadores.clasificar(muestras)
    assert juntas == [clasificadores.clasificar([m])[0] for m in muestras]
    assert clasificadores.clasificar([]) == []


def test_sin_modelos_todo_es_otro_y_queda_en_duda(tmp_path: Path) -> None:
    sin_modelos = Clasificadores(tmp_path)
    [leida] = sin_modelos.clasificar([Muestra("La empresa donará becas.")])
    assert (leida.clase, leida.duda, leida.confianza) == (Clase.OTRO, True, None)
    assert sin_modelos.versiones == {}


def test_sin_las_palabras_de_su_red_la_clase_no_se_usa(tmp_path: Path) -> None:
    for nombre in ("clase", "tipo"):
        shutil.copytree(CARPETA / nombre, tmp_path / nombre)
    sin_palabras = Clasificadores(tmp_path)
    assert set(sin_palabras.versiones) == {"tipo"}
    [leida] = sin_palabras.clasificar([Muestra("La empresa donará becas.")])
    assert (leida.clase, leida.duda) == (Clase.OTRO, True)


def test_con_otras_palabras_que_las_suyas_se_niega_a_clasificar(tmp_path: Path) -> None:
    for nombre in ("clase", "palabras"):
        shutil.copytree(CARPETA / nombre, tmp_path / nombre)
    Palabras.de(["agua"], np.ones((1, 128), dtype=np.float32)).guardar(
        tmp_path / "palabras" / "modelo.npz"
    )
    ficha = tmp_path / "palabras" / "ficha.toml"
    suya = tomllib.loads(ficha.read_text("utf-8"))["artefacto"]["sha256"]
    otra = hashlib.sha256(ficha.with_name("modelo.npz").read_bytes()).hexdigest()
    ficha.write_text(ficha.read_text("utf-8").replace(suya, otra), "utf-8")
    with pytest.raises(ModeloIncompatible, match="otras palabras"):
        Clasificadores(tmp_path)


def test_los_rasgos_ven_marcador_sujeto_y_verbo() -> None:
    vistos = set(rasgos("1. La empresa se compromete a entregar el informe."))
    assert {"m:compromete", "suj:empresa", "v:entregar", "o:informe", "vg:resultado"} <= vistos
    assert "m:pide" not in vistos


@pytest.mark.parametrize("nombre", ["clase", "tipo"])
def test_la_ficha_dice_con_que_lexicos_y_datos_se_entreno(nombre: str) -> None:
    ficha = tomllib.loads((CARPETA / nombre / "ficha.toml").read_text(encoding="utf-8"))
    assert ficha["huella_de_los_lexicos"] == huella_de_los_lexicos(), "falta `make entrenar`"
    propios = {c.nombre: c.sha256 for c in map(corpus.leer, corpus.ESCRITOS)}
    assert {n: ficha["corpus"][n]["sha256"] for n in propios} == propios
    assert sum(p.stat().st_size for p in (CARPETA / nombre).iterdir()) < 5_000_000


def test_la_ficha_de_clase_cumple_lo_que_promete() -> None:
    ficha = tomllib.loads((CARPETA / "clase" / "ficha.toml").read_text(encoding="utf-8"))
    cruzada = ficha["metricas"]["validacion_cruzada"]
    assert cruzada["exactitud_sin_duda"] >= 0.9
    assert cruzada["error_de_calibracion"] < 0.1


def test_los_grupos_no_parten_documentos() -> None:
    escritos = corpus.leer("escritos_entrenamiento").ejemplos
    assert len({e.grupo for e in escritos}) > 20
    assert not any(e.real for e in escritos)


def test_pedir_un_conjunto_que_no_esta_dice_que_hacer(tmp_path: Path) -> None:
    with pytest.raises(ConjuntoAusente, match="reales_entrenamiento") as error:
        principal(["--datos", str(tmp_path), "--salida", str(tmp_path)])
    assert "--datos" in error.value.consejo


def test_lo_que_se_entrena_se_puede_cargar_y_su_ficha_trae_sus_medidas(tmp_path: Path) -> None:
    escritos = corpus.leer("escritos_entrenamiento")
    ficha = entrenar(TAREAS[1], [escritos], [], [], tmp_path)
    assert ficha["corpus"]["escritos_entrenamiento"]["ejemplos"] == 348
    assert ficha["metricas"]["validacion_cruzada"]["n"] == 348
    assert tomllib.loads(cargar("tipo", tmp_path).ruta.with_name("ficha.toml").read_text("utf-8"))
    assert set(Clasificadores(tmp_path).versiones) == {"tipo"}
