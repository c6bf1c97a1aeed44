import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ingesta.documento import Documento, TipoBloque
from ingesta.lectores import leer
from ingesta.lectores.docx_numeracion import escribir_numero

Leer = Callable[..., Documento]
Crear = Callable[..., Path]


def nivel(n: int, formato: str, texto: str, inicio: int = 1, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{inicio}"/><w:numFmt w:val="{formato}"/>{extra}'
        f'<w:lvlText w:val="{texto}"/></w:lvl>'
    )


def definicion(n: int, *niveles: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{n}">{"".join(niveles)}</w:abstractNum>'


def lista(n: int, de: int, cambios: str = "") -> str:
    return f'<w:num w:numId="{n}"><w:abstractNumId w:val="{de}"/>{cambios}</w:num>'


def reinicio(n: int, inicio: int) -> str:
    return f'<w:lvlOverride w:ilvl="{n}"><w:startOverride w:val="{inicio}"/></w:lvlOverride>'


def item(texto: str, de: int = 1, en: int = 0, extra: str = "") -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{en}"/><w:numId w:val="{de}"/></w:numPr>{extra}'
        f"</w:pPr><w:r><w:t>{texto}</w:t></w:r></w:p>"
    )


MULTINIVEL = definicion(
    0, nivel(0, "decimal", "%1."), nivel(1, "decimal", "%1.%2"), nivel(2, "lowerLetter", "%3)")
)


def numeros(documento: Documento) -> list[str | None]:
    return [b.numero for b in documento.bloques]


def test_una_lista_de_varios_niveles_se_numera_y_reinicia_como_se_imprime(leer_docx: Leer):
    documento = leer_docx(
        "".join(item("x", en=n) for n in (0, 1, 1, 2, 2, 0, 1, 2)),
        numbering=MULTINIVEL + lista(1, 0),
    )
    assert numeros(documento) == ["1.", "1.1", "1.2", "a)", "b)", "2.", "2.1", "a)"]
    assert [b.nivel for b in documento.bloques] == [0, 1, 1, 2, 2, 0, 1, 2]
    assert {b.tipo for b in documento.bloques} == {TipoBloque.ITEM}
    assert documento.texto == "\n".join("x" * 8)


def test_dos_listas_de_la_misma_definicion_siguen_la_cuenta_salvo_reinicio(leer_docx: Leer):
    documento = leer_docx(
        item("a", 1) + item("b", 2) + item("c", 3) + item("d", 3) + item("e", 1),
        numbering=MULTINIVEL + lista(1, 0) + lista(2, 0) + lista(3, 0, reinicio(0, 1)),
    )
    assert numeros(documento) == ["1.", "2.", "1.", "2.", "3."]


def test_el_inicio_el_nivel_legal_y_el_nivel_que_no_reinicia(leer_docx: Leer):
    documento = leer_docx(
        "".join(item("x", en=n) for n in (0, 1, 2, 0, 1, 2)),
        numbering=definicion(
            0,
            nivel(0, "upperRoman", "Acuerdo N.º %1:", inicio=4),
            nivel(1, "lowerRoman", "%1.%2", extra="<w:isLgl/>"),
            nivel(2, "decimal", "%3", extra='<w:lvlRestart w:val="0"/>'),
        )
        + lista(1, 0),
    )
    assert numeros(documento) == [
        "Acuerdo N.º IV:",
        "4.1",
        "1",
        "Acuerdo N.º V:",
        "5.1",
        "2",
    ]


def test_una_lista_puede_cambiar_un_nivel_de_su_definicion(leer_docx: Leer):
    cambio = f'<w:lvlOverride w:ilvl="0">{nivel(0, "upperLetter", "%1)")}</w:lvlOverride>'
    documento = leer_docx(item("x"), numbering=MULTINIVEL + lista(1, 0, cambio))
    assert numeros(documento) == ["A)"]


def test_las_vinetas_y_los_parrafos_sin_numero(leer_docx: Leer):
    documento = leer_docx(
        item("x") + item("y", 0) + item("z", 99) + item("w", 2),
        numbering=definicion(0, nivel(0, "bullet", "\uf0b7"))
        + definicion(1, nivel(0, "none", ""))
        + lista(1, 0)
        + lista(2, 1),
    )
    assert numeros(documento) == ["•", None, None, None]
    assert [b.tipo for b in documento.bloques] == ["item", "parrafo", "parrafo", "parrafo"]


def test_la_numeracion_se_hereda_del_estilo_y_un_parrafo_la_puede_quitar(leer_docx: Leer):
    numerado = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    estilos = (
        f'<w:style w:type="paragraph" w:styleId="Base">{numerado}</w:style>'
        '<w:style w:type="paragraph" w:styleId="Acuerdo"><w:basedOn w:val="Base"/></w:style>'
        f'<w:style w:type="paragraph" w:styleId="Sub">{numerado}</w:style>'
    )
    numeracion = definicion(
        0,
        nivel(0, "decimal", "%1."),
        nivel(1, "lowerLetter", "%2)", extra='<w:pStyle w:val="Sub"/>'),
    )

    def con_estilo(estilo: str, extra: str = "") -> str:
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{estilo}"/>{extra}</w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
        )

    quitada = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    documento = leer_docx(
        con_estilo("Acuerdo")
        + con_estilo("Sub")
        + con_estilo("Acuerdo", quitada)
        + con_estilo("Base"),
        styles=estilos,
        numbering=numeracion + lista(1, 0),
    )
    assert numeros(documento) == ["1.", "a)", None, "2."]


def test_un_estilo_de_lista_enlaza_con_su_definicion(leer_docx: Leer):
    documento = leer_docx(
        item("x", 2),
        styles='<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>",
        numbering=MULTINIVEL
        + '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
        + lista(1, 0)
        + lista(2, 5),
    )
    assert numeros(documento) == ["1."]


def test_un_titulo_numerado_conserva_su_numero(leer_docx: Leer):
    documento = leer_docx(
        item("AGENDA", extra='<w:outlineLvl w:val="0"/>'), numbering=MULTINIVEL + lista(1, 0)
    )
    assert documento.bloques[0].tipo is TipoBloque.TITULO
    assert numeros(documento) == ["1."]


def test_un_item_eliminado_no_gasta_numero_y_uno_vacio_si(leer_docx: Leer):
    eliminado = (
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        "<w:del><w:r><w:delText>no va</w:delText></w:r></w:del></w:p>"
    )
    documento = leer_docx(
        item("uno") + eliminado + item("dos") + item("") + item("cuatro"),
        numbering=MULTINIVEL + lista(1, 0),
    )
    assert numeros(documento) == ["1.", "2.", "4."]
    assert documento.texto == "uno\ndos\ncuatro"


def test_en_una_celda_el_numero_unico_es_del_bloque_y_los_varios_se_escriben(leer_docx: Leer):
    def fila(*celdas: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{c}</w:tc>' for c in celdas)}</w:tr>"

    filas = fila(item(""), item("Puente")) + fila(item("a") + item("b"), item("", 0))
    documento = leer_docx(f"<w:tbl>{filas}</w:tbl>", numbering=MULTINIVEL + lista(1, 0))
    assert documento.texto == "1.\tPuente\n3. a\n4. b"
    assert numeros(documento) == [None, "2.", None]


@pytest.mark.parametrize(
    ("valor", "formato", "escrito"),
    [
        (4, "decimalZero", "04"),
        (27, "lowerLetter", "aa"),
        (52, "upperLetter", "ZZ"),
        (1994, "upperRoman", "MCMXCIV"),
        (9, "lowerRoman", "ix"),
        (3, "ordinal", "3.º"),
        (7, "ordinalText", "Séptimo"),
        (16, "cardinalText", "Dieciséis"),
        (40, "ordinalText", "40"),
        (0, "upperLetter", "0"),
        (2_000_000_000, "upperRoman", "2000000000"),
        (99_999, "lowerLetter", "99999"),
        (5, "aiueo", "5"),
    ],
)
def test_los_formatos_de_numero(valor: int, formato: str, escrito: str):
    assert escribir_numero(valor, formato) == escrito


@pytest.mark.oficina
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no hay LibreOffice")
def test_los_numeros_son_los_que_imprime_otro_programa(crear_docx: Crear, tmp_path: Path):
    letras = definicion(1, nivel(0, "upperLetter", "%1)", 25), nivel(1, "lowerRoman", "%2."))
    pares = [(1, 0), (1, 1), (1, 2), (1, 0), (2, 0), (3, 0), (1, 1), (4, 0), (4, 1), (4, 0), (4, 0)]
    ruta = crear_docx(
        "".join(item("x", de, en) for de, en in pares),
        numbering=MULTINIVEL
        + letras
        + lista(1, 0)
        + lista(2, 0, reinicio(0, 7))
        + lista(3, 0)
        + lista(4, 1),
    )
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'perfil').as_uri()}",
            "--headless",
            "--convert-to",
            "txt:Text",
            "--outdir",
            str(tmp_path),
            str(ruta),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    lineas = ruta.with_suffix(".txt").read_text(encoding="utf-8-sig").splitlines()
    assert numeros(leer(ruta)) == [linea.split()[0] for linea in lineas]
