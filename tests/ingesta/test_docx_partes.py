"""Los DOCX incompletos: lo que traen se lee y lo que falta se dice."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingesta.documento import Documento
from ingesta.errores import ContenidoNoPermitido, FormatoNoAdmitido
from ingesta.lectores import leer

Crear = Callable[..., Path]
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ACTA = "<w:p><w:r><w:t>La empresa entregará el informe.</w:t></w:r></w:p>"
FOTO = (
    '<w:p><w:r><w:drawing><a:blip r:embed="foto"/></w:drawing></w:r></w:p>'
    + "<w:p><w:r><w:t>Acuerdo. </w:t></w:r></w:p>" * 40
)


def vinculo(tipo: str, destino: str) -> str:
    return f'<Relationship Id="{destino}" Type="{R}/{tipo}" Target="{destino}"/>'


def sin(ruta: Path, *partes: str) -> Path:
    """Quita partes del paquete."""
    with zipfile.ZipFile(ruta) as z:
        quedan = {n: z.read(n) for n in z.namelist() if n not in partes}
    with zipfile.ZipFile(ruta, "w") as z:
        for nombre, datos in quedan.items():
            z.writestr(nombre, datos)
    return ruta


def codigos(documento: Documento) -> list[tuple[str, bool]]:
    return [(a.codigo, a.pierde) for a in documento.avisos]


def test_una_imagen_sin_tipo_de_contenido_no_estorba(crear_docx: Crear):
    ruta = crear_docx(
        ACTA + FOTO,
        relaciones=vinculo("image", "media/image1.emf"),
        sueltos={"word/media/image1.emf": b"\1\0\0\0"},
    )
    documento = leer(ruta)
    assert documento.texto.startswith("La empresa entregará el informe.\nAcuerdo.")
    assert codigos(documento) == [("imagen_sin_leer", False)]


@pytest.mark.parametrize(
    ("tipo", "dice", "pierde"),
    [
        ("image", "imágenes", False),
        ("styles", "los estilos", False),
        ("numbering", "los números de las listas", True),
        ("footnotes", "notas", True),
        ("header", "encabezados", True),
        ("comments", "comentarios", True),
    ],
)
def test_una_parte_que_falta_se_avisa_y_lo_demas_se_lee(
    tipo: str, dice: str, pierde: bool, crear_docx: Crear
):
    documento = leer(crear_docx(ACTA, relaciones=vinculo(tipo, f"{tipo}.xml")))
    assert documento.texto == "La empresa entregará el informe."
    [aviso] = documento.avisos
    assert (aviso.codigo, aviso.pierde) == ("archivo_reparado", pierde)
    assert dice in aviso.mensaje


def test_lo_que_no_trae_texto_puede_faltar_sin_aviso(crear_docx: Crear):
    vinculos = vinculo("theme", "theme/theme1.xml") + vinculo("customXml", "item1.xml")
    assert leer(crear_docx(ACTA, relaciones=vinculos)).avisos == ()


@pytest.mark.parametrize(
    "partes",
    [
        ["[Content_Types].xml"],
        ["_rels/.rels"],
        ["[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"],
    ],
)
def test_sin_sus_listas_internas_el_texto_se_lee(partes: list[str], crear_docx: Crear):
    documento = leer(sin(crear_docx(ACTA), *partes))
    assert documento.texto == "La empresa entregará el informe."
    sin_tipos = "[Content_Types].xml" in partes
    assert codigos(documento) == ([("archivo_reparado", False)] if sin_tipos else [])


def test_sin_lista_de_tipos_las_macros_tampoco_pasan(crear_docx: Crear):
    ruta = crear_docx(ACTA, sueltos={"word/vbaProject.bin": b"x"})
    with pytest.raises(ContenidoNoPermitido, match="macros"):
        leer(sin(ruta, "[Content_Types].xml"))


def test_un_paquete_sin_nada_de_word_no_es_un_acta(crear_docx: Crear):
    ruta = crear_docx(ACTA, sueltos={"ppt/presentation.xml": "<p/>"})
    with pytest.raises(FormatoNoAdmitido):
        leer(sin(ruta, "_rels/.rels", "word/document.xml"))


def test_los_comentarios_se_citan(crear_docx: Crear):
    comentario = "<w:comment w:id='{0}'><w:p><w:r><w:t>¿Va {0}?</w:t></w:r></w:p></w:comment>"
    documento = leer(crear_docx(ACTA, comments="".join(comentario.format(i) for i in range(7))))
    [aviso] = documento.avisos
    assert "(7)" in aviso.mensaje
    assert "«¿Va 0?»; «¿Va 1?»" in aviso.mensaje
    assert "¿Va 5?" not in aviso.mensaje
    assert "Va" not in documento.texto
