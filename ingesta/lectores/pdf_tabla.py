"""El cuadro ya reconocido: casillas, filas de títulos y título de cada columna."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingesta.documento import Caja, Celda
from ingesta.lectores.pdf_franjas import Franja

MAYOR_TITULO = 60
"""Letras del título de columna más largo que se acepta."""

TITULO_DE_COLUMNA = re.compile(
    r"(n[.º°o]{1,3}$|nro|num|#|[ií]tem|tema\b|eje\b|pedido|demanda|solicitud|planteamiento|"
    r"problem[aá]tica|propuesta|asunto|acuerdo|compromiso|tarea|acci[oó]n|actividad|medida|"
    r"descripci[oó]n|detalle|responsable|colaborador|entidad|instituci[oó]n|sector|organizaci[oó]n|"
    r"actor|encargado|plazo|fecha|cronograma|vencimiento|estado\b|situaci[oó]n|avance|seguimiento|"
    r"observaci[oó]n|comentario|respuesta|resultado|nombre|apellido|cargo|dni\b|firma|representa|"
    r"tel[eé]fono|correo|lugar|distrito|provincia|comunidad|c[oó]digo|cui\b|snip\b|monto|"
    r"presupuesto|financiamiento|fuente|medio|verificaci[oó]n|prioridad|tipo\b|indicador|meta\b)",
    re.IGNORECASE,
)
FECHA_O_DOS_PUNTOS = re.compile(r"^\d{1,2}\s*(/|-|de )|:$")
"""Lo que tiene un dato («12/05/2026») o el rótulo de una ficha («Lugar:»), no un título."""

MISMO_BORDE = 6.0
"""Puntos que pueden moverse los bordes de un mismo cuadro de una página a otra."""

TERMINA = re.compile(r"[.:;!?][”»\")\]]*(\s\d{1,2})?$")
"""Final de oración; puede llevar detrás la llamada de una nota al pie."""


EMPIEZA = re.compile(r"[A-ZÁÉÍÓÚÑ¿¡«“•▪–-]|\w{1,3}[.)]")
"""Comienzo de oración o de ítem."""


def parecen_titulos(textos: Iterable[str], negritas: bool = False) -> bool:
    """Dice si los textos, uno por columna, son los títulos de un cuadro."""
    escritos = [t for t in textos if t]
    if len(escritos) < 2 or any(
        len(t) > MAYOR_TITULO or FECHA_O_DOS_PUNTOS.search(t) for t in escritos
    ):
        return False
    conocidos = sum(bool(TITULO_DE_COLUMNA.match(t)) for t in escritos)
    return negritas or (conocidos >= 2 and 3 * conocidos >= 2 * len(escritos))


@dataclass(frozen=True, slots=True)
class Casilla:
    """Celda con su lugar en la rejilla, desde 0, cuántas filas y columnas abarca y sus franjas."""

    fila: int
    columna: int
    filas: int
    columnas: int
    franjas: tuple[Franja, ...]

    @property
    def texto(self) -> str:
        """Devuelve el texto en una sola línea."""
        return " ".join(f.texto for f in self.franjas)


@dataclass(frozen=True, slots=True)
class Tabla:
    """Cuadro de una página, o de varias si continúa.

    `bordes` son las x que separan sus columnas; `encabezado`, cuántas filas de arriba son títulos
    o están sobre ellos; `caja` es la de su primer trozo.
    """

    caja: Caja
    bordes: tuple[float, ...]
    casillas: tuple[Casilla, ...]
    encabezado: int = 0
    paginas: int = 1

    @property
    def ultima_pagina(self) -> int:
        """Devuelve el número de la página donde termina."""
        return self.caja.pagina + self.paginas - 1

    @property
    def filas(self) -> int:
        """Devuelve el número de filas."""
        return max((c.fila + c.filas for c in self.casillas), default=0)

    @property
    def de_imagen(self) -> bool:
        """Dice si su texto viene del OCR."""
        return any(f.confianza is not None for c in self.casillas for f in c.franjas)

    def fila(self, numero: int) -> list[Casilla]:
        """Devuelve las casillas que empiezan en la fila."""
        return [c for c in self.casillas if c.fila == numero]

    def celdas(self, numero: int) -> Iterator[tuple[Celda, Casilla]]:
        """Produce las celdas con texto de la tabla número `numero`, fila por fila."""
        titulos = [c for c in self.casillas if c.fila < self.encabezado and self._es_titulo(c)]
        for c in sorted(self.casillas, key=lambda c: (c.fila, c.columna)):
            es_titulo = c.fila < self.encabezado
            sobre = [t for t in titulos if t.columna <= c.columna < t.columna + t.columnas]
            titulo = " / ".join(t.texto for t in sobre) or None
            yield (
                Celda(
                    numero,
                    c.fila,
                    c.columna,
                    c.filas,
                    c.columnas,
                    es_titulo,
                    None if es_titulo else titulo,
                ),
                c,
            )

    def _es_titulo(self, casilla: Casilla) -> bool:
        """Dice si da nombre a columnas: las que ocupan todo el ancho dan nombre al cuadro."""
        return bool(casilla.texto) and casilla.columnas < len(self.bordes) - 1


def con_encabezado(tabla: Tabla) -> Tabla:
    """Reconoce las filas de títulos del comienzo, después de las de una sola casilla."""
    for numero in range(tabla.filas - 1):
        fila = tabla.fila(numero)
        if len(fila) > 1:
            if _es_encabezado(fila) and not _en_negrita(tabla.fila(numero + 1)):
                return replace(tabla, encabezado=max(c.fila + c.filas for c in fila))
            break
    return tabla


def partir(tabla: Tabla) -> list[Tabla]:
    """Separa los cuadros que se tocan: donde vuelve a haber una fila de títulos empieza otro."""
    cortes = [0]
    for numero in range(1, tabla.filas):
        fila = tabla.fila(numero)
        if (
            len(fila) > 2
            and parecen_titulos(c.texto for c in fila)
            and not all(c.fila + c.filas > numero for c in tabla.casillas if c.fila < numero)
        ):
            while numero - 1 > cortes[-1] and len(tabla.fila(numero - 1)) == 1:
                numero -= 1
            cortes.append(numero)
    if len(cortes) == 1:
        return [tabla]
    finales = [*cortes[1:], tabla.filas]
    return [_trozo(tabla, a, b) for a, b in zip(cortes, finales, strict=True) if a < b]


def _trozo(tabla: Tabla, desde: int, hasta: int) -> Tabla:
    """Devuelve las filas [desde, hasta) como un cuadro con sus propias columnas."""
    propias = [c for c in tabla.casillas if desde <= c.fila < hasta]
    usados = sorted({x for c in propias for x in (c.columna, c.columna + c.columnas)})
    lugar = {x: i for i, x in enumerate(usados)}
    casillas = tuple(
        replace(
            c,
            fila=c.fila - desde,
            columna=lugar[c.columna],
            columnas=lugar[c.columna + c.columnas] - lugar[c.columna],
        )
        for c in propias
    )
    franjas = [f.caja for c in propias for f in c.franjas]
    caja = Caja.que_cubre(franjas) if franjas else tabla.caja
    return Tabla(caja, tuple(tabla.bordes[x] for x in usados), casillas)


def _es_encabezado(fila: list[Casilla]) -> bool:
    return parecen_titulos((c.texto for c in fila), _en_negrita(fila))


def _en_negrita(fila: list[Casilla]) -> bool:
    escritas = [c for c in fila if c.franjas]
    return len(escritas) > 1 and all(f.negrita for c in escritas for f in c.franjas)


def continuar(anterior: Tabla, tabla: Tabla) -> Tabla | None:
    """Une el cuadro con el que lo sigue, o devuelve None si es otro.

    Es el mismo si tiene las mismas columnas y repite los títulos o, en la página siguiente, no trae
    ninguno. Los títulos repetidos no se vuelven a leer.
    """
    paginas = tabla.caja.pagina - anterior.ultima_pagina
    if not _mismas_columnas(anterior, tabla) or paginas > 1:
        return None
    repetido = _titulos(anterior)
    if tabla.encabezado:
        if _titulos(tabla) != repetido:
            return None
        quitar = tabla.encabezado
    elif repetido and _titulos(replace(tabla, encabezado=anterior.encabezado)) == repetido:
        quitar = anterior.encabezado
    elif paginas:
        quitar = 0
    else:
        return None
    nuevas = [replace(c, fila=c.fila - quitar) for c in tabla.casillas if c.fila >= quitar]
    viejas = list(anterior.casillas)
    base = anterior.filas
    primera = [c for c in nuevas if c.fila == 0]
    cortada = paginas > 0 and _sigue_la_fila(anterior.fila(base - 1), primera)
    if paginas:
        _alargar(viejas, base, primera, cortada)
    if cortada:
        base -= 1
        for c in primera:
            _pegar(viejas, base, c)
        nuevas = [c for c in nuevas if c.fila > 0]
    viejas += [replace(c, fila=c.fila + base) for c in nuevas]
    return replace(anterior, casillas=tuple(viejas), paginas=anterior.paginas + paginas)


def _mismas_columnas(a: Tabla, b: Tabla) -> bool:
    """Dice si los bordes coinciden; en hojas escaneadas o fotografiadas, si son proporcionales."""
    if len(a.bordes) != len(b.bordes):
        return False
    pares = list(zip(a.bordes, b.bordes, strict=True))
    if a.de_imagen and b.de_imagen:
        escala = (a.bordes[-1] - a.bordes[0]) / max(b.bordes[-1] - b.bordes[0], 1.0)
        pares = [(x - a.bordes[0], escala * (y - b.bordes[0])) for x, y in pares]
    return all(abs(x - y) <= MISMO_BORDE for x, y in pares)


def _titulos(tabla: Tabla) -> list[tuple[int, str]]:
    return [(c.columna, c.texto) for c in tabla.casillas if c.fila < tabla.encabezado and c.texto]


def _sigue_la_fila(ultima: list[Casilla], primera: list[Casilla]) -> bool:
    """Dice si la primera fila de una página termina la última de la anterior.

    Solo cuando su primera casilla está vacía, la de la otra no, y continúa un texto sin punto
    final: si escribe en varias casillas, alguna no debe tener comienzo de oración.
    """
    arriba = {c.columna: c.texto for c in ultima if c.franjas}
    abajo = {c.columna: c.texto for c in primera if c.franjas}
    if 0 not in arriba or 0 in abajo or not abajo or not set(abajo) <= set(arriba):
        return False
    abiertas = [k for k in abajo if not TERMINA.search(arriba[k])]
    return any(len(abajo) == 1 or not EMPIEZA.match(abajo[k]) for k in abiertas)


def _alargar(casillas: list[Casilla], base: int, primera: list[Casilla], cortada: bool) -> None:
    """Extiende las casillas combinadas que llegan a la última fila y siguen vacías en la otra."""
    vacias = {c.columna: c.filas for c in primera if not c.franjas}
    for i, c in enumerate(casillas):
        if c.filas > 1 and c.fila + c.filas == base and c.columna in vacias:
            casillas[i] = replace(c, filas=c.filas + vacias[c.columna] - cortada)


def _pegar(casillas: list[Casilla], fila: int, trozo: Casilla) -> None:
    """Agrega a la casilla de la fila lo que le faltaba."""
    for i, c in enumerate(casillas):
        if c.columna == trozo.columna and c.fila == fila:
            casillas[i] = replace(c, franjas=c.franjas + trozo.franjas)
