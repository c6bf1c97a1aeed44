import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from ingesta.documento import Documento, TipoBloque
from ingesta.lectores import VERSION, leer

Leer = Callable[..., Documento]
EJEMPLOS = sorted((Path(__file__).parents[2] / "ejemplos").glob("*.docx"))


def r(texto: str, formato: str = "") -> str:
    return f'<w:r><w:rPr>{formato}</w:rPr><w:t xml:space="preserve">{texto}</w:t></w:r>'


def p(contenido: str, propiedades: str = "") -> str:
    return f"<w:p><w:pPr>{propiedades}</w:pPr>{contenido}</w:p>"


def cuadro(contenido: str) -> str:
    return f"<w:txbxContent>{contenido}</w:txbxContent>"


def test_los_parrafos_se_leen_en_orden_y_limpios(leer_docx: Leer):
    documento = leer_docx(
        p(r("  ACTA\u00a0 DE ") + r("REUNIO") + r("\u0301N ")) + p("") + p(r("Dos"))
    )
    assert documento.texto == "ACTA DE REUNIÓN\nDos"
    assert [b.tipo for b in documento.bloques] == ["parrafo", "parrafo"]
    assert documento.origen is not None
    assert (documento.origen.formato, documento.origen.lector) == ("docx", f"docx/{VERSION}")
    assert documento.avisos == ()


def test_la_variante_estricta_se_lee_igual(leer_docx: Leer):
    cuerpo = p(r("Oculto", "<w:vanish/>"), '<w:outlineLvl w:val="0"/>')
    documento = leer_docx(cuerpo, estricto=True)
    assert documento.texto == "Oculto"
    assert documento.bloques[0].tipo is TipoBloque.TITULO
    assert [a.codigo for a in documento.avisos] == ["texto_oculto"]


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


def test_un_parrafo_cuya_marca_se_elimino_se_une_con_el_siguiente(leer_docx: Leer):
    sin_marca = "<w:rPr><w:del/></w:rPr>"
    documento = leer_docx(p(r("se compromete "), sin_marca) + p(r("a construir")) + p(r("fin")))
    assert documento.texto == "se compromete a construir\nfin"
    al_final = leer_docx(p(r("uno")) + p(r("dos"), sin_marca))
    assert al_final.texto == "uno\ndos"


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


def test_un_campo_puede_llevar_otro_y_ocupar_varios_parrafos(leer_docx: Leer):
    def marca(tipo: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{tipo}"/></w:r>'

    def codigo(texto: str) -> str:
        return f"<w:r><w:instrText> {texto} </w:instrText></w:r>"

    de_adentro = marca("begin") + codigo("REF x") + marca("separate") + r("dentro") + marca("end")
    documento = leer_docx(
        p(marca("begin") + codigo("IF") + de_adentro + codigo("= 1") + marca("separate"))
        + p(r("uno") + marca("end") + r(" dos"))
        + p(
            f"<w:del>{marca('begin')}<w:r><w:delInstrText> REF y </w:delInstrText></w:r>"
            f"{marca('separate')}<w:r><w:delText>viejo</w:delText></w:r>{marca('end')}</w:del>"
            + r("queda")
        )
    )
    assert documento.texto == "uno dos\nqueda"
    assert "«viejo»" in documento.avisos[-1].mensaje


def test_los_cuadros_de_un_grupo_se_leen_todos(leer_docx: Leer):
    formas = "".join(
        f"<wps:wsp><wps:txbx>{cuadro(p(r(t)))}</wps:txbx></wps:wsp>" for t in ("Uno", "Dos")
    )
    documento = leer_docx(p(f"<w:r><w:drawing>{formas}</w:drawing></w:r>" + r("Al lado")))
    assert documento.texto == "Al lado\nUno\nDos"


def test_un_trozo_fuera_de_todo_parrafo_se_lee(leer_docx: Leer):
    assert leer_docx(r("Suelto") + p(r("Acta"))).texto == "Suelto\nActa"


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
