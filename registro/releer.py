"""Un compromiso tal como volvería de su propia matriz: así, volver a importarla no cambia nada."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from registro.anexos import COLUMNAS, en_la_celda
from registro.compromiso import Compromiso
from registro.hojas import limpio
from registro.matrices import campo_de, entender
from registro.tablas import para_buscar

_CAMPOS: Final = {campo: columna for columna in COLUMNAS if (campo := campo_de(columna.titulo))}


def como_se_lee(compromiso: Compromiso) -> Mapping[str, Any]:
    """Devuelve los valores que se leerían de la fila de ese compromiso en el Anexo 2."""
    cruda = {campo: en_la_celda(columna.valor(compromiso)) for campo, columna in _CAMPOS.items()}
    return entender(0, cruda).valores


def descripcion_como_se_lee(compromiso: Compromiso) -> str:
    """Devuelve su descripción como se leería, ya lista para comparar."""
    return para_buscar(limpio(en_la_celda(_CAMPOS["descripcion"].valor(compromiso))) or "")
