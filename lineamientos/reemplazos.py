"""Textos que pueden ir en el lugar exacto que señala un hallazgo: lo que se aplica con una tecla.

Nada se inventa: lo que el ítem no dice queda entre corchetes («hasta el [DD/MM/AAAA]»). Un hallazgo
sobre el ítem entero se reemplaza con su propuesta de redacción; los demás, con la forma de su
regla. Una regla sin forma de reemplazo (hay que pensar, no cambiar palabras) no ofrece ninguno.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from ingesta.documento import Documento
from lineamientos.hallazgo import Hallazgo
from lineamientos.redaccion_huecos import PLAZO, RESPONSABLE, TOPE
from nlp.calendario import es_habil
from nlp.conjugacion import futuro
from nlp.propuesta import Propuesta

_FUTURO = re.compile(r"(rá|rán)$")
_INFINITIVO = re.compile(r"\b(\w+[aeií]r)(se)?\b(?: y (\w+[aeií]r)\b)?")
Forma = Callable[[str, Propuesta, Hallazgo], tuple[str, ...]]


def reemplazos(
    documento: Documento, propuesta: Propuesta, hallazgo: Hallazgo, redaccion: str | None
) -> tuple[str, ...]:
    """Devuelve los reemplazos del tramo del hallazgo, del más al menos directo; puede no haber.

    `redaccion` es la propuesta de redacción del ítem, si la tiene.
    """
    leido = documento.fragmento(hallazgo.tramo)
    if hallazgo.tramo == propuesta.tramo:
        sirve = redaccion and redaccion != leido and "[" not in leido  # con huecos, ya se aplicó
        return (redaccion,) if redaccion and sirve else ()
    forma = FORMAS.get(hallazgo.regla)
    return tuple(r for r in forma(leido, propuesta, hallazgo) if r != leido) if forma else ()


def conjugar(infinitivo: str, modelo: str) -> str | None:
    """Pone el verbo que abre una frase en el tiempo y número de otro («apoyará» → «entregará»).

    Solo conoce el futuro y el infinitivo, que son las formas con que un acta compromete
    (`dominio.md` §0.7); de otra forma devuelve None.
    """
    if re.search(r"r(?:se)?$", modelo):
        return infinitivo
    final = _FUTURO.search(modelo)
    verbo = _INFINITIVO.match(infinitivo)
    if final is None or verbo is None:
        return None
    plural = final[1].endswith("n")
    frase = futuro(f"{verbo[1]}{verbo[2] or ''}", plural)
    if verbo[3]:
        frase += f" y {futuro(verbo[3], plural)}"
    return frase + infinitivo[verbo.end() :]


def _verbos(leido: str, _: Propuesta, hallazgo: Hallazgo) -> tuple[str, ...]:
    *antes, verbo = leido.split()
    formas = (conjugar(_con_huecos(s), verbo) for s in hallazgo.sugerencias if _es_accion(s))
    return tuple(" ".join((*antes, forma)) for forma in formas if forma)


def _es_accion(sugerencia: str) -> bool:
    """Dice si la sugerencia es una acción de la tabla y no un consejo en prosa."""
    return bool(_INFINITIVO.match(sugerencia))


def _con_huecos(sugerencia: str) -> str:
    """«asignar N profesionales» → «asignar [N] profesionales»; los puntos suspensivos, «[…]»."""
    return re.sub(r"(?<!\w)(N|20XX|X)(?!\w)", r"[\1]", sugerencia.replace("…", "[…]"))


def _dias(leido: str, _: Propuesta, __: Hallazgo) -> tuple[str, ...]:
    partido = re.fullmatch(r"(.*\bd[ií]as)(.*)", leido, re.IGNORECASE | re.DOTALL)
    if partido is None:
        return ()
    return tuple(f"{partido[1]} {clase}{partido[2]}" for clase in ("hábiles", "calendario"))


def _pasiva(leido: str, _: Propuesta, __: Hallazgo) -> tuple[str, ...]:
    if leido.lower().startswith("se "):
        return (f"{RESPONSABLE} {leido.split()[-1].rstrip('n')}",)
    return (f"{leido} por {RESPONSABLE}",)


def _fecha_calculada(_: str, propuesta: Propuesta, __: Hallazgo) -> tuple[str, ...]:
    plazo = propuesta.campos.plazo
    return (f"hasta el {plazo.fecha_limite:%d/%m/%Y}",) if plazo and plazo.fecha_limite else ()


def _dia_habil(_: str, propuesta: Propuesta, __: Hallazgo) -> tuple[str, ...]:
    """El día hábil anterior y el siguiente."""
    plazo = propuesta.campos.plazo
    if plazo is None or plazo.fecha_limite is None:
        return ()
    halladas = []
    for paso in (-1, 1):
        dia = plazo.fecha_limite
        while not es_habil(dia):
            dia += timedelta(days=paso)
        halladas.append(f"hasta el {dia:%d/%m/%Y}")
    return tuple(halladas)


FORMAS: Final[Mapping[str, Forma]] = {
    "S01": _verbos,
    "S07": _pasiva,
    "M01": lambda leido, _, __: (f"[cantidad de] {leido}",),
    "R08": _dia_habil,
    "T02": lambda _, __, ___: (PLAZO,),
    "T03": _dias,
    "T04": lambda leido, p, h: (
        f"{leido} contados desde la firma del acta",
        *_fecha_calculada(leido, p, h),
    ),
    "T05": _fecha_calculada,
    "T06": lambda leido, _, __: (f"{leido}, {TOPE}",),
    "T07": lambda leido, _, __: (f"{leido}, {PLAZO}",),
    "T08": lambda _, __, ___: (PLAZO,),
    "T09": lambda leido, _, __: (f"{leido}, {TOPE}",),
}
"""Forma de reemplazo de cada regla que señala una parte del ítem."""
