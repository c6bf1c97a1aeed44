"""Bombas, árboles de páginas imposibles, daños, contenido activo y letras que mienten en un PDF."""

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingesta.documento import Documento
from ingesta.errores import ArchivoDemasiadoGrande, ContenidoNoPermitido, ErrorDeIngesta
from ingesta.lectores import leer, leer_sin_ocr
from ingesta.lectores.pdf_objetos import MAYOR_FLUJO

FRASE = "La empresa entregará el informe."
DIBUJO = b"BT /F1 12 Tf 72 700 Td (La empresa entregar\\341 el informe.) Tj ET"
PAGINA = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /Font << /F1 5 0 R >> >> %s >>"
)
LETRA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding %s >>"
TABLA = (
    b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 2 begin%s %s end%s endcmap end"
)

Escribir = Callable[..., Path]


def flujo(contenido: bytes, diccionario: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (
        len(contenido),
        diccionario,
        contenido,
    )


@pytest.fixture
def escribir(tmp_path: Path) -> Escribir:
    """Devuelve `escribir(n4=…)`, que escribe un PDF de una página con esos objetos cambiados."""

    def _escribir(catalogo: bytes = b"", **cambios: bytes) -> Path:
        objetos = {
            1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogo,
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: PAGINA % b"",
            4: flujo(DIBUJO),
            5: LETRA % b"",
        }
        objetos |= {int(clave[1:]): cuerpo for clave, cuerpo in cambios.items()}
        datos = bytearray(b"%PDF-1.7\n")
        lugares = {}
        for numero, cuerpo in objetos.items():
            lugares[numero] = len(datos)
            datos += b"%d 0 obj\n%s\nendobj\n" % (numero, cuerpo)
        indice, total = len(datos), max(objetos) + 1
        datos += b"xref\n0 %d\n0000000000 65535 f \n" % total
        for n in range(1, total):
            datos += b"%010d 0000%d %c \n" % (lugares.get(n, 0), 0, b"nf"[n not in lugares])
        datos += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (total, indice)
        ruta = tmp_path / "acta.pdf"
        ruta.write_bytes(datos)
        return ruta

    return _escribir


def codigos(documento: Documento) -> set[str]:
    return {a.codigo for a in documento.avisos}


def test_un_pdf_corriente_no_da_avisos(escribir: Escribir):
    documento = leer(escribir())
    assert (documento.texto, documento.avisos) == (FRASE, ())


EN_GRUPO = b"30 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>"


@pytest.mark.parametrize(
    ("cambios", "codigo", "dice"),
    [
        (
            {"catalogo": b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"},
            "contenido_activo",
            "JavaScript",
        ),
        (
            {"catalogo": b"/OpenAction << /S /J#61vaScript /J#53 (app.alert\\(1\\)) >>"},
            "contenido_activo",
            "JavaScript",
        ),
        (
            {
                "catalogo": b"/OpenAction 30 0 R",
                "n9": flujo(
                    zlib.compress(EN_GRUPO),
                    b"/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode",
                ),
            },
            "contenido_activo",
            "JavaScript",
        ),
        (
            {"n3": PAGINA % b"/AA << /O << /S /Launch /F (/bin/sh) >> >>"},
            "contenido_activo",
            "programa",
        ),
        (
            {
                "catalogo": b"/Names << /EmbeddedFiles << /Names [(x.exe) 9 0 R] >> >>",
                "n9": b"<< /Type /Filespec /F (x.exe) /EF << /F 10 0 R >> >>",
                "n10": flujo(b"MZ", b"/Type /EmbeddedFile"),
            },
            "archivo_adjunto",
            "otros archivos",
        ),
        (
            {"n9": flujo(b"", b"/F << /FS /URL /F (http://ejemplo.test/x.png) >>")},
            "referencia_externa",
            "no se descargaron",
        ),
    ],
)
def test_lo_que_un_acta_no_necesita_se_avisa(
    cambios: dict[str, bytes], codigo: str, dice: str, escribir: Escribir
):
    documento = leer(escribir(**cambios))
    (aviso,) = documento.avisos
    assert (aviso.codigo, aviso.pierde) == (codigo, False)
    assert dice in aviso.mensaje
    assert documento.texto == FRASE


def test_un_enlace_y_un_texto_que_nombra_javascript_no_se_avisan(escribir: Escribir):
    enlace = (
        b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (x) >> >>]"
    )
    ruta = escribir(catalogo=b"/Titulo (Acta sobre /JavaScript y /Launch)", n3=PAGINA % enlace)
    assert leer(ruta).avisos == ()


def repetir(octetos: bytes, veces: int, capas: int) -> bytes:
    datos = octetos * veces
    for _ in range(capas):
        datos = zlib.compress(datos, 9)
    return datos


@pytest.mark.parametrize(
    ("contenido", "filtros"),
    [
        (repetir(b" ", MAYOR_FLUJO + 1, 2), b"/Filter [/FlateDecode /FlateDecode]"),
        (repetir(b"\x81 ", MAYOR_FLUJO // 128 + 1, 1), b"/Filter [/Fl /RL]"),
    ],
    ids=["dos veces comprimido", "repeticiones"],
)
def test_lo_que_se_infla_de_forma_anormal_se_rechaza(
    contenido: bytes, filtros: bytes, escribir: Escribir
):
    assert len(contenido) < 10_000
    with pytest.raises(ContenidoNoPermitido, match="infla"):
        leer(escribir(n4=flujo(contenido, filtros)))


def test_un_contenido_comprimido_que_se_altero_deja_el_acta_parcial(escribir: Escribir):
    sano = zlib.compress(DIBUJO)
    assert leer(escribir(n4=flujo(sano, b"/Filter /FlateDecode"))).avisos == ()
    alterado = sano[:-6] + bytes([sano[-6] ^ 0xFF]) + sano[-5:]
    for roto in (alterado, sano[:-8]):
        documento = leer(escribir(n4=flujo(roto, b"/Filter /FlateDecode")))
        assert "contenido_danado" in codigos(documento)
        assert documento.parcial


@pytest.mark.parametrize("comprimir", [0, 1])
def test_los_pdf_de_otros_programas_no_parecen_danados(comprimir: int, tmp_path: Path):
    ruta = tmp_path / "acta.pdf"
    hoja = Canvas(str(ruta), pageCompression=comprimir)
    hoja.drawString(72, 700, FRASE)
    hoja.save()
    assert leer(ruta).avisos == ()


def test_lo_cifrado_no_se_toma_por_danado(tmp_path: Path):
    ruta = tmp_path / "acta.pdf"
    hoja = Canvas(str(ruta), encrypt=StandardEncryption("", "duenio", strength=128))
    hoja.drawString(72, 700, FRASE)
    hoja.save()
    assert leer(ruta).avisos == ()


def test_un_arbol_que_repite_sus_ramas_tiene_mas_paginas_de_las_que_se_leen(escribir: Escribir):
    ramas = {
        f"n{n}": b"<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [%s] >>"
        % (b"%d 0 R " % (n + 1) * 10)
        for n in range(10, 18)
    }
    raiz = b"<< /Type /Pages /Count 1000000000 /Kids [%s] >>" % (b"10 0 R " * 10)
    with pytest.raises(ArchivoDemasiadoGrande, match="1000000000"):
        leer(escribir(n2=raiz, n18=PAGINA % b"", **ramas))


@pytest.mark.parametrize(
    ("raiz", "contadas"),
    [
        (b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>", "2147483647"),
        (b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>", "1"),
    ],
    ids=["cuenta que miente", "árbol que se contiene"],
)
def test_las_cuentas_que_no_coinciden_se_avisan(raiz: bytes, contadas: str, escribir: Escribir):
    documento = leer(escribir(n2=raiz))
    aviso = next(a for a in documento.avisos if a.codigo == "paginas_en_disputa")
    assert aviso.pierde
    assert contadas in aviso.mensaje
    assert documento.texto == FRASE


def test_una_pagina_repetida_en_el_lugar_de_otra_se_avisa(escribir: Escribir):
    raiz = b"<< /Type /Pages /Kids [%s] /Count 2 >>"
    sano = leer(escribir(n2=raiz % b"3 0 R 9 0 R", n9=PAGINA % b""))
    assert "paginas_en_disputa" not in codigos(sano)
    repetido = leer(escribir(n2=raiz % b"3 0 R 3 0 R", n9=PAGINA % b""))
    assert "paginas_en_disputa" in codigos(repetido)
    assert repetido.parcial


@pytest.mark.parametrize(("letras", "avisa"), [(8, False), (40, True)])
def test_las_letras_que_nadie_sabe_cuales_son_se_avisan_si_hacen_frases(
    letras: int, avisa: bool, escribir: Escribir
):
    mudas = b"BT /F1 12 Tf 72 650 Td (%s) Tj ET" % (b"\\001\\002\\003\\004" * (letras // 4))
    sobra = b" BT /F1 12 Tf 72 600 Td (%s) Tj ET" % (b"Se informa lo actuado. " * 30)
    propia = b"/Encoding << /Differences [1 /g1 /g2 /g3 /g4] >>"
    tipo = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica %s >>" % propia
    documento = leer_sin_ocr(escribir(n4=flujo(DIBUJO + b" " + mudas + sobra), n5=tipo))
    assert ("texto_dudoso" in codigos(documento)) is avisa


@pytest.mark.parametrize(
    ("clase", "pares", "lee"),
    [
        (b"bfchar", b"<53> <004E> <49> <004F>", "NO"),
        (b"bfrange", b"<49> <49> <004F> <53> <53> <004E>", "NO"),
    ],
)
def test_una_letra_que_se_ve_distinta_de_como_se_lee_se_avisa(
    clase: bytes, pares: bytes, lee: str, escribir: Escribir
):
    documento = leer_sin_ocr(
        escribir(
            n4=flujo(b"BT /F1 12 Tf 72 700 Td (SI) Tj ET"),
            n5=LETRA % b"/ToUnicode 6 0 R",
            n6=flujo(TABLA % (clase, pares, clase)),
        )
    )
    assert documento.texto == lee
    aviso = next(a for a in documento.avisos if a.codigo == "letras_en_disputa")
    assert "se ve «I» y dice «O», se ve «S» y dice «N»" in aviso.mensaje
    assert ("letras_por_comprobar", 1) in [(a.codigo, a.pagina) for a in documento.avisos]
    assert documento.parcial


@pytest.mark.parametrize(
    ("letra", "pares"),
    [
        (b"/ToUnicode 6 0 R", b"<53> <0053> <61> <0041>"),
        (b"/ToUnicode 6 0 R /Encoding << /Differences [83 /N] >>", b"<53> <004E> <49> <004F>"),
    ],
    ids=["tabla veraz y versalitas", "código propio"],
)
def test_una_tabla_que_no_se_contradice_no_se_avisa(letra: bytes, pares: bytes, escribir: Escribir):
    tabla = flujo(TABLA % (b"bfchar", pares, b"bfchar"))
    documento = leer(escribir(n5=LETRA % letra, n6=tabla))
    assert "letras_en_disputa" not in codigos(documento)


@pytest.mark.parametrize("sobra", [10, 40, 80, 150])
def test_el_archivo_sin_su_final_se_recupera_y_queda_parcial(sobra: int, escribir: Escribir):
    ruta = escribir()
    ruta.write_bytes(ruta.read_bytes()[:-sobra])
    documento = leer(ruta)
    assert documento.texto == FRASE
    assert "archivo_cortado" in codigos(documento)
    assert documento.parcial


@pytest.mark.parametrize(
    "basura", [b"(" * 200_000, b"[" * 200_000, b"/Kids [" * 50_000, b"<<" * 99]
)
def test_lo_que_parece_un_objeto_y_no_lo_es_no_detiene_la_lectura(
    basura: bytes, escribir: Escribir
):
    ruta = escribir(catalogo=basura)
    try:
        texto = leer(ruta).texto
    except ErrorDeIngesta:
        return
    assert texto in {FRASE, ""}
