"""Separa dos palabras a las que el OCR quitó el espacio: «elMINSA», «losronderos»."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from nlp.erratas_datos import MUY_VISTA, con_tildes, datos, veces_de_sobra
from nlp.erratas_verbos import es_verbo, peso
from nlp.plegado import plegar
from nlp.vocabulario import Vocabulario

_SIGLA_PEGADA = re.compile(r"([A-ZÁÉÍÓÚÑ]{3,})([a-záéíóúñ]{2,})")
_PEGADA_A_MAYUSCULA = re.compile(r"([A-ZÁÉÍÓÚÑ]?[a-záéíóúñ]+)([A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑa-záéíóúñ]+)")
_CON_TILDE = re.compile(r"[áéí]")
_ENCLITICOS = frozenset({"lo", "la", "los", "las", "se"})
_ABREN = frozenset({"el", "la", "los", "las", "se", "que"})

COSTO_DE_ESPACIO = 4.0
"""Menos logaritmo de lo frecuente que es perder un espacio."""

_VERBO_Y_NOMBRE = 30
"""Veces que deben verse el actor y su verbo, pegados («Haciendaqueda»)."""


def separadas(vistas: Vocabulario, palabra: str, propia: bool) -> Iterator[tuple[float, str]]:
    """Da los cortes en dos palabras muy vistas, con su puntaje."""
    pegables = datos()["pegables"]
    plegada = plegar(palabra)
    for i in range(1, len(plegada)):
        a, b = plegada[:i], plegada[i:]
        if b in _ENCLITICOS and _CON_TILDE.search(palabra[:i]):
            continue
        corta, larga = (a, b) if a in pegables else (b, a)
        lugar = (i, len(palabra)) if corta is a else (0, i)
        menor = min(peso(vistas, a), peso(vistas, b))
        if corta in pegables:
            minimo = 5000 if corta is a and len(a) == 1 else veces_de_sobra(larga)
            de_actor = corta is a and len(a) > 1 and larga in datos()["de_actores"]
            verbal = (corta is b or a == "se") and es_verbo(vistas, palabra[slice(*lugar)])
            vale = len(larga) > 2 and (peso(vistas, larga) >= minimo or verbal or de_actor)
            abre = a in _ABREN and len(larga) > 3
            vale = vale and (not propia or corta is b or palabra[i].isupper() or abre)
        else:
            verbal = es_verbo(vistas, palabra[i:])
            minimo = _VERBO_Y_NOMBRE if verbal and a in datos()["de_actores"] else MUY_VISTA
            minimo = min(minimo, veces_de_sobra(b)) if verbal else minimo
            vale = min(len(a), len(b)) > 3 and menor >= minimo
            vale = vale and (not propia or palabra[i].isupper() or verbal)
            if propia and verbal and len(a) > 3 and palabra.endswith(("á", "án")):
                vale, menor = True, peso(vistas, b)
        if vale:
            partes = (
                con_tildes(vistas, palabra[:i].lower()),
                con_tildes(vistas, palabra[i:].lower()),
            )
            segunda = partes[1].capitalize() if palabra[i].isupper() else partes[1]
            yield math.log(max(menor, 1)) - COSTO_DE_ESPACIO, f"{partes[0]} {segunda}"


def en_la_mayuscula(vistas: Vocabulario, palabra: str) -> str | None:
    """Separa «MINSAhará», «elMINSA» y «GobiernoRegional», aunque una parte sea un nombre."""
    if hallada := _SIGLA_PEGADA.fullmatch(palabra):
        b = plegar(hallada[2])
        if peso(vistas, b) >= veces_de_sobra(b) or es_verbo(vistas, hallada[2]):
            return f"{hallada[1]} {hallada[2]}"
    elif hallada := _PEGADA_A_MAYUSCULA.fullmatch(palabra):
        a = plegar(hallada[1])
        if (
            a in datos()["pegables"]
            or (len(a) > 1 and vistas.veces(a) >= MUY_VISTA)
            or es_verbo(vistas, hallada[1])
        ):
            return f"{hallada[1]} {hallada[2]}"
    return None
