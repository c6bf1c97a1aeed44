"""La consola, como la usa una persona: el programa de verdad, en otro proceso."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import jsonschema
import openpyxl
import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from api.consola.servir import escuchar
from api.documentar import esquema

ACTAS = Path(sys.executable).with_name("actas")
Consola = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def actas(tmp_path: Path) -> Consola:
    """Devuelve una función que corre `actas …` en una carpeta vacía."""

    def correr(*argumentos: object, entrada: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(ACTAS), *map(str, argumentos)],
            input=entrada,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )

    return correr


def _pdf(ruta: Path, **opciones: Any) -> Path:
    lienzo = Canvas(str(ruta), **opciones)
    lienzo.drawString(72, 720, "ACTA DE REUNIÓN. El MINEM entregará el informe el 30/06/2026.")
    lienzo.save()
    return ruta


@pytest.fixture
def malos(tmp_path: Path, ejemplos: Path) -> dict[str, Path]:
    """Fabrica un archivo de cada clase que no se puede leer."""
    carpeta = tmp_path / "malos"
    carpeta.mkdir()
    hechos = {
        n: carpeta / n
        for n in (
            "vacio.pdf",
            "programa.pdf",
            "cifrado.pdf",
            "cortado.pdf",
            "cortado.docx",
            "sin_paginas.pdf",
            "enorme.pdf",
        )
    }
    hechos["vacio.pdf"].touch()
    hechos["programa.pdf"].write_bytes(b"MZ\x90\x00" + bytes(500))
    _pdf(hechos["cifrado.pdf"], encrypt=StandardEncryption("clave", "otra"))
    entero = _pdf(tmp_path / "entero.pdf").read_bytes()
    hechos["cortado.pdf"].write_bytes(entero[: len(entero) // 3])
    docx = next(ejemplos.glob("*.docx")).read_bytes()
    hechos["cortado.docx"].write_bytes(docx[: len(docx) // 2])
    pypdfium2.PdfDocument.new().save(hechos["sin_paginas.pdf"])
    with hechos["enorme.pdf"].open("wb") as archivo:
        archivo.write(entero)
        archivo.truncate(60 * 1024 * 1024)
    return hechos


def _resultados(carpeta: Path) -> Iterator[dict[str, Any]]:
    for ruta in sorted(carpeta.glob("*.json")):
        yield json.loads(ruta.read_text(encoding="utf-8"))


def test_procesa_todos_los_ejemplos_y_cada_resultado_cumple_el_esquema(
    actas: Consola, ejemplos: Path, tmp_path: Path
) -> None:
    hecho = actas("procesar", ejemplos, "-o", "X")
    assert hecho.returncode == 0, hecho.stderr
    resultados = list(_resultados(tmp_path / "X"))
    assert len(resultados) == len(list(ejemplos.glob("acta-*"))) >= 14
    validador = jsonschema.Draft202012Validator(json.loads(esquema("resultado")))
    for resultado in resultados:
        assert not list(validador.iter_errors(resultado)), resultado["archivo"]["nombre"]
        assert resultado["estado"] == "leida"
        assert resultado["items"]
    assert "Resumen" in hecho.stderr
    assert hecho.stdout == ""


def test_los_archivos_malos_dicen_que_pasa_y_no_detienen_a_los_buenos(
    actas: Consola, malos: dict[str, Path], ejemplos: Path, tmp_path: Path
) -> None:
    bueno = ejemplos / "acta-07-santa-rosa-del-alto.docx"
    hecho = actas("procesar", *malos.values(), bueno, "-o", "X")
    assert hecho.returncode == 1
    por_nombre = {r["archivo"]["nombre"]: r for r in _resultados(tmp_path / "X")}
    esperado = {
        "vacio.pdf": ("rechazada", "archivo_vacio"),
        "programa.pdf": ("rechazada", "formato_no_admitido"),
        "cifrado.pdf": ("rechazada", "archivo_cifrado"),
        "cortado.pdf": ("fallida", "archivo_danado"),
        "cortado.docx": ("fallida", "archivo_danado"),
        "sin_paginas.pdf": ("fallida", "sin_paginas"),
        "enorme.pdf": ("rechazada", "archivo_demasiado_grande"),
    }
    for nombre, (estado, codigo) in esperado.items():
        resultado = por_nombre[nombre]
        assert (resultado["estado"], resultado["avisos"][0]["codigo"]) == (estado, codigo)
        assert resultado["avisos"][0]["consejo"]
        assert resultado["avisos"][0]["mensaje"] in " ".join(hecho.stderr.split())
        assert "Traceback" not in hecho.stderr
    assert por_nombre[bueno.name]["estado"] == "leida"
    assert not [p for p in (tmp_path / "X").iterdir() if not p.name.endswith(".json")]


def test_si_no_se_pudo_leer_nada_sale_con_dos(actas: Consola, malos: dict[str, Path]) -> None:
    assert actas("procesar", malos["vacio.pdf"]).returncode == 2


def test_una_ruta_que_no_existe_es_un_error_de_uso(actas: Consola) -> None:
    hecho = actas("procesar", "no-existe")
    assert hecho.returncode == 2
    assert "No existe «no-existe»" in hecho.stderr


def test_lo_repetido_se_dice_y_no_se_dobla(actas: Consola, ejemplos: Path, tmp_path: Path) -> None:
    original = ejemplos / "acta-07-santa-rosa-del-alto.docx"
    copia = tmp_path / "copia.docx"
    copia.write_bytes(original.read_bytes())
    hecho = actas("procesar", original, copia, "-o", "X")
    assert hecho.returncode == 0
    assert len(list((tmp_path / "X").iterdir())) == 1
    assert "Es idéntico a" in hecho.stderr


def test_reanudar_no_repite_lo_que_ya_tiene_resultado(
    actas: Consola, ejemplos: Path, tmp_path: Path
) -> None:
    orden = ("procesar", ejemplos / "acta-07-santa-rosa-del-alto.docx", "-o", "X")
    actas(*orden)
    (hecho,) = (tmp_path / "X").iterdir()
    antes = hecho.stat().st_mtime_ns
    assert actas(*orden, "--reanudar").returncode == 0
    assert hecho.stat().st_mtime_ns == antes


def test_varios_trabajadores_dan_lo_mismo_que_uno(
    actas: Consola, ejemplos: Path, tmp_path: Path
) -> None:
    rutas = sorted(ejemplos.glob("acta-0[78]*"))
    for n in ("1", "2"):
        assert actas("procesar", *rutas, "-o", n, "--trabajadores", n).returncode == 0
    for uno, dos in zip(_resultados(tmp_path / "1"), _resultados(tmp_path / "2"), strict=True):
        for resultado in (uno, dos):
            resultado.pop("tiempo_ms")
        assert uno == dos


def test_procesar_en_una_hoja_de_calculo(actas: Consola, ejemplos: Path, tmp_path: Path) -> None:
    ruta = ejemplos / "acta-08-huayllati-matriz.docx"
    assert actas("procesar", ruta, "-o", "X", "--formato", "xlsx").returncode == 0
    hoja = openpyxl.load_workbook(tmp_path / "X" / "propuestas.xlsx")["Propuestas"]
    textos = [fila[8] for fila in hoja.iter_rows(min_row=2, values_only=True)]
    assert "Contratar un técnico en enfermería" in textos


def test_clasificar_guarda_el_orden_y_sigue_tras_una_linea_mala(actas: Consola) -> None:
    lineas = [
        '{"id": "a", "texto": "La comunidad solicita un puente.", "fecha_acta": "2026-05-14"}',
        "esto no es JSON",
        '{"id": "b", "texto": ""}',
        '{"id": "c", "texto": "Hola.", "fecha_acta": "14/05/2026"}',
        '{"id": "d", "texto": "El PNSR culminará el mantenimiento de 5 plantas en Nauta en 30 '
        'días hábiles.", "fecha_acta": "2026-05-14", "seccion": "acuerdos"}',
    ]
    hecho = actas("clasificar", entrada="\n".join(lineas))
    assert hecho.returncode == 1
    respuestas = [json.loads(linea) for linea in hecho.stdout.splitlines()]
    assert [r["id"] for r in respuestas] == ["a", None, "b", "c", "d"]
    assert ["error" in r for r in respuestas] == [False, True, True, True, False]
    ultima = respuestas[-1]
    jsonschema.Draft202012Validator(json.loads(esquema("item"))).validate(ultima)
    plazo = ultima["campos"]["plazo"]
    assert (plazo["texto"], plazo["metodo"]) == ("en 30 días hábiles", "habiles")
    assert plazo["fecha_limite"] == "2026-06-25"
    assert ultima["campos"]["responsable"][0]["texto"] == "PNSR"


def test_revisar_avisa_como_un_compilador(actas: Consola) -> None:
    texto = (
        "ACUERDOS\n1. La Municipalidad Distrital de Nauta se compromete a construir el puente.\n"
    )
    hecho = actas("revisar", "-", entrada=texto)
    assert hecho.returncode == 0
    assert any(linea.startswith("-:2:") and " T01 " in linea for linea in hecho.stdout.splitlines())


DEFECTUOSA = (
    "ACTA DE REUNIÓN",
    "",
    "# ACUERDOS",
    "",
    "",
    "1. La Municipalidad Distrital de Nauta se compromete a construir el puente.",
    "\t2. El MINSA   apoyará a la comunidad a la brevedad posible.",
)


def test_revisar_un_texto_cuenta_las_lineas_y_columnas_del_archivo(
    actas: Consola, tmp_path: Path
) -> None:
    for salto in ("\n", "\r\n"):
        (tmp_path / "acta.txt").write_bytes(salto.join(DEFECTUOSA).encode("utf-8-sig"))
        hecho = actas("revisar", "acta.txt")
        assert hecho.returncode == 0, hecho.stderr
        hallados = {linea.split()[2]: linea.split()[0] for linea in hecho.stdout.splitlines()}
        columna = DEFECTUOSA[6].index("a la brevedad") + 1
        assert hallados["T01"].startswith("acta.txt:6:")
        assert hallados["T02"] == f"acta.txt:7:{columna}:"
        lugares = [tuple(map(int, lugar.split(":")[1:3])) for lugar in hallados.values()]
        assert lugares == sorted(lugares)


def test_revisar_lee_docx_y_pdf_y_dice_el_parrafo(actas: Consola, tmp_path: Path) -> None:
    documento = docx.Document()
    lienzo = Canvas(str(tmp_path / "acta.pdf"))
    for numero, parrafo in enumerate(p for p in DEFECTUOSA if p):
        documento.add_paragraph(parrafo.strip("#\t "))
        lienzo.drawString(72, 760 - 40 * numero, " ".join(parrafo.strip("#\t ").split()))
    documento.save(str(tmp_path / "acta.docx"))
    lienzo.save()
    for nombre in ("acta.docx", "acta.pdf"):
        hecho = actas("revisar", nombre, "--regla", "T02")
        [linea] = hecho.stdout.splitlines()
        assert re.match(rf"{nombre}:4:\d+: aviso T02 «a la brevedad posible» ", linea), linea


def test_revisar_en_json_por_regla_y_por_gravedad(actas: Consola, tmp_path: Path) -> None:
    (tmp_path / "acta.txt").write_text("\n".join(DEFECTUOSA), encoding="utf-8")
    todo = json.loads(actas("revisar", "acta.txt", "--formato", "json").stdout)
    assert {"falta", "aviso"} <= {h["gravedad"] for h in todo}
    texto = "\n".join(DEFECTUOSA)
    vago = next(h for h in todo if h["regla"] == "T02")
    assert (vago["archivo"], vago["linea"]) == ("acta.txt", 7)
    linea = texto.splitlines()[vago["linea"] - 1]
    assert linea[vago["columna"] - 1 :].startswith("a la brevedad posible")
    assert vago["sugerencias"]
    assert vago["explicacion"]

    faltas = json.loads(
        actas("revisar", "acta.txt", "--formato", "json", "--gravedad", "falta").stdout
    )
    assert faltas == [h for h in todo if h["gravedad"] == "falta"]
    dos = ("--regla", "t01", "--regla", "T02", "--gravedad", "aviso")
    elegidas = json.loads(actas("revisar", "acta.txt", "--formato", "json", *dos).stdout)
    assert elegidas == [h for h in todo if h["regla"] in {"T01", "T02"}]
    desconocida = actas("revisar", "acta.txt", "--regla", "Z99")
    assert (desconocida.returncode, "Z99" in desconocida.stderr) == (2, True)
    mala = actas("revisar", "acta.txt", "--gravedad", "grave")
    assert (mala.returncode, "falta" in mala.stderr) == (2, True)
    assert actas("revisar", "no-existe.txt").returncode == 2


def test_regla_explica_y_lista(actas: Consola) -> None:
    assert "T01" in actas("regla").stdout
    una = actas("regla", "t01")
    assert una.returncode == 0
    assert "pendiente de cotejo con el Anexo 8" in una.stdout
    desconocida = actas("regla", "Z99")
    assert desconocida.returncode == 2
    assert "Z99" in desconocida.stderr


@pytest.mark.parametrize(
    "orden",
    [
        [],
        ["--help"],
        ["procesar"],
        ["procesar", "--help"],
        ["procesar", "x", "--formato", "pdf"],
        ["procesar", "x", "--trabajadores", "dos"],
        ["procesar", "x", "--nada"],
        ["nada"],
    ],
    ids=" ".join,
)
def test_la_ayuda_y_los_errores_de_uso_van_en_castellano(actas: Consola, orden: list[str]) -> None:
    hecho = actas(*orden)
    dicho = hecho.stdout + hecho.stderr
    assert "uso: actas" in dicho
    for ingles in ("usage", "error:", "invalid", "required", "show", "optional", "choose"):
        assert ingles not in dicho
    assert hecho.returncode == (0 if "--help" in orden else 2)


def test_un_archivo_en_documentos_de_salida_se_escribe_entero_o_no_se_escribe(
    actas: Consola, ejemplos: Path, tmp_path: Path
) -> None:
    estorbo = tmp_path / "X"
    estorbo.write_text("no soy una carpeta", encoding="utf-8")
    hecho = actas("procesar", ejemplos / "acta-07-santa-rosa-del-alto.docx", "-o", "X")
    assert hecho.returncode == 2
    assert "Traceback" not in hecho.stderr
    assert estorbo.read_text(encoding="utf-8") == "no soy una carpeta"


def test_un_zip_que_no_es_docx_se_rechaza(actas: Consola, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "cosas.docx", "w") as archivo:
        archivo.writestr("nota.txt", "hola")
    hecho = actas("procesar", "cosas.docx")
    assert hecho.returncode == 2
    assert "rechazada: cosas.docx" in hecho.stderr


def test_procesar_abre_los_zip_y_los_correos(actas: Consola, tmp_path: Path, ejemplos: Path):
    acta = ejemplos / "acta-07-santa-rosa-del-alto.docx"
    sobre = tmp_path / "mayo.zip"
    with zipfile.ZipFile(sobre, "w") as z:
        z.write(acta, "uno/acta.docx")
        z.writestr("dos/acta.txt", "ACTA\nACUERDOS\n1. El MINEM entregará el informe.")
        z.writestr("dos/dentro.zip", b"PK\x05\x06" + b"\0" * 18)
    roto = tmp_path / "roto.zip"
    roto.write_bytes(sobre.read_bytes()[:300])
    hecho = actas("procesar", sobre, roto)
    assert hecho.returncode == 1, hecho.stderr
    hechas = [json.loads(r.read_text()) for r in (tmp_path / "salida").glob("*.json")]
    assert {(h["archivo"]["nombre"], h["estado"]) for h in hechas} == {
        ("acta.docx", "leida"),
        ("acta.txt", "leida"),
        ("dentro.zip", "rechazada"),
        ("roto.zip", "fallida"),
    }


def test_las_respuestas_salen_sin_esperar_al_acuse() -> None:
    async def opcion_de_la_conexion() -> int:
        vista: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def atender(_: asyncio.StreamReader, escritor: asyncio.StreamWriter) -> None:
            conexion = escritor.get_extra_info("socket")
            vista.set_result(conexion.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            escritor.close()

        enchufe = escuchar("127.0.0.1", 0)
        async with await asyncio.start_server(atender, sock=enchufe):
            _, escritor = await asyncio.open_connection(*enchufe.getsockname())
            hallada = await vista
            escritor.close()
        return hallada

    assert asyncio.run(opcion_de_la_conexion())
