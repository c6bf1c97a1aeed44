"""La tubería `es_actas`: se carga, dice quién hace qué y, si falta, se sigue sin ella."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from modelos.cargador import CARPETA
from nlp.componentes import entidad_sintaxis
from nlp.componentes.entidad_sintaxis import CONFIANZA
from nlp.contexto import Contexto
from nlp.entrenamiento.lengua import conllu
from nlp.entrenamiento.lengua.medir import aciertos
from nlp.lengua.carga import NOMBRE, Lengua, cargar_lengua
from nlp.lengua.lema_verbal import infinitivo
from nlp.lengua.sintaxis import clausulas, sujetos_de_la_accion
from nlp.propuesta import Seccion
from nlp.tuberia import crear_tuberia

FILAS = """\
# sent_id = 1
1	La	el	DET	_	Definite=Def|Gender=Fem|Number=Sing|PronType=Art	2	det	_	_
2	obra	obra	NOUN	_	Gender=Fem|Number=Sing	5	nsubj:pass	_	_
3-4	del	_	_	_	_	_	_	_	_
3	de	de	ADP	_	_	4	case	_	_
4	el	el	DET	_	Gender=Masc	2	nmod	_	_
5	acabó	Acabar	VERB	_	Mood=Ind|Foreign=Yes	0	root	_	_
6	con	con	ADP	_	_	7	case	_	_
7	todos	todo	PRON	_	PronType=Tot,Ind	5	obj	_	SpaceAfter=No
8	.	.	PUNCT	_	_	5	punct	_	_

1	Sí	sí	INTJ	_	_	0	root	_	_
"""


@pytest.fixture(scope="module")
def lengua() -> Lengua:
    return cargar_lengua()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    ruta = tmp_path / "corpus.conllu.gz"
    ruta.write_bytes(gzip.compress(FILAS.encode()))
    return ruta


@pytest.fixture
def copia(tmp_path: Path) -> Path:
    shutil.copytree(CARPETA / NOMBRE, tmp_path / NOMBRE)
    return tmp_path


def _textos(doc: Doc) -> list[str]:
    return [doc.text[t.inicio : t.fin] for t in sujetos_de_la_accion(doc)]


def test_la_tuberia_del_repositorio_se_carga_y_trae_sintaxis(lengua: Lengua) -> None:
    assert (lengua.nombre, lengua.motivo) == ("es_actas", None)
    assert lengua.tiene_sintaxis


@pytest.mark.parametrize(
    ("texto", "quienes"),
    [
        (
            "La Municipalidad Distrital de Ayrihuanca se compromete a entregar el informe.",
            ["Municipalidad Distrital de Ayrihuanca"],
        ),
        (
            "El expediente será elaborado por la Dirección Regional de Salud.",
            ["Dirección Regional de Salud"],
        ),
        ("Se acuerda que el MTC y la UGEL remitirán el informe.", ["MTC", "UGEL"]),
        ("Los pobladores solicitan que el ANA evalúe la calidad del agua.", ["ANA"]),
        ("Se reparará la vía.", []),
        ("El próximo lunes iremos a la comunidad.", []),
    ],
)
def test_se_sabe_quien_hace_la_accion(lengua: Lengua, texto: str, quienes: list[str]) -> None:
    assert _textos(lengua.lenguaje(texto)) == quienes


def test_una_clausula_dice_verbo_modo_tiempo_y_objeto(lengua: Lengua) -> None:
    doc = lengua.lenguaje("El gobierno regional ejecutará la obra.")
    (clausula,) = clausulas(doc)
    assert (clausula.lema, clausula.modo, clausula.tiempo) == ("ejecutar", "Ind", "Fut")
    assert clausula.principal
    assert clausula.objeto is not None
    assert doc.text[clausula.verbo.inicio : clausula.verbo.fin] == "ejecutará"
    assert doc.text[clausula.objeto.inicio : clausula.objeto.fin] == "obra"


def test_sin_analisis_sintactico_no_se_inventan_clausulas() -> None:
    with pytest.raises(ValueError, match="no tiene análisis"):
        clausulas(spacy.blank("es")("La empresa pagará."))


def test_sin_el_modelo_se_sigue_con_el_de_siempre_y_se_dice_por_que(tmp_path: Path) -> None:
    sin_modelo = cargar_lengua(carpeta=tmp_path)
    assert sin_modelo.nombre == "es"
    assert not sin_modelo.tiene_sintaxis
    assert "recupere la carpeta «modelos/es_actas»" in (sin_modelo.motivo or "")
    assert [p.text for p in sin_modelo.lenguaje("La obra.")] == ["La", "obra", "."]


def test_pedir_el_de_siempre_no_es_un_problema() -> None:
    pedido = cargar_lengua("es")
    assert (pedido.nombre, pedido.motivo, pedido.tiene_sintaxis) == ("es", None, False)


def test_una_tuberia_que_no_esta_instalada_dice_como_instalarla() -> None:
    ausente = cargar_lengua("es_que_no_existe")
    assert "spacy download es_que_no_existe" in (ausente.motivo or "")
    assert not ausente.tiene_sintaxis


def test_una_tuberia_sin_sintaxis_no_sirve(tmp_path: Path) -> None:
    spacy.blank("es").to_disk(tmp_path / "vacia")
    assert "no analiza la sintaxis" in (cargar_lengua(str(tmp_path / "vacia")).motivo or "")


def test_un_archivo_cambiado_no_pasa_por_bueno(copia: Path) -> None:
    tabla = copia / NOMBRE / "tablas" / "verbos.json.gz"
    tabla.write_bytes(gzip.compress(b'{"paga": "otro"}'))
    cambiada = cargar_lengua(carpeta=copia)
    assert "no son los de su ficha" in (cambiada.motivo or "")
    assert not cambiada.tiene_sintaxis


def test_un_modelo_de_otra_version_de_spacy_no_se_carga(copia: Path) -> None:
    ficha = copia / NOMBRE / "ficha.toml"
    instalada = f'spacy = "{spacy.__version__}"'
    texto = ficha.read_text(encoding="utf-8")
    assert instalada in texto
    ficha.write_text(texto.replace(instalada, 'spacy = "2.3.9"'), encoding="utf-8")
    assert "es de spaCy 2.3.9" in (cargar_lengua(carpeta=copia).motivo or "")


@pytest.mark.parametrize(
    ("forma", "esperado"),
    [
        ("ejecutará", "ejecutar"),
        ("remitiéndolo", "remitir"),
        ("entregársela", "entregar"),
        ("zzzzaría", "zzzzar"),
        ("oír", "oír"),
        ("mesa", None),
    ],
)
def test_los_verbos_llevan_a_su_infinitivo(forma: str, esperado: str | None) -> None:
    assert infinitivo(forma, {"ejecutará": "ejecutar", "remitiendo": "remitir"}) == esperado


def test_los_corpus_se_reducen_a_etiquetas_comunes(corpus: Path) -> None:
    primera, segunda = conllu.leer(corpus)
    assert [p.forma for p in primera] == ["La", "obra", "del", "acabó", "con", "todos", "."]
    assert [p.cabeza for p in primera] == [1, 3, 1, 3, 5, 3, 3]
    assert [p.relacion for p in primera] == ["det", "nsubj", "nmod", "ROOT", "case", "obl", "punct"]
    assert primera[0].rasgos == "Gender=Fem|Number=Sing|PronType=Art"
    assert (primera[3].lema, primera[3].rasgos, primera[5].rasgos) == (
        "acabar",
        "Mood=Ind",
        "PronType=Ind",
    )
    assert (primera[5].espacio, segunda[0].cabeza) == (False, 0)


def test_las_oraciones_se_agrupan_sin_perder_ninguna(corpus: Path) -> None:
    oraciones = conllu.leer(corpus) * 20
    grupos = list(conllu.agrupar(oraciones, conllu.azar()))
    assert [o for grupo in grupos for o in grupo] == oraciones
    assert {len(grupo) for grupo in grupos} > {1, 2}


def test_las_variantes_quitan_el_punto_o_ponen_mayusculas(corpus: Path) -> None:
    oraciones = conllu.leer(corpus)[:1]
    formas = {
        " ".join(p.forma for p in o) for (o,) in conllu.variar([oraciones] * 100, conllu.azar())
    }
    assert formas == {"La obra del acabó con todos", "LA OBRA DEL ACABÓ CON TODOS ."}


def test_medir_da_todo_bien_cuando_el_corpus_dice_lo_que_la_tuberia(
    lengua: Lengua, tmp_path: Path
) -> None:
    doc = lengua.lenguaje("La empresa pagará la obra. El alcalde firmará el acta.")
    DocBin(
        attrs=["POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START", "SPACY"], docs=[doc]
    ).to_disk(tmp_path / "iguales.spacy")
    assert set(aciertos(lengua.lenguaje, tmp_path / "iguales.spacy").values()) == {1.0}


def test_importar_la_carga_no_registra_nada() -> None:
    orden = (
        "import nlp.lengua.carga, sys; from spacy.util import registry; "
        "sys.exit(any(n.startswith('actas.') for n in registry.architectures.get_all()))"
    )
    assert subprocess.run([sys.executable, "-c", orden], check=False).returncode == 0


SIN_REGLA = "Los hilanderos de Ficticia tejerán cuarenta mantas para el albergue."
"""Ni los hilanderos ni tejer están en los léxicos: solo la sintaxis dice que son el sujeto."""


def test_si_las_reglas_callan_la_sintaxis_propone_al_responsable_con_confianza_baja() -> None:
    documento, propuesta = crear_tuberia().proponer(SIN_REGLA, None, Seccion.ACUERDOS)
    (hallado,) = propuesta.campos.responsable
    assert documento.fragmento(hallado.tramo) == "hilanderos de Ficticia"
    assert (hallado.valor, hallado.confianza) == ("Hilanderos de Ficticia", CONFIANZA)
    assert CONFIANZA <= 0.5


def test_lo_que_dicen_las_reglas_no_se_toca() -> None:
    _, propuesta = crear_tuberia().proponer("La UGEL entregará los textos.", None, None)
    assert [(e.valor, e.confianza) for e in propuesta.campos.responsable] == [
        ("Unidad de Gestión Educativa Local", None)
    ]


@pytest.mark.parametrize(
    "texto",
    [
        "La obra se iniciará en mayo.",
        "El presupuesto asignado alcanzará para dos aulas.",
        "Solicitar a la mesa que diga si la empresa tiene un permiso vigente.",
        "La formalización de los puestos demorará tres meses.",
    ],
)
def test_la_sintaxis_no_hace_responsable_a_una_cosa_ni_a_quien_no_se_obliga(
    lengua: Lengua, texto: str
) -> None:
    assert entidad_sintaxis.responsables(lengua.lenguaje(texto), Contexto()) == ()


def test_sin_el_modelo_de_lengua_todo_sigue_con_las_reglas(tmp_path: Path) -> None:
    for nombre in ("palabras", "clase", "tipo"):
        shutil.copytree(CARPETA / nombre, tmp_path / nombre)
    tuberia = crear_tuberia(tmp_path)
    assert tuberia.modelos["lengua"] == f"es blank {spacy.__version__}"
    _, sin_regla = tuberia.proponer(SIN_REGLA, None, Seccion.ACUERDOS)
    _, con_regla = tuberia.proponer("La UGEL entregará los textos.", None, None)
    assert sin_regla.campos.responsable == ()
    assert con_regla.campos.responsable != ()


def test_cada_resultado_dice_con_que_lengua_se_hizo() -> None:
    assert crear_tuberia().modelos["lengua"].startswith(f"{NOMBRE} 2")
    assert crear_tuberia(lengua="es").modelos["lengua"].startswith("es blank")
    assert crear_tuberia(lengua="no_existe_es").modelos["lengua"].startswith("es blank")


def test_el_modelo_de_lengua_no_se_carga_hasta_que_hace_falta() -> None:
    programa = (
        "from nlp.lengua.carga import cargar_lengua\n"
        "from nlp.tuberia import crear_tuberia\n"
        "tuberia = crear_tuberia()\n"
        "assert cargar_lengua.cache_info().currsize == 0\n"
        "tuberia.modelos\n"
        "assert cargar_lengua.cache_info().currsize == 1\n"
    )
    subprocess.run([sys.executable, "-c", programa], check=True)
