"""Extractores de campos. Para sumar uno: un módulo aquí y una línea en `EXTRACTORES`."""

from collections.abc import Callable
from typing import Any

from nlp.componentes import accion, cantidad, clausula, codigo, entidad, lugar, monto, plazo
from nlp.contexto import Contexto

Extractor = Callable[[str, Contexto], Any]

EXTRACTORES: dict[str, Extractor] = {
    "responsable": entidad.responsables,
    "colaboradores": entidad.colaboradores,
    "accion": accion.extraer,
    "cantidad": cantidad.extraer,
    "plazo": plazo.extraer,
    "lugares": lugar.extraer,
    "codigo_snip": codigo.snip,
    "codigo_unificado": codigo.unificado,
    "monto": monto.extraer,
    "financiamiento": clausula.financiamiento,
    "condicion": clausula.condicion,
    "verificacion": clausula.verificacion,
}
"""Cada clave es un campo de `Campos`; los tramos que devuelven son de `Documento.texto`."""
