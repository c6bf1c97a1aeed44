"""El lector de ODT: con archivos escritos a mano y con los que guarda LibreOffice."""

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingesta.documento import Aviso, Documento, TipoBloque
from ingesta.errores import ArchivoCifrado, ArchivoDanado, ContenidoNoPermitido
from ingesta.lectores import VERSION, leer

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ESPACIOS = " ".join(
    f'xmlns:{prefijo}="{ODF}{largo}:1.0"'
    for prefijo, largo in {
        "office": "office", "text": "text", "table": "table", "style": "style",
        "draw": "drawing", "fo": "xsl-fo-compatible", "svg": "svg-compatible",
        "manifest": "manifest",
    }.items()
) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip
ODT = "application/vnd.oasis.opendocument.text"
EJEMPLOS = sorted((Path(__file__).parents[2] / "ejemplos").glob("*.docx"))

Leer = Callable[..., Documento]


@pytest.fixture
def crear_odt(tmp_path: Path) -> Callable[..., Path]:
    """Devuelve `crear(cuerpo, automaticos, estilos, **otras)`, que escribe un ODT y da su ruta."""

    def crear(
        cuerpo: str = "",
        automaticos: str = "",
        estilos: str = "",
        prologo: str = "",
        otras: dict[str, str] | None = None,
    ) -> Path:
        ruta = tmp_path / "acta.odt"
        with zipfile.ZipFile(ruta, "w", zipfile.ZIP_DEFLATED) as z:
            z.writestr("mimetype", ODT)
            z.writestr(
                "content.xml",
                f"{prologo}<office:document-content {ESPACIOS}><office:automatic-styles>"
                f"{automaticos}</office:automatic-styles><office:body><office:text>{cuerpo}"
                "</office:text></office:body></office:document-content>",
            )
            z.writestr(
                "styles.xml",
                f"<office:document-styles {ESPACIOS}>{estilos}</office:document-styles>",
            )
            for parte, datos in (otras or {}).items():
                z.writestr(parte, datos)
        return ruta

    return crear


@pytest.fixture
def leer_odt(crear_odt: Callable[..., Path], fallas: Callable[[Documento], list[str]]) -> Leer:
    """Devuelve `leer_odt(cuerpo, …)`, que además comprueba lo que todo documento cumple."""

    def _leer(*partes: str, **otras: str) -> Documento:
        documento = leer(crear_odt(*partes, **otras))
        assert fallas(documento) == []
        return documento

    return _leer


def p(texto: str, estilo: str = "") -> str:
    return f'<text:p text:style-name="{estilo}">{texto}</text:p>'


def avisos(documento: Documento, codigo: str) -> list[Aviso]:
    return [a for a in documento.avisos if a.codigo == codigo]


def test_los_parrafos_titulos_y_saltos(leer_odt: Leer):
    documento = leer_odt(
        '<text:h text:outline-level="2">Acuerdos</text:h>'
        + p('El  MTC<text:s text:c="900000000"/>construirá<text:tab/>la<text:line-break/>vía')
        + p("Acta", "Title")
        + p("Con <text:a><text:span>vínculo</text:span></text:a>\n<!-- nota -->y<?x y?> cola"),
        estilos='<style:style style:name="Title" style:family="paragraph"/>',
    )
    assert documento.texto == "Acuerdos\nEl MTC construirá la\nvía\nActa\nCon vínculo y cola"
    assert [(b.tipo, b.nivel) for b in documento.bloques] == [
        ("titulo", 1),
        ("parrafo", None),
        ("titulo", 0),
        ("parrafo", None),
    ]
    assert documento.origen is not None
    assert (documento.origen.formato, documento.origen.lector) == ("odt", f"odt/{VERSION}")
    assert documento.avisos == ()


NIVEL = (
    '<text:list-level-style-number text:level="{}" style:num-format="{}" style:num-suffix="{}" '
    'text:display-levels="{}"/>'
)
ESTILO = (
    '<text:list-style style:name="L">'
    + NIVEL.format(1, "1", ".", 1)
    + NIVEL.format(2, "1", "", 2)
    + NIVEL.format(3, "a", ")", 1)
    + '</text:list-style><text:list-style style:name="V">'
    '<text:list-level-style-bullet text:level="1"/></text:list-style>'
)


def lista(*items: str, extra: str = 'text:style-name="L"') -> str:
    dentro = "".join(f"<text:list-item>{i}</text:list-item>" for i in items)
    return f"<text:list {extra}>{dentro}</text:list>"


def numeros(documento: Documento) -> list[tuple[str | None, str]]:
    return [(b.numero, documento.fragmento(b.tramo)) for b in documento.bloques]


def test_los_numeros_de_lista_que_no_estan_en_el_texto(leer_odt: Leer):
    hondo = lista(p("aa"), p("bb"), extra="")
    documento = leer_odt(
        lista(p("uno") + p("sigue"), p("dos") + lista(p("dentro") + hondo, p("otro"), extra=""))
        + p("suelto")
        + lista(p("de nuevo"))
        + lista(p("continúa"), extra='text:style-name="L" text:continue-numbering="true"')
        + lista(p("viñeta"), extra='text:style-name="V"')
        + '<text:list text:style-name="L"><text:list-item text:start-value="7">'
        + p("siete")
        + "</text:list-item></text:list>"
        + lista(lista(p("solo adentro"), extra=""), p("el segundo")),
        ESTILO,
    )
    assert numeros(documento) == [
        ("1.", "uno"),
        (None, "sigue"),
        ("2.", "dos"),
        ("2.1", "dentro"),
        ("a)", "aa"),
        ("b)", "bb"),
        ("2.2", "otro"),
        (None, "suelto"),
        ("1.", "de nuevo"),
        ("2.", "continúa"),
        ("•", "viñeta"),
        ("7.", "siete"),
        ("1.1", "solo adentro"),
        ("2.", "el segundo"),
    ]


def test_los_titulos_numerados(leer_odt: Leer):
    esquema = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" '
        'style:num-suffix="."/></text:outline-style>'
    )
    titulo = '<text:h text:outline-level="1"{}>{}</text:h>'
    documento = leer_odt(
        titulo.format("", "Agenda")
        + titulo.format(' text:is-list-header="true"', "Sin número")
        + titulo.format("", "Acuerdos"),
        estilos=esquema,
    )
    assert numeros(documento) == [("I.", "Agenda"), (None, "Sin número"), ("II.", "Acuerdos")]


def test_los_cambios_controlados_se_aceptan_y_se_avisan(leer_odt: Leer):
    region = '<text:changed-region text:id="{}"><text:{}>{}</text:{}></text:changed-region>'
    cambios = (
        region.format("i", "insertion", "", "insertion")
        + region.format("d", "deletion", p("SÍ "), "deletion")
        + region.format("e", "deletion", p("Párrafo entero"), "deletion")
    )
    documento = leer_odt(
        f"<text:tracked-changes>{cambios}</text:tracked-changes>"
        + p(
            'El sector <text:change text:change-id="d"/><text:change-start text:change-id="i"/>NO '
            '<text:change-end text:change-id="i"/>se compromete.'
        )
        + '<text:change text:change-id="e"/>'
        + p("Fin")
    )
    assert documento.texto == "El sector NO se compromete.\nFin"
    [insertado] = avisos(documento, "texto_insertado")
    assert insertado.tramo is not None
    assert documento.fragmento(insertado.tramo) == "NO"
    assert "«SÍ»" in avisos(documento, "texto_eliminado")[0].mensaje
    assert "1 inserción y 2 eliminaciones" in avisos(documento, "cambios_controlados")[0].mensaje


def test_una_insercion_puede_abarcar_varios_parrafos(leer_odt: Leer):
    documento = leer_odt(
        '<text:tracked-changes><text:changed-region text:id="i"><text:insertion/>'
        "</text:changed-region></text:tracked-changes>"
        + p('uno <text:change-start text:change-id="i"/>dos')
        + p('tres<text:change-end text:change-id="i"/> cuatro')
    )
    marcados = [documento.fragmento(a.tramo) for a in documento.avisos if a.tramo]
    assert marcados == ["dos", "tres"]


def test_lo_que_no_se_ve_queda_en_el_texto_y_se_avisa(leer_odt: Leer):
    estilo = '<style:style style:name="{}" style:family="{}">{}</style:style>'
    letras = "<style:text-properties {}/>"
    fondo = '<style:table-cell-properties fo:background-color="#1f3864"/>'
    documento = leer_odt(
        p(
            'ver <text:span text:style-name="O">oculto</text:span> y '
            '<text:span text:style-name="C">chico</text:span>'
        )
        + p("blanco", "B")
        + p('<text:span text:style-name="T">tachado</text:span>')
        + '<text:section text:display="none">'
        + p("sección")
        + "</text:section>"
        + '<table:table><table:table-row><table:table-cell table:style-name="F">'
        + p("se ve", "B")
        + "</table:table-cell><table:table-cell>"
        + p("x")
        + "</table:table-cell></table:table-row></table:table>"
        + p('<text:hidden-text text:is-hidden="true" text:string-value="secreto"/>'),
        estilo.format("O", "text", letras.format('text:display="none"'))
        + estilo.format("C", "text", letras.format('fo:font-size="1pt"'))
        + estilo.format("T", "text", letras.format('style:text-line-through-style="solid"'))
        + estilo.format("B", "paragraph", letras.format('fo:color="#ffffff"'))
        + estilo.format("F", "table-cell", fondo),
    )
    ocultos = [documento.fragmento(a.tramo) for a in avisos(documento, "texto_oculto") if a.tramo]
    assert ocultos == ["oculto", "chico", "blanco", "sección", "secreto"]
    assert len(avisos(documento, "texto_tachado")) == 1


def fila(*celdas: str) -> str:
    return f"<table:table-row>{''.join(celdas)}</table:table-row>"


def celda(texto: str, atributos: str = "", clase: str = "table-cell") -> str:
    return f"<table:{clase} {atributos}>{p(texto) if texto else ''}</table:{clase}>"


def test_las_tablas_con_celdas_combinadas_y_encabezado_repetido(leer_odt: Leer):
    documento = leer_odt(
        "<table:table><table:table-header-rows>"
        + fila(celda("Acuerdo"), celda("Responsable"), celda("Plazo"))
        + "</table:table-header-rows>"
        + fila(celda("Carretera"), celda("MTC", 'table:number-rows-spanned="2"'), celda("2026"))
        + fila(celda("Puente"), celda("tapado", clase="covered-table-cell"), celda("2027"))
        + fila(celda("Eje 2", 'table:number-columns-spanned="3"'))
        + fila(celda("", 'table:number-columns-repeated="100000000"'), celda("lejos"))
        + "</table:table>"
    )
    lugares = {
        documento.fragmento(b.tramo): (
            b.celda.fila, b.celda.columna, b.celda.filas, b.celda.columnas, b.celda.titulo,
        )
        for b in documento.bloques
        if b.celda and not b.celda.es_encabezado
    }  # fmt: skip
    assert lugares == {
        "Carretera": (1, 0, 1, 1, "Acuerdo"),
        "MTC\ntapado": (1, 1, 2, 1, "Responsable"),
        "2026": (1, 2, 1, 1, "Plazo"),
        "Puente": (2, 0, 1, 1, "Acuerdo"),
        "2027": (2, 2, 1, 1, "Plazo"),
        "Eje 2": (3, 0, 1, 3, None),
        "lejos": (4, 200, 1, 1, None),
    }
    [oculto] = avisos(documento, "texto_oculto")
    assert oculto.tramo is not None
    assert documento.fragmento(oculto.tramo) == "tapado"


def test_notas_cuadros_imagenes_comentarios_y_margenes(leer_odt: Leer):
    nota = (
        "<text:note><text:note-citation>3</text:note-citation><text:note-body>"
        f"{p('Según oficio.')}</text:note-body></text:note>"
    )
    imagen = '<draw:frame><draw:image xlink:href="{}"/></draw:frame>'
    documento = leer_odt(
        p(f"Compromiso{nota} firme.<office:annotation>{p('¿seguro?')}</office:annotation>")
        + p(f"<draw:frame><draw:text-box>{p('En cuadro')}</draw:text-box></draw:frame>Al lado")
        + p(f"<draw:custom-shape>{p('En forma')}<svg:desc>no se lee</svg:desc></draw:custom-shape>")
        + p(imagen.format("Pictures/a.png") + imagen.format("http://ejemplo.test/a.png"))
        + '<draw:frame><draw:object xlink:href="./Object 1"/>'
        '<draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame>',
        estilos="<office:master-styles><style:master-page><style:header>"
        + p("Mesa de diálogo")
        + '</style:header><style:header-first style:display="false">'
        + p("apagado")
        + f"</style:header-first><style:footer>{p('Página 1')}</style:footer>"
        "</style:master-page></office:master-styles>",
    )
    assert documento.texto == (
        "Compromiso firme.\nSegún oficio.\nAl lado\nEn cuadro\nEn forma\nMesa de diálogo\nPágina 1"
    )
    [leida] = [b for b in documento.bloques if b.tipo is TipoBloque.NOTA]
    assert leida.numero == "3"
    assert [(a.codigo, a.pierde) for a in documento.avisos] == [
        ("comentarios", False),
        ("imagen_sin_leer", True),
        ("parte_incrustada", True),
        ("referencia_externa", False),
    ]


def test_lo_que_no_se_puede_leer(crear_odt: Callable[..., Path], tmp_path: Path):
    cifrado = f"<manifest:manifest {ESPACIOS}><manifest:encryption-data/></manifest:manifest>"
    with pytest.raises(ArchivoCifrado):
        leer(crear_odt(p("x"), otras={"META-INF/manifest.xml": cifrado}))
    with pytest.raises(ContenidoNoPermitido, match="DTD"):
        leer(crear_odt(p("&x;"), prologo='<!DOCTYPE d [<!ENTITY x "hola">]>'))
    vacio = tmp_path / "vacio.odt"
    with zipfile.ZipFile(vacio, "w") as z:
        z.writestr("mimetype", ODT)
    with pytest.raises(ArchivoDanado):
        leer(vacio)


def forma(documento: Documento) -> list[tuple[object, ...]]:
    return [
        (b.tipo, b.numero, b.nivel, b.celda, documento.fragmento(b.tramo))
        for b in documento.bloques
        if b.tipo is not TipoBloque.PIE  # LibreOffice calcula de nuevo «Página 1 de 2»
    ]


@pytest.mark.oficina
@pytest.mark.skipif(shutil.which("soffice") is None, reason="falta LibreOffice")
def test_las_actas_de_ejemplo_se_leen_igual_guardadas_como_odt(tmp_path: Path):
    subprocess.run(
        [
            *("soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/perfil"),
            *("--convert-to", "odt", "--outdir", tmp_path, *EJEMPLOS),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    for ejemplo in EJEMPLOS:
        odt, docx = leer(tmp_path / f"{ejemplo.stem}.odt"), leer(ejemplo)
        assert forma(odt) == forma(docx), ejemplo.stem
        assert [(a.codigo, a.mensaje) for a in odt.avisos] == [
            (a.codigo, a.mensaje) for a in docx.avisos
        ]
