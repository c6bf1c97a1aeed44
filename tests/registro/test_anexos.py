"""Los anexos 2 y 5 salen con sus columnas oficiales y se releen igual."""

import csv
import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from nlp.propuesta import NivelDeGobierno, Tipo
from registro.anexos import Anexo, a_csv, a_xlsx
from registro.compromiso import Compromiso, Responsable
from registro.estados import Estado

ANEXO_2 = [
    "CÓDIGO DEL CASO",
    "FECHA DEL ACTA",
    "TIPO DE COMPROMISO",
    "DESCRIPCIÓN DEL COMPROMISO",
    "UNIDAD TERRITORIAL",
    "REGIÓN(ES)",
    "PROVINCIA(S)",
    "DISTRITO(S)",
    "CODIGO SNIP",
    "CÓDIGO UNIFICADO",
    "ESTADO ACTUAL DEL COMPROMISO",
    "AVANCE",
    "RESPONSABLE",
    "NIVEL DE GOBIERNO RESPONSABLE",
    "COLABORADORES",
]
ANEXO_5 = [
    "FECHA DEL ACTA",
    "TIPO DE COMPROMISO",
    "DESCRIPCIÓN DEL COMPROMISO",
    "UNIDAD TERRITORIAL",
    "REGIÓN(ES)",
    "PROVINCIA(S)",
    "DISTRITO(S)",
    "ESTADO ACTUAL DEL COMPROMISO",
    "RESPONSABLE",
    "NIVEL DE GOBIERNO RESPONSABLE",
]


def _compromiso(**cambios):
    valores = {
        "id": 7,
        "acta_id": 3,
        "propuesta_id": 11,
        "decision_id": 5,
        "transcripcion": "El MTC rehabilitará\tla vía.",
        "denominacion": "El MTC rehabilitará la vía.",
        "caso": "2026-015",
        "fecha_acta": date(2026, 5, 4),
        "fecha_limite": date(2026, 12, 1),
        "tipo": Tipo.PIP,
        "unidad_territorial": "UT Sureste",
        "regiones": ("Cusco", "Apurímac"),
        "provincias": ("Espinar",),
        "distritos": ("Espinar", "Coporaque"),
        "codigo_snip": "000123",
        "codigo_unificado": "2999101",
        "avance": "",
        "responsables": (
            Responsable("MTC", NivelDeGobierno.NACIONAL),
            Responsable("Provías Nacional", NivelDeGobierno.NACIONAL),
            Responsable("Gobierno Regional de Cusco", NivelDeGobierno.REGIONAL),
        ),
        "colaboradores": ("Municipalidad A", "Minera B"),
    }
    return Compromiso(**(valores | cambios))


def _hoja(compromisos, anexo, nombre, **opciones):
    libro = load_workbook(io.BytesIO(a_xlsx(compromisos, anexo, **opciones)))
    return libro[nombre]


def _valores(hoja):
    return [list(fila) for fila in hoja.iter_rows(values_only=True)]


def test_el_anexo_2_tiene_las_quince_columnas_oficiales_y_sus_filas():
    titulos, fila = _valores(_hoja([_compromiso()], Anexo.DOS, "Anexo 2"))
    assert titulos == ANEXO_2
    assert fila == [
        "2026-015",
        datetime(2026, 5, 4),  # noqa: DTZ001
        "PIP",
        "El MTC rehabilitará la vía.",
        "UT Sureste",
        "Cusco; Apurímac",
        "Espinar",
        "Espinar; Coporaque",
        "000123",
        "2999101",
        "Por iniciar",
        None,
        "MTC; Provías Nacional; Gobierno Regional de Cusco",
        "Nacional; Regional",
        "Municipalidad A; Minera B",
    ]


def test_el_anexo_5_tiene_sus_diez_columnas():
    titulos, fila = _valores(_hoja([_compromiso()], Anexo.CINCO, "Anexo 5"))
    assert titulos == ANEXO_5
    assert (fila[0].date(), fila[7], fila[9]) == (
        date(2026, 5, 4),
        "Por iniciar",
        "Nacional; Regional",
    )


def test_las_fechas_son_fechas_y_los_titulos_quedan_fijos():
    hoja = _hoja([_compromiso()], Anexo.DOS, "Anexo 2")
    assert (hoja["B2"].is_date, hoja["B2"].number_format) == (True, "dd/mm/yyyy")
    assert hoja.freeze_panes == "A2"
    assert hoja.auto_filter.ref == "A1:O2"
    assert hoja["D2"].alignment.wrap_text
    assert hoja.column_dimensions["D"].width == 70


@pytest.mark.parametrize("inicio", ["=", "+", "-", "@", "\t", "\r"])
def test_lo_que_parece_formula_es_texto(inicio):
    hostil = inicio + 'HYPERLINK("http://ejemplo.invalid")'
    hoja = _hoja([_compromiso(denominacion=hostil, caso=hostil)], Anexo.DOS, "Anexo 2")
    for celda in (hoja["D2"], hoja["A2"]):
        assert celda.data_type == "s"
        assert celda.quotePrefix
        assert celda.value.replace("\n", "\r") == hostil
    [_, fila] = csv.reader(
        io.StringIO(a_csv([_compromiso(denominacion=hostil)], Anexo.DOS).decode("utf-8-sig"))
    )
    assert fila[3].startswith("'" + inicio)


def test_un_texto_comun_no_lleva_apostrofo():
    hoja = _hoja([_compromiso()], Anexo.DOS, "Anexo 2")
    assert not hoja["D2"].quotePrefix
    assert b"'" not in a_csv([_compromiso()], Anexo.DOS)


@pytest.mark.parametrize(
    ("estado", "reportado"),
    [
        (Estado.NO_INICIADO, ["Por iniciar"]),
        (Estado.EN_PROCESO, ["En proceso"]),
        (Estado.SIN_INFORMACION, ["En proceso"]),
        (Estado.SUSPENDIDO, ["En proceso"]),
        (Estado.INVIABLE, ["En proceso"]),
        (Estado.CUMPLIDO, ["Cumplido"]),
        (Estado.INCUMPLIDO, ["Incumplido"]),
        (Estado.DESESTIMADO, []),
        (Estado.RENEGOCIADO, []),
    ],
)
@pytest.mark.parametrize(("anexo", "columna"), [(Anexo.DOS, 10), (Anexo.CINCO, 7)])
def test_el_estado_es_el_de_espacios_no_priorizados(estado, reportado, anexo, columna):
    hoja = _hoja([_compromiso(estado=estado)], anexo, f"Anexo {anexo.value}")
    assert [fila[columna] for fila in _valores(hoja)[1:]] == reportado


@pytest.mark.parametrize(
    ("nivel", "mostrado"),
    [
        (NivelDeGobierno.NACIONAL, "Nacional"),
        (NivelDeGobierno.REGIONAL, "Regional"),
        (NivelDeGobierno.LOCAL, "Local"),
        (NivelDeGobierno.NO_APLICA, "No aplica"),
        (None, None),
    ],
)
def test_el_nivel_de_gobierno_se_muestra_con_su_nombre(nivel, mostrado):
    uno = _compromiso(responsables=(Responsable("X", nivel),))
    assert _valores(_hoja([uno], Anexo.DOS, "Anexo 2"))[1][13] == mostrado


@pytest.mark.parametrize(
    ("tipo", "mostrado"),
    [(Tipo.PIP, "PIP"), (Tipo.ACTIVIDAD, "Actividad"), (None, "Por determinar")],
)
def test_el_tipo_sin_determinar_se_dice(tipo, mostrado):
    assert _valores(_hoja([_compromiso(tipo=tipo)], Anexo.DOS, "Anexo 2"))[1][2] == mostrado


def test_la_descripcion_vale_mas_que_la_denominacion_si_la_hay():
    uno = _compromiso(descripcion="Texto ampliado.")
    assert _valores(_hoja([uno], Anexo.DOS, "Anexo 2"))[1][3] == "Texto ampliado."


def test_la_hoja_de_campos_adicionales_es_optativa_y_va_fila_por_fila():
    varios = [_compromiso(), _compromiso(id=8, estado=Estado.DESESTIMADO), _compromiso(id=9)]
    libro = load_workbook(io.BytesIO(a_xlsx(varios, Anexo.DOS)))
    assert libro.sheetnames == ["Anexo 2"]
    hoja = _hoja(varios, Anexo.DOS, "Campos adicionales", con_adicionales=True)
    titulos, *filas = _valores(hoja)
    assert [fila[0] for fila in filas] == ["7", "9"]
    fila = dict(zip(titulos, filas[0], strict=True))
    assert fila["TRANSCRIPCIÓN"] == "El MTC rehabilitará\tla vía."
    assert fila["FECHA LÍMITE"].date() == date(2026, 12, 1)
    assert fila["ESTADO DEL PROTOCOLO"] == "Abierto – No iniciado"


def test_lo_que_excel_no_admite_se_corta_o_se_reemplaza_y_se_ve():
    raro = _compromiso(denominacion="a\x00b\x0bc", transcripcion="x" * 40_000)
    hoja = _hoja([raro], Anexo.DOS, "Anexo 2", con_adicionales=True)
    assert hoja["D2"].value == "a�b�c"
    larga = _hoja([raro], Anexo.DOS, "Campos adicionales", con_adicionales=True)["E2"].value
    assert len(larga) == 32_767
    assert larga.endswith("[…texto cortado: el completo está en el registro]")


def test_una_matriz_sin_compromisos_trae_solo_los_titulos():
    assert _valores(_hoja([], Anexo.DOS, "Anexo 2")) == [ANEXO_2]


def test_el_csv_abre_en_excel_con_tildes_y_fechas():
    crudo = a_csv([_compromiso(avance='dijo "sí",\nluego no')], Anexo.DOS)
    assert crudo.startswith(b"\xef\xbb\xbf")
    titulos, fila = csv.reader(io.StringIO(crudo.decode("utf-8-sig"), newline=""))
    assert titulos == ANEXO_2
    assert (fila[1], fila[8], fila[11]) == ("04/05/2026", "000123", 'dijo "sí",\nluego no')
