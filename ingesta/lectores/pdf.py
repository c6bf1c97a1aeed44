"""Lector de PDF: palabras, orden de lectura, cuadros, párrafos y marginales.

El recorrido: cada página se lee con PDFium (pdf_hoja); entre todas se apartan encabezados, pies y
cuadros y lo demás se ordena por columnas (pdf_flujo); el flujo se agrupa en bloques (pdf_bloques).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingesta.documento import Aviso, Documento, Origen
from ingesta.lectores.pdf_avisos import avisar
from ingesta.lectores.pdf_bloques import armar
from ingesta.lectores.pdf_conteo import contar_paginas, esta_entero, tiene_indice
from ingesta.lectores.pdf_estructura import Estructura
from ingesta.lectores.pdf_hoja import Hoja, leer_hoja
from ingesta.lectores.pdf_motor import MAYOR_NUMERO_DE_PAGINAS, abrir
from ingesta.lectores.pdf_reconocida import poner_lo_reconocido
from ingesta.reconocida import NINGUNA, Reconocidas


def leer(ruta: Path, origen: Origen, reconocidas: Reconocidas = NINGUNA) -> Documento:
    """Lee un PDF y devuelve su texto con la caja de cada palabra.

    `reconocidas` trae lo que ya se reconoció (OCR) de las páginas que son imágenes. Lo que no se
    puede leer queda como aviso. Lanza ArchivoCifrado, ArchivoDanado, SinPaginas,
    ContenidoNoPermitido (se infla de forma anormal) o ArchivoDemasiadoGrande (más de 500 páginas).
    """
    datos = ruta.read_bytes()
    estructura = Estructura(datos)
    avisos = estructura.revisar(MAYOR_NUMERO_DE_PAGINAS)
    miente = any(a.codigo == "letras_en_disputa" for a in avisos)
    with abrir(ruta) as documento:
        hojas = [leer_hoja(documento, i) for i in range(len(documento))]
    for hoja in hojas:
        if miente and hoja.piezas:
            hoja.avisos.append(avisar("letras_por_comprobar", hoja.numero))
        if hoja.numero in reconocidas:
            poner_lo_reconocido(hoja, reconocidas[hoja.numero])
    return armar(hojas, origen, [*_avisos_del_archivo(datos, estructura, hojas), *avisos])


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
