"""Mide el UBIGEO con todos los distritos del país en las maneras de nombrarlos de un acta.

Las oraciones se arman con la tabla del INEI, que es también el oro: no hace falta anotar. El acta
da la región, como la da su lugar de reunión; en cadena («Trita, Luya, Amazonas») la da el texto.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ingesta.documento import Tramo
from nlp.componentes import lugar
from nlp.contexto import Contexto
from nlp.entrenamiento.intervalos import Cifra, cifra, proporcion
from nlp.gacetero import Ubigeo, por_codigo
from nlp.plegado import plegar
from nlp.propuesta import Lugar

FORMAS = {
    "distrito": "El gobierno regional construirá la posta en el distrito de {d}.",
    "distrito y provincia": "Se construirá la posta en el distrito de {d}, provincia de {p}.",
    "en mayúsculas": "SE CONSTRUIRÁ LA POSTA EN EL DISTRITO DE {D}, PROVINCIA DE {P}.",
    "en cadena": "Se construirá la posta en {d}, {p}, {r}.",
    "suelto, tras «en»": "El gobierno regional construirá la posta en {d} antes de junio.",
}


@dataclass(frozen=True, slots=True)
class MedidaDeUbigeo:
    """`exacto`: se dio el código del distrito (o, si la región tiene varios de ese nombre, todos
    ellos como candidatos). `hallado`: el código está entre lo que se dio, o se dio su provincia del
    mismo nombre, que el nombre a secas también nombra («en Chota»)."""

    forma: str
    exacto: Cifra
    hallado: Cifra


def medir_ubigeo() -> list[MedidaDeUbigeo]:
    """Devuelve la medida de cada forma; el intervalo remuestrea provincias."""
    distritos = [u for u in por_codigo().values() if u.distrito]
    repetidos = Counter((u.region, plegar(u.nombre)) for u in distritos)
    medidas = []
    for forma, oracion in FORMAS.items():
        casos = [
            (u.codigo[:4], *_juzgar(u, lugares, repetidos[u.region, plegar(u.nombre)]))
            for u, lugares in _leer(distritos, forma, oracion)
        ]
        exacto, hallado = (
            cifra(((c[0], np.array([c[i], 1.0])) for c in casos), proporcion, len(casos))
            for i in (1, 2)
        )
        medidas.append(MedidaDeUbigeo(forma, exacto, hallado))
    return medidas


def _leer(
    distritos: list[Ubigeo], forma: str, oracion: str
) -> Iterator[tuple[Ubigeo, tuple[Lugar, ...]]]:
    for u in distritos:
        texto = oracion.format(
            d=u.distrito, p=u.provincia, r=u.region, D=u.nombre.upper(), P=str(u.provincia).upper()
        )
        region = Lugar(Tramo(0, 0), region=u.region, codigo=u.codigo[:2])
        contexto = Contexto(lugares=() if forma == "en cadena" else (region,))
        yield u, lugar.extraer(texto, contexto)


def _juzgar(u: Ubigeo, lugares: tuple[Lugar, ...], tocayos: int) -> tuple[float, float]:
    codigos = {h.codigo for h in lugares}
    candidatos = {c for h in lugares for c in h.candidatos}
    exacto = u.codigo in codigos or (tocayos > 1 and u.codigo in candidatos)
    provincia = plegar(u.nombre) == plegar(str(u.provincia)) and u.codigo[:4] in codigos
    return float(exacto), float(exacto or provincia or u.codigo in candidatos)
