"""`make evaluar`: el documento de calidad y sus gráficos, con filas escritas para la prueba."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from api import medir_lengua
from api.evaluar import completo as costoso
from api.evaluar.__main__ import escribir
from api.evaluar.informe import documento
from api.evaluar.reglas import METAS, Conteo, medir_oraciones
from api.evaluar.reunir import (
    TAL_CUAL,
    VARIANTES,
    Actas,
    Evaluacion,
    escritos,
    juntar,
    responder_conjunto,
)
from api.evaluar.tablas import con_intervalo, numero
from ingesta.lectores import leer
from lineamientos.analisis import Analizador, crear_analizador
from nlp.entrenamiento.acuerdo import comparar
from nlp.entrenamiento.evaluar import medir_acta
from nlp.entrenamiento.intervalos import Cifra
from nlp.entrenamiento.medidas_lugares import MedidaDeUbigeo

FILAS = [
    (
        "a1",
        "La empresa donará una ambulancia al centro de salud hasta el 31 de julio.",
        "compromiso",
    ),
    ("a2", "La DIRESA remitirá el informe a la mesa en 10 días hábiles.", "tarea"),
    ("a3", "La comunidad solicita al ministerio la construcción de un puente.", "pedido"),
    ("a4", "Se dio inicio a la sesión con la asistencia de los delegados.", "otro"),
    ("a5", "Zzz palabra rara que nadie entiende.", "compromiso"),
]


def oro(id_: str, texto: str, clase: str, documento: str) -> dict[str, object]:
    tipo = "actividad" if clase == "compromiso" else None
    fila = {"id": id_, "texto": texto, "clase": clase, "tipo": tipo, "dificil": False}
    return {**fila, "pais": "Perú", "fuente": documento, "responsable": None, "plazo": None}


@pytest.fixture(scope="module")
def analizador() -> Analizador:
    return crear_analizador()


@pytest.fixture(scope="module")
def evaluacion(analizador: Analizador, ejemplos: Path) -> Evaluacion:
    def callar(_paso: str) -> None: ...

    filas = [oro(f"{i}{n}", t, c, f"doc {n}; lista") for n in range(3) for i, t, c in FILAS]
    apartados = [f for f in escritos() if f["escena"] == 5]
    conjuntos = [
        responder_conjunto(analizador, "reales_desarrollo", filas, callar),
        responder_conjunto(analizador, "escritos", apartados, callar),
    ]
    ruta = ejemplos / "esperado" / "acta-08-huayllati-matriz.json"
    acta = analizador.tuberia.analizar(leer(ejemplos / f"{ruta.stem}.docx"))
    actas = Actas("ejemplos", {v: {ruta.stem: medir_acta(acta, ruta)} for v in VARIANTES})
    return Evaluacion(
        fecha="2026-01-01",
        modelos=analizador.tuberia.modelos,
        conjuntos=conjuntos,
        juntos=juntar(conjuntos),
        todo_lo_escrito=[],
        actas=[actas],
        completo=_completo(),
        modelo="otra huella",
        acuerdo={
            "lectura": comparar(["otro", "pedido"] * 5, ["otro"] * 2 + ["otro", "pedido"] * 4)
        },
        lengua=medir_lengua.MedidaDeLengua(6000, 12, 20, 2.0, 300),
        ubigeo=[MedidaDeUbigeo("distrito", Cifra(0.96, 0.9, 1, 10), Cifra(1, 1, 1, 10))],
        reglas=[medir_oraciones(analizador, "afinar", dada=True)],
    )


def _completo() -> costoso.Completo:
    punto = {"valor": 0.7, "bajo": 0.6, "alto": 0.8, "n": 10}
    medicion = {"modo": "50 %", "documentos": 20, "filas": 90, "macro_f1": {"apartados": punto}}
    return {
        "fecha": "2025-12-31",
        "modelo": "una huella",
        "corpus": {"escritos_entrenamiento": 1067},
        "escenas_apartadas": {"clase": punto},
        "curva": [medicion, {**medicion, "modo": "100 %", "documentos": 40}],
        "ablacion": [medicion],
    }


def test_el_documento_trae_cada_apartado_y_ningun_texto_medido(evaluacion: Evaluacion) -> None:
    escrito = documento(evaluacion)
    titulos = re.findall(r"^## (.+)$", escrito, re.MULTILINE)
    assert len(titulos) == len(set(titulos)) >= 12
    for fila in evaluacion.conjuntos[0].casos:
        assert fila.oro["texto"] not in escrito
    assert "a50" in escrito, "el error está por su id"
    assert "compromiso → otro" in escrito
    assert "cambió desde entonces" in escrito, "lo completo es de otro modelo"


def test_las_metas_dicen_si_se_cumplen(evaluacion: Evaluacion) -> None:
    escrito = documento(evaluacion)
    assert "| memoria, MB | paso de lengua | ≤ 450,00 | 300,000 | sí |" in escrito
    assert re.search(
        r"exhaustividad de compromiso \| reales \| ≥ 0,85 \| 0,500.*\*\*no\*\*", escrito
    )


def test_sin_conjuntos_reales_lo_dice(evaluacion: Evaluacion) -> None:
    solo = [c for c in evaluacion.conjuntos if c.nombre == "escritos"]
    sin_datos = Evaluacion(**{
        **{n: getattr(evaluacion, n) for n in Evaluacion.__slots__},
        "conjuntos": solo,
        "juntos": juntar(solo),
        "completo": None,
        "lengua": None,
    })
    escrito = documento(sin_datos)
    assert "Sin conjuntos reales" in escrito
    assert "peores errores" not in escrito


def test_los_graficos_son_svg_y_estan_donde_el_documento_los_busca(
    evaluacion: Evaluacion, tmp_path: Path
) -> None:
    escribir(evaluacion, tmp_path / "calidad.md")
    enlazados = re.findall(r"!\[[^]]*\]\(([^)]+)\)", (tmp_path / "calidad.md").read_text("utf-8"))
    assert sorted(enlazados) == ["calidad/calibracion.svg", "calidad/curva.svg"]
    for enlace in enlazados:
        dibujo = ElementTree.parse(tmp_path / enlace).getroot()  # noqa: S314
        assert dibujo.tag.endswith("svg")
        assert dibujo.findall(".//{*}circle")


def test_lo_escrito_apartado_son_escenas_enteras() -> None:
    filas = escritos()
    assert len(filas) == 1068
    assert len({f["escena"] for f in filas}) == len({f["fuente"] for f in filas}) > 20


def test_lo_completo_se_guarda_y_se_vuelve_a_leer(tmp_path: Path) -> None:
    archivo = tmp_path / "x" / "completo.json"
    assert costoso.leer(archivo) is None
    costoso.guardar(_completo(), archivo)
    assert costoso.leer(archivo) == json.loads(archivo.read_text("utf-8")) == _completo()


def test_las_cifras_van_con_coma_y_lo_no_medido_con_raya() -> None:
    assert con_intervalo(Cifra(0.5, 0.25, 0.75, 9)) == "0,500 [0,250–0,750]"
    assert con_intervalo(Cifra(0.5, math.nan, math.nan, 9)) == "0,500"
    assert numero(math.nan) == "–"


def test_cada_clausula_tiene_64_palabras_y_no_se_repite() -> None:
    clausulas = medir_lengua.clausulas(40)
    assert {len(c.split()) for c in clausulas} == {64}
    assert len(set(clausulas)) == 40


def test_la_variante_tal_cual_no_cambia_nada(evaluacion: Evaluacion) -> None:
    reales = evaluacion.conjuntos[0]
    assert [c.leido["texto"] for c in reales.variantes[TAL_CUAL]] == [
        c.oro["texto"] for c in reales.casos
    ]
    assert reales.variantes["en mayúsculas"][0].leido["texto"].isupper()
    assert {c.documento for c in reales.casos} == {"doc 0", "doc 1", "doc 2"}


def test_las_reglas_se_miden_por_defecto_por_codigo_y_en_lo_que_es_otro(
    evaluacion: Evaluacion,
) -> None:
    texto = documento(evaluacion)
    parte = texto[texto.index("## Reglas de redacción") : texto.index("## Actas enteras")]
    assert "| afinar, clase elegida: sin plazo | 16 |" in parte
    assert "| T01 | 16 |" in parte
    [medida] = evaluacion.reglas
    assert (medida.otros, medida.buenos) == (50, 23)
    assert f"| {len(medida.en_otro)} de 50 |" in parte


def test_en_la_cuarta_reserva_solo_se_cuentan_los_codigos_anotados(analizador: Analizador) -> None:
    medida = medir_oraciones(analizador, "cuarta reserva", dada=True)
    assert (medida.oraciones, medida.buenos) == (84, 0)
    assert medida.codigos.keys() == frozenset().union(*METAS.values())


def test_un_conteo_dice_precision_y_exhaustividad() -> None:
    conteo = Conteo()
    for esperado, dado in ((True, True), (True, False), (False, True), (True, True)):
        conteo.contar(esperado, dado)
    assert (conteo.esperados, conteo.precision) == (3, 2 / 3)
    assert conteo.exhaustividad == 2 / 3
    assert math.isnan(Conteo().precision)
