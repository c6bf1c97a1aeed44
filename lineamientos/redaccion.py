"""Propuesta de redacción: lo que el ítem ya dice, con la fecha calculada y los huecos marcados.

Orden de los lineamientos (`dominio.md` §2.2): responsable + verbo de resultado + objeto con
cantidad + dónde + hasta cuándo + con qué. No inventa ningún dato: lo que falta va entre corchetes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingesta.documento import Documento, Tramo
from lineamientos.hallazgo import Hallazgo
from nlp.plegado import plegar
from nlp.propuesta import MetodoDePlazo as Metodo
from nlp.propuesta import NivelDeGobierno, Plazo, Propuesta, Tipo

RESPONSABLE = "[responsable]"
PLAZO = "hasta el [DD/MM/AAAA]"
TOPE = "a más tardar el [DD/MM/AAAA]"

_RELATIVOS = {Metodo.HABILES, Metodo.CALENDARIO, Metodo.HORAS, Metodo.PERIODO}
_VACIOS = {Metodo.VAGO, Metodo.POR_DEFINIR}
_FINALES = {Metodo.EVENTO: TOPE, Metodo.REFERENCIA: TOPE} | dict.fromkeys(
    (Metodo.ABIERTO, Metodo.RECURRENTE), PLAZO
)
_PUBLICOS = set(NivelDeGobierno) - {NivelDeGobierno.NO_APLICA}
_DE_INICIO = re.compile(r"(?:desde|a partir|durante|entre|del|iniciando)\b")
_PENDE = re.compile(r"\b(?:de|del|al?|el|las?|los|un|una|en|para|por)\s*$", re.IGNORECASE)
_SIGNO = re.compile(r"\s*(?:[.,;:)»]|$)")
_COMAS = re.compile(r"\s*,(?:\s*,)+")

Cambio = tuple[Tramo, str]


def proponer_redaccion(
    documento: Documento, propuesta: Propuesta, hallazgos: Sequence[Hallazgo] = ()
) -> str:
    """Devuelve el texto del ítem con los huecos que señalan los hallazgos y los campos."""
    item, campos = propuesta.tramo, propuesta.campos
    texto = documento.fragmento(item)
    plazo, hasta = _del_plazo(documento, item, campos.plazo)
    cambios = [*plazo, *_del_lugar(documento, propuesta), *_de_hallazgos(documento, hallazgos)]
    for tramo, nuevo in sorted(cambios, reverse=True):
        antes, despues = texto[: tramo.inicio - item.inicio], texto[tramo.fin - item.inicio :]
        texto = f"{antes}{nuevo}{despues}"
    empieza_en_la_accion = campos.accion and campos.accion.tramo.inicio == item.inicio
    agente = _agente(documento, propuesta) if RESPONSABLE not in texto else ""
    if agente and empieza_en_la_accion:
        inicial = texto[:1].lower() if texto[1:2].islower() else texto[:1]
        texto, agente = f"{agente}: {inicial}{texto[1:]}", ""
    elif agente:
        agente = f"a cargo de {agente}" if agente == RESPONSABLE else ""
    reglas = {h.regla for h in hallazgos}
    lugar = "en [localidad, distrito]" if "S04" in reglas else ""
    fuente = "con cargo a [fuente]" if "R02" in reglas or _cuesta(propuesta) else ""
    limpio = " ".join(_COMAS.sub(",", texto).split()).rstrip(" .;,:")
    piezas = (limpio[:1].upper() + limpio[1:], agente, lugar, hasta, fuente)
    return f"{', '.join(p for p in piezas if p)}."


def _del_plazo(documento: Documento, item: Tramo, plazo: Plazo | None) -> tuple[list[Cambio], str]:
    """Devuelve el cambio en el texto y lo que va al final.

    La fecha calculada reemplaza al plazo relativo, salvo que cuelgue de otra palabra («durante el
    monitoreo del tercer trimestre»); «días» a secas recibe su hueco.
    """
    if plazo is None or not item.contiene(plazo.tramo):
        return [], _hasta(plazo)
    inicio, fin = plazo.tramo.inicio, plazo.tramo.fin
    if plazo.precision == "ambigua":
        return [(Tramo(fin, fin), " [hábiles o calendario]")], ""
    es_inicio = _DE_INICIO.match(plegar(documento.fragmento(plazo.tramo)))
    calculado = plazo.metodo in _RELATIVOS and plazo.fecha_limite and not es_inicio
    if not calculado and plazo.metodo not in _VACIOS:
        return [], _FINALES.get(plazo.metodo, "")
    antes = documento.texto[item.inicio : inicio].rstrip()
    if _PENDE.search(antes):
        return [], _hasta(plazo)
    if antes and not _SIGNO.match(documento.texto[fin : item.fin]):
        return [(Tramo(item.inicio + len(antes), fin), f", {_hasta(plazo)},")], ""
    return [(plazo.tramo, _hasta(plazo))], ""


def _hasta(plazo: Plazo | None) -> str:
    fecha = plazo.fecha_limite if plazo else None
    return f"hasta el {fecha:%d/%m/%Y}" if fecha else PLAZO


def _del_lugar(documento: Documento, propuesta: Propuesta) -> Iterator[Cambio]:
    """«en Nauta» → «en [localidad], distrito de Nauta»."""
    item = propuesta.tramo
    for lugar in propuesta.campos.lugares if len(propuesta.campos.lugares) == 1 else ():
        antes = documento.texto[item.inicio : lugar.tramo.inicio]
        es_distrito = plegar(documento.fragmento(lugar.tramo)) == plegar(lugar.distrito or "")
        if item.contiene(lugar.tramo) and es_distrito and antes.lower().endswith(" en "):
            coma = "" if _SIGNO.match(documento.texto[lugar.tramo.fin : item.fin]) else ","
            yield lugar.tramo, f"[localidad], distrito de {lugar.distrito}{coma}"


def _de_hallazgos(documento: Documento, hallazgos: Sequence[Hallazgo]) -> Iterator[Cambio]:
    """Da el hueco de la cantidad y el del responsable de una pasiva."""
    for hallazgo in hallazgos:
        leido, tramo = documento.fragmento(hallazgo.tramo), hallazgo.tramo
        if hallazgo.regla == "M01":
            yield Tramo(tramo.inicio, tramo.inicio), "[cantidad de] "
        elif hallazgo.regla == "S07" and leido.lower().startswith("se "):
            yield tramo, f"{RESPONSABLE} {leido.split()[-1].rstrip('n')}"
        elif hallazgo.regla == "S07":
            yield Tramo(tramo.fin, tramo.fin), f" por {RESPONSABLE}"


def _agente(documento: Documento, propuesta: Propuesta) -> str:
    """Devuelve el responsable que está en otra celda, o su hueco; vacío si el texto lo nombra."""
    responsables = propuesta.campos.responsable
    if any(propuesta.tramo.contiene(e.tramo) for e in responsables):
        return ""
    return " y ".join(documento.fragmento(e.tramo) for e in responsables) or RESPONSABLE


def _cuesta(propuesta: Propuesta) -> bool:
    """Dice si una entidad pública hará un proyecto o varias cosas sin que conste con qué dinero."""
    campos = propuesta.campos
    varias = any(c.valor > 1 for c in campos.cantidad)
    publica = any(e.nivel in _PUBLICOS for e in campos.responsable)
    es_pip = propuesta.clasificacion.tipo is Tipo.PIP
    return publica and (varias or es_pip) and not (campos.financiamiento or campos.monto)
