"""Del documento a los segmentos que pueden ser ítems, en orden de lectura."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from ingesta.documento import Bloque, Documento, TipoBloque, Tramo
from nlp.coordinadas import Trozo
from nlp.obligaciones import dividir
from nlp.oraciones import partir, recortar
from nlp.propuesta import Seccion, Segmento
from nlp.reunion import SIN_ORACIONES, Pieza, reunir
from nlp.secciones import Parte, seccionar, tablas_de_varias_columnas
from nlp.tablas import CeldaDeItem, items_de_tabla
from nlp.titulos import es_entrada, tiene_verbo

_JUNTAN = frozenset({Seccion.ACUERDOS, Seccion.TAREAS})
_MAXIMO_DE_TEMA = 6
_MAXIMO_DE_TITULO = 10


@dataclass(frozen=True, slots=True)
class Unidad:
    """Un segmento con lo que ayuda a leerlo.

    `columna` es el papel de su columna («pedido», «acuerdo», «tarea»); `presenta` marca las
    oraciones que solo introducen una lista («La empresa se compromete a:»); `celdas` dice dónde
    están los datos que lo acompañan («responsable», «plazo»), en su fila o rotulados debajo.
    """

    segmento: Segmento
    columna: str | None = None
    presenta: bool = False
    celdas: Mapping[str, Tramo] = field(default_factory=dict)


@dataclass(slots=True)
class _Nodo:
    """Ítem abierto mientras se leen sus subítems."""

    estilo: str
    parte: Parte
    texto: str
    tramo: Tramo
    padre: _Nodo | None = None
    id: str | None = None

    @property
    def anuncia(self) -> bool:
        """Dice si su rótulo fija la sección de lo que contiene («Acuerdo N° 1»)."""
        return self.parte.rotulo is not None and self.parte.rotulo.acto is not None


def segmentar(documento: Documento) -> tuple[Unidad, ...]:
    """Devuelve las unidades del documento con ids «i1», «i2»… en orden de lectura."""
    return tuple(_Segmentador(documento).unidades())


class _Segmentador:
    def __init__(self, documento: Documento) -> None:
        self.documento = documento
        self.pila: list[_Nodo] = []
        self.siguiente = 1
        self.tema_corrido: str | None = None

    def unidades(self) -> Iterator[Unidad]:
        """Recorre las partes; las tablas se leen enteras donde está su primera celda."""
        rejillas = tablas_de_varias_columnas(self.documento)
        tablas: dict[int, list[Bloque]] = defaultdict(list)
        for bloque in self.documento.cuerpo:
            if bloque.celda and bloque.celda.tabla in rejillas:
                tablas[bloque.celda.tabla].append(bloque)
        piezas = reunir(self.documento, seccionar(self.documento))
        for pieza, siguiente in zip_longest(piezas, piezas[1:]):
            parte, celda = pieza.parte, pieza.parte.bloque.celda
            if celda and celda.tabla in rejillas:
                yield from self._tabla(tablas.pop(celda.tabla, []), parte)
            elif parte.es_titulo:
                self.pila.clear()
                self.tema_corrido = None
            else:
                yield from self._pieza(pieza, siguiente.parte if siguiente else None)

    def _nuevo_id(self) -> str:
        nuevo = f"i{self.siguiente}"
        self.siguiente += 1
        return nuevo

    def _pieza(self, pieza: Pieza, siguiente: Parte | None) -> Iterator[Unidad]:
        parte = pieza.parte
        tramo = next(recortar(self.documento.texto, parte.tramo), None)
        if tramo is None or parte.seccion in SIN_ORACIONES:
            self.pila.clear()
            return
        presenta_lista = self._leer(tramo).endswith(":")
        if parte.rotulo and (parte.seccion is Seccion.DESARROLLO or presenta_lista):
            tramo = self._sin_titulo_corrido(tramo)
        texto = self.documento.fragmento(tramo)
        nodo = self._ubicar(_Nodo(_estilo(parte), parte, texto, tramo))
        presenta = texto.endswith(":") and _tiene_lista(parte, siguiente)
        if not _es_tema(nodo, siguiente):
            yield from self._trozos(nodo, presenta, pieza.celdas)

    def _sin_titulo_corrido(self, tramo: Tramo) -> Tramo:
        """Quita el título de «1. Cortes de energía. El regidor refirió…» y lo toma por tema."""
        primera, *resto = partir(self.documento.fragmento(tramo))
        titulo = self.documento.fragmento(primera.movido(tramo.inicio))
        if not resto or len(titulo.split()) > _MAXIMO_DE_TITULO or tiene_verbo(titulo):
            return tramo
        self.tema_corrido = titulo.strip(" .")
        return Tramo(tramo.inicio + resto[0].inicio, tramo.fin)

    def _ubicar(self, nodo: _Nodo) -> _Nodo:
        """Coloca el ítem en la pila: hermano del que tiene su estilo, o hijo del último abierto."""
        estilos = [n.estilo for n in self.pila]
        if nodo.estilo == "parrafo":
            self.pila.clear()
        elif nodo.estilo in estilos:
            del self.pila[estilos.index(nodo.estilo) :]
        elif self.pila and not _abre(self.pila[-1], nodo):
            self.pila.clear()
        nodo.padre = self.pila[-1] if self.pila else None
        self.pila.append(nodo)
        return nodo

    def _trozos(self, nodo: _Nodo, presenta: bool, celdas: Mapping[str, Tramo]) -> Iterator[Unidad]:
        """Da las unidades de un ítem: la primera es padre de las que salen de él."""
        parte, padre = nodo.parte, nodo.padre
        seccion = padre.parte.seccion if padre and padre.anuncia else parte.seccion
        heredado = _ultima_oracion(padre.texto) if padre and padre.texto.endswith(":") else None
        raiz = padre.id if padre else None
        for grupo in dividir(nodo.texto, junta=seccion in _JUNTAN):
            if parte.rotulo is None and padre is None:
                raiz = None
            for trozo in grupo:
                tramo = trozo.tramo.movido(nodo.tramo.inicio)
                segmento = Segmento(
                    self._nuevo_id(),
                    tramo,
                    seccion,
                    _tema(nodo) or self.tema_corrido,
                    trozo.numero or _numero(parte),
                    padre=raiz,
                    encabezado=_encabezado(nodo.texto, trozo) or heredado,
                )
                introduce = trozo.presenta or (presenta and tramo.fin >= nodo.tramo.fin)
                presentado = introduce or es_entrada(self._leer(tramo))
                yield Unidad(segmento, None, presentado, self._celdas(celdas, trozo, nodo.tramo))
                if introduce or nodo.id is None:
                    nodo.id = segmento.id
                raiz = segmento.id if introduce else raiz or segmento.id

    def _celdas(self, celdas: Mapping[str, Tramo], trozo: Trozo, en: Tramo) -> Mapping[str, Tramo]:
        """Suma a los datos rotulados el plazo que el trozo comparte con los que le siguen."""
        if trozo.plazo is None or "plazo" in celdas:
            return celdas
        return {**celdas, "plazo": trozo.plazo.movido(en.inicio)}

    def _leer(self, tramo: Tramo) -> str:
        return self.documento.fragmento(tramo)

    def _tabla(self, bloques: Sequence[Bloque], parte: Parte) -> Iterator[Unidad]:
        self.pila.clear()
        for celda in items_de_tabla(self.documento, bloques, parte.seccion):
            yield from self._celda(celda, parte.tema)

    def _celda(self, celda: CeldaDeItem, tema: str | None) -> Iterator[Unidad]:
        raiz: str | None = None
        trozos = [t for grupo in dividir(self._leer(celda.tramo), junta=True) for t in grupo]
        for trozo in trozos:
            segmento = Segmento(
                self._nuevo_id(),
                trozo.tramo.movido(celda.tramo.inicio),
                celda.seccion,
                celda.fila.columnas.get("tema", tema),
                trozo.numero or celda.numero,
                celda.fila,
                raiz,
                _encabezado(self._leer(celda.tramo), trozo),
            )
            celdas = self._celdas(celda.fila.tramos, trozo, celda.tramo)
            yield Unidad(segmento, celda.papel, trozo.presenta, celdas)
            raiz = raiz or segmento.id


def _estilo(parte: Parte) -> str:
    if parte.rotulo:
        return parte.rotulo.estilo
    return f"item{parte.bloque.nivel}" if parte.bloque.tipo is TipoBloque.ITEM else "parrafo"


def _abre(ultimo: _Nodo, nodo: _Nodo) -> bool:
    """Dice si el último ítem puede tener por subítem al nuevo, que es de otro estilo."""
    a, b = ultimo.parte.bloque.nivel, nodo.parte.bloque.nivel
    if a is not None and b is not None and a != b:
        return a < b
    apartado = nodo.estilo.startswith("decimal") and ultimo.estilo.startswith("decimal")
    return ultimo.texto.endswith(":") or (apartado and nodo.estilo > ultimo.estilo)


def _tiene_lista(parte: Parte, siguiente: Parte | None) -> bool:
    if siguiente is None or siguiente.es_titulo:
        return False
    return _estilo(siguiente) not in ("parrafo", _estilo(parte))


def _es_tema(nodo: _Nodo, siguiente: Parte | None) -> bool:
    """Un ítem corto y sin punto, con apartados debajo, es el tema de estos («1.1 Riego»)."""
    if siguiente is None or siguiente.es_titulo or nodo.texto.endswith((".", ";", ":")):
        return False
    corto = len(nodo.texto.split()) <= _MAXIMO_DE_TEMA and nodo.estilo != "parrafo"
    return corto and _estilo(siguiente) not in ("parrafo", nodo.estilo)


def _tema(nodo: _Nodo) -> str | None:
    padre = nodo.padre
    while padre:
        if padre.id is None and not padre.texto.endswith(":"):
            return padre.texto
        padre = padre.padre
    return nodo.parte.tema


def _numero(parte: Parte) -> str | None:
    return parte.rotulo.numero if parte.rotulo else None


def _encabezado(texto: str, trozo: Trozo) -> str | None:
    return texto[trozo.encabezado.inicio : trozo.encabezado.fin] if trozo.encabezado else None


def _ultima_oracion(texto: str) -> str:
    *_, ultima = partir(texto)
    return texto[ultima.inicio : ultima.fin]
