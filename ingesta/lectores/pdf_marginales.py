"""Lo que no es parte del acta corrida: encabezados, pies, números de página y sellos de firma."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import floor

from ingesta.documento import TipoBloque
from ingesta.lectores.pdf_franjas import Franja, en_franjas
from ingesta.lectores.pdf_palabras import Pieza
from ingesta.lectores.pdf_tabla import Tabla, parecen_titulos

ZONA = 0.13
"""Parte del alto de la hoja, arriba y abajo, donde puede haber encabezado o pie."""

MISMA_ALTURA = 8.0
MISMA_ALTURA_EN_IMAGEN = 30.0
"""Puntos que puede moverse un encabezado de una página a otra, digital o fotografiada."""

NUMERO_DE_PAGINA = re.compile(
    r"(p[aá]g(ina|\.)?|hoja|folio)\s*(n[.º°]*\s*)?\d{1,3}(\s*(de|/|-)\s*\d{1,3})?"
    r"|\d{1,3}\s*(\||/)\s*(p[aá]g(ina|\.)?|\d{1,3})"
    r"|[-–—]\s*\d{1,3}\s*[-–—]"
    r"|\d{1,3}\s+de\s+\d{1,3}",
    re.IGNORECASE,
)
SIGNOS = re.compile(r"[^\w#]+")
LETRA_CHICA = 0.9
"""Alto de la letra de una nota al pie respecto de la corriente."""

LLAMADA = re.compile(r"\d{1,2}|\*{1,3}")
SELLO = re.compile(
    r"Firmado digita\w{4,8} por\b.{0,240}?\bFecha[:;.]?\s*[\d./-]+(\s+[\d:.]+)?"
    r"(\s+[-+]\d{2}:?\d{2})?"
)
"""Sello que deja la firma digital del Estado; suele caer en medio del texto o en el margen. En un
escaneo su letra es chica y «digitalmente» puede leerse con una letra cambiada."""


@dataclass(frozen=True, slots=True)
class Marginal:
    """Encabezado o pie: su texto, una sola vez aunque se repita en muchas páginas."""

    tipo: TipoBloque
    franja: Franja


@dataclass(frozen=True, slots=True)
class PaginaPorRevisar:
    """Palabras de una página, su alto en puntos y los cuadros que tiene."""

    alto: float
    piezas: list[Pieza]
    tablas: Sequence[Tabla]


def separar(paginas: Sequence[PaginaPorRevisar]) -> tuple[list[Marginal], set[int]]:
    """Devuelve los encabezados y pies, y la identidad (`id`) de todas sus palabras.

    Es marginal lo que está cerca del borde y se repite, sin contar los números, a la misma altura
    en más de la mitad de las páginas; también un número de página que se reconoce por su forma. Un
    cuadro lo es entero o no lo es.
    """
    candidatas = [list(_candidatas(p)) for p in paginas]
    apariciones: dict[tuple[TipoBloque, str], list[float]] = {}
    for grupos in candidatas:
        for c in (c for grupo in grupos for c in grupo):
            apariciones.setdefault(c.clave, []).append(c.altura)
    minimo = max(2, floor(len(paginas) / 2) + 1)
    vistas: set[tuple[TipoBloque, str]] = set()
    marginales: list[Marginal] = []
    suyas: set[int] = set()
    for grupos in candidatas:
        for grupo in grupos:
            if not all(c.es_numero or _repetidas(apariciones[c.clave], c) >= minimo for c in grupo):
                continue
            for c in grupo:
                suyas |= {id(p) for p in c.franja.piezas}
                if c.clave not in vistas:
                    vistas.add(c.clave)
                    marginales.append(Marginal(c.clave[0], c.franja))
    return marginales, suyas


@dataclass(frozen=True, slots=True)
class _Candidata:
    """Franja cercana a un borde; `altura` es la distancia, en puntos, a ese borde."""

    clave: tuple[TipoBloque, str]
    altura: float
    franja: Franja
    es_numero: bool


def _candidatas(pagina: PaginaPorRevisar) -> Iterator[list[_Candidata]]:
    """Produce las franjas cercanas a los bordes; las de un cuadro, juntas."""
    en_tablas: set[int] = set()
    for tabla in pagina.tablas:
        franjas = [f for c in tabla.casillas for f in c.franjas]
        en_tablas |= {id(p) for f in franjas for p in f.piezas}
        grupo = [_candidata(f, pagina.alto, False) for f in franjas]
        if all(c is not None for c in grupo):
            yield [c for c in grupo if c is not None]
    for franja in en_franjas(p for p in pagina.piezas if id(p) not in en_tablas):
        candidata = _candidata(franja, pagina.alto, True)
        if candidata is not None:
            yield [candidata]


def _candidata(franja: Franja, alto: float, suelta: bool) -> _Candidata | None:
    centro = (franja.caja.arriba + franja.caja.abajo) / 2
    if centro <= ZONA * alto:
        tipo, altura = TipoBloque.ENCABEZADO, centro
    elif centro >= (1 - ZONA) * alto:
        tipo, altura = TipoBloque.PIE, alto - centro
    else:
        return None
    if suelta and parecen_titulos(p.texto for p in franja.piezas):
        return None
    clave = SIGNOS.sub(" ", re.sub(r"\d+", "#", franja.texto.casefold()))
    es_numero = suelta and bool(NUMERO_DE_PAGINA.fullmatch(franja.texto))
    return _Candidata((tipo, clave), altura, franja, es_numero)


def _repetidas(alturas: Iterable[float], candidata: _Candidata) -> int:
    digital = candidata.franja.confianza is None
    holgura = MISMA_ALTURA if digital else MISMA_ALTURA_EN_IMAGEN
    return sum(abs(a - candidata.altura) <= holgura for a in alturas)


def separar_sellos(piezas: list[Pieza]) -> tuple[list[list[Franja]], list[Pieza]]:
    """Devuelve los sellos de firma digital, cada uno con sus franjas, y las demás palabras.

    Los busca en el orden en que se dibujaron, donde cada sello está entero.
    """
    inicios: list[int] = []
    largo = 0
    for pieza in piezas:
        inicios.append(largo)
        largo += len(pieza.texto) + 1
    texto = " ".join(p.texto for p in piezas)
    tomadas: set[int] = set()
    sellos: list[list[Franja]] = []
    for hallado in SELLO.finditer(texto):
        propias = [i for i, x in enumerate(inicios) if hallado.start() <= x < hallado.end()]
        tomadas.update(propias)
        sellos.append(en_franjas(piezas[i] for i in propias))
    return sellos, [p for i, p in enumerate(piezas) if i not in tomadas]


def separar_notas_al_pie(
    franjas: list[Franja], alto: float
) -> tuple[list[Franja], list[list[Franja]]]:
    """Aparta las notas del final de una página: letra chica y un número al comienzo.

    `alto` es el de la letra corriente del documento. Devuelve lo demás y las notas.
    """
    desde = len(franjas)
    while desde and franjas[desde - 1].alto <= LETRA_CHICA * alto:
        desde -= 1
    notas: list[list[Franja]] = []
    for franja in franjas[desde:]:
        if LLAMADA.fullmatch(franja.piezas[0].texto) and len(franja.piezas) > 1:
            notas.append([])
        if notas:
            notas[-1].append(franja)
    return franjas[: len(franjas) - sum(map(len, notas))], notas
