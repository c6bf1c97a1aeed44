"""La fecha de la próxima reunión da fecha a lo que se dejó «para la siguiente sesión»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ingesta.documento import Documento
from nlp.plegado import plegar
from nlp.propuesta import Plazo, PrecisionDePlazo, Propuesta, Seccion

_REUNION = r"(?:reunion|sesion|asamblea)\b"
_SIGUIENTE = re.compile(rf"\b(?:proxima|siguiente) {_REUNION}")
_SE_HARA = re.compile(
    rf"\b{_REUNION}.{{0,60}}\b(?:sera|se (?:llevara|realizara|desarrollara|efectuara)|queda fijada)"
    rf"|^\W*(?:proxima|siguiente) {_REUNION}|\bvolver(?:a|an) a reunirse\b"
)


def fechar(documento: Documento, propuestas: Iterable[Propuesta]) -> list[Propuesta]:
    """Pone la fecha de la próxima reunión, si el acta la fija, en los plazos que la mencionan."""
    todas = list(propuestas)
    dia = next((d for p in todas if (d := _fecha_fijada(documento, p))), None)
    return [_fechada(documento, p, dia) for p in todas] if dia else todas


def _fecha_fijada(documento: Documento, propuesta: Propuesta) -> date | None:
    plazo = propuesta.campos.plazo
    if plazo is None or plazo.precision is not PrecisionDePlazo.EXACTA:
        return None
    texto = plegar(documento.fragmento(propuesta.tramo))
    en_su_seccion = propuesta.segmento.seccion is Seccion.PROXIMA_REUNION
    fija = _SE_HARA.search(texto) and (en_su_seccion or _SIGUIENTE.search(texto))
    return plazo.fecha_limite if fija else None


def _fechada(documento: Documento, propuesta: Propuesta, dia: date) -> Propuesta:
    plazo = propuesta.campos.plazo
    if plazo is None or plazo.fecha_limite or not _menciona(documento, plazo):
        return propuesta
    fechado = replace(
        plazo,
        fecha_limite=dia,
        precision=PrecisionDePlazo.EXACTA,
        explicacion=f"La próxima reunión quedó fijada para el {dia:%d/%m/%Y}.",
    )
    return replace(propuesta, campos=replace(propuesta.campos, plazo=fechado))


def _menciona(documento: Documento, plazo: Plazo) -> bool:
    return bool(_SIGUIENTE.search(plegar(documento.fragmento(plazo.tramo))))
