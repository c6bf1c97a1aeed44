"""Lee los campos de un ítem: de su texto, de su encabezado y de las celdas de su fila.

Cada texto se lee como si empezara en cero y lo hallado se corre después a su lugar: así lo leído de
una oración que no cambió vale aunque el acta se haya movido (`nlp.memoria`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ingesta.documento import Documento, Tramo
from nlp.cambio import correr
from nlp.componentes import EXTRACTORES, Extractor, entidad, entidad_sintaxis, lugar, plazo
from nlp.contexto import Contexto
from nlp.memoria import Recordar
from nlp.propuesta import Campos, Entidad, Seccion
from nlp.respuestas import quien_responde
from nlp.segmentos import Unidad

if TYPE_CHECKING:
    from nlp.lengua.carga import Lengua

_DE_CELDA: Mapping[str, tuple[str, Extractor]] = {
    "responsable": ("responsable", entidad.de_celda),
    "colaborador": ("colaboradores", entidad.de_celda),
    "plazo": ("plazo", plazo.de_celda),
}
"""Columna → campo que se lee de ella; gana a lo que diga el texto. Los pedidos no los llevan."""

_DEL_ENCABEZADO = ("responsable", "colaboradores", "plazo", "lugares")
"""Lo que dice el encabezado de una lista vale para cada inciso que no lo diga."""


class LectorDeCampos:
    """Lee los campos; `lengua` da el análisis sintáctico y se llama si hace falta."""

    def __init__(self, lengua: Callable[[], Lengua], recordar: Recordar) -> None:
        self._lengua = lengua
        self._extraido = recordar(_extraer)
        self._sintaxis = recordar(self._por_sintaxis)

    def leer(self, documento: Documento, unidad: Unidad, contexto: Contexto) -> Campos:
        """Lee los campos del texto; los completa el encabezado y los corrigen las celdas."""
        segmento = unidad.segmento
        valores = self._de(documento, segmento.tramo, contexto, EXTRACTORES)
        if segmento.encabezado:
            inicio = documento.texto.rfind(segmento.encabezado, 0, segmento.tramo.fin)
            encabezado = Tramo(inicio, inicio + len(segmento.encabezado))
            faltan = {n: EXTRACTORES[n] for n in _DEL_ENCABEZADO if not valores[n]}
            valores |= self._de(documento, encabezado, contexto, faltan)
        celdas = {} if segmento.seccion is Seccion.PEDIDOS else unidad.celdas
        for columna, (campo, leer) in _DE_CELDA.items():
            if columna in celdas:
                leido = self._de(documento, celdas[columna], contexto, {campo: leer})
                valores |= {n: v for n, v in leido.items() if v}
        if "lugar" in celdas and not valores["lugares"]:
            leer_lugar = {"lugares": lugar.extraer}
            valores |= self._de(documento, celdas["lugar"], contexto, leer_lugar)
        return Campos(**valores)

    def responsables_por_lo_demas(
        self, documento: Documento, tramo: Tramo, contexto: Contexto
    ) -> tuple[Entidad, ...]:
        """Quien responde el pedido o, con confianza baja, el sujeto gramatical si hay sintaxis."""
        if quien := quien_responde(documento, tramo):
            leer = {"responsable": entidad.de_celda}
            respondieron: tuple[Entidad, ...] = self._de(documento, quien, contexto, leer)[
                "responsable"
            ]
            return respondieron
        return correr(self._sintaxis(documento.fragmento(tramo), contexto), tramo.inicio)

    def _por_sintaxis(self, texto: str, contexto: Contexto) -> tuple[Entidad, ...]:
        lengua = self._lengua()
        if not lengua.tiene_sintaxis:
            return ()
        return entidad_sintaxis.responsables(lengua.lenguaje(texto), contexto)

    def _de(
        self,
        documento: Documento,
        tramo: Tramo,
        contexto: Contexto,
        extractores: Mapping[str, Extractor],
    ) -> dict[str, Any]:
        texto = documento.fragmento(tramo)
        leido = self._extraido(texto, replace(contexto, base=0), tuple(extractores.items()))
        return {nombre: correr(valor, tramo.inicio) for nombre, valor in leido.items()}


def _extraer(
    texto: str, contexto: Contexto, extractores: tuple[tuple[str, Extractor], ...]
) -> Mapping[str, Any]:
    return {nombre: extraer(texto, contexto) for nombre, extraer in extractores}
