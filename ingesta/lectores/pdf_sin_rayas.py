"""Cuadros sin rayas verticales: una franja de títulos y debajo columnas separadas por blancos.

Cada límite entre columnas empieza siendo el blanco entre dos títulos y se estrecha con cada franja;
la que ya no deja pasar todos los límites queda fuera del cuadro.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingesta.documento import Caja
from ingesta.lectores.pdf_franjas import Franja, en_franjas, partir_por_huecos
from ingesta.lectores.pdf_palabras import Pieza
from ingesta.lectores.pdf_rayas import Raya
from ingesta.lectores.pdf_tabla import Casilla, Tabla, parecen_titulos

MENOR_NUMERO_DE_TITULOS = 3
MENOR_BLANCO = 4.0
"""Puntos de blanco que debe dejar libre cada límite."""

ENTRE_TITULOS = 0.7
"""Altos de letra de blanco que separan dos títulos; entre palabras hay la tercera parte."""

SALTO_FINAL = 3.0
"""Altos de letra entre dos franjas con que el cuadro ya terminó."""

MISMA_RAYA = 12.0
NUMERO = re.compile(r"\d{1,3}[.)]?-?")


@dataclass(frozen=True, slots=True)
class Columnas:
    """Columnas de un cuadro sin rayas, para reconocer su continuación en la página siguiente."""

    bordes: tuple[float, ...]
    limites: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Hallada:
    """Un cuadro y sus columnas."""

    tabla: Tabla
    columnas: Columnas


def buscar(piezas: list[Pieza], rayas: Sequence[Raya], previas: Columnas | None) -> list[Hallada]:
    """Devuelve los cuadros sin rayas, de arriba abajo.

    `previas` son las columnas del cuadro con que terminó la página anterior, si lo hubo: las
    primeras franjas pueden continuarlo sin repetir los títulos.
    """
    franjas = en_franjas(piezas)
    horizontales = sorted((r for r in rayas if r.horizontal), key=lambda r: r.lugar)
    halladas: list[Hallada] = []
    i = 0
    if previas is not None:
        cuerpo, columnas = _cuerpo(franjas, horizontales, previas)
        if cuerpo and len(_columnas_con_texto(cuerpo[0], columnas)) > 1:
            halladas.append(Hallada(_armar([], cuerpo, columnas, horizontales), columnas))
            i = len(cuerpo)
    while i < len(franjas):
        hallada, usadas = _desde(franjas[i:], horizontales)
        if hallada is not None:
            halladas.append(hallada)
        i += max(1, usadas)
    return halladas


def _desde(franjas: list[Franja], rayas: list[Raya]) -> tuple[Hallada | None, int]:
    """Busca un cuadro cuyos títulos empiecen en la primera franja; dice cuántas ocupa."""
    partes = partir_por_huecos(franjas[0], ENTRE_TITULOS * franjas[0].alto)
    textos = [p.texto for p in partes]
    if (
        len(partes) < MENOR_NUMERO_DE_TITULOS
        or any(":" in t for t in textos)
        or not parecen_titulos(textos)
    ):
        return None, 0
    columnas = Columnas(
        (*(p.caja.x0 for p in partes), partes[-1].caja.x1),
        tuple((a.caja.x1, b.caja.x0) for a, b in pairwise(partes)),
    )
    altura = _altura_de_titulos(franjas, rayas, columnas)
    cuerpo, columnas = _cuerpo(franjas[1:], rayas, columnas)
    titulos, cuerpo = [franjas[0], *cuerpo[: altura - 1]], cuerpo[altura - 1 :]
    llenas = sum(len(_columnas_con_texto(f, columnas)) > 1 for f in cuerpo)
    if llenas < 2:
        return None, 0
    tabla = _armar(titulos, cuerpo, columnas, rayas)
    return Hallada(tabla, columnas), len(titulos) + len(cuerpo)


def _altura_de_titulos(franjas: list[Franja], rayas: list[Raya], columnas: Columnas) -> int:
    """Devuelve cuántas franjas ocupan los títulos: hasta la raya de abajo o mientras haya negrita.

    Sin raya ni negrita es una sola.
    """
    propias = _propias(rayas, columnas)
    debajo = [r.lugar for r in propias if r.lugar > franjas[0].caja.arriba]
    if debajo and len(propias) > 1:
        return sum(f.caja.arriba < debajo[0] for f in franjas[:4])
    negritas = 0
    while negritas < min(4, len(franjas)) and franjas[negritas].negrita:
        negritas += 1
    return max(1, negritas)


def _propias(rayas: list[Raya], columnas: Columnas) -> list[Raya]:
    """Devuelve las rayas que cruzan el cuadro de lado a lado."""
    x0, x1 = columnas.bordes[0] + MISMA_RAYA, columnas.bordes[-2]
    return [r for r in rayas if r.desde <= x0 and r.hasta >= x1]


def _cuerpo(
    franjas: list[Franja], rayas: list[Raya], columnas: Columnas
) -> tuple[list[Franja], Columnas]:
    """Devuelve las franjas que respetan los límites y las columnas con los límites ajustados."""
    propias = [r.lugar for r in _propias(rayas, columnas)]
    cuerpo: list[Franja] = []
    for franja in franjas:
        if cuerpo:
            salto = franja.caja.arriba - cuerpo[-1].caja.abajo
            entre = any(cuerpo[-1].caja.abajo - 2 <= y <= franja.caja.arriba + 2 for y in propias)
            pasada = entre and not any(y > franja.caja.arriba for y in propias)
            if pasada or (salto > SALTO_FINAL * franja.alto and not entre):
                break
            if not entre and _es_titulo_suelto(franja, cuerpo, columnas):
                break
        limites = [_estrechar(limite, franja) for limite in columnas.limites]
        if any(b - a < MENOR_BLANCO for a, b in limites):
            break
        columnas = replace(columnas, limites=tuple(limites))
        cuerpo.append(franja)
    return cuerpo, columnas


def _es_titulo_suelto(franja: Franja, cuerpo: list[Franja], columnas: Columnas) -> bool:
    """Dice si es un título debajo del cuadro: negrita, en una columna y las filas no lo están."""
    return (
        franja.negrita
        and len(_columnas_con_texto(franja, columnas)) == 1
        and not any(f.negrita for f in cuerpo[-3:])
    )


def _estrechar(limite: tuple[float, float], franja: Franja) -> tuple[float, float]:
    """Devuelve el mayor trozo del límite que ninguna palabra de la franja pisa."""
    marcas = [limite[0]]
    for pieza in franja.piezas:
        marcas += [pieza.caja.x0, pieza.caja.x1]
    marcas.append(limite[1])
    libres = [
        (max(a, limite[0]), min(b, limite[1]))
        for a, b in zip(marcas[::2], marcas[1::2], strict=True)
    ]
    return max(libres, key=lambda libre: libre[1] - libre[0])


def _columna(pieza: Pieza, columnas: Columnas) -> int:
    centro = (pieza.caja.x0 + pieza.caja.x1) / 2
    return sum(centro > (a + b) / 2 for a, b in columnas.limites)


def _columnas_con_texto(franja: Franja, columnas: Columnas) -> set[int]:
    return {_columna(p, columnas) for p in franja.piezas}


def _armar(
    titulos: list[Franja], cuerpo: list[Franja], columnas: Columnas, rayas: list[Raya]
) -> Tabla:
    """Reparte las franjas en filas y las palabras en columnas."""
    filas = [titulos] if titulos else []
    filas += _en_filas(cuerpo, columnas, [r.lugar for r in _propias(rayas, columnas)])
    casillas: list[Casilla] = []
    for numero, fila in enumerate(filas):
        por_columna: dict[int, list[Pieza]] = {}
        for pieza in (p for f in fila for p in f.piezas):
            por_columna.setdefault(_columna(pieza, columnas), []).append(pieza)
        for columna, piezas in sorted(por_columna.items()):
            franjas = en_franjas(piezas)
            borde = (min(f.caja.x0 for f in franjas), max(f.caja.x1 for f in franjas))
            casillas.append(
                Casilla(numero, columna, 1, 1, tuple(f.con_margen(*borde) for f in franjas))
            )
    caja = Caja.que_cubre(f.caja for f in [*titulos, *cuerpo])
    return Tabla(caja, columnas.bordes, tuple(casillas), 1 if titulos else 0)


def _en_filas(cuerpo: list[Franja], columnas: Columnas, rayas: list[float]) -> list[list[Franja]]:
    """Agrupa las franjas en filas: por las rayas, por los saltos o por la primera columna."""
    centros = [(f.caja.arriba + f.caja.abajo) / 2 for f in cuerpo]
    por_rayas = [any(a < y < b for y in rayas) for a, b in pairwise(centros)]
    if sum(por_rayas) > 1:
        return _cortar(cuerpo, por_rayas)
    empiezan = [0 in _columnas_con_texto(f, columnas) for f in cuerpo]
    numeradas = sum(bool(NUMERO.fullmatch(f.piezas[0].texto)) for f in cuerpo)
    if numeradas > 1 and numeradas == sum(empiezan):
        return _por_numeros(cuerpo, empiezan)
    corte = _salto_de_fila(cuerpo)
    if corte is None:
        return _cortar(cuerpo, empiezan[1:])
    return _cortar(cuerpo, [salto > corte for salto in _saltos(cuerpo)])


def _por_numeros(cuerpo: list[Franja], numeradas: list[bool]) -> list[list[Franja]]:
    """Corta por los saltos si así cada fila lleva un número, y si no, donde hay un número.

    Los saltos valen más porque el número puede ir centrado a media altura de su fila.
    """
    for corte in sorted({s + 0.1 for s in _saltos(cuerpo)}, reverse=True):
        filas = _cortar(cuerpo, [salto > corte for salto in _saltos(cuerpo)])
        desde = 0
        cuentas = []
        for fila in filas:
            cuentas.append(sum(numeradas[desde : desde + len(fila)]))
            desde += len(fila)
        if all(n == 1 for n in cuentas):
            return filas
    return _cortar(cuerpo, numeradas[1:])


def _saltos(cuerpo: list[Franja]) -> list[float]:
    return [b.caja.arriba - a.caja.arriba for a, b in pairwise(cuerpo)]


def _salto_de_fila(cuerpo: list[Franja]) -> float | None:
    """Devuelve el salto que separa filas, o None si todos los saltos son parecidos."""
    saltos = sorted(_saltos(cuerpo))
    if not saltos or saltos[-1] < 1.2 * saltos[0]:
        return None
    brechas = [(b - a, (a + b) / 2) for a, b in pairwise(saltos) if a <= 2 * saltos[0]]
    return max(brechas)[1] if brechas else None


def _cortar(cuerpo: list[Franja], cortes: list[bool]) -> list[list[Franja]]:
    """Parte la lista antes de cada franja marcada; `cortes[i]` habla de la franja i + 1."""
    filas = [[cuerpo[0]]]
    for franja, corta in zip(cuerpo[1:], cortes, strict=True):
        if corta:
            filas.append([])
        filas[-1].append(franja)
    return filas
