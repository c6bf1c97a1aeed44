"""Fabrica archivos DOCX de prueba a partir de su XML."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingesta.documento import Documento
from ingesta.lectores import leer

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W_ESTRICTO = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PAQUETE = "http://schemas.openxmlformats.org/package/2006"
ESPACIOS = (
    f'xmlns:w="{{w}}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
RAICES = {"header": "hdr", "footer": "ftr"}
TIPO_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.fixture
def crear_docx(tmp_path: Path) -> Callable[..., Path]:
    """Devuelve `crear(cuerpo, numbering="…", header1="…")`, que escribe un DOCX y da su ruta.

    Cada parte extra va en `word/<nombre>.xml` y su vínculo se llama como ella. `relaciones` agrega
    vínculos ya escritos y `sueltos`, partes enteras por su ruta en el ZIP.
    """

    def crear(
        cuerpo: str = "",
        *,
        nombre: str = "acta.docx",
        tipo: str = TIPO_DOCX,
        documento: str | bytes | None = None,
        relaciones: str = "",
        sueltos: dict[str, str | bytes] | None = None,
        estricto: bool = False,
        **partes: str,
    ) -> Path:
        espacios = ESPACIOS.format(w=W_ESTRICTO if estricto else W)
        archivos: dict[str, str | bytes] = {
            "[Content_Types].xml": f'<Types xmlns="{PAQUETE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{tipo}"/></Types>',
            "_rels/.rels": _vinculos(
                f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/>'
            ),
            "word/document.xml": documento
            or f"<w:document {espacios}><w:body>{cuerpo}</w:body></w:document>",
        }
        for parte, contenido in partes.items():
            clase = parte.rstrip("0123456789")
            raiz = RAICES.get(clase, clase)
            archivos[f"word/{parte}.xml"] = f"<w:{raiz} {espacios}>{contenido}</w:{raiz}>"
            relaciones += f'<Relationship Id="{parte}" Type="{R}/{clase}" Target="{parte}.xml"/>'
        archivos["word/_rels/document.xml.rels"] = _vinculos(relaciones)
        ruta = tmp_path / nombre
        with zipfile.ZipFile(ruta, "w", zipfile.ZIP_DEFLATED) as z:
            for parte, datos in (archivos | (sueltos or {})).items():
                z.writestr(parte, datos)
        return ruta

    return crear


@pytest.fixture
def leer_docx(crear_docx: Callable[..., Path]) -> Callable[..., Documento]:
    """Devuelve `leer_docx(cuerpo, **partes)`: escribe el DOCX y lo lee."""
    return lambda *cuerpo, **partes: leer(crear_docx(*cuerpo, **partes))


def _vinculos(vinculos: str) -> str:
    return f'<Relationships xmlns="{PAQUETE}/relationships">{vinculos}</Relationships>'
