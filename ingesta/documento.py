"""El documento leído: un solo texto inmutable y tramos que apuntan a él.

El texto se arma así: los bloques van en orden de lectura separados por «\\n»; las celdas de una
misma fila, por «\\t». Dentro de un bloque los renglones impresos se unen con un espacio, o con nada
cuando el lector une una palabra partida con guion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


@dataclass(frozen=True, slots=True, order=True)
class Tramo:
    """Trozo semiabierto [inicio, fin) de `Documento.texto`, en caracteres Unicode."""

    inicio: int
    fin: int

    def __post_init__(self) -> None:
        if not 0 <= self.inicio <= self.fin:
            raise ValueError(f"tramo imposible: {self.inicio}..{self.fin}")

    def toca(self, otro: Tramo) -> bool:
        """Dice si ambos tramos comparten al menos un carácter."""
        return self.inicio < otro.fin and otro.inicio < self.fin

    def contiene(self, otro: Tramo) -> bool:
        """Dice si el otro tramo queda dentro de este."""
        return self.inicio <= otro.inicio and otro.fin <= self.fin

    def movido(self, desde: int) -> Tramo:
        """Devuelve el mismo tramo corrido `desde` caracteres."""
        return Tramo(self.inicio + desde, self.fin + desde)


@dataclass(frozen=True, slots=True)
class Caja:
    """Rectángulo en una página (la primera es la 1): puntos PDF, origen arriba a la izquierda."""

    pagina: int
    x0: float
    arriba: float
    x1: float
    abajo: float

    @classmethod
    def que_cubre(cls, cajas: Iterable[Caja]) -> Caja:
        """Devuelve la menor caja que cubre a todas, que deben ser de una misma página."""
        todas = list(cajas)
        return cls(
            todas[0].pagina,
            min(c.x0 for c in todas),
            min(c.arriba for c in todas),
            max(c.x1 for c in todas),
            max(c.abajo for c in todas),
        )


class TipoBloque(StrEnum):
    """Qué papel cumple un bloque en el documento."""

    PARRAFO = "parrafo"
    TITULO = "titulo"
    ITEM = "item"
    CELDA = "celda"
    NOTA = "nota"
    ENCABEZADO = "encabezado"
    PIE = "pie"


MARGINALES = frozenset({TipoBloque.ENCABEZADO, TipoBloque.PIE})
"""Bloques que se conservan en el texto, al final, pero quedan fuera del orden de lectura."""


@dataclass(frozen=True, slots=True)
class Palabra:
    """Palabra impresa con su lugar en la página.

    `confianza` (0 a 1) es la del OCR; None cuando el texto no viene de OCR.
    """

    tramo: Tramo
    caja: Caja
    confianza: float | None = None


@dataclass(frozen=True, slots=True)
class Renglon:
    """Una línea impresa. Sin páginas (DOCX, editor) `palabras` va vacío y `caja` es None.

    `confianza` (0 a 1) es la media de sus palabras; None cuando el texto no viene de OCR.
    """

    tramo: Tramo
    caja: Caja | None = None
    palabras: tuple[Palabra, ...] = ()
    confianza: float | None = None


@dataclass(frozen=True, slots=True)
class Celda:
    """Lugar de una celda en su tabla; filas y columnas empiezan en 0, las tablas también.

    `filas` y `columnas` dicen cuántas abarca (celdas combinadas). `es_encabezado` marca la fila de
    títulos; `titulo` es el título de su columna, ya en una sola línea, o None si no hay.
    """

    tabla: int
    fila: int
    columna: int
    filas: int = 1
    columnas: int = 1
    es_encabezado: bool = False
    titulo: str | None = None


@dataclass(frozen=True, slots=True)
class Bloque:
    """Párrafo, título, ítem de lista o celda, hecho de renglones consecutivos.

    `numero` es el número automático de Word, tal como se vería impreso («1.», «a)», «2.1»), que no
    está en el texto; None si no hay o si el número está escrito. `nivel` es la profundidad en la
    lista o en los títulos, desde 0.
    """

    tipo: TipoBloque
    tramo: Tramo
    renglones: tuple[Renglon, ...] = ()
    numero: str | None = None
    nivel: int | None = None
    celda: Celda | None = None


@dataclass(frozen=True, slots=True)
class Pagina:
    """Medidas de una página en puntos PDF y si su texto vino de OCR."""

    numero: int
    ancho: float
    alto: float
    con_ocr: bool = False


@dataclass(frozen=True, slots=True)
class Aviso:
    """Algo de la lectura que la persona debe saber.

    `pierde` dice que hay contenido que no se pudo leer: el documento queda «parcial».
    `tramo` señala el texto afectado, si lo hay.
    """

    codigo: str
    mensaje: str
    consejo: str
    pagina: int | None = None
    tramo: Tramo | None = None
    pierde: bool = False


CLASES_DE_REDACTADO: Final = frozenset({"pedido", "compromiso", "tarea"})
"""Lo que puede ser un ítem redactado en el editor; «otro» no viaja."""


@dataclass(frozen=True, slots=True)
class Redactado:
    """Ítem escrito en el editor, que viaja dentro del archivo (`ingesta.redactado`).

    `texto` va en una línea; `clase` es la que eligió la persona («compromiso»).
    """

    clase: str
    texto: str


@dataclass(frozen=True, slots=True)
class Origen:
    """De qué bytes salió el documento y qué lector lo leyó («pdf/1»)."""

    nombre: str
    sha256: str
    bytes: int
    formato: str
    lector: str


@dataclass(frozen=True, slots=True)
class Documento:
    """Acta leída; nadie la modifica después de leerla."""

    texto: str
    bloques: tuple[Bloque, ...]
    origen: Origen | None = None
    paginas: tuple[Pagina, ...] = ()
    avisos: tuple[Aviso, ...] = field(default=())
    redactados: tuple[Redactado, ...] = ()

    @classmethod
    def desde_texto(cls, texto: str) -> Documento:
        """Arma un documento sin páginas, como el del editor en vivo: un bloque por línea."""
        return cls(texto, tuple(_parrafos(texto)))

    @property
    def parcial(self) -> bool:
        """Dice si quedó contenido sin leer."""
        return any(a.pierde for a in self.avisos)

    @property
    def cuerpo(self) -> tuple[Bloque, ...]:
        """Devuelve los bloques del orden de lectura: sin encabezados ni pies de página."""
        return tuple(b for b in self.bloques if b.tipo not in MARGINALES)

    def fragmento(self, tramo: Tramo) -> str:
        """Devuelve el texto que cubre el tramo."""
        return self.texto[tramo.inicio : tramo.fin]

    def cajas(self, tramo: Tramo) -> list[Caja]:
        """Devuelve dónde se ve el tramo: una caja por renglón, justa a las palabras que toca."""
        return [
            caja
            for bloque in self.bloques
            if bloque.tramo.toca(tramo)
            for renglon in bloque.renglones
            if renglon.tramo.toca(tramo) and (caja := _caja_de(renglon, tramo))
        ]


def _caja_de(renglon: Renglon, tramo: Tramo) -> Caja | None:
    tocadas = [p.caja for p in renglon.palabras if p.tramo.toca(tramo)]
    return Caja.que_cubre(tocadas) if tocadas else renglon.caja


def _parrafos(texto: str) -> Iterator[Bloque]:
    inicio = 0
    for linea in texto.splitlines(keepends=True):
        fin = inicio + len(linea.rstrip("\r\n"))
        if texto[inicio:fin].strip():
            tramo = Tramo(inicio, fin)
            yield Bloque(TipoBloque.PARRAFO, tramo, (Renglon(tramo),))
        inicio += len(linea)
