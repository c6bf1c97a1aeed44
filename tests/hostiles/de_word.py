"""Archivos de Word hostiles, y otros que llegan con su nombre."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from caso import (
    CIFRADO,
    DANADO,
    FRASE,
    GRANDE,
    LEE,
    LEIDA,
    NO_PERMITIDO,
    OTRO_FORMATO,
    RECORDADO,
    VACIO,
    Caso,
    Espera,
    con_aviso,
)

OFICINA: Final = "http://schemas.openxmlformats.org"
W: Final = f"{OFICINA}/wordprocessingml/2006/main"
R: Final = f"{OFICINA}/officeDocument/2006/relationships"
DE_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CON_MACROS: Final = "application/vnd.ms-word.document.macroEnabled.main+xml"
DE_EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
EXTERNO: Final = " TargetMode='External'"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096
MB: Final = 1 << 20

Parte = str | bytes


def parrafo(texto: str = FRASE, propiedades: str = "") -> str:
    return f"<w:p><w:r>{propiedades}<w:t xml:space='preserve'>{texto}</w:t></w:r></w:p>"


def cuerpo(contenido: str, prologo: str = "") -> str:
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>{prologo}<w:document xmlns:w='{W}' xmlns:r='{R}'>"
        f"<w:body>{contenido}</w:body></w:document>"
    )


def tabla(filas: str) -> str:
    return f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid>{filas}</w:tbl>"


def vinculos(*lista: tuple[str, str]) -> str:
    """Escribe los vínculos (tipo, destino); los que llevan «://» son externos."""
    filas = "".join(
        f"<Relationship Id='r{i}' Type='{R}/{tipo}' Target='{destino}'"
        f"{EXTERNO if '://' in destino else ''}/>"
        for i, (tipo, destino) in enumerate(lista)
    )
    return f"<Relationships xmlns='{OFICINA}/package/2006/relationships'>{filas}</Relationships>"


def docx(
    contenido: str = "",
    prologo: str = "",
    tipo: str = DE_WORD,
    documento: Parte | None = None,
    propios: tuple[tuple[str, str], ...] = (),
    **otras: Parte,
) -> bytes:
    """Escribe un DOCX; `otras` son partes más, con «__» por «/» y «_0_» por «.»."""
    contenido = contenido or parrafo()
    partes: dict[str, Parte] = {
        "[Content_Types].xml": f"<Types xmlns='{OFICINA}/package/2006/content-types'>"
        "<Default Extension='xml' ContentType='application/xml'/>"
        f"<Override PartName='/word/document.xml' ContentType='{tipo}'/></Types>",
        "_rels/.rels": vinculos(("officeDocument", "word/document.xml")),
        "word/document.xml": documento or cuerpo(contenido, prologo),
        "word/_rels/document.xml.rels": vinculos(*propios),
    }
    return en_zip(partes | {n.replace("__", "/").replace("_0_", "."): d for n, d in otras.items()})


def en_zip(partes: dict[str, Parte]) -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as z:
        for nombre, datos in partes.items():
            z.writestr(nombre, datos)
    return salida.getvalue()


def libro(filas: str, despues: str = "") -> bytes:
    """Escribe un libro de Excel de una hoja."""
    return docx(
        tipo=DE_EXCEL,
        documento=f"<workbook xmlns:r='{R}'><sheets><sheet name='Acta' r:id='r0'/></sheets>"
        "</workbook>",
        propios=(("worksheet", "hoja.xml"),),
        word__hoja_0_xml=f"<worksheet><sheetData>{filas}</sheetData>{despues}</worksheet>",
    )


def con_parte(nombre: str, datos: Parte = b"x") -> bytes:
    salida = io.BytesIO(docx())
    with zipfile.ZipFile(salida, "a", zipfile.ZIP_DEFLATED) as z:
        z.writestr(nombre, datos)
    return salida.getvalue()


def con_la_misma_parte_dos_veces() -> bytes:
    """Repite el índice: dos entradas apuntan a los mismos bytes."""
    datos = docx()
    fin = datos.rfind(b"PK\x05\x06")
    largo = int.from_bytes(datos[fin + 12 : fin + 16], "little")
    inicio = int.from_bytes(datos[fin + 16 : fin + 20], "little")
    cuantas = int.from_bytes(datos[fin + 10 : fin + 12], "little")
    doble = (2 * cuantas).to_bytes(2, "little") * 2 + (2 * largo).to_bytes(4, "little")
    indice = datos[inicio : inicio + largo]
    return datos[:inicio] + indice * 2 + datos[fin : fin + 8] + doble + datos[fin + 16 :]


def con_un_enlace() -> bytes:
    enlace = zipfile.ZipInfo("word/enlace.xml")
    enlace.external_attr = 0o120777 << 16
    salida = io.BytesIO(docx())
    with zipfile.ZipFile(salida, "a") as z:
        z.writestr(enlace, "/etc/passwd")
    return salida.getvalue()


def entidades() -> str:
    filas = "".join(f"<!ENTITY e{i} '{f'&e{i - 1};' * 10}'>" for i in range(1, 10))
    return f"<!DOCTYPE d [<!ENTITY e0 'ja'>{filas}]>"


def casos(puerto: int) -> Iterator[Caso]:
    """Produce los archivos; `puerto` es donde escucha quien cuenta las visitas."""
    fuera = f"http://127.0.0.1:{puerto}"
    yield Caso("control.docx", docx(), "ninguno", LEIDA)
    yield from _bombas()
    yield from _entidades(fuera)
    yield from _de_fuera(fuera)
    yield from _tablas()
    yield from _zip()
    yield from _textos()
    yield from _ajenos()


def _bombas() -> Iterator[Caso]:
    nodos = parrafo("a") * (45 * MB // len(parrafo("a")))
    yield Caso("bomba-nodos.docx", docx(nodos), "45 MB de nodos", GRANDE)
    letras = parrafo("A" * 45 * MB)
    yield Caso("bomba-texto.docx", docx(letras), "un texto de 45 MB", GRANDE)
    yield Caso("bomba-densa.docx", docx(parrafo(" " * 9 * MB)), "9 MB en 10 kB", NO_PERMITIDO)
    foto = b"\0" * 120 * MB
    yield Caso(
        "bomba-foto.docx",
        docx(propios=(("image", "media/a.png"),), word__media__a_0_png=foto),
        "una foto de 120 MB en 120 kB",
        GRANDE,
    )
    yield Caso("bomba-suelta.docx", docx(suelta_0_bin=foto), "una parte que nadie usa", GRANDE)
    yield Caso(
        "parrafo-enorme.docx",
        docx(parrafo(f"{FRASE} " * 20_000)),
        "un párrafo de un millón de letras",
        GRANDE,
    )
    espacios = f"se compromete{' ' * 200_000}x{'1.' * 100_000}"
    yield Caso("espacios.docx", docx(parrafo(espacios)), "espacios sin fin", Espera(("leida",)))


def _entidades(fuera: str) -> Iterator[Caso]:
    yield Caso(
        "entidades.docx", docx(parrafo("&e9;"), entidades()), "mil millones de risas", NO_PERMITIDO
    )
    larga = f"<!DOCTYPE d [<!ENTITY a '{'a' * 100_000}'>]>"
    yield Caso(
        "entidad-larga.docx",
        docx(parrafo("&a;" * 20_000), larga),
        "2 GB en entidades",
        NO_PERMITIDO,
    )
    archivo = "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    ajeno = Espera(("rechazada",), ("contenido_no_permitido",), calla="root:")
    yield Caso("xxe-archivo.docx", docx(parrafo("&x;"), archivo), "leer un archivo", ajeno)
    red = f"<!DOCTYPE d SYSTEM '{fuera}/dtd' [<!ENTITY x SYSTEM '{fuera}/xxe'>]>"
    yield Caso("xxe-red.docx", docx(parrafo("&x;"), red), "pedir por la red", NO_PERMITIDO)
    utf16 = cuerpo(parrafo("&x;"), archivo).replace("UTF-8", "UTF-16").encode("utf-16")
    yield Caso("dtd-utf16.docx", docx(documento=utf16), "el DTD en UTF-16", NO_PERMITIDO)
    yield Caso(
        "dtd-ajeno.docx",
        docx(customXml__a_0_xml=f"{archivo}<a>&x;</a>"),
        "el DTD en otra parte",
        NO_PERMITIDO,
    )


def _de_fuera(fuera: str) -> Iterator[Caso]:
    externa = con_aviso("referencia_externa")
    imagen = (
        "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'>"
        "<v:imagedata r:id='r0'/></v:shape></w:pict></w:r></w:p>"
    )
    yield Caso(
        "imagen-externa.docx",
        docx(parrafo() + imagen, propios=(("image", f"{fuera}/a.png"),)),
        "una imagen por la red",
        externa,
    )
    yield Caso(
        "plantilla-externa.docx",
        docx(
            propios=(("settings", "settings.xml"),),
            word__settings_0_xml=f"<w:settings xmlns:w='{W}'/>",
            word___rels__settings_0_xml_0_rels=vinculos(("attachedTemplate", f"{fuera}/t.dotm")),
        ),
        "una plantilla por la red",
        externa,
    )
    yield Caso(
        "altchunk.docx",
        docx(
            parrafo() + "<w:altChunk r:id='r0'/>",
            propios=(("aFChunk", "a.html"),),
            word__a_0_html=f"<script src='{fuera}/a.js'></script>Acta",
        ),
        "una página web dentro",
        con_aviso("parte_incrustada"),
    )
    macro = {"word__vbaProject_0_bin": OLE}
    yield Caso("macros.docm", docx(tipo=CON_MACROS, **macro), "macros", NO_PERMITIDO)
    yield Caso(
        "macros.docx", docx(tipo=CON_MACROS, **macro), "macros con otro nombre", NO_PERMITIDO
    )


def _tablas() -> Iterator[Caso]:
    for hondo in (200, 5_000, 50_000):
        anidada = f"{'<w:tbl><w:tr><w:tc>' * hondo}{parrafo()}{'</w:tc></w:tr></w:tbl>' * hondo}"
        yield Caso(f"tablas-{hondo}.docx", docx(anidada), "tablas dentro de tablas", NO_PERMITIDO)
    ancha = (
        f"<w:tr><w:tc><w:tcPr><w:gridSpan w:val='1000000000'/></w:tcPr>{parrafo()}</w:tc></w:tr>"
    )
    yield Caso("celda-ancha.docx", docx(tabla(ancha)), "una celda de 10⁹ columnas", LEIDA)
    fila = f"<w:tr>{f'<w:tc>{parrafo()}</w:tc>' * 2}</w:tr>"
    larga = Espera(("leida", "fallida"), ("tiempo_agotado",))
    yield Caso("tabla-larga.docx", docx(tabla(fila * 10_000)), "10 000 filas", larga)
    unida = f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{parrafo()}</w:tc></w:tr>"
    yield Caso("celdas-unidas.docx", docx(tabla(unida * 3_000)), "3 000 celdas unidas", RECORDADO)


def _zip() -> Iterator[Caso]:
    muchos = tuple(("hyperlink", f"http://127.0.0.1/{i}") for i in range(200_000))
    yield Caso("vinculos.docx", docx(propios=muchos), "200 000 vínculos", GRANDE)
    partes = {f"p{i}.bin": b"" for i in range(2_100)}
    yield Caso("partes.docx", en_zip(partes), "2 100 partes", GRANDE)
    for i, nombre in enumerate(("../../x", "/etc/x", "word\\..\\..\\x", "c:/x")):
        yield Caso(f"ruta-{i}.docx", con_parte(nombre), f"escribir en {nombre}", NO_PERMITIDO)
    yield Caso("enlace.docx", con_un_enlace(), "un enlace simbólico", NO_PERMITIDO)
    yield Caso("repetida.docx", con_la_misma_parte_dos_veces(), "el índice repetido", NO_PERMITIDO)
    doble = con_parte("Word/Document.xml", cuerpo(parrafo("Otro texto.")))
    yield Caso("dos-textos.docx", doble, "dos partes principales", NO_PERMITIDO)
    sano = docx()
    yield Caso("mitad.docx", sano[: len(sano) // 2], "cortado a la mitad", DANADO)
    yield Caso("sin-cola.docx", sano[:-10], "sin su final", DANADO)
    yield Caso("crc.docx", sano.replace(b"w:body", b"w:bodi"), "bytes alterados", RECORDADO)
    yield Caso("zip-vacio.docx", b"PK\x05\x06" + b"\0" * 18, "un ZIP sin nada", OTRO_FORMATO)
    cifrada = bytearray(sano)
    cifrada[sano.find(b"PK\x01\x02") + 8] |= 1
    yield Caso("parte-cifrada.docx", bytes(cifrada), "una parte con contraseña", CIFRADO)
    poliglota = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n" + sano
    yield Caso("poliglota.docx", poliglota, "PDF y ZIP a la vez", NO_PERMITIDO)


def _textos() -> Iterator[Caso]:
    cambios = (
        "<w:p><w:r><w:t xml:space='preserve'>La Empresa </w:t></w:r><w:ins w:id='1'><w:r>"
        "<w:t xml:space='preserve'>NO </w:t></w:r></w:ins><w:del w:id='2'><w:r><w:delText>SÍ "
        "</w:delText></w:r></w:del><w:r><w:t>se compromete.</w:t></w:r></w:p>"
    )
    yield Caso(
        "cambios.docx",
        docx(cambios),
        "una negación con control de cambios",
        con_aviso("cambios_controlados", dice="La Empresa NO se compromete."),
    )
    oculto = cambios.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1)
    otro = re.sub(r"\bw:|(?<=xmlns:)w\b", lambda m: m[0].replace("w", "z"), cuerpo(oculto))
    yield Caso(
        "otro-prefijo.docx",
        docx(documento=otro),
        "los mismos elementos con otro prefijo",
        con_aviso("cambios_controlados", "texto_oculto", dice="NO se compromete."),
    )
    for nombre, rasgo in (("oculto", "<w:vanish/>"), ("blanco", "<w:color w:val='FFFFFF'/>")):
        escondido = parrafo("El MEF pagará 100 millones.", f"<w:rPr>{rasgo}</w:rPr>")
        yield Caso(
            f"texto-{nombre}.docx",
            docx(parrafo() + escondido),
            "una obligación que nadie ve",
            con_aviso("texto_oculto"),
        )
    apartado = (
        f"<w:sdt><w:sdtContent>{parrafo('En un control.')}</w:sdtContent></w:sdt><w:p><w:r>"
        f"<w:txbxContent>{parrafo('En un cuadro.')}</w:txbxContent></w:r></w:p>"
    )
    yield Caso(
        "apartados.docx",
        docx(apartado),
        "texto fuera de los párrafos",
        Espera(("leida",), dice="En un control.\nEn un cuadro."),
    )
    formula = "\u202eoibmaC\u202c =HIPERVINCULO() &lt;script&gt;alert(1)&lt;/script&gt; {{7*7}}"
    yield Caso(
        "formula.docx",
        docx(parrafo(formula)),
        "fórmula, HTML y plantilla en el texto",
        Espera(("leida",), dice="<script>alert(1)</script> {{7*7}}"),
    )


def _ajenos() -> Iterator[Caso]:
    contrasena = OLE + "EncryptedPackage".encode("utf-16-le")
    yield Caso("contrasena.docx", contrasena, "protegido con contraseña", CIFRADO)
    yield Caso("antiguo.docx", OLE, "un archivo antiguo de Office", OTRO_FORMATO)
    yield Caso("nada.docx", b"", "0 bytes", VACIO)
    pdf = Espera((*LEE, "fallida"), ("archivo_danado", "sin_paginas"))
    yield Caso("es-pdf.docx", b"%PDF-1.4\n%%EOF", "un PDF con otro nombre", pdf)
    yield Caso("web.doc", b"<html><body>Acta</body></html>", "una página web", OTRO_FORMATO)
    yield Caso("programa.docx", b"MZ\x90\0" + b"x" * 500, "un programa", OTRO_FORMATO)
    lejana = f"<row r='1048576'><c r='XFD1048576' t='str'><v>{FRASE}</v></c></row>"
    yield Caso("celda-lejana.xlsx", libro(lejana), "una celda muy lejana", GRANDE)
    unida = lejana.replace("XFD1048576", "A1").replace("1048576", "1")
    uniones = "<mergeCell ref='A1:XFD1048576'/>" * 100_000
    yield Caso(
        "uniones.xlsx",
        libro(unida, f"<mergeCells>{uniones}</mergeCells>"),
        "cien mil celdas que abarcan todo",
        LEIDA,
    )
    muchas = f"<row>{'<c><v>1</v></c>' * 300_000}</row>"
    yield Caso("celdas.xlsx", libro(muchas), "trescientas mil celdas", GRANDE)
    lleno = docx(tipo=DE_EXCEL, documento=f"<worksheet>{'<row/>' * 8_000_000}</worksheet>")
    yield Caso("bomba.xlsx", lleno, "45 MB de filas", GRANDE)
