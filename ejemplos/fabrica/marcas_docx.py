"""Partes de un DOCX que python-docx no sabe escribir, como XML según ECMA-376 parte 1.

Cambios controlados, comentarios con fecha fija, notas al pie, controles de contenido y cuadros de texto.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from comun_docx import elemento, escribir, parrafo, tramo
from docx.document import Document as Documento
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

REVISOR = {"w:author": "Asesoría legal", "w:date": "2026-07-02T16:05:00Z"}
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


class Revision:
    """Escribe cambios controlados; cada marca lleva su número y siempre la misma fecha."""

    def __init__(self) -> None:
        self.cuenta = 0

    def marca(self, etiqueta: str, *hijos: etree._Element) -> etree._Element:
        """Crea `w:ins` o `w:del` con autor y fecha."""
        self.cuenta += 1
        return elemento(etiqueta, *hijos, **{"w:id": str(self.cuenta), **REVISOR})

    def escribir(self, p: Paragraph, texto: str) -> Paragraph:
        """Añade texto donde `[+…+]` es lo insertado, `[-…-]` lo borrado y `**` la negrita."""
        for trozo in re.split(r"(\[\+.*?\+\]|\[-.*?-\])", texto):
            if trozo.startswith("[+"):
                p._p.append(self.marca("w:ins", tramo(trozo[2:-2])))
            elif trozo.startswith("[-"):
                p._p.append(self.marca("w:del", tramo(trozo[2:-2], "w:delText")))
            else:
                escribir(p, trozo)
        return p

    def parrafo(self, doc: Documento, etiqueta: str, texto: str) -> None:
        """Añade un párrafo entero insertado (`w:ins`) o borrado (`w:del`), con su marca de fin."""
        p = parrafo(doc)
        p._p.get_or_add_pPr().append(elemento("w:rPr", self.marca(etiqueta)))
        p._p.append(
            self.marca(etiqueta, tramo(texto, "w:t" if etiqueta == "w:ins" else "w:delText"))
        )


def comentar(doc: Documento, p: Paragraph, texto: str) -> None:
    """Cuelga de un párrafo un comentario al margen, con fecha fija."""
    comentario = doc.add_comment(p.runs, texto, author=REVISOR["w:author"], initials="AL")
    comentario._comment_elm.set(qn("w:date"), REVISOR["w:date"])


def agregar_notas(doc: Documento, notas: Sequence[str]) -> None:
    """Crea la parte de notas al pie; la nota n se llama con `llamar_nota(p, n)`."""
    partes = [
        "".join(
            f'<w:footnote w:type="{tipo}" w:id="{n}"><w:p><w:r><w:{tipo}/></w:r></w:p></w:footnote>'
            for n, tipo in ((-1, "separator"), (0, "continuationSeparator"))
        )
    ]
    for n, nota in enumerate(notas, 1):
        marca = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        partes.append(
            f'<w:footnote w:id="{n}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>{marca}<w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:t xml:space="preserve"> {nota}</w:t></w:r></w:p></w:footnote>'
        )
    tipo = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    cuerpo = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {W}>{"".join(partes)}</w:footnotes>'
    parte = Part(PackURI("/word/footnotes.xml"), tipo, cuerpo.encode(), doc.part.package)
    doc.part.relate_to(parte, RELATIONSHIP_TYPE.FOOTNOTES)


def llamar_nota(p: Paragraph, numero: int) -> None:
    """Añade la llamada a una nota al pie."""
    formato = elemento("w:rPr", elemento("w:vertAlign", **{"w:val": "superscript"}))
    p._p.append(elemento("w:r", formato, elemento("w:footnoteReference", **{"w:id": str(numero)})))


def control(nombre: str, *contenido: etree._Element) -> etree._Element:
    """Crea un control de contenido (`w:sdt`): de bloque si lleva párrafos, en línea si lleva tramos."""
    propiedades = elemento(
        "w:sdtPr", elemento("w:alias", **{"w:val": nombre}), elemento("w:tag", **{"w:val": nombre})
    )
    return elemento("w:sdt", propiedades, elemento("w:sdtContent", *contenido))


def cuadro_de_texto(
    p: Paragraph, renglones: Iterable[str], *, ancho_cm: float, alto_cm: float, numero: int
) -> None:
    """Cuelga de un párrafo un cuadro de texto en línea, con su copia VML para lectores antiguos.

    El mismo texto queda dos veces en el XML (`mc:Choice` y `mc:Fallback`): debe leerse una sola vez.
    """
    cuerpo = "".join(
        f'<w:p><w:pPr><w:spacing w:after="20"/></w:pPr><w:r><w:t xml:space="preserve">{r}</w:t></w:r></w:p>'
        for r in renglones
    )
    cx, cy = int(ancho_cm * 360000), int(alto_cm * 360000)
    forma = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln w="9525"><a:solidFill><a:srgbClr val="555555"/></a:solidFill></a:ln>'
    p._p.append(
        parse_xml(
            f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
            ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
            ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
            ' xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
            f'<wp:docPr id="{numero}" name="Cuadro de texto {numero}"/><a:graphic>'
            '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
            f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>{forma}</wps:spPr>'
            f"<wps:txbx><w:txbxContent>{cuerpo}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
            f'</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="width:{ancho_cm}cm;height:{alto_cm}cm">'
            f"<v:textbox><w:txbxContent>{cuerpo}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
