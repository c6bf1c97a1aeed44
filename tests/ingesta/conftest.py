"""Fabrica archivos DOCX a partir de su XML y escaneos de las actas de ejemplo."""

from __future__ import annotations

import importlib
import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingesta.documento import Bloque, Documento
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


def _fallas(documento: Documento) -> Iterator[str]:
    """Produce lo que un documento leído no cumple; todo lector y todo archivo deben cumplirlo."""
    texto, paginas = documento.texto, {p.numero: p for p in documento.paginas}
    if list(paginas) != list(range(1, len(documento.paginas) + 1)):
        yield "páginas mal numeradas"
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t" for c in texto):
        yield "caracteres de control en el texto"
    fin = -1
    for bloque in documento.bloques:
        if bloque.tramo.inicio != fin + 1 or (fin >= 0 and texto[fin] not in "\n\t"):
            yield f"bloque fuera de lugar en {bloque.tramo}"
        fin = bloque.tramo.fin
        if not documento.fragmento(bloque.tramo).strip():
            yield f"bloque vacío en {bloque.tramo}"
        yield from _fallas_de_renglones(documento, bloque)
    if documento.bloques and fin != len(texto):
        yield "texto que no es de ningún bloque"
    llenas = {r.caja.pagina for b in documento.bloques for r in b.renglones if r.caja}
    avisadas = {a.pagina for a in documento.avisos}
    for numero in paginas.keys() - llenas - avisadas:
        yield f"la página {numero} quedó vacía y nadie lo dice"
    for aviso in documento.avisos:
        if aviso.pagina is not None and aviso.pagina not in paginas:
            yield f"aviso de la página {aviso.pagina}, que no existe"
        if not aviso.mensaje or not aviso.consejo or (aviso.tramo and aviso.tramo.fin > len(texto)):
            yield f"aviso {aviso.codigo} incompleto"


def _fallas_de_renglones(documento: Documento, bloque: Bloque) -> Iterator[str]:
    paginas = {p.numero: p for p in documento.paginas}
    desde = bloque.tramo.inicio
    for renglon in bloque.renglones:
        if renglon.tramo.inicio < desde or not bloque.tramo.contiene(renglon.tramo):
            yield f"renglón fuera de lugar en {renglon.tramo}"
        desde = renglon.tramo.fin
        dichas = " ".join(documento.fragmento(p.tramo) for p in renglon.palabras)
        if renglon.palabras and dichas != documento.fragmento(renglon.tramo):
            yield f"palabras que no forman su renglón en {renglon.tramo}"
        for lugar in (renglon, *renglon.palabras):
            caja, confianza = lugar.caja, lugar.confianza
            if confianza is not None and not 0 <= confianza <= 1:
                yield f"confianza {confianza} en {lugar.tramo}"
            if caja is None:
                continue
            pagina = paginas.get(caja.pagina)
            if pagina is None or not (
                0 <= caja.x0 < caja.x1 <= pagina.ancho
                and 0 <= caja.arriba < caja.abajo <= pagina.alto
            ):
                yield f"caja fuera de la página: {caja}"
            elif confianza is not None and not pagina.con_ocr:
                yield f"confianza en la página {caja.pagina}, que no se reconoció"
    if desde != bloque.tramo.fin:
        yield f"renglones que no llegan al final de {bloque.tramo}"


@pytest.fixture(scope="session")
def fallas() -> Callable[[Documento], list[str]]:
    """Devuelve `fallas(documento)`: las invariantes de todo documento leído que este no cumple."""
    return lambda documento: list(_fallas(documento))


@pytest.fixture(scope="session")
def fabrica() -> ModuleType:
    """El módulo que hace escaneos de las actas de ejemplo."""
    return importlib.import_module("escanear")


@pytest.fixture
def escanear(fabrica: ModuleType, ejemplos: Path, tmp_path: Path) -> Callable[..., Path]:
    """Devuelve `escanear(acta, condicion)`, que hace el escaneo y da su ruta."""

    def _escanear(acta: str, condicion: str) -> Path:
        ruta = tmp_path / acta
        fabrica.escanear(ejemplos / acta, fabrica.CONDICIONES[condicion], ruta)
        return ruta

    return _escanear


@pytest.fixture
def pdf_de_imagen(tmp_path: Path) -> Callable[..., Path]:
    """Devuelve `pdf_de_imagen(pagina, encima)`: un PDF de una hoja con la imagen de lado a lado.

    `encima` recibe el lienzo y dibuja sobre la imagen.
    """

    def hacer(pagina: Image.Image, encima: Callable[[Canvas], None] | None = None) -> Path:
        png = io.BytesIO()
        pagina.save(png, "PNG")
        ruta = tmp_path / "acta.pdf"
        lienzo = Canvas(str(ruta), pagesize=A4, invariant=1)
        lienzo.drawImage(ImageReader(png), 0, 0, *A4)
        if encima:
            encima(lienzo)
        lienzo.save()
        return ruta

    return hacer
