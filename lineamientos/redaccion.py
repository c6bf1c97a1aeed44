"""Propuesta de redacción: la oración en el orden de los lineamientos, con los huecos marcados.

Orden (`dominio.md` §2.2): responsable + verbo de resultado + objeto con cantidad + dónde + hasta
cuándo + con qué + cómo se comprueba + con quién + de qué depende. No inventa ningún dato ni pierde
los que hay: lo que falta va entre corchetes, y una fecha calculada reemplaza al plazo de que sale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingesta.documento import Documento, Tramo
from lineamientos.hallazgo import Hallazgo
from lineamientos.redaccion_complementos import Complemento, Orden, Partida, apartar
from lineamientos.redaccion_huecos import (
    ACTO,
    FUENTE,
    HUECO,
    LUGAR,
    PRUEBA,
    RESPONSABLE,
)
from lineamientos.redaccion_plazo import CIERRA, VACIOS, con_plazo
from lineamientos.redaccion_sujeto import Nucleo, activar, mayuscula
from nlp.conjugacion import con_articulo
from nlp.numeracion import leer_rotulo
from nlp.oraciones import partir
from nlp.plegado import plegar
from nlp.propuesta import NivelDeGobierno, Propuesta, Tipo
from nlp.sujetos import empieza_con_sujeto, es_gritado, primera_promesa

_PUBLICOS = set(NivelDeGobierno) - {NivelDeGobierno.NO_APLICA}
_NIEGA = re.compile(r"(?:^|\s)no\s", re.IGNORECASE)
SIN_ACTO = frozenset({"S01", "S03", "R04"})
"""Reglas que dicen que el verbo no nombra un acto que se pueda comprobar."""

_ABREVIATURA = re.compile(r"(?:\b[A-Z]\.){2,}$")
_MEDIANTE = re.compile(r"\bmediante\b", re.IGNORECASE)
_EN_LA_ZONA = re.compile(
    r"\ben (?:el|la|su|este|esta|dich[oa]) (?:distrito|sector|zona|lugar)$", re.I
)
_ROTULADO = re.compile(r"(?P<campo>responsables?|plazo|fecha(?: l[íi]mite)?)\s*:", re.IGNORECASE)
_PARTICIPIO = re.compile(r"\w+[ai]d[oa]s?\b")
_ARTICULO = re.compile(r"\b(?:el|la)\s+$", re.IGNORECASE)
_COMAS = re.compile(r"\s*,(?:\s*,)+")


def proponer_redaccion(
    documento: Documento, propuesta: Propuesta, hallazgos: Sequence[Hallazgo] = ()
) -> str:
    """Devuelve el ítem vuelto a redactar como una sola obligación.

    Un texto que ya lleva huecos es una propuesta a medio llenar y se devuelve igual.
    """
    entero = documento.fragmento(propuesta.tramo)
    if HUECO.search(entero):
        return entero
    primera = primera_obligacion(entero)
    rotulo = leer_rotulo(entero[: primera.fin])
    inicio = rotulo.fin if rotulo else primera.inicio
    item = Tramo(inicio, primera.fin).movido(propuesta.tramo.inicio)
    dicho = _sin_punto(documento.fragmento(item))
    item = Tramo(item.inicio, item.inicio + len(dicho))
    escrito = _escribir(documento, propuesta, item, hallazgos)
    resto = _lo_demas(entero, primera.fin, propuesta)
    return " ".join(f"{entero[:inicio]}{escrito} {resto}".split())


def _lo_demas(texto: str, desde: int, propuesta: Propuesta) -> str:
    """Devuelve las oraciones que siguen, sin los rótulos que ya pasaron a la primera.

    «Responsable: …» y «Plazo: …» sobran cuando quién y cuándo se leyeron de ellos.
    """
    campos, base = propuesta.campos, propuesta.tramo.inicio
    pasaron = [e.tramo for e in campos.responsable]
    if campos.plazo and (campos.plazo.fecha_limite or campos.plazo.metodo in VACIOS):
        pasaron.append(campos.plazo.tramo)
    quedan = []
    for oracion in partir(texto[desde:]):
        tramo = oracion.movido(desde)
        dicha = texto[tramo.inicio : tramo.fin]
        if not (_ROTULADO.match(dicha) and any(tramo.movido(base).contiene(p) for p in pasaron)):
            quedan.append(dicha)
    return " ".join(quedan)


def primera_obligacion(texto: str) -> Tramo:
    """Devuelve el tramo de la primera oración que promete algo, con lo que la precede."""
    oraciones = list(partir(texto)) or [Tramo(0, len(texto))]
    promete = (o for o in oraciones if primera_promesa(texto[o.inicio : o.fin]))
    return Tramo(oraciones[0].inicio, next(promete, oraciones[0]).fin)


def _escribir(
    documento: Documento, propuesta: Propuesta, item: Tramo, hallazgos: Sequence[Hallazgo]
) -> str:
    texto, campos = documento.fragmento(item), propuesta.campos
    reglas = {h.regla for h in hallazgos}
    partida = apartar(texto, campos, item)
    nucleo, hay_quien = _nucleo(documento, propuesta, item, partida, reglas)
    partida = replace(partida, nucleo=nucleo)
    partida = con_plazo(partida, documento, campos.plazo, item)
    partida = _con_huecos(partida, propuesta, reglas, hay_quien)
    partida = _con_lugar(documento, propuesta, item, partida)
    for hallazgo in hallazgos:
        if hallazgo.regla == "M01":
            leido = documento.fragmento(hallazgo.tramo)
            partida = replace(partida, nucleo=_con_cantidad(partida.nucleo, leido))
    if es_gritado(texto):
        partida = _gritada(partida)
    return _juntar(partida, texto)


def _nucleo(
    documento: Documento, propuesta: Propuesta, item: Tramo, partida: Partida, reglas: set[str]
) -> tuple[str, bool]:
    """Devuelve el núcleo en voz activa y si ya dice quién responde, o lo pide con un hueco."""
    nucleo, responsables = partida.nucleo, propuesta.campos.responsable
    dentro = tuple(documento.fragmento(e.tramo) for e in responsables if item.contiene(e.tramo))
    fuera = [documento.fragmento(e.tramo) for e in responsables if not item.contiene(e.tramo)]
    agente = "" if dentro else _de_fuera(documento, propuesta, fuera)
    es_proyecto = bool(propuesta.campos.codigo_unificado or propuesta.campos.codigo_snip)
    nombra = any(n in nucleo for n in dentro)
    if dentro and not nombra:
        return nucleo, True
    concuerda = any(_PARTICIPIO.match(c.texto) for c in partida.complementos)
    soporte = "ejecutar" if es_proyecto else "realizar" if concuerda else ""
    activo = activar(Nucleo(nucleo, dentro, agente, "S07" in reglas, soporte))
    if activo is not None:
        return mayuscula(activo), True
    accion = propuesta.campos.accion
    if dentro or (fuera and not (accion and accion.tramo.inicio == item.inicio)):
        return nucleo, True
    if fuera:
        return mayuscula(f"{agente}: {nucleo}"), True
    return nucleo, empieza_con_sujeto(nucleo)


def _de_fuera(documento: Documento, propuesta: Propuesta, nombres: Sequence[str]) -> str:
    """Une a los responsables que están en otra celda; un «y/o» se conserva."""
    if len(nombres) < 2:
        return "".join(con_articulo(n) for n in nombres)
    tramos = [e.tramo for e in propuesta.campos.responsable]
    entre = documento.texto[tramos[0].fin : max(tramos[0].fin, tramos[-1].inicio)]
    nexo = " y/o " if "y/o" in entre.lower() else " y "
    return nexo.join(con_articulo(n) for n in nombres)


def _con_huecos(
    partida: Partida, propuesta: Propuesta, reglas: set[str], hay_quien: bool
) -> Partida:
    """Suma los huecos de lo que las reglas echan en falta."""
    for orden, hueco in _huecos(partida, propuesta, reglas, hay_quien):
        partida = partida.con(Complemento(orden, hueco))
    return partida


def _huecos(
    partida: Partida, propuesta: Propuesta, reglas: set[str], hay_quien: bool
) -> Iterator[tuple[Orden, str]]:
    if not hay_quien:
        yield Orden.OTROS, f"a cargo de {RESPONSABLE}"
    if "S04" in reglas and not _EN_LA_ZONA.search(partida.nucleo):
        yield Orden.DONDE, LUGAR
    negado = bool(_NIEGA.search(partida.nucleo))
    if reglas & SIN_ACTO and not negado:
        if not _MEDIANTE.search(str(partida)):
            yield Orden.DONDE, ACTO
    elif "M02" in reglas and not negado:
        yield Orden.COMPROBACION, PRUEBA
    if ("R02" in reglas or _cuesta(propuesta)) and not partida.tiene(Orden.CON_QUE) and not negado:
        yield Orden.CON_QUE, FUENTE


def _con_lugar(
    documento: Documento, propuesta: Propuesta, item: Tramo, partida: Partida
) -> Partida:
    """«en Nauta» → «en [localidad], distrito de Nauta»."""
    for lugar in propuesta.campos.lugares if len(propuesta.campos.lugares) == 1 else ():
        leido = documento.fragmento(lugar.tramo)
        antes, hallado, despues = partida.nucleo.rpartition(f" en {leido}")
        es_distrito = plegar(leido) == plegar(lugar.distrito or "")
        if item.contiene(lugar.tramo) and es_distrito and hallado:
            coma = "" if CIERRA.match(despues) else ","
            hueco = f"{antes} en [localidad], distrito de {leido}{coma}{despues}"
            return replace(partida, nucleo=hueco)
    return partida


def _con_cantidad(nucleo: str, leido: str) -> str:
    """«otorgará becas» → «otorgará [cantidad de] becas»; tras un artículo, «los [cantidad]»."""
    hallado = re.search(rf"\b{re.escape(leido)}\b", nucleo, re.IGNORECASE)
    if hallado is None:
        return nucleo
    antes = nucleo[: hallado.start()]
    despues = nucleo[hallado.start() :]
    if re.search(r"\b(?:los|las|sus)\s+$", antes, re.IGNORECASE):
        return f"{antes}[cantidad] {despues}"
    return f"{_ARTICULO.sub('', antes)}[cantidad de] {despues}"


def _gritada(partida: Partida) -> Partida:
    """Escribe en mayúsculas lo que se puso en una oración en mayúsculas; los huecos, no."""
    return Partida(
        _gritar(partida.nucleo),
        tuple(replace(c, texto=_gritar(c.texto)) for c in partida.complementos),
    )


def _gritar(texto: str) -> str:
    partes = re.split(r"(\[[^\]]*\])", texto)
    return "".join(p if p.startswith("[") else p.upper() for p in partes)


def _juntar(partida: Partida, original: str) -> str:
    escrito = partida.nucleo.strip(" ,;")
    for i, complemento in enumerate(partida.complementos):
        suelto = complemento.orden is Orden.DONDE and complemento.texto.startswith(("en ", "EN "))
        suelto = suelto and ("[" not in complemento.texto or "," not in escrito)
        junto = suelto or (i == 0 and not complemento.coma and _seguido(escrito, original))
        escrito += f"{' ' if junto else ', '}{complemento.texto.strip(' ,;')}"
    limpio = _COMAS.sub(",", " ".join(escrito.split()))
    return limpio if limpio.endswith(".") else f"{limpio}."


def _seguido(escrito: str, original: str) -> bool:
    """Dice si el núcleo puede ir sin coma: no la tiene dentro, o el original tampoco la ponía."""
    if "[localidad]" in escrito:
        return False
    return "," not in escrito or f"{escrito[-15:]} " in original


def _sin_punto(texto: str) -> str:
    limpio = texto.rstrip(" ;,:")
    return limpio if _ABREVIATURA.search(limpio) else limpio.rstrip(" .;,:")


def _cuesta(propuesta: Propuesta) -> bool:
    """Dice si una entidad pública hará un proyecto o varias cosas sin que conste con qué dinero."""
    campos = propuesta.campos
    varias = any(c.valor > 1 for c in campos.cantidad)
    publica = any(e.nivel in _PUBLICOS for e in campos.responsable)
    es_pip = propuesta.clasificacion.tipo is Tipo.PIP
    return publica and (varias or es_pip) and not (campos.financiamiento or campos.monto)
