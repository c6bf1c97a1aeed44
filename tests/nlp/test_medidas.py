"""Las medidas: cuentas a mano, intervalos por documento, ruido y lecturas."""

from __future__ import annotations

import importlib.util
import json
import math
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from ingesta.documento import Documento
from ingesta.lectores import leer
from lineamientos.analisis import crear_analizador
from nlp.cambio import cambiar_documento
from nlp.entrenamiento import corpus
from nlp.entrenamiento.acuerdo import acuerdos, comparar
from nlp.entrenamiento.fugas import leer_jsonl
from nlp.entrenamiento.intervalos import cifra, proporcion
from nlp.entrenamiento.lecturas import lecturas, peores, razon_del_error
from nlp.entrenamiento.medidas import (
    COBERTURA,
    ERROR_DE_CALIBRACION,
    EXACTITUD,
    EXACTITUD_SIN_DUDA,
    EXHAUSTIVIDAD_DE_COMPROMISO,
    MACRO_F1,
    MACRO_F1_DE_TIPO,
    Caso,
)
from nlp.entrenamiento.medidas_campos import DE_CAMPOS, DE_CAMPOS_ESCRITOS, codigos, importes
from nlp.entrenamiento.ruido import (
    Ruido,
    en_mayusculas,
    ensuciador,
    palabras_cambiadas,
)

RAIZ = Path(__file__).parents[2]
TEXTO = (
    "La Dirección Regional de Transportes ejecutará el mantenimiento según el Oficio N° 014, "
    "con participación de la población, hasta el 30 de junio de 2026."
)


def caso(
    oro: str,
    leida: str,
    confianza: float | None = 0.9,
    documento: str = "d1",
    duda: bool = False,
    tipos: tuple[str | None, str | None] = (None, None),
    campos: dict[str, Any] | None = None,
    **columnas: Any,
) -> Caso:
    vacios = {
        **{n: [] for n in ("responsable", "colaboradores", "lugares")},
        **dict.fromkeys(("plazo", "codigo_snip", "codigo_unificado", "monto")),
    }
    leido = {
        "clase": leida,
        "confianza": confianza,
        "probabilidades": {oro: 0.05, leida: confianza or 0.0},
        "duda": duda,
        "tipo": tipos[1],
        "campos": {**vacios, **(campos or {})},
        "smart": None,
    }
    return Caso({"id": "x", "clase": oro, "tipo": tipos[0], **columnas}, leido, documento)


CUATRO = [
    caso("compromiso", "compromiso", 0.9, "d1", tipos=("pip", "pip")),
    caso("compromiso", "tarea", 0.4, "d1", duda=True, tipos=("actividad", None)),
    caso("tarea", "tarea", 0.8, "d2"),
    caso("otro", "pedido", 0.6, "d3"),
]


def test_las_cuentas_de_clase_son_las_que_salen_a_mano() -> None:
    # F1: compromiso 2·1/(2+1), tarea 2·1/(1+2), pedido 0, otro 0.
    assert MACRO_F1.medir(CUATRO).valor == pytest.approx((2 / 3 + 2 / 3) / 4)
    assert EXHAUSTIVIDAD_DE_COMPROMISO.medir(CUATRO).valor == 0.5
    assert EXACTITUD.medir(CUATRO).valor == 0.5
    assert COBERTURA.medir(CUATRO).valor == 0.75
    assert EXACTITUD_SIN_DUDA.medir(CUATRO).valor == pytest.approx(2 / 3)


def test_un_compromiso_sin_tipo_propuesto_cuenta_como_tipo_fallado() -> None:
    medida = MACRO_F1_DE_TIPO.medir(CUATRO)
    assert (medida.n, medida.valor) == (2, 0.5)


def test_el_error_de_calibracion_pesa_cada_caja_por_sus_casos() -> None:
    # Cajas: 0,9 acierta (0,1) · 0,4 falla (0,4) · 0,8 acierta (0,2) · 0,6 falla (0,6).
    esperado = (0.1 + 0.4 + 0.2 + 0.6) / 4
    assert ERROR_DE_CALIBRACION.medir(CUATRO).valor == pytest.approx(esperado)


def test_una_confianza_no_calculada_vale_cero_en_el_error_del_contrato() -> None:
    assert ERROR_DE_CALIBRACION.medir([caso("otro", "otro", None)]).valor == 1


def test_un_campo_acierta_con_la_mitad_de_sus_palabras() -> None:
    responsable = DE_CAMPOS[0]
    hallado = {"responsable": [{"texto": "la empresa Minera Antarumi"}]}
    casos = [
        caso("compromiso", "compromiso", campos=hallado, responsable="Minera Antarumi"),
        caso("compromiso", "compromiso", campos=hallado, responsable="el alcalde"),
        caso("compromiso", "compromiso", campos=hallado, responsable=None),
        caso("pedido", "pedido", responsable="no cuenta"),
    ]
    # Un acierto, dos de más (el equivocado y el que sobra) y uno de menos (el equivocado).
    assert responsable.medir(casos).valor == pytest.approx(2 / (2 + 2 + 1))


def test_la_fecha_y_el_metodo_se_comparan_exactos() -> None:
    plazo = {"texto": "hasta el 30 de junio", "metodo": "fecha", "fecha_limite": "2026-06-30"}
    columnas = {"plazo": "hasta el 30 de junio", "metodo": "fecha"}
    bien = caso(
        "compromiso", "compromiso", campos={"plazo": plazo}, fecha_limite="2026-06-30", **columnas
    )
    mal = caso(
        "compromiso", "compromiso", campos={"plazo": plazo}, fecha_limite="2026-07-01", **columnas
    )
    por_titulo = {m.titulo: m.medir([bien, mal]).valor for m in DE_CAMPOS_ESCRITOS}
    assert por_titulo["fecha límite exacta, donde se puede calcular"] == 0.5
    assert por_titulo["método del plazo, si lo halló"] == 1


def test_los_codigos_y_montos_se_comparan_por_sus_cifras() -> None:
    assert codigos("2 719 006; 2801177") == {"2719006", "2801177"}
    assert importes("S/ 1 200,00") == importes("S/. 1,200.00")
    assert importes("S/ 1 200") != importes("S/ 1 2000")


def test_el_intervalo_es_por_documento_y_no_por_fila() -> None:
    filas = [("a", np.array([1.0, 1.0]))] * 50 + [("b", np.array([0.0, 1.0]))] * 50
    por_documento = cifra(filas, proporcion, len(filas))
    por_fila = cifra([(i, c) for i, (_, c) in enumerate(filas)], proporcion, len(filas))
    assert por_documento.valor == por_fila.valor == 0.5
    assert (por_documento.bajo, por_documento.alto) == (0, 1)
    assert 0.38 < por_fila.bajo < 0.45
    assert 0.55 < por_fila.alto < 0.62


def test_sin_casos_o_con_un_solo_documento_no_hay_intervalo() -> None:
    assert math.isnan(cifra([], proporcion, 0).valor)
    sola = cifra([("a", np.array([1.0, 2.0]))], proporcion, 1)
    assert sola.valor == 0.5
    assert math.isnan(sola.bajo)


def test_da_las_mismas_cifras_que_el_evaluador_del_contrato() -> None:
    evaluador = _evaluador_del_contrato()
    filas = leer_jsonl(corpus.PROPIOS / "escritos_entrenamiento.jsonl")[::9]
    analizador = crear_analizador()
    leidos = [analizador.clasificar(f["id"], f["texto"]) for f in filas]
    suyo = evaluador.puntuar(filas, leidos)
    casos = [Caso(f, dict(x), f["id"]) for f, x in zip(filas, leidos, strict=True)]
    assert MACRO_F1.medir(casos).valor == pytest.approx(suyo["macro_f1"])
    assert MACRO_F1_DE_TIPO.medir(casos).valor == pytest.approx(suyo["macro_f1_tipo"])
    assert ERROR_DE_CALIBRACION.medir(casos).valor == pytest.approx(suyo["error_de_calibracion"])
    assert COBERTURA.medir(casos).valor == pytest.approx(suyo["cobertura_sin_duda"])
    for medida, nombre in ((DE_CAMPOS[0], "responsable"), (DE_CAMPOS[2], "plazo")):
        p, r = (suyo["campos"][nombre][k] for k in ("precision", "exhaustividad"))
        assert medida.medir(casos).valor == pytest.approx(2 * p * r / (p + r))


def _evaluador_del_contrato() -> ModuleType:
    datos = os.environ.get("ACTAS_DATOS", RAIZ.parent / "shared" / "datos")
    ruta = Path(datos).parent / "evaluacion" / "puntuar.py"
    if not ruta.is_file():
        pytest.skip(f"no está el evaluador del contrato en {ruta}")
    especificacion = importlib.util.spec_from_file_location("puntuar", ruta)
    assert especificacion
    assert especificacion.loader
    modulo = importlib.util.module_from_spec(especificacion)
    especificacion.loader.exec_module(modulo)
    return modulo


def test_el_ruido_es_siempre_el_mismo_y_cambia_lo_prometido() -> None:
    sucio, _ = ensuciador()(TEXTO)
    assert sucio == ensuciador()(TEXTO)[0] != TEXTO
    textos = [f["texto"] for f in leer_jsonl(corpus.PROPIOS / "escritos_entrenamiento.jsonl")]
    ensuciar = ensuciador()
    cambio = np.mean([palabras_cambiadas(t, ensuciar(t)[0]) for t in textos])
    assert 0.07 < cambio < 0.13


@pytest.mark.parametrize(
    ("cual", "texto", "sucio"),
    [
        ("grado_confundido", "Oficio N° 014", 'Oficio N" 014'),
        ("tilde_perdida", "Según ley, áéíúü", "Segun ley, aeiuu"),
        ("palabras_unidas", "el agua 12 m", "elagua 12 m"),
        ("letra_perdida", "agua", "aa"),
    ],
)
def test_cada_ruido_hace_lo_suyo(cual: str, texto: str, sucio: str) -> None:
    nada = dict.fromkeys(Ruido.__slots__, 0.0)
    assert ensuciador(Ruido(**nada))(texto)[0] == texto
    assert ensuciador(Ruido(**{**nada, cual: 1.0}))(texto)[0] == sucio


def test_la_o_con_tilde_se_confunde_con_o_o_con_e() -> None:
    nada = dict.fromkeys(Ruido.__slots__, 0.0)
    confunde = ensuciador(Ruido(**{**nada, "o_confundida": 1.0}))
    leidas = {confunde(f"{'x' * i}ó")[0][-1] for i in range(20)}
    assert leidas == {"o", "é"}


@pytest.mark.parametrize("cambiar", [en_mayusculas, ensuciador()], ids=["mayúsculas", "ruido"])
def test_un_acta_cambiada_conserva_sus_bloques_y_sus_tramos(cambiar: Any, ejemplos: Path) -> None:
    for nombre in ("acta-03-ichuna-matriz.docx", "acta-09-quiruvilca-mesa.pdf"):
        antes = leer(ejemplos / nombre)
        despues = cambiar_documento(antes, cambiar(antes.texto), cambiar)
        assert despues.texto != antes.texto
        assert len(despues.bloques) == len(antes.bloques)
        for uno, otro in zip(antes.bloques, despues.bloques, strict=True):
            viejo, nuevo = antes.fragmento(uno.tramo), despues.fragmento(otro.tramo)
            assert palabras_cambiadas(viejo.upper(), nuevo.upper()) <= 0.6 or len(viejo) < 40
            assert len(uno.renglones) == len(otro.renglones)
            assert uno.numero == otro.numero


def test_las_mayusculas_no_mueven_nada() -> None:
    documento = cambiar_documento(
        Documento.desde_texto("Straße y acción"), en_mayusculas("Straße y acción"), en_mayusculas
    )
    assert documento.texto == "STRAßE Y ACCIÓN"
    assert documento.bloques == Documento.desde_texto("Straße y acción").bloques


def test_kappa_descuenta_el_azar() -> None:
    o, p = "otro", "pedido"
    assert comparar([o, p, o, p], [o, p, o, p]).kappa.valor == 1
    assert comparar([o, o], [o, o]).kappa.valor == 1
    assert comparar([o, o, p, p], [o, p, o, p]).kappa.valor == 0
    # 3 de 4 iguales; azar 0,5·0,25 + 0,5·0,75 = 0,5.
    casi = comparar([o, o, p, p], [o, p, p, p])
    assert casi.kappa.valor == pytest.approx(0.5)
    assert casi.kappa.bajo < 0.5 < casi.kappa.alto
    assert (casi.filas, casi.iguales, casi.desacuerdos) == (4, 0.75, [((o, p), 1)])


@pytest.mark.parametrize(
    ("nombre", "filas", "iguales"),
    [
        ("2026-11-segunda-lectura", 150, 141),
        ("2026-11-tablas-y-reportes-segunda-lectura", 92, 83),
    ],
)
def test_la_segunda_lectura_del_repositorio_se_compara_con_la_primera(
    nombre: str, filas: int, iguales: int
) -> None:
    leida = acuerdos()[nombre]
    assert leida.filas == filas
    assert leida.iguales == pytest.approx(iguales / filas)


def test_cada_segunda_lectura_se_compara_con_su_primera_y_solo_en_lo_comun(tmp_path: Path) -> None:
    for nombre, clases in {
        "a": ["otro", "pedido", "tarea"],
        "a-segunda-lectura": ["otro", "otro"],
        "b": ["tarea"],
        "b-segunda-lectura": ["tarea"],
        "c": ["otro"],
        "d-segunda-lectura": ["otro"],
    }.items():
        filas = [json.dumps({"id": f"pe{i}", "clase": c}) for i, c in enumerate(clases)]
        (tmp_path / f"{nombre}.jsonl").write_text("\n".join(filas), encoding="utf-8")
    leidos = acuerdos(tmp_path)
    assert sorted(leidos) == ["a-segunda-lectura", "b-segunda-lectura"]
    assert leidos["a-segunda-lectura"].pares == {("otro", "otro"): 1, ("pedido", "otro"): 1}


def test_cada_error_tiene_su_razon_y_los_peores_van_primero() -> None:
    conocido = next(iter(lecturas().values()))
    leido = caso("otro", "pedido", 0.7)
    con_lectura = Caso({**leido.oro, "id": conocido.id}, leido.leido, "d")
    assert razon_del_error(con_lectura) == conocido.razon
    assert "sin leer" in razon_del_error(caso("tarea", "compromiso"))
    orden = peores(
        [caso("otro", "pedido", 0.5), caso("otro", "otro"), caso("otro", "tarea", 0.9)], 5
    )
    assert [c.leido["clase"] for c in orden] == ["tarea", "pedido"]


def test_toda_lectura_tiene_razon_y_una_dudosa_sugiere_otra_clase() -> None:
    assert all(x.razon for x in lecturas().values())
    assert any(x.sugerida for x in lecturas().values())
