"""De las hojas leídas al documento: orden de lectura, bloques y celdas.

Lo usan los lectores de PDF y de imágenes: da igual si las palabras son digitales o reconocidas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from ingesta.armado import Armador, Linea
from ingesta.documento import Aviso, Documento, Origen, Pagina, TipoBloque
from ingesta.lectores.pdf_firmas import es_raya
from ingesta.lectores.pdf_flujo import Flujo, ordenar_paginas
from ingesta.lectores.pdf_franjas import Franja
from ingesta.lectores.pdf_guiones import Vocabulario, en_lineas
from ingesta.lectores.pdf_hoja import Hoja
from ingesta.lectores.pdf_parrafos import Estilo, Parrafo, agrupar
from ingesta.lectores.pdf_tabla import Casilla


def armar(hojas: Sequence[Hoja], origen: Origen, avisos: Iterable[Aviso]) -> Documento:
    """Devuelve el documento: primero los `avisos` del archivo y luego los de cada hoja."""
    armador = Armador()
    escribir(armador, ordenar_paginas(hojas), count())
    return armador.documento(
        origen,
        [Pagina(h.numero, *h.medidas, h.con_ocr) for h in hojas],
        [*avisos, *(a for h in hojas for a in h.avisos)],
    )


def escribir(armador: Armador, flujo: Flujo, tablas: Iterator[int]) -> None:
    """Pasa el flujo al armador: los cuadros, celda por celda; lo demás, agrupado en bloques.

    `tablas` da el número de cada cuadro.
    """
    vocabulario = Vocabulario.de_franjas([*flujo.sueltas, *flujo.en_cuadros])
    estilo = Estilo.de_franjas(flujo.sueltas)
    de_celda = replace(Estilo.de_franjas(flujo.en_cuadros), con_negrita=False, con_mayusculas=False)
    corridas: list[Franja] = []
    for elemento in [*flujo.elementos, None]:
        if isinstance(elemento, Franja):
            corridas.append(elemento)
            continue
        for parrafo in agrupar(corridas, estilo):
            armador.agregar(parrafo.tipo, _lineas(parrafo, vocabulario))
        corridas = []
        if elemento is not None:
            for celda, casilla in elemento.celdas(next(tablas)):
                lineas = _lineas_de_celda(casilla, de_celda, vocabulario)
                armador.agregar(TipoBloque.CELDA, lineas, celda=celda)
    for nota in flujo.notas:
        armador.agregar(TipoBloque.NOTA, en_lineas(nota, vocabulario))
    for marginal in flujo.marginales:
        armador.agregar(marginal.tipo, en_lineas([marginal.franja], vocabulario))


def _lineas(parrafo: Parrafo, vocabulario: Vocabulario) -> list[Linea]:
    """Devuelve las líneas de un bloque; las de una firma no forman una frase y van separadas."""
    lineas = en_lineas(parrafo.franjas, vocabulario)
    if es_raya(parrafo.franjas[0]):
        return [replace(linea, union="\n") for linea in lineas]
    return lineas


def _lineas_de_celda(casilla: Casilla, estilo: Estilo, vocabulario: Vocabulario) -> list[Linea]:
    """Devuelve las líneas de una celda; entre sus párrafos va un salto de línea."""
    lineas: list[Linea] = []
    for parrafo in agrupar(casilla.franjas, estilo):
        propias = en_lineas(parrafo.franjas, vocabulario)
        lineas += [replace(propias[0], union="\n"), *propias[1:]]
    return lineas
