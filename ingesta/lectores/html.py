"""De un HTML a bloques: párrafos, títulos, listas y cuadros; nada se descarga ni se ejecuta."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from ingesta.documento import TipoBloque
from ingesta.errores import ContenidoNoPermitido
from ingesta.lectores.docx_numeracion import FORMATOS, VINETA
from ingesta.lectores.docx_tabla import MAYOR_COMBINACION, CeldaLeida, Contenido, TablaLeida
from ingesta.lectores.docx_texto import SALTO, BloqueLeido, Marca, Trozo, componer

SIN_TEXTO: Final = frozenset({
    *("script", "style", "head", "title", "template", "object", "iframe", "svg", "audio", "video"),
})
EN_LINEA: Final = frozenset({
    *("a", "abbr", "b", "big", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i"),
    *("ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub"),
    *("sup", "time", "tt", "u", "var", "wbr", "img", "ruby", "rt", "acronym"),
})
"""Elementos que no cortan el párrafo; los demás, también los desconocidos, sí."""

TITULOS: Final = {f"h{n}": n - 1 for n in range(1, 7)}
TACHAN: Final = frozenset({"s", "strike", "del"})
NEGRITA: Final = frozenset({"b", "strong", "th"})
LISTAS: Final = frozenset({"ul", "ol", "menu", "dir"})
NIVELES: Final = 8
FORMATO_DE: Final = {
    **{"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"},
    "1": "decimal",
}
NO_SE_VE: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0*(\.\d+)?(px|pt)?\s*(;|$)|"
    r"mso-hide\s*:\s*all|(^|;)\s*color\s*:\s*(white|#fff(fff)?)\b",
    re.IGNORECASE,
)


def leer_html(texto: str, tablas: Iterator[int]) -> tuple[list[BloqueLeido], int]:
    """Devuelve los bloques y cuántas imágenes hay; `tablas` numera los cuadros.

    Lanza etree.LxmlError si no se entiende nada y ContenidoNoPermitido si pasa los límites de la
    biblioteca, que entonces se calla lo que no leyó.
    """
    analizador = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    raiz = etree.fromstring(texto.encode("utf-8", "replace"), analizador)
    if analizador.error_log.filter_from_fatals():  # lo demás ya no está en el árbol
        raise ContenidoNoPermitido("El HTML anida elementos muy por encima de lo normal.")
    lectura = _Lectura(tablas)
    if raiz is not None:
        lectura.recorrer(raiz, frozenset())
    lectura.cerrar()
    return lectura.bloques, lectura.imagenes


class _Lectura:
    """Un recorrido: junta los trozos del párrafo abierto y lo cierra donde el HTML lo corta."""

    def __init__(self, tablas: Iterator[int]) -> None:
        self.bloques: list[BloqueLeido] = []
        self.imagenes = 0
        self._tablas = tablas
        self._trozos: list[Trozo] = []
        self._proximo = BloqueLeido(TipoBloque.PARRAFO)
        self._hondo = 0

    def recorrer(self, elemento: etree._Element, marcas: frozenset[Marca]) -> None:
        """Lee un elemento y lo que contiene."""
        clase = elemento.tag.lower() if isinstance(elemento.tag, str) else ""
        if not clase or clase in SIN_TEXTO:
            return
        marcas = _con_las_propias(elemento, clase, marcas)
        self.imagenes += clase == "img"
        if clase == "br":
            self._trozos.append(SALTO)
        elif clase == "table":
            self._tabla(elemento, marcas)
        elif clase in EN_LINEA or ":" in clase:  # «o:p», de Word
            self._dentro(elemento, marcas)
        else:
            self._bloque(elemento, clase, marcas)

    def cerrar(self) -> None:
        """Termina el párrafo abierto; el número de una lista queda para el primero con texto."""
        if componer(self._trozos).texto:
            self._proximo.trozos = self._trozos
            self.bloques.append(self._proximo)
            self._proximo = BloqueLeido(TipoBloque.PARRAFO)
        self._trozos = []

    def _dentro(self, elemento: etree._Element, marcas: frozenset[Marca]) -> None:
        self._escribir(elemento.text, marcas)
        for h in elemento:
            self.recorrer(h, marcas)
            self._escribir(h.tail, marcas)

    def _escribir(self, texto: str | None, marcas: frozenset[Marca]) -> None:
        if texto:
            self._trozos.append(Trozo(" ".join(texto.split("\n")), marcas))

    def _bloque(self, elemento: etree._Element, clase: str, marcas: frozenset[Marca]) -> None:
        self.cerrar()
        if clase in TITULOS:
            self._proximo = BloqueLeido(TipoBloque.TITULO, nivel=TITULOS[clase])
        if clase in LISTAS:
            self._lista(elemento, clase, marcas)
        else:
            self._dentro(elemento, marcas)
        self.cerrar()
        if clase in TITULOS:
            self._proximo = BloqueLeido(TipoBloque.PARRAFO)

    def _lista(self, elemento: etree._Element, clase: str, marcas: frozenset[Marca]) -> None:
        numero = _entero(elemento.get("start"), 1)
        formato = FORMATOS.get(FORMATO_DE.get(elemento.get("type", "1"), "decimal"), str)
        self._hondo += 1
        for h in elemento:
            es_item = isinstance(h.tag, str) and h.tag.lower() == "li"
            if es_item:
                numero = _entero(h.get("value"), numero)
                rotulo = f"{formato(max(numero, 1))}." if clase == "ol" else VINETA
                nivel = min(self._hondo - 1, NIVELES)
                self._proximo = BloqueLeido(TipoBloque.ITEM, numero=rotulo, nivel=nivel)
                numero += 1
                self._dentro(h, _con_las_propias(h, "li", marcas))
                self.cerrar()
            else:
                self.recorrer(h, marcas)
            self._escribir(h.tail, marcas)
        self._hondo -= 1
        self._proximo = BloqueLeido(TipoBloque.PARRAFO)

    def _tabla(self, elemento: etree._Element, marcas: frozenset[Marca]) -> None:
        """Lee un cuadro; el de una sola columna es un recuadro y se lee como párrafos."""
        self.cerrar()
        filas = [f for f in elemento.iter("tr") if _cuadro_de(f) is elemento]
        celdas = [[c for c in f if c.tag in {"td", "th"}] for f in filas]
        for rotulo in elemento.iterchildren("caption"):
            self._bloque(rotulo, "caption", marcas)
        if all(len(c) <= 1 for c in celdas):
            for celda in (c for fila in celdas for c in fila):
                self._bloque(celda, "td", marcas)
            return
        numero, tabla = next(self._tablas), TablaLeida(destaca_primera=False)
        ocupadas: dict[int, int] = {}
        for n, fila in enumerate(celdas):
            self._fila(tabla, n, fila, ocupadas, marcas)
            if n == tabla.repetidas and fila and all(c.tag == "th" for c in fila):
                tabla.repetidas += 1
        self.bloques += tabla.bloques(numero)

    def _fila(
        self,
        tabla: TablaLeida,
        n: int,
        fila: list[etree._Element],
        ocupadas: dict[int, int],
        marcas: frozenset[Marca],
    ) -> None:
        """Ubica las celdas; `ocupadas` da hasta qué fila baja la celda que está en cada columna."""
        columna = 0
        for celda in fila:
            while ocupadas.get(columna, 0) > n:
                columna += 1
            anchas, altas = (
                min(max(_entero(celda.get(que), 1), 1), MAYOR_COMBINACION)
                for que in ("colspan", "rowspan")
            )
            contenido = self._contenido(celda, marcas)
            tabla.celdas.append(CeldaLeida(n, columna, anchas, contenido, altas))
            for i in range(columna, columna + anchas):
                ocupadas[i] = n + altas
            columna += anchas

    def _contenido(self, celda: etree._Element, marcas: frozenset[Marca]) -> Contenido:
        """Junta en un bloque los párrafos de una celda, con sus números delante."""
        dentro = _Lectura(self._tablas)
        dentro._bloque(celda, celda.tag, marcas)
        self.imagenes += dentro.imagenes
        trozos: list[Trozo] = []
        anexos: list[BloqueLeido] = []
        for bloque in dentro.bloques:
            if bloque.celda:
                anexos.append(bloque)
                continue
            trozos += [Trozo(f"{bloque.numero} ")] if bloque.numero else []
            trozos += [*bloque.trozos, SALTO]
        negrita = celda.tag in NEGRITA or any(h.tag in NEGRITA for h in celda)
        return Contenido(trozos, None, None, negrita, anexos)


def _con_las_propias(
    elemento: etree._Element, clase: str, marcas: frozenset[Marca]
) -> frozenset[Marca]:
    if elemento.get("hidden") is not None or NO_SE_VE.search(elemento.get("style", "")):
        marcas |= {Marca.OCULTO}
    return marcas | {Marca.TACHADO} if clase in TACHAN else marcas


def _cuadro_de(fila: etree._Element) -> etree._Element | None:
    return next(fila.iterancestors("table"), None)


def _entero(escrito: str | None, falta: int) -> int:
    try:
        return min(max(int(escrito or falta), 0), 1_000_000)
    except ValueError:
        return falta
