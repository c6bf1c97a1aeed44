"""Errores de lectura.

ErrorDeIngesta                  lleva `codigo`, `consejo` y el `estado` con que queda el documento
├── ArchivoRechazado            no se intenta leer: estado «rechazada»
│   ├── FormatoNoAdmitido
│   │   ├── PorConvertir        .doc, .rtf, .xls u .ods: LibreOffice puede pasarlo a otro
│   │   └── VariosDocumentos    un ZIP o un correo: cada archivo de dentro se lee aparte
│   ├── ArchivoVacio
│   ├── ArchivoDemasiadoGrande
│   ├── ArchivoCifrado
│   └── ContenidoNoPermitido    DTD, bomba de compresión, rutas peligrosas
└── ArchivoIlegible             se intentó y no se pudo: estado «fallida»
    ├── ArchivoDanado
    ├── SinPaginas
    ├── TiempoAgotado           la contención detuvo al lector: pasó su plazo,
    ├── MemoriaAgotada          pidió demasiada memoria
    └── LectorInterrumpido      o falló
"""

from __future__ import annotations

from typing import ClassVar, Literal


class ErrorDeIngesta(Exception):
    """No se pudo leer el acta; `consejo` dice qué puede hacer la persona."""

    codigo: ClassVar[str] = "error_de_lectura"
    consejo: ClassVar[str] = "Revise el archivo y vuelva a enviarlo."
    estado: ClassVar[Literal["rechazada", "fallida"]] = "fallida"


class ArchivoRechazado(ErrorDeIngesta):
    """El archivo no cumple lo que se admite y no se intenta leerlo."""

    codigo = "archivo_rechazado"
    estado = "rechazada"


class FormatoNoAdmitido(ArchivoRechazado):
    """El contenido no es de ningún formato que se sepa leer."""

    codigo = "formato_no_admitido"
    consejo = "Envíe el acta en PDF, DOCX, ODT o XLSX; desde Word use «Guardar como»."


class PorConvertir(FormatoNoAdmitido):
    """No se lee como está, pero LibreOffice puede pasarlo de `formato` a `destino`."""

    consejo = (
        "Ábralo en Word o LibreOffice, guárdelo como DOCX o PDF y envíe esa copia. Si instala "
        "LibreOffice en la computadora donde corre Actas, se convertirá solo."
    )
    formato: ClassVar[str]
    destino: ClassVar[str] = "odt"


class DocPorConvertir(PorConvertir):
    """Documento de Word 97-2003."""

    formato = "doc"


class RtfPorConvertir(PorConvertir):
    """Documento RTF."""

    formato = "rtf"


class XlsPorConvertir(PorConvertir):
    """Libro de Excel 97-2003."""

    consejo = (
        "Ábralo en Excel o LibreOffice, guárdelo como XLSX y envíe esa copia. Si instala "
        "LibreOffice en la computadora donde corre Actas, se convertirá solo."
    )
    formato = "xls"
    destino = "xlsx"


class OdsPorConvertir(XlsPorConvertir):
    """Hoja de cálculo de LibreOffice."""

    formato = "ods"


class VariosDocumentos(FormatoNoAdmitido):
    """Un ZIP o un correo que no es un acta sino que las contiene."""

    consejo = "Ábralo y envíe cada acta por separado, o envíelo entero desde la página de inicio."


class ArchivoVacio(ArchivoRechazado):
    """El archivo tiene cero bytes."""

    codigo = "archivo_vacio"
    consejo = (
        "El archivo llegó sin contenido: vuelva a copiarlo o a descargarlo y envíelo otra vez."
    )


class ArchivoDemasiadoGrande(ArchivoRechazado):
    """El archivo pasa de un límite de tamaño, páginas o partes."""

    codigo = "archivo_demasiado_grande"
    consejo = "Divida el acta en partes o escanéela con menos resolución (200 ppp bastan)."


class ArchivoCifrado(ArchivoRechazado):
    """El archivo pide contraseña para abrirse."""

    codigo = "archivo_cifrado"
    consejo = "Ábralo con su contraseña, guarde una copia sin protección y envíe esa copia."


class ContenidoNoPermitido(ArchivoRechazado):
    """El archivo trae contenido que un acta no necesita y que puede hacer daño."""

    codigo = "contenido_no_permitido"
    consejo = "Abra el acta en su editor, guárdela de nuevo como DOCX o PDF y envíe esa copia."


class ArchivoIlegible(ErrorDeIngesta):
    """El formato es conocido, pero el contenido no se pudo leer."""

    codigo = "archivo_ilegible"
    consejo = "Ábralo en su programa, guárdelo de nuevo y envíe la copia; si no abre, pida otra."


class ArchivoDanado(ArchivoIlegible):
    """El archivo está incompleto o su estructura está rota."""

    codigo = "archivo_danado"


class SinPaginas(ArchivoIlegible):
    """El PDF no tiene ninguna página."""

    codigo = "sin_paginas"
    consejo = "El PDF no contiene páginas: vuelva a generarlo desde el documento original."


class TiempoAgotado(ArchivoIlegible):
    """La lectura pasó de su plazo y se detuvo."""

    codigo = "tiempo_agotado"
    consejo = (
        "Ábralo en su programa, guárdelo de nuevo como PDF o DOCX y envíe esa copia; si es muy "
        "largo, divídalo en partes."
    )


class MemoriaAgotada(ArchivoIlegible):
    """La lectura pidió más memoria de la que se le puede dar."""

    codigo = "memoria_agotada"
    consejo = "Divida el acta en partes o escanéela con menos resolución (200 ppp bastan)."


class LectorInterrumpido(ArchivoIlegible):
    """El lector falló por dentro y se detuvo; los demás archivos no se afectan."""

    codigo = "lector_interrumpido"
    consejo = (
        "Ábralo en su programa, guárdelo de nuevo y envíe esa copia; si se repite, avise a quien "
        "administra Actas y conserve el archivo."
    )
