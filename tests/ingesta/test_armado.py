import unicodedata

from ingesta.armado import Armador, Impresa, Linea, limpiar
from ingesta.documento import Aviso, Caja, Celda, TipoBloque, Tramo

PARRAFO, CELDA = TipoBloque.PARRAFO, TipoBloque.CELDA


def caja(x: float, y: float) -> Caja:
    return Caja(1, x, y, x + 10, y + 8)


def test_los_bloques_se_separan_con_salto_y_las_celdas_de_una_fila_con_tabulador():
    armador = Armador()
    armador.agregar(PARRAFO, "Acuerdos")
    armador.agregar(CELDA, "N.º", celda=Celda(0, 0, 0))
    armador.agregar(CELDA, "Plazo", celda=Celda(0, 0, 1))
    armador.agregar(CELDA, "1", celda=Celda(0, 1, 0))
    armador.agregar(CELDA, "otra tabla", celda=Celda(1, 1, 0))
    assert armador.documento().texto == "Acuerdos\nN.º\tPlazo\n1\notra tabla"


def test_cada_tramo_dice_lo_que_se_agrego():
    armador = Armador()
    for texto in ("uno", "dós", "tres"):
        armador.agregar(PARRAFO, texto)
    documento = armador.documento()
    assert [documento.fragmento(b.tramo) for b in documento.bloques] == ["uno", "dós", "tres"]


def test_una_palabra_partida_con_guion_se_une_y_conserva_sus_dos_cajas():
    armador = Armador()
    armador.agregar(
        PARRAFO,
        [
            Linea.de_palabras([Impresa("Se", caja(0, 0)), Impresa("cons", caja(20, 0))]),
            Linea.de_palabras(
                [Impresa("truirá", caja(0, 10)), Impresa("ya", caja(20, 10))], union=""
            ),
        ],
    )
    documento = armador.documento()
    assert documento.texto == "Se construirá ya"
    inicio = documento.texto.index("construirá")
    assert documento.cajas(Tramo(inicio, inicio + 10)) == [caja(20, 0), caja(0, 10)]
    assert documento.bloques[0].renglones[0].caja == Caja(1, 0, 0, 30, 8)


def test_las_palabras_repetidas_tienen_cada_una_su_lugar():
    armador = Armador()
    armador.agregar(PARRAFO, "antes")
    palabras = [
        Impresa("de", caja(0, 0)),
        Impresa("desde", caja(20, 0)),
        Impresa("de", caja(40, 0)),
    ]
    armador.agregar(PARRAFO, [Linea.de_palabras(palabras)])
    documento = armador.documento()
    leidas = documento.bloques[1].renglones[0].palabras
    assert [documento.fragmento(p.tramo) for p in leidas] == ["de", "desde", "de"]
    assert [p.tramo.inicio for p in leidas] == [6, 9, 15]


def test_los_encabezados_y_pies_van_al_final_aunque_lleguen_primero():
    armador = Armador()
    armador.agregar(TipoBloque.ENCABEZADO, "Presidencia del Consejo de Ministros")
    armador.agregar(PARRAFO, "Acta")
    armador.agregar(TipoBloque.PIE, "Página 1")
    armador.agregar(PARRAFO, "Acuerdo")
    documento = armador.documento()
    assert documento.texto == "Acta\nAcuerdo\nPresidencia del Consejo de Ministros\nPágina 1"
    assert [documento.fragmento(b.tramo) for b in documento.cuerpo] == ["Acta", "Acuerdo"]


def test_los_avisos_de_un_bloque_siguen_a_su_texto():
    armador = Armador()
    armador.agregar(TipoBloque.PIE, "pie", avisos=[Aviso("b", "m", "c", tramo=Tramo(0, 3))])
    armador.agregar(PARRAFO, "hola")
    armador.agregar(PARRAFO, "el NO vale", avisos=[Aviso("a", "m", "c", tramo=Tramo(3, 5))])
    documento = armador.documento(avisos=[Aviso("general", "m", "c")])
    tramos = {a.codigo: a.tramo and documento.fragmento(a.tramo) for a in documento.avisos}
    assert tramos == {"general": None, "a": "NO", "b": "pie"}


def test_un_bloque_sin_texto_se_omite():
    armador = Armador()
    armador.agregar(PARRAFO, " \u00a0 \u200b ")
    armador.agregar(PARRAFO, [Linea("")])
    assert not armador.tiene_texto
    assert armador.documento().bloques == ()


def test_limpiar_normaliza_el_texto():
    assert limpiar("  se\u00a0acordo\u0301 \t la\u00adbo\u200br\x0b\x00 ") == "se acordó labor"
    assert limpiar("a\ud800b") == "a\ufffdb"
    assert unicodedata.is_normalized("NFC", limpiar("n\u0303"))


def test_cada_palabra_lleva_su_confianza_y_el_renglon_la_media_segun_su_largo():
    armador = Armador()
    palabras = [Impresa("a", caja(0, 0), 0.5), Impresa("mil", caja(9, 0), 0.9)]
    armador.agregar(PARRAFO, [Linea.de_palabras(palabras)])
    (renglon,) = armador.documento().bloques[0].renglones
    assert [p.confianza for p in renglon.palabras] == [0.5, 0.9]
    assert renglon.confianza == 0.8
