"""Lee un DOCX recorriendo su XML en el orden del cuerpo; no descarga ni ejecuta nada.

No usa `python-docx` para leer: pierde las inserciones con control de cambios, los controles de
contenido y los cuadros de texto, y una celda que dice abarcar mil millones de columnas lo detiene.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from lxml import etree

from ingesta.armado import Armador
from ingesta.documento import Documento, Origen, Redactado, TipoBloque
from ingesta.errores import ArchivoDanado, ErrorDeIngesta
from ingesta.lectores.docx_avisos import SIN_TIPOS, Avisador, avisos_de_faltantes
from ingesta.lectores.docx_estilos import Estilos, tiene_relleno
from ingesta.lectores.docx_laminas import grandes
from ingesta.lectores.docx_numeracion import Numeracion
from ingesta.lectores.docx_parrafo import Hallados, Recolector, ReferenciaDeNota
from ingesta.lectores.docx_tabla import Contenido, celdas_de, filas_de, leer_tabla
from ingesta.lectores.docx_texto import BloqueLeido, componer
from ingesta.lectores.docx_xml import atributo, descendientes, hijo, hijos, nombre
from ingesta.lectores.laminas import LaminasLeidas, reunir
from ingesta.lectores.piezas import Parrafo, agregar, en_bloques, juntar, lugar_de_lamina
from ingesta.paquete import TIPOS, Paquete
from ingesta.reconocida import NINGUNA, Reconocidas
from ingesta.redactado import leer_redactados

INCRUSTADOS = {"w:altChunk", "w:subDoc"}
SIN_PARRAFOS = {"w:sectPr", "w:tblPr", "w:tcPr", "w:sdtPr", "w:del", "w:moveFrom"}
MARGENES = {
    "w:headerReference": TipoBloque.ENCABEZADO,
    "w:footerReference": TipoBloque.PIE,
}
PARTES_DE_NOTAS = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes"}
SEPARADORES = {"separator", "continuationSeparator", "continuationNotice"}


def leer(ruta: Path, origen: Origen, reconocidas: Reconocidas = NINGUNA) -> Documento:
    """Devuelve el documento con sus cambios aceptados y avisa de lo que no se ve o no se leyó.

    `reconocidas` trae lo que ya se reconoció (OCR) de sus láminas.

    Raises:
        ArchivoDanado: falta la parte principal o el cuerpo.
        ContenidoNoPermitido, ArchivoDemasiadoGrande: los de `Paquete`.
    """
    with Paquete(ruta) as paquete:
        return _Lectura(paquete).documento(origen, reconocidas)


class _Lectura:
    """Una lectura: lleva la cuenta de listas, tablas y notas de un documento."""

    def __init__(self, paquete: Paquete) -> None:
        self._paquete = paquete
        self._principal = paquete.principal() or ""
        raiz = paquete.xml(self._principal)
        cuerpo = hijo(raiz, "w:body")
        if raiz is None or cuerpo is None:
            raise ArchivoDanado("Al documento le falta su contenido principal.")
        self._raiz, self._cuerpo = raiz, cuerpo
        self._relaciones = paquete.relaciones(self._principal)
        self._estilos = Estilos(self._parte("styles"))
        self._numeracion = Numeracion(self._parte("numbering"), self._estilos)
        self._notas = {
            ReferenciaDeNota(clase, atributo(nota, "w:id") or ""): nota
            for clase, parte in PARTES_DE_NOTAS.items()
            for nota in self._hijos_de_parte(parte)
            if atributo(nota, "w:type") not in SEPARADORES
        }
        self._faltan = {
            r.tipo
            for r in self._relaciones.values()
            if not r.externa and r.tipo != "hyperlink" and r.destino not in paquete
        }
        if TIPOS not in paquete:
            self._faltan.add(SIN_TIPOS)
        self._llamadas: Counter[str] = Counter()
        self._tablas = count()
        self._laminas = reunir(paquete, grandes(cuerpo, self._relaciones))
        self._hallados = Hallados(laminas=self._laminas.numeros)

    def documento(self, origen: Origen, reconocidas: Reconocidas) -> Documento:
        """Recorre el cuerpo y los márgenes, y arma el documento."""
        armador, avisador = Armador(), Avisador()
        laminas = LaminasLeidas(self._laminas, reconocidas, self._tablas)
        letras = agregar(armador, avisador, self._con_sus_laminas(), laminas)
        hallados = replace(self._hallados)
        agregar(armador, avisador, self._margenes())
        comentarios = [_texto_de(c) for c in self._hijos_de_parte("comments")]
        generales = avisador.generales(hallados, comentarios, self._externas(), letras)
        generales += avisos_de_faltantes(self._faltan)
        generales += laminas.avisos(letras)
        documento = armador.documento(origen, laminas.paginas(), generales)
        return replace(documento, redactados=self._redactados())

    def _con_sus_laminas(self) -> Iterator[BloqueLeido]:
        """Devuelve los bloques del cuerpo; al final, las láminas que estaban donde no se mira."""
        yield from self._bloques(self._cuerpo)
        yield from map(lugar_de_lamina, self._hallados.por_poner())
        self._hallados.laminas = {}  # los encabezados tienen sus propios vínculos

    def _redactados(self) -> tuple[Redactado, ...]:
        """Lee la parte que deja el editor; una parte XML ajena que no se entiende no importa."""
        for relacion in self._relaciones.values():
            if relacion.tipo == "customXml" and not relacion.externa:
                try:
                    raiz = self._paquete.xml(relacion.destino)
                except (ErrorDeIngesta, etree.XMLSyntaxError):
                    continue
                if raiz is not None and (hallados := leer_redactados(raiz)):
                    return hallados
        return ()

    def _bloques(
        self, contenedor: etree._Element, con_fondo: bool = False
    ) -> Iterator[BloqueLeido]:
        yield from en_bloques(self._piezas(contenedor, con_fondo))

    def _piezas(
        self, contenedor: etree._Element, con_fondo: bool
    ) -> Iterator[Parrafo | BloqueLeido]:
        """Devuelve en orden los párrafos y los bloques de las tablas de un contenedor.

        Un párrafo cuya marca final se eliminó se une con el siguiente, que es el que se numera.
        """
        sueltos: list[Recolector] = []
        for h in hijos(contenedor):
            clase = nombre(h)
            if clase == "w:p":
                recolector = Recolector(h, self._estilos, self._hallados, con_fondo)
                if _pierde_su_marca(h):
                    sueltos.append(recolector)
                else:
                    yield self._parrafo(h, [*sueltos, recolector])
                    sueltos = []
                continue
            if sueltos and clase == "w:tbl":
                yield self._parrafo(None, sueltos)
                sueltos = []
            if clase == "w:tbl":
                yield from self._tabla(h, con_fondo)
            elif clase in INCRUSTADOS:
                self._hallados.incrustadas += 1
            elif clase not in SIN_PARRAFOS:
                yield from self._piezas(h, con_fondo)
        if sueltos:
            yield self._parrafo(None, sueltos)

    def _parrafo(self, elemento: etree._Element | None, recolectores: list[Recolector]) -> Parrafo:
        propiedades = hijo(elemento, "w:pPr")
        parrafo = Parrafo(
            [t for r in recolectores for t in r.trozos],
            self._numeracion.siguiente(propiedades),
            self._estilos.nivel_de_titulo(propiedades),
            recolectores[-1].negrita,
        )
        for r in recolectores:
            parrafo.anexos += (n for llamada in r.notas for n in self._nota(llamada))
            for cuadro in r.cuadros:
                parrafo.anexos += self._bloques(cuadro, con_fondo=True)
            parrafo.anexos += map(lugar_de_lamina, r.laminas)
        return parrafo

    def _nota(self, llamada: ReferenciaDeNota) -> Iterator[BloqueLeido]:
        """Devuelve la nota llamada; el número es el de Word si no se cambia su formato."""
        self._llamadas[llamada.clase] += 1
        nota = self._notas.pop(llamada, None)
        if nota is not None:
            contenido = self._contenido(nota, con_fondo=False)
            numero = str(self._llamadas[llamada.clase])
            yield BloqueLeido(TipoBloque.NOTA, contenido.trozos, numero)
            yield from contenido.anexos

    def _tabla(self, elemento: etree._Element, con_fondo: bool) -> Iterator[Parrafo | BloqueLeido]:
        """Lee una tabla; si es de una sola columna es un recuadro y se lee como párrafos."""
        filas, eliminadas = filas_de(elemento)
        self._hallados.eliminados += eliminadas
        estilo = atributo(hijo(elemento, "w:tblPr", "w:tblStyle")) or ""
        con_fondo = con_fondo or self._estilos.pinta_tabla(estilo)
        celdas = [celdas_de(f) for f in filas]
        if all(len(c) <= 1 for c in celdas):
            for celda in (c for fila in celdas for c in fila):
                yield from self._piezas(celda, con_fondo or _pintada(celda))
            return
        numero = next(self._tablas)
        tabla = leer_tabla(
            filas,
            lambda c: self._contenido(c, con_fondo or _pintada(c)),
            self._estilos.destaca_primera_fila(estilo),
        )
        yield from tabla.bloques(numero)

    def _contenido(self, contenedor: etree._Element, con_fondo: bool) -> Contenido:
        """Junta en un bloque los párrafos de una celda o nota."""
        return juntar(self._piezas(contenedor, con_fondo))

    def _margenes(self) -> Iterator[BloqueLeido]:
        """Devuelve una vez cada texto de los encabezados y pies de página."""
        vistos: set[tuple[TipoBloque, str]] = set()
        for elemento in descendientes(self._raiz, *MARGENES):
            tipo = MARGENES[nombre(elemento)]
            relacion = self._relaciones.pop(atributo(elemento, "r:id") or "", None)
            raiz = self._paquete.xml(relacion.destino) if relacion else None
            for bloque in self._bloques(raiz) if raiz is not None else ():
                visto = (tipo, componer(bloque.trozos).texto)
                if visto not in vistos:
                    vistos.add(visto)
                    yield BloqueLeido(tipo, bloque.trozos)

    def _externas(self) -> int:
        """Cuenta lo que el documento traería de fuera; los hipervínculos no se cuentan."""
        ajustes = self._nombre_de_parte("settings")
        relaciones = [*self._relaciones.values()]
        relaciones += self._paquete.relaciones(ajustes).values() if ajustes else ()
        return sum(r.externa and r.tipo != "hyperlink" for r in relaciones)

    def _nombre_de_parte(self, tipo: str) -> str | None:
        partes = (r.destino for r in self._relaciones.values() if r.tipo == tipo and not r.externa)
        return next(partes, None)

    def _parte(self, tipo: str) -> etree._Element | None:
        destino = self._nombre_de_parte(tipo)
        return self._paquete.xml(destino) if destino else None

    def _hijos_de_parte(self, tipo: str) -> list[etree._Element]:
        raiz = self._parte(tipo)
        return list(raiz) if raiz is not None else []


def _texto_de(comentario: etree._Element) -> str:
    """Devuelve lo que dice un comentario, sin su autor."""
    return " ".join(e.text or "" for e in descendientes(comentario, "w:t"))


def _pintada(celda: etree._Element) -> bool:
    return tiene_relleno(hijo(celda, "w:tcPr"))


def _pierde_su_marca(parrafo: etree._Element) -> bool:
    propias = hijo(parrafo, "w:pPr", "w:rPr")
    return hijo(propias, "w:del") is not None or hijo(propias, "w:moveFrom") is not None
