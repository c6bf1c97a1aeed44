"""Del editor a Word y de vuelta: lo que no se tocó se reconoce igual; lo editado se analiza."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from api.redaccion.cabecera import cabecera
from api.redaccion.documento import a_docx
from ingesta.contencion.contenedor import Contenedor
from lineamientos.analisis import Analizador, crear_analizador
from lineamientos.en_vivo import EnVivo
from registro.borradores import LISTAS, vacio

PEDIDOS = (
    "La comunidad de San Hilario solicita al Ministerio de Salud la construcción de un puesto.",
    "Los productores piden que se revise el precio del gas & otros insumos <urgente>.",
    "Que el MTC concluya el puente de Ccello.",
)
COMPROMISOS = (
    "La Municipalidad Distrital de Nauta entregará dos bombas de agua hasta el 30/06/2026.",
    "El Ministerio de Salud apoyará a la comunidad a la brevedad posible.",
    "Se realizará el mantenimiento de la carretera en 30 días.",
    "La empresa contratará a 20 comuneros en setiembre de 2026; asimismo, pagará 12 becas.",
    "La DIRESA instalará 5 módulos en 30 días hábiles y la UGEL cubrirá 9 plazas en agosto.",
    "El MINEM revisará el contrato.",
    "Reunión de seguimiento con la empresa en junio.",
    "La Municipalidad Distrital de Nauta entregará dos bombas de agua hasta el 30/06/2026.",
)
TAREAS = (
    "La secretaría técnica convocará a una reunión el 5 de junio de 2026.",
    "La Defensoría remitirá el informe a la mesa en 10 días calendario.",
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
    en_vivo, inicio = EnVivo(analizador), cabecera(contenido)
    escritos = [
        en_vivo.item(i["texto"], clase, inicio)
        for lista, clase in LISTAS.items()
        for i in contenido[lista]
    ]
    leidos = _procesar(analizador, a_docx(contenido), tmp_path)
    assert [_resumen(i) for i in leidos] == [_resumen(i) for i in escritos]
    assert [i["clase"] for i in leidos] == ["pedido"] * 3 + ["compromiso"] * 8 + ["tarea"] * 2
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


@pytest.mark.oficina
def test_tambien_despues_de_guardarlo_en_libreoffice(
    analizador: Analizador, tmp_path: Path
) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("no hay LibreOffice (apt-get install libreoffice-writer-nogui)")
    archivo = a_docx(_contenido())
    antes = _procesar(analizador, archivo, tmp_path)
    origen, destino = tmp_path / "editada.docx", tmp_path / "oficina"
    origen.write_bytes(_editar(archivo, CAMBIOS))
    perfil = f"-env:UserInstallation=file://{tmp_path}/perfil"
    orden = [soffice, "--headless", perfil, "--convert-to", "docx", "--outdir", str(destino)]
    subprocess.run([*orden, str(origen)], check=True, capture_output=True, timeout=180)
    _comprobar_editado(analizador, (destino / "editada.docx").read_bytes(), tmp_path, antes)


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
