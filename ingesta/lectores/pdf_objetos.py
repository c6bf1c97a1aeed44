"""Los objetos de un PDF leídos de sus bytes, sin PDFium: otra mirada sobre el mismo archivo.

No sigue el índice del archivo, que puede mentir o estar roto: recorre los bytes de principio a fin
y se queda con la última versión de cada objeto (ISO 32000-1, 7.3.10 y 7.5.7).
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

INICIO = re.compile(rb"(?<![\w.])(\d{1,8})\s{1,9}\d{1,5}\s{1,9}obj\b")
FIN = re.compile(rb"\bendobj\b|\bstream(?:\r\n|\n|\r)")
FIN_DE_FLUJO: Final = b"endstream"
LARGO = re.compile(rb"/Length\s{0,9}(\d{1,10})(?!\s{1,9}\d{1,5}\s{1,9}R)")
GRUPO = re.compile(rb"/Type\s{0,9}/ObjStm\b")
PRIMERO = re.compile(rb"/First\s{0,9}(\d{1,9})")
CUANTOS = re.compile(rb"/N\s{0,9}(\d{1,7})")
ENTERO = re.compile(rb"\d{1,10}")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
CADENA = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.DOTALL)
FILTROS = re.compile(rb"/Filter\s{0,9}(\[[^\]]{0,20000}\]|/\w{1,40})")
NOMBRE = re.compile(rb"/(\w{1,40})")

MAYOR_FLUJO: Final = 40 * 1024 * 1024
"""Bytes de un flujo ya descomprimido; el contenido de una página de texto tiene unos miles."""

TROZO: Final = 1024 * 1024
MAYOR_ASCII85: Final = 256 * 1024
"""Bytes: Python tarda medio segundo por cada millón; lo que pasa de esto no se examina."""


class FlujoExcesivo(Exception):
    """Un flujo pasa de `MAYOR_FLUJO` bytes al descomprimirlo."""


class FlujoDanado(Exception):
    """Un flujo comprimido está cortado o alterado."""


class FlujoSinExaminar(Exception):
    """Examinar el flujo costaría demasiado."""


@dataclass(frozen=True)
class Objeto:
    """Un objeto del archivo: su diccionario, con los nombres ya sin escapes, y su flujo."""

    numero: int
    cuerpo: bytes
    flujo: bytes | None = None

    @cached_property
    def nombres(self) -> frozenset[bytes]:
        """Devuelve los nombres («JavaScript», «Launch») que usa, fuera de sus textos."""
        return frozenset(NOMBRE.findall(CADENA.sub(b"()", self.cuerpo)))

    @property
    def filtros(self) -> list[bytes]:
        """Devuelve los filtros de su flujo, en el orden en que se deshacen."""
        hallado = FILTROS.search(self.cuerpo)
        return NOMBRE.findall(hallado[1]) if hallado else []


def leer_objetos(datos: bytes) -> dict[int, Objeto]:
    """Devuelve los objetos del archivo por su número, también los que están en grupos."""
    objetos: dict[int, Objeto] = {}
    for objeto in _sueltos(datos):
        objetos[objeto.numero] = objeto
    for grupo in [o for o in objetos.values() if o.flujo is not None and GRUPO.search(o.cuerpo)]:
        for objeto in _del_grupo(grupo):
            objetos.setdefault(objeto.numero, objeto)
    return objetos


def descomprimir(objeto: Objeto) -> Iterator[bytes]:
    """Produce a trozos el flujo del objeto, hasta el primer filtro que no se sabe deshacer.

    Lanza FlujoExcesivo, FlujoDanado o FlujoSinExaminar.
    """
    trozos: Iterable[bytes] = [objeto.flujo or b""]
    for filtro in objeto.filtros:
        if filtro not in DESHACER:
            break
        trozos = _con_tope(DESHACER[filtro](trozos))
    yield from trozos


def _con_tope(trozos: Iterable[bytes]) -> Iterator[bytes]:
    total = 0
    for trozo in trozos:
        total += len(trozo)
        if total > MAYOR_FLUJO:
            raise FlujoExcesivo
        yield trozo


def _sueltos(datos: bytes) -> Iterator[Objeto]:
    posicion = 0
    while inicio := INICIO.search(datos, posicion):
        fin = FIN.search(datos, inicio.end())
        if fin is None:
            return
        cuerpo = _sin_escapes(datos[inicio.end() : fin.start()])
        posicion = fin.end()
        flujo = None
        if fin[0] != b"endobj":
            cierre = _cierre(datos, posicion, cuerpo)
            flujo = datos[posicion:cierre]
            posicion = cierre
        yield Objeto(int(inicio[1]), cuerpo, flujo)


def _cierre(datos: bytes, inicio: int, cuerpo: bytes) -> int:
    """Devuelve dónde termina el flujo: donde dice su largo o, si miente, en la marca de cierre."""
    largo = LARGO.search(cuerpo)
    if largo:
        fin = inicio + int(largo[1])
        if datos[fin : fin + len(FIN_DE_FLUJO) + 2].lstrip().startswith(FIN_DE_FLUJO):
            return fin
    fin = datos.find(FIN_DE_FLUJO, inicio)
    return len(datos) if fin < 0 else fin


def _del_grupo(grupo: Objeto) -> Iterator[Objeto]:
    """Produce los objetos de un grupo comprimido; ninguno, si no se puede descomprimir."""
    cuantos, primero = CUANTOS.search(grupo.cuerpo), PRIMERO.search(grupo.cuerpo)
    if not cuantos or not primero:
        return
    try:
        texto = b"".join(descomprimir(grupo))
    except (FlujoExcesivo, FlujoDanado, FlujoSinExaminar):
        return
    base = int(primero[1])
    cabeza = [int(n) for n in ENTERO.findall(texto[:base])][: 2 * int(cuantos[1])]
    lugares = list(zip(cabeza[::2], cabeza[1::2], strict=False))
    for i, (numero, lugar) in enumerate(lugares):
        fin = lugares[i + 1][1] if i + 1 < len(lugares) else len(texto)
        yield Objeto(numero, _sin_escapes(texto[base + lugar : base + fin]))


def _sin_escapes(cuerpo: bytes) -> bytes:
    """Deshace los escapes de los nombres: «/J#61vaScript» es «/JavaScript»."""
    return ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), cuerpo) if b"#" in cuerpo else cuerpo


def _inflar(trozos: Iterable[bytes]) -> Iterator[bytes]:
    descompresor = zlib.decompressobj()
    try:
        for trozo in trozos:
            pendiente = trozo
            while pendiente and not descompresor.eof:
                yield descompresor.decompress(pendiente, TROZO)
                pendiente = descompresor.unconsumed_tail
        yield descompresor.flush()
    except zlib.error as error:
        raise FlujoDanado from error
    if not descompresor.eof:
        raise FlujoDanado


def _repetir(trozos: Iterable[bytes]) -> Iterator[bytes]:
    """Deshace RunLength: un largo y sus octetos, o 257 menos cuántas veces va el siguiente."""
    datos = b"".join(trozos)
    i = 0
    while i + 1 < len(datos) and datos[i] != 128:
        largo = datos[i]
        if largo < 128:
            yield datos[i + 1 : i + 2 + largo]
            i += 2 + largo
        else:
            yield datos[i + 1 : i + 2] * (257 - largo)
            i += 2


def _de_ascii85(trozos: Iterable[bytes]) -> Iterator[bytes]:
    """Deshace ASCII85, que termina en «~>»; vale también sin su marca."""
    texto = b"".join(trozos).strip()
    if len(texto) > MAYOR_ASCII85:
        raise FlujoSinExaminar
    try:
        yield base64.a85decode(texto.removeprefix(b"<~").partition(b"~")[0])
    except ValueError as error:
        raise FlujoDanado from error


DESHACER: Final[dict[bytes, Callable[[Iterable[bytes]], Iterator[bytes]]]] = {
    b"FlateDecode": _inflar,
    b"Fl": _inflar,
    b"RunLengthDecode": _repetir,
    b"RL": _repetir,
    b"ASCII85Decode": _de_ascii85,
    b"A85": _de_ascii85,
}
"""Filtros que se saben deshacer, por su nombre largo o corto (ISO 32000-1, tabla 6)."""
