"""PDF hostiles: los que cuelgan, los que se inflan, los que mienten y los que están rotos."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Iterator
from typing import Final

from caso import (
    CIFRADO,
    DANADO,
    FRASE,
    GRANDE,
    LEE,
    LEIDA,
    LIMITE,
    NO_LEE,
    NO_PERMITIDO,
    OTRO_FORMATO,
    RECORDADO,
    VACIO,
    Caso,
    Espera,
    con_aviso,
)
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

MB: Final = 1 << 20
DIBUJO: Final = f"BT /F1 12 Tf 72 700 Td ({FRASE}) Tj ET".encode("latin-1")
RECURSOS: Final = b"/Font << /F1 5 0 R >>"
TIPOGRAFIA: Final = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica %s >>"
COMPUESTA: Final = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /%s /DescendantFonts [6 0 R] >>"
)
DESCENDIENTE: Final = (
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> %s >>"
)
TABLA: Final = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange %s endcmap end end"
COMPRIMIDO: Final = b"/Filter /FlateDecode"
MUTANTES: Final = 30


def flujo(contenido: bytes, diccionario: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (diccionario, len(contenido), contenido)


def hoja(recursos: bytes = RECURSOS, caja: bytes = b"[0 0 595 842]", mas: bytes = b"") -> bytes:
    medida = b"/MediaBox " + caja if caja else b""
    return b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R /Resources << %s >> %s >>" % (
        medida,
        recursos,
        mas,
    )


def pdf(
    dibujo: bytes = flujo(DIBUJO),
    otros: dict[int, bytes] | None = None,
    *,
    catalogo: bytes = b"",
    final: bytes = b"",
    con_indice: bool = True,
) -> bytes:
    """Escribe un PDF de una página; `otros` cambia o agrega objetos por su número."""
    objetos = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogo,
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: hoja(),
        4: dibujo,
        5: TIPOGRAFIA % b"",
    } | (otros or {})
    datos = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    lugares = {}
    for numero, cuerpo in objetos.items():
        lugares[numero] = len(datos)
        datos += b"%d 0 obj\n%s\nendobj\n" % (numero, cuerpo)
    indice, total = len(datos), max(objetos) + 1
    if con_indice:
        datos += b"xref\n0 %d\n0000000000 65535 f \n" % total
        for n in range(1, total):
            uso = (lugares[n], 0, b"n") if n in lugares else (0, 65_535, b"f")
            datos += b"%010d %05d %s \n" % uso
    datos += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (total, final)
    return bytes(datos) + b"startxref\n%d\n%%%%EOF\n" % indice


def inflable(unidad: bytes, largo: int, veces: int = 1) -> bytes:
    """Comprime `largo` bytes repetidos, `veces` veces."""
    compresor = zlib.compressobj(9)
    tanda = unidad * max(1, MB // len(unidad))
    trozos = [compresor.compress(tanda) for _ in range(largo // len(tanda) + 1)]
    datos = b"".join([*trozos, compresor.flush()])
    return datos if veces == 1 else zlib.compress(datos, 9)


def casos(puerto: int) -> Iterator[Caso]:
    """Produce los archivos; `puerto` es donde escucha quien cuenta las visitas."""
    yield Caso("control.pdf", pdf(), "ninguno", LEIDA)
    yield from _bombas()
    yield from _arboles()
    yield from _hondos()
    yield from _tipografias()
    yield from _imagenes()
    yield from _bucles()
    yield from _activos(f"http://127.0.0.1:{puerto}/".encode())
    yield from _rotos()


def _bombas() -> Iterator[Caso]:
    dos = b"/Filter [/FlateDecode /FlateDecode]"
    blancos = flujo(inflable(b" ", 200 * MB, 2), dos)
    yield Caso("bomba-blancos.pdf", pdf(blancos), "200 MB de blancos en 1 kB", NO_PERMITIDO)
    textos = flujo(inflable(b"BT /F1 9 Tf 9 9 Td (a) Tj ET\n", 100 * MB, 2), dos)
    yield Caso("bomba-textos.pdf", pdf(textos), "millones de textos en 2 kB", NO_PERMITIDO)
    repetidos = flujo(inflable(b"\x81 ", 2 * MB), b"/Filter [/FlateDecode /RunLengthDecode]")
    yield Caso("bomba-repetidos.pdf", pdf(repetidos), "128 MB de repeticiones", NO_PERMITIDO)
    muchos = b"BT /F1 9 Tf 1 0 0 1 72 700 Tm\n" + b"(a) Tj\n" * 100_000 + b"ET"
    yield Caso("textos.pdf", pdf(flujo(zlib.compress(muchos), COMPRIMIDO)), "10⁵ textos", RECORDADO)
    rayas = b"".join(b"%d %d 3 5 re S\n" % (i % 590, i * 7 % 840) for i in range(100_000))
    yield Caso("rayas.pdf", pdf(flujo(zlib.compress(rayas), COMPRIMIDO)), "10⁵ rectángulos", LIMITE)
    rejilla = b"".join(
        b"%d 10 m %d 830 l S 10 %d m 590 %d l S\n" % (i, i, i, i) for i in range(400)
    )
    yield Caso(
        "rejilla.pdf",
        pdf(flujo(DIBUJO + b"\n" + rejilla * 4)),
        "un cuadro de 160 000 celdas",
        con_aviso("tablas_sin_examinar"),
    )
    formas = {3: hoja(RECURSOS + b" /XObject << /X 10 0 R >>")}
    forma = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s >>"
    for n in range(10, 19):
        siguiente = RECURSOS + b" /XObject << /X %d 0 R >>" % (n + 1)
        formas[n] = flujo(b"/X Do " * 10, forma % siguiente)
    formas[19] = flujo(DIBUJO, forma % RECURSOS)
    yield Caso("formas.pdf", pdf(flujo(b"/X Do"), formas), "10⁹ dibujos en 3 kB", LIMITE)
    enteros = flujo(b"9" * MB + b" 0 Td " + DIBUJO)
    yield Caso("entero.pdf", pdf(enteros), "un entero de un millón de cifras", RECORDADO)


def _arboles() -> Iterator[Caso]:
    muchas = b" ".join(b"%d 0 R" % n for n in range(10, 2_010))
    paginas = {2: b"<< /Type /Pages /Kids [%s] /Count 2000 >>" % muchas}
    paginas |= dict.fromkeys(range(10, 2_010), hoja())
    yield Caso("dos-mil-paginas.pdf", pdf(otros=paginas), "2 000 páginas", GRANDE)
    ramas = {2: b"<< /Type /Pages /Count 1000000000 /Kids [%s] >>" % (b"10 0 R " * 10)}
    for n in range(10, 18):
        hijas = b"%d 0 R " % (n + 1) * 10
        ramas[n] = b"<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [%s] >>" % hijas
    ramas[18] = hoja()
    yield Caso("ramas.pdf", pdf(otros=ramas), "10⁹ páginas en 2 kB", GRANDE)
    disputa = con_aviso("paginas_en_disputa")
    bucle = {2: b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>"}
    yield Caso("arbol-bucle.pdf", pdf(otros=bucle), "un árbol que se contiene", disputa)
    cuenta = {2: b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"}
    yield Caso("cuenta.pdf", pdf(otros=cuenta), "una cuenta que miente", disputa)


def _hondos() -> Iterator[Caso]:
    for hondo in (1_000, 500_000):
        listas = b"[" * hondo + b"]" * hondo
        yield Caso(
            f"listas-{hondo}.pdf",
            pdf(otros={6: listas}, catalogo=b"/X 6 0 R"),
            "listas dentro de listas",
            RECORDADO,
        )
        yield Caso(
            f"listas-dibujo-{hondo}.pdf",
            pdf(flujo(listas + b" TJ " + DIBUJO)),
            "listas dentro de listas, en el dibujo",
            RECORDADO,
        )
    diccionarios = {6: b"<< /A " * 50_000 + b">>" * 50_000, 3: hoja(mas=b"/Annots 6 0 R")}
    yield Caso("diccionarios.pdf", pdf(otros=diccionarios), "50 000 anidados", RECORDADO)
    filtros = b"/Filter [" + b"/ASCIIHexDecode " * 1_000 + b"]"
    yield Caso("filtros.pdf", pdf(flujo(DIBUJO, filtros)), "1 000 filtros", RECORDADO)
    parametros = b"/DecodeParms << /Predictor 12 /Columns 2147483647 /Colors 32 >>"
    predictor = flujo(zlib.compress(DIBUJO), COMPRIMIDO + parametros)
    yield Caso("predictor.pdf", pdf(predictor), "2³¹ columnas", RECORDADO)


def _tipografias() -> Iterator[Caso]:
    con_tabla = TIPOGRAFIA % b"/ToUnicode 6 0 R"
    rango = b"1 beginbfrange <00000000> <0fffffff> <0041> endbfrange"
    enorme = {5: con_tabla, 6: flujo(TABLA % rango)}
    yield Caso("tabla-enorme.pdf", pdf(otros=enorme), "2²⁸ letras en una tabla", RECORDADO)
    anchos = {5: COMPUESTA % b"Identity-H", 6: DESCENDIENTE % b"/W [0 2000000000 500]"}
    yield Caso("anchos.pdf", pdf(otros=anchos), "2×10⁹ anchos de letra", LIMITE)
    ruta = {5: COMPUESTA % b"#2Ftmp#2Fmalo", 6: DESCENDIENTE % b""}
    yield Caso("codigo-ruta.pdf", pdf(otros=ruta), "un código que es una ruta", RECORDADO)
    letras = b"2 beginbfchar <53> <004E> <49> <004F> endbfchar"
    yield Caso(
        "letras.pdf",
        pdf(flujo(b"BT /F1 12 Tf 72 700 Td (SI) Tj ET"), {5: con_tabla, 6: flujo(TABLA % letras)}),
        "se ve SI y se lee NO",
        con_aviso("letras_en_disputa", dice=""),
    )
    oculto = b" BT 3 Tr /F1 12 Tf 72 600 Td (El MEF se compromete.) Tj ET"
    fuera = b" BT 0 Tr /F1 12 Tf 5000 5000 Td (Fuera de la hoja.) Tj ET"
    yield Caso(
        "oculto.pdf",
        pdf(flujo(DIBUJO + oculto + fuera)),
        "texto invisible y fuera de la hoja",
        con_aviso("texto_oculto", "texto_fuera_de_la_hoja"),
    )


def _imagenes() -> Iterator[Caso]:
    imagen = b"/Type /XObject /Subtype /Image /BitsPerComponent 8 /ColorSpace /DeviceGray"
    medida = b" /Width %d /Height %d "
    negra = Espera(("parcial", *NO_LEE))
    rota = Espera(("parcial",), avisos=("pagina_sin_texto",))
    for nombre, lado, datos, filtro, espera in (
        ("imagen-enorme", 20_000, inflable(b"\0", 400 * MB), COMPRIMIDO, negra),
        ("imagen-miente", 2_000_000_000, b"\0" * 100, b"", rota),
    ):
        objetos = {
            3: hoja(RECURSOS + b" /XObject << /I 10 0 R >>"),
            10: flujo(datos, imagen + medida % (lado, lado) + filtro),
        }
        dibujo = flujo(b"q 595 0 0 842 0 0 cm /I Do Q")
        yield Caso(f"{nombre}.pdf", pdf(dibujo, objetos), f"{lado} píxeles de lado", espera)
    for nombre, caja in (
        ("hoja-enorme", b"[0 0 200000 200000]"),
        ("hoja-sin-area", b"[100 100 100 100]"),
        ("hoja-sin-medida", b""),
    ):
        yield Caso(f"{nombre}.pdf", pdf(otros={3: hoja(caja=caja)}), nombre, Espera(LEE))


def _bucles() -> Iterator[Caso]:
    forma = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >>"
    )
    propia = {3: hoja(b"/XObject << /X 10 0 R >>"), 10: flujo(b"/X Do", forma)}
    yield Caso("forma-bucle.pdf", pdf(flujo(b"/X Do"), propia), "una forma en sí misma", LIMITE)
    yield Caso("letra-bucle.pdf", pdf(otros={5: b"5 0 R"}), "un objeto que es él mismo", RECORDADO)
    largo = b"<< /Length 4 0 R >>\nstream\n%s\nendstream" % DIBUJO
    yield Caso("largo-bucle.pdf", pdf(largo), "un largo que es él mismo", Espera(LEE, dice=FRASE))
    indice = pdf(final=b"/Prev 0000000000")
    vuelta = b"/Prev %010d" % indice.rfind(b"xref\n0")
    previo = indice.replace(b"/Prev 0000000000", vuelta)
    yield Caso("indice-bucle.pdf", previo, "un índice anterior a sí mismo", Espera(LEE, dice=FRASE))


def _activos(fuera: bytes) -> Iterator[Caso]:
    activo = con_aviso("contenido_activo")
    orden = b"<< /S /JavaScript /JS (app.launchURL\\('%s'\\)) >>" % fuera
    yield Caso("js.pdf", pdf(catalogo=b"/OpenAction " + orden), "JavaScript al abrir", activo)
    escondido = orden.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/J#53")
    yield Caso("js-hex.pdf", pdf(catalogo=b"/OpenAction " + escondido), "con escapes", activo)
    grupo = flujo(
        zlib.compress(b"30 0 " + orden),
        b"/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode",
    )
    en_grupo = pdf(otros={9: grupo}, catalogo=b"/OpenAction 30 0 R")
    yield Caso("js-grupo.pdf", en_grupo, "en un grupo comprimido", activo)
    abrir = hoja(mas=b"/AA << /O << /S /Launch /F (/bin/sh) >> >>")
    yield Caso("programa.pdf", pdf(otros={3: abrir}), "abrir un programa", activo)
    adjunto = {
        9: b"<< /Type /Filespec /F (x.exe) /EF << /F 10 0 R >> >>",
        10: flujo(b"MZ" + b"\0" * 100, b"/Type /EmbeddedFile"),
    }
    nombres = b"/Names << /EmbeddedFiles << /Names [(x.exe) 9 0 R] >> >>"
    yield Caso(
        "adjunto.pdf",
        pdf(otros=adjunto, catalogo=nombres),
        "un programa adjunto",
        con_aviso("archivo_adjunto"),
    )
    externa = flujo(
        b"",
        b"/Type /XObject /Subtype /Image /Width 9 /Height 9 /BitsPerComponent 8 "
        b"/ColorSpace /DeviceGray /F << /FS /URL /F (%s) >>" % fuera,
    )
    objetos = {3: hoja(RECURSOS + b" /XObject << /I 10 0 R >>"), 10: externa}
    dibujo = flujo(DIBUJO + b" q 99 0 0 99 0 0 cm /I Do Q")
    yield Caso(
        "imagen-externa.pdf",
        pdf(dibujo, objetos),
        "una imagen por la red",
        con_aviso("referencia_externa"),
    )


def _rotos() -> Iterator[Caso]:
    azar = random.Random(7)  # noqa: S311
    sano = pdf()
    cortado = con_aviso("archivo_cortado")
    yield Caso("mitad.pdf", sano[: len(sano) // 2], "cortado a la mitad", LIMITE)
    yield Caso("sin-cola.pdf", sano[:-40], "sin su final", cortado)
    yield Caso("sin-indice.pdf", pdf(con_indice=False), "sin índice", con_aviso("archivo_reparado"))
    yield Caso("nada.pdf", b"", "0 bytes", VACIO)
    yield Caso("solo-cabeza.pdf", b"%PDF-1.7\n", "solo la cabeza", DANADO)
    yield Caso("basura-antes.pdf", b"\n" * 2_000 + sano, "2 kB antes de la cabeza", RECORDADO)
    ruido = b"%PDF-1.7\n" + azar.randbytes(65_536)
    yield Caso("ruido.pdf", ruido, "bytes al azar", DANADO)
    yield Caso("programa-como.pdf", b"MZ\x90\0" + b"x" * 500, "un programa", OTRO_FORMATO)
    alterado = bytearray(zlib.compress(DIBUJO * 20))
    alterado[-3] ^= 0xFF
    yield Caso(
        "alterado.pdf",
        pdf(flujo(bytes(alterado), COMPRIMIDO)),
        "contenido comprimido que cambió",
        Espera(("parcial",), avisos=("contenido_danado",)),
    )
    for clave, espera in (("secreto", CIFRADO), ("", LEIDA)):
        salida = io.BytesIO()
        cifrado = StandardEncryption(clave, "de quien lo hizo", strength=128)
        lienzo = Canvas(salida, encrypt=cifrado, invariant=1)
        lienzo.drawString(72, 700, FRASE)
        lienzo.save()
        nombre = "cifrado" if clave else "cifrado-sin-clave"
        yield Caso(f"{nombre}.pdf", salida.getvalue(), "cifrado", espera)
    for i in range(MUTANTES):
        mutante = bytearray(sano)
        for _ in range(i + 1):
            mutante[azar.randrange(len(mutante))] = azar.randrange(256)
        yield Caso(f"mutante-{i:02}.pdf", bytes(mutante), f"{i + 1} bytes al azar", RECORDADO)
