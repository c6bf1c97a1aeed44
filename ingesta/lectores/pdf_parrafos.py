"""De las franjas en orden de lectura a títulos, párrafos e ítems, también de una página a otra."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingesta.documento import TipoBloque
from ingesta.lectores.pdf_firmas import es_raya
from ingesta.lectores.pdf_franjas import Franja
from ingesta.lectores.pdf_guiones import PARTIDA
from ingesta.lectores.pdf_tabla import TERMINA

ORDINALES = (
    r"primer[oa]|segund[oa]|tercer[oa]|cuart[oa]|quint[oa]|sext[oa]|s[eé]p?tim[oa]|octav[oa]|"
    r"noven[oa]|d[eé]cim[oa](\s+\w+)?|und[eé]cim[oa]|duod[eé]cim[oa]|[uú]nic[oa]"
)
ROTULO = (
    r"(?-i:(?=[A-Z]))(acuerdo|compromiso|pedido|tarea|punto|tema|eje)\s+(n[.º°o]{1,3}\s*)?\d{1,3}"
)
MARCA = re.compile(
    r"\d{1,2}\s?(\.-|[.)]-?|°\.?-?)(\s|$)"
    r"|(?-i:[A-Z]{1,2})-?\d{1,2}(\.-|[.):])(\s|$)"
    r"|\d{1,2}(\.\d{1,2}){1,3}\.?-?\)?(\s|$)"
    r"|[a-zñ]\)|\([a-z0-9]{1,3}\)\s|(?-i:[a-h])\.-?\s"
    r"|(?-i:[ivx]{1,5}|[IVX]{1,6})(\.-|[.)]-?)(\s|$)"
    r"|[•●▪■◦○➢➤✓✔*·](\s|$)|[-–—]\s"
    rf"|(?-i:(?=[A-ZÚ]))({ORDINALES})\s*(:|\.-|\.)(\s|$)"
    rf"|{ROTULO}\b",
    re.IGNORECASE,
)
"""Comienzos de un ítem."""

SOLO_ROTULO = re.compile(rf"{ROTULO}\s*[:.-]*", re.IGNORECASE)
VINETA_DE_WORD = "o"
"""Viñeta de segundo nivel de Word (una «o» de Courier), seguida de un blanco ancho."""

MAYOR_TITULO = 120
"""Letras de la línea de título más larga."""

MAYOR_NUMERO_DE_LINEAS = 4
LETRA_MAYOR = 1.15
"""Cuántas veces más alta que la del texto es la letra de un título."""

CASI_LLENO = 0.8
SALTO_DE_FIRMA = 1.8
SANGRIA = 8.0
HOLGURA = 4.0
HOLGURA_DE_OCR = 7.0
"""Puntos: en una imagen las cajas son del ancho de la tinta y los márgenes tiemblan."""

CENTRADO = 4.0


@dataclass(frozen=True, slots=True)
class Parrafo:
    """Bloque hecho de franjas seguidas."""

    tipo: TipoBloque
    franjas: tuple[Franja, ...]


@dataclass(frozen=True, slots=True)
class Estilo:
    """Lo corriente en el documento: interlineado y alto de letra, y qué no distingue un título."""

    interlineado: float
    alto: float
    con_negrita: bool = True
    con_mayusculas: bool = True

    @classmethod
    def de_franjas(cls, franjas: Sequence[Franja]) -> Estilo:
        """Mide las franjas del cuerpo del documento."""
        if not franjas:
            return cls(0.0, 0.0)
        alto = median(f.alto for f in franjas)
        saltos = Counter(
            round((b.caja.abajo - a.caja.abajo) * 2) / 2
            for a, b in pairwise(franjas)
            if _misma_columna(a, b) and 0 < b.caja.abajo - a.caja.abajo <= 2.2 * alto
        )
        frecuentes = [s for s, veces in saltos.items() if 5 * veces >= saltos.total()]
        mitad = len(franjas) / 2
        return cls(
            min(frecuentes, default=1.2 * alto),
            alto,
            sum(f.negrita for f in franjas) <= mitad,
            sum(_en_mayusculas(f.texto) for f in franjas) <= mitad,
        )


def agrupar(franjas: Sequence[Franja], estilo: Estilo) -> list[Parrafo]:
    """Devuelve los bloques que forman las franjas."""
    parrafos: list[Parrafo] = []
    actual: list[Franja] = []
    tipo = TipoBloque.PARRAFO
    for i, franja in enumerate(franjas):
        siguiente = franjas[i + 1] if i + 1 < len(franjas) else None
        suyo = _tipo(franja, siguiente, estilo)
        if actual and _sigue(actual, tipo, franja, suyo, estilo):
            actual.append(franja)
            continue
        if actual:
            parrafos.append(_cerrar(tipo, actual))
        actual, tipo = [franja], suyo
    if actual:
        parrafos.append(_cerrar(tipo, actual))
    return parrafos


def _cerrar(tipo: TipoBloque, franjas: list[Franja]) -> Parrafo:
    """Un título de más de cuatro líneas es un párrafo destacado."""
    if tipo is TipoBloque.TITULO and len(franjas) > MAYOR_NUMERO_DE_LINEAS:
        tipo = TipoBloque.PARRAFO
    return Parrafo(tipo, tuple(franjas))


def _tipo(franja: Franja, siguiente: Franja | None, estilo: Estilo) -> TipoBloque:
    """Devuelve el tipo de bloque que empezaría con la franja."""
    if SOLO_ROTULO.fullmatch(franja.texto) or _es_titulo(franja, siguiente, estilo):
        return TipoBloque.TITULO
    return TipoBloque.ITEM if tiene_marca(franja) else TipoBloque.PARRAFO


def tiene_marca(franja: Franja) -> bool:
    """Dice si la franja empieza con el número, la letra o la viñeta de un ítem."""
    if MARCA.match(franja.texto):
        return True
    piezas = franja.piezas
    return (
        len(piezas) > 1
        and piezas[0].texto == VINETA_DE_WORD
        and piezas[1].caja.x0 - piezas[0].caja.x1 > franja.alto / 2
    )


def _es_titulo(franja: Franja, siguiente: Franja | None, estilo: Estilo) -> bool:
    texto = franja.texto
    letras = sum(c.isalpha() for c in texto)
    if letras < 3 or len(texto) > MAYOR_TITULO or texto.endswith((".", ";", ",")):
        return False
    distinta = (
        (estilo.con_negrita and franja.negrita)
        or (estilo.con_mayusculas and letras > 3 and _en_mayusculas(texto))
        or franja.alto >= LETRA_MAYOR * estilo.alto
    )
    return distinta and not (siguiente is not None and _la_completa(franja, siguiente))


def _la_completa(franja: Franja, siguiente: Franja) -> bool:
    """Dice si la franja es el comienzo destacado de un párrafo que sigue con letra corriente."""
    return (
        _misma_columna(franja, siguiente)
        and siguiente.texto[0].islower()
        and franja.negrita != siguiente.negrita
        and _llena(franja, franja.margen[1], siguiente)
    )


def _en_mayusculas(texto: str) -> bool:
    return texto.isupper()


def _misma_columna(a: Franja, b: Franja) -> bool:
    return a.caja.pagina == b.caja.pagina and a.margen == b.margen and b.caja.arriba > a.caja.arriba


def _llena(franja: Franja, borde: float, siguiente: Franja) -> bool:
    """Dice si la primera palabra de la siguiente no cabía: faltó sitio y no se cortó adrede."""
    primera = siguiente.piezas[0].caja
    holgura = HOLGURA if franja.confianza is None else HOLGURA_DE_OCR
    return franja.caja.x1 + holgura + primera.x1 - primera.x0 > borde


def _salto(a: Franja, b: Franja) -> float:
    """Devuelve los puntos que hay de una línea de base a la siguiente."""
    return b.caja.abajo - a.caja.abajo


def _casi_llena(franja: Franja) -> bool:
    """Dice si el renglón pasa del 80 % de la columna: sin punto al final, es raro que acabe ahí."""
    izquierda, derecha = franja.margen
    return franja.caja.x1 - izquierda >= CASI_LLENO * (derecha - izquierda)


def _sigue(
    actual: list[Franja], tipo: TipoBloque, franja: Franja, suyo: TipoBloque, estilo: Estilo
) -> bool:
    """Dice si la franja continúa el bloque que forman las de `actual`."""
    ultima = actual[-1]
    if es_raya(franja):
        return False
    if es_raya(actual[0]):
        return (
            _misma_columna(ultima, franja)
            and _salto(ultima, franja) <= SALTO_DE_FIRMA * franja.alto
        )
    titulos = (tipo is TipoBloque.TITULO) + (suyo is TipoBloque.TITULO)
    cortada = bool(PARTIDA.search(ultima.texto)) and franja.texto[0].isalnum()
    if titulos == 1:
        return cortada and _misma_columna(ultima, franja)
    if titulos == 2:
        return _sigue_el_titulo(ultima, franja, estilo)
    abierta = cortada or not TERMINA.search(ultima.texto)
    minuscula = franja.texto[0].islower()
    if not _misma_columna(ultima, franja):
        llena = _llena(ultima, ultima.margen[1], franja)
        seguida = cortada or minuscula or franja.texto[0].isdigit() or llena
        return abierta and suyo is not TipoBloque.ITEM and seguida
    salto = _salto(ultima, franja)
    separada = salto > estilo.interlineado + max(2.0, 0.15 * estilo.alto)
    if suyo is TipoBloque.ITEM and (separada or not abierta or not _es_casual(actual, franja)):
        return False
    if len(actual) == 1 and MARCA.fullmatch(ultima.texto):
        return True
    borde = max(f.caja.x1 for f in actual) if len(actual) > 1 else ultima.margen[1]
    if abierta and minuscula:
        return salto < 2 * estilo.interlineado
    if separada or not (_llena(ultima, borde, franja) or (abierta and _casi_llena(ultima))):
        return False
    return abierta or not _cambia_de_sangria(actual, franja)


def _sigue_el_titulo(ultima: Franja, franja: Franja, estilo: Estilo) -> bool:
    """Dice si el título sigue en la franja: misma letra, sin salto, y no empieza otra sección."""
    if not _misma_columna(ultima, franja) or tiene_marca(franja):
        return False
    salto = _salto(ultima, franja)
    centros = [(f.caja.x0 + f.caja.x1) / 2 for f in (ultima, franja)]
    sangria = abs(ultima.caja.x0 - franja.caja.x0)
    centrados = abs(centros[0] - centros[1]) <= CENTRADO < sangria
    return (
        ultima.negrita == franja.negrita
        and abs(ultima.alto - franja.alto) < 1
        and salto <= 1.6 * franja.alto
        and not SOLO_ROTULO.fullmatch(ultima.texto)
        and (centrados or _llena(ultima, ultima.margen[1], franja))
        and not ultima.texto.endswith(":")
        and salto <= max(estilo.interlineado, 1.2 * franja.alto) + 3
    )


def _es_casual(actual: list[Franja], franja: Franja) -> bool:
    """Dice si la marca es parte de la oración («… hasta el día / 30. La empresa …»).

    Lo es si el renglón anterior, que no terminó en punto, quedó lleno, no cambia la sangría y el
    número no sigue al del ítem.
    """
    ultima = actual[-1]
    if not franja.texto[0].isalnum() or not _llena(ultima, ultima.margen[1], franja):
        return False
    if abs(ultima.caja.x0 - franja.caja.x0) > 2:
        return False
    previo, nuevo = (_numero(f) for f in (actual[0], franja))
    return previo is None or nuevo != previo + 1


def _numero(franja: Franja) -> int | None:
    """Devuelve el último número de la marca del ítem («2.3» → 3, «Acuerdo N° 4» → 4)."""
    hallada = MARCA.match(franja.texto)
    numeros = re.findall(r"\d+", hallada.group()) if hallada else []
    return int(numeros[-1]) if numeros else None


def _cambia_de_sangria(actual: list[Franja], franja: Franja) -> bool:
    """Dice si la franja, después de un punto, entra o sale respecto del bloque."""
    if len(actual) == 1:
        return franja.caja.x0 > actual[0].caja.x0 + SANGRIA and not tiene_marca(actual[0])
    return abs(franja.caja.x0 - actual[-1].caja.x0) > SANGRIA
