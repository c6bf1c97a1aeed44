"""Propuesta de redacción: lo que el ítem ya dice, con la fecha calculada y los huecos marcados.

Orden de los lineamientos (`dominio.md` §2.2): responsable + verbo de resultado + objeto con
cantidad + dónde + hasta cuándo + con qué. No inventa ningún dato: lo que falta va entre corchetes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from ingesta.documento import Documento, Tramo
from lineamientos.hallazgo import Hallazgo
from nlp.plegado import plegar
from nlp.propuesta import Lugar, NivelDeGobierno, Plazo, Propuesta, Tipo
from nlp.propuesta import MetodoDePlazo as Metodo

RESPONSABLE = "[responsable]"
PLAZO = "hasta el [DD/MM/AAAA]"

_RELATIVOS = {Metodo.HABILES, Metodo.CALENDARIO, Metodo.HORAS, Metodo.PERIODO}
_VACIOS = {Metodo.VAGO, Metodo.POR_DEFINIR}
_SIN_TOPE = {Metodo.EVENTO, Metodo.REFERENCIA, Metodo.ABIERTO, Metodo.RECURRENTE}
_PUBLICOS = set(NivelDeGobierno) - {NivelDeGobierno.NO_APLICA}
_DE_INICIO = re.compile(r"(?:desde|a partir|durante|entre|del|iniciando)\b")
_SIGNO = re.compile(r"\s*(?:[.,;:)»]|$)")
_COMAS = re.compile(r"\s*,(?:\s*,)+")

Cambio = tuple[Tramo, str]


def proponer_redaccion(
    documento: Documento, propuesta: Propuesta, hallazgos: Sequence[Hallazgo] = ()
) -> str:
    """Devuelve el texto del ítem con los huecos que señalan los hallazgos y los campos."""
    texto, base = documento.fragmento(propuesta.tramo), propuesta.tramo.inicio
    cambios = [*_de_campos(documento, propuesta), *_de_hallazgos(documento, hallazgos)]
    for tramo, nuevo in sorted(cambios, reverse=True):
        antes, despues = texto[: tramo.inicio - base], texto[tramo.fin - base :]
        texto = f"{antes}{nuevo if antes.strip() else nuevo[:1].upper() + nuevo[1:]}{despues}"
    cabeza = _cabeza(documento, propuesta, texto)
    accion = propuesta.campos.accion
    if cabeza and accion and accion.tramo.inicio == base:
        texto = texto[:1].lower() + texto[1:]
    limpio = " ".join(_COMAS.sub(",", texto).split()).rstrip(" .;,:")
    return f"{cabeza}{', '.join([limpio, *_finales(propuesta, {h.regla for h in hallazgos})])}."


def _de_campos(documento: Documento, propuesta: Propuesta) -> Iterator[Cambio]:
    plazo, lugares, item = propuesta.campos.plazo, propuesta.campos.lugares, propuesta.tramo
    if plazo and item.contiene(plazo.tramo):
        yield from _del_plazo(documento, item, plazo)
    if len(lugares) == 1 and item.contiene(lugares[0].tramo):
        yield from _del_lugar(documento, item, lugares[0])


def _del_plazo(documento: Documento, item: Tramo, plazo: Plazo) -> Iterator[Cambio]:
    """Da la fecha calculada en lugar del plazo relativo; «días» a secas recibe su hueco."""
    inicio, fin = plazo.tramo.inicio, plazo.tramo.fin
    if plazo.precision == "ambigua":
        yield Tramo(fin, fin), " [hábiles o calendario]"
        return
    es_inicio = _DE_INICIO.match(plegar(documento.fragmento(plazo.tramo)))
    calculado = plazo.metodo in _RELATIVOS and plazo.fecha_limite and not es_inicio
    if not calculado and plazo.metodo not in _VACIOS:
        return
    antes = documento.texto[item.inicio : inicio].rstrip()
    if antes and not _SIGNO.match(documento.texto[fin : item.fin]):
        yield Tramo(item.inicio + len(antes), fin), f", {_hasta(plazo)},"
    else:
        yield plazo.tramo, _hasta(plazo)


def _del_lugar(documento: Documento, item: Tramo, lugar: Lugar) -> Iterator[Cambio]:
    """«en Nauta» → «en [localidad], distrito de Nauta»."""
    antes = documento.texto[item.inicio : lugar.tramo.inicio]
    es_distrito = plegar(documento.fragmento(lugar.tramo)) == plegar(lugar.distrito or "")
    if es_distrito and antes.lower().endswith(" en "):
        coma = "" if _SIGNO.match(documento.texto[lugar.tramo.fin : item.fin]) else ","
        yield lugar.tramo, f"[localidad], distrito de {lugar.distrito}{coma}"


def _de_hallazgos(documento: Documento, hallazgos: Sequence[Hallazgo]) -> Iterator[Cambio]:
    """Da el hueco de la cantidad y el del responsable de una pasiva."""
    for hallazgo in hallazgos:
        leido, tramo = documento.fragmento(hallazgo.tramo), hallazgo.tramo
        if hallazgo.regla == "M01":
            yield Tramo(tramo.inicio, tramo.inicio), "[N.º] " if leido[-1] == "s" else "[cuánto] "
        elif hallazgo.regla == "S07" and leido.lower().startswith("se "):
            yield tramo, f"{RESPONSABLE} {leido.split()[-1].rstrip('n')}"
        elif hallazgo.regla == "S07":
            yield Tramo(tramo.fin, tramo.fin), f" por {RESPONSABLE}"


def _finales(propuesta: Propuesta, reglas: Set[str]) -> Iterator[str]:
    """Da lo que falta al final: lugar, plazo y fuente."""
    campos, plazo = propuesta.campos, propuesta.campos.plazo
    if "S04" in reglas:
        yield "en [localidad, distrito]"
    if plazo is None or not propuesta.tramo.contiene(plazo.tramo):
        yield _hasta(plazo)
    elif plazo.metodo in _SIN_TOPE:
        yield PLAZO
    cuesta = propuesta.clasificacion.tipo is Tipo.PIP or any(c.valor > 1 for c in campos.cantidad)
    publico = any(e.nivel in _PUBLICOS for e in campos.responsable)
    if "R02" in reglas or (publico and cuesta and not (campos.financiamiento or campos.monto)):
        yield "con cargo a [fuente]"


def _hasta(plazo: Plazo | None) -> str:
    fecha = plazo.fecha_limite if plazo else None
    return f"hasta el {fecha:%d/%m/%Y}" if fecha else PLAZO


def _cabeza(documento: Documento, propuesta: Propuesta, texto: str) -> str:
    """Antepone el responsable que está en otra celda, o su hueco si nadie lo nombra."""
    responsables = propuesta.campos.responsable
    if not responsables:
        return "" if RESPONSABLE in texto else f"{RESPONSABLE}: "
    dentro = any(propuesta.tramo.contiene(e.tramo) for e in responsables)
    return "" if dentro else f"{' y '.join(documento.fragmento(e.tramo) for e in responsables)}: "
