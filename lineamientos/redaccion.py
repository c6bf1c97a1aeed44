"""Propuesta de redacción: lo que el ítem ya dice, con los huecos marcados entre corchetes.

Orden de los lineamientos (`dominio.md` §2.2): responsable + verbo de resultado + objeto con
cantidad + dónde + hasta cuándo + con qué. No inventa ningún dato.
"""

from __future__ import annotations

from ingesta.documento import Documento
from nlp.propuesta import Plazo, PrecisionDePlazo, Propuesta

HUECO_RESPONSABLE = "[responsable]"
HUECO_LUGAR = "[localidad, distrito]"
HUECO_PLAZO = "[DD/MM/AAAA]"
HUECO_FUENTE = "[fuente de financiamiento]"


def proponer_redaccion(documento: Documento, propuesta: Propuesta) -> str:
    """Devuelve el texto del ítem con la fecha límite calculada y los huecos por llenar."""
    campos, tramo = propuesta.campos, propuesta.tramo
    texto = documento.fragmento(tramo)
    plazo = campos.plazo
    hasta = f"hasta el {HUECO_PLAZO}"
    if plazo and plazo.fecha_limite:
        hasta = f"hasta el {plazo.fecha_limite:%d/%m/%Y}"
    if plazo and tramo.contiene(plazo.tramo):
        ini, fin = plazo.tramo.inicio - tramo.inicio, plazo.tramo.fin - tramo.inicio
        if not _se_queda(plazo):
            texto = f"{texto[:ini]}{hasta}{texto[fin:]}"
        hasta = ""
    piezas = [" ".join(texto.split()).rstrip(" .;,")]
    if not campos.lugares:
        piezas.append(f"en {HUECO_LUGAR}")
    if hasta:
        piezas.append(hasta)
    if campos.monto and not campos.financiamiento:
        piezas.append(f"con cargo a {HUECO_FUENTE}")
    inicio = "" if campos.responsable else f"{HUECO_RESPONSABLE}: "
    return f"{inicio}{', '.join(piezas)}."


def _se_queda(plazo: Plazo) -> bool:
    """Dice si el plazo ya está escrito como fecha y no hay nada que reemplazar."""
    return plazo.precision is PrecisionDePlazo.EXACTA and plazo.metodo.value == "fecha"
