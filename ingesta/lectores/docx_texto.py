"""De trozos de texto de Word a líneas limpias, sin perder dónde quedó lo marcado."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

from ingesta.armado import Linea, limpiar, normalizar
from ingesta.documento import Celda, TipoBloque, Tramo

PALABRA = re.compile(r"[^\s\x00-\x1f\x7f-\x9f]+")


class Marca(StrEnum):
    """Lo que la persona debe saber de un trozo de texto."""

    INSERTADO = "insertado"
    ELIMINADO = "eliminado"
    OCULTO = "oculto"
    TACHADO = "tachado"


class Trozo(NamedTuple):
    """Texto seguido con las mismas marcas; «\\n» es un salto de línea.

    Lo eliminado no está en `texto`: se guarda en `cita`.
    """

    texto: str
    marcas: frozenset[Marca] = frozenset()
    cita: str = ""


SALTO = Trozo("\n")


class Marcado(NamedTuple):
    """Tramo que cubre una marca, contado desde el inicio del texto, y las palabras que afecta."""

    marca: Marca
    tramo: Tramo
    cita: str


class Texto(NamedTuple):
    """Texto limpio de un bloque, con sus líneas separadas por «\\n», y lo marcado en él."""

    texto: str
    marcados: tuple[Marcado, ...]

    @property
    def lineas(self) -> list[Linea]:
        """Devuelve las líneas que el `Armador` vuelve a unir en el mismo texto."""
        return [Linea(linea, "\n") for linea in self.texto.split("\n")]


@dataclass(slots=True)
class BloqueLeido:
    """Bloque que todavía no tiene lugar en el documento; con `lamina`, el lugar de una."""

    tipo: TipoBloque
    trozos: list[Trozo] = field(default_factory=list)
    numero: str | None = None
    nivel: int | None = None
    celda: Celda | None = None
    lamina: int | None = None


class _Rango(NamedTuple):
    """Marca sobre el texto crudo, antes de juntar los espacios."""

    marca: Marca
    inicio: int
    fin: int
    cita: str


def componer(trozos: Iterable[Trozo]) -> Texto:
    """Une los trozos y junta los espacios; las marcas apuntan al texto ya limpio.

    El tramo de lo eliminado es la línea de donde se quitó.
    """
    crudo, rangos = _juntar(trozos)
    if not rangos:
        lineas = (" ".join(PALABRA.findall(linea)) for linea in crudo.split("\n"))
        return Texto("\n".join(linea for linea in lineas if linea), ())
    palabras = list(PALABRA.finditer(crudo))
    partes: list[str] = []
    inicios: list[int] = []
    largo = fin = 0
    for palabra in palabras:
        if partes:
            partes.append("\n" if "\n" in crudo[fin : palabra.start()] else " ")
            largo += 1
        inicios.append(largo)
        partes.append(palabra[0])
        largo += len(palabra[0])
        fin = palabra.end()
    texto = "".join(partes)
    lugar = _Lugar(palabras, inicios)
    marcados = [_ubicar(rango, lugar, texto) for rango in rangos]
    return Texto(texto, tuple(m for m in marcados if m.cita))


class _Lugar:
    """Lleva una posición del texto crudo a la del texto limpio."""

    def __init__(self, palabras: Sequence[re.Match[str]], inicios: Sequence[int]) -> None:
        self._crudos = [p.start() for p in palabras]
        self._finales = [p.end() for p in palabras]
        self._inicios = inicios

    def tramo(self, inicio: int, fin: int) -> Tramo:
        """Devuelve el tramo limpio, recortado a las palabras que toca."""
        primera = bisect_right(self._finales, inicio)
        ultima = bisect_left(self._crudos, fin) - 1
        if primera > ultima:
            return Tramo(0, 0)
        return Tramo(
            self._inicios[primera] + max(0, inicio - self._crudos[primera]),
            self._inicios[ultima] + min(fin, self._finales[ultima]) - self._crudos[ultima],
        )

    def punto(self, crudo: int) -> int:
        """Devuelve la posición limpia de la palabra que está antes de ese punto."""
        anterior = bisect_right(self._crudos, crudo) - 1
        return self._inicios[anterior] if anterior >= 0 else 0


def _juntar(trozos: Iterable[Trozo]) -> tuple[str, list[_Rango]]:
    """Devuelve el texto crudo, ya en NFC, y las marcas que lo cubren."""
    partes: list[str] = []
    abiertos: dict[Marca, _Rango] = {}
    rangos: list[_Rango] = []
    largo = 0
    for trozo in _con_sus_tildes(trozos):
        texto = normalizar(trozo.texto)
        partes.append(texto)
        if texto.strip():
            for marca in [m for m in abiertos if m not in trozo.marcas]:
                rangos.append(abiertos.pop(marca))
            for marca in trozo.marcas:
                inicio = abiertos[marca].inicio if marca in abiertos else largo
                abiertos[marca] = _Rango(marca, inicio, largo + len(texto), "")
        largo += len(texto)
        if trozo.cita:
            rangos.append(_Rango(Marca.ELIMINADO, largo, largo, trozo.cita))
    return "".join(partes), _unir_eliminados([*rangos, *abiertos.values()])


def _con_sus_tildes(trozos: Iterable[Trozo]) -> list[Trozo]:
    """Pasa al trozo anterior las tildes sueltas que quedaron al comienzo del siguiente."""
    lista: list[Trozo] = []
    for trozo in trozos:
        tildes = "".join(takewhile(unicodedata.combining, trozo.texto))
        if tildes and lista:
            lista[-1] = lista[-1]._replace(texto=lista[-1].texto + tildes)
            trozo = trozo._replace(texto=trozo.texto[len(tildes) :])
        lista.append(trozo)
    return lista


def _unir_eliminados(rangos: list[_Rango]) -> list[_Rango]:
    """Ordena los rangos y hace una sola eliminación de las que están en un mismo punto."""
    unidos: list[_Rango] = []
    for rango in sorted(rangos, key=lambda r: r.inicio):
        ultimo = unidos[-1] if unidos else None
        if rango.cita and ultimo and ultimo.cita and ultimo.inicio == rango.inicio:
            unidos[-1] = ultimo._replace(cita=ultimo.cita + rango.cita)
        else:
            unidos.append(rango)
    return unidos


def _ubicar(rango: _Rango, lugar: _Lugar, texto: str) -> Marcado:
    if rango.marca is Marca.ELIMINADO:
        punto = lugar.punto(rango.inicio)
        fin = texto.find("\n", punto)
        tramo = Tramo(texto.rfind("\n", 0, punto) + 1, fin if fin >= 0 else len(texto))
        return Marcado(rango.marca, tramo, limpiar(rango.cita))
    tramo = lugar.tramo(rango.inicio, rango.fin)
    return Marcado(rango.marca, tramo, texto[tramo.inicio : tramo.fin])
