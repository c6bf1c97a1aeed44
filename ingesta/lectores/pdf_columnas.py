"""Orden de lectura: busca canales blancos verticales y lee cada columna de arriba abajo."""

from __future__ import annotations

from dataclasses import dataclass

from ingesta.lectores.pdf_firmas import buscar_firmas
from ingesta.lectores.pdf_franjas import Franja, en_franjas
from ingesta.lectores.pdf_palabras import Pieza

MENOR_CANAL = 9.0
"""Puntos de blanco que separan dos columnas; los blancos de un renglón justificado son menores."""

MENOR_NUMERO_DE_RENGLONES = 4
MENOR_ANCHO = 0.25
"""Parte del ancho que ocupa, como mínimo, una columna: los rótulos de una ficha ocupan menos."""

RENGLON_LLENO = 0.6
RENGLONES_LLENOS = 0.5
"""En una columna de texto, al menos la mitad de los renglones llegan más allá del 60 %."""

MITAD = (0.42, 0.62)
"""Parte del ancho donde empieza la segunda de dos columnas iguales, como las de firmas."""

MAYOR_PROFUNDIDAD = 100
"""Veces que se vuelve a partir una página, en columnas o en filas de firmas."""

PEGADA = 1.3
SEPARACION = 2.5
"""Altos de letra entre renglones a partir de los cuales una columna ya terminó."""

Hueco = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Canal:
    """Franjas [desde, hasta) que deja libres el blanco [x0, x1]."""

    desde: int
    hasta: int
    x0: float
    x1: float


def ordenar(piezas: list[Pieza], margen: Hueco) -> list[Franja]:
    """Devuelve las franjas en orden de lectura; `margen` son los bordes del texto de la página."""
    return _leer(piezas, margen, MAYOR_PROFUNDIDAD)


def _leer(piezas: list[Pieza], margen: Hueco, profundidad: int) -> list[Franja]:
    franjas = en_franjas(piezas)
    firmas = buscar_firmas(franjas) if profundidad else None
    if firmas is not None:
        return [
            *_leer(_piezas(franjas[: firmas.desde]), margen, profundidad - 1),
            *firmas.franjas,
            *_leer(_piezas(franjas[firmas.hasta :]), margen, profundidad - 1),
        ]
    canal = _canal(franjas, margen) if profundidad else None
    if canal is None:
        return [f.con_margen(*margen) for f in franjas]
    medio = (canal.x0 + canal.x1) / 2
    dentro = _piezas(franjas[canal.desde : canal.hasta])
    izquierda = [p for p in dentro if p.caja.x1 <= medio]
    derecha = [p for p in dentro if p.caja.x1 > medio]
    return [
        *_leer(_piezas(franjas[: canal.desde]), margen, profundidad - 1),
        *_leer(izquierda, _bordes(izquierda), profundidad - 1),
        *_leer(derecha, _bordes(derecha), profundidad - 1),
        *_leer(_piezas(franjas[canal.hasta :]), margen, profundidad - 1),
    ]


def _bordes(piezas: list[Pieza]) -> Hueco:
    return min(p.caja.x0 for p in piezas), max(p.caja.x1 for p in piezas)


def _piezas(franjas: list[Franja]) -> list[Pieza]:
    return [p for f in franjas for p in f.piezas]


def _canal(franjas: list[Franja], margen: Hueco) -> _Canal | None:
    """Devuelve el canal que separa más franjas, o None si el texto va en una sola columna."""
    if not franjas:
        return None
    x0, x1 = min(f.caja.x0 for f in franjas), max(f.caja.x1 for f in franjas)
    borde = (x1 - x0) * MENOR_ANCHO
    huecos = [_huecos(f, x0 + borde, x1 - borde) for f in franjas]
    mejor: _Canal | None = None
    desde = 0
    while desde < len(franjas):
        libres = huecos[desde]
        hasta = desde + 1
        while libres and hasta < len(franjas):
            comunes = _comunes(libres, huecos[hasta])
            if not comunes:
                break
            libres = comunes
            hasta += 1
        for hueco in libres:
            canal = _ajustar(franjas, desde, hasta, hueco, margen)
            if canal and (mejor is None or _largo(canal) > _largo(mejor)):
                mejor = canal
        desde = desde + 1 if not libres or hasta == desde + 1 else _reinicio(huecos, desde, hasta)
    return mejor


def _reinicio(huecos: list[list[Hueco]], desde: int, hasta: int) -> int:
    """Devuelve dónde seguir: la primera franja que comparte un hueco con la que cortó el canal."""
    if hasta == len(huecos):
        return hasta
    libres = huecos[hasta]
    nuevo = hasta
    while nuevo - 1 > desde and (comunes := _comunes(libres, huecos[nuevo - 1])):
        libres = comunes
        nuevo -= 1
    return nuevo


def _largo(canal: _Canal) -> int:
    return canal.hasta - canal.desde


def _huecos(franja: Franja, x0: float, x1: float) -> list[Hueco]:
    """Devuelve los blancos de la franja que caen dentro de [x0, x1]."""
    piezas = franja.piezas
    limites = [x0, *(x for p in piezas for x in (p.caja.x0, p.caja.x1)), x1]
    pares = zip(limites[::2], limites[1::2], strict=True)
    cortados = ((max(a, x0), min(b, x1)) for a, b in pares)
    return [h for h in cortados if h[1] - h[0] >= MENOR_CANAL]


def _comunes(a: list[Hueco], b: list[Hueco]) -> list[Hueco]:
    cruces = ((max(p[0], q[0]), min(p[1], q[1])) for p in a for q in b)
    return [h for h in cruces if h[1] - h[0] >= MENOR_CANAL]


def _ajustar(
    franjas: list[Franja], desde: int, hasta: int, hueco: Hueco, margen: Hueco
) -> _Canal | None:
    """Recorta el canal a donde hay columnas y comprueba que lo sean."""
    medio = sum(hueco) / 2
    lados = [
        ([p for p in f.piezas if p.caja.x1 <= medio], [p for p in f.piezas if p.caja.x0 >= medio])
        for f in franjas[desde:hasta]
    ]
    con_derecha = [i for i, (_, derecha) in enumerate(lados) if derecha]
    con_izquierda = [i for i, (izquierda, _) in enumerate(lados) if izquierda]
    if not con_derecha or not con_izquierda:
        return None
    primero = _comienzo(franjas[desde:hasta], max(con_izquierda[0], con_derecha[0]), con_derecha[0])
    ultimo = max(con_derecha[-1], _fin_de_columna(franjas, desde, con_izquierda, con_derecha[-1]))
    izquierda = en_franjas(p for lado, _ in lados[primero : ultimo + 1] for p in lado)
    derecha = en_franjas(p for _, lado in lados[primero : ultimo + 1] for p in lado)
    if min(len(izquierda), len(derecha)) < MENOR_NUMERO_DE_RENGLONES:
        return None
    corridas = _es_texto_corrido(izquierda) and _es_texto_corrido(derecha)
    if not corridas and not _son_mitades(izquierda, derecha, margen):
        return None
    return _Canal(desde + primero, desde + ultimo + 1, *hueco)


def _comienzo(franjas: list[Franja], indice: int, con_derecha: int) -> int:
    """Devuelve dónde empieza la columna que comienza más arriba que la otra.

    Una línea suelta a la derecha, como la fecha, no es comienzo de columna.
    """
    separacion = SEPARACION if con_derecha == indice else PEGADA
    while indice:
        a, b = franjas[indice - 1].caja, franjas[indice].caja
        if b.abajo - a.abajo > separacion * franjas[indice].alto:
            break
        indice -= 1
    return indice


def _fin_de_columna(franjas: list[Franja], desde: int, indices: list[int], minimo: int) -> int:
    """Devuelve hasta dónde sigue, sin un salto grande, la columna izquierda si es la más larga."""
    ultimo = minimo
    for i in (i for i in indices if i > minimo):
        a, b = franjas[desde + ultimo].caja, franjas[desde + i].caja
        if b.abajo - a.abajo > SEPARACION * franjas[desde + i].alto:
            break
        ultimo = i
    return ultimo


def _es_texto_corrido(franjas: list[Franja]) -> bool:
    """Dice si la mayoría de las franjas llegan cerca del borde, como en un párrafo."""
    ancho = max(f.caja.x1 for f in franjas) - min(f.caja.x0 for f in franjas)
    llenas = sum(f.caja.x1 - f.caja.x0 >= RENGLON_LLENO * ancho for f in franjas)
    return llenas >= RENGLONES_LLENOS * len(franjas)


def _son_mitades(izquierda: list[Franja], derecha: list[Franja], margen: Hueco) -> bool:
    """Dice si son dos columnas iguales (firmas, constancias) y no los rótulos de una ficha."""
    ancho = max(margen[1] - margen[0], 1.0)
    parte = (min(f.caja.x0 for f in derecha) - margen[0]) / ancho
    return MITAD[0] <= parte <= MITAD[1] and not any(f.texto.endswith(":") for f in izquierda)
