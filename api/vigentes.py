"""Lo que rige en esta instalación según sus ajustes: las reglas y el analizador que las aplica."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.ajustes import leer_ajustes
from lineamientos import juego
from lineamientos.regla import Regla

if TYPE_CHECKING:
    from lineamientos.analisis import Analizador, Lector


def reglas_vigentes() -> tuple[Regla, ...]:
    """Devuelve las reglas, en orden de código; levanta `ReglaInvalida` si una no se admite."""
    return juego.cargar_reglas(leer_ajustes().reglas)


def regla_vigente(codigo: str) -> Regla:
    """Devuelve la regla de ese código; levanta `ReglaDesconocida` si no existe."""
    return juego.buscar_regla(codigo, leer_ajustes().reglas)


def analizador_vigente(lector: Lector | None = None) -> Analizador:
    """Carga los modelos y las reglas que dicen los ajustes; `lector`, cómo se abre un archivo.

    spaCy y los modelos se importan aquí, y no antes: quien llama suele ser un proceso hijo.
    """
    from ingesta.lectores import leer
    from lineamientos.analisis import crear_analizador

    ajustes = leer_ajustes()
    return crear_analizador(lector or leer, ajustes.lengua, ajustes.reglas)
