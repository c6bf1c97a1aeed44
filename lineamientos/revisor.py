"""Revisa un ítem con todas las reglas y junta el juicio SMART."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingesta.documento import Documento, Tramo
from lineamientos.caso import Caso, Senal
from lineamientos.comprobaciones import COMPROBACIONES
from lineamientos.evidencia import reunir
from lineamientos.hallazgo import Criterio, Gravedad, Hallazgo, Revision, Smart
from lineamientos.juego import cargar_reglas
from lineamientos.redaccion import SIN_ACTO, proponer_redaccion
from lineamientos.redaccion_partes import obligaciones
from lineamientos.regla import Regla, campos_de_formato
from nlp.acta_analizada import DatosDelActa
from nlp.propuesta import Campos, Clase, Propuesta, Segmento
from nlp.sueltas import campos_de

ORDEN = {Gravedad.FALTA: 0, Gravedad.AVISO: 1, Gravedad.CONSEJO: 2}

INDECIBLES = frozenset({Criterio.REALISTA})
"""Criterios que el texto solo puede desmentir: sin defecto quedan en None, nunca en True."""


CONFIANZA_PARA_AVISAR = 0.45
"""Confianza (0 a 1) en la clase desde la que se avisa: con menos, lo probable es que sea otra. Con
ella no se avisa en ninguna de las 106 oraciones `otro` de afinar, prueba y reserva."""


@dataclass(frozen=True, slots=True)
class Revisor:
    """Aplica un juego de reglas."""

    reglas: tuple[Regla, ...]

    def revisar(self, documento: Documento, propuesta: Propuesta, datos: DatosDelActa) -> Revision:
        """Devuelve los hallazgos del ítem, en orden de lectura y de gravedad, y su juicio SMART.

        Los compromisos tienen juicio SMART y propuesta de redacción; lo que está en duda y bien
        podría ser compromiso, solo el juicio que tendría si lo fuera. Sin `CONFIANZA_PARA_AVISAR`
        en la clase no hay hallazgos: la redacción queda para cuando una persona la elija.
        """
        smart, hallazgos = self._revisar(Caso(documento, propuesta, datos))
        dichos = hallazgos if _se_sabe_la_clase(propuesta) else ()
        if propuesta.clase is not Clase.COMPROMISO:
            if not propuesta.clasificacion.puede_ser_compromiso:
                return Revision(None, dichos)
            como_compromiso = replace(propuesta.clasificacion, clase=Clase.COMPROMISO)
            propuesta = replace(propuesta, clasificacion=como_compromiso)
            smart, hallazgos = self._revisar(Caso(documento, propuesta, datos))
            return Revision(smart, dichos, criterios=reunir(documento, propuesta, smart, hallazgos))
        redaccion = self._redactar(documento, propuesta, hallazgos, datos)
        criterios = reunir(documento, propuesta, smart, dichos)
        return Revision(smart, dichos, redaccion, criterios)

    def hallazgos_de(
        self, codigo: str, documento: Documento, propuesta: Propuesta, datos: DatosDelActa
    ) -> tuple[Hallazgo, ...]:
        """Devuelve los hallazgos de una sola regla, los que daría `revisar`, sin lo demás."""
        if not _se_sabe_la_clase(propuesta):
            return ()
        precisas = next((r.cede_a for r in self.reglas if r.codigo == codigo), ())
        reglas = tuple(r for r in self.reglas if r.codigo == codigo or r.codigo in precisas)
        hallazgos = replace(self, reglas=reglas)._revisar(Caso(documento, propuesta, datos))[1]
        return tuple(h for h in hallazgos if h.regla == codigo)

    def _revisar(self, caso: Caso) -> tuple[Smart, tuple[Hallazgo, ...]]:
        aplicables = [r for r in self.reglas if _se_aplica(r, caso.propuesta)]
        todos = [_hallazgo(r, caso, s) for r in aplicables for s in _senales(r, caso)]
        visibles = (h for h in todos if not _cede(h, todos, aplicables))
        orden = sorted(visibles, key=lambda h: (h.tramo.inicio, ORDEN[h.gravedad], h.regla))
        return _smart(aplicables, todos, caso.propuesta.campos), tuple(orden)

    def _redactar(
        self,
        documento: Documento,
        propuesta: Propuesta,
        hallazgos: Sequence[Hallazgo],
        datos: DatosDelActa,
    ) -> str:
        """Redacta el ítem; si junta varias obligaciones, cada una como si fuera un ítem."""
        partes = obligaciones(documento.fragmento(propuesta.tramo))
        if len(partes) == 1 or _tiene_celdas(propuesta):
            return proponer_redaccion(documento, propuesta, hallazgos)
        callan = SIN_ACTO - {h.regla for h in hallazgos}
        sueltas = (_suelta(parte, propuesta, datos) for parte in partes)
        return " ".join(
            proponer_redaccion(
                suelta.documento,
                suelta.propuesta,
                [h for h in self._revisar(suelta)[1] if h.regla not in callan],
            )
            for suelta in sueltas
        )


def crear_revisor(carpeta: Path | None = None) -> Revisor:
    """Arma el revisor con las reglas del programa y, si se da, las de la carpeta de una oficina."""
    return Revisor(cargar_reglas(carpeta))


def _tiene_celdas(propuesta: Propuesta) -> bool:
    """Dice si quién o cuándo están fuera del texto: entonces valen para todas sus partes."""
    campos = propuesta.campos
    tramos = [e.tramo for e in campos.responsable] + ([campos.plazo.tramo] if campos.plazo else [])
    return not all(propuesta.tramo.contiene(t) for t in tramos)


def _suelta(texto: str, origen: Propuesta, datos: DatosDelActa) -> Caso:
    """Arma el ítem de una parte con lo que ella dice."""
    campos = campos_de(texto, datos)
    documento = Documento.desde_texto(texto)
    segmento = Segmento(origen.id, Tramo(0, len(documento.texto)), origen.segmento.seccion)
    return Caso(documento, replace(origen, segmento=segmento, campos=campos), datos)


def _se_sabe_la_clase(propuesta: Propuesta) -> bool:
    """Dice si la clase la eligió una persona o una regla, o el modelo con confianza bastante."""
    clasificacion = propuesta.clasificacion
    confianza = clasificacion.confianza
    return not clasificacion.duda or confianza is None or confianza >= CONFIANZA_PARA_AVISAR


def _se_aplica(regla: Regla, propuesta: Propuesta) -> bool:
    campos = propuesta.campos
    return (
        propuesta.clase in regla.clases
        and (regla.solo_tipo is None or propuesta.clasificacion.tipo is regla.solo_tipo)
        and all(getattr(campos, c) for c in regla.si_hay)
        and not any(getattr(campos, c) for c in regla.si_falta)
    )


def _senales(regla: Regla, caso: Caso) -> Iterator[Senal]:
    return COMPROBACIONES[regla.comprobacion](caso, **regla.parametros)


def _hallazgo(regla: Regla, caso: Caso, senal: Senal) -> Hallazgo:
    datos = {"texto": caso.documento.fragmento(senal.tramo), **senal.datos}
    calculado = campos_de_formato(regla.mensaje) <= datos.keys()
    mensaje = regla.mensaje if calculado else regla.mensaje_sin_fecha
    return Hallazgo(
        regla=regla.codigo,
        criterio=regla.criterio,
        gravedad=regla.gravedad,
        tramo=senal.tramo,
        mensaje=mensaje.format_map(datos),
        explicacion=regla.explicacion,
        sugerencias=senal.sugerencias or regla.sugerencias,
        fuente=regla.fuente,
    )


def _cede(hallazgo: Hallazgo, todos: Iterable[Hallazgo], reglas: Iterable[Regla]) -> bool:
    """Dice si el hallazgo calla porque otro más preciso señala el mismo trozo."""
    precisas = next(r.cede_a for r in reglas if r.codigo == hallazgo.regla)
    return any(o.regla in precisas and o.tramo.toca(hallazgo.tramo) for o in todos)


def _smart(reglas: Iterable[Regla], hallazgos: Iterable[Hallazgo], campos: Campos) -> Smart:
    decididos = {
        r.codigo: {r.criterio, *r.decide_tambien}
        for r in reglas
        if r.decide and not any(getattr(campos, c) for c in r.decide_si_falta)
    }
    fallidos = {c for h in hallazgos for c in decididos.get(h.regla, ())}
    return Smart(**{
        c.value: False if c in fallidos else None if c in INDECIBLES else True for c in Criterio
    })
