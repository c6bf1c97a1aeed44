import hashlib
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingesta.compuerta import MAYOR_ARCHIVO, examinar
from ingesta.errores import (
    ArchivoCifrado,
    ArchivoDanado,
    ArchivoDemasiadoGrande,
    ArchivoVacio,
    ContenidoNoPermitido,
    DocPorConvertir,
    ErrorDeIngesta,
    FormatoNoAdmitido,
    OdsPorConvertir,
    VariosDocumentos,
)
from ingesta.lectores import VERSION, leer
from ingesta.paquete import LIMITES, MENOR_BOMBA, Paquete

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
P = "<w:p><w:r><w:t>Acta</w:t></w:r></w:p>"
MARCADO_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
Crear = Callable[..., Path]


@pytest.fixture
def escribir(tmp_path: Path) -> Callable[[bytes, str], Path]:
    def _escribir(datos: bytes, nombre: str = "archivo") -> Path:
        ruta = tmp_path / nombre
        ruta.write_bytes(datos)
        return ruta

    return _escribir


def test_el_formato_se_decide_por_el_contenido(crear_docx: Crear, escribir: Callable[..., Path]):
    docx = crear_docx(P, nombre="foto.jpg")
    assert examinar(docx, "foto.jpg").formato == "docx"
    assert examinar(escribir(b"\n%PDF-1.7\n", "a.docx"), "a.docx").formato == "pdf"
    assert examinar(escribir("Acta de reunión".encode(), "a.exe"), "a.exe").formato == "texto"


def test_el_examen_trae_el_resumen_y_el_tamano(escribir: Callable[..., Path]):
    examen = examinar(escribir(b"hola"), "hola.txt")
    assert examen.bytes == 4
    assert examen.sha256 == hashlib.sha256(b"hola").hexdigest()


@pytest.mark.parametrize(
    ("datos", "dice"),
    [
        (b"GIF89a\x01\0", "imagen GIF"),
        (b"{\\rtf1\\ansi Acta}", "RTF"),
        (b"MZ\x90\0\x03", "programa"),
        (b"\x7fELF\x02", "programa"),
        (b"<!DOCTYPE html><p>Acta</p>", "página web"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "página web"),
        (OLE + "WordDocument".encode("utf-16-le"), "Word 97-2003"),
        (OLE + "Workbook".encode("utf-16-le"), "Excel 97-2003"),
        (OLE, "protegido con contraseña"),
        (b"Rar!\x1a\x07\0", "RAR"),
        (b"PK\x05\x06" + b"\0" * 18, "ZIP"),
        ("reunión".encode("latin-1"), "UTF-8"),
        ("\ufeffreunión".encode("utf-16"), "no es de un PDF"),
        (b"Acta\0\0\x01", "no es de un PDF"),
    ],
)
def test_lo_que_no_se_lee_se_llama_por_su_nombre(
    datos: bytes, dice: str, escribir: Callable[..., Path]
):
    with pytest.raises(FormatoNoAdmitido, match=dice):
        examinar(escribir(datos), "acta.pdf")


@pytest.mark.parametrize(
    ("tipo", "formato"),
    [
        ("application/vnd.oasis.opendocument.text", "odt"),
        ("application/vnd.oasis.opendocument.text-template", "odt"),
    ],
)
def test_un_archivo_de_libreoffice_se_conoce_por_su_tipo(tipo: str, formato: str, tmp_path: Path):
    ruta = tmp_path / "acta.zip"
    with zipfile.ZipFile(ruta, "w") as z:
        z.writestr("mimetype", tipo)
    assert examinar(ruta, ruta.name).formato == formato


def test_los_otros_archivos_de_office_se_distinguen(crear_docx: Crear, tmp_path: Path):
    libro = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert examinar(crear_docx(P, tipo=libro), "acta.docx").formato == "xlsx"
    laminas = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    with pytest.raises(FormatoNoAdmitido, match="PowerPoint"):
        examinar(crear_docx(P, tipo=laminas), "acta.docx")
    ods = tmp_path / "acta.ods"
    with zipfile.ZipFile(ods, "w") as z:
        z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(OdsPorConvertir):
        examinar(ods, ods.name)


def test_los_archivos_que_traen_varias_actas_se_distinguen(
    tmp_path: Path, escribir: Callable[..., Path]
):
    zip_ = tmp_path / "actas.zip"
    with zipfile.ZipFile(zip_, "w") as z:
        z.writestr("acta.txt", "Acta")
    with pytest.raises(VariosDocumentos, match="ZIP"):
        examinar(zip_, zip_.name)
    correo = b"Received: de alguna parte\r\n por otra\r\nFrom: a@ejemplo.test\r\nSubject: Acta\r\n"
    with pytest.raises(VariosDocumentos, match="correo"):
        examinar(escribir(correo + b"Date: hoy\r\n\r\nVa el acta."), "correo.eml")
    parecido = b"Subject: acta\nDate: 12 de mayo\n\nSe acord\xc3\xb3."
    assert examinar(escribir(parecido), "acta.txt").formato == "texto"


def test_un_doc_con_contrasena_pide_guardarlo_sin_ella(escribir: Callable[..., Path]):
    def doc(marcas: int) -> bytes:
        fib = b"\xec\xa5" + b"\0" * 8 + struct.pack("<H", marcas) + b"\0" * 500
        return OLE + fib + "WordDocument".encode("utf-16-le")

    with pytest.raises(ArchivoCifrado):
        examinar(escribir(doc(0x0100)), "acta.doc")
    with pytest.raises(DocPorConvertir):
        examinar(escribir(doc(0x0200)), "acta.doc")


def test_un_docx_con_contrasena_pide_guardarlo_sin_ella(escribir: Callable[..., Path]):
    with pytest.raises(ArchivoCifrado) as error:
        examinar(escribir(OLE + "EncryptedPackage".encode("utf-16-le")), "acta.docx")
    assert "sin protección" in error.value.consejo


def test_un_documento_con_macros_no_se_admite(crear_docx: Crear):
    with pytest.raises(ContenidoNoPermitido, match="macros"):
        examinar(crear_docx(P, tipo="application/vnd.ms-word.document.macroEnabled.main+xml"), "a")


def test_un_archivo_vacio_y_uno_enorme_se_rechazan_sin_leerlos(tmp_path: Path):
    vacio, enorme = tmp_path / "vacio.pdf", tmp_path / "enorme.pdf"
    vacio.touch()
    with enorme.open("wb") as archivo:
        archivo.truncate(MAYOR_ARCHIVO + 1)
    with pytest.raises(ArchivoVacio):
        examinar(vacio, vacio.name)
    with pytest.raises(ArchivoDemasiadoGrande, match="50 MB"):
        examinar(enorme, enorme.name)


@pytest.mark.parametrize("corte", [0.5, -10])
def test_un_docx_cortado_esta_danado(corte: float, crear_docx: Crear):
    ruta = crear_docx(P)
    datos = ruta.read_bytes()
    ruta.write_bytes(datos[: int(corte if corte < 0 else len(datos) * corte)])
    with pytest.raises(ArchivoDanado):
        examinar(ruta, ruta.name)


def test_un_archivo_que_es_pdf_y_zip_a_la_vez_se_rechaza(crear_docx: Crear):
    ruta = crear_docx(P)
    ruta.write_bytes(b"%PDF-1.4\n%%EOF\n" + ruta.read_bytes())
    with pytest.raises(ContenidoNoPermitido, match="a la vez"):
        examinar(ruta, ruta.name)


@pytest.mark.parametrize("codificacion", ["utf-8", "utf-16"])
@pytest.mark.parametrize("parte", ["word/document.xml", "customXml/item1.xml"])
def test_un_dtd_se_rechaza_en_cualquier_parte_y_codificacion(
    parte: str, codificacion: str, crear_docx: Crear
):
    xml = (
        f'<?xml version="1.0" encoding="{codificacion}"?><!DOCTYPE d [<!ENTITY x "hola">]>'
        f"<w:document {MARCADO_W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>"
        "</w:document>"
    )
    with pytest.raises(ContenidoNoPermitido, match="DTD"):
        examinar(crear_docx(P, sueltos={parte: xml.encode(codificacion)}), "acta.docx")


def test_un_comentario_largo_no_esconde_el_dtd(crear_docx: Crear):
    xml = f"<!--{'relleno ' * 20_000}--><!DOCTYPE d><d/>"
    with pytest.raises(ContenidoNoPermitido, match="DTD"):
        examinar(crear_docx(P, sueltos={"customXml/item1.xml": xml}), "acta.docx")


def test_los_limites_del_zip(crear_docx: Crear):
    muchas = {f"word/x{i}.bin": b"" for i in range(LIMITES["partes"].valor)}
    with pytest.raises(ArchivoDemasiadoGrande, match="partes"):
        examinar(crear_docx(P, sueltos=muchas), "acta.docx")
    ceros = b"\0" * (LIMITES["parte"].valor + 1)
    with pytest.raises(ArchivoDemasiadoGrande, match="parte"):
        examinar(crear_docx(P, sueltos={"word/media/a.png": ceros}), "acta.docx")
    fotos = {f"word/media/{i}.bmp": ceros[: 35 * 1024 * 1024] for i in range(3)}
    with pytest.raises(ArchivoDemasiadoGrande, match="al descomprimirlo"):
        examinar(crear_docx(P, sueltos=fotos), "acta.docx")
    with pytest.raises(ContenidoNoPermitido, match="infla"):
        examinar(crear_docx(f"<w:p>{' ' * (MENOR_BOMBA + 1)}</w:p>"), "acta.docx")
    assert examinar(crear_docx(f"<w:p>{' ' * (MENOR_BOMBA // 2)}</w:p>"), "a").formato == "docx"


def test_una_foto_en_blanco_se_comprime_mucho_y_se_admite(crear_docx: Crear):
    ruta = crear_docx(P, sueltos={"word/media/a.bmp": b"\xff" * 10_000_000})
    assert examinar(ruta, ruta.name).formato == "docx"


@pytest.mark.parametrize("nombre", ["../fuera.xml", "/etc/x.xml", "word\\..\\..\\x", "c:/x"])
def test_las_rutas_peligrosas_se_rechazan(nombre: str, crear_docx: Crear):
    with pytest.raises(ContenidoNoPermitido, match="rutas"):
        examinar(crear_docx(P, sueltos={nombre: b"x"}), "acta.docx")


@pytest.mark.parametrize("otra", ["word/document.xml", "Word/Document.XML"])
def test_una_parte_repetida_se_rechaza(otra: str, crear_docx: Crear):
    ruta = crear_docx(P)
    with zipfile.ZipFile(ruta, "a") as z, pytest.warns() if otra == "word/document.xml" else z:
        z.writestr(otra, "<a/>")
    with pytest.raises(ContenidoNoPermitido, match="dos veces"):
        examinar(ruta, ruta.name)


def test_dos_partes_que_comparten_bytes_se_rechazan(crear_docx: Crear):
    datos = crear_docx(P, sueltos={"word/x1.bin": b"a" * 99, "word/x2.bin": b"a" * 99}).read_bytes()
    indice = datos.rfind(b"PK\x01\x02")
    anterior = datos.rfind(b"PK\x01\x02", 0, indice)
    lugar = datos[anterior + 42 : anterior + 46]
    ruta = crear_docx()
    ruta.write_bytes(datos[: indice + 42] + lugar + datos[indice + 46 :])
    with pytest.raises(ContenidoNoPermitido, match="superponen"):
        examinar(ruta, ruta.name)


def test_un_tamano_declarado_que_miente_no_deja_pasar_mas_bytes(crear_docx: Crear):
    cuerpo = f"<w:p><w:r><w:t>{'a' * 3000}</w:t></w:r></w:p>"
    ruta = crear_docx(cuerpo)
    with zipfile.ZipFile(ruta) as z:
        real = z.getinfo("word/document.xml").file_size
    ruta.write_bytes(ruta.read_bytes().replace(struct.pack("<L", real), struct.pack("<L", 900)))
    with pytest.raises(ArchivoDanado):
        leer(ruta)


def test_un_zip_cifrado_pide_guardarlo_sin_contrasena(crear_docx: Crear):
    ruta = crear_docx(P)
    datos = bytearray(ruta.read_bytes())
    datos[datos.rfind(b"PK\x01\x02") + 8] |= 1
    ruta.write_bytes(datos)
    with pytest.raises(ArchivoCifrado):
        examinar(ruta, ruta.name)


def test_demasiados_vinculos_se_rechazan(crear_docx: Crear):
    vinculos = "".join(
        f'<Relationship Id="h{i}" Type="x/hyperlink" Target="http://ejemplo.test/{i * 7919}" '
        'TargetMode="External"/>'
        for i in range(LIMITES["relaciones"].valor + 1)
    )
    with pytest.raises(ArchivoDemasiadoGrande, match="vínculos"):
        leer(crear_docx(P, relaciones=vinculos))


def test_las_entidades_externas_nunca_se_abren(crear_docx: Crear, tmp_path: Path):
    (tmp_path / "secreto.txt").write_text("SECRETO")
    xml = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{tmp_path / "secreto.txt"}">]><d>&x;</d>'
    with pytest.raises(ContenidoNoPermitido):
        leer(crear_docx(documento=xml))


@pytest.mark.parametrize(
    "documento",
    ["<w:document>", f"<w:document {MARCADO_W}/>", "", "\x01"],
)
def test_un_xml_roto_es_un_archivo_danado_y_no_muestra_el_error_interno(
    documento: str, crear_docx: Crear
):
    with pytest.raises(ArchivoDanado) as error:
        leer(crear_docx(sueltos={"word/document.xml": documento}))
    assert "document.xml" not in str(error.value)
    assert "line" not in str(error.value)


@pytest.mark.parametrize(
    "documento",
    ["<a>" * 300 + "</a>" * 300, f"<a b='{' '.join(map(str, range(1_500_000)))}'/>"],
    ids=["hondo", "largo"],
)
def test_un_xml_muy_hondo_o_con_textos_enormes_se_rechaza(documento: str, crear_docx: Crear):
    with pytest.raises(ContenidoNoPermitido, match="encima de lo normal"):
        leer(crear_docx(sueltos={"word/document.xml": documento}))


def test_un_parrafo_o_un_texto_desmedidos_se_rechazan(
    crear_docx: Crear, escribir: Callable[..., Path]
):
    largo = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    assert len(leer(crear_docx(largo.format("acta " * 99_999))).texto) == 499_994
    with pytest.raises(ArchivoDemasiadoGrande, match="más largo"):
        leer(crear_docx(largo.format("acta " * 100_002)))
    with pytest.raises(ArchivoDemasiadoGrande, match="5 MB"):
        leer(escribir(b"acta\n" * 1_100_000))
    with pytest.raises(ArchivoDemasiadoGrande, match="más largo"):
        leer(crear_docx(largo.format("acta " * 90_000) * 12))


def test_sin_su_parte_principal_el_documento_esta_danado(crear_docx: Crear):
    ruta = crear_docx(P)
    salida = io.BytesIO()
    with zipfile.ZipFile(ruta) as viejo, zipfile.ZipFile(salida, "w") as nuevo:
        for parte in viejo.namelist():
            if parte != "word/document.xml":
                nuevo.writestr(parte, viejo.read(parte))
    ruta.write_bytes(salida.getvalue())
    with pytest.raises(ArchivoDanado, match="parte principal"):
        examinar(ruta, ruta.name)


def test_cualquier_byte_cambiado_termina_en_lectura_o_en_error_de_ingesta(crear_docx: Crear):
    ruta = crear_docx(P * 3, numbering='<w:num w:numId="1"/>', header1=P)
    datos = ruta.read_bytes()
    finales: set[str] = set()
    for lugar in range(0, len(datos), 3):
        ruta.write_bytes(datos[:lugar] + bytes([datos[lugar] ^ 0xFF]) + datos[lugar + 1 :])
        try:
            leer(ruta)
            finales.add("leído")
        except ErrorDeIngesta as error:
            finales.add(error.estado)
    assert finales == {"leído", "rechazada", "fallida"}


def test_nada_se_extrae_al_disco(crear_docx: Crear, tmp_path: Path):
    ruta = crear_docx(P)
    with Paquete(ruta) as paquete:
        assert paquete.principal() == "word/document.xml"
    assert [p.name for p in tmp_path.iterdir()] == ["acta.docx"]


def test_el_texto_sin_formato_se_lee_por_lineas(escribir: Callable[..., Path]):
    documento = leer(escribir("\ufeff# ACTA\r\n\r\nSe  acordó\u00a0ya.\r\n".encode(), "acta.md"))
    assert documento.texto == "ACTA\nSe acordó ya."
    assert [b.tipo for b in documento.bloques] == ["titulo", "parrafo"]
    assert documento.origen is not None
    assert (documento.origen.nombre, documento.origen.lector) == ("acta.md", f"texto/{VERSION}")
