"""Lee un libro de Excel: cada hoja es un título y las tablas que hay en ella.

No usa openpyxl para leer: una sola celda en la última fila lo detiene más de 10 s. De las fórmulas
se lee el último resultado que guardó Excel; nada se calcula ni se descarga.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Final

from lxml import etree

from ingesta.armado import Armador
from ingesta.documento import Aviso, Documento, Origen, TipoBloque
from ingesta.errores import ArchivoDanado, ArchivoDemasiadoGrande
from ingesta.lectores.docx_avisos import Avisador
from ingesta.lectores.docx_parrafo import Hallados
from ingesta.lectores.docx_tabla import CeldaLeida, Contenido, TablaLeida
from ingesta.lectores.docx_texto import BloqueLeido, Marca, Trozo
from ingesta.lectores.piezas import agregar
from ingesta.lectores.xlsx_partes import (
    LOGICOS,
    Formatos,
    entero,
    hijos,
    local,
    lugar,
    texto_de,
    textos_compartidos,
)
from ingesta.paquete import Paquete

MAYOR_CANTIDAD: Final = 100_000
"""Celdas escritas de un libro: una matriz de 500 acuerdos tiene 15 000."""

MAYOR_FILA: Final = 50_000
MAYOR_COLUMNA: Final = 1_000
"""Hasta dónde puede haber algo escrito: lo que está más lejos no se ve y suele estar de más."""

SIN_NOMBRE: Final = re.compile(r"(hoja|sheet)\s*\d*", re.IGNORECASE)
"""Nombres que Excel pone solo y que no dicen nada."""

HASTA_EL_TITULO: Final = 30
MENOS_TITULOS: Final = 3
"""Filas de una tabla entre las que se buscan los títulos, y cuántos debe haber: arriba de la matriz
suelen estar los datos de la reunión."""

Fila = dict[int, CeldaLeida]


@dataclass(slots=True)
class _Hoja:
    """Lo escrito en una hoja y lo que no es texto."""

    nombre: str
    filas: dict[int, Fila] = field(default_factory=dict)
    cuadros: list[str] = field(default_factory=list)


def leer(ruta: Path, origen: Origen) -> Documento:
    """Devuelve el documento: por cada hoja visible, sus párrafos sueltos y sus tablas.

    Raises:
        ArchivoDanado: falta la parte principal.
        ContenidoNoPermitido, ArchivoDemasiadoGrande: los de `Paquete`, y demasiadas celdas.
    """
    with Paquete(ruta) as paquete:
        return _Lectura(paquete).documento(origen)


class _Lectura:
    """Una lectura: lleva la cuenta de tablas, celdas y de lo que no se leyó."""

    def __init__(self, paquete: Paquete) -> None:
        self._paquete = paquete
        self._principal = paquete.principal() or ""
        raiz = paquete.xml(self._principal)
        if raiz is None or local(raiz) != "workbook":
            raise ArchivoDanado("Al libro le falta su contenido principal.")
        self._raiz = raiz
        self._relaciones = paquete.relaciones(self._principal)
        self._textos = textos_compartidos(self._parte("sharedStrings"))
        en_1904 = next((p.get("date1904") for p in hijos(raiz, "workbookPr")), None)
        self._formatos = Formatos(self._parte("styles"), en_1904 in {"1", "true"})
        self._hallados = Hallados()
        self._comentarios: list[str] = []
        self._externas = self._celdas = self._tablas = 0

    def documento(self, origen: Origen) -> Documento:
        """Recorre las hojas y arma el documento."""
        armador, avisador = Armador(), Avisador()
        ocultas: list[str] = []
        letras = 0
        for hoja in hijos(self._raiz, "sheets", "sheet"):
            nombre = hoja.get("name", "")
            if hoja.get("state", "visible") != "visible":
                ocultas.append(nombre)
                continue
            leida = self._hoja(nombre, hoja)
            if leida and (leida.filas or leida.cuadros):
                letras += agregar(armador, avisador, self._bloques(leida))
        self._externas += sum(r.tipo == "externalLink" for r in self._relaciones.values())
        generales = avisador.generales(self._hallados, self._comentarios, self._externas, letras)
        if ocultas:
            generales.append(_aviso_de_ocultas(ocultas))
        return armador.documento(origen, avisos=generales)

    def _hoja(self, nombre: str, hoja: etree._Element) -> _Hoja | None:
        """Lee las celdas de una hoja; None si su parte falta o no es una hoja de celdas."""
        relacion = self._relaciones.get(_vinculo(hoja))
        raiz = self._paquete.xml(relacion.destino) if relacion and not relacion.externa else None
        if relacion is None or raiz is None or local(raiz) != "worksheet":
            self._hallados.incrustadas += 1
            return None
        leida = _Hoja(nombre)
        columnas_ocultas = [
            range(entero(c.get("min"), 1) - 1, entero(c.get("max"), 1))
            for c in hijos(raiz, "cols", "col")
            if c.get("hidden") in {"1", "true"}
        ]
        self._celdas += sum(len(c) > 0 for f in hijos(raiz, "sheetData", "row") for c in f)
        if self._celdas > MAYOR_CANTIDAD:
            raise ArchivoDemasiadoGrande("El libro tiene demasiadas celdas escritas.")
        siguiente = 0
        for fila in hijos(raiz, "sheetData", "row"):
            n = entero(fila.get("r"), siguiente + 1) - 1
            siguiente = n + 1
            oculta = fila.get("hidden") in {"1", "true"}
            self._fila(leida, n, fila, oculta, columnas_ocultas)
        _combinar(leida, raiz)
        self._colgados(leida, relacion.destino)
        return leida

    def _fila(
        self, hoja: _Hoja, n: int, fila: etree._Element, oculta: bool, ocultas: list[range]
    ) -> None:
        columna = -1
        for c in hijos(fila, "c"):
            sitio = lugar(c.get("r", ""))
            columna = sitio[1] if sitio else columna + 1
            texto = self._valor(c)
            if not texto.strip():
                continue
            if n >= MAYOR_FILA or columna >= MAYOR_COLUMNA:
                raise ArchivoDemasiadoGrande(
                    f"La hoja «{hoja.nombre}» tiene algo escrito demasiado lejos, en la fila "
                    f"{n + 1} y la columna {columna + 1}: bórrelo si está de más."
                )
            escondida = oculta or any(columna in r for r in ocultas)
            marcas = frozenset({Marca.OCULTO} if escondida else ())
            negrita = self._formatos.negrita(entero(c.get("s"), 0))
            contenido = Contenido([Trozo(texto, marcas)], None, None, negrita, [])
            hoja.filas.setdefault(n, {})[columna] = CeldaLeida(n, columna, 1, contenido)

    def _valor(self, celda: etree._Element) -> str:
        """Devuelve lo que muestra la celda."""
        clase = celda.get("t", "n")
        if clase == "inlineStr":
            return "".join(texto_de(i) for i in hijos(celda, "is"))
        crudo = next((v.text or "" for v in hijos(celda, "v")), "")
        if clase == "s":
            indice = entero(crudo, len(self._textos))
            return self._textos[indice] if indice < len(self._textos) else ""
        if clase == "b":
            return LOGICOS.get(crudo, crudo)
        if clase == "n" and crudo:
            return self._formatos.mostrar(crudo, entero(celda.get("s"), 0))
        return crudo

    def _bloques(self, hoja: _Hoja) -> Iterator[BloqueLeido]:
        if not SIN_NOMBRE.fullmatch(hoja.nombre.strip()):
            yield BloqueLeido(TipoBloque.TITULO, [Trozo(hoja.nombre)], nivel=0)
        for tramo in _tramos(hoja.filas):
            for parte in _partir(tramo):
                yield from self._tabla(parte)
        for texto in hoja.cuadros:
            yield BloqueLeido(TipoBloque.PARRAFO, [Trozo(texto)])

    def _tabla(self, filas: list[Fila]) -> Iterator[BloqueLeido]:
        """Devuelve las filas como tabla; si en ninguna hay dos celdas, como párrafos."""
        if all(len(f) <= 1 for f in filas):
            for fila in filas:
                for celda in fila.values():
                    yield BloqueLeido(TipoBloque.PARRAFO, celda.contenido.trozos)
            return
        tabla = TablaLeida(destaca_primera=False)
        primera = min(c.fila for c in filas[0].values())
        izquierda = min(c for fila in filas for c in fila)
        for fila in filas:
            for columna in sorted(fila):
                celda = fila[columna]
                celda.fila, celda.columna = celda.fila - primera, columna - izquierda
                tabla.celdas.append(celda)
        self._tablas += 1
        yield from tabla.bloques(self._tablas - 1)

    def _colgados(self, hoja: _Hoja, parte: str) -> None:
        """Lee los cuadros de texto de la hoja y cuenta sus comentarios, imágenes y gráficos."""
        for relacion in self._paquete.relaciones(parte).values():
            if relacion.externa or relacion.tipo not in {"comments", "drawing"}:
                continue
            raiz = self._paquete.xml(relacion.destino)
            if raiz is None:
                continue
            if relacion.tipo == "comments":
                comentarios = hijos(raiz, "commentList", "comment", "text")
                self._comentarios += [texto_de(c) for c in comentarios]
            else:
                for e in raiz.iter():
                    if local(e) == "txBody":
                        parrafos = ("".join(_letras(p)) for p in hijos(e, "p"))
                        hoja.cuadros += [p for p in parrafos if p.strip()]
                    self._hallados.imagenes += local(e) == "blip"
                    self._hallados.incrustadas += local(e) == "chart"

    def _parte(self, tipo: str) -> etree._Element | None:
        destinos = (r.destino for r in self._relaciones.values() if r.tipo == tipo)
        destino = next(destinos, None)
        return self._paquete.xml(destino) if destino else None


def _vinculo(hoja: etree._Element) -> str:
    return next((str(v) for k, v in hoja.attrib.items() if str(k).endswith("}id")), "")


def _letras(parrafo: etree._Element) -> Iterator[str]:
    return (t.text or "" for t in parrafo.iter() if local(t) == "t")


def _combinar(hoja: _Hoja, raiz: etree._Element) -> None:
    """Extiende las celdas combinadas; lo escrito bajo ellas, que no se ve, se les suma oculto."""
    ultima = max(hoja.filas, default=0)
    derecha = max((c for fila in hoja.filas.values() for c in fila), default=0)
    for union in hijos(raiz, "mergeCells", "mergeCell"):
        desde, _, hasta = union.get("ref", "").partition(":")
        inicio, fin = lugar(desde), lugar(hasta)
        if inicio is None or fin is None:
            continue
        filas = range(inicio[0], min(fin[0], ultima) + 1)
        columnas = range(inicio[1], min(fin[1], derecha) + 1)
        duena = hoja.filas.get(inicio[0], {}).get(inicio[1])
        if duena is None:
            continue
        duena.filas, duena.columnas = len(filas), len(columnas)
        cercanas = filas if len(filas) < len(hoja.filas) else [n for n in hoja.filas if n in filas]
        for n in cercanas:
            for c in [c for c in hoja.filas.get(n, {}) if c in columnas and (n, c) != inicio]:
                tapada = hoja.filas[n].pop(c)
                textos = (t.texto for t in tapada.contenido.trozos)
                oculto = frozenset({Marca.OCULTO})
                duena.contenido.trozos.extend(Trozo(f"\n{t}", oculto) for t in textos)


def _tramos(filas: dict[int, Fila]) -> Iterator[list[Fila]]:
    """Agrupa las filas seguidas que tienen algo escrito; una celda combinada las une."""
    escritas = sorted(n for n in filas if filas[n])
    cortes, hasta = 0, -1
    grupos: list[tuple[int, Fila]] = []
    for n in escritas:
        cortes += n > hasta + 1
        hasta = max(hasta, *(n + c.filas - 1 for c in filas[n].values()))
        grupos.append((cortes, filas[n]))
    for _, grupo in groupby(grupos, key=lambda g: g[0]):
        yield [fila for _, fila in grupo]


def _partir(filas: list[Fila]) -> Iterator[list[Fila]]:
    """Separa, de la tabla que empieza en una fila de títulos, lo que está escrito encima."""
    for n, fila in enumerate(filas[:HASTA_EL_TITULO]):
        if n and len(fila) >= MENOS_TITULOS and len(filas) > n + 1:
            resto = TablaLeida(False, [c for f in filas[n:] for c in f.values()])
            if resto.encabezado:
                yield filas[:n]
                yield filas[n:]
                return
    yield filas


def _aviso_de_ocultas(nombres: list[str]) -> Aviso:
    citadas = ", ".join(f"«{n}»" for n in nombres[:5])
    return Aviso(
        "hoja_oculta",
        f"El libro tiene hojas ocultas ({len(nombres)}) que no se leyeron: {citadas}.",
        "Si alguna es parte del acta, muéstrela en Excel y envíe de nuevo el libro.",
    )
