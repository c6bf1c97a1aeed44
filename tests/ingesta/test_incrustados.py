"""Documentos puestos enteros dentro de un Word (`w:altChunk`): se leen o se dice por qué no."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingesta.contencion import limites
from ingesta.documento import Documento, TipoBloque
from ingesta.lectores import leer

Crear = Callable[..., Path]
Fallas = Callable[[Documento], list[str]]
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PUESTO = '<w:altChunk r:id="ajeno"/>'
CUADRO = (
    "<table><tr><th>Acuerdo</th><th>Responsable</th></tr>"
    "<tr><td>Entregar dos bombas</td><td rowspan=2>MINSA</td></tr>"
    "<tr><td><p>Remitir</p><p>el informe</p></td></tr></table>"
)


def p(texto: str) -> str:
    return f"<w:p><w:r><w:t>{texto}</w:t></w:r></w:p>"


@pytest.fixture
def leer_con(crear_docx: Crear, fallas: Fallas) -> Callable[..., Documento]:
    """Devuelve `leer_con(datos, nombre)`: el acta con eso dentro, entre «Antes» y «Después»."""

    def hacer(datos: bytes | str, nombre: str = "ajeno.bin", veces: int = 1) -> Documento:
        documento = leer(
            crear_docx(
                p("Antes") + PUESTO * veces + p("Después"),
                nombre="con-otro.docx",
                relaciones=f'<Relationship Id="ajeno" Type="{R}/aFChunk" Target="{nombre}"/>',
                sueltos={f"word/{nombre}": datos},
            )
        )
        assert fallas(documento) == []
        return documento

    return hacer


def avisos(documento: Documento) -> list[tuple[str, bool]]:
    return [(a.codigo, a.pierde) for a in documento.avisos]


LEIDO = [("parte_incrustada", False)]
SIN_LEER = [("parte_incrustada", True)]


def test_el_texto_va_en_su_lugar(leer_con: Callable[..., Documento]):
    for datos in ("Uno\r\nDos ñ".encode(), "Uno\nDos ñ".encode("utf-16"), b"Uno\nDos \xf1"):
        documento = leer_con(datos)
        assert documento.texto == "Antes\nUno\nDos ñ\nDespués"
        assert avisos(documento) == LEIDO
        assert not documento.parcial


def test_del_html_se_leen_parrafos_titulos_y_listas(leer_con: Callable[..., Documento]):
    documento = leer_con(
        "<!DOCTYPE html><html><head><title>no</title><style>no</style></head><body>"
        "<h2>Acuerdos</h2><p>El <b>MINSA</b>\nentregará<br>dos<o:p> bombas</o:p>.</p>"
        "<ol start=3 type=a><li>Primero<ul><li>Detalle</li></ul></li><li><p>Segundo</p></li></ol>"
        "suelto<script src='http://127.0.0.1:9/x.js'>no()</script><div>Aparte</div></body></html>",
        "ajeno.html",
    )
    assert documento.texto == (
        "Antes\nAcuerdos\nEl MINSA entregará\ndos bombas.\nPrimero\nDetalle\nSegundo\nsuelto\n"
        "Aparte\nDespués"
    )
    assert [(b.numero, b.nivel) for b in documento.bloques if b.tipo is TipoBloque.ITEM] == [
        ("c.", 0),
        ("•", 1),
        ("d.", 0),
    ]
    assert [b.nivel for b in documento.bloques if b.tipo is TipoBloque.TITULO] == [1]
    assert avisos(documento) == LEIDO


def test_del_html_se_leen_los_cuadros(leer_con: Callable[..., Documento]):
    documento = leer_con(f"<html><body>{CUADRO}</body></html>")
    celdas = {documento.fragmento(b.tramo): b.celda for b in documento.bloques if b.celda}
    assert {t: (c.fila, c.columna, c.filas, c.titulo) for t, c in celdas.items()} == {
        "Acuerdo": (0, 0, 1, None),
        "Responsable": (0, 1, 1, None),
        "Entregar dos bombas": (1, 0, 1, "Acuerdo"),
        "MINSA": (1, 1, 2, "Responsable"),
        "Remitir\nel informe": (2, 0, 1, "Acuerdo"),
    }


def test_lo_que_el_html_esconde_o_tacha_se_avisa(leer_con: Callable[..., Documento]):
    documento = leer_con(
        "<p>Se ve. <span style='display:none'>No se ve.</span> <s>Tachado.</s></p>"
        "<p hidden>Tampoco.</p><p style='color: #fff'>Blanco.</p><p style='font-size:12pt'>Sí.</p>"
    )
    assert documento.texto == "Antes\nSe ve. No se ve. Tachado.\nTampoco.\nBlanco.\nSí.\nDespués"
    marcados = {
        (a.codigo, documento.fragmento(a.tramo)) for a in documento.avisos if a.tramo is not None
    }
    assert marcados == {
        ("texto_oculto", "No se ve."),
        ("texto_tachado", "Tachado."),
        ("texto_oculto", "Tampoco."),
        ("texto_oculto", "Blanco."),
    }


def test_el_html_dice_su_codificacion(leer_con: Callable[..., Documento]):
    de_windows = '<meta charset="windows-1252"><p>Año «dos»</p>'.encode("cp1252")
    assert "Año «dos»" in leer_con(de_windows).texto
    de_correo = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=X\r\n\r\n--X\r\n"
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable"
        b"\r\n\r\n<p>A=C3=B1o</p>\r\n--X--\r\n"
    )
    assert "Año" in leer_con(de_correo).texto


def test_una_entidad_ajena_del_html_no_se_busca(leer_con: Callable[..., Documento]):
    documento = leer_con(
        "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><html><p>Hola &x;</p></html>"
    )
    assert Path("/etc/hostname").read_text(encoding="utf-8").strip() not in documento.texto
    assert "Hola" in documento.texto


def test_de_otro_word_se_lee_todo_y_se_avisa_lo_suyo(
    leer_con: Callable[..., Documento], crear_docx: Crear
):
    cambio = "<w:p><w:ins><w:r><w:t>NO</w:t></w:r></w:ins><w:r><w:t> entregará</w:t></w:r></w:p>"
    tabla = f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>"
    otro = crear_docx(
        cambio + tabla + PUESTO,
        comments=f"<w:comment>{p('¿seguro?')}</w:comment>",
        relaciones=f'<Relationship Id="ajeno" Type="{R}/aFChunk" Target="tercero.txt"/>'
        f'<Relationship Id="f" Type="{R}/image" Target="http://x.test" TargetMode="External"/>'
        f'<Relationship Id="e" Type="{R}/header" Target="falta.xml"/>',
        sueltos={"word/tercero.txt": "Tercero"},
    )
    documento = leer_con(otro.read_bytes(), "ajeno.docx")
    assert documento.texto == "Antes\nNO entregará\na\tb\nTercero\nDespués"
    assert {a.codigo for a in documento.avisos} == {
        "archivo_reparado",
        "cambios_controlados",
        "comentarios",
        "parte_incrustada",
        "referencia_externa",
        "texto_insertado",
    }


def test_un_word_dentro_de_otro_dentro_de_otro_no_se_lee(
    leer_con: Callable[..., Documento], crear_docx: Crear
):
    def envolver(datos: bytes) -> bytes:
        return crear_docx(
            p("Medio") + PUESTO,
            relaciones=f'<Relationship Id="ajeno" Type="{R}/aFChunk" Target="a.docx"/>',
            sueltos={"word/a.docx": datos},
        ).read_bytes()

    documento = leer_con(envolver(crear_docx(p("Hondo")).read_bytes()))
    assert documento.texto == "Antes\nMedio\nDespués"
    assert avisos(documento) == LEIDO + SIN_LEER


def test_la_imagen_grande_de_otro_word_se_da_por_no_leida(
    leer_con: Callable[..., Documento], crear_docx: Crear
):
    from PIL import Image

    hoja = io.BytesIO()
    Image.new("L", (1654, 2339), "white").save(hoja, "PNG")
    otro = crear_docx(
        p("Acuerdo. " * 40) + '<w:p><w:r><w:pict><v:shape style="width:450pt;height:640pt">'
        '<v:imagedata r:id="i"/></v:shape></w:pict></w:r></w:p>',
        relaciones=f'<Relationship Id="i" Type="{R}/image" Target="media/i.png"/>',
        sueltos={"word/media/i.png": hoja.getvalue()},
    )
    documento = leer_con(otro.read_bytes())
    assert documento.paginas == ()
    assert ("parte_incrustada", True) in avisos(documento)


def _bomba() -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("word/document.xml", b"<a>" + b" " * (20 << 20) + b"</a>")
    return salida.getvalue()


@pytest.mark.parametrize(
    ("datos", "dice"),
    [
        (b"{\\rtf1 hola}", "es RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Word 97-2003"),
        (b"", "vacío"),
        (b"\x00\x01\x02", "no es un texto"),
        (b"<?xml version='1.0'?><pkg:package/>", "XML de Word"),
        (b"MIME-Version: 1.0\n\nhola", "no trae ninguna página"),
        (b"PK\x03\x04 roto", "dañado"),
        (_bomba(), "dañado"),
        (b"<div>" * 300 + b"perdido", "no se admite"),
    ],
    ids=["rtf", "doc", "vacio", "binario", "flat", "mht", "zip", "bomba", "hondo"],
)
def test_lo_que_no_se_lee_dice_por_que(datos: bytes, dice: str, leer_con: Callable[..., Documento]):
    documento = leer_con(datos)
    assert documento.texto == "Antes\nDespués"
    assert avisos(documento) == SIN_LEER
    assert dice in documento.avisos[0].mensaje
    assert "guárdelo de nuevo" in documento.avisos[0].consejo


def test_hay_un_limite_de_tamano_y_de_numero(
    leer_con: Callable[..., Documento], monkeypatch: pytest.MonkeyPatch
):
    grande = leer_con(b"a" * (limites.valor("incrustado") + 1))
    assert "pasa de 5 MB" in grande.avisos[0].mensaje
    monkeypatch.setitem(limites.LIMITES, "incrustados", limites.Limite(2, "prueba"))
    muchos = leer_con(b"Uno", veces=4)
    assert muchos.texto == "Antes\nUno\nUno\nDespués"
    assert avisos(muchos) == LEIDO + SIN_LEER
    assert "(2 veces)" in muchos.avisos[1].mensaje


def test_el_que_no_esta_o_esta_fuera_se_dice(crear_docx: Crear):
    fuera = (
        f'<Relationship Id="ajeno" Type="{R}/aFChunk" Target="http://ejemplo.test/a.html" '
        'TargetMode="External"/>'
    )
    for relaciones in ("", fuera):
        documento = leer(crear_docx(p("Acta") + PUESTO, relaciones=relaciones))
        assert "no está en el archivo" in documento.avisos[0].mensaje
        assert documento.parcial
