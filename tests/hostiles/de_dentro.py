"""Lo hostil que viene dentro de un Word: imágenes grandes y documentos puestos enteros."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from caso import LEE, NO_PERMITIDO, Caso, Espera, con_aviso
from de_word import MB, docx, parrafo

VML: Final = "xmlns:v='urn:schemas-microsoft-com:vml'"
LAMINA: Final = con_aviso("imagen_sin_leer")
INCRUSTADO: Final = con_aviso("parte_incrustada")


def figura(vinculo: str = "r0") -> str:
    """Una imagen que ocupa toda la hoja."""
    return (
        f"<w:p><w:r><w:pict><v:shape {VML} style='width:595pt;height:842pt'>"
        f"<v:imagedata r:id='{vinculo}'/></v:shape></w:pict></w:r></w:p>"
    )


def png(ancho: int, alto: int, datos: bytes = b"") -> bytes:
    """Un PNG gris de esas medidas; sin `datos` son todos los puntos, en blanco."""

    def trozo(clase: bytes, dentro: bytes) -> bytes:
        suma = struct.pack(">I", zlib.crc32(clase + dentro))
        return struct.pack(">I", len(dentro)) + clase + dentro + suma

    cabecera = struct.pack(">IIBBBBB", ancho, alto, 1, 0, 0, 0, 0)
    puntos = datos or zlib.compress((b"\0" + b"\xff" * ((ancho + 7) // 8)) * alto)
    return (
        b"\x89PNG\r\n\x1a\n"
        + trozo(b"IHDR", cabecera)
        + trozo(b"IDAT", puntos)
        + trozo(b"IEND", b"")
    )


def con_imagen(datos: bytes) -> bytes:
    return docx(
        parrafo() + figura(), propios=(("image", "media/a.png"),), word__media__a_0_png=datos
    )


def con_ajeno(datos: bytes | str, veces: int = 1) -> bytes:
    return docx(
        parrafo() + "<w:altChunk r:id='r0'/>" * veces,
        propios=(("aFChunk", "a.bin"),),
        word__a_0_bin=datos,
    )


def hacia_si_mismo() -> bytes:
    """Una parte que es, según su vínculo, el documento que la contiene."""
    return docx(parrafo() + "<w:altChunk r:id='r0'/>", propios=(("aFChunk", "document.xml"),))


def muchas_figuras(cuantas: int) -> bytes:
    """Imágenes distintas y enormes, que al abrirse serían varios gigabytes."""
    blanca = png(7_000, 8_000)
    return docx(
        parrafo() + "".join(figura(f"r{i}") for i in range(cuantas)),
        propios=tuple(("image", f"media/{i}.png") for i in range(cuantas)),
        **{f"word__media__{i}_0_png": blanca for i in range(cuantas)},
    )


def bomba() -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("word/document.xml", b"<a>" + b" " * (30 * MB) + b"</a>")
    return salida.getvalue()


def casos(puerto: int) -> Iterator[Caso]:
    """Produce los archivos; `puerto` es donde escucha quien cuenta las visitas."""
    fuera = f"http://127.0.0.1:{puerto}"
    yield from _imagenes()
    yield from _ajenos(fuera)


def _imagenes() -> Iterator[Caso]:
    enorme = con_imagen(png(60_000, 60_000, zlib.compress(b"\0" * 1000)))
    yield Caso("lamina-enorme.docx", enorme, "una imagen de 3 600 megapíxeles", LAMINA)
    yield Caso(
        "lamina-bomba.docx", con_imagen(png(7_000, 8_000)), "56 megapíxeles en 10 kB", LAMINA
    )
    yield Caso("laminas-muchas.docx", muchas_figuras(8), "ocho de 56 megapíxeles", LAMINA)
    rota = png(2_000, 3_000)[:200]
    yield Caso("lamina-rota.docx", con_imagen(rota), "una imagen cortada", LAMINA)
    yield Caso("lamina-falsa.docx", con_imagen(b"GIF89a" + b"\0" * 99), "no es un PNG", LAMINA)
    falta = docx(parrafo() + figura(), propios=(("image", "media/a.png"),))
    yield Caso("lamina-falta.docx", falta, "falta la imagen", con_aviso("archivo_reparado"))
    propia = docx(parrafo() + figura(), propios=(("image", "document.xml"),))
    yield Caso("lamina-xml.docx", propia, "la imagen es el propio documento", LAMINA)


def _ajenos(fuera: str) -> Iterator[Caso]:
    yield Caso("ajeno-mismo.docx", hacia_si_mismo(), "se contiene a sí mismo", INCRUSTADO)
    capa = docx()
    for _ in range(30):
        capa = con_ajeno(capa)
    yield Caso("ajeno-hondo.docx", capa, "30 Word uno dentro de otro", INCRUSTADO)
    yield Caso("ajeno-bomba.docx", con_ajeno(bomba()), "un ZIP que se infla, dentro", INCRUSTADO)
    veces = con_ajeno(docx(parrafo("x" * (8 * MB))), 40)
    yield Caso(
        "ajeno-veces.docx",
        veces,
        "el mismo Word de 8 MB, 40 veces",
        Espera((*LEE, "rechazada", "fallida")),
    )
    xxe = docx(parrafo("&x;"), "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>")
    sin_leer = Espera(LEE, avisos=("parte_incrustada",), calla="root:")
    yield Caso("ajeno-xxe.docx", con_ajeno(xxe), "un DTD dentro", sin_leer)
    pagina = (
        "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html>"
        f"<base href='{fuera}/'><link rel=stylesheet href='{fuera}/a.css'>"
        f"<img src='{fuera}/a.png'><iframe src='{fuera}/b'></iframe><p>&x;</p></html>"
    )
    yield Caso("ajeno-pagina.docx", con_ajeno(pagina), "una página que llama fuera", sin_leer)
    sin_perder = Espera(("parcial",), avisos=("parte_incrustada",))
    for nombre, html in (
        ("hondo", "<div>" * 50_000 + "x"),
        ("tablas", "<table><tr><td>" * 5_000 + "x"),
        ("listas", "<ol><li>x" * 20_000),
        ("grande", "<p>x</p>" * MB),
    ):
        yield Caso(f"ajeno-html-{nombre}.docx", con_ajeno(html), "un HTML desmedido", sin_perder)
    final = Espera((*LEE, "rechazada", "fallida"))
    for nombre, html in (
        ("ancho", f"<table><tr>{'<td colspan=1000 rowspan=1000>x' * 5_000}</table>"),
        ("largo", f"<p>{'y ' * 2_000_000}</p>"),
        ("signos", "<!" * 1_000_000),
    ):
        yield Caso(f"ajeno-html-{nombre}.docx", con_ajeno(html), "un HTML desmedido", final)
    yield Caso("ajeno-rtf.docx", con_ajeno(b"{\\rtf1 hola}"), "un RTF dentro", INCRUSTADO)
    mime = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
    yield Caso(
        "ajeno-mht.docx",
        con_ajeno(mime + "--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 3_000),
        "un correo dentro de otro, sin fin",
        INCRUSTADO,
    )
    macros = docx(tipo="application/vnd.ms-word.document.macroEnabled.main+xml")
    yield Caso("ajeno-macros.docm", con_ajeno(macros), "macros dentro", INCRUSTADO)
    yield Caso("ajeno-ruta.docx", con_ruta_fuera(), "una parte fuera del paquete", INCRUSTADO)
    yield Caso("ajeno-repetido.docx", con_ajeno("Acta", 2_000), "2 000 documentos", INCRUSTADO)
    peligro = docx(**{"word__a_0_xml": "<!DOCTYPE d><a/>"})
    yield Caso("ajeno-no.docx", peligro, "un DTD al lado", NO_PERMITIDO)


def con_ruta_fuera() -> bytes:
    return docx(
        parrafo() + "<w:altChunk r:id='r0'/>",
        propios=(("aFChunk", "../../../../etc/passwd"),),
    )
