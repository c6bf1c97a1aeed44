"""Del editor a Word y de vuelta: lo que no se tocó se reconoce igual; lo editado se analiza."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from api.redaccion.cabecera import acta_entera
from api.redaccion.documento import PLANTILLA, a_docx
from ingesta.contencion.contenedor import Contenedor
from lineamientos.analisis import Analizador, crear_analizador
from lineamientos.en_vivo import EnVivo
from registro.borradores import LISTAS, vacio

RAIZ = Path(__file__).parents[2]
PYTHON = "/usr/bin/python3"
"""El del sistema, que trae `uno`."""

PEDIDOS = (
    "La comunidad de San Hilario solicita al Ministerio de Salud la construcción de un puesto.",
    "Los productores piden que se revise el precio del gas & otros insumos <urgente>.",
    "Que el MTC concluya el puente de Ccello.",
    "Los regantes solicitan a la ANA la autorización de uso de agua del manantial Puquio Grande.",
    "El centro poblado de Huayllani pide que la empresa retire el campamento antes de la cosecha.",
    "Las asociaciones de madres piden 40 vacantes en el programa de cuidado diurno.",
)
COMPROMISOS = (
    "La Municipalidad Distrital de Nauta entregará dos bombas de agua hasta el 30/06/2026.",
    "El Ministerio de Salud apoyará a la comunidad a la brevedad posible.",
    "Se realizará el mantenimiento de la carretera en 30 días.",
    "La empresa contratará a 20 comuneros en setiembre de 2026; asimismo, pagará 12 becas.",
    "La DIRESA instalará 5 módulos en 30 días hábiles y la UGEL cubrirá 9 plazas en agosto.",
    "El MINEM revisará el contrato.",
    "Reunión de seguimiento con la empresa en junio.",
    "El Gobierno Regional de Loreto ejecutará la carretera con CUI 2345678 por S/ 1 250 000,00.",
    "La Autoridad Nacional del Agua tomará 12 muestras del río Marañón a más tardar el 15/07/2026.",
    "Minera Cerro Tantal S.A.C. donará tres motobombas, previa firma del convenio.",
    "El Programa Nacional de Saneamiento Rural culminará 5 plantas en 90 días calendario.",
    "La Dirección Regional de Agricultura capacitará a 80 familias en agosto de 2026.",
    "El SENACE publicará el informe final del estudio en su portal hasta el 20/09/2026.",
    "La Municipalidad Distrital de Nauta entregará dos bombas de agua hasta el 30/06/2026.",
)
TAREAS = (
    "La secretaría técnica convocará a una reunión el 5 de junio de 2026.",
    "La Defensoría remitirá el informe a la mesa en 10 días calendario.",
    "El alcalde entregará la lista de asistentes a la secretaría técnica el 18/05/2026.",
)


def _contenido() -> dict[str, Any]:
    contenido = vacio()
    contenido["datos"] |= {
        "titulo": "Acta de la mesa de diálogo de Nauta",
        "espacio": "Mesa de diálogo de Nauta",
        "fecha": "2026-05-14",
        "hora_inicio": "09:00",
        "lugar": "distrito de Nauta, provincia y departamento de Loreto",
    }
    contenido["participantes"] = "Minera Cerro Tantal S.A.C., gerente\nMinisterio de Salud, asesora"
    contenido["agenda"] = "1. Agua\n2. Salud"
    contenido["desarrollo"] = "El alcalde saludó a los presentes.\n\nLa asesora expuso el plan."
    contenido["cierre"] = "Siendo las 13:00 horas se dio por terminada la reunión."
    for lista, textos in zip(LISTAS, (PEDIDOS, COMPROMISOS, TAREAS), strict=True):
        contenido[lista] = [{"id": str(n), "texto": t} for n, t in enumerate(textos)]
    return contenido


def _resumen(item: Any) -> dict[str, Any]:
    """Lo que debe volver igual: texto, clase, tipo y el valor de cada campo."""
    campos = item["campos"]
    return {
        "texto": item["texto"],
        "clase": item["clase"],
        "tipo": item["tipo"],
        "responsable": [(e["valor"], e["nivel_de_gobierno"]) for e in campos["responsable"]],
        "colaboradores": [e["valor"] for e in campos["colaboradores"]],
        "accion": campos["accion"] and campos["accion"]["lema"],
        "cantidad": [(c["valor"], c["unidad"]) for c in campos["cantidad"]],
        "plazo": campos["plazo"] and (campos["plazo"]["texto"], campos["plazo"]["fecha_limite"]),
        "lugares": [(lugar["texto"], lugar["codigo"]) for lugar in campos["lugares"]],
        "codigo": campos["codigo_unificado"] and campos["codigo_unificado"]["valor"],
        "monto": campos["monto"] and campos["monto"]["valor"],
        "hallazgos": [h["regla"] for h in item["hallazgos"] if h["regla"] not in {"A05"}],
    }


@pytest.fixture(scope="module")
def analizador() -> Iterator[Analizador]:
    with Contenedor(hijos=1) as contenedor:
        yield crear_analizador(contenedor.leer)


def _procesar(analizador: Analizador, archivo: bytes, carpeta: Path) -> list[Any]:
    ruta = carpeta / "acta.docx"
    ruta.write_bytes(archivo)
    resultado = analizador.analizar_archivo(ruta)
    assert resultado["estado"] == "leida", resultado["avisos"]
    return resultado["items"]


def test_lo_redactado_vuelve_con_sus_items_clases_y_campos(
    analizador: Analizador, tmp_path: Path
) -> None:
    contenido = _contenido()
    en_vivo, entera = EnVivo(analizador), acta_entera(contenido)
    escritos = [
        en_vivo.item(i["texto"], clase, entera)
        for lista, clase in LISTAS.items()
        for i in contenido[lista]
    ]
    leidos = _procesar(analizador, a_docx(contenido), tmp_path)
    assert [_resumen(i) for i in leidos] == [_resumen(i) for i in escritos]
    assert [i["clase"] for i in leidos] == ["pedido"] * 6 + ["compromiso"] * 14 + ["tarea"] * 3
    assert not any(i["duda"] for i in leidos)


def _editar(archivo: bytes, cambios: dict[int, str]) -> bytes:
    """Cambia el texto de esas filas del cuadro de compromisos (la primera es la 1)."""
    documento = docx.Document(BytesIO(archivo))
    cuadro = next(t for t in documento.tables if t.cell(0, 1).text == "Compromiso")
    for fila, texto in cambios.items():
        cuadro.cell(fila, 1).paragraphs[0].runs[0].text = texto
    salida = BytesIO()
    documento.save(salida)
    return salida.getvalue()


CAMBIOS = {
    2: "El Ministerio de Salud entregará 5 botiquines hasta el 31/08/2026.",
    6: "El alcalde agradeció la visita de los presentes.",
}


def _comprobar_editado(
    analizador: Analizador, editado: bytes, carpeta: Path, antes: list[Any]
) -> None:
    despues = _procesar(analizador, editado, carpeta)
    iguales = {i["texto"]: _resumen(i) for i in despues}
    for n, item in enumerate(antes):
        if n - len(PEDIDOS) + 1 not in CAMBIOS:
            assert iguales[item["texto"]] == _resumen(item)
    nuevos = [i for i in despues if i["texto"] in CAMBIOS.values()]
    assert [i["clase"] for i in nuevos] == ["compromiso", "otro"]
    assert nuevos[0]["confianza"] != 1.0
    assert nuevos[0]["campos"]["plazo"]["fecha_limite"] == "2026-08-31"
    assert len(despues) == len(antes)


def test_lo_editado_se_analiza_de_nuevo_y_lo_demas_no_cambia(
    analizador: Analizador, tmp_path: Path
) -> None:
    archivo = a_docx(_contenido())
    antes = _procesar(analizador, archivo, tmp_path)
    _comprobar_editado(analizador, _editar(archivo, CAMBIOS), tmp_path, antes)


EN_OFICINA = (
    ("Pedido", 1, "un puesto", "dos puestos"),
    ("Pedido", 5, "antes de la cosecha", "hasta el 30/11/2026"),
    ("Compromiso", 1, "30/06/2026", "31/07/2026"),
    ("Compromiso", 2, "apoyará a la comunidad a la brevedad posible", "entregará 5 botiquines"),
    ("Compromiso", 6, "revisará el contrato", "publicará el contrato revisado"),
    ("Compromiso", 8, "2345678", "2345679"),
    ("Compromiso", 9, "12 muestras", "24 muestras"),
    ("Compromiso", 11, "90 días calendario", "60 días hábiles"),
    ("Compromiso", 13, "SENACE", "OEFA"),
    ("Tarea", 2, "10 días", "15 días"),
)
"""Columna, fila, lo que se borra y lo que se escribe: diez cambios de una persona."""


@pytest.fixture
def editar_en_oficina(tmp_path: Path) -> Iterator[Callable[..., bytes]]:
    """Da una función que abre un acta en LibreOffice, hace los cambios y la guarda en DOCX."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("no hay LibreOffice (apt-get install libreoffice-writer-nogui)")
    if subprocess.run([PYTHON, "-c", "import uno"], check=False, capture_output=True).returncode:
        pytest.skip("el Python del sistema no trae uno (apt-get install python3-uno)")
    tubo, perfil = f"actas{uuid.uuid4().hex}", f"-env:UserInstallation=file://{tmp_path}/perfil"
    orden = [soffice, "--headless", "--norestore", perfil, f"--accept=pipe,name={tubo};urp"]
    oficina = subprocess.Popen(orden, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def editar(archivo: bytes, cambios: Sequence[tuple[str, int, str, str]]) -> bytes:
        origen, destino = tmp_path / "redactada.docx", tmp_path / "editada.docx"
        origen.write_bytes(archivo)
        pedido = {"tubo": tubo, "origen": origen.as_uri(), "destino": destino.as_uri()}
        entrada = json.dumps({**pedido, "cambios": cambios})
        programa = [PYTHON, str(Path(__file__).parent / "oficina" / "editar_en_oficina.py")]
        subprocess.run(programa, input=entrada, text=True, check=True, timeout=180)
        return destino.read_bytes()

    yield editar
    try:
        oficina.wait(30)
    except subprocess.TimeoutExpired:
        oficina.kill()


@pytest.mark.oficina
def test_diez_cambios_en_libreoffice_son_los_diez_que_difieren(
    analizador: Analizador, editar_en_oficina: Callable[..., bytes], tmp_path: Path
) -> None:
    archivo = a_docx(_contenido())
    antes = _procesar(analizador, archivo, tmp_path)
    despues = _procesar(analizador, editar_en_oficina(archivo, EN_OFICINA), tmp_path)
    desde = {"Pedido": 0, "Compromiso": len(PEDIDOS), "Tarea": len(PEDIDOS + COMPROMISOS)}
    textos = [item["texto"] for item in antes]
    cambiados = {}
    for columna, fila, viejo, nuevo in EN_OFICINA:
        lugar = desde[columna] + fila - 1
        assert textos[lugar].count(viejo) == 1
        cambiados[lugar] = textos[lugar].replace(viejo, nuevo)
    assert len(despues) == len(antes) == 23
    difieren = {
        n: despues[n]["texto"]
        for n in range(len(antes))
        if _resumen(despues[n]) != _resumen(antes[n])
    }
    assert difieren == cambiados
    reconocidos = [n for n, item in enumerate(despues) if item["confianza"] == 1.0]
    assert reconocidos == [n for n in range(len(antes)) if n not in cambiados]
    assert despues[desde["Compromiso"]]["campos"]["plazo"]["fecha_limite"] == "2026-07-31"


def test_una_parte_ajena_o_falsa_no_cambia_nada(analizador: Analizador, tmp_path: Path) -> None:
    """Ni un XML de otro programa ni una clase inventada mandan sobre el análisis."""
    archivo = a_docx(_contenido())
    for antes, despues in (
        (b"urn:pe:actas:redactado:1", b"urn:otro:programa:1234567"),
        (b'clase="compromiso"', b'clase="registrado"'),
    ):
        memoria = BytesIO()
        with zipfile.ZipFile(BytesIO(archivo)) as origen, zipfile.ZipFile(memoria, "w") as copia:
            for nombre in origen.namelist():
                contenido = origen.read(nombre)
                if nombre == "customXml/item8.xml":
                    assert antes in contenido
                    contenido = contenido.replace(antes, despues)
                copia.writestr(nombre, contenido)
        items = _procesar(analizador, memoria.getvalue(), tmp_path)
        assert {i["clase"] for i in items} <= {"pedido", "compromiso", "tarea", "otro"}
        comprometidos = [i for i in items if i["clase"] == "compromiso"]
        assert all(i["confianza"] != 1.0 for i in comprometidos)


def test_un_acta_vacia_da_un_documento_que_se_lee(analizador: Analizador, tmp_path: Path) -> None:
    assert _procesar(analizador, a_docx(vacio()), tmp_path) == []


def test_la_plantilla_es_la_que_hace_su_guion(tmp_path: Path) -> None:
    guion = RAIZ / "scripts" / "plantilla_del_acta.py"
    subprocess.run([sys.executable, str(guion), str(tmp_path / "p.docx")], check=True)
    with zipfile.ZipFile(PLANTILLA) as guardada, zipfile.ZipFile(tmp_path / "p.docx") as nueva:
        assert guardada.namelist() == nueva.namelist()
        distintas = [n for n in nueva.namelist() if guardada.read(n) != nueva.read(n)]
    assert distintas == [], "vuelva a correr scripts/plantilla_del_acta.py"


def test_lo_que_se_escribe_no_se_toma_por_una_marca_de_la_plantilla() -> None:
    hostil = 'Pagará {{ 7 * 7 }} {% raw %} «comillas» "dobles" <b>&amp; {#no\x07ta#} a_b.'
    contenido = vacio()
    contenido["datos"]["titulo"] = "Acta {{ titulo }} <1> & {% endfor %}"
    contenido["desarrollo"] = hostil
    contenido["compromisos"] = [{"id": "1", "texto": hostil}]
    documento = docx.Document(BytesIO(a_docx(contenido)))
    limpio = " ".join(hostil.replace("\x07", "").split())
    parrafos = [p.text for p in documento.paragraphs]
    assert parrafos[:3] == ["Acta {{ titulo }} <1> & {% endfor %}", "DESARROLLO", limpio]
    [cuadro, _] = documento.tables
    assert [celda.text for celda in cuadro.rows[1].cells] == ["1", limpio]
    for vacia in ("PEDIDOS", "TAREAS", "AGENDA", "CIERRE"):
        assert vacia not in parrafos


def test_los_cuadros_se_imprimen_con_su_titulo_en_cada_pagina() -> None:
    contenido = vacio()
    contenido["compromisos"] = [
        {"id": str(n), "texto": f"La UGEL entregará {n} carpetas a la escuela."} for n in range(80)
    ]
    documento = docx.Document(BytesIO(a_docx(contenido)))
    filas = documento.tables[0].rows
    assert len(filas) == 81
    assert filas[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(fila._tr.trPr.find(qn("w:cantSplit")) is not None for fila in filas)
