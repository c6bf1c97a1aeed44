"""Lo que un DOCX del editor lleva adentro: qué escribió la persona en cada fila y de qué clase es.

Es una parte XML propia del archivo. No se le cree a ciegas: solo dice la clase de un texto que
está igual en el cuerpo, y una persona decide después como con cualquier otra propuesta.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from ingesta.documento import CLASES_DE_REDACTADO, Redactado

ESPACIO: Final = "urn:pe:actas:redactado:1"
"""Espacio de nombres de la parte; el número sube si cambia la forma."""

MAYOR_ITEM, MAS_ITEMS = 5_000, 1_500


def leer_redactados(raiz: etree._Element) -> tuple[Redactado, ...]:
    """Devuelve los ítems de la parte, o nada si no es nuestra; salta lo que no se admite."""
    if raiz.tag != f"{{{ESPACIO}}}redactado":
        return ()
    hallados = (
        Redactado(str(item.get("clase")), " ".join((item.text or "").split()))
        for item in raiz.iterfind(f"{{{ESPACIO}}}item")
    )
    validos = [
        r for r in hallados if r.clase in CLASES_DE_REDACTADO and 0 < len(r.texto) <= MAYOR_ITEM
    ]
    return tuple(validos[:MAS_ITEMS])
