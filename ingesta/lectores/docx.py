"""Lee un DOCX recorriendo su XML en el orden del cuerpo; no descarga ni ejecuta nada.

No usa `python-docx` para leer: pierde las inserciones con control de cambios, los controles de
contenido y los cuadros de texto, y una celda que dice abarcar mil millones de columnas lo detiene.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import count
from pathlib import Path

from lxml import etree

from ingesta.armado import Armador
from ingesta.contencion.limites import valor
from ingesta.documento import Documento, Origen, TipoBloque
from ingesta.errores import ErrorDeIngesta
from ingesta.lectores.danos import DE_LA_BIBLIOTECA
from ingesta.lectores.docx_avisos import Avisador, avisos_de_faltantes
from ingesta.lectores.docx_estilos import Estilos, tiene_relleno
from ingesta.lectores.docx_laminas import grandes
from ingesta.lectores.docx_numeracion import Numeracion
from ingesta.lectores.docx_parrafo import AGREGAN, QUITAN, Hallados, Recolector, ReferenciaDeNota
from ingesta.lectores.docx_partes import Partes
from ingesta.lectores.docx_tabla import Contenido, celdas_de, filas_de, leer_tabla, marcas_de
from ingesta.lectores.docx_texto import BloqueLeido, Marca, componer
from ingesta.lectores.docx_xml import atributo, descendientes, hijo, hijos, nombre
from ingesta.lectores.incrustado import Clase, NoSeLee, clase_de, leer_pagina, leer_texto
from ingesta.lectores.laminas import LaminasLeidas, reunir
from ingesta.lectores.piezas import Parrafo, agregar, en_bloques, juntar, lugar_de_lamina, marcar
from ingesta.paquete import Paquete
from ingesta.reconocida import NINGUNA, Reconocidas

MAYOR_NIVEL = 1
"""Documentos de Word dentro de otro: se lee el que está en el acta, no los que este traiga."""

SIN_PARRAFOS = {"w:sectPr", "w:tblPr", "w:tcPr", "w:sdtPr"}
PARRAFOS = {"w:p", "w:r"}
"""Un trozo de texto fuera de todo párrafo, que no debería haber, se lee como si fuera uno."""

MARGENES = {
    "w:headerReference": TipoBloque.ENCABEZADO,
    "w:footerReference": TipoBloque.PIE,
}


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

    def __init__(
        self, paquete: Paquete, nivel: int = 0, tablas: Iterator[int] | None = None
    ) -> None:
        self._partes = Partes(paquete)
        self._nivel = nivel
        self._estilos = Estilos(self._partes.parte("styles"))
        self._numeracion = Numeracion(self._partes.parte("numbering"), self._estilos)
        self._notas = self._partes.notas()
        self._faltan = self._partes.faltan()
        self._llamadas: Counter[str] = Counter()
        self._tablas = tablas or count()
        self._laminas = reunir(paquete, grandes(self._partes.cuerpo, self._partes.relaciones))
        self._hallados = Hallados()

    def documento(self, origen: Origen, reconocidas: Reconocidas) -> Documento:
        """Recorre el cuerpo y los márgenes, y arma el documento."""
        armador, avisador = Armador(), Avisador()
        self._hallados.laminas = self._laminas.numeros
        laminas = LaminasLeidas(self._laminas, reconocidas, self._tablas)
        letras = agregar(armador, avisador, self._con_sus_laminas(), laminas)
        hallados = replace(self._hallados)
        agregar(armador, avisador, self._margenes())
        generales = avisador.generales(
            hallados,
            self._partes.comentarios() + hallados.comentarios,
            self._partes.externas() + hallados.externas,
            letras,
        )
        generales += avisos_de_faltantes(self._faltan)
        generales += laminas.avisos(letras)
        documento = armador.documento(origen, laminas.paginas(), generales)
        return replace(documento, redactados=self._partes.redactados())

    def _con_sus_laminas(self) -> Iterator[BloqueLeido]:
        """Devuelve los bloques del cuerpo; al final, las láminas que estaban donde no se mira."""
        yield from self._bloques(self._partes.cuerpo)
        yield from map(lugar_de_lamina, self._hallados.por_poner())
        self._hallados.laminas = {}  # los encabezados tienen sus propios vínculos

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
            if clase in PARRAFOS:
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
            elif clase == "w:altChunk":
                yield from self._ajeno(atributo(h, "r:id") or "")
            elif clase == "w:subDoc":
                self._hallados.incrustadas += 1
            elif clase in AGREGAN:
                yield from marcar(self._piezas(h, con_fondo), frozenset({Marca.INSERTADO}))
            elif clase in QUITAN:
                self._hallados.quitar(h)
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
        celdas = [(f, celdas_de(f)) for f in filas]
        if all(len(c) <= 1 for _, c in celdas):
            for fila, celda in ((f, c) for f, propias in celdas for c in propias):
                yield from self._celda(fila, celda, con_fondo)
            return
        numero = next(self._tablas)
        tabla = leer_tabla(
            filas,
            lambda fila, celda: juntar(self._celda(fila, celda, con_fondo)),
            self._estilos.destaca_primera_fila(estilo),
        )
        yield from tabla.bloques(numero)

    def _celda(
        self, fila: etree._Element, celda: etree._Element, con_fondo: bool
    ) -> Iterable[Parrafo | BloqueLeido]:
        """Devuelve lo que hay en una celda; la que se eliminó queda vacía y se cuenta."""
        if hijo(celda, "w:tcPr", "w:cellDel") is not None:
            self._hallados.quitar(celda)
            return ()
        piezas = self._piezas(celda, con_fondo or _pintada(celda))
        marcas = marcas_de(fila, celda)
        return marcar(piezas, marcas) if marcas else piezas

    def _ajeno(self, vinculo: str) -> list[BloqueLeido]:
        """Lee el documento puesto entero en este lugar; si no se puede, anota por qué."""
        relacion = self._partes.relaciones.get(vinculo)
        if relacion is None or relacion.externa:
            self._hallados.sin_leer.append("no está en el archivo")
            return []
        try:
            if len(self._hallados.ajenos + self._hallados.sin_leer) >= valor("incrustados"):
                raise NoSeLee(f"son más de {valor('incrustados')}")
            bloques, clase = self._leer_ajeno(self._partes.paquete.bytes_de(relacion.destino))
        except NoSeLee as motivo:
            self._hallados.sin_leer.append(str(motivo))
            return []
        except (ErrorDeIngesta, *DE_LA_BIBLIOTECA):
            self._hallados.sin_leer.append("está dañado o no se admite")
            return []
        self._hallados.ajenos.append(clase)
        return bloques

    def _leer_ajeno(self, datos: bytes) -> tuple[list[BloqueLeido], Clase]:
        clase = clase_de(datos)
        if clase is Clase.TEXTO:
            return list(leer_texto(datos)), clase
        if clase is Clase.HTML:
            bloques, imagenes = leer_pagina(datos, self._tablas)
            self._hallados.imagenes += imagenes
            return bloques, clase
        if self._nivel >= MAYOR_NIVEL:
            raise NoSeLee("está dentro de otro que ya está dentro de este")
        with Paquete(BytesIO(datos), self._partes.paquete.inflado) as paquete:
            otra = _Lectura(paquete, self._nivel + 1, self._tablas)
            bloques = list(otra._bloques(otra._partes.cuerpo))
            self._hallados.sumar(otra._para_quien_lo_contiene())
            self._partes.paquete.inflado = paquete.inflado
        self._faltan |= otra._faltan
        return bloques, clase

    def _para_quien_lo_contiene(self) -> Hallados:
        """Devuelve lo que no es texto; las láminas quedan como objetos que no se leyeron."""
        return replace(
            self._hallados,
            incrustadas=self._hallados.incrustadas + len(self._laminas.lista),
            externas=self._partes.externas(),
            comentarios=self._partes.comentarios(),
        )

    def _contenido(self, contenedor: etree._Element, con_fondo: bool) -> Contenido:
        """Junta en un bloque los párrafos de una celda o nota."""
        return juntar(self._piezas(contenedor, con_fondo))

    def _margenes(self) -> Iterator[BloqueLeido]:
        """Devuelve una vez cada texto de los encabezados y pies de página."""
        vistos: set[tuple[TipoBloque, str]] = set()
        for elemento in descendientes(self._partes.raiz, *MARGENES):
            tipo = MARGENES[nombre(elemento)]
            relacion = self._partes.relaciones.pop(atributo(elemento, "r:id") or "", None)
            raiz = self._partes.paquete.xml(relacion.destino) if relacion else None
            for bloque in self._bloques(raiz) if raiz is not None else ():
                visto = (tipo, componer(bloque.trozos).texto)
                if visto not in vistos:
                    vistos.add(visto)
                    yield BloqueLeido(tipo, bloque.trozos)


def _pintada(celda: etree._Element) -> bool:
    return tiene_relleno(hijo(celda, "w:tcPr"))


def _pierde_su_marca(parrafo: etree._Element) -> bool:
    propias = hijo(parrafo, "w:pPr", "w:rPr")
    return hijo(propias, "w:del") is not None or hijo(propias, "w:moveFrom") is not None
