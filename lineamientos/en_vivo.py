"""Revisión mientras se escribe: párrafo por párrafo, con reemplazos listos para aplicar.

La usan el editor y el servidor del protocolo de LanguageTool. Un párrafo se juzga con lo que él
dice y, si se conoce, con la cabecera del acta (fecha, lugar, participantes).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ingesta.documento import Documento
from lineamientos import serie, serie_smart
from lineamientos.analisis import Analizador
from lineamientos.contrato import ItemJson
from lineamientos.contrato_smart import HallazgoJson
from lineamientos.hallazgo import Revision
from lineamientos.reemplazos import reemplazos
from nlp.acta_analizada import DatosDelActa
from nlp.contexto import Contexto
from nlp.oraciones import partir
from nlp.propuesta import Clase, Propuesta, Seccion

DISCREPA: float = 0.9
"""Puntaje desde el que se dice que el texto parece de otra clase que la elegida."""

SECCION_DE: dict[Clase, Seccion] = {
    Clase.PEDIDO: Seccion.PEDIDOS,
    Clase.COMPROMISO: Seccion.ACUERDOS,
    Clase.TAREA: Seccion.TAREAS,
}
"""Sección del acta en que va cada clase."""


class HallazgoConReemplazosJson(HallazgoJson):
    """Un hallazgo con los textos que pueden ir en su lugar exacto."""

    reemplazos: list[str]


class ItemVivoJson(ItemJson):
    """Un ítem recién escrito: `hallazgos` lleva reemplazos.

    `parece` es la clase que el modelo ve con certeza cuando no es la elegida, o None.
    """

    marcas: list[HallazgoConReemplazosJson]
    parece: str | None


class OracionJson(NamedTuple):
    """Tramo de una oración, en caracteres."""

    inicio: int
    fin: int


class EnVivo:
    """Revisa textos sueltos; de una llamada a otra solo recuerda las últimas cabeceras."""

    def __init__(self, analizador: Analizador) -> None:
        self._tuberia, self._revisor = analizador.tuberia, analizador.revisor
        self._cabecera = lru_cache(maxsize=16)(self._leer_cabecera)

    def texto(self, texto: str) -> list[ItemVivoJson]:
        """Revisa un texto cualquiera: busca sus ítems como en un acta.

        Los tramos son posiciones en `texto`.
        """
        documento = Documento.desde_texto(texto)
        acta = self._tuberia.analizar(documento)
        return [self._item(documento, p, acta.datos) for p in acta.propuestas]

    def item(self, texto: str, clase: str, cabecera: str = "") -> ItemVivoJson:
        """Revisa un ítem del que la persona ya dijo la clase («pedido», «compromiso», «tarea»).

        `cabecera` es el comienzo del acta como texto: de él salen fecha, lugares y participantes.
        """
        elegida = Clase(clase)
        datos, contexto = self._cabecera(cabecera)
        documento, propuesta = self._tuberia.proponer(
            texto, seccion=SECCION_DE[elegida], contexto=contexto, clase=elegida
        )
        return self._item(documento, propuesta, datos)

    def _leer_cabecera(self, texto: str) -> tuple[DatosDelActa, Contexto]:
        documento = Documento.desde_texto(texto)
        datos = self._tuberia.datos_de(documento)
        return datos, self._tuberia.contexto_de(documento, datos)

    def _item(
        self, documento: Documento, propuesta: Propuesta, datos: DatosDelActa
    ) -> ItemVivoJson:
        revision = self._revisor.revisar(documento, propuesta, datos)
        return {
            **serie.item(documento, propuesta, revision),
            "marcas": _marcas(documento, propuesta, revision),
            "parece": _parece(propuesta),
        }


def oraciones(texto: str) -> list[OracionJson]:
    """Devuelve las oraciones de un texto de uno o más párrafos."""
    halladas: list[OracionJson] = []
    inicio = 0
    for parrafo in texto.split("\n"):
        halladas += [OracionJson(inicio + t.inicio, inicio + t.fin) for t in partir(parrafo)]
        inicio += len(parrafo) + 1
    return halladas


def _marcas(
    documento: Documento, propuesta: Propuesta, revision: Revision
) -> list[HallazgoConReemplazosJson]:
    redaccion = revision.propuesta_de_redaccion
    return [
        {
            **serie_smart.hallazgo(h),
            "reemplazos": list(reemplazos(documento, propuesta, h, redaccion)),
        }
        for h in revision.hallazgos
    ]


def _parece(propuesta: Propuesta) -> str | None:
    probabilidades = propuesta.clasificacion.probabilidades
    if not probabilidades:
        return None
    otra = max(probabilidades, key=lambda c: probabilidades[c])
    segura = probabilidades[otra] >= DISCREPA
    return otra.value if segura and otra is not propuesta.clase else None
