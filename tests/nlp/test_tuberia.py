"""La tubería entera, sobre las actas de ejemplo y sobre textos hechos a mano."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ingesta.documento import Documento
from ingesta.lectores import leer
from modelos.cargador import CARPETA
from nlp.acta_analizada import ActaAnalizada
from nlp.alias import alias_del_acta
from nlp.atributos import acepta_por_referencia, pedido_mencionado, respuesta
from nlp.entrenamiento.evaluar import medir
from nlp.errores import ModeloInservible
from nlp.propuesta import Aceptacion, Clase, MetodoDePlazo, Propuesta, Seccion, Tipo
from nlp.secciones import CON_ITEMS
from nlp.tuberia import Tuberia, crear_tuberia

EJEMPLOS = Path(__file__).parents[2] / "ejemplos"
ACTAS = sorted(p for p in EJEMPLOS.glob("acta-*.*") if p.suffix in (".docx", ".pdf"))


@pytest.fixture(scope="module")
def tuberia() -> Tuberia:
    return crear_tuberia()


def que_dice(acta: ActaAnalizada, texto: str) -> Propuesta:
    [propuesta] = [
        p for p in acta.propuestas if acta.documento.fragmento(p.tramo).startswith(texto)
    ]
    return propuesta


@pytest.mark.parametrize("ruta", ACTAS, ids=lambda ruta: ruta.stem)
def test_toda_propuesta_apunta_al_texto_y_respeta_lo_prometido(
    tuberia: Tuberia, ruta: Path
) -> None:
    acta = tuberia.analizar(leer(ruta))
    vistas = {p.id: p for p in acta.propuestas}
    assert len(vistas) == len(acta.propuestas) > 0
    for p in acta.propuestas:
        texto = acta.documento.fragmento(p.tramo)
        assert texto == texto.strip() != ""
        assert p.clase is not Clase.OTRO or p.segmento.seccion in CON_ITEMS
        assert p.clasificacion.tipo is None or p.clase is Clase.COMPROMISO
        assert (p.atributos.aceptacion is not None) == (p.clase is Clase.PEDIDO)
        assert not (p.campos.responsable and p.clase is Clase.PEDIDO)
        if p.clase is Clase.OTRO and not p.clasificacion.duda:
            assert not p.campos.responsable
            assert not p.campos.plazo
        if p.pedido_de_origen:
            assert vistas[p.pedido_de_origen].clase is Clase.PEDIDO
            assert p.clase in (Clase.COMPROMISO, Clase.TAREA)


def test_con_todo_vienen_tambien_las_oraciones_otro(tuberia: Tuberia) -> None:
    documento = leer(EJEMPLOS / "acta-07-santa-rosa-del-alto.docx")
    pocas, todas = tuberia.analizar(documento), tuberia.analizar(documento, todo=True)
    assert {p.id for p in pocas.propuestas} < {p.id for p in todas.propuestas}
    assert que_dice(todas, "No habiendo más puntos").clase is Clase.OTRO


def test_un_acta_de_temas_alternados_se_lee_entera(tuberia: Tuberia) -> None:
    acta = tuberia.analizar(leer(EJEMPLOS / "acta-07-santa-rosa-del-alto.docx"))
    pedido = que_dice(acta, "Solicitamos un establecimiento")
    obra = que_dice(acta, "El GORE Loreto iniciará")
    terreno = que_dice(acta, "la Municipalidad Distrital donará")
    assert (obra.clase, obra.clasificacion.tipo) == (Clase.COMPROMISO, Tipo.PIP)
    assert (obra.segmento.numero_en_acta, obra.segmento.tema) == ("3", "SALUD")
    assert obra.campos.responsable[0].valor == "Gobierno Regional de Loreto"
    assert obra.campos.codigo_unificado is not None
    assert obra.campos.codigo_unificado.valor == "2999601"
    assert obra.pedido_de_origen == terreno.pedido_de_origen == pedido.id
    assert terreno.segmento.padre == obra.id
    assert pedido.atributos.aceptacion is Aceptacion.ACEPTADO


def test_en_la_matriz_mandan_las_celdas_de_responsable_y_plazo(tuberia: Tuberia) -> None:
    acta = tuberia.analizar(leer(EJEMPLOS / "acta-08-huayllati-matriz.docx"))
    expediente = que_dice(acta, "Elaborar expediente técnico")
    asfaltado = que_dice(acta, "Asfaltado de la vía")
    assert [e.valor for e in expediente.campos.responsable] == [
        "Gobierno Regional de Apurímac",
        "Municipalidad Provincial de Cotabambas",
    ]
    assert expediente.campos.plazo is not None
    assert expediente.campos.plazo.fecha_limite == date(2026, 12, 31)
    assert expediente.pedido_de_origen == asfaltado.id
    assert asfaltado.campos.plazo is None
    riego = que_dice(acta, "Proyecto de riego")
    assert riego.atributos.aceptacion is Aceptacion.NO_ACEPTADO


def test_el_encabezado_de_la_lista_da_el_responsable_a_cada_inciso(tuberia: Tuberia) -> None:
    documento = Documento.desde_texto(
        "ACUERDOS\n"
        "1. La Municipalidad Provincial de Canas se compromete a:\n"
        "a) reparar 2 km del canal en 40 días calendario;\n"
        "b) donar cien bolsas de cemento."
    )
    acta = tuberia.analizar(documento)
    intro, *incisos = acta.propuestas
    assert intro.clase is Clase.OTRO
    assert [p.clase for p in incisos] == [Clase.COMPROMISO] * 2
    for inciso in incisos:
        [entidad] = inciso.campos.responsable
        assert entidad.valor == "Municipalidad Provincial de Canas"
        assert documento.fragmento(entidad.tramo) == "Municipalidad Provincial de Canas"
        assert inciso.segmento.padre == intro.id


def test_la_segunda_obligacion_hereda_al_responsable_y_conoce_a_su_padre(tuberia: Tuberia) -> None:
    acta = tuberia.analizar(
        Documento.desde_texto(
            "ACUERDOS\n1. Minera Qori S.A.C. contratará a doce vigías y comprará los alimentos en "
            "el mercado."
        )
    )
    primera, segunda = acta.propuestas
    assert [e.valor for e in primera.campos.responsable] == ["Minera Qori S.A.C."]
    assert segunda.campos.responsable == primera.campos.responsable
    assert segunda.segmento.padre == primera.id


@pytest.mark.parametrize(
    ("texto", "condicional"),
    [
        ("La Municipalidad limpiará la vía apenas se consiga el combustible.", True),
        ("El Frente no hará paros mientras se cumplan los acuerdos.", True),
        ("La empresa regará la vía mientras dure el transporte.", False),
    ],
)
def test_lo_que_depende_de_otra_cosa_es_condicional(
    tuberia: Tuberia, texto: str, condicional: bool
) -> None:
    assert tuberia.proponer(texto)[1].atributos.condicional is condicional


def test_la_replica_que_sigue_a_un_pedido_dice_como_quedo(tuberia: Tuberia) -> None:
    acta = tuberia.analizar(
        Documento.desde_texto(
            "PEDIDOS\n"
            "a) La comunidad solicita la titulación de su territorio.\n"
            "b) Exigimos que se anule la concesión.\n"
            "El director respondió que ello no es competencia de su sector.\n"
            "c) Pedimos una posta médica.\n"
            "El representante tomó nota."
        )
    )
    estados = [p.atributos.aceptacion for p in acta.propuestas if p.clase is Clase.PEDIDO]
    assert estados == [Aceptacion.PENDIENTE, Aceptacion.NO_ACEPTADO, Aceptacion.PENDIENTE]


def test_al_punto_n_responde_al_pedido_de_ese_numero(tuberia: Tuberia) -> None:
    acta = tuberia.analizar(
        Documento.desde_texto(
            "PEDIDOS\n1. Solicitamos un médico permanente.\n2. Solicitamos un puente peatonal.\n"
            "ACUERDOS\nRespecto al punto 2, la Municipalidad Provincial hará la obra en julio."
        )
    )
    assert (
        que_dice(acta, "Respecto al punto 2").pedido_de_origen
        == que_dice(acta, "Solicitamos un puente").id
    )


def test_proponer_lee_un_texto_suelto_en_sus_propias_posiciones(tuberia: Tuberia) -> None:
    texto = "  El PNSR culminará el mantenimiento de 5 plantas en Nauta en 30 días hábiles. "
    documento, propuesta = tuberia.proponer(texto, date(2026, 5, 14), Seccion.ACUERDOS)
    assert documento.texto == texto
    assert documento.fragmento(propuesta.tramo) == texto.strip()
    assert propuesta.clase is Clase.COMPROMISO
    assert propuesta.campos.plazo is not None
    assert propuesta.campos.plazo.metodo is MetodoDePlazo.HABILES
    assert documento.fragmento(propuesta.campos.plazo.tramo) == "en 30 días hábiles"
    assert propuesta.atributos.aceptacion is None


@pytest.mark.parametrize("texto", ["", "   ", "…", "\n\n", "1.", "¿?"])
def test_ningun_texto_la_hace_fallar(tuberia: Tuberia, texto: str) -> None:
    _, propuesta = tuberia.proponer(texto, None, None)
    assert propuesta.id == "i1"
    assert tuberia.analizar(Documento.desde_texto(texto), todo=True).documento.texto == texto


def test_sin_modelos_propone_otro_y_pide_que_una_persona_elija(tmp_path: Path) -> None:
    tuberia = crear_tuberia(tmp_path)
    _, propuesta = tuberia.proponer("La empresa donará becas.", None, None)
    assert (propuesta.clase, propuesta.clasificacion.duda) == (Clase.OTRO, True)
    assert set(tuberia.modelos) == {"lengua"}


def test_un_modelo_que_no_es_el_de_su_ficha_no_se_usa(tmp_path: Path) -> None:
    (tmp_path / "clase").mkdir()
    ficha = (CARPETA / "clase" / "ficha.toml").read_text(encoding="utf-8")
    (tmp_path / "clase" / "ficha.toml").write_text(ficha, encoding="utf-8")
    (tmp_path / "clase" / "modelo.npz").write_bytes(b"otra cosa")
    with pytest.raises(ModeloInservible) as error:
        crear_tuberia(tmp_path)
    assert "make entrenar" in error.value.consejo


@pytest.mark.parametrize(
    ("texto", "esperada"),
    [
        ("El sector tomó nota del pedido.", Aceptacion.PENDIENTE),
        ("Se indicó que ello no es competencia del ministerio.", Aceptacion.NO_ACEPTADO),
        ("La OGGS derivará el pedido a dicho sector.", Aceptacion.DERIVADO),
        ("La empresa aceptó el planteamiento.", Aceptacion.ACEPTADO),
        ("Evaluar la propuesta y responder por escrito", Aceptacion.PENDIENTE),
        ("El alcalde agradeció a los presentes.", None),
    ],
)
def test_reconoce_la_respuesta_a_un_pedido(texto: str, esperada: Aceptacion | None) -> None:
    assert respuesta(texto) is esperada


def test_reconoce_aceptaciones_y_menciones_sin_contenido_propio() -> None:
    assert acepta_por_referencia("Pedido aceptado por la empresa")
    assert acepta_por_referencia("Aceptado")
    assert not acepta_por_referencia("La empresa aceptó construir un puente")
    assert pedido_mencionado("Respecto al punto (4), el apoderado manifestó su posición") == "4"
    assert pedido_mencionado("El puente tiene 4 metros") is None


def test_la_unica_empresa_del_acta_es_la_empresa() -> None:
    una = Documento.desde_texto("Asistió la empresa Minera Qori S.A.C.\nLa empresa donará becas.")
    dos = Documento.desde_texto("Por la empresa Minera Qori S.A.C.\nPor Energía Médano S.A.C.")
    assert alias_del_acta(una)["la empresa"] == "Minera Qori S.A.C."
    assert "la empresa" not in alias_del_acta(dos)


def test_una_generica_toma_el_nombre_que_el_acta_le_da(tuberia: Tuberia) -> None:
    acta = tuberia.analizar(
        Documento.desde_texto(
            "Asistió la empresa Minera Qori S.A.C.\nACUERDOS\n1. La empresa donará 20 becas."
        )
    )
    assert [e.valor for e in que_dice(acta, "La empresa").campos.responsable] == [
        "Minera Qori S.A.C."
    ]


def test_la_medida_cuenta_aciertos_y_fallas_contra_una_lectura_anotada(
    tuberia: Tuberia, tmp_path: Path
) -> None:
    esperado = tmp_path / "acta.json"
    vacios = dict.fromkeys(("tipo", "plazo", "fecha_limite", "pedido_de_origen"))
    pedido = {"texto": "Solicitamos un puente.", "clase": "pedido", "aceptacion": "pendiente"}
    tarea = {"texto": "Algo que nadie escribió", "clase": "tarea", "aceptacion": None}
    items = [{**vacios, "responsable": [], **i} for i in (pedido, tarea)]
    esperado.write_text(json.dumps({"items": items}), encoding="utf-8")
    acta = tuberia.analizar(
        Documento.desde_texto("PEDIDOS\n1. Solicitamos un puente.\n2. Exigimos un colegio nuevo.")
    )
    medida = medir([(acta, esperado)])
    assert (medida.esperados, medida.encontrados) == (2, 1)
    assert (medida.clases[Clase.PEDIDO].precision, medida.clases[Clase.PEDIDO].exhaustividad) == (
        0.5,
        1.0,
    )
    assert medida.campos["aceptacion"] == (1, 1)
    assert any("tarea → falta" in falla for falla in medida.fallas)
    assert any("sobra [pedido]" in falla for falla in medida.fallas)


@pytest.mark.parametrize(
    ("renglon", "responsable"),
    [
        ("Respuesta de la empresa: Entregaremos 20 carpas el lunes.", "empresa"),
        ("2. Respuesta del MTC: Se asfaltará la vía en agosto.", "MTC"),
        ("Respuesta del MTC: La Municipalidad de Anta asfaltará la vía.", "Municipalidad de Anta"),
    ],
)
def test_quien_responde_un_pedido_es_el_responsable(
    tuberia: Tuberia, renglon: str, responsable: str
) -> None:
    acta = tuberia.analizar(Documento.desde_texto(f"ACUERDOS\n{renglon}"))
    [entidad] = [r for p in acta.propuestas for r in p.campos.responsable]
    assert acta.documento.fragmento(entidad.tramo) == responsable
