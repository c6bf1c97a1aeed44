"""Importar matrices ajenas y propias: ensayo, veredictos que suman y vuelta sin cambios."""

import io
import random
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook

from registro.anexos import Anexo, a_csv, a_xlsx
from registro.consultas import listar_actas
from registro.cotejo import cotejar
from registro.ensayo import Veredicto, ensayar
from registro.errores import DatoInvalido, NoAutorizado
from registro.estados import Estado
from registro.filtros import Filtros
from registro.historia import historia_de
from registro.importar import importar
from registro.listas import listar_compromisos
from registro.matrices import leer_matriz
from registro.vida import actualizar

TITULOS = ["CASO", "FECHA ACTA", "TIPO", "DESCRIPCIÓN", "UT", "DPTO.", "ESTADO", "RESPONSABLE"]


def _libro(filas, titulos=TITULOS, antes=(), unir=()):
    libro = Workbook()
    hoja = libro.worksheets[0]
    for fila in (*antes, titulos, *filas):
        hoja.append(fila)
    for rango in unir:
        hoja.merge_cells(rango)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _fila(descripcion="La empresa instalará dos bombas.", **cambios):
    valores = {
        "CASO": "2026-014",
        "FECHA ACTA": "14/05/2026",
        "TIPO": "Actividad",
        "DESCRIPCIÓN": descripcion,
        "UT": "UT Centro",
        "DPTO.": "Junín; Pasco",
        "ESTADO": "En proceso",
        "RESPONSABLE": "Minera Aurora",
    }
    return [*(valores | cambios).values()]


FECHAS = [
    ("14/05/2026", date(2026, 5, 14)),
    ("14-5-26", date(2026, 5, 14)),
    ("14.05.2026", date(2026, 5, 14)),
    ("2026-05-14", date(2026, 5, 14)),
    ("14 de mayo de 2026", date(2026, 5, 14)),
    ("Jueves, 14 de mayo del 2026", date(2026, 5, 14)),
    ("3 de septiembre de 2019", date(2019, 9, 3)),
    (46156, date(2026, 5, 14)),
    (datetime(2026, 5, 14, 10, 0, tzinfo=UTC).replace(tzinfo=None), date(2026, 5, 14)),
    ("", None),
]


@pytest.mark.parametrize(("escrita", "fecha"), FECHAS)
def test_las_fechas_se_leen_en_sus_estilos(escrita, fecha):
    [fila] = leer_matriz(_libro([_fila(**{"FECHA ACTA": escrita})]), "m.xlsx").filas
    assert (fila.valores["fecha_acta"], fila.dudas) == (fecha, ())


@pytest.mark.parametrize("escrita", ["30/02/2026", "mayo 2026", "por definir", "14/mm/26"])
def test_una_fecha_que_no_se_entiende_es_duda(escrita):
    [fila] = leer_matriz(_libro([_fila(**{"FECHA ACTA": escrita})]), "m.xlsx").filas
    assert (fila.valores["fecha_acta"], len(fila.dudas)) == (None, 1)


@pytest.mark.parametrize(
    ("escrito", "tipo"),
    [("201 PIP", "pip"), ("pips", "pip"), ("ACTIVIDADES", "actividad"), ("Por determinar", None)],
)
def test_el_tipo_se_lee_con_sus_erratas(escrito, tipo):
    [fila] = leer_matriz(_libro([_fila(TIPO=escrito)]), "m.xlsx").filas
    assert (fila.valores["tipo"], fila.dudas) == (tipo, ())


@pytest.mark.parametrize(
    ("escrito", "estado"),
    [
        ("POR INICIAR", Estado.NO_INICIADO),
        ("Abierto – Suspendido", Estado.SUSPENDIDO),
        ("abierto - sin informacion", Estado.SIN_INFORMACION),
        ("Cerrado – Renegociado/Redefinido", Estado.RENEGOCIADO),
        ("Cumplido", Estado.CUMPLIDO),
    ],
)
def test_el_estado_se_lee_en_los_dos_vocabularios(escrito, estado):
    [fila] = leer_matriz(_libro([_fila(ESTADO=escrito)]), "m.xlsx").filas
    assert fila.valores["estado"] is estado


def test_celdas_unidas_titulo_arriba_y_filas_vacias():
    antes = [["MATRIZ DE COMPROMISOS 2026"], []]
    filas = [_fila("Uno."), _fila("Dos.", CASO=None), [None] * 8, _fila("Tres.")]
    leidas = leer_matriz(_libro(filas, antes=antes, unir=["A4:A5"]), "m.xlsx").filas
    assert [(f.numero, f.valores["caso"]) for f in leidas] == [
        (4, "2026-014"),
        (5, "2026-014"),
        (7, "2026-014"),
    ]


def test_se_leen_todas_las_hojas_con_titulos(base, originales, ssgc, ahora):
    libro = Workbook()
    for nombre, texto in (("UT Norte", "Uno."), ("UT Sur", "Dos."), ("UT Sur (2)", "Uno.")):
        hoja = libro.create_sheet(nombre)
        hoja.append(TITULOS)
        hoja.append(_fila(texto))
    libro.remove(libro.worksheets[0])
    salida = io.BytesIO()
    libro.save(salida)
    ensayo = importar(base, originales, ssgc, salida.getvalue(), "m.xlsx", ahora)
    assert [(f.fila.lugar, f.veredicto, f.motivo) for f in ensayo.filas] == [
        ("hoja «UT Norte», fila 2", "nueva", ""),
        ("hoja «UT Sur», fila 2", "nueva", ""),
        ("hoja «UT Sur (2)», fila 2", "dudosa", "repite la hoja «UT Norte», fila 2"),
    ]
    assert len(listar_compromisos(base)) == 2


@pytest.mark.parametrize("contenido", [b"", b"no soy un libro", _libro([["a"]], ["X", "Y", "Z"])])
def test_lo_que_no_es_una_matriz_se_dice(contenido):
    with pytest.raises(DatoInvalido):
        leer_matriz(contenido, "m.xlsx")


def test_un_csv_de_windows_con_punto_y_coma():
    texto = (
        "FECHA DEL ACTA;TIPO;DESCRIPCIÓN DEL COMPROMISO\r\n14/05/2026;PIP;Construirá la posta\r\n"
    )
    [fila] = leer_matriz(texto.encode("cp1252"), "m.csv").filas
    assert fila.valores["descripcion"] == "Construirá la posta"


def test_ensayar_no_escribe_y_aplicar_hace_lo_que_se_ensayo(base, originales, ssgc, ssgd, ahora):
    libro = _libro([
        _fila("La empresa instalará dos bombas en Nauta."),
        _fila("La empresa instalará dos bombas en Nauta."),
        _fila("El Gobierno Regional aprobará el expediente.", ESTADO="Suspendido"),
        _fila("Otro.", ESTADO="a medias"),
        _fila("", CASO="2026-015"),
        _fila("El municipio cederá el terreno.", **{"FECHA ACTA": "algún día"}),
    ])
    ensayo = ensayar(base, libro, "m.xlsx")
    esperado = ["nueva", "dudosa", "nueva", "rechazada", "rechazada", "dudosa"]
    assert [f.veredicto for f in ensayo.filas] == esperado
    assert sum(ensayo.cuentas.values()) == 6
    assert listar_actas(base).filas == ()
    with pytest.raises(NoAutorizado):
        importar(base, originales, ssgd, libro, "m.xlsx", ahora)
    assert importar(base, originales, ssgc, libro, "m.xlsx", ahora) == ensayo
    uno, otro = listar_compromisos(base)
    assert (uno.estado, otro.estado) == (Estado.EN_PROCESO, Estado.SUSPENDIDO)
    assert (uno.regiones, uno.caso) == (("Junín", "Pasco"), "2026-014")
    [hecho] = historia_de(base, {"compromiso": [uno.id]})
    assert (hecho.que, hecho.quien) == ("importado", "Carmen Quispe")
    assert cotejar(base, originales).defectos == ()
    otra_vez = ensayar(base, libro, "m.xlsx")
    assert otra_vez.cuentas[Veredicto.IGUAL] == 2
    assert otra_vez.cuentas[Veredicto.NUEVA] == 0


def test_una_fila_conocida_que_cambia_se_actualiza_con_historia(base, originales, ssgc, ahora):
    importar(base, originales, ssgc, _libro([_fila()]), "m.xlsx", ahora)
    segunda = _libro([_fila(ESTADO="Cumplido", RESPONSABLE="Minera Aurora; MINEM", UT=None)])
    ensayo = importar(base, originales, ssgc, segunda, "m2.xlsx", ahora)
    assert [(f.veredicto, f.motivo) for f in ensayo.filas] == [
        (
            "cambiada",
            "cambia responsables, estado; «Cerrado – Cumplido» pide sustento: "
            "complételo en su ficha",
        )
    ]
    [quedo] = listar_compromisos(base)
    assert (quedo.estado, quedo.unidad_territorial, quedo.version) == (
        Estado.CUMPLIDO,
        "UT Centro",
        2,
    )
    assert historia_de(base, {"compromiso": [quedo.id]})[-1].razon == "Fila 2 de m2.xlsx"
    assert cotejar(base).defectos == ()


def test_en_proceso_no_pisa_a_un_suspendido(base, originales, ssgc, ahora):
    """La matriz de cuatro estados llama «En proceso» a lo suspendido: no es un cambio."""
    importar(base, originales, ssgc, _libro([_fila(ESTADO="Suspendido")]), "m.xlsx", ahora)
    assert ensayar(base, _libro([_fila(ESTADO="En proceso")]), "x.xlsx").cuentas["igual"] == 1


def test_una_fila_casi_igual_es_dudosa(base, originales, ssgc, ahora):
    texto = "La empresa Minera Aurora instalará dos bombas de agua en la comunidad de San Hilario"
    importar(base, originales, ssgc, _libro([_fila(f"{texto}.")]), "m.xlsx", ahora)
    [fila] = ensayar(base, _libro([_fila(f"{texto} hoy.")]), "m2.xlsx").filas
    assert (fila.veredicto, fila.compromiso_id) == ("dudosa", 1)


def test_lo_que_solo_cambia_en_una_cifra_es_otra_cosa(base, originales, ssgc, ahora):
    texto = "La empresa Minera Aurora instalará dos bombas de agua en el caserío número"
    importar(base, originales, ssgc, _libro([_fila(f"{texto} 1.")]), "m.xlsx", ahora)
    [fila] = ensayar(base, _libro([_fila(f"{texto} 2.")]), "m2.xlsx").filas
    assert fila.veredicto == "nueva"


@pytest.mark.parametrize("anexo", [Anexo.DOS, Anexo.CINCO])
@pytest.mark.parametrize("formato", ["xlsx", "csv"])
def test_reimportar_lo_exportado_no_cambia_nada(
    base, originales, registrar, ssgc, ahora, anexo, formato
):
    registrar()
    registrar(
        texto="=SUMA(A1) El PNSR entregará el informe.\nSegunda línea.", campos={"responsable": []}
    )
    registrar(texto="La comunidad cederá el terreno. " * 40)
    registrar()
    compromisos = listar_compromisos(base, Filtros())
    hacer = a_xlsx if formato == "xlsx" else a_csv
    exportado = hacer(compromisos, anexo)
    ensayo = importar(base, originales, ssgc, exportado, f"anexo.{formato}", ahora)
    assert [f.veredicto for f in ensayo.filas] == ["igual"] * 4, ensayo.filas
    assert listar_compromisos(base, Filtros()) == compromisos


RAROS = [
    "Total de la deuda",
    "123",
    "-",
    "'=1+1 entregará el informe",
    "=1+1 entregará el informe",
    "Entregará\x07 el informe _x0041_ y \ufffd",
    "La comunicaciÃ³n se remitirá",
    "Remediaci?n de suelos",
    "1. Uno\n- Dos; tres",
    "\u00a0Con\u200b espacios \ufeff raros ",
    "Fila\r\ncon saltos\t y tabuladores",
    "#REF!",
]


@pytest.mark.parametrize("formato", ["xlsx", "csv"])
def test_reimportar_lo_mas_raro_tampoco_cambia_nada(
    base, originales, registrar, ssgc, ssgd, ahora, formato
):
    """Lo que ya está es «igual» aunque como fila nueva fuera dudosa."""
    azar = random.Random(formato)  # noqa: S311
    niveles = [None, "nacional", "local", "no_aplica"]
    for texto in RAROS:
        quienes = [
            {"valor": azar.choice(RAROS) + str(n), "nivel_de_gobierno": azar.choice(niveles)}
            for n in range(azar.randrange(4))
        ]
        lugar = {"codigo": None, "region": azar.choice(["Junin", "Junín, Pasco", "Atlántida"])}
        lugar |= {"texto": "x", "provincia": azar.choice(RAROS), "distrito": azar.choice(RAROS)}
        codigo = {"valor": azar.choice(RAROS)}
        campos = {"responsable": quienes, "colaboradores": quienes, "lugares": [lugar]}
        registrado = registrar(texto=texto, campos={**campos, "codigo_snip": codigo})
        avance = azar.choice(RAROS)
        actualizar(base, ssgd, registrado.id, avance, registrado.version, ahora)
    compromisos = listar_compromisos(base)
    hacer = a_xlsx if formato == "xlsx" else a_csv
    for anexo in Anexo:
        ensayo = importar(base, originales, ssgc, hacer(compromisos, anexo), f"a.{formato}", ahora)
        assert [f.motivo for f in ensayo.filas if f.veredicto != "igual"] == []
        assert len(ensayo.filas) == len(RAROS)
    assert listar_compromisos(base) == compromisos
