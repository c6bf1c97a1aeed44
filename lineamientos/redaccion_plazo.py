"""Cómo se escribe el plazo en la propuesta de redacción.

La fecha calculada reemplaza al plazo relativo de que sale; lo vago recibe su hueco; lo ligado a un
hecho o abierto, una fecha tope; «días» a secas, la pregunta con sus dos fechas (§5.1).
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingesta.documento import Documento, Tramo
from lineamientos.redaccion_complementos import PENDE, Complemento, Orden, Partida
from lineamientos.redaccion_huecos import PLAZO, TOPE
from nlp.plegado import plegar
from nlp.propuesta import MetodoDePlazo as Metodo
from nlp.propuesta import Plazo

_RELATIVOS = {Metodo.HABILES, Metodo.CALENDARIO, Metodo.HORAS, Metodo.PERIODO}
VACIOS = {Metodo.VAGO, Metodo.POR_DEFINIR}
"""Métodos que no dicen cuándo."""

_FINALES = {Metodo.EVENTO: TOPE, Metodo.REFERENCIA: TOPE} | dict.fromkeys(
    (Metodo.ABIERTO, Metodo.RECURRENTE), PLAZO
)
_DE_INICIO = re.compile(
    r"(?:desde|a partir|durante|entre|del|iniciando|para)\b|.*\b(?:a partir del?|desde) (?:el )?\d"
)
_POR = re.compile(r"por (?!definir|determinar|confirmar)")
_EN = re.compile(r"\s+en(?:\s+una?)?\s+$", re.IGNORECASE)
_DIAS = re.compile(r"\bd[ií]as?\b", re.IGNORECASE)
_SIGUE = re.compile(r"\s+(?:siguientes?|posteriores)\b", re.IGNORECASE)
_INICIO = re.compile(r"\b(?:iniciando|empezando|comenzando)\s*$", re.IGNORECASE)
CIERRA = re.compile(r"\s*(?:[.,;:)»]|$)")
"""Lo que sigue cierra la frase."""


def con_plazo(partida: Partida, documento: Documento, plazo: Plazo | None, item: Tramo) -> Partida:
    """Escribe el plazo apartado, o el que falta.

    Una fecha calculada no reemplaza a lo que cuelga de otra palabra («durante el monitoreo del
    tercer trimestre»).
    """
    if plazo is None:
        return partida.con(Complemento(Orden.CUANDO, PLAZO))
    leido = documento.fragmento(plazo.tramo)
    if not item.contiene(plazo.tramo):
        return partida.con(Complemento(Orden.CUANDO, _de_celda(plazo, leido)))
    dicho = _dicho(plazo, leido)
    hechos = tuple(
        replace(c, texto=c.texto.replace(_igual(c.texto, leido), dicho, 1))
        if c.orden is Orden.CUANDO
        else c
        for c in partida.complementos
    )
    if partida.tiene(Orden.CUANDO):
        return replace(partida, complementos=hechos)
    antes, hallado, despues = partida.nucleo.partition(leido)
    if not hallado:
        return partida
    if plazo.metodo in VACIOS:
        antes = _EN.sub(" ", antes)
    if _INICIO.search(antes):
        return partida.con(Complemento(Orden.CUANDO, PLAZO))
    if _SIGUE.match(despues) and plazo.precision != "ambigua":
        return partida.con(Complemento(Orden.CUANDO, TOPE))
    if PENDE.search(antes.rstrip()):
        return partida if dicho == leido else partida.con(Complemento(Orden.CUANDO, _hasta(plazo)))
    frecuencia = plazo.metodo is Metodo.RECURRENTE
    if frecuencia or (plazo.metodo in _FINALES and not CIERRA.match(despues)):
        return partida.con(Complemento(Orden.CUANDO, _FINALES[plazo.metodo]))
    return replace(partida, nucleo=f"{antes}{dicho}{despues}")


def _de_celda(plazo: Plazo, leido: str) -> str:
    """Devuelve el plazo que está fuera de la oración, como complemento de ella."""
    if plazo.fecha_limite or plazo.metodo in VACIOS:
        return _hasta(plazo)
    dicho = _dicho(plazo, leido)
    return f"en {dicho}" if dicho[:1].isdigit() else dicho


def _igual(texto: str, leido: str) -> str:
    """Devuelve cómo está escrito el plazo en el complemento, que pudo perder su mayúscula."""
    return leido if leido in texto else texto


def _dicho(plazo: Plazo, leido: str) -> str:
    """Devuelve el plazo como se propone escribirlo."""
    if plazo.precision == "ambigua":
        return _DIAS.sub(rf"\g<0> {_pregunta(plazo)}", leido, count=1)
    es_inicio = _DE_INICIO.match(plegar(leido))
    if plazo.fecha_limite and _POR.match(leido):
        return leido if plazo.metodo is Metodo.HORAS else f"{leido}, {_hasta(plazo)}"
    if plazo.metodo in VACIOS or (
        plazo.metodo in _RELATIVOS and plazo.fecha_limite and not es_inicio
    ):
        return _hasta(plazo)
    final = _FINALES.get(plazo.metodo)
    final = TOPE if final and plegar(leido).startswith("hasta") else final
    minuscula = leido if leido[1:2].isupper() else leido[:1].lower() + leido[1:]
    return f"{minuscula}, {final}" if final else minuscula


def _pregunta(plazo: Plazo) -> str:
    """«[¿hábiles (28/05/2026) o calendario (24/05/2026)?]» (`dominio.md` §5.1)."""
    if len(plazo.alternativas) != 2:
        return "[¿hábiles o calendario?]"
    calendario, habiles = plazo.alternativas
    return f"[¿hábiles ({habiles:%d/%m/%Y}) o calendario ({calendario:%d/%m/%Y})?]"


def _hasta(plazo: Plazo | None) -> str:
    fecha = plazo.fecha_limite if plazo else None
    return f"hasta el {fecha:%d/%m/%Y}" if fecha else PLAZO
