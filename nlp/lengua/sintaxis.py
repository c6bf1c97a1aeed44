"""Quién hace qué, según el análisis sintáctico de un documento ya procesado.

Sirve con `es_actas` y con cualquier tubería de relaciones Universal Dependencies. Los tramos son
del texto mirado. No decide clases ni plazos: para eso las reglas aciertan más.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingesta.documento import Tramo

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PRESENTAN = frozenset(
    {"acordar", "aprobar", "convenir", "disponer", "establecer", "quedar", "definir", "decidir"}
    | {"determinar", "precisar", "señalar", "indicar", "manifestar", "informar", "considerar"}
    | {"solicitar", "pedir", "exigir", "requerir", "demandar", "proponer", "plantear", "exhortar"}
)
"""Verbos cuyo sujeto no hace la acción: la acuerda o la pide («solicitan que la UGEL remita»)."""

PRONOMINALES = frozenset(
    {"comprometer", "encargar", "obligar", "reunir", "hacer", "ocupar", "sumar", "adherir"}
    | {"ratificar", "abstener", "responsabilizar", "incorporar"}
)
"""Verbos en los que «se» no quita el sujeto («la empresa se compromete»)."""

_SUJETOS = frozenset({"nsubj", "csubj"})
_NOMBRES = frozenset({"NOUN", "PROPN"})
_COMPLETIVAS = frozenset({"ccomp", "csubj", "xcomp"})
_DE_INFINITIVO = frozenset({"xcomp", "ccomp", "advcl"})
_CORTAN = frozenset({"acl", "advcl", "appos", "parataxis", "cc", "conj", "punct", "dep", "cop"})


@dataclass(frozen=True, slots=True)
class Clausula:
    """Un predicado: su verbo y, si se dicen, los sujetos (o el agente de la pasiva) y el objeto.

    `principal` distingue la oración principal, sus coordinadas y lo que una de ellas presenta de
    las relativas y circunstanciales. Los tramos de `sujetos` van sin artículo.
    """

    lema: str
    verbo: Tramo
    modo: str
    tiempo: str
    principal: bool
    sujetos: tuple[Tramo, ...]
    objeto: Tramo | None


def clausulas(doc: Doc) -> tuple[Clausula, ...]:
    """Devuelve las cláusulas con verbo, en el orden del texto.

    `modo` y `tiempo` llevan los valores de Universal Dependencies («Ind», «Fut»…), o vacío.

    Raises:
        ValueError: el documento no tiene análisis sintáctico.
    """
    if not doc.has_annotation("DEP"):
        raise ValueError("el documento no tiene análisis sintáctico")
    return tuple(_clausula(palabra) for palabra in doc if _es_predicado(palabra))


def sujetos_de_la_accion(doc: Doc) -> tuple[Tramo, ...]:
    """Devuelve quién hace la acción de la primera cláusula principal que lo dice; vacío si nadie.

    Raises:
        ValueError: el documento no tiene análisis sintáctico.
    """
    dichas = (c for c in clausulas(doc) if c.principal and c.sujetos and c.lema not in PRESENTAN)
    return next((c.sujetos for c in dichas), ())


def _es_predicado(palabra: Token) -> bool:
    return palabra.pos_ == "VERB" and _relacion(palabra) not in {"amod", "aux", "fixed"}


def _clausula(verbo: Token) -> Clausula:
    flexionado = next((h for h in verbo.children if _relacion(h) in {"aux", "cop"}), verbo)
    objeto = next((h for h in verbo.children if _relacion(h) == "obj"), None)
    return Clausula(
        verbo.lemma_,
        _tramo(verbo, verbo),
        _rasgo(flexionado, "Mood"),
        _rasgo(flexionado, "Tense"),
        _es_principal(verbo),
        tuple(_nombre(n) for n in _sujetos(verbo)),
        None if objeto is None else _nombre(objeto),
    )


def _es_principal(verbo: Token) -> bool:
    relacion = _relacion(verbo)
    if relacion == "ROOT":
        return True
    if relacion in {"conj", "parataxis"} | _COMPLETIVAS:
        return _es_principal(verbo.head)
    return False


def _sujetos(verbo: Token) -> Iterator[Token]:
    """El agente de la pasiva, los sujetos propios o los del verbo que rige el infinitivo.

    Dos sujetos de un mismo verbo son coordinados mal analizados («la DRE y la UGEL»).
    """
    agentes = [h for h in verbo.children if _es_agente(h, verbo)]
    propios = [h for h in verbo.children if _relacion(h) in _SUJETOS]
    if agentes or (propios and _puede_tener_sujeto(verbo)):
        for nombre in agentes or propios:
            yield from _con_coordinados(nombre)
    elif not propios and _es_regido(verbo):
        yield from _sujetos(verbo.head)


def _es_regido(verbo: Token) -> bool:
    """Infinitivo cuyo sujeto es el del verbo que lo rige («se compromete a entregar»)."""
    es_infinitivo = _relacion(verbo) in _DE_INFINITIVO and _rasgo(verbo, "VerbForm") == "Inf"
    return es_infinitivo and verbo.head.pos_ == "VERB" and verbo.head.lemma_ not in PRESENTAN


def _puede_tener_sujeto(verbo: Token) -> bool:
    """No lo tienen la pasiva («se reparará la vía») ni la primera persona («iremos el lunes»)."""
    if _es_pasiva(verbo) or _rasgo(verbo, "Person") in {"1", "2"}:
        return False
    con_se = any(h.lower_ == "se" for h in verbo.children)
    return not con_se or verbo.lemma_ in PRONOMINALES


def _es_pasiva(verbo: Token) -> bool:
    con_ser = any(_relacion(h) in {"aux", "cop"} and h.lemma_ == "ser" for h in verbo.children)
    return con_ser and _rasgo(verbo, "VerbForm") == "Part"


def _es_agente(nombre: Token, verbo: Token) -> bool:
    preposiciones = [h.lower_ for h in nombre.children if _relacion(h) == "case"]
    es_nombre = _relacion(nombre) in {"obl", "obj"} and nombre.pos_ in _NOMBRES
    return _es_pasiva(verbo) and es_nombre and preposiciones == ["por"]


def _con_coordinados(nombre: Token) -> Iterator[Token]:
    coordinados = (h for h in nombre.children if _relacion(h) == "conj")
    yield from (n for n in (nombre, *coordinados) if n.pos_ in _NOMBRES)


def _nombre(nucleo: Token) -> Tramo:
    """Del primer modificador al último que va pegado al núcleo, sin artículo ni relativas."""
    previos = [h for h in nucleo.lefts if _relacion(h) in {"amod", "nummod", "flat", "compound"}]
    primera = previos[0] if previos else nucleo
    ultima = nucleo
    for hijo in nucleo.rights:
        if _relacion(hijo) in _CORTAN:
            break
        ultima = hijo.right_edge
    return _tramo(primera, ultima)


def _tramo(primera: Token, ultima: Token) -> Tramo:
    return Tramo(primera.idx, ultima.idx + len(ultima))


def _relacion(palabra: Token) -> str:
    """La relación sin subtipo: «nsubj:pass» es nsubj."""
    return palabra.dep_.split(":")[0]


def _rasgo(palabra: Token, nombre: str) -> str:
    return "".join(palabra.morph.get(nombre, []))
