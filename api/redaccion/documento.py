"""El acta en Word: se lee e imprime bien, y lleva adentro la clase de cada ítem.

`plantilla.docx` da la forma (la fabrica `scripts/plantilla_del_acta.py`) y docxtpl la llena. La
parte XML propia (`redactado`) guarda lo que la persona escribió en cada fila: cuando el archivo
vuelve, lo que sigue igual se reconoce tal cual y lo que cambió se analiza de nuevo
(`docs/redactar.md`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE as RELACION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docxtpl import DocxTemplate

from api.redaccion.cabecera import datos_escritos, lineas, titulo_de
from ingesta.redactado import ESPACIO
from registro.borradores import LISTAS, TEXTOS

PLANTILLA: Final = Path(__file__).with_name("plantilla.docx")
_ID: Final = "{5B3C9C0E-6A57-4F0B-9A55-3D1C2A5E7A01}"


def a_docx(contenido: Mapping[str, Any], cuando: datetime | None = None) -> bytes:
    """Devuelve el acta de un borrador; lo que está vacío no deja un título sin nada debajo.

    `cuando` es la fecha que lleva el archivo; sin ella, ahora.
    """
    datos = contenido["datos"]
    filas = {lista: textos_de(contenido[lista]) for lista in LISTAS}
    titulo = _imprimible(titulo_de(datos))
    plantilla = DocxTemplate(PLANTILLA)
    plantilla.render(
        {
            "titulo": titulo,
            "datos": [(rotulo, _imprimible(valor)) for rotulo, valor in datos_escritos(datos)],
            **{nombre: _imprimibles(lineas(contenido[nombre])) for nombre in TEXTOS},
            **{lista: _imprimibles(textos) for lista, textos in filas.items()},
        },
        autoescape=True,
    )
    word: Word = plantilla.docx
    propiedades = word.core_properties
    propiedades.title = titulo[:255]
    propiedades.created = propiedades.modified = cuando or datetime.now(UTC)
    _guardar_datos(word, filas)
    memoria = BytesIO()
    plantilla.save(memoria)
    return memoria.getvalue()


def textos_de(items: Sequence[Mapping[str, str]]) -> list[str]:
    """Devuelve el texto de cada ítem escrito, en una línea."""
    return [limpio for item in items if (limpio := " ".join(item["texto"].split()))]


def _guardar_datos(word: Word, filas: Mapping[str, Sequence[str]]) -> None:
    """Agrega la parte XML propia con su ficha, que LibreOffice exige para conservarla."""
    items = "".join(
        f'<item clase="{LISTAS[lista]}">{escape(_imprimible(texto))}</item>'
        for lista, textos in filas.items()
        for texto in textos
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><redactado xmlns="{ESPACIO}">{items}</redactado>'
    ficha = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?><ds:datastoreItem '
        f'ds:itemID="{_ID}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'customXml"><ds:schemaRefs><ds:schemaRef ds:uri="{ESPACIO}"/></ds:schemaRefs>'
        "</ds:datastoreItem>"
    )
    paquete = word.part.package
    parte = Part(PackURI("/customXml/item8.xml"), "application/xml", xml.encode(), paquete)
    tipo = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    propiedades = Part(PackURI("/customXml/itemProps8.xml"), tipo, ficha.encode(), paquete)
    parte.relate_to(propiedades, RELACION.CUSTOM_XML_PROPS)
    word.part.relate_to(parte, RELACION.CUSTOM_XML)


def _imprimibles(textos: Sequence[str]) -> list[str]:
    return [_imprimible(texto) for texto in textos]


def _imprimible(texto: str) -> str:
    """Quita lo que XML no admite: caracteres de control salvo el salto y el tabulador."""
    return "".join(c for c in texto if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
