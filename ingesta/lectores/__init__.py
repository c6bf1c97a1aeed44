"""Los lectores de actas, uno por formato; `leer` elige por el contenido del archivo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import ingesta.imagen as dibujo
from ingesta import outlook
from ingesta.compuerta import MAYOR_TEXTO, OLE, examinar
from ingesta.documento import Documento, Origen
from ingesta.errores import (
    ArchivoDanado,
    ArchivoDemasiadoGrande,
    FormatoNoAdmitido,
    VariosDocumentos,
)
from ingesta.lectores import correo, docx, imagen, odt, pdf, texto, xlsx, zip_de_actas
from ingesta.lectores.danos import DE_LA_BIBLIOTECA
from ingesta.ocr_paginas import completar
from ingesta.oficina import leer_convirtiendo
from ingesta.reconocida import NINGUNA, Reconocidas
from ingesta.sobre import Miembro

Lector = Callable[[Path, Origen, Reconocidas], Documento]

LECTORES: dict[str, Lector] = {
    "pdf": pdf.leer,
    "docx": docx.leer,
    "odt": odt.leer,
    "xlsx": lambda ruta, origen, _: xlsx.leer(ruta, origen),
    "imagen": imagen.leer,
    "texto": lambda ruta, origen, _: texto.leer(ruta, origen),
}
"""Formato que nombra la compuerta y función que lo lee. Un lector nuevo es una línea aquí."""

SOBRES = ((b"PK", zip_de_actas.abrir), (OLE, outlook.abrir))
"""Cómo comienza un sobre y quién lo abre; los demás son correos en texto (EML)."""

MAYOR_BLOQUE = 500_000
"""Letras de un párrafo o celda: una página llena tiene 6 000 y el análisis no admite 1 000 000."""

VERSION = 2
"""Sube cuando un lector cambia lo que devuelve; queda en `Origen.lector` («docx/2»)."""


def abrir_sobre(ruta: Path, nombre: str | None = None) -> tuple[Miembro, ...]:
    """Saca las actas de un ZIP o de un correo; `nombre` es el que le puso la persona.

    Raises:
        FormatoNoAdmitido: no es un sobre o no trae nada.
        ArchivoRechazado, ArchivoIlegible: los de la compuerta.
    """
    nombre = nombre or ruta.name
    try:
        examinar(ruta, nombre)
    except VariosDocumentos:
        pass
    else:
        raise FormatoNoAdmitido(f"«{nombre}» es un documento, no un ZIP ni un correo.")
    try:
        with ruta.open("rb") as archivo:
            inicio = archivo.read(len(OLE))
        abridor = next((a for firma, a in SOBRES if inicio.startswith(firma)), correo.abrir)
        return abridor(ruta, nombre)
    except DE_LA_BIBLIOTECA as error:
        raise ArchivoDanado(f"El archivo «{nombre}» está dañado y no se puede abrir.") from error


def leer(ruta: Path, nombre: str | None = None) -> Documento:
    """Lee un acta; convierte los formatos antiguos y reconoce (OCR) las páginas que son imágenes.

    Para lo primero hace falta LibreOffice y para lo segundo, tesseract. `nombre` es el que le puso
    la persona; por omisión, el del archivo. Lanza lo que `leer_sin_ocr` y `leer_convirtiendo`.
    """
    return leer_convirtiendo(ruta, nombre or ruta.name, _leer_con_ocr)


def _leer_con_ocr(ruta: Path, nombre: str) -> Documento:
    return completar(
        leer_sin_ocr(ruta, nombre),
        lambda pagina, escala: dibujo.pagina_gris(ruta, pagina, escala),
        lambda reconocidas: leer_sin_ocr(ruta, nombre, reconocidas),
    )


def leer_sin_ocr(
    ruta: Path, nombre: str | None = None, reconocidas: Reconocidas = NINGUNA
) -> Documento:
    """Lee un acta sin correr ningún programa; `reconocidas` trae las páginas ya reconocidas.

    Las páginas que faltan reconocer quedan avisadas (`ocr_paginas.pendientes`).

    Raises:
        ArchivoRechazado: la compuerta no lo admite.
        ArchivoIlegible: el formato es conocido, pero no se pudo leer.
    """
    nombre = nombre or ruta.name
    try:
        examen = examinar(ruta, nombre)
        origen = Origen(
            nombre, examen.sha256, examen.bytes, examen.formato, f"{examen.formato}/{VERSION}"
        )
        documento = LECTORES[examen.formato](ruta, origen, reconocidas)
    except DE_LA_BIBLIOTECA as error:
        raise ArchivoDanado(f"El archivo «{nombre}» está dañado y no se puede leer.") from error
    if len(documento.texto) > MAYOR_TEXTO or any(
        b.tramo.fin - b.tramo.inicio > MAYOR_BLOQUE for b in documento.bloques
    ):
        raise ArchivoDemasiadoGrande(
            f"El texto de «{nombre}» es mucho más largo que el de un acta."
        )
    return documento
