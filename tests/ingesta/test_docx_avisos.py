from collections.abc import Callable

import pytest

from ingesta.documento import Aviso, Documento

Leer = Callable[..., Documento]


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


def test_lo_movido_se_lee_donde_quedo_y_se_avisa(leer_docx: Leer):
    documento = leer_docx(
        '<w:moveFromRangeStart w:id="1" w:name="m"/>'
        + p(f"<w:moveFrom>{r('Plazo: mayo.')}</w:moveFrom>", "<w:rPr><w:moveFrom/></w:rPr>")
        + '<w:moveFromRangeEnd w:id="1"/>'
        + p(r("En medio."))
        + '<w:moveToRangeStart w:id="2" w:name="m"/>'
        + p(f"<w:moveTo>{r('Plazo: mayo.')}</w:moveTo>", "<w:rPr><w:moveTo/></w:rPr>")
        + '<w:moveToRangeEnd w:id="2"/>'
    )
    assert documento.texto == "En medio.\nPlazo: mayo."
    assert marcado(documento, "texto_insertado") == ["Plazo: mayo."]
    assert marcado(documento, "texto_eliminado") == ["En medio."]
    assert "«Plazo: mayo.»" in avisos(documento, "texto_eliminado")[0].mensaje


def test_los_cambios_de_parrafos_enteros_y_de_trozos_sueltos_se_avisan(leer_docx: Leer):
    documento = leer_docx(
        p(r("Queda."))
        + f"<w:ins>{p(r('Entero.'))}</w:ins><w:moveTo>{r('Suelto.')}</w:moveTo>"
        + f"<w:del>{p('<w:r><w:delText>Quitado.</w:delText></w:r>')}</w:del>"
    )
    assert documento.texto == "Queda.\nEntero.\nSuelto."
    assert marcado(documento, "texto_insertado") == ["Entero.", "Suelto."]
    assert "2 inserciones y 1 eliminación" in avisos(documento, "cambios_controlados")[0].mensaje


@pytest.mark.parametrize(
    "parrafo",
    [
        p(r("nadie me ve", '<w:color w:val="000000" w:themeColor="background1"/>')),
        p(r("nadie me ve", '<w:w w:val="1"/>')),
        p(r("nadie me ve"), '<w:spacing w:line="1" w:lineRule="exact"/>'),
        p(r("nadie me ve", '<w:sz w:val="1"/>')),
        p(r("nadie me ve", "<w:vanish/>")),
    ],
    ids=["tema", "angosto", "aplastado", "diminuto", "oculto"],
)
def test_cada_modo_de_esconder_un_texto_se_avisa(parrafo: str, leer_docx: Leer):
    documento = leer_docx(p(r("Acuerdo")) + parrafo)
    assert marcado(documento, "texto_oculto") == ["nadie me ve"]


def test_lo_que_se_parece_a_esconder_no_se_avisa(leer_docx: Leer):
    documento = leer_docx(
        p(
            r("gris", '<w:color w:themeColor="background1" w:themeShade="80"/>')
            + r(" angosto", '<w:w w:val="80"/>'),
            '<w:spacing w:line="240" w:lineRule="exact"/>',
        )
        + p(r("suelto"), '<w:spacing w:line="1" w:lineRule="auto"/>')
    )
    assert documento.avisos == ()


def test_muchos_cambios_se_cuentan_pero_no_se_detallan_todos(leer_docx: Leer):
    documento = leer_docx("".join(p(f"<w:ins>{r('nuevo')}</w:ins>" + r("x")) for _ in range(50)))
    assert len(avisos(documento, "texto_insertado")) == 20
    assert "50 inserciones" in avisos(documento, "cambios_controlados")[0].mensaje


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
    a_mano = "<w:r><w:drawing><w:contentPart r:id='x'/></w:drawing></w:r>"
    assert leer_docx(p(r("Acta") + a_mano)).parcial


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
