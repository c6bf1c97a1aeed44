import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from ingesta.documento import Aviso, Documento, TipoBloque
from ingesta.lectores import leer

Leer = Callable[..., Documento]
EJEMPLOS = sorted((Path(__file__).parents[2] / "ejemplos").glob("*.docx"))


def r(texto: str, formato: str = "") -> str:
    return f'<w:r><w:rPr>{formato}</w:rPr><w:t xml:space="preserve">{texto}</w:t></w:r>'


def p(contenido: str, propiedades: str = "") -> str:
    return f"<w:p><w:pPr>{propiedades}</w:pPr>{contenido}</w:p>"


def cuadro(contenido: str) -> str:
    return f"<w:txbxContent>{contenido}</w:txbxContent>"


def avisos(documento: Documento, codigo: str) -> list[Aviso]:
    return [a for a in documento.avisos if a.codigo == codigo]


def marcado(documento: Documento, codigo: str) -> list[str]:
    return [documento.fragmento(a.tramo) for a in avisos(documento, codigo) if a.tramo]


def test_los_parrafos_se_leen_en_orden_y_limpios(leer_docx: Leer):
    documento = leer_docx(
        p(r("  ACTA\u00a0 DE ") + r("REUNIO") + r("\u0301N ")) + p("") + p(r("Dos"))
    )
    assert documento.texto == "ACTA DE REUNIÓN\nDos"
    assert [b.tipo for b in documento.bloques] == ["parrafo", "parrafo"]
    assert documento.origen is not None
    assert (documento.origen.formato, documento.origen.lector) == ("docx", "docx/1")
    assert documento.avisos == ()


def test_la_variante_estricta_se_lee_igual(leer_docx: Leer):
    cuerpo = p(r("Oculto", "<w:vanish/>"), '<w:outlineLvl w:val="0"/>')
    documento = leer_docx(cuerpo, estricto=True)
    assert documento.texto == "Oculto"
    assert documento.bloques[0].tipo is TipoBloque.TITULO
    assert marcado(documento, "texto_oculto") == ["Oculto"]


def test_los_saltos_y_guiones_especiales(leer_docx: Leer):
    cuerpo = p(
        "<w:r><w:t>uno</w:t><w:tab/><w:t>dos</w:t><w:br/><w:t>tres</w:t>"
        '<w:br w:type="page"/><w:t>cuatro</w:t><w:noBreakHyphen/><w:t>cin</w:t><w:softHyphen/>'
        '<w:t>co</w:t><w:sym w:font="Wingdings" w:char="F0FC"/><w:cr/><w:t>seis</w:t></w:r>'
    )
    documento = leer_docx(cuerpo)
    assert documento.texto == "uno dos\ntres cuatro-cinco✓\nseis"
    renglones = [documento.fragmento(x.tramo) for x in documento.bloques[0].renglones]
    assert renglones == ["uno dos", "tres cuatro-cinco✓", "seis"]


def test_los_titulos_se_reconocen_por_su_estilo_o_su_nivel(leer_docx: Leer):
    estilos = (
        '<w:style w:type="paragraph" w:styleId="Ttulo2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Tema"><w:name w:val="Tema"/>'
        '<w:basedOn w:val="Ttulo2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Ciclo"><w:basedOn w:val="Ciclo"/></w:style>'
    )
    documento = leer_docx(
        p(r("Acta"), '<w:pStyle w:val="T"/>')
        + p(r("Agenda"), '<w:pStyle w:val="Tema"/>')
        + p(r("Acuerdos"), '<w:outlineLvl w:val="0"/>')
        + p(r("Cuerpo"), '<w:pStyle w:val="Tema"/><w:outlineLvl w:val="9"/>')
        + p(r("Nada"), '<w:pStyle w:val="Ciclo"/>'),
        styles=estilos,
    )
    assert [(b.tipo, b.nivel) for b in documento.bloques] == [
        ("titulo", 0),
        ("titulo", 1),
        ("titulo", 0),
        ("parrafo", None),
        ("parrafo", None),
    ]


def test_las_inserciones_se_leen_las_eliminaciones_no_y_ambas_se_avisan(leer_docx: Leer):
    documento = leer_docx(
        p(
            r("El sector ")
            + f"<w:ins>{r('N')}</w:ins><w:ins>{r('O ')}</w:ins>"
            + "<w:del><w:r><w:delText>SI </w:delText></w:r></w:del>"
            + r("se compromete.")
        )
        + p(f"<w:moveFrom>{r('Plazo viejo')}</w:moveFrom>" + r("Plazo: "))
        + p(f"<w:ins><w:del>{r('nunca')}</w:del></w:ins><w:moveTo>{r('junio')}</w:moveTo>")
    )
    assert documento.texto == "El sector NO se compromete.\nPlazo:\njunio"
    assert marcado(documento, "texto_insertado") == ["NO", "junio"]
    assert marcado(documento, "texto_eliminado") == [
        "El sector NO se compromete.",
        "Plazo:",
        "junio",
    ]
    assert "«SI»" in avisos(documento, "texto_eliminado")[0].mensaje
    [general] = avisos(documento, "cambios_controlados")
    assert "2 inserciones y 3 eliminaciones" in general.mensaje
    assert "«NO»" in general.mensaje


def test_muchos_cambios_se_cuentan_pero_no_se_detallan_todos(leer_docx: Leer):
    documento = leer_docx("".join(p(f"<w:ins>{r('nuevo')}</w:ins>" + r("x")) for _ in range(50)))
    assert len(avisos(documento, "texto_insertado")) == 20
    assert "50 inserciones" in avisos(documento, "cambios_controlados")[0].mensaje


def test_un_parrafo_cuya_marca_se_elimino_se_une_con_el_siguiente(leer_docx: Leer):
    sin_marca = "<w:rPr><w:del/></w:rPr>"
    documento = leer_docx(p(r("se compromete "), sin_marca) + p(r("a construir")) + p(r("fin")))
    assert documento.texto == "se compromete a construir\nfin"
    al_final = leer_docx(p(r("uno")) + p(r("dos"), sin_marca))
    assert al_final.texto == "uno\ndos"


def test_lo_que_no_se_ve_queda_en_el_texto_y_se_avisa(leer_docx: Leer):
    estilos = (
        '<w:style w:type="character" w:styleId="Oculto"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Blanco">'
        '<w:rPr><w:color w:val="FEFEFE"/></w:rPr></w:style>'
    )
    documento = leer_docx(
        p(r("visible ") + r("oculto", "<w:vanish/>") + r(" y ") + r("chico", '<w:sz w:val="4"/>'))
        + p(r("estilo", '<w:rStyle w:val="Oculto"/>'))
        + p(r("blanco"), '<w:pStyle w:val="Blanco"/>')
        + p(r("no", '<w:vanish w:val="0"/>') + r(" negro", '<w:color w:val="000000"/>'))
        + p(r("  ", "<w:vanish/>") + r("tachado", "<w:strike/>")),
        styles=estilos,
    )
    assert documento.texto == "visible oculto y chico\nestilo\nblanco\nno negro\ntachado"
    assert marcado(documento, "texto_oculto") == ["oculto", "chico", "estilo", "blanco"]
    assert marcado(documento, "texto_tachado") == ["tachado"]


@pytest.mark.parametrize(
    "cuerpo",
    [
        p(r("blanco", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>')),
        p(r("blanco", '<w:color w:val="FFFFFF"/>'), '<w:shd w:val="clear" w:fill="1F3864"/>'),
        "<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill='1F3864'/></w:tcPr>"
        + p(r("blanco", '<w:color w:val="FFFFFF"/>'))
        + "</w:tc><w:tc>"
        + p(r("b"))
        + "</w:tc></w:tr></w:tbl>",
        p(
            "<w:r><w:pict>"
            + cuadro(p(r("blanco", '<w:color w:val="FFFFFF"/>')))
            + "</w:pict></w:r>"
        ),
    ],
)
def test_el_blanco_sobre_un_fondo_si_se_ve(cuerpo: str, leer_docx: Leer):
    documento = leer_docx(cuerpo)
    assert "blanco" in documento.texto
    assert avisos(documento, "texto_oculto") == []


def test_los_cuadros_de_texto_se_leen_una_vez_despues_de_su_parrafo(leer_docx: Leer):
    nuevo = f"<w:drawing><wps:txbx>{cuadro(p(r('En cuadro')))}</wps:txbx></w:drawing>"
    viejo = f"<w:pict><v:textbox>{cuadro(p(r('En cuadro')))}</v:textbox></w:pict>"
    alternativas = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{nuevo}</mc:Choice>'
        f"<mc:Fallback>{viejo}</mc:Fallback></mc:AlternateContent>"
    )
    documento = leer_docx(
        p(f"<w:r>{alternativas}</w:r>" + r("Párrafo")) + p(f"<w:r>{viejo}</w:r>") + p(r("Otro"))
    )
    assert documento.texto == "Párrafo\nEn cuadro\nEn cuadro\nOtro"


def test_si_la_version_nueva_no_trae_texto_se_lee_la_antigua(leer_docx: Leer):
    viejo = f"<w:pict><v:textbox>{cuadro(p(r('Solo aquí')))}</v:textbox></w:pict>"
    documento = leer_docx(
        p(
            "<w:r><mc:AlternateContent><mc:Choice Requires='w14'><w:drawing/></mc:Choice>"
            f"<mc:Fallback>{viejo}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert documento.texto == "Solo aquí"


def test_los_controles_de_contenido_y_envolturas_se_atraviesan(leer_docx: Leer):
    def sdt(dentro: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{dentro}</w:sdtContent></w:sdt>"

    documento = leer_docx(
        sdt(p(r("bloque")))
        + p(r("en ") + sdt(r("línea")))
        + p(f"<w:hyperlink>{r('vínculo')}</w:hyperlink><w:smartTag>{r(' listo')}</w:smartTag>")
        + p(f"<w:fldSimple>{r('12/05/2026')}</w:fldSimple>")
        + p("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>")
    )
    assert documento.texto == "bloque\nen línea\nvínculo listo\n12/05/2026\nx+1"


def test_del_campo_se_lee_el_resultado_y_no_el_codigo(leer_docx: Leer):
    def marca(tipo: str, datos: str = "") -> str:
        return f'<w:r><w:fldChar w:fldCharType="{tipo}">{datos}</w:fldChar></w:r>'

    codigo = "<w:r><w:instrText> DATE </w:instrText></w:r>"
    anidado = marca("begin") + codigo + marca("separate") + r("oculta") + marca("end")
    casilla = '<w:ffData><w:checkBox><w:checked w:val="1"/></w:checkBox></w:ffData>'
    lista = (
        '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="No"/>'
        '<w:listEntry w:val="Sí"/></w:ddList></w:ffData>'
    )
    documento = leer_docx(
        p(
            marca("begin")
            + codigo
            + anidado
            + marca("separate")
            + r("Fecha")
            + marca("end")
            + r(".")
        )
        + p(marca("begin", casilla) + marca("end") + marca("begin", lista) + marca("end"))
        + p(marca("begin") + r("código sin cerrar"))
        + p(r("sigue"))
    )
    assert documento.texto == "Fecha.\n☒Sí\nsigue"


def test_las_notas_van_despues_de_su_parrafo_sin_pegarse_a_la_palabra(leer_docx: Leer):
    nota = p("<w:r><w:footnoteRef/></w:r>" + r(" Según oficio."))
    documento = leer_docx(
        p(r("Compromiso") + '<w:r><w:footnoteReference w:id="7"/></w:r>' + r(" firme."))
        + p(r("Fin") + '<w:r><w:endnoteReference w:id="7"/></w:r>')
        + p(f"<w:del><w:r><w:footnoteReference w:id='8'/></w:r></w:del>{r('x')}"),
        footnotes='<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="7">{nota}</w:footnote>'
        f'<w:footnote w:id="8">{p(r("quitada"))}</w:footnote>',
        endnotes=f'<w:endnote w:id="7">{p(r("Al final."))}</w:endnote>',
    )
    assert documento.texto == "Compromiso firme.\nSegún oficio.\nFin\nAl final.\nx"
    notas = [b for b in documento.bloques if b.tipo is TipoBloque.NOTA]
    assert [n.numero for n in notas] == ["1", "1"]


def test_los_encabezados_y_pies_van_una_vez_al_final(leer_docx: Leer):
    documento = leer_docx(
        p(r("Cuerpo")) + '<w:sectPr><w:headerReference w:type="first" r:id="header1"/>'
        '<w:headerReference w:type="default" r:id="header2"/>'
        '<w:footerReference w:type="default" r:id="footer1"/></w:sectPr>',
        header1=p(r("Mesa de diálogo")),
        header2=p(r("Mesa de diálogo")) + p("<w:r><w:pict><v:imagedata/></w:pict></w:r>"),
        footer1=p(r("Página 1")),
    )
    assert documento.texto == "Cuerpo\nMesa de diálogo\nPágina 1"
    assert [b.tipo for b in documento.bloques] == ["parrafo", "encabezado", "pie"]
    assert len(documento.cuerpo) == 1
    assert documento.avisos == ()


def test_los_comentarios_se_cuentan_y_no_entran_al_texto(leer_docx: Leer):
    documento = leer_docx(
        p(r("Texto") + '<w:r><w:commentReference w:id="0"/></w:r>'),
        comments=f'<w:comment w:id="0">{p(r("¿seguro?"))}</w:comment>',
    )
    assert documento.texto == "Texto"
    assert "(1)" in avisos(documento, "comentarios")[0].mensaje


IMAGEN = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"


@pytest.mark.parametrize(("texto", "pierde"), [("Acta", True), ("Acuerdo. " * 40, False)])
def test_una_imagen_solo_hace_parcial_al_documento_si_casi_no_hay_texto(
    texto: str, pierde: bool, leer_docx: Leer
):
    documento = leer_docx(p(r(texto) + IMAGEN))
    assert [a.pierde for a in avisos(documento, "imagen_sin_leer")] == [pierde]
    assert documento.parcial is pierde


def test_las_partes_incrustadas_hacen_parcial_al_documento(leer_docx: Leer):
    documento = leer_docx(p(r("Acta")) + '<w:altChunk r:id="x"/>')
    assert documento.parcial
    assert len(avisos(documento, "parte_incrustada")) == 1
    objeto = leer_docx(p(r("Acta") + "<w:r><w:object><o:OLEObject/></w:object></w:r>"))
    assert len(avisos(objeto, "parte_incrustada")) == 1


def test_las_referencias_externas_se_avisan_y_los_hipervinculos_no(leer_docx: Leer):
    vinculo = (
        '<Relationship Id="e" Type="x/{}" Target="http://ejemplo.test/" TargetMode="External"/>'
    )
    imagen = leer_docx(p(r("Acta")), relaciones=vinculo.format("image"))
    assert len(avisos(imagen, "referencia_externa")) == 1
    assert leer_docx(p(r("Acta")), relaciones=vinculo.format("hyperlink")).avisos == ()


def test_un_documento_sin_texto_queda_parcial(leer_docx: Leer):
    documento = leer_docx(p(""))
    assert (documento.texto, documento.bloques) == ("", ())
    assert [a.codigo for a in documento.avisos] == ["sin_texto"]
    assert documento.parcial


def test_una_nota_que_se_llama_a_si_misma_se_lee_una_vez(leer_docx: Leer):
    llamada = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    documento = leer_docx(
        p(r("Uno") + llamada),
        footnotes=f'<w:footnote w:id="2">{p(r("Nota") + llamada)}</w:footnote>',
    )
    assert documento.texto == "Uno\nNota"


@pytest.mark.parametrize("ruta", EJEMPLOS, ids=lambda ruta: ruta.stem)
def test_las_actas_de_ejemplo_cumplen_las_reglas_del_documento(ruta: Path):
    documento = leer(ruta)
    assert documento.bloques
    assert unicodedata.is_normalized("NFC", documento.texto)
    for antes, bloque in pairwise(documento.bloques):
        misma_fila = (
            antes.celda is not None
            and bloque.celda is not None
            and (antes.celda.tabla, antes.celda.fila) == (bloque.celda.tabla, bloque.celda.fila)
        )
        separador = documento.texto[antes.tramo.fin : bloque.tramo.inicio]
        assert separador == ("\t" if misma_fila else "\n")
    for bloque in documento.bloques:
        texto = documento.fragmento(bloque.tramo)
        assert texto
        assert texto == texto.strip()
        assert "  " not in texto
        assert all(bloque.tramo.contiene(x.tramo) for x in bloque.renglones)
