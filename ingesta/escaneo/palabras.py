"""De las palabras que lee el reconocedor a las de la página: renglones parejos y sin manchas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from ingesta.escaneo.hoja import HojaDerecha
from ingesta.escaneo.trazo import MEDIA_NEGRITA, NEGRITA, esta_en_negrita, medir
from ingesta.ocr import PalabraLeida
from ingesta.reconocida import PaginaReconocida, PalabraReconocida, RayaReconocida

ASCENSO: Final = 0.9
DESCENSO: Final = 0.22
"""Partes del cuerpo de la letra, las mismas del texto digital."""

SUBIDAS: Final = (
    (re.compile(r"[ÁÉÍÓÚÜÑ]"), 0.92),
    (re.compile(r"[A-Z0-9bdfhklßáéíóúüñij()\[\]/|«»\"']"), 0.72),
    (re.compile(r"t"), 0.64),
    (re.compile(r"\w"), 0.52),
)
"""Parte del cuerpo que suben, sobre la línea de base, las letras de una palabra."""

BAJADAS: Final = ((re.compile(r"[gjpqy()\[\]|]"), 0.21), (re.compile(r"[Q,;/]"), 0.13))
"""Parte del cuerpo que bajan de la línea de base."""

NUMERAL: Final = re.compile(r"(N\.?)[?*”\"'’°º]{1,2}")
"""«N.°» mal leído: el reconocedor no conoce el signo volado."""

RESTO_DE_RAYA: Final = re.compile(r"[|¦_~=]+")
GUION: Final = re.compile(r"[-–—]")
GUIONES: Final = ((0.38, "-"), (0.8, "–"), (9.0, "—"))
"""Mayor ancho, en cuerpos de letra, del guion y de las dos rayas, que se confunden al leer."""

RENGLON_ILEGIBLE: Final = 0.5
RENGLON_SUELTO: Final = 0.65
SIGNO_DUDOSO: Final = 0.6
"""Confianzas por debajo de las cuales un renglón, uno de tres letras o un signo es una mancha."""

POCAS_LETRAS: Final = 3
MENOR_RENGLON: Final = 8
"""Letras de un renglón ilegible para contarlo como escritura y no como una mancha."""

MENOR_RAYA: Final = 60.0
MAYOR_RAYA: Final = 0.45
"""Largo de una raya para firmar: desde estos puntos hasta esta parte del ancho de la hoja."""

TINTA: Final = 128
BORDE: Final = 0.04
"""Parte del alto de la hoja, arriba y abajo, donde una raya es el borde del papel."""

ANCHO_DE_GUION: Final = 5.5
SUBRAYADO: Final = 5.0
"""Puntos entre una raya y el texto que subraya, y ancho de un guion bajo."""


def componer(leidas: Sequence[PalabraLeida], hoja: HojaDerecha) -> PaginaReconocida:
    """Aparta las manchas y devuelve la página con sus palabras y sus rayas, en puntos PDF."""
    por_renglon: dict[tuple[int, int, int], list[PalabraLeida]] = {}
    for leida in leidas:
        por_renglon.setdefault(leida.renglon, []).append(leida)
    renglones = [_Renglon.de_palabras(r) for r in por_renglon.values()]
    limpios = [r for r in renglones if not r.es_mancha]
    palabras = list(_palabras(limpios, hoja))
    rayas = [
        RayaReconocida(
            s.horizontal,
            hoja.a_puntos(s.lugar + s.grosor / 2),
            hoja.a_puntos(s.desde),
            hoja.a_puntos(s.hasta),
        )
        for s in hoja.rayas
    ]
    ancho, alto = hoja.medidas
    return PaginaReconocida(
        ancho,
        alto,
        hoja.giro,
        (*palabras, *_rayas_de_firma(rayas, palabras, hoja)),
        tuple(rayas),
        _confianza(leidas),
        len(leidas) - len(palabras),
        sum(r.es_mancha and r.letras >= MENOR_RENGLON for r in renglones),
        tinta(hoja),
    )


def tinta(hoja: HojaDerecha) -> float:
    """Devuelve la parte de la hoja, de 0 a 1, que tiene tinta."""
    return float((hoja.imagen < TINTA).mean())


@dataclass(frozen=True, slots=True)
class _Renglon:
    """Palabras seguidas, su línea de base y el cuerpo de su letra, en píxeles."""

    palabras: list[PalabraLeida]
    base: float
    cuerpo: float

    @classmethod
    def de_palabras(cls, palabras: list[PalabraLeida]) -> _Renglon:
        medidas = [m for p in palabras if (m := _medir(p)) is not None]
        if medidas:
            return cls(palabras, median(b for b, _ in medidas), median(c for _, c in medidas))
        base = median(p.abajo for p in palabras)
        return cls(palabras, base, max(p.abajo - p.arriba for p in palabras))

    @property
    def letras(self) -> int:
        return sum(map(_letras, self.palabras))

    @property
    def es_mancha(self) -> bool:
        tope = RENGLON_SUELTO if self.letras <= POCAS_LETRAS else RENGLON_ILEGIBLE
        return _confianza(self.palabras) < tope


def _letras(palabra: PalabraLeida) -> int:
    return sum(c.isalnum() for c in palabra.texto)


def _confianza(palabras: Iterable[PalabraLeida]) -> float:
    """Devuelve la confianza media, en la que cada palabra pesa lo que sus letras."""
    pesos = [(p.confianza, max(_letras(p), 1)) for p in palabras]
    return sum(c * n for c, n in pesos) / max(sum(n for _, n in pesos), 1)


def _medir(palabra: PalabraLeida) -> tuple[float, float] | None:
    """Devuelve la línea de base y el cuerpo, deducidos del alto y de las letras que tiene."""
    subida = next((parte for clase, parte in SUBIDAS if clase.search(palabra.texto)), None)
    if subida is None or not _letras(palabra):
        return None
    bajada = next((parte for clase, parte in BAJADAS if clase.search(palabra.texto)), 0.0)
    cuerpo = (palabra.abajo - palabra.arriba) / (subida + bajada)
    return palabra.abajo - bajada * cuerpo, cuerpo


def _palabras(renglones: Sequence[_Renglon], hoja: HojaDerecha) -> Iterator[PalabraReconocida]:
    """Produce las palabras, todas las de un renglón con el alto de su letra."""
    quedan = [(p, r) for r in renglones for p in r.palabras if not _es_signo_dudoso(p)]
    for (palabra, renglon), negrita in zip(quedan, _negritas(quedan, hoja), strict=True):
        caja = (
            hoja.a_puntos(palabra.x0),
            hoja.a_puntos(renglon.base - ASCENSO * renglon.cuerpo),
            hoja.a_puntos(palabra.x1),
            hoja.a_puntos(renglon.base + DESCENSO * renglon.cuerpo),
        )
        texto = _corregir(palabra, renglon.cuerpo)
        yield PalabraReconocida(texto, caja, hoja.vista(caja), palabra.confianza, negrita)


def _es_signo_dudoso(palabra: PalabraLeida) -> bool:
    return bool(RESTO_DE_RAYA.fullmatch(palabra.texto)) or (
        not _letras(palabra)
        and palabra.confianza < SIGNO_DUDOSO
        and not GUION.fullmatch(palabra.texto)
    )


def _corregir(palabra: PalabraLeida, cuerpo: float) -> str:
    """Devuelve el texto con los dos signos que el reconocedor confunde por sistema."""
    numeral = NUMERAL.fullmatch(palabra.texto)
    if numeral:
        return f"{numeral[1]}°"
    if GUION.fullmatch(palabra.texto):
        ancho = (palabra.x1 - palabra.x0) / cuerpo
        return next((guion for tope, guion in GUIONES if ancho < tope), palabra.texto)
    return palabra.texto


def _negritas(
    palabras: Sequence[tuple[PalabraLeida, _Renglon]], hoja: HojaDerecha
) -> Iterator[bool]:
    """Dice qué palabras van en negrita; en un renglón que lo está, todas lo están."""
    trazos = [medir(hoja.imagen, p) for p, _ in palabras]
    con_letras = [t.grosor for t in trazos if t.corridas]
    if not con_letras:
        yield from (False for _ in palabras)
        return
    corriente = median(con_letras)
    cuerpo = median(r.cuerpo for _, r in palabras)
    partes = [
        t.grosor / (corriente * max(1.0, r.cuerpo / cuerpo))
        for t, (_, r) in zip(trazos, palabras, strict=True)
    ]
    por_renglon: dict[int, list[float]] = {}
    for (palabra, renglon), parte in zip(palabras, partes, strict=True):
        por_renglon.setdefault(id(renglon), []).extend([parte] * _letras(palabra))
    for (_, renglon), parte in zip(palabras, partes, strict=True):
        yield parte > NEGRITA or (
            parte > MEDIA_NEGRITA and esta_en_negrita(por_renglon[id(renglon)])
        )


def _rayas_de_firma(
    rayas: Sequence[RayaReconocida], palabras: Sequence[PalabraReconocida], hoja: HojaDerecha
) -> Iterator[PalabraReconocida]:
    """Produce, como guiones bajos, las rayas para firmar: cortas, sueltas y sin texto encima."""
    verticales = [r for r in rayas if not r.horizontal]
    for r in rayas:
        largo = r.hasta - r.desde
        if not (
            r.horizontal
            and BORDE * hoja.medidas[1] < r.lugar < (1 - BORDE) * hoja.medidas[1]
            and MENOR_RAYA <= largo <= MAYOR_RAYA * hoja.medidas[0]
            and not any(_se_tocan(r, v) for v in verticales)
            and not any(_subraya(r, p) for p in palabras)
        ):
            continue
        caja = (r.desde, r.lugar - 2 * SUBRAYADO, r.hasta, r.lugar)
        guiones = "_" * round(largo / ANCHO_DE_GUION)
        yield PalabraReconocida(guiones, caja, hoja.vista(caja), 1.0, False)


def _se_tocan(h: RayaReconocida, v: RayaReconocida) -> bool:
    return (
        h.desde - SUBRAYADO <= v.lugar <= h.hasta + SUBRAYADO
        and v.desde - SUBRAYADO <= h.lugar <= v.hasta + SUBRAYADO
    )


def _subraya(raya: RayaReconocida, palabra: PalabraReconocida) -> bool:
    x0, arriba, x1, abajo = palabra.caja
    centro = (arriba + abajo) / 2
    return x0 < raya.hasta and raya.desde < x1 and centro < raya.lugar <= abajo + SUBRAYADO
