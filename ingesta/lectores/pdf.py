"""Lector de PDF con texto: palabras, orden de lectura, cuadros, párrafos y marginales.

El recorrido: cada página se lee con PDFium (pdf_hoja); entre todas se apartan encabezados, pies y
cuadros y lo demás se ordena por columnas (pdf_flujo); el flujo se agrupa en bloques (pdf_parrafos).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingesta.armado import Armador, Linea
from ingesta.documento import Aviso, Documento, Origen, Pagina, TipoBloque
from ingesta.lectores.pdf_avisos import avisar
from ingesta.lectores.pdf_conteo import contar_paginas, esta_entero, tiene_indice
from ingesta.lectores.pdf_estructura import Estructura
from ingesta.lectores.pdf_firmas import es_raya
from ingesta.lectores.pdf_flujo import Flujo, ordenar_paginas
from ingesta.lectores.pdf_franjas import Franja
from ingesta.lectores.pdf_guiones import Vocabulario, en_lineas
from ingesta.lectores.pdf_hoja import Hoja, leer_hoja
from ingesta.lectores.pdf_motor import MAYOR_NUMERO_DE_PAGINAS, abrir
from ingesta.lectores.pdf_parrafos import Estilo, Parrafo, agrupar
from ingesta.lectores.pdf_tabla import Casilla


def leer(ruta: Path, origen: Origen) -> Documento:
    """Lee un PDF y devuelve su texto con la caja de cada palabra.

    Lo que no se puede leer queda como aviso. Lanza ArchivoCifrado, ArchivoDanado, SinPaginas,
    ContenidoNoPermitido (se infla de forma anormal) o ArchivoDemasiadoGrande (más de 500 páginas).
    """
    datos = ruta.read_bytes()
    estructura = Estructura(datos)
    avisos = estructura.revisar(MAYOR_NUMERO_DE_PAGINAS)
    with abrir(ruta) as documento:
        hojas = [leer_hoja(documento, i) for i in range(len(documento))]
    flujo = ordenar_paginas(hojas)
    armador = Armador()
    _escribir(armador, flujo)
    return armador.documento(
        origen,
        [Pagina(h.numero, *h.medidas, h.con_ocr) for h in hojas],
        [
            *_avisos_del_archivo(datos, estructura, hojas),
            *avisos,
            *(a for h in hojas for a in h.avisos),
        ],
    )


def _avisos_del_archivo(datos: bytes, estructura: Estructura, hojas: list[Hoja]) -> Iterator[Aviso]:
    if not esta_entero(datos):
        yield avisar("archivo_cortado")
    elif not tiene_indice(datos):
        yield avisar("archivo_reparado")
    cuentas = (
        contar_paginas(datos),
        estructura.paginas(),
        estructura.paginas_distintas(),
        estructura.paginas_declaradas(),
    )
    distintas = [c for c in cuentas if c is not None and c != len(hojas)]
    if distintas:
        yield avisar("paginas_en_disputa", leidas=len(hojas), contadas=distintas[0])
    if not any(h.piezas or h.notas or any(a.pierde for a in h.avisos) for h in hojas):
        yield avisar("sin_texto")


def _escribir(armador: Armador, flujo: Flujo) -> None:
    """Pasa el flujo al armador: los cuadros, celda por celda; lo demás, agrupado en bloques."""
    vocabulario = Vocabulario.de_franjas([*flujo.sueltas, *flujo.en_cuadros])
    estilo = Estilo.de_franjas(flujo.sueltas)
    de_celda = replace(Estilo.de_franjas(flujo.en_cuadros), con_negrita=False, con_mayusculas=False)
    corridas: list[Franja] = []
    tablas = 0
    for elemento in [*flujo.elementos, None]:
        if isinstance(elemento, Franja):
            corridas.append(elemento)
            continue
        for parrafo in agrupar(corridas, estilo):
            armador.agregar(parrafo.tipo, _lineas(parrafo, vocabulario))
        corridas = []
        if elemento is not None:
            for celda, casilla in elemento.celdas(tablas):
                lineas = _lineas_de_celda(casilla, de_celda, vocabulario)
                armador.agregar(TipoBloque.CELDA, lineas, celda=celda)
            tablas += 1
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
