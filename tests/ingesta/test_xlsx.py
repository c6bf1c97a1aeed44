"""El lector de libros de Excel, con archivos que escribe openpyxl."""

import re
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Dibujo

from ingesta import oficina
from ingesta.documento import Documento, TipoBloque
from ingesta.errores import ArchivoDanado, ArchivoDemasiadoGrande
from ingesta.lectores import leer, xlsx

Llenar = Callable[[openpyxl.Workbook, Worksheet], None]


@pytest.fixture
def leer_libro(
    tmp_path: Path, fallas: Callable[[Documento], list[str]]
) -> Callable[[Llenar], Documento]:
    """Devuelve `leer(llenar)`: guarda un libro, lo lee y comprueba lo que todos cumplen."""

    def _leer(llenar: Llenar) -> Documento:
        libro = openpyxl.Workbook()
        hoja = libro.active
        assert isinstance(hoja, Worksheet)
        hoja.title = "Hoja1"
        llenar(libro, hoja)
        ruta = tmp_path / "matriz.xlsx"
        libro.save(ruta)
        documento = leer(ruta)
        assert fallas(documento) == []
        return documento

    return _leer


def celdas(documento: Documento) -> dict[str, tuple[object, ...]]:
    return {
        documento.fragmento(b.tramo): (
            b.celda.tabla, b.celda.fila, b.celda.columna, b.celda.filas, b.celda.columnas,
            b.celda.titulo,
        )
        for b in documento.bloques
        if b.celda and not b.celda.es_encabezado
    }  # fmt: skip


def test_una_matriz_con_sus_datos_encima(leer_libro: Callable[[Llenar], Documento]):
    def llenar(_: openpyxl.Workbook, hoja: Worksheet) -> None:
        filas = [
            ["MATRIZ DE SEGUIMIENTO"],
            ["Lugar", "Ichuña"],
            ["N.°", "Compromiso", "Responsable", "Plazo"],
            [1, "Carretera", "MTC", date(2026, 8, 31)],
            [2, "Puente", None, "Por definir"],
            ["Eje 2"],
            [3, "Posta", "GERESA", None],
            [],
            ["Observación: ninguna"],
        ]
        for fila in filas:
            hoja.append(fila)
        hoja.merge_cells("C4:C5")
        hoja.merge_cells("A6:D6")

    documento = leer_libro(llenar)
    assert celdas(documento) == {
        "Lugar": (0, 1, 0, 1, 1, None),
        "MATRIZ DE SEGUIMIENTO": (0, 0, 0, 1, 1, None),
        "Ichuña": (0, 1, 1, 1, 1, None),
        "1": (1, 1, 0, 1, 1, "N.°"),
        "Carretera": (1, 1, 1, 1, 1, "Compromiso"),
        "MTC": (1, 1, 2, 2, 1, "Responsable"),
        "31/08/2026": (1, 1, 3, 1, 1, "Plazo"),
        "2": (1, 2, 0, 1, 1, "N.°"),
        "Puente": (1, 2, 1, 1, 1, "Compromiso"),
        "Por definir": (1, 2, 3, 1, 1, "Plazo"),
        "Eje 2": (1, 3, 0, 1, 4, None),
        "3": (1, 4, 0, 1, 1, "N.°"),
        "Posta": (1, 4, 1, 1, 1, "Compromiso"),
        "GERESA": (1, 4, 2, 1, 1, "Responsable"),
    }
    assert documento.bloques[-1].tipo is TipoBloque.PARRAFO
    assert documento.texto.endswith("Observación: ninguna")
    assert documento.avisos == ()
    assert documento.origen is not None
    assert documento.origen.formato == "xlsx"


def test_los_valores_se_escriben_como_se_ven(leer_libro: Callable[[Llenar], Documento]):
    def llenar(_: openpyxl.Workbook, hoja: Worksheet) -> None:
        valores: list[tuple[object, str]] = [
            (date(2026, 1, 5), "dd/mm/yyyy"),
            (datetime(2026, 1, 5, 15, 30), "d/m/yy h:mm"),  # noqa: DTZ001
            (time(9, 20), "h:mm"),
            (0.75, "0%"),
            (1250000.5, '"S/" #,##0.00'),
            (1250000.5, "#,##0.00"),
            (0.1 + 0.2, "General"),
            (2999651, "0"),
            (True, "General"),
            ("texto  con\nsalto", "@"),
            (46150, '[$-280A]d "de" mmmm'),
        ]
        for n, (valor, formato) in enumerate(valores, 1):
            celda = hoja.cell(n, 1, valor)  # type: ignore[arg-type]
            celda.number_format = formato

    assert leer_libro(llenar).texto.split("\n") == [
        "05/01/2026",
        "05/01/2026 15:30",
        "09:20",
        "75 %",
        "S/ 1250000.5",
        "1250000.5",
        "0.3",
        "2999651",
        "VERDADERO",
        "texto con",
        "salto",
        "08/05/2026",
    ]


def test_las_hojas_con_nombre_son_titulos_y_las_ocultas_se_avisan(
    leer_libro: Callable[[Llenar], Documento],
):
    def llenar(libro: openpyxl.Workbook, hoja: Worksheet) -> None:
        hoja["A1"] = "Sin título"
        acuerdos = libro.create_sheet("ACUERDOS")
        acuerdos["B2"] = "La empresa entregará el informe."
        listas = libro.create_sheet("Listas")
        listas["A1"] = "secreto"
        listas.sheet_state = "hidden"
        libro.create_sheet("Vacía")

    documento = leer_libro(llenar)
    assert documento.texto == "Sin título\nACUERDOS\nLa empresa entregará el informe."
    assert [b.tipo for b in documento.bloques] == ["parrafo", "titulo", "parrafo"]
    [aviso] = documento.avisos
    assert aviso.codigo == "hoja_oculta"
    assert "«Listas»" in aviso.mensaje


def test_lo_que_no_se_ve_se_lee_y_se_avisa(leer_libro: Callable[[Llenar], Documento]):
    def llenar(_: openpyxl.Workbook, hoja: Worksheet) -> None:
        for fila in (["a", "b", "c"], ["d", "e", "f"]):
            hoja.append(fila)
        hoja.row_dimensions[2].hidden = True
        hoja.column_dimensions["C"].hidden = True

    documento = leer_libro(llenar)
    ocultos = [documento.fragmento(a.tramo) for a in documento.avisos if a.tramo]
    assert ocultos == ["c", "d", "e", "f"]
    assert {a.codigo for a in documento.avisos} == {"texto_oculto"}


def test_lo_tapado_por_una_celda_combinada_se_avisa(
    tmp_path: Path, leer_libro: Callable[[Llenar], Documento]
):
    leer_libro(lambda _, hoja: [hoja.append(f) for f in (["a", "x"], ["tapado", "y"])] and None)
    ruta = tmp_path / "matriz.xlsx"
    datos = partes(ruta)
    hoja = datos["xl/worksheets/sheet1.xml"].decode()
    union = '</sheetData><mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>'
    datos["xl/worksheets/sheet1.xml"] = hoja.replace("</sheetData>", union).encode()
    documento = leer(escribir(ruta, datos))
    assert celdas(documento)["a\ntapado"] == (0, 0, 0, 2, 1, None)
    assert [documento.fragmento(a.tramo) for a in documento.avisos if a.tramo] == ["tapado"]


def test_comentarios_e_imagenes(leer_libro: Callable[[Llenar], Documento]):
    def llenar(_: openpyxl.Workbook, hoja: Worksheet) -> None:
        hoja["A1"] = "Acuerdo"
        hoja["A1"].comment = Comment("¿seguro?", "alguien")
        foto = BytesIO()
        Dibujo.new("L", (8, 8)).save(foto, "PNG")
        hoja.add_image(Image(foto), "C3")

    assert [a.codigo for a in leer_libro(llenar).avisos] == ["comentarios", "imagen_sin_leer"]


def test_los_titulos_en_negrita_bastan(leer_libro: Callable[[Llenar], Documento]):
    def llenar(_: openpyxl.Workbook, hoja: Worksheet) -> None:
        for fila in (["Asunto", "Quién"], ["Carretera", "MTC"]):
            hoja.append(fila)
        for celda in hoja[1]:
            celda.font = Font(bold=True)

    assert celdas(leer_libro(llenar))["MTC"][-1] == "Quién"


@pytest.mark.parametrize("lejos", ["A50001", "ALM1", "XFD1048576"])
def test_lo_escrito_demasiado_lejos_se_rechaza_sin_demora(
    lejos: str, leer_libro: Callable[[Llenar], Documento]
):
    def llenar(_: openpyxl.Workbook, hoja: Worksheet) -> None:
        hoja["A1"] = "cerca"
        hoja[lejos] = "lejos"

    with pytest.raises(ArchivoDemasiadoGrande, match="demasiado lejos"):
        leer_libro(llenar)


def test_un_libro_vacio_roto_o_enorme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leer_libro: Callable[[Llenar], Documento]
):
    vacio = leer_libro(lambda *_: None)
    assert [a.codigo for a in vacio.avisos] == ["sin_texto"]
    ruta = tmp_path / "matriz.xlsx"
    datos = partes(ruta)
    datos["xl/workbook.xml"] = b"<otra/>"
    with pytest.raises(ArchivoDanado):
        leer(escribir(ruta, datos))
    monkeypatch.setattr(xlsx, "MAYOR_CANTIDAD", 3)
    with pytest.raises(ArchivoDemasiadoGrande, match="celdas"):
        leer_libro(lambda _, hoja: hoja.append(["a", "b", "c", "d"]))


COMPARTIDOS = (
    "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>uno</t></si><si>"
    "<r><t xml:space='preserve'>d</t></r><r><t>os</t></r><rPh><t>guía</t></rPh></si></sst>"
)
TEXTOS = "http://purl.oclc.org/ooxml/officeDocument/relationships/sharedStrings"
FILAS = (
    '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    "</sheetData>"
)


@pytest.mark.parametrize(
    ("viejo", "nuevo", "texto"),
    [
        ("", "", "uno\tdos"),
        ('r="A1"', 'r="ZZZZ99999999"', "uno\tdos"),
        ('row r="1"', 'row r="-3"', "uno\tdos"),
        ('r="B1"', 's="99999999999999"', "uno\tdos"),
        ("<v>0</v>", "<v>999</v>", "dos"),
        ("<v>0</v>", "<v/>", "dos"),
        ('t="s"><v>0</v>', "><v>99999999999999999999999999999999999</v>", None),
        ('t="s"><v>0</v>', 't="e"><v>#REF!</v>', "#REF!\tdos"),
        ('t="s"><v>0</v>', 't="str"><f>A2</f><v>de fórmula</v>', "de fórmula\tdos"),
    ],
)
def test_los_textos_compartidos_y_los_atributos_imposibles(
    viejo: str,
    nuevo: str,
    texto: str | None,
    tmp_path: Path,
    leer_libro: Callable[[Llenar], Documento],
):
    leer_libro(lambda *_: None)
    ruta = tmp_path / "matriz.xlsx"
    datos = partes(ruta)
    hoja = datos["xl/worksheets/sheet1.xml"].decode()
    filas = FILAS.replace(viejo, nuevo, 1)
    vacia = re.compile(r"<sheetData ?/>|<sheetData></sheetData>")
    datos["xl/worksheets/sheet1.xml"] = vacia.sub(filas, hoja).encode()
    datos["xl/sharedStrings.xml"] = COMPARTIDOS.encode()
    vinculos = datos["xl/_rels/workbook.xml.rels"].decode()
    nuevo_vinculo = f'<Relationship Id="textos" Type="{TEXTOS}" Target="sharedStrings.xml"/>'
    datos["xl/_rels/workbook.xml.rels"] = vinculos.replace(
        "</Relationships>", f"{nuevo_vinculo}</Relationships>"
    ).encode()
    leido = leer(escribir(ruta, datos)).texto
    assert leido == texto or (texto is None and leido.endswith("\tdos"))


@pytest.mark.oficina
@pytest.mark.skipif(
    oficina.programa("xlsx") is None or not oficina.se_puede_aislar(),
    reason="falta LibreOffice Calc o no se deja encerrar",
)
@pytest.mark.parametrize("formato", ["xls", "ods"])
def test_los_libros_antiguos_se_convierten(
    formato: str, tmp_path: Path, leer_libro: Callable[[Llenar], Documento]
):
    def llenar(_: openpyxl.Workbook, hoja: Worksheet) -> None:
        hoja.append(["Compromiso", "Responsable", "Plazo"])
        hoja.append(["Carretera", "MTC", date(2026, 8, 31)])
        hoja.append(["Puente", None, "30 días"])
        hoja.merge_cells("B2:B3")

    directo = leer_libro(llenar)
    perfil = f"-env:UserInstallation=file://{tmp_path}/perfil"
    orden = ["soffice", "--headless", perfil, "--convert-to", formato, "--outdir", tmp_path]
    subprocess.run([*orden, tmp_path / "matriz.xlsx"], check=True, capture_output=True, timeout=90)
    convertido = leer(tmp_path / f"matriz.{formato}")
    assert celdas(convertido) == celdas(directo)
    assert convertido.origen is not None
    assert convertido.origen.formato == formato


def partes(ruta: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(ruta) as z:
        return {n: z.read(n) for n in z.namelist()}


def escribir(ruta: Path, datos: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(ruta, "w", zipfile.ZIP_DEFLATED) as z:
        for nombre, contenido in datos.items():
            z.writestr(nombre, contenido)
    return ruta
