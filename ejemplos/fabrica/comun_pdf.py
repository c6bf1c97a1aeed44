"""Piezas comunes de las actas de ejemplo en PDF: lienzo, sílabas y paso por LibreOffice."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

from docx.document import Document
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, PageTemplate, Paragraph

GUION_BLANDO = "\u00ad"
_VOCAL = "[aeiouáéíóúü]"
_CONSONANTE = "[bcdfghjklmnñpqrstvxyz]"
_GRUPO = "(?:[bcdfgpt]r|[bcfgp]l|ch|ll|rr|qu|gu)"
_SILABA = re.compile(
    rf"{_VOCAL}(?:(?!{_GRUPO}){_CONSONANTE})?(?=(?:{_GRUPO}|{_CONSONANTE}){_VOCAL})"
)
_PALABRA = re.compile(r"(?<![-\w])[a-záéíóúüñ]{7,}(?![-\w])")


def silabear(texto: str) -> str:
    """Devuelve `texto` con guiones blandos entre las sílabas de las palabras largas.

    Deja sin partir las dos primeras y las dos últimas letras, como hace un procesador de textos.
    """

    def partir(palabra: re.Match[str]) -> str:
        letras = palabra.group()
        cortes = [m.end() for m in _SILABA.finditer(letras) if 2 <= m.end() <= len(letras) - 2]
        limites = [0, *cortes, len(letras)]
        return GUION_BLANDO.join(letras[a:b] for a, b in pairwise(limites))

    return _PALABRA.sub(partir, texto)


def registrar_vera() -> None:
    """Registra la familia Vera que trae reportlab, para actas con tipo de letra incrustado."""
    for nombre, archivo in (("Vera", "Vera.ttf"), ("Vera-Negrita", "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(nombre, archivo))
    pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="Vera-Negrita")


def estilo(fuente: str, cuerpo: float, **otros: object) -> ParagraphStyle:
    """Devuelve un estilo de párrafo justificado; `otros` son propiedades de reportlab."""
    propiedades: dict[str, object] = {
        "fontName": fuente,
        "fontSize": cuerpo,
        "leading": cuerpo * 1.3,
        "alignment": TA_JUSTIFY,
        "spaceAfter": cuerpo * 0.6,
    }
    return ParagraphStyle(f"{fuente}-{cuerpo}", **(propiedades | otros))


def centrado(fuente: str, cuerpo: float, **otros: object) -> ParagraphStyle:
    """Devuelve un estilo centrado, para títulos."""
    return estilo(fuente, cuerpo, **({"alignment": TA_CENTER} | otros))


def parrafos(textos: Iterable[str], con: ParagraphStyle) -> list[Flowable]:
    """Convierte cada texto en un párrafo con el estilo dado."""
    return [Paragraph(texto, con) for texto in textos]


def lienzo_con_total(adornar: Callable[[Canvas, int, int], None]) -> type[Canvas]:
    """Devuelve un lienzo que llama a `adornar(lienzo, pagina, total)` en cada página.

    Las páginas se guardan hasta el final, porque «Página 1 de 4» no se sabe antes.
    """

    class LienzoConTotal(Canvas):
        def __init__(self, *argumentos: object, **opciones: object) -> None:
            super().__init__(*argumentos, **opciones)
            self.guardadas: list[dict[str, object]] = []

        def showPage(self) -> None:
            self.guardadas.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            guardadas = self.guardadas
            for numero, pagina in enumerate(guardadas, 1):
                self.__dict__.update(pagina)
                adornar(self, numero, len(guardadas))
                super().showPage()
            super().save()

    return LienzoConTotal


def componer(
    destino: Path,
    plantillas: list[PageTemplate],
    historia: list[Flowable],
    titulo: str,
    tamano: tuple[float, float],
    lienzo: Callable[..., Canvas] = Canvas,
) -> None:
    """Escribe el PDF en `destino`, con los mismos bytes cada vez."""
    documento = BaseDocTemplate(
        str(destino), pagesize=tamano, pageTemplates=plantillas, title=titulo, invariant=1
    )
    documento.build(historia, canvasmaker=lienzo)


def exportar_con_libreoffice(documento: Document, destino: Path) -> None:
    """Convierte a PDF un DOCX recién armado; sin LibreOffice deja `destino` como esté y lo dice.

    La fecha de creación y los identificadores del archivo se fijan, para que no cambien de una
    fabricación a otra.
    """
    soffice = shutil.which("soffice")
    if soffice is None:
        print(f"LibreOffice no está instalado: {destino.name} no se vuelve a fabricar.")
        return
    with tempfile.TemporaryDirectory() as carpeta:
        origen = Path(carpeta) / destino.with_suffix(".docx").name
        documento.save(str(origen))
        orden = [soffice, "--headless", f"-env:UserInstallation=file://{carpeta}/perfil"]
        orden += ["--convert-to", "pdf", "--outdir", carpeta, str(origen)]
        subprocess.run(orden, check=True, capture_output=True, timeout=180)  # noqa: S603
        datos = origen.with_suffix(".pdf").read_bytes()
    datos = re.sub(rb"(?<=D:)\d{14}", b"20260101000000", datos)
    datos = re.sub(rb"(?<=<)[0-9A-F]{32}(?=>)", b"0" * 32, datos)
    datos = re.sub(rb"(?<=/DocChecksum /)[0-9A-F]{32}", b"0" * 32, datos)
    destino.write_bytes(datos)
