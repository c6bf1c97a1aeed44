"""Lo que rige en esta instalación según sus ajustes: las reglas y el analizador que las aplica."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from api.ajustes import leer_ajustes
from lineamientos import juego
from lineamientos.acta import ReglaDeActa, reglas_de_acta
from lineamientos.regla import Regla
from registro.errores import BaseNoDisponible

BITACORA = logging.getLogger(__name__)

if TYPE_CHECKING:
    from lineamientos.analisis import Analizador, Lector


def reglas_vigentes() -> tuple[Regla, ...]:
    """Devuelve las reglas, en orden de código; levanta `ReglaInvalida` si una no se admite."""
    return juego.cargar_reglas(leer_ajustes().reglas)


def regla_vigente(codigo: str) -> Regla | ReglaDeActa:
    """Devuelve la regla de ese código, de ítem o de acta.

    Levanta `ReglaDesconocida` si no existe.
    """
    for regla in reglas_de_acta():
        if regla.codigo == codigo.strip().upper():
            return regla
    return juego.buscar_regla(codigo, leer_ajustes().reglas)


def analizador_vigente(lector: Lector | None = None, recuerda: int = 0) -> Analizador:
    """Carga los modelos y las reglas que dicen los ajustes; `lector`, cómo se abre un archivo.

    `recuerda` es de cuántos textos se guarda lo leído (vea `nlp.tuberia.Tuberia`).

    spaCy y los modelos se importan aquí, y no antes: quien llama suele ser un proceso hijo.
    """
    from ingesta.lectores import leer
    from lineamientos.analisis import crear_analizador

    ajustes = leer_ajustes()
    _poner_catalogos(ajustes.url_de_base)
    return crear_analizador(lector or leer, ajustes.lengua, ajustes.reglas, recuerda)


def _poner_catalogos(url: str) -> None:
    """Pone en uso los catálogos propios de la oficina; si la base no responde, los del programa."""
    from registro.catalogos_en_uso import poner_en_uso_de

    try:
        poner_en_uso_de(url)
    except BaseNoDisponible as error:
        BITACORA.warning("catálogos propios sin leer: %s", error)
