"""Los campos de una oración suelta, sin clasificarla ni buscar su acta."""

from __future__ import annotations

from nlp.acta_analizada import DatosDelActa
from nlp.componentes import EXTRACTORES
from nlp.contexto import Contexto
from nlp.propuesta import Campos


def campos_de(texto: str, datos: DatosDelActa) -> Campos:
    """Lee los campos del texto con la fecha y los lugares del acta; los tramos son de `texto`."""
    contexto = Contexto(fecha_acta=datos.dia, lugares=datos.lugar.lugares if datos.lugar else ())
    return Campos(**{nombre: extraer(texto, contexto) for nombre, extraer in EXTRACTORES.items()})
