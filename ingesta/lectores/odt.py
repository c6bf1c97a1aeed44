"""Lee un ODT (LibreOffice) recorriendo su XML en el orden del cuerpo; no abre nada de fuera."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from itertools import count
from pathlib import Path

from lxml import etree

from ingesta.armado import Armador
from ingesta.documento import Documento, Origen, TipoBloque
from ingesta.errores import ArchivoCifrado, ArchivoDanado
from ingesta.lectores.docx_avisos import Avisador
from ingesta.lectores.docx_numeracion import Numero
from ingesta.lectores.docx_parrafo import Hallados
from ingesta.lectores.docx_tabla import MAYOR_COMBINACION, CeldaLeida, Contenido, TablaLeida
from ingesta.lectores.docx_texto import BloqueLeido, Marca, componer
from ingesta.lectores.laminas import Laminas, LaminasLeidas, reunir
from ingesta.lectores.odt_laminas import EN_RED, grandes
from ingesta.lectores.odt_listas import NIVELES, Lista, Listas
from ingesta.lectores.odt_parrafo import Recolector, Seguido
from ingesta.lectores.odt_xml import (
    Estilos,
    atributo,
    descendientes,
    elementos,
    entero,
    hijo,
    nombre,
)
from ingesta.lectores.piezas import Parrafo, agregar, en_bloques, juntar, lugar_de_lamina
from ingesta.paquete import Paquete
from ingesta.reconocida import NINGUNA, Reconocidas

CONTENIDO, ESTILOS, MANIFIESTO = "content.xml", "styles.xml", "META-INF/manifest.xml"
PARRAFOS = {"text:p", "text:h"}
SIN_PARRAFOS = {
    *("text:tracked-changes", "text:sequence-decls", "text:variable-decls", "office:forms"),
    *("text:user-field-decls", "text:note-citation", "table:table-column", "svg:title"),
    *("svg:desc", "text:section-source", "office:annotation"),
}
MARGENES = {
    **dict.fromkeys(
        ("style:header", "style:header-left", "style:header-first"), TipoBloque.ENCABEZADO
    ),
    **dict.fromkeys(("style:footer", "style:footer-left", "style:footer-first"), TipoBloque.PIE),
}
FILAS = {"table:table-rows", "table:table-row-group"}
TITULOS_DE_TABLA = "table:table-header-rows"
CELDAS = {"table:table-cell", "table:covered-table-cell"}

Pieza = Parrafo | BloqueLeido


def leer(ruta: Path, origen: Origen, reconocidas: Reconocidas = NINGUNA) -> Documento:
    """Devuelve el documento con sus cambios aceptados y avisa de lo que no se ve o no se leyó.

    `reconocidas` trae lo que ya se reconoció (OCR) de sus láminas.

    Raises:
        ArchivoCifrado: pide contraseña.
        ArchivoDanado: falta el contenido.
        ContenidoNoPermitido, ArchivoDemasiadoGrande: los de `Paquete`.
    """
    with Paquete(ruta) as paquete:
        if any(True for _ in descendientes(paquete.xml(MANIFIESTO), "manifest:encryption-data")):
            raise ArchivoCifrado("El documento está protegido con contraseña.")
        contenido, estilos = paquete.xml(CONTENIDO), paquete.xml(ESTILOS)
        cuerpo = hijo(contenido, "office:body", "office:text")
        if contenido is None or cuerpo is None:
            raise ArchivoDanado("Al documento le falta su contenido principal.")
        laminas = reunir(paquete, grandes(cuerpo, estilos))
    return _Lectura(contenido, estilos, laminas).documento(cuerpo, estilos, origen, reconocidas)


class _Lectura:
    """Una lectura: lleva la cuenta de listas y tablas de un documento."""

    def __init__(
        self, contenido: etree._Element, estilos: etree._Element | None, laminas: Laminas
    ) -> None:
        self._estilos = Estilos(contenido, estilos)
        self._listas = Listas(contenido, estilos)
        self._laminas = laminas
        self._seguido = Seguido(hallados=Hallados(laminas=laminas.numeros))
        self._seguido.leer_cambios(contenido)
        self._tablas = count()

    def documento(
        self,
        cuerpo: etree._Element,
        estilos: etree._Element | None,
        origen: Origen,
        reconocidas: Reconocidas,
    ) -> Documento:
        """Recorre el cuerpo y los márgenes, y arma el documento."""
        armador, avisador = Armador(), Avisador()
        laminas = LaminasLeidas(self._laminas, reconocidas, self._tablas)
        letras = agregar(armador, avisador, self._con_sus_laminas(cuerpo), laminas)
        hallados = replace(self._seguido.hallados)
        agregar(armador, avisador, self._margenes(estilos))
        for fuente in descendientes(cuerpo, "text:section-source"):
            destino = atributo(fuente, "xlink:href") or ""
            self._seguido.externas += destino.startswith(EN_RED)
        generales = avisador.generales(
            hallados, self._seguido.comentarios, self._seguido.externas, letras
        )
        generales += laminas.avisos(letras)
        return armador.documento(origen, laminas.paginas(), generales)

    def _con_sus_laminas(self, cuerpo: etree._Element) -> Iterator[BloqueLeido]:
        """Devuelve los bloques del cuerpo; al final, las láminas que estaban donde no se mira."""
        yield from en_bloques(self._piezas(cuerpo, False))
        yield from map(lugar_de_lamina, self._seguido.hallados.por_poner())

    def _piezas(
        self, contenedor: etree._Element, con_fondo: bool, oculto: bool = False
    ) -> Iterator[Pieza]:
        """Devuelve en orden los párrafos y los bloques de las tablas de un contenedor."""
        for h in elementos(contenedor):
            yield from self._pieza(h, con_fondo, oculto)

    def _pieza(self, h: etree._Element, con_fondo: bool, oculto: bool) -> Iterator[Pieza]:
        clase = nombre(h)
        if clase in PARRAFOS:
            yield self._parrafo(h, con_fondo, None, oculto)
        elif clase == "text:list":
            yield from self._lista(h, None, 0, con_fondo, oculto)
        elif clase == "table:table":
            yield from self._tabla(h, con_fondo, oculto)
        elif clase.startswith("text:change"):
            if eliminado := self._seguido.marca_de_cambio(h):
                self._seguido.hallados.eliminados.append(eliminado)
        elif clase.startswith("draw:"):
            yield self._dibujo(h)
        elif clase not in SIN_PARRAFOS:
            escondida = clase == "text:section" and atributo(h, "text:display") == "none"
            yield from self._piezas(h, con_fondo, oculto or escondida)

    def _parrafo(
        self, elemento: etree._Element, con_fondo: bool, numero: Numero | None, oculto: bool
    ) -> Parrafo:
        estilo = atributo(elemento, "text:style-name")
        titulo = self._estilos.titulo(estilo)
        if nombre(elemento) == "text:h":
            titulo = max(entero(elemento, "text:outline-level", 1, NIVELES) - 1, 0)
            numero = numero or self._listas.de_titulo(elemento, titulo)
        recolector = Recolector(elemento, self._estilos, self._seguido, con_fondo, oculto)
        parrafo = Parrafo(recolector.trozos, numero, titulo, recolector.negrita)
        for nota in recolector.notas:
            parrafo.anexos += self._nota(nota)
        for cuadro in recolector.cuadros:
            parrafo.anexos += en_bloques(self._piezas(cuadro, con_fondo=True))
        parrafo.anexos += map(lugar_de_lamina, recolector.laminas)
        return parrafo

    def _nota(self, nota: etree._Element) -> Iterator[BloqueLeido]:
        cuerpo = hijo(nota, "text:note-body")
        if cuerpo is not None:
            contenido = juntar(self._piezas(cuerpo, con_fondo=False))
            llamada = hijo(nota, "text:note-citation")
            numero = "".join(map(str, llamada.itertext())).strip() if llamada is not None else ""
            yield BloqueLeido(TipoBloque.NOTA, contenido.trozos, numero or None)
            yield from contenido.anexos

    def _dibujo(self, dibujo: etree._Element) -> Parrafo:
        """Lee un dibujo atado a la página: sus textos van donde está escrito."""
        suelto = etree.Element("dibujo")
        suelto.append(deepcopy(dibujo))
        return self._parrafo(suelto, False, None, False)

    def _lista(
        self,
        elemento: etree._Element,
        madre: Lista | None,
        nivel: int,
        con_fondo: bool,
        oculto: bool,
    ) -> Iterator[Pieza]:
        """Lee una lista; solo el primer párrafo de cada ítem lleva su número."""
        lista = self._listas.abrir(elemento, madre, nivel)
        for item in elementos(elemento):
            numerado = nombre(item) != "text:list-item"
            for h in elementos(item):
                if nombre(h) == "text:list":
                    if not numerado:  # un ítem sin texto propio también cuenta
                        self._listas.siguiente(lista, nivel, item)
                        numerado = True
                    inferior = min(nivel + 1, NIVELES - 1)
                    yield from self._lista(h, lista, inferior, con_fondo, oculto)
                elif nombre(h) in PARRAFOS:
                    numero = None
                    if not numerado:
                        lista.estilo = lista.estilo or self._estilos.lista(
                            atributo(h, "text:style-name")
                        )
                        numero, numerado = self._listas.siguiente(lista, nivel, item), True
                    yield self._parrafo(h, con_fondo, numero, oculto)
                else:
                    yield from self._pieza(h, con_fondo, oculto)

    def _tabla(self, elemento: etree._Element, con_fondo: bool, oculto: bool) -> Iterator[Pieza]:
        """Lee una tabla; si es de una sola columna es un recuadro y se lee como párrafos."""
        filas = list(_filas(elemento))
        propias = [[c for c in elementos(f) if nombre(c) == "table:table-cell"] for f, _ in filas]
        if all(len(c) <= 1 and not any(map(_repetida, c)) for c in propias):
            for celda in (c for fila in propias for c in fila):
                yield from self._piezas(celda, con_fondo or self._pintada(celda), oculto)
            return
        numero, tabla = next(self._tablas), TablaLeida(destaca_primera=False)
        for n, (fila, es_titulo) in enumerate(filas):
            self._fila(tabla, n, fila, con_fondo, oculto)
            tabla.repetidas += es_titulo and n == tabla.repetidas
        yield from tabla.bloques(numero)

    def _fila(
        self, tabla: TablaLeida, n: int, fila: etree._Element, con_fondo: bool, oculto: bool
    ) -> None:
        columna = 0
        for celda in elementos(fila):
            if nombre(celda) not in CELDAS or columna > MAYOR_COMBINACION:
                continue
            veces = max(entero(celda, "table:number-columns-repeated", 1, MAYOR_COMBINACION), 1)
            contenido = juntar(self._piezas(celda, con_fondo or self._pintada(celda), oculto))
            if nombre(celda) == "table:covered-table-cell":
                _sumar_tapado(tabla, n, columna, contenido)
            elif any(t.texto.strip() for t in contenido.trozos) or veces == 1:
                for i in range(veces):
                    tabla.celdas.append(_celda(celda, n, columna + i, contenido))
            columna += veces

    def _pintada(self, celda: etree._Element) -> bool:
        return self._estilos.pinta("table-cell", atributo(celda, "table:style-name"))

    def _margenes(self, estilos: etree._Element | None) -> Iterator[BloqueLeido]:
        """Devuelve una vez cada texto de los encabezados y pies de página."""
        vistos: set[tuple[TipoBloque, str]] = set()
        for margen in descendientes(estilos, *MARGENES):
            tipo = MARGENES[nombre(margen)]
            if atributo(margen, "style:display") == "false":
                continue
            for bloque in en_bloques(self._piezas(margen, False)):
                visto = (tipo, componer(bloque.trozos).texto)
                if visto not in vistos:
                    vistos.add(visto)
                    yield BloqueLeido(tipo, bloque.trozos)


def _filas(tabla: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Devuelve las filas y si son de las que se repiten como encabezado."""
    for h in elementos(tabla):
        if nombre(h) == "table:table-row":
            veces = max(entero(h, "table:number-rows-repeated", 1, MAYOR_COMBINACION), 1)
            yield from [(h, False)] * veces
        elif nombre(h) == TITULOS_DE_TABLA:
            yield from ((fila, True) for fila, _ in _filas(h))
        elif nombre(h) in FILAS:
            yield from _filas(h)


def _repetida(celda: etree._Element) -> bool:
    return entero(celda, "table:number-columns-repeated", 1, MAYOR_COMBINACION) > 1


def _celda(celda: etree._Element, fila: int, columna: int, contenido: Contenido) -> CeldaLeida:
    filas, columnas = (
        max(entero(celda, f"table:number-{que}-spanned", 1, MAYOR_COMBINACION), 1)
        for que in ("rows", "columns")
    )
    return CeldaLeida(fila, columna, columnas, contenido, filas)


def _sumar_tapado(tabla: TablaLeida, fila: int, columna: int, tapado: Contenido) -> None:
    """Agrega a su celda combinada lo escrito debajo, que en la hoja no se ve."""
    if not any(t.texto.strip() for t in tapado.trozos):
        return
    duena = next(
        c
        for c in [*reversed(tabla.celdas), CeldaLeida(fila, columna, 1, tapado)]
        if c.fila <= fila < c.fila + c.filas and c.columna <= columna < c.columna + c.columnas
    )
    if duena.contenido is tapado:
        tabla.celdas.append(duena)
        return
    ocultos = (t._replace(marcas=t.marcas | {Marca.OCULTO}) for t in tapado.trozos)
    duena.contenido.trozos.extend(ocultos)
