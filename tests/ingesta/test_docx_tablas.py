from collections.abc import Callable

import pytest

from ingesta.documento import Celda, Documento, TipoBloque
from ingesta.errores import ContenidoNoPermitido

Leer = Callable[..., Documento]
UNION = '<w:vMerge w:val="restart"/>'
SIGUE = "<w:vMerge/>"


def p(texto: str, formato: str = "") -> str:
    return f"<w:p><w:r><w:rPr>{formato}</w:rPr><w:t>{texto}</w:t></w:r></w:p>"


def tc(texto: str = "", propiedades: str = "", formato: str = "") -> str:
    dentro = texto if texto.startswith("<") else p(texto, formato)
    return f"<w:tc><w:tcPr>{propiedades}</w:tcPr>{dentro}</w:tc>"


def tr(*celdas: str, propiedades: str = "") -> str:
    contenido = "".join(c if c.startswith("<") else tc(c) for c in celdas)
    return f"<w:tr><w:trPr>{propiedades}</w:trPr>{contenido}</w:tr>"


def tbl(*filas: str, propiedades: str = "") -> str:
    return f"<w:tbl><w:tblPr>{propiedades}</w:tblPr>{''.join(filas)}</w:tbl>"


def celdas(documento: Documento) -> dict[str, Celda]:
    return {documento.fragmento(b.tramo): b.celda for b in documento.bloques if b.celda}


def lugar(celda: Celda) -> tuple[int, int, int, int]:
    return celda.fila, celda.columna, celda.filas, celda.columnas


def titulos(documento: Documento) -> dict[str, str | None]:
    return {t: c.titulo for t, c in celdas(documento).items() if not c.es_encabezado}


def test_cada_celda_es_un_bloque_con_su_lugar(leer_docx: Leer):
    tabla = tbl(tr("a", "b"), tr("c", ""), tr("", "d"))
    documento = leer_docx(p("antes") + tabla + p("después"))
    assert documento.texto == "antes\na\tb\nc\nd\ndespués"
    assert {t: lugar(c) for t, c in celdas(documento).items()} == {
        "a": (0, 0, 1, 1),
        "b": (0, 1, 1, 1),
        "c": (1, 0, 1, 1),
        "d": (2, 1, 1, 1),
    }


def test_las_celdas_unidas_son_un_solo_bloque_que_abarca_varias_filas_y_columnas(leer_docx: Leer):
    documento = leer_docx(
        tbl(
            tr("Carretera", tc("MTC", UNION), tc("2026", '<w:gridSpan w:val="2"/>')),
            tr("Puente", tc("", SIGUE), "enero", "marzo"),
            tr("Posta", tc("", SIGUE), "julio", "agosto"),
            tr("Canal", tc("ANA", UNION), "abril", "mayo"),
        )
    )
    assert {t: lugar(c) for t, c in celdas(documento).items() if t in {"MTC", "ANA", "2026"}} == {
        "MTC": (0, 1, 3, 1),
        "2026": (0, 2, 1, 2),
        "ANA": (3, 1, 1, 1),
    }
    assert lugar(celdas(documento)["agosto"]) == (2, 3, 1, 1)


def test_una_fila_puede_empezar_y_terminar_dentro_de_la_rejilla(leer_docx: Leer):
    corta = tr("x", propiedades='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>')
    documento = leer_docx(tbl(tr("a", "b", "c", "d"), corta))
    assert lugar(celdas(documento)["x"]) == (1, 2, 1, 1)


def test_una_combinacion_imposible_se_acota(leer_docx: Leer):
    documento = leer_docx(
        tbl(tr(tc("a", '<w:gridSpan w:val="1000000000"/>'), tc("b", '<w:gridSpan w:val="-3"/>')))
    )
    assert {t: lugar(c)[1::2] for t, c in celdas(documento).items()} == {
        "a": (0, 200),
        "b": (200, 1),
    }


def test_una_celda_que_continua_sin_haber_empezado_es_una_celda(leer_docx: Leer):
    documento = leer_docx(tbl(tr(tc("a", SIGUE), "b")))
    assert lugar(celdas(documento)["a"]) == (0, 0, 1, 1)


def test_lo_escrito_bajo_una_combinacion_se_conserva_y_se_avisa(leer_docx: Leer):
    documento = leer_docx(tbl(tr(tc("MTC", UNION), "a"), tr(tc("tapado", SIGUE), "b")))
    assert documento.texto == "MTC\ntapado\ta\nb"
    [aviso] = documento.avisos
    assert aviso.codigo == "texto_oculto"
    assert aviso.tramo is not None
    assert documento.fragmento(aviso.tramo) == "tapado"


def test_la_fila_que_word_repite_da_los_titulos(leer_docx: Leer):
    documento = leer_docx(
        tbl(
            tr("Asunto", "Quién", propiedades="<w:tblHeader/>"),
            tr("Carretera", "MTC"),
            tr(tc("Todo el valle", '<w:gridSpan w:val="2"/>')),
        )
    )
    assert titulos(documento) == {
        "Carretera": "Asunto",
        "MTC": "Quién",
        "Todo el valle": None,
    }
    assert celdas(documento)["Asunto"].es_encabezado


def test_los_titulos_de_dos_filas_se_combinan(leer_docx: Leer):
    documento = leer_docx(
        tbl(
            tr(
                tc("Acuerdo", UNION),
                tc("Plazo", '<w:gridSpan w:val="2"/>'),
                propiedades="<w:tblHeader/>",
            ),
            tr(tc("", SIGUE), "Inicio", "Fin", propiedades="<w:tblHeader/>"),
            tr("Puente", "enero", "marzo"),
        )
    )
    assert titulos(documento) == {
        "Puente": "Acuerdo",
        "enero": "Plazo / Inicio",
        "marzo": "Plazo / Fin",
    }


NEGRITA = "<w:b/>"


@pytest.mark.parametrize(
    "primera",
    [
        tr(tc("Asunto", formato=NEGRITA), tc("Quién", formato=NEGRITA)),
        tr("N.º", "Compromiso asumido"),
    ],
)
def test_la_primera_fila_corta_en_negrita_o_con_palabras_de_titulo_es_encabezado(
    primera: str, leer_docx: Leer
):
    documento = leer_docx(tbl(primera, tr("uno", "dos")))
    assert [c.es_encabezado for c in celdas(documento).values()] == [True, True, False, False]


@pytest.mark.parametrize(
    "tabla",
    [
        tbl(tr("Carretera", "MTC"), tr("Puente", "MTC")),
        tbl(tr(tc("Lugar:", formato=NEGRITA), tc("Plaza", formato=NEGRITA)), tr("a", "b")),
        tbl(tr(tc("Fecha", formato=NEGRITA), tc("12/05/2026", formato=NEGRITA)), tr("a", "b")),
        tbl(tr("Responsable", "Plazo")),
        tbl(tr("Acuerdo " * 20, "Plazo"), tr("a", "b")),
    ],
)
def test_una_fila_de_datos_no_es_encabezado(tabla: str, leer_docx: Leer):
    documento = leer_docx(tabla)
    assert not any(c.es_encabezado or c.titulo for c in celdas(documento).values())


def test_el_nombre_de_la_tabla_no_es_titulo_de_columna(leer_docx: Leer):
    documento = leer_docx(
        tbl(
            tr(tc("MATRIZ DE ACUERDOS", '<w:gridSpan w:val="2"/>')),
            tr("Compromiso", "Responsable"),
            tr("Puente", "MTC"),
        )
    )
    assert titulos(documento) == {
        "MATRIZ DE ACUERDOS": None,
        "Puente": "Compromiso",
        "MTC": "Responsable",
    }


def test_el_estilo_de_tabla_puede_destacar_la_primera_fila(leer_docx: Leer):
    estilo = (
        '<w:style w:type="table" w:styleId="Lista"><w:tblStylePr w:type="firstRow">'
        '<w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>'
    )
    blanco = '<w:color w:val="FFFFFF"/>'
    documento = leer_docx(
        tbl(
            tr(tc("Asunto", formato=blanco), tc("Quién", formato=blanco)),
            tr("Puente", "MTC"),
            propiedades='<w:tblStyle w:val="Lista"/>',
        ),
        styles=estilo,
    )
    assert titulos(documento) == {"Puente": "Asunto", "MTC": "Quién"}
    assert documento.avisos == ()


def test_los_parrafos_de_una_celda_van_en_un_bloque(leer_docx: Leer):
    documento = leer_docx(tbl(tr(tc(p("uno") + p("") + p("dos")), "b")))
    assert documento.texto == "uno\ndos\tb"
    assert len(documento.bloques[0].renglones) == 2


def test_la_tabla_anidada_va_despues_de_su_celda_con_su_numero(leer_docx: Leer):
    dentro = tbl(tr("x", "y"))
    documento = leer_docx(tbl(tr(tc(p("a") + dentro + p("a2")), "b")) + tbl(tr("c", "d")))
    assert documento.texto == "a\na2\nx\ty\nb\nc\td"
    tablas = {t: c.tabla for t, c in celdas(documento).items()}
    assert tablas == {"a\na2": 0, "x": 1, "y": 1, "b": 0, "c": 2, "d": 2}


def test_un_recuadro_de_una_sola_columna_se_lee_como_parrafos(leer_docx: Leer):
    documento = leer_docx(tbl(tr(tc(p("ACUERDOS") + p("El MTC construirá."))), tr("Fin")))
    assert documento.texto == "ACUERDOS\nEl MTC construirá.\nFin"
    assert {b.tipo for b in documento.bloques} == {TipoBloque.PARRAFO}


def test_los_controles_de_contenido_de_filas_y_celdas_se_atraviesan(leer_docx: Leer):
    def sdt(dentro: str) -> str:
        return f"<w:sdt><w:sdtContent>{dentro}</w:sdtContent></w:sdt>"

    documento = leer_docx(tbl(sdt(tr("a", "b")), tr(sdt(tc("c")), "d")))
    assert documento.texto == "a\tb\nc\td"


def test_una_fila_eliminada_no_se_lee_y_se_cuenta(leer_docx: Leer):
    documento = leer_docx(tbl(tr("a", "b"), tr("no", "va", propiedades="<w:del/>"), tr("c", "d")))
    assert documento.texto == "a\tb\nc\td"
    [aviso] = documento.avisos
    assert "1 eliminación" in aviso.mensaje
    assert "«no va»" in aviso.mensaje
    assert celdas(documento)["c"].fila == 1


def test_las_filas_y_celdas_con_cambios_se_avisan(leer_docx: Leer):
    documento = leer_docx(
        tbl(
            tr("a", "b", propiedades="<w:ins/>"),
            tr(tc("c", "<w:cellIns/>"), tc("quitada", "<w:cellDel/>")),
            tr("d", "e"),
        )
    )
    assert documento.texto == "a\tb\nc\nd\te"
    marcados = {(a.codigo, documento.fragmento(a.tramo)) for a in documento.avisos if a.tramo}
    assert marcados == {("texto_insertado", letra) for letra in "abc"}
    [general] = [a for a in documento.avisos if a.codigo == "cambios_controlados"]
    assert "3 inserciones y 1 eliminación" in general.mensaje


@pytest.mark.parametrize("oculta", ["<w:hidden/>", '<w:trHeight w:val="1" w:hRule="exact"/>'])
@pytest.mark.parametrize("celdas_por_fila", [1, 2])
def test_una_fila_que_no_se_ve_se_avisa(oculta: str, celdas_por_fila: int, leer_docx: Leer):
    ultima = tr(*["x"] * celdas_por_fila, propiedades=oculta)
    documento = leer_docx(tbl(tr(*["a"] * celdas_por_fila), ultima))
    ocultos = [documento.fragmento(a.tramo) for a in documento.avisos if a.tramo]
    assert ocultos == ["x"] * celdas_por_fila
    assert {a.codigo for a in documento.avisos} == {"texto_oculto"}
    baja = ultima.replace("exact", "atLeast").replace("<w:hidden/>", "")
    assert leer_docx(tbl(tr(*["a"] * celdas_por_fila), baja)).avisos == ()


def test_las_tablas_demasiado_anidadas_son_un_error_claro(leer_docx: Leer):
    with pytest.raises(ContenidoNoPermitido, match="anida elementos"):
        leer_docx("<w:tbl><w:tr><w:tc>" * 100 + p("x") + "</w:tc></w:tr></w:tbl>" * 100)
