"""Del `Documento` a las propuestas: la única puerta del análisis.

Secciones y segmentos → clase y tipo → campos → rasgos → enlaces entre pedidos y respuestas. spaCy y
scikit-learn no salen de aquí: lo que se devuelve son los tipos de `nlp.propuesta`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from ingesta.documento import Documento, Tramo
from modelos.cargador import CARPETA, ModeloIncompatible
from nlp import datos_acta, proxima_reunion, reglas_de_clase
from nlp.acta_analizada import ActaAnalizada, DatosDelActa
from nlp.alias import alias_del_acta, nombradas_en
from nlp.atributos import acepta_por_referencia, atributos
from nlp.cambio import cambiar_documento, devolver
from nlp.campos import LectorDeCampos
from nlp.clasificadores import Clasificadores, Muestra
from nlp.componentes import accion
from nlp.contexto import Contexto
from nlp.enlaces import enlazar
from nlp.errores import ModeloInservible
from nlp.legible import enmiendas_de_linea, legible
from nlp.memoria import memoria, memoria_de_lotes
from nlp.oraciones import recortar
from nlp.propuesta import (
    Atributos,
    Campos,
    Clase,
    Clasificacion,
    Propuesta,
    Seccion,
    Segmento,
)
from nlp.redactados import reconocer
from nlp.secciones import CON_ITEMS
from nlp.segmentos import Unidad, segmentar

if TYPE_CHECKING:
    from nlp.lengua.carga import Lengua


class Tuberia:
    """Analiza actas y textos sueltos; se arma una vez.

    `lengua` da el análisis sintáctico; se llama la primera vez que hace falta. `recuerda` dice de
    cuántos textos se guarda lo leído entre llamadas, para el acta que se revisa muchas veces; lo
    que se devuelve es lo mismo.
    """

    def __init__(
        self, clasificadores: Clasificadores, lengua: Callable[[], Lengua], recuerda: int = 0
    ) -> None:
        self._clasificadores = clasificadores
        self._lengua = lengua
        recordar = memoria(recuerda)
        self._campos = LectorDeCampos(lengua, recordar)
        self._clases_en_acta = memoria_de_lotes(recuerda, self._clasificar_en_acta)
        self._enmiendas = recordar(enmiendas_de_linea)
        self._nombradas = recordar(nombradas_en)

    @property
    def modelos(self) -> dict[str, str]:
        """Devuelve qué versiones proponen: la lengua y los modelos presentes."""
        return {"lengua": self._version_de_la_lengua(), **self._clasificadores.versiones}

    def _version_de_la_lengua(self) -> str:
        lengua = self._lengua()
        if not lengua.tiene_sintaxis:
            return f"es blank {version('spacy')}"
        return f"{lengua.nombre} {lengua.lenguaje.meta['version']}"

    def analizar(self, documento: Documento, todo: bool = False) -> ActaAnalizada:
        """Devuelve los datos del acta y sus propuestas.

        Se listan los pedidos, compromisos y tareas, y las oraciones «otro» de las secciones de
        acuerdos, pedidos y tareas; con `todo`, las de toda el acta. Las erratas se enmiendan para
        leer (`nlp.legible`); los tramos son los del documento tal como llegó.
        """
        leido, posicion = self._enmendado(documento)
        datos, propuestas = devolver(self._analizar(leido, todo), posicion)
        literales = tuple(_con_celdas_literales(documento, p) for p in propuestas)
        return ActaAnalizada(documento, datos, literales, self.modelos)

    def _analizar(
        self, documento: Documento, todo: bool
    ) -> tuple[DatosDelActa, tuple[Propuesta, ...]]:
        datos = self.datos_de(documento)
        contexto = self.contexto_de(documento, datos)
        unidades, elegidas = reconocer(documento, segmentar(documento))
        muestras = [_muestra(documento, u) for u in unidades]
        clasificaciones = [
            elegida(c, elegidas[u.segmento.id]) if u.segmento.id in elegidas else c
            for u, c in zip(unidades, self._clases_en_acta(muestras), strict=True)
        ]
        propuestas = [
            self._proponer(documento, u, c, contexto)
            if todo or _se_lista(u.segmento, c)
            else Propuesta(u.segmento, c, Campos(), Atributos())
            for u, c in zip(unidades, clasificaciones, strict=True)
        ]
        dia = proxima_reunion.buscar(documento, datos.dia)
        enlazadas = enlazar(documento, [_fechar(documento, p, dia) for p in propuestas])
        listadas = tuple(p for p in enlazadas if todo or _se_lista(p.segmento, p.clasificacion))
        return datos, listadas

    def proponer(
        self,
        texto: str,
        fecha_acta: date | None = None,
        seccion: Seccion | None = None,
        *,
        contexto: Contexto | None = None,
        clase: Clase | None = None,
    ) -> tuple[Documento, Propuesta]:
        """Propone un solo ítem para un texto suelto; los tramos son posiciones en `texto`.

        `contexto` reemplaza a la fecha cuando se sabe más del acta. Con `clase`, la que eligió una
        persona, vale esa y no la del modelo, cuyas probabilidades se conservan.
        """
        original = Documento.desde_texto(texto)
        documento, posicion = self._enmendado(original)
        texto = documento.texto
        tramo = next(recortar(texto, Tramo(0, len(texto))), Tramo(0, 0))
        segmento = Segmento("i1", tramo, seccion or Seccion.DESARROLLO)
        muestra = Muestra(documento.fragmento(tramo), seccion)
        [clasificacion] = self._clasificar([muestra])
        if clase:
            clasificacion = elegida(clasificacion, clase)
        contexto = contexto or Contexto(fecha_acta=fecha_acta)
        propuesta = self._proponer(documento, Unidad(segmento), clasificacion, contexto)
        return original, devolver(propuesta, posicion)

    def _clasificar_en_acta(self, muestras: Sequence[Muestra]) -> list[Clasificacion]:
        return self._clasificar(muestras, en_acta=True)

    def _clasificar(
        self, muestras: Sequence[Muestra], en_acta: bool = False
    ) -> list[Clasificacion]:
        """Clasifica con el modelo y corrige lo que la guía fija."""

        def accion_de(texto: str) -> str | None:
            hallada = accion.extraer(texto, Contexto())
            return hallada.lema if hallada else None

        return [
            reglas_de_clase.corregir(m, c, partial(accion_de, m.texto), en_acta)
            for m, c in zip(muestras, self._clasificadores.clasificar(muestras), strict=True)
        ]

    def contexto_de(self, documento: Documento, datos: DatosDelActa) -> Contexto:
        """Devuelve lo que se sabe del acta al leer cada ítem: su fecha, sus lugares y sus alias."""
        return Contexto(
            fecha_acta=datos.dia,
            lugares=datos.lugar.lugares if datos.lugar else (),
            alias=alias_del_acta(documento, self._nombradas),
        )

    def datos_de(self, documento: Documento) -> DatosDelActa:
        """Devuelve los datos generales del acta."""
        return datos_acta.extraer(documento)

    def _proponer(
        self,
        documento: Documento,
        unidad: Unidad,
        clasificacion: Clasificacion,
        contexto: Contexto,
    ) -> Propuesta:
        segmento = unidad.segmento
        campos = self._campos.leer(documento, unidad, contexto)
        if not clasificacion.puede_obligar:
            campos = replace(campos, responsable=(), colaboradores=())
        elif not campos.responsable and "responsable" not in unidad.celdas:
            conjetura = self._campos.responsables_por_lo_demas(documento, segmento.tramo, contexto)
            campos = replace(campos, responsable=conjetura)
        if clasificacion.clase is Clase.OTRO and not clasificacion.puede_obligar:
            campos = replace(campos, plazo=None)
        rasgos = atributos(documento.fragmento(segmento.tramo), segmento, campos)
        return Propuesta(segmento, clasificacion, campos, rasgos)

    def _enmendado(self, documento: Documento) -> tuple[Documento, Sequence[int]]:
        """Devuelve el documento sin erratas y la posición nueva de cada letra.

        Lo escrito en el editor se reconoce letra por letra: va como llegó.
        """
        if documento.redactados:
            return documento, range(len(documento.texto) + 1)
        cambio = legible(documento.texto, self._enmiendas)
        if cambio[0] == documento.texto:
            return documento, range(len(documento.texto) + 1)
        return cambiar_documento(documento, cambio, legible), cambio[1]


def _con_celdas_literales(documento: Documento, propuesta: Propuesta) -> Propuesta:
    """Devuelve la propuesta con las celdas de su fila como están en el acta."""
    fila = propuesta.segmento.fila
    if not fila or not fila.tramos:
        return propuesta
    literales = {n: " ".join(documento.fragmento(t).split()) for n, t in fila.tramos.items()}
    fila = replace(fila, columnas={**fila.columnas, **literales})
    return replace(propuesta, segmento=replace(propuesta.segmento, fila=fila))


def elegida(clasificacion: Clasificacion, clase: Clase) -> Clasificacion:
    """Devuelve la clasificación con la clase que eligió una persona: sin duda y confianza 1."""
    if clase is clasificacion.clase:
        return replace(clasificacion, confianza=1.0, duda=False)
    return Clasificacion(clase, 1.0, clasificacion.probabilidades, duda=False)


def crear_tuberia(carpeta: Path = CARPETA, lengua: str | None = None, recuerda: int = 0) -> Tuberia:
    """Arma la tubería con los modelos de la carpeta.

    `lengua` nombra otra tubería de spaCy para la sintaxis (vea `cargar_lengua`); `recuerda`, cuánto
    guarda entre llamadas (vea `Tuberia`).
    Si no hay modelos, todo se propone como «otro» y en duda. Levanta `ModeloInservible` si los
    hay pero no son los de su ficha o no sirven con las bibliotecas instaladas.
    """
    try:
        return Tuberia(Clasificadores(carpeta), partial(_cargar_lengua, lengua, carpeta), recuerda)
    except ModeloIncompatible as error:
        raise ModeloInservible(str(error)) from error


def _cargar_lengua(nombre: str | None, carpeta: Path) -> Lengua:
    from nlp.lengua.carga import cargar_lengua  # trae spaCy, que tarda: solo si hace falta

    return cargar_lengua(nombre, carpeta)


def _fechar(documento: Documento, propuesta: Propuesta, dia: date | None) -> Propuesta:
    """Da fecha a lo que se dejó para la próxima reunión, si el acta dice cuándo es."""
    if propuesta.campos.plazo is None:
        return propuesta
    fechado = proxima_reunion.enlazar(propuesta.campos.plazo, documento, dia)
    return replace(propuesta, campos=replace(propuesta.campos, plazo=fechado))


def _se_lista(segmento: Segmento, clasificacion: Clasificacion) -> bool:
    return clasificacion.clase is not Clase.OTRO or segmento.seccion in CON_ITEMS


def _muestra(documento: Documento, unidad: Unidad) -> Muestra:
    """Arma lo que ve el clasificador: el texto con el encabezado o el pedido a que se refiere."""
    segmento = unidad.segmento
    texto = documento.fragmento(segmento.tramo)
    fila = segmento.fila
    if segmento.encabezado:
        texto = f"{segmento.encabezado} {texto}"
    elif fila and "pedido" in fila.columnas and acepta_por_referencia(texto):
        texto = f"Se acepta: {fila.columnas['pedido']}"
    return Muestra(texto, segmento.seccion, unidad.columna, unidad.presenta)
