"""Del `Documento` a JSON y de vuelta, para cruzar de un proceso a otro.

Quien escribe puede ser un lector tomado por un archivo hostil: al leer se comprueban la versión,
el tamaño, los tipos y que cada tramo y cada caja caigan donde pueden. Nunca se usa `pickle`.
Las listas van por posición, en el orden de los campos de cada clase.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NoReturn, TypeVar

from ingesta.contencion.limites import valor
from ingesta.documento import (
    CLASES_DE_REDACTADO,
    Aviso,
    Bloque,
    Caja,
    Celda,
    Documento,
    Origen,
    Pagina,
    Palabra,
    Redactado,
    Renglon,
    TipoBloque,
    Tramo,
)
from ingesta.errores import ErrorDeIngesta

VERSION: Final = 2
"""Sube cuando cambia la forma; quien lee no acepta otra."""

MAYOR_ENTERO: Final = 1 << 31
MAYOR_LUGAR: Final = 1_000_000
"""Filas y columnas de una tabla: más no las hay, y quien las recorra no debe quedarse ahí."""

MAYOR_MENSAJE: Final = 2_000
FORMA: Final = (TypeError, ValueError, KeyError, IndexError, AttributeError, RecursionError)
"""Lo que lanza Python al recorrer un JSON que no tiene la forma esperada."""

T = TypeVar("T")


class ErrorDeTransporte(Exception):
    """Lo recibido no tiene la forma convenida."""


def de_documento(documento: Documento) -> bytes:
    """Escribe el documento."""
    origen = documento.origen
    return _escribir(
        texto=documento.texto,
        bloques=[_de_bloque(b) for b in documento.bloques],
        origen=origen
        and [origen.nombre, origen.sha256, origen.bytes, origen.formato, origen.lector],
        paginas=_de_paginas(documento.paginas),
        avisos=[
            [a.codigo, a.mensaje, a.consejo, a.pagina, a.tramo and _de_tramo(a.tramo), a.pierde]
            for a in documento.avisos
        ],
        redactados=[[r.clase, r.texto] for r in documento.redactados],
    )


def a_documento(datos: bytes) -> Documento:
    """Lee el documento; lanza ErrorDeTransporte si algo no tiene la forma convenida."""
    return _leer(datos, lambda crudo: _Lectura(crudo).documento())


def de_paginas(paginas: Iterable[Pagina]) -> bytes:
    """Escribe las medidas de unas páginas."""
    return _escribir(paginas=_de_paginas(paginas))


def a_paginas(datos: bytes) -> tuple[Pagina, ...]:
    """Lee las medidas de unas páginas; lanza ErrorDeTransporte."""
    return _leer(datos, lambda crudo: _a_paginas(crudo["paginas"]))


def de_error(error: Exception) -> bytes:
    """Escribe un ErrorDeIngesta, o un IndexError (la página no existe), con su mensaje."""
    return _escribir(clase=type(error).__name__, mensaje=str(error)[:MAYOR_MENSAJE])


def a_error(datos: bytes) -> Exception:
    """Lee un error; lanza ErrorDeTransporte si no es de los que se esperan."""
    clases: dict[str, type[Exception]] = {c.__name__: c for c in _subclases(ErrorDeIngesta)}
    clases[IndexError.__name__] = IndexError

    def convertir(crudo: dict[str, Any]) -> Exception:
        return clases[crudo["clase"]](_texto(crudo["mensaje"]))

    return _leer(datos, convertir)


def _subclases(clase: type[ErrorDeIngesta]) -> Iterator[type[ErrorDeIngesta]]:
    yield clase
    for subclase in clase.__subclasses__():
        yield from _subclases(subclase)


def _escribir(**partes: Any) -> bytes:
    return json.dumps({"version": VERSION, **partes}, separators=(",", ":")).encode()


def _leer(datos: bytes, convertir: Callable[[dict[str, Any]], T]) -> T:
    if len(datos) > valor("documento"):
        raise ErrorDeTransporte("demasiado largo")
    try:
        crudo = json.loads(datos.decode(), parse_constant=_rechazar)
        if crudo["version"] != VERSION:
            _rechazar("versión")
        return convertir(crudo)
    except FORMA as error:
        raise ErrorDeTransporte(f"no tiene la forma convenida: {type(error).__name__}") from error


def _rechazar(que: str) -> NoReturn:
    raise ValueError(que)


def _de_tramo(tramo: Tramo) -> list[int]:
    return [tramo.inicio, tramo.fin]


def _de_caja(caja: Caja) -> list[float]:
    return [caja.pagina, caja.x0, caja.arriba, caja.x1, caja.abajo]


def _de_paginas(paginas: Iterable[Pagina]) -> list[list[Any]]:
    return [[p.numero, p.ancho, p.alto, p.con_ocr] for p in paginas]


def _de_bloque(bloque: Bloque) -> list[Any]:
    c = bloque.celda
    return [
        bloque.tipo,
        _de_tramo(bloque.tramo),
        [
            [
                _de_tramo(r.tramo),
                r.caja and _de_caja(r.caja),
                [[*_de_tramo(p.tramo), p.confianza, *_de_caja(p.caja)] for p in r.palabras],
                r.confianza,
            ]
            for r in bloque.renglones
        ],
        bloque.numero,
        bloque.nivel,
        c and [c.tabla, c.fila, c.columna, c.filas, c.columnas, c.es_encabezado, c.titulo],
    ]


class _Lectura:
    """Lee un documento; todo tramo cae en su texto y toda caja, en una de sus páginas."""

    def __init__(self, crudo: dict[str, Any]) -> None:
        self._crudo = crudo
        self._texto = _texto(crudo["texto"])
        self._largo = len(self._texto)
        self._paginas = _a_paginas(crudo["paginas"])
        self._numeros = {p.numero for p in self._paginas}

    def documento(self) -> Documento:
        """Devuelve el documento entero."""
        return Documento(
            self._texto,
            tuple(self._bloque(*b) for b in self._crudo["bloques"]),
            _si_hay(self._crudo["origen"], lambda o: _a_origen(*o)),
            self._paginas,
            tuple(self._aviso(*a) for a in self._crudo["avisos"]),
            tuple(_a_redactado(*r) for r in self._crudo["redactados"]),
        )

    def _bloque(
        self, tipo: Any, tramo: Any, renglones: Any, numero: Any, nivel: Any, celda: Any
    ) -> Bloque:
        return Bloque(
            TipoBloque(tipo),
            self._tramo(*tramo),
            tuple(self._renglon(*r) for r in renglones),
            _si_hay(numero, _texto),
            _si_hay(nivel, _entero),
            _si_hay(celda, lambda c: _a_celda(*c)),
        )

    def _renglon(self, tramo: Any, caja: Any, palabras: Any, confianza: Any) -> Renglon:
        return Renglon(
            self._tramo(*tramo),
            _si_hay(caja, lambda c: self._caja(*c)),
            tuple(self._palabra(*p) for p in palabras),
            _si_hay(confianza, _numero),
        )

    def _palabra(self, inicio: Any, fin: Any, confianza: Any, *caja: Any) -> Palabra:
        tramo = self._tramo(inicio, fin)
        return Palabra(tramo, self._caja(*caja), _si_hay(confianza, _numero))

    def _aviso(
        self, codigo: Any, mensaje: Any, consejo: Any, pagina: Any, tramo: Any, pierde: Any
    ) -> Aviso:
        return Aviso(
            _texto(codigo),
            _texto(mensaje),
            _texto(consejo),
            _si_hay(pagina, _entero),
            _si_hay(tramo, lambda t: self._tramo(*t)),
            _si_o_no(pierde),
        )

    def _tramo(self, inicio: Any, fin: Any) -> Tramo:
        return Tramo(_entero(inicio), _entero(fin, self._largo))

    def _caja(self, pagina: Any, x0: Any, arriba: Any, x1: Any, abajo: Any) -> Caja:
        if pagina not in self._numeros:
            _rechazar("caja fuera de las páginas")
        return Caja(pagina, _numero(x0), _numero(arriba), _numero(x1), _numero(abajo))


def _a_paginas(crudas: Any) -> tuple[Pagina, ...]:
    return tuple(
        Pagina(_entero(numero), _numero(ancho), _numero(alto), _si_o_no(con_ocr))
        for numero, ancho, alto, con_ocr in crudas
    )


def _a_redactado(clase: Any, texto: Any) -> Redactado:
    if clase not in CLASES_DE_REDACTADO:
        _rechazar("clase desconocida")
    return Redactado(clase, _texto(texto))


def _a_origen(nombre: Any, sha256: Any, tamano: Any, formato: Any, lector: Any) -> Origen:
    return Origen(_texto(nombre), _texto(sha256), _entero(tamano), _texto(formato), _texto(lector))


def _a_celda(
    tabla: Any, fila: Any, columna: Any, filas: Any, columnas: Any, encabezado: Any, titulo: Any
) -> Celda:
    return Celda(
        _entero(tabla, MAYOR_LUGAR),
        _entero(fila, MAYOR_LUGAR),
        _entero(columna, MAYOR_LUGAR),
        _entero(filas, MAYOR_LUGAR),
        _entero(columnas, MAYOR_LUGAR),
        _si_o_no(encabezado),
        _si_hay(titulo, _texto),
    )


def _si_hay(crudo: Any, convertir: Callable[[Any], T]) -> T | None:
    return None if crudo is None else convertir(crudo)


def _texto(crudo: Any) -> str:
    if type(crudo) is not str:
        _rechazar("no es un texto")
    crudo.encode()  # un sustituto suelto no se puede guardar: lanza UnicodeEncodeError
    return crudo


def _entero(crudo: Any, tope: int = MAYOR_ENTERO) -> int:
    if type(crudo) is not int or not 0 <= crudo <= tope:
        _rechazar("no es un entero que se admita")
    return crudo


def _numero(crudo: Any) -> float:
    if type(crudo) not in {int, float} or not math.isfinite(crudo):
        _rechazar("no es un número finito")
    return float(crudo)


def _si_o_no(crudo: Any) -> bool:
    if type(crudo) is not bool:
        _rechazar("no es un sí o no")
    return crudo
